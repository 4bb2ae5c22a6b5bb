//! Carries out a plan of `edit`: all of it, or nothing.

use super::Status;
use super::report::Console;
use crate::base::{RelPath, read_as_meant, rewrite};
use crate::diag::{UiLang, io_problem};
use crate::edit::{Change, Move, Plan, Refusal};
use crate::load;
use crate::model::{Lock, Snapshot};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a plan was not carried out. Everything is as it was.
#[derive(Debug)]
pub enum Failure {
    /// Something is there already.
    Exists(PathBuf),
    /// A file changed since it was read.
    Changed(PathBuf),
    /// A file could not be read or written.
    Io(PathBuf, io::Error),
    /// The same; and what was done before could not be undone here.
    NotUndone(PathBuf, io::Error, Vec<PathBuf>),
}

/// The project's folder, and how the system spells the files in it.
pub struct Folder {
    root: PathBuf,
    spelled: BTreeMap<RelPath, PathBuf>,
}

impl Folder {
    /// The project at `root`.
    pub fn new(root: &Path) -> Folder {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Folder { spelled: load::spellings(&root), root }
    }

    /// Where a file or folder lies, or would.
    pub fn path(&self, path: &RelPath) -> PathBuf {
        if let Some(spelled) = self.spelled.get(path) {
            return spelled.clone();
        }
        let below = format!("{path}/");
        let inside = self.spelled.range(RelPath::new(&below)..).next();
        if let Some((file, spelled)) = inside
            && let Some(rest) = file.as_str().strip_prefix(&below)
        {
            // As many folders up as the file lies below.
            let levels = rest.matches('/').count() + 1;
            return spelled.ancestors().nth(levels).unwrap_or(spelled).to_owned();
        }
        match path.folder() {
            "" => self.root.join(path.as_str()),
            folder => self.path(&RelPath::new(folder)).join(path.name()),
        }
    }

    /// Where something moves to: a name that it keeps stays spelled as it is.
    fn destination(&self, m: &Move) -> PathBuf {
        let from = self.path(&m.from);
        let name = match from.file_name() {
            Some(name) if m.from.name() == m.to.name() => name,
            _ => m.to.name().as_ref(),
        };
        self.path(&RelPath::new(m.to.folder())).join(name)
    }

    /// Carries out `plan`, which was made for `snapshot`.
    pub fn carry_out(&self, plan: &Plan, snapshot: &Snapshot) -> Result<(), Failure> {
        let meant = |change: &Change| match change.file.as_str() {
            "site.toml" => Some(&*snapshot.config.text),
            Lock::FILE => snapshot.lock.as_ref().map(|lock| &*lock.text),
            _ => snapshot.pages.get(&change.file).map(|page| &*page.text),
        };
        let mut writes = Vec::new();
        for change in &plan.changes {
            let path = self.path(&change.file);
            let bytes = fs::read(&path).map_err(|e| Failure::Io(path.clone(), e))?;
            let text = std::str::from_utf8(&bytes).ok();
            let same = text.is_some_and(|t| Some(&*read_as_meant(t).text) == meant(change));
            let Some(text) = text.filter(|_| same) else { return Err(Failure::Changed(path)) };
            let new = rewrite(text, &change.edits);
            writes.push((path, new, bytes));
        }
        let moves: Vec<(PathBuf, PathBuf)> =
            plan.moves.iter().map(|m| (self.path(&m.from), self.destination(m))).collect();
        let creates = plan.creates.iter().map(|c| (self.path(&c.file), c.text.as_bytes()));
        let creates: Vec<(PathBuf, &[u8])> = creates.collect();
        for new in moves.iter().map(|(_, to)| to).chain(creates.iter().map(|(path, _)| path)) {
            check_absent(new)?;
        }
        let mut journal = Journal::default();
        let done = (|| {
            for (path, new, old) in writes {
                journal.replace(&path, new.as_bytes(), old)?;
            }
            for (path, text) in creates {
                journal.create(&path, text)?;
            }
            moves.iter().try_for_each(|(from, to)| journal.rename(from, to))
        })();
        done.map_err(|(path, error)| journal.undo(path, error))?;
        moves.iter().for_each(|(from, _)| self.remove_if_empty(from));
        Ok(())
    }

    /// Removes the folders around a file that is gone, as far as they are empty.
    fn remove_if_empty(&self, gone: &Path) {
        let content = self.root.join("content");
        for folder in gone.ancestors().skip(1).take_while(|f| **f != content) {
            // A folder that is not empty stays, and so do those around it.
            if !folder.starts_with(&content) || fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}

/// Writes `files` into the folder `dir`, which is made where it is not there.
pub fn write_all(dir: &Path, files: &[(RelPath, String)]) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = files.iter().map(|(file, _)| dir.join(file.as_str())).collect();
    paths.iter().try_for_each(|path| check_absent(path))?;
    let mut journal = Journal::default();
    let mut each = paths.iter().zip(files);
    let done = each.try_for_each(|(path, (_, text))| journal.create(path, text.as_bytes()));
    done.map_err(|(path, error)| journal.undo(path, error))
}

fn check_absent(path: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(Failure::Exists(path.to_owned())),
        // A file where a folder should be is met when the folder is made.
        Err(_) => Ok(()),
    }
}

/// What was done so far, to be undone should anything fail.
#[derive(Default)]
struct Journal {
    done: Vec<Done>,
}

enum Done {
    MadeFolder(PathBuf),
    Made(PathBuf),
    Replaced(PathBuf, Vec<u8>),
    Renamed(PathBuf, PathBuf),
}

type Attempt = Result<(), (PathBuf, io::Error)>;

impl Journal {
    fn create(&mut self, path: &Path, bytes: &[u8]) -> Attempt {
        self.make_folder(path.parent().unwrap_or(Path::new("")))?;
        let failed = |e| (path.to_owned(), e);
        let mut file = fs::File::create_new(path).map_err(failed)?;
        self.done.push(Done::Made(path.to_owned()));
        file.write_all(bytes).map_err(failed)
    }

    fn replace(&mut self, path: &Path, new: &[u8], old: Vec<u8>) -> Attempt {
        replace(path, new).map_err(|e| (path.to_owned(), e))?;
        self.done.push(Done::Replaced(path.to_owned(), old));
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Attempt {
        self.make_folder(to.parent().unwrap_or(Path::new("")))?;
        fs::rename(from, to).map_err(|e| (from.to_owned(), e))?;
        self.done.push(Done::Renamed(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Attempt {
        let missing = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.is_dir());
        let missing: Vec<&Path> = missing.collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|e| (folder.to_owned(), e))?;
            self.done.push(Done::MadeFolder(folder.to_owned()));
        }
        Ok(())
    }

    /// Puts everything back after `error`, latest first.
    fn undo(self, path: PathBuf, error: io::Error) -> Failure {
        let mut left = Vec::new();
        for done in self.done.into_iter().rev() {
            let (undone, path) = match done {
                Done::MadeFolder(path) => (fs::remove_dir(&path), path),
                Done::Made(path) => (fs::remove_file(&path), path),
                Done::Replaced(path, old) => (replace(&path, &old), path),
                Done::Renamed(from, to) => (fs::rename(&to, &from), to),
            };
            if undone.is_err() {
                left.push(path);
            }
        }
        match left.is_empty() {
            true => Failure::Io(path, error),
            false => Failure::NotUndone(path, error, left),
        }
    }
}

/// Puts `bytes` in the place of a file in one step, so that a full disk costs nothing.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    // It was made so on purpose.
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.sotay-new"));
    let written = fs::write(&beside, bytes)
        .and_then(|()| fs::set_permissions(&beside, permissions))
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left of the attempt is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written
}

impl Console {
    /// Says why nothing was changed.
    pub fn refused(&self, refusal: &Refusal) -> Status {
        let status = match &refusal.content {
            Some(content) => {
                self.problems(&content.0, &content.1);
                Status::Problems
            }
            None => Status::Usage,
        };
        self.error(refusal.sentence.text(self.lang));
        status
    }

    /// Says why a plan was not carried out. `root` is left out of the paths shown.
    pub fn failed(&self, failure: &Failure, root: &Path) -> Status {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let shown = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
        let (path, error, left) = match failure {
            Failure::Exists(path) => {
                let path = shown(path);
                self.error(&match self.lang {
                    UiLang::Vi => {
                        format!("đã có `{path}`; không ghi đè và chưa thay đổi gì")
                    }
                    UiLang::En => format!(
                        "`{path}` is there already; it is not overwritten, and nothing was changed"
                    ),
                });
                return Status::Usage;
            }
            Failure::Changed(path) => {
                let path = shown(path);
                self.error(&match self.lang {
                    UiLang::Vi => {
                        format!("`{path}` vừa bị thay đổi; chưa làm gì, hãy chạy lại lệnh")
                    }
                    UiLang::En => format!(
                        "`{path}` changed in the meantime; nothing was done, run the command again"
                    ),
                });
                return Status::Usage;
            }
            Failure::Io(path, error) => (path, error, &[][..]),
            Failure::NotUndone(path, error, left) => (path, error, &left[..]),
        };
        let (path, (problem_vi, problem_en)) = (shown(path), io_problem(error));
        let left: Vec<String> = left.iter().map(|path| shown(path)).collect();
        let left = left.join(", ");
        self.error(&match (self.lang, left.is_empty()) {
            (UiLang::Vi, true) => {
                format!("không ghi được `{path}`: {problem_vi}; mọi thứ vẫn như cũ")
            }
            (UiLang::En, true) => {
                format!("cannot write `{path}`: {problem_en}; everything is as it was")
            }
            (UiLang::Vi, false) => {
                format!("không ghi được `{path}`: {problem_vi}; chưa khôi phục được: {left}")
            }
            (UiLang::En, false) => {
                format!("cannot write `{path}`: {problem_en}; not put back: {left}")
            }
        });
        Status::Io
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (RelPath, String) {
        (RelPath::new(text), text.to_owned())
    }

    #[test]
    fn a_failure_removes_what_was_made_before_it() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b"), "mine").unwrap();
        let target = dir.path().join("b");
        let result = write_all(dir.path(), &[file("a/x"), file("c"), file("b/y")]);
        assert!(matches!(result, Err(Failure::Io(path, _)) if path == target));
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(left, [target]);
    }

    #[test]
    fn a_file_that_changed_in_the_meantime_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let page = dir.path().join("content/a.vi.md");
        fs::create_dir(dir.path().join("content")).unwrap();
        fs::write(dir.path().join("site.toml"), "title = \"x\"\nlanguages = [\"vi\"]\n").unwrap();
        fs::write(dir.path().join("content/index.vi.md"), "---\ntitle: x\n---\n").unwrap();
        fs::write(&page, "---\ntitle: x\n---\n").unwrap();
        let (snapshot, _) = load::load(dir.path());
        let plan = crate::edit::rename(&snapshot, "a", "b").unwrap();
        fs::write(&page, "---\ntitle: y\n---\n").unwrap();
        let folder = Folder::new(dir.path());
        let result = folder.carry_out(&plan, &snapshot);
        assert!(matches!(result, Err(Failure::Changed(path)) if path == page));
        assert_eq!(fs::read_to_string(&page).unwrap(), "---\ntitle: y\n---\n");
    }

    #[test]
    fn a_journal_puts_everything_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        fs::write(path("old"), "1").unwrap();
        fs::write(path("moved"), "2").unwrap();
        let mut journal = Journal::default();
        journal.replace(&path("old"), b"new", b"1".to_vec()).unwrap();
        journal.create(&path("x/y/z"), b"3").unwrap();
        journal.rename(&path("moved"), &path("x/moved")).unwrap();
        assert_eq!(fs::read(path("old")).unwrap(), b"new");
        let failure = journal.undo(path("old"), io::ErrorKind::StorageFull.into());
        assert!(matches!(failure, Failure::Io(..)), "{failure:?}");
        assert_eq!(fs::read(path("old")).unwrap(), b"1");
        assert_eq!(fs::read(path("moved")).unwrap(), b"2");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
