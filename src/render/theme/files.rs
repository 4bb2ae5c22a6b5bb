//! Which files a theme consists of: the project's own, and for every other name the ones
//! inside the binary.

use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::Snapshot;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The theme inside the binary.
#[derive(RustEmbed)]
#[folder = "themes/handbook/"]
struct Handbook;

/// Its name.
const HANDBOOK: &str = "handbook";

/// A theme's files by their name below its folder: `templates/page.html`.
pub(super) struct ThemeFiles {
    project: BTreeMap<String, ThemeFile>,
    built_in: BTreeMap<String, ThemeFile>,
    is_handbook: bool,
}

/// One file, and what it is called in a diagnostic.
pub(super) struct ThemeFile {
    pub path: RelPath,
    pub bytes: Arc<[u8]>,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl ThemeFile {
    /// The text without a byte order mark; `None` when it is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        Some(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
    }

    /// A place in [`ThemeFile::text`] as a place in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let mark = self.bytes.starts_with(BYTE_ORDER_MARK.as_bytes());
        let skipped = if mark { BYTE_ORDER_MARK.len() } else { 0 };
        Span::new(range.start + skipped, range.end + skipped)
    }

    /// S607 about this file, in Vietnamese and English.
    pub fn broken(&self, vi: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::BadTemplate, &self.path).with("problem_vi", vi).with("problem_en", en)
    }
}

impl ThemeFiles {
    /// The files of the theme `name`. One that is too large to be held in memory, or that should
    /// be text and is not UTF-8, is reported and left out.
    pub fn collect(snapshot: &Snapshot, name: &str, problems: &mut Vec<Diagnostic>) -> ThemeFiles {
        let mut project = BTreeMap::new();
        for (path, data) in &snapshot.themes {
            let Some(below) = path.as_str().strip_prefix(name).and_then(|p| p.strip_prefix('/'))
            else {
                continue;
            };
            let path = RelPath::new(format!("themes/{path}"));
            let bytes = data.bytes().cloned();
            let too_large = bytes.is_none();
            let file = ThemeFile { path, bytes: bytes.unwrap_or_default() };
            if too_large {
                problems.push(file.broken("tệp quá lớn", "the file is too large"));
            } else if must_be_text(below) && file.text().is_none() {
                let en = "the file is not UTF-8";
                problems.push(file.broken("tệp không phải UTF-8", en));
            } else {
                project.insert(below.to_owned(), file);
            }
        }
        ThemeFiles { project, built_in: built_in(), is_handbook: name == HANDBOOK }
    }

    /// Whether the project names a theme that is neither built in nor a folder of its own.
    pub fn is_unknown(&self) -> bool {
        !self.is_handbook && self.project.is_empty()
    }

    /// The file that counts: the project's, else the built-in one.
    pub fn get(&self, name: &str) -> Option<&ThemeFile> {
        self.project.get(name).or_else(|| self.built_in.get(name))
    }

    /// The project's file and the built-in one, for files that are merged key by key.
    pub fn both(&self, name: &str) -> (Option<&ThemeFile>, Option<&ThemeFile>) {
        (self.project.get(name), self.built_in.get(name))
    }

    /// The files that count below `folder`, by their name below it, in order of name.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &ThemeFile)> {
        let mut all = BTreeMap::new();
        for (name, file) in self.built_in.iter().chain(&self.project) {
            if let Some(below) = name.strip_prefix(folder) {
                all.insert(below, file);
            }
        }
        all.into_iter()
    }
}

fn built_in() -> BTreeMap<String, ThemeFile> {
    Handbook::iter()
        .filter_map(|name| {
            let path = RelPath::new(format!("themes/{HANDBOOK}/{name}"));
            let bytes = Arc::from(&*Handbook::get(&name)?.data);
            Some((name.into_owned(), ThemeFile { path, bytes }))
        })
        .collect()
}

fn must_be_text(name: &str) -> bool {
    !(name.starts_with("images/") || name.starts_with("fonts/"))
}
