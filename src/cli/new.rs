//! `sotay new`: a handbook to begin with, or a page in one.

use super::changes::{self, Failure, Folder};
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, rename, root};
use crate::diag::{Diagnostic, UiLang};
use crate::edit::{self, NewPage, Titles};
use crate::load;
use crate::model::{Kind, Lock};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Arguments of `sotay new`.
#[derive(clap::Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  sotay new handbook                        a small handbook in two languages, ready to build
  sotay new . --title ATTT --title-en INFO  in this folder, which is empty
  sotay new page talks/passwords            a talk in every language of the handbook
  sotay new ./page                          a handbook in a folder called page

Nothing that is there is ever overwritten.

Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write."
)]
pub struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The new handbook's folder, which is empty or not there yet
    #[arg(required = true, value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// What the handbook is called
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What it is called in English [default: the same]
    #[arg(long, value_name = "TEXT")]
    title_en: Option<String>,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Make a page in every language of the handbook
    Page(PageArguments),
}

/// Arguments of `sotay new page`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay new page talks/passwords
  sotay new page talks/Mật-khẩu                talks/mat-khau, titled Mật khẩu
  sotay new page directives/13-2023-nd-cp --number 13/2023/NĐ-CP
  sotay new page about/team --title Editors

The front matter of the page's kind is filled in and explained. The page is a draft, so that
nobody sees it before it is ready. Nothing that is there is ever overwritten.

Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write.")]
struct PageArguments {
    /// The page's address, like talks/passwords
    address: String,
    /// What the page is [default: what its folder says]
    #[arg(long)]
    kind: Option<KindChoice>,
    /// Its title [default: made of its name]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The number of the document that it is a summary of, like 09/CT-TTg
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum, Debug)]
enum KindChoice {
    Talk,
    Guideline,
    Directive,
    Page,
}

impl From<KindChoice> for Kind {
    fn from(choice: KindChoice) -> Kind {
        match choice {
            KindChoice::Talk => Kind::Talk,
            KindChoice::Guideline => Kind::Guideline,
            KindChoice::Directive => Kind::Directive,
            KindChoice::Page => Kind::Page,
        }
    }
}

impl Arguments {
    /// Whether it works on a handbook that is already there.
    pub fn needs_handbook(&self) -> bool {
        self.what.is_some()
    }
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Tạo một cuốn sổ tay để bắt đầu, hoặc một trang",
    arguments: &[
        ("dir", "Thư mục của sổ tay mới, còn trống hoặc chưa có"),
        ("title", "Tên sổ tay"),
        ("title_en", "Tên sổ tay bằng tiếng Anh [mặc định: như tên trên]"),
    ],
    after_help: "Ví dụ:
  sotay new so-tay                          một cuốn sổ tay nhỏ, hai ngôn ngữ, dựng được ngay
  sotay new . --title ATTT --title-en INFO  trong thư mục này, còn trống
  sotay new page talks/passwords            một bài giảng bằng mọi ngôn ngữ của sổ tay
  sotay new ./page                          một cuốn sổ tay trong thư mục tên là page

Những gì đã có không bao giờ bị ghi đè.

Mã thoát: 0 đã xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[("page", &VI_PAGE)],
};

const VI_PAGE: Vietnamese = Vietnamese {
    about: "Tạo một trang bằng mọi ngôn ngữ của sổ tay",
    arguments: &[
        ("address", "Địa chỉ trang, như talks/passwords"),
        ("kind", "Loại trang [mặc định: theo thư mục]"),
        ("title", "Tên trang [mặc định: theo địa chỉ]"),
        ("number", "Số hiệu của văn bản mà trang tóm tắt, như 09/CT-TTg"),
    ],
    after_help: "Ví dụ:
  sotay new page talks/passwords
  sotay new page talks/Mật-khẩu                talks/mat-khau, tên trang là Mật khẩu
  sotay new page directives/13-2023-nd-cp --number 13/2023/NĐ-CP
  sotay new page about/team --title Nhóm

Phần đầu trang đúng loại được điền sẵn, kèm giải thích. Trang mới là bản nháp, để chưa ai thấy khi
chưa viết xong. Những gì đã có không bao giờ bị ghi đè.

Mã thoát: 0 đã xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[],
};

/// Makes a handbook, or a page in the one that is there.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    match (&arguments.what, &arguments.dir) {
        (Some(What::Page(page)), _) => new_page(global, page, console),
        (None, Some(dir)) => new_handbook(dir, arguments, console),
        // Clap asks for the folder before this is reached.
        (None, None) => Status::Usage,
    }
}

fn new_handbook(dir: &Path, arguments: &Arguments, console: &Console) -> Status {
    let titles = Titles::new(arguments.title.as_deref(), arguments.title_en.as_deref());
    let titles = match titles {
        Ok(titles) => titles,
        Err(refusal) => return console.refused(&refusal),
    };
    if let Err(problem) = check_empty(dir) {
        return match problem {
            NotEmpty::Holds(name) => {
                console.error(&match console.lang {
                    UiLang::Vi => format!(
                        "thư mục `{}` đã có `{name}`; chọn một thư mục trống hoặc một tên mới",
                        dir.display()
                    ),
                    UiLang::En => format!(
                        "the folder `{}` holds `{name}`; choose an empty folder or a new name",
                        dir.display()
                    ),
                });
                Status::Usage
            }
            NotEmpty::NoFolder => {
                console.error(&match console.lang {
                    UiLang::Vi => format!("`{}` không phải thư mục; chọn tên khác", dir.display()),
                    UiLang::En => format!("`{}` is no folder; choose another name", dir.display()),
                });
                Status::Usage
            }
            NotEmpty::Io(e) => console.failed(&Failure::Io(dir.to_owned(), e), dir),
        };
    }
    let files = edit::starter_files(&titles, console.lang);
    if let Err(failure) = changes::write_all(dir, &files) {
        return console.failed(&failure, dir);
    }
    match console.quiet {
        true => Status::Fine,
        false => console.print(&next_steps(console.lang, dir, files.len())),
    }
}

/// Why a folder is no place for a new handbook.
enum NotEmpty {
    Holds(String),
    NoFolder,
    Io(io::Error),
}

/// Whether a handbook may be made in `dir`: it is not there, or holds hidden files at most.
fn check_empty(dir: &Path) -> Result<(), NotEmpty> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            // A link that leads nowhere is there all the same.
            return match fs::symlink_metadata(dir) {
                Ok(_) => Err(NotEmpty::NoFolder),
                Err(_) => Ok(()),
            };
        }
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => return Err(NotEmpty::NoFolder),
        Err(e) => return Err(NotEmpty::Io(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(NotEmpty::Io)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    match names.into_iter().find(|name| !name.starts_with('.')) {
        Some(name) => Err(NotEmpty::Holds(name)),
        None => Ok(()),
    }
}

fn next_steps(lang: UiLang, dir: &Path, files: usize) -> String {
    let shown = dir.display().to_string();
    let quoted = if shown.contains(' ') { format!("\"{shown}\"") } else { shown.clone() };
    let here = matches!(&*shown, "." | "./");
    let enter = if here { String::new() } else { format!("  cd {quoted}\n") };
    let made = match (lang, here) {
        (UiLang::Vi, true) => format!("Đã tạo sổ tay mới ở đây ({files} tệp)."),
        (UiLang::Vi, false) => format!("Đã tạo sổ tay mới trong {shown} ({files} tệp)."),
        (UiLang::En, true) => format!("Made a handbook here ({files} files)."),
        (UiLang::En, false) => format!("Made a handbook in {shown} ({files} files)."),
    };
    match lang {
        UiLang::Vi => format!(
            "{made} Tiếp theo:\n{enter}  sotay serve                      xem trước trong lúc viết\n  sotay new page talks/ten-bai     thêm một trang\n  sotay build                      dựng sổ tay; sau đó mở dist/index.html\n"
        ),
        UiLang::En => format!(
            "{made} Next:\n{enter}  sotay serve                      preview while you write\n  sotay new page talks/a-name      add a page\n  sotay build                      build it; then open dist/index.html\n"
        ),
    }
}

fn new_page(global: &Global, arguments: &PageArguments, console: &Console) -> Status {
    let root = root::folder(global);
    let (snapshot, problems) = load::load(&root);
    // Nothing else that cannot be read stands in a new page's way.
    let stands = |d: &Diagnostic| matches!(d.file.as_str(), "site.toml" | Lock::FILE);
    let of_site = problems.into_iter().filter(stands).collect();
    if let Some(status) = rename::unreadable(console, of_site, &snapshot) {
        return status;
    }
    let page = NewPage {
        address: &arguments.address,
        kind: arguments.kind.map(Kind::from),
        title: arguments.title.as_deref(),
        number: arguments.number.as_deref(),
    };
    let plan = match edit::new_page(&snapshot, page) {
        Ok(plan) => plan,
        Err(refusal) => return console.refused(&refusal),
    };
    if let Err(failure) = Folder::new(&root).carry_out(&plan, &snapshot) {
        return console.failed(&failure, &root);
    }
    if console.quiet {
        return Status::Fine;
    }
    let files = plan.creates.iter().map(|create| format!("  {}\n", create.file));
    let notes = plan.notes.iter().map(|note| format!("{}\n", note.text(console.lang)));
    let said: String = files.chain(notes).collect();
    let preview = console.say("Xem trước", "Preview");
    let made = console.say("Đã tạo:", "Made:");
    console.print(&format!("{made}\n{said}{preview}: sotay serve --drafts\n"))
}
