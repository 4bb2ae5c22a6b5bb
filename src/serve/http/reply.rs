//! What goes back to a browser. Written by hand: `tiny_http` would add its name and version,
//! and could not say that the connection closes.

use super::range::{Asked, asked};
use crate::model::Content;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

/// Up to this size an answer is written at once: the system holds a small second write back
/// until the first is acknowledged.
const IN_ONE_PIECE: u64 = 256 * 1024;

/// The statuses in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum Status {
    Ok = 200,
    PartialContent = 206,
    Found = 302,
    BadRequest = 400,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    UriTooLong = 414,
    RangeNotSatisfiable = 416,
    ExpectationFailed = 417,
    MisdirectedRequest = 421,
    HeadTooLarge = 431,
    InternalError = 500,
    ServiceUnavailable = 503,
    VersionNotSupported = 505,
}

impl Status {
    fn reason(self) -> &'static str {
        match self {
            Status::Ok => "OK",
            Status::PartialContent => "Partial Content",
            Status::Found => "Found",
            Status::BadRequest => "Bad Request",
            Status::Forbidden => "Forbidden",
            Status::NotFound => "Not Found",
            Status::MethodNotAllowed => "Method Not Allowed",
            Status::RequestTimeout => "Request Timeout",
            Status::UriTooLong => "URI Too Long",
            Status::RangeNotSatisfiable => "Range Not Satisfiable",
            Status::ExpectationFailed => "Expectation Failed",
            Status::MisdirectedRequest => "Misdirected Request",
            Status::HeadTooLarge => "Request Header Fields Too Large",
            Status::InternalError => "Internal Server Error",
            Status::ServiceUnavailable => "Service Unavailable",
            Status::VersionNotSupported => "HTTP Version Not Supported",
        }
    }

    /// What a person is told who meets it in a browser, in both languages: nobody knows yet
    /// which one they read.
    fn sentence(self) -> &'static str {
        match self {
            Status::MisdirectedRequest => {
                "Bản xem trước không trả lời ở địa chỉ này. Hãy dùng đúng địa chỉ mà sotay đã in ra.\n\
                 The preview does not answer at this address. Use the one that sotay printed.\n"
            }
            Status::ServiceUnavailable => {
                "Bản xem trước đang quá bận. Hãy đóng bớt thẻ trình duyệt rồi thử lại.\n\
                 The preview is too busy. Close some tabs and try again.\n"
            }
            Status::Forbidden => {
                "Trang khác không được dùng địa chỉ này của bản xem trước.\n\
                 Other sites may not use this address of the preview.\n"
            }
            Status::InternalError => {
                "sotay gặp lỗi khi trả lời. Cửa sổ dòng lệnh cho biết thêm.\n\
                 sotay failed to answer. The terminal says more.\n"
            }
            Status::NotFound => "Không có tệp này.\nThere is no such file.\n",
            _ => {
                "Bản xem trước không hiểu hoặc không nhận yêu cầu này.\n\
                 The preview does not understand or does not take this request.\n"
            }
        }
    }
}

/// An answer, ready to be written.
pub struct Reply {
    status: Status,
    fields: Vec<(&'static str, String)>,
    body: Body,
}

/// The bytes of an answer.
pub enum Body {
    /// Made for this answer, or part of the program.
    Memory(Vec<u8>),
    /// Shared with the site.
    Shared(Arc<[u8]>),
    /// Read while it is sent.
    File(File, u64),
}

impl Reply {
    /// An answer without fields of its own.
    pub fn new(status: Status, media_type: &str, body: Body) -> Reply {
        let fields = vec![("Content-Type", media_type.to_owned())];
        Reply { status, fields, body }
    }

    /// A sentence for a person, where there is nothing to show.
    pub fn plain(status: Status) -> Reply {
        let body = Body::Memory(status.sentence().as_bytes().to_vec());
        let reply = Reply::new(status, "text/plain; charset=utf-8", body);
        match status {
            Status::MethodNotAllowed => reply.with("Allow", "GET, HEAD"),
            Status::ServiceUnavailable => reply.with("Retry-After", "2"),
            _ => reply,
        }
    }

    /// Adds a field.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.fields.push((name, value.into()));
        self
    }

    /// The part that `range`, the value of a `Range` field, asks for; else the whole.
    pub fn part(mut self, range: Option<&str>) -> (Reply, Range<u64>) {
        let size = self.body.size();
        self.fields.push(("Accept-Ranges", "bytes".to_owned()));
        match asked(range, size) {
            Asked::Whole => (self, 0..size),
            Asked::Part(part) => {
                self.status = Status::PartialContent;
                let field = format!("bytes {}-{}/{size}", part.start, part.end - 1);
                (self.with("Content-Range", field), part)
            }
            Asked::Nothing => {
                let reply = Reply::plain(Status::RangeNotSatisfiable);
                let whole = 0..reply.body.size();
                (reply.with("Content-Range", format!("bytes */{size}")), whole)
            }
        }
    }

    /// The range that is the whole body.
    pub fn whole(self) -> (Reply, Range<u64>) {
        let size = self.body.size();
        (self, 0..size)
    }

    /// Writes the head, and `part` of the body unless only the head was asked for.
    pub fn write(self, part: Range<u64>, head_only: bool, to: &mut dyn Write) -> io::Result<()> {
        let size = part.end - part.start;
        let mut bytes = head(self.status, &self.fields, Some(size));
        if head_only {
            to.write_all(&bytes)?;
        } else if size <= IN_ONE_PIECE {
            self.body.write(part, &mut bytes)?;
            to.write_all(&bytes)?;
        } else {
            to.write_all(&bytes)?;
            self.body.write(part, to)?;
        }
        to.flush()
    }

    /// The whole answer as bytes, for what is small and not a file.
    pub fn into_bytes(self, head_only: bool) -> Vec<u8> {
        let (reply, whole) = self.whole();
        let mut bytes = Vec::new();
        // Nothing fails that only fills memory.
        let _ = reply.write(whole, head_only, &mut bytes);
        bytes
    }
}

impl Body {
    /// Opens `content`.
    pub fn open(content: Content) -> io::Result<Body> {
        Ok(match content {
            Content::Bytes(bytes) => Body::Memory(bytes),
            Content::Shared(bytes) => Body::Shared(bytes),
            Content::File { source, .. } => {
                // It may have changed since the site saw it; what is there now counts.
                let file = File::open(source)?;
                let size = file.metadata()?.len();
                Body::File(file, size)
            }
        })
    }

    fn size(&self) -> u64 {
        match self {
            Body::Memory(bytes) => bytes.len() as u64,
            Body::Shared(bytes) => bytes.len() as u64,
            Body::File(_, size) => *size,
        }
    }

    fn write(self, part: Range<u64>, to: &mut dyn Write) -> io::Result<()> {
        match self {
            Body::File(mut file, _) => {
                file.seek(SeekFrom::Start(part.start))?;
                io::copy(&mut file.take(part.end - part.start), to).map(|_| ())
            }
            Body::Memory(bytes) => to.write_all(&bytes[part.start as usize..part.end as usize]),
            Body::Shared(bytes) => to.write_all(&bytes[part.start as usize..part.end as usize]),
        }
    }
}

/// A head with what every answer says, and a length if it is known. Without one the body ends
/// with the connection.
pub fn head(status: Status, fields: &[(&str, String)], length: Option<u64>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", status as u16, status.reason());
    let mut field = |name: &str, value: &str| {
        head.extend([name, ": ", value, "\r\n"]);
    };
    if let Ok(now) = jiff::Timestamp::try_from(SystemTime::now())
        && let Ok(date) =
            jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now)
    {
        field("Date", &date);
    }
    for (name, value) in fields {
        field(name, value);
    }
    if let Some(length) = length {
        field("Content-Length", &length.to_string());
    }
    // A preview is never to be found in a cache, nor inside somebody else's page.
    field("Cache-Control", "no-store");
    field("X-Content-Type-Options", "nosniff");
    field("Referrer-Policy", "same-origin");
    field("Cross-Origin-Resource-Policy", "same-origin");
    field("Connection", "close");
    head.push_str("\r\n");
    head.into_bytes()
}
