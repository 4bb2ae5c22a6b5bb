//! What git knows of the project: whether it could undo a change.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether `root` lies in a git work tree, as far as git is here to tell.
pub fn is_work_tree(root: &Path) -> bool {
    let output = git(root).args(["rev-parse", "--is-inside-work-tree"]).output();
    output.is_ok_and(|o| o.status.success() && o.stdout.trim_ascii() == b"true")
}

/// Those of `paths` that git could not bring back, because their content is committed nowhere;
/// `None` where git does not say.
pub fn uncommitted(root: &Path, paths: &[PathBuf]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    // A command line holds so many on every system.
    for some in paths.chunks(100) {
        let mut command = git(root);
        command.args(["--literal-pathspecs", "status", "--porcelain=v1", "-z", "--no-renames"]);
        command.args(["--untracked-files=all", "--ignored=matching", "--"]).args(some);
        let output = command.output().ok().filter(|o| o.status.success())?;
        let entries = output.stdout.split(|b| *b == 0).filter(|e| e.len() > 3);
        found.extend(entries.map(|e| String::from_utf8_lossy(&e[3..]).into_owned()));
    }
    Some(found)
}

/// The last `most` commits that changed `file` (its path from `root`), latest first, each with the
/// path that the file had then, from the top of the work tree.
pub fn versions(root: &Path, file: &str, most: usize) -> Vec<(String, String)> {
    let mut command = git(root);
    command.args(["-c", "core.quotePath=false", "log", "--follow", "--name-only", "-z"]);
    command.args(["--format=%x01%H", &format!("--max-count={most}"), "--", file]);
    let Some(output) = command.output().ok().filter(|o| o.status.success()) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let entries = text.split('\u{1}').filter_map(|entry| {
        let mut parts = entry.split(['\0', '\n']).filter(|part| !part.is_empty());
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    });
    entries.collect()
}

/// A file as it was in `commit`; `path` is from the top of the work tree.
pub fn show(root: &Path, commit: &str, path: &str) -> Option<String> {
    let output = git(root).args(["cat-file", "blob", &format!("{commit}:{path}")]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    // Looking must neither run what a repository's settings name nor write to it.
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false"]);
    command.env("GIT_OPTIONAL_LOCKS", "0").stderr(Stdio::null());
    command
}
