//! `L/search.html`: titles, headings and topics from A to Z, and the register of documents. It is
//! what the search leads to where there is no script, and what it offers where it finds nothing.

use super::{Renderer, here::Here};
use crate::base::Alphabet;
use crate::diag::Diagnostic;
use crate::model::*;
use std::collections::BTreeMap;

/// More entries than this are not listed: a page of so many links is slow on an old machine. Then
/// deeper headings are left out, and at last all of them.
const MOST: usize = 6_000;

/// A text to look for, and a place where it stands.
struct Entry {
    text: String,
    href: String,
    /// The page of a heading.
    page: Option<usize>,
}

/// What begins with one letter.
pub(super) struct Letter<T> {
    /// The letter; `#` for digits and signs.
    pub letter: String,
    /// Id of its heading.
    pub id: String,
    /// What begins with it, in order.
    pub entries: Vec<T>,
}

/// Entries in alphabetical order, under their letters. Digits and signs stand in one place.
pub(super) fn by_letter<T>(
    entries: impl IntoIterator<Item = T>,
    letter_of: impl Fn(&T) -> String,
) -> Vec<Letter<T>> {
    let mut letters: Vec<Letter<T>> = Vec::new();
    for entry in entries {
        let letter = letter_of(&entry);
        match letters.iter_mut().find(|known| known.letter == letter) {
            Some(known) => known.entries.push(entry),
            None => {
                let id = format!("_letter-{}", letters.len() + 1);
                letters.push(Letter { letter, id, entries: vec![entry] });
            }
        }
    }
    letters
}

impl Renderer {
    /// The list of everything that readers of `lang` may look for.
    pub(super) fn alphabetical(&self, lang: usize) -> Result<String, Diagnostic> {
        let here = Here::file(self.site.search_path(lang));
        let title = self.strings(lang).get("search_title").to_owned();
        let mut page = self.listing("search", &here, lang, &title);
        page.letters = self.letters(&here, lang);
        page.register = self.whole_register(&here, lang);
        self.listing_html("search.html", &here, lang, page)
    }

    fn letters(&self, here: &Here, lang: usize) -> Vec<LetterView> {
        let deepest = [3, 2, 1].into_iter().find(|level| self.count(lang, *level) <= MOST);
        let alphabet = Alphabet::new(self.site.lang(lang));
        let mut by_text: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in self.entries(here, lang, deepest.unwrap_or(1)) {
            by_text.entry(entry.text.clone()).or_default().push(entry);
        }
        let mut texts: Vec<(String, Vec<Entry>)> = by_text.into_iter().collect();
        texts.sort_by(|(a, _), (b, _)| alphabet.compare(a, b).then_with(|| a.cmp(b)));
        let letter = |(text, _): &(String, Vec<Entry>)| alphabet.letter(text);
        let entry = |(text, entries)| self.entry(text, entries, lang);
        let groups = by_letter(texts, letter).into_iter();
        groups
            .map(|Letter { letter, id, entries }| LetterView {
                letter,
                id,
                entries: entries.into_iter().map(entry).collect(),
            })
            .collect()
    }

    /// How many entries there are with headings down to `level`.
    fn count(&self, lang: usize, level: u8) -> usize {
        let own = self.site.pairs.iter().filter_map(|pair| pair.versions[lang].as_ref());
        own.map(|v| 1 + v.headings.iter().filter(|h| h.level <= level).count()).sum()
    }

    /// Titles and headings of pages that are written in this language, and its topics.
    fn entries(&self, here: &Here, lang: usize, deepest: u8) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (i, pair) in self.site.pairs.iter().enumerate() {
            let Some(version) = &pair.versions[lang] else { continue };
            let href = here.link_to(&self.site.page_path(i, lang));
            entries.extend(version.headings.iter().filter(|h| h.level <= deepest).map(|h| Entry {
                text: h.text.clone(),
                href: format!("{href}#{}", h.id),
                page: Some(i),
            }));
            entries.push(Entry { text: version.meta.title.clone(), href, page: None });
        }
        let glossary = here.link_to(&self.site.glossary_path(lang));
        for term in &self.site.glossary.terms {
            let Some(words) = term.words.get(self.site.lang(lang)) else { continue };
            let href = format!("{glossary}#{}", term.id);
            entries.push(Entry { text: words.term.text.clone(), href, page: None });
        }
        for (term, _) in self.all_terms(Taxonomy::Tags) {
            let path = self.site.term_path(Taxonomy::Tags, Some(&term), lang);
            let text = self.term_label(Taxonomy::Tags, &term, lang);
            entries.push(Entry { text, href: here.link_to(&path), page: None });
        }
        entries
    }

    fn entry(&self, text: String, mut entries: Vec<Entry>, lang: usize) -> EntryView {
        let title = |page: usize| self.site.pairs[page].version(lang).0.meta.title.clone();
        if entries.len() == 1
            && let Some(Entry { href, page, .. }) = entries.pop()
        {
            return EntryView { text, href: Some(href), page: page.map(title), places: Vec::new() };
        }
        let place = |Entry { text, href, page }: Entry| NavLink {
            title: page.map_or(text, title),
            lang: None,
            href,
            current: false,
        };
        EntryView { text, href: None, page: None, places: entries.into_iter().map(place).collect() }
    }
}
