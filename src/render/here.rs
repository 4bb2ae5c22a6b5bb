//! The file at hand: where links that stand in it start from. A document joined of several pages
//! holds each of them under a name of its own, so that links between them stay inside.

use super::guard::join;
use crate::base::UrlPath;
use crate::model::scheme;
use std::collections::HashMap;
use std::sync::Arc;

/// What parts a page's name from an id of that page. Neither name nor folder holds it: both are
/// slugs, whose hyphens stand alone.
const SEPARATOR: &str = "--";

/// The file that is being written.
#[derive(Clone, Debug)]
pub struct Here {
    path: UrlPath,
    /// The pages that the file is joined of, and what each is called in it.
    pages: Option<Arc<HashMap<UrlPath, String>>>,
}

impl Here {
    /// A file of its own: a page, a list.
    pub fn file(path: UrlPath) -> Here {
        Here { path, pages: None }
    }

    /// A file joined of `pages`, each with the id by which it is found there.
    pub fn joined(path: UrlPath, pages: HashMap<UrlPath, String>) -> Here {
        Here { path, pages: Some(Arc::new(pages)) }
    }

    /// Where it stands in the output.
    pub fn path(&self) -> &UrlPath {
        &self.path
    }

    /// Whether several pages share the file.
    pub fn is_joined(&self) -> bool {
        self.pages.is_some()
    }

    /// How many levels the headings of `page` go down here: a page within a joined file has a
    /// title of the second level; the one that the file is made for gives it its title.
    pub fn shift_of(&self, page: &UrlPath) -> u8 {
        let heads = || {
            page.as_str().strip_suffix(".html") == self.path.as_str().strip_suffix(".print.html")
        };
        u8::from(self.is_joined() && !heads())
    }

    /// The link to a file of the output, or to the page of that address within this file.
    pub fn link_to(&self, to: &UrlPath) -> String {
        match self.name_of(to) {
            Some(name) => format!("#{name}"),
            None => self.path.link_to(to),
        }
    }

    /// The link to the place `id` of a page.
    pub fn link_to_place(&self, page: &UrlPath, id: &str) -> String {
        match self.name_of(page) {
            // What browsers find without an id.
            Some(name) if id.eq_ignore_ascii_case("top") => format!("#{name}"),
            Some(name) => format!("#{name}{SEPARATOR}{id}"),
            None if *page == self.path => format!("#{id}"),
            None => format!("{}#{id}", self.path.link_to(page)),
        }
    }

    /// What ids of `page` begin with here; nothing where it has the file to itself.
    pub fn prefix_of(&self, page: &UrlPath) -> String {
        self.name_of(page).map(|name| format!("{name}{SEPARATOR}")).unwrap_or_default()
    }

    /// An address written for `page`, as it has to stand here. `None` where it may stay as it is:
    /// full addresses, and what leads out of the site.
    pub fn moved(&self, page: &UrlPath, address: &str) -> Option<String> {
        let address = address.trim();
        if address.is_empty() || address.starts_with('/') || scheme(address).is_some() {
            return None;
        }
        let (file, id) = match address.split_once('#') {
            Some((file, id)) => (file, Some(id)),
            None => (address, None),
        };
        let (file, query) = match file.split_once('?') {
            Some((file, query)) => (file, Some(query)),
            None => (file, None),
        };
        let to = match file {
            "" => page.clone(),
            file => {
                let mut joined = String::new();
                join(page, file, &mut joined).then(|| UrlPath::new(&joined))?
            }
        };
        if self.name_of(&to).is_none()
            && let Some(query) = query
        {
            let id = id.map(|id| format!("#{id}")).unwrap_or_default();
            return Some(format!("{}?{query}{id}", self.path.link_to(&to)));
        }
        Some(match id.filter(|id| !id.is_empty()) {
            Some(id) => self.link_to_place(&to, id),
            None => self.link_to(&to),
        })
    }

    fn name_of(&self, page: &UrlPath) -> Option<&str> {
        self.pages.as_ref()?.get(page).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined() -> Here {
        let page = |path: &str, name: &str| (UrlPath::new(path), name.to_owned());
        let pages = [
            page("vi/talks/index.html", "index"),
            page("vi/talks/a.html", "a"),
            page("vi/talks/2024/b.html", "2024.b"),
        ];
        Here::joined(UrlPath::new("vi/talks/index.print.html"), pages.into_iter().collect())
    }

    #[test]
    fn headings_go_down_below_the_titles_of_pages() {
        let shift = |here: &Here, page: &str| here.shift_of(&UrlPath::new(page));
        assert_eq!(shift(&joined(), "vi/talks/index.html"), 0);
        assert_eq!(shift(&joined(), "vi/talks/2024/index.html"), 1);
        assert_eq!(shift(&joined(), "vi/talks/a.html"), 1);
        let file = Here::file(UrlPath::new("vi/talks/a.html"));
        assert_eq!(shift(&file, "vi/talks/a.html"), 0);
    }

    #[test]
    fn pages_inside_are_places_and_all_others_files() {
        let here = joined();
        let to = |path: &str| here.link_to(&UrlPath::new(path));
        assert_eq!(to("vi/talks/a.html"), "#a");
        assert_eq!(to("vi/about.html"), "../about.html");
        let place = |path: &str| here.link_to_place(&UrlPath::new(path), "x");
        assert_eq!(place("vi/talks/2024/b.html"), "#2024.b--x");
        assert_eq!(place("vi/about.html"), "../about.html#x");
        assert_eq!(here.prefix_of(&UrlPath::new("vi/talks/a.html")), "a--");
        let page = Here::file(UrlPath::new("vi/talks/a.html"));
        assert_eq!(page.link_to_place(page.path(), "x"), "#x");
        assert_eq!(page.prefix_of(page.path()), "");
    }

    #[test]
    fn editors_addresses_move_with_their_page() {
        let here = joined();
        let page = UrlPath::new("vi/talks/2024/b.html");
        for (written, moved) in [
            ("#x", Some("#2024.b--x")),
            ("b.html#x", Some("#2024.b--x")),
            ("../a.html", Some("#a")),
            ("../a.html?x=1#y", Some("#a--y")),
            ("c.html?x=1#y", Some("2024/c.html?x=1#y")),
            ("../../../assets/p.png", Some("../../assets/p.png")),
            ("../../../../p.png", None),
            ("https://example.org/#x", None),
            ("/p.png", None),
            ("#", Some("#2024.b")),
        ] {
            assert_eq!(here.moved(&page, written).as_deref(), moved, "{written}");
        }
    }
}
