//! The five stages, called in order.

use crate::base::{Lang, RelPath};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::emit::{self, EmitError, Staging, Summary};
use crate::model::*;
use crate::render::{Renderer, highlight::Highlighter, theme};
use crate::{load, parse, resolve};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// What to build, and when to refuse.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The edition, by its name in site.toml.
    pub edition: String,
    /// Shows drafts whatever the edition says.
    pub drafts: bool,
    /// Refuses on warnings too.
    pub strict: bool,
}

/// How far a build is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Reading and parsing.
    Reading,
    /// This many files will be rendered.
    Rendering(usize),
    /// One more of them is done.
    Rendered,
    /// Putting the new site in place.
    Writing,
}

/// What came of a build.
pub struct Outcome {
    /// The files that diagnostics speak of.
    pub snapshot: Snapshot,
    /// Everything that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The new site, if there is one.
    pub built: Option<Built>,
    /// Whether a file could not be read or written.
    pub io_failed: bool,
}

impl Outcome {
    /// Whether anything is wrong in the way that `code` says.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|d| d.code == code)
    }
}

/// A site that was written.
#[derive(Clone, Debug)]
pub struct Built {
    /// Pages written in each language, in the order of site.toml.
    pub pages: Vec<(Lang, usize)>,
    /// What changed in the output.
    pub summary: Summary,
}

/// Builds the project at `root` into `out`. The previous site stays where anything is wrong.
/// `progress` is called from many threads.
pub fn build(
    root: &Path,
    out: &Path,
    options: &BuildOptions,
    progress: &(dyn Fn(Stage) + Sync),
) -> Outcome {
    progress(Stage::Reading);
    let (snapshot, mut diagnostics) = load::load(root);
    let mut io_failed = false;
    let built = match stages(&snapshot, root, out, options, progress, &mut diagnostics) {
        Ok(built) => built,
        Err(error) => {
            io_failed = true;
            diagnostics.push(error.to_diagnostic());
            None
        }
    };
    let cannot_read = |d: &Diagnostic| matches!(d.code, Code::NoSite | Code::Unreadable);
    io_failed |= diagnostics.iter().any(cannot_read);
    if built.is_some() {
        // A cache that cannot be saved costs time, not correctness.
        let _ = emit::save_cache(root, &snapshot.cache);
    }
    drop_consequences(&mut diagnostics);
    diag::sort(&mut diagnostics);
    Outcome { snapshot, diagnostics, built, io_failed }
}

fn stages(
    snapshot: &Snapshot,
    root: &Path,
    out: &Path,
    options: &BuildOptions,
    progress: &(dyn Fn(Stage) + Sync),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Built>, EmitError> {
    if diagnostics.iter().any(|d| d.code == Code::NoSite) {
        return Ok(None);
    }
    let (config, found) = parse::config::parse_config(&snapshot.config.text);
    // What the unreadable lines of site.toml said would be missed everywhere in the content.
    let unread = found.iter().any(|d| d.code == Code::BadToml);
    diagnostics.extend(found);
    if unread {
        return Ok(None);
    }
    let Some(config) = config.map(Arc::new) else { return Ok(None) };
    let Some(edition) = edition(&config, options, diagnostics) else { return Ok(None) };
    let (theme, found) = theme::load(snapshot, &config);
    diagnostics.extend(found);
    let (parsed, found) = parse::parse(snapshot, config.clone());
    diagnostics.extend(found);
    let theme_files: Vec<String> =
        theme.iter().flat_map(|t| t.files()).map(|(name, _)| name).collect();
    let (site, found) = resolve::resolve(parsed, &edition, &theme_files);
    diagnostics.extend(found);
    let Some(theme) = theme else { return Ok(None) };
    let highlighter = Highlighter::new();
    let renderer = match Renderer::new(&site, &theme, &highlighter, &snapshot.cache) {
        Ok(renderer) => renderer,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return Ok(None);
        }
    };
    // What is wrong already is not written, but still rendered: a run reports everything.
    let staging = match refused(diagnostics, options) {
        true => None,
        false => Some(Staging::begin(out, root)?),
    };
    let found = render_all(&site, &renderer, staging.as_ref(), progress);
    diagnostics.extend(without_consequences(&site, found));
    let Some(staging) = staging.filter(|_| !refused(diagnostics, options)) else { return Ok(None) };
    progress(Stage::Writing);
    let summary = staging.commit()?;
    Ok(Some(Built { pages: page_counts(&site), summary }))
}

fn render_all(
    site: &Site,
    renderer: &Renderer<'_>,
    staging: Option<&Staging>,
    progress: &(dyn Fn(Stage) + Sync),
) -> Vec<Diagnostic> {
    progress(Stage::Rendering(site.routes.len()));
    let found = Mutex::new(Vec::new());
    site.routes.par_iter().for_each(|(path, route)| {
        let rendered = renderer.render(path, route);
        if !rendered.diagnostics.is_empty() {
            // A poisoned lock only means that another render panicked; the list is whole.
            found.lock().unwrap_or_else(PoisonError::into_inner).extend(rendered.diagnostics);
        }
        if let Some(staging) = staging {
            staging.write(&rendered.artifact);
        }
        progress(Stage::Rendered);
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A translation that could not be read is there, whatever its page knows of it.
fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error);
    let unread: BTreeSet<String> = errors.map(|d| d.file.to_string()).collect();
    diagnostics.retain(|d| {
        let there = d.args.get("file").is_some_and(|file| unread.contains(file));
        d.code != Code::MissingTranslation || !there
    });
}

/// What rendering found, without what only follows from something else: every page links to a
/// home page that is not there, and editors' HTML is reported where it was written.
fn without_consequences(site: &Site, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let target = |d: &Diagnostic| (d.file.clone(), d.args.get("target").cloned());
    let written: HashSet<_> =
        found.iter().filter(|d| d.code == Code::RawReference).map(target).collect();
    let no_home = site.page_by_address("index").is_none();
    found.retain(|d| d.code != Code::NotOffline || !(no_home || written.contains(&target(d))));
    found
}

fn refused(diagnostics: &[Diagnostic], options: &BuildOptions) -> bool {
    diagnostics.iter().any(|d| options.strict || d.severity() == Severity::Error)
}

fn edition(
    config: &Config,
    options: &BuildOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Edition> {
    let Some(edition) = config.editions.get(&options.edition) else {
        let names = config.editions.keys().map(String::as_str);
        let known = names.clone().collect::<Vec<_>>().join(", ");
        diagnostics.push(
            Diagnostic::new(Code::UnknownEdition, &RelPath::new("site.toml"))
                .with("edition", &options.edition)
                .with("allowed", known)
                .suggest(&options.edition, names),
        );
        return None;
    };
    Some(Edition { drafts: edition.drafts || options.drafts, ..edition.clone() })
}

fn page_counts(site: &Site) -> Vec<(Lang, usize)> {
    let written = |lang: usize| site.pairs.iter().filter(|p| p.versions[lang].is_some()).count();
    let languages = site.config.languages.iter().enumerate();
    languages.map(|(i, lang)| (lang.clone(), written(i))).collect()
}
