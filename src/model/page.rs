//! One Markdown file, parsed: what it says of itself and what it says.

use super::{Doc, FrontMatter};
use crate::base::{Lang, RelPath};
use std::sync::Arc;

/// A page's address: where it stands in the site, without language and extension.
/// `index`, `talks/index`, `talks/phishing`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PageId(Arc<str>);

impl PageId {
    /// An address that is already folded to ASCII.
    pub fn new(address: impl AsRef<str>) -> PageId {
        PageId(address.as_ref().into())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it stands in: `talks`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(f, _)| f)
    }

    /// Whether it introduces a folder.
    pub fn is_index(&self) -> bool {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, n)| n) == "index"
    }
}

impl std::fmt::Display for PageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One Markdown file, parsed.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address, shared with its translations.
    pub id: PageId,
    /// Its language.
    pub lang: Lang,
    /// The file.
    pub source: RelPath,
    /// What it says of itself.
    pub front: FrontMatter,
    /// What it says.
    pub doc: Arc<Doc>,
}
