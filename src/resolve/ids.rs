//! Ids on one page: what can have one, and that none stands there twice.

use crate::model::*;
use std::collections::{HashMap, HashSet};

/// Ids that templates use for themselves; a heading of that name gets a number. Theirs and those
/// of footnotes begin with `_` besides, which no slug does.
const RESERVED: &[&str] = &["main", "nav", "toc", "top", "footer", "menu", "content"];

/// The ids that are taken on a page.
pub struct Taken {
    ids: HashSet<String>,
    /// The number that is tried next for an id that is taken, where not the first.
    next: HashMap<String, usize>,
}

impl Taken {
    /// What is taken on an empty page.
    pub fn new() -> Taken {
        let ids = RESERVED.iter().map(|id| (*id).to_owned()).collect();
        Taken { ids, next: HashMap::new() }
    }

    /// Takes `id`; no if it is taken.
    pub fn claim(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// `wanted`, numbered from 2 when it is taken; `section` when it is empty.
    pub fn free(&mut self, wanted: String) -> String {
        let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
        if self.claim(&wanted) {
            return wanted;
        }
        let mut n = self.next.get(&wanted).copied().unwrap_or(2);
        let free = loop {
            let candidate = format!("{wanted}-{n}");
            n += 1;
            if self.claim(&candidate) {
                break candidate;
            }
        };
        self.next.insert(wanted, n);
        free
    }
}

/// Something that can have an id.
pub enum Bearer<'a> {
    /// A heading.
    Heading(&'a mut Heading),
    /// An item of a list.
    Item(&'a mut Item),
    /// A container.
    Container(&'a mut Container),
}

/// Visits all that can have an id, in reading order, footnotes last. `visit` also hears whether
/// it came in by an include.
pub fn each(doc: &mut Doc, visit: &mut dyn FnMut(Bearer<'_>, bool)) {
    each_in(&mut doc.blocks, false, visit);
    for footnote in &mut doc.footnotes {
        each_in(&mut footnote.blocks, false, visit);
    }
}

fn each_in(blocks: &mut [Block], included: bool, visit: &mut dyn FnMut(Bearer<'_>, bool)) {
    for block in blocks {
        match block {
            Block::Heading(h) => visit(Bearer::Heading(h), included),
            Block::Quote(blocks) => each_in(blocks, included, visit),
            Block::Included(i) => each_in(&mut i.blocks, true, visit),
            Block::Container(c) => {
                visit(Bearer::Container(c), included);
                each_in(&mut c.blocks, included, visit);
            }
            Block::List(list) => {
                for item in &mut list.items {
                    visit(Bearer::Item(item), included);
                    each_in(&mut item.blocks, included, visit);
                }
            }
            Block::Definitions(list) => {
                let meanings = list.iter_mut().flat_map(|d| &mut d.meanings);
                meanings.for_each(|meaning| each_in(meaning, included, visit));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn a_number_is_given_once() {
        let mut taken = Taken::new();
        assert!(taken.claim("a-2"));
        let free: Vec<String> = ["a", "a", "a", "", "main"].map(|w| taken.free(w.into())).into();
        assert_eq!(free, ["a", "a-3", "a-4", "section", "main-2"]);
    }
}
