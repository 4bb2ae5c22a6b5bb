//! Builds the document tree from the Markdown parser's events.
//!
//! A stack of frames mirrors what is open. Blocks and inlines are collected in the frame on
//! top; closing it makes one node for the frame below. Nothing recurses, so input cannot
//! overflow the stack; what is nested deeper than the limit is reported and left out.

use super::attributes::{parse_attributes, parse_lines};
use super::inline::{Linkable, Text};
use super::markers::{Marked, What};
use super::options;
use crate::base::{RelPath, Span, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Parser, Tag};
use std::ops::Range;

/// The document of a marked text, and what is wrong with it.
pub fn build(file: &RelPath, marked: &Marked<'_>, nesting: usize) -> (Doc, Vec<Diagnostic>) {
    let mut builder = Builder {
        file,
        marked,
        nesting,
        stack: vec![Frame::new(Open::Root, Span::default())],
        skipping: 0,
        spare: Vec::new(),
        dropped_containers: 0,
        swallowed_ends: 0,
        in_raw_link: false,
        footnotes: Vec::new(),
        diagnostics: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&marked.text, options()).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// What a frame will become when it closes.
enum Open {
    Root,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
        classes: Vec<String>,
    },
    Quote(Option<ContainerKind>),
    List(Option<u64>, Vec<Item>),
    Item(Option<bool>),
    Definitions(Vec<Definition>),
    Term,
    Meaning,
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row {
        head: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    Code {
        info: Option<String>,
        fenced: bool,
        text: String,
        range: Range<usize>,
    },
    Html(String),
    Footnote(String),
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        target: LinkTarget,
        title: String,
        bare: bool,
    },
    Image {
        target: String,
        title: String,
    },
    Container {
        container: Container,
        colons: usize,
        name: String,
    },
    /// Markup that is not turned on; its content is kept.
    Transparent,
}

struct Frame {
    open: Open,
    span: Span,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    text: Text,
}

impl Frame {
    fn new(open: Open, span: Span) -> Frame {
        Frame::with_buffers(open, span, Buffers::default())
    }

    fn with_buffers(open: Open, span: Span, (blocks, inlines): Buffers) -> Frame {
        Frame { open, span, blocks, inlines, text: Text::default() }
    }
}

struct Builder<'a> {
    file: &'a RelPath,
    marked: &'a Marked<'a>,
    nesting: usize,
    /// Never empty: the root frame is only taken by `finish`.
    stack: Vec<Frame>,
    /// Depth inside something nested too deep; nothing is collected there.
    skipping: usize,
    /// Buffers of closed frames, to collect in again: nodes get lists of exactly their size,
    /// and nothing grows while it is collected.
    spare: Vec<Buffers>,
    /// Containers that were opened too deep: their closing lines close nothing.
    dropped_containers: usize,
    /// Closing lines of containers that stand inside code which nobody closed.
    swallowed_ends: usize,
    /// Whether the writer's own `<a>` is open in this block.
    in_raw_link: bool,
    footnotes: Vec<Footnote>,
    diagnostics: Vec<Diagnostic>,
}

/// What is in `buffer`, in a list of exactly that size; the buffer keeps its room.
#[expect(clippy::drain_collect, reason = "taking the buffer would give away its room")]
fn exactly<T>(buffer: &mut Vec<T>) -> Vec<T> {
    buffer.drain(..).collect()
}

type Buffers = (Vec<Block>, Vec<Inline>);

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::InlineMath(tex) => {
                let formula = Formula { tex: tex.into_string(), span: self.span(&range) };
                self.inline(Inline::Math(formula));
            }
            Event::DisplayMath(tex) => self.display_math(tex.into_string(), &range),
            Event::Html(html) => self.html_line(&html, &range),
            Event::InlineHtml(html) => self.inline_html(&html, &range),
            Event::FootnoteReference(label) => {
                let span = self.span(&range);
                self.inline(Inline::FootnoteRef { label: label.into_string(), span });
            }
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::HardBreak),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                // In a loose list the marker comes inside the item's first paragraph.
                let item = self.stack.iter_mut().rev().find(|f| matches!(f.open, Open::Item(_)));
                if let Some(Frame { open: Open::Item(checked), .. }) = item {
                    *checked = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let is_block = is_block(&tag);
        if is_block {
            self.flush_plain();
            self.in_raw_link = false;
        }
        let span = self.span(&range);
        // An HTML block holds no other; it may be the line that closes a container.
        if self.stack.len() > self.nesting && !matches!(tag, Tag::HtmlBlock) {
            self.skipping = 1;
            self.nested_too_deep(span);
            return;
        }
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, id, classes, attrs } => {
                let id = id.map(|i| i.into_string());
                let unknown = attrs.into_iter().map(|(key, _)| key.into_string()).next();
                self.check_heading(unknown, id.as_deref(), span);
                let classes = classes.into_iter().map(|c| c.into_string()).collect();
                Open::Heading { level: level as u8, id, classes }
            }
            Tag::BlockQuote(kind) => Open::Quote(kind.map(alert_kind)),
            Tag::CodeBlock(kind) => self.code_start(kind, range),
            Tag::HtmlBlock => Open::Html(String::new()),
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Item(None),
            Tag::FootnoteDefinition(label) => Open::Footnote(label.into_string()),
            Tag::DefinitionList => Open::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Open::Term,
            Tag::DefinitionListDefinition => Open::Meaning,
            Tag::Table(alignments) => Open::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => Open::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Open::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Strikethrough => Open::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => {
                Open::Image { target: dest_url.into_string(), title: title.into_string() }
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Open::Transparent,
        };
        if !is_block {
            self.flush_text();
        }
        self.push_frame(open, span);
    }

    /// The parser takes whatever stands in braces after a heading for attributes; words that
    /// are none would vanish.
    fn check_heading(&mut self, unknown: Option<String>, id: Option<&str>, span: Span) {
        let bad_id = id.filter(|id| slug(id) != **id).map(|id| format!("#{id}"));
        if let Some(text) = unknown.or(bad_id) {
            self.report(
                Diagnostic::new(Code::BadAttributes, self.file).at(span).with("text", text),
            );
        }
    }

    /// One report a page is enough to act on.
    fn nested_too_deep(&mut self, span: Span) {
        if !self.diagnostics.iter().any(|d| d.code == Code::NestedTooDeep) {
            self.report(
                Diagnostic::new(Code::NestedTooDeep, self.file)
                    .at(span)
                    .with("limit", self.nesting.to_string()),
            );
        }
    }

    fn end(&mut self) {
        // Containers opened inside what ends here and never closed.
        while matches!(self.top().open, Open::Container { .. }) {
            self.close_unclosed();
        }
        if self.stack.len() > 1 {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        self.flush_text();
        let keeps_plain = matches!(
            self.top().open,
            Open::Item(_)
                | Open::Meaning
                | Open::Quote(_)
                | Open::Footnote(_)
                | Open::Container { .. }
        );
        if keeps_plain {
            self.flush_plain();
        }
        let Some(frame) = self.stack.pop() else { return };
        let Frame { open, span, blocks: mut block_buffer, inlines: mut inline_buffer, .. } = frame;
        let (blocks, inlines) = (exactly(&mut block_buffer), exactly(&mut inline_buffer));
        self.spare.push((block_buffer, inline_buffer));
        match open {
            Open::Root => {}
            Open::Paragraph => self.close_paragraph(inlines),
            Open::Heading { level, id, classes } => {
                if level == 1 {
                    self.report(Diagnostic::new(Code::HeadingLevelOne, self.file).at(span));
                }
                let heading = Heading { level, id, classes, content: inlines, span };
                self.block(Block::Heading(Box::new(heading)));
            }
            Open::Quote(None) => self.block(Block::Quote(blocks)),
            Open::Quote(Some(kind)) => {
                let (title, classes, id) = Default::default();
                let container = Container { kind, title, classes, id, blocks, span };
                self.block(Block::Container(Box::new(container)));
            }
            Open::List(start, items) => self.close_list(List { start, items, checklist: false }),
            Open::Item(checked) => {
                if let Open::List(_, items) = &mut self.top_mut().open {
                    items.push(Item { checked, blocks, id: None });
                }
            }
            Open::Definitions(list) => self.block(Block::Definitions(list)),
            Open::Term => self.close_term(inlines),
            Open::Meaning => {
                if let Open::Definitions(list) = &mut self.top_mut().open
                    && let Some(last) = list.last_mut()
                {
                    last.meanings.push(blocks);
                }
            }
            Open::Table { alignments, head, rows } => {
                self.block(Block::Table(Box::new(Table { alignments, head, rows })));
            }
            Open::Row { head: is_head, cells } => {
                if let Open::Table { head, rows, .. } = &mut self.top_mut().open {
                    if is_head { *head = cells } else { rows.push(cells) }
                }
            }
            Open::Cell => {
                if let Open::Row { cells, .. } = &mut self.top_mut().open {
                    cells.push(inlines);
                }
            }
            Open::Code { info, fenced, text, range } => {
                self.close_code(info, fenced, text, range, span)
            }
            Open::Html(html) => {
                if !html.is_empty() {
                    self.block(Block::Html(RawHtml { html, span }));
                }
            }
            Open::Footnote(label) => self.footnotes.push(Footnote { label, blocks }),
            Open::Emphasis => self.push_inline(Inline::Emphasis(inlines)),
            Open::Strong => self.push_inline(Inline::Strong(inlines)),
            Open::Strikethrough => self.push_inline(Inline::Strikethrough(inlines)),
            Open::Link { target, title, bare } => {
                let content = if bare { Vec::new() } else { inlines };
                self.push_inline(Inline::Link(Box::new(Link { target, title, content, span })));
            }
            Open::Image { target, title } => {
                let alt = plain_text(&inlines);
                self.push_inline(Inline::Image(Box::new(Image { target, alt, title, span })));
            }
            Open::Container { mut container, .. } => {
                container.blocks = blocks;
                self.block(Block::Container(Box::new(container)));
            }
            Open::Transparent => {
                for inline in inlines {
                    self.push_inline(inline);
                }
            }
        }
    }

    fn close_paragraph(&mut self, inlines: Vec<Inline>) {
        if let Some(Block::List(list)) = self.top_mut().blocks.last_mut()
            && is_checklist_mark(&inlines)
        {
            list.checklist = true;
            return;
        }
        // A paragraph of nothing but one displayed formula is that formula.
        if inlines.is_empty() && matches!(self.top().blocks.last(), Some(Block::Math(_))) {
            return;
        }
        self.block(Block::Paragraph(inlines));
    }

    fn close_list(&mut self, mut list: List) {
        if let Some(Block::Paragraph(inlines)) = self.top().blocks.last()
            && is_checklist_mark(inlines)
        {
            self.top_mut().blocks.pop();
            list.checklist = true;
        }
        self.block(Block::List(list));
    }

    fn close_term(&mut self, inlines: Vec<Inline>) {
        if let Open::Definitions(list) = &mut self.top_mut().open {
            match list.last_mut() {
                Some(last) if last.meanings.is_empty() => last.terms.push(inlines),
                _ => list.push(Definition { terms: vec![inlines], meanings: Vec::new() }),
            }
        }
    }

    // Text and inlines.

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let marked = self.marked;
        let frame = self.top_mut();
        match &mut frame.open {
            Open::Code { text: code, .. } | Open::Html(code) => code.push_str(text),
            _ => frame.text.push(text, range, marked),
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.flush_text();
        self.push_inline(inline);
    }

    fn push_inline(&mut self, inline: Inline) {
        self.top_mut().inlines.push(inline);
    }

    /// Turns collected text into inlines; addresses and document numbers stand out, except
    /// where a link would be wrong.
    fn flush_text(&mut self) {
        if self.top().text.is_empty() {
            return;
        }
        let linkable = self.linkable();
        let text = std::mem::take(&mut self.top_mut().text);
        let undefined = text.undefined_footnotes(self.marked);
        for (label, span) in undefined {
            self.report(
                Diagnostic::new(Code::UndefinedFootnote, self.file).at(span).with("label", label),
            );
        }
        for (path, span) in text.paths_with_spaces(self.marked) {
            self.report(
                Diagnostic::new(Code::SpaceInPath, self.file).at(span).with("target", path),
            );
        }
        let marked = self.marked;
        let frame = self.top_mut();
        let at_edge = frame.inlines.last().is_none_or(is_edge);
        text.into_inlines(linkable, at_edge, marked, &mut frame.inlines);
    }

    fn linkable(&self) -> Linkable {
        let inside = |what: fn(&Open) -> bool| self.stack.iter().any(|f| what(&f.open));
        if self.in_raw_link || inside(|o| matches!(o, Open::Link { .. } | Open::Image { .. })) {
            return Linkable::Nothing;
        }
        match inside(|o| matches!(o, Open::Heading { .. })) {
            true => Linkable::Addresses,
            false => Linkable::All,
        }
    }

    /// Text directly in an item or a definition becomes a block of its own; in a container it is
    /// a paragraph, also where the list around it is tight.
    fn flush_plain(&mut self) {
        self.flush_text();
        let frame = self.top_mut();
        if !frame.inlines.is_empty() {
            let inlines = exactly(&mut frame.inlines);
            frame.blocks.push(match frame.open {
                Open::Container { .. } => Block::Paragraph(inlines),
                _ => Block::Plain(inlines),
            });
        }
    }

    fn display_math(&mut self, tex: String, range: &Range<usize>) {
        let formula = Formula { tex, span: self.span(range) };
        self.flush_text();
        let only_content =
            matches!(self.top().open, Open::Paragraph) && self.top().inlines.is_empty();
        let end = self.marked.source_position(range.end);
        let rest = self.marked.source(end, self.top().span.end as usize);
        let ends_paragraph = rest.trim().is_empty();
        let below = self.stack.len().checked_sub(2);
        match below {
            Some(below) if only_content && ends_paragraph => {
                self.stack[below].blocks.push(Block::Math(formula));
            }
            _ => self.push_inline(Inline::Math(formula)),
        }
    }

    // Raw HTML and markers.

    fn html_line(&mut self, html: &str, range: &Range<usize>) {
        if let Some(marker) = self.marked.marker(html) {
            let (what, span) = (marker.what.clone(), marker.span);
            // The marker came as an HTML block of its own: step out of it and back in, so
            // that the parser's closing event still finds a frame.
            let around = match self.top().open {
                Open::Html(_) => self.stack.pop(),
                _ => None,
            };
            if let Some(Frame { open: Open::Html(html), span, .. }) = around
                && !html.trim().is_empty()
            {
                self.block(Block::Html(RawHtml { html, span }));
            }
            self.marker(what, span);
            self.stack.push(Frame::new(Open::Html(String::new()), span));
        } else if let Open::Html(block) = &mut self.top_mut().open {
            block.push_str(html);
        } else {
            let span = self.span(range);
            self.block(Block::Html(RawHtml { html: html.to_owned(), span }));
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        match self.marked.marker(html) {
            // A marker inside a paragraph can only stand in a place where blocks cannot
            // (a table cell, a heading); the line is then not a container at all.
            Some(marker) => {
                let (span, name) = (marker.span, marker_name(&marker.what));
                self.report(
                    Diagnostic::new(Code::MisplacedContainer, self.file)
                        .at(span)
                        .with("name", name)
                        .with("reason_vi", "dòng này phải đứng riêng, ngoài đoạn văn và bảng")
                        .with(
                            "reason_en",
                            "the line must stand on its own, outside paragraphs and tables",
                        ),
                );
            }
            None => {
                let span = self.span(range);
                self.inline(Inline::Html(RawHtml { html: html.to_owned(), span }));
                if is_raw_link(html) {
                    self.in_raw_link = !html.starts_with("</");
                }
            }
        }
    }

    fn marker(&mut self, what: What, span: Span) {
        self.flush_plain();
        match what {
            What::Include { target, section } => {
                self.block(Block::Include(Box::new(Include { target, section, span })));
            }
            What::Open { .. } if self.stack.len() > self.nesting => {
                self.dropped_containers += 1;
                self.nested_too_deep(span);
            }
            What::Close { .. } if self.dropped_containers > 0 => self.dropped_containers -= 1,
            What::Open { kind, name, title, attributes, colons } => {
                // An unknown container is reported already; its content stays, as a note would.
                let kind = kind.unwrap_or(ContainerKind::ArticleOnly);
                let title = super::inline::parse_inline(&title, span);
                let container = Container {
                    kind,
                    title,
                    classes: attributes.classes,
                    id: attributes.id,
                    blocks: Vec::new(),
                    span,
                };
                self.check_place(kind, &name, span);
                self.push_frame(Open::Container { container, colons, name }, span);
            }
            What::Close { colons } => self.close_container(colons, span),
        }
    }

    /// A tab belongs into tabs.
    fn check_place(&mut self, kind: ContainerKind, name: &str, span: Span) {
        let inside_tabs = matches!(
            &self.top().open,
            Open::Container { container, .. } if container.kind == ContainerKind::Tabs
        );
        if kind == ContainerKind::Tab && !inside_tabs {
            self.report(
                Diagnostic::new(Code::MisplacedContainer, self.file)
                    .at(span)
                    .with("name", name)
                    .with("reason_vi", "`:::tab` phải nằm ngay trong `::::tabs`")
                    .with("reason_en", "`:::tab` must stand directly inside `::::tabs`"),
            );
        }
    }

    fn close_container(&mut self, colons: usize, span: Span) {
        let is_container = |f: &Frame| matches!(f.open, Open::Container { .. });
        let open = self.stack.iter().rev().take_while(|f| is_container(f)).count();
        if open == 0 {
            self.report(Diagnostic::new(Code::StrayContainerEnd, self.file).at(span));
            return;
        }
        // `::::` with a `:::` still open inside: the inner one was forgotten.
        let opened_with = |f: &Frame| match f.open {
            Open::Container { colons, .. } => colons,
            _ => 0,
        };
        let candidates = &self.stack[self.stack.len() - open..];
        let forgotten = match candidates.iter().rev().position(|f| opened_with(f) == colons) {
            Some(n) if colons > 3 => n,
            _ => 0,
        };
        for _ in 0..forgotten {
            self.close_unclosed();
        }
        self.close_top();
    }

    fn close_unclosed(&mut self) {
        if self.swallowed_ends > 0 {
            self.swallowed_ends -= 1;
        } else if let Open::Container { name, container, .. } = &self.top().open {
            let d = Diagnostic::new(Code::UnclosedContainer, self.file)
                .at(container.span)
                .with("name", name.clone());
            self.report(d);
        }
        self.close_top();
    }

    // Code.

    fn code_start(&mut self, kind: CodeBlockKind<'_>, range: Range<usize>) -> Open {
        let (info, fenced) = match kind {
            CodeBlockKind::Fenced(info) => (Some(info.into_string()), true),
            CodeBlockKind::Indented => (None, false),
        };
        Open::Code { info, fenced, text: String::new(), range }
    }

    fn close_code(
        &mut self,
        info: Option<String>,
        fenced: bool,
        mut text: String,
        range: Range<usize>,
        span: Span,
    ) {
        // The last line of a file may lack its line break.
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let start = range.start;
        let source = &self.marked.text[range];
        let first_line = source.lines().next().unwrap_or("");
        // Not by its length: what stands for a marker is longer than the marker.
        let line_span = self.span(&(start..start + first_line.len()));
        if fenced && let Some(fence) = unclosed_fence(source) {
            self.swallowed_ends += source.lines().filter(|line| is_container_end(line)).count();
            self.report(
                Diagnostic::new(Code::UnclosedFence, self.file).at(line_span).with("fence", fence),
            );
        }
        let info = info.unwrap_or_default();
        let (language, attributes) = split_info(&info);
        let parsed = attributes.map(parse_attributes);
        let bad = || {
            Diagnostic::new(Code::BadAttributes, self.file)
                .at(line_span)
                .with("text", format!("{{{}}}", attributes.unwrap_or_default()))
                .with("example", "{title=\"backup.sh\" hl=\"2,4-6\" nocopy}")
        };
        let given = match parsed {
            Some(None) => {
                let d = bad();
                self.report(d);
                Default::default()
            }
            Some(Some(given)) => given,
            None => Default::default(),
        };
        let highlight = match given.get("hl").map(parse_lines) {
            Some(None) => {
                let d = bad();
                self.report(d);
                Vec::new()
            }
            Some(Some(lines)) => lines,
            None => Vec::new(),
        };
        let language = language.to_lowercase();
        let lines = match &*language {
            CodeBlock::DIAGRAM => line_spans(source, span.start as usize),
            _ => Vec::new(),
        };
        self.block(Block::Code(Box::new(CodeBlock {
            language,
            title: given.get("title").map(str::to_owned),
            highlight,
            copy: given.get("nocopy").is_none(),
            alt: given.get("alt").map(str::to_owned),
            text,
            lines,
            span: line_span,
        })));
    }

    // The stack.

    fn block(&mut self, block: Block) {
        self.flush_plain();
        self.top_mut().blocks.push(block);
    }

    fn push_frame(&mut self, open: Open, span: Span) {
        let buffers = self.spare.pop().unwrap_or_default();
        self.stack.push(Frame::with_buffers(open, span, buffers));
    }

    fn top(&self) -> &Frame {
        self.stack.last().expect("the root frame stays until finish")
    }

    fn top_mut(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root frame stays until finish")
    }

    fn span(&self, range: &Range<usize>) -> Span {
        let end = self.marked.source_position(range.end);
        let start = self.marked.source_position(range.start).min(end);
        Span::new(start, end)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn finish(mut self) -> (Doc, Vec<Diagnostic>) {
        while self.stack.len() > 1 {
            match self.top().open {
                Open::Container { .. } => self.close_unclosed(),
                _ => self.close_top(),
            }
        }
        self.flush_plain();
        let mut root = self.stack.pop().map(|f| f.blocks).unwrap_or_default();
        root.shrink_to_fit();
        mark_checklists(&mut root, None);
        (Doc { blocks: root, footnotes: self.footnotes }, self.diagnostics)
    }
}

/// Task lists under a heading with `{.checklist}` are checklists, until a heading of the same
/// or a higher level.
fn mark_checklists(blocks: &mut [Block], mut under: Option<u8>) {
    for block in blocks {
        match block {
            Block::Heading(h) => {
                if h.classes.iter().any(|c| c == "checklist") {
                    under = Some(h.level);
                } else if under.is_some_and(|level| h.level <= level) {
                    under = None;
                }
            }
            Block::List(list) => list.checklist |= under.is_some() && list.is_tasks(),
            Block::Container(c) => mark_checklists(&mut c.blocks, under),
            Block::Quote(blocks) => mark_checklists(blocks, under),
            _ => {}
        }
    }
}

/// Whether an address may begin right after `inline`: a line break or the end of emphasis.
fn is_edge(inline: &Inline) -> bool {
    matches!(
        inline,
        Inline::SoftBreak
            | Inline::HardBreak
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
    )
}

/// Whether a raw tag is `<a>` or `</a>`.
fn is_raw_link(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let rest = name.strip_prefix(['a', 'A']);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// A paragraph of only `{.checklist}` before or after a list marks it.
fn is_checklist_mark(inlines: &[Inline]) -> bool {
    matches!(inlines, [Inline::Text(t)] if t.trim() == "{.checklist}")
}

/// The language and the text between the braces of a fence's info string.
fn split_info(info: &str) -> (&str, Option<&str>) {
    let (before, attributes) = match info.split_once('{') {
        Some((before, rest)) => (before, Some(rest.trim_end().strip_suffix('}').unwrap_or(rest))),
        None => (info, None),
    };
    (before.split_whitespace().next().unwrap_or(""), attributes)
}

/// The lines below the fence of `source`, which starts at `start`, without what is around them.
fn line_spans(source: &str, start: usize) -> Vec<Span> {
    let mut at = start;
    let mut spans = Vec::new();
    for line in source.split_inclusive('\n') {
        // A quote's signs are no part of the line.
        let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        spans.push(Span::new(at + indent, at + indent.max(line.trim_end().len())));
        at += line.len();
    }
    spans.split_off(1.min(spans.len()))
}

/// The fence of a fenced code block that has no closing line.
fn unclosed_fence(source: &str) -> Option<String> {
    let mut lines = source.lines();
    let first = lines.next()?;
    let opening = first.trim_start();
    let mark = opening.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = opening.chars().take_while(|c| *c == mark).count();
    let last = lines.last().unwrap_or("").trim_start_matches([' ', '\t', '>']).trim_end();
    let closed = last.len() >= length && last.chars().all(|c| c == mark);
    (!closed).then(|| mark.to_string().repeat(length))
}

fn is_container_end(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    line.len() >= 3 && line.bytes().all(|b| b == b':')
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn link(link_type: LinkType, target: &str, title: &str) -> Open {
    let title = title.to_owned();
    match link_type {
        LinkType::WikiLink { has_pothole } => {
            Open::Link { target: LinkTarget::Wiki(target.to_owned()), title, bare: !has_pothole }
        }
        LinkType::Email => {
            Open::Link { target: LinkTarget::Path(format!("mailto:{target}")), title, bare: false }
        }
        _ => Open::Link { target: LinkTarget::Path(target.to_owned()), title, bare: false },
    }
}

fn alert_kind(kind: BlockQuoteKind) -> ContainerKind {
    match kind {
        BlockQuoteKind::Note => ContainerKind::Note,
        BlockQuoteKind::Tip => ContainerKind::Tip,
        BlockQuoteKind::Important => ContainerKind::Important,
        BlockQuoteKind::Warning => ContainerKind::Warning,
        BlockQuoteKind::Caution => ContainerKind::Danger,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

fn marker_name(what: &What) -> String {
    match what {
        What::Open { name, .. } => name.clone(),
        What::Close { .. } => ":::".to_owned(),
        What::Include { .. } => "include".to_owned(),
    }
}

#[cfg(test)]
mod tests;
