//! The gate: what every request passes before `tiny_http` sees it, and how its answer comes
//! back. Takes nothing on trust: how many, how slowly, in which words, and for whom.

use super::head::{self, Head, Method, NoHead};
use super::host;
use super::limits::Limits;
use super::pass::Passes;
use super::relay::{self, Kind};
use super::reply::{Reply, Status};
use super::slots::{Caller, Slot, Slots, Turn};
use super::target::Target;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Below this all is the preview's own.
pub const OWN_FOLDER: &str = "/_sotay/";

/// Where the event stream is.
pub const EVENTS: &str = "/_sotay/events";

/// How long a browser may take to read the end of an answer before its connection goes.
const FAREWELL: Duration = Duration::from_secs(1);

/// How many of those who were turned away are kept a while: a connection that closes with a
/// request unread takes the refusal back before it was read.
const TURNED_AWAY: usize = 16;

/// Stands between the sockets and `tiny_http`.
pub struct Gate {
    limits: Limits,
    slots: Arc<Slots>,
    passes: Arc<Passes>,
    /// Where `tiny_http` listens.
    inner: SocketAddr,
    turned_away: Mutex<VecDeque<Arc<TcpStream>>>,
}

/// How a connection comes in.
enum Entry {
    Now(Slot),
    Later(Turn),
}

impl Gate {
    /// A gate before the server at `inner`, which asks `passes` who comes.
    pub fn new(limits: Limits, inner: SocketAddr, passes: Arc<Passes>) -> Gate {
        let slots = Slots::new(limits);
        Gate { limits, slots, passes, inner, turned_away: Mutex::default() }
    }

    /// Takes one connection. Never waits: the connection's own thread does that.
    pub fn receive(self: &Arc<Gate>, stream: TcpStream) {
        // Whoever has left before being asked in has no address.
        let (Ok(local), Ok(peer)) = (stream.local_addr(), stream.peer_addr()) else { return };
        let visitor = host::visitor(peer.ip(), local.ip());
        let caller = Caller { stream: Arc::new(stream), peer: peer.ip(), visitor };
        let Some(entry) = self.entry(&caller) else { return self.turn_away(&caller) };
        let gate = self.clone();
        let serve = move || match entry.slot(&caller) {
            // The connection is of no use to anybody once this fails.
            Some(slot) => drop(gate.serve(&caller, &slot, local)),
            None => gate.turn_away(&caller),
        };
        // No thread to be had: the closure is dropped, and with it the connection.
        let _ = thread::Builder::new().name("preview-connection".to_owned()).spawn(serve);
    }

    /// In a rush everybody waits their turn; when even the queue is full it is no rush.
    fn entry(&self, caller: &Caller) -> Option<Entry> {
        let now = |settle| self.slots.admit(caller, settle).map(Entry::Now);
        let later = || self.slots.queue().map(Entry::Later);
        now(self.limits.settle).or_else(later).or_else(|| now(Duration::ZERO))
    }

    /// Closes every connection.
    pub fn close(&self) {
        self.slots.close(FAREWELL);
    }

    fn turn_away(&self, caller: &Caller) {
        let stream = &caller.stream;
        let reply = Reply::plain(Status::ServiceUnavailable).into_bytes(false);
        // A new connection takes a few hundred bytes at once, or is not worth waiting for.
        let _ = stream.set_nonblocking(true);
        let _ = (&**stream).write_all(&reply);
        let _ = stream.shutdown(Shutdown::Write);
        let mut kept = self.turned_away.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(stream.clone());
        if kept.len() > TURNED_AWAY {
            kept.pop_front();
        }
    }

    fn serve(&self, caller: &Caller, slot: &Slot, local: SocketAddr) -> io::Result<()> {
        let stream = &*caller.stream;
        // An answer is written in few pieces, none of which gains by waiting.
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(self.limits.stall))?;
        match head::read(stream, &self.limits) {
            Ok(bytes) => {
                slot.set_busy();
                match head::parse(&bytes, self.limits.line_bytes) {
                    Ok(head) => self.pass(&head, caller, local)?,
                    Err(status) => refuse(stream, status, false)?,
                }
            }
            Err(NoHead::Refused(status)) => refuse(stream, status, false)?,
            Err(NoHead::Gone) => return Ok(()),
        }
        slot.set_answered();
        farewell(stream)
    }

    /// Hands a clean request on, in words of our own, and carries the answer back.
    fn pass(&self, head: &Head, caller: &Caller, local: SocketAddr) -> io::Result<()> {
        let stream = &*caller.stream;
        let head_only = head.method == Method::Head;
        let kind = match vet(head, local) {
            Ok(kind) => kind,
            Err(status) => return refuse(stream, status, head_only),
        };
        let Ok(mut inner) = TcpStream::connect_timeout(&self.inner, self.limits.stall) else {
            return refuse(stream, Status::ServiceUnavailable, head_only);
        };
        let _pass = self.passes.issue(inner.local_addr()?, caller.visitor);
        inner.write_all(request(head).as_bytes())?;
        relay::relay(&inner, stream, kind, &self.limits)
    }
}

impl Entry {
    /// The place of `caller`, waited for where need be.
    fn slot(self, caller: &Caller) -> Option<Slot> {
        match self {
            Entry::Now(slot) => Some(slot),
            Entry::Later(turn) => turn.wait(caller),
        }
    }
}

/// Whether the request is meant for us and comes from a page that may make it, and for what
/// kind of answer it asks.
fn vet(head: &Head, local: SocketAddr) -> Result<Kind, Status> {
    if !host::is_ours(head.host, local) {
        return Err(Status::MisdirectedRequest);
    }
    if head.origin.is_some_and(|origin| !host::is_our_origin(origin, local)) {
        return Err(Status::Forbidden);
    }
    // Decoded here too: an escape must not slip past what follows.
    let target = Target::parse(head.target).ok_or(Status::BadRequest)?;
    // What the preview says of itself is for its own pages; another server on this machine is
    // "same-site" to a browser.
    let own_page = matches!(head.fetch_site, None | Some("same-origin" | "none"));
    if target.is_below(OWN_FOLDER) && !own_page {
        return Err(Status::Forbidden);
    }
    let endless = head.method == Method::Get && target.is(EVENTS);
    Ok(if endless { Kind::Events } else { Kind::File })
}

fn request(head: &Head) -> String {
    let range = head.range.map_or_else(String::new, |range| format!("Range: {range}\r\n"));
    let (method, target) = (head.method.as_str(), head.target);
    format!("{method} {target} HTTP/1.1\r\nHost: preview\r\nConnection: close\r\n{range}\r\n")
}

fn refuse(mut stream: &TcpStream, status: Status, head_only: bool) -> io::Result<()> {
    stream.write_all(&Reply::plain(status).into_bytes(head_only))
}

/// Ends the answer and reads what the other side still has to say, for a moment: bytes left
/// unread would make the system take back what was sent.
fn farewell(mut stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let until = Instant::now() + FAREWELL;
    let mut rest = [0; 4096];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        stream.set_read_timeout(Some(left))?;
        if stream.read(&mut rest)? == 0 {
            return Ok(());
        }
    }
}
