//! What to do about a list of problems, in which order.

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic, Severity};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How often one mistake was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kind {
    /// Which mistake.
    pub code: Code,
    /// How often.
    pub times: usize,
    /// In how many files.
    pub files: usize,
}

/// Something to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Mend the errors of these files: each with its number of errors, most first.
    Mend(Vec<(RelPath, usize)>),
    /// Translate these pages into this language.
    Translate(String, Vec<RelPath>),
    /// Read these pages again.
    Review(Vec<RelPath>),
    /// Look at what remains: how many warnings, in these files.
    Look(usize, Vec<RelPath>),
}

/// Puts the worst file first: the one with most errors, then most warnings. In a file errors
/// come first, then whatever stands first in it.
pub fn worst_first(diagnostics: &mut [Diagnostic]) {
    let mut counts: BTreeMap<RelPath, [usize; 3]> = BTreeMap::new();
    for d in diagnostics.iter() {
        counts.entry(d.file.clone()).or_default()[d.severity() as usize] += 1;
    }
    let key =
        |d: &Diagnostic| (Reverse(counts[&d.file]), d.file.clone(), d.severity(), d.span, d.code);
    // Stable: what is alike stays in the order of its words.
    diagnostics.sort_by_cached_key(key);
}

/// Every kind of mistake: errors first, the most frequent first.
pub fn kinds(diagnostics: &[Diagnostic]) -> Vec<Kind> {
    let mut by_code: BTreeMap<Code, Vec<&RelPath>> = BTreeMap::new();
    for d in diagnostics {
        by_code.entry(d.code).or_default().push(&d.file);
    }
    let kind = |(code, files): (Code, Vec<&RelPath>)| {
        let times = files.len();
        Kind { code, times, files: files.into_iter().collect::<BTreeSet<_>>().len() }
    };
    let mut kinds: Vec<Kind> = by_code.into_iter().map(kind).collect();
    kinds.sort_by_key(|k| (k.code.severity(), Reverse(k.times), k.code));
    kinds
}

/// What to do first, and then. Notes ask for nothing.
pub fn steps(diagnostics: &[Diagnostic]) -> Vec<Step> {
    let mut wrong: BTreeMap<RelPath, usize> = BTreeMap::new();
    let mut untranslated: BTreeMap<String, Vec<RelPath>> = BTreeMap::new();
    let (mut overdue, mut others) = (Vec::new(), Vec::new());
    for d in diagnostics {
        match (d.severity(), d.code) {
            (Severity::Error, _) => *wrong.entry(d.file.clone()).or_default() += 1,
            (_, Code::MissingTranslation) => {
                let lang = d.args.get("lang").cloned().unwrap_or_default();
                untranslated.entry(lang).or_default().push(d.file.clone());
            }
            (_, Code::ReviewOverdue) => overdue.push(d.file.clone()),
            (Severity::Warning, _) => others.push(d.file.clone()),
            (Severity::Note, _) => {}
        }
    }
    let mut wrong: Vec<(RelPath, usize)> = wrong.into_iter().collect();
    wrong.sort_by_key(|(file, errors)| (Reverse(*errors), file.clone()));
    let warnings = others.len();
    let some = |files: &Vec<RelPath>| !files.is_empty();
    let mend = (!wrong.is_empty()).then_some(Step::Mend(wrong));
    let translate = untranslated.into_iter().map(|(lang, files)| Step::Translate(lang, files));
    let review = Some(overdue).filter(some).map(Step::Review);
    let look = Some(others).filter(some).map(|files| Step::Look(warnings, each_once(files)));
    mend.into_iter().chain(translate).chain(review).chain(look).collect()
}

/// The files in their order, each once.
fn each_once(files: Vec<RelPath>) -> Vec<RelPath> {
    let mut known = BTreeSet::new();
    files.into_iter().filter(|file| known.insert(file.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    fn diagnostic(code: Code, file: &str, at: usize) -> Diagnostic {
        Diagnostic::new(code, &RelPath::new(file)).at(Span::new(at, at + 1))
    }

    fn some() -> Vec<Diagnostic> {
        vec![
            diagnostic(Code::MissingAlt, "a.md", 1),
            diagnostic(Code::BrokenLink, "b.md", 9),
            diagnostic(Code::MissingAlt, "b.md", 2),
            diagnostic(Code::BrokenImage, "c.md", 5),
            diagnostic(Code::BrokenLink, "c.md", 3),
            diagnostic(Code::MissingTranslation, "d.md", 0).with("lang", "en"),
            diagnostic(Code::MovedExternalLink, "d.md", 3),
            diagnostic(Code::MissingAlt, "e.md", 3),
            diagnostic(Code::MissingAlt, "e.md", 1),
            diagnostic(Code::ReviewOverdue, "e.md", 0),
        ]
    }

    #[test]
    fn the_worst_file_comes_first_and_its_errors_before_its_warnings() {
        let mut all = some();
        worst_first(&mut all);
        let order = all.iter().map(|d| format!("{} {}", d.file, d.code.id()));
        assert_eq!(
            order.collect::<Vec<_>>(),
            [
                "c.md S301",
                "c.md S303",
                "b.md S301",
                "b.md S209",
                "e.md S420",
                "e.md S209",
                "e.md S209",
                "d.md S403",
                "d.md S323",
                "a.md S209"
            ]
        );
    }

    #[test]
    fn kinds_are_counted_with_their_files() {
        let kinds: Vec<_> =
            kinds(&some()).iter().map(|k| (k.code.id(), k.times, k.files)).collect();
        let expected = [
            ("S301", 2, 2),
            ("S303", 1, 1),
            ("S209", 4, 3),
            ("S403", 1, 1),
            ("S420", 1, 1),
            ("S323", 1, 1),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn steps_begin_with_errors_and_ask_for_nothing_because_of_notes() {
        let path = |p: &str| RelPath::new(p);
        assert_eq!(
            steps(&some()),
            [
                Step::Mend(vec![(path("c.md"), 2), (path("b.md"), 1)]),
                Step::Translate("en".to_owned(), vec![path("d.md")]),
                Step::Review(vec![path("e.md")]),
                Step::Look(4, vec![path("a.md"), path("b.md"), path("e.md")]),
            ]
        );
        assert_eq!(steps(&[diagnostic(Code::MovedExternalLink, "a.md", 0)]), []);
    }
}
