//! Stage four: a route becomes bytes. [`Renderer::render`] is the only way a byte is made.

mod alphabetical;
mod bilingual;
mod cards;
mod cite;
mod dates;
pub mod diagram;
mod facts;
mod feed;
mod freshness;
mod glossary;
pub mod guard;
mod here;
pub mod highlight;
pub mod html;
mod locale;
pub mod math;
mod navigation;
mod page;
mod register;
pub mod sanitise;
mod search_files;
mod section_print;
mod site_files;
mod terms;
pub mod theme;

use crate::base::UrlPath;
use crate::diag::Diagnostic;
use crate::model::*;
use crate::search::{Index, TermFinder};
use highlight::Highlighter;
use navigation::Sidebars;
use std::sync::{Arc, OnceLock};
use theme::Theme;

/// Renders routes of one site. Immutable; many threads may render at once.
pub struct Renderer {
    site: Arc<Site>,
    theme: Arc<Theme>,
    highlighter: Arc<Highlighter>,
    cache: Arc<Cache>,
    sidebars: Sidebars,
    /// By language, where the glossary has terms in it.
    finders: Vec<Option<TermFinder>>,
    guard: guard::Guard,
    /// By language, each made when it is first asked for.
    indexes: Vec<OnceLock<Index>>,
}

/// A rendered route: the file, and what is wrong with it.
pub struct Rendered {
    /// The file.
    pub artifact: Artifact,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Renderer {
    /// A renderer of `site` with `theme`.
    pub fn new(
        site: Arc<Site>,
        theme: Arc<Theme>,
        highlighter: Arc<Highlighter>,
        cache: Arc<Cache>,
    ) -> Renderer {
        let (sidebars, guard) = (Sidebars::new(&site), guard::Guard::new(&site));
        let finders = site.config.languages.iter();
        let finders = finders.map(|lang| TermFinder::new(lang, &site.glossary)).collect();
        let indexes = site.config.languages.iter().map(|_| OnceLock::new()).collect();
        Renderer { site, theme, highlighter, cache, sidebars, finders, guard, indexes }
    }

    /// The site that it renders.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The theme that it renders with.
    pub fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// What colours code; it may serve other renderers too.
    pub fn highlighter(&self) -> &Arc<Highlighter> {
        &self.highlighter
    }

    /// The file at `path`, which `route` says how to make.
    pub fn render(&self, path: &UrlPath, route: &Route) -> Rendered {
        let mut diagnostics = Vec::new();
        let content = match self.content(path, route, &mut diagnostics) {
            Ok(content) => content,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                Content::Bytes(Vec::new())
            }
        };
        Rendered { artifact: Artifact { path: path.clone(), content }, diagnostics }
    }

    fn content(
        &self,
        path: &UrlPath,
        route: &Route,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Content, Diagnostic> {
        // What was looked at on another page.
        let mut shared = self.shared_part(path, route);
        let text = match route {
            Route::Page { pair, lang } => self.page(*pair, *lang, diagnostics)?,
            Route::SectionPrint { section, lang } => {
                self.section_print(*section, *lang, &mut shared)?
            }
            Route::Bilingual { pair, lang } => self.bilingual(*pair, *lang, &mut shared)?,
            Route::Freshness { lang } => self.freshness(*lang)?,
            Route::Glossary { lang } => self.glossary(*lang)?,
            Route::GlossaryScript { lang } => self.glossary_script(*lang),
            Route::Alphabetical { lang } => self.alphabetical(*lang)?,
            Route::Terms { taxonomy, lang } => self.terms(*taxonomy, *lang)?,
            Route::Term { taxonomy, term, lang } => self.term(*taxonomy, term, *lang)?,
            Route::Redirect { pair, lang } => self.redirect(path, *pair, *lang)?,
            Route::Root => self.root()?,
            Route::NotFound => self.not_found()?,
            Route::Feed { lang } => feed::feed(&self.site, *lang),
            Route::Sitemap => site_files::sitemap(&self.site),
            Route::Robots => site_files::robots(&self.site),
            Route::Theme(name) => return Ok(self.theme_file(name)),
            Route::Asset(source) => return Ok(published(&self.site.assets[source].data)),
            Route::Static(source) => return Ok(published(&self.site.statics[source])),
        };
        guard::check(&self.guard, &self.site, path, &text, &shared, diagnostics);
        Ok(Content::Bytes(text.into_bytes()))
    }

    /// The sidebar of a page, unless it is the first page of its folder: that page's check
    /// stands for all of them.
    fn shared_part(&self, path: &UrlPath, route: &Route) -> Vec<String> {
        let Route::Page { pair, lang } = route else { return Vec::new() };
        let section = self.site.pairs[*pair].section;
        let Section { index, pages, .. } = &self.site.sections[section];
        match index.as_ref().or(pages.first()) == Some(pair) {
            true => Vec::new(),
            // A page whose sidebar fails was not made.
            false => self.sidebar(section, *lang, path.name()).into_iter().collect(),
        }
    }

    fn sidebar(&self, section: usize, lang: usize, current: &str) -> Result<String, Diagnostic> {
        self.sidebars.marked(&self.site, &self.theme, (section, lang), current)
    }

    fn theme_file(&self, name: &str) -> Content {
        let files = self.theme.files();
        let bytes = files.into_iter().find(|(n, _)| n == name).map(|(_, bytes)| bytes);
        Content::Shared(bytes.unwrap_or_default())
    }
}

fn published(data: &FileData) -> Content {
    match data {
        FileData::Memory(bytes) => Content::Shared(bytes.clone()),
        FileData::Disk { path, size } => Content::File { source: path.clone(), size: *size },
    }
}
