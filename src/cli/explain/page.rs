//! Every code and its story as one page of Markdown: `docs/codes.md` and `docs/codes.vi.md`.

use super::{empty_file, labels, word};
use crate::diag::story::{Example, Examples, File};
use crate::diag::{Code, Group, UiLang, outline};

/// The whole page.
pub fn page(lang: UiLang) -> String {
    let mut out = introduction(lang).to_owned();
    for group in Group::ALL {
        out.push_str(&format!("\n## {}\n\n{}", group.title(lang), table_head(lang)));
        for code in group.codes() {
            let (id, sentence) = (code.id(), outline(code, lang).replace('|', "\\|"));
            out.push_str(&format!("| [{id}](#{}) | {sentence} |\n", id.to_lowercase()));
        }
        group.codes().for_each(|code| story(code, lang, &mut out));
    }
    out
}

fn introduction(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Vi => {
            "\
# Mọi thông báo của sotay

[English](codes.md)

Mỗi lỗi và mỗi cảnh báo của `sotay` đều có một mã như S301. Có lỗi thì sổ tay không được dựng và bản
cũ vẫn còn nguyên; chỉ có cảnh báo thì sổ tay vẫn được dựng, trừ khi dùng `--strict`. Trang này kể rõ
từng mã: vì sao có thông báo, thường gặp khi nào, sửa ra sao. Lệnh `sotay explain S301` in ra đúng
những dòng dưới đây, không cần mạng. Ý nghĩa của một mã không bao giờ thay đổi.
"
        }
        UiLang::En => {
            "\
# Every message of sotay

[Tiếng Việt](codes.vi.md)

Every error and every warning of `sotay` has a code like S301. With an error the handbook is not
built, and the previous one stays as it was; with warnings alone it is built, unless you ask for
`--strict`. This page tells of each code why it is there, how it usually comes about and how to mend
it. `sotay explain S301` prints the same, without a network. What a code means never changes.
"
        }
    }
}

fn table_head(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Vi => "| mã | thông báo |\n|---|---|\n",
        UiLang::En => "| code | message |\n|---|---|\n",
    }
}

fn story(code: Code, lang: UiLang, out: &mut String) {
    let severity = capitalised(word(code.severity(), lang));
    // The heading is the code alone, so that its address stays when the sentence changes.
    out.push_str(&format!("\n### {}\n\n**{severity}:** {}\n", code.id(), outline(code, lang)));
    let story = code.story();
    for paragraph in story.paragraphs(lang) {
        out.push_str(&format!("\n{paragraph}\n"));
    }
    if let Examples::Shown { bad, good } = &story.examples {
        for (label, half) in labels(lang).into_iter().zip([bad, good]) {
            out.push_str(&format!("\n{label}:\n"));
            example(half, lang, out);
        }
    }
}

fn example(example: &Example<'_>, lang: UiLang, out: &mut String) {
    for file in &example.files {
        if file.text.is_empty() {
            out.push_str(&format!("\n`{}` {}\n", file.path, empty_file(lang)));
            continue;
        }
        let fence = "`".repeat(longest_run(file.text).max(2) + 1);
        let language = language(file);
        out.push_str(&format!("\n`{}`\n\n{fence}{language}\n{}{fence}\n", file.path, file.text));
    }
    if let Some(command) = example.command {
        out.push_str(&format!("\n```sh\n{command}\n```\n"));
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn language(file: &File<'_>) -> &'static str {
    match file.path.rsplit('.').next() {
        Some("md") => "markdown",
        Some("toml") => "toml",
        Some("svg") => "xml",
        Some("html") => "html",
        _ => "text",
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
