//! A whole page: Markdown with everything that a handbook adds to it, in both languages.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use sotay_fuzz::{handbook, hold, mutate, page};

fuzz_target!(|text: &str| {
    let page = page(text);
    hold(&handbook().with("content/a.vi.md", &*page).with("content/a.en.md", &*page));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::markdown(data, size, max_size, seed)
});
