// Proves that these browsers are as strict as a reader's, and that the watcher sees what is wrong.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { watch } from '../harness/watch.mjs';

export const title = 'the browser';

export function register(context) {
  const { folder } = context.sites;
  const write = (name, html) => fs.writeFileSync(path.join(folder, name), `<!DOCTYPE html><title>x</title>${html}`);
  const open = (page, name) => page.goto(pathToFileURL(path.join(folder, name)).href);
  let page;
  let server;
  let remote;

  before(async () => {
    server = http.createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    remote = `http://127.0.0.1:${server.address().port}/remote.png`;
    page = await context.page();
  });
  after(async () => {
    await page.close();
    server.close();
  });

  test('refuses what file: pages are refused', async () => {
    write('sibling.html', '');
    write('works.html', '<script src="works.js"></script>');
    fs.writeFileSync(path.join(folder, 'works.js'), 'globalThis.works = true;');
    await open(page, 'works.html');
    assert.equal(await page.evaluate(() => globalThis.works), true, 'a script beside the page runs');
    const fetched = await page.evaluate(() => fetch('sibling.html').then(() => 'read', () => 'refused'));
    assert.equal(fetched, 'refused', 'a page must not read the file beside it');
    const framed = await page.evaluate(() => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = () => resolve(frame.contentDocument === null ? 'refused' : 'read');
      frame.src = 'sibling.html';
      document.body.append(frame);
    }));
    assert.equal(framed, 'refused', 'a page must not look into a frame');
  });

  test('keeps one store per file in Firefox, one for all in Chromium', async () => {
    await open(page, 'works.html');
    await page.evaluate(() => localStorage.setItem('probe', 'kept'));
    await open(page, 'sibling.html');
    const other = await page.evaluate(() => localStorage.getItem('probe'));
    assert.equal(other, context.name === 'firefox' ? null : 'kept');
    await page.evaluate(() => localStorage.removeItem('probe'));
  });

  test('tells of everything that may go wrong in a page', async () => {
    const watched = await context.page();
    const watcher = await watch(watched, (url) => /^(file|data|about):/.test(url));
    const expect = async (html, pattern) => {
      write('wrong.html', html);
      await open(watched, 'wrong.html');
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.match((await watcher.problems()).join('\n'), pattern, html);
    };
    await expect('<script>console.error("told")</script>', /console error: told/);
    await expect('<script>console.warn("told")</script>', /console warn\w*: told/);
    await expect('<script>throw new Error("thrown")</script>', /thrown/);
    await expect('<img src="missing.png">', /missing\.png/);
    await expect('<script src="missing.js"></script>', /missing\.js/);
    await expect('<link rel="stylesheet" href="missing.css">', /missing\.css/);
    await expect(`<img src="${remote}">`, /request: http:.*remote\.png/);
    await expect(
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p style="color: red">x</p>',
      /policy: style-src-attr/,
    );
    await watched.close();
  });
}
