//! `sotay` turns Markdown talks, guidelines and directive summaries into a bilingual static
//! handbook that works from the web, a school's LAN and a USB stick alike.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod base;
pub mod diag;
pub mod model;
pub mod render;
