#!/usr/bin/env node
// What a search costs its reader: bytes and files of an index that are loaded, and how long it takes.
//
//   node benches/search/costs.mjs DIST CONTENT [LANG]
//
// DIST is a built site and CONTENT what it was built from. Queries are three adjacent words of its
// pages. Bytes are those of the index alone, for the titles of ten pages and the passages of five,
// as medians of ten readers who have loaded nothing; times are of 100 other queries by one reader,
// in Chromium from file://, without drawing anything.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { newPage, startBrowser } from "../../tests/browser/harness/browsers.mjs";
import { openSearch } from "../../tests/browser/harness/engine.mjs";

const [dist, content, lang = "vi"] = process.argv.slice(2);
const READERS = 10;
const QUERIES = 4; // of each reader
const TIMED = 100;
const TITLES = 10;
const PASSAGES = 5;

// The same numbers in every run.
let seed = 7;
const random = (below) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
};
const files = readdirSync(content, { recursive: true }).filter((name) => name.endsWith("." + lang + ".md")).sort();
const draw = () => {
  for (;;) {
    const text = readFileSync(join(content, files[random(files.length)]), "utf8").replace(/^---[^]*?\n---\n/, "");
    const lines = text.split("\n").map((line) => line.match(/[\p{L}\p{M}\d]+/gu) || []).filter((words) => words.length > 8);
    if (lines.length) {
      const line = lines[random(lines.length)];
      const at = random(line.length - 2);
      return line.slice(at, at + 3).join(" ");
    }
  }
};
const median = (numbers, part = 0.5) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length * part)];

async function ask(engine, text) {
  const results = await engine.query(text, { typing: false });
  const pages = results.pages.slice(0, TITLES);
  await engine.titles(pages);
  await Promise.all(pages.slice(0, PASSAGES).map((page) => engine.passages(page, results)));
  return pages.length;
}

const first = [];
const further = [];
for (let reader = 0; reader < READERS; reader++) {
  const { search, loaded } = openSearch(resolve(dist));
  for (let at = 0; at < QUERIES; at++) {
    const before = at ? loaded.length : 0;
    if (!await ask(search.engine(lang), draw())) {
      throw new Error("a query finds nothing");
    }
    const parts = loaded.slice(before).filter((name) => name.startsWith("search/")).map((name) => readFileSync(join(dist, name)));
    (at ? further : first).push({
      files: parts.length,
      raw: parts.reduce((sum, part) => sum + part.length, 0),
      gzip: parts.reduce((sum, part) => sum + gzipSync(part, { level: 6 }).length, 0),
    });
  }
}
const kilobytes = (bytes) => (bytes / 1000).toFixed(0) + " kB";
for (const [name, costs] of [["first query", first], ["further query", further]]) {
  const of = (what) => median(costs.map((cost) => cost[what]));
  console.log(`${name}: ${kilobytes(of("raw"))}, gzip ${kilobytes(of("gzip"))}, ${of("files")} files`);
}

const browser = await startBrowser("chromium");
try {
  const page = await newPage(browser, "chromium");
  await page.goto(pathToFileURL(resolve(dist, lang, "index.html")).href);
  await page.evaluate(() => new Promise((done, fail) => { sotay.load("search", done, fail); }));
  await page.evaluate(`globalThis.ask = (() => { const [TITLES, PASSAGES] = [${TITLES}, ${PASSAGES}]; return ${ask}; })()`);
  const times = await page.evaluate(async (name, queries) => {
    const out = [];
    for (const text of queries) {
      const begun = performance.now();
      await globalThis.ask(sotay.search.engine(name), text);
      out.push(performance.now() - begun);
    }
    return out;
  }, lang, Array.from({ length: TIMED }, draw));
  console.log(`latency in Chromium: median ${median(times).toFixed(0)} ms, p95 ${median(times, 0.95).toFixed(0)} ms, first ${times[0].toFixed(0)} ms`);
} finally {
  await browser.close();
}
