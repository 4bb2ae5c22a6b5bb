//! Text into typed values: one file at a time, no IO, every mistake a diagnostic.

pub mod config;
pub mod front_matter;
