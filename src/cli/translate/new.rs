//! `sotay translate new`: the other language's file, with the source as comments.

use super::super::Status;
use super::super::changes::Folder;
use super::super::report::Console;
use super::super::vietnamese::Vietnamese;
use super::Whole;
use crate::diag::UiLang;
use crate::edit::{self, Plan};

/// Arguments of `sotay translate new`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay translate new talks/phishing              in every language that it lacks
  sotay translate new talks/phishing --lang en

The file has the source's headings with their ids and its text as comments, to be translated in
their place. Until a section has a text, readers are led to the source. Nothing is overwritten.
Exit status: 0 done, 1 problems in content, 2 wrong usage, 3 could not read or write.")]
pub struct Arguments {
    /// The page's address, like talks/phishing
    page: String,
    /// Only into this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Tạo tệp của ngôn ngữ còn thiếu, kèm bản nguồn dưới dạng ghi chú",
    arguments: &[("page", "Địa chỉ trang, như talks/phishing"), ("lang", "Chỉ sang ngôn ngữ này")],
    after_help: "Ví dụ:
  sotay translate new talks/phishing              mọi ngôn ngữ còn thiếu
  sotay translate new talks/phishing --lang en

Tệp có các tiêu đề của bản nguồn kèm mã mục, và lời văn dưới dạng ghi chú để dịch tại chỗ. Mục nào
chưa có lời dịch thì người đọc được dẫn tới bản nguồn. Không tệp nào bị ghi đè.
Mã thoát: 0 đã xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[],
};

/// Makes the files and says which.
pub fn run(whole: &Whole, arguments: &Arguments, console: &Console) -> Status {
    let (pair, _) = match whole.page(&arguments.page, console) {
        Ok(page) => page,
        Err(status) => return status,
    };
    let languages = match whole.languages(arguments.lang.as_deref(), console) {
        Ok(languages) => languages,
        Err(status) => return status,
    };
    let (site, snapshot) = (whole.site(), &whole.project.snapshot);
    let pair = &site.pairs[pair];
    let source = pair.source_version();
    let Some(text) = snapshot.pages.get(&source.source) else { return Status::Io };
    let missing = languages.into_iter().filter(|lang| pair.versions[*lang].is_none());
    let creates = missing.map(|lang| {
        edit::new_translation((source, &text.text), site.lang(lang), &site.config.languages)
    });
    let plan = Plan { creates: creates.collect(), ..Plan::default() };
    if plan.creates.is_empty() {
        let (what, help) = match console.lang {
            UiLang::Vi => (
                format!("trang `{}` đã có bản của ngôn ngữ đó", pair.id),
                format!("xem tình trạng bằng `sotay translate diff {}`", pair.id),
            ),
            UiLang::En => (
                format!("the page `{}` has that language already", pair.id),
                format!("see how it stands with `sotay translate diff {}`", pair.id),
            ),
        };
        console.refuse(&what, &help);
        return Status::Usage;
    }
    if let Err(failure) = Folder::new(&whole.root).carry_out(&plan, snapshot) {
        return console.failed(&failure, &whole.root);
    }
    if console.quiet {
        return Status::Fine;
    }
    let mut out = String::new();
    for create in &plan.creates {
        out.push_str(&match console.lang {
            UiLang::Vi => format!("Đã tạo {}\n", create.file),
            UiLang::En => format!("Made {}\n", create.file),
        });
    }
    out.push_str(&match console.lang {
        UiLang::Vi => format!(
            "Dịch tiêu đề, lời văn và front matter tại chỗ, rồi chạy `sotay translate accept {}`.\n",
            pair.id
        ),
        UiLang::En => format!(
            "Translate its front matter, headings and text in their place, then run `sotay translate accept {}`.\n",
            pair.id
        ),
    });
    console.print(&out)
}
