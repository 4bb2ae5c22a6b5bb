//! `sotay new`: a handbook to begin with, or a page in one.

use super::changes::{self, Failure, Folder};
use super::report::Console;
use super::{Global, Status, build, rename};
use crate::diag::UiLang;
use crate::edit::{self, NewPage, Titles};
use crate::load;
use crate::model::Kind;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Arguments of `sotay new`.
#[derive(clap::Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  sotay new handbook                  a small handbook in two languages, ready to build
  sotay new . --title \"Sổ tay an toàn thông tin\" --title-en \"Security handbook\"
  sotay new page talks/passwords      a talk in every language of the handbook
  sotay new ./page                    a handbook in a folder called page

Nothing that is there is ever overwritten.

Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write."
)]
pub struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The new handbook's folder, which is empty or not there yet
    #[arg(required = true)]
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
  sotay new page \"talks/Mật khẩu\"                       talks/mat-khau, titled Mật khẩu
  sotay new page directives/13-2023-nd-cp --number 13/2023/NĐ-CP
  sotay new page about/team --title \"Ban biên tập\"

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
    if !console.quiet {
        println!("{}", next_steps(console.lang, dir, files.len()));
    }
    Status::Fine
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
            "{made} Tiếp theo:\n{enter}  sotay serve                      xem trước trong lúc viết\n  sotay new page talks/ten-bai     thêm một trang\n  sotay build                      dựng sổ tay; sau đó mở dist/index.html"
        ),
        UiLang::En => format!(
            "{made} Next:\n{enter}  sotay serve                      preview while you write\n  sotay new page talks/a-name      add a page\n  sotay build                      build it; then open dist/index.html"
        ),
    }
}

fn new_page(global: &Global, arguments: &PageArguments, console: &Console) -> Status {
    let root = build::root(global);
    let (snapshot, problems) = load::load(&root);
    // Nothing else that cannot be read stands in a new page's way.
    let of_site = problems.into_iter().filter(|d| d.file.as_str() == "site.toml").collect();
    if let Some(status) = rename::unreadable(console, of_site, &snapshot) {
        return status;
    }
    let lock = match rename::read_lock(&root) {
        Ok(lock) => lock,
        Err(failure) => return console.failed(&failure, &root),
    };
    let page = NewPage {
        address: &arguments.address,
        kind: arguments.kind.map(Kind::from),
        title: arguments.title.as_deref(),
        number: arguments.number.as_deref(),
    };
    let plan = match edit::new_page(&snapshot, lock.as_deref(), page) {
        Ok(plan) => plan,
        Err(refusal) => return console.refused(&refusal),
    };
    if let Err(failure) = Folder::new(&root).carry_out(&plan, &snapshot, lock.as_deref()) {
        return console.failed(&failure, &root);
    }
    if !console.quiet {
        println!("{}", console.say("Đã tạo:", "Made:"));
        plan.creates.iter().for_each(|create| println!("  {}", create.file));
        plan.notes.iter().for_each(|note| println!("{}", note.text(console.lang)));
        println!("{}: sotay serve --drafts", console.say("Xem trước", "Preview"));
    }
    Status::Fine
}
