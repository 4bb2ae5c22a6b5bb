//! The preview: shows the handbook in a browser while it is being written.
//!
//! [`Watch`] tells what changed, [`Preview`] keeps the handbook in memory and takes changes in,
//! [`http`] is everything between the socket and a [`Site`], and [`live`] is what the preview
//! adds to a page so that it follows the files.

mod about;
pub mod http;
pub mod live;
mod preview;
mod prints;
mod show;
mod watch;

use crate::model::Content;
pub use about::About;
pub use preview::{Preview, Report};
pub use show::Show;
pub use watch::{Watch, Way};

/// What the preview shows: answers for one file at a time, from many threads.
pub trait Site: Send + Sync + 'static {
    /// The file of the output at `path`, as `visitor` may see it. `path` is decoded, relative,
    /// without a leading slash, and names a file: `vi/talks/phishing.html`. It comes from
    /// outside and must only ever be looked up, never joined to a folder.
    fn file(&self, path: &str, visitor: Visitor) -> Option<Content>;

    /// The page shown, with status 404, when there is no file at `path`.
    fn not_found(&self, path: &str, visitor: Visitor) -> Vec<u8>;

    /// What an open page at `page` would show now, whether or not there is such a page.
    fn versions(&self, page: &str) -> Versions;

    /// What an editor is told about `page`, which guests never are; nothing where there is no
    /// such page.
    fn about(&self, page: &str) -> Option<About>;
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visitor {
    /// Somebody at this machine.
    Editor,
    /// Somebody on the network, who sees the handbook and nothing of how it is made.
    Guest,
}

/// Fingerprints of what an open page shows. Two are equal when a reader would see no
/// difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Versions {
    /// The page itself, and the pictures in it; a change means loading it again.
    pub page: u64,
    /// The theme's style sheet, which is exchanged without loading the page again.
    pub style: u64,
    /// The theme's script; a change means loading the page again.
    pub script: u64,
}
