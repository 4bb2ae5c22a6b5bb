// From a query to pages in order. src/search/rank.rs does the same; a test compares the two.
const { ranking: weights } = sotay.search.rules;

// What not every search needs is a script of its own, loaded once; where it is missing, the rest
// goes on, and the next who needs it tries again.
const parts = {};

sotay.search.part = (name) => {
  parts[name] = parts[name] || new Promise((done) => {
    sotay.load(name, done, () => {
      delete parts[name];
      done();
    });
  });
  return parts[name];
};

// Resolves to `sotay.search[what]`, or to nothing.
const need = (script, what) => sotay.search.part(script).then(() => sotay.search[what]);

const round = (number) => Math.round(number * 1e6) / 1e6;

// BM25's weight of a term that stands in `sections` of `all`.
const rarity = (sections, all) =>
  round(Math.pow(Math.log(1 + (all - sections + 0.5) / (sections + 0.5)), weights.rarity));

const bm25 = (frequency, length, average, k1, b) =>
  (frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * length) / average));

// How often a term stands somewhere, headings counting more and code less.
const frequency = ({ count, heading, code }) =>
  count - heading - code + heading * weights.heading + code * weights.code;

// What a term or pair adds to each section and page; of several that may stand for one word of the
// query, the best counts.
const scorer = (meta) => {
  const averages = meta.lengths.map((length) => length / 100);
  const sections = new Map();
  const pages = new Map();
  const facets = new Map();
  const raise = (map, key, score) => {
    if (score > (map.get(key) || 0)) {
      map.set(key, score);
    }
  };
  const add = (to, from) => from.forEach((score, key) => to.set(key, (to.get(key) || 0) + score));
  return {
    sections, pages, facets,
    add: (alternatives, k1, b) => {
      const [best, ofPages] = [new Map(), new Map()];
      for (const { postings, weight, wanted } of alternatives) {
        const idf = rarity(postings.sections, meta.sections) * weight;
        for (const page of postings.pages) {
          let total = 0;
          let asTyped = false;
          for (const section of page.sections) {
            const often = frequency(section);
            total += often;
            const exact = !!wanted && section.as.some((form) => wanted.has(form));
            asTyped = asTyped || exact;
            const score = idf * bm25(often, section.length, averages[0], k1, b) * (exact ? 1 + weights.exact : 1);
            raise(best, page.slot * 65536 + section.ordinal, score);
          }
          facets.set(page.slot, page.facet);
          raise(ofPages, page.slot, idf * bm25(total, page.length, averages[1], k1, b) * (asTyped ? 1 + weights.exact : 1));
        }
      }
      add(sections, best);
      add(pages, ofPages);
    },
  };
};

const isMistypable = (word) => word.length > 2 && !/\d/.test(word);

// Numbers of the forms that a word has, as they are wanted: the very one that was typed.
const wantedForms = (term, form) => {
  const at = term.forms.indexOf(form);
  return new Set(at < 0 ? [] : [at]);
};

// Forms that begin as typed: with the same letters, and the same tone if there is one.
const begunForms = (term, form) => {
  const tone = /\d$/.test(form) ? form.slice(-1) : "";
  const start = tone ? form.slice(0, -1) : form;
  const fits = (other) => other.startsWith(start) && (!tone || other.endsWith(tone));
  return new Set(term.forms.flatMap((other, i) => fits(other) ? [i] : []));
};

const makeEngine = (lang) => {
  const analyzer = sotay.search.analyzer(lang);
  let meta = null;
  let files = null;
  let common = new Set();
  const pairs = new Map();

  const start = () => Promise.all([
    sotay.search.load(lang, "meta"),
    !analyzer.stems || need("stem", "stem"),
  ]).then(([data, stem]) => {
    if (stem && data && data.sections >= 0) {
      meta = data;
      files = sotay.search.files(lang, meta);
      common = new Set(meta.common.split(" ").filter(Boolean));
    }
    return !!meta;
  });

  const term = (key) => files.term(key).then((found) => found && sotay.search.decode(found));

  const together = (how) => (a, b) => {
    const key = [how, a.key, b.key].join(" ");
    if (!pairs.has(key)) {
      pairs.set(key, sotay.search[how](a, b));
    }
    return pairs.get(key);
  };
  const pair = together("pair");
  const near = together("near");

  // Terms that begin as the last word does.
  const beginning = (word) => {
    const folded = analyzer.fold(word.word);
    const first = analyzer.stems ? folded.slice(0, Math.max(2, folded.length - 4)) : folded;
    return files.range(first, folded, weights.kilobytes).then((terms) => {
      const fits = (one) => one.key.startsWith(folded) ||
        (analyzer.stems && one.forms.some((form) => form.startsWith(folded)));
      let found = terms.filter((one) => one.key !== word.key && !one.key.includes("/") && fits(one));
      const begun = new Map(found.map((one) => [one.key, begunForms(one, word.form)]));
      if (word.marked && found.some((one) => begun.get(one.key).size)) {
        found = found.filter((one) => begun.get(one.key).size);
      }
      found.sort((a, b) => b.text.length - a.text.length || (a.key < b.key ? -1 : 1));
      return found.slice(0, weights.alternatives).map((one) => ({
        postings: sotay.search.decode(one),
        weight: weights.prefix,
        wanted: word.marked ? begun.get(one.key) : null,
        guess: true,
      }));
    });
  };

  // Terms whose words are one edit from `folded`, most frequent first.
  const resembled = (folded) => Promise.all([files.vocabulary(folded), need("spelling", "likely")])
    .then(([vocabulary, likely]) => likely ? likely(vocabulary, folded) : [])
    .then((found) => Promise.all([...new Set(found.map(analyzer.key))].map(term)))
    .then((terms) => terms.filter(Boolean));

  // Terms that a word nobody wrote may be meant for.
  const resembling = (word) => {
    const folded = analyzer.fold(word.word);
    if (!isMistypable(folded)) {
      return Promise.resolve([]);
    }
    return resembled(folded).then((terms) => terms.map((postings) => ({
      postings, weight: weights.typo, wanted: null, guess: true,
    })));
  };

  // A word with the marks that were typed, and with any others for less.
  const asTyped = (own, word) => {
    const form = own.forms.indexOf(word.form);
    const any = { postings: own, weight: 1, wanted: analyzer.stems ? wantedForms(own, word.form) : null };
    return word.marked && form >= 0 && own.forms.length > 1
      ? [{ postings: sotay.search.only(own, form), weight: 1 }, { ...any, weight: weights.unmarked }]
      : [any];
  };

  // What may stand for each word: [{postings, weight, wanted, guess}].
  const alternatives = (word, skip) => Promise.all([
    skip ? null : term(word.key),
    word.begins ? beginning(word) : [],
  ]).then(([own, begun]) => {
    const typed = own ? asTyped(own, word) : [];
    if (own || begun.length || skip) {
      return typed.concat(begun);
    }
    return resembling(word);
  });

  // A guess that never stands beside its neighbour counts less.
  const discount = (words, all) => {
    all.forEach((guesses, i) => {
      const neighbours = [[i - 1, true], [i + 1, false]].filter(([n]) => {
        const later = Math.max(n, i);
        return all[n] && words[later].follows && all[n].some((one) => !one.guess);
      });
      if (!neighbours.length || guesses.filter((one) => one.guess).length < 2) {
        return;
      }
      for (const guess of guesses.filter((one) => one.guess)) {
        const known = neighbours.some(([n, before]) => all[n].some((one) => !one.guess &&
          (before ? pair(one.postings, guess.postings) : pair(guess.postings, one.postings)).sections));
        guess.weight *= known ? 1 : weights.unpaired;
      }
    });
  };

  const score = (words, all, wholes) => {
    const total = scorer(meta);
    all.forEach((of) => total.add(of, weights.k1, weights.b));
    wholes.forEach((postings) => total.add([{ postings, weight: 1 }], weights.k1, weights.b));
    const weight = analyzer.pairs || weights.pairs;
    const isStop = (word) => analyzer.stop.has(analyzer.fold(word.word));
    for (let i = 1; i < words.length; i++) {
      const [before, own] = [all[i - 1][0], all[i][0]];
      if (analyzer.near && words[i].follows && before && own && !before.guess && !own.guess) {
        const of = { postings: near(before.postings, own.postings), weight: analyzer.near };
        total.add(of.postings.sections ? [of] : [], weights.pair_k1, weights.pair_b);
      }
      if (words[i].follows && !isStop(words[i]) && !isStop(words[i - 1])) {
        const of = all[i - 1].flatMap((a) => all[i].map((b) => ({
          postings: pair(a.postings, b.postings),
          weight: weight * a.weight * b.weight,
        })));
        total.add(of.filter((one) => one.postings.sections), weights.pair_k1, weights.pair_b);
      }
    }
    return total;
  };

  // Sections that have a phrase: slot to ordinals.
  const phrase = (words) => Promise.all([
    need("phrase", "phrase"),
    ...words.map((word) => term(word.key)),
  ]).then(([find, ...terms]) => find && terms.every(Boolean) ? find(terms, words, analyzer) : new Map());

  // Pages in order, from what their sections scored.
  const order = (total, phrases, nots) => {
    const best = new Map();
    total.sections.forEach((score, key) => {
      const [slot, ordinal] = [Math.floor(key / 65536), key % 65536];
      const allowed = phrases.every((of) => of.has(slot) && of.get(slot).has(ordinal)) &&
        !nots.some((of) => of.has(slot));
      if (allowed) {
        best.set(slot, (best.get(slot) || []).concat({ ordinal, score: round(score) }));
      }
    });
    const pages = [];
    best.forEach((sections, slot) => {
      sections.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
      const second = sections.slice(1, 2).filter((s) => s.score >= sections[0].score * weights.second_section);
      const score = round(sections[0].score + weights.page * (total.pages.get(slot) || 0));
      const [kind, audience] = meta.facets[total.facets.get(slot)] || ["", []];
      pages.push({ slot, score, kind, audience, sections: [sections[0], ...second] });
    });
    pages.sort((a, b) => b.score - a.score || a.slot - b.slot);
    return pages.filter((page) => page.score >= pages[0].score * weights.least);
  };

  const counts = (pages, all, of) => Object.entries(all).map(([id, label]) =>
    [id, label, pages.filter((page) => of(page).includes(id)).length]).filter(([, , n]) => n);

  // The pages that filters leave, and how many each choice would leave.
  const filtered = (pages, kind, audience) => {
    const ofKind = (page) => !kind || page.kind === kind;
    const ofAudience = (page) => !audience || page.audience.includes(audience);
    const left = pages.filter((page) => ofKind(page) && ofAudience(page));
    return {
      total: left.length,
      pages: left.slice(0, 100),
      facets: {
        kind: counts(pages.filter(ofAudience), meta.kinds, (page) => [page.kind]),
        audience: counts(pages.filter(ofKind), meta.audiences, (page) => page.audience),
      },
    };
  };

  const nothing = (text) => ({
    text, lang, total: 0, pages: [], facets: { kind: [], audience: [] }, unknown: [], corrected: [],
    damaged: files ? files.damage.size : 1, empty: true, words: [],
  });

  // The word as typed, and the first of those taken for it.
  const corrections = (words, all) => words.flatMap((word, i) => {
    const [first] = all[i].filter((one) => one.guess);
    const guessed = first && !word.begins && all[i].every((one) => one.guess);
    return guessed ? [[word.word, sotay.search.spell(first.postings)]] : [];
  });

  const run = (text, { typing, kind, audience }) => {
    const query = sotay.search.parse(text, analyzer, typing);
    if (!query.words.length) {
      return Promise.resolve(nothing(text));
    }
    const phrased = new Set(query.phrases.flat());
    const isCommon = (word) => common.has(word.key) && !phrased.has(word);
    const find = (all) => Promise.all(query.words.map((word) => alternatives(word, !all && isCommon(word))));
    return Promise.all([
      // Where nothing else is known, common words will do.
      find(false).then((found) => found.some((of) => of.length) ? found : find(true)),
      Promise.all(query.wholes.map(term)),
      Promise.all(query.phrases.map(phrase)),
      Promise.all(query.nots.map(phrase)),
    ]).then(([found, wholes, phrases, nots]) => {
      discount(query.words, found);
      const total = score(query.words, found, wholes.filter(Boolean));
      const unknown = query.words.filter((word, i) => !found[i].length && !isCommon(word));
      return {
        text, lang,
        ...filtered(order(total, phrases, nots), kind, audience),
        unknown: unknown.map((word) => word.word),
        corrected: corrections(query.words, found),
        damaged: files.damage.size,
        empty: false,
        // What passages mark.
        words: query.words.map((word, i) => ({
          keys: new Set(found[i].map((one) => one.postings.key).concat(word.key)),
          form: word.marked && found[i].every((one) => !one.guess) && word.form,
          rarity: Math.max(0.1, ...found[i].map((one) => rarity(one.postings.sections, meta.sections))),
        })),
      };
    });
  };

  const engine = {
    lang,
    analyzer,
    ready: null,
    query: (text, options) => engine.ready.then((loaded) => loaded ? run(text, options || {}) : nothing(text))
      .catch(() => ({ ...nothing(text), damaged: 1 })),
    titles: (pages) => Promise.all(pages.map((page) => files.titles(page.slot).then((data) => {
      for (let i = 0; i + 3 < data.length; i += 4) {
        if (data[i] === page.slot) {
          page.url = data[i + 1] + ".html";
          page.title = data[i + 2];
          page.places = data[i + 3];
          page.crumbs = crumbs(data[i + 1]);
        }
      }
      page.kindLabel = meta.kinds[page.kind] || "";
    }))).then(() => {}),
    passages: (page, results) => Promise.all([engine.titles([page]), need("passages", "passages")])
      .then(([, passages]) => passages ? passages(page, results, files, analyzer) : []),
    near: (word) => resembled(analyzer.fold(word)).then((terms) =>
      [...new Set(terms.slice(0, 5).map((one) => sotay.search.spell(one)))]),
  };

  const crumbs = (address) => address.split("/").slice(0, -1).reduce((all, part) =>
    all.concat(all.length ? all[all.length - 1] + "/" + part : part), [])
    .filter((folder) => address !== folder + "/index").map((folder) => meta.folders[folder]).filter(Boolean);

  engine.ready = start();
  return engine;
};

const engines = new Map();

sotay.search.engine = (lang) => {
  if (!engines.has(lang)) {
    engines.set(lang, makeEngine(lang));
  }
  return engines.get(lang);
};
