//! What is wrong with the output, said once and where an editor can mend it.

use super::output::{Output, Problem};
use super::places::{Places, SourcePlace};
use crate::base::{RelPath, UrlPath};
use crate::diag::{Code, Diagnostic};
use crate::model::Route;
use std::collections::{BTreeMap, HashSet};

/// Reports what is wrong with the files of `output`. What `known` says already, in building
/// the pages, is left out; what stands on many pages for one reason is reported once.
pub fn report(places: Places<'_>, output: &Output<'_>, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let said = Said::by(known);
    let mut found: BTreeMap<(Found, SourcePlace), Pages<'_>> = BTreeMap::new();
    for (path, route, problems) in output.problems() {
        for problem in problems.into_iter().filter(|p| !said.covers(path, route, p)) {
            let origin = origin(places, route, &problem);
            let found = found.entry((Found { problem, origin: origin.kind }, origin.place));
            let pages = Pages { first: path, number: 0, related: origin.related };
            found.or_insert(pages).number += 1;
        }
    }
    let found = found.into_iter();
    found.map(|((f, place), pages)| diagnostic(places, output, f, place, pages)).collect()
}

/// A problem and who made it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    problem: Problem,
    origin: Origin,
}

/// The pages that have a problem.
struct Pages<'a> {
    first: &'a UrlPath,
    number: usize,
    related: Option<SourcePlace>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// The file at the place: a text, a page of `static/`.
    File,
    /// A template or a style of the theme.
    Theme,
    /// sotay itself, from what site.toml says.
    Site,
}

struct Whence {
    kind: Origin,
    place: SourcePlace,
    /// A second place that explains the first.
    related: Option<SourcePlace>,
}

impl Whence {
    fn new(kind: Origin, place: SourcePlace) -> Whence {
        Whence { kind, place, related: None }
    }
}

/// Where a problem comes from.
fn origin(places: Places<'_>, route: &Route, problem: &Problem) -> Whence {
    let in_text = match route {
        Route::Page { pair, lang } => in_text(places, *pair, *lang, problem),
        Route::Static(file) => {
            Some(Whence::new(Origin::File, places.in_static(file, address(problem))))
        }
        Route::Feed { .. } | Route::Sitemap | Route::Robots => {
            Some(Whence::new(Origin::Site, (RelPath::new("site.toml"), None)))
        }
        _ => None,
    };
    in_text.unwrap_or_else(|| Whence::new(Origin::Theme, (places.theme(), None)))
}

fn in_text(places: Places<'_>, pair: usize, lang: usize, problem: &Problem) -> Option<Whence> {
    let place = match problem {
        Problem::DuplicateId(id) => {
            let mut all = places.ids(pair, lang, id);
            let place = all.pop()?;
            let related = all.into_iter().next();
            return Some(Whence { kind: Origin::File, place, related });
        }
        Problem::NoAlt(src) => places.picture(pair, lang, src),
        problem => places.address(pair, lang, address(problem)),
    };
    Some(Whence::new(Origin::File, place?))
}

/// The address or id that a problem is about, as it stands in the file.
fn address(problem: &Problem) -> &str {
    match problem {
        Problem::NoFile(address) | Problem::NeedsNetwork(address) => address,
        Problem::NoPlace { address, .. } => address,
        Problem::DuplicateId(id) => id,
        Problem::NoAlt(src) => src,
    }
}

fn diagnostic(
    places: Places<'_>,
    output: &Output<'_>,
    Found { problem, origin }: Found,
    (file, span): SourcePlace,
    Pages { first, number, related }: Pages<'_>,
) -> Diagnostic {
    let d = match &problem {
        Problem::NoFile(target) => {
            Diagnostic::new(Code::BrokenOutputLink, &file).with("target", target)
        }
        Problem::NeedsNetwork(target) => Diagnostic::new(Code::NeedsNetwork, &file)
            .with("page", first.as_str())
            .with("target", target),
        Problem::NoPlace { address, destination, id } => {
            let d = Diagnostic::new(Code::BrokenOutputAnchor, &file)
                .with("target", address)
                .with("destination", destination.as_str())
                .with("anchor", id);
            // A suggestion takes the place of the words that say whose mistake it is.
            let near = (origin == Origin::File).then(|| output.ids(destination));
            d.suggest(id, near.into_iter().flatten())
        }
        Problem::DuplicateId(id) => Diagnostic::new(Code::DuplicateId, &file).with("id", id),
        Problem::NoAlt(src) => Diagnostic::new(Code::ImageWithoutAlt, &file).with("target", src),
    };
    let (pages_vi, pages_en) = pages_in_words(first, number);
    let (origin_vi, origin_en) = origin_in_words(origin, &places.theme());
    let d = d
        .with("pages_vi", pages_vi)
        .with("pages_en", pages_en)
        .with("origin_vi", origin_vi)
        .with("origin_en", origin_en);
    Diagnostic { span, related, ..d }
}

/// `vi/index.html` and how many more.
fn pages_in_words(first: &UrlPath, number: usize) -> (String, String) {
    match number.saturating_sub(1) {
        0 => (format!("`{first}`"), format!("`{first}`")),
        1 => (format!("`{first}` và 1 trang khác"), format!("`{first}` and 1 other page")),
        n => (format!("`{first}` và {n} trang khác"), format!("`{first}` and {n} other pages")),
    }
}

fn origin_in_words(origin: Origin, theme: &RelPath) -> (String, String) {
    match origin {
        Origin::File => {
            ("chỗ này nằm trong chính tệp này".to_owned(), "it stands in this file".to_owned())
        }
        Origin::Theme => (
            format!(
                "chỗ này không có trong bài viết mà do giao diện tạo ra: xem các tệp trong `{theme}`"
            ),
            format!(
                "it stands in no text but comes from the theme: look at the files in `{theme}`"
            ),
        ),
        Origin::Site => (
            "chỗ này do sotay tạo ra từ `base_url`".to_owned(),
            "sotay made it from `base_url`".to_owned(),
        ),
    }
}

/// What was reported while the pages were made, so that it need not be said twice.
struct Said {
    /// Nothing leads home where there is no home page, and that is reported once.
    no_home: bool,
    /// Addresses that do not work offline, with the folder of the page that has them: a sidebar
    /// is looked at on one page of its folder.
    by_folder: HashSet<(String, String)>,
    /// Addresses in editors' HTML.
    in_html: HashSet<String>,
}

impl Said {
    fn by(known: &[Diagnostic]) -> Said {
        let of = |code: Code| known.iter().filter(move |d| d.code == code);
        let target = |d: &Diagnostic| d.args.get("target").map(|t| t.replace("&amp;", "&"));
        let folder = |d: &Diagnostic| Some(UrlPath::new(d.args.get("page")?).folder().to_owned());
        Said {
            no_home: of(Code::NoHome).next().is_some(),
            by_folder: of(Code::NotOffline)
                .filter_map(|d| Some((folder(d)?, target(d)?)))
                .collect(),
            in_html: of(Code::RawReference).filter_map(target).collect(),
        }
    }

    fn covers(&self, path: &UrlPath, route: &Route, problem: &Problem) -> bool {
        let (Problem::NoFile(address) | Problem::NeedsNetwork(address)) = problem else {
            return false;
        };
        let is_guarded = match route {
            Route::Page { .. } | Route::Terms { .. } | Route::Term { .. } => true,
            Route::Redirect { .. } | Route::Root => true,
            _ => false,
        };
        let by_folder = || self.by_folder.contains(&(path.folder().to_owned(), address.clone()));
        is_guarded && (self.no_home || self.in_html.contains(address) || by_folder())
    }
}
