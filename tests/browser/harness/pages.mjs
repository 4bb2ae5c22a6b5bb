// One page of each kind in each language: enough to hold all to a promise, few enough to visit often.
import fs from 'node:fs';
import path from 'node:path';
import { kindsOf } from './facts.mjs';

/**
 * The pages of `site` that stand for all others, as `{ name, kind, lang, file, path, url }`:
 * `path` is what to open, from a folder or a server, to stay on the page.
 */
export function pagesOf(site) {
  const byLanguage = new Map();
  for (const file of site.documents) {
    const fact = read(site, file);
    if (!byLanguage.has(fact.lang)) byLanguage.set(fact.lang, new Map());
    byLanguage.get(fact.lang).set(file, fact);
  }
  const pages = [...byLanguage].flatMap(([lang, facts]) => [...kindsOf(facts)]
    // The first page would lead on.
    .map(([kind, file]) => ({ kind, lang, file, path: file === 'index.html' ? `${file}?choose` : file })));
  const [former] = site.redirects;
  if (former) pages.push({ kind: 'redirect', lang: read(site, former).lang, file: former, path: stay(site, former) });
  return pages.map((page) => ({ ...page, url: site.url(...page.path.split(/(?=\?)/)), name: `${site.name} ${page.lang} ${page.kind}` }));
}

/** The facts by which `kindsOf` chooses, from the file itself: no browser is needed for them. */
function read(site, file) {
  const html = site.text(file);
  return {
    lang: /<html[^>]* lang="([^"]+)"/.exec(html)[1],
    kind: /<body[^>]*\bkind-([a-z]+)/.exec(html)?.[1] ?? (file === 'index.html' ? 'root' : path.basename(file, '.html')),
    isFallback: /<[^>]*class="prose[^>]* lang=/.test(html),
    hasRegister: /<table[^>]*class="register/.test(html),
    sections: html.match(/<h[23][^>]* id=/g) ?? [],
    hasFootnotes: /class="footnotes/.test(html),
  };
}

/** A copy of a former address, beside it, that does not lead on before it can be looked at. */
function stay(site, file) {
  const copy = file.replace(/\.html$/, '.stays.html');
  if (!site.files.includes(copy)) site.files.push(copy);
  fs.writeFileSync(path.join(site.root, copy), site.text(file).replace(/<meta http-equiv="refresh"[^>]*>/, ''));
  return copy;
}
