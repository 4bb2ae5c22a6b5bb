//! One link target, written in every way that a page can write it: as a link, an image, a
//! wiki link, an include, in raw HTML, in front matter, from pages at two depths.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sotay_fuzz::{handbook, hold};

fuzz_target!(|text: &str| {
    let target = text.replace('\n', " ");
    let body = format!(
        "[a](<{target}>) ![b](<{target}>) [c][r] [[{target}]] [[{target}|d]] {target}\n\n\
         <a href=\"{target}\">e</a> <img src='{target}' alt='f'>\n\n\
         {{{{< include \"{target}\" >}}}}\n\n[r]: <{target}>\n"
    );
    let quoted = target.replace('\\', "\\\\").replace('"', "\\\"");
    let front = format!("---\ntitle: A\nattachments: [\"{quoted}\"]\naliases: [\"{quoted}\"]\n");
    let handbook = handbook()
        .with("content/talks/sub/a.vi.md", format!("{front}---\n{body}"))
        .with("content/a.vi.md", format!("---\ntitle: A\n---\n{body}"));
    hold(&handbook);
});
