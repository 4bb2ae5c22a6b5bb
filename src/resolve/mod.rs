//! Stage three: pages come to know of one another and become a site.
//!
//! Pairs are formed, section ids shared, includes expanded, sections ordered, links
//! followed. The result is immutable and knows every file of the output.

mod includes;
mod links;
pub mod meta;
mod navigation;
mod routes;
mod sections;

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

pub use routes::words as problem_words;

/// Makes the site of `parsed` as `edition` shows it. `theme_files` are the names of the
/// theme's files under `theme/`. The site is complete even where diagnostics say that
/// something leads nowhere, so that all of them come in one run.
pub fn resolve(
    parsed: Parsed,
    edition: &Edition,
    theme_files: &[String],
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Parsed { config, pages, partials, assets, statics } = parsed;
    let groups = group(pages, &mut diagnostics);
    let partials = group(partials, &mut diagnostics);
    let mut drafts: Vec<Draft> =
        groups.into_par_iter().map(|group| draft(&config, group)).collect();
    let library = library(&mut drafts, partials, &config);
    drafts.par_iter_mut().for_each(|d| d.expand(&config, &library));
    for draft in &mut drafts {
        diagnostics.append(&mut draft.diagnostics);
    }
    let mut hidden = HashSet::new();
    let mut pairs = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let stems = draft.stems(&config);
        match draft.into_pair(edition) {
            Some(pair) => pairs.push(pair),
            None => hidden.extend(stems),
        }
    }
    let mut site = assemble(config, edition, pairs, assets, statics, &mut diagnostics);
    site.hidden = hidden;
    report_missing_indexes(&site, &mut diagnostics);
    follow_links(&mut site, &mut diagnostics);
    report_translations(&site, &mut diagnostics);
    site.routes = routes::routes(&site, theme_files, &mut diagnostics);
    (site, diagnostics)
}

/// The files of one address, in the order of the site's languages, sources first.
fn group(pages: Vec<Page>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Page>> {
    let mut groups: BTreeMap<PageId, Vec<Page>> = BTreeMap::new();
    for page in pages {
        let group = groups.entry(page.id.clone()).or_default();
        if let Some(other) = group.iter().find(|p| p.lang == page.lang) {
            let address = format!("{}/{}.html", page.lang, page.id);
            diagnostics.push(
                Diagnostic::new(Code::AddressTaken, &page.source)
                    .with("address", address)
                    .with("a", other.source.as_str())
                    .with("b", page.source.as_str())
                    .see(&other.source, None),
            );
            continue;
        }
        group.push(page);
    }
    groups.into_values().collect()
}

/// A pair in the making.
struct Draft {
    id: PageId,
    kind: Kind,
    /// One per language of the site.
    versions: Vec<Option<DraftVersion>>,
    diagnostics: Vec<Diagnostic>,
}

struct DraftVersion {
    page: Page,
    doc: Doc,
    meta: Option<Meta>,
}

fn draft(config: &Config, mut group: Vec<Page>) -> Draft {
    group.sort_by_key(|p| config.lang_index(&p.lang));
    let id = group[0].id.clone();
    let given: Vec<meta::Given> = group
        .iter()
        .map(|p| meta::Given { lang: &p.lang, source: &p.source, front: &p.front })
        .collect();
    let (kind, metas, mut diagnostics) = meta::merge(config, &id, id.is_index(), &given);
    let mut docs: Vec<Doc> =
        group.iter_mut().map(|p| Arc::unwrap_or_clone(std::mem::take(&mut p.doc))).collect();
    if let Some((source, translations)) = docs.split_first_mut() {
        sections::set_source_ids(&group[0].source, source, &mut diagnostics);
        for (doc, page) in translations.iter_mut().zip(&group[1..]) {
            sections::set_translation_ids(
                &page.source,
                doc,
                &group[0].source,
                source,
                &mut diagnostics,
            );
        }
    }
    let mut versions: Vec<Option<DraftVersion>> = config.languages.iter().map(|_| None).collect();
    for ((page, doc), meta) in group.into_iter().zip(docs).zip(metas) {
        if let Some(i) = config.lang_index(&page.lang) {
            versions[i] = Some(DraftVersion { page, doc, meta });
        }
    }
    Draft { id, kind, versions, diagnostics }
}

/// Every document that some page includes, with its ids; empty when nothing is included.
fn library(drafts: &mut [Draft], partials: Vec<Vec<Page>>, config: &Config) -> includes::Library {
    let includes_something =
        |d: &Draft| d.versions.iter().flatten().any(|v| includes::has_includes(&v.doc));
    let mut library = includes::Library::new();
    if !drafts.iter().any(includes_something) {
        return library;
    }
    for version in drafts.iter().flat_map(|d| d.versions.iter().flatten()) {
        let entry = (version.page.lang.clone(), Arc::new(version.doc.clone()));
        library.insert(version.page.source.clone(), entry);
    }
    for group in partials {
        for version in draft(config, group).versions.into_iter().flatten() {
            library.insert(version.page.source, (version.page.lang, Arc::new(version.doc)));
        }
    }
    library
}

impl Draft {
    fn expand(&mut self, config: &Config, library: &includes::Library) {
        for version in self.versions.iter_mut().flatten() {
            if library.is_empty() || !includes::has_includes(&version.doc) {
                continue;
            }
            includes::expand(
                &version.page.source,
                &version.page.lang,
                &config.languages,
                &mut version.doc,
                library,
                &mut self.diagnostics,
            );
            sections::set_included_ids(&mut version.doc);
        }
    }

    /// Source paths of its files without language and extension.
    fn stems(&self, config: &Config) -> Vec<String> {
        let versions = self.versions.iter().flatten();
        versions.map(|v| stem(v.page.source.as_str(), &config.languages).to_owned()).collect()
    }

    /// The finished pair, if this edition shows it and it can be shown at all.
    fn into_pair(self, edition: &Edition) -> Option<Pair> {
        let versions: Vec<Option<Version>> =
            self.versions.into_iter().map(|v| v.and_then(|v| version(v, edition))).collect();
        let fallback = versions.iter().position(Option::is_some)?;
        let meta = &versions[fallback].as_ref()?.meta;
        let for_reader = match &edition.audiences {
            Some(wanted) => {
                meta.audience.is_empty() || meta.audience.iter().any(|a| wanted.contains(a))
            }
            None => true,
        };
        let shown = for_reader && (!meta.draft || edition.drafts);
        shown.then_some(Pair {
            id: self.id,
            kind: self.kind,
            versions,
            fallback,
            section: 0,
            neighbours: (None, None),
            cited_by: Vec::new(),
        })
    }
}

fn version(draft: DraftVersion, edition: &Edition) -> Option<Version> {
    let (headings, ids) = sections::anchors(&draft.doc, edition);
    let alias_spans = match draft.page.front.fields.get(&Key::Aliases).map(|f| &f.value) {
        Some(Value::List(list)) => list.clone(),
        _ => Vec::new(),
    };
    Some(Version {
        lang: draft.page.lang,
        source: draft.page.source,
        meta: draft.meta?,
        doc: Arc::new(draft.doc),
        headings,
        ids,
        cites_replaced: Vec::new(),
        alias_spans,
    })
}

fn assemble(
    config: Arc<Config>,
    edition: &Edition,
    mut pairs: Vec<Pair>,
    assets: BTreeMap<RelPath, Asset>,
    statics: BTreeMap<RelPath, FileData>,
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
        hidden: HashSet::new(),
        used_partials: BTreeSet::new(),
        sections,
        section_by_folder,
        by_number,
        replaced_by,
        assets,
        statics,
        tags,
        audiences,
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

fn follow_links(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    let followed: Vec<Vec<Option<links::Followed>>> = (0..site.pairs.len())
        .into_par_iter()
        .map(|pair| {
            let versions = site.pairs[pair].versions.iter().enumerate();
            versions
                .map(|(lang, v)| v.as_ref().map(|v| links::follow(site, pair, lang, v)))
                .collect()
        })
        .collect();
    let mut cited_by: Vec<Vec<usize>> = vec![Vec::new(); site.pairs.len()];
    for (pair, versions) in followed.into_iter().enumerate() {
        for (lang, found) in versions.into_iter().enumerate() {
            let Some(found) = found else { continue };
            diagnostics.extend(found.diagnostics);
            site.used_partials.extend(found.uses);
            for cited in found.cites {
                if !cited_by[cited].contains(&pair) {
                    cited_by[cited].push(pair);
                }
            }
            if let Some(version) = &mut site.pairs[pair].versions[lang] {
                version.cites_replaced = found.cites_replaced;
            }
        }
    }
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

/// A page without a translation is shown in its own language; its editor is told.
fn report_translations(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for pair in &site.pairs {
        let source = pair.source_version();
        for (lang, version) in site.config.languages.iter().zip(&pair.versions) {
            if version.is_some() {
                continue;
            }
            let file =
                format!("{}.{lang}.md", stem(source.source.as_str(), &site.config.languages));
            diagnostics.push(
                Diagnostic::new(Code::MissingTranslation, &source.source)
                    .with("lang", lang.as_str())
                    .with("file", file),
            );
        }
    }
}
