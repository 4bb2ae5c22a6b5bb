//! A page's view: everything its template may see, for one reader's language.

use super::facts::guideline;
use super::here::Here;
use super::html::{self, Body, Tools};
use super::register::choices;
use super::theme::Strings;
use super::{Renderer, dates, navigation};
use crate::base::{Lang, UrlPath, json_in_script};
use crate::diag::Diagnostic;
use crate::model::*;
use std::borrow::Cow;

impl Renderer {
    pub(super) fn page(
        &self,
        pair: usize,
        lang: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<String, Diagnostic> {
        let here = Here::file(self.site.page_path(pair, lang));
        let mut body = html::body(self.tools(), &here, pair, lang);
        diagnostics.append(&mut body.diagnostics);
        let view = View {
            site: self.site_view(&here, lang, Some(pair)),
            page: self.page_view(&here, pair, lang, body)?,
        };
        let template = match view.page.kind {
            "home" => "home.html",
            "section" => "section.html",
            _ => "page.html",
        };
        self.theme.render(template, self.site.lang(lang), &view)
    }

    /// What writing the text of a page needs.
    pub(super) fn tools(&self) -> Tools<'_> {
        Tools {
            site: &self.site,
            theme: &self.theme,
            highlighter: &self.highlighter,
            cache: &self.cache,
            finders: &self.finders,
        }
    }

    pub(super) fn strings(&self, lang: usize) -> &Strings {
        self.theme.strings(self.site.lang(lang))
    }

    /// The site as seen from `here`. `pair` is the page, to mark its section in the menu.
    pub(super) fn site_view(&self, here: &Here, lang: usize, pair: Option<usize>) -> SiteView {
        let site = &self.site;
        let config = &site.config;
        let link = |path: UrlPath| here.link_to(&path);
        let exists = |path: UrlPath| site.routes.contains_key(&path).then(|| link(path));
        let top_of = |page: usize| site.pairs[page].id.folder().split('/').next();
        let menu = site.menu.iter().map(|page| NavLink {
            current: pair.is_some_and(|p| {
                p == *page
                    || (!site.pairs[*page].id.folder().is_empty() && top_of(p) == top_of(*page))
            }),
            ..navigation::nav_link(site, here, *page, lang)
        });
        SiteView {
            title: localised(&config.title, config, site.lang(lang)),
            home: link(UrlPath::new(format!("{}/index.html", site.lang(lang)))),
            root: here.path().to_root(),
            id: config.site_id.clone(),
            menu: menu.collect(),
            licence: config.licence.as_deref().map(|l| licence(l).0.into_owned()),
            licence_url: config.licence.as_deref().and_then(|l| licence(l).1),
            report: config.report.clone(),
            feed: exists(UrlPath::new(format!("{}/feed.xml", site.lang(lang)))),
            freshness: exists(site.freshness_path(lang)),
            glossary: exists(site.glossary_path(lang)),
            tags: exists(site.term_path(Taxonomy::Tags, None, lang)),
            audiences: exists(site.term_path(Taxonomy::Audience, None, lang)),
            csp: self.theme.csp().to_owned(),
            inline_script_html: self.theme.inline_script().to_owned(),
        }
    }

    fn page_view(
        &self,
        here: &Here,
        pair: usize,
        lang: usize,
        body: Body,
    ) -> Result<PageView, Diagnostic> {
        let site = &self.site;
        let strings = self.strings(lang);
        let this = &site.pairs[pair];
        let (version, own) = this.version(lang);
        // A page that only stands in for a translation is, to search engines, the original.
        let text_at = site.page_path(pair, if own { lang } else { this.fallback });
        let neighbour =
            |page: Option<usize>| page.map(|p| navigation::nav_link(site, here, p, lang));
        let base = site.config.base_url.as_deref();
        let exists = |path: UrlPath| site.routes.contains_key(&path).then(|| here.link_to(&path));
        Ok(PageView {
            canonical: base.map(|b| format!("{b}{text_at}")),
            alternates: self.alternates(here.path(), lang, |l| this.versions[l].is_some()),
            image: base.zip(body.first_image.as_ref()).map(|(b, i)| format!("{b}{i}")),
            json_ld_html: base.map(|b| json_ld(&format!("{b}{text_at}"), version)),
            languages: self.languages(here.path(), lang, |l| this.versions[l].is_some()),
            breadcrumbs: navigation::breadcrumbs(site, strings, here, pair, lang),
            sidebar_html: self.sidebar(this.section, lang, here.path().name())?,
            toc: navigation::toc(&version.headings),
            previous: neighbour(this.neighbours.0),
            next: neighbour(this.neighbours.1),
            cards: self.section_cards(here, lang, pair),
            print_all: self.print_all(here, lang, pair),
            citation_html: self.citation(&text_at, lang, version),
            report: self.report(here.path(), lang, &version.meta.title),
            translation: if own { self.translation(here, pair, lang) } else { None },
            bilingual: exists(site.bilingual_path(pair, lang)),
            ..self.text_view(here, pair, lang, body)
        })
    }

    /// What belongs to the text of a page, whichever file `here` it stands in; what belongs to a
    /// file of its own is empty.
    pub(super) fn text_view(&self, here: &Here, pair: usize, lang: usize, body: Body) -> PageView {
        let site = &self.site;
        let strings = self.strings(lang);
        let this = &site.pairs[pair];
        let (version, own) = this.version(lang);
        let meta = &version.meta;
        let date = |d: jiff::civil::Date| dates::date(strings, d);
        let register = self.register(here, lang, pair);
        PageView {
            title_lang: (!own).then(|| version.lang.to_string()),
            fallback: (!own).then(|| FallbackView {
                lang: version.lang.to_string(),
                label: language_name(strings, &site.config, &version.lang),
            }),
            cites_replaced: self.cites_replaced(here, pair, lang),
            updated: meta.updated.map(date),
            published: meta
                .date
                .filter(|_| meta.updated.is_none() && this.kind != Kind::Talk)
                .map(date),
            review_by: meta.review_by.map(date),
            source: meta.source.clone(),
            draft: meta.draft,
            tags: self.tag_links(here, lang, meta),
            audience: self.audience_links(here, lang, meta),
            talk: self.talk(here, lang, version, pair),
            guideline: guideline(strings, meta, body.checklist_items),
            directive: self.directive(here, lang, pair, version),
            register_types: choices(register.iter().map(|row| &row.type_label)),
            register_states: choices(
                register.iter().filter_map(|row| row.status.as_ref()).map(|status| &status.label),
            ),
            register,
            body_html: body.html,
            answers_html: body.answers_html,
            has_terms: body.has_terms,
            ..self.empty_view(self.kind(pair), lang, &meta.title, meta.description.clone())
        }
    }

    /// A view with the parts that every page has; the rest is empty.
    pub(super) fn empty_view(
        &self,
        kind: &'static str,
        lang: usize,
        title: &str,
        description: Option<String>,
    ) -> PageView {
        PageView {
            kind,
            lang: self.site.lang(lang).to_string(),
            dir: direction(self.site.lang(lang)),
            title: title.to_owned(),
            title_lang: None,
            head_title: self.head_title(lang, title),
            description,
            canonical: None,
            alternates: Vec::new(),
            image: None,
            json_ld_html: None,
            languages: Vec::new(),
            breadcrumbs: Vec::new(),
            sidebar_html: String::new(),
            toc: Vec::new(),
            body_html: String::new(),
            answers_html: String::new(),
            citation_html: String::new(),
            report: None,
            fallback: None,
            translation: None,
            bilingual: None,
            cites_replaced: Vec::new(),
            previous: None,
            next: None,
            updated: None,
            published: None,
            review_by: None,
            source: None,
            draft: false,
            tags: Vec::new(),
            audience: Vec::new(),
            talk: None,
            guideline: None,
            directive: None,
            cards: Vec::new(),
            register: Vec::new(),
            register_types: Vec::new(),
            register_states: Vec::new(),
            has_terms: false,
            letters: Vec::new(),
            terms: Vec::new(),
            print_all: None,
        }
    }

    /// The title of a page with the site's after it.
    pub(super) fn head_title(&self, lang: usize, title: &str) -> String {
        let site_title =
            localised(&self.site.config.title, &self.site.config, self.site.lang(lang));
        match title == site_title {
            true => site_title,
            false => format!("{title} · {site_title}"),
        }
    }

    /// What a page is, as templates call it.
    pub(crate) fn kind(&self, pair: usize) -> &'static str {
        let this = &self.site.pairs[pair];
        match this.kind {
            Kind::Page if this.id.as_str() == "index" => "home",
            Kind::Page if this.id.is_index() => "section",
            kind => kind.id(),
        }
    }

    /// The same page in every language in which it is written, absolute, for search engines.
    pub(super) fn alternates(
        &self,
        here: &UrlPath,
        lang: usize,
        written: impl Fn(usize) -> bool,
    ) -> Vec<Alternate> {
        let Some(base) = &self.site.config.base_url else { return Vec::new() };
        let below = here.as_str().strip_prefix(self.site.lang(lang).as_str()).unwrap_or_default();
        let one = |tag: &str, code: &Lang| Alternate {
            lang: tag.to_owned(),
            href: format!("{base}{code}{below}"),
        };
        let languages = self.site.config.languages.iter().enumerate();
        let languages = languages.filter(|(l, _)| written(*l)).map(|(_, code)| code);
        let mut all: Vec<Alternate> = languages.clone().map(|l| one(l.as_str(), l)).collect();
        all.extend(languages.take(1).map(|l| one("x-default", l)));
        all
    }

    /// Links to the same page in the other languages. `translated` tells in which it exists.
    pub(super) fn languages(
        &self,
        here: &UrlPath,
        lang: usize,
        translated: impl Fn(usize) -> bool,
    ) -> Vec<LanguageLink> {
        let site = &self.site;
        let below = here.as_str().strip_prefix(site.lang(lang).as_str()).unwrap_or_default();
        (0..site.config.languages.len())
            .filter(|l| *l != lang)
            .map(|l| LanguageLink {
                lang: site.lang(l).to_string(),
                label: self.own_name(site.lang(l)),
                href: here.link_to(&UrlPath::new(format!("{}{below}", site.lang(l)))),
                translated: translated(l),
            })
            .collect()
    }

    /// A language's name in its own spelling, as it stands alone: `Tiếng Việt`.
    pub(super) fn own_name(&self, lang: &Lang) -> String {
        let name = language_name(self.theme.strings(lang), &self.site.config, lang);
        let mut letters = name.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    fn tag_links(&self, here: &Here, lang: usize, meta: &Meta) -> Vec<NavLink> {
        let link = |tag: &String| {
            let slug = crate::base::slug(tag);
            NavLink {
                title: self.site.tag_label(&slug, lang).to_owned(),
                lang: None,
                href: here.link_to(&self.site.term_path(Taxonomy::Tags, Some(&slug), lang)),
                current: false,
            }
        };
        meta.tags.iter().map(link).collect()
    }

    fn audience_links(&self, here: &Here, lang: usize, meta: &Meta) -> Vec<NavLink> {
        let link = |id: &String| NavLink {
            title: self
                .site
                .config
                .audience_label(id, self.site.lang(lang))
                .unwrap_or(id)
                .to_owned(),
            lang: None,
            href: here.link_to(&self.site.term_path(Taxonomy::Audience, Some(id), lang)),
            current: false,
        };
        meta.audience.iter().map(link).collect()
    }

    /// The link from an index page to all pages of its section as one document, where there is one.
    fn print_all(&self, here: &Here, lang: usize, pair: usize) -> Option<String> {
        let this = &self.site.pairs[pair];
        let path = self.site.section_print_path(this.section, lang);
        let made = this.id.is_index() && self.site.routes.contains_key(&path);
        made.then(|| here.link_to(&path))
    }
}

/// A text in `lang`, else in the source language.
pub(super) fn localised(texts: &Localised, config: &Config, lang: &Lang) -> String {
    texts.get(lang).or_else(|| texts.get(config.source_lang())).cloned().unwrap_or_default()
}

/// The name of `lang` in the language of `strings`: the theme's, else the site's, else its tag.
pub(super) fn language_name(strings: &Strings, config: &Config, lang: &Lang) -> String {
    if let Some(label) = config.languages_label.get(lang) {
        return label.clone();
    }
    strings.find(&format!("lang_{lang}")).unwrap_or(lang.as_str()).to_owned()
}

pub(super) fn direction(lang: &Lang) -> &'static str {
    let primary = lang.as_str().split('-').next().unwrap_or_default();
    match primary {
        "ar" | "he" | "fa" | "ur" | "ps" | "dv" | "yi" | "ckb" | "ug" => "rtl",
        _ => "ltr",
    }
}

/// A licence's name and, for those everybody uses, its address.
fn licence(id: &str) -> (Cow<'_, str>, Option<String>) {
    let creative_commons = id.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-'));
    match creative_commons {
        Some((terms, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            let url = format!(
                "https://creativecommons.org/licenses/{}/{version}/",
                terms.to_ascii_lowercase()
            );
            (Cow::Owned(format!("CC {terms} {version}")), Some(url))
        }
        _ => (Cow::Borrowed(id), None),
    }
}

/// Structured data for search engines: what the page is, in which language, when it changed.
fn json_ld(url: &str, version: &Version) -> String {
    let meta = &version.meta;
    let mut data = serde_json::Map::new();
    let mut put = |key: &str, value: String| {
        data.insert(key.to_owned(), serde_json::Value::String(value));
    };
    put("@context", "https://schema.org".to_owned());
    put("@type", "TechArticle".to_owned());
    put("headline", meta.title.clone());
    put("inLanguage", version.lang.to_string());
    put("url", url.to_owned());
    if let Some(description) = &meta.description {
        put("description", description.clone());
    }
    if let Some(date) = meta.date {
        put("datePublished", date.to_string());
    }
    if let Some(updated) = meta.updated {
        put("dateModified", updated.to_string());
    }
    json_in_script(&data)
}
