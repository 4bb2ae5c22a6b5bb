//! The staging folder, and what killed builds left beside the output.

use super::error::EmitError;
use super::lock::Lock;
use super::previous::Previous;
use super::target::Target;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Written first into a staging folder: what is in it may be removed.
const MARKER: &str = ".sotay-staging";

/// The staging folder, from an empty start. It is removed when this value goes, whatever the
/// reason.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
    /// Let go after the folder is gone.
    _lock: Lock,
}

impl Workspace {
    /// Puts right what a killed build left behind, and starts an empty staging folder.
    pub fn open(target: &Target, lock: Lock) -> Result<Workspace, EmitError> {
        let old = target.old();
        if !target.out.exists() && old.is_dir() {
            fs::rename(&old, &target.out).map_err(|e| EmitError::io(&target.shown, e))?;
        }
        let folder = target.staging();
        clear(&folder)?;
        let made = fs::create_dir(&folder).and_then(|()| fs::write(folder.join(MARKER), ""));
        let workspace = Workspace { folder, _lock: lock };
        made.map_err(|e| EmitError::io(&target.shown, e))?;
        if fs::symlink_metadata(&old).is_ok() {
            workspace.retire(&old)?;
        }
        Ok(workspace)
    }

    /// Where the new tree is made.
    pub fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Removes a previous site that a killed build had already replaced.
    fn retire(&self, old: &Path) -> Result<(), EmitError> {
        Previous::scan(old, old)?;
        fs::rename(old, self.site())
            .and_then(|()| fs::remove_dir_all(self.site()))
            .map_err(|e| EmitError::io(old, e))
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // What cannot be removed now (a file open on Windows) the next build removes.
        let _ = remove(&self.folder);
    }
}

/// Removes a staging folder that a killed build left; refuses one that no build made.
fn clear(folder: &Path) -> Result<(), EmitError> {
    let failed = |e| EmitError::io(folder, e);
    match fs::symlink_metadata(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(failed(e)),
        Ok(m) if !m.is_dir() => return Err(foreign(folder, vec![String::new()])),
        Ok(_) => {}
    }
    if fs::symlink_metadata(folder.join(MARKER)).is_ok_and(|m| m.is_file()) {
        return remove(folder).map_err(failed);
    }
    // Only an empty folder goes this way: a build killed before it could write the marker.
    if fs::remove_dir(folder).is_ok() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(failed)?.flatten();
    Err(foreign(folder, entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect()))
}

/// The refusal of `files` in a folder that has a staging folder's name, in terms of the folder
/// that people see.
fn foreign(folder: &Path, mut files: Vec<String>) -> EmitError {
    files.sort_unstable();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let dir = folder.parent().unwrap_or(folder).to_owned();
    let inside =
        |file: &String| if file.is_empty() { name.to_string() } else { format!("{name}/{file}") };
    EmitError::Foreign { dir, files: files.iter().map(inside).collect() }
}

/// Removes a staging folder, its marker last, so that a build killed while removing can be
/// resumed.
fn remove(folder: &Path) -> io::Result<()> {
    unless_missing(fs::remove_dir_all(folder.join("site")))?;
    unless_missing(fs::remove_file(folder.join(MARKER)))?;
    fs::remove_dir(folder)
}

fn unless_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
