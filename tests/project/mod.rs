//! A handbook in a temporary folder, and the real program run in it.
//!
//! Expected texts stand in files. `SNAPSHOTS=overwrite cargo test` writes what came out into
//! them; read the difference before you commit it.

// Each test binary uses its own part of this.
#![allow(dead_code)]

pub mod host;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A handbook that a test may change at will.
pub struct Project {
    dir: TempDir,
}

/// What came of a run.
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// The closing line.
    pub stdout: String,
    /// The problems, with the temporary folder's own name left out.
    pub stderr: String,
}

impl Project {
    /// A handbook of those of these trees that exist, later ones over earlier ones.
    pub fn of(trees: &[&Path]) -> Project {
        let project = Project { dir: tempfile::tempdir().unwrap() };
        trees.iter().filter(|t| t.is_dir()).for_each(|tree| copy(tree, &project.root()));
        project
    }

    /// A handbook of these files.
    pub fn with(files: &[(&str, &str)]) -> Project {
        let project = Project::of(&[]);
        files.iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    /// Its folder, as the system spells it.
    pub fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    /// A path inside it.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    /// Writes a file, and the folders around it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Changes `from`, which must be there, to `to`.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replace(from, to));
    }

    /// Runs sotay in the handbook's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    /// Runs sotay in a folder of the handbook.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_sotay"))
            .args(arguments)
            .args(["--color", "never"])
            .env("COLUMNS", "100")
            .env("NO_PROXY", "*")
            .current_dir(self.path(folder))
            .output()
            .unwrap();
        self.seen(&output)
    }

    fn seen(&self, output: &Output) -> Run {
        let root = self.root();
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            text.replace(root.to_str().unwrap(), "[ROOT]")
        };
        Run {
            status: output.status.code().unwrap(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// Builds in English; there must be nothing to say against it.
    pub fn build(&self) -> Run {
        let run = self.run(&["build", "--ui-lang", "en"]);
        assert_eq!((run.status, &*run.stderr), (0, ""));
        run
    }

    /// Every file of the output, by its path.
    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("dist"))
    }
}

/// Every file below `dir`, by its path with `/`.
pub fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    let files = entries.filter(|e| e.file_type().is_file());
    files.map(|e| (below(dir, e.path()), fs::read(e.path()).unwrap())).collect()
}

/// The folders directly in `dir`, in order of name.
pub fn cases(dir: &str) -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let entries = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<_> = entries.filter(|p| p.is_dir()).collect();
    cases.sort();
    cases
}

/// The last part of a path.
pub fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// What a case's `command.txt` says, else `build`.
pub fn command(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("command.txt")).unwrap_or("build".to_owned());
    text.split_whitespace().map(str::to_owned).collect()
}

/// Compares texts with the files that hold what is expected. All differences are shown.
#[derive(Default)]
pub struct Expectations {
    differences: Vec<String>,
}

impl Expectations {
    /// Compares `actual` with `file`, or writes it there when asked to.
    pub fn check(&mut self, actual: &[u8], file: &Path) {
        let expected = fs::read(file).unwrap_or_default();
        if expected == actual && file.is_file() {
            return;
        }
        if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
            fs::write(file, actual).unwrap();
            return;
        }
        let [expected, actual] = [&expected[..], actual].map(String::from_utf8_lossy);
        self.fail(format!("{}:\n{}", file.display(), difference(&expected, &actual)));
    }

    /// Notes something else that is wrong.
    pub fn fail(&mut self, what: impl Into<String>) {
        self.differences.push(what.into());
    }

    /// Fails the test if anything was wrong.
    pub fn finish(self) {
        let differences = self.differences;
        assert!(
            differences.is_empty(),
            "{}\n\n{} differences; SNAPSHOTS=overwrite accepts them",
            differences.join("\n\n"),
            differences.len()
        );
    }
}

/// Where two texts part, line by line.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let after = old[same..].iter().rev().zip(new[same..].iter().rev());
    let same_after = after.take_while(|(a, b)| a == b).count();
    let mut out = format!("  line {}\n", same + 1);
    old[same..old.len() - same_after].iter().for_each(|l| out.push_str(&format!("- {l}\n")));
    new[same..new.len() - same_after].iter().for_each(|l| out.push_str(&format!("+ {l}\n")));
    out
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

fn below(dir: &Path, path: &Path) -> String {
    path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/")
}
