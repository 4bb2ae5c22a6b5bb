//! What is said of a link, a picture or an attachment that leads nowhere.

use super::meant;
use crate::base::{DocNumber, Span, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::*;

/// How many sections of a page are named to somebody who looks for one.
const NAMED_SECTIONS: usize = 12;

/// A link; `None` where the reason is reported elsewhere.
pub fn link(
    site: &Site,
    place: Place<'_>,
    target: &str,
    span: Span,
    dead: Dead,
    wiki: bool,
) -> Option<Diagnostic> {
    let new = |code| Diagnostic::new(code, place.source).at(span).with("target", target);
    Some(match dead {
        Dead::Unfinished => return None,
        Dead::NoFile(path) => {
            let nearest = meant::by_link(site, place, target);
            Diagnostic { nearest, ..new(Code::BrokenLink).with("looked_for", path) }
        }
        Dead::NoSection(pair, id) => no_section(site, place, span, pair, &id),
        Dead::NoPage => {
            debug_assert!(wiki);
            no_page(site, new(Code::BrokenWikiLink), target)
        }
        Dead::Hidden => new(Code::LinkToHidden),
        Dead::Outside => outside(site, place, new(Code::OutsideProject), target),
        Dead::Scheme | Dead::Remote => new(Code::ForbiddenScheme),
    })
}

/// A picture or film.
pub fn image(site: &Site, place: Place<'_>, target: &str, span: Span, dead: Dead) -> Diagnostic {
    let new = |code| Diagnostic::new(code, place.source).at(span).with("target", target);
    match dead {
        Dead::NoFile(path) => {
            let nearest = meant::by_file(site, place, target);
            Diagnostic { nearest, ..new(Code::BrokenImage).with("looked_for", path) }
        }
        Dead::Remote => new(Code::RemoteResource),
        Dead::Scheme => new(Code::ForbiddenScheme),
        _ => outside(site, place, new(Code::OutsideProject), target),
    }
}

/// A file that front matter offers.
pub fn attachment(
    site: &Site,
    place: Place<'_>,
    target: &str,
    span: Span,
    dead: Dead,
) -> Diagnostic {
    let looked_for = match dead {
        Dead::NoFile(path) => path,
        _ => target.to_owned(),
    };
    let diagnostic = Diagnostic::new(Code::MissingAttachment, place.source)
        .at(span)
        .with("target", target)
        .with("looked_for", looked_for);
    Diagnostic { nearest: meant::by_file(site, place, target), ..diagnostic }
}

fn no_section(site: &Site, place: Place<'_>, span: Span, pair: usize, id: &str) -> Diagnostic {
    let version = site.pairs[pair].version(place.lang).0;
    let ids: Vec<&str> = version.headings.iter().map(|h| h.id.as_str()).collect();
    let mut anchors = ids[..ids.len().min(NAMED_SECTIONS)].join(", ");
    if ids.len() > NAMED_SECTIONS {
        anchors.push_str(", …");
    }
    let diagnostic = Diagnostic::new(Code::BrokenAnchor, place.source)
        .at(span)
        .with("page", site.pairs[pair].id.as_str())
        .with("anchor", id)
        .with("anchors", anchors);
    if ids.is_empty() {
        return diagnostic.advise(
            format!("trang đó không có mục nào; bỏ `#{id}`"),
            format!("that page has no sections; leave out `#{id}`"),
        );
    }
    // `#Dấu hiệu` is a heading's text.
    diagnostic.suggest(&slug(id), ids.iter().copied())
}

fn no_page(site: &Site, diagnostic: Diagnostic, target: &str) -> Diagnostic {
    let name = target.split('#').next().unwrap_or_default().trim();
    if DocNumber::new(name).is_some() {
        // A number that is near is another document.
        return diagnostic.advise(
            format!("sổ tay chưa có trang tóm tắt văn bản này; viết `{name}` không có ngoặc vuông, hoặc thêm trang vào `directives/`"),
            format!("the handbook has no summary of this document; write `{name}` without brackets, or add a page to `directives/`"),
        );
    }
    let section = target.find('#').map_or("", |at| &target[at..]);
    Diagnostic { nearest: meant::by_name(site, name).map(|id| id + section), ..diagnostic }
}

/// A path that is not relative, or leaves the project.
fn outside(site: &Site, place: Place<'_>, diagnostic: Diagnostic, target: &str) -> Diagnostic {
    if let Some(nearest) = meant::by_link(site, place, target) {
        return Diagnostic { nearest: Some(nearest), ..diagnostic };
    }
    if scheme(target).is_none() {
        return match target.contains('\\') {
            true => diagnostic.advise(
                "viết `/` thay cho `\\`; tệp đó cũng phải có trong `content/`",
                "write `/` for `\\`; the file has to be under `content/` too",
            ),
            false => diagnostic,
        };
    }
    let path = meant::on_this_site(target);
    let written = meant::written(path.rsplit('/').next().unwrap_or_default());
    diagnostic.advise(
        format!("đây là tệp trên máy của bạn; chép nó vào cạnh trang rồi viết `({written})`"),
        format!(
            "this is a file on your own computer; copy it beside the page and write `({written})`"
        ),
    )
}
