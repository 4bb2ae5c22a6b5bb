//! Laws of the files for machines: any XML reader can read them.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Holds that the file at `path` is well-formed XML 1.0.
pub fn assert_well_formed(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
    let bad = text.chars().find(|c| !is_xml(*c));
    assert_eq!(bad, None, "{path} has a character that XML does not");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                tag.attributes().for_each(|a| drop(a.unwrap_or_else(|e| panic!("{path}: {e}"))));
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::GeneralRef(name)) => {
                let known = ["amp", "lt", "gt", "quot", "apos"];
                assert!(known.contains(&&*name) || name.starts_with('#'), "{path}: {name:?}");
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => panic!("{path}: {e}\n{text}"),
        }
    }
    assert_eq!(depth, 0, "{path} is not closed");
}

/// Whether XML 1.0 has a character (its production `Char`).
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
