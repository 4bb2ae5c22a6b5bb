//! What a translation was made from: the sections of a page, the record of which of them were
//! reviewed, and what follows for each.

use super::{
    Block, Container, ContainerKind, Details, Doc, Footnote, Inline, LinkTarget, List, Meta,
    PageId, Part,
};
use crate::base::{DocNumber, Lang, Span};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// How a section of a translation stands to the section that it translates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum State {
    /// It was reviewed against the source as that is now.
    Current,
    /// The source says something else than when it was reviewed.
    SourceChanged,
    /// The source has it, the translation does not.
    MissingSection,
    /// The translation has it, the source does not.
    ExtraSection,
    /// It is there, and nobody said that it was reviewed.
    Unreviewed,
    /// The whole page is not translated.
    MissingPage,
}

impl State {
    /// Every state, in the order in which they are counted.
    pub const ALL: [State; 6] = [
        State::Current,
        State::SourceChanged,
        State::Unreviewed,
        State::MissingSection,
        State::ExtraSection,
        State::MissingPage,
    ];

    /// The word that machines and `site.toml` use.
    pub fn id(self) -> &'static str {
        match self {
            State::Current => "current",
            State::SourceChanged => "source-changed",
            State::MissingSection => "missing-section",
            State::ExtraSection => "extra-section",
            State::Unreviewed => "unreviewed",
            State::MissingPage => "missing-page",
        }
    }

    /// The state called `id`.
    pub fn from_id(id: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.id() == id)
    }
}

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
        let hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
        if text.len() != 32 || !text.as_bytes().iter().all(hex) {
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

/// `translations.lock`: the words that each section of a translation was reviewed against.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Lock {
    /// By language and page, then by id of the section; the part before the first heading is `""`.
    pub pages: HashMap<(Lang, PageId), BTreeMap<String, LockLine>>,
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
        let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let whole = text.len() == 8 && text.bytes().all(is_hex);
        whole.then(|| u32::from_str_radix(text, 16).ok().map(HeadingWords)).flatten()
    }
}

impl fmt::Display for HeadingWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// One line of the lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockLine {
    /// The source's words as they were reviewed.
    pub hash: WordsHash,
    /// The heading of the translation, by which the section is known wherever it stands. What
    /// stands before the first heading has none.
    pub heading: Option<HeadingWords>,
    /// The line.
    pub span: Span,
}

impl Lock {
    /// The first line of the file.
    pub const HEADER: &'static str = "# sotay lock 1";

    /// Where the lock stands in the project.
    pub const FILE: &'static str = "translations.lock";

    /// Whether nothing was ever recorded.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// What was recorded of a page in `lang`.
    pub fn page(&self, lang: &Lang, page: &PageId) -> Option<&BTreeMap<String, LockLine>> {
        self.pages.get(&(lang.clone(), page.clone()))
    }

    /// Sections of a page in `lang` by the words of their headings, as they were reviewed. Two with
    /// the same words tell nothing.
    pub fn headings(&self, lang: &Lang, page: &PageId) -> BTreeMap<HeadingWords, String> {
        let mut headings: BTreeMap<HeadingWords, Option<String>> = BTreeMap::new();
        for (id, line) in self.page(lang, page).into_iter().flatten() {
            let Some(heading) = line.heading else { continue };
            let known = headings.contains_key(&heading);
            headings.insert(heading, (!known).then(|| id.clone()));
        }
        headings.into_iter().filter_map(|(heading, id)| Some((heading, id?))).collect()
    }

    /// The file's text: sorted lines below the header.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = self
            .pages
            .iter()
            .flat_map(|((lang, page), sections)| {
                let line = move |(id, line): (&String, &LockLine)| {
                    let heading = line.heading.map(|heading| format!("\t{heading}"));
                    let heading = heading.unwrap_or_default();
                    format!("{lang}\t{page}#{id}\t{}{heading}\n", line.hash)
                };
                sections.iter().map(line)
            })
            .collect();
        lines.sort();
        format!("{}\n{}", Lock::HEADER, lines.concat())
    }
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
    let mut reader = Reader { doc, sections: Vec::new(), at: 0, told: Vec::new(), included: 0 };
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
    sections: Vec<SectionWords>,
    /// The section at hand.
    at: usize,
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
        self.at = self.sections.len() - 1;
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
            Block::Html(html) => self.line(&text_of_html(&html.html)),
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
        self.sections[self.at].has_text = true;
    }

    /// What says nothing by itself.
    fn sign(&mut self, sign: &str) {
        let out = &mut self.sections[self.at].text;
        out.push_str(sign);
        out.push('\n');
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

/// The words between tags; comments say nothing to readers.
fn text_of_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        out.push(' ');
        let tag = &rest[start..];
        let (end, skip) = match tag.starts_with("<!--") {
            true => (tag.find("-->"), 3),
            false => (tag.find('>'), 1),
        };
        rest = end.map_or("", |end| &tag[end + skip..]);
    }
    out.push_str(rest);
    out
}

/// The sections of a translation, each with what it stands to its source.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Freshness {
    /// In the order of the source; what only the translation has comes last. One entry without an
    /// id where the page is not translated at all.
    pub sections: Vec<SectionState>,
}

/// What a section of a translation stands to its source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionState {
    /// Id of the section; empty for what stands before the first heading.
    pub id: String,
    /// The heading in the source, or where that lacks it in the translation.
    pub heading: String,
    /// The heading's level; 0 for what stands before the first.
    pub level: u8,
    /// Its state.
    pub state: State,
}

impl Freshness {
    /// How many sections are in `state`.
    pub fn count(&self, state: State) -> usize {
        self.sections.iter().filter(|section| section.state == state).count()
    }

    /// How many sections the source has; what only the translation has is not among them.
    pub fn of_source(&self) -> usize {
        self.sections.len() - self.count(State::ExtraSection)
    }

    /// The state of the section with this id.
    pub fn state_of(&self, id: &str) -> Option<State> {
        self.sections.iter().find(|section| section.id == id).map(|section| section.state)
    }
}

/// Fewer words than this may well be the same in both languages: a name, a number, a command.
const VERBATIM: usize = 5;

/// Whether a section says word for word what its source says: it was begun, and not translated.
/// One that has to be the same is accepted by its id.
pub fn is_verbatim(source: &SectionWords, own: &SectionWords) -> bool {
    own.hash == source.hash && source.text.split_whitespace().count() >= VERBATIM
}

/// Whether every section of a translation is current: what [`freshness`] says, without a list.
pub fn is_current(
    source: &[SectionWords],
    translation: &[SectionWords],
    lines: &BTreeMap<String, LockLine>,
) -> bool {
    source.len() == translation.len()
        && source.iter().zip(translation).all(|(words, own)| {
            words.id == own.id
                && (own.has_text || !words.has_text)
                && lines.get(&words.id).is_some_and(|line| line.hash == words.hash)
        })
}

/// How a page in one language stands to its source. `lines` is what was recorded of it; without
/// any record of the site at all (`None`) nothing says what was reviewed.
pub fn freshness(
    source: &[SectionWords],
    translation: Option<&[SectionWords]>,
    lines: Option<&BTreeMap<String, LockLine>>,
) -> Freshness {
    let entry = |words: &SectionWords, state| SectionState {
        id: words.id.clone(),
        heading: words.heading.clone(),
        level: words.level,
        state,
    };
    let Some(translation) = translation else {
        let whole = source.first().map(|words| entry(words, State::MissingPage));
        return Freshness { sections: whole.into_iter().collect() };
    };
    let there: HashMap<&str, &SectionWords> =
        translation.iter().map(|words| (words.id.as_str(), words)).collect();
    let line_of = |id: &str| lines.and_then(|lines| lines.get(id));
    let is_in = |id: &str, sections: &[SectionWords]| sections.iter().any(|s| s.id == id);
    // A heading that was changed has another id. Where as many sections are new as lines have no
    // section, these are the same sections with other words.
    let gone = lines.map_or(0, |lines| lines.keys().filter(|id| !is_in(id, source)).count());
    let is_new = |words: &&SectionWords| {
        there.contains_key(words.id.as_str()) && line_of(&words.id).is_none()
    };
    let renamed = gone > 0 && gone == source.iter().filter(is_new).count();
    // Another id alone, with the words that were reviewed, is no change at all.
    let known = |hash: WordsHash| {
        let mut lines = lines.into_iter().flatten();
        lines.any(|(id, line)| line.hash == hash && !is_in(id, source))
    };
    let state = |words: &SectionWords| match there.get(words.id.as_str()) {
        None => State::MissingSection,
        Some(own) if words.has_text && !own.has_text => State::MissingSection,
        Some(own) => match line_of(&words.id) {
            Some(line) if line.hash == words.hash => State::Current,
            Some(_) => State::SourceChanged,
            None if known(words.hash) => State::Current,
            None if is_verbatim(words, own) => State::MissingSection,
            None if renamed => State::SourceChanged,
            None => State::Unreviewed,
        },
    };
    let mut sections: Vec<SectionState> = source.iter().map(|s| entry(s, state(s))).collect();
    let extra = translation.iter().filter(|own| !is_in(&own.id, source));
    sections.extend(extra.map(|own| entry(own, State::ExtraSection)));
    Freshness { sections }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(id: &str, text: &str) -> SectionWords {
        SectionWords {
            id: id.to_owned(),
            heading: id.to_owned(),
            level: u8::from(!id.is_empty()) * 2,
            span: None,
            text: text.to_owned(),
            has_text: !text.is_empty(),
            hash: WordsHash::of(text),
        }
    }

    fn lines(of: &[(&str, &str)]) -> BTreeMap<String, LockLine> {
        let line = |text: &str| LockLine {
            hash: WordsHash::of(text),
            heading: None,
            span: Span::new(0, 0),
        };
        of.iter().map(|(id, text)| ((*id).to_owned(), line(text))).collect()
    }

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

    #[test]
    fn every_state_follows_from_the_texts_and_the_lock() {
        let source =
            [words("", "1"), words("a", "2"), words("b", "3"), words("c", "4"), words("d", "5")];
        let own =
            [words("", "x"), words("a", "y"), words("b", "z"), words("d", ""), words("e", "w")];
        let lines = lines(&[("", "1"), ("a", "2 before"), ("c", "4"), ("d", "5")]);
        let found = freshness(&source, Some(&own), Some(&lines));
        let states: Vec<(&str, State)> =
            found.sections.iter().map(|s| (s.id.as_str(), s.state)).collect();
        assert_eq!(
            states,
            [
                ("", State::Current),
                ("a", State::SourceChanged),
                ("b", State::Unreviewed),
                ("c", State::MissingSection),
                ("d", State::MissingSection),
                ("e", State::ExtraSection),
            ]
        );
        let missing = freshness(&source, None, Some(&lines));
        assert_eq!(missing.sections.len(), 1);
        assert_eq!(missing.sections[0].state, State::MissingPage);
    }

    #[test]
    fn a_heading_with_other_words_is_a_change_not_something_new() {
        let source = [words("", "1"), words("new", "2 in other words")];
        let own = [words("", "x"), words("new", "y")];
        let found = freshness(&source, Some(&own), Some(&lines(&[("", "1"), ("old", "2")])));
        assert_eq!(found.state_of("new"), Some(State::SourceChanged));
        let found = freshness(&source, Some(&own), Some(&lines(&[("", "1")])));
        assert_eq!(found.state_of("new"), Some(State::Unreviewed));
    }
}
