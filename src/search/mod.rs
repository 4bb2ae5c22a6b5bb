//! Search: what a handbook says, indexed so that a reader's browser finds it without a server,
//! from a disk too, and typed without tones.
//!
//! [`Index::build`] makes the index of one language: files that are scripts, of which a query
//! needs few. [`Searcher`] reads those very files, as the script in the theme does, and ranks as
//! it does; `sotay search` is built on it, and a test compares the two. What both must agree on
//! stands in one table, [`RULES_JSON`].

mod analysis;
mod decode;
mod files;
mod index;
mod numbers;
mod postings;
mod query;
mod rank;
mod reader;
mod rules;
mod searcher;
mod slots;
mod source;
mod terms;

pub use index::{Index, KindLabels, META};
pub use rules::RULES_JSON;
pub use searcher::{Answer, Hit, Options, Searcher, SectionHit};
pub use terms::{FoundTerm, TermFinder};
