// Phrases: words that must stand in order. Loaded for the first query that has one.
// Sections in which `terms` follow one another, each in one of its wanted forms: slot to ordinals.
const sectionsOf = (terms, formsWanted) => {
  const fits = (n, form) => !formsWanted[n] || formsWanted[n].has(form);
  const places = (n, section) => section.at.filter((_, i) => fits(n, section.as[i]));
  let found = new Map();
  for (const page of terms[0].pages) {
    found.set(page.slot, new Map(page.sections.map((s) => [s.ordinal, places(0, s)])));
  }
  for (let n = 1; n < terms.length; n++) {
    const next = new Map();
    for (const page of terms[n].pages) {
      const before = found.get(page.slot);
      for (const section of before ? page.sections : []) {
        const ends = new Set(before.get(section.ordinal));
        const here = places(n, section).filter((at) => ends.has(at - 1));
        if (here.length) {
          next.set(page.slot, (next.get(page.slot) || new Map()).set(section.ordinal, here));
        }
      }
    }
    found = next;
  }
  const slots = new Map();
  found.forEach((sections, slot) => sections.forEach((at, ordinal) => {
    if (at.length) {
      slots.set(slot, (slots.get(slot) || new Set()).add(ordinal));
    }
  }));
  return slots;
};

// The sections that have a phrase: all of it with its marks, if any is typed.
sotay.search.phrase = (terms, words, analyzer) => {
  const strict = analyzer.stems || words.some((word) => word.marked);
  return sectionsOf(terms, terms.map((term, i) => strict ? new Set([term.forms.indexOf(words[i].form)]) : null));
};
