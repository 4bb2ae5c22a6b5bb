//! One build at a time may write to an output folder.

use super::error::EmitError;
use super::target::Target;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Held while a build writes. A killed process lets go of it.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// The lock of `target`, or [`EmitError::Busy`]. A file system that has no locks (some
    /// network drives) is written without one.
    pub fn take(target: &Target) -> Result<Lock, EmitError> {
        let path = target.lock();
        let failed = |e| EmitError::io(&target.shown, e);
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(EmitError::Busy { dir: target.shown.clone() });
                }
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(e)) => return Err(failed(e)),
            }
            // The build that held it may have removed the file since we opened it.
            if names_this_file(&path, &file) {
                return Ok(Lock { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that whoever opened it meanwhile can tell. Where that
        // cannot be told the file stays.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn names_this_file(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (std::fs::metadata(path), file.metadata()) {
        (Ok(named), Ok(held)) => (named.dev(), named.ino()) == (held.dev(), held.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn names_this_file(_: &Path, _: &File) -> bool {
    true
}
