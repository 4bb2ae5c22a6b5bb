//! File names that are no content: hidden files, and what systems and editors leave behind.

use std::ffi::OsStr;

/// Whether a file or folder of this name is left out without a word.
pub fn is_ignored(name: &OsStr) -> bool {
    // Bytes, because a name that is not UTF-8 can be hidden too; all patterns are ASCII.
    let name = name.as_encoded_bytes();
    name.starts_with(b".")
        || name.ends_with(b"~")
        || name.ends_with(b".swp")
        // Office's mark for an open document.
        || name.starts_with(b"~$")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
        || name.eq_ignore_ascii_case(b"Thumbs.db")
        || name.eq_ignore_ascii_case(b"desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_ignored_and_content_is_not() {
        for name in [
            ".git",
            ".DS_Store",
            "Thumbs.db",
            "thumbs.db",
            "desktop.ini",
            "a.vi.md~",
            "a.swp",
            "#a.md#",
            ".#a.md",
            "~$a.docx",
        ] {
            assert!(is_ignored(OsStr::new(name)), "{name}");
        }
        for name in ["a.vi.md", "#", "a#b.md", "swp", "desktop.ini.md", "~a.md"] {
            assert!(!is_ignored(OsStr::new(name)), "{name}");
        }
    }
}
