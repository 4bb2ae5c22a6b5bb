//! Text as its writer meant it, whatever program it was pasted from.
//!
//! Word and Zalo hand over no-break spaces, decomposed letters and curly quotes; Windows
//! editors save a byte order mark and CRLF. Read as written, `#\u{a0}Title` would not be a
//! heading. The pipeline therefore only ever sees text that went through here once.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text read as meant, and what had to be changed.
pub struct Pasted<'a> {
    /// The text: NFC, LF, ordinary spaces, no byte order mark.
    pub text: Cow<'a, str>,
    /// Whether anything was changed.
    pub changed: bool,
}

/// Reads `source` as what it means: drops a byte order mark, turns CRLF and CR into LF,
/// no-break and other fixed spaces into spaces, drops soft hyphens and zero-width
/// no-break spaces, and composes letters (NFC).
/// Line numbers do not change.
///
/// A writer who wants a no-break space writes `&nbsp;`, which is left alone. Zero-width
/// spaces stay in scripts that are written without spaces (Thai, Lao, Khmer, Myanmar).
pub fn read_as_meant(source: &str) -> Pasted<'_> {
    let is_clean =
        || !source.chars().any(is_pasted) && is_nfc_quick(source.chars()) == IsNormalized::Yes;
    if is_plainly_clean(source.as_bytes()) || is_clean() {
        return Pasted { text: Cow::Borrowed(source), changed: false };
    }
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{200a}' | '\u{2002}'
            | '\u{2003}' => out.push(' '),
            '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
            '\u{200b}' => {
                if out.chars().next_back().is_some_and(is_unspaced_script) {
                    out.push(c);
                }
            }
            // Line and paragraph separators would be invisible inside a line.
            '\u{2028}' | '\u{2029}' => out.push(' '),
            c => out.push(c),
        }
    }
    let text =
        if is_nfc_quick(out.chars()) == IsNormalized::Yes { out } else { out.nfc().collect() };
    let changed = text != source;
    Pasted { text: Cow::Owned(text), changed }
}

/// Whether a text holds only what is certainly clean: ASCII without CR, precomposed Latin (all
/// of Vietnamese), common punctuation. It may say no to a clean text, never yes to another; it
/// looks at bytes because every page of a site goes through it.
fn is_plainly_clean(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
            (b'\r', ..) => return false,
            (0..=0x7f, ..) => 1,
            // U+00C0 to U+027F.
            (0xc3..=0xc9, ..) => 2,
            // U+1E00 to U+1EFF.
            (0xe1, Some(0xb8..=0xbb), _) => 3,
            // Dashes, quotation marks, bullets, the ellipsis: U+2010 to U+2027.
            (0xe2, Some(0x80), Some(0x90..=0xa7)) => 3,
            // Arrows and box drawing.
            (0xe2, Some(0x86 | 0x87 | 0x94 | 0x95 | 0x9c), _) => 3,
            _ => return false,
        };
    }
    true
}

fn is_pasted(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{a0}'
            | '\u{ad}'
            | '\u{2002}'
            | '\u{2003}'
            | '\u{2007}'
            | '\u{2009}'
            | '\u{200a}'
            | '\u{200b}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{2060}'
            | '\u{feff}'
    )
}

fn is_unspaced_script(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_and_zalo_paste_reads_as_meant() {
        let decomposed: String = "Bảo mật".nfd().collect();
        let source = format!("\u{feff}#\u{a0}{decomposed}\r\n-\u{a0}một\u{ad}\r\n");
        let read = read_as_meant(&source);
        assert_eq!(read.text, "# Bảo mật\n- một\n");
        assert!(read.changed);
    }

    #[test]
    fn the_quick_look_agrees_with_the_long_one() {
        for code in (0..0x11_0000).filter_map(char::from_u32) {
            let text = code.to_string();
            if is_plainly_clean(text.as_bytes()) {
                assert!(!is_pasted(code), "{code:?}");
                assert_eq!(is_nfc_quick(text.chars()), IsNormalized::Yes, "{code:?}");
            }
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(read_as_meant("Bảo mật\n").text, Cow::Borrowed(_)));
    }

    #[test]
    fn khmer_keeps_its_zero_width_spaces() {
        assert_eq!(read_as_meant("ខ្មែរ\u{200b}អក្សរ").text, "ខ្មែរ\u{200b}អក្សរ");
        assert_eq!(read_as_meant("a\u{200b}b").text, "ab");
    }
}
