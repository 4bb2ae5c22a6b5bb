//! How translations stand: the notice at the head of a page, and the page that shows editors all
//! of them at a glance.

use super::here::Here;
use super::page::language_name;
use super::{Renderer, dates};
use crate::diag::Diagnostic;
use crate::model::*;

impl Renderer {
    /// What a reader of a translation should know of it, before reading.
    pub(super) fn translation(
        &self,
        here: &Here,
        pair: usize,
        lang: usize,
    ) -> Option<TranslationView> {
        let site = &self.site;
        let freshness = site.staleness(pair, lang)?;
        let strings = self.strings(lang);
        let source = site.pairs[pair].fallback;
        let language = language_name(strings, &site.config, site.lang(source));
        let all = freshness.of_source().to_string();
        let sentence = |state: State, key: &str| {
            let n = freshness.count(state);
            let key = match n {
                0 => return None,
                1 => format!("{key}_one"),
                _ => format!("{key}_other"),
            };
            let n = n.to_string();
            Some(strings.format(&key, &[("n", &n), ("all", &all), ("language", &language)]))
        };
        let changed = sentence(State::SourceChanged, "translation_changed");
        let updated = site.pairs[pair].source_version().meta.updated;
        let updated = updated.filter(|_| changed.is_some()).map(|date| {
            let date = dates::date(strings, date).text;
            strings.format("translation_updated", &[("date", &date), ("language", &language)])
        });
        let sentences: Vec<String> = [
            changed,
            updated,
            sentence(State::MissingSection, "translation_untranslated"),
            sentence(State::Unreviewed, "translation_unreviewed"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let title =
            match (freshness.count(State::SourceChanged), freshness.count(State::MissingSection)) {
                (0, 0) => "translation_title_unreviewed",
                (0, _) => "translation_title_unfinished",
                _ => "translation_title_changed",
            };
        (!sentences.is_empty()).then(|| TranslationView {
            title: strings.get(title).to_owned(),
            sentences,
            href: here.link_to(&site.page_path(pair, source)),
            link: strings.format("translation_source", &[("language", &language)]),
            lang: site.lang(source).to_string(),
        })
    }

    /// The page for editors.
    pub(super) fn freshness(&self, lang: usize) -> Result<String, Diagnostic> {
        let site = &self.site;
        let here = Here::file(site.freshness_path(lang));
        let title = self.strings(lang).get("freshness_title").to_owned();
        let languages = (0..site.config.languages.len())
            .map(|into| self.language_freshness(&here, into, lang))
            .filter(|language| language.total > 0);
        let view = FreshnessView {
            site: self.site_view(&here, lang, None),
            page: self.listing("freshness", &here, lang, &title),
            states: State::ALL.map(|state| self.state_view(state, lang)).into(),
            is_recorded: site.lock.is_some(),
            languages: languages.collect(),
        };
        self.theme.render("freshness.html", site.lang(lang), &view)
    }

    /// How translations into the language at `into` stand, in the words of that at `lang`.
    fn language_freshness(&self, here: &Here, into: usize, lang: usize) -> LanguageFreshness {
        let site = &self.site;
        let of_pair = |pair| Some((pair, site.freshness(pair, into)?));
        let all: Vec<(usize, Freshness)> = (0..site.pairs.len()).filter_map(of_pair).collect();
        let count = |state| all.iter().map(|(_, freshness)| freshness.count(state)).sum::<usize>();
        let total: usize = all.iter().map(|(_, freshness)| freshness.of_source()).sum();
        let current = count(State::Current);
        let (n, of) = (current.to_string(), total.to_string());
        let summary = self.strings(lang).format("freshness_summary", &[("n", &n), ("all", &of)]);
        LanguageFreshness {
            lang: site.lang(into).to_string(),
            label: self.own_name(site.lang(into)),
            summary,
            current,
            total,
            counts: self.counted(count, lang),
            pages: all
                .iter()
                .map(|(pair, freshness)| self.page_freshness(here, *pair, freshness, into, lang))
                .collect(),
        }
    }

    fn page_freshness(
        &self,
        here: &Here,
        pair: usize,
        freshness: &Freshness,
        into: usize,
        lang: usize,
    ) -> PageFreshness {
        let site = &self.site;
        let (version, _) = site.pairs[pair].version(into);
        let href = here.link_to(&site.page_path(pair, into));
        // In the reader's own language where that shows the same two.
        let shows = |l: usize| site.bilingual_languages(pair, l).is_some_and(|(_, to)| to == into);
        let beside = site.bilingual_path(pair, if shows(lang) { lang } else { into });
        let beside = site.routes.contains_key(&beside).then(|| here.link_to(&beside));
        let cell = |section: &SectionState| {
            let page = beside.as_ref().unwrap_or(&href);
            let is_there = match &beside {
                Some(_) => self.has_row(pair, &section.id),
                // A section that is not there in this edition has no place either.
                None => version.headings.iter().any(|heading| heading.id == section.id),
            };
            let href = match is_there {
                true => format!("{page}#{}", section.id),
                false => page.clone(),
            };
            let state = self.state_view(section.state, lang);
            let of = match section.state {
                State::ExtraSection => into,
                _ => site.pairs[pair].fallback,
            };
            let lang = (of != lang).then(|| site.lang(of).to_string());
            CellFreshness { state, heading: section.heading.clone(), lang, href }
        };
        PageFreshness {
            title: version.meta.title.clone(),
            lang: (version.lang != *site.lang(lang)).then(|| version.lang.to_string()),
            cells: freshness.sections.iter().map(cell).collect(),
            words: self.counted(|state| freshness.count(state), lang),
            href,
        }
    }

    /// States that anything is in, but for current, each with how often.
    fn counted(&self, count: impl Fn(State) -> usize, lang: usize) -> Vec<(usize, StateView)> {
        let states = State::ALL.into_iter().filter(|state| *state != State::Current);
        let counted = states.map(|state| (count(state), state)).filter(|(n, _)| *n > 0);
        counted.map(|(n, state)| (n, self.state_view(state, lang))).collect()
    }
}
