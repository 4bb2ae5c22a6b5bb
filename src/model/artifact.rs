//! One file of the output.

use crate::base::UrlPath;
use std::path::PathBuf;
use std::sync::Arc;

/// One file of the output: its path and how to obtain its bytes.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Where it stands, relative to the output folder.
    pub path: UrlPath,
    /// Its content.
    pub content: Content,
}

/// The bytes of an artifact.
#[derive(Clone, Debug)]
pub enum Content {
    /// Made by a render.
    Bytes(Vec<u8>),
    /// Read by load, and shared with it.
    Shared(Arc<[u8]>),
    /// Too large to hold in memory: copied from this file when written.
    File {
        /// Absolute path of the source.
        source: PathBuf,
        /// Bytes, as load saw them.
        size: u64,
    },
}
