//! The last stage: writes artifacts to the output folder, all of them or none.
//!
//! The new site is completed in a staging folder beside the output and then swapped with it in
//! one system call, so a build that fails or is killed at any moment leaves the previous site
//! as it was, and a web server or a reader never sees half of each. Unchanged files are hard
//! links to the previous ones: same bytes, same modification time, no space. A build that
//! changes nothing does not swap.
//!
//! Only files that sotay wrote are ever removed: they are listed in the output's
//! `.sotay-manifest`, and a folder with any other file in it is refused.
//!
//! What stands beside an output `dist`, while a build runs or after one was killed:
//!
//! | name | what |
//! |---|---|
//! | `.dist.sotay-lock` | held by the one build that may write |
//! | `.dist.sotay-new/` | a marker file, and in `site/` the new tree (after the swap: the old one) |
//! | `.dist.sotay-old/` | the previous site, between the two renames of systems that cannot swap |
//!
//! The next build puts all of it right. Nothing is flushed to the disk (`fsync`): that takes
//! minutes on a USB stick, and a killed process does not need it. Safety from a power cut is
//! the release command's, which flushes once and then verifies what it wrote.
//!
//! Two consequences of swapping folders: a process whose working directory is the output keeps
//! seeing the old one, and the output cannot be the root of a drive.

mod cache;
mod compare;
mod error;
mod leftovers;
mod lock;
mod previous;
mod staging;
mod swap;
mod target;
mod transfer;

use crate::model::Artifact;
pub use cache::save_cache;
pub use error::{EmitError, UnsafeOutput};
use rayon::prelude::*;
pub use staging::Staging;
use std::path::Path;

/// What a build changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files of the previous site that are no more.
    pub removed: usize,
}

/// Writes `artifacts` as the whole content of `out`, in parallel and as they are made. `root`
/// is the project's folder, which `out` must not endanger.
///
/// A caller that may change its mind while rendering uses [`Staging`] itself.
pub fn emit(
    out: &Path,
    root: &Path,
    artifacts: impl ParallelIterator<Item = Artifact>,
) -> Result<Summary, EmitError> {
    let staging = Staging::begin(out, root)?;
    artifacts.for_each(|artifact| staging.write(&artifact));
    staging.commit()
}
