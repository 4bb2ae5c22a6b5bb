//! A change to the project, before it is made.

use super::refusal::Sentence;
use crate::base::{Edit, RelPath, line_column};
use crate::model::{Lock, PageId, Snapshot, SourceText};

/// What a change comes to. Files that change are named as they are called before; moves come
/// after changes.
#[derive(Clone, Default, Debug)]
pub struct Plan {
    /// Files to make; none of them may be there.
    pub creates: Vec<Create>,
    /// Files whose text changes.
    pub changes: Vec<Change>,
    /// Files and folders to move; nothing may stand where they go.
    pub moves: Vec<Move>,
    /// Pages that get another address: before and after.
    pub addresses: Vec<(PageId, PageId)>,
    /// What the person should know beside.
    pub notes: Vec<Sentence>,
}

/// A file to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Create {
    /// Where.
    pub file: RelPath,
    /// Its text.
    pub text: String,
}

/// A file or folder to move.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// From where.
    pub from: RelPath,
    /// To where.
    pub to: RelPath,
    /// Whether it is a folder, with everything in it.
    pub is_folder: bool,
}

/// Changes within one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The file.
    pub file: RelPath,
    /// What changes, in order.
    pub edits: Vec<Edit>,
    /// The same for a person to read.
    pub shown: Vec<Shown>,
}

/// One change within a file, as a person is shown it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Line, from 1.
    pub line: usize,
    /// What stands there now; empty where something is added.
    pub old: String,
    /// What will stand there.
    pub new: String,
}

impl Change {
    /// `edits`, in any order, of a file that reads `text`.
    pub fn new(file: &RelPath, text: &str, mut edits: Vec<Edit>) -> Change {
        edits.sort_by_key(|e| e.span);
        let shown = edits.iter().map(|edit| Shown {
            line: line_column(text, edit.span.start as usize).line,
            old: text[edit.span.range()].trim().to_owned(),
            new: edit.text.trim().to_owned(),
        });
        Change { file: file.clone(), shown: shown.collect(), edits }
    }
}

/// `text` with `edits`, which are in order, made in it.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in edits {
        out.push_str(&text[copied..edit.span.start as usize]);
        out.push_str(&edit.text);
        copied = edit.span.end as usize;
    }
    out.push_str(&text[copied..]);
    out
}

impl Plan {
    /// Where a file that the project has now will be.
    pub fn destination(&self, file: &RelPath) -> RelPath {
        let moved = |m: &Move| match m.is_folder {
            true => {
                let below = file.as_str().strip_prefix(m.from.as_str())?.strip_prefix('/')?;
                Some(RelPath::new(format!("{}/{below}", m.to)))
            }
            false => (m.from == *file).then(|| m.to.clone()),
        };
        self.moves.iter().find_map(moved).unwrap_or_else(|| file.clone())
    }

    /// The project as it will be.
    pub fn applied(&self, snapshot: &Snapshot) -> Snapshot {
        let mut after = snapshot.clone();
        for change in &self.changes {
            let text = match change.file.as_str() {
                "site.toml" => Some(&mut after.config.text),
                Lock::FILE => after.lock.as_mut().map(|lock| &mut lock.text),
                _ => after.pages.get_mut(&change.file).map(|page| &mut page.text),
            };
            if let Some(text) = text {
                *text = edited(text, &change.edits).into();
            }
        }
        let pages = std::mem::take(&mut after.pages).into_iter();
        after.pages = pages.map(|(file, text)| (self.destination(&file), text)).collect();
        let assets = std::mem::take(&mut after.assets).into_iter();
        after.assets = assets.map(|(file, data)| (self.destination(&file), data)).collect();
        for create in &self.creates {
            let text = SourceText { text: create.text.as_str().into() };
            after.pages.insert(create.file.clone(), text);
        }
        after
    }
}
