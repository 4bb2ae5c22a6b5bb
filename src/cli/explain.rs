//! `sotay explain`: the longer story of a problem's code.
//!
//! The stories stand in `diag`; here it is decided which one is meant, and how it is told.

mod page;
mod terminal;

use super::Status;
use super::report::Console;
use super::vietnamese::Vietnamese;
use crate::base::nearest;
use crate::diag::{Code, Severity, UiLang};
use terminal::Terminal;

/// Arguments of `sotay explain`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay explain                   list every code
  sotay explain S301              what S301 means, why, and how to mend it
  sotay explain 301               the same
  sotay explain broken link       the same, by its name
  sotay explain --all             every code, one after another

Exit status: 0 explained, 2 no such code.")]
pub struct Arguments {
    /// The code that a problem shows, or its name; without one every code is listed
    #[arg(value_name = "CODE", conflicts_with = "all")]
    code: Vec<String>,
    /// Explain every code
    #[arg(long)]
    all: bool,
    /// Write a page of Markdown, as in the documentation
    #[arg(long, requires = "all")]
    markdown: bool,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Giải thích mã của một thông báo: nghĩa là gì, vì sao mắc, sửa thế nào",
    arguments: &[
        ("code", "Mã hiện trong thông báo, hoặc tên của mã; bỏ trống thì liệt kê mọi mã"),
        ("all", "Giải thích mọi mã"),
        ("markdown", "Viết thành một trang Markdown như trong tài liệu"),
    ],
    after_help: "Ví dụ:
  sotay explain                   liệt kê mọi mã
  sotay explain S301              S301 nghĩa là gì, vì sao và sửa thế nào
  sotay explain 301               cũng vậy
  sotay explain broken link       cũng vậy, theo tên
  sotay explain --all             lần lượt mọi mã

Mã thoát: 0 đã giải thích, 2 không có mã như vậy.",
    commands: &[],
};

/// Explains the code that is asked for, every code, or says which there are.
pub fn run(arguments: &Arguments, console: &Console) -> Status {
    let terminal = Terminal::new(console);
    let asked = arguments.code.join(" ");
    let text = match (arguments.all, asked.is_empty()) {
        (true, _) if arguments.markdown => page::page(console.lang),
        (true, _) => {
            Code::ALL.iter().map(|code| terminal.story(*code)).collect::<Vec<_>>().join("\n\n")
        }
        (false, true) => terminal.list(),
        (false, false) => match find(&asked) {
            Ok(code) => terminal.story(code),
            Err(nearest) => {
                eprintln!("{}", unknown(console, &asked, nearest));
                return Status::Usage;
            }
        },
    };
    console.print(&text)
}

/// The code meant by `S301`, `s301`, `301`, `error[S301]` or `broken link`; else the nearest.
fn find(asked: &str) -> Result<Code, Option<Code>> {
    let by_text = |text: &str, of: &dyn Fn(Code) -> String| {
        Code::ALL.iter().copied().find(|code| of(*code) == text)
    };
    let id = |code: Code| code.id().to_owned();
    let digits: String = asked.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 2 {
        let wanted = format!("S{digits}");
        let near = || nearest(&wanted, Code::ALL.iter().map(|code| code.id()));
        return by_text(&wanted, &id).ok_or_else(|| by_text(near()?, &id));
    }
    let wanted = asked.to_lowercase().replace(['-', '_'], " ");
    let names: Vec<String> = Code::ALL.iter().map(|code| code.name()).collect();
    let near = || nearest(&wanted, names.iter().map(String::as_str));
    by_text(&wanted, &Code::name).ok_or_else(|| by_text(near()?, &Code::name))
}

fn unknown(console: &Console, asked: &str, nearest: Option<Code>) -> String {
    let nearest = nearest.map(|code| format!("`{}` ({})", code.id(), code.name()));
    match (console.lang, nearest) {
        (UiLang::Vi, Some(code)) => format!(
            "không có mã nào là `{asked}`; có phải ý bạn là {code}? Chạy `sotay explain` để xem mọi mã."
        ),
        (UiLang::Vi, None) => {
            format!("không có mã nào là `{asked}`. Chạy `sotay explain` để xem mọi mã.")
        }
        (UiLang::En, Some(code)) => format!(
            "there is no code `{asked}`; did you mean {code}? Run `sotay explain` to see every code."
        ),
        (UiLang::En, None) => {
            format!("there is no code `{asked}`. Run `sotay explain` to see every code.")
        }
    }
}

/// The word for a severity.
fn word(severity: Severity, lang: UiLang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, UiLang::Vi) => "lỗi",
        (Severity::Warning, UiLang::Vi) => "cảnh báo",
        (Severity::Note, UiLang::Vi) => "lưu ý",
        (_, UiLang::En) => severity.id(),
    }
}

/// What stands above the two halves of an example.
fn labels(lang: UiLang) -> [&'static str; 2] {
    match lang {
        UiLang::Vi => ["Chưa đúng", "Sửa lại"],
        UiLang::En => ["Wrong", "Right"],
    }
}

/// What stands in place of the text of a file that is empty.
fn empty_file(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Vi => "(tệp trống)",
        UiLang::En => "(an empty file)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_written() {
        for asked in ["S301", "s301", "301", "error[S301]:", "broken link", "Broken-Link"] {
            assert_eq!(find(asked), Ok(Code::BrokenLink), "{asked}");
        }
        assert_eq!(find("not utf8"), Ok(Code::NotUtf8));
    }

    #[test]
    fn else_the_nearest_is_named() {
        assert_eq!(find("S31"), Err(Some(Code::BrokenLink)));
        assert_eq!(find("brokn link"), Err(Some(Code::BrokenLink)));
        assert_eq!(find("S9999"), Err(None));
        assert_eq!(find("máy in"), Err(None));
    }
}
