// The way into the search. Its field opens at once, so that no key is lost; what searches comes with
// theme/search.js. Where that or dialogs are missing, the link leads to the list of all pages.
const link = document.querySelector("[data-search]");
let dialog;
let field;
let loading;

function load() {
  loading = loading || new Promise((done) => {
    sotay.style("search");
    sotay.load("search", () => done(true), () => done());
  });
  return loading;
}

function make() {
  dialog = document.body.appendChild(sotay.make("dialog", "search"));
  dialog.innerHTML = '<div class="search-bar"><input role="combobox" aria-autocomplete="list" aria-controls="_search-list" aria-expanded="false" enterkeyhint="search" autocapitalize="none" autocomplete="off" autocorrect="off" spellcheck="false"></div><div class="search-body"><div class="search-tools" hidden><select name="kind"></select><select name="audience"></select><p></p><button type="button" class="button"></button></div><div class="search-notes"></div><div role="listbox" id="_search-list"></div></div><p class="for-readers" role="status"></p><p class="search-keys"></p>';
  field = dialog.querySelector("input");
  field.placeholder = link.textContent.trim();
  [dialog, field, dialog.querySelector("[role=listbox]")].forEach((one) => { one.setAttribute("aria-label", field.placeholder); });
}

function open(query) {
  if (!dialog) {
    make();
  }
  if (!dialog.open) {
    dialog.showModal();
  }
  field.value = query || field.value;
  field.select();
  load().then((found) => {
    if (found) {
      sotay.search.show(dialog, link);
    } else if (dialog.open) {
      location.href = link.href;
    }
  });
}

// A slash that somebody writes stays one.
function isKey(event) {
  return event.ctrlKey || event.metaKey
    ? event.key.toLowerCase() === "k" && !event.shiftKey
    : event.key === "/" && typeof event.target.selectionStart !== "number";
}

if (link && window.HTMLDialogElement) {
  link.addEventListener("focus", load);
  link.addEventListener("pointerenter", load);
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey && isKey(event) && !document.querySelector("dialog[open]:not(.search)")) {
      event.preventDefault();
      open();
    }
  });
  const asked = new URLSearchParams(location.search);
  if (asked.has("q")) {
    open(asked.get("q"));
  } else if (asked.has("hl")) {
    load();
  }
}
