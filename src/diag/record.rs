//! A diagnostic as machines read it: one object, the same for every command.

use super::{Diagnostic, Sources, UiLang};
use crate::base::line_column;
use serde::Serialize;

/// What a diagnostic says, to be written as JSON. What is not known is `null`.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Record {
    /// Its stable code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The file, relative to the handbook.
    pub file: String,
    /// Line in that file, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// `diagnostic` as a record, in words of `lang`.
pub fn record(diagnostic: &Diagnostic, sources: &dyn Sources, lang: UiLang) -> Record {
    let start = diagnostic.span.map(|span| span.range().start);
    let place = start.and_then(|at| Some(line_column(sources.text(&diagnostic.file)?, at)));
    Record {
        code: diagnostic.code.id(),
        severity: diagnostic.severity().id(),
        file: diagnostic.file.to_string(),
        line: place.map(|p| p.line),
        column: place.map(|p| p.column),
        message: diagnostic.message(lang),
        help: diagnostic.help(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{RelPath, Span};
    use crate::diag::Code;

    struct One;
    impl Sources for One {
        fn text(&self, file: &RelPath) -> Option<&str> {
            (file.as_str() == "content/a.vi.md").then_some("---\ntên: \"x\"\ntitel: A\n---\n")
        }
    }

    #[test]
    fn a_record_has_its_place_in_characters_and_its_keys_in_order() {
        let at = "---\ntên: ".len();
        let known = Diagnostic::new(Code::UnknownKey, &RelPath::new("content/a.vi.md"))
            .at(Span::new(at, at + 3))
            .with("key", "titel");
        let json = serde_json::to_string(&record(&known, &One, UiLang::En)).unwrap();
        let start = r#"{"code":"S103","severity":"error","file":"content/a.vi.md","line":2,"column":6,"message":"there is no front matter key `titel`","help":""#;
        assert!(json.starts_with(start), "{json}");
    }

    #[test]
    fn what_is_not_known_is_null() {
        for diagnostic in [
            Diagnostic::new(Code::EmptyPage, &RelPath::new("content/a.vi.md")),
            Diagnostic::new(Code::EmptyPage, &RelPath::new("static/b.html")).at(Span::new(1, 2)),
        ] {
            let json = serde_json::to_value(record(&diagnostic, &One, UiLang::Vi)).unwrap();
            assert!(json["line"].is_null() && json["column"].is_null(), "{json}");
            assert_eq!(json["message"], "tệp trống");
        }
    }
}
