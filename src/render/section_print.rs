//! A whole section as one document, to print: its own text, then every page below it. Each page
//! is written as in its own file, but with ids of its own, and links between them stay inside.

use super::here::Here;
use super::{Renderer, html, navigation};
use crate::diag::Diagnostic;
use crate::model::*;

impl Renderer {
    /// The document of `section`. Its texts are added to `shared`: each was looked at, and what
    /// is wrong with it reported, in the file of its page.
    pub(super) fn section_print(
        &self,
        section: usize,
        lang: usize,
        shared: &mut Vec<String>,
    ) -> Result<String, Diagnostic> {
        let site = &self.site;
        let pages = site.pages_below(section);
        let path = site.section_print_path(section, lang);
        let name = |pair: usize| name(&site.pairs[pair].id, &site.sections[section].folder);
        let named = pages.iter().map(|pair| (site.page_path(*pair, lang), name(*pair)));
        let here = Here::joined(path.clone(), named.collect());
        // Only sections with an index page have a document.
        let Some((index, others)) = pages.split_first() else { return Ok(String::new()) };
        let mut numbers = Numbers::default();
        let view = SectionPrintView {
            site: self.site_view(&Here::file(path.clone()), lang, Some(*index)),
            page: self.document(&here, lang, *index),
            id: name(*index),
            has_answers: false,
            articles: others
                .iter()
                .map(|pair| {
                    let level = level(site, section, *pair);
                    let page = self.text(&here, lang, *pair);
                    ArticleView { id: name(*pair), number: numbers.next(level), level, page }
                })
                .collect(),
        };
        let view = SectionPrintView { has_answers: has_answers(&view), ..view };
        let template = self.theme.render("section_print.html", site.lang(lang), &view);
        shared.push(view.page.body_html);
        shared.extend(view.articles.into_iter().map(|article| article.page.body_html));
        template
    }

    /// The text of a page as it stands in the document.
    fn text(&self, here: &Here, lang: usize, pair: usize) -> PageView {
        let body = html::body(self.tools(), here, pair, lang);
        self.text_view(here, pair, lang, body)
    }

    /// The document itself, headed by the text of the section's index page.
    fn document(&self, here: &Here, lang: usize, index: usize) -> PageView {
        let site = &self.site;
        let file = Here::file(here.path().clone());
        let (page, this) = (self.text(here, lang, index), &site.pairs[index]);
        let text_at = match this.version(lang) {
            (_, true) => site.page_path(index, lang),
            (_, false) => site.page_path(index, this.fallback),
        };
        let mut breadcrumbs = navigation::breadcrumbs(site, self.strings(lang), &file, index, lang);
        breadcrumbs.push(navigation::nav_link(site, &file, index, lang));
        PageView {
            kind: "print",
            canonical: site.config.base_url.as_deref().map(|base| format!("{base}{text_at}")),
            languages: self.languages(here.path(), lang, |l| this.versions[l].is_some()),
            breadcrumbs,
            ..page
        }
    }
}

fn has_answers(view: &SectionPrintView) -> bool {
    let mut pages = view.articles.iter().map(|article| &article.page).chain([&view.page]);
    pages.any(|page| !page.answers_html.is_empty())
}

/// What a page of `folder` is called within its document: the rest of its address. Its parts are
/// slugs, so that no other page has the same name.
fn name(page: &PageId, folder: &str) -> String {
    let below = page.as_str().strip_prefix(folder).unwrap_or(page.as_str());
    below.trim_start_matches('/').replace('/', ".")
}

/// How deep a page stands in the document of `section`: 1 for its own pages and the index pages
/// of its folders. A folder that no page introduces makes no level.
fn level(site: &Site, section: usize, pair: usize) -> usize {
    let Pair { id, section: own, .. } = &site.pairs[pair];
    let around = std::iter::successors(Some(*own), |s| site.sections[*s].parent);
    let below = around.take_while(|s| *s != section);
    below.filter(|s| site.sections[*s].index.is_some()).count() + usize::from(!id.is_index())
}

/// Counts pages through levels: 1, 2, 2.1, 2.2, 3.
#[derive(Default)]
struct Numbers(Vec<usize>);

impl Numbers {
    fn next(&mut self, level: usize) -> String {
        self.0.resize(level.max(1), 0);
        if let Some(last) = self.0.last_mut() {
            *last += 1;
        }
        let numbers: Vec<String> = self.0.iter().map(usize::to_string).collect();
        numbers.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_through_their_folders() {
        let mut numbers = Numbers::default();
        let counted = [1, 2, 2, 3, 2, 1, 2].map(|level| numbers.next(level));
        assert_eq!(counted, ["1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.1"]);
    }

    #[test]
    fn names_tell_folders_from_pages() {
        let name = |id: &str| name(&PageId::new(id), "talks");
        assert_eq!(name("talks/index"), "index");
        assert_eq!(name("talks/2024/index"), "2024.index");
        assert_eq!(name("talks/2024-a"), "2024-a");
    }
}
