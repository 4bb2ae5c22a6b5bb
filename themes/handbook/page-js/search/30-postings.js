// Postings: where a term stands, page by page and section by section. See src/search/postings.rs.
const lengths = [0];
while (lengths.length < 120) {
  const last = lengths[lengths.length - 1];
  lengths.push(last + Math.max(1, last >> 3));
}
const lengthAt = (step) => lengths[Math.min(step, 119)];

// {key, forms, pages: [{slot, facet, length, sections: [{ordinal, length, count, heading, code,
// at: [positions], as: [forms]}]}], sections: how many}
sotay.search.decode = (term) => {
  if (term.pages) {
    return term;
  }
  const numbers = sotay.search.numbers(term.text);
  const pages = [];
  let slot = -1;
  let total = 0;
  while (numbers.more()) {
    slot += Math.max(1, numbers.take());
    const page = { slot, facet: numbers.take(), length: lengthAt(numbers.take()), sections: [] };
    let ordinal = 0;
    let more = 1;
    while (more && numbers.more()) {
      const step = numbers.take();
      more = step & 1;
      ordinal += step >> 1;
      const length = lengthAt(numbers.take());
      const counted = numbers.take();
      const count = counted >> 1;
      const heading = counted & 1 ? numbers.take() : 0;
      const code = counted & 1 ? numbers.take() : 0;
      const [at, as] = [[], []];
      let position = 0;
      for (let i = 0; i < count && numbers.more(); i++) {
        const place = numbers.take();
        position += Math.floor(place / term.forms.length);
        at.push(position);
        as.push(place % term.forms.length);
      }
      page.sections.push({ ordinal, length, count, heading, code, at, as });
      total += 1;
    }
    pages.push(page);
  }
  term.pages = pages;
  term.sections = total;
  return term;
};

// A term in one of its forms alone.
sotay.search.only = (term, form) => {
  const pages = [];
  let total = 0;
  for (const page of term.pages) {
    const sections = [];
    for (const section of page.sections) {
      const kept = section.as.flatMap((as, i) => as === form ? [i] : []);
      if (kept.length) {
        sections.push({
          ordinal: section.ordinal,
          length: section.length,
          count: kept.length,
          heading: kept.filter((i) => i < section.heading).length,
          code: kept.filter((i) => i >= section.count - section.code).length,
          at: kept.map((i) => section.at[i]),
          as: kept.map(() => form),
        });
      }
    }
    if (sections.length) {
      total += sections.length;
      pages.push({ ...page, sections });
    }
  }
  return { key: term.key + "#" + form, forms: term.forms, pages, sections: total };
};

// Calls `each` for every page that two terms share, and the sections that they share there.
const together = (a, b, each) => {
  let [i, j] = [0, 0];
  while (i < a.pages.length && j < b.pages.length) {
    const [left, right] = [a.pages[i], b.pages[j]];
    if (left.slot === right.slot) {
      each(left, right);
    }
    i += left.slot <= right.slot ? 1 : 0;
    j += right.slot <= left.slot ? 1 : 0;
  }
};

const sameSections = (left, right, each) => {
  let [i, j] = [0, 0];
  while (i < left.sections.length && j < right.sections.length) {
    const [a, b] = [left.sections[i], right.sections[j]];
    if (a.ordinal === b.ordinal) {
      each(a, b);
    }
    i += a.ordinal <= b.ordinal ? 1 : 0;
    j += b.ordinal <= a.ordinal ? 1 : 0;
  }
};

// Where `b` stands `by` after `a`: in headings, in code, and at all.
const count = (a, b, by) => {
  const found = { count: 0, heading: 0, code: 0 };
  let j = 0;
  for (let i = 0; i < a.at.length; i++) {
    const wanted = a.at[i] + by;
    while (j < b.at.length && b.at[j] < wanted) {
      j++;
    }
    if (j < b.at.length && b.at[j] === wanted) {
      found.count++;
      found.heading += i < a.heading ? 1 : 0;
      found.code += i >= a.count - a.code ? 1 : 0;
    }
  }
  return found;
};

const isNumber = (key) => /^\d+$/.test(key);

// Where `b` follows `a`, as postings without places. A number and its neighbour may be typed in
// either order: "CT 09", "09/CT-TTg".
sotay.search.pair = (a, b) => {
  const either = isNumber(a.key) || isNumber(b.key);
  const pages = [];
  let total = 0;
  together(a, b, (left, right) => {
    const sections = [];
    sameSections(left, right, (x, y) => {
      let found = count(x, y, 1);
      if (!found.count && either) {
        found = count(y, x, 1);
      }
      if (found.count) {
        sections.push({ ordinal: x.ordinal, length: x.length, ...found });
      }
    });
    if (sections.length) {
      total += sections.length;
      pages.push({ slot: left.slot, facet: left.facet, length: left.length, sections });
    }
  });
  return { pages, sections: total };
};

// Where two terms stand within some words of each other, in either order; like a pair.
sotay.search.near = (a, b) => {
  const within = sotay.search.rules.ranking.near_words;
  const pages = [];
  let total = 0;
  together(a, b, (left, right) => {
    const sections = [];
    sameSections(left, right, (x, y) => {
      const isNear = (p) => y.at.some((q) => q !== p && Math.abs(q - p) <= within);
      const times = x.at.filter(isNear).length;
      if (times) {
        sections.push({ ordinal: x.ordinal, length: x.length, count: times, heading: 0, code: 0 });
      }
    });
    if (sections.length) {
      total += sections.length;
      pages.push({ slot: left.slot, facet: left.facet, length: left.length, sections });
    }
  });
  return { pages, sections: total };
};

// Sections in which `terms` follow one another, each in one of its wanted forms: slot to ordinals.
sotay.search.phrase = (terms, formsWanted) => {
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
