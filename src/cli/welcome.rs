//! What sotay says to somebody who asked for nothing: what it is, and where to begin.

use crate::diag::UiLang;
use clap::Command;

/// The commands that a handbook begins with: name, line to type, what it does in Vietnamese and
/// in English.
const FIRST_STEPS: [(&str, &str, &str, &str); 4] = [
    (
        "new",
        "sotay new so-tay",
        "tạo một cuốn sổ tay nhỏ để bắt đầu, trong thư mục mới so-tay",
        "make a small handbook to begin with, in the new folder so-tay",
    ),
    (
        "serve",
        "sotay serve",
        "xem ngay trong trình duyệt trong khi viết",
        "look at it in the browser while you write",
    ),
    ("check", "sotay check", "tìm chỗ sai và chỗ thiếu", "find what is wrong or missing"),
    (
        "build",
        "sotay build",
        "dựng sổ tay vào thư mục dist, để đưa lên mạng hoặc chép vào USB",
        "make the site in dist, to publish it or copy it to a USB stick",
    ),
];

/// A short help that teaches. Only steps whose command `sotay` has are shown.
pub fn text(sotay: &Command, lang: UiLang) -> String {
    let has = |name: &str| sotay.get_subcommands().any(|command| command.get_name() == name);
    let steps: String = FIRST_STEPS
        .iter()
        .filter(|(name, ..)| has(name))
        .map(|(_, line, vi, en)| match lang {
            UiLang::Vi => format!("  {line:<18}{vi}\n"),
            UiLang::En => format!("  {line:<18}{en}\n"),
        })
        .collect();
    match lang {
        UiLang::Vi => format!(
            "sotay biến các tệp Markdown thành một cuốn sổ tay song ngữ: một thư mục trang web đọc\n\
             được trên mạng, trong mạng nội bộ của trường và từ USB.\n\n\
             Những bước đầu tiên:\n{steps}\n\
             `sotay --help` liệt kê mọi lệnh; `sotay build --help` giải thích một lệnh, có ví dụ.\n"
        ),
        UiLang::En => format!(
            "sotay makes a bilingual handbook of Markdown files: one folder of pages that reads the\n\
             same on the web, on a school's network and from a USB stick.\n\n\
             First steps:\n{steps}\n\
             `sotay --help` lists every command; `sotay build --help` explains one, with examples.\n"
        ),
    }
}
