//! The document tree as HTML: the text of a page, for one reader's language.
//!
//! [`inline`] writes lines, [`blocks`] blocks, [`containers`] what `:::` opens, [`media`]
//! pictures and files. Editors' own HTML goes through the sanitiser, everything else is ours.

mod blocks;
mod containers;
pub mod escape;
mod inline;
pub mod media;

use crate::base::{Lang, RelPath, UrlPath};
use crate::diag::Diagnostic;
use crate::model::*;
use crate::render::here::Here;
use crate::render::highlight::Highlighter;
use crate::render::theme::{Strings, Theme};
use crate::search::TermFinder;
use std::collections::HashSet;

/// What writing the text of any page needs.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme, for words and icons.
    pub theme: &'a Theme,
    /// Colours code.
    pub highlighter: &'a Highlighter,
    /// Remembers coloured code.
    pub cache: &'a Cache,
    /// Find terms of the glossary, by language.
    pub finders: &'a [Option<TermFinder>],
}

/// The text of a page as HTML, and what was learnt on the way.
#[derive(Default, Debug)]
pub struct Body {
    /// The HTML.
    pub html: String,
    /// How many boxes its checklists have.
    pub checklist_items: usize,
    /// The answers of its quizzes in plain words, as items of a list.
    pub answers_html: String,
    /// Whether any term of the glossary is explained in it.
    pub has_terms: bool,
    /// The first picture.
    pub first_image: Option<UrlPath>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the text of `pair` as a reader of language `lang` sees it.
/// It goes into the file `here`.
pub fn body(tools: Tools<'_>, here: &Here, pair: usize, lang: usize) -> Body {
    let mut writer = Writer::new(tools, here, pair, lang);
    writer.freshness = tools.site.staleness(pair, lang);
    writer.notice("");
    writer.blocks(&writer.doc.blocks);
    writer.absent_before(None);
    writer.footnotes();
    Body { html: writer.out, ..writer.body }
}

/// A part of a text: a heading outside of lists and boxes, with all that follows up to the next.
pub struct SectionHtml {
    /// The heading's id; empty for what stands before the first.
    pub id: String,
    /// The HTML.
    pub html: String,
}

/// Writes the text of `pair` in the language at `lang` into the file `here`, section by section;
/// the first stands before all headings. Then the footnotes of all, if there are any.
pub fn sections(
    tools: Tools<'_>,
    here: &Here,
    pair: usize,
    lang: usize,
) -> (Vec<SectionHtml>, String) {
    let mut writer = Writer::new(tools, here, pair, lang);
    let blocks: &[Block] = &writer.doc.blocks;
    let starts = (0..blocks.len()).filter(|i| matches!(blocks[*i], Block::Heading(_)));
    let mut borders: Vec<usize> = starts.collect();
    borders.insert(0, 0);
    let ends = borders.iter().skip(1).copied().chain([blocks.len()]);
    let mut sections = Vec::new();
    for (i, (start, end)) in borders.iter().copied().zip(ends).enumerate() {
        let id = match &blocks[start..end] {
            [Block::Heading(heading), ..] if i > 0 => heading.id.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let html = writer.apart(|w| w.blocks(&blocks[start..end]));
        sections.push(SectionHtml { id, html });
    }
    let footnotes = writer.apart(Writer::footnotes);
    (sections, footnotes)
}

impl<'a> Writer<'a> {
    fn new(tools: Tools<'a>, here: &'a Here, pair: usize, lang: usize) -> Writer<'a> {
        let (version, _) = tools.site.pairs[pair].version(lang);
        Writer {
            tools,
            pair,
            lang,
            prefix: here.prefix_of(&tools.site.page_path(pair, lang)),
            shift: here.shift_of(&tools.site.page_path(pair, lang)),
            here,
            source: &version.source,
            text_lang: &version.lang,
            strings: tools.theme.strings(&version.lang),
            doc: &version.doc,
            out: String::with_capacity(16 * 1024),
            notes: Vec::new(),
            quizzes: 0,
            tab_sets: 0,
            in_checklist: false,
            explained: HashSet::new(),
            explains: false,
            freshness: None,
            passed: 0,
            body: Body::default(),
        }
    }
}

/// A footnote that was referred to.
struct Note<'a> {
    label: &'a str,
    references: usize,
}

struct Writer<'a> {
    tools: Tools<'a>,
    pair: usize,
    lang: usize,
    /// The file being written.
    here: &'a Here,
    /// What every id of this text begins with in that file.
    prefix: String,
    /// How many levels its headings go down.
    shift: u8,
    /// The file that the text at hand is written in.
    source: &'a RelPath,
    /// The language of the text at hand.
    text_lang: &'a Lang,
    /// Words in the language of the text.
    strings: &'a Strings,
    doc: &'a Doc,
    out: String,
    /// In order of first reference.
    notes: Vec<Note<'a>>,
    quizzes: usize,
    tab_sets: usize,
    /// Whether the list at hand stands inside a checklist.
    in_checklist: bool,
    /// Terms that were explained in the section at hand.
    explained: HashSet<usize>,
    /// Whether terms are explained in the line at hand.
    explains: bool,
    /// How a translation stands to its source, where that is recorded.
    freshness: Option<Freshness>,
    /// How many of its sections were passed.
    passed: usize,
    body: Body,
}

impl<'a> Writer<'a> {
    fn place(&self) -> Place<'a> {
        Place { source: self.source, pair: self.pair, lang: self.lang }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn push_text(&mut self, text: &str) {
        escape::push_text(&mut self.out, text);
    }

    fn push_attribute(&mut self, text: &str) {
        escape::push_attribute(&mut self.out, text);
    }

    fn push_id(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.push(" id=\"");
            self.push_own_id(id);
            self.push("\"");
        }
    }

    /// An id of this text as it stands in the file.
    fn push_own_id(&mut self, id: &str) {
        self.out.push_str(&self.prefix);
        self.push_attribute(id);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.body.diagnostics.push(diagnostic);
    }

    /// What `write` writes, by itself.
    fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        write(self);
        std::mem::replace(&mut self.out, outer)
    }
}
