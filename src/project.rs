//! A project as far as it is understood before a byte is rendered: what `load` read, parsed
//! and resolved. After a change, what depends only on files that did not change is used again.

use crate::base::{Lang, RelPath, read_as_meant};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use crate::render::{Renderer, highlight::Highlighter, theme, theme::Theme};
use crate::resolve::{Draft, Material};
use crate::{parse, resolve};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Which edition of a handbook is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditionChoice {
    /// Its name in site.toml; an empty one is everything that there is.
    pub name: String,
    /// Shows drafts whatever the edition says.
    pub drafts: bool,
}

impl EditionChoice {
    /// Everything that there is, for those who write it.
    pub fn everything() -> EditionChoice {
        EditionChoice { name: String::new(), drafts: true }
    }
}

/// A project, understood.
pub struct Project {
    /// Its files.
    pub snapshot: Snapshot,
    /// What is wrong with them, in no particular order. What only rendering finds is not here.
    pub diagnostics: Vec<Diagnostic>,
    /// Makes its pages; `None` where site.toml or the theme does not allow any.
    pub renderer: Option<Renderer>,
    parts: Option<Parts>,
}

/// What was made of the files, each part with what was found wrong in making it.
struct Parts {
    config: Arc<Config>,
    config_problems: Vec<Diagnostic>,
    edition: Edition,
    theme: Option<Arc<Theme>>,
    theme_problems: Vec<Diagnostic>,
    names: Arc<Names>,
    names_problems: Vec<Diagnostic>,
    drafts: Vec<Arc<Draft>>,
    partials: Vec<Arc<Draft>>,
    assets: BTreeMap<RelPath, PreparedAsset>,
    lock: Option<Arc<Lock>>,
    lock_problems: Vec<Diagnostic>,
    glossary: Arc<Glossary>,
    glossary_problems: Vec<Diagnostic>,
}

type PreparedAsset = (Option<Asset>, Vec<Diagnostic>);

impl Project {
    /// Understands `snapshot`. `problems` is what was found wrong in reading it. `previous` is
    /// the project as it was: the result is the same without it, only later.
    pub fn new(
        snapshot: Snapshot,
        problems: Vec<Diagnostic>,
        choice: &EditionChoice,
        previous: Option<&Project>,
    ) -> Project {
        let mut project = Project { snapshot, diagnostics: problems, renderer: None, parts: None };
        if project.diagnostics.iter().any(|d| d.code == Code::NoSite) {
            return project;
        }
        let before =
            previous.and_then(|p| Some(Before { of: &p.snapshot, parts: p.parts.as_ref()? }));
        let (config, found) = match config(&project.snapshot, before.as_ref()) {
            Ok(config) => config,
            Err(found) => {
                project.diagnostics.extend(found);
                return project;
            }
        };
        project.diagnostics.extend(found.iter().cloned());
        let edition = match edition(&config, choice) {
            Ok(edition) => edition,
            Err(diagnostic) => {
                project.diagnostics.push(diagnostic);
                return project;
            }
        };
        // Whatever is made of a file depends on site.toml too.
        let before =
            before.filter(|b| Arc::ptr_eq(&b.parts.config, &config) && b.parts.edition == edition);
        let parts =
            parts(&project.snapshot, (config, found), edition, before, &mut project.diagnostics);
        let previous = previous.and_then(|p| p.renderer.as_ref());
        project.renderer = renderer(&project.snapshot, &parts, previous, &mut project.diagnostics);
        project.parts = Some(parts);
        project
    }
}

/// The project as it was, and what was made of it then.
struct Before<'a> {
    of: &'a Snapshot,
    parts: &'a Parts,
}

impl Before<'_> {
    /// Whether the project has the Markdown files that it had.
    fn same_names(&self, snapshot: &Snapshot) -> bool {
        self.of.pages.len() == snapshot.pages.len()
            && self.of.pages.keys().eq(snapshot.pages.keys())
    }

    /// Markdown files that are new or say something else.
    fn changed(&self, snapshot: &Snapshot) -> HashSet<RelPath> {
        if self.same_names(snapshot) {
            let both = self.of.pages.values().zip(&snapshot.pages);
            let changed = both.filter(|(before, (_, now))| !before.same(now));
            return changed.map(|(_, (file, _))| file.clone()).collect();
        }
        let same = |file: &RelPath, now: &SourceText| {
            self.of.pages.get(file).is_some_and(|before| before.same(now))
        };
        let changed = snapshot.pages.iter().filter(|(file, now)| !same(file, now));
        changed.map(|(file, _)| file.clone()).collect()
    }
}

/// The configuration and what is wrong with it. An error where it cannot be used: what its
/// unreadable lines said would be missed everywhere in the content.
fn config(
    snapshot: &Snapshot,
    before: Option<&Before<'_>>,
) -> Result<(Arc<Config>, Vec<Diagnostic>), Vec<Diagnostic>> {
    if let Some(before) = before.filter(|b| b.of.config.same(&snapshot.config)) {
        return Ok((before.parts.config.clone(), before.parts.config_problems.clone()));
    }
    let (config, found) = parse::config::parse_config(&snapshot.config.text);
    let unread = found.iter().any(|d| d.code == Code::BadToml);
    match config.filter(|_| !unread) {
        Some(config) => Ok((Arc::new(config), found)),
        None => Err(found),
    }
}

fn edition(config: &Config, choice: &EditionChoice) -> Result<Edition, Diagnostic> {
    if choice.name.is_empty() {
        return Ok(Edition::everything());
    }
    let Some(edition) = config.editions.get(&choice.name) else {
        let names = config.editions.keys().map(String::as_str);
        let known = names.clone().collect::<Vec<_>>().join(", ");
        return Err(Diagnostic::new(Code::UnknownEdition, &RelPath::new("site.toml"))
            .with("edition", &choice.name)
            .with("allowed", known)
            .suggest(&choice.name, names));
    };
    Ok(Edition { drafts: edition.drafts || choice.drafts, ..edition.clone() })
}

fn parts(
    snapshot: &Snapshot,
    (config, config_problems): (Arc<Config>, Vec<Diagnostic>),
    edition: Edition,
    before: Option<Before<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Parts {
    let (theme, theme_problems) = match &before {
        Some(b) if same_files(&b.of.themes, &snapshot.themes) => {
            (b.parts.theme.clone(), b.parts.theme_problems.clone())
        }
        _ => {
            let (theme, found) = theme::load(snapshot, &config);
            (theme.map(Arc::new), found)
        }
    };
    diagnostics.extend(theme_problems.iter().cloned());
    let (names, names_problems) = match &before {
        Some(b) if b.same_names(snapshot) => {
            (b.parts.names.clone(), b.parts.names_problems.clone())
        }
        _ => {
            let (names, found) = parse::names(snapshot, &config);
            (Arc::new(names), found)
        }
    };
    diagnostics.extend(names_problems.iter().cloned());
    let (lock, lock_problems) = match (&snapshot.lock, &before) {
        (None, _) => (None, Vec::new()),
        (Some(now), Some(b)) if b.of.lock.as_ref().is_some_and(|lock| lock.same(now)) => {
            (b.parts.lock.clone(), b.parts.lock_problems.clone())
        }
        (Some(now), _) => {
            let (lock, found) = parse::lock::parse_lock(&now.text, &config.languages);
            // A part of it would look as if the rest had never been reviewed.
            (found.is_empty().then(|| Arc::new(lock)), found)
        }
    };
    diagnostics.extend(lock_problems.iter().cloned());
    let file = RelPath::new(Glossary::FILE);
    let (glossary, glossary_problems) = match (snapshot.assets.get(&file), &before) {
        (Some(now), Some(b)) if b.of.assets.get(&file).is_some_and(|was| was.same(now)) => {
            (b.parts.glossary.clone(), b.parts.glossary_problems.clone())
        }
        (now, _) => {
            let other = snapshot.assets.contains_key(&RelPath::new(OTHER_GLOSSARY));
            let (glossary, found) = glossary(now, other, &config);
            (Arc::new(glossary), found)
        }
    };
    diagnostics.extend(glossary_problems.iter().cloned());
    let maker = Maker::new((snapshot, lock.as_deref()), &config, &edition, before.as_ref());
    let drafts = maker.drafts(&names.pages, |parts| (&parts.names.pages, &parts.drafts));
    let partials = maker.drafts(&names.partials, |parts| (&parts.names.partials, &parts.partials));
    let assets = maker.assets();
    diagnostics.extend(assets.values().flat_map(|(_, found)| found.iter().cloned()));
    Parts {
        config,
        config_problems,
        edition,
        theme,
        theme_problems,
        names,
        names_problems,
        drafts,
        partials,
        assets,
        lock,
        lock_problems,
        glossary,
        glossary_problems,
    }
}

/// The terms of a handbook that has a glossary, and what is wrong with it.
fn glossary(file: Option<&FileData>, other: bool, config: &Config) -> (Glossary, Vec<Diagnostic>) {
    let Some(file) = file else { return (Glossary::default(), misnamed_glossary(other)) };
    let text = file.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
    match text {
        Some(text) => parse::glossary::parse_glossary(&read_as_meant(text).text, config),
        None => {
            let d = Diagnostic::new(Code::NotUtf8, &RelPath::new(Glossary::FILE))
                .with("problem_vi", "bảng thuật ngữ không phải là văn bản UTF-8")
                .with("problem_en", "the glossary is no UTF-8 text");
            (Glossary::default(), vec![d])
        }
    }
}

/// How else its file might be called.
const OTHER_GLOSSARY: &str = "content/glossary.yml";

fn misnamed_glossary(is_there: bool) -> Vec<Diagnostic> {
    let report = || {
        Diagnostic::new(Code::BadGlossary, &RelPath::new(OTHER_GLOSSARY))
            .with("problem_vi", "tệp phải có tên là `glossary.yaml`")
            .with("problem_en", "the file must be called `glossary.yaml`")
            .advise("đổi tên tệp", "rename it")
    };
    is_there.then(report).into_iter().collect()
}

/// Makes what depends on single files.
struct Maker<'a> {
    snapshot: &'a Snapshot,
    lock: Option<&'a Lock>,
    config: &'a Config,
    edition: &'a Edition,
    before: Option<(&'a Before<'a>, HashSet<RelPath>)>,
}

impl<'a> Maker<'a> {
    fn new(
        (snapshot, lock): (&'a Snapshot, Option<&'a Lock>),
        config: &'a Config,
        edition: &'a Edition,
        before: Option<&'a Before<'a>>,
    ) -> Maker<'a> {
        let before = before.map(|before| (before, before.changed(snapshot)));
        Maker { snapshot, lock, config, edition, before }
    }

    /// Whether the same was reviewed of a page as before.
    fn same_review(&self, before: Option<&Lock>, page: &PageFiles) -> bool {
        let is_same = match (self.lock, before) {
            (Some(now), Some(before)) => std::ptr::eq(now, before),
            (now, before) => now.is_none() && before.is_none(),
        };
        // Seldom is it another one.
        if is_same {
            return true;
        }
        let of = |lock: Option<&Lock>, lang: &Lang| {
            lock.map(|lock| lock.headings(lang, &page.id)).unwrap_or_default()
        };
        page.files.iter().all(|(_, lang)| of(self.lock, lang) == of(before, lang))
    }

    /// The drafts of `pages`. `earlier` finds those that were made before.
    fn drafts(
        &self,
        pages: &[PageFiles],
        earlier: impl Fn(&Parts) -> (&Vec<PageFiles>, &Vec<Arc<Draft>>) + Sync,
    ) -> Vec<Arc<Draft>> {
        let again = |page: &PageFiles| {
            let (before, changed) = self.before.as_ref()?;
            if page.files.iter().any(|(file, _)| changed.contains(file)) {
                return None;
            }
            let (pages, drafts) = earlier(before.parts);
            let at = pages.binary_search_by(|p| p.id.cmp(&page.id)).ok()?;
            let same = pages[at] == *page && self.same_review(before.parts.lock.as_deref(), page);
            same.then(|| drafts[at].clone())
        };
        let make = |page: &PageFiles| {
            let (files, found) = parse::files(self.snapshot, self.config, page);
            resolve::draft(self.config, self.edition, self.lock, files, found).map(Arc::new)
        };
        let one = |page| again(page).or_else(|| make(page));
        pages.par_iter().with_min_len(16).filter_map(one).collect()
    }

    fn assets(&self) -> BTreeMap<RelPath, PreparedAsset> {
        let again = |source: &RelPath, data: &FileData| {
            let (before, _) = self.before.as_ref()?;
            let same = before.of.assets.get(source)?.same(data);
            same.then(|| before.parts.assets.get(source).cloned()).flatten()
        };
        let make = |source: &RelPath, data: &FileData| {
            parse::asset(source, data, &self.config.limits, &self.snapshot.cache)
        };
        self.snapshot
            .assets
            .par_iter()
            .map(|(source, data)| {
                let made = again(source, data).unwrap_or_else(|| make(source, data));
                (source.clone(), made)
            })
            .collect()
    }
}

fn renderer(
    snapshot: &Snapshot,
    parts: &Parts,
    previous: Option<&Renderer>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Renderer> {
    let theme_files: Vec<String> =
        parts.theme.iter().flat_map(|t| t.files()).map(|(name, _)| name).collect();
    let assets = parts.assets.iter();
    let material = Material {
        config: parts.config.clone(),
        edition: &parts.edition,
        drafts: parts.drafts.clone(),
        partials: parts.partials.clone(),
        assets: assets.filter_map(|(s, (asset, _))| Some((s.clone(), asset.clone()?))).collect(),
        statics: snapshot.statics.clone(),
        lock: parts.lock.clone(),
        glossary: parts.glossary.clone(),
        theme_files: &theme_files,
    };
    let (site, found) = resolve::resolve(material, previous.map(|r| &**r.site()));
    diagnostics.extend(found);
    let theme = parts.theme.clone()?;
    let highlighter =
        previous.map_or_else(|| Arc::new(Highlighter::new()), |r| r.highlighter().clone());
    Some(Renderer::new(Arc::new(site), theme, highlighter, snapshot.cache.clone()))
}
