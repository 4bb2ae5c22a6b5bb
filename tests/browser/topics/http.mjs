// The same files from a web server, at its root and below a path: silent, and the policy holds.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { follow, press, turnUp, until } from '../harness/actions.mjs';
import { kindsOf } from '../harness/facts.mjs';
import { serve } from '../harness/serve.mjs';
import { watch } from '../harness/watch.mjs';

export const title = 'hosted';

export function register(context) {
  const site = context.sites.fixture;

  for (const prefix of ['/', '/so-tay/nam-2026/']) {
    describe(`under ${prefix}`, () => registerUnder(context, site, prefix));
  }

  test('what somebody slips into a page does not run, from file: neither', async () => {
    const page = await context.page();
    const server = await serve(site, '/');
    for (const url of [server.url('vi/talks/first.html'), site.url('vi/talks/first.html')]) {
      await page.goto(url);
      await page.evaluate(() => {
        globalThis.canary = [];
        const add = (name, content, attributes = {}) => {
          const element = document.createElement(name);
          element.textContent = content;
          for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
          document.body.append(element);
          return element;
        };
        add('script', 'canary.push("script")');
        add('style', 'h1 { color: rgb(1, 2, 3) !important; }');
        add('button', 'x', { onclick: 'canary.push("handler")' }).click();
        add('p', 'x', { id: 'canary', style: 'color: rgb(1, 2, 3)' });
        // A data: image is allowed, so that the policy is seen to let through what it should.
        add('img', '', { id: 'allowed', src: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=' });
      });
      await until(() => 'for the allowed image', () => page.evaluate(() => document.getElementById('allowed').naturalWidth === 1));
      const found = await page.evaluate(() => ({
        ran: canary,
        colours: ['h1', '#canary'].map((one) => getComputedStyle(document.querySelector(one)).color),
      }));
      assert.deepEqual(found.ran, [], url);
      assert.ok(!found.colours.includes('rgb(1, 2, 3)'), url);
    }
    await page.close();
    server.close();
  });
}

function registerUnder(context, site, prefix) {
  let server;
  let page;
  let watcher;
  before(async () => {
    server = await serve(site, prefix);
    page = await context.page();
    await page.setViewport({ width: 1366, height: 900 });
    watcher = await watch(page, (url) => url.startsWith('data:') || url.startsWith(server.start) || url.endsWith('/favicon.ico'));
  });
  after(async () => {
    await page.close();
    server.close();
  });

  test('a page of each kind opens without a complaint', async () => {
    for (const [kind, file] of kindsOf(site.facts)) {
      await page.goto(server.url(file, file === 'index.html' ? '?choose' : ''));
      assert.deepEqual(await watcher.problems(), [], kind);
    }
  });

  test('the language switch keeps the section', async () => {
    await page.goto(server.url('vi/talks/first.html', '#cuoi'));
    await turnUp(page);
    await follow(page, 'a.to-language');
    assert.equal(page.url(), server.url('en/talks/first.html', '#cuoi'));
  });

  test('the colour theme is stored, without a cookie or a query', async () => {
    await page.goto(server.url('vi/talks/first.html'));
    await press(page, 'button.theme');
    await follow(page, '.pager a');
    const found = await page.evaluate(() => [document.documentElement.dataset.theme, document.cookie, location.search]);
    assert.deepEqual(found, ['light', '', '']);
    await page.evaluate(() => localStorage.clear());
  });

  test('the first page leads on, or stays when asked to', async () => {
    await page.goto(server.url('index.html')).catch(() => {});
    await until(() => page.url(), () => page.url() === server.url('en/index.html'));
    await page.goto(server.url('index.html', '?choose'));
    assert.equal(page.url(), server.url('index.html', '?choose'));
  });
}
