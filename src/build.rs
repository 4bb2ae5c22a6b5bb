//! A build: the project is read and understood, every route rendered, the files put in place.

use crate::base::Lang;
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::emit::{self, EmitError, Staging, Summary};
use crate::load;
use crate::model::*;
use crate::project::{EditionChoice, Project};
use crate::render::Renderer;
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What to build, and when to refuse.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// What it shows.
    pub edition: EditionChoice,
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
    let (snapshot, problems) = load::load(root);
    let mut project = Project::new(snapshot, problems, &options.edition, None);
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let mut io_failed = false;
    let built = match write(&project, root, out, options.strict, progress, &mut diagnostics) {
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
        let _ = emit::save_cache(root, &project.snapshot.cache);
    }
    let diagnostics = tidy(diagnostics);
    Outcome { snapshot: project.snapshot, diagnostics, built, io_failed }
}

fn write(
    project: &Project,
    root: &Path,
    out: &Path,
    strict: bool,
    progress: &(dyn Fn(Stage) + Sync),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Built>, EmitError> {
    let Some(renderer) = &project.renderer else { return Ok(None) };
    // What is wrong already is not written, but still rendered: a run reports everything.
    let staging = match refused(diagnostics, strict) {
        true => None,
        false => Some(Staging::begin(out, root)?),
    };
    let write = |artifact: &Artifact| {
        if let Some(staging) = &staging {
            staging.write(artifact);
        }
    };
    diagnostics.extend(render_all(renderer, &write, progress));
    if staging.is_some() && !refused(diagnostics, strict) {
        write_indexes(renderer, &write);
    }
    let Some(staging) = staging.filter(|_| !refused(diagnostics, strict)) else { return Ok(None) };
    progress(Stage::Writing);
    let summary = staging.commit()?;
    Ok(Some(Built { pages: page_counts(renderer.site()), summary }))
}

/// Makes the index of each language, and hands over its files while the next one is made. No more
/// than two are held, each as large as all texts of its language; and no two files of a folder are
/// made at a time, for which the system would have them wait for one another.
fn write_indexes(renderer: &Renderer, write: &(dyn Fn(&Artifact) + Sync)) {
    let languages = renderer.site().config.languages.len();
    let make = |lang: usize| (lang < languages).then(|| renderer.make_index(lang));
    let mut index = make(0);
    for lang in 0..languages {
        let files = || index.iter().flat_map(|i| renderer.search_files(i)).for_each(|f| write(&f));
        let ((), next) = rayon::join(files, || make(lang + 1));
        index = next;
    }
}

/// Renders every route and hands each file to `take`; gives back what is wrong with them.
/// Both functions are called from many threads.
pub fn render_all(
    renderer: &Renderer,
    take: &(dyn Fn(&Artifact) + Sync),
    progress: &(dyn Fn(Stage) + Sync),
) -> Vec<Diagnostic> {
    let site = renderer.site();
    progress(Stage::Rendering(site.routes.len()));
    let found = Mutex::new(Vec::new());
    site.routes.par_iter().for_each(|(path, route)| {
        let rendered = renderer.render(path, route);
        if !rendered.diagnostics.is_empty() {
            // A poisoned lock only means that another render panicked; the list is whole.
            found.lock().unwrap_or_else(PoisonError::into_inner).extend(rendered.diagnostics);
        }
        take(&rendered.artifact);
        progress(Stage::Rendered);
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    without_consequences(site, found)
}

/// Everything found, as a person reads it: sorted, each once, and without what only follows
/// from something else.
pub fn tidy(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diag::drop_consequences(&mut diagnostics);
    diag::sort(&mut diagnostics);
    diagnostics
}

/// What rendering found, without what only follows from something else: every page links to a
/// home page that is not there, and editors' HTML is reported where it was written.
pub(crate) fn without_consequences(site: &Site, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let target = |d: &Diagnostic| (d.file.clone(), d.args.get("target").cloned());
    let written: HashSet<_> =
        found.iter().filter(|d| d.code == Code::RawReference).map(target).collect();
    let no_home = site.page_by_address("index").is_none();
    found.retain(|d| d.code != Code::NotOffline || !(no_home || written.contains(&target(d))));
    found
}

fn refused(diagnostics: &[Diagnostic], strict: bool) -> bool {
    let refuses = |severity| match severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Note => false,
    };
    diagnostics.iter().any(|d| refuses(d.severity()))
}

fn page_counts(site: &Site) -> Vec<(Lang, usize)> {
    let written = |lang: usize| site.pairs.iter().filter(|p| p.versions[lang].is_some()).count();
    let languages = site.config.languages.iter().enumerate();
    languages.map(|(i, lang)| (lang.clone(), written(i))).collect()
}
