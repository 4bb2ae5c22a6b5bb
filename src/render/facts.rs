//! What stands in the box at the head of a talk, a guideline or a directive.

use super::here::Here;
use super::html::media::file_info;
use super::theme::Strings;
use super::{Renderer, dates, navigation};
use crate::base::Lang;
use crate::model::*;

impl Renderer {
    pub(super) fn talk(
        &self,
        here: &Here,
        lang: usize,
        version: &Version,
        pair: usize,
    ) -> Option<TalkView> {
        let Details::Talk(talk) = &version.meta.details else { return None };
        let strings = self.strings(lang);
        let place = Place { source: &version.source, pair, lang };
        let attachment = |target: &str| -> Option<AttachmentView> {
            let asset = &self.site.assets[self.site.file(place, target).ok()?];
            Some(AttachmentView {
                name: asset.path.name().to_owned(),
                href: here.link_to(&asset.path),
                info: file_info(strings, &asset.path, asset.data.size()),
            })
        };
        let speaker = |s: &Speaker| SpeakerView {
            name: s.name.clone(),
            role: s.role.clone(),
            organisation: s.organisation.clone(),
        };
        let view = TalkView {
            speakers: talk.speakers.iter().map(speaker).collect(),
            event: talk.event.clone(),
            date: version.meta.date.map(|d| dates::date(strings, d)),
            duration: talk.duration.map(|n| strings.format("minutes", &[("n", &n.to_string())])),
            level: talk.level.as_ref().map(|l| strings.get(&format!("level_{l}")).to_owned()),
            attachments: talk.attachments.iter().filter_map(|(t, _)| attachment(t)).collect(),
        };
        let nothing = view.speakers.is_empty() && view.attachments.is_empty();
        let something = [&view.event, &view.duration, &view.level].iter().any(|v| v.is_some());
        (!nothing || something || view.date.is_some()).then_some(view)
    }

    pub(super) fn directive(
        &self,
        here: &Here,
        lang: usize,
        pair: usize,
        version: &Version,
    ) -> Option<DirectiveView> {
        let Details::Directive(d) = &version.meta.details else { return None };
        let strings = self.strings(lang);
        let cited = |number: &str| CitedView {
            number: number.to_owned(),
            href: self
                .site
                .document(number)
                .filter(|p| *p != pair)
                .map(|p| here.link_to(&self.site.page_path(p, lang))),
        };
        let replaced_by = self.site.replaced_by.get(&d.doc_number).filter(|p| **p != pair);
        let cited_by = self.site.pairs[pair].cited_by.iter();
        Some(DirectiveView {
            number: d.number.clone(),
            type_label: strings.get(&format!("type_{}", d.doc_type)).to_owned(),
            issuer: d.issuer.clone(),
            issuer_lang: self.if_other(&d.issuer_lang, lang),
            issued: dates::date(strings, d.issued),
            effective: d.effective.map(|e| dates::date(strings, e)),
            status: status(strings, d),
            replaces: d.replaces.iter().map(|(n, _)| cited(n)).collect(),
            replaced_by: replaced_by.map(|p| cited(self.number(*p))),
            official_url: d.official_url.clone(),
            cited_by: cited_by.map(|p| navigation::nav_link(&self.site, here, *p, lang)).collect(),
        })
    }

    /// The language of some words, where readers of `lang` read another.
    pub(super) fn if_other(&self, words: &Lang, lang: usize) -> Option<String> {
        (words != self.site.lang(lang)).then(|| words.to_string())
    }

    pub(super) fn number(&self, pair: usize) -> &str {
        match &self.site.pairs[pair].source_version().meta.details {
            Details::Directive(d) => &d.number,
            _ => "",
        }
    }

    pub(super) fn cites_replaced(
        &self,
        here: &Here,
        pair: usize,
        lang: usize,
    ) -> Vec<ReplacedView> {
        let followed = &self.site.followed[pair];
        let shown = followed[lang].as_ref().or(followed[self.site.pairs[pair].fallback].as_ref());
        let cited = shown.map_or(&[][..], |f| &f.cites_replaced);
        cited
            .iter()
            .map(|(number, by)| ReplacedView {
                number: number.clone(),
                by: self.number(*by).to_owned(),
                href: here.link_to(&self.site.page_path(*by, lang)),
            })
            .collect()
    }
}

pub(super) fn guideline(
    strings: &Strings,
    meta: &Meta,
    checklist_items: usize,
) -> Option<GuidelineView> {
    let Details::Guideline(g) = &meta.details else { return None };
    let something =
        checklist_items > 0 || g.level.is_some() || g.owner.is_some() || g.applies_to.is_some();
    something.then(|| GuidelineView {
        level: g.level.map(|n| strings.format("guideline_level", &[("n", &n.to_string())])),
        owner: g.owner.clone(),
        applies_to: g.applies_to.clone(),
        checklist_items,
    })
}

pub(super) fn status(strings: &Strings, directive: &Directive) -> Option<StatusView> {
    let id = directive.status.clone()?;
    Some(StatusView { label: strings.get(&format!("status_{id}")).to_owned(), id })
}
