// What a page says about a query: the passage that holds most of it, with its words marked. Loaded
// with the first results, and on the page that one of them leads to.
const width = 26;

// Matches in a text: [{start, end, word}], `word` being which word of the query it is. What was
// typed with marks matches with these alone.
const matches = (text, words, analyzer) => analyzer.words(text).map(([start, end]) => {
  const word = text.slice(start, end);
  const key = analyzer.key(word);
  const fits = ({ keys, form }) => keys.has(key) && (!form || analyzer.form(word) === form);
  return { start, end, word: words.findIndex(fits) };
});

// Where the window of words that holds most of the query begins.
const bestWindow = (found, words) => {
  let best = { at: 0, worth: -1 };
  for (let at = 0; at < found.length; at++) {
    if (at && found[at].word < 0) {
      continue;
    }
    const seen = new Set();
    let worth = 0;
    for (let i = at; i < Math.min(at + width, found.length); i++) {
      const { word } = found[i];
      if (word >= 0) {
        worth += seen.has(word) ? 0.1 : words[word].rarity;
        worth += i > at && found[i - 1].word === word - 1 && word > 0 ? 1 : 0;
        seen.add(word);
      }
    }
    if (worth > best.worth) {
      best = { at, worth };
    }
  }
  return best;
};

// Matches of neighbouring words are one mark. A frequent word by itself is none where others match.
const joined = (text, found, words) => {
  const runs = [];
  found.forEach((one, i) => {
    const before = found[i - 1];
    if (one.word >= 0) {
      if (before && before.word >= 0 && /^[ \u00a0\-/]{1,3}$/.test(text.slice(before.end, one.start))) {
        runs[runs.length - 1].push(one);
      } else {
        runs.push([one]);
      }
    }
  });
  const most = Math.max(...words.map((word) => word.rarity));
  const telling = (run) => run.length > 1 || words[run[0].word].rarity * 2 >= most;
  const kept = runs.some(telling) ? runs.filter(telling) : runs;
  return kept.map((run) => [run[0].start, run[run.length - 1].end]);
};

const parts = (text, start, end, marks) => {
  const out = [];
  const push = (part, marked) => {
    // Lines are cells, points and paragraphs.
    const plain = part.replace(/\n/g, " · ").replace(/\s+/g, " ");
    if (plain) {
      out.push([plain, marked]);
    }
  };
  let at = start;
  for (const [from, to] of marks.filter(([from, to]) => from >= start && to <= end)) {
    push(text.slice(at, from), false);
    push(text.slice(from, to), true);
    at = to;
  }
  push(text.slice(at, end), false);
  return out;
};

const passage = (text, words, analyzer) => {
  const found = matches(text, words, analyzer);
  if (!found.length) {
    return { parts: [], worth: -1 };
  }
  const { at, worth } = bestWindow(found, words);
  // A few words before the first match, from a line's beginning if that is near.
  let first = Math.max(0, at - 6);
  for (let i = at; i > first; i--) {
    if (/\n|[.!?…]\s/.test(text.slice(found[i - 1].end, found[i].start))) {
      first = i;
    }
  }
  const last = Math.min(found.length - 1, first + width - 1);
  const start = found[first].start;
  const end = found[last].end;
  const shown = parts(text, start, end, joined(text, found, words));
  if (first > 0 && !/\n/.test(text.slice(found[first - 1].end, start))) {
    shown.unshift(["… ", false]);
  }
  const after = text.slice(end, last + 1 < found.length ? found[last + 1].start : undefined);
  const closing = /^[^\s]*/.exec(after)[0];
  shown.push([last + 1 < found.length ? " …" : closing, false]);
  return { parts: shown, worth };
};

sotay.search.passages = (page, results, files, analyzer) => Promise.all(page.sections.map((section) =>
  files.text(page.slot, section.ordinal, page.places || "").then((texts) => {
    if (!texts) {
      return null;
    }
    const [id, heading, text, code] = texts;
    let best = passage(text, results.words, analyzer);
    if (best.worth <= 0 && code) {
      const ofCode = passage(code, results.words, analyzer);
      best = ofCode.worth > 0 || !text ? ofCode : best;
    }
    return { id, heading, parts: best.parts };
  }))).then((all) => all.filter(Boolean));

// Where a text matches a query, as [start, end]; whole phrases are one.
sotay.search.marks = (query, lang, text) => {
  const analyzer = sotay.search.analyzer(lang);
  const parsed = sotay.search.parse(query, analyzer, false);
  const worth = parsed.words.filter((word) => !analyzer.stop.has(analyzer.fold(word.word)));
  const words = (worth.length ? worth : parsed.words).map((word) =>
    ({ keys: new Set([word.key]), form: word.marked && word.form, rarity: 1 }));
  return words.length ? joined(text, matches(text, words, analyzer), words) : [];
};
