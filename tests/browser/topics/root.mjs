// The first page leads on to the reader's language, once, and lets those choose who want to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrive, follow, until } from '../harness/actions.mjs';

export const title = 'the first page';

export function register(context) {
  const site = context.sites.fixture;
  let page;
  before(async () => { page = await context.page(); });
  after(() => page.close());

  /** Opens the first page, which may have led on before it has loaded. */
  const openRoot = (rest = '') => page.goto(site.url('index.html', rest)).catch(() => {});

  test('leads to the language of the browser and stays there', async () => {
    await page.goto('about:blank');
    await openRoot();
    await arrive(page, site.url('en/index.html'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(page.url(), site.url('en/index.html'));
  });

  test('leaves no trap for "back"', async () => {
    await page.goto(site.url('vi/talks/first.html'));
    await openRoot();
    await arrive(page, site.url('en/index.html'));
    await page.evaluate(() => history.back());
    await arrive(page, site.url('vi/talks/first.html'));
  });

  test('lets those choose who ask to', async () => {
    await openRoot('?choose');
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(page.url(), site.url('index.html', '?choose'));
    await follow(page, '[data-languages] a[hreflang=vi]');
    assert.equal(site.fileOf(page.url()), 'vi/index.html');
  });

  test('remembers the choice', async () => {
    await openRoot();
    await until(() => page.url(), () => site.fileOf(page.url()) === 'vi/index.html');
  });
}
