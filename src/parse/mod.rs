//! From files to values: pages to documents, pictures to what is published.

pub mod media;
