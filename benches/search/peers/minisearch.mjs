// MiniSearch as VitePress 1.6 uses it: one entry a section, its fields, boosts and search options, and
// the index as one JavaScript module that is loaded when the search box opens.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniSearch from 'minisearch';

const OPTIONS = { fields: ['title', 'titles', 'text'], storeFields: ['title', 'titles'] };

export function prepare(pages, folder, lang) {
  const site = path.join(folder, 'site');
  fs.mkdirSync(site, { recursive: true });
  fs.writeFileSync(path.join(site, 'index.html'), `<!doctype html><html lang="${lang}"><title>MiniSearch</title></html>`);
  // Minified by the program that minifies it for readers of a VitePress site.
  execFileSync(createRequire(import.meta.url).resolve('esbuild/bin/esbuild'), [fileURLToPath(import.meta.resolve('minisearch')),
    '--bundle', '--minify', '--format=esm', `--outfile=${path.join(site, 'minisearch.js')}`, '--log-level=error']);
}

export function build(folder, pagesFile) {
  const index = new MiniSearch(OPTIONS);
  for (const line of fs.readFileSync(pagesFile, 'utf8').split('\n').filter(Boolean)) {
    const page = JSON.parse(line);
    const parents = [];
    page.sections.forEach((section, at) => {
      parents.length = section.level - 1;
      parents[section.level - 1] = section.heading;
      const titles = parents.slice(0, -1).filter(Boolean);
      index.add({ id: `${page.id}#${at}`, text: section.text, title: section.heading, titles });
    });
  }
  fs.writeFileSync(path.join(folder, 'site/index.js'), `export default ${JSON.stringify(JSON.stringify(index))}`);
}

export function site(folder) {
  const root = path.join(folder, 'site');
  return { root, start: 'index.html', loads: (file) => file.endsWith('.js'), index: [path.join(root, 'index.js')], extra: [] };
}

/** Runs in the page. */
export async function open() {
  const [{ default: MiniSearch }, { default: json }] = await Promise.all([import('/minisearch.js'), import('/index.js')]);
  const index = MiniSearch.loadJSON(json, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
  });
  globalThis.ask = (query) => index.search(query).map((result) => result.id.replace(/#.*/, ''));
}
