//! Alphabetical order, as each language has it.

use super::Lang;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The alphabetical order of one language: that of the Unicode Common Locale Data Repository, from
/// data in the program. Of a language that it does not know, the order of the Unicode Collation
/// Algorithm.
pub struct Alphabet {
    collator: CollatorBorrowed<'static>,
    vietnamese: bool,
}

impl Alphabet {
    /// The order of `lang`.
    pub fn new(lang: &Lang) -> Alphabet {
        let locale: Locale = lang.as_str().parse().unwrap_or(Locale::UNKNOWN);
        let options = CollatorOptions::default();
        let collator = Collator::try_new((&locale).into(), options)
            .or_else(|_| Collator::try_new((&Locale::UNKNOWN).into(), options))
            // The root's data is part of the program.
            .expect("the root collation is compiled in");
        Alphabet { collator, vietnamese: lang.as_str().split('-').next() == Some("vi") }
    }

    /// Which of two texts comes first.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }

    /// The letter under which a dictionary lists `text`: `Đ` for `đăng nhập`, `A` for `án` in
    /// Vietnamese and `E` for `été` elsewhere. `#` for what begins with a digit or with nothing
    /// that is a letter.
    pub fn letter(&self, text: &str) -> String {
        let first = text.chars().find(|c| c.is_alphanumeric());
        let Some(first) = first.filter(|c| c.is_alphabetic()) else { return "#".to_owned() };
        let tone =
            |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let dropped = |c: &char| match self.vietnamese {
            true => tone(c),
            false => is_combining_mark(*c),
        };
        let kept = first.nfd().filter(|c| !dropped(c));
        kept.nfc().flat_map(char::to_uppercase).take(1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: &str, text: &str) -> String {
        let alphabet = Alphabet::new(&Lang::new(lang).unwrap());
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_by(|a, b| alphabet.compare(a, b));
        words.join(" ")
    }

    #[test]
    fn vietnamese_has_its_own_order() {
        let letters = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y";
        let mut mixed: Vec<&str> = letters.split(' ').collect();
        mixed.reverse();
        assert_eq!(sorted("vi", &mixed.join(" ")), letters);
        assert_eq!(sorted("vi", "mạ mã má mả mà ma"), "ma mà mả mã má mạ");
        assert_eq!(sorted("vi", "đa dương đường dạ"), "dạ dương đa đường");
        assert_eq!(sorted("en", "zebra Été apple"), "apple Été zebra");
    }

    #[test]
    fn letters_of_a_dictionary() {
        let vi = Alphabet::new(&Lang::new("vi").unwrap());
        let letters = ["đăng nhập", "Ấn", "ắc", "“Ở", "3-2-1", "…", "y", "ứng cứu"];
        assert_eq!(letters.map(|w| vi.letter(w)).join(" "), "Đ Â Ă Ơ # # Y Ư");
        let en = Alphabet::new(&Lang::new("en").unwrap());
        assert_eq!(["été", "Đà Lạt", "ssh"].map(|w| en.letter(w)).join(" "), "E Đ S");
        let km = Alphabet::new(&Lang::new("km").unwrap());
        assert_eq!(km.letter("ខ្មែរ"), "ខ");
    }
}
