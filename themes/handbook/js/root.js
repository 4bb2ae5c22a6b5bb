// The first page leads on to the reader's language, once: never for somebody who comes from
// inside the handbook or asks to choose, so that "back" and the list itself keep working.
var languages = document.querySelectorAll("[data-languages] a");

function fromInside() {
  var here = location.href.replace(/[^/]*$/, "").replace(/[?#].*$/, "");
  return document.referrer.indexOf(here) === 0 || /[?&]choose\b/.test(location.search);
}

function linkFor(tag) {
  for (var i = 0; i < languages.length; i++) {
    var own = languages[i].hreflang;
    if (tag === own || tag.split("-")[0] === own) {
      return languages[i];
    }
  }
  return null;
}

function preferred() {
  var wanted = [sotay.recall("lang")].concat(navigator.languages || [navigator.language]);
  for (var i = 0; i < wanted.length; i++) {
    var link = wanted[i] && linkFor(wanted[i].toLowerCase());
    if (link) {
      return link;
    }
  }
  return null;
}

if (languages.length && !fromInside()) {
  var link = preferred();
  if (link) {
    location.replace(link.href + location.search);
  }
}
