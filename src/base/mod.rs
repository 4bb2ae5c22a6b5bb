//! Vocabulary every stage shares: languages, paths, spans, slugs, document numbers.
//!
//! Nothing here knows about pages or sites, touches a file, or reports an error.

mod alphabet;
mod docnum;
mod lang;
mod line;
mod near;
mod path;
mod rewrite;
mod script;
mod size;
mod slug;
mod span;
mod text;

pub use alphabet::Alphabet;
pub use docnum::{DocNumber, find_doc_numbers};
pub use lang::Lang;
pub use line::Line;
pub use near::nearest;
pub use path::{PathProblem, RelPath, UrlPath, portable_name_problem};
pub use rewrite::{Edit, rewrite};
pub use script::{json_in_script, push_json};
pub use size::size_in_words;
pub use slug::{fold, legal_letter, slug};
pub use span::{LineColumn, Span, line_column};
pub use text::{Pasted, read_as_meant};
