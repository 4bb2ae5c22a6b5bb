//! Pages into a site: what one file cannot know by itself.

pub mod meta;
