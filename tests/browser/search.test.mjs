// The search that browsers load and the one inside sotay are one: the same words, the same stems,
// the same pages in the same order.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ask, openSearch } from "./harness/engine.mjs";
import { developmentSet, writeDocuments } from "./harness/development-set.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const shared = (name) => readFileSync(join(repository, "tests", "search", name), "utf8");
const sotay = process.env.SOTAY_BIN;
const folder = mkdtempSync(join(tmpdir(), "sotay-search-"));

const build = (root, out) => execFileSync(sotay, ["--root", root, "build", "--quiet", "--out", out]);
const site = join(folder, "handbook");

before(() => {
  assert.ok(sotay, "SOTAY_BIN says where the program is");
  build(repository, site);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("words are found where the program finds them", async () => {
  const { search } = openSearch(site);
  for (const { lang, text, words, wholes } of JSON.parse(shared("words.json"))) {
    if (lang === "en") {
      await openStems(search);
    }
    const analyzer = search.analyzer(lang);
    const found = analyzer.words(text).map(([start, end]) => {
      const word = text.slice(start, end);
      return analyzer.isTooLong(word) ? [start, end] : [start, end, analyzer.key(word), analyzer.form(word)];
    });
    assert.deepEqual(plain(found), words, lang + " " + text);
    assert.deepEqual(plain(analyzer.compounds(text)), wholes, lang + " " + text);
  }
});

test("English stems are those of Snowball", async () => {
  const { search } = openSearch(site);
  await openStems(search);
  const wrong = shared("stems.txt").trim().split("\n").map((line) => line.split(" "))
    .filter(([word, stem]) => search.stem(word) !== stem)
    .map(([word, stem]) => word + ": " + search.stem(word) + ", not " + stem);
  assert.deepEqual(wrong, []);
});

// Arrays of another realm are other arrays.
const plain = (value) => JSON.parse(JSON.stringify(value));

async function openStems(search) {
  // An engine of a language with stems loads them.
  await search.engine("en").ready;
  assert.equal(typeof search.stem, "function");
}

// Both give the same pages with the same scores for every query.
async function sameOrder(root, out, lang, queries, typing) {
  const { search } = openSearch(out);
  const arguments_ = ["--root", root, "search", "--json", "--lang", lang, "--limit", "50", "-"];
  if (typing) {
    arguments_.push("--typing");
  }
  const printed = execFileSync(sotay, arguments_, { input: queries.join("\n"), maxBuffer: 1 << 30 });
  const records = printed.toString().trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(records.length, queries.length);
  const differing = [];
  for (const [i, query] of queries.entries()) {
    const inScript = (await ask(search, lang, query, { typing })).map(({ address, score }) => address + " " + score);
    const inProgram = records[i].results.map(({ url, score }) =>
      url.replace(/^[^/]*\//, "").replace(/\.html.*$/, "") + " " + score);
    if (inScript.join() !== inProgram.join()) {
      differing.push({ query, inScript: inScript.slice(0, 3), inProgram: inProgram.slice(0, 3) });
    }
  }
  assert.deepEqual(differing.slice(0, 3), [], differing.length + " of " + queries.length + " queries differ");
}

const odd = ["\"an toàn\" -\"mật khẩu\"", "-", "\"\"", "\"", "__proto__ constructor", "<b>an</b> toàn", "👍 an", "a".repeat(9000),
  "مرحبا an toàn", "(.*)+[a-z]{2}\\d", "phihsing", "nhềiu mật khẩuu", "  ", "09/ct-ttg", "wifi", "kĩ thuật", "là gì", "-mật khẩu"];

for (const lang of ["vi", "en"]) {
  const handbook = () => shared("handbook." + lang + ".tsv").split("\n")
    .filter((line) => line.trim() && !line.startsWith("#")).map((line) => line.split("\t")[0].replace(/^\?/, ""));
  for (const typing of [false, true]) {
    test(`the handbook's queries find the same pages in the same order (${lang}${typing ? ", while typing" : ""})`, () =>
      sameOrder(repository, site, lang, [...handbook(), ...odd], typing));
  }
}

test("queries of the development set find the same pages in the same order", async (t) => {
  const set = developmentSet();
  if (!set) {
    t.skip("there is no development set beside the repository");
    return;
  }
  const [root, out] = [join(folder, "set"), join(folder, "set-out")];
  mkdirSync(root);
  writeDocuments(set.documents, root);
  build(root, out);
  for (const lang of ["vi", "en"]) {
    const of = (typing) => set.queries.filter((q) => q.lang === lang && (q.variant === "kw_prefix") === typing)
      .map((q) => q.query.replace(/\s/g, " "));
    await sameOrder(root, out, lang, of(false), false);
    await sameOrder(root, out, lang, of(true), true);
  }
});

test("a site whose index lacks files is searched with what is there", async () => {
  const broken = join(folder, "broken");
  build(repository, broken);
  const names = openSearch(broken);
  await ask(names.search, "vi", "mật khẩu");
  const postings = names.loaded.filter((name) => name.includes("/p-"));
  assert.ok(postings.length > 0);
  writeFileSync(join(broken, postings[0]), "sotay.shard(\"vi\",\"p");
  const { search } = openSearch(broken);
  const results = await search.engine("vi").query("mật khẩu", {});
  assert.ok(results.damaged > 0);
  rmSync(join(broken, "search", "vi", "meta.js"));
  const without = openSearch(broken).search.engine("vi");
  assert.equal(await without.ready, false);
  assert.equal((await without.query("mật khẩu", {})).total, 0);
  assert.ok(existsSync(join(broken, "vi", "search.html")));
});
