//! Reads a project again after a change: the files that changed where that is safe, else all.

use super::names::is_ignored;
use super::{CONFIG, file, load, page, walk};
use crate::base::RelPath;
use crate::diag::Diagnostic;
use crate::model::{FileData, Snapshot};
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
            // A file that an editor made and removed again leaves nothing behind.
            Place::Unknown if std::fs::symlink_metadata(path).is_err() => {}
            Place::Unknown => return None,
            Place::Known(key) => {
                let is_file = std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
                if !is_file || problems.iter().any(|p| p.file == key) {
                    return None;
                }
                read(&mut snapshot, key, path)?;
            }
        }
    }
    Some(snapshot)
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
        let Some(Component::Normal(top)) = below.components().next() else { return Place::Unknown };
        let is_config = below == Path::new(CONFIG);
        if !is_config && !["content", "themes", "static"].iter().any(|f| top == *f) {
            return Place::Nowhere;
        }
        if below.components().any(|c| is_ignored(c.as_os_str())) {
            return Place::Nowhere;
        }
        let key = below.to_str().map(|t| RelPath::new(t.replace(std::path::MAIN_SEPARATOR, "/")));
        match key {
            // A decomposed name is not the key itself, and rare enough to be read with all.
            Some(key) if is_config || holds(snapshot, &key) => Place::Known(key),
            _ => Place::Unknown,
        }
    }
}

fn holds(snapshot: &Snapshot, key: &RelPath) -> bool {
    snapshot.pages.contains_key(key)
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
    } else if snapshot.pages.contains_key(&key) {
        let text = page(&key, path).ok()?;
        snapshot.pages.insert(key, text);
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
