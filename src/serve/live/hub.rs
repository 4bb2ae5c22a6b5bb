//! Tells open pages of changes, as server-sent events (HTML Living Standard, section 9.2).
//!
//! There is no queue: each stream waits for a turn, then sends what is true now and was not
//! sent before. A slow reader misses steps, never the end.

use super::Problems;
use crate::diag::UiLang;
use crate::serve::{Site, Versions, Visitor};
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
    problems: Option<Arc<str>>,
}

impl Hub {
    /// A hub without listeners, for an editor who reads `lang`.
    pub fn new(lang: UiLang) -> Hub {
        Hub { lang, state: Mutex::default(), turned: Condvar::new() }
    }

    /// To be called whenever the site has changed or could not be: every open page is asked
    /// for again by its versions, and editors' pages show `problems` and no others.
    pub fn announce(&self, problems: &Problems) {
        let problems = problems.to_json();
        let mut state = self.state();
        if state.problems.as_deref() != Some(&*problems) {
            state.problems = Some(problems.into());
        }
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
            let (now, problems, closed) = self.wait(turn);
            if closed || is_over() {
                return Ok(());
            }
            let mut events = String::new();
            if turn != Some(now) {
                turn = Some(now);
                let versions = site.versions(&listener.page);
                events = sent.news(self.hub.lang, listener.visitor, versions, problems);
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

    /// The turn, the problems and whether the hub is closed, once there is a turn after
    /// `seen` or it is time to look around.
    fn wait(&self, seen: Option<u64>) -> (u64, Option<Arc<str>>, bool) {
        let idle = |state: &mut State| seen == Some(state.turn) && !state.closed;
        let (state, _) = self
            .hub
            .turned
            .wait_timeout_while(self.hub.state(), LOOK, idle)
            .unwrap_or_else(PoisonError::into_inner);
        (state.turn, state.problems.clone(), state.closed)
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        *self.hub.state().of(self.visitor) -= 1;
    }
}

impl Sent {
    /// The events for what is new, which count as sent from now on.
    fn news(
        &mut self,
        lang: UiLang,
        visitor: Visitor,
        versions: Versions,
        problems: Option<Arc<str>>,
    ) -> String {
        let mut events = String::new();
        if self.versions != Some(versions) {
            self.versions = Some(versions);
            events.push_str(&event("state", &state_json(lang, versions)));
        }
        // Problems name source files, which are nobody's business but the editor's.
        if visitor == Visitor::Editor
            && let Some(json) = &problems
            && self.problems != problems
        {
            events.push_str(&event("problems", json));
            self.problems = problems;
        }
        events
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
