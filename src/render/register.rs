//! The register of documents.

use super::facts::status;
use super::here::Here;
use super::{Renderer, dates};
use crate::model::*;

impl Renderer {
    /// Directive pages below an index page of the folder `directives`, newest first.
    pub(crate) fn register_pages(&self, pair: usize) -> Vec<(usize, &Directive)> {
        let this = &self.site.pairs[pair];
        match this.id.is_index() && this.id.folder() == "directives" {
            true => self.documents(),
            false => Vec::new(),
        }
    }

    /// Every directive page, newest first.
    fn documents(&self) -> Vec<(usize, &Directive)> {
        let mut rows: Vec<(usize, &Directive)> = self
            .site
            .pairs
            .iter()
            .enumerate()
            .filter_map(|(i, p)| match &p.source_version().meta.details {
                Details::Directive(d) => Some((i, d)),
                _ => None,
            })
            .collect();
        rows.sort_by(|(_, a), (_, b)| {
            b.issued.cmp(&a.issued).then_with(|| a.number.cmp(&b.number))
        });
        rows
    }

    pub(super) fn register(&self, here: &Here, lang: usize, pair: usize) -> Vec<RegisterRow> {
        self.register_rows(here, lang, self.register_pages(pair))
    }

    /// The register of all documents, wherever it is shown.
    pub(super) fn whole_register(&self, here: &Here, lang: usize) -> Vec<RegisterRow> {
        self.register_rows(here, lang, self.documents())
    }

    fn register_rows(
        &self,
        here: &Here,
        lang: usize,
        documents: Vec<(usize, &Directive)>,
    ) -> Vec<RegisterRow> {
        let strings = self.strings(lang);
        documents
            .into_iter()
            .map(|(page, d)| {
                let (version, own) = self.site.pairs[page].version(lang);
                let d = match &version.meta.details {
                    Details::Directive(own) => own,
                    _ => d,
                };
                RegisterRow {
                    number: d.number.clone(),
                    href: here.link_to(&self.site.page_path(page, lang)),
                    title: version.meta.title.clone(),
                    lang: (!own).then(|| version.lang.to_string()),
                    type_label: strings.get(&format!("type_{}", d.doc_type)).to_owned(),
                    issuer: d.issuer.clone(),
                    issuer_lang: self.if_other(&d.issuer_lang, lang),
                    issued: dates::date(strings, d.issued),
                    status: status(strings, d),
                }
            })
            .collect()
    }
}

/// What readers may choose from: each name once, in order; nothing where there is but one.
pub(super) fn choices<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}
