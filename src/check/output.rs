//! Reads every file of the output as it is made, and keeps of each only what others must know:
//! its ids, and its links to places on other pages. When all are read, the two are compared.

use super::page::{self, Reference, Use};
use super::style;
use crate::base::UrlPath;
use crate::model::*;
use crate::render::guard::join;
use html5ever::tendril::StrTendril;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// The files of a site while they are made. [`Output::read`] may be called from many threads.
pub struct Output<'a> {
    site: &'a Site,
    files: Vec<File<'a>>,
    by_path: HashMap<&'a str, usize>,
}

struct File<'a> {
    path: &'a UrlPath,
    route: &'a Route,
    seen: OnceLock<Seen>,
}

/// What is kept of a file.
#[derive(Default)]
struct Seen {
    is_page: bool,
    references: usize,
    /// One a line: a site has too many of them for a set each.
    ids: Box<str>,
    /// Links to a place on another page, as written, and the file that they lead to.
    arrivals: Vec<(Box<str>, usize)>,
    /// Pages that the text leads to, as positions in `Site::pairs`.
    leads_to: Box<[usize]>,
    external: Vec<Box<str>>,
    problems: Vec<Problem>,
}

/// What is wrong with a file of the output.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Problem {
    /// An address, as written, that is no file of the site.
    NoFile(String),
    /// An address, as written, of something that the network must bring.
    NeedsNetwork(String),
    /// A link to a place that is not there.
    NoPlace {
        /// As written.
        address: String,
        /// The file that it leads to.
        destination: UrlPath,
        /// The id that is missing there.
        id: String,
    },
    /// An id that stands twice.
    DuplicateId(String),
    /// A picture without a description, by its address.
    NoAlt(String),
}

/// How much was read.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Pages.
    pub pages: usize,
    /// Links, pictures and whatever else has an address.
    pub links: usize,
}

/// Where an address leads.
enum Leads<'a> {
    /// To a file of the site, and an id in it.
    File(usize, Option<&'a str>),
    /// To another site.
    External,
    /// To no file of the site.
    Nowhere,
    /// To what the browser would fetch from the network.
    Network,
    /// Nowhere that could be checked: a mail address, data.
    Elsewhere,
}

impl<'a> Output<'a> {
    /// The output of `site`, nothing of it read.
    pub fn new(site: &'a Site) -> Output<'a> {
        let file = |(path, route)| File { path, route, seen: OnceLock::new() };
        let files: Vec<File<'_>> = site.routes.iter().map(file).collect();
        let by_path = files.iter().enumerate().map(|(i, f)| (f.path.as_str(), i)).collect();
        Output { site, files, by_path }
    }

    /// Reads a file of the output.
    pub fn read(&self, artifact: &Artifact) {
        let Some(at) = self.by_path.get(artifact.path.as_str()) else { return };
        let bytes: &[u8] = match &artifact.content {
            Content::Bytes(bytes) => bytes,
            Content::Shared(bytes) => bytes,
            Content::File { .. } => return,
        };
        let file = &self.files[*at];
        let name = file.path.name().to_ascii_lowercase();
        let is_html = name.ends_with(".html") || name.ends_with(".htm");
        // The strict reading is the faster one, and what sotay writes passes it.
        let text = || match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(bytes),
        };
        let seen = match file.route {
            Route::Feed { .. } | Route::Sitemap | Route::Robots => self.read_addresses(&text()),
            Route::Theme(_) | Route::Static(_) if name.ends_with(".css") => {
                self.read_style(file, &text())
            }
            Route::Static(_) if is_html => self.read_foreign_page(file, &text()),
            Route::Theme(_) | Route::Static(_) | Route::Asset(_) => return,
            _ => self.read_page(*at, &text()),
        };
        // A file is made once; were it made again, it would be the same.
        let _ = file.seen.set(seen);
    }

    /// A page that sotay makes.
    fn read_page(&self, at: usize, html: &str) -> Seen {
        let page = page::read(html);
        let file = &self.files[at];
        let ids: HashSet<&str> = page.ids.iter().chain(&page.names).map(|id| &**id).collect();
        let mut seen = Seen { is_page: true, references: page.references.len(), ..Seen::default() };
        let (mut problems, mut leads_to) = (Vec::new(), Vec::new());
        for reference in &page.references {
            let address = reference.address.trim();
            match self.leads(file, reference.used, address) {
                Leads::File(to, id) => {
                    leads_to.extend(self.other_page(file, to, reference));
                    match id {
                        Some(_) if to != at => seen.arrivals.push((address.into(), to)),
                        Some(id) if !arrives(id, |id| ids.contains(id)) => {
                            problems.push(self.no_place(address, to, id));
                        }
                        _ => {}
                    }
                }
                Leads::External => seen.external.push(address.into()),
                Leads::Nowhere => problems.push(Problem::NoFile(address.to_owned())),
                Leads::Network => problems.push(Problem::NeedsNetwork(address.to_owned())),
                Leads::Elsewhere => {}
            }
        }
        problems.extend(duplicates(&page.ids).map(Problem::DuplicateId));
        problems.extend(page.without_alt.iter().map(|src| Problem::NoAlt(src.to_string())));
        leads_to.sort_unstable();
        leads_to.dedup();
        (seen.leads_to, seen.ids) = (leads_to.into(), joined(ids));
        seen.finish(problems)
    }

    /// A page of `static/`: others made it, so that only what is missing offline is looked for.
    fn read_foreign_page(&self, file: &File<'_>, html: &str) -> Seen {
        let page = page::read(html);
        let mut seen = Seen { references: page.references.len(), ..Seen::default() };
        let mut problems = Vec::new();
        for reference in page.references.iter().filter(|_| !page.has_base) {
            let address = reference.address.trim();
            match self.leads(file, reference.used, address) {
                Leads::External => seen.external.push(address.into()),
                Leads::Nowhere => problems.push(Problem::NoFile(address.to_owned())),
                Leads::Network => problems.push(Problem::NeedsNetwork(address.to_owned())),
                Leads::File(..) | Leads::Elsewhere => {}
            }
        }
        seen.finish(problems)
    }

    fn read_style(&self, file: &File<'_>, css: &str) -> Seen {
        let addresses = style::addresses(css);
        let mut problems = Vec::new();
        for address in &addresses {
            match self.leads(file, Use::Resource, address.trim()) {
                Leads::Nowhere => problems.push(Problem::NoFile((*address).to_owned())),
                Leads::Network => problems.push(Problem::NeedsNetwork((*address).to_owned())),
                _ => {}
            }
        }
        Seen { references: addresses.len(), ..Seen::default() }.finish(problems)
    }

    /// A file for machines: what stands by itself in it and begins as `base_url` does is an
    /// address of the site.
    fn read_addresses(&self, text: &str) -> Seen {
        let Some(base) = &self.site.config.base_url else { return Seen::default() };
        let mut seen = Seen::default();
        let mut problems = Vec::new();
        for (at, _) in text.match_indices(base.as_str()) {
            let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<');
            let address = text[at..].split(ends).next().unwrap_or_default();
            let (before, after) = (&text[..at], &text[at + address.len()..]);
            let by_itself = (before.ends_with('"') && after.starts_with('"'))
                || (before.ends_with('>') && after.starts_with('<'))
                || before.ends_with("\nSitemap: ");
            if !by_itself {
                continue;
            }
            seen.references += 1;
            if self.own_file(&address[base.len()..]).is_none() {
                problems.push(Problem::NoFile(address.to_owned()));
            }
        }
        seen.finish(problems)
    }

    /// The other page that the text of a page leads to by `reference`.
    fn other_page(&self, from: &File<'_>, to: usize, reference: &Reference) -> Option<usize> {
        let is_text = reference.used == Use::Link && !reference.in_navigation;
        match (from.route, self.files[to].route) {
            (Route::Page { pair: here, .. }, Route::Page { pair, .. }) => {
                (is_text && here != pair).then_some(*pair)
            }
            _ => None,
        }
    }

    /// Where `address` leads that `file` uses as it says.
    fn leads<'t>(&self, file: &File<'_>, used: Use, address: &'t str) -> Leads<'t> {
        if let Some(scheme) = scheme(address) {
            return match (&*scheme, used) {
                ("http" | "https", _) => self.leads_by_web(file, used, address),
                ("ftp", Use::Resource) => Leads::Network,
                _ => Leads::Elsewhere,
            };
        }
        if address.starts_with("//") && used == Use::Resource {
            return Leads::Network;
        }
        let (path, id) = split(address);
        match path {
            "" => self
                .by_path
                .get(file.path.as_str())
                .map_or(Leads::Nowhere, |at| Leads::File(*at, id)),
            // From wherever somebody took a wrong turn, only full addresses lead back.
            _ if *file.route == Route::NotFound => Leads::Nowhere,
            path if path.starts_with('/') => Leads::Nowhere,
            path => match self.file_beside(file.path, path) {
                Some(at) => Leads::File(at, id),
                None => Leads::Nowhere,
            },
        }
    }

    fn leads_by_web<'t>(&self, file: &File<'_>, used: Use, address: &'t str) -> Leads<'t> {
        let own = self.site.config.base_url.as_deref().and_then(|base| {
            address
                .strip_prefix(base)
                .or_else(|| (address == base.trim_end_matches('/')).then_some(""))
        });
        // Only this page is never opened from a folder.
        let offline = *file.route != Route::NotFound;
        match (own, used) {
            (_, Use::Resource) if offline => Leads::Network,
            (Some(own), _) => match self.own_file(own) {
                Some(at) => Leads::File(at, split(address).1),
                None => Leads::Nowhere,
            },
            (None, Use::Link) => Leads::External,
            (None, Use::Resource) => Leads::Network,
            (None, Use::Metadata) => Leads::Elsewhere,
        }
    }

    /// The file at an address of the site, given without `base_url`. A server answers for a
    /// folder with its `index.html`.
    fn own_file(&self, path: &str) -> Option<usize> {
        let path = decoded(split(path).0);
        match path.is_empty() || path.ends_with('/') {
            true => self.by_path.get(&*format!("{path}index.html")).copied(),
            false => self.by_path.get(&*path).copied(),
        }
    }

    fn file_beside(&self, page: &UrlPath, path: &str) -> Option<usize> {
        let mut joined = String::new();
        let found = join(page, &decoded(path), &mut joined);
        found.then(|| self.by_path.get(joined.as_str()).copied()).flatten()
    }

    fn no_place(&self, address: &str, to: usize, id: &str) -> Problem {
        Problem::NoPlace {
            address: address.to_owned(),
            destination: self.files[to].path.clone(),
            id: decoded(id).into_owned(),
        }
    }

    /// Everything that is wrong, by file, when all files are read.
    pub fn problems(&self) -> Vec<(&'a UrlPath, &'a Route, Vec<Problem>)> {
        let seen = self.files.iter().filter_map(|f| Some((f, f.seen.get()?)));
        let all = seen.map(|(file, seen)| {
            let mut problems = seen.problems.clone();
            problems.extend(seen.arrivals.iter().filter_map(|(address, to)| {
                let id = split(address).1?;
                (!self.has_place(*to, id)).then(|| self.no_place(address, *to, id))
            }));
            (file.path, file.route, problems)
        });
        all.filter(|(.., problems)| !problems.is_empty()).collect()
    }

    /// Whether a link to `id` in a file arrives. Only pages that sotay makes are known to hold
    /// all their ids: a script may make others.
    fn has_place(&self, file: usize, id: &str) -> bool {
        match self.files[file].seen.get() {
            Some(seen) if seen.is_page => arrives(id, |id| seen.ids.lines().any(|i| i == id)),
            _ => true,
        }
    }

    /// The ids of the page at `path`.
    pub fn ids(&self, path: &UrlPath) -> impl Iterator<Item = &str> {
        let seen = self.by_path.get(path.as_str()).and_then(|at| self.files[*at].seen.get());
        seen.into_iter().flat_map(|seen| seen.ids.lines())
    }

    /// For each page, as a position in `Site::pairs`, the pages that its texts lead to.
    pub fn leads_to(&self) -> Vec<Vec<usize>> {
        let mut graph = vec![Vec::new(); self.site.pairs.len()];
        for file in &self.files {
            if let (Route::Page { pair, .. }, Some(seen)) = (file.route, file.seen.get()) {
                graph[*pair].extend_from_slice(&seen.leads_to);
            }
        }
        graph
    }

    /// Every address on other sites, and the files that link to it. Documents joined of pages are
    /// left out: their pages link to the same.
    pub fn external(&self) -> BTreeMap<String, Vec<&'a UrlPath>> {
        let mut external: BTreeMap<String, Vec<&'a UrlPath>> = BTreeMap::new();
        for file in self.files.iter().filter(|f| !is_joined(f.route)) {
            for address in file.seen.get().into_iter().flat_map(|seen| &seen.external) {
                let files = external.entry(address.to_string()).or_default();
                if files.last() != Some(&file.path) {
                    files.push(file.path);
                }
            }
        }
        external
    }

    /// How much was read. What stands in a document joined of pages is counted on these.
    pub fn counts(&self) -> Counts {
        let files = || self.files.iter().filter(|f| !is_joined(f.route));
        let seen = || files().filter_map(|f| f.seen.get());
        Counts {
            pages: seen().filter(|s| s.is_page).count(),
            links: seen().map(|s| s.references).sum(),
        }
    }
}

/// Whether a file is joined of pages that have files of their own, too.
fn is_joined(route: &Route) -> bool {
    matches!(route, Route::SectionPrint { .. } | Route::Bilingual { .. })
}

impl Seen {
    fn finish(self, mut problems: Vec<Problem>) -> Seen {
        problems.sort();
        problems.dedup();
        Seen { problems, ..self }
    }
}

fn joined(ids: HashSet<&str>) -> Box<str> {
    let mut ids: Vec<&str> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.join("\n").into()
}

/// Ids that stand more than once.
fn duplicates(ids: &[StrTendril]) -> impl Iterator<Item = String> {
    let mut known: HashSet<&str> = HashSet::new();
    ids.iter().filter(move |id| !known.insert(id)).map(|id| id.to_string())
}

/// Whether a browser finds the place called `id` (HTML standard, "find a potential indicated
/// element"): as it stands, then decoded; nothing and `top` are the top of the page.
fn arrives(id: &str, is_there: impl Fn(&str) -> bool) -> bool {
    let id = id.split(":~:").next().unwrap_or_default();
    id.is_empty() || is_there(id) || is_there(&decoded(id)) || id.eq_ignore_ascii_case("top")
}

/// The path of an address, and what follows `#`.
fn split(address: &str) -> (&str, Option<&str>) {
    let (before, id) = match address.split_once('#') {
        Some((before, id)) => (before, Some(id)),
        None => (address, None),
    };
    (before.split('?').next().unwrap_or_default(), id)
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RelPath;
    use crate::project::{EditionChoice, Project};

    /// A hosted handbook of a home page and one other.
    fn project() -> Project {
        let site = "title = { vi = \"A\" }\nlanguages = [\"vi\"]\nbase_url = \"https://a.vn/x/\"\n";
        let page = "---\ntitle: A\ndate: 2024-01-01\naliases: [old]\n---\n";
        let home = "---\ntitle: Home\n---\n";
        let text = |text: &str| SourceText { text: text.into() };
        let file = |path: &str, page: &str| (RelPath::new(path), text(page));
        let pages = [file("content/index.vi.md", home), file("content/a.vi.md", page)];
        let snapshot = Snapshot { config: text(site), pages: pages.into(), ..Snapshot::default() };
        let choice = EditionChoice { name: "public".to_owned(), drafts: false };
        Project::new(snapshot, Vec::new(), &choice, None)
    }

    /// What is wrong with a file of the output that says this.
    fn problems(path: &str, text: &str) -> Vec<Problem> {
        let project = project();
        let output = Output::new(project.renderer.as_ref().unwrap().site());
        assert!(output.by_path.contains_key(path), "{path} is no file of the site");
        let content = Content::Bytes(text.as_bytes().to_vec());
        output.read(&Artifact { path: UrlPath::new(path), content });
        output.problems().into_iter().flat_map(|(_, _, problems)| problems).collect()
    }

    fn no_file(address: &str) -> Problem {
        Problem::NoFile(address.to_owned())
    }

    #[test]
    fn every_file_that_sotay_makes_leads_somewhere() {
        let project = project();
        let renderer = project.renderer.as_ref().unwrap();
        let output = Output::new(renderer.site());
        for (path, route) in &renderer.site().routes {
            output.read(&renderer.render(path, route).artifact);
        }
        assert_eq!(output.problems().len(), 0);
        let files = ["vi/feed.xml", "sitemap.xml", "robots.txt", "404.html", "vi/old.html"];
        for path in files {
            let seen = output.files[output.by_path[path]].seen.get().unwrap();
            assert!(seen.references > 0, "nothing of {path} was looked at");
        }
        assert_eq!(output.counts().pages, 6);
    }

    #[test]
    fn addresses_in_files_for_machines_are_followed() {
        let gone = "https://a.vn/x/vi/b.html";
        let entry = format!("<loc>https://a.vn/x/vi/a.html</loc><loc>{gone}</loc>");
        assert_eq!(problems("sitemap.xml", &entry), [no_file(gone)]);
        let entry =
            format!("<link href=\"{gone}\"/><id>https://a.vn/x/</id><title>{gone} cũ</title>");
        assert_eq!(problems("vi/feed.xml", &entry), [no_file(gone)]);
        let robots = "User-agent: *\nSitemap: https://a.vn/x/map.xml\n";
        assert_eq!(problems("robots.txt", robots), [no_file("https://a.vn/x/map.xml")]);
    }

    #[test]
    fn a_redirect_has_to_lead_somewhere() {
        let page = |to: &str| {
            format!(
                "<meta http-equiv=\"refresh\" content=\"0; url={to}\"><link rel=canonical href=https://a.vn/x/{to}>"
            )
        };
        assert_eq!(problems("vi/old.html", &page("a.html")), [no_file("https://a.vn/x/a.html")]);
        assert_eq!(problems("vi/old.html", &page("../vi/b.html")).len(), 2);
        assert_eq!(
            problems("vi/old.html", "<meta http-equiv=refresh content='0; URL=a.html'>"),
            []
        );
    }

    #[test]
    fn what_no_browser_opens_as_a_file_is_left_alone() {
        let html = "<a href=mailto:a@a.vn>a</a><a href=tel:113>b</a><img alt src=data:image/png;base64,AA>\
                    <link rel=license href=https://creativecommons.org/><a href=https://b.vn/>c</a>";
        assert_eq!(problems("vi/a.html", html), []);
        let html = "<script src=//b.vn/x.js></script><link rel=icon href=https://b.vn/i.png>";
        let network = |address: &str| Problem::NeedsNetwork(address.to_owned());
        let expected = [network("//b.vn/x.js"), network("https://b.vn/i.png")];
        assert_eq!(problems("vi/a.html", html), expected);
    }
}
