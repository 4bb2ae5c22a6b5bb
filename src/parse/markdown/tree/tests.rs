//! The tree in short: each case is a text and an outline of what it became.

use crate::base::{RelPath, Span, line_column};
use crate::model::*;
use crate::parse::markdown::parse_markdown;

fn parsed(text: &str) -> (Doc, Vec<crate::diag::Diagnostic>) {
    parse_markdown(&RelPath::new("content/a.vi.md"), text, 0, 32)
}

/// The document as an outline, and nothing to report.
fn outline(text: &str) -> String {
    let (doc, diagnostics) = parsed(text);
    assert!(diagnostics.is_empty(), "{text}\n{diagnostics:?}");
    show_blocks(&doc.blocks)
}

/// What is wrong with a text: code, line:column and the text there.
fn problems(text: &str) -> Vec<String> {
    let (_, diagnostics) = parsed(text);
    let show = |d: &crate::diag::Diagnostic| {
        let span = d.span.unwrap_or_default();
        let at = line_column(text, span.start as usize);
        format!("{:?} {}:{} {}", d.code, at.line, at.column, &text[span.range()])
    };
    diagnostics.iter().map(show).collect()
}

fn show_blocks(blocks: &[Block]) -> String {
    blocks.iter().map(show_block).collect::<Vec<_>>().join(" ")
}

fn show_block(block: &Block) -> String {
    match block {
        Block::Heading(h) => {
            let id = h.id.as_deref().map(|i| format!("#{i}")).unwrap_or_default();
            let classes: String = h.classes.iter().map(|c| format!(".{c}")).collect();
            format!("h{}{id}{classes}[{}]", h.level, show_inlines(&h.content))
        }
        Block::Paragraph(content) => format!("p[{}]", show_inlines(content)),
        Block::Plain(content) => show_inlines(content),
        Block::Quote(blocks) => format!("quote({})", show_blocks(blocks)),
        Block::List(list) => show_list(list),
        Block::Definitions(list) => show_definitions(list),
        Block::Code(code) => format!("code {}[{}]", code.language, code.text.trim_end()),
        Block::Math(formula) => format!("math[{}]", formula.tex),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            format!("table[{}]", cells.map(|c| show_inlines(c)).collect::<Vec<_>>().join("|"))
        }
        Block::Html(raw) => format!("html[{}]", raw.html.trim_end()),
        Block::Rule => "rule".to_owned(),
        Block::Container(c) => {
            let title = match c.title.is_empty() {
                true => String::new(),
                false => format!("[{}]", show_inlines(&c.title)),
            };
            format!("{}{title}({})", c.kind.name(), show_blocks(&c.blocks))
        }
        Block::Include(i) => {
            let section = i.section.as_ref().map(|s| format!("#{s}")).unwrap_or_default();
            format!("include[{}{section}]", i.target)
        }
        Block::Included(_) => unreachable!("only resolve makes these"),
    }
}

fn show_list(list: &List) -> String {
    let items: Vec<String> = list
        .items
        .iter()
        .map(|item| {
            let mark = match item.checked {
                Some(true) => "x ",
                Some(false) => "o ",
                None => "",
            };
            format!("{mark}{}", show_blocks(&item.blocks))
        })
        .collect();
    let kind = match (list.start, list.checklist) {
        (Some(start), _) => format!("ol{start}"),
        (None, true) => "checklist".to_owned(),
        (None, false) => "ul".to_owned(),
    };
    format!("{kind}({})", items.join("; "))
}

fn show_definitions(list: &[Definition]) -> String {
    let entry = |d: &Definition| {
        let terms: Vec<_> = d.terms.iter().map(|t| show_inlines(t)).collect();
        let meanings: Vec<_> = d.meanings.iter().map(|m| show_blocks(m)).collect();
        format!("{}: {}", terms.join(", "), meanings.join(" / "))
    };
    format!("dl({})", list.iter().map(entry).collect::<Vec<_>>().join("; "))
}

fn show_inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(show_inline).collect()
}

fn show_inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(t) => t.clone(),
        Inline::Emphasis(c) => format!("_{}_", show_inlines(c)),
        Inline::Strong(c) => format!("*{}*", show_inlines(c)),
        Inline::Strikethrough(c) => format!("~{}~", show_inlines(c)),
        Inline::Code(c) => format!("`{c}`"),
        Inline::Math(f) => format!("${}$", f.tex),
        Inline::Link(l) => show_link(l),
        Inline::Image(i) => format!("image({} {} “{}”)", i.target, i.alt, i.title),
        Inline::FootnoteRef { label, .. } => format!("^{label}"),
        Inline::DocNumber { text, .. } => format!("<{text}>"),
        Inline::SoftBreak => "↵".to_owned(),
        Inline::HardBreak => "⏎".to_owned(),
        Inline::Html(raw) => raw.html.clone(),
    }
}

fn show_link(link: &Link) -> String {
    let target = match &link.target {
        LinkTarget::Path(t) => t.clone(),
        LinkTarget::Wiki(t) => format!("[[{t}]]"),
    };
    let title =
        if link.title.is_empty() { String::new() } else { format!(" “{}”", link.title) };
    format!("link({target} {}{title})", show_inlines(&link.content))
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(outline(text), *expected, "\n{text}");
    }
}

#[test]
fn loose_and_tight_lists() {
    check(&[
        ("- a\n- b", "ul(a; b)"),
        ("- a\n\n- b", "ul(p[a]; p[b])"),
        ("- a\n  - b\n\n    c\n- d", "ul(a ul(p[b] p[c]); d)"),
        ("7. a\n   > b\n8. c", "ol7(a quote(p[b]); c)"),
        ("- a\n\n  ```\n  b\n\n  c\n  ```\n- d", "ul(p[a] code [b\n\nc]; p[d])"),
        ("- a\n+ b", "ul(a) ul(b)"),
        ("-\n- a", "ul(; a)"),
    ]);
}

#[test]
fn tasks_in_tight_loose_and_nested_lists() {
    check(&[
        ("- [x] a\n- [ ] b", "ul(x a; o b)"),
        ("- [x] a\n\n- [ ] b\n\n  c", "ul(x p[a]; o p[b] p[c])"),
        ("- [x] a\n  - [ ] b\n- c", "ul(x a ul(o b); c)"),
        ("- a\n\n  - [x] b\n\n  - c", "ul(p[a] ul(x p[b]; p[c]))"),
        ("1. [ ] a", "ol1(o a)"),
    ]);
}

#[test]
fn containers_stand_where_blocks_do() {
    check(&[
        (":::note\na\n:::", "note(p[a])"),
        (":::note[Một **hai**]\n:::\nb", "note[Một *hai*]() p[b]"),
        ("a\n:::note\nb\n:::\nc", "p[a] note(p[b]) p[c]"),
        ("- a\n\n  :::note\n  b\n  :::\n- c", "ul(p[a] note(p[b]); p[c])"),
        ("- a\n  :::note\n  b\n  :::\n- c", "ul(a note(p[b]); c)"),
        ("- :::note\n  b\n  :::", "ul(note(p[b]))"),
        ("1. a\n   :::tip\n   - b\n   :::\n2. c", "ol1(a tip(ul(b)); c)"),
        ("> :::note\n> b\n> :::\n\nc", "quote(note(p[b])) p[c]"),
        ("> - :::note\n>   b\n>   :::", "quote(ul(note(p[b])))"),
        (
            "::::tabs\n:::tab[1. A]\na\n:::\n:::tab[B]\nb\n:::\n::::",
            "tabs(tab[1. A](p[a]) tab[B](p[b]))",
        ),
        (":::note\n:::tip\na\n:::\n:::", "note(tip(p[a]))"),
        ("::: note\na\n:::", "note(p[a])"),
        ("## A\n:::note\n## B\n:::", "h2[A] note(h2[B])"),
        (":::note\n| a |\n|---|\n| b |\n:::", "note(table[a|b])"),
        (":::note\n- a\n:::\nb", "note(ul(a)) p[b]"),
        (":::note\n> a\n:::\nb", "note(quote(p[a])) p[b]"),
    ]);
}

#[test]
fn unclosed_stray_and_misnested_containers_are_named_where_they_stand() {
    let cases: &[(&str, &[&str])] = &[
        ("một\n\n:::note\na", &["UnclosedContainer 3:1 :::note"]),
        ("> x\n>\n> :::note[A]\n> a\n\nb", &["UnclosedContainer 3:3 :::note[A]"]),
        ("- x\n\n  :::tip\n  a\n\nb", &["UnclosedContainer 3:3 :::tip"]),
        ("a\n:::\n", &["StrayContainerEnd 2:1 :::"]),
        ("> :::\n", &["StrayContainerEnd 1:3 :::"]),
        (
            ":::note\n- a\n\n  :::\n",
            &["StrayContainerEnd 4:3 :::", "UnclosedContainer 1:1 :::note"],
        ),
        ("::::note\n:::tip\na\n::::\nb", &["UnclosedContainer 2:1 :::tip"]),
        (
            ":::::note\n::::tip\n:::danger\na\n:::::\nb",
            &["UnclosedContainer 3:1 :::danger", "UnclosedContainer 2:1 ::::tip"],
        ),
        (":::note\na\n::::\n", &[]),
        (":::tab[A]\na\n:::", &["MisplacedContainer 1:1 :::tab[A]"]),
        ("Ấy\n:::warnin\na\n:::", &["UnknownContainer 2:1 :::warnin"]),
        ("| a |\n|---|\n| :::note |\n", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text), *expected, "\n{text}");
    }
}

#[test]
fn outer_colons_close_over_a_forgotten_inner_container() {
    let (doc, _) = parsed("::::note\n:::tip\na\n::::\nb");
    assert_eq!(show_blocks(&doc.blocks), "note(tip(p[a])) p[b]");
}

#[test]
fn fences_keep_their_colons() {
    check(&[
        ("```\n:::note\n:::\n```", "code [:::note\n:::]"),
        ("~~~ text\n:::\n~~~", "code text[:::]"),
        (":::note\n```md\n:::tip\n```\n:::", "note(code md[:::tip])"),
        ("- a\n\n  ~~~\n  :::note\n  ~~~", "ul(p[a] code [:::note])"),
        ("> ```\n> :::\n> ```", "quote(code [:::])"),
        ("a\n\n    :::note\n\nb", "p[a] code [:::note] p[b]"),
        ("-     :::note", "ul(code [:::note])"),
        ("````\n```\n:::\n```\n````", "code [```\n:::\n```]"),
        ("`:::`\n`a :::b`", "p[`:::`↵`a :::b`]"),
        ("```\n{{< include \"a.md\" >}}\n```", "code [{{< include \"a.md\" >}}]"),
    ]);
}

#[test]
fn unclosed_fences_are_reported_at_their_opening() {
    assert_eq!(problems("a\n\n```bash\nb\n"), ["UnclosedFence 3:1 ```bash"]);
    assert_eq!(problems("- a\n\n  ~~~~\n  b\n  ~~~\n"), ["UnclosedFence 3:3 ~~~~"]);
    for closed in
        ["```\na\n```", "> ```\n> a\n> ```", "- ```\n  a\n  ```", "```\n```", "~~~\na\n~~~~"]
    {
        assert_eq!(problems(closed), [""; 0], "\n{closed}");
    }
}

#[test]
fn formulas_alone_and_in_text() {
    check(&[
        ("$$a+b$$", "math[a+b]"),
        ("$$\na\n$$\n\nb", "math[\na\n] p[b]"),
        ("a $$b$$ c", "p[a $b$ c]"),
        ("$$a$$ b", "p[$a$ b]"),
        ("a\n$$b$$", "p[a↵$b$]"),
        ("$$a$$\nb", "p[$a$↵b]"),
        ("a $b$ c", "p[a $b$ c]"),
        ("- $$a$$", "ul($a$)"),
        ("giá 5$ và 6$", "p[giá 5$ và 6$]"),
    ]);
}

#[test]
fn definition_lists_end_where_a_container_begins() {
    check(&[
        ("A\n: b\n", "dl(A: b)"),
        ("A\n: b\n\n: c\n", "dl(A: p[b] / p[c])"),
        ("A\n: b\n\n:::note\nc\n:::\n", "dl(A: b) note(p[c])"),
        ("A\n: b\n:::note\nc\n:::\n", "dl(A: b) note(p[c])"),
        (":::note\nA\n: b\n:::\nc", "note(dl(A: b)) p[c]"),
    ]);
}

#[test]
fn checklists_are_marked_by_heading_or_list() {
    check(&[
        (
            "## A {.checklist}\n\n- [ ] a\n\n### B\n\n- [x] b\n\n## C\n\n- [ ] c",
            "h2.checklist[A] checklist(o a) h3[B] checklist(x b) h2[C] ul(o c)",
        ),
        ("{.checklist}\n- [ ] a", "checklist(o a)"),
        ("{.checklist}\n\n- [ ] a", "checklist(o a)"),
        ("- [ ] a\n\n{.checklist}", "checklist(o a)"),
        (
            "## A {#b .checklist}\n\n:::note\n- [ ] a\n:::\n\n- b",
            "h2#b.checklist[A] note(checklist(o a)) ul(b)",
        ),
    ]);
}

#[test]
fn headings_carry_ids_and_classes() {
    check(&[
        ("## Một {#mot}", "h2#mot[Một]"),
        ("## Một {#mot .a .b}", "h2#mot.a.b[Một]"),
        ("Một {#mot}\n---", "h2#mot[Một]"),
        ("## Theo 09/CT-TTg", "h2[Theo 09/CT-TTg]"),
    ]);
}

#[test]
fn what_a_heading_cannot_take_is_reported() {
    assert_eq!(problems("a\n\n## Một {không}"), ["BadAttributes 3:1 ## Một {không}"]);
    assert_eq!(problems("## Một {#Hai}"), ["BadAttributes 1:1 ## Một {#Hai}"]);
}

/// What the spans of a text's document numbers, links and footnote references stand for.
fn spans(text: &str) -> Vec<&str> {
    let (doc, _) = parsed(text);
    let mut found: Vec<Span> = Vec::new();
    let file = RelPath::new("content/a.vi.md");
    walk(&doc, &file, &mut |node, _| {
        if let Node::Inline(inline) = node {
            match inline {
                Inline::DocNumber { span, .. } | Inline::FootnoteRef { span, .. } => {
                    found.push(*span);
                }
                Inline::Link(link) => found.push(link.span),
                Inline::Image(image) => found.push(image.span),
                _ => {}
            }
        }
    });
    found.into_iter().map(|s| &text[s.range()]).collect()
}

#[test]
fn document_numbers_know_where_they_stand() {
    for (text, expected) in [
        ("Theo 09/CT-TTg và 33/CĐ-TTg.", vec!["09/CT-TTg", "33/CĐ-TTg"]),
        ("Điều \\* và &amp; rồi 09/CT-TTg", vec!["09/CT-TTg"]),
        ("&nbsp;&nbsp;*33/CĐ-TTg*&hellip;", vec!["33/CĐ-TTg"]),
        (":::note[Dài thật dài]\nTheo 09/CT-TTg\n:::\n\n09/CT-TTg", vec!["09/CT-TTg"; 2]),
        ("| a |\n|---|\n| x \\| 09/CT-TTg |", vec!["09/CT-TTg"]),
        ("- a\n  theo 13/2023/NĐ-CP", vec!["13/2023/NĐ-CP"]),
        ("&ngE; https://a.vn/b&amp;c. 09/CT-TTg", vec!["https://a.vn/b&amp;c", "09/CT-TTg"]),
        ("[09/CT-TTg](a.md) `09/CT-TTg`", vec!["[09/CT-TTg](a.md)"]),
        ("[x](a.md “Tiêu đề”) 09/CT-TTg", vec!["[x](a.md “Tiêu đề”)", "09/CT-TTg"]),
    ] {
        assert_eq!(spans(text), expected, "\n{text}");
    }
}

#[test]
fn undefined_footnotes_are_named_where_they_stand() {
    assert_eq!(problems("\\* a[^b]"), ["UndefinedFootnote 1:5 [^b]"]);
    assert_eq!(problems("&amp; ấ[^b]."), ["UndefinedFootnote 1:8 [^b]"]);
    assert_eq!(problems("a\\[^b]"), [""; 0]);
}

#[test]
fn wiki_links() {
    check(&[
        ("[[09/CT-TTg]]", "p[link([[09/CT-TTg]] )]"),
        ("[[09/CT-TTg#dieu-5]]", "p[link([[09/CT-TTg#dieu-5]] )]"),
        ("[[talks/phishing|Bài *một*]]", "p[link([[talks/phishing]] Bài _một_)]"),
        ("\\[[a]]", "p[[[a]]]"),
        ("`[[a]]`", "p[`[[a]]`]"),
    ]);
}

#[test]
fn curly_quotes_around_titles_are_read_as_quotes() {
    check(&[
        ("[x](a.md “Một”)", "p[link(a.md x “Một”)]"),
        ("![x](a.svg ‘Một’) “y”", "p[image(a.svg x “Một”) “y”]"),
        ("`[x](a.md “Một”)`", "p[`[x](a.md “Một”)`]"),
        ("    [x](a.md “Một”)", "code [[x](a.md “Một”)]"),
        (
            "```\n[x](a.md “Một”)\n```\n[x](a.md “Một”)",
            "code [[x](a.md “Một”)] p[link(a.md x “Một”)]",
        ),
        (":::note\n[x](a.md “Một”)\n:::", "note(p[link(a.md x “Một”)])"),
        ("(xem “[x](a.md)”)", "p[(xem “link(a.md x)”)]"),
    ]);
    let (doc, diagnostics) = parsed("```bash {title=“Một hai” hl=”2-3” nocopy}\na\n```");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let [Block::Code(code)] = doc.blocks.as_slice() else { panic!("{doc:?}") };
    assert_eq!(code.title.as_deref(), Some("Một hai"));
    assert_eq!((code.highlight.as_slice(), code.copy), ([(2, 3)].as_slice(), false));
}

#[test]
fn comments_around_markers_stay_comments() {
    check(&[
        ("<!-- a -->\n:::note\nb\n:::\n<!-- c -->", "html[<!-- a -->] note(p[b]) html[<!-- c -->]"),
        (":::note\n<!-- a -->\n:::", "note(html[<!-- a -->])"),
        ("<!--\n:::note\n-->\n\na", "html[<!--\n:::note\n-->] p[a]"),
        ("<pre>\n:::\n</pre>", "html[<pre>\n:::\n</pre>]"),
        ("<div>\n:::note\na\n:::\n</div>", "html[<div>] note(html[a]) html[</div>]"),
    ]);
}

#[test]
fn includes_stand_in_lists_and_quotes() {
    check(&[
        ("{{< include \"a.md\" >}}", "include[a.md]"),
        ("- a\n\n  {{< include \"b.md#c\" >}}\n- d", "ul(p[a] include[b.md#c]; p[d])"),
        ("- {{< include “b.md” >}}", "ul(include[b.md])"),
        ("> {{< include \"b.md\" >}}\n> c", "quote(include[b.md] p[c])"),
        ("a {{< include \"b.md\" >}}", "p[a {{< include \"b.md\" >}}]"),
    ]);
}
