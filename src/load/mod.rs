//! Stage one: reads the project once into a [`Snapshot`].
//!
//! Nothing is parsed here. What cannot be taken (a symbolic link, a file that is not UTF-8)
//! becomes a diagnostic, and the rest is read all the same. Reading runs on the current rayon
//! pool; results and diagnostics do not depend on how many threads it has.

mod again;
mod cache;
mod names;
mod read;
mod walk;

use crate::base::{LineColumn, RelPath, line_column, read_as_meant};
use crate::diag::{self, Code, Diagnostic};
use crate::model::{FileData, Lock, Snapshot, SourceText};
pub use again::{Changes, is_part, load_again};
pub use cache::load_cache;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walk::Found;

const CONFIG: &str = "site.toml";

/// The folder that holds `site.toml`: `start`, or the nearest folder above it. The answer is
/// absolute.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|dir| dir.join(CONFIG).is_file()).map(Path::to_owned)
}

/// Reads the project at `root`: every file that a build may depend on, and what is wrong with
/// those that could not be taken (sorted). A file with an error is not in the snapshot.
pub fn load(root: &Path) -> (Snapshot, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    // A large file's path outlives this call, and the working directory may change.
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let config = read_config(&root, &mut problems);
    let lock = read_lock(&root, &mut problems);
    let (pages, assets) = read_content(&root, &mut problems);
    let snapshot = Snapshot {
        config,
        lock,
        pages,
        assets,
        statics: read_folder(&root, "static", &mut problems),
        themes: read_folder(&root, "themes", &mut problems),
        cache: Arc::new(load_cache(&root)),
    };
    diag::sort(&mut problems);
    (snapshot, problems)
}

/// The files under `content/` by the path that a [`Snapshot`] knows them by, each with its path
/// as the system spells it (in NFD, say), for whoever moves or changes them.
pub fn spellings(root: &Path) -> BTreeMap<RelPath, PathBuf> {
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let found = walk::files(&root, "content", &mut Vec::new());
    found.into_iter().map(|f| (f.key, f.path)).collect()
}

fn read_config(root: &Path, problems: &mut Vec<Diagnostic>) -> SourceText {
    let file = RelPath::new(CONFIG);
    let path = root.join(CONFIG);
    let symlink = std::fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink());
    let read = if symlink { Err(walk::symlink(&file)) } else { page(&file, &path) };
    read.unwrap_or_else(|problem| {
        problems.push(problem);
        SourceText::default()
    })
}

/// `translations.lock`, where there is one.
fn read_lock(root: &Path, problems: &mut Vec<Diagnostic>) -> Option<SourceText> {
    let file = RelPath::new(Lock::FILE);
    let path = root.join(Lock::FILE);
    let metadata = std::fs::symlink_metadata(&path).ok()?;
    let read = if metadata.is_symlink() { Err(walk::symlink(&file)) } else { page(&file, &path) };
    read.map_err(|problem| problems.push(problem)).ok()
}

type Pages = BTreeMap<RelPath, SourceText>;
type Files = BTreeMap<RelPath, FileData>;

fn read_content(root: &Path, problems: &mut Vec<Diagnostic>) -> (Pages, Files) {
    let found = walk::files(root, "content", problems);
    let (pages, assets): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|f| f.key.extension() == "md");
    let pages = read_all(pages, problems, |f| Ok((f.key.clone(), page(&f.key, &f.path)?)));
    let assets = read_all(assets, problems, |f| Ok((f.key.clone(), file(f)?)));
    (pages, assets)
}

/// The files under `folder`, by their path below it.
fn read_folder(root: &Path, folder: &str, problems: &mut Vec<Diagnostic>) -> Files {
    let found = walk::files(root, folder, problems);
    read_all(found, problems, |f| {
        let below = &f.key.as_str()[folder.len() + 1..];
        Ok((RelPath::new(below), file(f)?))
    })
}

fn read_all<T: Send>(
    found: Vec<Found>,
    problems: &mut Vec<Diagnostic>,
    read: impl Fn(&Found) -> Result<(RelPath, T), Diagnostic> + Send + Sync,
) -> BTreeMap<RelPath, T> {
    let results: Vec<_> = found.par_iter().map(read).collect();
    let mut files = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    files.into_iter().collect()
}

/// A text file, decoded and read as meant.
fn page(file: &RelPath, path: &Path) -> Result<SourceText, Diagnostic> {
    let decoded = read::small(path, read::PAGE_LIMIT, |bytes| {
        let text =
            std::str::from_utf8(bytes).map_err(|e| not_text(file, bytes, e.valid_up_to()))?;
        Ok(SourceText { text: read_as_meant(text).text.into() })
    });
    match decoded {
        Ok(read::Small::Fits(Ok(text))) => Ok(text),
        Ok(read::Small::Fits(Err(problem))) => Err(problem),
        Ok(read::Small::TooLarge(size)) => {
            Err(Diagnostic::new(Code::PageTooLarge, file).over(size, read::PAGE_LIMIT))
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound && file.as_str() == CONFIG => {
            Err(Diagnostic::new(Code::NoSite, file))
        }
        Err(e) => Err(walk::unreadable(file, &e)),
    }
}

/// What `bytes`, which are UTF-8 up to `valid` only, are instead.
fn not_text(file: &RelPath, bytes: &[u8], valid: usize) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::NotUtf8, file);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return diagnostic
            .with(
                "problem_vi",
                "tệp được lưu ở dạng UTF-16 (Notepad trên Windows gọi là “Unicode”)",
            )
            .with("problem_en", "it is saved as UTF-16 (which Windows Notepad calls “Unicode”)")
            .advise(
                "trong Notepad chọn Tệp > Lưu thành (Save as), ở ô Mã hóa (Encoding) chọn UTF-8",
                "in Notepad choose File > Save as and, under Encoding, UTF-8",
            );
    }
    let LineColumn { line, column } = line_column(&String::from_utf8_lossy(bytes), valid);
    diagnostic
        .with("problem_vi", format!("dòng {line}, cột {column} có một byte lạ"))
        .with("problem_en", format!("a stray byte in line {line}, column {column}"))
}

/// Any other file: held when small, named when large.
fn file(found: &Found) -> Result<FileData, Diagnostic> {
    let read = read::small(&found.path, read::MEMORY_LIMIT, |bytes| Arc::<[u8]>::from(bytes));
    match read {
        Ok(read::Small::Fits(bytes)) => Ok(FileData::Memory(bytes)),
        Ok(read::Small::TooLarge(size)) => Ok(FileData::Disk { path: found.path.clone(), size }),
        Err(e) => Err(walk::unreadable(&found.key, &e)),
    }
}
