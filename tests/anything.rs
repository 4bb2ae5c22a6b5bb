//! Whatever a handbook's files hold and however they are called, it is understood, rendered and
//! spoken about as the laws say, and twice the same.

mod laws;

use laws::{Handbook, assert_same_again, hold, run};
use proptest::prelude::*;
use sotay::Project;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n\
                    base_url = \"https://a.example/\"\n";
const PAGE: &str =
    "---\ntitle: Một\nupdated: 2026-01-02\n---\n## Hai\n\n![Ba](p.svg) [Bốn](other/b.md)\n";
const TALK: &str = "---\ntitle: Nói\nspeakers:\n- { name: An, role: \"Báo cáo viên\" }\nduration: 20\n\
                    date: 2026-01-02\ntags: [mật khẩu]\nattachments: [\"../t.pdf\"]\n---\n:::quiz\nMột?\n\n- [x] a\n:::\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><title>Một</title>\
                   <path d=\"M0 0h4\"/></svg>";
const TEMPLATE: &str = include_str!("../themes/handbook/templates/page.html");
const STRINGS: &str = include_str!("../themes/handbook/i18n/vi.toml");
const MANIFEST: &str = include_str!("../themes/handbook/theme.toml");
const STYLE: &str = include_str!("../themes/handbook/css/tokens.css");

/// A picture of three by two points.
fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(3, 2).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn handbook() -> Handbook {
    Handbook::new()
        .with("site.toml", SITE)
        .with("content/index.vi.md", PAGE)
        .with("content/index.en.md", PAGE)
        .with("content/other/b.vi.md", PAGE.replace("other/", "").replace("p.svg", "../p.svg"))
        .with("content/p.svg", SVG)
        .with("content/t.pdf", "x")
}

/// Every file that sotay reads into, with what is right in it.
fn readable_files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("site.toml", SITE.into()),
        ("content/a.vi.md", PAGE.into()),
        ("content/talks/a.vi.md", TALK.into()),
        ("content/p.svg", SVG.into()),
        ("content/p.svgz", SVG.into()),
        ("content/p.png", picture(image::ImageFormat::Png)),
        ("content/p.jpg", picture(image::ImageFormat::Jpeg)),
        ("content/p.webp", picture(image::ImageFormat::WebP)),
        ("static/a.txt", b"x".into()),
        ("themes/handbook/theme.toml", MANIFEST.into()),
        ("themes/handbook/templates/page.html", TEMPLATE.into()),
        ("themes/handbook/i18n/vi.toml", STRINGS.into()),
        ("themes/handbook/css/tokens.css", STYLE.into()),
        ("themes/handbook/icons/note.svg", SVG.into()),
        ("themes/handbook/inline/colour-theme.js", b"let a = 1".into()),
    ]
}

/// A file as it should be, but for a few changes; or bytes that have nothing to do with it.
fn file() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let random = prop::collection::vec(any::<u8>(), 0..300);
    let place = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let change = (
        place,
        0usize..20,
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..4),
            prop::sample::select(vec![
                "\"", "{{", "%}", "[", "\n", "<", "]]>", "'", "=", "\u{202e}", "---\n"
            ])
            .prop_map(|s| s.as_bytes().to_vec()),
        ],
    );
    let changes = prop::collection::vec(change, 0..4);
    let files = prop::sample::select(readable_files());
    (files, prop::option::weighted(0.2, random), changes).prop_map(
        |((name, right), random, changes)| {
            let mut bytes = random.unwrap_or(right);
            for ((from, _), length, new) in changes {
                let from = from.index(bytes.len() + 1);
                let to = (from + length).min(bytes.len());
                bytes.splice(from..to, new);
            }
            (name, bytes)
        },
    )
}

/// Names as people, other systems and archives make them.
fn name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => prop::sample::select(vec![
            "a", "A", "talks", "directives", "index", "_p", "_", "con", "NUL", "com1", "Lừa đảo", "Lu\u{031b}\u{300}a đảo",
            "ខ្មែរ", "a.b", "a ", " a", "a.", "...", "tags", "audience", "feed", "404", "theme", "assets", "search",
            "site", "index.html", "a:b", "a?b", "a#b", "a%2e", "a\\b", "a\"b", "<a>", "a&b", "{a}", "{{ a }}", "\u{202e}a",
            "\u{feff}a", "\u{a0}", "😀", "ﬀ", "Ａ", "vi", "en", "-", "--a", "a\tb", "a\nb", "long-name-that-goes-on-and-on-and-on-and-on-and-on",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,6}",
    ];
    let end = prop::sample::select(vec![
        ".md", ".vi.md", ".en.md", ".VI.md", ".vn.md", ".fr.md", ".vi.MD", ".svg", ".vi.svg",
        ".png", ".pdf", "", ".html", ".mp4", ".md.svg", ".svgz", ".JPG",
    ]);
    let top = prop::sample::select(vec![
        "content/",
        "content/",
        "content/",
        "content/",
        "static/",
        "themes/handbook/",
        "themes/own/",
        "themes/",
        "",
    ]);
    (top, prop::collection::vec(part, 1..6), end)
        .prop_map(|(top, parts, end)| format!("{top}{}{end}", parts.join("/")))
}

fn content() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        PAGE,
        TALK,
        SVG,
        "",
        "x",
        "---\n",
        "---\ntitle: A\naliases: [a, talks/a]\n---\n[b](a.md)\n",
    ])
}

thread_local! {
    /// Only to save time: see [`laws::run`].
    static BEFORE: Project = run(&handbook(), None).project;
}

fn assert_lawful(handbook: &Handbook, twice: bool) {
    BEFORE.with(|before| {
        let outcome = hold(handbook, Some(before));
        if twice {
            assert_same_again(handbook, &outcome);
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_may_hold_anything(files in prop::collection::vec(file(), 1..3), twice in prop::bool::weighted(0.1)) {
        let handbook = files.into_iter().fold(handbook(), |h, (name, bytes)| h.with(name, bytes));
        assert_lawful(&handbook, twice);
    }

    #[test]
    fn files_may_be_called_anything(
        files in prop::collection::vec((name(), content()), 1..12),
        whole in any::<bool>(),
        twice in prop::bool::weighted(0.1),
    ) {
        let start = if whole { handbook() } else { Handbook::new().with("site.toml", SITE) };
        let handbook = files.into_iter().fold(start, |h, (name, text)| h.with(name, text));
        assert_lawful(&handbook, twice);
    }
}
