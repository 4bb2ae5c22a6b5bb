//! Markdown to a document tree.
//!
//! [`markers`] takes containers and includes out of the text, pulldown-cmark parses the
//! rest, [`tree`] builds the tree from its events and puts them back.

mod attributes;
mod autolinks;
mod inline;
mod markers;
mod targets;
mod titles;
mod tree;

use crate::base::RelPath;
use crate::diag::Diagnostic;
use crate::model::Doc;
use pulldown_cmark::Options;
pub use targets::{Target, TargetForm, TargetOf, targets};

/// What Markdown means here: CommonMark, GFM, heading attributes, definition lists, maths, wiki links.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Parses the body of `file`, which is `text` from byte `start` on. Spans in the tree are
/// positions in `text`. `nesting` caps how deep quotes, lists and containers may go.
pub fn parse_markdown(
    file: &RelPath,
    text: &str,
    start: usize,
    nesting: usize,
) -> (Doc, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let marked = markers::mark(file, &text[start..], start, &mut diagnostics);
    let (doc, found) = tree::build(file, &marked, nesting);
    diagnostics.extend(found);
    (doc, diagnostics)
}
