//! `sotay rename`: a page or a whole section gets another address, and nothing that leads to it
//! is lost.

use super::address::Asked;
use super::consequences::{self, side_effects};
use super::page::index_pages;
use super::places::is_below;
use super::plan::{Move, Plan};
use super::refusal::{Refusal, Sentence};
use super::survey::Survey;
use crate::base::{RelPath, Span, nearest};
use crate::model::{Key, PageId, Snapshot, Value, stem};
use crate::parse::front_matter::parse_front_matter;
use crate::parse::markdown::{TargetOf, targets};
use std::collections::BTreeSet;

/// What is renamed.
enum Subject {
    Page(PageId),
    /// The folder of this address.
    Section(PageId),
}

/// The plan that gives the page or section `old` the address `new`.
pub fn rename(snapshot: &Snapshot, old: &str, new: &str) -> Result<Plan, Refusal> {
    let survey = Survey::of(snapshot)?;
    let subject = subject(&survey, old)?;
    let new = Asked::read(new, &survey.config)?;
    let (id, target) = (subject.id(), new.id());
    if *id == target {
        return Err(Refusal::new(
            format!("`{id}` đã là địa chỉ đó rồi"),
            format!("`{id}` has that address already"),
        ));
    }
    new.check(&survey.config)?;
    if matches!(subject, Subject::Section(_)) && is_below(target.as_str(), id.as_str()) {
        return Err(Refusal::new(
            format!("không thể chuyển thư mục `{id}` vào chính nó (`{target}`)"),
            format!("the folder `{id}` cannot be moved into itself (`{target}`)"),
        ));
    }
    new.check_free(&survey, Some(id))?;
    let moves = match &subject {
        Subject::Page(id) => page_moves(&survey, id, &new)?,
        Subject::Section(id) => section_moves(&survey, id, &new)?,
    };
    let creates = index_pages(&survey, &new, false)?;
    let folders: Vec<RelPath> = creates.iter().map(|c| RelPath::new(c.file.folder())).collect();
    let mut plan = consequences::plan(&survey, moves, creates)?;
    check_address(&plan, &subject, &target)?;
    plan.notes = side_effects(&plan, |page| subject.includes(page));
    plan.notes.extend(new_folders(&folders));
    Ok(plan)
}

impl Subject {
    fn id(&self) -> &PageId {
        match self {
            Subject::Page(id) | Subject::Section(id) => id,
        }
    }

    fn includes(&self, page: &PageId) -> bool {
        match self {
            Subject::Page(id) => page == id,
            Subject::Section(id) => is_below(page.as_str(), id.as_str()),
        }
    }
}

fn subject(survey: &Survey<'_>, old: &str) -> Result<Subject, Refusal> {
    let home = || {
        Refusal::new(
            "không đổi được địa chỉ của trang chủ: mọi sổ tay đều bắt đầu ở `index`",
            "the home page keeps its address: every handbook begins at `index`",
        )
    };
    if old.trim().trim_matches('/').is_empty() {
        return Err(home());
    }
    let asked = Asked::read(old, &survey.config)?;
    let id = asked.id();
    let is_section = survey.places.is_section(id.as_str());
    let is_page = survey.places.pages().contains_key(&id);
    if is_page && id.as_str() == "index" {
        return Err(home());
    }
    if is_page && id.is_index() {
        let folder = id.folder();
        return Err(Refusal::new(
            format!(
                "`{id}` là trang giới thiệu của thư mục `{folder}`; để đổi cả thư mục, viết `sotay rename {folder} …`"
            ),
            format!(
                "`{id}` introduces the folder `{folder}`; to rename all of it write `sotay rename {folder} …`"
            ),
        ));
    }
    match (is_page, is_section) {
        (true, false) => Ok(Subject::Page(id)),
        (true, true) if !asked.is_folder => Ok(Subject::Page(id)),
        (_, true) => Ok(Subject::Section(id)),
        (false, false) => Err(missing(survey, &id)),
    }
}

fn missing(survey: &Survey<'_>, id: &PageId) -> Refusal {
    if let Some((page, file)) = survey.alias(id.as_str()) {
        return Refusal::new(
            format!("`{id}` là địa chỉ cũ; trang đó nay là `{page}` ({file})"),
            format!("`{id}` is a former address; the page is `{page}` now ({file})"),
        );
    }
    let pages = survey.places.pages().keys().map(PageId::as_str);
    let known: BTreeSet<&str> =
        pages.clone().filter(|p| *p != "index").chain(pages.flat_map(folders)).collect();
    match nearest(id.as_str(), known.iter().copied()) {
        Some(near) => Refusal::new(
            format!("không có trang hay thư mục nào là `{id}`; có phải ý bạn là `{near}`?"),
            format!("there is no page or folder `{id}`; did you mean `{near}`?"),
        ),
        None => Refusal::new(
            format!(
                "không có trang hay thư mục nào là `{id}`; viết địa chỉ như `talks/phishing`, không có ngôn ngữ"
            ),
            format!(
                "there is no page or folder `{id}`; write an address like `talks/phishing`, without language"
            ),
        ),
    }
}

/// The folders around an address.
fn folders(address: &str) -> impl Iterator<Item = &str> {
    address.match_indices('/').map(|(i, _)| &address[..i])
}

/// The files of a page, with what only they use. A page with a folder of its own moves with
/// everything in it.
fn page_moves(survey: &Survey<'_>, id: &PageId, new: &Asked) -> Result<Vec<Move>, Refusal> {
    let folder = survey.folder_for(new.folder());
    let mut moves: Vec<Move> = Vec::new();
    let mut loose = Vec::new();
    for file in survey.files(id) {
        let stem = stem(file.as_str(), &survey.config.languages);
        let written = &file.as_str()[stem.len()..];
        if stem.ends_with("/index") {
            let to = RelPath::new(format!("{folder}/{}", new.name()));
            let own = Move { from: RelPath::new(file.folder()), to, is_folder: true };
            if !moves.contains(&own) {
                check_empty(survey, &own.to, new)?;
                moves.push(own);
            }
        } else {
            let to = RelPath::new(format!("{folder}/{}{written}", new.name()));
            moves.push(Move { from: file.clone(), to, is_folder: false });
            loose.push(file.clone());
        }
    }
    let assets = own_assets(survey, &loose, &folder);
    moves.extend(assets.into_iter().map(|from| {
        let to = RelPath::new(format!("{folder}/{}", from.name()));
        Move { from, to, is_folder: false }
    }));
    Ok(moves)
}

fn section_moves(survey: &Survey<'_>, id: &PageId, new: &Asked) -> Result<Vec<Move>, Refusal> {
    let folders: Vec<String> = survey.folders(id.as_str()).into_iter().collect();
    let [folder] = folders.as_slice() else {
        let all = folders.join(", ");
        return Err(Refusal::new(
            format!("nhiều thư mục cùng có địa chỉ `{id}`: {all}; gộp chúng lại trước đã"),
            format!("several folders have the address `{id}`: {all}; merge them first"),
        ));
    };
    let to = RelPath::new(format!("{}/{}", survey.folder_for(new.folder()), new.name()));
    check_empty(survey, &to, new)?;
    Ok(vec![Move { from: RelPath::new(folder), to, is_folder: true }])
}

/// A folder moves as a whole, so nothing may be where it goes, in whatever spelling: Windows
/// takes `Talks` and `talks` for one.
fn check_empty(survey: &Survey<'_>, to: &RelPath, new: &Asked) -> Result<(), Refusal> {
    let mut folders = survey.folders(new.id().as_str());
    folders.insert(to.to_string());
    let mut files = survey.snapshot.pages.keys().chain(survey.snapshot.assets.keys());
    let below = |file: &&RelPath| folders.iter().any(|folder| is_below(file.as_str(), folder));
    match files.find(below) {
        Some(file) => Err(Refusal::new(
            format!("thư mục `{to}` đã có và chứa `{file}`; chuyển tệp đó đi hoặc chọn tên khác"),
            format!(
                "the folder `{to}` is there already and holds `{file}`; move that file or choose another name"
            ),
        )),
        None => Ok(()),
    }
}

/// Files beside the pages `loose`, in their folder, that these use and nothing else does; none
/// where the folder stays the same.
fn own_assets(survey: &Survey<'_>, loose: &[RelPath], folder: &str) -> BTreeSet<RelPath> {
    let beside = |asset: &RelPath| loose.iter().any(|file| file.folder() == asset.folder());
    let mut own: BTreeSet<RelPath> = BTreeSet::new();
    if loose.iter().all(|file| file.folder() == folder) {
        return own;
    }
    let mut others: BTreeSet<RelPath> = BTreeSet::new();
    // What one use may mean, in any language, moves together or not at all.
    let mut together: Vec<BTreeSet<RelPath>> = Vec::new();
    for (file, source) in &survey.snapshot.pages {
        for used in uses(survey, file, &source.text) {
            if loose.contains(file) {
                own.extend(used.iter().filter(|asset| beside(asset)).cloned());
                together.push(used);
            } else {
                others.extend(used);
            }
        }
    }
    // A picture of one name in any language there would be taken for it, or it for that one.
    let taken: BTreeSet<String> = {
        let assets = survey.snapshot.assets.keys().filter(|asset| asset.folder() == folder);
        assets.map(|asset| without_language(survey, asset)).collect()
    };
    let there = |asset: &RelPath| taken.contains(&without_language(survey, asset));
    own.retain(|asset| !others.contains(asset) && !there(asset));
    loop {
        let torn = together
            .iter()
            .find(|used| used.iter().any(|asset| own.contains(asset)) && !used.is_subset(&own));
        match torn {
            Some(used) => own.retain(|asset| !used.contains(asset)),
            None => return own,
        }
    }
}

/// The name of a file beside pages without its language: `pic.vi.svg` and `pic.svg` are one.
fn without_language(survey: &Survey<'_>, asset: &RelPath) -> String {
    let (stem, extension) = asset.name().rsplit_once('.').unwrap_or((asset.name(), ""));
    let bare = stem
        .rsplit_once('.')
        .filter(|(_, tag)| survey.config.languages.iter().any(|lang| lang.as_str() == *tag));
    format!("{}.{extension}", bare.map_or(stem, |(stem, _)| stem))
}

/// The files beside pages that each use in `text` may mean.
fn uses(survey: &Survey<'_>, file: &RelPath, text: &str) -> Vec<BTreeSet<RelPath>> {
    let (front, body, _) = parse_front_matter(file, text);
    let attachments: &[(String, Span)] = match front.fields.get(&Key::Attachments) {
        Some(field) => match &field.value {
            Value::List(list) => list,
            _ => &[],
        },
        None => &[],
    };
    let attachments = attachments.iter().map(|(target, _)| (TargetOf::Image, target.clone()));
    let written = targets(text, body).into_iter().filter(|t| t.of != TargetOf::Include);
    let all = written.map(|t| (t.of, t.text)).chain(attachments);
    let used = all.map(|(of, target)| {
        let goals = survey.places.leads(file, of, &target).into_iter();
        goals.filter_map(|goal| goal.into_file()).collect::<BTreeSet<_>>()
    });
    used.filter(|used| !used.is_empty()).collect()
}

/// Refuses a plan by which the page would get another address than the one asked for.
fn check_address(plan: &Plan, subject: &Subject, target: &PageId) -> Result<(), Refusal> {
    let Subject::Page(id) = subject else { return Ok(()) };
    match plan.addresses.iter().find(|(old, _)| old == id) {
        Some((_, new)) if new == target => Ok(()),
        _ => Err(Refusal::new(
            format!("`{id}` không thể có địa chỉ `{target}` trong thư mục đó"),
            format!("`{id}` cannot have the address `{target}` in that folder"),
        )),
    }
}

fn new_folders(folders: &[RelPath]) -> Vec<Sentence> {
    let folders: BTreeSet<&RelPath> = folders.iter().collect();
    let note = |folder: &RelPath| {
        Sentence::new(
            format!(
                "Thư mục {folder} chưa có trang giới thiệu nên được tạo một trang; hãy sửa `title` của trang đó."
            ),
            format!(
                "The folder {folder} has no page to introduce it, so one is made; change its `title`."
            ),
        )
    };
    folders.into_iter().map(note).collect()
}
