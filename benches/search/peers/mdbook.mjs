// mdBook with its defaults: its own program makes the book and the index, and the page's own search box
// loads them; the query is the one that its searcher.js makes, with the options that the index names.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Plain text as one paragraph of Markdown that means nothing else. */
const markdown = (text) => text
  .replace(/[\\`*_{}[\]<>#|~^&$]/g, '\\$&')
  .replace(/^\s*(\d*)([-+.)])/, '$1\\$2');

export function prepare(pages, folder, lang) {
  fs.mkdirSync(path.join(folder, 'src'), { recursive: true });
  const summary = pages.map((page) => `- [${markdown(page.title)}](${page.id}.md)\n`);
  fs.writeFileSync(path.join(folder, 'src/SUMMARY.md'), `# Summary\n\n${summary.join('')}`);
  fs.writeFileSync(path.join(folder, 'book.toml'), `[book]\ntitle = "Handbook"\nlanguage = "${lang}"\n`);
  for (const page of pages) {
    const sections = page.sections.map(({ level, heading, text }) => (
      `${'#'.repeat(level)} ${markdown(heading)}\n\n${markdown(text)}\n`));
    fs.writeFileSync(path.join(folder, `src/${page.id}.md`), sections.join('\n'));
  }
}

export function build(folder) {
  execFileSync(process.env.MDBOOK ?? 'mdbook', ['build', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
}

export function site(folder) {
  const root = path.join(folder, 'book');
  const [index] = fs.readdirSync(root).filter((file) => /^searchindex.*\.js$/.test(file));
  return {
    root,
    start: 'index.html',
    loads: (file) => /^(searchindex|searcher|elasticlunr|mark)[-.\w]*\.js$/.test(file),
    index: [path.join(root, index)],
    extra: [],
  };
}

/** Runs in the page. */
export async function open() {
  document.getElementById('mdbook-search-toggle').click();
  while (!window.search.index) await new Promise((resolve) => setTimeout(resolve, 5));
  const { index, search_options: options, doc_urls: urls, results_options: shown } = window.search;
  const loaded = window.elasticlunr.Index.load(index);
  globalThis.ask = (query) => loaded.search(query.trim(), options).slice(0, shown.limit_results)
    .map((result) => urls[result.ref].replace(/\.html.*/, ''));
}
