//! Section ids: shared by a pair, taken from the source language, aligned by structure.
//!
//! Every visible heading gets its id in the document itself, so that everyone who reads the
//! tree later links to the same place.

use crate::base::{RelPath, legal_letter, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::collections::{BTreeMap, HashSet};

/// Ids that templates use for themselves; a heading of that name gets a number.
const RESERVED: &[&str] = &["main", "nav", "toc", "top", "footer", "menu", "content"];

/// A heading as the alignment sees it.
struct Seen {
    level: u8,
    id: Option<String>,
    legal: Option<String>,
    text: String,
    span: crate::base::Span,
}

/// Sets the ids of the source version's headings. Explicit ids stand; `Điều 5.` gives
/// `dieu-5`; anything else its slug, numbered when it is taken.
pub fn set_source_ids(file: &RelPath, doc: &mut Doc, diagnostics: &mut Vec<Diagnostic>) {
    let seen = collect(doc);
    let mut taken: HashSet<String> = RESERVED.iter().map(|r| (*r).to_owned()).collect();
    for heading in &seen {
        if let Some(id) = &heading.id
            && !taken.insert(id.clone())
        {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateSectionId, file).at(heading.span).with("id", id),
            );
        }
    }
    let ids: Vec<String> = seen
        .iter()
        .map(|h| match &h.id {
            Some(id) => id.clone(),
            None => free_id(h.legal.clone().unwrap_or_else(|| slug(&h.text)), &mut taken),
        })
        .collect();
    assign(doc, &ids);
    set_clause_ids(&mut doc.blocks);
    set_step_ids(doc);
}

/// Sets the ids of a translation's headings from its source's, and says where the two differ.
/// `reviewed` tells headings that were reviewed by their words, and gives the id of each.
pub fn set_translation_ids(
    (file, doc): (&RelPath, &mut Doc),
    (source_file, source): (&RelPath, &Doc),
    reviewed: &BTreeMap<HeadingWords, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let here = collect(doc);
    let there = collect(source);
    let reviewed: Vec<Option<&String>> =
        here.iter().map(|h| reviewed.get(&heading_words(&h.text))).collect();
    let matches = align(&here, &there, &reviewed);
    report_difference((file, &here), (source_file, &there), &matches, diagnostics);
    let mut taken: HashSet<String> = RESERVED.iter().map(|r| (*r).to_owned()).collect();
    taken.extend(there.iter().filter_map(|h| h.id.clone()));
    let ids: Vec<String> = here
        .iter()
        .zip(matches.iter().zip(&reviewed))
        .map(|(heading, (source, reviewed))| {
            let Some(shared) = source.and_then(|i| there[i].id.clone()) else {
                let wanted = heading.id.clone().or_else(|| reviewed.cloned());
                let wanted = wanted.or_else(|| heading.legal.clone());
                return free_id(wanted.unwrap_or_else(|| slug(&heading.text)), &mut taken);
            };
            if let Some(own) = heading.id.as_ref().filter(|own| **own != shared) {
                diagnostics.push(
                    Diagnostic::new(Code::IdInTranslation, file)
                        .at(heading.span)
                        .with("id", own)
                        .with("source_id", &shared),
                );
            }
            shared
        })
        .collect();
    assign(doc, &ids);
    set_clause_ids(&mut doc.blocks);
    set_step_ids(doc);
}

/// Gives headings that came in by includes an id that is free on this page.
pub fn set_included_ids(doc: &mut Doc) {
    let mut taken: HashSet<String> = RESERVED.iter().map(|r| (*r).to_owned()).collect();
    own_headings(&doc.blocks, &mut |h| taken.extend(h.id.clone()));
    included_headings(&mut doc.blocks, false, &mut |h| {
        let wanted = h.id.take().unwrap_or_else(|| slug(&plain_text(&h.content)));
        h.id = Some(free_id(wanted, &mut taken));
    });
}

/// The headings that readers see, and every other id on the page.
pub fn anchors(doc: &Doc, edition: &Edition) -> (Vec<Anchor>, Vec<String>) {
    let (mut headings, mut ids) = (Vec::new(), Vec::new());
    visible(&doc.blocks, edition, &mut |block| match block {
        Block::Heading(h) => headings.push(Anchor {
            id: h.id.clone().unwrap_or_default(),
            level: h.level.max(2),
            text: plain_text(&h.content),
        }),
        Block::List(list) => ids.extend(list.items.iter().filter_map(|i| i.id.clone())),
        Block::Container(c) => ids.extend(c.id.clone()),
        _ => {}
    });
    (headings, ids)
}

/// Visits every block that stands on the page in this edition.
fn visible(blocks: &[Block], edition: &Edition, visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        if let Block::Container(c) = block
            && !c.kind.is_on_page(edition)
        {
            continue;
        }
        visit(block);
        match block {
            Block::Quote(b) => visible(b, edition, visit),
            Block::Included(i) => visible(&i.blocks, edition, visit),
            Block::Container(c) => visible(&c.blocks, edition, visit),
            Block::List(l) => l.items.iter().for_each(|i| visible(&i.blocks, edition, visit)),
            Block::Definitions(list) => {
                list.iter().flat_map(|d| &d.meanings).for_each(|m| visible(m, edition, visit));
            }
            _ => {}
        }
    }
}

fn collect(doc: &Doc) -> Vec<Seen> {
    let mut seen = Vec::new();
    own_headings(&doc.blocks, &mut |h| {
        let text = plain_text(&h.content);
        seen.push(Seen {
            level: h.level,
            id: h.id.clone(),
            legal: legal_id(&text),
            text,
            span: h.span,
        });
    });
    seen
}

fn own_headings(blocks: &[Block], visit: &mut dyn FnMut(&Heading)) {
    for block in blocks {
        match block {
            Block::Heading(h) => visit(h),
            Block::Quote(b) => own_headings(b, visit),
            Block::Container(c) => own_headings(&c.blocks, visit),
            Block::List(l) => l.items.iter().for_each(|i| own_headings(&i.blocks, visit)),
            Block::Definitions(list) => {
                list.iter().flat_map(|d| &d.meanings).for_each(|m| own_headings(m, visit));
            }
            _ => {}
        }
    }
}

fn own_headings_mut(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Heading)) {
    for block in blocks {
        match block {
            Block::Heading(h) => visit(h),
            Block::Quote(b) => own_headings_mut(b, visit),
            Block::Container(c) => own_headings_mut(&mut c.blocks, visit),
            Block::List(l) => {
                l.items.iter_mut().for_each(|i| own_headings_mut(&mut i.blocks, visit));
            }
            Block::Definitions(list) => {
                let meanings = list.iter_mut().flat_map(|d| &mut d.meanings);
                meanings.for_each(|m| own_headings_mut(m, visit));
            }
            _ => {}
        }
    }
}

fn included_headings(blocks: &mut [Block], inside: bool, visit: &mut dyn FnMut(&mut Heading)) {
    for block in blocks {
        match block {
            Block::Heading(h) if inside => visit(h),
            Block::Included(i) => included_headings(&mut i.blocks, true, visit),
            Block::Quote(b) => included_headings(b, inside, visit),
            Block::Container(c) => included_headings(&mut c.blocks, inside, visit),
            Block::List(l) => {
                l.items.iter_mut().for_each(|i| included_headings(&mut i.blocks, inside, visit));
            }
            _ => {}
        }
    }
}

fn assign(doc: &mut Doc, ids: &[String]) {
    let mut ids = ids.iter();
    own_headings_mut(&mut doc.blocks, &mut |h| h.id = ids.next().cloned());
}

/// `wanted`, numbered from 2 when it is taken; `section` when it is empty.
fn free_id(wanted: String, taken: &mut HashSet<String>) -> String {
    let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
    if taken.insert(wanted.clone()) {
        return wanted;
    }
    let mut n = 2;
    loop {
        let candidate = format!("{wanted}-{n}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        n += 1;
    }
}

/// `dieu-5` for headings that begin `Điều 5.`, `Điều 5:` or `Article 5`; `dieu-5a` with a letter.
fn legal_id(text: &str) -> Option<String> {
    let rest = text.strip_prefix("Điều ").or_else(|| text.strip_prefix("Article "))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let (number, after) = rest.split_at(digits);
    let letter: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    let end = after[letter.len()..].chars().next();
    let ends = end.is_none_or(|c| ".:)–-".contains(c) || c.is_whitespace());
    (ends && letter.chars().count() <= 1)
        .then(|| format!("dieu-{number}{}", crate::base::fold(&letter)))
}

/// Says where the structures of a page and its source part first, as `matches` pair them.
fn report_difference(
    (file, here): (&RelPath, &[Seen]),
    (source_file, there): (&RelPath, &[Seen]),
    matches: &[Option<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let show = |h: &Seen| format!("`{} {}`", "#".repeat(h.level.into()), h.text);
    let matched: HashSet<usize> = matches.iter().flatten().copied().collect();
    let extra = matches.iter().position(Option::is_none);
    let missing = (0..there.len()).find(|j| !matched.contains(j));
    let is_other = |(i, j): &(usize, usize)| {
        here[*i].level != there[*j].level || here[*i].legal != there[*j].legal
    };
    let pairs = matches.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?)));
    // Before which heading here something of the source is missing.
    let place_of = |j: usize| {
        let after = pairs.clone().filter(|(_, k)| *k < j).max_by_key(|(_, k)| *k);
        after.map_or(0, |(i, _)| i)
    };
    let (at, of, vi, en) = match (extra, missing) {
        (Some(i), Some(j)) if i == j => {
            let (here, there) = (show(&here[i]), show(&there[j]));
            let en = format!("here {here}, there {there}");
            (Some(i), Some(j), format!("ở đây là {here}, bản nguồn có {there}"), en)
        }
        (extra, Some(j)) if extra.is_none_or(|i| j < i) => {
            let there = show(&there[j]);
            let place = Some(place_of(j));
            (place, Some(j), format!("ở đây thiếu {there}"), format!("{there} is missing here"))
        }
        (Some(i), _) => {
            let here = show(&here[i]);
            let en = format!("the source has no {here}");
            (Some(i), None, format!("bản nguồn không có {here}"), en)
        }
        (None, _) => {
            let mut before = None;
            let moved = pairs.clone().find(|(_, j)| {
                let is_before = before.is_some_and(|before| *j < before);
                before = Some(*j);
                is_before
            });
            if let Some((i, j)) = pairs.clone().find(is_other) {
                let (here, there) = (show(&here[i]), show(&there[j]));
                let en = format!("here {here}, there {there}");
                (Some(i), Some(j), format!("ở đây là {here}, bản nguồn có {there}"), en)
            } else if let Some((i, j)) = moved {
                let here = show(&here[i]);
                let en = format!("{here} stands elsewhere in the source");
                (Some(i), Some(j), format!("{here} ở bản nguồn đứng chỗ khác"), en)
            } else {
                return;
            }
        }
    };
    let mut d = Diagnostic::new(Code::StructureDiffers, file)
        .with("difference_vi", vi)
        .with("difference_en", en)
        .see(source_file, of.map(|j| there[j].span));
    d.span = at.and_then(|i| here.get(i)).or(here.last()).map(|h| h.span);
    diagnostics.push(d);
}

/// For each heading here, the heading there that it translates: the one whose id it is given, else
/// the one that it was reviewed as (`reviewed`), else the one that has the same place between
/// these. Equal structures match one to one.
fn align(here: &[Seen], there: &[Seen], reviewed: &[Option<&String>]) -> Vec<Option<usize>> {
    let mut out = vec![None; here.len()];
    let mut taken = vec![false; there.len()];
    let explicit = here.iter().map(|h| h.id.as_ref());
    for wanted in [explicit.collect::<Vec<_>>(), reviewed.to_vec()] {
        for (i, id) in wanted.into_iter().enumerate() {
            let known = id.and_then(|id| there.iter().position(|h| h.id.as_ref() == Some(id)));
            if let Some(j) = known.filter(|j| out[i].is_none() && !taken[*j]) {
                (out[i], taken[j]) = (Some(j), true);
            }
        }
    }
    let in_place = out.iter().enumerate().all(|(i, j)| j.is_none_or(|j| j == i));
    let same_levels =
        here.len() == there.len() && here.iter().zip(there).all(|(a, b)| a.level == b.level);
    if same_levels && in_place {
        return (0..here.len()).map(Some).collect();
    }
    let rest: Vec<usize> = (0..here.len()).filter(|i| out[*i].is_none()).collect();
    let open: Vec<usize> = (0..there.len()).filter(|j| !taken[*j]).collect();
    // What stands between two known headings here is looked for between them there.
    let anchors = out.clone();
    let fits = |i: usize, j: usize| {
        let before = anchors[..i].iter().rev().find_map(|j| *j);
        let after = anchors[i..].iter().find_map(|j| *j);
        match (before, after) {
            (Some(before), Some(after)) if before < after => before < j && j < after,
            (Some(before), None) => before < j,
            (None, Some(after)) => j < after,
            _ => true,
        }
    };
    for (i, j) in common_order(here, there, &rest, &open, &fits) {
        out[i] = Some(j);
    }
    out
}

/// The longest common order of levels among headings that nothing else tells apart, in which the
/// same article or text weighs more.
fn common_order(
    here: &[Seen],
    there: &[Seen],
    rest: &[usize],
    open: &[usize],
    fits: &dyn Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let weight = |i: usize, j: usize| -> u32 {
        let (a, b) = (&here[rest[i]], &there[open[j]]);
        let known = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
        let clash = a.legal.is_some() && b.legal.is_some() && a.legal != b.legal;
        match () {
            () if a.level != b.level || clash || !fits(rest[i], open[j]) => 0,
            () if known(&a.legal, &b.legal) => 5,
            () if a.text == b.text => 4,
            () => 1,
        }
    };
    let (n, m) = (rest.len(), open.len());
    let mut best = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let w = weight(i, j);
            let both = if w > 0 { w + best[i + 1][j + 1] } else { 0 };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let w = weight(i, j);
        if w > 0 && best[i][j] == w + best[i + 1][j + 1] {
            pairs.push((rest[i], open[j]));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Numbered lists under an article are its clauses, lists in those its points:
/// `dieu-5-khoan-2`, `dieu-5-khoan-2-diem-a`.
fn set_clause_ids(blocks: &mut [Block]) {
    let mut article: Option<String> = None;
    let mut clauses_done = false;
    for block in blocks {
        match block {
            Block::Heading(h) => {
                article = h.id.clone().filter(|id| is_article(id));
                clauses_done = false;
            }
            Block::List(List { start: Some(start), items, .. }) if !clauses_done => {
                let Some(article) = &article else { continue };
                for (i, item) in items.iter_mut().enumerate() {
                    let id = format!("{article}-khoan-{}", *start + i as u64);
                    set_point_ids(&mut item.blocks, &id);
                    item.id = Some(id);
                }
                clauses_done = true;
            }
            _ => {}
        }
    }
}

fn is_article(id: &str) -> bool {
    id.strip_prefix("dieu-").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn set_point_ids(blocks: &mut [Block], clause: &str) {
    let points = blocks.iter_mut().find_map(|b| match b {
        Block::List(list) => Some(list),
        _ => None,
    });
    for (i, item) in points.into_iter().flat_map(|l| &mut l.items).enumerate() {
        item.id = legal_letter(i).map(|letter| format!("{clause}-diem-{letter}"));
    }
}

/// Each step has an id: `step-1`; in the second set of steps `step-2-1`.
fn set_step_ids(doc: &mut Doc) {
    let mut set = 0;
    step_sets(&mut doc.blocks, &mut |list| {
        set += 1;
        let prefix = if set == 1 { "step".to_owned() } else { format!("step-{set}") };
        let start = list.start.unwrap_or(1);
        for (i, item) in list.items.iter_mut().enumerate() {
            item.id = Some(format!("{prefix}-{}", start + i as u64));
        }
    });
}

fn step_sets(blocks: &mut [Block], visit: &mut dyn FnMut(&mut List)) {
    for block in blocks {
        if let Block::Container(c) = block {
            if c.kind == ContainerKind::Steps {
                let lists = c.blocks.iter_mut().filter_map(|b| match b {
                    Block::List(list) if list.start.is_some() => Some(list),
                    _ => None,
                });
                lists.for_each(&mut *visit);
            } else {
                step_sets(&mut c.blocks, visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_in_both_languages_have_one_id() {
        assert_eq!(legal_id("Điều 5. Bảo vệ").as_deref(), Some("dieu-5"));
        assert_eq!(legal_id("Article 5: Protection").as_deref(), Some("dieu-5"));
        assert_eq!(legal_id("Điều 12a. Sửa đổi").as_deref(), Some("dieu-12a"));
        assert_eq!(legal_id("Điều kiện"), None);
        assert_eq!(legal_id("Article five"), None);
    }

    fn seen(levels: &[u8]) -> Vec<Seen> {
        let one = |level: &u8| Seen {
            level: *level,
            id: None,
            legal: None,
            text: String::new(),
            span: Default::default(),
        };
        levels.iter().map(one).collect()
    }

    #[test]
    fn a_missing_heading_leaves_the_others_aligned() {
        let matches = align(&seen(&[2, 3, 2]), &seen(&[2, 3, 3, 2]), &[None; 3]);
        assert_eq!(matches.iter().flatten().count(), 3);
        assert_eq!(matches[2], Some(3));
    }

    #[test]
    fn what_is_known_of_a_heading_counts_more_than_its_place() {
        let ids = |ids: &[&str]| -> Vec<Seen> {
            let one = |(id, seen): (&&str, Seen)| {
                let id = Some((*id).to_owned()).filter(|id| !id.is_empty());
                Seen { id, ..seen }
            };
            ids.iter().zip(seen(&vec![2; ids.len()])).map(one).collect()
        };
        let source = ids(&["a", "b", "c"]);
        // By an id that the writer gave.
        let matches = align(&ids(&["b", "", "a"]), &source, &[None; 3]);
        assert_eq!(matches, [Some(1), Some(2), Some(0)]);
        // By what it was reviewed as.
        let [a, b, gone] = ["a", "b", "gone"].map(str::to_owned);
        let matches = align(&ids(&["", "", ""]), &source, &[Some(&b), Some(&a), None]);
        assert_eq!(matches, [Some(1), Some(0), Some(2)]);
        // Its section is gone, or has another name now.
        let matches = align(&ids(&["", "", ""]), &source[..2], &[Some(&gone), Some(&a), Some(&b)]);
        assert_eq!(matches, [None, Some(0), Some(1)]);
        let matches = align(&ids(&["", "", ""]), &source, &[Some(&a), Some(&b), Some(&gone)]);
        assert_eq!(matches, [Some(0), Some(1), Some(2)]);
        // Nothing is known.
        let matches = align(&ids(&["", ""]), &source, &[None, None]);
        assert_eq!(matches, [Some(0), Some(1)]);
    }
}
