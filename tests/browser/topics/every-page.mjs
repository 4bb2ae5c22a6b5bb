// Every page of both sites, opened from a folder: silent, self-contained, narrow enough, and each
// of its links leads somewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../harness/facts.mjs';
import { watch } from '../harness/watch.mjs';

export const title = 'every page from file:';

/** Two phones that are still in use, and the laptop of the staff room. */
const WIDTHS = [320, 360, 1366];
const BASE_URL = 'https://handbook.example.edu.vn/';

export function register(context) {
  for (const site of [context.sites.handbook, context.sites.fixture]) {
    test(`${site.name}: opens without a complaint`, () => openAll(context, site));
    test(`${site.name}: fits every screen`, () => assert.deepEqual(site.tooWide, []));
    test(`${site.name}: loads only its own files`, () => checkLoads(site));
    test(`${site.name}: every link leads somewhere`, () => checkLinks(site));
    test(`${site.name}: ids are unique, references to them hold`, () => checkIds(site));
    test(`${site.name}: states its policy, has one title and text`, () => checkForm(site));
  }
  test('the fixture has a page of each kind', () => {
    const facts = [...context.sites.fixture.facts.values()];
    for (const kind of ['home', 'section', 'talk', 'guideline', 'directive', 'page', 'terms', 'term', 'root']) {
      assert.ok(facts.some((fact) => fact.kind === kind), kind);
    }
    for (const property of ['isFallback', 'hasRegister', 'hasFootnotes']) {
      assert.ok(facts.some((fact) => fact[property]), property);
    }
    assert.ok(context.sites.fixture.redirects.length > 0, 'a former address');
  });
}

/** Visits every document; later tests judge what was found. */
async function openAll(context, site) {
  const page = await context.page();
  const watcher = await watch(page, (url) => url.startsWith('data:') || site.fileOf(url) !== null);
  const complaints = [];
  site.facts = new Map();
  site.tooWide = [];
  let widths = WIDTHS;
  for (const file of site.documents) {
    // The first page would lead on.
    await page.goto(site.url(file, file === 'index.html' ? '?choose' : ''));
    site.facts.set(file, await factsOf(page));
    // To and fro, since each change of width costs as much as a page.
    widths = [...widths].reverse();
    for (const width of widths) {
      await page.setViewport({ width, height: 740 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) site.tooWide.push(`${file} at ${width}: ${over} px`);
    }
    complaints.push(...(await watcher.problems()).map((problem) => `${file}: ${problem}`));
  }
  await page.close();
  assert.deepEqual(complaints, []);
  assert.ok(site.documents.length > 10, `only ${site.documents.length} pages`);
}

/** Firefox tells nobody outside of file: requests, so what the page names is checked too. */
function checkLoads(site) {
  const wrong = [];
  for (const [file, fact] of site.facts) {
    for (const url of fact.loads) {
      if (!url.startsWith('data:') && !site.files.includes(site.fileOf(url))) wrong.push(`${file}: ${url}`);
    }
  }
  for (const sheet of site.files.filter((file) => file.endsWith('.css'))) {
    for (const [match] of site.text(sheet).matchAll(/@import[^;]*|url\((?!["']?(data:|#))[^)]*\)/g)) wrong.push(`${sheet}: ${match}`);
  }
  assert.deepEqual(wrong, []);
}

function checkLinks(site) {
  const wrong = [];
  let checked = 0;
  for (const [file, fact] of site.facts) {
    for (const link of fact.links) {
      const problem = problemOf(site, link);
      checked += 1;
      if (problem) wrong.push(`${file}: ${link.written} ${problem}`);
    }
    for (const url of fact.alternates) {
      const own = url.startsWith(BASE_URL) && decodeURIComponent(url.slice(BASE_URL.length));
      if (own !== false ? !site.files.includes(own || 'index.html') : !site.files.includes(site.fileOf(url))) wrong.push(`${file}: ${url} in its head`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(checked > site.documents.length, `only ${checked} links`);
}

/** Why a link does not work, or null. */
function problemOf(site, { written, url }) {
  if (url.startsWith(BASE_URL)) {
    const own = decodeURIComponent(url.slice(BASE_URL.length));
    return site.files.includes(own || 'index.html') ? null : 'is no file of this site';
  }
  if (/^(https?|mailto|tel):/.test(written)) return null;
  if (/^([a-z]+:|\/)/i.test(written)) return 'is not relative';
  const file = site.fileOf(url);
  if (!site.files.includes(file)) return 'is no file';
  const fragment = decodeURIComponent(new URL(url).hash.slice(1));
  if (!fragment) return null;
  return site.facts.get(file)?.ids.includes(fragment) ? null : 'has no such section';
}

function checkIds(site) {
  const wrong = [];
  for (const [file, fact] of site.facts) {
    for (const id of fact.twice) wrong.push(`${file}: two elements are #${id}`);
    for (const id of fact.pointless) wrong.push(`${file}: something refers to #${id}, which is missing`);
  }
  assert.deepEqual(wrong, []);
}

function checkForm(site) {
  for (const [file, fact] of site.facts) {
    assert.match(fact.policy, /default-src 'none'/, file);
    assert.equal(fact.headings, 1, file);
    assert.ok(fact.text > 0, file);
    assert.ok(fact.lang, file);
  }
}
