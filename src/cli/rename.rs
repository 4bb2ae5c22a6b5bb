//! `sotay rename`: a page or a section under another address.

use super::changes::Folder;
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, git, root};
use crate::base::RelPath;
use crate::diag::{Code, Diagnostic, Severity, UiLang};
use crate::edit::{self, Change, Plan, Shown};
use crate::load;
use crate::model::Snapshot;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

/// Arguments of `sotay rename`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay rename talks/phishing talks/online-fraud
  sotay rename talks/passwords guidelines/passwords    the page stays a talk
  sotay rename talks seminars                          every page of the section
  sotay rename talks seminars --dry-run                show what would be done, and do nothing

Links to the page follow it, pictures that only it uses go with it, and its old address leads
to the new one. What will be done is shown first.

Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write.")]
pub struct Arguments {
    /// The address that a page or section has now, like talks/phishing
    old: String,
    /// The address that it shall have
    new: String,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
    /// Show what would be done, and do nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Change files with uncommitted changes too
    #[arg(long)]
    force: bool,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Đổi địa chỉ của một trang hoặc một thư mục mà không hỏng liên kết nào",
    arguments: &[
        ("old", "Địa chỉ hiện nay của trang hoặc thư mục, như talks/phishing"),
        ("new", "Địa chỉ mới"),
        ("yes", "Làm ngay, không hỏi"),
        ("dry_run", "Cho xem sẽ làm gì, không thay đổi gì"),
        ("force", "Sửa cả những tệp có thay đổi chưa commit"),
    ],
    after_help: "Ví dụ:
  sotay rename talks/phishing talks/online-fraud
  sotay rename talks/passwords guidelines/passwords    trang vẫn là bài giảng
  sotay rename talks seminars                          mọi trang trong thư mục
  sotay rename talks seminars --dry-run                cho xem sẽ làm gì, không làm

Liên kết tới trang được sửa theo, hình chỉ trang đó dùng đi cùng trang, và địa chỉ cũ dẫn tới địa
chỉ mới. Những gì sẽ làm được cho xem trước.

Mã thoát: 0 đã xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[],
};

/// Shows what a rename comes to, asks, and does it.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let root = root::folder(global);
    let (snapshot, problems) = load::load(&root);
    if let Some(status) = unreadable(console, problems, &snapshot) {
        return status;
    }
    let plan = match edit::rename(&snapshot, &arguments.old, &arguments.new) {
        Ok(plan) => plan,
        Err(refusal) => return console.refused(&refusal),
    };
    let folder = Folder::new(&root);
    let undo = Undo::of(&root, &touched(&plan, &snapshot, &folder));
    let asks = !arguments.yes && !arguments.dry_run && !console.quiet;
    if !console.quiet || !arguments.yes {
        console.print(&format!("{}{}\n", show(&plan, console.lang), undo.note(console)));
    }
    if arguments.dry_run {
        return Status::Fine;
    }
    if let Undo::Uncommitted(files) = &undo
        && !arguments.force
    {
        console.error(&uncommitted(console.lang, files));
        return Status::Usage;
    }
    if !arguments.yes {
        match asks && io::stdin().is_terminal() && io::stdout().is_terminal() {
            true if confirmed(console) => {}
            true => {
                let unchanged = console.say("Chưa thay đổi gì.\n", "Nothing was changed.\n");
                return console.print(unchanged);
            }
            false => {
                console.error(console.say(
                    "chưa thay đổi gì: không có ai để hỏi; thêm `--yes` để thực hiện",
                    "nothing was changed: there is nobody to ask; add `--yes` to do it",
                ));
                return Status::Usage;
            }
        }
    }
    if let Err(failure) = folder.carry_out(&plan, &snapshot) {
        return console.failed(&failure, &root);
    }
    if console.quiet {
        return Status::Fine;
    }
    let undo = match undo {
        Undo::Committed => undo_with_git(console.lang, &plan),
        _ => String::new(),
    };
    console.print(&format!("{}\n{undo}", console.say("Đã đổi xong.", "Done.")))
}

/// Links in files that cannot be read could not follow, so these are mended first.
pub fn unreadable(
    console: &Console,
    mut problems: Vec<Diagnostic>,
    snapshot: &Snapshot,
) -> Option<Status> {
    problems.retain(|d| d.severity() == Severity::Error);
    if problems.is_empty() {
        return None;
    }
    console.problems(&problems, snapshot);
    if problems.iter().any(|d| d.code == Code::NoSite) {
        return Some(Status::Io);
    }
    console.error(console.say(
        "sửa những tệp trên trước đã: không đọc được thì không sửa được liên kết trong đó",
        "mend the files above first: links in files that cannot be read cannot follow",
    ));
    Some(Status::Problems)
}

/// The files that a plan changes or moves.
fn touched(plan: &Plan, snapshot: &Snapshot, folder: &Folder) -> Vec<PathBuf> {
    let files = snapshot.pages.keys().chain(snapshot.assets.keys());
    let moved = files.filter(|file| plan.destination(file) != **file);
    let changed = plan.changes.iter().map(|change| &change.file);
    let mut touched: Vec<&RelPath> = moved.chain(changed).collect();
    touched.sort();
    touched.dedup();
    touched.into_iter().map(|file| folder.path(file)).collect()
}

/// Whether git can undo the rename.
enum Undo {
    /// All files are committed.
    Committed,
    /// These are not.
    Uncommitted(Vec<String>),
    /// There is no git, or it does not say.
    NoGit,
}

impl Undo {
    fn of(root: &Path, touched: &[PathBuf]) -> Undo {
        if !git::is_work_tree(root) {
            return Undo::NoGit;
        }
        match git::uncommitted(root, touched) {
            Some(files) if files.is_empty() => Undo::Committed,
            Some(files) => Undo::Uncommitted(files),
            None => Undo::NoGit,
        }
    }

    fn note(&self, console: &Console) -> &'static str {
        match (self, console.lang) {
            (Undo::Committed, UiLang::Vi) => "Có thể hoàn tác bằng git.",
            (Undo::Committed, UiLang::En) => "Git can undo this.",
            (Undo::Uncommitted(_), UiLang::Vi) => {
                "Git không hoàn tác được trọn vẹn: có thay đổi chưa commit."
            }
            (Undo::Uncommitted(_), UiLang::En) => {
                "Git cannot undo all of this: there are uncommitted changes."
            }
            (Undo::NoGit, UiLang::Vi) => {
                "Thư mục này không được git theo dõi, nên không hoàn tác được bằng git."
            }
            (Undo::NoGit, UiLang::En) => "The folder is not under git, so git cannot undo this.",
        }
    }
}

/// How many uncommitted files a message names.
const NAMED: usize = 5;

fn uncommitted(lang: UiLang, files: &[String]) -> String {
    let mut list = files[..files.len().min(NAMED)].join(", ");
    if files.len() > NAMED {
        list.push_str(", …");
    }
    match lang {
        UiLang::Vi => format!(
            "chưa thay đổi gì: các tệp sau có thay đổi chưa commit nên git không hoàn tác được: {list}; commit trước, hoặc thêm `--force`"
        ),
        UiLang::En => format!(
            "nothing was changed: these files have uncommitted changes, so git could not undo it: {list}; commit them first, or add `--force`"
        ),
    }
}

fn undo_with_git(lang: UiLang, plan: &Plan) -> String {
    let beside = plan.changes.iter().map(|c| c.file.as_str()).filter(|f| !f.contains('/'));
    let paths: Vec<&str> = ["content"].into_iter().chain(beside).collect();
    let command = format!("git stash push --include-untracked -- {}", paths.join(" "));
    match lang {
        UiLang::Vi => format!("Hoàn tác (trong thư mục của sổ tay): {command}\n"),
        UiLang::En => format!("To undo (in the handbook's folder): {command}\n"),
    }
}

fn confirmed(console: &Console) -> bool {
    console.print(console.say("Thực hiện? [c/K] ", "Do it? [y/N] "));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let answer = crate::base::fold(answer.trim());
    read.is_ok() && matches!(&*answer, "y" | "yes" | "c" | "co")
}

/// How many new addresses are listed; the moves of files say the rest.
const LISTED: usize = 20;

/// What a plan comes to, file by file.
fn show(plan: &Plan, lang: UiLang) -> String {
    let say = |vi: &'static str, en: &'static str| match lang {
        UiLang::Vi => vi,
        UiLang::En => en,
    };
    let mut out = String::new();
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("{title}\n"));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
            out.push('\n');
        }
    };
    let addresses = plan.addresses.iter().map(|(old, new)| format!("{old} -> {new}"));
    let mut addresses: Vec<String> = addresses.collect();
    if addresses.len() > LISTED {
        let more = addresses.len() - LISTED;
        addresses.truncate(LISTED);
        addresses.push(format!("... {} {more}", say("và thêm", "and more:")));
    }
    list(say("Địa chỉ", "Addresses"), addresses);
    let moves = plan.moves.iter().map(|m| {
        let slash = if m.is_folder { "/" } else { "" };
        format!("{}{slash} -> {}{slash}", m.from, m.to)
    });
    list(say("Chuyển", "Move"), moves.collect());
    list(say("Sửa", "Change"), plan.changes.iter().flat_map(change).collect());
    let creates = plan.creates.iter().map(|create| create.file.to_string());
    list(say("Tạo", "Make"), creates.collect());
    plan.notes.iter().for_each(|note| out.push_str(&format!("{}\n", note.text(lang))));
    out
}

fn change(change: &Change) -> Vec<String> {
    let line = |shown: &Shown| match &*shown.old {
        "" => format!("  {}: + {}", shown.line, shown.new),
        old => format!("  {}: {old} -> {}", shown.line, shown.new),
    };
    let lines = change.shown.iter().map(line);
    std::iter::once(change.file.to_string()).chain(lines).collect()
}
