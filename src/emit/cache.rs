//! Saves the cache of costly leaves, for the next build to load.

use crate::model::Cache;
use std::fs;
use std::io;
use std::path::Path;

/// The first bytes of the file. `load::load_cache` reads this and documents the layout.
const MAGIC: &[u8] = b"sotay leaves 1\n";

/// Saves what this run used or made in `.sotay/cache/leaves.bin` under `root`, unless that is
/// what the file holds already. The file is replaced whole or not at all. A build that cannot
/// save its cache is still a good build; whether to mention it is the caller's choice.
pub fn save_cache(root: &Path, cache: &Cache) -> io::Result<()> {
    let (entries, changed) = cache.to_save();
    if !changed {
        return Ok(());
    }
    let mut file = MAGIC.to_vec();
    for (key, bytes) in &entries {
        // A leaf of 4 GiB is not worth remembering.
        let Ok(len) = u32::try_from(bytes.len()) else { continue };
        file.extend_from_slice(key);
        file.extend_from_slice(&len.to_le_bytes());
        file.extend_from_slice(bytes);
    }
    file.extend_from_slice(blake3::hash(&file).as_bytes());
    let folder = root.join(".sotay/cache");
    fs::create_dir_all(&folder)?;
    // Two builds that use this name at once spoil the file; its hash then says so.
    let temporary = folder.join("leaves.bin.tmp");
    fs::write(&temporary, file)?;
    fs::rename(temporary, folder.join("leaves.bin"))
}
