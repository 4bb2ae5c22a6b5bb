//! Puts the new tree in the place of the old one.

use super::error::EmitError;
use super::target::Target;
use std::fs;
use std::io;
use std::path::Path;

/// Makes `new` the output. The previous output, if there was one, is then at `new` (to be
/// removed with the staging folder). After an error the previous output is in its place.
pub fn swap(target: &Target, new: &Path) -> Result<(), EmitError> {
    let swapped = if !target.out.exists() {
        fs::rename(new, &target.out)
    } else {
        match exchange(new, &target.out) {
            Err(e) if cannot_exchange(&e) => by_renames(target, new),
            result => result,
        }
    };
    swapped.map_err(|e| EmitError::io(&target.shown, e))
}

/// Exchanges two folders in one atomic system call.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// An old kernel (ENOSYS) or a file system without the call (EINVAL, ENOTSUP).
fn cannot_exchange(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The same in two steps. Killed between them, `leftovers` of the next build finishes the way
/// back: the output is missing and the old site is beside it.
fn by_renames(target: &Target, new: &Path) -> io::Result<()> {
    let old = target.old();
    fs::rename(&target.out, &old)?;
    if let Err(e) = fs::rename(new, &target.out) {
        // Nothing better can be done if this fails too; the next build tries again.
        let _ = fs::rename(&old, &target.out);
        return Err(e);
    }
    // Into the marked staging folder, so that a build killed while removing it leaves nothing
    // unexplained. If this fails the next build retires it.
    let _ = fs::rename(&old, new);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> (tempfile::TempDir, Target) {
        let dir = tempfile::tempdir().unwrap();
        let target = Target::new(&dir.path().join("dist"), &dir.path().join("project")).unwrap();
        fs::create_dir(&target.out).unwrap();
        fs::write(target.out.join("a"), "old").unwrap();
        fs::create_dir_all(target.staging().join("site")).unwrap();
        fs::write(target.staging().join("site/a"), "new").unwrap();
        (dir, target)
    }

    fn check(swap: impl Fn(&Target, &Path)) {
        let (_dir, target) = target();
        let site = target.staging().join("site");
        swap(&target, &site);
        assert_eq!(fs::read_to_string(target.out.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(site.join("a")).unwrap(), "old");
        assert!(!target.old().exists());
    }

    #[test]
    fn both_ways_leave_the_old_tree_in_staging() {
        check(|target, new| swap(target, new).unwrap());
        check(|target, new| by_renames(target, new).unwrap());
    }

    #[test]
    fn a_failed_second_rename_puts_the_old_site_back() {
        let (_dir, target) = target();
        assert!(by_renames(&target, &target.staging().join("missing")).is_err());
        assert_eq!(fs::read_to_string(target.out.join("a")).unwrap(), "old");
        assert!(!target.old().exists());
    }
}
