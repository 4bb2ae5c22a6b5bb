//! Carries an answer from `tiny_http` to the browser, at a pace that holds nothing for ever.

use super::Limits;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How often the relay of an event stream looks whether its browser is still there.
const LOOK: Duration = Duration::from_secs(1);

/// Longest wait for `tiny_http`'s side, which renders a page and is never this slow.
const ANSWER: Duration = Duration::from_secs(60);

/// What kind of answer it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// It has an end, and whoever reads too slowly loses it.
    File,
    /// It goes on until somebody leaves.
    Events,
}

/// Copies `inner`'s answer to `client` until one of them ends or `client` is too slow.
pub fn relay(
    mut inner: &TcpStream,
    client: &TcpStream,
    kind: Kind,
    limits: &Limits,
) -> io::Result<()> {
    inner.set_read_timeout(Some(if kind == Kind::Events { LOOK } else { ANSWER }))?;
    client.set_write_timeout(Some(limits.stall))?;
    let mut pace = Pace { begun: Instant::now(), sent: 0, kind, limits };
    let mut buffer = vec![0; 32 * 1024];
    loop {
        match inner.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => pace.write(client, &buffer[..read])?,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if kind == Kind::Events && is_timeout(&e) => {
                if has_left(client) {
                    return Ok(());
                }
            }
            Err(e) => return Err(e),
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

struct Pace<'a> {
    begun: Instant,
    sent: u64,
    kind: Kind,
    limits: &'a Limits,
}

impl Pace<'_> {
    fn write(&mut self, mut client: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match client.write(bytes) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => {
                    self.sent += written as u64;
                    bytes = &bytes[written..];
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
            if self.is_too_slow(self.begun.elapsed()) {
                return Err(ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }

    /// A byte now and then satisfies every single wait; together they must come to something.
    fn is_too_slow(&self, elapsed: Duration) -> bool {
        let due = elapsed.saturating_sub(self.limits.grace).as_secs_f64();
        self.kind == Kind::File && (self.sent as f64) < due * self.limits.least_rate as f64
    }
}

/// Whether the other side has closed. It has nothing more to say, so a byte means nothing.
fn has_left(client: &TcpStream) -> bool {
    if client.set_nonblocking(true).is_err() {
        return true;
    }
    let left = match client.peek(&mut [0; 1]) {
        Ok(read) => read == 0,
        Err(e) => e.kind() != ErrorKind::WouldBlock,
    };
    left || client.set_nonblocking(false).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_is_measured_after_a_grace() {
        let limits =
            Limits { grace: Duration::from_secs(30), least_rate: 100, ..Limits::default() };
        let pace = |sent, kind| Pace { begun: Instant::now(), sent, kind, limits: &limits };
        let slow = |sent, kind, after| pace(sent, kind).is_too_slow(Duration::from_secs(after));
        assert!(!slow(0, Kind::File, 30) && slow(0, Kind::File, 31));
        assert!(!slow(1000, Kind::File, 40) && slow(999, Kind::File, 41));
        assert!(!slow(0, Kind::Events, 9999));
    }
}
