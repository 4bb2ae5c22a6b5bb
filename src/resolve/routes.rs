//! Every file of the output: its path and what makes it. Two makers for one path are reported.

use crate::base::{PathProblem, RelPath, Span, UrlPath, portable_name_problem, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::collections::BTreeMap;

/// The routes of `site`, whose other parts are complete. `theme_files` are the names of the
/// theme's files under `theme/`.
pub fn routes(
    site: &Site,
    theme_files: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<UrlPath, Route> {
    let mut table = Table { site, routes: BTreeMap::new(), diagnostics };
    table.pages();
    table.section_prints();
    table.bilingual_pages();
    table.generated();
    for name in theme_files {
        table.add(UrlPath::new(format!("theme/{name}")), Route::Theme(name.clone()));
    }
    let published = |source: &RelPath| {
        source.as_str() != Glossary::FILE
            && (!is_partial(source) || site.used_partials.contains(source))
    };
    for (source, asset) in site.assets.iter().filter(|(source, _)| published(source)) {
        table.add(asset.path.clone(), Route::Asset(source.clone()));
    }
    table.statics();
    table.redirects();
    table.routes
}

struct Table<'a> {
    site: &'a Site,
    routes: BTreeMap<UrlPath, Route>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Table<'_> {
    fn add(&mut self, path: UrlPath, route: Route) {
        if let Some(problem) = portable_name_problem(path.as_str()) {
            let (vi, en) = words(problem);
            let (remedy_vi, remedy_en) = remedy(problem);
            self.diagnostics.push(
                Diagnostic::new(Code::UnportableName, &self.maker(&route))
                    .with("name", path.as_str())
                    .with("problem_vi", vi)
                    .with("problem_en", en)
                    .advise(remedy_vi, remedy_en),
            );
        }
        if let Some(other) = self.routes.get(&path) {
            let (a, b) = (self.maker(other), self.maker(&route));
            self.diagnostics.push(
                Diagnostic::new(Code::AddressTaken, &b)
                    .with("address", path.as_str())
                    .with("a", a.as_str())
                    .with("b", b.as_str())
                    .see(&a, None),
            );
            return;
        }
        self.routes.insert(path, route);
    }

    /// The file that an editor would have to change.
    fn maker(&self, route: &Route) -> RelPath {
        match route {
            Route::Page { pair, lang }
            | Route::Redirect { pair, lang }
            | Route::Bilingual { pair, lang } => {
                self.site.pairs[*pair].version(*lang).0.source.clone()
            }
            Route::SectionPrint { section, lang } => match self.site.sections[*section].index {
                Some(index) => self.site.pairs[index].version(*lang).0.source.clone(),
                None => RelPath::new("site.toml"),
            },
            Route::Glossary { .. } | Route::GlossaryScript { .. } => RelPath::new(Glossary::FILE),
            Route::Asset(source) => source.clone(),
            Route::Static(source) => RelPath::new(format!("static/{source}")),
            Route::Theme(name) => RelPath::new(format!("themes/{}/{name}", self.site.config.theme)),
            _ => RelPath::new("site.toml"),
        }
    }

    fn pages(&mut self) {
        for pair in 0..self.site.pairs.len() {
            for lang in 0..self.site.config.languages.len() {
                self.add(self.site.page_path(pair, lang), Route::Page { pair, lang });
            }
        }
    }

    /// One document to print for each section that has a page to introduce it and others below it.
    /// Left out where it would grow too large, or be no portable name though all its pages are.
    fn section_prints(&mut self) {
        let (site, limit) = (self.site, self.site.config.limits.section_print_pages);
        // The first section is the handbook itself.
        for (section, _) in
            site.sections.iter().enumerate().skip(1).filter(|(_, s)| s.index.is_some())
        {
            let others = site.pages_below(section).len() - 1;
            let paths: Vec<UrlPath> = (0..site.config.languages.len())
                .map(|lang| site.section_print_path(section, lang))
                .collect();
            let portable = paths.iter().all(|p| portable_name_problem(p.as_str()).is_none());
            if portable && (1..=limit).contains(&others) {
                for (lang, path) in paths.into_iter().enumerate() {
                    self.add(path, Route::SectionPrint { section, lang });
                }
            }
        }
    }

    /// Each page beside its translation. Left out where that would be no portable name.
    fn bilingual_pages(&mut self) {
        let site = self.site;
        for pair in (0..site.pairs.len()).filter(|_| site.config.side_by_side) {
            for lang in 0..site.config.languages.len() {
                let path = site.bilingual_path(pair, lang);
                let portable = portable_name_problem(path.as_str()).is_none();
                if portable && site.bilingual_languages(pair, lang).is_some() {
                    self.add(path, Route::Bilingual { pair, lang });
                }
            }
        }
    }

    fn generated(&mut self) {
        let site = self.site;
        let hosted = site.config.base_url.is_some();
        for lang in 0..site.config.languages.len() {
            if hosted && site.has_dates() {
                self.add(
                    UrlPath::new(format!("{}/feed.xml", site.lang(lang))),
                    Route::Feed { lang },
                );
            }
            self.add(site.search_path(lang), Route::Alphabetical { lang });
            if site.has_glossary() {
                self.add(site.glossary_path(lang), Route::Glossary { lang });
                self.add(site.glossary_script_path(lang), Route::GlossaryScript { lang });
            }
            if site.edition.freshness {
                self.add(site.freshness_path(lang), Route::Freshness { lang });
            }
            let tags = site.tags.keys().map(String::as_str);
            self.taxonomy(Taxonomy::Tags, tags.collect(), lang);
            let audiences = site.audiences.iter().map(|(id, _)| id.as_str());
            self.taxonomy(Taxonomy::Audience, audiences.collect(), lang);
        }
        self.add(UrlPath::new("index.html"), Route::Root);
        self.add(UrlPath::new("robots.txt"), Route::Robots);
        if hosted {
            self.add(UrlPath::new("404.html"), Route::NotFound);
            self.add(UrlPath::new("sitemap.xml"), Route::Sitemap);
        }
    }

    fn taxonomy(&mut self, taxonomy: Taxonomy, terms: Vec<&str>, lang: usize) {
        if terms.is_empty() {
            return;
        }
        let list = Route::Terms { taxonomy, lang };
        self.add(self.site.term_path(taxonomy, None, lang), list);
        for term in terms {
            let route = Route::Term { taxonomy, term: term.to_owned(), lang };
            self.add(self.site.term_path(taxonomy, Some(term), lang), route);
        }
    }

    fn statics(&mut self) {
        let sources: Vec<RelPath> = self.site.statics.keys().cloned().collect();
        for source in sources {
            let path = UrlPath::new(source.as_str());
            // The files of the index, whose names follow from what they hold.
            let of_search = path.as_str().starts_with("search/");
            if of_search || self.routes.contains_key(&path) {
                let file = RelPath::new(format!("static/{source}"));
                self.diagnostics
                    .push(Diagnostic::new(Code::StaticClash, &file).with("path", source.as_str()));
                continue;
            }
            if !path.as_str().is_ascii() {
                let file = RelPath::new(format!("static/{source}"));
                self.diagnostics.push(
                    Diagnostic::new(Code::UnportableName, &file)
                        .with("name", source.as_str())
                        .with("problem_vi", "chỉ dùng chữ cái không dấu, chữ số và gạch ngang")
                        .with("problem_en", "use plain letters, digits and hyphens only"),
                );
                continue;
            }
            self.add(path, Route::Static(source));
        }
    }

    /// Former addresses come last: where a page has the address now, the page stands.
    fn redirects(&mut self) {
        for pair in 0..self.site.pairs.len() {
            let version = self.site.pairs[pair].source_version();
            for alias in version.meta.aliases.clone() {
                let names_language =
                    |l: &crate::base::Lang| alias.split('/').next() == Some(l.as_str());
                let cleaned = clean_alias(&alias)
                    .filter(|_| !self.site.config.languages.iter().any(names_language));
                let Some(address) = cleaned else {
                    let diagnostic = self.about_alias(Code::BadAlias, pair, &alias);
                    self.diagnostics.push(diagnostic);
                    continue;
                };
                for lang in 0..self.site.config.languages.len() {
                    let path = UrlPath::new(format!("{}/{address}.html", self.site.lang(lang)));
                    if let Some(other) = self.routes.get(&path) {
                        let by = self.maker(other);
                        let place = self.place_of_alias(other, &alias);
                        let diagnostic = self.about_alias(Code::AliasTaken, pair, &alias);
                        let diagnostic = diagnostic.with("by", by.as_str());
                        let own = by == diagnostic.file && place == diagnostic.span;
                        self.diagnostics.push(match own {
                            true => diagnostic,
                            false => diagnostic.see(&by, place),
                        });
                        break;
                    }
                    self.add(path, Route::Redirect { pair, lang });
                }
            }
        }
    }

    fn about_alias(&self, code: Code, pair: usize, alias: &str) -> Diagnostic {
        let version = self.site.pairs[pair].source_version();
        let mut d = Diagnostic::new(code, &version.source).with("alias", alias);
        d.span = version.alias_spans.iter().find(|(a, _)| a == alias).map(|(_, s)| *s);
        d
    }

    /// Where the page that a former address leads to says so.
    fn place_of_alias(&self, route: &Route, alias: &str) -> Option<Span> {
        let Route::Redirect { pair, .. } = route else { return None };
        let spans = &self.site.pairs[*pair].source_version().alias_spans;
        spans.iter().find(|(a, _)| clean_alias(a) == clean_alias(alias)).map(|(_, span)| *span)
    }
}

/// An alias as an address: every part folded already, as addresses are.
fn clean_alias(alias: &str) -> Option<String> {
    let alias = alias.trim().trim_matches('/');
    let parts: Vec<&str> = alias.split('/').collect();
    let ok = parts.iter().all(|p| !p.is_empty() && slug(p) == *p);
    ok.then(|| parts.join("/"))
}

/// A problem with a name, in words of both languages.
pub fn words(problem: PathProblem) -> (&'static str, &'static str) {
    match problem {
        PathProblem::Reserved => {
            ("Windows dành riêng tên này", "Windows keeps this name for itself")
        }
        PathProblem::TrailingDotOrSpace => {
            ("tên kết thúc bằng dấu chấm hoặc dấu cách", "it ends in a dot or a space")
        }
        PathProblem::ForbiddenCharacter => (
            "tên có ký tự bị cấm như `: * ? \" < > |`",
            "it has a forbidden character such as `: * ? \" < > |`",
        ),
        PathProblem::TooLong => {
            ("đường dẫn dài hơn 120 ký tự", "the path is longer than 120 characters")
        }
        PathProblem::TooDeep => ("nằm sâu hơn bốn thư mục", "it lies more than four folders deep"),
    }
}

/// What to do about it.
fn remedy(problem: PathProblem) -> (&'static str, &'static str) {
    match problem {
        PathProblem::Reserved => (
            "đặt tên khác, chẳng hạn thêm một từ vào tên",
            "choose another name, for instance one with a word added",
        ),
        PathProblem::TrailingDotOrSpace => {
            ("xóa dấu chấm hoặc dấu cách ở cuối tên", "remove the dot or space at the end")
        }
        PathProblem::ForbiddenCharacter => {
            ("bỏ ký tự đó khỏi tên", "take that character out of the name")
        }
        PathProblem::TooLong => {
            ("rút ngắn tên tệp hoặc tên thư mục", "shorten the name of the file or its folder")
        }
        PathProblem::TooDeep => (
            "chuyển tệp lên thư mục cao hơn; nhiều nhất là bốn cấp thư mục",
            "move the file up; four levels of folders are the most",
        ),
    }
}
