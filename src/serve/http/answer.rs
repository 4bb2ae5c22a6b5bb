//! `tiny_http`'s side of the gate: finds what a request asks for.

use super::Limits;
use super::gate::{EVENTS, OWN_FOLDER};
use super::media_type::media_type;
use super::pass::{Passes, Ticket};
use super::reply::{Body, Reply, Status, head};
use super::target::Target;
use crate::serve::live::{self, Hub, Listener};
use crate::serve::{Site, Visitor};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::io::{self, Write};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tiny_http::{Method, Request};

/// What must be escaped in the path of an address that is sent back.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// A drawing opened by itself is a document, and could run scripts: not in this origin.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
                              img-src data:; font-src data:; sandbox";

/// Everything an answer may need.
pub struct Answerer {
    /// What is shown.
    pub site: Arc<dyn Site>,
    /// Who is to hear of changes.
    pub hub: Arc<Hub>,
    /// Who may ask.
    pub passes: Arc<Passes>,
    /// How many may listen.
    pub limits: Limits,
}

impl Answerer {
    /// Answers `request`, unless it did not come through the gate.
    pub fn answer(&self, request: Request) -> io::Result<()> {
        let ticket = request.remote_addr().and_then(|address| self.passes.redeem(address));
        let Some(ticket) = ticket else {
            // Some program on this machine that tries every port: not a word.
            drop(request.into_writer());
            return Ok(());
        };
        let url = request.url().to_owned();
        let Some(target) = Target::parse(&url) else {
            return send(request, Reply::plain(Status::BadRequest).whole());
        };
        if target.is(EVENTS) {
            return self.listen(request, &target, &ticket);
        }
        let range = range_field(&request);
        // Should the site fail, somebody waits all the same; the failure itself was printed.
        let find = || self.find(&target, ticket.visitor);
        let answer = match catch_unwind(AssertUnwindSafe(find)) {
            Ok(Found::File(reply)) => reply.part(range.as_deref()),
            Ok(Found::Other(reply)) => reply.whole(),
            Err(_) => Reply::plain(Status::InternalError).whole(),
        };
        send(request, answer)
    }

    fn find(&self, target: &Target, visitor: Visitor) -> Found {
        let path = target.file();
        if target.is_below(OWN_FOLDER) {
            return own_file(target);
        }
        // A file that went away since the site saw it is not there.
        if let Some(Ok(body)) = self.site.file(&path, visitor).map(Body::open) {
            return Found::File(file(&path, body));
        }
        if self.site.file(&format!("{path}/index.html"), visitor).is_some() {
            let address = format!("/{}/{}", utf8_percent_encode(&path, PATH), target.query());
            return Found::Other(
                Reply::new(Status::Found, "text/plain; charset=utf-8", Body::Memory(Vec::new()))
                    .with("Location", address),
            );
        }
        let page = Body::Memory(self.site.not_found(&path, visitor));
        Found::Other(page_fields(Reply::new(Status::NotFound, "text/html; charset=utf-8", page)))
    }

    /// Opens an event stream, and stays until it ends.
    fn listen(&self, request: Request, target: &Target, ticket: &Ticket) -> io::Result<()> {
        let head_only = *request.method() == Method::Head;
        let room = match ticket.visitor {
            Visitor::Editor => self.limits.listeners,
            Visitor::Guest => self.limits.guest_listeners,
        };
        let seat = self.hub.seat(ticket.visitor, self.limits.listeners, room);
        let Some(seat) = seat else {
            return send(request, Reply::plain(Status::ServiceUnavailable).whole());
        };
        let media_type = "text/event-stream; charset=utf-8".to_owned();
        let mut writer = request.into_writer();
        writer.write_all(&head(Status::Ok, &[("Content-Type", media_type)], None))?;
        writer.flush()?;
        if head_only {
            return Ok(());
        }
        let listener = Listener {
            page: target.parameter("page").unwrap_or_default(),
            visitor: ticket.visitor,
            heartbeat: self.limits.heartbeat,
        };
        let is_over = || ticket.is_over();
        seat.stream(&*self.site, &listener, &mut *writer, &is_over)
    }
}

/// What a path leads to.
enum Found {
    /// A file, of which a part may be asked for.
    File(Reply),
    /// Anything else.
    Other(Reply),
}

fn own_file(target: &Target) -> Found {
    match live::file(&target.file()) {
        Some((path, text)) => Found::File(file(path, Body::Memory(text.as_bytes().to_vec()))),
        None => Found::Other(Reply::plain(Status::NotFound)),
    }
}

fn file(path: &str, body: Body) -> Reply {
    let media_type = media_type(path);
    let reply = Reply::new(Status::Ok, media_type, body);
    match media_type {
        "image/svg+xml" => reply.with("Content-Security-Policy", DRAWING_POLICY),
        _ if media_type.starts_with("text/html") => page_fields(reply),
        _ => reply,
    }
}

/// A page says its policy itself, but for what only a server can say.
fn page_fields(reply: Reply) -> Reply {
    reply.with("Content-Security-Policy", "frame-ancestors 'self'")
}

fn range_field(request: &Request) -> Option<String> {
    let is_get = *request.method() == Method::Get;
    let mut fields = request.headers().iter().filter(|field| field.field.equiv("Range"));
    fields.next().filter(|_| is_get).map(|field| field.value.to_string())
}

fn send(request: Request, (reply, part): (Reply, Range<u64>)) -> io::Result<()> {
    let head_only = *request.method() == Method::Head;
    reply.write(part, head_only, &mut *request.into_writer())
}
