//! Handbooks of one thing many times over: what costs more than its length shows here.

use super::Handbook;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";

/// Text of which `n` times over a page's body is made, alone on its page.
const REPEATED: &[&str] = &[
    // Blocks within blocks.
    ">",
    "> ",
    "- ",
    "1. ",
    "> - ",
    "- 1. ",
    "> [!NOTE]\n> ",
    ":::note\n",
    "> :::note\n",
    ":::note\n> ",
    ":::note\n- ",
    "::::tabs\n:::tab[a]\n",
    ":::details[*a*]\n",
    ":::\n",
    ":::x\n:::\n",
    ":::note {a=}\n:::\n",
    ":::steps\n1. a\n:::\n",
    ":::quiz\n- [x] a\n:::\n",
    ":::note[a]{#b}\na\n:::\n",
    "<div>\n\n",
    "<details>\n\n",
    "<table>\n\n",
    "<div>\n\n</div>\n\n",
    "<li>",
    "<b>",
    "<b>x ",
    "</b>",
    "<p>\n\na\n\n",
    "<x>",
    "<script>\n\n",
    // Blocks in a row.
    "# a\n",
    "## a\n\n",
    "## Điều 5. a\n\n1. a\n",
    "a\n===\n",
    "---\n",
    "* * *\n",
    "a\n: b\n\n",
    "a\n: ",
    ": ",
    "- a\n",
    "- [ ] a\n",
    "1. a\n",
    "- a\n\n",
    "| a |\n|---|\n| a |\n\n",
    "```\n",
    "```rust\na\n```\n",
    "~~~a\n",
    "```x\n```\n",
    "```a {b\n```\n",
    "    a\n\n",
    "a\n\n",
    "a\n",
    "a\\\n",
    "{.checklist}\n\n",
    "- a\n\n{.checklist}\n\n",
    "$$a$$\n\n",
    "<!-- a -->\n",
    "{{< \n",
    "{{< include \"x.md\" >}}\n",
    "{{< include \"_part.md\" >}}\n",
    "{{< include \"_part.md#x\" >}}\n",
    "[a]: b\n",
    "[^a]: b\n\n",
    // Lines.
    "[",
    "]",
    "![",
    "[[",
    "]]",
    "[a](",
    "](",
    "](a “",
    "](a.b c.pdf",
    "[^",
    "[^a",
    "[^a]",
    "[a](b.md “c”) ",
    "[a][b]",
    "[a](#x) ",
    "[a](x.md) ",
    "[a](other/b.md#x) ",
    "![a](x.svg) ",
    "![](p.svg) ",
    "[[x]] ",
    "[[other/b]] ",
    "[[#x]] ",
    "[a](p.svg) ",
    "[a](javascript:b) ",
    "<a href=\"x\">b</a> ",
    "<a href=\"/x\">b</a> ",
    "<img src=x>",
    "<b onclick=c>d</b> ",
    "<",
    "<a ",
    "<a b=\"",
    "<!--",
    "<?",
    "<![CDATA[",
    "&",
    "&a;",
    "&#",
    "&amp;",
    "*",
    "**",
    "*a ",
    "*_",
    "_",
    "a*",
    "~~",
    "~~a ",
    "**a*",
    "`",
    "`a",
    "``a` ",
    "$",
    "$a",
    "$a$ ",
    "$$",
    "$$a",
    "{#",
    "{",
    "\\",
    "\\[",
    "https://a.vn(",
    "https://a.vn)",
    "https://a.vn ",
    "_www.",
    "(www.",
    "www.",
    "a@",
    "@a.",
    "a@b.vn ",
    "a.",
    "http://",
    "_http://a_.",
    "09/",
    "09/CT-TTg ",
    "33/CĐ-TTg ",
    "1/1/",
    "a/",
    "“",
    "”",
    "\t",
    " ",
    "\0",
    "\u{a0}",
    "Ấ",
    "e\u{301}",
    "|",
    "|-",
    "a|",
    ":",
    ":::note[",
    "\"",
    "'",
];

/// Front matter of one line many times over.
const REPEATED_KEYS: &[&str] = &[
    "x: a\n",
    "title: a\n",
    "titel: a\n",
    "tags: [a]\n",
    "- a\n",
    "a\n",
    "? a\n",
    "  - ",
    "x: [",
    "[",
    "{a: ",
    "[a, ",
    "\"",
    "'",
    "“",
    "‘a",
    "“a” ",
    "x: &a b\n",
    "x: *a\n",
    "&a ",
    "!!a ",
    "x: |\n a\n",
    "x: \"\n",
    "#\n",
    " #",
    "\n",
    "tags:\n- a\n- b\n",
    "x: 'a\n",
    ": ",
    "- - ",
    "<<: a\n",
    "a: b: ",
    "\\",
    "\t",
    "%",
    "---a\n",
    "x: }\n",
    "]",
];

/// Lines of site.toml many times over.
const REPEATED_SETTINGS: &[&str] = &[
    "[",
    "[[",
    "[[menu]]\npage = \"x\"\n",
    "a",
    "a.",
    "a = 1\n",
    "x = [",
    "x = {a = ",
    "x = [1, ",
    "[a]\n",
    "[[a]]\n",
    "\"",
    "'''",
    "\"\"\"",
    "title",
    "#\n",
    "=\n",
    "{",
    "}\n",
    "1 = 1\n",
    "tags.a = 1\n",
    "limits.x = 1\n",
    "menu = [\n",
    "theme_options.x = 1\n",
    "\\",
    "\0\n",
];

/// A handbook for every text that is made `n` times over, with a name to tell it by.
pub fn handbooks(n: usize) -> Vec<(String, Handbook)> {
    let mut all: Vec<(String, String)> =
        REPEATED.iter().map(|each| (format!("{each:?}"), each.repeat(n))).collect();
    all.extend(written(n).into_iter().map(|(name, text)| (name.to_owned(), text)));
    let page = |text: String| {
        let page = format!("---\ntitle: A\n---\n{text}\n");
        handbook().with("content/a.vi.md", &*page).with("content/a.en.md", page)
    };
    let mut handbooks: Vec<_> = all.into_iter().map(|(name, text)| (name, page(text))).collect();
    for each in REPEATED_KEYS {
        let page = format!("---\ntitle: A\nsource: {}\n---\na\n", each.repeat(n));
        let other = format!("---\n{}\n---\na\n", each.repeat(n));
        let handbook = handbook().with("content/a.vi.md", page).with("content/c.vi.md", other);
        handbooks.push((format!("front matter {each:?}"), handbook));
    }
    for each in REPEATED_SETTINGS {
        let handbook = handbook().with("site.toml", format!("{SITE}{}", each.repeat(n)));
        handbooks.push((format!("site.toml {each:?}"), handbook));
    }
    handbooks.push(("different pages".to_owned(), different_headings(n)));
    handbooks.push(("includes of includes".to_owned(), includes_of_includes(n)));
    handbooks
}

fn handbook() -> Handbook {
    Handbook::new()
        .with("site.toml", SITE)
        .with("content/index.vi.md", "---\ntitle: Đầu\n---\na\n")
        .with("content/other/b.vi.md", "---\ntitle: B\n---\n## Một\n")
        .with("content/_part.vi.md", "---\ntitle: P\n---\n## Một\n\nMột[^a].\n\n[^a]: Hai.\n")
        .with("content/directives/d.vi.md", "---\ntitle: D\nnumber: 09/CT-TTg\ntype: directive\nissuer: TTg\nissued: 2024-02-23\nreplaces: [33/CĐ-TTg]\n---\na\n")
        .with("content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>")
}

/// Texts that are more than one thing repeated.
fn written(n: usize) -> Vec<(&'static str, String)> {
    let each = |write: &dyn Fn(usize) -> String| (0..n).map(write).collect::<String>();
    let root = n.isqrt() * 4;
    vec![
        (
            "footnotes",
            each(&|i| format!("[^{i}] ")) + "\n\n" + &each(&|i| format!("[^{i}]: a\n\n")),
        ),
        ("footnotes without a text", each(&|i| format!("[^{i}] "))),
        ("an end of many footnotes", "[^".repeat(n) + "]"),
        ("an end of many paths", "](a.b c ".repeat(n) + "d.pdf)"),
        ("definitions of links", each(&|i| format!("[{i}]: a\n")) + &each(&|i| format!("[{i}] "))),
        ("headings", each(&|i| format!("## a{i}\n\n"))),
        ("headings with ids", each(&|i| format!("## a {{#a{i}}}\n\n"))),
        ("headings of one name and its numbers", each(&|i| format!("## a\n\n## a {i}\n\n"))),
        ("sections that are not there", each(&|i| format!("## a{i}\n\n[b](#b{i})\n\n"))),
        (
            "pages that are not there",
            each(&|i| format!("[b](b{i}.md) [[c{i}]] ![d](e{i}.svg)\n\n")),
        ),
        ("documents", each(&|i| format!("{i}/CT-TTg "))),
        ("columns", format!("{}|\n{}|\n", "|a".repeat(n), "|-".repeat(n))),
        (
            "columns without cells",
            format!("{}|\n{}|\n{}", "|a".repeat(root), "|-".repeat(root), "|\n".repeat(n)),
        ),
        ("marked lines", {
            let lines: Vec<String> = (1..=n).map(|i| i.to_string()).collect();
            format!("```rust {{hl=\"{}\"}}\n{}```\n", lines.join(","), "a\n".repeat(n))
        }),
        ("backquotes", (1..root).map(|i| "`".repeat(i) + "a").collect()),
        ("lists within lists", (0..root).map(|i| "  ".repeat(i) + "- a\n").collect()),
        (
            "definitions within definitions",
            (0..root).map(|i| format!("{}a\n{}: ", "  ".repeat(i), "  ".repeat(i))).collect(),
        ),
        ("containers, closed", ":::note\n".repeat(n) + "a\n" + &":::\n".repeat(n)),
        ("containers with quotes", each(&|i| "> ".repeat(i % 40) + ":::note\n")),
        ("unknown containers, too deep", ":::x\n".repeat(n)),
        ("emphasis, closed", "*a ".repeat(n) + &" b*".repeat(n)),
        ("strong emphasis, closed", "**a ".repeat(n) + &" b**".repeat(n)),
        ("brackets, closed", "[".repeat(n) + "a" + &"](b)".repeat(n)),
        ("emphasis in a title", format!(":::note[{}]\n:::\n", "*a ".repeat(n))),
        ("classes", format!(":::note{{{}}}\n:::\n", ".a ".repeat(n))),
        ("a long line of code", format!("```rust\n{}\n```\n", "(a\"".repeat(n))),
        ("a long formula", format!("${}$", "{a".repeat(n))),
        (
            "references to nothing in HTML",
            each(&|i| format!("<a href=\"x{i}\">a</a> <b id=A{i}>c</b>\n\n")),
        ),
        ("addresses from nowhere in HTML", each(&|i| format!("<a href=\"/x{i}\">a</a>\n\n"))),
    ]
}

/// A page and a translation that have no heading in common.
fn different_headings(n: usize) -> Handbook {
    let page = |level: usize| -> String {
        let one = |i: usize| format!("{} a{i}\n\n", "#".repeat(2 + (i * level) % 4));
        format!("---\ntitle: A\n---\n{}", (0..n).map(one).collect::<String>())
    };
    handbook().with("content/a.vi.md", page(1)).with("content/a.en.md", page(3))
}

/// Ten texts, each of which includes the next a few times: together they would be endless.
fn includes_of_includes(n: usize) -> Handbook {
    let times = n.ilog2() as usize;
    let file = |i: usize| format!("content/_p{i}.vi.md");
    let text = |i: usize| format!("{{{{< include \"_p{}.md\" >}}}}\n\n", i + 1).repeat(times);
    let part = |i: usize| format!("---\ntitle: P\n---\nMột.\n\n{}", text(i));
    let parts = (1..10).fold(handbook(), |handbook, i| handbook.with(file(i), part(i)));
    parts.with(file(10), "---\ntitle: P\n---\nMột.\n").with("content/a.vi.md", part(0))
}
