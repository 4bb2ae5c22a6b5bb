// The dialog: a field whose arrows lead through the list of what was found, and filters.
const search = sotay.search;
const [own, ...others] = search.names.keys();
// Where fewer pages are found, other languages are searched too.
const FEW = 5;
// While somebody types, nothing is read out, and the address stays: in milliseconds.
const QUIET = 700;

// What is said comes with page-js/hints.js; without it the list stays.
const word = (key, values) => (search.hints ? search.hints.word(key, values) : "");

let dialog;
let field;
let clear;
let body;
let tools;
let filters;
let both;
let count;
let notes;
let list;
let status;
let run = 0;
let busy;
let chosen;
let telling;
let everywhere = sotay.recall("search-everywhere") === "1";

function make() {
  field = dialog.querySelector("input");
  [body, status] = sotay.all(".search-body, [role=status]", dialog);
  [tools, notes, list] = body.children;
  filters = sotay.all("select", tools);
  [count, both] = sotay.all("p, button", tools);
  clear = sotay.button("×", "button");
  const close = sotay.button(sotay.word(dialog, "close"), "button");
  field.parentNode.append(clear, close);
  field.addEventListener("input", find);
  tools.addEventListener("change", find);
  list.addEventListener("click", keep);
  dialog.addEventListener("keydown", onKey);
  clear.addEventListener("click", () => { search.set(""); });
  both.addEventListener("click", () => {
    everywhere = !everywhere;
    sotay.remember("search-everywhere", +everywhere);
    find();
  });
  dialog.addEventListener("click", ({ target }) => {
    // The dialog itself is hit only outside of what it holds.
    if (target === dialog || target === close) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    run++;
    search.address("q");
  });
}

function expand(is) {
  field.setAttribute("aria-expanded", is);
}

const options = () => sotay.all("[role=option]", list);

function choose(next) {
  if (chosen) {
    chosen.setAttribute("aria-selected", false);
  }
  chosen = next;
  field.removeAttribute("aria-activedescendant");
  if (chosen) {
    chosen.setAttribute("aria-selected", true);
    chosen.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", chosen.id);
  }
}

function onKey(event) {
  const { key } = event;
  if (event.isComposing) {
    // The keys belong to what is being written.
  } else if (key === "Escape" && field.value) {
    event.preventDefault();
    search.set("");
  } else if (event.target === field && /^(Arrow(Up|Down)|Enter)$/.test(key)) {
    event.preventDefault();
    if (key === "Enter") {
      enter();
    } else {
      const all = options();
      const now = all.indexOf(chosen);
      choose(all[key === "ArrowDown" ? now + 1 : (now < 0 ? all.length : now) - 1]);
    }
  } else if (key === "Home" || key === "End") {
    // In the text; the list is left.
    choose();
  }
}

// The first result, where none is chosen; on a phone the list, which lies behind the keys.
async function enter() {
  await busy;
  if (!chosen && matchMedia("(pointer: coarse)").matches) {
    field.blur();
    return;
  }
  const [first] = chosen ? [chosen] : options();
  if (first) {
    first.click();
  }
}

// What is longer is not read.
const query = () => field.value.slice(0, search.rules.ranking.longest_query).trim();

search.set = (text) => {
  field.value = text;
  field.focus();
  find();
};

// "Back" from a result leads here again, and the next search begins with this one.
function keep() {
  if (dialog.open) {
    search.address("q", query());
    if (search.hints) {
      search.hints.keep(query());
    }
  }
}

// Says it where it is seen at once, and where it is heard when the keys are at rest.
function tell(seen, heard) {
  count.textContent = seen;
  clearTimeout(telling);
  telling = setTimeout(() => {
    status.textContent = heard;
    keep();
  }, QUIET);
}

// Pages that stand in this language's list already are links there, not results again.
function groupsOf(results, more) {
  const seen = new Map();
  return [results, ...more].map((one) => {
    const group = { lang: one.lang, name: one === results ? "" : results.total ? "also" : "only", entries: [] };
    one.pages.forEach((page) => {
      const entry = { results: one, page, twins: [], group };
      const above = seen.get(page.slot);
      if (above) {
        above.twins.push(entry);
      } else {
        seen.set(page.slot, entry);
        group.entries.push(entry);
      }
    });
    return group;
  });
}

const first = () => (notes.firstChild ? notes.firstChild.textContent : "");

// Nothing but words: before anything is asked, or where nothing can be.
async function leave(isWanted, what) {
  await search.part("hints");
  if (isWanted()) {
    choose();
    list.replaceChildren();
    tools.hidden = true;
    expand(false);
    notes.replaceChildren(...(search.hints ? search.hints[what]() : []));
    tell("", what === "begin" ? "" : first());
  }
}

async function show(results, more, isWanted, again) {
  await search.part("hints");
  const groups = groupsOf(results, more);
  const total = groups.slice(1).reduce((sum, { entries }) => sum + entries.length, results.total);
  const isFiltered = filters.some(({ value }) => value);
  // What another language has is not lost.
  const unknown = results.unknown.filter((lost) => more.every((one) => one.unknown.includes(lost)));
  const damaged = [results, ...more].some((one) => one.damaged);
  const said = search.hints ? await search.hints.notes({ ...results, unknown, damaged }, total, isFiltered) : [];
  const before = again && chosen && chosen.href;
  const lost = await search.draw(list, body, groups, isWanted);
  if (lost === undefined) {
    return;
  }
  if (!again) {
    body.scrollTop = 0;
  }
  choose(before && options().find(({ href }) => href === before));
  notes.replaceChildren(...said);
  if (lost && !damaged && search.hints) {
    notes.append(...search.hints.damaged());
  }
  expand(total > 0);
  tools.hidden = false;
  filters.forEach((filter) => {
    filter.hidden = !search.hints || !isFiltered && !results.facets.kind.length;
    if (!filter.hidden) {
      search.hints.offer(filter, results.facets[filter.name]);
    }
  });
  both.hidden = !others.length || results.total < FEW;
  both.setAttribute("aria-pressed", everywhere);
  const found = total ? word("count", { n: total }) : "";
  tell(found, found || first());
}

async function look() {
  const text = query();
  const mine = ++run;
  const isWanted = () => mine === run;
  const engine = search.engine(own);
  clear.hidden = !field.value;
  if (!text) {
    await leave(isWanted, "begin");
    return;
  }
  let waits = true;
  setTimeout(() => { leave(() => waits && isWanted(), "wait"); }, QUIET);
  const [kind, audience] = filters.map(({ value }) => value);
  const asked = { typing: !/\s$/.test(field.value), kind, audience };
  const results = await engine.query(text, asked);
  const isReady = await engine.ready;
  waits = false;
  if (!isWanted()) {
    return;
  }
  if (!isReady || results.empty) {
    await leave(isWanted, isReady ? "begin" : "failed");
    return;
  }
  const more = Promise.all(everywhere || results.total < FEW ? others.map((lang) => search.engine(lang).query(text, asked)) : [])
    // What is no word there says nothing, unless it is all there is.
    .then((all) => all.filter(({ unknown, corrected }) => everywhere || !results.total || !unknown.length && !corrected.length));
  // Without a page in this language there is nothing to show before the others have come.
  const early = await (results.total ? Promise.race([more, search.pause(30)]) : more);
  if (isWanted()) {
    await show(results, early || [], isWanted);
  }
  if (!early && isWanted()) {
    await show(results, await more, isWanted, true);
  }
}

function find() {
  busy = look();
}

// What js/search.js opened becomes the search.
search.show = (opened, link) => {
  if (!dialog) {
    dialog = search.dialog = opened;
    search.link = link;
    make();
    search.part("hints");
  }
  find();
};
