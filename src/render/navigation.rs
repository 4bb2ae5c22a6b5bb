//! Navigation that many pages share: the sidebar of a folder, made once per language.

use super::here::Here;
use super::theme::{Strings, Theme};
use crate::base::UrlPath;
use crate::diag::Diagnostic;
use crate::model::*;
use std::sync::OnceLock;

/// Every sidebar, by section and language, made when first asked for. All pages of a folder
/// link with the same relative addresses, so one text serves them; only the current page is
/// marked in it.
pub struct Sidebars {
    made: Vec<OnceLock<Result<String, Diagnostic>>>,
    languages: usize,
}

impl Sidebars {
    /// The sidebars of `site`.
    pub fn new(site: &Site) -> Sidebars {
        let languages = site.config.languages.len();
        let made = (0..site.sections.len() * languages).map(|_| OnceLock::new()).collect();
        Sidebars { made, languages }
    }

    /// The sidebar of `section`, with the link to `current` marked as the page itself.
    pub fn marked(
        &self,
        site: &Site,
        theme: &Theme,
        (section, lang): (usize, usize),
        current: &str,
    ) -> Result<String, Diagnostic> {
        let make = || theme.render("sidebar.html", site.lang(lang), &view(site, section, lang));
        let sidebar = self.made[section * self.languages + lang].get_or_init(make);
        let sidebar = sidebar.as_ref().map_err(Diagnostic::clone)?;
        let link = format!("<a href=\"{current}\"");
        // The last one: a section without a page of its own leads to its first page, too.
        Ok(match sidebar.rfind(&link) {
            Some(at) => {
                let end = at + link.len();
                format!("{} aria-current=\"page\"{}", &sidebar[..end], &sidebar[end..])
            }
            None => sidebar.clone(),
        })
    }
}

fn view(site: &Site, section: usize, lang: usize) -> SidebarView {
    let this = &site.sections[section];
    let here = Here::file(folder_page(site, section, lang));
    let link = |page: usize| nav_link(site, &here, page, lang);
    let section_link = |s: usize| match site.sections[s].index {
        Some(index) => link(index),
        None => NavLink {
            title: site.sections[s].folder.rsplit('/').next().unwrap_or("").to_owned(),
            lang: None,
            href: first_page(site, s).map_or_else(String::new, |p| link(p).href),
            current: false,
        },
    };
    SidebarView {
        section: section_link(section),
        parent: this.parent.filter(|p| *p != 0).map(section_link),
        folders: this.children.iter().map(|c| section_link(*c)).collect(),
        pages: this.pages.iter().map(|p| link(*p)).collect(),
    }
}

/// Where links of a folder's pages start from.
fn folder_page(site: &Site, section: usize, lang: usize) -> UrlPath {
    let folder = &site.sections[section].folder;
    let separator = if folder.is_empty() { "" } else { "/" };
    UrlPath::new(format!("{}/{folder}{separator}index.html", site.lang(lang)))
}

/// A page to show for a section that has no index page.
fn first_page(site: &Site, section: usize) -> Option<usize> {
    let this = &site.sections[section];
    this.index
        .or_else(|| this.pages.first().copied())
        .or_else(|| this.children.iter().find_map(|c| first_page(site, *c)))
}

/// A link from `here` to a page, with its title.
pub fn nav_link(site: &Site, here: &Here, page: usize, lang: usize) -> NavLink {
    let (version, own) = site.pairs[page].version(lang);
    NavLink {
        title: version.meta.title.clone(),
        lang: (!own).then(|| version.lang.to_string()),
        href: here.link_to(&site.page_path(page, lang)),
        current: false,
    }
}

/// From the home page down to the section of `pair`, without the page itself.
/// The home page goes by its short name, whatever its title.
pub fn breadcrumbs(
    site: &Site,
    strings: &Strings,
    here: &Here,
    pair: usize,
    lang: usize,
) -> Vec<NavLink> {
    let mut trail = Vec::new();
    let mut section = Some(site.pairs[pair].section);
    while let Some(s) = section {
        if let Some(index) = site.sections[s].index.filter(|i| *i != pair) {
            let link = nav_link(site, here, index, lang);
            trail.push(match s {
                0 => NavLink { title: strings.get("home").to_owned(), lang: None, ..link },
                _ => link,
            });
        }
        section = site.sections[s].parent;
    }
    trail.reverse();
    trail
}

/// The table of contents: headings of level 2, those of level 3 below them.
pub fn toc(headings: &[Anchor]) -> Vec<TocEntry> {
    let mut toc: Vec<TocEntry> = Vec::new();
    for heading in headings.iter().filter(|h| h.level <= 3) {
        let entry =
            TocEntry { id: heading.id.clone(), title: heading.text.clone(), children: Vec::new() };
        match toc.last_mut() {
            Some(parent) if heading.level == 3 => parent.children.push(entry),
            _ => toc.push(entry),
        }
    }
    toc
}
