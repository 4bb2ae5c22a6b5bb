//! Stage three: pages come to know of one another and become a site.
//!
//! First each page by itself, its languages together ([`draft`]): one set of facts, one set of
//! section ids. Then all of them ([`resolve`]): includes are expanded, sections ordered, links
//! followed. The result is immutable and knows every file of the output.

mod dead;
mod draft;
mod freshness;
mod includes;
mod links;
mod meant;
pub mod meta;
mod navigation;
mod routes;
mod sections;

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic};
use crate::model::*;
pub use draft::{Draft, draft};
use rayon::prelude::*;
pub use routes::words as problem_words;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// All that a site is made of. Drafts are made with this configuration and edition.
pub struct Material<'a> {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// What the site shows.
    pub edition: &'a Edition,
    /// Its pages, in order of address.
    pub drafts: Vec<Arc<Draft>>,
    /// Texts that are only ever included.
    pub partials: Vec<Arc<Draft>>,
    /// Files beside pages, ready to publish, by source path.
    pub assets: BTreeMap<RelPath, Asset>,
    /// Files of `static/`, by their path below it.
    pub statics: BTreeMap<RelPath, FileData>,
    /// Its terms.
    pub glossary: Arc<Glossary>,
    /// What was recorded of translations; `None` where nothing ever was.
    pub lock: Option<Arc<Lock>>,
    /// Names of the theme's files under `theme/`.
    pub theme_files: &'a [String],
}

/// Makes a site. It is complete even where diagnostics say that something leads nowhere, so
/// that all of them come in one run. `previous` is an earlier site of the project: what it
/// knows of pages that did not change is used again, and the result is the same without it.
pub fn resolve(material: Material<'_>, previous: Option<&Site>) -> (Site, Vec<Diagnostic>) {
    let Material {
        config,
        edition,
        drafts,
        partials,
        assets,
        statics,
        lock,
        glossary,
        theme_files,
    } = material;
    let parsing = drafts.iter().chain(&partials).flat_map(|d| &d.parsing);
    // A text that is only ever included need not be fit for a page.
    let pairing = drafts.iter().flat_map(|d| &d.pairing);
    let mut diagnostics: Vec<Diagnostic> = parsing.chain(pairing).cloned().collect();
    let library = draft::library(&drafts, &partials);
    let finished: Vec<(Option<Pair>, Vec<Diagnostic>)> = drafts
        .par_iter()
        .with_min_len(64)
        .map(|draft| draft.finish(&config, edition, &library))
        .collect();
    let mut absent = Absent::default();
    let mut pairs = Vec::with_capacity(drafts.len());
    for (draft, (pair, found)) in drafts.iter().zip(finished) {
        diagnostics.extend(found);
        match pair {
            Some(pair) => pairs.push(pair),
            None => draft.note_absence(&config, &mut absent),
        }
    }
    let mut site = assemble(config, edition, (pairs, absent), (assets, statics), &mut diagnostics);
    report_missing_indexes(&site, &mut diagnostics);
    follow_links(&mut site, previous, &mut diagnostics);
    (site.lock, site.glossary) = (lock, glossary);
    freshness::report(&site, &mut diagnostics);
    site.routes = routes::routes(&site, theme_files, &mut diagnostics);
    (site, diagnostics)
}

fn assemble(
    config: Arc<Config>,
    edition: &Edition,
    (mut pairs, absent): (Vec<Pair>, Absent),
    (assets, statics): (BTreeMap<RelPath, Asset>, BTreeMap<RelPath, FileData>),
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let (sections, section_by_folder) = navigation::sections(&mut pairs);
    let by_id = pairs.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect();
    let mut by_stem = HashMap::new();
    for (i, pair) in pairs.iter().enumerate() {
        for v in pair.versions.iter().flatten() {
            by_stem.insert(stem(v.source.as_str(), &config.languages).to_owned(), i);
        }
    }
    let by_number = numbers(&pairs, diagnostics);
    let replaced_by = replacements(&pairs);
    let tags = tags(&pairs);
    let audiences = audiences(&config, &pairs);
    let mut site = Site {
        menu: navigation::default_menu(&sections),
        config,
        edition: edition.clone(),
        pairs,
        by_id,
        by_stem,
        absent,
        used_partials: BTreeSet::new(),
        sections,
        section_by_folder,
        by_number,
        replaced_by,
        assets,
        statics,
        tags,
        audiences,
        followed: Vec::new(),
        lock: None,
        glossary: Arc::default(),
        routes: BTreeMap::new(),
    };
    if !site.config.menu.is_empty() {
        site.menu = named_menu(&site, diagnostics);
    }
    site
}

fn named_menu(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut menu = Vec::new();
    for entry in &site.config.menu {
        match site.page_by_address(&entry.page) {
            Some(page) => menu.push(page),
            None if site.absent.page(&entry.page) == Some(Absence::Unfinished) => {}
            None => diagnostics.push(
                Diagnostic::new(Code::UnknownMenuPage, &RelPath::new("site.toml"))
                    .at(entry.span)
                    .with("page", &entry.page)
                    .suggest(&entry.page, site.pairs.iter().map(|p| p.id.as_str())),
            ),
        }
    }
    menu
}

fn directive(pair: &Pair) -> Option<&Directive> {
    match &pair.source_version().meta.details {
        Details::Directive(d) => Some(d),
        _ => None,
    }
}

fn numbers(
    pairs: &[Pair],
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<crate::base::DocNumber, usize> {
    let mut by_number: HashMap<_, usize> = HashMap::new();
    for (i, pair) in pairs.iter().enumerate() {
        let Some(d) = directive(pair) else { continue };
        if let Some(other) = by_number.insert(d.doc_number.clone(), i) {
            by_number.insert(d.doc_number.clone(), other);
            let first = pairs[other].source_version();
            diagnostics.push(
                Diagnostic::new(Code::DuplicateNumber, &pair.source_version().source)
                    .at(d.number_span)
                    .with("number", &d.number)
                    .see(&first.source, directive(&pairs[other]).map(|o| o.number_span)),
            );
        }
    }
    by_number
}

fn replacements(pairs: &[Pair]) -> HashMap<crate::base::DocNumber, usize> {
    let mut replaced = HashMap::new();
    for (i, pair) in pairs.iter().enumerate() {
        for (number, _) in directive(pair).into_iter().flat_map(|d| &d.replaces) {
            if let Some(number) = crate::base::DocNumber::new(number) {
                replaced.entry(number).or_insert(i);
            }
        }
    }
    replaced
}

fn tags(pairs: &[Pair]) -> BTreeMap<String, Term> {
    let mut tags: BTreeMap<String, Term> = BTreeMap::new();
    for (i, pair) in pairs.iter().enumerate() {
        for tag in &pair.source_version().meta.tags {
            let new = || Term { label: tag.clone(), pages: Vec::new() };
            tags.entry(crate::base::slug(tag)).or_insert_with(new).pages.push(i);
        }
    }
    tags
}

fn audiences(config: &Config, pairs: &[Pair]) -> Vec<(String, Vec<usize>)> {
    let pages_of = |id: &str| -> Vec<usize> {
        let for_them = |p: &Pair| p.source_version().meta.audience.iter().any(|a| a == id);
        (0..pairs.len()).filter(|i| for_them(&pairs[*i])).collect()
    };
    config
        .audiences
        .iter()
        .map(|(id, _)| (id.clone(), pages_of(id)))
        .filter(|(_, pages)| !pages.is_empty())
        .collect()
}

fn follow_links(site: &mut Site, previous: Option<&Site>, diagnostics: &mut Vec<Diagnostic>) {
    let known = previous.and_then(|previous| links::Known::new(previous, site));
    let again = |pair: usize| known.as_ref()?.followed(site, pair);
    let followed: Vec<Vec<Option<Arc<Followed>>>> = (0..site.pairs.len())
        .into_par_iter()
        .map(|pair| again(pair).unwrap_or_else(|| links::follow_pair(site, pair)))
        .collect();
    let mut cited_by: Vec<Vec<usize>> = vec![Vec::new(); site.pairs.len()];
    for (pair, versions) in followed.iter().enumerate() {
        for found in versions.iter().flatten() {
            diagnostics.extend(found.diagnostics.iter().cloned());
            site.used_partials.extend(found.uses.iter().cloned());
            for cited in &found.cites {
                if !cited_by[*cited].contains(&pair) {
                    cited_by[*cited].push(pair);
                }
            }
        }
    }
    site.followed = followed;
    for (pair, by) in site.pairs.iter_mut().zip(cited_by) {
        pair.cited_by = by;
    }
}

/// The home page must exist; a folder without a page to introduce it is missing from the menu.
fn report_missing_indexes(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let source = site.config.source_lang();
    if site.page_by_address("index").is_none() {
        let file = format!("content/index.{source}.md");
        diagnostics
            .push(Diagnostic::new(Code::NoHome, &RelPath::new(&file)).with("file", file.clone()));
    }
    for section in &site.sections[1..] {
        let Some(first) = section.pages.first().filter(|_| section.index.is_none()) else {
            continue;
        };
        if site.absent.page(&section.folder).is_some() {
            continue;
        }
        let page = &site.pairs[*first].source_version().source;
        // The folder as it is written, unless the page is a folder of its own below it.
        let below = page.folder().strip_prefix("content/").unwrap_or_default();
        let folded: Vec<String> = below.split('/').map(crate::base::slug).collect();
        let folder = match folded.join("/") == section.folder {
            true => page.folder().to_owned(),
            false => format!("content/{}", section.folder),
        };
        let file = format!("{folder}/index.{source}.md");
        diagnostics
            .push(Diagnostic::new(Code::NoIndex, page).with("folder", folder).with("file", file));
    }
}
