//! The front matter of a page, of each kind in turn, and of its translation.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sotay_fuzz::{handbook, hold};

fuzz_target!(|text: &str| {
    let kinds = ["talks", "guidelines", "directives", "khac"];
    let folder = kinds[text.len() % kinds.len()];
    let page = format!("---\n{text}\n---\nMột.\n");
    // A translation repeats facts only where the text says so itself.
    let mut handbook = handbook().with(format!("content/{folder}/a.vi.md"), &*page);
    if text.len() % 3 == 0 {
        handbook = handbook.with(format!("content/{folder}/a.en.md"), page);
    }
    hold(&handbook);
});
