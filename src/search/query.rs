//! What a reader types: words, `"phrases"`, `-words` that must not occur, numbers of documents.

use super::analysis::{Analyzer, Reading, compounds, exact, is_too_long, words};
use super::rules::RULES;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A query, understood.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Words to find, in order.
    pub words: Vec<QueryWord>,
    /// Keys of what is found as a whole too: numbers of documents.
    pub wholes: Vec<String>,
    /// Phrases that must occur, as positions in `words`.
    pub phrases: Vec<Range<usize>>,
    /// What must not occur.
    pub nots: Vec<Vec<QueryWord>>,
}

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) struct QueryWord {
    pub reading: Reading,
    /// As typed.
    pub word: String,
    /// Whether it was typed with marks.
    pub marked: bool,
    /// Whether the word before stands beside it.
    pub follows: bool,
    /// Whether it may not be finished.
    pub begins: bool,
}

struct Segment<'a> {
    text: &'a str,
    phrase: bool,
    not: bool,
}

const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

impl Query {
    /// Reads a query. With `typing` its last word may not be finished.
    pub fn parse(text: &str, analyzer: &Analyzer, typing: bool) -> Query {
        let text = beginning(text);
        let mut query = Query::default();
        let mut joined = String::new();
        for segment in segments(text, &mut joined) {
            let found = segment_words(segment.text, analyzer);
            if segment.phrase && segment.not && !found.is_empty() {
                query.nots.push(found.clone());
            }
            if segment.not {
                continue;
            }
            let first = query.words.len();
            if segment.phrase && !found.is_empty() {
                query.phrases.push(first..first + found.len());
            }
            query.words.extend(found);
            query.wholes.extend(compounds(segment.text).into_iter().map(|(_, key)| key));
        }
        let ends_in_word = text.ends_with(|c: char| c.is_alphanumeric() || is_combining_mark(c));
        if let Some(last) = query.words.last_mut() {
            last.begins = typing && ends_in_word && text.ends_with(&last.word);
        }
        query
    }
}

/// As much of a query as is read: so many UTF-16 units.
fn beginning(text: &str) -> &str {
    let mut units = 0;
    let longest = RULES.ranking.longest_query;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > longest
    });
    end.map_or(text, |(at, _)| &text[..at])
}

fn segment_words(text: &str, analyzer: &Analyzer) -> Vec<QueryWord> {
    let found = words(text).enumerate().map(|(i, range)| {
        let word = &text[range];
        let reading = analyzer.read(word);
        let folded = &reading.folded;
        QueryWord {
            marked: word.nfc().collect::<String>() != *folded && exact(word) != *folded,
            reading,
            follows: i > 0,
            begins: false,
            word: word.to_owned(),
        }
    });
    found.filter(|word| !is_too_long(&word.word)).collect()
}

/// The parts of a query, in order; neighbours within one are neighbours in the query. A quotation
/// mark that is never closed is none.
fn segments<'a>(text: &'a str, joined: &'a mut String) -> Vec<Segment<'a>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((open, quote)) = rest.char_indices().find(|(_, c)| QUOTES.contains(c)) {
        let inside = &rest[open + quote.len_utf8()..];
        let Some((length, close)) = inside.char_indices().find(|(_, c)| QUOTES.contains(c)) else {
            *joined = format!("{} {inside}", &rest[..open]);
            plain(joined, &mut found);
            return found;
        };
        let before = &rest[..open];
        let unsigned = before.strip_suffix('-');
        let not = unsigned.is_some_and(|b| b.is_empty() || b.ends_with(char::is_whitespace));
        plain(unsigned.filter(|_| not).unwrap_or(before), &mut found);
        found.push(Segment { text: &inside[..length], phrase: true, not });
        rest = &inside[length + close.len_utf8()..];
    }
    plain(rest, &mut found);
    found
}

/// Words without quotation marks; those after `-` must not occur.
fn plain<'a>(text: &'a str, found: &mut Vec<Segment<'a>>) {
    let mut from = 0;
    let mut at = 0;
    for piece in text.split(char::is_whitespace) {
        let (start, end) = (at, at + piece.len());
        if piece.starts_with('-') && piece.contains(char::is_alphanumeric) {
            found.push(Segment { text: &text[from..start], phrase: false, not: false });
            found.push(Segment { text: piece, phrase: true, not: true });
            from = end;
        }
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found.push(Segment { text: &text[from..], phrase: false, not: false });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    fn parsed(text: &str) -> (String, usize, String) {
        let analyzer = Analyzer::new(&Lang::new("vi").unwrap());
        let query = Query::parse(text, &analyzer, true);
        let word = |w: &QueryWord| {
            let (a, b) = (if w.follows { "_" } else { "" }, if w.begins { "…" } else { "" });
            format!("{a}{}{b}", w.reading.key)
        };
        let words: Vec<String> = query.words.iter().map(word).collect();
        let nots: Vec<String> =
            query.nots.iter().flatten().map(|w| w.reading.key.clone()).collect();
        (words.join(" "), query.phrases.len(), nots.join(" "))
    }

    #[test]
    fn words_phrases_and_exclusions() {
        let query = |words: &str, phrases, nots: &str| (words.to_owned(), phrases, nots.to_owned());
        assert_eq!(parsed("mật khẩu"), query("mat _khau…", 0, ""));
        assert_eq!(parsed("mật khẩu "), query("mat _khau", 0, ""));
        assert_eq!(parsed("\"mật khẩu\" dài"), query("mat _khau dai…", 1, ""));
        assert_eq!(parsed("“mật khẩu” -học"), query("mat _khau", 1, "hoc"));
        assert_eq!(parsed("mã -\"an toàn\" độc"), query("ma doc…", 0, "an toan"));
        assert_eq!(parsed("wi-fi - 5"), query("wi _fi _5…", 0, ""));
        assert_eq!(parsed("\"mật kh"), query("mat _kh…", 0, ""));
        assert_eq!(parsed("?!… \"\" -"), query("", 0, ""));
    }
}
