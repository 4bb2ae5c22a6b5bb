//! Pages that list pages: by tag, by audience; and pages that lead elsewhere.

use super::{Renderer, dates, here::Here, page::localised};
use crate::base::UrlPath;
use crate::diag::Diagnostic;
use crate::model::*;

impl Renderer {
    /// The list of all tags or audiences.
    pub(super) fn terms(&self, taxonomy: Taxonomy, lang: usize) -> Result<String, Diagnostic> {
        let here = Here::file(self.site.term_path(taxonomy, None, lang));
        let strings = self.strings(lang);
        let title = match taxonomy {
            Taxonomy::Tags => strings.get("tags_title"),
            Taxonomy::Audience => strings.get("audience_title"),
        };
        let mut page = self.listing("terms", &here, lang, title);
        page.terms = self
            .all_terms(taxonomy)
            .into_iter()
            .map(|(term, pages)| TermView {
                title: self.term_label(taxonomy, &term, lang),
                href: here.link_to(&self.site.term_path(taxonomy, Some(&term), lang)),
                pages: dates::pages(strings, pages.len()),
            })
            .collect();
        self.listing_html("terms.html", &here, lang, page)
    }

    /// The pages of one tag or audience.
    pub(super) fn term(
        &self,
        taxonomy: Taxonomy,
        term: &str,
        lang: usize,
    ) -> Result<String, Diagnostic> {
        let here = Here::file(self.site.term_path(taxonomy, Some(term), lang));
        let strings = self.strings(lang);
        let label = self.term_label(taxonomy, term, lang);
        let (title, list) = match taxonomy {
            Taxonomy::Tags => ("tag_title", "tags_title"),
            Taxonomy::Audience => ("audience_term_title", "audience_title"),
        };
        let title = strings.format(title, &[("name", &label)]);
        let mut page = self.listing("term", &here, lang, &title);
        page.breadcrumbs.push(NavLink {
            title: strings.get(list).to_owned(),
            lang: None,
            href: here.link_to(&self.site.term_path(taxonomy, None, lang)),
            current: false,
        });
        let found = self.all_terms(taxonomy).into_iter().find(|(t, _)| t == term);
        let pages = found.map(|(_, pages)| pages).unwrap_or_default();
        page.cards = pages.iter().map(|p| self.card(&here, lang, *p)).collect();
        self.listing_html("term.html", &here, lang, page)
    }

    pub(super) fn all_terms(&self, taxonomy: Taxonomy) -> Vec<(String, Vec<usize>)> {
        match taxonomy {
            Taxonomy::Tags => {
                self.site.tags.iter().map(|(t, term)| (t.clone(), term.pages.clone())).collect()
            }
            Taxonomy::Audience => self.site.audiences.clone(),
        }
    }

    pub(super) fn term_label(&self, taxonomy: Taxonomy, term: &str, lang: usize) -> String {
        match taxonomy {
            Taxonomy::Tags => self.site.tag_label(term, lang).to_owned(),
            Taxonomy::Audience => self
                .site
                .config
                .audience_label(term, self.site.lang(lang))
                .unwrap_or(term)
                .to_owned(),
        }
    }

    pub(super) fn listing(
        &self,
        kind: &'static str,
        here: &Here,
        lang: usize,
        title: &str,
    ) -> PageView {
        let base = self.site.config.base_url.as_deref();
        let home = self.site.page_by_address("index");
        let home = home.map(|p| NavLink {
            title: self.strings(lang).get("home").to_owned(),
            lang: None,
            ..super::navigation::nav_link(&self.site, here, p, lang)
        });
        PageView {
            canonical: base.map(|b| format!("{b}{}", here.path())),
            alternates: self.alternates(here.path(), lang, |_| true),
            languages: self.languages(here.path(), lang, |_| true),
            breadcrumbs: home.into_iter().collect(),
            ..self.empty_view(kind, lang, title, None)
        }
    }

    pub(super) fn listing_html(
        &self,
        template: &str,
        here: &Here,
        lang: usize,
        page: PageView,
    ) -> Result<String, Diagnostic> {
        let view = View { site: self.site_view(here, lang, None), page };
        self.theme.render(template, self.site.lang(lang), &view)
    }

    /// A former address: leads on at once, and by a link.
    pub(super) fn redirect(
        &self,
        path: &UrlPath,
        pair: usize,
        lang: usize,
    ) -> Result<String, Diagnostic> {
        let target = self.site.page_path(pair, lang);
        let view = RedirectView {
            lang: self.site.lang(lang).to_string(),
            title: self.site.pairs[pair].version(lang).0.meta.title.clone(),
            href: path.link_to(&target),
            canonical: self.site.config.base_url.as_ref().map(|b| format!("{b}{target}")),
            csp: self.theme.csp().to_owned(),
        };
        self.theme.render("redirect.html", self.site.lang(lang), &view)
    }

    /// `index.html`: chooses a language.
    pub(super) fn root(&self) -> Result<String, Diagnostic> {
        let view = RootView {
            title: self.site_title(0),
            lang: self.site.lang(0).to_string(),
            languages: self.root_languages(""),
            csp: self.theme.csp().to_owned(),
            id: self.site.config.site_id.clone(),
            inline_script_html: self.theme.inline_script().to_owned(),
        };
        self.theme.render("root.html", self.site.lang(0), &view)
    }

    /// `404.html`: self-contained, with absolute links.
    pub(super) fn not_found(&self) -> Result<String, Diagnostic> {
        let base = self.site.config.base_url.as_deref().unwrap_or_default();
        let view = NotFoundView {
            title: self.site_title(0),
            lang: self.site.lang(0).to_string(),
            languages: self.root_languages(base),
            csp: self.theme.not_found_csp().to_owned(),
            style_html: self.theme.not_found_style().to_owned(),
        };
        self.theme.render("not_found.html", self.site.lang(0), &view)
    }

    fn site_title(&self, lang: usize) -> String {
        localised(&self.site.config.title, &self.site.config, self.site.lang(lang))
    }

    fn root_languages(&self, base: &str) -> Vec<RootLanguage> {
        (0..self.site.config.languages.len())
            .map(|lang| RootLanguage {
                lang: self.site.lang(lang).to_string(),
                label: self.own_name(self.site.lang(lang)),
                title: self.site_title(lang),
                href: format!("{base}{}/index.html", self.site.lang(lang)),
                choose: self.strings(lang).get("choose_language").to_owned(),
            })
            .collect()
    }
}
