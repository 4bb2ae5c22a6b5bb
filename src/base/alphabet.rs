//! Alphabetical order, as each language has it.

use super::Lang;
use icu_collator::options::{CollatorOptions, Strength};
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
    /// Without regard to case.
    letters: CollatorBorrowed<'static>,
    vietnamese: bool,
}

impl Alphabet {
    /// The order of `lang`.
    pub fn new(lang: &Lang) -> Alphabet {
        let locale: Locale = lang.as_str().parse().unwrap_or(Locale::UNKNOWN);
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = strength;
            Collator::try_new((&locale).into(), options)
                .or_else(|_| Collator::try_new((&Locale::UNKNOWN).into(), options))
                // The root's data is part of the program.
                .expect("the root collation is compiled in")
        };
        Alphabet {
            collator: collator(None),
            letters: collator(Some(Strength::Secondary)),
            vietnamese: lang.as_str().split('-').next() == Some("vi"),
        }
    }

    /// Which of two texts comes first. Vietnamese dictionaries go syllable by syllable: all that
    /// begins with `an` stands before all that begins with `án`, whatever follows. Quotation marks
    /// and the like make no difference unless nothing else does.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_letters = match self.vietnamese {
            true => {
                let (mut a, mut b) = (syllables(a), syllables(b));
                loop {
                    match (a.next(), b.next()) {
                        (Some(a), Some(b)) => match self.letters.compare(a, b) {
                            Ordering::Equal => {}
                            order => break order,
                        },
                        (a, b) => break a.is_some().cmp(&b.is_some()),
                    }
                }
            }
            false => self.letters.compare(bare(a), bare(b)),
        };
        by_letters.then_with(|| self.collator.compare(a, b))
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

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c)
}

/// A text without signs at its beginning.
fn bare(text: &str) -> &str {
    let bare = text.trim_start_matches(is_sign);
    if bare.is_empty() { text } else { bare }
}

fn syllables(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_sign).filter(|syllable| !syllable.is_empty())
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
    fn words_stand_as_in_a_dictionary() {
        // As dictionaries of Vietnamese list them.
        let dictionary = "a | a dua | à | ả | ác | ác mộng | ai | ái | ái quốc | an | an bài | An Giang | \
             an ninh | an toàn | án | án lệ | án mạng | anh | ánh | ẵm | ăn | ăn mặc | âm | âm lịch | \
             ấm | ấn | ba | bà | bả | bã | bá | bạ | bảo mật | bảo vệ | cơ yếu | da | dã tâm | dữ liệu | \
             “đa cấp” | đa dạng | đã | đá | đăng nhập | đe dọa | e | ê | lừa đảo | mã độc | \
             mã độc tống tiền | mã hóa | mạng | mật khẩu | nga | nghe | ngon | nha | o | ô | ơ | quyền | \
             sao lưu | tài khoản | tải | tin | tín | tính | trang | ư | ứng cứu | vi rút | xác thực | ý";
        let words: Vec<&str> = dictionary.split('|').map(str::trim).collect();
        let alphabet = Alphabet::new(&Lang::new("vi").unwrap());
        let mut mixed = words.clone();
        mixed.reverse();
        mixed.rotate_left(17);
        mixed.sort_by(|a, b| alphabet.compare(a, b));
        assert_eq!(mixed, words);
        // Letters come in one piece each.
        let mut letters: Vec<String> = words.iter().map(|word| alphabet.letter(word)).collect();
        letters.dedup();
        let once: std::collections::BTreeSet<&String> = letters.iter().collect();
        assert_eq!(once.len(), letters.len(), "{letters:?}");
        assert_eq!(sorted("vi", "“b” a c"), "a “b” c");
        assert_eq!(sorted("en", "“b” a c"), "a “b” c");
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
