//! `sotay translate accept`: a translation was reviewed, and that is recorded.

use super::super::Status;
use super::super::changes::Folder;
use super::super::report::Console;
use super::super::vietnamese::Vietnamese;
use super::{Whole, place};
use crate::diag::UiLang;
use crate::edit::{self, Accepted};

/// Arguments of `sotay translate accept`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay translate accept talks/phishing          all its sections, in every language
  sotay translate accept talks/phishing#signs    one section
  sotay translate accept --all                   everything, as when a handbook begins to keep a record

Writes translations.lock and nothing else. Sections without a translated text are left out.
Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write.")]
pub struct Arguments {
    /// The page that was reviewed, or one section of it
    #[arg(value_name = "PAGE[#SECTION]", required_unless_present = "all", conflicts_with = "all")]
    page: Option<String>,
    /// Every page
    #[arg(long)]
    all: bool,
    /// Only the translation into this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Ghi nhận rằng một bản dịch đã được duyệt",
    arguments: &[
        ("page", "Trang đã duyệt, hoặc một mục của trang"),
        ("all", "Mọi trang"),
        ("lang", "Chỉ bản dịch sang ngôn ngữ này"),
    ],
    after_help: "Ví dụ:
  sotay translate accept talks/phishing          mọi mục của trang, ở mọi ngôn ngữ
  sotay translate accept talks/phishing#signs    một mục
  sotay translate accept --all                   tất cả, như khi sổ tay bắt đầu theo dõi bản dịch

Chỉ ghi vào translations.lock. Những mục chưa có lời dịch được bỏ qua.
Mã thoát: 0 đã xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[],
};

/// Records what was reviewed, and says what that was.
pub fn run(whole: &Whole, arguments: &Arguments, console: &Console) -> Status {
    let languages = match whole.languages(arguments.lang.as_deref(), console) {
        Ok(languages) => languages,
        Err(status) => return status,
    };
    let named = arguments.page.as_deref().map(|page| gone_or_page(whole, page, console));
    let (page, section) = match named {
        None => (None, None),
        Some(Ok((page, section))) => (Some(page), section),
        Some(Err(status)) => return status,
    };
    let accepted = edit::accept(whole.site(), page.as_ref(), section, &languages);
    let snapshot = &whole.project.snapshot;
    let plan = accepted.plan(snapshot);
    if let Err(failure) = Folder::new(&whole.root).carry_out(&plan, snapshot) {
        return console.failed(&failure, &whole.root);
    }
    match console.quiet {
        true => Status::Fine,
        false => console.print(&said(&accepted, console)),
    }
}

/// The page that is named. One that is gone may still have lines in the lock, to be taken out.
fn gone_or_page<'a>(
    whole: &Whole,
    name: &'a str,
    console: &Console,
) -> Result<(crate::model::PageId, Option<&'a str>), Status> {
    let id = crate::model::PageId::new(name);
    let recorded = whole.site().lock.iter().flat_map(|lock| lock.pages.keys());
    if whole.site().page_by_address(name).is_none()
        && recorded.into_iter().any(|(_, page)| *page == id)
    {
        return Ok((id, None));
    }
    let (pair, section) = whole.page(name, console)?;
    Ok((whole.id(pair).clone(), section))
}

/// More places than this are counted, not named.
const NAMED: usize = 20;

fn said(accepted: &Accepted, console: &Console) -> String {
    let mut out = String::new();
    let count = accepted.recorded.len();
    out.push_str(&match (count, console.lang) {
        (0, _) if accepted.dropped > 0 => String::new(),
        (0, UiLang::Vi) => "Không có mục nào cần ghi thêm.\n".to_owned(),
        (0, UiLang::En) => "There was nothing more to record.\n".to_owned(),
        (_, UiLang::Vi) => format!("Đã ghi {count} mục là đã duyệt.\n"),
        (1, UiLang::En) => "Recorded one section as reviewed.\n".to_owned(),
        (_, UiLang::En) => format!("Recorded {count} sections as reviewed.\n"),
    });
    for (lang, page, section) in accepted.recorded.iter().take(NAMED) {
        out.push_str(&format!("  {lang}  {}\n", place(page, section)));
    }
    if count > NAMED {
        let more = count - NAMED;
        out.push_str(&match console.lang {
            UiLang::Vi => format!("  … và {more} mục nữa\n"),
            UiLang::En => format!("  … and {more} more\n"),
        });
    }
    if accepted.dropped > 0 {
        let dropped = accepted.dropped;
        out.push_str(&match console.lang {
            UiLang::Vi => format!("Đã bỏ {dropped} dòng của những mục không còn nữa.\n"),
            UiLang::En if dropped == 1 => {
                "Took out one line of a section that is gone.\n".to_owned()
            }
            UiLang::En => format!("Took out {dropped} lines of sections that are gone.\n"),
        });
    }
    if !accepted.untranslated.is_empty() {
        out.push_str(
            console.say("Chưa dịch, nên không ghi:\n", "Not translated yet, so not recorded:\n"),
        );
        for (lang, page, section) in accepted.untranslated.iter().take(NAMED) {
            out.push_str(&format!("  {lang}  {}\n", place(page, section)));
        }
    }
    out
}
