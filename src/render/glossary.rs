//! `L/glossary.html`: the terms of a language from A to Z, each with its twin in the others; and
//! `L/glossary.js`, from which a script explains a term where it stands.

use super::Renderer;
use super::alphabetical::{Letter, by_letter};
use super::here::Here;
use crate::base::{Alphabet, json_in_script};
use crate::diag::Diagnostic;
use crate::model::*;
use serde_json::json;

impl Renderer {
    /// The glossary for readers of the language at `lang`.
    pub(super) fn glossary(&self, lang: usize) -> Result<String, Diagnostic> {
        let site = &self.site;
        let here = Here::file(site.glossary_path(lang));
        let title = self.strings(lang).get("glossary_title").to_owned();
        let view = GlossaryView {
            site: self.site_view(&here, lang, None),
            page: self.listing("glossary", &here, lang, &title),
            letters: self.glossary_letters(&here, lang),
        };
        self.theme.render("glossary.html", site.lang(lang), &view)
    }

    fn glossary_letters(&self, here: &Here, lang: usize) -> Vec<GlossaryLetter> {
        let site = &self.site;
        let alphabet = Alphabet::new(site.lang(lang));
        let terms = site.glossary.terms.iter();
        let mut terms: Vec<(&GlossaryTerm, &TermWords)> =
            terms.filter_map(|term| Some((term, term.words.get(site.lang(lang))?))).collect();
        terms.sort_by(|(a, x), (b, y)| {
            alphabet.compare(&x.term.text, &y.term.text).then_with(|| a.id.cmp(&b.id))
        });
        let letter = |(_, words): &(&GlossaryTerm, &TermWords)| alphabet.letter(&words.term.text);
        let entry = |(term, words)| self.glossary_entry(here, lang, term, words);
        let groups = by_letter(terms, letter).into_iter();
        groups
            .map(|Letter { letter, id, entries }| GlossaryLetter {
                letter,
                id,
                terms: entries.into_iter().map(entry).collect(),
            })
            .collect()
    }

    fn glossary_entry(
        &self,
        here: &Here,
        lang: usize,
        term: &GlossaryTerm,
        words: &TermWords,
    ) -> GlossaryEntry {
        let site = &self.site;
        let others = (0..site.config.languages.len()).filter(|other| *other != lang);
        let twins = others.filter_map(|other| {
            let code = site.lang(other);
            let page = here.link_to(&site.glossary_path(other));
            Some(TwinView {
                lang: code.to_string(),
                label: self.own_name(code),
                term: term.words.get(code)?.term.text.clone(),
                href: format!("{page}#{}", term.id),
            })
        });
        let listed = |phrases: &[Phrase]| {
            let texts: Vec<&str> = phrases.iter().map(|phrase| &*phrase.text).collect();
            self.strings(lang).list(&texts)
        };
        GlossaryEntry {
            id: term.id.clone(),
            term: words.term.text.clone(),
            definition: words.definition.clone(),
            twins: twins.collect(),
            variants: listed(&words.variants),
            forbidden: listed(&words.forbidden),
            source: term.source.get(site.lang(lang)).cloned(),
        }
    }

    /// What a script needs to explain terms: by id, the term, its definition, and its twins.
    pub(super) fn glossary_script(&self, lang: usize) -> String {
        let site = &self.site;
        let mut terms = serde_json::Map::new();
        for term in &site.glossary.terms {
            let Some(words) = term.words.get(site.lang(lang)) else { continue };
            let others = site.config.languages.iter().filter(|code| *code != site.lang(lang));
            let twins = others
                .filter_map(|code| Some(json!([code.as_str(), term.words.get(code)?.term.text])));
            let twins: Vec<serde_json::Value> = twins.collect();
            let entry = json!([words.term.text, words.definition, twins]);
            terms.insert(term.id.clone(), entry);
        }
        format!("sotay.terms({});\n", json_in_script(&terms))
    }
}
