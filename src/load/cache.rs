//! Reads the cache of costly leaves that `emit` saved.
//!
//! The file, all numbers little-endian: [`MAGIC`]; then for each entry its key (32 bytes), its
//! length (u32) and its bytes, in order of key; at the end the BLAKE3 hash of all before it.
//! `emit::save_cache` writes the same layout.

use crate::model::{Cache, CacheKey};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Names the format and its version: a file that begins otherwise is not ours.
const MAGIC: &[u8] = b"sotay leaves 1\n";

/// What earlier builds remembered. A file that is missing, cut short, changed or of another
/// version is an empty cache: losing it costs time, believing it could cost a page.
pub fn load_cache(root: &Path) -> Cache {
    let entries = std::fs::read(root.join(".sotay/cache/leaves.bin"))
        .ok()
        .and_then(|bytes| decode(&bytes))
        .unwrap_or_default();
    Cache::new(entries)
}

fn decode(file: &[u8]) -> Option<BTreeMap<CacheKey, Arc<[u8]>>> {
    let (content, hash) = file.split_last_chunk::<32>()?;
    let mut rest = content.strip_prefix(MAGIC)?;
    if blake3::hash(content) != *hash {
        return None;
    }
    let mut entries = BTreeMap::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk::<32>()?;
        let (len, after) = after.split_first_chunk::<4>()?;
        let (bytes, after) = after.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        entries.insert(*key, bytes.into());
        rest = after;
    }
    Some(entries)
}
