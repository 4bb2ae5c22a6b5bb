//! A page and its translation, which need not have anything in common. A line `%%%` parts them.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use sotay_fuzz::{handbook, hold, mutate, page};

fuzz_target!(|text: &str| {
    let (vi, en) = text.split_once("\n%%%\n").unwrap_or((text, ""));
    let handbook = handbook().with("content/a.vi.md", page(vi)).with("content/a.en.md", page(en));
    hold(&handbook);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::pair(data, size, max_size, seed)
});
