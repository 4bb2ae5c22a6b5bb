//! From the site to the bytes of its output.

pub mod theme;
