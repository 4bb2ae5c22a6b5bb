//! What is wrong with the output, said once and where an editor can mend it.

use super::output::{Output, Problem};
use super::places::{Places, SourcePlace};
use crate::base::{RelPath, UrlPath};
use crate::diag::{Code, Diagnostic};
use crate::model::{Route, Site};
use std::collections::{BTreeMap, HashSet};

/// Reports what is wrong with the files of `output`. What `known` says already, in building
/// the pages, is left out; what stands on many pages for one reason is reported once.
pub fn report(places: Places<'_>, output: &Output<'_>, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let said = Said::by(known);
    let mut found: BTreeMap<Cause, Found<'_>> = BTreeMap::new();
    let all = output.problems();
    let on_page: HashSet<(&UrlPath, Code)> = all
        .iter()
        .flat_map(|(path, _, problems)| problems.iter().map(|p| (*path, code(p))))
        .collect();
    for (path, route, mut problems) in all.iter().cloned() {
        let of_pages = joined_pages(places.site, route);
        problems.retain(|p| !of_pages.iter().any(|page| on_page.contains(&(page, code(p)))));
        for problem in problems.into_iter().filter(|p| !said.covers(places, path, route, p)) {
            let Whence { origin, place, related } = whence(places, route, &problem);
            let what = address(&problem).to_owned();
            let cause = Cause { code: code(&problem), what, origin, place };
            let first = Found { problem, page: path, pages: 0, related };
            found.entry(cause).or_insert(first).pages += 1;
        }
    }
    found.into_iter().map(|(cause, found)| diagnostic(places, output, cause, found)).collect()
}

/// The pages of which a file is joined. What is wrong with one of them is wrong there as well,
/// under other ids and addresses, and is reported on the page alone.
fn joined_pages(site: &Site, route: &Route) -> Vec<UrlPath> {
    match route {
        Route::SectionPrint { section, lang } => {
            let pages = site.pages_below(*section).into_iter();
            pages.map(|pair| site.page_path(pair, *lang)).collect()
        }
        Route::Bilingual { pair, lang } => {
            let languages = site.bilingual_languages(*pair, *lang);
            let languages = languages.into_iter().flat_map(|(source, other)| [source, other]);
            languages.map(|lang| site.page_path(*pair, lang)).collect()
        }
        _ => Vec::new(),
    }
}

/// What an editor would mend once, on however many pages it shows.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    code: Code,
    what: String,
    origin: Origin,
    place: SourcePlace,
}

/// How a cause shows.
struct Found<'a> {
    /// On the first page.
    problem: Problem,
    page: &'a UrlPath,
    pages: usize,
    /// A second place that explains the first.
    related: Option<SourcePlace>,
}

/// Who made what is wrong.
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
    origin: Origin,
    place: SourcePlace,
    related: Option<SourcePlace>,
}

impl Whence {
    fn new(origin: Origin, place: SourcePlace) -> Whence {
        Whence { origin, place, related: None }
    }
}

/// Where a problem comes from.
fn whence(places: Places<'_>, route: &Route, problem: &Problem) -> Whence {
    let known = match route {
        Route::Page { pair, lang } => in_text(places, *pair, *lang, problem),
        Route::Static(file) => {
            Some(Whence::new(Origin::File, places.in_static(file, address(problem))))
        }
        Route::Feed { .. } | Route::Sitemap | Route::Robots => {
            Some(Whence::new(Origin::Site, (RelPath::new("site.toml"), None)))
        }
        _ => None,
    };
    known.unwrap_or_else(|| Whence::new(Origin::Theme, (places.theme(), None)))
}

fn in_text(places: Places<'_>, pair: usize, lang: usize, problem: &Problem) -> Option<Whence> {
    let place = match problem {
        Problem::DuplicateId(id) => {
            let mut all = places.ids(pair, lang, id);
            let place = all.pop()?;
            let related = all.into_iter().next();
            return Some(Whence { origin: Origin::File, place, related });
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

fn code(problem: &Problem) -> Code {
    match problem {
        Problem::NoFile(_) => Code::BrokenOutputLink,
        Problem::NeedsNetwork(_) => Code::NeedsNetwork,
        Problem::NoPlace { .. } => Code::BrokenOutputAnchor,
        Problem::DuplicateId(_) => Code::DuplicateId,
        Problem::NoAlt(_) => Code::ImageWithoutAlt,
    }
}

fn diagnostic(
    places: Places<'_>,
    output: &Output<'_>,
    Cause { code, what, origin, place: (file, span) }: Cause,
    Found { problem, page, pages, related }: Found<'_>,
) -> Diagnostic {
    let (where_vi, where_en) = pages_in_words(origin, page, pages);
    let (origin_vi, origin_en) = origin_in_words(origin, &places.theme());
    let d = Diagnostic::new(code, &file)
        .with("where_vi", where_vi)
        .with("where_en", where_en)
        .with("origin_vi", origin_vi)
        .with("origin_en", origin_en);
    let d = match &problem {
        Problem::DuplicateId(id) => d.with("id", id),
        Problem::NeedsNetwork(target) => d.with("page", page.as_str()).with("target", target),
        Problem::NoPlace { destination, id, .. } => {
            // A suggestion takes the place of the words that say whose mistake it is.
            let near = (origin == Origin::File).then(|| output.ids(destination));
            d.with("target", what)
                .with("destination", destination.as_str())
                .with("anchor", id)
                .suggest(id, near.into_iter().flatten())
        }
        Problem::NoFile(_) | Problem::NoAlt(_) => d.with("target", what),
    };
    Diagnostic { span, related, ..d }
}

/// Where it shows, to begin a sentence with. What stands in a file is shown there.
fn pages_in_words(origin: Origin, first: &UrlPath, pages: usize) -> (String, String) {
    if origin == Origin::File {
        return Default::default();
    }
    match pages.saturating_sub(1) {
        0 => (format!("ở `{first}`, "), format!("on `{first}`, ")),
        1 => (format!("ở `{first}` và 1 trang khác, "), format!("on `{first}` and 1 other page, ")),
        n => (
            format!("ở `{first}` và {n} trang khác, "),
            format!("on `{first}` and {n} other pages, "),
        ),
    }
}

/// Who made it, to end a sentence with.
fn origin_in_words(origin: Origin, theme: &RelPath) -> (String, String) {
    match origin {
        Origin::File => Default::default(),
        Origin::Theme => (
            format!(
                "; chỗ này do giao diện tạo ra, không nằm trong bài viết: xem các tệp trong `{theme}`"
            ),
            format!("; no text says this, the theme does: look at the files in `{theme}`"),
        ),
        Origin::Site => (
            "; chỗ này do sotay tạo ra từ `base_url`".to_owned(),
            "; sotay made this from `base_url`".to_owned(),
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
    /// Ids that are set twice, with the source file of the page.
    ids: HashSet<(RelPath, String)>,
}

impl Said {
    fn by(known: &[Diagnostic]) -> Said {
        let of = |code: Code| known.iter().filter(move |d| d.code == code);
        let target = |d: &Diagnostic| d.args.get("target").map(|t| t.replace("&amp;", "&"));
        let folder = |d: &Diagnostic| Some(UrlPath::new(d.args.get("page")?).folder().to_owned());
        let guarded = of(Code::NotOffline).filter_map(|d| Some((folder(d)?, target(d)?)));
        let twice = of(Code::DuplicateSectionId);
        Said {
            no_home: of(Code::NoHome).next().is_some(),
            by_folder: guarded.collect(),
            in_html: of(Code::RawReference).filter_map(target).collect(),
            ids: twice.filter_map(|d| Some((d.file.clone(), d.args.get("id")?.clone()))).collect(),
        }
    }

    fn covers(&self, places: Places<'_>, path: &UrlPath, route: &Route, problem: &Problem) -> bool {
        match problem {
            Problem::NoFile(address) | Problem::NeedsNetwork(address) => {
                let by_folder =
                    || self.by_folder.contains(&(path.folder().to_owned(), address.clone()));
                is_guarded(route) && (self.no_home || self.in_html.contains(address) || by_folder())
            }
            Problem::DuplicateId(id) => match route {
                Route::Page { pair, .. } => {
                    let source = &places.site.pairs[*pair].source_version().source;
                    self.ids.contains(&(source.clone(), id.clone()))
                }
                _ => false,
            },
            Problem::NoPlace { .. } | Problem::NoAlt(_) => false,
        }
    }
}

/// Whether a file's addresses are looked at while it is rendered.
fn is_guarded(route: &Route) -> bool {
    use Route::{Page, Redirect, Root, Term, Terms};
    matches!(route, Page { .. } | Terms { .. } | Term { .. } | Redirect { .. } | Root)
}
