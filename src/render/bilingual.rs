//! A page in two languages: sections side by side, and what one of the two lacks.

use super::here::Here;
use super::html::{self, SectionHtml};
use super::page::direction;
use super::{Renderer, navigation};
use crate::diag::Diagnostic;
use crate::model::*;
use std::collections::HashMap;

impl Renderer {
    /// The page `pair` for readers of `lang`, beside its source or translation. Its texts are added
    /// to `shared`: each was looked at on a page of its own.
    pub(super) fn bilingual(
        &self,
        pair: usize,
        lang: usize,
        shared: &mut Vec<String>,
    ) -> Result<String, Diagnostic> {
        let site = &self.site;
        let path = site.bilingual_path(pair, lang);
        // Only pages that are written in two languages have a route.
        let Some((source, other)) = site.bilingual_languages(pair, lang) else {
            return Ok(String::new());
        };
        let languages = [source, other];
        let named = languages.map(|l| (site.page_path(pair, l), site.lang(l).to_string()));
        let here = Here::joined(path.clone(), HashMap::from(named));
        let file = Here::file(path);
        let [(left, left_notes), (right, right_notes)] =
            languages.map(|l| html::sections(self.tools(), &here, pair, l));
        let freshness = site.staleness(pair, other);
        let state = |id: &str| {
            let state = freshness.as_ref()?.state_of(id)?;
            (state != State::Current).then(|| self.state_view(state, lang))
        };
        let mut rows: Vec<RowView> = aligned(left, right)
            .into_iter()
            .map(|(id, cells_html)| RowView { state: state(&id), id, cells_html, is_notes: false })
            .collect();
        if !(left_notes.is_empty() && right_notes.is_empty()) {
            let cells_html = [left_notes, right_notes];
            rows.push(RowView { id: String::new(), cells_html, state: None, is_notes: true });
        }
        let view = BilingualView {
            site: self.site_view(&file, lang, Some(pair)),
            page: self.bilingual_page(&file, pair, lang),
            columns: languages.map(|l| self.column(&file, pair, l)).into(),
            rows,
        };
        let html = self.theme.render("bilingual.html", site.lang(lang), &view);
        shared.extend(view.rows.into_iter().flat_map(|row| row.cells_html));
        html
    }

    fn bilingual_page(&self, here: &Here, pair: usize, lang: usize) -> PageView {
        let site = &self.site;
        let this = &site.pairs[pair];
        let (version, own) = this.version(lang);
        let text_at = site.page_path(pair, if own { lang } else { this.fallback });
        let strings = self.strings(lang);
        let mut breadcrumbs = navigation::breadcrumbs(site, strings, here, pair, lang);
        breadcrumbs.push(navigation::nav_link(site, here, pair, lang));
        let exists = |l: usize| site.bilingual_languages(pair, l).is_some();
        let meta = &version.meta;
        let both = format!("{} · {}", meta.title, strings.get("bilingual_title"));
        PageView {
            canonical: site.config.base_url.as_deref().map(|base| format!("{base}{text_at}")),
            languages: self.languages(here.path(), lang, exists),
            breadcrumbs,
            title_lang: (!own).then(|| version.lang.to_string()),
            translation: if own { self.translation(here, pair, lang) } else { None },
            draft: meta.draft,
            head_title: self.head_title(lang, &both),
            ..self.empty_view("bilingual", lang, &meta.title, meta.description.clone())
        }
    }

    fn column(&self, here: &Here, pair: usize, lang: usize) -> ColumnView {
        let (version, _) = self.site.pairs[pair].version(lang);
        ColumnView {
            lang: version.lang.to_string(),
            dir: direction(&version.lang),
            label: self.own_name(&version.lang),
            href: here.link_to(&self.site.page_path(pair, lang)),
            title: version.meta.title.clone(),
            description: version.meta.description.clone(),
        }
    }

    /// Whether a section has a row of its own on the page in two languages: a heading inside of a
    /// list or a box has none.
    pub(super) fn has_row(&self, pair: usize, id: &str) -> bool {
        let is_it =
            |block: &Block| matches!(block, Block::Heading(h) if h.id.as_deref() == Some(id));
        let versions = self.site.pairs[pair].versions.iter().flatten();
        versions.into_iter().any(|version| version.doc.blocks.iter().any(is_it))
    }

    /// A state in the words of the language at `lang`.
    pub(super) fn state_view(&self, state: State, lang: usize) -> StateView {
        let mark = match state {
            State::Current => "✓",
            State::SourceChanged => "≠",
            State::Unreviewed => "?",
            State::MissingSection => "✗",
            State::MissingPage => "∅",
            State::ExtraSection => "+",
        };
        let key = format!("state_{}", state.id().replace('-', "_"));
        StateView { id: state.id(), mark, label: self.strings(lang).get(&key).to_owned() }
    }
}

/// Sections of the source in their order, each with the translation's; what only the translation
/// has follows the section that it follows there.
fn aligned(left: Vec<SectionHtml>, right: Vec<SectionHtml>) -> Vec<(String, [String; 2])> {
    let known: Vec<String> = left.iter().map(|section| section.id.clone()).collect();
    let mut rows: Vec<(String, [String; 2])> =
        left.into_iter().map(|section| (section.id, [section.html, String::new()])).collect();
    // Where the section before stands.
    let mut at = 0;
    for section in right {
        match known.contains(&section.id) {
            true => {
                at = rows.iter().position(|(id, _)| *id == section.id).unwrap_or(at);
                rows[at].1[1] = section.html;
            }
            false => {
                at = (at + 1).min(rows.len());
                rows.insert(at, (section.id, [String::new(), section.html]));
            }
        }
    }
    rows.retain(|(_, cells)| cells.iter().any(|html| !html.is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_meet_by_id_and_what_one_lacks_keeps_its_place() {
        let sections = |ids: &[&str]| -> Vec<SectionHtml> {
            let one = |id: &&str| SectionHtml { id: (*id).to_owned(), html: format!("<{id}>") };
            ids.iter().map(one).collect()
        };
        let rows = aligned(sections(&["", "a", "b", "c"]), sections(&["", "b", "x", "y", "a"]));
        let shown: Vec<String> =
            rows.iter().map(|(id, [left, right])| format!("{id}:{left}{right}")).collect();
        assert_eq!(shown, [":<><>", "a:<a><a>", "b:<b><b>", "x:<x>", "y:<y>", "c:<c>"]);
    }
}
