//! The index of one language: what is known of each page, which words stand where, and the texts
//! that results quote, as files for a browser.

use super::files::{self, File, Item, Listed, base_36};
use super::numbers::push;
use super::postings::{self, Postings};
use super::rules::RULES;
use super::slots::slots;
use super::source::{self, Source};
use crate::base::Lang;
use crate::model::*;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The words for kinds of pages in one language, which the theme has: `talk`, "Bài giảng".
pub type KindLabels = BTreeMap<Kind, String>;

/// A search index of one language: files that scripts in a browser load, and [`super::Searcher`]
/// reads.
#[derive(Debug)]
pub struct Index {
    /// Its language.
    pub lang: Lang,
    files: BTreeMap<String, Arc<[u8]>>,
}

/// The file that is loaded first.
pub const META: &str = "meta";

impl Index {
    /// The index of what `site` says in the language at `lang`. Pages without a text in it are not
    /// in it.
    pub fn build(site: &Site, lang: usize, kinds: &KindLabels) -> Index {
        let (slots, slot_count) = slots(site);
        let facets = Facets::of(site);
        let read = |(pair, slot): (&Pair, u32)| {
            let version = pair.versions[lang].as_ref()?;
            Some(Source {
                slot,
                address: pair.id.to_string(),
                title: version.meta.title.clone(),
                facet: facets.of_pair(pair),
                sections: source::sections(site, pair, version, lang),
            })
        };
        let mut sources: Vec<Source> = site.pairs.par_iter().zip(slots).filter_map(read).collect();
        sources.par_sort_unstable_by_key(|source| source.slot);
        let tag = site.lang(lang);
        let counted = postings::count(tag, &sources);
        let texts = Texts::of(tag, &sources, slot_count);
        let titles = Titles::of(tag, &sources, &texts, slot_count);
        let words = files::postings(tag, &counted.terms);
        let vocabulary = files::vocabulary(tag, &counted.vocabulary);
        let meta = Meta {
            sections: counted.sections.0,
            pages: counted.pages,
            lengths: average_lengths(&counted),
            widths: [titles.width, texts.width],
            facets: facets.for_scripts(),
            kinds: kinds.iter().map(|(kind, label)| (kind.id(), &**label)).collect(),
            audiences: audience_labels(site, tag),
            folders: folder_titles(site, lang),
            common: common(&counted).join(" "),
            p: [&words.first, &words.checks, &words.sizes],
            v: [&vocabulary.first, &vocabulary.checks, &vocabulary.sizes],
            t: titles.listed(),
        };
        let size = meta.common.len() + words.first.len() + vocabulary.first.len();
        let mut files = BTreeMap::from([(META.to_owned(), files::script(tag, META, size, &meta))]);
        let Listed { files: words, .. } = words;
        files.extend(words.into_iter().chain(vocabulary.files).chain(titles.files));
        files.extend(texts.files);
        Index { lang: tag.clone(), files }
    }

    /// Its files by name, without folder and extension, in order of name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(name, bytes)| (&**name, bytes))
    }

    /// The file called `name`.
    pub fn file(&self, name: &str) -> Option<&Arc<[u8]>> {
        self.files.get(name)
    }
}

/// The first file, as scripts read it.
#[derive(serde::Serialize)]
struct Meta<'a> {
    sections: u32,
    pages: u32,
    /// Average words of a section and of a page, times 100.
    lengths: [u32; 2],
    /// Slots of one file of titles and of one group of texts.
    widths: [u32; 2],
    /// Kind and audiences.
    facets: Vec<(&'static str, Vec<String>)>,
    kinds: BTreeMap<&'static str, &'a str>,
    audiences: BTreeMap<&'a str, &'a str>,
    /// Titles of folders.
    folders: BTreeMap<&'a str, &'a str>,
    /// Keys that stand in so many sections that they are not looked for.
    common: String,
    /// Files of postings: first keys, checks, sizes.
    p: [&'a str; 3],
    /// Files of the vocabulary, likewise.
    v: [&'a str; 3],
    t: ListedTitles<'a>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum ListedTitles<'a> {
    /// Few: here.
    Here(&'a [Item<'a>]),
    /// In files: their numbers in base 36, and checks.
    Files([&'a str; 2]),
}

fn average_lengths(counted: &Postings) -> [u32; 2] {
    let (sections, words) = counted.sections;
    let average = |count: u32| (words * 100 / u64::from(count.max(1))).max(100) as u32;
    [average(sections), average(counted.pages)]
}

/// Keys that stand in more sections than the ranking allows, in order.
fn common(counted: &Postings) -> Vec<&str> {
    let limit = f64::from(counted.sections.0) * RULES.ranking.common;
    let common = counted.terms.iter().filter(|term| f64::from(term.sections) > limit);
    common.map(|term| &*term.key).collect()
}

fn audience_labels<'a>(site: &'a Site, lang: &Lang) -> BTreeMap<&'a str, &'a str> {
    let label = |id: &'a String| Some((&**id, site.config.audience_label(id, lang)?));
    site.config.audiences.iter().filter_map(|(id, _)| label(id)).collect()
}

fn folder_titles(site: &Site, lang: usize) -> BTreeMap<&str, &str> {
    let sections = site.sections.iter().filter(|s| !s.folder.is_empty());
    sections
        .filter_map(|s| Some((&*s.folder, &*site.pairs[s.index?].version(lang).0.meta.title)))
        .collect()
}

/// Every kind and set of audiences that pages have.
struct Facets(Vec<(Kind, Vec<String>)>);

impl Facets {
    fn of(site: &Site) -> Facets {
        let all: BTreeSet<_> = site.pairs.iter().map(facet).collect();
        Facets(all.into_iter().collect())
    }

    fn of_pair(&self, pair: &Pair) -> u32 {
        // Every pair was looked at.
        self.0.binary_search(&facet(pair)).unwrap_or_default() as u32
    }

    fn for_scripts(&self) -> Vec<(&'static str, Vec<String>)> {
        self.0.iter().map(|(kind, audiences)| (kind.id(), audiences.clone())).collect()
    }
}

fn facet(pair: &Pair) -> (Kind, Vec<String>) {
    (pair.kind, pair.source_version().meta.audience.clone())
}

/// The texts that results quote, in files of neighbouring slots.
struct Texts {
    width: u32,
    files: Vec<File>,
    /// For each page, in order of slot: number of the file in its group, first section, check.
    pieces: Vec<Vec<(u32, u32, u32)>>,
}

impl Texts {
    fn of(lang: &Lang, sources: &[Source], slot_count: u32) -> Texts {
        let size = |s: &source::SourceSection| s.text.len() + s.code.len() + s.heading.len() + 24;
        let total: usize = sources.iter().flat_map(|s| &s.sections).map(size).sum();
        // Many small files are quick to load and slow to write.
        let target = match total {
            0..6_000_000 => 2_000,
            6_000_000..12_000_000 => 4_000,
            _ => 8_000,
        };
        let width = width(target, total, slot_count);
        let groups: Vec<&[Source]> =
            sources.chunk_by(|a, b| a.slot / width == b.slot / width).collect();
        let written = groups.par_iter().map(|group| texts(lang, group, width, target));
        let (files, pieces): (Vec<Vec<File>>, Vec<_>) = written.unzip();
        let (files, pieces) = (files.into_iter().flatten(), pieces.into_iter().flatten());
        Texts { width, files: files.collect(), pieces: pieces.collect() }
    }
}

/// So many slots, a power of two, that their part of `total` bytes comes near `target`.
fn width(target: usize, total: usize, slot_count: u32) -> u32 {
    let wanted = (target * slot_count as usize / total.max(1)).clamp(1, slot_count as usize);
    1 << wanted.ilog2()
}

/// For each page: number of the file in its group, first section, check.
type Pieces = Vec<Vec<(u32, u32, u32)>>;

/// The texts of some pages: files that hold `target` bytes or little more, cut between sections.
fn texts(lang: &Lang, group: &[Source], width: u32, target: usize) -> (Vec<File>, Pieces) {
    let name = |piece: usize| match (base_36(group[0].slot / width), piece) {
        (group, 0) => format!("x-{group}"),
        (group, piece) => format!("x-{group}-{}", base_36(piece as u32)),
    };
    let mut begun: Vec<Vec<Item<'_>>> = vec![Vec::new()];
    let mut pieces: Pieces = Vec::new();
    let mut size = 0;
    for page in group {
        let mut of_page = Vec::new();
        for (section, ordinal) in page.sections.iter().zip(0..) {
            if size >= target {
                begun.push(Vec::new());
                size = 0;
            }
            let piece = begun.len() - 1;
            if of_page.last().is_none_or(|(last, _, _)| *last != piece as u32) {
                of_page.push((piece as u32, ordinal, 0));
            }
            size += section.text.len() + section.code.len() + section.heading.len() + 24;
            begun[piece].extend([Item::Number(page.slot), Item::Number(ordinal)]);
            let heading = if ordinal == 0 { "" } else { &*section.heading };
            let texts: [&str; 4] =
                [&section.id, heading, section.text.trim_end(), section.code.trim_end()];
            begun[piece].extend(texts.map(Item::text));
        }
        pieces.push(of_page);
    }
    let mut files = Vec::new();
    for (number, items) in begun.iter().enumerate() {
        let (file, check) = files::file(lang, &name(number), items);
        files.push(file);
        let check = u32::from_be_bytes([0, 0, check[0], check[1]]);
        let of_file = pieces.iter_mut().flatten().filter(|p| p.0 as usize == number);
        of_file.for_each(|piece| piece.2 = check);
    }
    (files, pieces)
}

/// What results call pages.
struct Titles<'a> {
    width: u32,
    here: Vec<Item<'a>>,
    files: Vec<File>,
    groups: String,
    checks: String,
}

/// Titles of this many bytes stand in the first file, so that results need one round trip less.
const HERE: usize = 12_000;

impl<'a> Titles<'a> {
    fn of(lang: &Lang, sources: &'a [Source], texts: &Texts, slot_count: u32) -> Titles<'a> {
        let size = |s: &Source| s.title.len() + s.address.len() + 20;
        let total = sources.iter().map(size).sum();
        let width = width(2_000, total, slot_count);
        let pages: Vec<_> = sources.iter().zip(&texts.pieces).collect();
        let mut titles = Titles {
            width,
            here: Vec::new(),
            files: Vec::new(),
            groups: String::new(),
            checks: String::new(),
        };
        if total <= HERE {
            let items = pages.iter().flat_map(|(source, pieces)| title(source, pieces));
            titles.here = items.collect();
            return titles;
        }
        for group in pages.chunk_by(|a, b| a.0.slot / width == b.0.slot / width) {
            let number = base_36(group[0].0.slot / width);
            let items: Vec<Item<'_>> =
                group.iter().flat_map(|(source, pieces)| title(source, pieces)).collect();
            let (file, check) = files::file(lang, &format!("t-{number}"), &items);
            titles.files.push(file);
            titles.groups.push_str(if titles.groups.is_empty() { "" } else { " " });
            titles.groups.push_str(&number);
            titles.checks.extend(check.map(char::from));
        }
        titles
    }

    fn listed(&self) -> ListedTitles<'_> {
        match self.files.is_empty() {
            true => ListedTitles::Here(&self.here),
            false => ListedTitles::Files([&self.groups, &self.checks]),
        }
    }
}

/// Slot, address, title, and where its texts stand.
fn title<'a>(source: &'a Source, pieces: &[(u32, u32, u32)]) -> [Item<'a>; 4] {
    let mut places = Vec::new();
    for (piece, first, check) in pieces {
        [*piece, *first, *check].into_iter().for_each(|n| push(&mut places, n));
    }
    [
        Item::Number(source.slot),
        Item::text(&*source.address),
        Item::text(&*source.title),
        Item::text(String::from_utf8_lossy(&places).into_owned()),
    ]
}
