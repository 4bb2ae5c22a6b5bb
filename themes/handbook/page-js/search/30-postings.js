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

// The sections that two terms share and in which `count` counts something, as postings without
// places.
sotay.search.both = (a, b, count) => {
  const pages = [];
  let total = 0;
  let j = 0;
  for (const left of a.pages) {
    while (j < b.pages.length && b.pages[j].slot < left.slot) {
      j++;
    }
    const right = j < b.pages.length && b.pages[j].slot === left.slot ? b.pages[j].sections : [];
    const sections = left.sections.flatMap((x) => {
      const y = right.find((other) => other.ordinal === x.ordinal);
      const found = y && count(x, y);
      return found && found.count ? [{ ordinal: x.ordinal, length: x.length, ...found }] : [];
    });
    if (sections.length) {
      total += sections.length;
      pages.push({ ...left, sections });
    }
  }
  return { pages, sections: total };
};

// How often `b` stands right after `a`: at all, in headings, in code.
const following = (a, b) => {
  const found = { count: 0, heading: 0, code: 0 };
  const places = new Set(b.at);
  a.at.forEach((place, i) => {
    if (places.has(place + 1)) {
      found.count++;
      found.heading += i < a.heading ? 1 : 0;
      found.code += i >= a.count - a.code ? 1 : 0;
    }
  });
  return found;
};

const isNumber = (key) => /^\d+$/.test(key);

// Where `b` follows `a`. A number and its neighbour may be typed in either order: "CT 09".
sotay.search.pair = (a, b) => {
  const either = isNumber(a.key) || isNumber(b.key);
  return sotay.search.both(a, b, (x, y) => {
    const found = following(x, y);
    return either && !found.count ? following(y, x) : found;
  });
};
