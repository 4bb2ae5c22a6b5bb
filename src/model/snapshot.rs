//! The project's files at one moment: all that a build may depend on.

use super::Lock;
use crate::base::{RelPath, Span};
use crate::diag::{Diagnostic, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The project's files, read once. Maps are ordered, so nothing depends on the order of a folder.
#[derive(Clone, Default, Debug)]
pub struct Snapshot {
    /// `site.toml`.
    pub config: SourceText,
    /// `translations.lock`, where there is one.
    pub lock: Option<SourceText>,
    /// Every `.md` file under `content/`, by path.
    pub pages: BTreeMap<RelPath, SourceText>,
    /// Every other file under `content/`, by path.
    pub assets: BTreeMap<RelPath, FileData>,
    /// Every file under `static/`, by its path below it.
    pub statics: BTreeMap<RelPath, FileData>,
    /// Every file under `themes/`, by its path below it (`handbook/templates/page.html`).
    pub themes: BTreeMap<RelPath, FileData>,
    /// Costly leaves of earlier builds.
    pub cache: Arc<Cache>,
}

impl Snapshot {
    /// Whether both hold the same files with the same content.
    pub fn same(&self, other: &Snapshot) -> bool {
        let pages = || self.pages.iter().zip(&other.pages);
        let same_lock = match (&self.lock, &other.lock) {
            (Some(a), Some(b)) => a.same(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.config.same(&other.config)
            && same_lock
            && self.pages.len() == other.pages.len()
            && pages().all(|((a, x), (b, y))| a == b && x.same(y))
            && same_files(&self.assets, &other.assets)
            && same_files(&self.statics, &other.statics)
            && same_files(&self.themes, &other.themes)
    }
}

/// Whether both hold the same files with the same content.
pub fn same_files(a: &BTreeMap<RelPath, FileData>, b: &BTreeMap<RelPath, FileData>) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|((a, x), (b, y))| a == b && x.same(y))
}

/// A text file as the pipeline reads it.
#[derive(Clone, Default, Debug)]
pub struct SourceText {
    /// The text, read as meant.
    pub text: Arc<str>,
}

impl SourceText {
    /// Whether both say the same.
    pub fn same(&self, other: &SourceText) -> bool {
        Arc::ptr_eq(&self.text, &other.text) || self.text == other.text
    }
}

/// A file that is not parsed.
#[derive(Clone, Debug)]
pub enum FileData {
    /// Small enough to hold.
    Memory(Arc<[u8]>),
    /// Copied from where it lies.
    Disk {
        /// Absolute path.
        path: PathBuf,
        /// Bytes.
        size: u64,
    },
}

impl FileData {
    /// Bytes.
    pub fn size(&self) -> u64 {
        match self {
            FileData::Memory(bytes) => bytes.len() as u64,
            FileData::Disk { size, .. } => *size,
        }
    }

    /// Whether both hold the same, as far as is known without reading what is on disk.
    pub fn same(&self, other: &FileData) -> bool {
        match (self, other) {
            (FileData::Memory(a), FileData::Memory(b)) => Arc::ptr_eq(a, b) || a == b,
            (FileData::Disk { path, size }, FileData::Disk { path: p, size: s }) => {
                path == p && size == s
            }
            _ => false,
        }
    }

    /// The content, when it is held in memory.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match self {
            FileData::Memory(bytes) => Some(bytes),
            FileData::Disk { .. } => None,
        }
    }
}

/// Results that cost much to make, by the hash of what they were made from. A hit equals a
/// fresh result byte for byte, so an empty cache is always right.
#[derive(Default, Debug)]
pub struct Cache {
    entries: BTreeMap<CacheKey, Arc<[u8]>>,
    fresh: Mutex<BTreeMap<CacheKey, Arc<[u8]>>>,
    used: Mutex<BTreeSet<CacheKey>>,
}

/// The hash of a costly leaf's source and of everything else that decides its bytes.
pub type CacheKey = [u8; 32];

impl Cache {
    /// A cache holding what an earlier build saved.
    pub fn new(entries: BTreeMap<CacheKey, Arc<[u8]>>) -> Cache {
        Cache { entries, ..Cache::default() }
    }

    /// The result for `key`: remembered, or made now and remembered.
    pub fn get_or_make(&self, key: CacheKey, make: impl FnOnce() -> Vec<u8>) -> Arc<[u8]> {
        if let Some(hit) = self.entries.get(&key) {
            locked(&self.used).insert(key);
            return hit.clone();
        }
        if let Some(hit) = locked(&self.fresh).get(&key) {
            return hit.clone();
        }
        let made: Arc<[u8]> = make().into();
        locked(&self.fresh).insert(key, made.clone());
        made
    }

    /// What is worth saving: entries used or made in this run, in order of key; and whether
    /// that differs from what was loaded.
    pub fn to_save(&self) -> (BTreeMap<CacheKey, Arc<[u8]>>, bool) {
        let fresh = locked(&self.fresh);
        let used = locked(&self.used);
        let changed = !fresh.is_empty() || used.len() != self.entries.len();
        let mut all = fresh.clone();
        for key in used.iter() {
            if let Some(value) = self.entries.get(key) {
                all.insert(*key, value.clone());
            }
        }
        (all, changed)
    }
}

/// A poisoned lock only means that another render panicked; the collection itself is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sources for Snapshot {
    fn text(&self, file: &RelPath) -> Option<&str> {
        if file.as_str() == "site.toml" {
            return Some(&self.config.text);
        }
        if file.as_str() == Lock::FILE {
            return self.lock.as_ref().map(|lock| &*lock.text);
        }
        if let Some(page) = self.pages.get(file) {
            return Some(&page.text);
        }
        if let Some(data) = self.assets.get(file) {
            return std::str::from_utf8(data.bytes()?).ok();
        }
        let (folder, below) = file.as_str().split_once('/')?;
        let files = match folder {
            "themes" => &self.themes,
            "static" => &self.statics,
            _ => return None,
        };
        let bytes = files.get(&RelPath::new(below))?.bytes()?;
        std::str::from_utf8(bytes).ok()
    }
}

/// What `load` could not take, as diagnostics; kept beside the snapshot it made of the rest.
pub type Problems = Vec<Diagnostic>;

/// The whole of a text, as a span.
pub fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}
