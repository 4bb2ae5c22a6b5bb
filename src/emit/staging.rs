//! A build in progress: takes artifacts from many threads, and swaps the finished tree in.

use super::Summary;
use super::compare::is_same;
use super::error::EmitError;
use super::leftovers::Workspace;
use super::lock::Lock;
use super::previous::{self, MANIFEST, Previous};
use super::swap::swap;
use super::target::Target;
use super::transfer::{Carrier, create};
use crate::base::UrlPath;
use crate::model::{Artifact, Content};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// A build in progress. Nothing is seen of it until [`Staging::commit`]; dropped without, it
/// leaves the previous site as it was and removes what it made.
///
/// ```no_run
/// # use sotay::{emit::Staging, model::Artifact};
/// # use rayon::prelude::*;
/// # fn render(_: &u32) -> Artifact { unimplemented!() }
/// # let routes: Vec<u32> = vec![];
/// let staging = Staging::begin("dist".as_ref(), ".".as_ref())?;
/// routes.par_iter().for_each(|route| staging.write(&render(route)));
/// let summary = staging.commit()?;
/// # Ok::<(), sotay::emit::EmitError>(())
/// ```
#[derive(Debug)]
pub struct Staging {
    target: Target,
    previous: Previous,
    folders: Folders,
    carrier: Carrier,
    taken: Mutex<Taken>,
    failure: Mutex<Option<(String, EmitError)>>,
    // Last, so that nothing of the build outlives the staging folder and its lock.
    workspace: Workspace,
}

/// Artifacts so far, by what became of them.
#[derive(Debug, Default)]
struct Taken {
    /// In the staging folder.
    written: Vec<UrlPath>,
    /// Like the previous site's; carried over at the end, if it comes to that.
    unchanged: Vec<UrlPath>,
}

impl Staging {
    /// Begins a build of the project at `root` into `out`: checks that `out` may be written,
    /// keeps other builds away from it, and puts right what killed ones left.
    pub fn begin(out: &Path, root: &Path) -> Result<Staging, EmitError> {
        let target = Target::new(out, root)?;
        check_writable(&target)?;
        fs::create_dir_all(&target.parent).map_err(|e| EmitError::io(out, e))?;
        let workspace = Workspace::open(&target, Lock::take(&target)?)?;
        let previous = Previous::scan(&target.out, &target.shown)?;
        fs::create_dir(workspace.site()).map_err(|e| EmitError::io(out, e))?;
        Ok(Staging {
            folders: Folders::new(workspace.site()),
            carrier: Carrier::default(),
            taken: Mutex::default(),
            failure: Mutex::default(),
            target,
            previous,
            workspace,
        })
    }

    /// Takes one file of the new site, from any thread. A failure is kept for
    /// [`Staging::commit`], which reports the first in order of path whatever the threads did.
    pub fn write(&self, artifact: &Artifact) {
        let path = &artifact.path;
        if !self.wants(path) {
            return;
        }
        match self.take(path, &artifact.content) {
            Ok(true) => locked(&self.taken).written.push(path.clone()),
            Ok(false) => locked(&self.taken).unchanged.push(path.clone()),
            Err(e) => self.fail(path.as_str(), e),
        }
    }

    /// Whether writing `path` still matters: not after a failure earlier in order of path. A
    /// caller may ask before it renders.
    pub fn wants(&self, path: &UrlPath) -> bool {
        locked(&self.failure).as_ref().is_none_or(|(failed, _)| path.as_str() < &**failed)
    }

    /// Makes what was written the output, in one step. Where nothing differs from the previous
    /// site the output is not touched at all.
    pub fn commit(mut self) -> Result<Summary, EmitError> {
        let taken = std::mem::take(&mut *locked(&self.taken));
        let names = self.distinct(&taken);
        self.check_failure()?;
        let summary = Summary {
            written: taken.written.len(),
            unchanged: taken.unchanged.len(),
            removed: self.previous.files.iter().filter(|f| !names.contains(&***f)).count(),
        };
        let manifest = previous::manifest(&names);
        if summary.written == 0 && manifest == self.previous.manifest {
            return Ok(summary);
        }
        self.complete(&taken.unchanged, manifest)?;
        swap(&self.target, &self.workspace.site())?;
        Ok(summary)
    }

    /// The names of the new site's files; a failure if two artifacts share one.
    fn distinct<'a>(&self, taken: &'a Taken) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        for path in taken.written.iter().chain(&taken.unchanged) {
            if !names.insert(path.as_str()) {
                self.fail(path.as_str(), io::ErrorKind::AlreadyExists.into());
            }
        }
        names
    }

    /// Whether the file was written; not when the previous one will do.
    fn take(&self, path: &UrlPath, content: &Content) -> io::Result<bool> {
        check(path)?;
        if self.previous.files.contains(path.as_str())
            && is_same(&self.target.out.join(path.as_str()), content)
        {
            return Ok(false);
        }
        self.folders.ensure(path.folder())?;
        create(&self.folders.site.join(path.as_str()), content)?;
        Ok(true)
    }

    /// Adds to the staging folder what stays of the previous site, and the manifest.
    fn complete(&mut self, unchanged: &[UrlPath], manifest: Vec<u8>) -> Result<(), EmitError> {
        let site = self.workspace.site();
        unchanged.par_iter().for_each(|path| {
            if self.wants(path)
                && let Err(e) = self.carry(path.folder(), path.as_str())
            {
                self.fail(path.as_str(), e);
            }
        });
        for path in &self.previous.litter {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            // How a window looked is no loss with its folder, nor worth failing for.
            if self.folders.has(folder) {
                let _ = self.carry(folder, path);
            }
        }
        fs::write(site.join(MANIFEST), manifest)
            .and_then(|()| keep_permissions(&self.target.out, &site))
            .unwrap_or_else(|e| self.fail(MANIFEST, e));
        self.check_failure()
    }

    fn carry(&self, folder: &str, path: &str) -> io::Result<()> {
        self.folders.ensure(folder)?;
        self.carrier.carry(&self.target.out.join(path), &self.folders.site.join(path))
    }

    fn fail(&self, path: &str, error: io::Error) {
        let mut first = locked(&self.failure);
        if first.as_ref().is_none_or(|(failed, _)| path < &**failed) {
            let error = EmitError::io(&self.target.shown.join(path), error);
            *first = Some((path.to_owned(), error));
        }
    }

    fn check_failure(&mut self) -> Result<(), EmitError> {
        locked(&self.failure).take().map_or(Ok(()), |(_, error)| Err(error))
    }
}

/// A folder that is read-only was made so on purpose. Told early, because it could be neither
/// exchanged nor removed.
fn check_writable(target: &Target) -> Result<(), EmitError> {
    if fs::metadata(&target.out).is_ok_and(|m| m.permissions().readonly()) {
        return Err(EmitError::io(&target.shown, io::ErrorKind::PermissionDenied.into()));
    }
    Ok(())
}

/// Paths come from our own slugs and routes; one that would leave the output, or pose as our
/// manifest, is a mistake that must not reach the disk.
fn check(path: &UrlPath) -> io::Result<()> {
    let text = path.as_str();
    let is_name =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0', '\n']);
    if text.is_ascii() && text.split('/').all(is_name) && text != MANIFEST {
        return Ok(());
    }
    Err(io::ErrorKind::InvalidFilename.into())
}

/// The output folder may belong to a web server's group; its successor should too.
#[cfg(unix)]
fn keep_permissions(out: &Path, site: &Path) -> io::Result<()> {
    match fs::metadata(out) {
        Ok(metadata) => fs::set_permissions(site, metadata.permissions()),
        Err(_) => Ok(()),
    }
}

#[cfg(not(unix))]
fn keep_permissions(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

/// The folders of the new tree, each made once.
#[derive(Debug)]
struct Folders {
    site: PathBuf,
    made: RwLock<HashSet<String>>,
}

impl Folders {
    fn new(site: PathBuf) -> Folders {
        Folders { site, made: RwLock::new(HashSet::from([String::new()])) }
    }

    fn has(&self, folder: &str) -> bool {
        self.made.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    fn ensure(&self, folder: &str) -> io::Result<()> {
        if self.has(folder) {
            return Ok(());
        }
        fs::create_dir_all(self.site.join(folder))?;
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        let above = folder.match_indices('/').map(|(i, _)| folder[..i].to_owned());
        made.extend(above.chain([folder.to_owned()]));
        Ok(())
    }
}

/// A poisoned lock means that a render panicked; the list inside is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
