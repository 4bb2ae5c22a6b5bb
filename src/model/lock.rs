//! `translations.lock`: which sections of translations were reviewed, and against which words.

use super::{HeadingWords, PageId, WordsHash};
use crate::base::{Lang, Span};
use std::collections::{BTreeMap, HashMap};

/// `translations.lock`: the words that each section of a translation was reviewed against.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Lock {
    /// By language and page, then by id of the section; the part before the first heading is `""`.
    pub pages: HashMap<(Lang, PageId), BTreeMap<String, LockLine>>,
}

/// One line of the lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockLine {
    /// The source's words as they were reviewed.
    pub hash: WordsHash,
    /// The heading of the translation, by which the section is known wherever it stands. What
    /// stands before the first heading has none.
    pub heading: Option<HeadingWords>,
    /// The line.
    pub span: Span,
}

impl Lock {
    /// The first line of the file.
    pub const HEADER: &'static str = "# sotay lock 1";

    /// Where the lock stands in the project.
    pub const FILE: &'static str = "translations.lock";

    /// What was recorded of a page in `lang`.
    pub fn page(&self, lang: &Lang, page: &PageId) -> Option<&BTreeMap<String, LockLine>> {
        self.pages.get(&(lang.clone(), page.clone()))
    }

    /// Sections of a page in `lang` by the words of their headings, as they were reviewed. Two with
    /// the same words tell nothing.
    pub fn headings(&self, lang: &Lang, page: &PageId) -> BTreeMap<HeadingWords, String> {
        let mut headings: BTreeMap<HeadingWords, Option<String>> = BTreeMap::new();
        for (id, line) in self.page(lang, page).into_iter().flatten() {
            let Some(heading) = line.heading else { continue };
            let known = headings.contains_key(&heading);
            headings.insert(heading, (!known).then(|| id.clone()));
        }
        headings.into_iter().filter_map(|(heading, id)| Some((heading, id?))).collect()
    }

    /// The file's text: sorted lines below the header.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = self
            .pages
            .iter()
            .flat_map(|((lang, page), sections)| {
                let line = move |(id, line): (&String, &LockLine)| {
                    let heading = line.heading.map(|heading| format!("\t{heading}"));
                    let heading = heading.unwrap_or_default();
                    format!("{lang}\t{page}#{id}\t{}{heading}\n", line.hash)
                };
                sections.iter().map(line)
            })
            .collect();
        lines.sort();
        format!("{}\n{}", Lock::HEADER, lines.concat())
    }
}
