//! Runs of text: merged, searched for document numbers and for footnotes that do not exist.

use super::markers::Marked;
use super::options;
use crate::base::{Span, find_doc_numbers};
use crate::model::Inline;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Text collected from adjacent events.
#[derive(Default)]
pub struct Text {
    text: String,
    /// Where it begins in the file.
    start: usize,
}

impl Text {
    /// Whether nothing was collected.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds `text`, which stands at byte `at` of the file.
    pub fn push(&mut self, text: &str, at: usize) {
        if self.text.is_empty() {
            self.start = at;
        }
        self.text.push_str(text);
    }

    /// Labels written `[^label]` that stayed text because no such footnote is defined. An
    /// escaped `\[^x]` is meant as text.
    pub fn undefined_footnotes(&self, marked: &Marked<'_>) -> Vec<(String, Span)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(i) = self.text[from..].find("[^") {
            let open = from + i;
            from = open + 2;
            let Some(len) = self.text[from..].find(']') else { break };
            let label = &self.text[from..from + len];
            let plain = !label.is_empty() && !label.contains(char::is_whitespace);
            let at = self.start + open;
            if plain && marked.source_has(at, "[^") {
                found.push((label.to_owned(), Span::new(at, at + len + 3)));
            }
        }
        found
    }

    /// The text as inlines. With `linkable`, what has the form of a document number becomes
    /// an inline of its own.
    pub fn into_inlines(self, linkable: bool, out: &mut Vec<Inline>) {
        if !linkable || !self.text.contains('/') {
            out.push(Inline::Text(self.text));
            return;
        }
        let mut done = 0;
        for (start, end) in find_doc_numbers(&self.text) {
            if start > done {
                out.push(Inline::Text(self.text[done..start].to_owned()));
            }
            let span = Span::new(self.start + start, self.start + end);
            out.push(Inline::DocNumber { text: self.text[start..end].to_owned(), span });
            done = end;
        }
        if done < self.text.len() {
            out.push(Inline::Text(self.text[done..].to_owned()));
        }
    }
}

/// A line of Markdown without blocks, as in a container's title. Links in titles are not
/// supported: a title is itself the name of something.
pub fn parse_inline(text: &str, span: Span) -> Vec<Inline> {
    let mut stack: Vec<Vec<Inline>> = vec![Vec::new()];
    let push = |stack: &mut Vec<Vec<Inline>>, inline: Inline| {
        if let Some(top) = stack.last_mut() {
            top.push(inline);
        }
    };
    for event in Parser::new_ext(text, options()) {
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
    stack.into_iter().flatten().collect()
}
