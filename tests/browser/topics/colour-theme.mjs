// The reader's colours: chosen with one control, carried from file to file, never a cause of errors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { follow, press } from '../harness/actions.mjs';
import { watch } from '../harness/watch.mjs';

export const title = 'the colour theme';

export function register(context) {
  const site = context.sites.fixture;
  const START = 'vi/talks/first.html';
  let page;
  let watcher;
  before(async () => {
    page = await context.page();
    watcher = await watch(page, () => true);
    await page.setViewport({ width: 1366, height: 900 });
  });
  after(() => page.close());

  const shown = () => page.evaluate(() => ({
    chosen: document.documentElement.dataset.theme ?? 'system',
    isDark: getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).every((part) => part < 80),
    label: document.querySelector('button.theme').getAttribute('aria-label'),
  }));
  /** Presses the control until `theme` is chosen. */
  const choose = async (theme) => {
    for (let i = 0; i < 3 && (await shown()).chosen !== theme; i += 1) await press(page, 'button.theme');
    assert.equal((await shown()).chosen, theme);
  };

  test('goes through three choices and names each', async () => {
    await page.goto(site.url(START));
    const labels = new Set();
    for (const [chosen, isDark] of [['system', false], ['light', false], ['dark', true]]) {
      const now = await shown();
      assert.equal(now.chosen, chosen);
      assert.equal(now.isDark, isDark);
      labels.add(now.label);
      await press(page, 'button.theme');
    }
    assert.equal((await shown()).chosen, 'system');
    assert.equal(labels.size, 3);
  });

  test('goes along to the next file', async () => {
    await page.goto(site.url(START));
    for (const theme of ['dark', 'system', 'light']) {
      await choose(theme);
      await follow(page, '.pager a');
      assert.equal((await shown()).chosen, theme);
      await follow(page, 'a.to-language');
      assert.equal((await shown()).chosen, theme);
    }
  });

  test('is still there when a file is opened afresh', async () => {
    await page.goto(site.url(START));
    await choose('dark');
    await page.goto(site.url('vi/guidelines/checklist.html'));
    assert.equal((await shown()).chosen, 'dark');
    await choose('system');
    await page.goto(site.url(START));
    assert.equal((await shown()).chosen, 'system');
  });

  test('says nothing on the console', async () => assert.deepEqual(await watcher.problems(), []));

  test('holds for the page where storage is refused', async () => {
    const refused = await context.page();
    const told = await watch(refused, () => true);
    await refused.setViewport({ width: 1366, height: 900 });
    await refused.evaluateOnNewDocument(() => {
      const refuse = { get() { throw new DOMException('refused', 'SecurityError'); }, set() { throw new DOMException('refused', 'SecurityError'); } };
      for (const [owner, name] of [[window, 'localStorage'], [window, 'sessionStorage'], [Document.prototype, 'cookie']]) {
        Object.defineProperty(owner, name, refuse);
      }
    });
    await refused.goto(site.url(START));
    await press(refused, 'button.theme');
    await press(refused, 'button.theme');
    assert.equal(await refused.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await follow(refused, 'a.to-language');
    assert.equal(await refused.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.deepEqual(await told.problems(), []);
    await refused.close();
  });
}
