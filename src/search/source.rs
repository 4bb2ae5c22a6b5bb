//! What a page says, as far as readers may search it: by section, headings apart from text and
//! text apart from code.
//!
//! Speaker notes, what is for trainers only and what stands on slides alone are never found, in
//! no edition: an index of a trainer's copy may end up on a public machine.

use crate::base::slug;
use crate::model::*;
use std::collections::HashSet;

/// A page in one language.
pub(super) struct Source {
    /// Its place among all pages; see [`super::slots`].
    pub slot: u32,
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its kind and readers, as a position in the index's table.
    pub facet: u32,
    /// What stands before the first heading, then a section per heading.
    pub sections: Vec<SourceSection>,
}

/// One section of a page.
#[derive(Default)]
pub(super) struct SourceSection {
    /// The id that links lead to; empty for the page itself.
    pub id: String,
    /// The heading; for the page itself its title.
    pub heading: String,
    /// What counts as much as the heading and is not shown with it: a document's number, tags and
    /// addresses as they are written.
    pub beside: String,
    /// Lines of text, each ending in a line break. Words of two lines are never neighbours.
    pub text: String,
    /// Lines of code, likewise.
    pub code: String,
}

/// The text of a page in the language at `lang`, which the page must have.
pub(super) fn sections(
    site: &Site,
    pair: &Pair,
    version: &Version,
    lang: usize,
) -> Vec<SourceSection> {
    let mut page =
        SourceSection { heading: version.meta.title.clone(), ..SourceSection::default() };
    front_matter(site, pair, &version.meta, lang, &mut page);
    let doc = &*version.doc;
    let mut reader = Reader { doc, sections: vec![page], notes: Vec::new(), told: HashSet::new() };
    reader.blocks(&doc.blocks);
    reader.footnotes();
    reader.sections
}

/// What front matter says that readers see.
fn front_matter(site: &Site, pair: &Pair, meta: &Meta, lang: usize, page: &mut SourceSection) {
    let mut line = |text: &str| {
        if !text.is_empty() {
            page.text.push_str(text);
            page.text.push('\n');
        }
    };
    meta.description.iter().for_each(|text| line(text));
    match &meta.details {
        Details::Talk(talk) => {
            for speaker in &talk.speakers {
                let parts = [&speaker.name, &speaker.role, &speaker.organisation];
                let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                line(&parts.join(", "));
            }
            talk.event.iter().for_each(|text| line(text));
        }
        Details::Guideline(guideline) => {
            guideline.owner.iter().for_each(|text| line(text));
            guideline.applies_to.iter().for_each(|text| line(text));
        }
        Details::Directive(directive) => {
            line(&directive.issuer);
            page.beside.clone_from(&directive.number);
        }
        Details::Page => {}
    }
    let written = &pair.source_version().meta.tags;
    page.beside = format!("{} {} {}", page.beside, words_of(pair.id.as_str()), written.join(" "));
    let tags = pair.source_version().meta.tags.iter();
    let tags = tags.map(|tag| site.tag_label(&slug(tag), lang).to_owned());
    let tags: Vec<String> = tags.collect();
    let mut line = |text: String| page.text.push_str(&format!("{text}\n"));
    if !tags.is_empty() {
        line(tags.join(", "));
    }
}

/// An address or id in words: it often names in English what the text says in Vietnamese. Not
/// what only says where the page stands.
fn words_of(address: &str) -> String {
    let last = address.trim_end_matches("/index").rsplit('/').next().unwrap_or_default();
    last.replace('-', " ")
}

/// What the id of a heading says that the heading does not.
fn id_in_words(id: &str, heading: &str) -> String {
    let known = slug(heading);
    let new = |word: &&str| !known.split('-').any(|part| part == *word);
    id.split('-').filter(new).collect::<Vec<_>>().join(" ")
}

struct Reader<'a> {
    doc: &'a Doc,
    sections: Vec<SourceSection>,
    /// Footnotes that the section at hand refers to.
    notes: Vec<&'a str>,
    /// Footnotes that were read already.
    told: HashSet<&'a str>,
}

impl<'a> Reader<'a> {
    fn section(&mut self) -> &mut SourceSection {
        if self.sections.is_empty() {
            self.sections.push(SourceSection::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Code(code) => self.code(code),
            Block::Html(raw) => self.text(&raw.text()),
            Block::Container(c) if !is_for_readers(c.kind) => {}
            block => block.parts(&mut |part| match part {
                Part::Line(content) => self.line(content),
                Part::Blocks(blocks) => self.blocks(blocks),
            }),
        }
    }

    fn heading(&mut self, heading: &'a Heading) {
        self.footnotes();
        let id = heading.id.clone().unwrap_or_default();
        let heading_text = plain_text(&heading.content);
        self.sections.push(SourceSection {
            beside: id_in_words(&id, &heading_text),
            id,
            heading: heading_text,
            ..SourceSection::default()
        });
        self.look_for_notes(&heading.content);
    }

    fn code(&mut self, code: &CodeBlock) {
        code.title.iter().chain(&code.alt).for_each(|text| self.text(text));
        let section = self.section();
        section.code.push_str(&code.text);
        if !section.code.is_empty() && !section.code.ends_with('\n') {
            section.code.push('\n');
        }
    }

    fn line(&mut self, content: &'a [Inline]) {
        self.text(&plain_text(content));
        self.captions(content);
        self.look_for_notes(content);
    }

    fn text(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            let section = self.section();
            section.text.push_str(text);
            section.text.push('\n');
        }
    }

    /// Captions of pictures; what pictures show is part of the line.
    fn captions(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::Image(image) => self.text(&image.title),
                Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                    self.captions(c)
                }
                Inline::Link(link) => self.captions(&link.content),
                _ => {}
            }
        }
    }

    fn look_for_notes(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::FootnoteRef { label, .. } => self.notes.push(label),
                Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                    self.look_for_notes(c);
                }
                Inline::Link(link) => self.look_for_notes(&link.content),
                _ => {}
            }
        }
    }

    /// The footnotes of the section at hand, and those that they refer to: each once.
    fn footnotes(&mut self) {
        while !self.notes.is_empty() {
            for label in std::mem::take(&mut self.notes) {
                if self.told.insert(label) {
                    let note = self.doc.footnotes.iter().find(|note| note.label == label);
                    note.into_iter().for_each(|note| self.blocks(&note.blocks));
                }
            }
        }
    }
}

fn is_for_readers(kind: ContainerKind) -> bool {
    kind.is_on_page(&Edition::default())
}
