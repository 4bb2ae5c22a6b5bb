// What a reader types: words, "phrases", -words that must not occur, numbers of documents.
const quote = /["“”„«»]/;
const { ranking } = sotay.search.rules;

// [{text, phrase, not}], in order; neighbours within one are neighbours in the query.
const segments = (text) => {
  const found = [];
  const plain = (part) => {
    let run = "";
    for (const piece of part.split(/(\s+)/)) {
      if (/^-./.test(piece) && /[\p{Alphabetic}\p{N}]/u.test(piece)) {
        found.push({ text: run, phrase: false, not: false });
        found.push({ text: piece, phrase: true, not: true });
        run = "";
      } else {
        run += piece;
      }
    }
    found.push({ text: run, phrase: false, not: false });
  };
  let rest = text;
  let open = rest.search(quote);
  while (open >= 0) {
    const length = rest.slice(open + 1).search(quote);
    if (length < 0) {
      rest = rest.slice(0, open) + " " + rest.slice(open + 1);
      break;
    }
    const not = /(?:^|\s)-$/.test(rest.slice(0, open));
    plain(rest.slice(0, open - (not ? 1 : 0)));
    found.push({ text: rest.slice(open + 1, open + 1 + length), phrase: true, not });
    rest = rest.slice(open + length + 2);
    open = rest.search(quote);
  }
  plain(rest);
  return found;
};

// {words: [{key, form, word, marked, begins, follows}], wholes: [key], phrases: [[word]],
// nots: [[word]]}; `follows`: the word before stands beside it, `begins`: it may not be finished.
sotay.search.parse = (text, analyzer, typing) => {
  text = text.slice(0, ranking.longest_query);
  const query = { words: [], wholes: [], phrases: [], nots: [] };
  for (const segment of segments(text)) {
    const found = analyzer.words(segment.text).map(([start, end], i) => {
      const word = segment.text.slice(start, end);
      const marked = word.normalize("NFC") !== analyzer.fold(word) && analyzer.exact(word) !== analyzer.fold(word);
      return { key: analyzer.key(word), form: analyzer.form(word), word, marked, follows: i > 0, begins: false };
    }).filter((word) => !analyzer.isTooLong(word.word));
    if (segment.phrase && found.length) {
      (segment.not ? query.nots : query.phrases).push(found);
    }
    if (!segment.not) {
      query.words.push(...found);
      query.wholes.push(...analyzer.compounds(segment.text).map(([, , key]) => key));
    }
  }
  const last = query.words[query.words.length - 1];
  if (last && typing && /[\p{Alphabetic}\p{N}\p{M}]$/u.test(text) && text.endsWith(last.word)) {
    last.begins = true;
  }
  return query;
};
