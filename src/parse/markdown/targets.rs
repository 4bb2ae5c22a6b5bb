//! Where a text writes what it links to, for whoever changes a target and nothing else.
//!
//! The document tree says what a link means and where the whole of it stands. Here stands where
//! its target is written: between which bytes, and in which form.

use super::markers::{self, Marked, What};
use super::options;
use crate::base::{RelPath, Span};
use pulldown_cmark::{Event, LinkType, Parser, Tag};
use std::ops::Range;

/// A target as a text writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// What it is the target of.
    pub of: TargetOf,
    /// The target as the document tree has it: without escapes and entities.
    pub text: String,
    /// Its bytes, without brackets and quotes; `None` where they could not be told.
    pub span: Option<Span>,
    /// How it is written.
    pub form: TargetForm,
}

/// What has a target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TargetOf {
    /// A link, or a reference definition (`[label]: target`).
    Link,
    /// A picture, a film, a recording.
    Image,
    /// `[[target]]`.
    Wiki,
    /// `{{< include "target" >}}`; `#section` is not part of it.
    Include,
}

/// How a target is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TargetForm {
    /// `(target)`.
    Bare,
    /// `(<target>)`.
    Angle,
    /// Up to `|`, `]]` or a quote, as it is.
    Plain,
}

/// Every target in `text` from byte `start` on, in order. Addresses that link themselves
/// (`<https://…>`, `www.…`) and the uses of reference definitions have none.
pub fn targets(text: &str, start: usize) -> Vec<Target> {
    let nowhere = RelPath::new("");
    let marked = markers::mark(&nowhere, &text[start..], start, &mut Vec::new());
    let mut found = Vec::new();
    for marker in &marked.markers {
        if let What::Include { target, .. } = &marker.what {
            let span = include_target(text, marker.span);
            let (of, form, text) = (TargetOf::Include, TargetForm::Plain, target.clone());
            found.push(Target { of, text, span, form });
        }
    }
    let mut events = Parser::new_ext(&marked.text, options()).into_offset_iter();
    let mut open: Vec<Open> = Vec::new();
    for (event, range) in events.by_ref() {
        if let Event::End(_) = event
            && open.last().is_some_and(|o| o.range == range)
            && let Some(link) = open.pop()
        {
            found.extend(link.target(&marked));
        }
        if let Some(around) = open.last_mut() {
            around.content_end = around.content_end.max(range.end);
        }
        if let Event::Start(Tag::Link { link_type, dest_url, .. }) = &event {
            open.push(Open::new(TargetOf::Link, *link_type, dest_url, range));
        } else if let Event::Start(Tag::Image { link_type, dest_url, .. }) = &event {
            open.push(Open::new(TargetOf::Image, *link_type, dest_url, range));
        }
    }
    for (_, definition) in events.reference_definitions().iter() {
        let place = definition_target(&marked.text, definition.span.clone());
        found.push(placed(&marked, TargetOf::Link, &definition.dest, place));
    }
    found.sort_by_key(|t| t.span);
    found
}

/// A link or an image whose end has not come yet.
struct Open {
    of: TargetOf,
    link_type: LinkType,
    target: String,
    range: Range<usize>,
    /// Where what stands between its brackets ends, as far as is known.
    content_end: usize,
}

impl Open {
    fn new(of: TargetOf, link_type: LinkType, target: &str, range: Range<usize>) -> Open {
        let bracket = if of == TargetOf::Image { "![" } else { "[" };
        let content_end = range.start + bracket.len();
        Open { of, link_type, target: target.to_owned(), range, content_end }
    }

    fn target(self, marked: &Marked<'_>) -> Option<Target> {
        match self.link_type {
            LinkType::Inline => {
                let place = self.inline_target(&marked.text);
                Some(placed(marked, self.of, &self.target, place))
            }
            LinkType::WikiLink { .. } => {
                let (of, brackets) = match self.of {
                    TargetOf::Image => (TargetOf::Image, "![["),
                    _ => (TargetOf::Wiki, "[["),
                };
                let start = self.range.start + brackets.len();
                let place = Some((start..start + self.target.len(), TargetForm::Plain));
                Some(placed(marked, of, &self.target, place))
            }
            // Of a reference, the definition has the target; an autolink is its own text.
            _ => None,
        }
    }

    fn inline_target(&self, text: &str) -> Option<(Range<usize>, TargetForm)> {
        let rest = text.get(self.content_end..self.range.end)?;
        let from = self.content_end + rest.find("](")? + "](".len();
        destination(text, from, self.range.end)
    }
}

/// The target of the reference definition at `range`.
fn definition_target(text: &str, range: Range<usize>) -> Option<(Range<usize>, TargetForm)> {
    let mut escaped = false;
    let label_end = text[range.clone()].char_indices().skip(1).find_map(|(i, c)| {
        let ends = c == ']' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(range.start + i)
    })?;
    let from = label_end + "]:".len();
    destination(text, from, range.end)
}

/// The destination that begins at byte `from`, after white space, as CommonMark delimits it.
fn destination(text: &str, from: usize, end: usize) -> Option<(Range<usize>, TargetForm)> {
    let bytes = text.get(..end)?.as_bytes();
    let mut at = from;
    let mut new_line = false;
    // On a new line, the marks of quotes around stand before it.
    while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || (new_line && *b == b'>')) {
        new_line |= bytes[at] == b'\n';
        at += 1;
    }
    if bytes.get(at) == Some(&b'<') {
        let start = at + 1;
        let len = unescaped(&bytes[start..], |b| b == b'>')?;
        return Some((start..start + len, TargetForm::Angle));
    }
    let mut depth = 0;
    let ends = |b: u8, depth: &mut i32| match b {
        0..=b' ' | 0x7f => true,
        b'(' => {
            *depth += 1;
            false
        }
        b')' => {
            *depth -= 1;
            *depth < 0
        }
        _ => false,
    };
    let len = unescaped(&bytes[at..], |b| ends(b, &mut depth)).unwrap_or(end - at);
    Some((at..at + len, TargetForm::Bare))
}

/// The first byte that `stops` and does not follow a backslash.
fn unescaped(bytes: &[u8], mut stops: impl FnMut(u8) -> bool) -> Option<usize> {
    let mut escaped = false;
    bytes.iter().position(|b| {
        if std::mem::take(&mut escaped) && b.is_ascii_punctuation() {
            return false;
        }
        escaped = *b == b'\\';
        stops(*b)
    })
}

/// A target at `place` of the marked text. Its place is left out unless it says what the parser
/// read there.
fn placed(
    marked: &Marked<'_>,
    of: TargetOf,
    target: &str,
    place: Option<(Range<usize>, TargetForm)>,
) -> Target {
    let form = place.as_ref().map_or(TargetForm::Bare, |(_, form)| *form);
    let span = place.and_then(|(range, _)| {
        let written = marked.text.get(range.clone())?;
        // Escapes and entities are the parser's to read; without them it must be the same text.
        let escapes = form != TargetForm::Plain && written.contains(['\\', '&']);
        let same = written == target || escapes;
        same.then(|| {
            let [start, end] = [range.start, range.end].map(|at| marked.source_position(at));
            Span::new(start, end)
        })
    });
    Target { of, text: target.to_owned(), span, form }
}

/// The path in an include line.
fn include_target(text: &str, line: Span) -> Option<Span> {
    const QUOTES: [char; 3] = ['"', '“', '”'];
    let line_text = &text[line.range()];
    let open = line_text.find(QUOTES)?;
    let start = open + line_text[open..].chars().next().map_or(0, char::len_utf8);
    let inner = &line_text[start..line_text.rfind(QUOTES).filter(|close| *close >= start)?];
    let path = inner.split('#').next().unwrap_or_default();
    let start = line.start as usize + start + (path.len() - path.trim_start().len());
    Some(Span::new(start, start + path.trim().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written where each target stands, with a letter for what it is of.
    fn found(text: &str) -> Vec<String> {
        let letter = |t: &Target| match (t.of, t.form) {
            (TargetOf::Link, TargetForm::Angle) => "L<",
            (TargetOf::Link, _) => "L",
            (TargetOf::Image, TargetForm::Angle) => "I<",
            (TargetOf::Image, _) => "I",
            (TargetOf::Wiki, _) => "W",
            (TargetOf::Include, _) => "N",
        };
        let written = |t: &Target| t.span.map_or("?", |s| &text[s.range()]);
        targets(text, 0).iter().map(|t| format!("{} {}", letter(t), written(t))).collect()
    }

    #[test]
    fn links_and_images_in_every_form() {
        let cases: &[(&str, &[&str])] = &[
            ("[x](a.md)", &["L a.md"]),
            ("[](a.md) ![](b.svg)", &["L a.md", "I b.svg"]),
            ("[x]( <a b.md> \"T (x)\" )", &["L< a b.md"]),
            ("[x](a\\(1\\).md 'T')", &["L a\\(1\\).md"]),
            ("[x](a(1)(2).md)", &["L a(1)(2).md"]),
            ("[x](a&amp;b.md)", &["L a&amp;b.md"]),
            ("[x](\n  a.md\n  \"T\")", &["L a.md"]),
            ("> - [x](\n>   a.md)", &["L a.md"]),
            ("[![hình](a.svg \"](z.md)\")](b.md#c)", &["I a.svg", "L b.md#c"]),
            ("[**x** `](y.md)` [z]](a.md)", &["L a.md"]),
            ("[x\\](y)](a.md)", &["L a.md"]),
            ("[x](a.md “Tiêu đề”) [y](b.md)", &["L a.md", "L b.md"]),
            (
                "| [x](a.md) | ![y](b.svg) |\n|---|---|\n| [[c]] | d |",
                &["L a.md", "I b.svg", "W c"],
            ),
            ("Term\n: [x](a.md)\n\n[^1]\n\n[^1]: [y](b.md)", &["L a.md", "L b.md"]),
            ("# [x](a.md) {#b}\n\n- [ ] [y](c.md)", &["L a.md", "L c.md"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn wiki_links_and_includes() {
        assert_eq!(
            found("[[a/b#c|Chữ]] [[09/CT-TTg]] ![[x.svg]] [[ d ]]"),
            ["W a/b#c", "W 09/CT-TTg", "I x.svg", "W  d "]
        );
        assert_eq!(found("- x\n\n  {{< include “ _a.md#b ” >}}\n"), ["N _a.md"]);
        assert_eq!(
            found(":::note[x]\n{{< include \"a.md\" >}}\n[x](b.md)\n:::\n"),
            ["N a.md", "L b.md"]
        );
    }

    #[test]
    fn a_definition_has_the_target_and_its_uses_have_none() {
        let text =
            "[x][a] [a][] [a] ![y][b]\n\n[a]: <a b.md> 'T'\n[b]:\n  c.svg\n[c\\]d]: e.md#f\n";
        assert_eq!(found(text), ["L< a b.md", "L c.svg", "L e.md#f"]);
        assert_eq!(found("> [a]\n>\n> [a]:\n> b.md\n"), ["L b.md"]);
    }

    #[test]
    fn what_only_looks_like_a_link_is_none() {
        for text in [
            "`[x](a.md)`",
            "```\n[x](a.md)\n[[a]]\n```\n",
            "    [x](a.md)\n",
            "<!-- [x](a.md) -->",
            "\\[x](a.md)",
            "$[x](a.md)$",
            "[x](a b.md)",
            "<https://a.vn> https://b.vn c@d.vn",
            "[x] (a.md)",
            "<a href=\"a.md\">x</a>",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn places_hold_behind_front_matter_and_containers() {
        let text = "---\ntitle: “[x](no.md)”\n---\n:::tip[Tiêu đề]\n[x](a.md “T”) [y](b.md)\n:::\n[z](c.md)\n";
        let start = text.find(":::").unwrap();
        let found: Vec<_> = targets(text, start).into_iter().map(|t| t.span.unwrap()).collect();
        assert_eq!(
            found.iter().map(|s| &text[s.range()]).collect::<Vec<_>>(),
            ["a.md", "b.md", "c.md"]
        );
    }
}
