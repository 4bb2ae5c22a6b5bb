//! Numbers of Vietnamese legal documents: `09/CT-TTg`, `33/CĐ-TTg`, `13/2023/NĐ-CP`.

use std::fmt;

/// A document number in its comparable form: folded, so that `33/CĐ-TTg` and `33/CD-TTg`
/// (as English texts write it) are one number.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DocNumber(String);

impl DocNumber {
    /// The number in `text`, if the whole of it is one: digits, an optional year, and
    /// letters with hyphens, separated by `/`.
    pub fn new(text: &str) -> Option<DocNumber> {
        let text = text.trim();
        let (start, end) = find_doc_numbers(text).next()?;
        let folded = || super::fold(&text.replace(HYPHENS, "-"));
        (start == 0 && end == text.len()).then(|| DocNumber(folded()))
    }

    /// The folded form, for comparison and for slugs.
    pub fn folded(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands for a hyphen in text from Word: itself, the two hyphens, and the en dash.
const HYPHENS: [char; 4] = ['-', '\u{2010}', '\u{2011}', '–'];

/// Byte ranges in `text` that have the form of a document number, from left to right.
///
/// The form is `digits "/" [4 digits "/"] letters ("-" letters)+`: the hyphen is what
/// tells `09/CT-TTg` from `km/h` or a date.
pub fn find_doc_numbers(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(offset) = memchr::memchr(b'/', &bytes[from..]) {
            let slash = from + offset;
            let Some((start, end)) = number_around(text, slash) else {
                from = slash + 1;
                continue;
            };
            from = end;
            return Some((start, end));
        }
        None
    })
}

fn number_around(text: &str, slash: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let digits = bytes[..slash].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 6 {
        return None;
    }
    let start = slash - digits;
    // `a12/...` or `1/09/...` is not the start of a number.
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "/-._".contains(c)) {
        return None;
    }
    let mut at = slash + 1;
    let year = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    if year == 4 && bytes.get(at + 4) == Some(&b'/') {
        at += 5;
    } else if year != 0 {
        return None;
    }
    let mut groups = 0;
    let mut end = at;
    loop {
        let rest = &text[at..];
        let len: usize = rest.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        // Each group starts with a capital: "CT", "TTg", "QH13".
        if len == 0 || !rest.starts_with(char::is_uppercase) {
            break;
        }
        groups += 1;
        end = at + len;
        let Some(hyphen) = text[end..].chars().next().filter(|c| HYPHENS.contains(c)) else {
            break;
        };
        at = end + hyphen.len_utf8();
    }
    // "/2018/QH14" has one group but a year; without a year a hyphen is needed.
    let enough = groups >= 2 || (groups == 1 && year == 4);
    enough.then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find_doc_numbers(text).map(|(a, b)| &text[a..b]).collect()
    }

    #[test]
    fn finds_numbers_in_running_text() {
        assert_eq!(
            found("Chỉ thị số 09/CT-TTg ngày 23/02/2024, Công điện 33/CĐ-TTg."),
            ["09/CT-TTg", "33/CĐ-TTg"]
        );
        assert_eq!(
            found("Nghị định 13/2023/NĐ-CP; Luật 24/2018/QH14"),
            ["13/2023/NĐ-CP", "24/2018/QH14"]
        );
    }

    #[test]
    fn leaves_dates_speeds_and_paths_alone() {
        assert!(found("23/02/2024, 60 km/h, 1/2, a9/CT-TTg, /etc/ssh, 5/tuần").is_empty());
    }

    #[test]
    fn hyphens_from_word_are_hyphens() {
        assert_eq!(found("số 09/CT–TTg và 33/CĐ\u{2011}TTg."), ["09/CT–TTg", "33/CĐ\u{2011}TTg"]);
        assert_eq!(DocNumber::new("09/CT–TTg"), DocNumber::new("09/CT-TTg"));
    }

    #[test]
    fn both_spellings_are_one_number() {
        assert_eq!(DocNumber::new("33/CĐ-TTg"), DocNumber::new("33/CD-TTg"));
        assert_ne!(DocNumber::new("33/CĐ-TTg"), DocNumber::new("34/CĐ-TTg"));
        assert_eq!(DocNumber::new("33"), None);
    }
}
