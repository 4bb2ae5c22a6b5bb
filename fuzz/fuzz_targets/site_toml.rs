//! `site.toml` of a small handbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sotay_fuzz::{handbook, hold};

fuzz_target!(|text: &str| {
    hold(&handbook().with("site.toml", text));
});
