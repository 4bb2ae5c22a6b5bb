//! Tells open pages of changes, as server-sent events (HTML Living Standard, section 9.2).
//!
//! There is no queue: each stream waits for a turn, then sends what is true now and was not
//! sent before. A slow reader misses steps, never the end.

use super::Problems;
use super::problems::{Count, Counts};
use crate::diag::UiLang;
use crate::serve::{About, Site, Versions, Visitor};
use serde::Serialize;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How soon a browser comes back after a stream broke.
const RETRY: &str = "retry: 1000\n\n";

/// How often a stream looks whether its reader is still there.
const LOOK: Duration = Duration::from_secs(1);

/// Where changes are announced and streams wait for them.
pub struct Hub {
    lang: UiLang,
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Default)]
struct State {
    /// Counts announcements.
    turn: u64,
    /// What was said last, as JSON; nothing before the first build.
    problems: Option<Arc<str>>,
    /// The same by file.
    counts: Counts,
    editors: usize,
    guests: usize,
    closed: bool,
}

/// One open page.
pub(in crate::serve) struct Listener {
    /// The file that it shows, or would show if there were one.
    pub page: String,
    /// Who looks at it.
    pub visitor: Visitor,
    /// How often to give a sign of life.
    pub heartbeat: Duration,
}

/// The right to one stream; given back when dropped.
pub(in crate::serve) struct Seat<'a> {
    hub: &'a Hub,
    visitor: Visitor,
}

/// What a stream has sent.
#[derive(Default)]
struct Sent {
    versions: Option<Versions>,
    about: Option<String>,
    problems: Option<Arc<str>>,
}

/// What is true now.
struct Now {
    turn: u64,
    problems: Option<Arc<str>>,
    counts: Counts,
    closed: bool,
}

/// What an editor is told about the open page.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    about: &'a About,
    #[serde(flatten)]
    count: Count,
}

impl Hub {
    /// A hub without listeners, for an editor who reads `lang`.
    pub fn new(lang: UiLang) -> Hub {
        Hub { lang, state: Mutex::default(), turned: Condvar::new() }
    }

    /// To be called whenever the site has changed or could not be: every open page is asked
    /// for again by its versions, and editors' pages show `problems` and no others.
    pub fn announce(&self, problems: &Problems) {
        let (json, counts) = (problems.to_json(), problems.counts().clone());
        let mut state = self.state();
        if state.problems.as_deref() != Some(&*json) {
            state.problems = Some(json.into());
        }
        state.counts = counts;
        state.turn += 1;
        drop(state);
        self.turned.notify_all();
    }

    /// Ends every stream.
    pub fn close(&self) {
        self.state().closed = true;
        self.turned.notify_all();
    }

    /// The pages and visitors that listen now.
    pub fn listeners(&self) -> usize {
        let state = self.state();
        state.editors + state.guests
    }

    /// A place for one more stream, if there are fewer than `all`, and of `visitor`'s kind
    /// fewer than `of_kind`.
    pub(in crate::serve) fn seat(
        &self,
        visitor: Visitor,
        all: usize,
        of_kind: usize,
    ) -> Option<Seat<'_>> {
        let mut state = self.state();
        if state.closed || state.editors + state.guests >= all || *state.of(visitor) >= of_kind {
            return None;
        }
        *state.of(visitor) += 1;
        Some(Seat { hub: self, visitor })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn of(&mut self, visitor: Visitor) -> &mut usize {
        match visitor {
            Visitor::Editor => &mut self.editors,
            Visitor::Guest => &mut self.guests,
        }
    }
}

impl Seat<'_> {
    /// Sends events to `to` until the hub closes, `to` fails or `is_over` says so.
    pub(in crate::serve) fn stream(
        &self,
        site: &dyn Site,
        listener: &Listener,
        to: &mut dyn Write,
        is_over: &dyn Fn() -> bool,
    ) -> io::Result<()> {
        let (mut turn, mut sent) = (None, Sent::default());
        let mut last = Instant::now();
        to.write_all(RETRY.as_bytes())?;
        loop {
            let now = self.wait(turn);
            if now.closed || is_over() {
                return Ok(());
            }
            let mut events = String::new();
            if turn != Some(now.turn) {
                turn = Some(now.turn);
                events = sent.state(self.hub.lang, site.versions(&listener.page));
                // The rest names source files, which are nobody's business but the editor's.
                if listener.visitor == Visitor::Editor {
                    events += &sent.page(site.about(&listener.page).as_ref(), &now.counts);
                    events += &sent.problems(now.problems);
                }
            }
            if events.is_empty() && last.elapsed() >= listener.heartbeat {
                events.push_str(":\n\n");
            }
            if !events.is_empty() {
                to.write_all(events.as_bytes())?;
                to.flush()?;
                last = Instant::now();
            }
        }
    }

    /// What is true once there is a turn after `seen` or it is time to look around.
    fn wait(&self, seen: Option<u64>) -> Now {
        let idle = |state: &mut State| seen == Some(state.turn) && !state.closed;
        let (state, _) = self
            .hub
            .turned
            .wait_timeout_while(self.hub.state(), LOOK, idle)
            .unwrap_or_else(PoisonError::into_inner);
        Now {
            turn: state.turn,
            problems: state.problems.clone(),
            counts: state.counts.clone(),
            closed: state.closed,
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        *self.hub.state().of(self.visitor) -= 1;
    }
}

/// Each gives the event for what is new, which counts as sent from now on; else nothing.
impl Sent {
    fn state(&mut self, lang: UiLang, versions: Versions) -> String {
        if self.versions.replace(versions) == Some(versions) {
            return String::new();
        }
        event("state", &state_json(lang, versions))
    }

    fn page(&mut self, about: Option<&About>, counts: &Counts) -> String {
        let page = about.map(|about| Page { about, count: counts.of(about.sources()) });
        // Plain data with text for keys: there is nothing in it that JSON could not hold.
        let json = page.map(|page| serde_json::to_string(&page).unwrap_or_default());
        if self.about == json {
            return String::new();
        }
        self.about = json;
        event("page", self.about.as_deref().unwrap_or("null"))
    }

    fn problems(&mut self, problems: Option<Arc<str>>) -> String {
        if self.problems == problems {
            return String::new();
        }
        self.problems = problems;
        self.problems.as_deref().map(|json| event("problems", json)).unwrap_or_default()
    }
}

/// One event. JSON has no line breaks outside of escapes, so its data is one line.
fn event(name: &str, json: &str) -> String {
    format!("event: {name}\ndata: {json}\n\n")
}

fn state_json(lang: UiLang, versions: Versions) -> String {
    let lang = match lang {
        UiLang::Vi => "vi",
        UiLang::En => "en",
    };
    let Versions { page, style, script } = versions;
    // As text: JavaScript's numbers are too short.
    format!(
        r#"{{"page":"{page:016x}","style":"{style:016x}","script":"{script:016x}","lang":"{lang}"}}"#
    )
}
