//! The head of a request: read within a deadline and a size, and parsed as strictly as
//! RFC 9112 allows. Whatever two readers could understand differently is refused here, so
//! that nothing can be smuggled past.

use super::Limits;
use super::reply::Status;
use std::io::{self, ErrorKind, Read};
use std::net::TcpStream;
use std::time::Instant;

/// More fields than any browser sends.
const MOST_FIELDS: usize = 100;

/// A clean request without a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head<'a> {
    /// The only two methods there are here.
    pub method: Method,
    /// The request target: begins with a slash, and is visible ASCII.
    pub target: &'a str,
    /// The one `Host` field.
    pub host: &'a str,
    /// The `Origin` field.
    pub origin: Option<&'a str>,
    /// The `Sec-Fetch-Site` field.
    pub fetch_site: Option<&'a str>,
    /// The `Range` field, if it asks without conditions: nothing here has a validator.
    pub range: Option<&'a str>,
}

/// A method that is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Head,
}

impl Method {
    /// The method's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
        }
    }
}

/// Why no head came.
#[derive(Debug)]
pub enum NoHead {
    /// The other side said nothing, or went away.
    Gone,
    /// It is to be told so.
    Refused(Status),
}

/// Reads from `stream` to the end of the head. What follows is left unread or dropped: an
/// answer ends the connection.
pub fn read(mut stream: &TcpStream, limits: &Limits) -> Result<Vec<u8>, NoHead> {
    let deadline = Instant::now() + limits.head_time;
    let mut head = Vec::with_capacity(1024);
    let mut chunk = [0; 2048];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let read = match stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut chunk))
        {
            Ok(0) => return Err(NoHead::Gone),
            Ok(read) => read,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) if is_timeout(&e) && !head.is_empty() => {
                return Err(NoHead::Refused(Status::RequestTimeout));
            }
            Err(_) => return Err(NoHead::Gone),
        };
        let before = head.len();
        head.extend_from_slice(&chunk[..read]);
        if let Some(end) = end(&head, before) {
            head.truncate(end);
        } else if let Some(status) = hopeless(&head, before, limits) {
            return Err(NoHead::Refused(status));
        } else {
            continue;
        }
        let too_large = head.len() > limits.head_bytes;
        return if too_large { Err(NoHead::Refused(Status::HeadTooLarge)) } else { Ok(head) };
    }
}

/// A zero timeout is an error of its own kind; the others differ between systems.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::InvalidInput)
}

/// Where the empty line ends, if it is there; all up to `seen` has been looked at before.
fn end(head: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(3);
    memchr::memmem::find(&head[from..], b"\r\n\r\n").map(|at| from + at + 4)
}

/// Why no end could make a good head of this.
fn hopeless(head: &[u8], seen: usize, limits: &Limits) -> Option<Status> {
    let bare = |at: usize| at == 0 || head[at - 1] != b'\r';
    if memchr::memchr_iter(b'\n', &head[seen..]).any(|at| bare(seen + at)) {
        return Some(Status::BadRequest);
    }
    let first_line = memchr::memchr(b'\n', &head[..head.len().min(limits.line_bytes)]);
    if first_line.is_none() && head.len() >= limits.line_bytes {
        return Some(Status::UriTooLong);
    }
    (head.len() > limits.head_bytes).then_some(Status::HeadTooLarge)
}

/// Parses a head that ends with its empty line. `line_bytes` is the longest first line.
pub fn parse(head: &[u8], line_bytes: usize) -> Result<Head<'_>, Status> {
    let head = head.strip_suffix(b"\r\n\r\n").ok_or(Status::BadRequest)?;
    // Bytes above ASCII are allowed in fields; none that is looked at has them.
    if head.iter().any(|&b| b.is_ascii_control() && !matches!(b, b'\r' | b'\n' | b'\t')) {
        return Err(Status::BadRequest);
    }
    let mut lines = Lines(Some(head));
    let first = lines.next().ok_or(Status::BadRequest)??;
    if first.len() > line_bytes {
        return Err(Status::UriTooLong);
    }
    let (method, target) = request_line(first)?;
    let fields = Fields::read(lines)?;
    if fields.expect {
        return Err(Status::ExpectationFailed);
    }
    let host = fields.host.ok_or(Status::BadRequest)?;
    Ok(Head {
        method,
        target,
        host,
        origin: fields.origin,
        fetch_site: fields.fetch_site,
        range: fields.range.filter(|_| !fields.if_range),
    })
}

/// Lines that end in CRLF; a CR or LF by itself is an error.
struct Lines<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Lines<'a> {
    type Item = Result<&'a [u8], Status>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.take()?;
        let line = match memchr::memmem::find(rest, b"\r\n") {
            Some(at) => {
                self.0 = Some(&rest[at + 2..]);
                &rest[..at]
            }
            None => rest,
        };
        let whole = !line.iter().any(|b| matches!(b, b'\r' | b'\n'));
        Some(whole.then_some(line).ok_or(Status::BadRequest))
    }
}

/// `GET /path HTTP/1.1`, with single spaces.
fn request_line(line: &[u8]) -> Result<(Method, &str), Status> {
    let text = std::str::from_utf8(line).map_err(|_| Status::BadRequest)?;
    let mut words = text.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Status::BadRequest);
    };
    if method.is_empty() || !method.bytes().all(is_token) {
        return Err(Status::BadRequest);
    }
    match version {
        "HTTP/1.1" | "HTTP/1.0" => {}
        _ if version.starts_with("HTTP/") => return Err(Status::VersionNotSupported),
        _ => return Err(Status::BadRequest),
    }
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        _ => return Err(Status::MethodNotAllowed),
    };
    // Neither a proxy's absolute form nor CONNECT's authority nor the asterisk.
    let plain = target.starts_with('/') && target.bytes().all(|b| b.is_ascii_graphic());
    if plain { Ok((method, target)) } else { Err(Status::BadRequest) }
}

/// The fields that matter; the rest is checked for form alone.
#[derive(Default)]
struct Fields<'a> {
    host: Option<&'a str>,
    origin: Option<&'a str>,
    fetch_site: Option<&'a str>,
    range: Option<&'a str>,
    if_range: bool,
    expect: bool,
    length: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn read(lines: Lines<'a>) -> Result<Fields<'a>, Status> {
        let mut fields = Fields::default();
        for (n, line) in lines.enumerate() {
            if n == MOST_FIELDS {
                return Err(Status::HeadTooLarge);
            }
            let (name, value) = field(line?)?;
            fields.take(name, value)?;
        }
        Ok(fields)
    }

    fn take(&mut self, name: &'a str, value: &'a [u8]) -> Result<(), Status> {
        let place = match &*name.to_ascii_lowercase() {
            "host" => &mut self.host,
            "origin" => &mut self.origin,
            "sec-fetch-site" => &mut self.fetch_site,
            "range" => &mut self.range,
            // No body in any form; zero bytes are what some clients call none.
            "transfer-encoding" => return Err(Status::BadRequest),
            "content-length" if value != b"0" => return Err(Status::BadRequest),
            "content-length" => &mut self.length,
            "if-range" => {
                self.if_range = true;
                return Ok(());
            }
            "expect" => {
                self.expect = true;
                return Ok(());
            }
            _ => return Ok(()),
        };
        // Said twice, it could mean two things.
        if place.is_some() || !value.is_ascii() {
            return Err(Status::BadRequest);
        }
        *place = std::str::from_utf8(value).ok();
        Ok(())
    }
}

/// `name: value`. A line that begins with white space, a continuation of old, has no name.
fn field(line: &[u8]) -> Result<(&str, &[u8]), Status> {
    let colon = memchr::memchr(b':', line).ok_or(Status::BadRequest)?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    if name.is_empty() || !name.iter().copied().all(is_token) {
        return Err(Status::BadRequest);
    }
    let name = std::str::from_utf8(name).map_err(|_| Status::BadRequest)?;
    Ok((name, value.trim_ascii()))
}

/// A byte of a token: RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn status(head: &str) -> Option<Status> {
        parse(head.as_bytes(), 100).err()
    }

    #[test]
    fn takes_what_browsers_send() {
        let head = parse(
            b"GET /vi/?theme=dark HTTP/1.1\r\nHost: localhost:4321\r\nUser-Agent: \xe1\xbb\x87\r\n\
              Accept:*/*\r\nsec-fetch-site: same-origin\r\nRange: bytes=0-\r\nX-Empty:\r\n\
              Content-Length: 0\r\n\r\n",
            100,
        );
        let expected = Head {
            method: Method::Get,
            target: "/vi/?theme=dark",
            host: "localhost:4321",
            origin: None,
            fetch_site: Some("same-origin"),
            range: Some("bytes=0-"),
        };
        assert_eq!(head, Ok(expected));
    }

    #[test]
    fn a_range_with_a_condition_is_none() {
        let head = b"GET / HTTP/1.1\r\nHost: h\r\nIf-Range: \"x\"\r\nRange: bytes=0-\r\n\r\n";
        assert_eq!(parse(head, 100).unwrap().range, None);
    }

    #[test]
    fn refuses_what_could_be_read_in_two_ways() {
        for head in [
            "",
            "\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
            " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
            "GET / http/1.1\r\nHost: h\r\n\r\n",
            "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /ệ HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: hệ\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n\tfolded: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n",
            "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nX: \u{7f}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\ntransfer-encoding: identity\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 00\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nRange: bytes=0-\r\nRange: bytes=1-\r\n\r\n",
        ] {
            assert_eq!(status(head), Some(Status::BadRequest), "{head:?}");
        }
    }

    #[test]
    fn says_what_it_does_not_do() {
        for (head, expected) in [
            ("POST / HTTP/1.1\r\nHost: h\r\n\r\n", Status::MethodNotAllowed),
            ("get / HTTP/1.1\r\nHost: h\r\n\r\n", Status::MethodNotAllowed),
            ("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", Status::MethodNotAllowed),
            ("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", Status::MethodNotAllowed),
            ("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", Status::MethodNotAllowed),
            ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", Status::VersionNotSupported),
            ("GET / HTTP/0.9\r\nHost: h\r\n\r\n", Status::VersionNotSupported),
            ("PRI * HTTP/2.0\r\n\r\n", Status::VersionNotSupported),
            (
                "GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n",
                Status::ExpectationFailed,
            ),
        ] {
            assert_eq!(status(head), Some(expected), "{head:?}");
        }
        let long = format!("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", "a".repeat(100));
        assert_eq!(status(&long), Some(Status::UriTooLong));
        let many = format!("GET / HTTP/1.1\r\nHost: h\r\n{}\r\n", "a: b\r\n".repeat(MOST_FIELDS));
        assert_eq!(status(&many), Some(Status::HeadTooLarge));
    }

    proptest! {
        #[test]
        fn never_panics(head in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&head, 100);
        }

        /// A head made of the pieces that attacks are made of is refused, or has one host and
        /// nothing that would start a body.
        #[test]
        fn what_passes_is_unambiguous(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "GET / HTTP/1.1", "Host: h", "Content-Length: 0", "Content-Length: 4",
                "Transfer-Encoding: chunked", "\r\n", "\n", "\r", " ", "\t", ":", "X: y", "\0",
            ]), 0..12),
        ) {
            let head = format!("GET / HTTP/1.1\r\n{}\r\n\r\n", pieces.concat());
            if parse(head.as_bytes(), 100).is_ok() {
                let lower = head.to_ascii_lowercase();
                prop_assert!(!lower.contains("\ntransfer-encoding"));
                prop_assert!(!lower.contains("\ncontent-length: 4"));
                prop_assert_eq!(lower.matches("\nhost:").count(), 1);
                prop_assert_eq!(lower.matches('\n').count(), lower.matches("\r\n").count());
            }
        }
    }
}
