// What a mistyped word may be meant for, and how it is written. Loaded for the first word that
// no page has.
// Whether two words are one edit apart; a swap of neighbours is one.
const isNear = (a, b) => {
  if (Math.abs(a.length - b.length) > 1 || a === b) {
    return false;
  }
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  let [i, j] = [a.length, b.length];
  while (i > start && j > start && a[i - 1] === b[j - 1]) {
    i--;
    j--;
  }
  return (i - start <= 1 && j - start <= 1) ||
    (i - start === 2 && j - start === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]);
};

// Words of the vocabulary that a reader may have meant, most frequent first.
sotay.search.likely = (vocabulary, word) => vocabulary
  .filter(([other]) => isNear(word, other))
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  .slice(0, sotay.search.rules.ranking.alternatives)
  .map(([other]) => other);

// A form as it is written: the tone back on its vowel.
const markOf = Object.fromEntries(Object.entries(sotay.search.rules.folding.tones).map(([mark, digit]) => [digit, mark]));

const withTone = (form) => {
  const tone = markOf[form.slice(-1)];
  const syllable = form.slice(0, -1);
  const vowels = tone && /^(qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)([aeiouyăâêôơư]+)(.*)$/.exec(syllable);
  if (!vowels) {
    return form;
  }
  const group = [...vowels[2]];
  let at = group.findIndex((c) => /[ăâêôơư]/.test(c));
  if (group.join("").includes("ươ")) {
    at = group.indexOf("ơ");
  }
  if (at < 0) {
    at = group.length === 3 || (group.length === 2 && vowels[3]) ? 1 : 0;
  }
  group[at] = (group[at] + tone).normalize("NFC");
  return vowels[1] + group.join("") + vowels[3];
};

// How a term is most often written.
sotay.search.spell = (term) => {
  const decoded = sotay.search.decode(term);
  const times = decoded.forms.map(() => 0);
  decoded.pages.forEach((page) => page.sections.forEach((section) => section.as.forEach((form) => { times[form]++; })));
  return withTone(decoded.forms[times.indexOf(Math.max(...times))]);
};
