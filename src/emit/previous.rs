//! What a folder holds that an earlier build wrote, and its list of those files.

use super::error::EmitError;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// The list of files that sotay wrote, in the root of the output.
pub const MANIFEST: &str = ".sotay-manifest";

const HEADER: &str = "# sotay manifest 1\n";

/// The files of an earlier build.
#[derive(Debug, Default)]
pub struct Previous {
    /// Files that sotay wrote and that are still there, `/`-separated.
    pub files: HashSet<String>,
    /// Files that systems leave in every folder somebody looked at.
    pub litter: Vec<String>,
    /// The manifest as it stands; empty when there is none.
    pub manifest: Vec<u8>,
}

/// The manifest for a site of these files.
pub fn manifest(files: &BTreeSet<&str>) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    text.into_bytes()
}

impl Previous {
    /// What is in `dir`, which messages call `shown`. [`EmitError::Foreign`] if any of it is
    /// neither in its manifest nor litter; nothing at all if there is no such folder.
    pub fn scan(dir: &Path, shown: &Path) -> Result<Previous, EmitError> {
        let manifest = match fs::read(dir.join(MANIFEST)) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(EmitError::io(&shown.join(MANIFEST), e)),
        };
        let listed = listed(&manifest);
        let mut previous = Previous::default();
        let mut foreign = Vec::new();
        for entry in WalkDir::new(dir).follow_root_links(false) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) if e.depth() == 0 && is_missing(&e) => return Ok(Previous::default()),
                Err(e) => return Err(EmitError::io(shown, e.into())),
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let name = relative(dir, entry.path());
            // Whatever took the place of a file of ours, we did not write it.
            let ours = entry.file_type().is_file() && entry.path().to_str().is_some();
            let is_listed = |name: &str| listed.as_ref().is_some_and(|l| l.contains(name));
            if ours && name == MANIFEST && listed.is_some() {
                continue;
            } else if ours && is_listed(&name) {
                previous.files.insert(name);
            } else if ours && is_litter(&name) {
                previous.litter.push(name);
            } else {
                foreign.push(name);
            }
        }
        if !foreign.is_empty() {
            foreign.sort_unstable();
            return Err(EmitError::Foreign { dir: shown.to_owned(), files: foreign });
        }
        previous.manifest = manifest;
        Ok(previous)
    }
}

/// The files that a manifest lists; `None` when it is not a manifest that we can read.
fn listed(manifest: &[u8]) -> Option<HashSet<&str>> {
    let text = std::str::from_utf8(manifest).ok()?;
    Some(text.strip_prefix(HEADER)?.lines().collect())
}

fn relative(dir: &Path, path: &Path) -> String {
    let below = path.strip_prefix(dir).unwrap_or(path).to_string_lossy();
    if cfg!(windows) { below.replace('\\', "/") } else { below.into_owned() }
}

/// What Explorer and the Finder write into a folder when it is looked at; `._name` holds a
/// Mac's attributes on sticks that have no room for them.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = [".DS_Store", "Thumbs.db", "desktop.ini"];
    known.iter().any(|k| name.eq_ignore_ascii_case(k)) || name.starts_with("._")
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound)
}
