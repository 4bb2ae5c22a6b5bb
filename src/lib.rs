//! `sotay` turns Markdown talks, guidelines and directive summaries into a bilingual static
//! handbook that works from the web, a school's LAN and a USB stick alike.
//!
//! Five stages, each a plain function from values to a value and diagnostics:
//!
//! 1. [`load`] reads the project once into a snapshot,
//! 2. [`parse`] makes typed pages of it, each file by itself,
//! 3. [`resolve`] lets pages know of one another: the site and all its routes,
//! 4. [`render`] makes the bytes of one route,
//! 5. [`emit`] writes them, atomically.
//!
//! A [`Project`] is the result of the first three; [`build`] calls all five; [`serve`] shows the
//! same bytes in a browser while somebody writes, [`check`] reads them before they are published,
//! [`edit`] plans changes to the project itself. Only `load`, `emit`, `serve` and `cli` touch
//! files; nothing but `cli` prints.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod base;
pub mod check;
pub mod cli;
pub mod diag;
pub mod edit;
pub mod emit;
pub mod load;
pub mod model;
pub mod parse;
pub mod render;
pub mod resolve;
pub mod schema;
pub mod search;
pub mod serve;

mod build;
mod project;

pub use build::{BuildOptions, Built, Outcome, Stage, build, render_all, tidy};
pub use project::{EditionChoice, Project};
