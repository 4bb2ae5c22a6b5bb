// The development set of search, where it lies beside the repository (../shared/search-eval): made
// into a handbook that sotay builds. It never becomes part of the repository.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..", "shared", "search-eval");
const place = process.env.SOTAY_SEARCH_EVAL || beside;

const lines = (name) => readFileSync(join(place, name), "utf8").trim().split("\n").map((line) => JSON.parse(line));

// {documents, queries}, or null where there is none.
export function developmentSet() {
  return existsSync(join(place, "docs.jsonl")) ? { documents: lines("docs.jsonl"), queries: lines("variants.jsonl") } : null;
}

// The address of a document: those of a pair in two languages share one.
export const address = (id) => "p/d" + id.replace(/^\D+/, "");

// Punctuation that Markdown might read.
const escaped = (text) => text.replace(/\s/g, " ").replace(/[\\`*_{}[\]<>&#~|$:@^!]/g, "\\$&");

export function writeDocuments(documents, root) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("site.toml", "site_id = \"set\"\nlanguages = [\"vi\", \"en\"]\n[title]\nvi = \"Tìm kiếm\"\nen = \"Search\"\n");
  for (const lang of ["vi", "en"]) {
    write("content/index." + lang + ".md", "---\ntitle: Home\n---\n");
  }
  for (const { id, lang, title, text } of documents) {
    write("content/" + address(id) + "." + lang + ".md", "---\ntitle: " + JSON.stringify(title) + "\n---\n\n" + escaped(text) + "\n");
  }
}
