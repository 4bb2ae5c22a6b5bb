//! Pages that nobody finds by reading.
//!
//! A sidebar lists every page of a folder and every folder below it, and a list of tags whatever
//! has the tag; both help only readers who know what they look for. What leads readers on is the
//! menu, the page that introduces a section, and the text of other pages. So a page is an
//! *orphan* when no way leads to it from the home page or the menu along links that stand
//! outside of a `<nav>`, in any language. Where several pages lead to one another but nothing
//! leads to them, the first is reported: a link to it mends them all.

use crate::diag::{Code, Diagnostic};
use crate::model::{Section, Site};

/// Reports orphans. `leads_to` holds for each page, as a position in `Site::pairs`, the pages
/// that its texts lead to.
///
/// Pages below a folder that has pages but none to introduce it are left out: that page is
/// asked for already (S516), and will list them.
pub fn report(site: &Site, leads_to: &[Vec<usize>]) -> Vec<Diagnostic> {
    let Some(home) = site.page_by_address("index") else { return Vec::new() };
    let mut found = vec![false; site.pairs.len()];
    site.menu.iter().chain([&home]).for_each(|page| follow(*page, leads_to, &mut found));
    let mut led_to = vec![false; site.pairs.len()];
    let lost = (0..site.pairs.len()).filter(|page| !found[*page]);
    lost.flat_map(|page| &leads_to[page]).for_each(|page| led_to[*page] = true);
    // First those that nothing leads to at all, then one of every circle.
    let mut order: Vec<usize> = (0..site.pairs.len()).collect();
    order.sort_by_key(|page| (led_to[*page], !site.pairs[*page].id.is_index()));
    let mut orphans = Vec::new();
    for page in order {
        if !found[page] {
            follow(page, leads_to, &mut found);
            orphans.push(page);
        }
    }
    orphans.sort_unstable();
    let orphans = orphans.into_iter().filter(|page| !awaits_index(site, *page));
    let source = |page: usize| &site.pairs[page].source_version().source;
    orphans.map(|page| Diagnostic::new(Code::OrphanPage, source(page))).collect()
}

/// Marks `page` and every page that it leads to.
fn follow(page: usize, leads_to: &[Vec<usize>], found: &mut [bool]) {
    let mut next = vec![page];
    while let Some(page) = next.pop() {
        if !std::mem::replace(&mut found[page], true) {
            next.extend(&leads_to[page]);
        }
    }
}

/// Whether the page's folder, or one around it, still lacks the page that would list it.
fn awaits_index(site: &Site, page: usize) -> bool {
    let mut section = Some(site.pairs[page].section);
    while let Some(at) = section {
        let Section { index, pages, parent, .. } = &site.sections[at];
        if index.is_none() && !pages.is_empty() {
            return true;
        }
        section = *parent;
    }
    false
}
