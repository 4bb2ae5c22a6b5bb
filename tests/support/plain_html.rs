//! A document tree as the plain HTML of the CommonMark specification.
//!
//! The site's own renderer adds permalinks, ids and sanitising. This one adds nothing, so that
//! what it writes shows what the tree kept of the Markdown, and nothing else. Raw HTML is
//! written as it stands, which no page ever does.

use sotay::model::{
    Alignment, Block, CodeBlock, ContainerKind, Definition, Doc, Image, Inline, Item, Link,
    LinkTarget, List, Table,
};

/// The document as HTML, footnotes at the end.
pub fn write(doc: &Doc) -> String {
    let mut out = String::new();
    blocks(&mut out, &doc.blocks);
    for note in &doc.footnotes {
        out.push_str(&format!("<section id=\"fn-{}\">\n", note.label));
        blocks(&mut out, &note.blocks);
        out.push_str("</section>\n");
    }
    out
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for b in blocks {
        block(out, b);
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(h) => element(out, &format!("h{}", h.level), &h.content),
        Block::Paragraph(content) => element(out, "p", content),
        Block::Plain(content) => {
            inlines(out, content);
            out.push('\n');
        }
        Block::Quote(content) => framed(out, "blockquote", content),
        Block::List(l) => list(out, l),
        Block::Definitions(entries) => definitions(out, entries),
        Block::Code(c) => code(out, c),
        Block::Math(f) => out.push_str(&format!("<div class=\"math\">{}</div>\n", text(&f.tex))),
        Block::Table(t) => table(out, t),
        Block::Html(raw) => out.push_str(&raw.html),
        Block::Rule => out.push_str("<hr />\n"),
        Block::Container(c) => container(out, c.kind, &c.title, &c.blocks),
        Block::Include(i) => out.push_str(&format!("<!-- include {} -->\n", i.target)),
        Block::Included(included) => blocks(out, &included.blocks),
    }
}

fn blocks_of_item(out: &mut String, content: &[Block]) {
    match content {
        [Block::Plain(only)] => inlines(out, only),
        content => {
            out.push('\n');
            blocks(out, content);
        }
    }
}

fn element(out: &mut String, tag: &str, content: &[Inline]) {
    out.push_str(&format!("<{tag}>"));
    inlines(out, content);
    out.push_str(&format!("</{tag}>\n"));
}

fn framed(out: &mut String, tag: &str, content: &[Block]) {
    out.push_str(&format!("<{tag}>\n"));
    blocks(out, content);
    out.push_str(&format!("</{tag}>\n"));
}

fn container(out: &mut String, kind: ContainerKind, title: &[Inline], content: &[Block]) {
    out.push_str(&format!("<div class=\"{}\">\n", kind.name()));
    if !title.is_empty() {
        element(out, "p", title);
    }
    blocks(out, content);
    out.push_str("</div>\n");
}

fn list(out: &mut String, list: &List) {
    let tag = if list.start.is_some() { "ol" } else { "ul" };
    match list.start {
        Some(n) if n != 1 => out.push_str(&format!("<ol start=\"{n}\">\n")),
        _ => out.push_str(&format!("<{tag}>\n")),
    }
    for i in &list.items {
        item(out, i);
    }
    out.push_str(&format!("</{tag}>\n"));
}

fn item(out: &mut String, item: &Item) {
    out.push_str("<li>");
    match item.checked {
        Some(true) => out.push_str("<input checked=\"\" disabled=\"\" type=\"checkbox\"> "),
        Some(false) => out.push_str("<input disabled=\"\" type=\"checkbox\"> "),
        None => {}
    }
    blocks_of_item(out, &item.blocks);
    out.push_str("</li>\n");
}

fn definitions(out: &mut String, entries: &[Definition]) {
    out.push_str("<dl>\n");
    for entry in entries {
        for term in &entry.terms {
            element(out, "dt", term);
        }
        for meaning in &entry.meanings {
            out.push_str("<dd>");
            blocks_of_item(out, meaning);
            out.push_str("</dd>\n");
        }
    }
    out.push_str("</dl>\n");
}

fn code(out: &mut String, code: &CodeBlock) {
    match code.language.as_str() {
        "" => out.push_str("<pre><code>"),
        language => out.push_str(&format!("<pre><code class=\"language-{}\">", text(language))),
    }
    out.push_str(&text(&code.text));
    out.push_str("</code></pre>\n");
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n<thead>\n");
    row(out, "th", &table.head, &table.alignments);
    out.push_str("</thead>\n");
    if !table.rows.is_empty() {
        out.push_str("<tbody>\n");
        for cells in &table.rows {
            row(out, "td", cells, &table.alignments);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n");
}

fn row(out: &mut String, tag: &str, cells: &[Vec<Inline>], alignments: &[Alignment]) {
    out.push_str("<tr>\n");
    for (cell, alignment) in cells.iter().zip(alignments) {
        let align = match alignment {
            Alignment::None => "",
            Alignment::Left => " align=\"left\"",
            Alignment::Center => " align=\"center\"",
            Alignment::Right => " align=\"right\"",
        };
        out.push_str(&format!("<{tag}{align}>"));
        inlines(out, cell);
        out.push_str(&format!("</{tag}>\n"));
    }
    out.push_str("</tr>\n");
}

fn inlines(out: &mut String, inlines: &[Inline]) {
    for i in inlines {
        inline(out, i);
    }
}

fn inline(out: &mut String, inline: &Inline) {
    match inline {
        Inline::Text(t) | Inline::DocNumber { text: t, .. } => out.push_str(&text(t)),
        Inline::Emphasis(content) => wrapped(out, "em", content),
        Inline::Strong(content) => wrapped(out, "strong", content),
        Inline::Strikethrough(content) => wrapped(out, "del", content),
        Inline::Code(c) => out.push_str(&format!("<code>{}</code>", text(c))),
        Inline::Math(f) => out.push_str(&format!("<span class=\"math\">{}</span>", text(&f.tex))),
        Inline::Link(l) => link(out, l),
        Inline::Image(i) => image(out, i),
        Inline::FootnoteRef { label, .. } => out.push_str(&format!("<sup>{}</sup>", text(label))),
        Inline::SoftBreak => out.push('\n'),
        Inline::HardBreak => out.push_str("<br />\n"),
        Inline::Html(raw) => out.push_str(&raw.html),
    }
}

fn wrapped(out: &mut String, tag: &str, content: &[Inline]) {
    out.push_str(&format!("<{tag}>"));
    inlines(out, content);
    out.push_str(&format!("</{tag}>"));
}

fn link(out: &mut String, link: &Link) {
    let (target, wiki) = match &link.target {
        LinkTarget::Path(t) => (t, ""),
        LinkTarget::Wiki(t) => (t, " class=\"wiki\""),
    };
    out.push_str(&format!("<a href=\"{}\"{wiki}{}>", address(target), title(&link.title)));
    inlines(out, &link.content);
    out.push_str("</a>");
}

fn image(out: &mut String, image: &Image) {
    let (src, alt) = (address(&image.target), text(&image.alt));
    out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\"{} />", title(&image.title)));
}

fn title(title: &str) -> String {
    match title {
        "" => String::new(),
        title => format!(" title=\"{}\"", text(title)),
    }
}

fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An address as the specification's examples write it: what may not stand in an address is
/// percent-encoded, what is encoded already stays.
fn address(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b if b.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~".contains(&b) => {
                out.push(b.into());
            }
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
