// Pagefind with its defaults: HTML pages, its own program, its own JavaScript in the page. A result has
// neither title nor address before its fragment is loaded, so those of the results shown count.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const html = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export function prepare(pages, folder, lang) {
  const root = path.join(folder, 'site');
  fs.mkdirSync(root, { recursive: true });
  for (const page of pages) {
    const sections = page.sections.map(({ level, heading, text }, at) => (
      `<h${level} id="s${at}">${html(heading)}</h${level}>\n<p>${html(text)}</p>\n`));
    fs.writeFileSync(path.join(root, `${page.id}.html`), [
      `<!doctype html><html lang="${lang}"><head><title>${html(page.title)}</title></head><body>`,
      `<main data-pagefind-body>\n${sections.join('')}</main></body></html>\n`,
    ].join('\n'));
  }
  fs.writeFileSync(path.join(root, 'index.html'), `<!doctype html><html lang="${lang}"><title>Pagefind</title></html>`);
}

export function build(folder) {
  const program = createRequire(import.meta.url).resolve(`@pagefind/${process.platform}-${process.arch}/bin/pagefind_extended`);
  execFileSync(program, ['--site', path.join(folder, 'site'), '--quiet']);
}

export function site(folder) {
  const root = path.join(folder, 'site');
  const bundle = path.join(root, 'pagefind');
  const files = fs.readdirSync(bundle, { recursive: true }).map((file) => path.join(bundle, file));
  return {
    root,
    start: 'index.html',
    loads: (file) => file.startsWith('pagefind'),
    index: files.filter((file) => /\.pf_|pagefind-entry/.test(file)).sort(),
    // Its interface, which every site that does not write its own loads too.
    extra: ['pagefind-ui.js', 'pagefind-ui.css'].map((file) => path.join(bundle, file)),
  };
}

/** Runs in the page. */
export async function open() {
  const pagefind = await import('/pagefind/pagefind.js');
  globalThis.ask = async (query, count) => {
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, count).map((result) => result.data()));
    return shown.map((page) => page.url.replace(/^.*\//, '').replace(/\.html$/, ''));
  };
}
