//! `site.toml` of a small handbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sotay_fuzz::{handbook, laws};

fuzz_target!(|text: &str| {
    // Whatever is made depends on it.
    laws::hold(&handbook().with("site.toml", text), None);
});
