//! Cards: what leads from a section to its pages.

use super::here::Here;
use super::{Renderer, dates};
use crate::model::*;

impl Renderer {
    /// What an index page lists: folders below, then its pages. The home page lists folders only.
    pub(super) fn section_cards(&self, here: &Here, lang: usize, pair: usize) -> Vec<CardView> {
        let this = &self.site.pairs[pair];
        if !this.id.is_index() {
            return Vec::new();
        }
        let section = &self.site.sections[this.section];
        let folders = section.children.iter().filter_map(|s| self.site.sections[*s].index);
        let is_register = !self.register_pages(pair).is_empty();
        let pages = section.pages.iter().copied().filter(|_| !is_register);
        folders.chain(pages).map(|p| self.card(here, lang, p)).collect()
    }

    /// A page as a card.
    pub(super) fn card(&self, here: &Here, lang: usize, pair: usize) -> CardView {
        let this = &self.site.pairs[pair];
        let strings = self.strings(lang);
        let (version, own) = this.version(lang);
        let kind = match self.kind(pair) {
            "home" => "page",
            kind => kind,
        };
        let pages = &self.site.sections[this.section].pages;
        let is = |page: &usize| self.site.pairs[*page].kind.id();
        let icon = match pages.first().map(is) {
            Some(one)
                if kind == "section" && one != "page" && pages.iter().all(|p| is(p) == one) =>
            {
                one
            }
            _ => kind,
        };
        CardView {
            title: version.meta.title.clone(),
            lang: (!own).then(|| version.lang.to_string()),
            href: here.link_to(&self.site.page_path(pair, lang)),
            description: version.meta.description.clone(),
            kind,
            icon,
            kind_label: strings.get(&format!("kind_{kind}")).to_owned(),
            facts: self.facts(lang, version),
            pages: (kind == "section").then(|| dates::pages(strings, pages.len())),
        }
    }

    fn facts(&self, lang: usize, version: &Version) -> Vec<String> {
        let strings = self.strings(lang);
        match &version.meta.details {
            Details::Talk(talk) => {
                let named = |s: &Speaker| s.name.clone().or_else(|| s.organisation.clone());
                let speakers: Vec<String> = talk.speakers.iter().filter_map(named).collect();
                let minutes =
                    talk.duration.map(|n| strings.format("minutes", &[("n", &n.to_string())]));
                Some(speakers.join(", "))
                    .filter(|s| !s.is_empty())
                    .into_iter()
                    .chain(minutes)
                    .collect()
            }
            Details::Directive(d) => vec![d.number.clone(), dates::date(strings, d.issued).text],
            Details::Guideline(_) | Details::Page => {
                let label = |id: &String| {
                    self.site
                        .config
                        .audience_label(id, self.site.lang(lang))
                        .unwrap_or(id)
                        .to_owned()
                };
                let audience: Vec<String> = version.meta.audience.iter().map(label).collect();
                Some(audience.join(", ")).filter(|s| !s.is_empty()).into_iter().collect()
            }
        }
    }
}
