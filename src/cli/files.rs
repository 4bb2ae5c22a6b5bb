//! Files that a command makes into a folder, such as manual pages and schemas.

use super::Status;
use super::report::Console;
use std::fs;
use std::io;
use std::path::Path;

/// Writes `files` (name and text) into `dir`, which is made where it is missing, and says so.
/// A file that has this text already keeps its modification time.
pub fn write_all(dir: &Path, files: &[(String, String)], console: &Console) -> Status {
    if let Err(error) = fs::create_dir_all(dir) {
        return console.cannot_write(dir, &error);
    }
    for (name, text) in files {
        let path = dir.join(name);
        if let Err(error) = write(&path, text) {
            return console.cannot_write(&path, &error);
        }
    }
    if !console.quiet {
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let (dir, names) = (dir.display(), names.join(", "));
        let vi = format!("Đã ghi vào {dir}: {names}\n");
        return console.print(console.say(&vi, &format!("Written to {dir}: {names}\n")));
    }
    Status::Fine
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::read(path) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        _ => fs::write(path, text),
    }
}
