//! Reads a project again after a change: the files that changed where that is safe, else all.

use super::names::is_ignored;
use super::{CONFIG, file, load, page, walk};
use crate::base::RelPath;
use crate::diag::Diagnostic;
use crate::model::{FileData, Lock, Snapshot};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// What may have changed since a project was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changes {
    /// These paths, absolute, and nothing else.
    Paths(Vec<PathBuf>),
    /// Anything.
    Unknown,
}

/// The project at `root` as it is now, given what it was: its snapshot, and what was wrong
/// with the files that could not be taken. The result is what [`load`] would give; texts and
/// files that are the same share their memory with the previous ones. The cache of costly
/// leaves is kept, and not read from disk again.
pub fn load_again(
    root: &Path,
    previous: (&Snapshot, &[Diagnostic]),
    changes: &Changes,
) -> (Snapshot, Vec<Diagnostic>) {
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let (snapshot, problems) = previous;
    if let Changes::Paths(paths) = changes
        && let Some(snapshot) = contents(&root, snapshot, problems, paths)
    {
        return (snapshot, problems.to_vec());
    }
    let (mut now, problems) = load(&root);
    now.share(snapshot);
    (now, problems)
}

/// The snapshot with the contents of `paths` read again; `None` if more than contents changed:
/// a file that came, went, or was or is not readable.
fn contents(
    root: &Path,
    previous: &Snapshot,
    problems: &[Diagnostic],
    paths: &[PathBuf],
) -> Option<Snapshot> {
    let mut snapshot = previous.clone();
    for path in paths {
        let Ok(below) = path.strip_prefix(root) else { continue };
        match Place::of(below, &snapshot) {
            Place::Nowhere => {}
            Place::Known(key) => {
                let is_file = std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
                if !is_file || problems.iter().any(|p| p.file == key) {
                    return None;
                }
                read(&mut snapshot, key, path)?;
            }
            Place::Unknown => {
                // A file that a program made and removed again leaves nothing behind.
                let is_gone = std::fs::symlink_metadata(path).is_err();
                if !is_gone || was_there(below, &snapshot, problems) {
                    return None;
                }
            }
        }
    }
    Some(snapshot)
}

/// Whether a path below the root may be one of the project's files, or a folder of them, by
/// its name alone: swap files and what is beside the handbook are not.
pub fn is_part(below: &Path) -> bool {
    let Some(Component::Normal(top)) = below.components().next() else { return false };
    let in_folder = ["content", "themes", "static"].iter().any(|folder| top == *folder);
    (in_folder || below == Path::new(CONFIG) || below == Path::new(Lock::FILE))
        && !below.components().any(|c| is_ignored(c.as_os_str()))
}

/// What a path below the root is to a snapshot.
enum Place {
    /// No part of the project.
    Nowhere,
    /// A file that it holds, by its key from the root.
    Known(RelPath),
    /// A folder, or a file that it does not hold.
    Unknown,
}

impl Place {
    fn of(below: &Path, snapshot: &Snapshot) -> Place {
        if below.as_os_str().is_empty() {
            return Place::Unknown;
        }
        if !is_part(below) {
            return Place::Nowhere;
        }
        let key = below.to_str().map(|t| RelPath::new(t.replace(std::path::MAIN_SEPARATOR, "/")));
        match key {
            // A decomposed name is not the key itself, and rare enough to be read with all.
            Some(key) if key.as_str() == CONFIG || holds(snapshot, &key) => Place::Known(key),
            _ => Place::Unknown,
        }
    }
}

/// Whether something was known of a path that is no file of the snapshot: a folder with files
/// in it, or a file that could not be taken. A name that is no text may be either.
fn was_there(below: &Path, snapshot: &Snapshot, problems: &[Diagnostic]) -> bool {
    let Some(below) = below.to_str() else { return true };
    let below = below.replace(std::path::MAIN_SEPARATOR, "/");
    let beneath = |key: &str| key.strip_prefix(&*below).is_some_and(|rest| rest.starts_with('/'));
    let under = |folder: &str, files: &BTreeMap<RelPath, FileData>| {
        files.keys().any(|key| beneath(&format!("{folder}{key}")))
    };
    let lock = below == Lock::FILE && snapshot.lock.is_some();
    lock || problems.iter().any(|p| p.file.as_str() == below || beneath(p.file.as_str()))
        || snapshot.pages.keys().any(|key| beneath(key.as_str()))
        || under("", &snapshot.assets)
        || under("static/", &snapshot.statics)
        || under("themes/", &snapshot.themes)
        || !below.is_ascii()
}

fn holds(snapshot: &Snapshot, key: &RelPath) -> bool {
    (key.as_str() == Lock::FILE && snapshot.lock.is_some())
        || snapshot.pages.contains_key(key)
        || snapshot.assets.contains_key(key)
        || below("static/", key).is_some_and(|key| snapshot.statics.contains_key(&key))
        || below("themes/", key).is_some_and(|key| snapshot.themes.contains_key(&key))
}

fn below(folder: &str, key: &RelPath) -> Option<RelPath> {
    key.as_str().strip_prefix(folder).map(RelPath::new)
}

/// Reads one file into the snapshot that holds it already.
fn read(snapshot: &mut Snapshot, key: RelPath, path: &Path) -> Option<()> {
    if key.as_str() == CONFIG {
        snapshot.config = page(&key, path).ok()?;
    } else if key.as_str() == Lock::FILE {
        snapshot.lock = Some(page(&key, path).ok()?);
    } else if let Some(text) = snapshot.pages.get_mut(&key) {
        *text = page(&key, path).ok()?;
    } else {
        let found = walk::Found { key, path: path.to_owned() };
        let data = file(&found).ok()?;
        let key = found.key;
        if let Some(key) = below("static/", &key) {
            snapshot.statics.insert(key, data);
        } else if let Some(key) = below("themes/", &key) {
            snapshot.themes.insert(key, data);
        } else {
            snapshot.assets.insert(key, data);
        }
    }
    Some(())
}

impl Snapshot {
    /// Takes over the memory of what `previous` holds alike, and its cache.
    fn share(&mut self, previous: &Snapshot) {
        self.cache = previous.cache.clone();
        if self.config.same(&previous.config) {
            self.config = previous.config.clone();
        }
        if let (Some(now), Some(before)) = (&mut self.lock, &previous.lock)
            && now.same(before)
        {
            *now = before.clone();
        }
        for (file, text) in &mut self.pages {
            if let Some(before) = previous.pages.get(file).filter(|before| before.same(text)) {
                *text = before.clone();
            }
        }
        share_files(&mut self.assets, &previous.assets);
        share_files(&mut self.statics, &previous.statics);
        share_files(&mut self.themes, &previous.themes);
    }
}

fn share_files(now: &mut BTreeMap<RelPath, FileData>, previous: &BTreeMap<RelPath, FileData>) {
    for (file, data) in now {
        if let Some(before) = previous.get(file).filter(|before| before.same(data)) {
            *data = before.clone();
        }
    }
}
