// The files of an index: loading them, and what they say. A file that is missing, broken or from
// another build never stops a search; it is counted, and the reader is told.
const root = document.documentElement.dataset.root || "";
const waiting = new Map();
let loading = 0;

sotay.shard = (lang, name, data) => {
  const take = waiting.get(lang + "/" + name);
  if (take) {
    take(data);
  }
};

// A truncated script is reported to the page, by name or, on a disk, without one.
window.addEventListener("error", (event) => {
  if (loading && (!event.filename || event.filename.includes("/search/"))) {
    event.preventDefault();
  }
});

const patience = 20000;

// Resolves to the file's data, or to null.
sotay.search.load = (lang, name, version) => new Promise((resolve) => {
  const script = document.createElement("script");
  const key = lang + "/" + name;
  let data = null;
  waiting.set(key, (given) => { data = given; });
  loading += 1;
  const done = () => {
    clearTimeout(timer);
    if (waiting.delete(key)) {
      // Errors of this script come before.
      setTimeout(() => { loading -= 1; }, 0);
      script.remove();
      resolve(data);
    }
  };
  const timer = setTimeout(done, patience);
  script.addEventListener("load", done);
  script.addEventListener("error", done);
  script.src = root + "search/" + key + ".js" +
    (version && location.protocol !== "file:" ? "?v=" + version : "");
  document.head.appendChild(script);
});

// Numbers as characters: see src/search/numbers.rs.
const value = (code) => code - 32 - (code > 34) - (code > 60) - (code > 92);

sotay.search.numbers = (text) => {
  let at = 0;
  const digit = () => at < text.length ? value(text.charCodeAt(at++)) : 0;
  return {
    more: () => at < text.length,
    take: () => {
      const first = digit();
      if (first < 60) {
        return first;
      }
      if (first < 84) {
        return 60 + (first - 60) * 92 + digit();
      }
      if (first < 91) {
        return 2268 + (first - 84) * 8464 + digit() * 92 + digit();
      }
      return 61516 + ((digit() * 92 + digit()) * 92 + digit()) * 92 + digit();
    },
  };
};

// Two characters of an index name the state of a file.
const isSame = (data, check) => {
  const short = parseInt(sotay.hash(data.join("")), 36) % 8464;
  return value(check.charCodeAt(0)) * 92 + value(check.charCodeAt(1)) === short;
};

// Files by the first key of each.
const listed = (kind, [first, checks, sizes]) => {
  const keys = checks ? first.split(" ") : [];
  const names = new Set();
  return keys.map((key, i) => {
    let number = parseInt(sotay.hash(key), 36);
    let name;
    do {
      name = kind + "-" + (number >>> 0).toString(36);
      number += 1;
    } while (names.has(name));
    names.add(name);
    const check = checks.slice(2 * i, 2 * i + 2);
    return { key, name, check, size: value(sizes.charCodeAt(i)) };
  });
};

// The last file that begins at or before `key`.
const find = (files, key) => {
  let [low, high] = [0, files.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (files[middle].key <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
};

// What an index holds, file by file as it is needed. `damage` collects names of files that
// cannot be trusted.
sotay.search.files = (lang, meta) => {
  const loaded = new Map();
  const words = listed("p", meta.p);
  const vocabulary = listed("v", meta.v);
  const damage = new Set();

  const load = (name, check) => {
    if (!loaded.has(name)) {
      const version = value(check.charCodeAt(0)) * 92 + value(check.charCodeAt(1));
      loaded.set(name, sotay.search.load(lang, name, version).then((data) => {
        if (!Array.isArray(data)) {
          // It may come the next time.
          loaded.delete(name);
          damage.add(name);
          return [];
        }
        if (isSame(data, check)) {
          damage.delete(name);
        } else {
          damage.add(name);
        }
        return data;
      }));
    }
    return loaded.get(name);
  };

  const terms = new Map();
  // Key to forms and postings, of one file.
  const termsOf = (file) => load(file.name, file.check).then((data) => {
    if (!terms.has(file.name) || !data.length) {
      const all = new Map();
      for (let i = 0; i + 2 < data.length; i += 3) {
        all.set(data[i], { key: data[i], forms: String(data[i + 1]).split(" "), text: String(data[i + 2]) });
      }
      terms.set(file.name, all);
    }
    return terms.get(file.name);
  });

  const between = (files, first, last) => files.length ? files.slice(find(files, first), find(files, last) + 1) : [];

  const wordsOf = (file) => load(file.name, file.check).then((data) => {
    let before = [];
    return String(data[0] || "").split(" ").filter(Boolean).map((entry) => {
      const rest = [...entry];
      before = before.slice(0, parseInt(rest[0], 36)).concat(rest.slice(2));
      return [before.join(""), parseInt(rest[1], 36)];
    });
  });

  const group = (slot) => {
    const number = Math.floor(slot / meta.widths[0]).toString(36);
    const at = meta.t[0].split(" ").indexOf(number);
    const check = at < 0 ? "  " : meta.t[1].slice(2 * at, 2 * at + 2);
    return load("t-" + number, check);
  };

  return {
    damage,
    // Terms from `first` on to the last that begins with `start`, if they stand in so few kilobytes;
    // else those of one file.
    range: (first, start, most) => {
      let files = between(words, first, start + "\uffff");
      if (files.reduce((sum, file) => sum + file.size, 0) > most) {
        files = [words[find(words, start)]];
      }
      return Promise.all(files.map(termsOf)).then((all) => all.flatMap((of) => [...of.values()]));
    },
    term: (key) => words.length
      ? termsOf(words[find(words, key)]).then((all) => all.get(key))
      : Promise.resolve(),
    // Words that may be meant by a mistyped one: all, or where there are many, those that begin
    // with the same letter.
    vocabulary: (word) => {
      const small = vocabulary.reduce((sum, file) => sum + file.size, 0) <= sotay.search.rules.ranking.vocabulary;
      const files = small ? vocabulary : between(vocabulary, word[0], word[0] + "\uffff");
      return Promise.all(files.map(wordsOf)).then((all) => all.flat());
    },
    // [slot, address, title, places of texts], four by four, of the page's neighbours too.
    titles: (slot) => typeof meta.t[0] === "string" && meta.t.length === 2
      ? group(slot)
      : Promise.resolve(meta.t),
    // The texts of one section: [id, heading, text, code].
    text: (slot, ordinal, places) => {
      const numbers = sotay.search.numbers(places);
      let [piece, check] = [0, 0];
      while (numbers.more()) {
        const [next, first, its] = [numbers.take(), numbers.take(), numbers.take()];
        if (first <= ordinal) {
          [piece, check] = [next, its];
        }
      }
      const name = "x-" + Math.floor(slot / meta.widths[1]).toString(36) + (piece ? "-" + piece.toString(36) : "");
      return load(name, String.fromCharCode(check >> 8, check & 255)).then((data) => {
        for (let i = 0; i + 5 < data.length; i += 6) {
          if (data[i] === slot && data[i + 1] === ordinal) {
            return data.slice(i + 2, i + 6).map(String);
          }
        }
        return null;
      });
    },
  };
};
