// What a first view costs: bytes, and requests over http.
import zlib from 'node:zlib';
import { PHONE, widen } from './look.mjs';
import { pagesOf } from './pages.mjs';

/**
 * What a page may cost; bytes are gzip's at level 6, but for `raw`. Diagrams are pictures and do not
 * count. A page may load one more script, `own`: what explains terms, on most pages, or what few others
 * do. `sum` has that in it, so a page with one of 2 kB must save elsewhere.
 */
export const BUDGET = {
  html: 9 * 1024, css: 9 * 1024, js: 7 * 1024, sum: 25 * 1024, raw: 100 * 1024,
  own: 2 * 1024, style: 0, requests: 3, scripts: 2, styles: 1, foreign: 0, fonts: 0,
};

/** What looks like no other page may load one more style. */
const STYLED = ['bilingual', 'freshness', 'glossary', 'print'];
/**
 * By how many bytes of HTML a page may be longer that holds more than the text of one: two pages side
 * by side, and every term there is. Somebody asks for these on purpose.
 */
const LONGER = { bilingual: 4 * 1024, glossary: 1.5 * 1024 };

/** The budget of a page of this kind. */
export function budgetOf(kind) {
  const more = LONGER[kind] ?? 0;
  const { html, sum, raw } = BUDGET;
  return { ...BUDGET, html: html + more, sum: sum + more, raw: raw + 2 * more, ...(STYLED.includes(kind) && { style: 2 * 1024, styles: 2 }) };
}

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
  const of = (ending) => loaded.map(({ url }) => url.replace(/[?#].*$/, '')).filter((url) => url.startsWith(server.start) && url.endsWith(ending))
    .map((url) => site.text(decodeURIComponent(url.slice(server.start.length))));
  const sum = (texts, size) => texts.reduce((total, text) => total + size(text), 0);
  const html = [withoutDiagrams(site.text(one.file))];
  const split = (texts, shared) => [texts.filter((text) => text === shared), texts.filter((text) => text !== shared)];
  const [scripts, styles] = [of('.js'), of('.css')];
  const [js, own] = split(scripts, site.text('theme/site.js'));
  const [css, style] = split(styles, site.text('theme/site.css'));
  return {
    html: sum(html, gzip), css: sum(css, gzip), js: sum(js, gzip), own: sum(own, gzip), style: sum(style, gzip),
    scripts: scripts.length, styles: styles.length,
    sum: sum([...html, ...styles, ...scripts], gzip),
    raw: sum([...html, ...styles, ...scripts], (text) => Buffer.byteLength(text)),
    // Those of its own have limits of their own.
    requests: loaded.length - own.length - style.length,
    pictures: seen.filter(({ type }) => type === 'image').length,
    foreign: seen.filter(({ url }) => !url.startsWith(server.start)).length,
    fonts: seen.filter(({ type }) => type === 'font').length,
  };
}

/** A diagram is a picture that is written into the page; icons are as small as words. */
const withoutDiagrams = (html) => html.replace(/(<figure class="diagram\b[^>]*>)(.*?)(<\/figure>)/gs, (_, open, inside, close) => open + inside.replace(/<svg.*?<\/svg>/gs, '') + close);

/** Of each kind in each language the page whose HTML is largest. */
function heaviest(site) {
  const kindOf = (file) => /<body[^>]*\bclass="([^"]*)"/.exec(site.text(file))?.[1];
  const weight = (file) => gzip(withoutDiagrams(site.text(file)));
  // Nobody waits for a document of a whole section, which is made to be printed.
  return pagesOf(site).filter((one) => !['redirect', 'print'].includes(one.kind)).map((one) => {
    if (['register', 'fallback'].includes(one.kind)) return one;
    const alike = site.documents.filter((file) => file.split('/')[0] === one.file.split('/')[0] && kindOf(file) === kindOf(one.file));
    const file = alike.reduce((best, each) => (weight(each) > weight(best) ? each : best), one.file);
    return file === one.file ? one : { ...one, file, path: file };
  });
}

/** What is over budget, in words. */
export function overBudget(costs) {
  return costs.flatMap((cost) => Object.entries(budgetOf(cost.kind))
    .filter(([what, limit]) => cost[what] > limit)
    .map(([what, limit]) => `${cost.file}: ${what} ${cost[what]}, at most ${limit}`));
}
