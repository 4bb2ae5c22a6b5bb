//! The preview: shows the handbook in a browser while it is being written.

mod preview;
mod prints;
mod watch;

pub use preview::{Preview, Report};
pub use watch::{Watch, Way};
