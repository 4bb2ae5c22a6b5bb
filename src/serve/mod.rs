//! The preview: shows the handbook in a browser while it is being written.

mod preview;
mod prints;

pub use preview::{Preview, Report};
