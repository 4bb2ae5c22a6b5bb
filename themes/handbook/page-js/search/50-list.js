// The list of what was found: pages in order, each with its best sections. Titles come first,
// passages follow for what is in view or near it. All text is set as text, never as HTML.
const search = sotay.search;
const root = document.documentElement.dataset.root;
// How many pages are drawn at a time, and how many of the first get their passages at once.
const STEP = 10;
const AT_ONCE = 5;
let ids = 0;
let watch;

// What the languages of the site are called, this one first.
const { lang: own } = document.documentElement;
search.names = new Map([[own, own], ...sotay.all("a.to-language").map((link) => [link.hreflang, link.textContent])]);

search.pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// A text in pieces, of which some are marked.
function marked(className, pieces) {
  const element = sotay.make("span", className);
  element.append(...pieces.map(([text, isMarked]) => (isMarked ? sotay.make("mark", "", text) : text)));
  return element;
}

// What was found is marked, not what was mistyped.
function asked({ text, corrected }) {
  return corrected.reduce((all, [from, to]) => all.replace(from, () => to), text);
}

function piecesOf(text, results) {
  let end = 0;
  const pieces = search.marks(asked(results), results.lang, text).flatMap(([from, to]) => {
    const before = text.slice(end, from);
    end = to;
    return [[before], [text.slice(from, to), true]];
  });
  return [...pieces, [text.slice(end)]];
}

// A link that is an option of the list: arrows lead to it, Tab does not.
function option(className, { results, page }, id) {
  const link = sotay.make("a", className);
  link.href = root + results.lang + "/" + page.url + "?" + new URLSearchParams({ hl: asked(results) })
    + (id ? "#" + encodeURIComponent(id) : "");
  link.id = "_hit-" + ids++;
  link.tabIndex = -1;
  link.dataset.searchResult = "";
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", false);
  return link;
}

// A page: its title, what it is and where it stands, room for its sections, and the same page in
// other languages.
function itemOf(entry) {
  const { results, page, twins } = entry;
  const item = sotay.make("div", "hit");
  const link = option("hit-page", entry);
  const where = [...new Set([page.kindLabel, ...page.crumbs])].filter(Boolean).join(" · ");
  link.append(sotay.make("span", "hit-title", page.title), sotay.make("span", "hit-where", where));
  item.append(link, ...page.sections.map(() => sotay.make("div", "hit-room")));
  twins.forEach((twin) => {
    const other = option("hit-twin", twin);
    other.lang = other.hreflang = twin.results.lang;
    other.append(sotay.make("b", "", search.names.get(other.lang)), " ", sotay.make("span", "", twin.page.title));
    item.append(other);
  });
  return item;
}

// Puts passages into the room that was kept for them; what the reader has chosen stays in its place.
function place(entry, passages, scroller) {
  const chosen = scroller.querySelector("[aria-selected=true]");
  const top = chosen && chosen.getBoundingClientRect().top;
  const rooms = sotay.all(".hit-room", entry.item);
  if (passages.length) {
    entry.item.querySelector(".hit-title").replaceWith(marked("hit-title", piecesOf(entry.page.title, entry.results)));
  }
  passages.forEach(({ id, heading, parts }) => {
    const text = marked("hit-text", parts);
    if (id) {
      const link = option("hit-section", entry, id);
      link.append(marked("hit-heading", piecesOf(heading, entry.results)), text);
      entry.item.insertBefore(link, rooms[0]);
    } else {
      entry.item.firstChild.append(text);
    }
  });
  rooms.forEach((room) => { room.remove(); });
  if (chosen) {
    scroller.scrollTop += chosen.getBoundingClientRect().top - top;
  }
}

function fill(entry, scroller) {
  entry.filled = entry.filled || search.engine(entry.results.lang).passages(entry.page, entry.results)
    .then((passages) => { place(entry, passages, scroller); });
  return entry.filled;
}

// What the next pages are called is asked for all at once, language by language. A page whose name
// is lost with its file is left out.
async function nameAll(entries) {
  const all = entries.flatMap((entry) => [entry, ...entry.twins]);
  await Promise.all([...search.names.keys()].map((lang) => {
    const pages = all.filter(({ results }) => results.lang === lang).map(({ page }) => page);
    return pages.length && search.engine(lang).titles(pages);
  }));
  const isNamed = ({ page }) => page.url;
  const named = entries.filter(isNamed);
  named.forEach((entry) => {
    entry.twins = entry.twins.filter(isNamed);
    entry.item = itemOf(entry);
  });
  return named;
}

function boxOf(group) {
  const box = sotay.make("div", "hits");
  if (group.name && search.hints) {
    const name = box.appendChild(sotay.make("p", "hits-name"));
    search.hints.name(name, group.name, group.lang);
    name.id = "_hits-" + group.lang;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", name.id);
  }
  return box;
}

// Draws groups of entries into a list, which moves within a scroller, once the first are known.
// Resolves to how many of these are lost, or to nothing where the reader has gone on meanwhile.
search.draw = async (list, scroller, groups, isWanted) => {
  const all = groups.flatMap((group) => group.entries);
  let drawn = 0;

  const next = () => nameAll(all.slice(drawn, drawn += STEP));

  function add(entries) {
    entries.forEach((entry) => {
      const { group, item } = entry;
      group.box = group.box || list.appendChild(boxOf(group));
      item.lang = entry.results.lang;
      group.box.append(item);
      watch.observe(item);
    });
  }

  const first = await next();
  // Passages that are here already are never seen to arrive.
  await Promise.race([Promise.all(first.slice(0, AT_ONCE).map((entry) => fill(entry, scroller))), search.pause(25)]);
  if (!isWanted()) {
    return undefined;
  }
  if (watch) {
    watch.disconnect();
  }
  watch = new IntersectionObserver((seen) => {
    seen.filter((one) => one.isIntersecting).forEach(async ({ target }) => {
      watch.unobserve(target);
      fill(all.find((entry) => entry.item === target), scroller);
      if (drawn < all.length && target === list.lastChild.lastChild) {
        const more = await next();
        if (isWanted()) {
          add(more);
        }
      }
    });
  }, { root: scroller, rootMargin: "50%" });
  list.replaceChildren();
  add(first);
  return Math.min(drawn, all.length) - first.length;
};
