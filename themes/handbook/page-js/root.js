// The first page leads on to the reader's language, once: never for somebody who comes from
// inside the handbook or asks to choose, so that "back" and the list itself keep working.
const languages = sotay.all("[data-languages] a");

function fromInside() {
  const here = location.href.replace(/[^/]*$/, "").replace(/[?#].*$/, "");
  return document.referrer.indexOf(here) === 0 || /[?&]choose\b/.test(location.search);
}

function linkFor(tag) {
  return languages.find((link) => tag === link.hreflang || tag.split("-")[0] === link.hreflang);
}

if (languages.length && !fromInside()) {
  const wanted = [sotay.recall("lang"), ...(navigator.languages || [navigator.language])].filter(Boolean);
  const link = wanted.map((tag) => linkFor(tag.toLowerCase())).find(Boolean);
  if (link) {
    location.replace(link.href + location.search);
  }
}
