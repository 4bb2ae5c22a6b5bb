//! Changes to the project itself: scaffolds and renames, as plans.
//!
//! Everything here is values in, a plan out. A [`Plan`] says which files are made, moved and
//! changed, and how; nothing is touched until `cli` carries it out. What is refused is a
//! [`Refusal`]: one sentence for the person who asked.

mod address;
mod consequences;
mod front;
mod keys;
mod lock;
mod page;
mod places;
mod plan;
mod references;
mod refusal;
mod rename;
mod starter;
mod survey;
mod translation;

pub use page::{NewPage, new_page};
pub use plan::{Change, Create, Move, Plan, Shown};
pub use refusal::{Refusal, Sentence};
pub use rename::rename;
pub use starter::{Titles, starter_files};
pub use translation::{Accepted, accept, new_translation};
