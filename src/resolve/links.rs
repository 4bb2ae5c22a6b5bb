//! Follows every link, image and document number once, to report what leads nowhere and to
//! learn who cites whom.

use super::dead;
use crate::base::{DocNumber, RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::sync::Arc;

/// Follows every link of a page in each of its languages.
pub fn follow_pair(site: &Site, pair: usize) -> Vec<Option<Arc<Followed>>> {
    let versions = site.pairs[pair].versions.iter().enumerate();
    versions
        .map(|(lang, version)| Some(Arc::new(follow(site, pair, lang, version.as_ref()?))))
        .collect()
}

/// Knows which links lead where they led in an earlier site.
pub struct Known<'a> {
    previous: &'a Site,
    /// Whether a page has the sections that it had, by position in `Site::pairs`.
    same_sections: Vec<bool>,
}

impl<'a> Known<'a> {
    /// `None` where pages, documents or files came or went, which any link might mean.
    pub fn new(previous: &'a Site, site: &Site) -> Option<Known<'a>> {
        let same_places = Arc::ptr_eq(&previous.config, &site.config)
            && previous.edition == site.edition
            && previous.absent == site.absent
            && previous.replaced_by == site.replaced_by
            && previous.assets.keys().eq(site.assets.keys())
            && previous.pairs.len() == site.pairs.len();
        let both = || previous.pairs.iter().zip(&site.pairs);
        (same_places && both().all(|(a, b)| same_place(a, b))).then(|| Known {
            previous,
            same_sections: both().map(|(a, b)| same(a, b, same_sections)).collect(),
        })
    }

    /// What following the links of a page would find again, if that is certain. Of faulty links
    /// it is not: what is said of them may depend on anything.
    pub fn followed(&self, site: &Site, pair: usize) -> Option<Vec<Option<Arc<Followed>>>> {
        let again = &self.previous.followed[pair];
        let certain = same(&self.previous.pairs[pair], &site.pairs[pair], |_, _| false)
            && again.iter().flatten().all(|f| {
                f.diagnostics.is_empty() && f.into.iter().all(|page| self.same_sections[*page])
            });
        certain.then(|| again.clone())
    }
}

/// Whether both have the same languages, and each version is the same one or `alike`.
fn same(a: &Pair, b: &Pair, alike: impl Fn(&Version, &Version) -> bool) -> bool {
    a.versions.len() == b.versions.len()
        && a.versions.iter().zip(&b.versions).all(|versions| match versions {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || alike(a, b),
            (None, None) => true,
            _ => false,
        })
}

fn same_place(a: &Pair, b: &Pair) -> bool {
    let alike =
        |a: &Version, b: &Version| a.source == b.source && number(&a.meta) == number(&b.meta);
    a.id == b.id && same(a, b, alike)
}

fn same_sections(a: &Version, b: &Version) -> bool {
    a.headings == b.headings && a.ids == b.ids
}

fn number(meta: &Meta) -> Option<&str> {
    match &meta.details {
        Details::Directive(d) => Some(&d.number),
        _ => None,
    }
}

/// Follows every link of `version`, a page of `pair` in language `lang`.
fn follow(site: &Site, pair: usize, lang: usize, version: &Version) -> Followed {
    let mut out = Followed::default();
    walk(&version.doc, &version.source, &mut |node, source| {
        let place = Place { source, pair, lang };
        match node {
            Node::Inline(Inline::Link(link)) => follow_link(site, place, link, &mut out),
            Node::Inline(Inline::Image(image)) => follow_image(site, place, image, &mut out),
            Node::Inline(Inline::DocNumber { text, span }) => {
                cite(site, place, text, *span, &mut out);
            }
            _ => {}
        }
    });
    if let Details::Talk(talk) = &version.meta.details
        && !inherits_attachments(site, pair, version)
    {
        for (target, span) in &talk.attachments {
            follow_attachment(
                site,
                Place { source: &version.source, pair, lang },
                target,
                *span,
                &mut out,
            );
        }
    }
    out
}

/// Whether the files are those of the source's version, where they are followed: their places
/// lie in its file.
fn inherits_attachments(site: &Site, pair: usize, version: &Version) -> bool {
    let source = site.pairs[pair].source_version();
    match (&source.meta.details, &version.meta.details) {
        (Details::Talk(there), Details::Talk(here)) => {
            source.source != version.source && there.attachments == here.attachments
        }
        _ => false,
    }
}

fn follow_link(site: &Site, place: Place<'_>, link: &Link, out: &mut Followed) {
    match site.link(place, &link.target) {
        Ok(Destination::Page(pair, _)) => {
            let (LinkTarget::Path(target) | LinkTarget::Wiki(target)) = &link.target;
            if target.contains('#') {
                out.into.insert(pair);
            }
            if let Details::Directive(d) = &site.pairs[pair].source_version().meta.details {
                cite(site, place, &d.number, link.span, out);
            }
        }
        Ok(Destination::Asset(source)) => use_file(&source, out),
        Ok(Destination::External(_)) => {}
        Err(dead) => {
            let (target, wiki) = match &link.target {
                LinkTarget::Path(t) => (t, false),
                LinkTarget::Wiki(t) => (t, true),
            };
            // A wiki link to a document that was replaced and has no page of its own.
            if wiki && dead == Dead::NoPage && cite(site, place, target, link.span, out) {
                return;
            }
            out.diagnostics.extend(dead::link(site, place, target, link.span, dead, wiki));
        }
    }
}

/// Notes that a document is cited. Whether `text` is a number this site knows.
fn cite(site: &Site, place: Place<'_>, text: &str, span: Span, out: &mut Followed) -> bool {
    let Some(number) = DocNumber::new(text) else { return false };
    let page = site.by_number.get(&number).copied();
    if let Some(page) = page.filter(|p| *p != place.pair) {
        out.cites.insert(page);
    }
    let replaced = site.replaced_by.get(&number).copied();
    if let Some(by) = replaced.filter(|by| *by != place.pair && page != Some(place.pair)) {
        let known =
            out.cites_replaced.iter().any(|(n, _)| DocNumber::new(n).as_ref() == Some(&number));
        if !known {
            out.cites_replaced.push((text.to_owned(), by));
            let by = number_of(site, by);
            out.diagnostics.push(
                Diagnostic::new(Code::CitesReplaced, place.source)
                    .at(span)
                    .with("number", text)
                    .with("by", by),
            );
        }
    }
    page.is_some() || replaced.is_some()
}

fn number_of(site: &Site, pair: usize) -> String {
    number(&site.pairs[pair].source_version().meta).unwrap_or_default().to_owned()
}

fn follow_image(site: &Site, place: Place<'_>, image: &Image, out: &mut Followed) {
    if image.alt.trim().is_empty() {
        out.diagnostics.push(
            Diagnostic::new(Code::MissingAlt, place.source)
                .at(image.span)
                .with("target", &image.target),
        );
    }
    let dead = match site.file(place, &image.target) {
        Ok(source) if is_shown(&source.extension()) => return use_file(source, out),
        Ok(_) => {
            let d = Diagnostic::new(Code::NotAPicture, place.source);
            out.diagnostics.push(d.at(image.span).with("target", &image.target));
            return;
        }
        Err(dead) => dead,
    };
    out.diagnostics.push(dead::image(site, place, &image.target, image.span, dead));
}

fn use_file(source: &RelPath, out: &mut Followed) {
    if is_partial(source) {
        out.uses.insert(source.clone());
    }
}

/// Whether browsers show a file of this kind in a page: pictures, films and recordings.
fn is_shown(extension: &str) -> bool {
    const SHOWN: [&str; 17] = [
        "png", "jpg", "jpeg", "webp", "gif", "svg", "avif", "mp4", "webm", "ogv", "m4v", "mp3",
        "ogg", "oga", "m4a", "wav", "opus",
    ];
    SHOWN.contains(&extension)
}

fn follow_attachment(site: &Site, place: Place<'_>, target: &str, span: Span, out: &mut Followed) {
    let dead = match site.file(place, target) {
        Ok(source) => return use_file(source, out),
        Err(dead) => dead,
    };
    out.diagnostics.push(dead::attachment(site, place, target, span, dead));
}
