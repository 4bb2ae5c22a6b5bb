//! The document tree: what one Markdown text says, before anybody decides how to show it.
//!
//! HTML, search text, slides, PDF and translation tracking all read this tree; none of them
//! reads Markdown or HTML. Links are raw here: they are resolved per reader's language.

use crate::base::{Lang, RelPath, Span};

/// A document: its blocks and its footnotes.
#[derive(Clone, Default, Debug)]
pub struct Doc {
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Footnotes that are defined, in the order of definition.
    pub footnotes: Vec<Footnote>,
}

/// The text of one footnote.
#[derive(Clone, Debug)]
pub struct Footnote {
    /// The label that references use.
    pub label: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A block of a document. What is large and rarer than a paragraph is boxed: a site holds
/// hundreds of thousands of blocks.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(Box<Heading>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a tight list item: a paragraph without its tag.
    Plain(Vec<Inline>),
    /// A block quote.
    Quote(Vec<Block>),
    /// A bulleted, numbered or task list.
    List(List),
    /// A definition list: terms, then what they mean.
    Definitions(Vec<Definition>),
    /// A fenced or indented code block.
    Code(Box<CodeBlock>),
    /// A displayed formula in LaTeX.
    Math(Formula),
    /// A table.
    Table(Box<Table>),
    /// Raw HTML, not yet sanitised.
    Html(RawHtml),
    /// A thematic break; slides are split at it.
    Rule,
    /// A `:::name` container, or a GFM alert.
    Container(Box<Container>),
    /// An include, before it is resolved.
    Include(Box<Include>),
    /// An include, resolved: the blocks of another file.
    Included(Box<Included>),
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`, when the writer set one.
    pub id: Option<String>,
    /// `{.class}`.
    pub classes: Vec<String>,
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The first number of a numbered list.
    pub start: Option<u64>,
    /// Its items.
    pub items: Vec<Item>,
    /// `{.checklist}` on the heading before or on the list, or a guideline's task list.
    pub checklist: bool,
}

impl List {
    /// Whether any item is a task.
    pub fn is_tasks(&self) -> bool {
        self.items.iter().any(|i| i.checked.is_some())
    }
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// For a task: whether it is ticked.
    pub checked: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
    /// The id that makes a clause or point of an article citable (`dieu-5-khoan-2`); set by resolve.
    pub id: Option<String>,
}

/// One entry of a definition list.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The term, or terms.
    pub terms: Vec<Vec<Inline>>,
    /// What they mean.
    pub meanings: Vec<Vec<Block>>,
}

/// A code block.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// The fence's first word, lower case; empty when there is none.
    pub language: String,
    /// `title="..."`.
    pub title: Option<String>,
    /// `hl="2,4-6"`: first and last line of each marked run, from 1.
    pub highlight: Vec<(u32, u32)>,
    /// Whether readers may copy it with a button (`nocopy` says no).
    pub copy: bool,
    /// `alt="..."`: what a diagram shows.
    pub alt: Option<String>,
    /// The code, ending in a line break unless empty.
    pub text: String,
    /// Where each line of a diagram stands; of other code nothing is kept.
    pub lines: Vec<Span>,
    /// The opening fence.
    pub span: Span,
}

impl CodeBlock {
    /// The language whose blocks are drawn.
    pub const DIAGRAM: &str = "mermaid";
}

/// A formula in LaTeX.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The LaTeX source.
    pub tex: String,
    /// Where it stands.
    pub span: Span,
}

/// Raw HTML, as written.
#[derive(Clone, Debug)]
pub struct RawHtml {
    /// The HTML.
    pub html: String,
    /// Where it stands.
    pub span: Span,
}

impl RawHtml {
    /// The words between its tags, without scripts and styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut rest = &*self.html;
        while let Some(open) = rest.find('<') {
            out.push_str(&rest[..open]);
            out.push(' ');
            let after = &rest[open..];
            let hidden = ["script", "style", "template", "!--"].into_iter().find(|name| {
                after.get(1..1 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
            });
            let end = match hidden {
                Some("!--") => "-->".to_owned(),
                Some(name) => format!("</{name}"),
                None => ">".to_owned(),
            };
            let lower = after.to_ascii_lowercase();
            rest = lower.find(&end).map_or("", |at| &after[at + end.len()..]);
        }
        out.push_str(rest);
        let words: Vec<&str> = out.split_whitespace().collect();
        words.join(" ").replace("&nbsp;", " ").replace("&amp;", "&")
    }
}

/// How a table column is aligned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alignment {
    /// As the theme likes.
    None,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A table. Every row has as many cells as there are alignments.
#[derive(Clone, Debug)]
pub struct Table {
    /// One per column.
    pub alignments: Vec<Alignment>,
    /// The header row.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// What a container is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContainerKind {
    /// `note` and GFM `[!NOTE]`.
    Note,
    /// `tip`.
    Tip,
    /// `important`.
    Important,
    /// `warning`.
    Warning,
    /// `danger` and GFM `[!CAUTION]`.
    Danger,
    /// A set of tabs.
    Tabs,
    /// One tab.
    Tab,
    /// Steps around a numbered list.
    Steps,
    /// Something folded away.
    Details,
    /// A figure with a caption.
    Figure,
    /// A question.
    Quiz,
    /// Speaker notes.
    Notes,
    /// A slide of its own.
    Slide,
    /// Only on the page, not on slides.
    ArticleOnly,
    /// Only on slides, not on the page.
    SlideOnly,
    /// Only in a trainer's edition.
    TrainerOnly,
}

impl ContainerKind {
    /// Every kind with the name it is written by.
    pub const ALL: [(ContainerKind, &'static str); 16] = [
        (ContainerKind::Note, "note"),
        (ContainerKind::Tip, "tip"),
        (ContainerKind::Important, "important"),
        (ContainerKind::Warning, "warning"),
        (ContainerKind::Danger, "danger"),
        (ContainerKind::Tabs, "tabs"),
        (ContainerKind::Tab, "tab"),
        (ContainerKind::Steps, "steps"),
        (ContainerKind::Details, "details"),
        (ContainerKind::Figure, "figure"),
        (ContainerKind::Quiz, "quiz"),
        (ContainerKind::Notes, "notes"),
        (ContainerKind::Slide, "slide"),
        (ContainerKind::ArticleOnly, "article-only"),
        (ContainerKind::SlideOnly, "slide-only"),
        (ContainerKind::TrainerOnly, "trainer-only"),
    ];

    /// The name it is written by.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(k, _)| *k == self).map_or("", |(_, n)| n)
    }

    /// The kind written as `name`; `caution` is `danger`.
    pub fn from_name(name: &str) -> Option<ContainerKind> {
        let name = if name == "caution" { "danger" } else { name };
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(k, _)| *k)
    }

    /// Whether its content stands on the page in this edition: slides' own content never does,
    /// notes and what is for trainers only in an edition with notes.
    pub fn is_on_page(self, edition: &super::Edition) -> bool {
        match self {
            ContainerKind::SlideOnly => false,
            ContainerKind::Notes | ContainerKind::TrainerOnly => edition.notes,
            _ => true,
        }
    }

    /// Whether it is one of the five alerts.
    pub fn is_alert(self) -> bool {
        use ContainerKind::*;
        matches!(self, Note | Tip | Important | Warning | Danger)
    }
}

/// A container.
#[derive(Clone, Debug)]
pub struct Container {
    /// What it is for.
    pub kind: ContainerKind,
    /// `[Title]`, as inline Markdown.
    pub title: Vec<Inline>,
    /// `{.class}`.
    pub classes: Vec<String>,
    /// `{#id}`.
    pub id: Option<String>,
    /// Its content.
    pub blocks: Vec<Block>,
    /// Its opening line.
    pub span: Span,
}

/// An include line.
#[derive(Clone, Debug)]
pub struct Include {
    /// The path as written.
    pub target: String,
    /// `#section`, when only that is wanted.
    pub section: Option<String>,
    /// The line.
    pub span: Span,
}

/// The blocks of another file, where they were included.
#[derive(Clone, Debug)]
pub struct Included {
    /// Where they come from; their links are relative to it and their spans lie in it.
    pub source: RelPath,
    /// Their language.
    pub lang: Lang,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A piece of a line of text.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Plain text, unescaped.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strikethrough(Vec<Inline>),
    /// Code.
    Code(String),
    /// A formula within the line.
    Math(Formula),
    /// A link.
    Link(Box<Link>),
    /// An image.
    Image(Box<Image>),
    /// A reference to a footnote.
    FootnoteRef {
        /// Its label.
        label: String,
        /// Where it stands.
        span: Span,
    },
    /// Text that has the form of a document number, and links itself where that document has a page.
    DocNumber {
        /// As written.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A line break in the source.
    SoftBreak,
    /// A line break on the page.
    HardBreak,
    /// A raw HTML tag or comment, not yet sanitised.
    Html(RawHtml),
}

/// A link, unresolved.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it points.
    pub target: LinkTarget,
    /// Its title.
    pub title: String,
    /// Its text; empty for a wiki link without one, which then shows its target's title or number.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// Where a link points, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkTarget {
    /// `[text](target)`: a path with `#section`, or an address with a scheme. Percent-decoding is up to the reader.
    Path(String),
    /// `[[target]]`: an address or a document number, with `#section`.
    Wiki(String),
}

/// An image, unresolved.
#[derive(Clone, Debug)]
pub struct Image {
    /// The path as written.
    pub target: String,
    /// Its description.
    pub alt: String,
    /// Its title, which becomes the caption.
    pub title: String,
    /// Where it stands.
    pub span: Span,
}

/// The plain text of a line: what a person would read aloud.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain_text(inlines, &mut out);
    out
}

/// The plain text of blocks: the words of their lines, without code and formulas set apart.
pub fn plain_text_of(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut line = |content: &[Inline]| {
        if !out.is_empty() && !content.is_empty() {
            out.push(' ');
        }
        push_plain_text(content, &mut out);
    };
    lines_of(blocks, &mut line);
    out
}

/// What a block consists of.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// A line of text.
    Line(&'a [Inline]),
    /// Blocks inside of it.
    Blocks(&'a [Block]),
}

impl Block {
    /// Calls `visit` for everything that the block consists of, in reading order. Code, formulas
    /// and raw HTML have no parts.
    pub fn parts<'a>(&'a self, visit: &mut dyn FnMut(Part<'a>)) {
        match self {
            Block::Heading(h) => visit(Part::Line(&h.content)),
            Block::Paragraph(content) | Block::Plain(content) => visit(Part::Line(content)),
            Block::Quote(blocks) => visit(Part::Blocks(blocks)),
            Block::List(list) => list.items.iter().for_each(|i| visit(Part::Blocks(&i.blocks))),
            Block::Definitions(list) => {
                for entry in list {
                    entry.terms.iter().for_each(|term| visit(Part::Line(term)));
                    entry.meanings.iter().for_each(|meaning| visit(Part::Blocks(meaning)));
                }
            }
            Block::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flatten().for_each(|cell| visit(Part::Line(cell)));
            }
            Block::Container(c) => {
                visit(Part::Line(&c.title));
                visit(Part::Blocks(&c.blocks));
            }
            Block::Included(included) => visit(Part::Blocks(&included.blocks)),
            Block::Code(_) | Block::Math(_) | Block::Html(_) | Block::Rule | Block::Include(_) => {}
        }
    }
}

/// Calls `line` for every line of text in blocks, in reading order.
fn lines_of(blocks: &[Block], line: &mut dyn FnMut(&[Inline])) {
    for block in blocks {
        block.parts(&mut |part| match part {
            Part::Line(content) => line(content),
            Part::Blocks(blocks) => lines_of(blocks, line),
        });
    }
}

fn push_plain_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(t) | Inline::Code(t) => out.push_str(t),
            Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                push_plain_text(c, out);
            }
            Inline::Math(f) => out.push_str(&f.tex),
            Inline::Link(l) if l.content.is_empty() => match &l.target {
                LinkTarget::Path(t) | LinkTarget::Wiki(t) => out.push_str(t),
            },
            Inline::Link(l) => push_plain_text(&l.content, out),
            Inline::Image(i) => out.push_str(&i.alt),
            Inline::DocNumber { text, .. } => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::FootnoteRef { .. } | Inline::Html(_) => {}
        }
    }
}

/// A block or an inline, met on a walk.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// A block, before its content.
    Block(&'a Block),
    /// An inline, before its content.
    Inline(&'a Inline),
}

/// Walks through a document in reading order, footnotes last. `visit` also gets the file that
/// the node was written in, which is another one inside an include.
pub fn walk<'a>(doc: &'a Doc, source: &'a RelPath, visit: &mut dyn FnMut(Node<'a>, &'a RelPath)) {
    walk_blocks(&doc.blocks, source, visit);
    for footnote in &doc.footnotes {
        walk_blocks(&footnote.blocks, source, visit);
    }
}

/// Walks through blocks; see [`walk`].
pub fn walk_blocks<'a>(
    blocks: &'a [Block],
    source: &'a RelPath,
    visit: &mut dyn FnMut(Node<'a>, &'a RelPath),
) {
    for block in blocks {
        visit(Node::Block(block), source);
        let source = match block {
            Block::Included(included) => &included.source,
            _ => source,
        };
        block.parts(&mut |part| match part {
            Part::Line(content) => walk_inlines(content, source, visit),
            Part::Blocks(blocks) => walk_blocks(blocks, source, visit),
        });
    }
}

fn walk_inlines<'a>(
    inlines: &'a [Inline],
    source: &'a RelPath,
    visit: &mut dyn FnMut(Node<'a>, &'a RelPath),
) {
    for inline in inlines {
        visit(Node::Inline(inline), source);
        match inline {
            Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                walk_inlines(c, source, visit);
            }
            Inline::Link(link) => walk_inlines(&link.content, source, visit),
            _ => {}
        }
    }
}
