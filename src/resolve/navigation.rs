//! Folders become sections, sections get an order, pages their neighbours.

use crate::model::*;
use std::collections::{BTreeMap, HashMap};

/// Sections of the site and their positions by folder. Sets each pair's section and neighbours.
pub fn sections(pairs: &mut [Pair]) -> (Vec<Section>, HashMap<String, usize>) {
    let mut folders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    folders.insert(String::new(), Vec::new());
    for (i, pair) in pairs.iter().enumerate() {
        let mut folder = pair.id.folder();
        folders.entry(folder.to_owned()).or_default().push(i);
        // Folders without pages of their own still join those below to those above.
        while let Some((above, _)) = folder.rsplit_once('/') {
            folders.entry(above.to_owned()).or_default();
            folder = above;
        }
    }
    let by_folder: HashMap<String, usize> =
        folders.keys().enumerate().map(|(i, f)| (f.clone(), i)).collect();
    let mut sections: Vec<Section> = folders
        .into_iter()
        .map(|(folder, pages)| {
            let index = pages.iter().copied().find(|p| pairs[*p].id.is_index());
            let mut pages: Vec<usize> = pages.into_iter().filter(|p| Some(*p) != index).collect();
            pages.sort_by(|a, b| page_order(&pairs[*a]).cmp(&page_order(&pairs[*b])));
            let parent = match folder.rsplit_once('/') {
                Some((above, _)) => by_folder.get(above).copied(),
                None if folder.is_empty() => None,
                None => by_folder.get("").copied(),
            };
            Section { folder, index, pages, children: Vec::new(), parent }
        })
        .collect();
    link_children(&mut sections, pairs);
    set_neighbours(&sections, pairs);
    (sections, by_folder)
}

/// Lightest first; without a weight after those that have one; then by address.
fn page_order(pair: &Pair) -> (bool, i64, &PageId) {
    let weight = pair.source_version().meta.weight;
    (weight.is_none(), weight.unwrap_or(0), &pair.id)
}

fn link_children(sections: &mut [Section], pairs: &[Pair]) {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); sections.len()];
    for (i, section) in sections.iter().enumerate() {
        if let Some(parent) = section.parent {
            children[parent].push(i);
        }
    }
    let order = |section: usize| {
        let index = sections[section].index.map(|p| page_order(&pairs[p]));
        (index.is_none(), index, sections[section].folder.clone())
    };
    let sorted: Vec<Vec<usize>> = children
        .into_iter()
        .map(|mut list| {
            list.sort_by(|a, b| order(*a).cmp(&order(*b)));
            list
        })
        .collect();
    for (section, children) in sections.iter_mut().zip(sorted) {
        section.children = children;
    }
}

/// A section reads from its index page through its pages.
fn set_neighbours(sections: &[Section], pairs: &mut [Pair]) {
    for (i, section) in sections.iter().enumerate() {
        let order: Vec<usize> = section.index.into_iter().chain(section.pages.clone()).collect();
        for (at, page) in order.iter().enumerate() {
            pairs[*page].section = i;
            let is_home = i == 0;
            let before = at.checked_sub(1).map(|b| order[b]);
            let after = order.get(at + 1).copied();
            pairs[*page].neighbours = if is_home { (None, None) } else { (before, after) };
        }
    }
}

/// The menu: what site.toml names, else the sections at the top.
pub fn default_menu(sections: &[Section]) -> Vec<usize> {
    sections[0].children.iter().filter_map(|child| sections[*child].index).collect()
}
