//! The handbook as it is being written: always ready to show a page, and what is wrong with it.
//!
//! A change is read, understood and, if nothing is wrong, shown from then on; else the last good
//! site stays. Pages are rendered when they are asked for, from the same values and by the same
//! function as in a build.

use super::prints::Prints;
use crate::base::UrlPath;
use crate::build::{tidy, without_consequences};
use crate::diag::{Diagnostic, Severity};
use crate::load::{self, Changes};
use crate::model::{Content, Pair, Route, Site, Snapshot};
use crate::project::{EditionChoice, Project};
use crate::render::Renderer;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

/// A handbook in memory. Many threads may ask for files while one reads changes.
pub struct Preview {
    root: PathBuf,
    choice: EditionChoice,
    work: Mutex<Work>,
    shown: RwLock<Arc<Shown>>,
}

/// What is being worked on: the newest state of the files, good or not.
#[derive(Clone)]
struct Work {
    project: Arc<Project>,
    /// What was wrong in reading the files.
    reading: Vec<Diagnostic>,
    /// What was wrong in rendering, by file of the output.
    rendering: BTreeMap<UrlPath, Vec<Diagnostic>>,
    /// Pages that were not rendered since they changed.
    unseen: BTreeSet<UrlPath>,
    generation: u64,
}

/// What visitors see.
pub(super) struct Shown {
    project: Arc<Project>,
    pub prints: Prints,
    /// Whether nothing was wrong when it was taken.
    good: bool,
}

/// What is to be said about the handbook at one moment.
#[derive(Clone)]
pub struct Report {
    /// Grows with every report.
    pub generation: u64,
    /// Everything that is wrong, as far as pages were rendered yet.
    pub diagnostics: Vec<Diagnostic>,
    /// The project that it is about, with the texts of its files.
    pub project: Arc<Project>,
    /// Whether an earlier, good site is shown.
    pub stale: bool,
}

/// A page that became empty is read again after this time: many programs empty a file before
/// they fill it.
const SECOND_LOOK: Duration = Duration::from_millis(80);

/// So many pages are rendered at once after a change, to know whether they are right; where
/// more changed, they are rendered in the background.
const AT_ONCE: usize = 24;

impl Preview {
    /// Reads the handbook at `root`.
    pub fn open(root: &Path, choice: EditionChoice) -> (Preview, Report) {
        let (snapshot, reading) = load::load(root);
        let project = Arc::new(Project::new(snapshot, reading.clone(), &choice, None));
        let mut work = Work {
            project: project.clone(),
            reading,
            rendering: BTreeMap::new(),
            unseen: every_page(&project),
            generation: 0,
        };
        let good = !has_errors(&work.problems());
        let preview = Preview {
            root: root.to_owned(),
            choice,
            shown: RwLock::new(Arc::new(Shown::new(project, good))),
            work: Mutex::new(work.clone()),
        };
        let report = preview.report(&mut work);
        *preview.work() = work;
        (preview, report)
    }

    /// The handbook's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads what changed, and shows it if it is good. `None` if nothing changed after all.
    pub fn refresh(&self, changes: &Changes) -> Option<Report> {
        let mut work = self.work();
        let (snapshot, reading) = self.read(&work, changes);
        if snapshot.same(&work.project.snapshot) && reading == work.reading {
            return None;
        }
        let before = Some(&*work.project);
        let project = Project::new(snapshot, reading.clone(), &self.choice, before);
        work.take(Arc::new(project), reading);
        let good = !has_errors(&work.problems());
        // Where nothing was good yet, the newest is better than an older one.
        if good || !self.shown().good {
            let shown = Arc::new(Shown::new(work.project.clone(), good));
            let before = std::mem::replace(&mut *self.shown_mut(), shown);
            // Nobody need wait until thousands of pages are given back to the system.
            std::thread::spawn(move || drop(before));
        }
        Some(self.report(&mut work))
    }

    fn read(&self, work: &Work, changes: &Changes) -> (Snapshot, Vec<Diagnostic>) {
        let before = (&work.project.snapshot, &*work.reading);
        let read = load::load_again(&self.root, before, changes);
        let emptied = read.0.pages.iter().any(|(file, page)| {
            page.text.is_empty() && before.0.pages.get(file).is_some_and(|p| !p.text.is_empty())
        });
        if !emptied {
            return read;
        }
        std::thread::sleep(SECOND_LOOK);
        load::load_again(&self.root, before, changes)
    }

    /// Renders some pages that were not rendered since they changed, to learn what is wrong
    /// with them. Gives a report if that brought news, and whether every page was rendered.
    pub fn inspect(&self) -> (Option<Report>, bool) {
        let (project, next) = {
            let work = self.work();
            (work.project.clone(), work.unseen.iter().take(AT_ONCE).cloned().collect::<Vec<_>>())
        };
        let rendered: Vec<_> = next.into_iter().map(|path| found_in(&project, path)).collect();
        let mut work = self.work();
        if !Arc::ptr_eq(&work.project, &project) {
            return (None, false);
        }
        let news = rendered.iter().any(|(_, found)| !found.is_empty());
        work.add(rendered);
        let done = work.unseen.is_empty();
        (news.then(|| self.report(&mut work)), done)
    }

    fn report(&self, work: &mut Work) -> Report {
        work.generation += 1;
        Report {
            generation: work.generation,
            diagnostics: work.problems(),
            project: work.project.clone(),
            stale: !Arc::ptr_eq(&work.project, &self.shown().project),
        }
    }

    /// The file of the output at `path`, as a build makes it from the site that is shown.
    pub fn content(&self, path: &str) -> Option<Content> {
        self.shown().content(path)
    }

    /// Every file of the output of the site that is shown, in order of path.
    pub fn paths(&self) -> Vec<UrlPath> {
        let shown = self.shown();
        let mut paths = Vec::new();
        if let Some(renderer) = &shown.project.renderer {
            paths.extend(renderer.site().routes.keys().cloned());
            let languages = 0..renderer.site().config.languages.len();
            let indexes = languages.map(|lang| renderer.search_index(lang));
            paths.extend(indexes.flat_map(|i| renderer.search_files(i)).map(|file| file.path));
        }
        paths.sort();
        paths
    }

    pub(super) fn shown(&self) -> Arc<Shown> {
        // Poison only means that a thread panicked between two whole values.
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn shown_mut(&self) -> RwLockWriteGuard<'_, Arc<Shown>> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    fn new(project: Arc<Project>, good: bool) -> Shown {
        Shown { project, prints: Prints::default(), good }
    }

    /// What makes its pages, unless site.toml or the theme allows none.
    pub fn renderer(&self) -> Option<&Renderer> {
        self.project.renderer.as_ref()
    }

    /// The site, where there is one.
    pub fn site(&self) -> Option<&Arc<Site>> {
        Some(self.renderer()?.site())
    }

    /// The file of the output at `path`.
    pub fn content(&self, path: &str) -> Option<Content> {
        let renderer = self.renderer()?;
        let Some((path, route)) = renderer.site().routes.get_key_value(path) else {
            return renderer.search_file(path);
        };
        Some(renderer.render(path, route).artifact.content)
    }
}

impl Work {
    /// Goes on to `project`, and renders the pages that changed if they are few.
    fn take(&mut self, project: Arc<Project>, reading: Vec<Diagnostic>) {
        let before = std::mem::replace(&mut self.project, project.clone());
        self.reading = reading;
        let changed = changed_pages(&before, &project);
        match &changed {
            Some(changed) => {
                self.rendering.retain(|path, _| !changed.contains(path));
                self.unseen.extend(changed.iter().cloned());
            }
            None => {
                self.rendering.clear();
                self.unseen = every_page(&project);
            }
        }
        let changed = changed.unwrap_or_else(|| self.unseen.clone());
        if changed.len() <= AT_ONCE {
            let rendered = changed.into_iter().map(|path| found_in(&project, path)).collect();
            self.add(rendered);
        }
    }

    /// Notes what was found in rendering some pages.
    fn add(&mut self, rendered: Vec<(UrlPath, Vec<Diagnostic>)>) {
        for (path, found) in rendered {
            self.unseen.remove(&path);
            if !found.is_empty() {
                self.rendering.insert(path, found);
            }
        }
    }

    /// Everything that is known to be wrong.
    fn problems(&self) -> Vec<Diagnostic> {
        let mut all = self.project.diagnostics.clone();
        let rendering: Vec<Diagnostic> = self.rendering.values().flatten().cloned().collect();
        if let Some(renderer) = &self.project.renderer {
            all.extend(without_consequences(renderer.site(), rendering));
        }
        tidy(all)
    }
}

/// Pages of the output that say something else than before; `None` if that may be all of them.
fn changed_pages(before: &Project, now: &Project) -> Option<BTreeSet<UrlPath>> {
    let (before, now) = (before.renderer.as_ref()?, now.renderer.as_ref()?);
    let same_theme = Arc::ptr_eq(before.theme(), now.theme());
    let (before, now) = (before.site(), now.site());
    // What a page links to may have come or gone.
    if !same_theme || !before.routes.keys().eq(now.routes.keys()) {
        return None;
    }
    let pairs = before.pairs.iter().zip(&now.pairs).enumerate();
    let changed = pairs.filter(|(_, (a, b))| a.id != b.id || !same_texts(a, b)).map(|(i, _)| i);
    let languages = || 0..now.config.languages.len();
    let pages = changed.flat_map(|pair| languages().map(move |lang| (pair, lang)));
    Some(pages.map(|(pair, lang)| now.page_path(pair, lang)).collect())
}

fn every_page(project: &Project) -> BTreeSet<UrlPath> {
    let is_page = |r: &Route| matches!(r, Route::Page { .. } | Route::Root | Route::NotFound);
    let routes = project.renderer.iter().flat_map(|r| r.site().routes.iter());
    routes.filter(|(_, route)| is_page(route)).map(|(path, _)| path.clone()).collect()
}

/// What is wrong with the page at `path`.
fn found_in(project: &Project, path: UrlPath) -> (UrlPath, Vec<Diagnostic>) {
    let found = project.renderer.as_ref().and_then(|renderer| {
        let route = renderer.site().routes.get(&path)?;
        Some(renderer.render(&path, route).diagnostics)
    });
    (path, found.unwrap_or_default())
}

fn same_texts(a: &Pair, b: &Pair) -> bool {
    a.versions.len() == b.versions.len()
        && a.versions.iter().zip(&b.versions).all(|pair| match pair {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        })
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}
