//! What a person reads at the end of a check: how much of which mistake, and what to do next.

use crate::base::RelPath;
use crate::check::Checked;
use crate::check::summary::{Kind, Step, kinds, steps};
use crate::cli::report::Console;
use crate::diag::{Code, Diagnostic, Severity, UiLang};
use std::fmt::Display;
use std::io::Write;
use std::time::Duration;

/// How many files a step names.
const MOST_NAMED: usize = 5;

/// Prints the table of mistakes and the steps, where there is anything to say.
pub fn print(console: &Console, diagnostics: &[Diagnostic]) {
    if diagnostics.is_empty() {
        return;
    }
    let mut text = table(console.lang, &kinds(diagnostics));
    let steps = steps(diagnostics);
    if !steps.is_empty() {
        text.push_str(console.say("\nNên làm gì tiếp:\n", "\nWhat to do next:\n"));
    }
    for (number, step) in (1..).zip(&steps) {
        text.push_str(&format!("  {number}. {}\n", sentence(console.lang, step)));
    }
    // Nobody is left to tell when the terminal is gone.
    let _ = writeln!(std::io::stderr(), "\n{text}");
}

/// A line for each kind of mistake.
fn table(lang: UiLang, kinds: &[Kind]) -> String {
    let rows: Vec<[String; 4]> = kinds.iter().map(|kind| row(lang, kind)).collect();
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let [first, second, third] = [0, 1, 2].map(width);
    let line = |[severity, code, count, what]: &[String; 4]| {
        format!("  {severity:first$}  {code:second$}  {count:third$}  {what}\n")
    };
    rows.iter().map(line).collect()
}

fn row(lang: UiLang, kind: &Kind) -> [String; 4] {
    let (severity, count) = match lang {
        UiLang::Vi => {
            let severity = match kind.code.severity() {
                Severity::Error => "lỗi",
                Severity::Warning => "cảnh báo",
                Severity::Note => "lưu ý",
            };
            (severity, format!("{} chỗ trong {} tệp", kind.times, kind.files))
        }
        UiLang::En => {
            let files = number(kind.files, "file");
            (kind.code.severity().id(), format!("{} in {files}", kind.times))
        }
    };
    [severity.to_owned(), kind.code.id().to_owned(), count, in_general(kind.code, lang)]
}

/// What a code says of any case: its sentence with `…` for what differs.
fn in_general(code: Code, lang: UiLang) -> String {
    let mut out = String::new();
    let mut rest = code.message(lang);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let name_end = after.find('}').unwrap_or(after.len());
        let is_name = after[..name_end].bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        match (is_name, after.get(name_end + 1..)) {
            (true, Some(after)) => {
                out.push('…');
                rest = after;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    // A sentence may begin with where it shows.
    out.trim_start_matches('…').to_owned()
}

fn sentence(lang: UiLang, step: &Step) -> String {
    match (step, lang) {
        (Step::Mend(files), _) => mend(lang, files),
        (Step::Translate(language, files), UiLang::Vi) => {
            let language = language_name(lang, language);
            format!("Dịch {} trang chưa có bản {language}: {}", files.len(), named(lang, files))
        }
        (Step::Translate(language, files), UiLang::En) => {
            let (language, pages) = (language_name(lang, language), number(files.len(), "page"));
            let lacks = if files.len() == 1 { "lacks" } else { "lack" };
            format!("Translate: {pages} {lacks} the {language} version: {}", named(lang, files))
        }
        (Step::Review(files), UiLang::Vi) => {
            format!("Đọc lại {} trang đã quá hạn xem lại: {}", files.len(), named(lang, files))
        }
        (Step::Review(files), UiLang::En) => {
            let pages = number(files.len(), "page");
            format!("Read again {pages} whose review is overdue: {}", named(lang, files))
        }
        (Step::Look(warnings, files), UiLang::Vi) => {
            let count = files.len();
            format!("Xem {warnings} cảnh báo trong {count} tệp: {}", named(lang, files))
        }
        (Step::Look(warnings, files), UiLang::En) => {
            let (warnings, count) = (number(*warnings, "warning"), number(files.len(), "file"));
            format!("Look at {warnings} in {count}: {}", named(lang, files))
        }
    }
}

fn mend(lang: UiLang, files: &[(RelPath, usize)]) -> String {
    let counted: Vec<String> = files
        .iter()
        .map(|(file, errors)| match lang {
            UiLang::Vi => format!("{file} ({errors} lỗi)"),
            UiLang::En => format!("{file} ({})", number(*errors, "error")),
        })
        .collect();
    let all = named(lang, &counted);
    match (lang, files.len()) {
        (UiLang::Vi, n) => format!("Sửa lỗi trong {n} tệp này trước: {all}"),
        (UiLang::En, 1) => format!("Mend this file first: {all}"),
        (UiLang::En, n) => format!("Mend these {n} files first: {all}"),
    }
}

/// The first of `files`, and how many more there are.
fn named(lang: UiLang, files: &[impl Display]) -> String {
    let names: Vec<String> = files.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let names = names.join(", ");
    match (files.len().saturating_sub(MOST_NAMED), lang) {
        (0, _) => names,
        (more, UiLang::Vi) => format!("{names} và {more} tệp khác"),
        (more, UiLang::En) => format!("{names} and {more} more"),
    }
}

/// `1 file`, `2 files`.
fn number(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn language_name(lang: UiLang, tag: &str) -> String {
    let known = match (lang, tag) {
        (UiLang::Vi, "vi") => "tiếng Việt",
        (UiLang::Vi, "en") => "tiếng Anh",
        (UiLang::En, "vi") => "Vietnamese",
        (UiLang::En, "en") => "English",
        _ => return format!("`{tag}`"),
    };
    known.to_owned()
}

/// The last line: how much was looked at, and whether all is well. `asked` is the number of
/// addresses on other sites, where they were asked.
pub fn closing(lang: UiLang, checked: &Checked, asked: Option<usize>, time: Duration) -> String {
    let (pages, links) = (checked.counts.pages, checked.counts.links);
    let seconds = format!("{:.1}", time.as_secs_f64());
    let warned = |d: &Diagnostic| d.severity() != Severity::Note;
    let well = !checked.diagnostics.iter().any(warned);
    match lang {
        UiLang::Vi => {
            let start = if well { "Ổn cả: đã" } else { "Đã" };
            let asked =
                asked.map_or_else(String::new, |n| format!(" và hỏi {n} địa chỉ bên ngoài"));
            let seconds = seconds.replace('.', ",");
            format!("{start} xem {pages} trang, {links} liên kết{asked}; {seconds} giây.")
        }
        UiLang::En => {
            let start = if well { "All is well: " } else { "" };
            let (pages, links) = (number(pages, "page"), number(links, "link"));
            let es = |n: usize| if n == 1 { "" } else { "es" };
            let asked = asked.map_or_else(String::new, |n| {
                format!(", other sites asked about {n} address{}", es(n))
            });
            format!("{start}{pages} and {links} checked{asked}; {seconds} s.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_in_general_names_nothing() {
        let vi = in_general(Code::BrokenLink, UiLang::Vi);
        assert_eq!(vi, "liên kết tới `…` không dẫn tới trang hoặc tệp nào");
        for code in Code::ALL {
            for lang in [UiLang::Vi, UiLang::En] {
                let text = in_general(*code, lang);
                assert!(!text.contains("_vi}") && !text.contains("_en}"), "{text}");
            }
        }
    }

    #[test]
    fn lists_stop_after_some_names() {
        assert_eq!(named(UiLang::En, &["a", "b"]), "a, b");
        assert_eq!(
            named(UiLang::En, &["a", "b", "c", "d", "e", "f", "g"]),
            "a, b, c, d, e and 2 more"
        );
        assert_eq!(
            named(UiLang::Vi, &["a", "b", "c", "d", "e", "f"]),
            "a, b, c, d, e và 1 tệp khác"
        );
    }
}
