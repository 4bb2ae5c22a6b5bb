//! Diagnostics as the panel in the page shows them.

use crate::base::{RelPath, Span, line_column};
use crate::diag::{Diagnostic, Severity, Sources, UiLang};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// More than anybody reads in a panel; the terminal has all.
const MOST: usize = 100;

/// Characters of a source line that are shown.
const WIDEST: usize = 200;

/// Everything that is wrong with the handbook now.
#[derive(Clone, Debug, Serialize)]
pub struct Problems {
    lang: &'static str,
    /// Whether the pages on show are older than the files, because these have errors.
    stale: bool,
    problems: Vec<Problem>,
    /// How many there are beside those listed.
    more: usize,
    /// How many there are in each file, listed or not.
    #[serde(skip)]
    counts: Counts,
}

/// How many errors and warnings each file has.
#[derive(Clone, Default, Debug)]
pub(super) struct Counts(Arc<BTreeMap<RelPath, Count>>);

/// So many errors and warnings.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Count {
    pub errors: usize,
    pub warnings: usize,
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Place,
    message: String,
    help: String,
    /// A second place that explains the first.
    related: Option<Place>,
}

/// A place in a source file, with its line.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    excerpt: Vec<Line>,
}

/// A source line, or the part of a long one around the mark.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    number: usize,
    text: String,
    /// Where the mark begins, in characters of `text`.
    from: usize,
    /// One past its last character.
    to: usize,
}

impl Problems {
    /// What `diagnostics` say in `lang`. `stale` when the site shown is not made from the
    /// files as they are now.
    pub fn new(
        diagnostics: &[Diagnostic],
        sources: &dyn Sources,
        lang: UiLang,
        stale: bool,
    ) -> Problems {
        // What stops the site first: the list may be longer than the window.
        let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
        shown.sort_by_key(|d| d.severity());
        shown.truncate(MOST);
        Problems {
            lang: match lang {
                UiLang::Vi => "vi",
                UiLang::En => "en",
            },
            stale,
            problems: shown.into_iter().map(|d| Problem::new(d, sources, lang)).collect(),
            more: diagnostics.len().saturating_sub(MOST),
            counts: Counts::new(diagnostics),
        }
    }

    pub(super) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The value as one line of JSON.
    pub(super) fn to_json(&self) -> String {
        // Plain data with text for keys: there is nothing in it that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Counts {
    fn new(diagnostics: &[Diagnostic]) -> Counts {
        let mut counts: BTreeMap<RelPath, Count> = BTreeMap::new();
        for diagnostic in diagnostics {
            let count = counts.entry(diagnostic.file.clone()).or_default();
            match diagnostic.severity() {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Note => {}
            }
        }
        Counts(counts.into())
    }

    /// How many there are in all of `files`.
    pub(super) fn of<'a>(&self, files: impl Iterator<Item = &'a RelPath>) -> Count {
        let counts = files.filter_map(|file| self.0.get(file));
        counts.fold(Count::default(), |sum, one| Count {
            errors: sum.errors + one.errors,
            warnings: sum.warnings + one.warnings,
        })
    }
}

impl Problem {
    fn new(diagnostic: &Diagnostic, sources: &dyn Sources, lang: UiLang) -> Problem {
        let related = diagnostic.related.as_ref();
        Problem {
            code: diagnostic.code.id(),
            severity: diagnostic.severity().id(),
            place: Place::new(&diagnostic.file, diagnostic.span, sources),
            message: diagnostic.message(lang),
            help: diagnostic.help(lang),
            related: related.map(|(file, span)| Place::new(file, *span, sources)),
        }
    }
}

impl Place {
    fn new(file: &RelPath, span: Option<Span>, sources: &dyn Sources) -> Place {
        let name = file.as_str().to_owned();
        let (Some(span), Some(text)) = (span, sources.text(file)) else {
            return Place { file: name, line: None, column: None, excerpt: Vec::new() };
        };
        let at = line_column(text, span.range().start);
        let length = text.get(span.range()).map_or(0, |marked| marked.chars().count());
        let line = text.split('\n').nth(at.line - 1).unwrap_or_default();
        Place {
            file: name,
            line: Some(at.line),
            column: Some(at.column),
            excerpt: vec![Line::new(at.line, line, at.column - 1, length)],
        }
    }
}

impl Line {
    /// The line `number`, which reads `line`, marked from character `from` on for `length`
    /// characters, though not past its end.
    fn new(number: usize, line: &str, from: usize, length: usize) -> Line {
        let line: Vec<char> = line.trim_end_matches('\r').chars().collect();
        let to = (from + length).min(line.len()).max(from);
        // A long line is a paragraph: some of what stands before the mark, and what follows.
        let start = if line.len() > WIDEST { from.saturating_sub(WIDEST / 4) } else { 0 };
        let end = (start + WIDEST).min(line.len()).max(start);
        let [before, after] = [start > 0, end < line.len()].map(|cut| if cut { "…" } else { "" });
        let text: String = line[start.min(end)..end].iter().collect();
        let place = |at: usize| at.min(end) - start + before.chars().count();
        let (from, to) = (place(from), place(to));
        Line { number, text: format!("{before}{text}{after}"), from, to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use serde_json::{Value, json};

    struct One(String);

    impl Sources for One {
        fn text(&self, file: &RelPath) -> Option<&str> {
            (file.as_str() == "content/a.vi.md").then_some(&self.0)
        }
    }

    fn json(diagnostics: &[Diagnostic], text: &str, lang: UiLang) -> Value {
        let problems = Problems::new(diagnostics, &One(text.to_owned()), lang, true);
        serde_json::from_str(&problems.to_json()).unwrap()
    }

    fn misspelt(span: Span) -> Diagnostic {
        Diagnostic::new(Code::UnknownKey, &RelPath::new("content/a.vi.md"))
            .at(span)
            .with("key", "titel")
            .suggest("titel", ["title"])
    }

    #[test]
    fn a_problem_has_all_that_the_terminal_shows() {
        let text = "---\r\nngày: 1\r\ntitel: Mật khẩu\r\n";
        let at = text.find("titel").unwrap();
        let other = RelPath::new("content/b.vi.md");
        let diagnostic = misspelt(Span::new(at, at + 5)).see(&other, None);
        let found = json(&[diagnostic], text, UiLang::Vi);
        assert_eq!(found["lang"], "vi");
        assert_eq!(found["stale"], true);
        assert_eq!(found["more"], 0);
        let problem = &found["problems"][0];
        assert_eq!(problem["severity"], "error");
        assert_eq!(problem["code"], Code::UnknownKey.id());
        assert_eq!(problem["file"], "content/a.vi.md");
        assert_eq!((&problem["line"], &problem["column"]), (&json!(3), &json!(1)));
        assert_eq!(problem["help"], "có phải ý bạn là `title`?");
        let line = json!({ "number": 3, "text": "titel: Mật khẩu", "from": 0, "to": 5 });
        assert_eq!(problem["excerpt"], json!([line]));
        assert_eq!(problem["related"]["file"], "content/b.vi.md");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}<<đây>>{}", "ă".repeat(1000), "ê".repeat(1000));
        let at = text.find("<<").unwrap();
        let found = json(&[misspelt(Span::new(at, at + 9))], &text, UiLang::En);
        let line = &found["problems"][0]["excerpt"][0];
        let shown: Vec<char> = line["text"].as_str().unwrap().chars().collect();
        let [from, to] = ["from", "to"].map(|key| line[key].as_u64().unwrap() as usize);
        assert_eq!(shown[from..to].iter().collect::<String>(), "<<đây>>");
        assert_eq!(shown.len(), WIDEST + 2);
        assert!(shown[0] == '…' && shown[WIDEST + 1] == '…');
    }

    #[test]
    fn marks_stay_within_their_line() {
        for (start, end) in [(0, 900), (2, 3), (5, 5), (6, 9), (900, 901)] {
            let found = json(&[misspelt(Span::new(start, end))], "mộ\nhai\n", UiLang::En);
            let line = &found["problems"][0]["excerpt"][0];
            let length = line["text"].as_str().unwrap().chars().count() as u64;
            let [from, to] = ["from", "to"].map(|key| line[key].as_u64().unwrap());
            assert!(from <= to && to <= length, "{start}..{end}: {line}");
        }
    }

    #[test]
    fn there_is_an_end_to_the_list() {
        let many = vec![misspelt(Span::new(0, 1)); MOST + 7];
        let found = json(&many, "x", UiLang::En);
        assert_eq!(found["problems"].as_array().unwrap().len(), MOST);
        assert_eq!(found["more"], 7);
    }
}
