//! What a change has to know of the project: its pages, their kinds and former addresses, and
//! everything that is wrong with it before.

use super::places::{Places, is_below};
use super::refusal::Refusal;
use crate::base::{RelPath, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Asset, Config, Edition, FileData, FrontMatter, Key, Kind, PageFiles, PageId, Snapshot, Value,
    asset_path, is_partial,
};
use crate::resolve::Material;
use crate::{parse, resolve};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Fronts = BTreeMap<RelPath, FrontMatter>;

/// The project, as far as a change has to know it.
pub struct Survey<'a> {
    /// Its files.
    pub snapshot: &'a Snapshot,
    /// Its site.toml.
    pub config: Arc<Config>,
    /// Where everything lies.
    pub places: Places,
    /// The front matter of every page's file.
    fronts: Fronts,
    /// What is wrong with the project.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Survey<'a> {
    /// Looks at the whole project. A site.toml that cannot be used is refused.
    pub fn of(snapshot: &'a Snapshot) -> Result<Survey<'a>, Refusal> {
        let (config, mut diagnostics) = parse::config::parse_config(&snapshot.config.text);
        let unread = diagnostics.iter().any(|d| d.code == Code::BadToml);
        let Some(config) = config.filter(|_| !unread).map(Arc::new) else {
            let refusal = Refusal::new("sửa site.toml trước đã", "mend site.toml first");
            return Err(refusal.because(diagnostics, snapshot));
        };
        let (fronts, found) = understood(snapshot, &config);
        diagnostics.extend(found);
        let places = Places::of(&config, snapshot.pages.keys(), snapshot.assets.keys());
        Ok(Survey { snapshot, config, places, fronts, diagnostics })
    }

    /// The front matter of a page's file.
    pub fn front(&self, file: &RelPath) -> Option<&FrontMatter> {
        self.fronts.get(file)
    }

    /// The files of a page in the order of the site's languages; the first owns its facts.
    pub fn files(&self, id: &PageId) -> &[RelPath] {
        self.places.pages().get(id).map_or(&[], Vec::as_slice)
    }

    /// What a page is, by its own word or its folder's.
    pub fn kind(&self, id: &PageId) -> Kind {
        self.written_kind(id).unwrap_or_else(|| implied_kind(id))
    }

    /// The kind that a page's front matter names.
    pub fn written_kind(&self, id: &PageId) -> Option<Kind> {
        let owner = self.files(id).first()?;
        match &self.front(owner)?.fields.get(&Key::Kind)?.value {
            Value::Text(kind) => Kind::from_id(kind),
            _ => None,
        }
    }

    /// The page that has `address` among its former ones, and the file that says so.
    pub fn alias(&self, address: &str) -> Option<(PageId, RelPath)> {
        self.fronts.iter().find_map(|(file, front)| {
            let has = former(front).iter().any(|(alias, _)| is_address(alias, address));
            let id = self.places.id(file)?;
            has.then(|| (id.clone(), file.clone()))
        })
    }

    /// The document numbers that the project has summaries of, with their files.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, &RelPath)> {
        self.fronts.iter().filter_map(|(file, front)| {
            match &front.fields.get(&Key::Number)?.value {
                Value::Text(number) => Some((number.as_str(), file)),
                _ => None,
            }
        })
    }

    /// The folders of `content/` that make the folder of this address: more than one where
    /// `Talks/` and `talks/` stand side by side.
    pub fn folders(&self, address: &str) -> BTreeSet<String> {
        let files = self.snapshot.pages.keys().chain(self.snapshot.assets.keys());
        let depth = address.split('/').count();
        files
            .filter_map(|file| folder_of_depth(file, depth))
            .filter(|f| folded(f) == address)
            .collect()
    }

    /// The folder in which a page of this address's parts stands: as its parts are spelled where
    /// they exist, folded where they do not.
    pub fn folder_for(&self, parts: &[String]) -> String {
        let mut folder = "content".to_owned();
        for (i, part) in parts.iter().enumerate() {
            let known = self.folders(&parts[..=i].join("/"));
            let mut known = known.into_iter().filter(|f| is_below(f, &folder));
            folder = match known.next() {
                Some(spelled) => spelled,
                None => format!("{folder}/{part}"),
            };
        }
        folder
    }

    /// Refuses a plan after which more would be wrong than is now.
    pub fn check(&self, after: &Snapshot) -> Result<(), Refusal> {
        let new = Survey::of(after)?.diagnostics;
        let (before, now) = (counts(&self.diagnostics), counts(&new));
        let more = |d: &&Diagnostic| now.get(&d.code) > before.get(&d.code);
        let mut worse: Vec<Diagnostic> = new.iter().filter(more).cloned().collect();
        if worse.is_empty() {
            return Ok(());
        }
        // What is as it was is not what is new.
        if worse.iter().any(|d| !self.diagnostics.contains(d)) {
            worse.retain(|d| !self.diagnostics.contains(d));
        }
        let refusal = Refusal::new(
            "không làm, vì sau đó sổ tay sẽ có thêm những lỗi trên",
            "nothing is done, because the handbook would then have the problems above",
        );
        Err(refusal.because(worse, after))
    }
}

/// How often each thing is wrong.
fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    diagnostics.iter().for_each(|d| *counts.entry(d.code).or_default() += 1);
    counts
}

/// The kind that a page has where its front matter names none.
pub fn implied_kind(id: &PageId) -> Kind {
    if id.is_index() { Kind::Page } else { Kind::of_folder(id.folder()) }
}

/// The former addresses in one file, each with its place.
pub fn former(front: &FrontMatter) -> &[(String, crate::base::Span)] {
    match front.fields.get(&Key::Aliases).map(|field| &field.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Whether an alias, as written, is `address`.
pub fn is_address(alias: &str, address: &str) -> bool {
    alias.trim().trim_matches('/') == address
}

/// The front matter of every page's file, and what is wrong with the project, but for what is in
/// its pictures: where they lie is all that matters here.
fn understood(snapshot: &Snapshot, config: &Arc<Config>) -> (Fronts, Vec<Diagnostic>) {
    let edition = Edition::everything();
    let (names, mut diagnostics) = parse::names(snapshot, config);
    let parsed = |page: &PageFiles| parse::files(snapshot, config, page);
    let pages: Vec<_> = names.pages.par_iter().map(parsed).collect();
    let partials: Vec<_> = names.partials.par_iter().map(parsed).collect();
    let fronts = pages.iter().flat_map(|(files, _)| files);
    let fronts = fronts.map(|page| (page.source.clone(), page.front.clone())).collect();
    let draft = |(files, found)| resolve::draft(config, &edition, None, files, found).map(Arc::new);
    let placed = |(file, data): (&RelPath, &FileData)| {
        let path = asset_path(file)?;
        Some((file.clone(), Asset { path, data: data.clone(), size: None }))
    };
    let material = Material {
        config: config.clone(),
        edition: &edition,
        drafts: pages.into_par_iter().filter_map(draft).collect(),
        partials: partials.into_par_iter().filter_map(draft).collect(),
        assets: snapshot.assets.iter().filter_map(placed).collect(),
        statics: snapshot.statics.clone(),
        lock: None,
        glossary: Arc::default(),
        theme_files: &[],
    };
    diagnostics.extend(resolve::resolve(material, None).1);
    (fronts, diagnostics)
}

/// The folder at `depth` below `content/` around a file, unless it is only for includes.
fn folder_of_depth(file: &RelPath, depth: usize) -> Option<String> {
    if is_partial(&RelPath::new(file.folder())) {
        return None;
    }
    let parts: Vec<&str> = file.folder().split('/').collect();
    (parts.len() > depth).then(|| parts[..=depth].join("/"))
}

/// The address of a folder below `content/`.
fn folded(folder: &str) -> String {
    folder.split('/').skip(1).map(slug).collect::<Vec<_>>().join("/")
}
