//! From a query to pages in order: the ranking of the script in readers' browsers
//! (`page-js/search/40-engine.js`), step by step, so that both add the same numbers in the same
//! order.
//!
//! Sections are scored by BM25F: words in headings count more and in code less, within one
//! frequency. Adjacent words of the query that are adjacent in a section count again, by the same
//! formula; most Vietnamese words are two syllables, so this finds words where there are none to
//! see. A page's score is that of its best section and a part of its own as a whole.

use super::analysis::Analyzer;
use super::decode::{PagePostings, Pair, Sections, Term, near, pair, phrase};
use super::postings::in_scripts;
use super::query::{Query, QueryWord};
use super::reader::{Meta, Reader};
use super::rules::{RULES, Ranking};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A page that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub slot: u32,
    pub score: f64,
    /// Position in the index's table of kinds and audiences.
    pub facet: u32,
    /// One or two, best first: ordinal and score.
    pub sections: Vec<(u32, f64)>,
}

/// What came of a query.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    pub pages: Vec<Found>,
    /// Words that no page has, as typed.
    pub unknown: Vec<String>,
}

/// What may stand for a word of the query.
struct Alternative {
    term: Arc<Term>,
    weight: f64,
    /// Forms that count more.
    wanted: Option<BTreeSet<u32>>,
    /// Whether it is something else than the word itself.
    guess: bool,
}

/// The pages of an index that answer `text`.
pub(super) fn rank(reader: &Reader<'_>, analyzer: &Analyzer, text: &str, typing: bool) -> Ranked {
    let query = Query::parse(text, analyzer, typing);
    if query.words.is_empty() {
        return Ranked::default();
    }
    let common: HashSet<&str> = reader.meta.common.split(' ').filter(|k| !k.is_empty()).collect();
    let in_phrase = |i: usize| query.phrases.iter().any(|phrase| phrase.contains(&i));
    let is_common = |i: usize| common.contains(&*query.words[i].reading.key) && !in_phrase(i);
    let ranker = Ranker { reader, analyzer, ranking: &RULES.ranking };
    let find = |all: bool| -> Vec<Vec<Alternative>> {
        let words = query.words.iter().enumerate();
        words.map(|(i, word)| ranker.alternatives(word, !all && is_common(i))).collect()
    };
    let mut found = find(false);
    // Where nothing else is known, common words will do.
    if found.iter().all(Vec::is_empty) {
        found = find(true);
    }
    ranker.discount(&query.words, &mut found);
    let wholes: Vec<Arc<Term>> = query.wholes.iter().filter_map(|key| reader.term(key)).collect();
    let total = ranker.score(&query.words, &found, &wholes);
    let phrases = query.phrases.iter().map(|of| ranker.phrase(&query.words[of.clone()]));
    let phrases: Vec<Sections> = phrases.collect();
    let nots: Vec<Sections> = query.nots.iter().map(|words| ranker.phrase(words)).collect();
    let unknown = query.words.iter().enumerate();
    let unknown = unknown.filter(|(i, _)| found[*i].is_empty() && !is_common(*i));
    Ranked {
        unknown: unknown.map(|(_, word)| word.word.clone()).collect(),
        pages: ranker.order(total, &phrases, &nots),
    }
}

fn round(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// BM25's weight of a term that stands in `sections` of `all`.
fn rarity(sections: u32, all: u32) -> f64 {
    let (sections, all) = (f64::from(sections), f64::from(all));
    round((1.0 + (all - sections + 0.5) / (sections + 0.5)).ln().powf(RULES.ranking.rarity))
}

fn bm25(frequency: f64, length: u32, average: f64, k1: f64, b: f64) -> f64 {
    (frequency * (k1 + 1.0)) / (frequency + k1 * (1.0 - b + (b * f64::from(length)) / average))
}

/// Scores of sections, by slot and ordinal, and of pages.
#[derive(Default)]
struct Total {
    sections: BTreeMap<(u32, u32), f64>,
    pages: HashMap<u32, f64>,
    facets: HashMap<u32, u32>,
}

/// Postings with the weight that they have.
struct Weighed<'a> {
    pages: &'a [PagePostings],
    sections: u32,
    weight: f64,
    wanted: Option<&'a BTreeSet<u32>>,
}

impl<'a> Weighed<'a> {
    fn term(term: &'a Term, weight: f64) -> Weighed<'a> {
        Weighed { pages: &term.pages, sections: term.sections, weight, wanted: None }
    }

    fn pair(pair: &'a Pair, weight: f64) -> Weighed<'a> {
        Weighed { pages: &pair.pages, sections: pair.sections, weight, wanted: None }
    }
}

impl Total {
    /// Adds what one word of the query, or one pair, contributes: of its alternatives the best.
    fn add(&mut self, alternatives: &[Weighed<'_>], meta: &Meta, k1: f64, b: f64) {
        let averages = meta.lengths.map(|length| f64::from(length) / 100.0);
        let mut best: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        let mut of_pages: HashMap<u32, f64> = HashMap::new();
        for Weighed { pages, sections, weight, wanted } in alternatives {
            let idf = rarity(*sections, meta.sections) * weight;
            for page in *pages {
                let (mut total, mut as_typed) = (0.0, false);
                for section in &page.sections {
                    let often = section.frequency();
                    total += often;
                    let exact = wanted
                        .is_some_and(|w| section.places.iter().any(|(_, form)| w.contains(form)));
                    as_typed |= exact;
                    let score =
                        idf * bm25(often, section.length, averages[0], k1, b) * typed(exact);
                    raise(best.entry((page.slot, section.ordinal)).or_default(), score);
                }
                self.facets.insert(page.slot, page.facet);
                let score = idf * bm25(total, page.length, averages[1], k1, b) * typed(as_typed);
                raise(of_pages.entry(page.slot).or_default(), score);
            }
        }
        best.into_iter().for_each(|(at, score)| *self.sections.entry(at).or_default() += score);
        of_pages.into_iter().for_each(|(at, score)| *self.pages.entry(at).or_default() += score);
    }
}

fn typed(exact: bool) -> f64 {
    if exact { 1.0 + RULES.ranking.exact } else { 1.0 }
}

fn raise(best: &mut f64, score: f64) {
    if score > *best {
        *best = score;
    }
}

struct Ranker<'a> {
    reader: &'a Reader<'a>,
    analyzer: &'a Analyzer,
    ranking: &'static Ranking,
}

impl Ranker<'_> {
    /// What may stand for a word; for one that is `skipped` only what begins as it does.
    fn alternatives(&self, word: &QueryWord, skipped: bool) -> Vec<Alternative> {
        let own = if skipped { None } else { self.reader.term(&word.reading.key) };
        let begun = if word.begins { self.beginning(word) } else { Vec::new() };
        let mut all = Vec::new();
        if let Some(term) = own {
            self.as_typed(term, word, &mut all);
        } else if begun.is_empty() && !skipped {
            return self.resembling(word);
        }
        all.extend(begun);
        all
    }

    /// A word with the marks that were typed, and with any others for less.
    fn as_typed(&self, term: Arc<Term>, word: &QueryWord, all: &mut Vec<Alternative>) {
        let form = form_of(&term, &word.reading.form);
        let wanted = self.analyzer.stems().then(|| form.into_iter().collect());
        let guess = false;
        let mut weight = 1.0;
        if let Some(form) = form.filter(|_| word.marked && term.forms.len() > 1) {
            let only = Arc::new(term.only(form));
            all.push(Alternative { term: only, weight, wanted: None, guess });
            weight = self.ranking.unmarked;
        }
        all.push(Alternative { term, weight, wanted, guess });
    }

    /// Terms that begin as the last word does.
    fn beginning(&self, word: &QueryWord) -> Vec<Alternative> {
        let folded = &word.reading.folded;
        let stems = self.analyzer.stems();
        let first: String = match stems {
            true => {
                let letters = folded.chars().count();
                folded.chars().take(letters.saturating_sub(4).max(2)).collect()
            }
            false => folded.clone(),
        };
        let fits = |term: &Term| {
            let by_form = || stems && term.forms.iter().any(|form| form.starts_with(folded));
            term.key != word.reading.key
                && !term.key.contains('/')
                && (term.key.starts_with(folded) || by_form())
        };
        let terms = self.reader.range(&first, folded, self.ranking.kilobytes);
        let mut found: Vec<(Arc<Term>, BTreeSet<u32>)> = terms
            .into_iter()
            .filter(|term| fits(term))
            .map(|term| {
                let forms = begun_forms(&term, &word.reading.form);
                (term, forms)
            })
            .collect();
        if word.marked && found.iter().any(|(_, forms)| !forms.is_empty()) {
            found.retain(|(_, forms)| !forms.is_empty());
        }
        found
            .sort_by(|(a, _), (b, _)| b.size.cmp(&a.size).then_with(|| in_scripts(&a.key, &b.key)));
        found.truncate(self.ranking.alternatives);
        let weight = self.ranking.prefix;
        let alternative = |(term, forms): (Arc<Term>, _)| Alternative {
            term,
            weight,
            wanted: word.marked.then_some(forms),
            guess: true,
        };
        found.into_iter().map(alternative).collect()
    }

    /// Terms that a word nobody wrote may be meant for.
    fn resembling(&self, word: &QueryWord) -> Vec<Alternative> {
        let folded = &word.reading.folded;
        let long = folded.encode_utf16().count() > 2;
        if !long || folded.contains(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let mut near = self.reader.vocabulary(folded, self.ranking.vocabulary);
        near.retain(|(other, _)| is_near(folded, other));
        near.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| in_scripts(&a.0, &b.0)));
        near.truncate(self.ranking.alternatives);
        let mut seen = HashSet::new();
        let keys = near.iter().map(|(other, _)| self.analyzer.key(other));
        let terms =
            keys.filter(|key| seen.insert(key.clone())).filter_map(|key| self.reader.term(&key));
        let weight = self.ranking.typo;
        terms.map(|term| Alternative { term, weight, wanted: None, guess: true }).collect()
    }

    /// A guess that never stands beside its neighbour counts less.
    fn discount(&self, words: &[QueryWord], all: &mut [Vec<Alternative>]) {
        for i in 0..all.len() {
            let sure = |n: usize| all[n].iter().any(|one| !one.guess);
            let before = (i > 0 && words[i].follows && sure(i - 1)).then(|| i - 1);
            let after = (i + 1 < all.len() && words[i + 1].follows && sure(i + 1)).then_some(i + 1);
            let guesses = all[i].iter().filter(|one| one.guess).count();
            if (before.is_none() && after.is_none()) || guesses < 2 {
                continue;
            }
            let known = |guess: &Alternative| {
                let of =
                    |n: Option<usize>| n.into_iter().flat_map(|n| &all[n]).filter(|o| !o.guess);
                of(before).any(|one| pair(&one.term, &guess.term).sections > 0)
                    || of(after).any(|one| pair(&guess.term, &one.term).sections > 0)
            };
            let known: Vec<bool> = all[i].iter().map(|one| !one.guess || known(one)).collect();
            for (one, known) in all[i].iter_mut().zip(known) {
                one.weight *= if known { 1.0 } else { self.ranking.unpaired };
            }
        }
    }

    fn score(&self, words: &[QueryWord], all: &[Vec<Alternative>], wholes: &[Arc<Term>]) -> Total {
        let (meta, ranking) = (&self.reader.meta, self.ranking);
        let mut total = Total::default();
        for of in all {
            let of: Vec<Weighed<'_>> = of.iter().map(Alternative::weighed).collect();
            total.add(&of, meta, ranking.k1, ranking.b);
        }
        for term in wholes {
            total.add(&[Weighed::term(term, 1.0)], meta, ranking.k1, ranking.b);
        }
        let language = self.analyzer.language();
        let weight = language.pairs.unwrap_or(ranking.pairs);
        let stops = |word: &QueryWord| language.stop.contains(&word.reading.folded);
        for i in 1..words.len() {
            if let (Some(before), Some(own)) = (all[i - 1].first(), all[i].first())
                && language.near > 0.0
                && words[i].follows
                && !before.guess
                && !own.guess
            {
                let near = near(&before.term, &own.term);
                let of = Weighed::pair(&near, language.near);
                total.add(&[of], meta, ranking.pair_k1, ranking.pair_b);
            }
            if !words[i].follows || stops(&words[i]) || stops(&words[i - 1]) {
                continue;
            }
            let both = all[i - 1].iter().flat_map(|a| all[i].iter().map(move |b| (a, b)));
            let pairs: Vec<(Pair, f64)> =
                both.map(|(a, b)| (pair(&a.term, &b.term), weight * a.weight * b.weight)).collect();
            let of: Vec<Weighed<'_>> =
                pairs.iter().map(|(pair, weight)| Weighed::pair(pair, *weight)).collect();
            total.add(&of, meta, ranking.pair_k1, ranking.pair_b);
        }
        total
    }

    /// Sections that have a phrase: all of it with its marks, if any is typed.
    fn phrase(&self, words: &[QueryWord]) -> Sections {
        let terms: Option<Vec<Arc<Term>>> =
            words.iter().map(|word| self.reader.term(&word.reading.key)).collect();
        let Some(terms) = terms else { return Sections::new() };
        let strict = self.analyzer.stems() || words.iter().any(|word| word.marked);
        let wanted: Vec<Option<Option<u32>>> = terms
            .iter()
            .zip(words)
            .map(|(term, word)| strict.then(|| form_of(term, &word.reading.form)))
            .collect();
        let terms: Vec<&Term> = terms.iter().map(|term| &**term).collect();
        phrase(&terms, &wanted)
    }

    /// Pages in order, from what their sections scored.
    fn order(&self, total: Total, phrases: &[Sections], nots: &[Sections]) -> Vec<Found> {
        let mut best: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
        for ((slot, ordinal), score) in total.sections {
            let has = |of: &Sections| of.get(&slot).is_some_and(|all| all.contains(&ordinal));
            if phrases.iter().all(has) && !nots.iter().any(|of| of.contains_key(&slot)) {
                best.entry(slot).or_default().push((ordinal, round(score)));
            }
        }
        let page = |(slot, mut sections): (u32, Vec<(u32, f64)>)| {
            sections.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let first = sections[0].1;
            sections.truncate(2);
            sections.retain(|(_, score)| *score >= first * self.ranking.second_section);
            let of_page = total.pages.get(&slot).copied().unwrap_or_default();
            let score = round(first + self.ranking.page * of_page);
            let facet = total.facets.get(&slot).copied().unwrap_or_default();
            Found { slot, score, facet, sections }
        };
        let mut pages: Vec<Found> = best.into_iter().map(page).collect();
        pages.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.slot.cmp(&b.slot)));
        let most = pages.first().map_or(0.0, |page| page.score);
        pages.retain(|page| page.score >= most * self.ranking.least);
        pages
    }
}

impl Alternative {
    fn weighed(&self) -> Weighed<'_> {
        Weighed { wanted: self.wanted.as_ref(), ..Weighed::term(&self.term, self.weight) }
    }
}

/// The number of a form among those of a term.
fn form_of(term: &Term, form: &str) -> Option<u32> {
    term.forms.iter().position(|f| f == form).map(|i| i as u32)
}

/// Forms that begin as typed: with the same letters, and the same tone if there is one.
fn begun_forms(term: &Term, form: &str) -> BTreeSet<u32> {
    let toned = form.ends_with(|c: char| c.is_ascii_digit());
    let (start, tone) = form.split_at(form.len() - usize::from(toned));
    let fits = |other: &String| other.starts_with(start) && other.ends_with(tone);
    let numbered = (0..).zip(&term.forms).filter(|(_, other)| fits(other));
    numbered.map(|(i, _)| i).collect()
}

/// Whether two words are one edit apart; a swap of neighbours is one.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (mut i, mut j) = (a.len(), b.len());
    while i > start && j > start && a[i - 1] == b[j - 1] {
        (i, j) = (i - 1, j - 1);
    }
    let (i, j) = (i - start, j - start);
    let swapped = || a[start] == b[start + 1] && a[start + 1] == b[start];
    (i <= 1 && j <= 1) || (i == 2 && j == 2 && swapped())
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_edit_is_near() {
        for (a, b) in
            [("nheiu", "nhieu"), ("mat", "at"), ("mat", "maat"), ("mat", "mot"), ("ab", "ba")]
        {
            assert!(is_near(a, b) && is_near(b, a), "{a} {b}");
        }
        for (a, b) in
            [("mat", "mat"), ("mat", "tam"), ("abcd", "badc"), ("mat", "m"), ("abc", "cab")]
        {
            assert!(!is_near(a, b), "{a} {b}");
        }
    }
}
