//! Wrong usage in Vietnamese. Clap finds it and says it in English; here its findings become
//! sentences of their own.

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use std::fmt::Write as _;
use std::num::ParseIntError;

/// Makes clap speak Vietnamese of what it refuses: `error.apply::<InVietnamese>()`.
pub struct InVietnamese;

impl ErrorFormatter for InVietnamese {
    fn format_error(error: &Error<InVietnamese>) -> StyledStr {
        let styles = Styles::styled();
        let (bad, good) = (styles.get_error(), styles.get_valid());
        let mut out = format!("{bad}lỗi:{bad:#} {}\n", sentence(error));
        for advice in advice(error) {
            // Writing to a string does not fail.
            let _ = write!(out, "\n  {good}gợi ý:{good:#} {advice}\n");
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.ansi().to_string().replace("Usage:", "Cách dùng:");
            let _ = write!(out, "\n{usage}\n");
        }
        out += "\nThêm `--help` để xem hướng dẫn và ví dụ.\n";
        StyledStr::from(out)
    }
}

/// What is wrong.
fn sentence(error: &Error<InVietnamese>) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => *number,
        _ => 0,
    };
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("không có tùy chọn `{argument}`")
        }
        ErrorKind::UnknownArgument => format!("thừa tham số `{argument}`"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh `{}`", text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand);
            let known = text(error, ContextKind::ValidSubcommand);
            format!("sau `{command}` cần một lệnh: {known}")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` thiếu giá trị"),
        ErrorKind::InvalidValue => format!("`{argument}` không nhận giá trị `{value}`"),
        ErrorKind::ValueValidation => {
            format!("`{argument}` không nhận giá trị `{value}`{}", reason(error))
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu {argument}"),
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg) {
            prior if prior == argument => format!("`{argument}` chỉ được viết một lần"),
            prior => format!("không dùng `{argument}` cùng với {prior}"),
        },
        ErrorKind::NoEquals => format!("`{argument}` cần dấu bằng trước giá trị"),
        ErrorKind::TooManyValues => format!("`{argument}` thừa giá trị `{value}`"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!(
            "`{argument}` cần {} giá trị, không phải {}",
            number(ContextKind::MinValues).max(number(ContextKind::ExpectedNumValues)),
            number(ContextKind::ActualNumValues)
        ),
        ErrorKind::InvalidUtf8 => "có tham số không phải là chữ Unicode".to_owned(),
        _ => "không hiểu dòng lệnh này".to_owned(),
    }
}

/// Why a value of the right form is refused.
fn reason(error: &Error<InVietnamese>) -> String {
    let Some(source) = std::error::Error::source(error) else { return String::new() };
    if source.is::<ParseIntError>() {
        return ": cần một số nguyên".to_owned();
    }
    // Clap has no type for a number outside of its range.
    let said = source.to_string();
    let range = said.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    range.map(|(low, high)| format!(": cần số từ {low} đến {high}")).unwrap_or_default()
}

/// What to do.
fn advice(error: &Error<InVietnamese>) -> Vec<String> {
    let mut advice = Vec::new();
    for kind in
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
    {
        let near = text(error, kind);
        if !near.is_empty() {
            advice.push(format!("có phải ý bạn là {}?", quoted_once(&near)));
        }
    }
    let possible = text(error, ContextKind::ValidValue);
    if advice.is_empty() && !possible.is_empty() {
        advice.push(format!("chọn một trong: {possible}"));
    }
    if let Some(ContextValue::StyledStrs(said)) = error.get(ContextKind::Suggested) {
        advice.extend(said.iter().filter_map(|said| other_place(&said.to_string())));
    }
    advice
}

/// What clap advises in a sentence of its own, with the words to type in quotes.
fn other_place(said: &str) -> Option<String> {
    let in_quotes: Vec<&str> = said.split('\'').skip(1).step_by(2).collect();
    match in_quotes[..] {
        [there] if said.ends_with("exists") => {
            Some(format!("tùy chọn này viết sau tên lệnh: `sotay {there}`"))
        }
        [value, here] if said.starts_with("to pass") => {
            Some(format!("nếu `{value}` là giá trị chứ không phải tùy chọn, hãy viết `{here}`"))
        }
        [command, _] if said.starts_with("subcommand") => {
            Some(format!("có lệnh `{command}`; hãy bỏ `--` ở trước"))
        }
        _ => None,
    }
}

/// What clap tells of `kind`: a word, or a list of words in backquotes.
fn text(error: &Error<InVietnamese>, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => {
            texts.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

fn quoted_once(text: &str) -> String {
    if text.starts_with('`') { text.to_owned() } else { format!("`{text}`") }
}
