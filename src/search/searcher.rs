//! Asking an index: what `sotay search` shows, and what tests compare with the script.

use super::analysis::{Analyzer, words};
use super::index::Index;
use super::rank::{Found, rank};
use super::reader::Reader;
use std::collections::HashSet;

/// Answers queries from an index.
pub struct Searcher<'a> {
    reader: Reader<'a>,
    analyzer: Analyzer,
}

/// What to look for besides the words.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options<'a> {
    /// Whether the last word may not be finished.
    pub typing: bool,
    /// Only pages of this kind.
    pub kind: Option<&'a str>,
    /// Only pages for this audience.
    pub audience: Option<&'a str>,
}

/// What came of a query.
#[derive(Clone, Default, Debug)]
pub struct Answer {
    /// Pages, best first.
    pub hits: Vec<Hit>,
    /// Words of the query that no page has.
    pub unknown: Vec<String>,
}

/// A page that answers a query.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its address, without language and extension.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its score, which only compares with others of the same query.
    pub score: f64,
    /// Its one or two best sections, best first.
    pub sections: Vec<SectionHit>,
}

/// A section that answers a query.
#[derive(Clone, Debug)]
pub struct SectionHit {
    /// The id that a link to it has; empty for what stands before the first heading.
    pub id: String,
    /// Its heading; empty likewise.
    pub heading: String,
    /// The line of its text that has most of the query, cut to some 30 words around it.
    pub passage: String,
}

impl<'a> Searcher<'a> {
    /// A searcher of `index`; `None` for one that cannot be read.
    pub fn new(index: &'a Index) -> Option<Searcher<'a>> {
        Some(Searcher { reader: Reader::new(index)?, analyzer: Analyzer::new(&index.lang) })
    }

    /// At most `most` pages that answer `query`, best first.
    pub fn search(&self, query: &str, options: Options<'_>, most: usize) -> Answer {
        let ranked = rank(&self.reader, &self.analyzer, query, options.typing);
        let facets = &self.reader.meta.facets;
        let wanted = |page: &&Found| {
            let Some((kind, audiences)) = facets.get(page.facet as usize) else { return false };
            options.kind.is_none_or(|wanted| kind == wanted)
                && options.audience.is_none_or(|wanted| audiences.iter().any(|a| a == wanted))
        };
        let pages = ranked.pages.iter().filter(wanted).take(most);
        let keys: HashSet<String> =
            words(query).map(|word| self.analyzer.key(&query[word])).collect();
        let hits = pages.filter_map(|page| self.hit(page, &keys));
        Answer { hits: hits.collect(), unknown: ranked.unknown }
    }

    fn hit(&self, page: &Found, keys: &HashSet<String>) -> Option<Hit> {
        let title = self.reader.title(page.slot)?;
        let section = |(ordinal, _): &(u32, f64)| {
            let [id, heading, text, code] = self.reader.text(page.slot, *ordinal, &title)?;
            let lines = text.lines().chain(code.lines());
            let passage = self.passage(lines, keys);
            Some(SectionHit { id, heading, passage })
        };
        let sections = page.sections.iter().filter_map(section).collect();
        Some(Hit { address: title.address, title: title.title, score: page.score, sections })
    }

    /// The line that has most of `keys`, cut to what stands around the first.
    fn passage<'t>(&self, lines: impl Iterator<Item = &'t str>, keys: &HashSet<String>) -> String {
        let mut best = (0, "", 0);
        for line in lines {
            let found: Vec<(usize, String)> = words(line)
                .map(|word| (word.start, self.analyzer.key(&line[word])))
                .filter(|(_, key)| keys.contains(key))
                .collect();
            let distinct = found.iter().map(|(_, key)| key).collect::<HashSet<_>>().len();
            if distinct > best.0 || best.1.is_empty() {
                best = (distinct, line, found.first().map_or(0, |(start, _)| *start));
            }
        }
        cut(best.1, best.2)
    }
}

/// Words before the first match, and in all.
const AROUND: (usize, usize) = (8, 30);

/// Some words of `line` around the place `at`.
fn cut(line: &str, at: usize) -> String {
    let before = line[..at].split_whitespace().count().saturating_sub(AROUND.0);
    let all: Vec<&str> = line.split_whitespace().collect();
    let shown = &all[before.min(all.len())..all.len().min(before + AROUND.1)];
    let (start, end) = (before > 0, before + shown.len() < all.len());
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", mark(start), shown.join(" "), mark(end))
}
