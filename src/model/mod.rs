//! What flows between the stages: plain immutable data, no behaviour beyond looking things up.

mod artifact;
mod config;
mod doc;
mod glossary;
mod length;
mod lookup;
mod meta;
mod names;
mod page;
mod site;
mod snapshot;
mod translation;
mod view;

pub use artifact::*;
pub use config::*;
pub use doc::*;
pub use glossary::*;
pub use length::*;
pub use lookup::*;
pub use meta::*;
pub use names::*;
pub use page::*;
pub use site::*;
pub use snapshot::*;
pub use translation::*;
pub use view::*;
