//! What the targets share: the handbook that stands around an input, and the laws, which are
//! those of the property tests.

pub mod grammar;
pub mod mutate;

#[path = "../../tests/laws/mod.rs"]
pub mod laws;

use laws::{Handbook, Outcome};
use sotay::Project;
use std::cell::OnceCell;

const SITE: &str = "\
title = { vi = \"Sổ tay\", en = \"Handbook\" }
languages = [\"vi\", \"en\"]
base_url = \"https://a.example/so-tay/\"
report = \"mailto:a@a.example\"
[editions.public]
notes = true
";

const DIRECTIVE: &str = "\
---
title: Chỉ thị
number: 09/CT-TTg
type: directive
issuer: Thủ tướng
issued: 2024-02-23
replaces: [33/CĐ-TTg]
---
## Điều 5. Bảo vệ

1. Một
   1. Hai
";

const PART: &str = "\
---
title: Chung
---
## Chung

Một[^a].

[^a]: Hai.
";

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";

/// A small handbook in which an input finds what it may refer to: other pages, a document that
/// replaces another, a text to include, a picture, a film and a file.
pub fn handbook() -> Handbook {
    let mut handbook = Handbook::new().with("site.toml", SITE);
    for lang in ["vi", "en"] {
        let page = |title: &str| format!("---\ntitle: {title}\n---\n## Một\n\n[b](other/b.md)\n");
        handbook = handbook
            .with(format!("content/index.{lang}.md"), page("Trang đầu"))
            .with(format!("content/other/b.{lang}.md"), page("B").replace("other/", ""));
    }
    handbook
        .with("content/directives/d.vi.md", DIRECTIVE)
        .with("content/_part.vi.md", PART)
        .with("content/p.svg", SVG)
        .with("content/film.mp4", "x")
        .with("content/t.pdf", "x")
}

thread_local! {
    static BEFORE: OnceCell<Project> = const { OnceCell::new() };
}

/// Holds `handbook` to the laws, with a theme and grammars that were read before.
pub fn hold(handbook: &Handbook) -> Outcome {
    BEFORE.with(|before| {
        let before = before.get_or_init(|| laws::run(&self::handbook(), None).project);
        laws::hold(handbook, Some(before))
    })
}

/// `text` with front matter, unless it begins with its own.
pub fn page(text: &str) -> String {
    match text.starts_with("---\n") {
        true => text.to_owned(),
        false => format!("---\ntitle: A\n---\n{text}"),
    }
}
