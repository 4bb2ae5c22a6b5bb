//! A page's view: everything its template may see, for one reader's language.

use super::here::Here;
use super::html::{self, Body, Tools, media::file_info};
use super::theme::Strings;
use super::{Renderer, dates, navigation};
use crate::base::{Lang, UrlPath};
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

    fn cites_replaced(&self, here: &Here, pair: usize, lang: usize) -> Vec<ReplacedView> {
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

    fn number(&self, pair: usize) -> &str {
        match &self.site.pairs[pair].source_version().meta.details {
            Details::Directive(d) => &d.number,
            _ => "",
        }
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

    fn talk(&self, here: &Here, lang: usize, version: &Version, pair: usize) -> Option<TalkView> {
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

    fn directive(
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
    fn if_other(&self, words: &Lang, lang: usize) -> Option<String> {
        (words != self.site.lang(lang)).then(|| words.to_string())
    }

    /// What an index page lists: folders below, then its pages. The home page lists folders only.
    fn section_cards(&self, here: &Here, lang: usize, pair: usize) -> Vec<CardView> {
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

    /// The link from an index page to all pages of its section as one document, where there is one.
    fn print_all(&self, here: &Here, lang: usize, pair: usize) -> Option<String> {
        let this = &self.site.pairs[pair];
        let path = self.site.section_print_path(this.section, lang);
        let made = this.id.is_index() && self.site.routes.contains_key(&path);
        made.then(|| here.link_to(&path))
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

    fn register(&self, here: &Here, lang: usize, pair: usize) -> Vec<RegisterRow> {
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
fn choices<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

fn guideline(strings: &Strings, meta: &Meta, checklist_items: usize) -> Option<GuidelineView> {
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

fn status(strings: &Strings, directive: &Directive) -> Option<StatusView> {
    let id = directive.status.clone()?;
    Some(StatusView { label: strings.get(&format!("status_{id}")).to_owned(), id })
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
    // `</script>` inside a string must not end the element.
    serde_json::Value::Object(data).to_string().replace('<', "\\u003c")
}
