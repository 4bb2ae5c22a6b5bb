// The dialog: a field whose arrows lead through the list of what was found, and filters.
const search = sotay.search;
const [own, ...others] = search.names.keys();
// A longer query says no more.
const LONGEST = 300;
// Where fewer pages are found, other languages are searched too.
const FEW = 5;
// While somebody types, nothing is read out, and the address stays: in milliseconds.
const QUIET = 700;

let dialog;
let link;
let parts;
let run = 0;
let busy;
let chosen;
let telling;
let everywhere = sotay.recall("search-everywhere") === "1";

const word = (key, values) => sotay.word(dialog, "search_" + key, values);
const options = () => sotay.all("[role=option]", parts.list);

function make() {
  const field = dialog.querySelector("input");
  const clear = search.iconButton(sotay.word(dialog, "search_clear"), "M6 6l12 12M18 6 6 18");
  const close = sotay.button(sotay.word(dialog, "close"), "button");
  const body = sotay.make("div", "search-body");
  const tools = sotay.make("div", "search-tools");
  const [kind, audience] = ["kind", "audience"].map((name) => {
    const select = tools.appendChild(sotay.make("select"));
    select.name = name;
    select.hidden = true;
    select.setAttribute("aria-label", word(name));
    select.addEventListener("change", find);
    return select;
  });
  const both = sotay.button(word(others[1] ? "every" : "both", { name: search.names.get(others[0]) }), "button");
  const count = sotay.make("p", "search-count");
  const notes = sotay.make("div", "search-notes");
  const list = sotay.make("div", "search-list");
  const status = sotay.make("p", "for-readers");
  both.hidden = true;
  parts = { field, clear, body, tools, kind, audience, both, count, notes, list, status };
  list.id = "_search-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("results"));
  status.setAttribute("role", "status");
  dialog.setAttribute("aria-label", field.getAttribute("aria-label"));
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false })
    .forEach(([name, value]) => { field.setAttribute(name, value); });
  field.placeholder = field.getAttribute("aria-label");
  field.parentNode.append(clear, close);
  tools.append(count, both);
  body.append(tools, notes, list);
  dialog.append(body, status, sotay.make("p", "search-keys", word("keys")));
  clear.addEventListener("click", () => { set(""); });
  close.addEventListener("click", () => { dialog.close(); });
  both.addEventListener("click", () => {
    everywhere = !everywhere;
    sotay.remember("search-everywhere", everywhere ? 1 : 0);
    find();
  });
  field.addEventListener("input", find);
  list.addEventListener("click", keep);
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("click", (event) => {
    // The dialog itself is hit only outside of what it holds.
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    run++;
    tell("");
    search.address("q");
  });
}

// Keys

function choose(next) {
  if (chosen) {
    chosen.setAttribute("aria-selected", false);
  }
  chosen = next;
  if (chosen) {
    chosen.setAttribute("aria-selected", true);
    chosen.scrollIntoView({ block: "nearest" });
    parts.field.setAttribute("aria-activedescendant", chosen.id);
  } else {
    parts.field.removeAttribute("aria-activedescendant");
  }
}

function onKey(event) {
  const { key, target } = event;
  if (event.isComposing) {
    return;
  }
  if (key === "Escape" && parts.field.value) {
    event.preventDefault();
    set("");
  } else if (target === parts.field && (key === "ArrowDown" || key === "ArrowUp")) {
    const all = options();
    const now = all.indexOf(chosen);
    event.preventDefault();
    choose(all[key === "ArrowDown" ? now + 1 : (now < 0 ? all.length : now) - 1]);
  } else if (target === parts.field && key === "Enter") {
    event.preventDefault();
    enter();
  } else if (key === "Home" || key === "End") {
    // In the text; the list is left.
    choose();
  }
}

// The first result, where none is chosen; on a phone the list, which lies behind the keys.
async function enter() {
  await busy;
  if (chosen) {
    chosen.click();
  } else if (matchMedia("(pointer: coarse)").matches) {
    parts.field.blur();
  } else if (options().length) {
    options()[0].click();
  }
}

// What is asked

const query = () => parts.field.value.slice(0, LONGEST).trim();

function set(text) {
  parts.field.value = text;
  parts.field.focus();
  find();
}

function unfilter() {
  parts.kind.value = parts.audience.value = "";
  set(parts.field.value);
}

function last() {
  try {
    return sessionStorage.getItem("search");
  } catch (error) {
    return "";
  }
}

// "Back" from a result leads here again, and the next search begins with this one.
function keep() {
  search.address("q", query());
  try {
    sessionStorage.setItem("search", query());
  } catch (error) {
    // Not kept, then.
  }
}

// Says it where it is seen at once, and where it is heard when the keys are at rest.
function tell(text, heard) {
  parts.count.textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => {
    parts.status.textContent = heard || text;
    if (dialog.open) {
      keep();
    }
  }, QUIET);
}

// The choices of a filter, with how many pages each leaves.
function offer(select, choices) {
  const { value } = select;
  const all = choices.map(([id, label, n]) => new Option(label + " (" + n + ")", id));
  if (value && !choices.some(([id]) => id === value)) {
    all.push(select.selectedOptions[0]);
  }
  select.replaceChildren(new Option(word("all_" + select.name), ""), ...all);
  select.value = value;
}

// Pages that stand in this language's list already are links there, not results again.
function groupsOf(results, more) {
  const seen = new Map();
  return [results, ...more].map((one) => {
    const name = one === results ? "" : word(results.total ? "also" : "only", { name: search.names.get(one.lang) });
    const group = { lang: one.lang, name, entries: [] };
    one.pages.forEach((page) => {
      const entry = { results: one, page, twins: [], group };
      if (seen.has(page.slot)) {
        seen.get(page.slot).twins.push(entry);
      } else {
        seen.set(page.slot, entry);
        group.entries.push(entry);
      }
    });
    return group;
  });
}

function say(notes) {
  parts.notes.replaceChildren(...notes.filter((note) => note.textContent));
}

// Nothing but words: before anything is asked, or where nothing can be.
function leave(notes) {
  choose();
  parts.list.replaceChildren();
  parts.tools.hidden = true;
  parts.field.setAttribute("aria-expanded", false);
  say(notes);
  tell("", notes[0].textContent);
}

async function show(results, more, isWanted, again) {
  const groups = groupsOf(results, more);
  const sizes = groups.map((group) => group.entries.length);
  const total = sizes.reduce((sum, size) => sum + size, results.total - sizes[0]);
  const isFiltered = parts.kind.value || parts.audience.value;
  const damaged = [results, ...more].some((one) => one.damaged);
  // What another language has is not lost.
  const unknown = results.unknown.filter((lost) => more.every((one) => one.unknown.includes(lost)));
  const notes = await search.notes({ dialog, link, set, unfilter: isFiltered && unfilter }, { ...results, unknown }, total, damaged);
  const before = again && chosen && chosen.href;
  if (!await search.draw(parts.list, parts.body, groups, isWanted)) {
    return;
  }
  if (!again) {
    parts.body.scrollTop = 0;
  }
  choose(before && options().find((one) => one.href === before));
  say(notes);
  parts.field.setAttribute("aria-expanded", total > 0);
  parts.tools.hidden = false;
  parts.kind.hidden = parts.audience.hidden = !isFiltered && !results.facets.kind.length;
  parts.both.hidden = !others.length || results.total < FEW;
  parts.both.setAttribute("aria-pressed", everywhere);
  offer(parts.kind, results.facets.kind);
  offer(parts.audience, results.facets.audience);
  tell(total ? word("count", { n: total }) : "", total ? "" : word("none", { q: results.text }));
}

async function look() {
  const text = query();
  const mine = ++run;
  const isWanted = () => mine === run;
  const engine = search.engine(own);
  parts.clear.hidden = !parts.field.value;
  if (!text) {
    leave(search.beginning({ dialog, link, set }, last()));
    return;
  }
  const slow = setTimeout(() => {
    parts.tools.hidden = false;
    tell(word("wait"));
  }, QUIET);
  const asked = { typing: !/\s$/.test(parts.field.value), kind: parts.kind.value, audience: parts.audience.value };
  const results = await engine.query(text, asked);
  const isReady = await engine.ready;
  clearTimeout(slow);
  if (!isWanted()) {
    return;
  }
  if (!isReady || results.empty) {
    leave(isReady ? search.beginning({ dialog, link, set }, last()) : search.failure({ dialog, link }));
    return;
  }
  const coming = everywhere || results.total < FEW ? others.map((lang) => search.engine(lang).query(text, asked)) : [];
  const more = Promise.all(coming);
  // Without a page in this language there is nothing to show before the others have come.
  const early = await (results.total ? Promise.race([more, search.pause(30)]) : more);
  if (isWanted()) {
    await show(results, early || [], isWanted);
  }
  if (!early) {
    const late = await more;
    if (isWanted()) {
      await show(results, late, isWanted, true);
    }
  }
}

function find() {
  busy = look();
}

// What js/search.js opened becomes the search.
search.show = (opened, from) => {
  if (!dialog) {
    [dialog, link] = [opened, from];
    make();
  }
  find();
};

// A page that only shows where its words are does not search yet.
if (!new URLSearchParams(location.search).has("hl")) {
  search.engine(own);
}
