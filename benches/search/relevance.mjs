#!/usr/bin/env node
// How well the search ranks: MRR@10 and recall@10 of each variant of the development set, from the
// index that a build ships through the script that it ships.
//
//   SOTAY_BIN=target/release/sotay node benches/search/relevance.mjs [--browser]
//
// In Node; --browser asks Chromium instead, on pages opened from file://.
// Looks for the set in ../shared/search-eval beside the repository, or where SOTAY_SEARCH_EVAL says.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { address, developmentSet, writeDocuments } from "../../tests/browser/harness/development-set.mjs";
import { newPage, startBrowser } from "../../tests/browser/harness/browsers.mjs";
import { ask, openSearch } from "../../tests/browser/harness/engine.mjs";

const set = developmentSet();
if (!set) {
  console.log("Skipped: there is no development set (SOTAY_SEARCH_EVAL says where it is).");
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "sotay-relevance-"));
try {
  writeDocuments(set.documents, folder);
  execFileSync(process.env.SOTAY_BIN, ["--root", folder, "build", "--quiet", "--out", join(folder, "dist")], { stdio: ["ignore", "inherit", "ignore"] });
  const answers = await (process.argv.includes("--browser") ? inChromium : inNode)(join(folder, "dist"), set.queries);
  const sums = new Map();
  for (const [i, { lang, variant, relevant }] of set.queries.entries()) {
    const wanted = new Set(relevant.map(address));
    const ranks = answers[i].flatMap((page, rank) => wanted.has(page) ? [rank + 1] : []);
    const name = lang + " " + variant;
    const sum = sums.get(name) || { queries: 0, reciprocal: 0, recall: 0 };
    sum.queries += 1;
    sum.reciprocal += ranks.length ? 1 / ranks[0] : 0;
    sum.recall += ranks.length / wanted.size;
    sums.set(name, sum);
  }
  console.log("| variant | queries | MRR@10 | recall@10 |\n|---|---|---|---|");
  for (const [name, { queries, reciprocal, recall }] of sums) {
    console.log(`| ${name} | ${queries} | ${(reciprocal / queries).toFixed(3)} | ${(recall / queries).toFixed(3)} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Addresses of the ten first pages for each query.
async function inNode(site, queries) {
  const { search } = openSearch(site);
  const answers = [];
  for (const { lang, variant, query } of queries) {
    answers.push((await ask(search, lang, query, { typing: isTyping(variant), most: 10 })).map((page) => page.address));
  }
  return answers;
}

async function inChromium(site, queries) {
  const browser = await startBrowser("chromium");
  try {
    const page = await newPage(browser, "chromium");
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const answers = [];
    await page.goto(pathToFileURL(join(site, "vi", "index.html")).href);
    await page.evaluate(() => new Promise((done, fail) => { sotay.load("search", done, fail); }));
    for (let at = 0; at < queries.length; at += 200) {
      const some = queries.slice(at, at + 200).map(({ lang, variant, query }) => ({ lang, query, typing: isTyping(variant) }));
      answers.push(...await page.evaluate(async (all) => {
        const found = [];
        for (const { lang, query, typing } of all) {
          const engine = sotay.search.engine(lang);
          const pages = (await engine.query(query, { typing })).pages.slice(0, 10);
          await engine.titles(pages);
          found.push(pages.map(({ url }) => url.replace(/\.html$/, "")));
        }
        return found;
      }, some));
    }
    if (errors.length) {
      throw new Error("errors in the console: " + errors.join("; "));
    }
    return answers;
  } finally {
    await browser.close();
  }
}

function isTyping(variant) {
  return variant === "kw_prefix";
}
