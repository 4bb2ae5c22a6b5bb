//! Runs of text: merged, searched for addresses, document numbers and footnotes that do not
//! exist.

use super::autolinks::{self, Autolink};
use super::markers::Marked;
use super::options;
use crate::base::{Span, find_doc_numbers};
use crate::model::{Inline, Link, LinkTarget};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// What may link itself where a text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Linkable {
    /// Nothing: inside a link or a picture's description.
    Nothing,
    /// Web and mail addresses, not document numbers: in a heading.
    Addresses,
    /// All of them.
    All,
}

/// Text collected from adjacent events.
#[derive(Default)]
pub struct Text {
    text: String,
    pieces: Vec<Piece>,
}

/// Where one event's text comes from. Between two pieces the source may hold more than the
/// text, as the backslash of `\*`.
struct Piece {
    here: usize,
    /// Its bytes in the marked text.
    marked: Range<usize>,
    /// Whether the source says it in the same bytes; an entity like `&amp;` does not.
    verbatim: bool,
}

impl Text {
    /// Whether nothing was collected.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds `text`, for which bytes `range` of the marked text stand.
    pub fn push(&mut self, text: &str, range: &Range<usize>, marked: &Marked<'_>) {
        let verbatim = marked.text.get(range.clone()) == Some(text);
        self.pieces.push(Piece { here: self.text.len(), marked: range.clone(), verbatim });
        self.text.push_str(text);
    }

    /// Where the bytes `range` of the text stand in the file.
    fn span(&self, range: Range<usize>, marked: &Marked<'_>) -> Span {
        let piece = |at: usize| {
            let after = self.pieces.partition_point(|p| p.here <= at);
            after.checked_sub(1).and_then(|i| self.pieces.get(i))
        };
        let start = piece(range.start).map_or(0, |p| match p.verbatim {
            true => p.marked.start + (range.start - p.here),
            false => p.marked.start,
        });
        let end = piece(range.end.saturating_sub(1)).map_or(start, |p| match p.verbatim {
            true => p.marked.start + (range.end - p.here),
            false => p.marked.end,
        });
        let start = marked.source_position(start);
        Span::new(start, marked.source_position(end).max(start))
    }

    /// Whether a backslash stands before byte `at` that is not in the text itself.
    fn is_escaped(&self, at: usize, marked: &Marked<'_>) -> bool {
        let Ok(i) = self.pieces.binary_search_by(|p| p.here.cmp(&at)) else { return false };
        let start = self.pieces[i].marked.start;
        let before = i.checked_sub(1).map(|i| self.pieces[i].marked.end);
        before.is_none_or(|end| end < start) && marked.text[..start].ends_with('\\')
    }

    /// Labels written `[^label]` that stayed text because no such footnote is defined. An
    /// escaped `\[^x]` is meant as text.
    pub fn undefined_footnotes(&self, marked: &Marked<'_>) -> Vec<(String, Span)> {
        let mut found = Vec::new();
        let mut from = memchr::memchr(b'[', self.text.as_bytes()).unwrap_or(self.text.len());
        while let Some(i) = self.text[from..].find("[^") {
            let open = from + i;
            from = open + 2;
            let Some(len) = self.text[from..].find(']') else { break };
            let label = &self.text[from..from + len];
            let plain = !label.is_empty() && !label.contains(char::is_whitespace);
            let span = self.span(open..open + len + 3, marked);
            if plain && !self.is_escaped(open, marked) {
                found.push((label.to_owned(), span));
            }
        }
        found
    }

    /// Paths written `](like this.pdf)`: the space keeps Markdown from making a link of it.
    pub fn paths_with_spaces(&self, marked: &Marked<'_>) -> Vec<(String, Span)> {
        let mut found = Vec::new();
        let mut from = memchr::memchr(b']', self.text.as_bytes()).unwrap_or(self.text.len());
        while let Some(i) = self.text[from..].find("](") {
            let open = from + i + 2;
            from = open;
            let Some(len) = self.text[open..].find([')', '\n']) else { break };
            let path = &self.text[open..open + len];
            let named = path.rsplit_once('.').is_some_and(|(_, e)| {
                (2..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric())
            });
            if named && path.contains(' ') && !path.contains(['<', '"']) {
                found.push((path.to_owned(), self.span(open..open + len, marked)));
            }
        }
        found
    }

    /// The text as inlines, in which what has the form of an address or a document number
    /// stands out. `at_edge` says that nothing but white space or emphasis comes before.
    pub fn into_inlines(
        self,
        linkable: Linkable,
        at_edge: bool,
        marked: &Marked<'_>,
        out: &mut Vec<Inline>,
    ) {
        let mut done = 0;
        for Autolink { range, target } in self.autolinks(linkable, at_edge) {
            self.push_text(done..range.start, linkable, marked, out);
            let span = self.span(range.clone(), marked);
            let content = vec![Inline::Text(self.text[range.clone()].to_owned())];
            let target = LinkTarget::Path(target);
            out.push(Inline::Link(Box::new(Link { target, title: String::new(), content, span })));
            done = range.end;
        }
        self.push_text(done..self.text.len(), linkable, marked, out);
    }

    fn autolinks(&self, linkable: Linkable, at_edge: bool) -> Vec<Autolink> {
        if linkable == Linkable::Nothing || !autolinks::may_be_in(&self.text) {
            return Vec::new();
        }
        let ends = self.pieces.iter().skip(1).map(|p| p.here).chain([self.text.len()]);
        let pieces = self.pieces.iter().zip(ends);
        let entities: Vec<Range<usize>> =
            pieces.filter(|(p, _)| !p.verbatim).map(|(p, end)| p.here..end).collect();
        autolinks::find(&self.text, &entities, at_edge)
    }

    fn push_text(
        &self,
        range: Range<usize>,
        linkable: Linkable,
        marked: &Marked<'_>,
        out: &mut Vec<Inline>,
    ) {
        let text = &self.text[range.clone()];
        let mut done = 0;
        if linkable == Linkable::All && text.contains('/') {
            for (start, end) in find_doc_numbers(text) {
                if start > done {
                    out.push(Inline::Text(text[done..start].to_owned()));
                }
                let span = self.span(range.start + start..range.start + end, marked);
                out.push(Inline::DocNumber { text: text[start..end].to_owned(), span });
                done = end;
            }
        }
        if done < text.len() {
            out.push(Inline::Text(text[done..].to_owned()));
        }
    }
}

/// How deep emphasis in a title may go. Deeper, its marks are dropped and its words stay.
const TITLE_NESTING: usize = 8;

/// A line of Markdown without blocks, as in a container's title. Links in titles are not
/// supported: a title is itself the name of something.
pub fn parse_inline(text: &str, span: Span) -> Vec<Inline> {
    // Behind a full stop `1. Windows` or `# 1` is no block. The stop is taken away again.
    let line = format!(".{text}");
    let mut stack: Vec<Vec<Inline>> = vec![Vec::new()];
    let push = |stack: &mut Vec<Vec<Inline>>, inline: Inline| {
        if let Some(top) = stack.last_mut() {
            top.push(inline);
        }
    };
    for event in Parser::new_ext(&line, options()) {
        match event {
            Event::Text(t) => push(&mut stack, Inline::Text(t.into_string())),
            Event::Code(c) => push(&mut stack, Inline::Code(c.into_string())),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => {
                push(
                    &mut stack,
                    Inline::Math(crate::model::Formula { tex: tex.into_string(), span }),
                );
            }
            Event::SoftBreak | Event::HardBreak => push(&mut stack, Inline::SoftBreak),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                stack.push(Vec::new())
            }
            Event::End(end @ (TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)) => {
                let content = stack.pop().unwrap_or_default();
                if stack.len() > TITLE_NESTING {
                    content.into_iter().for_each(|inline| push(&mut stack, inline));
                    continue;
                }
                let inline = match end {
                    TagEnd::Emphasis => Inline::Emphasis(content),
                    TagEnd::Strong => Inline::Strong(content),
                    _ => Inline::Strikethrough(content),
                };
                push(&mut stack, inline);
            }
            _ => {}
        }
    }
    let mut inlines: Vec<Inline> = stack.into_iter().flatten().collect();
    drop_stop(&mut inlines);
    inlines
}

/// Takes the full stop away that [`parse_inline`] put before a title.
fn drop_stop(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        first.remove(0);
        if first.is_empty() {
            inlines.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plain_text;

    fn title(text: &str) -> String {
        plain_text(&parse_inline(text, Span::default()))
    }

    #[test]
    fn a_title_is_never_a_block() {
        for text in ["1. Windows", "# 1", "- Một", "> Hai", "    ba", "+ Thêm", "| a |", "---"] {
            assert_eq!(title(text), text);
        }
    }

    #[test]
    fn titles_hold_emphasis_code_and_formulas() {
        let inlines = parse_inline("_Một_ **hai** `ba` $x$", Span::default());
        assert!(matches!(inlines[0], Inline::Emphasis(_)), "{inlines:?}");
        assert!(matches!(inlines[2], Inline::Strong(_)), "{inlines:?}");
        assert!(matches!(inlines[4], Inline::Code(_)), "{inlines:?}");
        assert!(matches!(inlines[6], Inline::Math(_)), "{inlines:?}");
        assert_eq!(title(""), "");
    }

    #[test]
    fn emphasis_without_end_is_bounded() {
        let marks = "*".repeat(20_000);
        assert_eq!(title(&format!("{marks}a{marks}")), "a");
    }
}
