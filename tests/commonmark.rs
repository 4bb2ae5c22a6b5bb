//! Markdown means what CommonMark and GFM say, but for a short list of deliberate differences.
//!
//! What is compared is the document tree, written as plain HTML by [`support::plain_html`].

mod support;

use sotay::base::RelPath;
use sotay::parse::markdown::parse_markdown;
use support::{plain_html, spec};

/// Examples of the specification that mean something else here, and why.
const DIFFERENCES: &[(usize, &str)] = &[
    (548, "[[...]] is a wiki link"),
    (559, "[[...]] is a wiki link"),
    (590, "![[...]] is a picture by its address"),
    (602, "GFM: a bare address links itself, also where `<...>` is no link"),
    (606, "GFM: a bare mail address links itself, also where `<...>` is no link"),
    (608, "GFM: a bare address links itself, also where `<...>` is no link"),
    (611, "GFM: a bare address links itself"),
    (612, "GFM: a bare mail address links itself"),
];

fn html(markdown: &str) -> String {
    let (doc, _) = parse_markdown(&RelPath::new("content/a.vi.md"), markdown, 0, 64);
    plain_html::write(&doc)
}

/// Evens out what HTML does not tell apart, as the specification's own runner does: white space
/// beside block tags and in a row (outside `pre`), and `<br />` for `<br>`.
fn normalise(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<pre") {
        let end = rest[start..].find("</pre>").map_or(rest.len(), |i| start + i + "</pre>".len());
        push_flowing(&mut out, &rest[..start]);
        out.truncate(out.trim_end().len());
        out.push_str(&rest[start..end]);
        rest = rest[end..].trim_start();
    }
    push_flowing(&mut out, rest);
    out.trim().to_owned()
}

const BLOCKS: &[&str] = &[
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

fn push_flowing(out: &mut String, html: &str) {
    let mut text = html.split_whitespace().collect::<Vec<_>>().join(" ");
    if html.starts_with(char::is_whitespace) {
        text.insert(0, ' ');
    }
    if html.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    let mut rest = text.replace(" />", ">").replace("/>", ">");
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|i| open + i + 1) else { break };
        let name: String = rest[open + 1..close]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let is_block = BLOCKS.contains(&name.as_str());
        let before = &rest[..open];
        out.push_str(if is_block { before.trim_end() } else { before });
        if is_block {
            out.truncate(out.trim_end().len());
        }
        out.push_str(&rest[open..close]);
        let after = &rest[close..];
        rest = if is_block { after.trim_start() } else { after }.to_owned();
    }
    out.push_str(&rest);
}

#[test]
fn every_example_of_the_specification_but_the_named_ones() {
    let examples = match spec::examples() {
        Ok(examples) => examples,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "{why}");
            eprintln!("skipped: {why}");
            return;
        }
    };
    assert_eq!(examples.len(), 652, "the specification's layout has changed");
    let mut wrong = Vec::new();
    for example in &examples {
        let (here, there) = (normalise(&html(&example.markdown)), normalise(&example.html));
        let named = DIFFERENCES.iter().find(|(number, _)| *number == example.number);
        match (here == there, named) {
            (true, None) | (false, Some(_)) => {}
            (true, Some((number, why))) => {
                wrong
                    .push(format!("{number} is as specified now; remove it from the list ({why})"));
            }
            (false, None) => wrong.push(format!(
                "{} ({})\n{}\nhere:  {here}\nthere: {there}\n",
                example.number, example.section, example.markdown
            )),
        }
    }
    assert!(wrong.is_empty(), "{} examples\n{}", wrong.len(), wrong.join("\n"));
}

/// Compares cases of Markdown and the HTML that it means.
fn assert_html(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        assert_eq!(normalise(&html(markdown)), normalise(expected), "\n{markdown}");
    }
}

#[test]
fn tables() {
    assert_html(&[
        (
            "| Hệ thống | Cấp |\n|:---|---:|\n| Thư | 2 |\n| *Web* | `a\\|b` |\n",
            "<table><thead><tr><th align=\"left\">Hệ thống</th><th align=\"right\">Cấp</th></tr></thead>\
             <tbody><tr><td align=\"left\">Thư</td><td align=\"right\">2</td></tr>\
             <tr><td align=\"left\"><em>Web</em></td><td align=\"right\"><code>a|b</code></td></tr>\
             </tbody></table>",
        ),
        // Rows are cut and filled to the width of the head; a table may have no rows.
        (
            "a | b\n:-: | -\nc\nd | e | f\n\ng",
            "<table><thead><tr><th align=\"center\">a</th><th>b</th></tr></thead><tbody>\
             <tr><td align=\"center\">c</td><td></td></tr>\
             <tr><td align=\"center\">d</td><td>e</td></tr></tbody></table><p>g</p>",
        ),
        ("| a |\n| - |", "<table><thead><tr><th>a</th></tr></thead></table>"),
        // The row of dashes must have as many cells as the head.
        ("| a | b |\n| - |\n", "<p>| a | b |\n| - |</p>"),
        // Another block ends a table.
        (
            "| a |\n| - |\n| b |\n> c",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>\
             <blockquote><p>c</p></blockquote>",
        ),
    ]);
}

#[test]
fn tasks_and_strikethrough() {
    let (done, open) = (
        "<input checked=\"\" disabled=\"\" type=\"checkbox\"> ",
        "<input disabled=\"\" type=\"checkbox\"> ",
    );
    assert_html(&[
        (
            "- [x] a\n- [ ] b\n  - [X] c",
            &format!("<ul><li>{done}a</li><li>{open}\nb\n<ul><li>{done}c</li></ul></li></ul>"),
        ),
        ("1. [ ] a\n2. b", &format!("<ol><li>{open}a</li><li>b</li></ol>")),
        ("- [ ]a\n- \\[ ] b\n- [y] c", "<ul><li>[ ]a</li><li>[ ] b</li><li>[y] c</li></ul>"),
        ("~~một hai~~ ba", "<p><del>một hai</del> ba</p>"),
        ("~~a\n\nb~~", "<p>~~a</p><p>b~~</p>"),
        ("~~~~a~~~~ b", "<pre><code class=\"language-a~~~~\"></code></pre>"),
    ]);
}

#[test]
fn footnotes_and_alerts() {
    assert_html(&[
        (
            "Một[^a] hai[^a].\n\n[^a]: Chú thích\n    dài.\n\n    Đoạn hai.\n",
            "<p>Một<sup>a</sup> hai<sup>a</sup>.</p>\
             <section id=\"fn-a\"><p>Chú thích\ndài.</p><p>Đoạn hai.</p></section>",
        ),
        ("Không có[^b]", "<p>Không có[^b]</p>"),
        ("> [!NOTE]\n> Một\n> hai", "<div class=\"note\"><p>Một\nhai</p></div>"),
        ("> [!caution]\n> - Một", "<div class=\"danger\"><ul><li>Một</li></ul></div>"),
        ("> [!LẠ]\n> Một", "<blockquote><p>[!LẠ]\nMột</p></blockquote>"),
        ("> [!NOTE] Một", "<blockquote><p>[!NOTE] Một</p></blockquote>"),
    ]);
}

#[test]
fn addresses_link_themselves() {
    let link = |text: &str| format!("<a href=\"{text}\">{text}</a>");
    assert_html(&[
        ("Xem https://a.vn/b.", &format!("<p>Xem {}.</p>", link("https://a.vn/b"))),
        (
            "**https://a.vn** (http://b.vn/c_(d))",
            &format!(
                "<p><strong>{}</strong> ({})</p>",
                link("https://a.vn"),
                link("http://b.vn/c_(d)")
            ),
        ),
        (
            "www.a.vn\n`x`www.a.vn",
            "<p><a href=\"http://www.a.vn\">www.a.vn</a>\n<code>x</code>www.a.vn</p>",
        ),
        (
            "https://a.vn?b=1&amp;c=2&copy;",
            "<p><a href=\"https://a.vn?b=1&amp;c=2\">\
             https://a.vn?b=1&amp;c=2</a>©</p>",
        ),
        ("https://a.vn/b\\_c", &format!("<p>{}</p>", link("https://a.vn/b_c"))),
        ("# Theo https://a.vn", &format!("<h1>Theo {}</h1>", link("https://a.vn"))),
        (
            "| https://a.vn/b |\n|---|\n| www.a.vn |",
            &format!(
                "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>\
             <a href=\"http://www.a.vn\">www.a.vn</a></td></tr></tbody></table>",
                link("https://a.vn/b")
            ),
        ),
    ]);
}

#[test]
fn no_address_links_itself_inside_links_and_code() {
    assert_html(&[
        (
            "[https://a.vn **b@c.vn**](d.md)",
            "<p><a href=\"d.md\">https://a.vn <strong>b@c.vn</strong></a></p>",
        ),
        ("<https://a.vn>", "<p><a href=\"https://a.vn\">https://a.vn</a></p>"),
        ("![https://a.vn](b.svg)", "<p><img src=\"b.svg\" alt=\"https://a.vn\"></p>"),
        (
            "`https://a.vn`\n\n    https://a.vn",
            "<p><code>https://a.vn</code></p><pre><code>https://a.vn\n</code></pre>",
        ),
        ("<a href=\"b.html\">https://a.vn</a>", "<p><a href=\"b.html\">https://a.vn</a></p>"),
        (
            "<a href=\"b.html\">x</a> https://a.vn",
            "<p><a href=\"b.html\">x</a> <a href=\"https://a.vn\">https://a.vn</a></p>",
        ),
    ]);
}
