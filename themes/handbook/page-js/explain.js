// Explains a term of the glossary where it stands: what it means, and its word in other languages.
// When, terms.js says. On paper the terms of the page follow its text, once they have been loaded.
const links = sotay.all("a.term");
const box = sotay.make("div", "term-box");
// By address of a glossary: its terms, once they are there.
const loaded = {};
let shown;
let wanted;
let timer;
let received;
let style;

box.id = "_term";
box.setAttribute("role", "tooltip");
box.hidden = true;
// Within a landmark, where who moves by those finds it.
(document.querySelector("main") || document.body).appendChild(box);

// A file of terms hands them over.
sotay.terms = (terms) => { received = terms; };

// The box is placed by its size, which it has from its style.
function dress() {
  style = style || new Promise((done) => {
    const sheet = sotay.style("terms");
    sheet.onload = done;
    sheet.onerror = done;
  });
  return style;
}

function load(link) {
  // A press may have put the colour theme into the link.
  const address = link.href.replace(/\.html([?#].*)?$/, ".js");
  dress();
  loaded[address] = loaded[address] || new Promise((done) => {
    const script = document.createElement("script");
    script.onload = () => {
      const terms = received;
      dress().then(() => done(terms));
    };
    // Then the link is all there is.
    script.onerror = () => done({});
    script.src = address;
    document.head.appendChild(script);
  });
  return loaded[address];
}

const idOf = (link) => link.hash.slice(1);

// A term may be broken over two lines; the box covers neither.
function place(link) {
  const lines = link.getClientRects();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const room = document.documentElement.clientWidth;
  const above = last.bottom + box.offsetHeight + 12 > innerHeight && first.top > box.offsetHeight + 12;
  box.style.left = Math.max(8, Math.min((above ? first : last).left, room - box.offsetWidth - 8)) + scrollX + "px";
  box.style.top = (above ? first.top - box.offsetHeight - 6 : last.bottom + 6) + scrollY + "px";
}

function fill(entry, lang) {
  const [term, meaning, twins] = entry;
  const head = sotay.make("p", "term-head");
  head.appendChild(sotay.make("b", "", term));
  twins.forEach(([code, word]) => {
    const twin = sotay.make("span", "", word);
    twin.lang = code;
    head.append(" · ", twin);
  });
  box.lang = lang;
  box.replaceChildren(head, sotay.make("p", "", meaning));
}

function hide() {
  clearTimeout(timer);
  wanted = null;
  if (shown) {
    shown.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  }
}

function show(link) {
  clearTimeout(timer);
  if (shown === link) {
    return;
  }
  wanted = link;
  load(link).then((terms) => {
    const entry = terms[idOf(link)];
    if (wanted === link && entry) {
      hide();
      fill(entry, /([^/]+)\/[^/]*$/.exec(link.pathname)[1]);
      shown = link;
      box.hidden = false;
      link.setAttribute("aria-describedby", box.id);
      place(link);
    }
  });
}

function tap(link) {
  show(link);
  load(link).then((terms) => {
    // Nothing explains it here, so that one tap is enough.
    if (!terms[idOf(link)]) {
      location.assign(link.href);
    }
  });
}

// Soon, so that a pointer on its way elsewhere opens nothing and one on its way to the box closes nothing.
function later(then, link, wait) {
  clearTimeout(timer);
  timer = setTimeout(then, wait, link);
}

sotay.explain = {
  point: (link) => later(show, link, 150),
  leave: (link) => later(hide, link, 250),
  show: show,
  hide: hide,
  tap: tap,
  // Who is about to print wants the terms.
  load: () => links.forEach(load)
};

box.addEventListener("pointerenter", () => clearTimeout(timer));
box.addEventListener("pointerleave", () => later(hide, shown, 250));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) {
    event.stopImmediatePropagation();
    hide();
  }
}, true);
document.addEventListener("pointerdown", (event) => {
  if (shown && !box.contains(event.target) && !shown.contains(event.target)) {
    hide();
  }
});

let list;

window.addEventListener("beforeprint", () => {
  hide();
  const prose = document.querySelector(".prose");
  if (received && prose) {
    list = prose.appendChild(sotay.make("section", "term-list"));
    list.appendChild(sotay.make("h2", "", sotay.word(prose, "explain_title")));
    const all = list.appendChild(sotay.make("dl"));
    new Set(links.map(idOf)).forEach((id) => {
      if (received[id]) {
        const [term, meaning, twins] = received[id];
        const words = [term, ...twins.map(([, word]) => word)];
        all.append(sotay.make("dt", "", words.join(" · ")), sotay.make("dd", "", meaning));
      }
    });
  }
});

window.addEventListener("afterprint", () => {
  if (list) {
    list.remove();
  }
});
