//! What fuzzing found, each the smallest input that showed it. A file of `tests/found/` is the
//! page or other file that its folder says; its name says what it shows.
mod laws;

use laws::{Handbook, hold};

#[test]
fn nothing_yet() {
    let _ = hold(&Handbook::new(), None);
}
