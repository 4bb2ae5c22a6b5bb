//! How much one visitor, and all of them together, may ask of the preview.

use std::time::Duration;

/// What the preview allows; the defaults suit a classroom, tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at one time. Each costs at most four file handles, one that waits costs one,
    /// and some systems give a program no more than 256.
    pub connections: usize,
    /// Of these, how many all guests together may hold, so that the editor is never shut out.
    pub guests: usize,
    /// How many one guest may hold.
    pub per_guest: usize,
    /// How long a connection may ask for nothing before it has to make room for another.
    pub settle: Duration,
    /// Connections that wait for one of these places: thirty phones that open a page at the
    /// same moment are no attack.
    pub waiting: usize,
    /// How long they wait.
    pub patience: Duration,
    /// Open event streams, one for each page on show.
    pub listeners: usize,
    /// Of these, how many guests may hold.
    pub guest_listeners: usize,
    /// From the first moment of a connection to the end of the request's head, however slowly
    /// it trickles in.
    pub head_time: Duration,
    /// Size of a head.
    pub head_bytes: usize,
    /// Size of its first line.
    pub line_bytes: usize,
    /// How long an answer may wait for somebody who reads nothing.
    pub stall: Duration,
    /// After this long an answer must have gone out at [`Limits::least_rate`] on average.
    pub grace: Duration,
    /// Bytes a second.
    pub least_rate: u64,
    /// How often an idle event stream gives a sign of life.
    pub heartbeat: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 48,
            guests: 32,
            per_guest: 16,
            settle: Duration::from_millis(100),
            waiting: 32,
            patience: Duration::from_secs(1),
            listeners: 32,
            guest_listeners: 16,
            head_time: Duration::from_secs(5),
            head_bytes: 16 * 1024,
            line_bytes: 8 * 1024,
            stall: Duration::from_secs(10),
            grace: Duration::from_secs(30),
            least_rate: 4 * 1024,
            heartbeat: Duration::from_secs(10),
        }
    }
}
