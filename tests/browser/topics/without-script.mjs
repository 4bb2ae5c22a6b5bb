// With scripts off everything is readable and reachable, in the colours of the reader's system.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { follow, until } from '../harness/actions.mjs';
import { factsOf, kindsOf } from '../harness/facts.mjs';

export const title = 'without JavaScript';

export function register(context) {
  const site = context.sites.fixture;
  const settings = { scripts: false, dark: true };
  let page;
  before(async () => {
    page = await context.page(settings, await context.start(settings));
    await page.setViewport({ width: 1366, height: 900 });
  });
  after(() => page.close());

  test('scripts are off indeed', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    const found = await page.evaluate(() => [document.documentElement.dataset.js, document.querySelector('button.theme')]);
    // Chromium reports what is undefined as null when it lies in a list.
    assert.deepEqual(found.map((value) => value ?? null), [null, null]);
  });

  test('every kind of page has its text, headings and ways on', async () => {
    for (const one of [site, context.sites.handbook]) {
      for (const [kind, file] of kindsOf(one.facts)) {
        await page.goto(one.url(file));
        const with_ = one.facts.get(file);
        const found = await factsOf(page);
        // What a script adds is a convenience, never text.
        assert.ok(found.text >= with_.text * 0.95, `${one.name} ${kind}: ${found.text} of ${with_.text} characters`);
        assert.ok(found.headings === 1, kind);
        assert.deepEqual(found.sections, with_.sections, kind);
        assert.deepEqual(found.links.map((link) => link.written), with_.links.map((link) => link.written), kind);
        const visible = await page.evaluate(() => {
          const style = getComputedStyle(document.body);
          return style.display !== 'none' && style.visibility === 'visible' && style.opacity === '1' && document.body.offsetHeight > 100;
        });
        assert.ok(visible, kind);
      }
    }
  });

  test('the system chooses the colours', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(colour.match(/\d+/g).slice(0, 3).every((part) => part < 80), colour);
  });

  test('the first page stays and offers both languages', async () => {
    await page.goto(site.url('index.html'));
    await follow(page, '[data-languages] a[hreflang=vi]');
    assert.equal(site.fileOf(page.url()), 'vi/index.html');
  });

  test('menu, contents, language and former addresses lead on', async () => {
    await page.goto(site.url('vi/index.html'));
    await follow(page, '.top-menu a[href*="talks/"]');
    await follow(page, '.cards a[href="first.html"]');
    await follow(page, '.toc a[href="#cuoi"]');
    await follow(page, 'a.to-language');
    assert.equal(page.url(), site.url('en/talks/first.html'));
    const [former] = site.redirects;
    await page.goto(site.url(former)).catch(() => {});
    await until(() => `for ${former} to lead on`, () => site.fileOf(page.url()) === former.replace(/bai-cu/, 'talks/first'));
  });
}
