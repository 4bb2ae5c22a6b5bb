#!/usr/bin/env node
// How well the search ranks: MRR@10 and recall@10 of each variant of the development set, from the
// index that a build ships through the script that it ships.
//
//   SOTAY_BIN=target/release/sotay node benches/search/relevance.mjs
//
// Looks for the set in ../shared/search-eval beside the repository, or where SOTAY_SEARCH_EVAL says.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { address, developmentSet, writeDocuments } from "../../tests/browser/harness/development-set.mjs";
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
  const { search } = openSearch(join(folder, "dist"));
  const sums = new Map();
  for (const { lang, variant, query, relevant } of set.queries) {
    const pages = await ask(search, lang, query, { typing: variant === "kw_prefix", most: 10 });
    const wanted = new Set(relevant.map(address));
    const ranks = pages.flatMap((page, i) => wanted.has(page.address) ? [i + 1] : []);
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
