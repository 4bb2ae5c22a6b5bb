//! The handbook's folder: the one asked for, or the one that this folder belongs to.

use super::report::Console;
use super::{Global, Status};
use crate::diag::io_problem;
use crate::load;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The handbook's folder: as asked, else the one with site.toml here or above, else here.
pub fn folder(global: &Global) -> PathBuf {
    if let Some(root) = &global.root {
        return root.clone();
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    load::find_root(&here).unwrap_or(here)
}

/// Refuses a `--root` that holds no handbook, and says why.
pub fn check(global: &Global, console: &Console) -> Result<(), Status> {
    let Some(root) = &global.root else { return Ok(()) };
    let shown = root.display();
    let (what_vi, what_en) = match std::fs::metadata(root) {
        Ok(found) if !found.is_dir() => {
            (format!("`{shown}` là tệp, không phải thư mục"), format!("`{shown}` is not a folder"))
        }
        // Whatever stands in the place of site.toml, the build says what is wrong with it.
        Ok(_) if root.join("site.toml").symlink_metadata().is_ok() => return Ok(()),
        Ok(_) => (
            format!("thư mục `{shown}` không có site.toml"),
            format!("the folder `{shown}` has no site.toml"),
        ),
        Err(e) if e.kind() == ErrorKind::NotFound => {
            (format!("không có thư mục `{shown}`"), format!("there is no folder `{shown}`"))
        }
        Err(e) => {
            let (vi, en) = io_problem(&e);
            (format!("không đọc được `{shown}`: {vi}"), format!("cannot read `{shown}`: {en}"))
        }
    };
    let (help_vi, help_en) = match handbook_near(root) {
        Some(near) => {
            let near = near.display();
            (format!("có phải ý bạn là `--root {near}`?"), format!("did you mean `--root {near}`?"))
        }
        None => (
            "`--root` cần thư mục của sổ tay, là thư mục có tệp site.toml".to_owned(),
            "`--root` needs the handbook's folder, the one that holds site.toml".to_owned(),
        ),
    };
    console.refuse(console.say(&what_vi, &what_en), console.say(&help_vi, &help_en));
    Err(Status::Io)
}

/// The handbook that `path` lies in, if it exists and lies in one.
fn handbook_near(path: &Path) -> Option<PathBuf> {
    if path.exists() { load::find_root(path) } else { None }
}
