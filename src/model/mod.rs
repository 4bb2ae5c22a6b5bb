//! What flows between the stages: plain immutable data, no behaviour beyond looking things up.

mod artifact;
mod config;
mod doc;
mod freshness;
mod glossary;
mod length;
mod lock;
mod lookup;
mod meta;
mod names;
mod page;
mod section_words;
mod site;
mod snapshot;
mod view;

pub use artifact::*;
pub use config::*;
pub use doc::*;
pub use freshness::*;
pub use glossary::*;
pub use length::*;
pub use lock::*;
pub use lookup::*;
pub use meta::*;
pub use names::*;
pub use page::*;
pub use section_words::*;
pub use site::*;
pub use snapshot::*;
pub use view::*;
