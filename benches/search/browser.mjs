// Runs one of the engines that search in a reader's browser, over http from this machine:
//
//   node browser.mjs PEER prepare|build|query PAGES QUERIES FOLDER LANG
//
// `prepare` writes what the engine indexes, `build` is the engine's own work and nothing else, and
// `query` prints the ten first pages of each query, what Chromium loaded, and how long it took.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.svg': 'image/svg+xml',
};
const SHOWN = 5; // results with a text that Pagefind's own interface shows at once
const READERS = 10; // who open a page with nothing kept,
const QUERIES = 4; // and ask so many queries each;
const SLOW = 10_000; // three readers are enough where each waits longer for the first results

process.on('uncaughtException', (error) => {
  console.error(`Error: ${error.message.replace(/\s+/g, ' ')}`);
  process.exit(1);
});
const [name, verb, pagesFile, queriesFile, folder, lang] = process.argv.slice(2);
const lines = (file) => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const peer = await import(`./peers/${name}.mjs`);

if (verb === 'prepare') peer.prepare(lines(pagesFile), folder, lang);
else if (verb === 'build') await peer.build(folder, pagesFile);
else if (verb === 'query') console.log(JSON.stringify(await measure(lines(queriesFile))));
else throw new Error(`no such verb: ${verb}`);

/** Serves `root` and notes in `log` each file that was asked for. */
async function serve(root) {
  const log = [];
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(request.url.replace(/[?#].*$/, ''));
    const file = path.join(root, asked);
    if (!file.startsWith(root + path.sep) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(asked === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    log.push(file);
    // Isolated pages have clocks that are fine enough for a query.
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(fs.readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => { server.closeAllConnections(); server.close(); };
  return { log, url: `http://127.0.0.1:${server.address().port}/`, close };
}

async function measure(queries) {
  const { root, start, loads, index, extra } = peer.site(folder);
  const server = await serve(path.resolve(root));
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: process.env.SOTAY_CHROMIUM ?? '/usr/bin/chromium',
    protocolTimeout: 600_000,
    // Chromium refuses its sandbox to root; a container's /dev/shm is often too small for it.
    args: [
      '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  // What was loaded since the last time, without the page that the reader reads.
  const taken = () => server.log.splice(0).filter((file) => loads(path.relative(path.resolve(root), file)));
  /** A reader who has just opened a page, in a browser that kept nothing. */
  async function reader() {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    server.log.length = 0;
    await page.goto(server.url + start, { waitUntil: 'networkidle0' });
    return { page, close: () => context.close() };
  }
  const askAll = (page, queries, count) => page.evaluate(async (all, first) => {
    const answers = [];
    for (const words of all) {
      const begun = performance.now();
      const ids = await globalThis.ask(words, first);
      answers.push({ ids: [...new Set(ids)].slice(0, first), ms: performance.now() - begun });
    }
    return answers;
  }, queries.map(({ query }) => query), count);

  try {
    const timed = queries.filter((query) => query.timed);
    const first = [];
    const further = [];
    const ready = [];
    for (let at = 0; at < READERS; at++) {
      const { page, close } = await reader();
      const [one, ...others] = timed.slice(at * QUERIES, (at + 1) * QUERIES);
      const begun = performance.now();
      await page.evaluate(peer.open);
      await askAll(page, [one], SHOWN);
      ready.push(performance.now() - begun);
      first.push(taken());
      for (const other of others) {
        await askAll(page, [other], SHOWN);
        further.push(taken());
      }
      await close();
      // Loads do not differ then, and the rest would take the whole time there is.
      if (at === 2 && Math.min(...ready) > SLOW) break;
    }
    const { page } = await reader();
    await page.evaluate(peer.open);
    await askAll(page, queries.slice(0, 1), SHOWN);
    const ms = (await askAll(page, timed, SHOWN)).map((answer) => answer.ms);
    const hits = [];
    for (let at = 0; at < queries.length; at += 100) {
      hits.push(...(await askAll(page, queries.slice(at, at + 100), 10)).map((answer) => answer.ids));
    }
    return { hits, ms, ready, first, further, index, extra };
  } finally {
    await browser.close();
    server.close();
  }
}
