//! Watches a handbook's files, and says once what a burst of events came to.
//!
//! Programs save in many ways: in place, in two writes, by renaming, with swap files beside;
//! a branch switch touches hundreds of files. Each of these is one change.

use crate::load::{Changes, is_part};
use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The folders that hold a handbook's files; site.toml lies beside them.
const FOLDERS: [&str; 3] = ["content", "themes", "static"];

/// How often files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(700);

/// A change is complete when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(12);

/// The same, when files came, went or changed their names: more is likely to follow.
const QUIET_MOVES: Duration = Duration::from_millis(25);

/// The same, when many files are concerned.
const QUIET_MANY: Duration = Duration::from_millis(120);
const MANY: usize = 8;

/// A change is taken after this long even if it goes on.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How changes come to be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// The system tells.
    Told,
    /// By looking at all files again and again, as asked.
    Polled,
    /// The same, because the system would not watch so many folders.
    PolledInstead,
}

/// A watch over a handbook's files.
pub struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<notify::Result<Event>>,
    watched: BTreeSet<&'static str>,
    /// Whether the handbook's own folder went away.
    lost: bool,
    way: Way,
}

/// What a burst of events came to so far.
#[derive(Default)]
struct Burst {
    paths: BTreeSet<PathBuf>,
    /// Events were lost, or cannot be told apart.
    unknown: bool,
    moves: bool,
}

impl Watch {
    /// Watches the handbook at `root`, which is absolute; with `poll` by looking at its files
    /// again and again, for network shares that tell of nothing.
    pub fn start(root: &Path, poll: bool) -> notify::Result<Watch> {
        if poll {
            return Watch::over(root, Way::Polled);
        }
        match Watch::over(root, Way::Told) {
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                Watch::over(root, Way::PolledInstead)
            }
            watch => watch,
        }
    }

    fn over(root: &Path, way: Way) -> notify::Result<Watch> {
        let (send, events) = channel();
        let config = Config::default().with_poll_interval(POLL).with_follow_symlinks(false);
        let watcher: Box<dyn Watcher + Send> = match way {
            Way::Told => Box::new(RecommendedWatcher::new(send, config)?),
            Way::Polled | Way::PolledInstead => Box::new(PollWatcher::new(send, config)?),
        };
        let (watched, lost) = (BTreeSet::new(), false);
        let mut watch = Watch { root: root.to_owned(), watcher, events, watched, lost, way };
        watch.watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            watch.watch_folder(folder)?;
        }
        Ok(watch)
    }

    /// How changes come to be known.
    pub fn way(&self) -> Way {
        self.way
    }

    /// The next change, or `None` when there was none for `wait`.
    pub fn next(&mut self, wait: Duration) -> Option<Changes> {
        if self.lost {
            return self.find_again(wait);
        }
        let deadline = Instant::now() + wait;
        let mut burst = Burst::default();
        while burst.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            burst.add(&self.root, self.receive(left)?);
        }
        let patience = Instant::now() + PATIENCE;
        while Instant::now() < patience {
            let Some(event) = self.receive(burst.quiet()) else { break };
            burst.add(&self.root, event);
        }
        self.renew(&mut burst);
        Some(burst.changes())
    }

    fn receive(&self, wait: Duration) -> Option<notify::Result<Event>> {
        match self.events.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // The watcher's own thread ended; there is nothing to wake for.
                std::thread::sleep(wait);
                None
            }
        }
    }

    /// Watches folders that came, and forgets those that went.
    fn renew(&mut self, burst: &mut Burst) {
        for folder in FOLDERS {
            if burst.paths.contains(&self.root.join(folder)) && self.watch_folder(folder).is_err() {
                burst.unknown = true;
            }
        }
        if burst.paths.contains(&self.root) && !self.root.is_dir() {
            self.lost = true;
        }
    }

    fn watch_folder(&mut self, folder: &'static str) -> notify::Result<()> {
        let path = self.root.join(folder);
        if self.watched.remove(folder) {
            // It may be gone already, and its watch with it.
            let _ = self.watcher.unwatch(&path);
        }
        if path.is_dir() {
            self.watcher.watch(&path, RecursiveMode::Recursive)?;
            self.watched.insert(folder);
        }
        Ok(())
    }

    /// Waits for the handbook's own folder to come back.
    fn find_again(&mut self, wait: Duration) -> Option<Changes> {
        std::thread::sleep(wait.min(POLL));
        if !self.root.is_dir() {
            return None;
        }
        let found = Watch::over(&self.root, self.way).ok()?;
        *self = found;
        Some(Changes::Unknown)
    }
}

impl Burst {
    fn add(&mut self, root: &Path, event: notify::Result<Event>) {
        let Ok(event) = event else {
            self.unknown = true;
            return;
        };
        if event.need_rescan() {
            self.unknown = true;
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let is_ours = |path: &PathBuf| path == root || path.strip_prefix(root).is_ok_and(is_part);
        let before = self.paths.len();
        self.paths.extend(event.paths.into_iter().filter(is_ours));
        let moves =
            !matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        self.moves |= moves && self.paths.len() > before;
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.unknown
    }

    fn quiet(&self) -> Duration {
        match (self.unknown || self.paths.len() > MANY, self.moves) {
            (true, _) => QUIET_MANY,
            (false, true) => QUIET_MOVES,
            (false, false) => QUIET,
        }
    }

    fn changes(self) -> Changes {
        match self.unknown {
            true => Changes::Unknown,
            false => Changes::Paths(self.paths.into_iter().collect()),
        }
    }
}
