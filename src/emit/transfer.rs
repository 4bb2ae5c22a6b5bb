//! Puts one file where it belongs: made anew, or carried over from the previous site.

use crate::model::Content;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes `content` to `path`, where nothing is yet.
pub fn create(path: &Path, content: &Content) -> io::Result<()> {
    // Never over another file: two artifacts of one name are a mistake, not a race to win.
    let mut file = File::create_new(path)?;
    match content {
        Content::Bytes(bytes) => file.write_all(bytes),
        Content::Shared(bytes) => file.write_all(bytes),
        Content::File { source, size } => {
            // Not `fs::copy`, which would also copy that the source is read-only or private.
            let copied = io::copy(&mut File::open(source)?, &mut file)?;
            if copied == *size {
                Ok(())
            } else {
                Err(io::Error::other("the source file changed while it was copied"))
            }
        }
    }
}

/// Carries files over from the previous site.
#[derive(Debug, Default)]
pub struct Carrier {
    /// FAT has no hard links; after the first refusal no other is asked for.
    must_copy: AtomicBool,
}

impl Carrier {
    /// Makes `to` the same file as `from`; where links are not possible, a copy with the same
    /// modification time.
    pub fn carry(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.must_copy.load(Ordering::Relaxed) {
            match fs::hard_link(from, to) {
                Ok(()) => return Ok(()),
                Err(e) if is_about_the_file(&e) => return Err(e),
                Err(e) => {
                    // A single file can have too many links, or another owner.
                    if e.kind() != io::ErrorKind::TooManyLinks {
                        self.must_copy.store(true, Ordering::Relaxed);
                    }
                }
            }
        }
        copy_with_time(from, to)
    }
}

/// Errors that a copy would meet as well.
fn is_about_the_file(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists | io::ErrorKind::StorageFull
    )
}

fn copy_with_time(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let modified = source.metadata()?.modified()?;
    let mut file = File::create_new(to)?;
    io::copy(&mut source, &mut file)?;
    file.set_modified(modified)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn without_links_the_copy_keeps_bytes_and_time() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("a"), dir.path().join("b"));
        fs::write(&from, "một").unwrap();
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        File::options().write(true).open(&from).unwrap().set_modified(old).unwrap();
        let carrier = Carrier { must_copy: AtomicBool::new(true) };
        carrier.carry(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), "một".as_bytes());
        assert_eq!(fs::metadata(&to).unwrap().modified().unwrap(), old);
    }
}
