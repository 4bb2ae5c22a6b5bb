// From text to words, and the key under which each is found: as src/search/analysis.rs does, from
// the same table; both are tested on tests/search/words.json.
const { folding, languages } = sotay.search.rules;

const hex = (code) => "\\u{" + code.toString(16) + "}";
const unspaced = folding.unspaced.map(([first, last]) => hex(first) + "-" + hex(last)).join("");
const letter = "[\\p{Alphabetic}\\p{N}\\p{M}]";
const aWord = "[" + unspaced + "]\\p{M}*|(?:(?![" + unspaced + "])" + letter + ")+";
const hyphen = "[-" + folding.hyphens + "]";
const hyphened = "(?:" + aWord + ")(?:" + hyphen + "(?:" + aWord + "))*";
const number = "\\d{1,6}\\/(?:\\d{4}\\/)?(?=\\p{Alphabetic})" + hyphened;
const eachWord = new RegExp(aWord, "gu");
const eachCompound = new RegExp(number + "|" + hyphened, "gu");
const eachHyphen = new RegExp(hyphen, "g");
const joins = new RegExp("^[-/" + folding.hyphens + "]$");
const marks = new RegExp("[" + hex(folding.marks[0]) + "-" + hex(folding.marks[1]) + "]", "gu");
const isAscii = (text) => /^[\0-\x7f]*$/.test(text);
const lower = (text) => [...text].map((c) => c.toLowerCase()).join("");
const letters = new Map(Object.entries(folding.letters));
const tones = new Map(Object.entries(folding.tones));

const fold = (word) => {
  if (isAscii(word)) {
    return /^\d+$/.test(word) ? word.replace(/^0+(?=\d)/, "") : word.toLowerCase();
  }
  const plain = lower(word.normalize("NFD").replace(marks, ""));
  return [...plain].map((c) => letters.has(c) ? letters.get(c) : c).join("").normalize("NFC");
};

// Lower case with its marks, a tone as a digit at the end.
const exact = (word) => {
  let tone = "";
  let rest = "";
  for (const c of lower(word.normalize("NFD"))) {
    if (tones.has(c)) {
      tone = tone || tones.get(c);
    } else {
      rest += c === "ς" ? "σ" : c;
    }
  }
  return rest.normalize("NFC") + tone;
};

// Places of words: [start, end] in UTF-16 units.
const words = (text) => {
  const found = [];
  let before = 0;
  for (const match of text.matchAll(eachWord)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const between = text.slice(before, start);
    const genitive = before > 0 && /^s$/i.test(match[0]) &&
      [...between].length === 1 && folding.apostrophes.includes(between);
    before = end;
    if (!genitive) {
      found.push([start, end]);
    }
  }
  return found;
};

const numberKey = (text) => fold(text).replace(eachHyphen, "-").replace(/^0+/, "");

// What is found as a whole beside its parts: document numbers, words joined by hyphens.
const compounds = (text) => {
  const found = [];
  for (const match of text.matchAll(eachCompound)) {
    const [start, whole] = [match.index, match[0]];
    if (joins.test(text[start - 1])) {
      continue;
    }
    if (whole.includes("/")) {
      found.push([start, start + whole.length, numberKey(whole)]);
    } else if (whole.search(eachHyphen) > 0) {
      found.push([start, start + whole.length, fold(whole.replace(eachHyphen, ""))]);
    }
  }
  return found;
};

const isTooLong = (word) => word.length > folding.longest && [...word].length > folding.longest;

// What is particular to one language.
sotay.search.analyzer = (lang) => {
  const own = languages[lang.split("-")[0]] || {};
  const finalY = new Set((own.final_y || []).map((start) => start + "y"));
  const key = (word) => {
    const folded = fold(word);
    if (own.stem) {
      return sotay.search.stem(folded);
    }
    return finalY.has(folded) ? folded.slice(0, -1) + "i" : folded;
  };
  return {
    words, compounds, fold, exact, isTooLong, key,
    form: own.stem ? fold : exact,
    stems: !!own.stem,
    stop: new Set(own.stop || []),
    pairs: own.pairs,
    near: own.near || 0,
  };
};
