//! Where the terms of a glossary stand in a text: whole words, the longest that fits, in any case,
//! with either habit of placing tones, and in English with any ending.

use super::analysis::{Analyzer, words};
use crate::base::Lang;
use crate::model::{Glossary, TermWords};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Finds the terms of a glossary in texts of one language.
pub struct TermFinder {
    analyzer: Analyzer,
    /// By their first word.
    phrases: FxHashMap<String, Vec<Words>>,
}

/// A term as it is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundTerm {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Which term, as a position in [`Glossary::terms`].
    pub term: usize,
    /// Whether the words are not to be used for it.
    pub forbidden: bool,
}

#[derive(Debug)]
struct Words {
    /// The words after the first.
    rest: Vec<String>,
    /// An abbreviation stands for its term only as it is written: `IT`, not `it`.
    exactly: Option<String>,
    term: usize,
    forbidden: bool,
}

impl TermFinder {
    /// For texts in `lang`; `None` where the glossary has no terms in it.
    pub fn new(lang: &Lang, glossary: &Glossary) -> Option<TermFinder> {
        let mut finder =
            TermFinder { analyzer: Analyzer::new(lang), phrases: FxHashMap::default() };
        for (term, words) in glossary.terms.iter().enumerate() {
            let Some(words) = words.words.get(lang) else { continue };
            finder.add_all(term, words);
        }
        for phrases in finder.phrases.values_mut() {
            // The longest first; of two alike, the one that is right.
            phrases.sort_by_key(|words| (std::cmp::Reverse(words.rest.len()), words.forbidden));
        }
        (!finder.phrases.is_empty()).then_some(finder)
    }

    fn add_all(&mut self, term: usize, words: &TermWords) {
        words.approved().for_each(|phrase| self.add(term, &phrase.text, false));
        words.forbidden.iter().for_each(|phrase| self.add(term, &phrase.text, true));
    }

    fn add(&mut self, term: usize, text: &str, forbidden: bool) {
        let mut keys = words(text).map(|range| self.key(&text[range]));
        let Some(first) = keys.next() else { return };
        let rest: Vec<String> = keys.collect();
        let short = rest.is_empty() && text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_abbreviation = short && !text.chars().any(char::is_lowercase);
        let exactly = is_abbreviation.then(|| text.to_owned());
        self.phrases.entry(first).or_default().push(Words { rest, exactly, term, forbidden });
    }

    fn key(&self, word: &str) -> String {
        match self.analyzer.stems() {
            true => self.analyzer.key(word),
            false => self.analyzer.read(word).form,
        }
    }

    /// Every term in `text`, from left to right; none overlap.
    pub fn find(&self, text: &str) -> Vec<FoundTerm> {
        let all: Vec<Range<usize>> = words(text).collect();
        let mut keys: Vec<Option<String>> = vec![None; all.len()];
        let mut found = Vec::new();
        let mut at = 0;
        while at < all.len() {
            let first = self.key(&text[all[at].clone()]);
            let phrases = self.phrases.get(&first).map_or(&[][..], Vec::as_slice);
            let fits = |words: &&Words, keys: &mut Vec<Option<String>>| {
                let range = at + 1..at + 1 + words.rest.len();
                range.end <= all.len()
                    && words.exactly.as_ref().is_none_or(|text_| *text_ == text[all[at].clone()])
                    && range.clone().all(|i| is_joint(&text[all[i - 1].end..all[i].start]))
                    && range.clone().zip(&words.rest).all(|(i, wanted)| {
                        let key = keys[i].get_or_insert_with(|| self.key(&text[all[i].clone()]));
                        key == wanted
                    })
            };
            let phrase = phrases.iter().find(|words| fits(words, &mut keys));
            match phrase {
                Some(words) => {
                    let last = at + words.rest.len();
                    found.push(FoundTerm {
                        range: all[at].start..all[last].end,
                        term: words.term,
                        forbidden: words.forbidden,
                    });
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Whether words with this between them may belong together: spaces, a hyphen, marks of emphasis.
fn is_joint(between: &str) -> bool {
    // The genitive is no word of its own.
    let genitive = ["'s", "’s"].iter().find_map(|s| between.strip_prefix(s));
    let between = genitive.unwrap_or(between);
    between.chars().all(|c| c.is_whitespace() || "-\u{2010}\u{2011}*_".contains(c))
        && between.matches('\n').count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::model::{GlossaryTerm, Phrase};
    use std::collections::BTreeMap;

    fn finder(lang: &str, terms: &[(&[&str], &[&str])]) -> TermFinder {
        let phrase = |text: &&str| Phrase { text: (*text).to_owned(), span: Span::new(0, 0) };
        let lang = Lang::new(lang).unwrap();
        let term = |(approved, forbidden): &(&[&str], &[&str])| {
            let words = TermWords {
                term: phrase(&approved[0]),
                definition: String::new(),
                variants: approved[1..].iter().map(phrase).collect(),
                forbidden: forbidden.iter().map(phrase).collect(),
            };
            let words = BTreeMap::from([(lang.clone(), words)]);
            GlossaryTerm {
                id: String::new(),
                span: Span::new(0, 0),
                words,
                source: BTreeMap::new(),
            }
        };
        let glossary = Glossary { terms: terms.iter().map(term).collect() };
        TermFinder::new(&lang, &glossary).unwrap()
    }

    fn shown(finder: &TermFinder, text: &str) -> Vec<String> {
        let one = |f: FoundTerm| {
            format!("{}{} {}", f.term, if f.forbidden { "!" } else { "" }, &text[f.range])
        };
        finder.find(text).into_iter().map(one).collect()
    }

    #[test]
    fn the_longest_term_of_whole_words_is_found_with_its_marks() {
        let finder = finder(
            "vi",
            &[
                (&["mã độc"], &["vi rút"]),
                (&["mã độc tống tiền"], &[]),
                (&["mã hóa"], &[]),
                (&["SOC"], &[]),
            ],
        );
        assert_eq!(
            shown(&finder, "Mã độc tống tiền, mã độc; MÃ HOÁ."),
            ["1 Mã độc tống tiền", "0 mã độc", "2 MÃ HOÁ"]
        );
        assert_eq!(shown(&finder, "ma doc, mã, độc hại, mã. Độc"), [] as [&str; 0]);
        assert_eq!(
            shown(&finder, "**mã** độc\ncó vi rút, SOC và soc"),
            ["0 mã** độc", "0! vi rút", "3 SOC"]
        );
        assert_eq!(shown(&finder, ""), [] as [&str; 0]);
    }

    #[test]
    fn english_endings_make_no_difference() {
        let finder = finder("en", &[(&["password"], &[]), (&["security incident"], &[])]);
        assert_eq!(
            shown(&finder, "Passwords after security incidents"),
            ["0 Passwords", "1 security incidents"]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[ mãđộc\u{300}*\n.-]{0,40}") {
            let finder = finder("vi", &[(&["mã độc"], &["m"])]);
            for found in finder.find(&text) {
                assert!(text.get(found.range).is_some());
            }
        }
    }
}
