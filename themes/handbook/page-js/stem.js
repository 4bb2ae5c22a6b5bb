// What English alone needs: stems, and words that stand near each other.
// The stemmer is that of Snowball (Porter2), after its published description.
// https://snowballstem.org/algorithms/english/stemmer.html
const special = new Map(Object.entries({
  skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
  ugly: "ugli", early: "earli", only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe",
  atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes",
}));
const finished = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;
const vowel = /[aeiouy]/;
const afterVowelGroup = /[aeiouy][^aeiouy]/;

const step2 = [
  ["ational", "ate"], ["fulness", "ful"], ["iveness", "ive"], ["ization", "ize"], ["ousness", "ous"],
  ["biliti", "ble"], ["lessli", "less"], ["tional", "tion"], ["alism", "al"], ["aliti", "al"],
  ["ation", "ate"], ["entli", "ent"], ["fulli", "ful"], ["iviti", "ive"], ["ousli", "ous"],
  ["abli", "able"], ["alli", "al"], ["anci", "ance"], ["ator", "ate"], ["enci", "ence"],
  ["izer", "ize"], ["bli", "ble"], ["ogi", "og"], ["li", ""],
];
const step3 = [
  ["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"],
  ["ative", ""], ["ical", "ic"], ["ness", ""], ["ful", ""],
];
const step4 = [
  "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive",
  "ize", "ion", "al", "er", "ic",
];

// Where the region after the first vowel and consonant from `from` on begins.
const region = (word, from) => {
  const at = word.slice(from).search(afterVowelGroup);
  return at < 0 ? word.length : from + at + 2;
};

const endsShort = (word) => /^[aeiouy][^aeiouy]$/.test(word) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word);

sotay.search.stem = (word) => {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) {
    return word;
  }
  if (special.has(word)) {
    return special.get(word);
  }
  // A y that sounds as a consonant.
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const start = /^(?:gener|commun|arsen)/.exec(word);
  const r1 = start ? start[0].length : region(word, 0);
  const r2 = region(word, r1);
  const cut = (length, instead) => word.slice(0, word.length - length) + (instead || "");

  if (/sses$/.test(word)) {
    word = cut(2);
  } else if (/ie[ds]$/.test(word)) {
    word = cut(3, word.length > 4 ? "i" : "ie");
  } else if (/[^us]s$/.test(word) && vowel.test(word.slice(0, -2))) {
    word = cut(1);
  }
  if (finished.test(word)) {
    return word;
  }
  const ending = /(?:eedly|eed|ingly|edly|ing|ed)$/.exec(word);
  if (ending && /^eed/.test(ending[0])) {
    word = ending.index >= r1 ? cut(ending[0].length, "ee") : word;
  } else if (ending && vowel.test(word.slice(0, ending.index))) {
    word = word.slice(0, ending.index);
    if (/(?:at|bl|iz)$/.test(word)) {
      word += "e";
    } else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) {
      word = cut(1);
    } else if (r1 >= word.length && endsShort(word)) {
      word += "e";
    }
  }
  word = word.replace(/(.[^aeiouy])[yY]$/, "$1i");

  const second = step2.find(([end]) => word.endsWith(end));
  if (second && word.length - second[0].length >= r1) {
    const before = word[word.length - second[0].length - 1];
    if (second[0] === "li" ? /[cdeghkmnrt]/.test(before) : second[0] !== "ogi" || before === "l") {
      word = cut(second[0].length, second[1]);
    }
  }
  const third = step3.find(([end]) => word.endsWith(end));
  if (third && word.length - third[0].length >= (third[0] === "ative" ? Math.max(r1, r2) : r1)) {
    word = cut(third[0].length, third[1]);
  }
  const fourth = step4.find((end) => word.endsWith(end));
  if (fourth && word.length - fourth.length >= r2 && (fourth !== "ion" || /[st]ion$/.test(word))) {
    word = cut(fourth.length);
  }
  const last = word.length - 1;
  if (word[last] === "e" && (last >= r2 || (last >= r1 && !endsShort(word.slice(0, -1))))) {
    word = cut(1);
  } else if (last >= r2 && /ll$/.test(word)) {
    word = cut(1);
  }
  return word.replace(/Y/g, "y");
};

// Where two terms stand within some words of each other, in either order; like a pair.
sotay.search.near = (a, b) => {
  const within = sotay.search.rules.ranking.near_words;
  return sotay.search.both(a, b, (x, y) => {
    const isNear = (p) => y.at.some((q) => q !== p && Math.abs(q - p) <= within);
    return { count: x.at.filter(isNear).length, heading: 0, code: 0 };
  });
};
