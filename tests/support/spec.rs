//! The examples of the CommonMark specification, read from its npm package when a test runs:
//! the text has its own licence and its own home, and is not copied into this repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The version that the list of differences was made for.
const PACKAGE: &str = "commonmark-spec@0.31.2";

/// One example: Markdown, and the HTML that it means.
pub struct Example {
    /// Its number in the specification, from 1.
    pub number: usize,
    /// The heading that it stands under.
    pub section: String,
    /// The Markdown.
    pub markdown: String,
    /// The HTML.
    pub html: String,
}

/// The examples, or why there are none here (no npm, no network).
pub fn examples() -> Result<Vec<Example>, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(PACKAGE);
    let file = folder.join("node_modules/commonmark-spec/spec.txt");
    if !file.is_file() {
        install(&folder)?;
    }
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(read(&text))
}

/// Installs beside `folder` first: another test process may be doing the same, and half a
/// package would look like a whole one.
fn install(folder: &Path) -> Result<(), String> {
    let staging = PathBuf::from(format!("{}.{}", folder.display(), std::process::id()));
    std::fs::create_dir_all(&staging).map_err(|e| e.to_string())?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&staging)
        .arg(PACKAGE)
        .stdin(Stdio::null())
        .output();
    let result = match run {
        Err(e) => Err(format!("npm cannot be run ({e}); it fetches {PACKAGE}")),
        Ok(done) if !done.status.success() => Err(format!(
            "`npm install {PACKAGE}` failed: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        )),
        Ok(_) => Ok(()),
    };
    if result.is_ok() && !folder.exists() {
        // The loser of a race finds the winner's folder, which is as good.
        let _ = std::fs::rename(&staging, folder);
    }
    let _ = std::fs::remove_dir_all(&staging);
    result
}

/// Examples stand between lines of 32 backquotes, Markdown and HTML parted by a line `.`;
/// arrows stand for tabs.
fn read(spec: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let opening = format!("{fence} example");
    let mut examples: Vec<Example> = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line == "<!-- END TESTS -->" {
            break;
        }
        if line == opening {
            let markdown = lines_until(&mut lines, ".");
            let html = lines_until(&mut lines, &fence);
            let (number, section) = (examples.len() + 1, section.clone());
            examples.push(Example { number, section, markdown, html });
        } else if line.starts_with('#') {
            section = line.trim_start_matches('#').trim().to_owned();
        }
    }
    examples
}

fn lines_until<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> String {
    lines.take_while(|l| *l != end).map(|l| l.replace('→', "\t") + "\n").collect()
}
