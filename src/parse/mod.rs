//! Stage two: bytes become typed values, each file by itself.

pub mod address;
pub mod config;
pub mod front_matter;
pub mod glossary;
pub mod lock;
pub mod markdown;
pub mod media;

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::sync::Arc;

/// Which page each Markdown file of `snapshot` belongs to.
pub fn names(snapshot: &Snapshot, config: &Config) -> (Names, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let files: Vec<&RelPath> = snapshot.pages.keys().collect();
    let (partials, pages): (Vec<&RelPath>, Vec<&RelPath>) =
        files.into_iter().partition(|f| is_partial(f));
    let pages = address::by_page(config, &pages, &mut diagnostics);
    let partials = address::by_page(config, &partials, &mut diagnostics);
    (Names { pages, partials }, diagnostics)
}

/// Parses the files of one page, and returns them in the order given.
pub fn files(
    snapshot: &Snapshot,
    config: &Config,
    page: &PageFiles,
) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let texts = page.files.iter().filter_map(|f| Some((f, snapshot.pages.get(&f.0)?)));
    let parsed = texts.map(|((file, lang), text)| {
        let named = Named { id: page.id.clone(), lang: lang.clone() };
        let (page, found) = self::page(config, text, file.clone(), named);
        diagnostics.extend(found);
        page
    });
    (parsed.collect(), diagnostics)
}

/// Parses one Markdown file.
pub fn page(
    config: &Config,
    source: &SourceText,
    file: RelPath,
    named: Named,
) -> (Page, Vec<Diagnostic>) {
    let text: &str = &source.text;
    let limit = config.limits.page_bytes;
    if text.len() as u64 > limit {
        let d = Diagnostic::new(Code::PageTooLarge, &file).over(text.len() as u64, limit);
        return (empty_page(file, named), vec![d]);
    }
    if text.trim().is_empty() {
        let d = Diagnostic::new(Code::EmptyPage, &file);
        return (empty_page(file, named), vec![d]);
    }
    let (front, start, mut diagnostics) = front_matter::parse_front_matter(&file, text);
    let (doc, found) = markdown::parse_markdown(&file, text, start, config.limits.nesting);
    diagnostics.extend(found);
    (Page { id: named.id, lang: named.lang, source: file, front, doc: Arc::new(doc) }, diagnostics)
}

fn empty_page(source: RelPath, named: Named) -> Page {
    Page {
        id: named.id,
        lang: named.lang,
        source,
        // What was not read is not missing.
        front: FrontMatter { refused: Key::ALL.iter().copied().collect(), ..Default::default() },
        doc: Arc::new(Doc::default()),
    }
}

/// Makes the file at `source` ready to publish; `None` where it can have no address.
pub fn asset(
    source: &RelPath,
    data: &FileData,
    limits: &Limits,
    cache: &Cache,
) -> (Option<Asset>, Vec<Diagnostic>) {
    let Some(path) = asset_path(source) else {
        let d = Diagnostic::new(Code::NoAddress, source).with("name", source.name());
        return (None, vec![d]);
    };
    let (media::Prepared { data, size }, found) = media::prepare_asset(source, data, limits, cache);
    (Some(Asset { path, data, size }), found)
}
