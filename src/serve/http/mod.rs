//! The preview's web server.
//!
//! `tiny_http` reads heads without a limit in size or time and accepts without a cap, so a
//! gate of our own stands before it: it reads and vets the head of every request, and only
//! a clean one reaches `tiny_http`, on a port of the loopback interface that answers nobody
//! but the gate. One connection carries one request.
//!
//! ```text
//! socket -> slots (how many) -> head (syntax) -> host (rebinding) -> gate -> tiny_http
//!                                                                              |
//! socket <- relay (how slowly) <------------- answer (files, ranges, events) <-+
//! ```

mod answer;
mod gate;
mod head;
mod host;
mod lan;
mod limits;
mod media_type;
mod pass;
mod qr;
mod range;
mod relay;
mod reply;
mod server;
mod slots;
mod target;

pub use limits::Limits;
pub use qr::qr_code;
pub use server::{Addresses, DEFAULT_PORT, Options, Reach, Running, Server};
