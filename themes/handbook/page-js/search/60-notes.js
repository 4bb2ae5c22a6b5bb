// What is said above the results, in place of them, and before anything has been typed. The dialog
// gives search.dialog, the link that opened it, and search.set, which fills the field.
const search = sotay.search;

search.word = (key, values) => sotay.word(search.dialog, "search_" + key, values);

// A line that says something of a text, apart from the direction of the text around it, and that may
// end in buttons: each fills the field with a text.
function line(key, values, choices) {
  const apart = Object.entries(values || {}).map(([name, text]) => [name, "\u2068" + text + "\u2069"]);
  const box = sotay.make("p", "", search.word(key, Object.fromEntries(apart)));
  (choices || []).forEach(([text, into]) => {
    const button = sotay.button(text, "link");
    button.addEventListener("click", () => { search.set(into); });
    box.append(" ", button);
  });
  return box;
}

function toIndex() {
  const box = sotay.make("p");
  box.appendChild(sotay.make("a", "", search.word("index"))).href = search.link.href;
  return box;
}

search.beginning = (last) => {
  const tips = sotay.make("ul");
  ["phrase", "without", "number"].forEach((name) => {
    tips.appendChild(sotay.make("li")).append(sotay.make("kbd", "", search.word(name + "_key")), search.word(name));
  });
  return [...(last ? [line("last", {}, [[last, last]])] : []), tips, toIndex()];
};

search.failure = () => [line("failed"), toIndex()];

// The nearest words for those that no page has.
async function near({ lang, text, unknown }) {
  const all = await Promise.all(unknown.slice(0, 3).map(async (lost) => {
    const found = await search.engine(lang).near(lost);
    return found.map((one) => [one, text.replace(lost, () => one)]);
  }));
  return all.flat();
}

search.notes = async (results, total, isFiltered) => {
  const { text, unknown, corrected, damaged } = results;
  const all = corrected.map(([from, to]) => line("corrected", { from, to }));
  const choices = await near(results);
  if (!total) {
    all.push(line("none", { q: text }));
  }
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
    const button = sotay.button(search.word("unfilter"), "button");
    button.addEventListener("click", search.unfilter);
    all.push(button);
  }
  return total ? all : [...all, toIndex()];
};
