//! One request to another site: the only use that sotay makes of the internet by itself, and
//! only where `--external` asks for it.

use crate::check::external::{Answer, Method};
use std::io::ErrorKind;
use std::time::Duration;
use ureq::http::header::LOCATION;
use ureq::{Agent, Error};
use url::Url;

/// How sotay introduces itself.
const NAME: &str = concat!("sotay/", env!("CARGO_PKG_VERSION"), " (link check)");

/// Asks hosts. It keeps no cookies, follows no redirects and reads no page.
pub struct Web {
    agent: Agent,
}

impl Web {
    /// Gives every answer this long, from looking up the name to the end of the headers.
    pub fn new(timeout: Duration) -> Web {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(timeout))
            .user_agent(NAME)
            // A host is left alone between questions, so there is nothing to keep open.
            .max_idle_connections(0)
            .build();
        Web { agent: config.into() }
    }

    /// What `url` answers.
    pub fn ask(&self, method: Method, url: &Url) -> Answer {
        let answer = match method {
            Method::Head => self.agent.head(url.as_str()).call(),
            Method::Get => self.agent.get(url.as_str()).call(),
        };
        match answer {
            Ok(answer) => {
                let to = answer.headers().get(LOCATION);
                // Not every host percent-encodes what it should.
                let to = to.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
                Answer::Status(answer.status().as_u16(), to)
            }
            Err(error) => failure(&error, url),
        }
    }
}

fn failure(error: &Error, url: &Url) -> Answer {
    match error {
        Error::Timeout(_) => Answer::TooLate,
        Error::HostNotFound => Answer::NoHost,
        Error::Tls(_) | Error::Rustls(_) => Answer::Untrusted,
        Error::ConnectionFailed => Answer::NoConnection,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Answer::TooLate,
            ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::AddrNotAvailable => Answer::NoConnection,
            // The handshake fails inside of reading.
            ErrorKind::InvalidData if url.scheme() == "https" => Answer::Untrusted,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof
            | ErrorKind::InvalidData => Answer::Garbled,
            // The system has no kind for a name that is not known; asked again, it remembers.
            _ if url.socket_addrs(|| None).is_err() => Answer::NoHost,
            _ => Answer::Garbled,
        },
        _ => Answer::Garbled,
    }
}
