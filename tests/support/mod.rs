//! What several integration tests share.

pub mod plain_html;
pub mod spec;
