//! Which folder is written, whether it may be, and what the things beside it are called.

use super::error::{EmitError, UnsafeOutput};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An output folder that may be written, and its companions on the same file system.
#[derive(Debug)]
pub struct Target {
    /// As the caller named it, for messages.
    pub shown: PathBuf,
    /// Absolute, without symbolic links.
    pub out: PathBuf,
    /// The folder around it.
    pub parent: PathBuf,
}

/// Folders of the project that the output may not be, or be in. `.sotay` is its cache.
const SOURCES: [&str; 4] = ["content", "static", "themes", ".sotay"];

impl Target {
    /// Checks `out`. Nothing is created.
    pub fn new(out: &Path, root: &Path) -> Result<Target, EmitError> {
        let refuse = |problem| EmitError::Unsafe { dir: out.to_owned(), problem };
        let resolved = resolve_last(out).map_err(|e| EmitError::io(out, e))?;
        let root = resolve(root).map_err(|e| EmitError::io(root, e))?;
        // A symbolic link is refused before it is followed.
        let resolved = match fs::symlink_metadata(&resolved) {
            Ok(m) if m.is_symlink() => return Err(refuse(UnsafeOutput::IsSymlink)),
            Ok(m) if !m.is_dir() => return Err(refuse(UnsafeOutput::IsFile)),
            // On file systems that ignore case, this is the spelling on the disk.
            Ok(_) => fs::canonicalize(&resolved).map_err(|e| EmitError::io(out, e))?,
            Err(_) => resolved,
        };
        if root.starts_with(&resolved) {
            return Err(refuse(UnsafeOutput::HoldsProject));
        }
        if SOURCES.iter().any(|name| is_inside(&resolved, &root.join(name))) {
            return Err(refuse(UnsafeOutput::IsSource));
        }
        let Some(parent) = resolved.parent().map(Path::to_owned) else {
            return Err(refuse(UnsafeOutput::IsDrive));
        };
        if is_drive(&resolved, &parent) {
            return Err(refuse(UnsafeOutput::IsDrive));
        }
        Ok(Target { shown: out.to_owned(), out: resolved, parent })
    }

    /// The staging folder: `.dist.sotay-new`.
    pub fn staging(&self) -> PathBuf {
        self.beside("sotay-new")
    }

    /// Where the previous site waits between two renames: `.dist.sotay-old`.
    pub fn old(&self) -> PathBuf {
        self.beside("sotay-old")
    }

    /// The lock file: `.dist.sotay-lock`.
    pub fn lock(&self) -> PathBuf {
        self.beside("sotay-lock")
    }

    fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(self.out.file_name().unwrap_or(OsStr::new("out")));
        name.push(".");
        name.push(what);
        self.parent.join(name)
    }
}

/// `path` without symbolic links, except that its last component is not followed.
fn resolve_last(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => Ok(resolve(parent)?.join(name)),
        // `..` and `/`.
        _ => resolve(&path),
    }
}

/// `path` without symbolic links; what does not exist yet is kept as it is written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for existing in path.ancestors() {
        match fs::canonicalize(existing) {
            Ok(real) => {
                let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
                return Ok(if rest.as_os_str().is_empty() { real } else { real.join(rest) });
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
    }
    Ok(path)
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    path.starts_with(folder) || fs::canonicalize(folder).is_ok_and(|real| path.starts_with(real))
}

#[cfg(unix)]
fn is_drive(out: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(out), fs::metadata(parent)) {
        (Ok(out), Ok(parent)) => out.dev() != parent.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_drive(_: &Path, _: &Path) -> bool {
    false
}
