// What the search says above its results, in place of them, and before anything has been typed.
const search = sotay.search;
const filters = sotay.all("select", search.dialog);
const word = (key, values) => sotay.word(search.dialog, "hints_" + key, values);

// A line that says something of texts, each apart from the direction of what surrounds it. It may
// end in buttons, which fill the field.
function line(key, values, choices) {
  const apart = Object.entries(values || {}).map(([name, text]) => [name, "\u2068" + text + "\u2069"]);
  const box = sotay.make("p", "", word(key, Object.fromEntries(apart)));
  (choices || []).forEach(([text, into]) => {
    const button = sotay.button(text, "link");
    button.addEventListener("click", () => { search.set(into); });
    box.append(" ", button);
  });
  return box;
}

function toIndex() {
  const box = sotay.make("p");
  box.appendChild(sotay.make("a", "", word("index"))).href = search.link.href;
  return box;
}

// The nearest words for those that no page has.
async function near({ lang, text, unknown }) {
  const all = await Promise.all(unknown.slice(0, 3).map(async (lost) => {
    const found = await search.engine(lang).near(lost);
    return found.map((one) => [one, text.replace(lost, () => one)]);
  }));
  return all.flat();
}

// A language is called what it is called there.
function name(element, key, lang) {
  const [before, after] = word(key, { name: "\n" }).split("\n");
  const own = sotay.make("span", "", search.names.get(lang));
  own.lang = lang;
  element.appendChild(sotay.make("span")).append(before, ...(after === undefined ? [] : [own, after]));
}

search.hints = {
  word,
  name,
  // The last query of this tab, where the browser keeps one.
  keep: (text) => {
    try {
      if (text) {
        sessionStorage.setItem("search", text);
      }
      return sessionStorage.getItem("search");
    } catch (error) {
      return "";
    }
  },
  // The choices of a filter, with how many pages each leaves.
  offer: (filter, choices) => {
    const { value } = filter;
    const all = choices.map(([id, label, n]) => new Option(label + " (" + n + ")", id));
    if (value && !choices.some(([id]) => id === value)) {
      all.push(filter.selectedOptions[0]);
    }
    filter.replaceChildren(new Option(word("all_" + filter.name), ""), ...all);
    filter.value = value;
  },
  wait: () => [line("wait")],
  damaged: () => [line("damaged")],
  failed: () => [line("failed"), toIndex()],
  begin: () => {
    const last = search.hints.keep();
    const tips = sotay.make("ul");
    ["phrase", "without", "number"].forEach((name) => {
      tips.appendChild(sotay.make("li")).append(sotay.make("kbd", "", word(name + "_key")), word(name));
    });
    return [...(last ? [line("last", {}, [[last, last]])] : []), tips, toIndex()];
  },
  notes: async (results, total, isFiltered) => {
    const { text, unknown, corrected, damaged } = results;
    const all = total ? [] : [line("none", { q: text })];
    const choices = await near(results);
    corrected.forEach(([from, to]) => { all.push(line("corrected", { from, to })); });
    if (unknown.length && (total || unknown.length > 1)) {
      all.push(line("unknown", { words: unknown.join(", ") }));
    }
    if (choices.length) {
      all.push(line("near", {}, choices));
    }
    if (damaged) {
      all.push(line("damaged"));
    }
    if (!total && isFiltered) {
      const button = sotay.button(word("unfilter"), "button");
      button.addEventListener("click", () => {
        filters.forEach((filter) => { filter.value = ""; });
        search.set(search.dialog.querySelector("input").value);
      });
      all.push(button);
    }
    return total ? all : [...all, toIndex()];
  },
};

// What stands around the list.
const [first, ...others] = [...search.names.keys()].slice(1);
const [clear] = sotay.all(".search-bar button", search.dialog);
clear.setAttribute("aria-label", word("clear"));
filters.forEach((filter) => { filter.setAttribute("aria-label", word(filter.name)); });
search.dialog.lastChild.textContent = word("keys");
if (first) {
  name(search.dialog.querySelector(".search-tools button"), others.length ? "every" : "both", first);
}
