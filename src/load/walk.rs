//! Lists the files of one of the project's folders, with the keys that the pipeline knows
//! them by.

use super::names::is_ignored;
use crate::base::RelPath;
use crate::diag::{Code, Diagnostic, io_problem};
use std::io;
use std::path::{Path, PathBuf};
use unicode_normalization::{UnicodeNormalization, is_nfc};
use walkdir::{DirEntry, WalkDir};

/// A file to read.
#[derive(Debug)]
pub struct Found {
    /// Its path below the root, in NFC.
    pub key: RelPath,
    /// Its absolute path, spelled as the system spells it.
    pub path: PathBuf,
}

/// Every ordinary file under `root/folder`, in order of key; none where there is no such
/// folder. `root` is absolute.
pub fn files(root: &Path, folder: &str, problems: &mut Vec<Diagnostic>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut walk = WalkDir::new(root.join(folder)).follow_root_links(false).into_iter();
    while let Some(next) = walk.next() {
        let entry = match next {
            Ok(entry) => entry,
            Err(e) if e.depth() == 0 && is_missing(&e) => break,
            Err(e) => {
                problems.push(unlisted(root, folder, e));
                continue;
            }
        };
        let key = if entry.depth() > 0 && is_ignored(entry.file_name()) {
            None
        } else {
            key(root, entry.path()).map_err(|problem| problems.push(problem)).ok()
        };
        match key {
            Some(key) => take(key, entry, &mut found, problems),
            None if entry.file_type().is_dir() => walk.skip_current_dir(),
            None => {}
        }
    }
    without_twins(found, problems)
}

fn take(key: RelPath, entry: DirEntry, found: &mut Vec<Found>, problems: &mut Vec<Diagnostic>) {
    let kind = entry.file_type();
    if kind.is_symlink() {
        problems.push(symlink(&key));
    } else if kind.is_file() && entry.depth() > 0 {
        found.push(Found { key, path: entry.into_path() });
    } else if !kind.is_dir() {
        // Reading a pipe would wait for ever.
        let (vi, en) = match entry.depth() {
            0 => ("đây phải là thư mục", "it must be a folder"),
            _ => ("đây không phải tệp thông thường", "it is not an ordinary file"),
        };
        problems.push(
            Diagnostic::new(Code::Unreadable, &key).with("problem_vi", vi).with("problem_en", en),
        );
    }
}

/// The path below `root`, in NFC and with `/`; an error names the part that is not Unicode.
fn key(root: &Path, path: &Path) -> Result<RelPath, Diagnostic> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let Some(text) = below.to_str() else {
        let file = RelPath::new(below.to_string_lossy().replace('\\', "/"));
        return Err(Diagnostic::new(Code::UnportableName, &file)
            .with("name", file.name())
            .with("problem_vi", "tên không phải UTF-8")
            .with("problem_en", "it is not UTF-8"));
    };
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    // Programs on macOS and zip tools hand over decomposed names (NFD).
    Ok(RelPath::new(if is_nfc(&text) { text } else { text.nfc().collect() }))
}

/// Sorts by key, and keeps the first of files whose names differ only in how letters are
/// composed.
fn without_twins(mut found: Vec<Found>, problems: &mut Vec<Diagnostic>) -> Vec<Found> {
    found.sort_unstable_by(|a, b| (&a.key, &a.path).cmp(&(&b.key, &b.path)));
    found.dedup_by(|twin, first| {
        let same = twin.key == first.key;
        if same {
            problems.push(
                Diagnostic::new(Code::AddressTaken, &first.key)
                    .with("address", first.key.as_str())
                    .with("a", spelled(&first.path))
                    .with("b", spelled(&twin.path))
                    .advise(
                        "hai tên trông giống nhau nhưng được gõ khác nhau; xóa một trong hai tệp",
                        "the two names look alike but are composed differently; delete one file",
                    ),
            );
        }
        same
    });
    found
}

/// A file name with its combining marks written out, so that two spellings that look the same
/// can be told apart.
fn spelled(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut out = String::new();
    for c in name.chars() {
        if unicode_normalization::char::is_combining_mark(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The diagnostic for a symbolic link.
pub fn symlink(file: &RelPath) -> Diagnostic {
    Diagnostic::new(Code::Symlink, file).with("name", file.name())
}

/// The diagnostic for a file or folder that the system does not let us read.
pub fn unreadable(file: &RelPath, error: &io::Error) -> Diagnostic {
    let (vi, en) = io_problem(error);
    Diagnostic::new(Code::Unreadable, file).with("problem_vi", vi).with("problem_en", en)
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound)
}

fn unlisted(root: &Path, folder: &str, error: walkdir::Error) -> Diagnostic {
    let file = match error.path().map(|path| key(root, path)) {
        Some(Ok(file)) => file,
        Some(Err(problem)) => return problem,
        None => RelPath::new(folder),
    };
    unreadable(&file, &io::Error::from(error))
}
