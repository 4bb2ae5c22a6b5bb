//! From pages to postings: for each key, in which sections it stands, where, and in which form.
//!
//! Pages are read in parallel, in runs; each run counts its words by itself, and the runs are
//! joined in order, so the result does not depend on how many threads there are.
//!
//! The postings of a key are numbers ([`super::numbers`]), for each page in order of slot:
//!
//! ```text
//! slot - previous slot (the first: slot + 1), facet, step of the page's length,
//! then for each of its sections that has the key:
//!   2 * (ordinal - previous ordinal; the first: ordinal) + 1 if another section follows,
//!   step of the section's length,
//!   2 * count of occurrences + 1 if some are not in the text; then how many of these are
//!     in the heading and in code,
//!   for each occurrence: forms * (position - previous position) + form
//! ```

use super::analysis::{Analyzer, Reading, compounds, is_too_long, words};
use super::numbers::{length_step, push};
use super::source::Source;
use crate::base::Lang;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Everything that was counted.
pub(super) struct Postings {
    /// In order of key.
    pub terms: Vec<Term>,
    /// Words as they are typed, folded, in order, and in how many sections each stands.
    pub vocabulary: Vec<(String, u32)>,
    /// Sections, and words in all of them.
    pub sections: (u32, u64),
    /// Pages.
    pub pages: u32,
}

/// A key and where it stands.
pub(super) struct Term {
    /// What words are found under.
    pub key: String,
    /// What tells its words apart, in order.
    pub forms: Vec<String>,
    /// As the module says.
    pub postings: Vec<u8>,
    /// In how many sections.
    pub sections: u32,
}

/// Pages of one run.
const RUN: usize = 256;

/// Bytes of text for each word that is counted, at the least that languages with spaces come to.
const BYTES_OF_WORD: usize = 5;

/// Counts the words of `sources`, which are in order of slot.
pub(super) fn count(lang: &Lang, sources: &[Source]) -> Postings {
    let runs: Vec<Run> = sources.par_chunks(RUN).map(|pages| Run::read(lang, pages)).collect();
    let keys = Keys::of(&runs);
    let words = runs.iter().flat_map(|r| &r.pages).map(|p| u64::from(p.length)).sum();
    let sections = runs.iter().map(|r| r.sections.len() as u32).sum();
    // Each run is dropped as soon as it is encoded.
    let encoded: Vec<Encoded> = runs.into_par_iter().map(|run| run.encode(&keys)).collect();
    Postings {
        vocabulary: vocabulary(&encoded),
        terms: join(keys, &encoded),
        sections: (sections, words),
        pages: sources.len() as u32,
    }
}

/// Some pages in a row, read.
#[derive(Default)]
struct Run {
    words: Vec<Word>,
    by_text: FxHashMap<String, u32>,
    pages: Vec<PageCount>,
    sections: Vec<SectionCount>,
    occurrences: Vec<Occurrence>,
}

/// A word as it is written, and what it is found under.
struct Word {
    key: String,
    form: String,
    /// What a reader who mistypes it means; nothing for numbers.
    folded: Option<String>,
}

struct PageCount {
    slot: u32,
    facet: u32,
    length: u32,
}

struct SectionCount {
    page: u32,
    ordinal: u32,
    length: u32,
    /// Positions from here on are text.
    text: u32,
    /// Positions from here on are code.
    code: u32,
}

/// A word at a place of a run, in one number: there are millions of them at a time.
#[derive(Clone, Copy)]
struct Occurrence(u64);

// What does not fit is not found: a run of more than 262,144 sections or of more different words
// than 268 million, and a section of more than 262,144 words.
const SECTION_BITS: u32 = 18;
const POSITION_BITS: u32 = 18;
const WORD_BITS: u32 = 28;

impl Occurrence {
    fn new(word: u32, section: u32, position: u32) -> Option<Occurrence> {
        let fits =
            word < 1 << WORD_BITS && section < 1 << SECTION_BITS && position < 1 << POSITION_BITS;
        let place = u64::from(section) << POSITION_BITS | u64::from(position);
        fits.then_some(Occurrence(u64::from(word) << (SECTION_BITS + POSITION_BITS) | place))
    }

    fn word(self) -> u32 {
        (self.0 >> (SECTION_BITS + POSITION_BITS)) as u32
    }

    /// Section and position, in the lower bits.
    fn place(self) -> u64 {
        self.0 & ((1 << (SECTION_BITS + POSITION_BITS)) - 1)
    }

    fn section(self) -> u32 {
        (self.place() >> POSITION_BITS) as u32
    }
}

impl Run {
    fn read(lang: &Lang, pages: &[Source]) -> Run {
        let analyzer = Analyzer::new(lang);
        // Room for all occurrences at once: what grows is copied, and new memory has to be cleared.
        let bytes: usize = pages.iter().flat_map(|page| &page.sections).map(|s| s.text.len()).sum();
        let occurrences = Vec::with_capacity(bytes / BYTES_OF_WORD);
        let mut run = Run { occurrences, ..Run::default() };
        for page in pages {
            let first = run.sections.len();
            for (section, ordinal) in page.sections.iter().zip(0..) {
                let mut at = Cursor::default();
                run.line(&analyzer, &section.heading, &mut at);
                run.line(&analyzer, &section.beside, &mut at);
                let text = at.position;
                section.text.lines().for_each(|line| run.line(&analyzer, line, &mut at));
                let code = at.position;
                section.code.lines().for_each(|line| run.line(&analyzer, line, &mut at));
                let page = run.pages.len() as u32;
                run.sections.push(SectionCount { page, ordinal, length: at.words, text, code });
            }
            let length = run.sections[first..].iter().map(|s| s.length).sum();
            run.pages.push(PageCount { slot: page.slot, facet: page.facet, length });
        }
        run.by_text = FxHashMap::default();
        run
    }

    /// Reads a line of the section that comes next.
    fn line(&mut self, analyzer: &Analyzer, line: &str, at: &mut Cursor) {
        let section = self.sections.len() as u32;
        let mut compounds = compounds(line).into_iter().peekable();
        for range in words(line) {
            if let Some((_, key)) = compounds.next_if(|(whole, _)| whole.start <= range.start) {
                let word = self.compound(key);
                self.occurrences.extend(Occurrence::new(word, section, at.position));
            }
            let text = &line[range];
            if !is_too_long(text) {
                let word = self.word(analyzer, text);
                self.occurrences.extend(Occurrence::new(word, section, at.position));
            }
            at.words += 1;
            at.position += 1;
        }
        // Neighbours stand in one line.
        at.position += 1;
    }

    fn word(&mut self, analyzer: &Analyzer, text: &str) -> u32 {
        if let Some(word) = self.by_text.get(text) {
            return *word;
        }
        let Reading { folded, key, form } = analyzer.read(text);
        let folded = Some(folded).filter(|f| f.contains(|c: char| !c.is_ascii_digit()));
        self.add(text.to_owned(), Word { key, form, folded })
    }

    fn compound(&mut self, key: String) -> u32 {
        // No word begins so.
        let text = format!("+{key}");
        match self.by_text.get(&text) {
            Some(word) => *word,
            None => self.add(text, Word { form: key.clone(), key, folded: None }),
        }
    }

    fn add(&mut self, text: String, word: Word) -> u32 {
        let index = self.words.len() as u32;
        self.words.push(word);
        self.by_text.insert(text, index);
        index
    }
}

/// How far the reading of a section is.
#[derive(Default)]
struct Cursor {
    words: u32,
    position: u32,
}

/// Every key with its forms, in order.
struct Keys {
    /// Key, then its forms.
    all: Vec<(String, Vec<String>)>,
    /// Where a key stands.
    by_key: FxHashMap<String, u32>,
}

/// One key has no more forms than this; others are taken for the last.
const FORMS: usize = 64;

impl Keys {
    fn of(runs: &[Run]) -> Keys {
        let words = runs.iter().flat_map(|run| &run.words);
        let mut pairs: Vec<(&str, &str)> = words.map(|w| (&*w.key, &*w.form)).collect();
        pairs.par_sort_unstable_by(|a, b| in_scripts(a.0, b.0).then_with(|| in_scripts(a.1, b.1)));
        pairs.dedup();
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for (key, form) in pairs {
            match all.last_mut().filter(|(last, _)| last == key) {
                Some((_, forms)) if forms.len() == FORMS => {}
                Some((_, forms)) => forms.push(form.to_owned()),
                None => all.push((key.to_owned(), vec![form.to_owned()])),
            }
        }
        let by_key = all.iter().zip(0..).map(|((key, _), i)| (key.clone(), i)).collect();
        Keys { all, by_key }
    }

    /// The places of a word's key and form.
    fn place(&self, word: &Word) -> (u32, u32) {
        // Every word was counted before.
        let key = self.by_key.get(&word.key).copied().unwrap_or_default();
        let forms = &self.all[key as usize].1;
        let form = forms.iter().position(|f| *f == word.form).unwrap_or(forms.len() - 1);
        (key, form as u32)
    }
}

/// The order in which scripts compare texts: by UTF-16 unit.
pub(super) fn in_scripts(a: &str, b: &str) -> Ordering {
    // Only characters of four bytes stand elsewhere.
    let long = |text: &str| text.bytes().any(|byte| byte >= 0xf0);
    match a.cmp(b) {
        Ordering::Equal => Ordering::Equal,
        _ if long(a) || long(b) => a.encode_utf16().cmp(b.encode_utf16()),
        order => order,
    }
}

/// What a run adds to each key's postings.
struct Encoded {
    /// In order of key.
    parts: Vec<Part>,
    bytes: Vec<u8>,
    /// Folded word and in how many sections of the run it stands.
    folded: Vec<(String, u32)>,
}

/// One key in one run.
struct Part {
    key: u32,
    first_slot: u32,
    last_slot: u32,
    sections: u32,
    /// The end of its bytes, which begin at the end of the part before. The first slot is not
    /// among them: it depends on the run before.
    end: usize,
}

// An occurrence as one number, in the order in which postings hold them: key, section, position
// and form.
const FORM_BITS: u32 = 6;

/// Bytes that postings take for each occurrence, about.
const BYTES_OF_OCCURRENCE: usize = 4;

impl Run {
    fn encode(self, keys: &Keys) -> Encoded {
        let places: Vec<(u32, u32)> = self.words.iter().map(|word| keys.place(word)).collect();
        let mut sorted: Vec<u64> = Vec::with_capacity(self.occurrences.len());
        for occurrence in &self.occurrences {
            let (key, form) = places[occurrence.word() as usize];
            let at = u64::from(key) << (SECTION_BITS + POSITION_BITS) | occurrence.place();
            sorted.push(at << FORM_BITS | u64::from(form));
        }
        sorted.sort_unstable();
        let bytes = Vec::with_capacity(sorted.len() * BYTES_OF_OCCURRENCE);
        let mut encoded = Encoded { parts: Vec::new(), bytes, folded: self.folded_counts() };
        let key_of = |packed: &u64| (packed >> (SECTION_BITS + POSITION_BITS + FORM_BITS)) as u32;
        for of_key in sorted.chunk_by(|a, b| key_of(a) == key_of(b)) {
            let key = key_of(&of_key[0]);
            let forms = keys.all[key as usize].1.len() as u32;
            self.encode_key(key, forms, of_key, &mut encoded);
        }
        encoded
    }

    fn encode_key(&self, key: u32, forms: u32, occurrences: &[u64], encoded: &mut Encoded) {
        let section_of = |packed: &u64| {
            (packed >> (POSITION_BITS + FORM_BITS)) as u32 & ((1 << SECTION_BITS) - 1)
        };
        let page_of = |packed: &u64| self.sections[section_of(packed) as usize].page;
        let bytes = &mut encoded.bytes;
        let (mut first_slot, mut last_slot, mut sections) = (None, 0, 0);
        for of_page in occurrences.chunk_by(|a, b| page_of(a) == page_of(b)) {
            let page = &self.pages[page_of(&of_page[0]) as usize];
            match first_slot {
                None => first_slot = Some(page.slot),
                Some(_) => push(bytes, page.slot - last_slot),
            }
            last_slot = page.slot;
            push(bytes, page.facet);
            push(bytes, length_step(page.length));
            let mut of_sections =
                of_page.chunk_by(|a, b| section_of(a) == section_of(b)).peekable();
            let mut ordinal = 0;
            while let Some(of_section) = of_sections.next() {
                let section = &self.sections[section_of(&of_section[0]) as usize];
                let more = u32::from(of_sections.peek().is_some());
                push(bytes, 2 * (section.ordinal - ordinal) + more);
                ordinal = section.ordinal;
                sections += 1;
                encode_section(section, forms, of_section, bytes);
            }
        }
        let end = bytes.len();
        let first_slot = first_slot.unwrap_or_default();
        encoded.parts.push(Part { key, first_slot, last_slot, sections, end });
    }

    /// In how many sections each folded word stands.
    fn folded_counts(&self) -> Vec<(String, u32)> {
        let mut counts: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
        for occurrence in &self.occurrences {
            if let Some(folded) = &self.words[occurrence.word() as usize].folded {
                let count = counts.entry(folded).or_insert((u32::MAX, 0));
                if count.0 != occurrence.section() {
                    *count = (occurrence.section(), count.1 + 1);
                }
            }
        }
        let mut counts: Vec<_> = counts.into_iter().map(|(w, (_, n))| (w.to_owned(), n)).collect();
        counts.sort_unstable_by(|a, b| in_scripts(&a.0, &b.0));
        counts
    }
}

fn encode_section(section: &SectionCount, forms: u32, occurrences: &[u64], bytes: &mut Vec<u8>) {
    let position_of = |packed: &u64| (packed >> FORM_BITS) as u32 & ((1 << POSITION_BITS) - 1);
    push(bytes, length_step(section.length));
    let positions = occurrences.iter().map(position_of);
    let heading = positions.clone().filter(|p| *p < section.text).count() as u32;
    let code = positions.filter(|p| *p >= section.code).count() as u32;
    let apart = heading + code > 0;
    push(bytes, 2 * occurrences.len() as u32 + u32::from(apart));
    if apart {
        push(bytes, heading);
        push(bytes, code);
    }
    let mut previous = 0;
    for packed in occurrences {
        let position = position_of(packed);
        let form = *packed as u32 & ((1 << FORM_BITS) - 1);
        push(bytes, forms * (position - previous) + form);
        previous = position;
    }
}

/// The parts of all runs, joined by key.
fn join(keys: Keys, encoded: &[Encoded]) -> Vec<Term> {
    struct Joined {
        bytes: Vec<u8>,
        last_slot: Option<u32>,
        sections: u32,
    }
    let mut sizes = vec![0; keys.all.len()];
    for run in encoded {
        let mut start = 0;
        for part in &run.parts {
            // The first slot takes four more bytes at most.
            sizes[part.key as usize] += part.end - start + 4;
            start = part.end;
        }
    }
    let empty = |size| Joined { bytes: Vec::with_capacity(size), last_slot: None, sections: 0 };
    let mut joined: Vec<Joined> = sizes.into_iter().map(empty).collect();
    for run in encoded {
        let mut start = 0;
        for part in &run.parts {
            let to = &mut joined[part.key as usize];
            push(&mut to.bytes, part.first_slot + 1 - to.last_slot.map_or(0, |slot| slot + 1));
            to.bytes.extend_from_slice(&run.bytes[start..part.end]);
            to.last_slot = Some(part.last_slot);
            to.sections += part.sections;
            start = part.end;
        }
    }
    let terms = keys.all.into_iter().zip(joined);
    terms
        .map(|((key, forms), Joined { bytes, sections, .. })| Term {
            key,
            forms,
            postings: bytes,
            sections,
        })
        .filter(|term| term.sections > 0)
        .collect()
}

/// The folded words of all runs. Those that are numbers of documents are not among them.
fn vocabulary(encoded: &[Encoded]) -> Vec<(String, u32)> {
    let mut all: Vec<&(String, u32)> = encoded.iter().flat_map(|run| &run.folded).collect();
    all.par_sort_unstable_by(|a, b| in_scripts(&a.0, &b.0));
    let same = all.chunk_by(|a, b| a.0 == b.0);
    same.map(|same| (same[0].0.clone(), same.iter().map(|(_, n)| n).sum())).collect()
}
