//! From text to words: where they begin and end, and the key under which each is found.
//!
//! The script in the theme does the same from the same table ([`RULES_JSON`]); both are tested on
//! `tests/search/words.json`.
//!
//! [`RULES_JSON`]: super::RULES_JSON

use super::rules::{Language, RULES};
use crate::base::Lang;
use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Finds words in texts of one language.
pub(super) struct Analyzer {
    language: &'static Language,
    stemmer: Option<Stemmer>,
}

/// What is made of a word.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Without marks, lower case.
    pub folded: String,
    /// What it is found under.
    pub key: String,
    /// What tells words of one key apart: the marks or, in a language with stems, the ending.
    pub form: String,
}

static NOTHING_MORE: Language =
    Language { final_y: Vec::new(), stem: None, pairs: None, near: 0.0, stop: Vec::new() };

impl Analyzer {
    /// For a language that the table knows, or for any other.
    pub fn new(lang: &Lang) -> Analyzer {
        let primary = lang.as_str().split('-').next().unwrap_or_default();
        let language = RULES.languages.get(primary).unwrap_or(&NOTHING_MORE);
        let stemmer = language.stem.as_ref().map(|_| Stemmer::create(Algorithm::English));
        Analyzer { language, stemmer }
    }

    /// What the table says of the language.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// Whether words are found by their stems.
    pub fn stems(&self) -> bool {
        self.stemmer.is_some()
    }

    /// The key under which `word` is found: without marks, lower case, stemmed where the
    /// language is; a number without leading zeros.
    pub fn key(&self, word: &str) -> String {
        self.key_of_folded(fold(word))
    }

    /// A word in all that is made of it.
    pub fn read(&self, word: &str) -> Reading {
        let folded = fold(word);
        let form = if self.stems() { folded.clone() } else { exact(word) };
        Reading { key: self.key_of_folded(folded.clone()), form, folded }
    }

    fn key_of_folded(&self, folded: String) -> String {
        match &self.stemmer {
            Some(stemmer) if folded.bytes().all(|b| b.is_ascii_lowercase()) => {
                stemmer.stem(&folded).into_owned()
            }
            Some(_) => folded,
            None => self.one_spelling(folded),
        }
    }

    /// `ky` as `ki` where Vietnamese writes either.
    fn one_spelling(&self, mut key: String) -> String {
        let start = key.strip_suffix('y');
        if start.is_some_and(|start| self.language.final_y.iter().any(|s| s == start)) {
            key.pop();
            key.push('i');
        }
        key
    }
}

/// Where the words of `text` stand, from left to right.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let mut before = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(is_word_char)?;
            at = end_of_word(text, start);
            let genitive = matches!(&text[start..at], "s" | "S")
                && before > 0
                && is_apostrophe(&text[before..start]);
            before = at;
            if !genitive {
                return Some(start..at);
            }
        }
    })
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices();
    // `start` is the place of a character.
    let first = chars.next().map_or('a', |(_, c)| c);
    let alone = is_unspaced(first);
    let goes_on = |c: char| match alone {
        true => is_combining_mark(c),
        false => is_word_char(c) && !is_unspaced(c),
    };
    chars.find(|(_, c)| !goes_on(*c)).map_or(text.len(), |(i, _)| start + i)
}

fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // All of Vietnamese, without a look into tables: every page of a site goes through here.
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        c => c.is_alphanumeric() || is_combining_mark(c),
    }
}

fn is_apostrophe(between: &str) -> bool {
    let mut chars = between.chars();
    let first = chars.next();
    first.is_some_and(|c| RULES.folding.apostrophes.contains(c)) && chars.next().is_none()
}

fn is_unspaced(c: char) -> bool {
    let code = c as u32;
    let ranges = &RULES.folding.unspaced;
    code >= ranges[0].0 && ranges.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

/// Whether nobody would look for it.
pub(super) fn is_too_long(word: &str) -> bool {
    let longest = RULES.folding.longest;
    word.len() > longest && word.chars().count() > longest
}

/// Without marks, lower case; a number without leading zeros.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let lower = word.to_ascii_lowercase();
        if lower.bytes().all(|b| b.is_ascii_digit()) {
            let zeros = lower.len() - lower.trim_start_matches('0').len();
            return lower[zeros.min(lower.len() - 1)..].to_owned();
        }
        return lower;
    }
    let folding = &RULES.folding;
    let mut out = String::with_capacity(word.len());
    let kept = word.nfd().filter(|c| !(folding.marks.0..=folding.marks.1).contains(&(*c as u32)));
    for c in kept.flat_map(char::to_lowercase) {
        match folding.letters.get(&c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    if out.is_ascii() { out } else { out.nfc().collect() }
}

/// Lower case with its marks, a tone as a digit at the end: `hoà` and `hòa` are one.
pub(super) fn exact(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut tone = None;
    let mut rest = String::with_capacity(word.len());
    for c in word.nfd().flat_map(char::to_lowercase) {
        match RULES.folding.tones.get(&c) {
            Some(digit) => tone = tone.or(Some(*digit)),
            None => rest.push(if c == 'ς' { 'σ' } else { c }),
        }
    }
    rest.nfc().chain(tone).collect()
}

/// What is found as a whole beside its parts: numbers of documents (`09/CT-TTg`) and words joined
/// by hyphens (`Wi-Fi`, which many write `wifi`). Gives where each begins and ends, and its key.
///
/// A reader may type a number in any case, so it is told here by its form alone: digits, a year
/// or not, letters.
pub(super) fn compounds(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    // Most lines have none, and other hyphens are three bytes that begin so.
    if memchr::memchr3(b'-', b'/', 0xe2, text.as_bytes()).is_none() {
        return found;
    }
    while let Some(offset) = text[at..].find(is_word_char) {
        let start = at + offset;
        let before = text[..start].chars().next_back();
        let joined = before == Some('/') || before.is_some_and(is_hyphen);
        let number = number_at(&text[start..]).filter(|_| !joined);
        let end = match number.map(|length| start + length) {
            Some(end) => {
                found.push((start..end, number_key(&text[start..end])));
                end
            }
            None => {
                let end = end_of_hyphened(text, start);
                let whole = &text[start..end];
                if whole.contains(is_hyphen) && !joined {
                    let parts: String = whole.split(is_hyphen).collect();
                    found.push((start..end, fold(&parts)));
                }
                end
            }
        };
        at = end;
    }
    found
}

fn is_hyphen(c: char) -> bool {
    c == '-' || RULES.folding.hyphens.contains(c)
}

/// The key under which a document number is found as a whole.
pub(super) fn number_key(text: &str) -> String {
    let folded: String = fold(text).chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
    let zeros = folded.len() - folded.trim_start_matches('0').len();
    folded[zeros..].to_owned()
}

/// The end of the word at `start` and of those that hyphens join to it.
fn end_of_hyphened(text: &str, start: usize) -> usize {
    let mut end = end_of_word(text, start);
    while let Some(hyphen) = text[end..].chars().next().filter(|c| is_hyphen(*c)) {
        let next = end + hyphen.len_utf8();
        if !text[next..].starts_with(is_word_char) {
            break;
        }
        end = end_of_word(text, next);
    }
    end
}

/// The length of the document number that `text` begins with.
fn number_at(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let slash = |at: usize| (text.as_bytes().get(at) == Some(&b'/')).then_some(at + 1);
    let first = digits(text);
    let mut at = slash(first).filter(|_| (1..=6).contains(&first))?;
    let year = digits(&text[at..]);
    if year == 4 {
        at = slash(at + year)?;
    } else if year != 0 {
        return None;
    }
    text[at..].starts_with(char::is_alphabetic).then(|| end_of_hyphened(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::fs;
    use std::path::PathBuf;

    fn shared(name: &str) -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "tests", "search", name].iter().collect()
    }

    /// The places in UTF-16 units, which is what scripts count in.
    fn units(text: &str, range: &Range<usize>) -> [usize; 2] {
        [range.start, range.end].map(|at| text[..at].encode_utf16().count())
    }

    fn analysed(lang: &str, text: &str) -> Value {
        let analyzer = Analyzer::new(&Lang::new(lang).unwrap());
        let found = words(text).map(|range| {
            let ([start, end], word) = (units(text, &range), &text[range]);
            match is_too_long(word) {
                true => json!([start, end]),
                false => {
                    let Reading { key, form, .. } = analyzer.read(word);
                    json!([start, end, key, form])
                }
            }
        });
        let wholes = compounds(text).into_iter().map(|(range, key)| {
            let [start, end] = units(text, &range);
            json!([start, end, key])
        });
        json!({
            "lang": lang,
            "text": text,
            "words": found.collect::<Vec<_>>(),
            "wholes": wholes.collect::<Vec<_>>(),
        })
    }

    /// The file is written by `SNAPSHOTS=overwrite`; the script in the theme is tested on it too.
    #[test]
    fn words_are_those_of_the_shared_file() {
        let path = shared("words.json");
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
        let found: Vec<Value> =
            cases.iter().map(|case| analysed(&text(case, "lang"), &text(case, "text"))).collect();
        if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
            let lines: Vec<String> = found.iter().map(|case| format!("  {case}")).collect();
            fs::write(&path, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
            return;
        }
        for (case, found) in cases.iter().zip(&found) {
            assert_eq!(case, found);
        }
    }

    #[test]
    fn stems_are_those_of_the_shared_file() {
        let path = shared("stems.txt");
        let analyzer = Analyzer::new(&Lang::new("en").unwrap());
        let text = fs::read_to_string(&path).unwrap();
        let words = text.lines().map(|line| line.split(' ').next().unwrap());
        let found: String = words.map(|word| format!("{word} {}\n", analyzer.key(word))).collect();
        if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
            fs::write(&path, found).unwrap();
            return;
        }
        assert!(found == text, "other stems than in {}", path.display());
    }

    #[test]
    fn the_quick_look_at_letters_agrees_with_the_tables() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(is_word_char(c), c.is_alphanumeric() || is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn readers_find_what_they_type() {
        let vi = Analyzer::new(&Lang::new("vi").unwrap());
        for (written, typed) in [
            ("Mật", "mat"),
            ("Đường", "duong"),
            ("kĩ", "kỹ"),
            ("lý", "li"),
            ("hoà", "hòa"),
            ("09", "9"),
            ("thuỷ", "thủy"),
            ("MA\u{323}\u{302}T", "mật"),
        ] {
            assert_eq!(vi.key(written), vi.key(typed), "{written} {typed}");
        }
        assert_eq!(vi.read("hoà").form, vi.read("hòa").form);
        assert_ne!(vi.read("mật").form, vi.read("mát").form);
        let en = Analyzer::new(&Lang::new("en").unwrap());
        assert_eq!(en.key("encrypting"), en.key("Encryption"));
    }
}
