// What a page is made of, as the browser built it: read once per page, judged by the tests.

/** Runs in the page. */
function gather() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all('[id]').map((element) => element.id);
  const idRefs = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers']
    .flatMap((name) => all(`[${name}]`).flatMap((element) => element.getAttribute(name).split(/\s+/)));
  const loads = all('script[src], img[src], source[src], video[src], audio[src], track[src], iframe[src], link[rel~=stylesheet], link[rel~=icon]')
    .map((element) => element.src ?? element.href);
  return {
    lang: document.documentElement.lang,
    kind: /\bkind-([a-z]+)/.exec(document.body.className)?.[1] ?? document.body.className,
    links: all('a[href]').map((element) => ({ written: element.getAttribute('href'), url: element.href })),
    alternates: all('link[rel=canonical], link[rel=alternate]').map((element) => element.href),
    ids,
    twice: ids.filter((id, i) => ids.indexOf(id) !== i),
    pointless: idRefs.filter((id) => id && !document.getElementById(id)),
    loads,
    // Side by side a section is a row; the headings in it have ids for each language.
    sections: all('.two-row[id], :not(.two-row) > .prose :is(h2, h3)[id]').map((element) => element.id),
    headings: all('h1').length,
    // The words of controls that only scripts offer are no text.
    text: (document.querySelector('main')?.innerText ?? '').trim().length
      - all('main .needs-js').filter((one) => one.checkVisibility()).reduce((sum, one) => sum + one.innerText.length, 0),
    policy: document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content ?? '',
    isFallback: Boolean(document.querySelector('.prose[lang]')),
    hasRegister: Boolean(document.querySelector('table.register')),
    hasFootnotes: Boolean(document.querySelector('.footnotes')),
  };
}

/** The facts of the page that is open. */
export function factsOf(page) {
  return page.evaluate(gather);
}

/** A page for each kind of the site, by name: the first with that kind that has most to show. */
export function kindsOf(facts) {
  const kinds = new Map();
  const weight = (fact) => fact.sections.length + (fact.hasFootnotes ? 100 : 0);
  for (const [page, fact] of facts) {
    // These may hold a table of documents or a text in another language without being about it.
    const name = ['print', 'bilingual', 'search'].includes(fact.kind) ? fact.kind : fact.isFallback ? 'fallback' : fact.hasRegister ? 'register' : fact.kind;
    const best = kinds.get(name);
    if (!best || weight(fact) > weight(facts.get(best))) kinds.set(name, page);
  }
  return kinds;
}
