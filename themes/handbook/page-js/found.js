// The page that a result leads to: what was searched for is marked in its text, and a bar leads from
// one place to the next.
const MOST = 500;
const BLOCKS = "p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6, pre, caption, figcaption, summary, legend, label, blockquote, div, section, main";
// What nobody reads, what is said elsewhere, and numbers of footnotes that stand within a sentence.
const SKIPPED = "script, style, math, svg, nav, button, select, textarea, .permalink, .footnote-ref, .needs-js, .print-only, .answers, .colophon, .imprint";

const main = document.querySelector("main");
const query = new URLSearchParams(location.search).get("hl");
let hits = [];

// Texts in one line, as the nodes that they consist of: a phrase may go through links and bold words.
function lines() {
  const all = [];
  let line = {};
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    return node.matches && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      line = node.matches("br") ? {} : line;
      continue;
    }
    const block = node.parentNode.closest(BLOCKS);
    if (line.block !== block) {
      line = { block, nodes: [], text: "" };
      all.push(line);
    }
    line.nodes.push({ node, start: line.text.length });
    line.text += node.data;
  }
  return all;
}

function wrap(node, from, to) {
  const middle = node.splitText(from);
  const mark = sotay.make("mark", "found");
  middle.splitText(to - from);
  middle.replaceWith(mark);
  mark.append(middle);
  return mark;
}

// From the end, so that the beginnings of nodes stay what they are.
function markIn({ block, nodes, text }, ranges) {
  return ranges.reverse().map(([from, to]) => {
    const touched = nodes.filter(({ node, start }) => start < to && start + node.length > from).reverse();
    return touched.map(({ node, start }) => wrap(node, Math.max(0, from - start), Math.min(node.length, to - start))).reverse();
  }).reverse();
}

function unmark(marks) {
  marks.forEach((mark) => {
    const { parentNode } = mark;
    mark.replaceWith(...mark.childNodes);
    parentNode.normalize();
  });
}

const wordsIn = (marks) => marks.map((mark) => mark.textContent).join("").trim().split(/\s+/).length;
const isLong = (marks) => wordsIn(marks) > 1;

// What is closed around a place: folds, and tabs that are not chosen.
function around(place) {
  const folds = sotay.all("details:not([open])", main).filter((fold) => fold.contains(place) && !fold.firstElementChild.contains(place));
  return [...folds, ...sotay.all(".tab[hidden]", main).filter((panel) => panel.contains(place))];
}

function open(place) {
  around(place).forEach((one) => {
    one.open = true;
    one.dispatchEvent(new Event("beforematch"));
  });
}

function start() {
  const bar = sotay.make("div", "found-bar");
  const status = sotay.make("p");
  const word = (key, values) => sotay.word(bar, "found_" + key, { q: query, all: hits.length, ...values });
  // Between the places before and after the section that the address names.
  const aimed = document.getElementById(location.hash.slice(1)) || main;
  let at = hits.findIndex(([mark]) => aimed.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) - .5;

  function go(next) {
    const now = (next + hits.length) % hits.length;
    sotay.all(".found-now").forEach((mark) => { mark.classList.remove("found-now"); });
    hits[now].forEach((mark) => { mark.classList.add("found-now"); });
    open(hits[now][0]);
    hits[now][0].scrollIntoView({ block: "center" });
    at = now;
    status.textContent = word("at", { n: now + 1 });
  }

  function clear() {
    const isInside = bar.contains(document.activeElement);
    document.removeEventListener("keydown", onKey);
    bar.remove();
    hits.forEach(unmark);
    sotay.search.address("hl");
    if (isInside) {
      main.focus();
    }
  }

  function onKey(event) {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      clear();
    }
  }

  document.querySelector(".bar").after(bar);
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", word("name"));
  status.setAttribute("role", "status");
  bar.append(status, ...[
    ["previous", "m6 15 6-6 6 6", () => { go(Math.ceil(at) - 1); }],
    ["next", "m6 9 6 6 6-6", () => { go(Math.floor(at) + 1); }],
    ["clear", "M6 6l12 12M18 6 6 18", clear],
  ].map(([name, path, act]) => {
    const button = sotay.button("", "button");
    const icon = button.appendChild(document.querySelector(".to-search .icon").cloneNode());
    icon.innerHTML = '<path d="' + path + '"/>';
    button.setAttribute("aria-label", word(name));
    button.title = word(name);
    button.addEventListener("click", act);
    return button;
  }));
  document.addEventListener("keydown", onKey);
  // What stands there from the beginning is not read out, so it is said again.
  status.textContent = word("count");
  setTimeout(() => { status.replaceChildren(status.textContent); }, 100);
  // Where most of the query stands in folds alone, one is opened.
  const most = Math.max(...hits.map(wordsIn));
  const best = hits.filter((marks) => wordsIn(marks) === most);
  if (best.every(([mark]) => around(mark).length)) {
    open(best[0][0]);
    aimed.scrollIntoView();
  }
}

if (query && main) {
  lines().every((line) => {
    const { lang } = line.block.closest("[lang]");
    const ranges = sotay.search.marks(query, lang, line.text).slice(0, MOST - hits.length);
    hits = hits.concat(markIn(line, ranges));
    return hits.length < MOST;
  });
  // A syllable by itself is another word, where the whole word is found too.
  if (!sotay.search.analyzer(document.documentElement.lang).stems && hits.some(isLong)) {
    hits.filter((marks) => !isLong(marks)).forEach(unmark);
    hits = hits.filter(isLong);
  }
  if (hits.length) {
    start();
  }
}
