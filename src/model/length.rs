//! How long a text is, as those who write it count.

use super::{Block, Doc, Edition, Inline, LinkTarget, Part};
use serde::Serialize;

/// The length of a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Length {
    /// What stands between white space, as word processors count; of Vietnamese, syllables.
    pub words: usize,
    /// Characters without white space; a letter with its marks is one.
    pub characters: usize,
}

/// The length of the text that a page of `edition` shows of `doc`.
///
/// Counted are headings, paragraphs, lists, tables, titles of containers, code within a line,
/// footnotes that the text refers to, and a link without words as it is written. Not counted
/// are blocks of code, formulas, pictures and their descriptions, editors' own HTML, what the
/// edition leaves out, and all that is not the text: front matter, lists of pages, the theme's
/// words. What stands on a page twice counts once.
pub fn length(doc: &Doc, edition: &Edition) -> Length {
    let mut counter = Counter { edition, notes: Vec::new(), length: Length::default() };
    counter.blocks(&doc.blocks);
    let mut done = 0;
    // A note may refer to more of them.
    while let Some(label) = counter.notes.get(done).copied() {
        done += 1;
        let note = doc.footnotes.iter().find(|note| note.label == label);
        note.into_iter().for_each(|note| counter.blocks(&note.blocks));
    }
    counter.length
}

struct Counter<'a> {
    edition: &'a Edition,
    /// Labels of footnotes that the text refers to, in order of first reference.
    notes: Vec<&'a str>,
    length: Length,
}

impl<'a> Counter<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        if let Block::Container(c) = block
            && !c.kind.is_on_page(self.edition)
        {
            return;
        }
        block.parts(&mut |part| match part {
            Part::Line(content) => self.line(content),
            Part::Blocks(blocks) => self.blocks(blocks),
        });
    }

    /// Words run on through emphasis and links, so a line is put together before it is counted.
    fn line(&mut self, inlines: &'a [Inline]) {
        let mut text = String::new();
        self.push(inlines, &mut text);
        for word in text.split_whitespace() {
            self.length.words += 1;
            self.length.characters += word.chars().count();
        }
    }

    fn push(&mut self, inlines: &'a [Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::DocNumber { text, .. } => {
                    out.push_str(text);
                }
                Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                    self.push(c, out);
                }
                Inline::Link(link) if link.content.is_empty() => match &link.target {
                    LinkTarget::Path(target) | LinkTarget::Wiki(target) => out.push_str(target),
                },
                Inline::Link(link) => self.push(&link.content, out),
                Inline::FootnoteRef { label, .. } if !self.notes.contains(&&**label) => {
                    self.notes.push(label);
                }
                Inline::SoftBreak | Inline::HardBreak => out.push(' '),
                Inline::Html(raw) if raw.html.starts_with("<br") => out.push(' '),
                Inline::FootnoteRef { .. }
                | Inline::Math(_)
                | Inline::Image(_)
                | Inline::Html(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RelPath;
    use crate::parse::markdown::parse_markdown;

    fn counted(text: &str, notes: bool) -> (usize, usize) {
        let (doc, _) = parse_markdown(&RelPath::new("content/a.vi.md"), text, 0, 64);
        let edition = Edition { notes, ..Edition::default() };
        let Length { words, characters } = length(&doc, &edition);
        (words, characters)
    }

    #[test]
    fn words_are_what_stands_between_white_space() {
        for (text, words, characters) in [
            ("", 0, 0),
            ("Mật khẩu mạnh", 3, 11),
            ("# An toàn\n\nthông\ntin", 4, 14),
            ("Mã **hó**a, [một](b.md) `hai ba`", 5, 14),
            ("một  \nhai<br>ba", 3, 8),
            ("- [x] một\n- hai ba\n\n> bốn", 4, 11),
            ("| a | b |\n|---|---|\n| c d | e |", 5, 5),
            ("Từ\n: nghĩa của nó", 4, 12),
            ("xem [[09/CT-TTg]] và [[talks/b]]", 4, 21),
        ] {
            assert_eq!(counted(text, false), (words, characters), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_prose_does_not_count() {
        for text in [
            "```\nlet x = 1;\n```",
            "    so too",
            "$$\nx + y\n$$",
            "$x$",
            "![mô tả](a.png \"tựa\")",
            "<div>chữ</div>",
            "---",
            "[^2]: không ai nhắc tới",
        ] {
            assert_eq!(counted(text, false), (0, 0), "{text:?}");
        }
    }

    #[test]
    fn footnotes_count_once_where_the_text_leads_to_them() {
        let text = "a[^1] b[^1]\n\n[^1]: c d[^2]\n\n[^2]: e\n\n[^3]: f";
        assert_eq!(counted(text, false), (5, 5));
    }

    #[test]
    fn what_an_edition_leaves_out_does_not_count() {
        let text = "a\n\n:::notes\nb c\n:::\n\n:::slide-only\nd\n:::\n\n:::warning[e f]\ng\n:::";
        assert_eq!(counted(text, false), (4, 4));
        assert_eq!(counted(text, true), (6, 6));
    }
}
