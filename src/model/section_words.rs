//! A page in words, section by section: what a translator has to say, and what a review of it is
//! recorded by.

use super::{
    Block, Container, ContainerKind, Details, Doc, Footnote, Inline, LinkTarget, List, Meta, Part,
};
use crate::base::{DocNumber, Span};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The words of a section in one number: the first 128 bits of their BLAKE3. White space, the
/// form of letters (NFC) and where links lead make no difference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordsHash([u8; 16]);

impl WordsHash {
    /// Of `text`.
    pub fn of(text: &str) -> WordsHash {
        let mut hasher = blake3::Hasher::new();
        let composed: String = text.nfc().collect();
        for (i, word) in composed.split_whitespace().enumerate() {
            if i > 0 {
                hasher.update(b" ");
            }
            hasher.update(word.as_bytes());
        }
        let mut first = [0; 16];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        WordsHash(first)
    }

    /// As written in `translations.lock`: 32 hexadecimal digits, lower case.
    pub fn parse(text: &str) -> Option<WordsHash> {
        if !is_hex(text, 32) {
            return None;
        }
        let mut bytes = [0; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(WordsHash(bytes))
    }
}

impl fmt::Display for WordsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for WordsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The words of a heading in one number: the first 32 bits of their BLAKE3, as of [`WordsHash`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HeadingWords(u32);

/// The words of a heading, as one number.
pub fn heading_words(text: &str) -> HeadingWords {
    let WordsHash(bytes) = WordsHash::of(text);
    HeadingWords(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

impl HeadingWords {
    /// As written in `translations.lock`: 8 hexadecimal digits, lower case.
    pub fn parse(text: &str) -> Option<HeadingWords> {
        let number = is_hex(text, 8).then(|| u32::from_str_radix(text, 16).ok());
        number.flatten().map(HeadingWords)
    }
}

impl fmt::Display for HeadingWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// Whether `text` is so many hexadecimal digits, lower case.
fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A section of a page in one language, in words: a heading with what stands below it up to the
/// next heading of any level, in every edition alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionWords {
    /// The id of its heading, shared by the pair; empty for what stands before the first heading.
    pub id: String,
    /// The heading; for what stands before it the page's title.
    pub heading: String,
    /// The heading's level, 1 to 6; 0 for what stands before the first.
    pub level: u8,
    /// Where the heading stands in the page's file; the front matter's place for what stands before it.
    pub span: Option<Span>,
    /// The words as the hash sees them, a line for each paragraph, cell and point.
    pub text: String,
    /// Whether anything stands below the heading.
    pub has_text: bool,
    /// The words in one number.
    pub hash: WordsHash,
}

/// The sections of the text `doc` of a page whose front matter says `meta`, in order; the first
/// stands before all headings.
pub fn section_words(meta: &Meta, doc: &Doc) -> Vec<SectionWords> {
    let mut reader = Reader { doc, sections: Vec::new(), told: Vec::new(), included: 0 };
    reader.open(String::new(), meta.title.clone(), 0, None);
    front_matter(meta, &mut reader.sections[0].text);
    reader.blocks(&doc.blocks);
    let mut sections = reader.sections;
    for section in &mut sections {
        section.hash = WordsHash::of(&section.text);
    }
    sections
}

/// What front matter says in words that a translator has to say too.
fn front_matter(meta: &Meta, out: &mut String) {
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    meta.description.iter().chain(&meta.source).for_each(|text| line(text));
    match &meta.details {
        Details::Talk(talk) => {
            talk.event.iter().for_each(|text| line(text));
            for speaker in &talk.speakers {
                let parts = [&speaker.role, &speaker.organisation];
                parts.into_iter().flatten().for_each(|text| line(text));
            }
        }
        Details::Guideline(guideline) => {
            let parts = [&guideline.owner, &guideline.applies_to];
            parts.into_iter().flatten().for_each(|text| line(text));
        }
        Details::Directive(directive) => line(&directive.issuer),
        Details::Page => {}
    }
}

struct Reader<'a> {
    doc: &'a Doc,
    /// Those that were begun; the last is at hand.
    sections: Vec<SectionWords>,
    /// Footnotes that were read, each in the section that first refers to it.
    told: Vec<&'a str>,
    /// How many includes the block at hand stands in: their headings belong to other pages.
    included: usize,
}

impl<'a> Reader<'a> {
    fn open(&mut self, id: String, heading: String, level: u8, span: Option<Span>) {
        let text = format!("{heading}\n");
        let hash = WordsHash([0; 16]);
        self.sections.push(SectionWords { id, heading, level, span, text, has_text: false, hash });
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) if self.included == 0 => {
                let mut text = String::new();
                self.inlines(&heading.content, &mut text);
                let id = heading.id.clone().unwrap_or_default();
                self.open(id, text, heading.level, Some(heading.span));
                self.footnotes(&heading.content);
            }
            Block::Code(code) => self.line(&code.text),
            Block::Math(formula) => self.line(&formula.tex),
            Block::Html(html) => self.line(&html.text()),
            Block::List(list) => self.list(list),
            Block::Container(container) => self.container(container),
            Block::Included(included) => {
                self.included += 1;
                self.blocks(&included.blocks);
                self.included -= 1;
            }
            block => block.parts(&mut |part| self.part(part)),
        }
    }

    fn part(&mut self, part: Part<'a>) {
        match part {
            Part::Line(content) => self.content(content),
            Part::Blocks(blocks) => self.blocks(blocks),
        }
    }

    /// Which answer is right, and what is done already, is said by a sign alone.
    fn list(&mut self, list: &'a List) {
        for item in &list.items {
            match item.checked {
                Some(true) => self.sign("[x]"),
                Some(false) => self.sign("[ ]"),
                None => {}
            }
            self.blocks(&item.blocks);
        }
    }

    /// How grave an alert is says a word of its own.
    fn container(&mut self, container: &'a Container) {
        if container.kind.is_alert() {
            self.sign(match container.kind {
                ContainerKind::Note => "(note)",
                ContainerKind::Tip => "(tip)",
                ContainerKind::Important => "(important)",
                ContainerKind::Warning => "(warning)",
                _ => "(danger)",
            });
        }
        self.content(&container.title);
        self.blocks(&container.blocks);
    }

    fn content(&mut self, content: &'a [Inline]) {
        let mut text = String::new();
        self.inlines(content, &mut text);
        self.line(&text);
        self.footnotes(content);
    }

    /// A line of text of the section at hand.
    fn line(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.sign(text);
        if let Some(section) = self.sections.last_mut() {
            section.has_text = true;
        }
    }

    /// What says nothing by itself.
    fn sign(&mut self, sign: &str) {
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(sign);
            section.text.push('\n');
        }
    }

    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(t) | Inline::Code(t) => out.push_str(t),
                Inline::Emphasis(c) | Inline::Strong(c) => self.inlines(c, out),
                // What no longer holds is said by the stroke alone.
                Inline::Strikethrough(c) => {
                    out.push('~');
                    self.inlines(c, out);
                    out.push('~');
                }
                Inline::Math(formula) => out.push_str(&formula.tex),
                Inline::Link(link) => {
                    match &link.target {
                        // A document's number is words, an address is not.
                        LinkTarget::Wiki(to) if link.content.is_empty() => {
                            let number = to.split('#').next().unwrap_or_default();
                            if DocNumber::new(number).is_some() {
                                out.push_str(number);
                            }
                        }
                        _ => self.inlines(&link.content, out),
                    }
                    push_apart(out, &link.title);
                }
                Inline::Image(image) => {
                    push_apart(out, &image.alt);
                    push_apart(out, &image.title);
                }
                Inline::DocNumber { text, .. } => out.push_str(text),
                Inline::SoftBreak | Inline::HardBreak => out.push(' '),
                Inline::FootnoteRef { .. } | Inline::Html(_) => {}
            }
        }
    }

    /// Reads the footnotes that a line refers to first.
    fn footnotes(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::FootnoteRef { label, .. } => {
                    let doc = self.doc;
                    let is_it = |note: &&Footnote| note.label == *label;
                    let known = self.told.contains(&label.as_str());
                    if let Some(note) = doc.footnotes.iter().find(is_it).filter(|_| !known) {
                        self.told.push(label);
                        self.blocks(&note.blocks);
                    }
                }
                Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                    self.footnotes(c);
                }
                Inline::Link(link) => self.footnotes(&link.content),
                _ => {}
            }
        }
    }
}

fn push_apart(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push(' ');
        out.push_str(text);
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_composition_do_not_count_and_words_do() {
        let hash = WordsHash::of("an toàn\n thông  tin");
        assert_eq!(hash, WordsHash::of(" an toa\u{300}n thông tin "));
        assert_ne!(hash, WordsHash::of("an toàn thôngtin"));
        assert_ne!(hash, WordsHash::of("An toàn thông tin"));
        assert_eq!(WordsHash::parse(&hash.to_string()), Some(hash));
        for bad in ["", "00", &hash.to_string().to_uppercase(), &format!("{hash}0"), "ệ"] {
            assert_eq!(WordsHash::parse(bad), None, "{bad}");
        }
        assert_eq!(hash.to_string().len(), 32);
        let official = blake3::hash("an toàn thông tin".as_bytes()).to_hex();
        assert_eq!(hash.to_string(), official[..32]);
    }
}
