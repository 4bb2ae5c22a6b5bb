//! Where the text of a page says what stands in its output, so that a problem of the output is
//! shown in the file that an editor would change.

use super::page;
use crate::base::{RelPath, Span, UrlPath};
use crate::diag::Sources;
use crate::model::*;
use crate::render::html::escape;
use crate::render::sanitise::raw_references;

/// A file and, where it is known, the place in it.
pub type SourcePlace = (RelPath, Option<Span>);

/// Finds places in the texts of a site's pages. Positions of pages and languages are those of
/// [`Site`].
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The site.
    pub site: &'a Site,
    /// The files that it was made of.
    pub snapshot: &'a Snapshot,
}

impl Places<'_> {
    /// Where the text of a page makes the address `written`, as it stands on the page.
    pub fn address(&self, pair: usize, lang: usize, written: &str) -> Option<SourcePlace> {
        let here = self.site.page_path(pair, lang);
        let in_text = self.find(pair, lang, |node, source| {
            let place = Place { source, pair, lang };
            let leads =
                |target: &LinkTarget| self.href(place, &here, target).as_deref() == Some(written);
            match node {
                Node::Inline(Inline::Link(link)) => leads(&link.target).then_some(link.span),
                Node::Inline(Inline::Html(raw)) | Node::Block(Block::Html(raw)) => {
                    let known = raw_references(&raw.html).iter().any(|r| r.trim() == written);
                    known.then(|| self.within(source, raw.span, written))
                }
                _ => None,
            }
        });
        in_text.into_iter().next().or_else(|| self.literally(pair, lang, written))
    }

    /// Where the text of a page gives something the id `id`, in order.
    pub fn ids(&self, pair: usize, lang: usize, id: &str) -> Vec<SourcePlace> {
        self.find(pair, lang, |node, source| match node {
            Node::Block(Block::Heading(h)) => (h.id.as_deref() == Some(id)).then_some(h.span),
            Node::Block(Block::Container(c)) => (c.id.as_deref() == Some(id)).then_some(c.span),
            Node::Inline(Inline::Html(raw)) | Node::Block(Block::Html(raw)) => {
                let known = page::read(&raw.html).ids.iter().any(|i| &**i == id);
                known.then(|| self.within(source, raw.span, id))
            }
            _ => None,
        })
    }

    /// Where editors' HTML on a page shows the picture `src` without saying what it shows.
    pub fn picture(&self, pair: usize, lang: usize, src: &str) -> Option<SourcePlace> {
        let found = self.find(pair, lang, |node, source| match node {
            Node::Inline(Inline::Html(raw)) | Node::Block(Block::Html(raw)) => {
                let known = page::read(&raw.html).without_alt.iter().any(|s| &**s == src);
                known.then(|| self.within(source, raw.span, src))
            }
            _ => None,
        });
        found.into_iter().next()
    }

    /// Where a file of `static/`, given by its path below it, says `words`.
    pub fn in_static(&self, path: &RelPath, words: &str) -> SourcePlace {
        let file = RelPath::new(format!("static/{path}"));
        let span = self.snapshot.text(&file).and_then(|text| first(text, words));
        (file, span)
    }

    /// Where site.toml says `words`.
    pub fn in_config(&self, words: &str) -> Option<SourcePlace> {
        let span = first(&self.snapshot.config.text, words)?;
        Some((RelPath::new("site.toml"), Some(span)))
    }

    /// Where the theme's files lie, for what stands in no text.
    pub fn theme(&self) -> RelPath {
        RelPath::new(format!("themes/{}", self.site.config.theme))
    }

    /// Every node of a page's text for which `place` knows a place.
    fn find(
        &self,
        pair: usize,
        lang: usize,
        mut place: impl FnMut(Node<'_>, &RelPath) -> Option<Span>,
    ) -> Vec<SourcePlace> {
        let version = self.site.pairs[pair].version(lang).0;
        let mut found = Vec::new();
        walk(&version.doc, &version.source, &mut |node, source| {
            found.extend(place(node, source).map(|span| (source.clone(), Some(span))));
        });
        found
    }

    /// The address that a link written at `place` has on the page `here`.
    fn href(&self, place: Place<'_>, here: &UrlPath, target: &LinkTarget) -> Option<String> {
        match self.site.link(place, target).ok()? {
            Destination::Page(pair, section) => {
                let page = self.site.page_path(pair, place.lang);
                Some(match section {
                    Some(id) if page == *here => format!("#{id}"),
                    Some(id) => format!("{}#{id}", here.link_to(&page)),
                    None => here.link_to(&page),
                })
            }
            Destination::Asset(source) => Some(here.link_to(self.site.asset_url(&source)?)),
            Destination::External(address) => {
                let mut written = String::new();
                escape::push_address(&mut written, &address);
                Some(written.replace("&amp;", "&"))
            }
        }
    }

    /// The first `words` within `span`, or the whole of it where they are written otherwise.
    fn within(&self, file: &RelPath, span: Span, words: &str) -> Span {
        let text = self.snapshot.pages.get(file).and_then(|p| p.text.get(span.range()));
        let found = text.and_then(|text| first(text, words)).map(Span::range);
        let start = span.range().start;
        found.map_or(span, |r| Span::new(start + r.start, start + r.end))
    }

    /// Where a page's file says a full address letter by letter: front matter holds some, too.
    fn literally(&self, pair: usize, lang: usize, address: &str) -> Option<SourcePlace> {
        let file = &self.site.pairs[pair].version(lang).0.source;
        let text = &self.snapshot.pages.get(file)?.text;
        let span = first(text, address).filter(|_| address.contains("://"))?;
        Some((file.clone(), Some(span)))
    }
}

fn first(text: &str, words: &str) -> Option<Span> {
    let at = text.find(words).filter(|_| !words.is_empty())?;
    Some(Span::new(at, at + words.len()))
}
