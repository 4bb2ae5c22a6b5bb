//! What follows from moving and making files: pages get other addresses, links have to follow
//! them, old addresses have to keep working.

use super::front;
use super::lock::lock_edit;
use super::places::Places;
use super::plan::{Change, Create, Move, Plan, edited};
use super::references::{Moved, Stuck};
use super::refusal::{Refusal, Sentence};
use super::survey::{Survey, former, implied_kind, is_address};
use crate::base::{Edit, RelPath, line_column};
use crate::model::{FrontMatter, Key, Kind, Lock, PageId, Value};
use crate::parse::front_matter::{layout, parse_front_matter};
use std::collections::BTreeMap;

/// The whole plan of these moves and new files.
///
/// Pages whose address changes keep their kind, and their old address as an alias. Whatever
/// led to a moved file leads there still. Refused where that cannot be so, or where anything
/// would be wrong after it that is not wrong before.
pub fn plan(survey: &Survey<'_>, moves: Vec<Move>, creates: Vec<Create>) -> Result<Plan, Refusal> {
    let mut plan = Plan { moves, creates, ..Plan::default() };
    let files = moved_files(survey, &plan);
    let after = places(survey, &plan);
    let pages = moved_pages(survey, &plan, &after)?;
    let moved = Moved::new(&survey.config, (&survey.places, &after), &files, &pages);
    for (file, source) in &survey.snapshot.pages {
        let text: &str = &source.text;
        let mut edits = reference_edits(survey, &moved, file, text)?;
        edits.extend(front_edits(survey, &pages, file, text)?);
        if !edits.is_empty() {
            let change = Change::new(file, text, edits);
            check_text(&moved, file, text, &change)?;
            plan.changes.push(change);
        }
    }
    let site: &str = &survey.snapshot.config.text;
    let site_file = RelPath::new("site.toml");
    let edits = moved.in_menu(site).map_err(|s| stuck(&site_file, site, &s))?;
    if !edits.is_empty() {
        plan.changes.push(Change::new(&site_file, site, edits));
    }
    let lock = survey.snapshot.lock.as_ref();
    if let Some(edit) = lock.and_then(|lock| lock_edit(&lock.text, &pages)) {
        let file = RelPath::new(Lock::FILE);
        // A list of hashes says nothing to a person.
        plan.changes.push(Change { file, edits: vec![edit], shown: Vec::new() });
    }
    plan.addresses = pages.into_iter().collect();
    survey.check(&plan.applied(survey.snapshot))?;
    Ok(plan)
}

/// Files that get another path.
fn moved_files(survey: &Survey<'_>, plan: &Plan) -> BTreeMap<RelPath, RelPath> {
    let snapshot = survey.snapshot;
    let files = snapshot.pages.keys().chain(snapshot.assets.keys());
    let moved = files.map(|file| (file.clone(), plan.destination(file)));
    moved.filter(|(from, to)| from != to).collect()
}

fn places(survey: &Survey<'_>, plan: &Plan) -> Places {
    let snapshot = survey.snapshot;
    let texts: Vec<RelPath> = snapshot.pages.keys().map(|f| plan.destination(f)).collect();
    let assets: Vec<RelPath> = snapshot.assets.keys().map(|f| plan.destination(f)).collect();
    let new = plan.creates.iter().map(|create| &create.file);
    Places::of(&survey.config, texts.iter().chain(new), assets.iter())
}

/// Pages that get another address, moved or not: a folder's own page becomes a page like others
/// when no other page is left in its folder.
fn moved_pages(
    survey: &Survey<'_>,
    plan: &Plan,
    after: &Places,
) -> Result<BTreeMap<PageId, PageId>, Refusal> {
    let mut pages = BTreeMap::new();
    for (old, files) in survey.places.pages() {
        let mut new: Vec<&PageId> =
            files.iter().filter_map(|file| after.id(&plan.destination(file))).collect();
        new.dedup();
        match new.as_slice() {
            [new] if *new != old => {
                pages.insert(old.clone(), (*new).clone());
            }
            [_] => {}
            _ => {
                return Err(Refusal::new(
                    format!("các bản dịch của `{old}` sẽ không còn chung một địa chỉ"),
                    format!("the translations of `{old}` would no longer share one address"),
                ));
            }
        }
    }
    Ok(pages)
}

fn reference_edits(
    survey: &Survey<'_>,
    moved: &Moved<'_>,
    file: &RelPath,
    text: &str,
) -> Result<Vec<Edit>, Refusal> {
    let (front, body, _) = parse_front_matter(file, text);
    let edits = moved.in_text(file, text, body).and_then(|mut edits| {
        // What only partials have is nobody's front matter.
        let is_page = survey.front(file).is_some();
        if let Some(list) = attachments(&front).filter(|_| is_page) {
            edits.extend(moved.in_attachments(file, text, list)?);
        }
        Ok(edits)
    });
    edits.map_err(|s| stuck(file, text, &s))
}

fn attachments(front: &FrontMatter) -> Option<&[(String, crate::base::Span)]> {
    match &front.fields.get(&Key::Attachments)?.value {
        Value::List(list) => Some(list),
        _ => None,
    }
}

/// The edits in the front matter of one file of a page that gets another address: the first
/// file of a page owns its facts, and others may repeat them.
fn front_edits(
    survey: &Survey<'_>,
    pages: &BTreeMap<PageId, PageId>,
    file: &RelPath,
    text: &str,
) -> Result<Vec<Edit>, Refusal> {
    let Some((old, new)) = survey.places.id(file).and_then(|id| pages.get_key_value(id)) else {
        return Ok(Vec::new());
    };
    let Some(front) = survey.front(file) else { return Ok(Vec::new()) };
    let owns = survey.files(old).first() == Some(file);
    if !owns && !front.fields.contains_key(&Key::Aliases) {
        return Ok(Vec::new());
    }
    let unreadable = || {
        Refusal::new(
            format!("sửa phần đầu trang của {file} trước đã, để ghi được địa chỉ cũ vào đó"),
            format!(
                "mend the front matter of {file} first, so that the old address can be noted there"
            ),
        )
    };
    let layout = layout(text).ok_or_else(unreadable)?;
    let mut edits = Vec::new();
    if owns && let Some(kind) = lost_kind(survey, old, new) {
        edits.push(front::set(&layout, Key::Kind, kind.id()));
    }
    edits.extend(front::alias_edits(text, front, &layout, old.as_str(), Some(new.as_str())));
    let mut sorted = edits.clone();
    sorted.sort_by_key(|e| e.span);
    let (after, ..) = parse_front_matter(file, &edited(text, &sorted));
    let has_alias = former(&after).iter().any(|(alias, _)| is_address(alias, old.as_str()));
    if has_alias { Ok(edits) } else { Err(unreadable()) }
}

/// The kind that a page has only because of where it stands, and would lose.
fn lost_kind(survey: &Survey<'_>, old: &PageId, new: &PageId) -> Option<Kind> {
    let kind = survey.kind(old);
    let written = survey.written_kind(old).is_some();
    (!written && !new.is_index() && implied_kind(new) != kind).then_some(kind)
}

/// The law itself, asked of the changed text: everything leads where it led.
fn check_text(
    moved: &Moved<'_>,
    file: &RelPath,
    text: &str,
    change: &Change,
) -> Result<(), Refusal> {
    let new = edited(text, &change.edits);
    let [before, after] = [text, &new].map(|text| (text, parse_front_matter(file, text).1));
    if moved.holds(file, before, after) {
        return Ok(());
    }
    Err(Refusal::new(
        format!(
            "không sửa được chắc chắn các liên kết trong {file}; hãy viết lại chúng đơn giản hơn"
        ),
        format!("the links in {file} cannot be changed safely; write them in a simpler way"),
    ))
}

fn stuck(file: &RelPath, text: &str, stuck: &Stuck) -> Refusal {
    let place = match stuck.at {
        Some(at) => format!("{file}:{}", line_column(text, at as usize).line),
        None => file.to_string(),
    };
    let target = &stuck.target;
    Refusal::new(
        format!("{place}: không sửa được `{target}`; hãy viết lại đơn giản hơn rồi chạy lại"),
        format!("{place}: `{target}` cannot be changed; write it in a simpler way and run again"),
    )
}

/// What to say of pages that get another address though nobody asked for it.
pub fn side_effects(plan: &Plan, asked: impl Fn(&PageId) -> bool) -> Vec<Sentence> {
    let others = plan.addresses.iter().filter(|(old, _)| !asked(old));
    let note = |(old, new): &(PageId, PageId)| {
        Sentence::new(
            format!("Địa chỉ `{old}` thành `{new}`; địa chỉ cũ vẫn dùng được."),
            format!("The address `{old}` becomes `{new}`; the old one keeps working."),
        )
    };
    others.map(note).collect()
}
