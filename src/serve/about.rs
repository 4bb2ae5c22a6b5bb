//! What an editor is told about an open page: what it is, which files it comes from and how
//! long its text is.

use super::preview::Shown;
use crate::base::RelPath;
use crate::model::{Block, Length, Node, Route, Site, Taxonomy, Version, length, stem, walk};
use crate::render::Renderer;
use serde::Serialize;
use std::collections::BTreeSet;

/// So many files are named that a list is made of; the rest are only counted.
const MOST: usize = 100;

/// A page as its editor sees it. Paths are relative to the project.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct About {
    /// What it is: `talk`, `section`, `tag`, ...
    pub kind: &'static str,
    /// The files whose text it shows: its own, then those that this includes.
    pub texts: Vec<RelPath>,
    /// Given when the text is in another language: the file that would hold the translation.
    pub missing: Option<RelPath>,
    /// Files that it lists, for a page that is made of others.
    pub listed: Vec<RelPath>,
    /// How many more it lists.
    pub more: usize,
    /// The length of its text as shown, unless it has none of its own.
    pub length: Option<Length>,
}

impl About {
    /// The files that mistakes in this page's text are reported for.
    pub(super) fn sources(&self) -> impl Iterator<Item = &RelPath> {
        self.texts.iter().chain(&self.missing)
    }

    fn new(kind: &'static str) -> About {
        let (texts, listed) = (Vec::new(), Vec::new());
        About { kind, texts, missing: None, listed, more: 0, length: None }
    }

    /// The same page, made of `pages` as readers of `lang` see them.
    fn listing(self, site: &Site, pages: impl IntoIterator<Item = usize>, lang: usize) -> About {
        let pages: BTreeSet<usize> = pages.into_iter().collect();
        let files = pages.iter().map(|page| site.pairs[*page].version(lang).0.source.clone());
        About { listed: files.take(MOST).collect(), more: pages.len().saturating_sub(MOST), ..self }
    }
}

impl Shown {
    /// What there is to say about the page at `path`; nothing where there is none.
    pub fn about(&self, path: &str) -> Option<About> {
        let renderer = self.renderer()?;
        let site = renderer.site();
        let about = match site.routes.get(path)? {
            Route::Page { pair, lang } => page(renderer, *pair, *lang),
            Route::Terms { taxonomy, lang } => {
                let kind = match taxonomy {
                    Taxonomy::Tags => "tags",
                    Taxonomy::Audience => "audiences",
                };
                About::new(kind).listing(site, pages_of(site, *taxonomy, None), *lang)
            }
            Route::Term { taxonomy, term, lang } => {
                let kind = match taxonomy {
                    Taxonomy::Tags => "tag",
                    Taxonomy::Audience => "audience",
                };
                About::new(kind).listing(site, pages_of(site, *taxonomy, Some(term)), *lang)
            }
            Route::Alphabetical { .. } => About::new("search"),
            Route::Redirect { pair, lang } => {
                let (version, _) = site.pairs[*pair].version(*lang);
                About { texts: vec![version.source.clone()], ..About::new("redirect") }
            }
            Route::Root => About::new("root"),
            Route::NotFound => About::new("not-found"),
            _ => return None,
        };
        Some(about)
    }
}

fn page(renderer: &Renderer, pair: usize, lang: usize) -> About {
    let site = renderer.site();
    let (version, own) = site.pairs[pair].version(lang);
    let register: Vec<usize> =
        renderer.register_pages(pair).iter().map(|(page, _)| *page).collect();
    let kind = if register.is_empty() { renderer.kind(pair) } else { "register" };
    let about = About {
        texts: texts(version),
        missing: (!own).then(|| translation(site, version, lang)),
        length: Some(length(&version.doc, &site.edition)),
        ..About::new(kind)
    };
    about.listing(site, register, lang)
}

/// The file of `version`, and those that it includes.
fn texts(version: &Version) -> Vec<RelPath> {
    let mut included = BTreeSet::new();
    walk(&version.doc, &version.source, &mut |node, _| {
        if let Node::Block(Block::Included(part)) = node {
            included.insert(part.source.clone());
        }
    });
    std::iter::once(version.source.clone()).chain(included).collect()
}

/// Where the translation of `shown` belongs. There may be such a file that cannot be read.
fn translation(site: &Site, shown: &Version, lang: usize) -> RelPath {
    let stem = stem(shown.source.as_str(), &site.config.languages);
    RelPath::new(format!("{stem}.{}.md", site.lang(lang)))
}

/// The pages of one term, or of all.
fn pages_of(site: &Site, taxonomy: Taxonomy, term: Option<&str>) -> Vec<usize> {
    let is_meant = |name: &str| term.is_none_or(|term| term == name);
    match taxonomy {
        Taxonomy::Tags => {
            let tags = site.tags.iter().filter(|(tag, _)| is_meant(tag));
            tags.flat_map(|(_, term)| term.pages.iter().copied()).collect()
        }
        Taxonomy::Audience => {
            let audiences = site.audiences.iter().filter(|(id, _)| is_meant(id));
            audiences.flat_map(|(_, pages)| pages.iter().copied()).collect()
        }
    }
}
