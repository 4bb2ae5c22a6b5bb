//! JSON within a script or an element of HTML.

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io;

/// Appends `data` as JSON that may stand in a script, wherever that stands: it never ends an
/// element, and no text holds what ends a line in older JavaScript, though not in JSON.
pub fn push_json(out: &mut Vec<u8>, data: &impl Serialize) {
    // Texts, numbers, lists and maps of texts are always JSON.
    let _ = data.serialize(&mut Serializer::with_formatter(out, InScript));
}

/// The same as a text.
pub fn json_in_script(data: &impl Serialize) -> String {
    let mut out = Vec::new();
    push_json(&mut out, data);
    // JSON of texts is text.
    String::from_utf8(out).unwrap_or_default()
}

struct InScript;

impl Formatter for InScript {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        // Most texts hold none of them, and each alone is found fast.
        let any = ['<', '\u{2028}', '\u{2029}'].into_iter().any(|sign| fragment.contains(sign));
        while let Some(at) = rest.find(['<', '\u{2028}', '\u{2029}']).filter(|_| any) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let (escaped, length) = match rest.as_bytes()[at] {
                b'<' => ("\\u003c", 1),
                _ if rest[at..].starts_with('\u{2028}') => ("\\u2028", 3),
                _ => ("\\u2029", 3),
            };
            writer.write_all(escaped.as_bytes())?;
            rest = &rest[at + length..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::json_in_script;

    #[test]
    fn nothing_ends_the_element_or_the_line() {
        let text = "</script><!-- \u{2028}\u{2029} \"ệ\\";
        let json = json_in_script(&[text]);
        assert_eq!(json, "[\"\\u003c/script>\\u003c!-- \\u2028\\u2029 \\\"ệ\\\\\"]");
        let read: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(read, [text]);
    }
}
