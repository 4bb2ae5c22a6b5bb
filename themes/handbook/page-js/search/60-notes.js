// What is said above the results, in place of them, and before anything has been typed.
const search = sotay.search;

function line(text) {
  return sotay.make("p", "", text);
}

// Quoted text stands apart from the direction of what surrounds it.
function quoted(text) {
  return "\u2068" + text + "\u2069";
}

// A line that ends in buttons; each puts a text into the field.
function choices(text, all, set) {
  const box = line(all.length ? text + " " : "");
  all.forEach(([name, into]) => {
    const button = sotay.button(name, "link");
    button.addEventListener("click", () => { set(into); });
    box.append(button, " ");
  });
  return box;
}

function toIndex(dialog, link) {
  const box = sotay.make("p", "search-index");
  box.appendChild(sotay.make("a", "", sotay.word(dialog, "search_index"))).href = link.href;
  return box;
}

search.beginning = ({ dialog, link, set }, last) => {
  const word = (key) => sotay.word(dialog, "search_" + key);
  const tips = sotay.make("ul", "search-tips");
  ["phrase", "without", "number"].forEach((name) => {
    const tip = tips.appendChild(sotay.make("li"));
    tip.append(sotay.make("kbd", "", word(name + "_key")), " ", word(name));
  });
  return [choices(word("last"), last ? [[last, last]] : [], set), tips, toIndex(dialog, link)];
};

search.failure = ({ dialog, link }) => [line(sotay.word(dialog, "search_failed")), toIndex(dialog, link)];

// The nearest words for those that no page has.
async function near(results, word, set) {
  const found = await Promise.all(results.unknown.slice(0, 3).map(async (lost) => {
    const all = await search.engine(results.lang).near(lost);
    return all.map((one) => [one, results.text.replace(lost, () => one)]);
  }));
  return choices(word("near"), found.flat(), set);
}

search.notes = async ({ dialog, link, set, unfilter }, results, total, damaged) => {
  const word = (key, values) => sotay.word(dialog, "search_" + key, values);
  const all = results.corrected.map(([from, to]) => line(word("corrected", { from: quoted(from), to: quoted(to) })));
  if (!total) {
    all.push(line(word("none", { q: quoted(results.text) })));
  }
  if (total || results.unknown.length > 1) {
    all.push(line(results.unknown.length ? word("unknown", { words: results.unknown.map(quoted).join(", ") }) : ""));
  }
  all.push(await near(results, word, set));
  if (!total && unfilter) {
    const button = sotay.button(word("unfilter"), "button");
    button.addEventListener("click", unfilter);
    all.push(button);
  }
  if (damaged) {
    all.push(line(word("damaged")));
  }
  return total ? all : [...all, toIndex(dialog, link)];
};
