// What a first view costs: bytes, and requests over http.
import zlib from 'node:zlib';
import { PHONE, widen } from './look.mjs';
import { pagesOf } from './pages.mjs';

/**
 * What a page may cost; bytes are gzip's at level 6, but for `raw`. A page that does something few
 * others do may load one more script, `own`.
 */
export const BUDGET = {
  html: 9 * 1024, css: 9 * 1024, js: 7 * 1024, sum: 25 * 1024, raw: 100 * 1024,
  own: 2 * 1024, requests: 3, scripts: 2, foreign: 0, fonts: 0,
};

const gzip = (data) => zlib.gzipSync(data, { level: 6 }).length;

/**
 * The costs of one page of each kind: the one with the largest HTML. `page` is a fresh page of
 * Chromium, `server` serves the site. Pictures are counted apart: they come when they are needed.
 */
export async function costsOf(site, server, page) {
  await widen(page, PHONE);
  await page.setCacheEnabled(false);
  const costs = [];
  for (const one of heaviest(site)) {
    const seen = [];
    const hear = (request) => { if (!request.url().startsWith('data:')) seen.push({ url: request.url(), type: request.resourceType() }); };
    page.on('request', hear);
    await page.goto(server.url(one.path), { waitUntil: 'networkidle0' });
    page.off('request', hear);
    costs.push({ ...one, ...weigh(site, server, one, seen) });
  }
  return costs;
}

/** What a first view is made of, in bytes. */
function weigh(site, server, one, seen) {
  const loaded = seen.filter(({ type }) => type !== 'image' && type !== 'media' && type !== 'other');
  const own = (ending) => loaded.map(({ url }) => url.replace(/[?#].*$/, '')).filter((url) => url.startsWith(server.start) && url.endsWith(ending))
    .map((url) => site.text(decodeURIComponent(url.slice(server.start.length))));
  const sum = (texts, size) => texts.reduce((total, text) => total + size(text), 0);
  const html = [site.text(one.file)];
  const shared = site.text('theme/site.js');
  const scripts = own('.js');
  const [css, js, special] = [own('.css'), scripts.filter((text) => text === shared), scripts.filter((text) => text !== shared)];
  return {
    html: sum(html, gzip), css: sum(css, gzip), js: sum(js, gzip), own: sum(special, gzip), scripts: scripts.length,
    sum: sum([...html, ...css, ...scripts], gzip),
    raw: sum([...html, ...css, ...scripts], (text) => Buffer.byteLength(text)),
    requests: loaded.length - special.length,
    pictures: seen.filter(({ type }) => type === 'image').length,
    foreign: seen.filter(({ url }) => !url.startsWith(server.start)).length,
    fonts: seen.filter(({ type }) => type === 'font').length,
  };
}

/** Of each kind in each language the page whose HTML is largest. */
function heaviest(site) {
  const kindOf = (file) => /<body[^>]*\bclass="([^"]*)"/.exec(site.text(file))?.[1];
  // Nobody waits for a document of a whole section, which is made to be printed.
  return pagesOf(site).filter((one) => !['redirect', 'print'].includes(one.kind)).map((one) => {
    if (['register', 'fallback'].includes(one.kind)) return one;
    const alike = site.documents.filter((file) => file.split('/')[0] === one.file.split('/')[0] && kindOf(file) === kindOf(one.file));
    const file = alike.reduce((best, each) => (gzip(site.text(each)) > gzip(site.text(best)) ? each : best), one.file);
    return file === one.file ? one : { ...one, file, path: file };
  });
}

/** What is over budget, in words. */
export function overBudget(costs) {
  return costs.flatMap((cost) => Object.entries(BUDGET)
    .filter(([what, limit]) => cost[what] > limit)
    .map(([what, limit]) => `${cost.file}: ${what} ${cost[what]}, at most ${limit}`));
}
