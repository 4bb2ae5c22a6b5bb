//! Stage two: bytes become typed values, each file by itself.

mod address;
pub mod config;
pub mod front_matter;
pub mod markdown;
pub mod media;

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Parses everything in `snapshot` under a `config` that was parsed from it.
pub fn parse(snapshot: &Snapshot, config: Arc<Config>) -> (Parsed, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let files: Vec<&RelPath> = snapshot.pages.keys().collect();
    let (partials, pages): (Vec<&RelPath>, Vec<&RelPath>) =
        files.into_iter().partition(|f| is_partial(f));
    let parse_all = |files: &[&RelPath], diagnostics: &mut Vec<Diagnostic>| -> Vec<Page> {
        let named = address::addresses(&config, files, diagnostics);
        let parsed: Vec<(Page, Vec<Diagnostic>)> = named
            .into_par_iter()
            .map(|(file, named)| page(&config, &snapshot.pages[&file], file, named))
            .collect();
        parsed
            .into_iter()
            .map(|(page, found)| {
                diagnostics.extend(found);
                page
            })
            .collect()
    };
    let pages = parse_all(&pages, &mut diagnostics);
    let partials = parse_all(&partials, &mut diagnostics);
    let assets = assets(snapshot, &config.limits, &mut diagnostics);
    let statics = snapshot.statics.clone();
    (Parsed { config, pages, partials, assets, statics }, diagnostics)
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

fn assets(
    snapshot: &Snapshot,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<RelPath, Asset> {
    let prepared: Vec<(RelPath, Option<Asset>, Vec<Diagnostic>)> = snapshot
        .assets
        .par_iter()
        .map(|(source, data)| {
            let Some(path) = asset_path(source) else {
                let d = Diagnostic::new(Code::NoAddress, source).with("name", source.name());
                return (source.clone(), None, vec![d]);
            };
            let (media::Prepared { data, size }, found) =
                media::prepare_asset(source, data, limits, &snapshot.cache);
            (source.clone(), Some(Asset { path, data, size }), found)
        })
        .collect();
    let mut assets = BTreeMap::new();
    for (source, asset, found) in prepared {
        diagnostics.extend(found);
        if let Some(asset) = asset {
            assets.insert(source, asset);
        }
    }
    assets
}
