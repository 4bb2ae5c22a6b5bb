// Follows one link of each sort with the mouse: what exists may still be covered, or caught by a script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrive, follow, press, target, until, withoutQuery } from '../harness/actions.mjs';
import { watch } from '../harness/watch.mjs';

export const title = 'following links';

/** Where to start in the fixture, what to press, where that leads. */
const STEPS = [
  ['menu', 'vi/index.html', '.top-menu a[href*="talks/"]', 'vi/talks/index.html'],
  ['card', 'vi/talks/index.html', '.cards a[href="first.html"]', 'vi/talks/first.html'],
  ['sidebar', 'vi/talks/first.html', '.sidebar ul a[href="second.html"]', 'vi/talks/second.html'],
  ['breadcrumb', 'vi/talks/first.html', '.crumbs li:last-child a', 'vi/talks/index.html'],
  ['next', 'vi/talks/first.html', '.pager .next', 'vi/talks/second.html'],
  ['previous', 'vi/talks/second.html', '.pager .previous', 'vi/talks/first.html'],
  ['tag', 'vi/talks/first.html', '.tag-list a', 'vi/tags/phishing.html'],
  ['audience', 'vi/guidelines/checklist.html', '.meta a', 'vi/audience/leaders.html'],
  ['register', 'vi/directives/index.html', '.register a', 'vi/directives/02-ct-ttg.html'],
  ['what replaced a document', 'vi/directives/01-ct-ttg.html', '.facts .doc-number', 'vi/directives/02-ct-ttg.html'],
  ['document number in running text', 'vi/talks/first.html', '.prose a[href="../directives/02-ct-ttg.html"]', 'vi/directives/02-ct-ttg.html'],
  ['page of another section', 'vi/talks/first.html', '.prose a[href="../guidelines/checklist.html#co-so"]', 'vi/guidelines/checklist.html#co-so'],
  ['name of the site', 'en/talks/first.html', '.site-name', 'en/index.html'],
];

export function register(context) {
  const site = context.sites.fixture;
  let page;
  let watcher;

  before(async () => {
    page = await context.page();
    watcher = await watch(page, (url) => url.startsWith('data:') || site.fileOf(url) !== null);
    await page.setViewport({ width: 1366, height: 900 });
  });
  after(() => page.close());

  for (const [name, from, selector, to] of STEPS) {
    test(name, async () => {
      await page.goto(site.url(from));
      await follow(page, selector);
      assert.equal(withoutQuery(page.url()), site.url(...to.split(/(?=#)/)));
      assert.deepEqual(await watcher.problems(), []);
    });
  }

  test('contents: the section comes into view', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    await press(page, '.toc a[href="#cuoi"]');
    await until(() => page.url(), async () => (await target(page))?.id === 'cuoi');
    assert.equal((await target(page)).inView, true);
  });

  test('footnote and back', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    await press(page, '.footnote-ref a');
    await until(() => page.url(), async () => (await target(page))?.id === 'fn-1');
    assert.equal((await target(page)).inView, true);
    await press(page, '.footnote-back');
    await until(() => page.url(), async () => (await target(page))?.id.startsWith('fnref-1'));
    assert.equal((await target(page)).inView, true);
  });

  test('phone: the menu opens, and leads on', async () => {
    await page.setViewport({ width: 360, height: 740 });
    await page.goto(site.url('vi/talks/first.html'));
    await press(page, '.to-menu');
    await until(() => 'for the menu', () => page.evaluate(() => Boolean(document.querySelector('dialog[open] #_menu'))));
    await follow(page, 'dialog .sidebar a[href="second.html"]');
    assert.equal(withoutQuery(page.url()), site.url('vi/talks/second.html'));
    await page.setViewport({ width: 1366, height: 900 });
  });

  test('every former address leads to its page', async () => {
    for (const one of [site, context.sites.handbook]) {
      for (const file of one.redirects) {
        const href = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(one.text(file))[1];
        const to = new URL(href.replaceAll('&amp;', '&'), one.url(file)).href;
        assert.ok(one.files.includes(one.fileOf(to)), `${file} leads to ${href}`);
        // Firefox may report the page that is being left as interrupted.
        await page.goto(one.url(file)).catch(() => {});
        await arrive(page, to);
      }
    }
    assert.deepEqual(await watcher.problems(), []);
  });
}
