//! What the TOML parser's errors mean, in words for a person who writes handbooks.
//!
//! The parser says where it gave up; what the writer meant is read from the line itself.

mod brackets;
mod values;

use super::Mistake;
use crate::base::{Line, Span, line_column, slug};
use std::ops::Range;

/// What breaks the syntax of a text.
#[derive(Default, Debug)]
pub struct BrokenToml {
    /// Each mistake once.
    pub mistakes: Vec<Mistake>,
    /// Parts of the text that were not read as they were written.
    unread: Vec<Range<usize>>,
}

impl BrokenToml {
    /// Explains `errors`, which the parser found in `text`. It guesses on after an error, and
    /// what it finds on the same line, or inside a bracket that nothing closes, follows from it.
    pub fn of(text: &str, errors: &[toml::de::Error]) -> BrokenToml {
        let mut broken = BrokenToml::default();
        let mut told: Vec<Range<usize>> = Vec::new();
        for error in errors {
            let at = place(text, error).start;
            if told.iter().any(|range| range.contains(&at)) {
                continue;
            }
            let mistake = toml_mistake(text, error);
            let line = Line::at(text, at);
            let (line, rest) = (line.start..line.end() + 1, line.start..text.len() + 1);
            // The bracket stands above; the rest of the file stands inside it.
            let swallows = mistake.at.start < line.start;
            told.push(if swallows { rest.clone() } else { line.clone() });
            broken.unread.push(match swallows {
                true => Line::at(text, mistake.at.start).start..rest.end,
                false => with_its_keys(text, line),
            });
            broken.mistakes.push(mistake);
        }
        broken.add_keys_without_value(text, &told);
        broken
    }

    /// After a line without `=` the parser passes over keys without a value in silence.
    fn add_keys_without_value(&mut self, text: &str, told: &[Range<usize>]) {
        if self.mistakes.is_empty() {
            return;
        }
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let key = line.trim().strip_suffix('=').unwrap_or_default().trim();
            let is_key = !key.is_empty() && key.bytes().all(is_part_of_key);
            if is_key && !told.iter().any(|range| range.contains(&start)) {
                let sign = start + line.trim_end().len() - 1;
                self.mistakes.push(without_value(sign..sign + 1, key));
            }
            start += line.len();
        }
    }

    /// Whether what the parser found at `span` is not what was written there.
    pub fn is_unread(&self, span: Span) -> bool {
        self.unread.iter().any(|range| range.contains(&(span.start as usize)))
    }
}

/// A broken line; where it names a table, with the lines up to the next such line, whose keys
/// then belong nowhere.
fn with_its_keys(text: &str, line: Range<usize>) -> Range<usize> {
    let names_table = text[line.start..].trim_start().starts_with('[');
    let next = text[line.start..].find("\n[").map(|i| line.start + i + 1);
    match names_table {
        true => line.start..next.unwrap_or(text.len() + 1),
        false => line,
    }
}

fn without_value(at: Range<usize>, key: &str) -> Mistake {
    Mistake::new(at, "sau dấu `=` thiếu giá trị", "a value is missing after the `=`")
        .write(&format!("{key} = \"…\""))
}

fn is_part_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-".contains(&byte)
}

/// Where the parser gave up.
fn place(text: &str, error: &toml::de::Error) -> Range<usize> {
    let range = error.span().unwrap_or_default();
    let start = floor(text, range.start.min(text.len()));
    start..floor(text, range.end.clamp(start, text.len()))
}

/// `error` in plain words. What is not a common mistake keeps the parser's words as an addition.
pub fn toml_mistake(text: &str, error: &toml::de::Error) -> Mistake {
    let at = place(text, error);
    let line = Line::at(text, at.start);
    let error = Error { text, said: error.message(), at, line };
    error.recognise().unwrap_or_else(|| error.in_the_parsers_words())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Error<'a> {
    text: &'a str,
    said: &'a str,
    /// Where the parser points.
    at: Range<usize>,
    line: Line<'a>,
}

impl<'a> Error<'a> {
    fn recognise(&self) -> Option<Mistake> {
        let content = self.line.content();
        if content.starts_with("//") {
            return Some(self.slashes());
        }
        match self.said.split(',').next().unwrap_or_default() {
            "string values must be quoted" => self.unquoted(),
            "invalid basic string" | "invalid literal string" => self.unclosed_string(),
            "invalid multi-line basic string" => Some(self.unclosed_lines("\"\"\"")),
            "invalid multi-line literal string" => Some(self.unclosed_lines("'''")),
            "key with no value" => Some(self.no_equals_sign()),
            "invalid unquoted key" => Some(self.bad_key()),
            "duplicate key" => Some(self.twice()),
            "missing comma between array elements" | "missing comma between key-value pairs" => {
                Some(self.no_comma())
            }
            "unclosed table" | "unclosed array table" => Some(self.header()),
            "unclosed array" => Some(self.unclosed(self.at.start, '[')),
            "unclosed inline table" => Some(self.unclosed(self.at.start, '{')),
            "unexpected key or value" => self.after_the_value(),
            "too few unicode value digits" | "missing escaped value" | "invalid value" => {
                self.backslash()
            }
            "extra `=`" => Some(self.two_equals_signs()),
            "unquoted keys cannot be empty" => Some(Mistake::new(
                self.mark(),
                "trước dấu `=` thiếu tên khóa",
                "a key is missing before the `=`",
            )),
            "cannot extend value of type inline table with a dotted key"
            | "cannot extend value of type array with a dotted key" => Some(self.twice()),
            said if said.starts_with("invalid boolean") => self.truth(),
            said if is_about_numbers(said) => Some(self.number()),
            _ => None,
        }
    }

    fn in_the_parsers_words(&self) -> Mistake {
        Mistake::new(
            self.mark(),
            format!("chỗ này viết không đúng (`{}`)", self.said.replace('`', "'")),
            format!("this is not written right (`{}`)", self.said.replace('`', "'")),
        )
    }

    /// What the parser points to, or the character there.
    fn mark(&self) -> Range<usize> {
        let end = match self.at.is_empty() {
            true => next(self.text, self.at.start),
            false => self.at.end,
        };
        self.at.start..end
    }

    /// The key and the value of the line, and where the value begins.
    fn pair(&self) -> Option<(&'a str, &'a str, usize)> {
        let (key, value) = self.line.content().split_once('=')?;
        let value = value.trim_start();
        Some((key.trim_end(), value, self.line.end() - value.len()))
    }

    /// The line with `new` for bytes `old` of the text.
    fn with(&self, old: Range<usize>, new: &str) -> String {
        let inside = |at: usize| at.clamp(self.line.start, self.line.end()) - self.line.start;
        let line = self.line.text;
        format!("{}{new}{}", &line[..inside(old.start)], &line[inside(old.end)..]).trim().to_owned()
    }

    fn slashes(&self) -> Mistake {
        let start = self.line.start + self.line.indent();
        let comment = self.line.content().trim_start_matches('/').trim();
        Mistake::new(
            start..start + 2,
            "ghi chú bắt đầu bằng `#`, không phải `//`",
            "a comment begins with `#`, not with `//`",
        )
        .write(&format!("# {comment}"))
    }

    /// A line without `=` where one should be.
    fn no_equals_sign(&self) -> Mistake {
        let content = self.line.content();
        let start = self.line.start + self.line.indent();
        if let Some(colon) =
            content.find([':', '：']).filter(|i| !content[..*i].contains(['"', ' ']))
        {
            let sign = content[colon..].chars().next().map_or(1, char::len_utf8);
            let (key, value) = (&content[..colon], content[colon + sign..].trim());
            return Mistake::new(
                start + colon..start + colon + sign,
                "sau tên khóa phải là dấu `=`, không phải dấu hai chấm",
                "a key is followed by `=`, not by a colon",
            )
            .write(&format!("{key} = {}", as_value(value)));
        }
        if let Some((key, _, _)) = self.pair().filter(|(key, ..)| key.contains(' ')) {
            return self.key_with_marks(key, start);
        }
        let (key, value) = content.split_once(' ').unwrap_or((content, ""));
        let is_key = key.bytes().all(is_part_of_key);
        if is_key && value.trim_start().starts_with(['"', '[', '{', '\'']) {
            return Mistake::new(
                start..start + key.len(),
                format!("thiếu dấu `=` sau `{key}`"),
                format!("a `=` is missing after `{key}`"),
            )
            .write(&format!("{key} = {}", value.trim()));
        }
        Mistake::new(
            start..self.line.end(),
            "dòng này không có dạng `khóa = giá trị`",
            "this line is not of the form `key = value`",
        )
    }

    fn bad_key(&self) -> Mistake {
        let start = self.line.start + self.line.indent();
        match self.pair() {
            Some((key, ..)) => self.key_with_marks(key, start),
            None => self.in_the_parsers_words(),
        }
    }

    fn key_with_marks(&self, key: &str, start: usize) -> Mistake {
        let line = self.with(start..start + key.len(), &slug(key));
        Mistake::new(
            start..start + key.len(),
            "tên khóa chỉ gồm chữ cái không dấu, chữ số và gạch nối",
            "a key is made of plain letters, digits and hyphens",
        )
        .write(&line)
    }

    /// A key or a table that is there already.
    fn twice(&self) -> Mistake {
        let name = self.text.get(self.at.clone()).unwrap_or_default().trim();
        let is_first = |line: &str| {
            let line = line.trim_start().trim_start_matches('[').trim_start();
            let after = line.strip_prefix(name).map(str::trim_start);
            after.is_some_and(|after| after.starts_with(['=', ']', '.']))
        };
        let first = self.text.lines().position(is_first).map_or(1, |i| i + 1);
        let here = line_column(self.text, self.at.start).line;
        let mistake = Mistake::new(
            self.mark(),
            format!("`{name}` có hai lần"),
            format!("`{name}` stands twice"),
        );
        match first < here {
            true => mistake.help(
                format!("đã có ở dòng {first}; gộp hai chỗ làm một"),
                format!("it is there already in line {first}; make one of the two"),
            ),
            false => mistake.help("giữ lại một chỗ", "keep one of them"),
        }
    }

    fn two_equals_signs(&self) -> Mistake {
        let at = self.at.start..next(self.text, self.at.start);
        Mistake::new(at.clone(), "thừa một dấu `=`", "one `=` is too many")
            .write(&self.with(at, ""))
    }
}

fn is_about_numbers(said: &str) -> bool {
    let words = ["number", "float", "integer", "leading zero", "sign", "digits", "date", "radix"];
    words.iter().any(|word| said.contains(word))
}

/// One past the character at byte `at`; `at` itself at the end of a line.
fn next(text: &str, at: usize) -> usize {
    match text[at..].chars().next() {
        None | Some('\n') => at,
        Some(c) => at + c.len_utf8(),
    }
}

fn as_value(value: &str) -> String {
    match value.starts_with(['"', '\'', '[', '{']) || value.parse::<i64>().is_ok() {
        true => value.to_owned(),
        false => in_quotes(value),
    }
}

/// `text` in quotes that TOML reads as they are.
fn in_quotes(text: &str) -> String {
    match text {
        _ if !text.contains(['"', '\\']) => format!("\"{text}\""),
        _ if !text.contains('\'') => format!("'{text}'"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests;
