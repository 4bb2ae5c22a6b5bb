//! Values of site.toml by their type, and what is said when one is of another.

use super::{Item, Reader, items};
use crate::base::{Span, nearest};
use crate::diag::{Code, Diagnostic};
use toml::de::DeValue;

/// Why a name is refused that becomes part of an address.
pub const NOT_A_SLUG: (&str, &str) = (
    "chỉ được dùng chữ thường không dấu, chữ số và gạch nối",
    "only plain lower-case letters, digits and hyphens are allowed",
);

impl Reader<'_> {
    pub fn plain_slug(&mut self, item: &Item<'_>, example: &str) -> Option<String> {
        let example = format!("`{} = \"{example}\"`", item.name);
        let text = self.string(item, item.name, &example)?;
        if is_slug(&text) {
            return Some(text);
        }
        self.bad(item.name, item.span, NOT_A_SLUG, &example);
        None
    }

    pub fn table<'t>(&mut self, item: &Item<'t>, path: &str, example: &str) -> Vec<Item<'t>> {
        if let DeValue::Table(table) = item.value {
            return items(table);
        }
        self.wrong_type(path, item, ("một bảng", "a table"), example);
        Vec::new()
    }

    /// A text that is not empty.
    pub fn string(&mut self, item: &Item<'_>, path: &str, example: &str) -> Option<String> {
        match item.value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.bad(path, item.span, ("giá trị trống", "it is empty"), example);
                None
            }
            _ => {
                self.wrong_type(
                    path,
                    item,
                    ("một đoạn chữ trong ngoặc kép", "a text in quotes"),
                    example,
                );
                None
            }
        }
    }

    pub fn strings(&mut self, item: &Item<'_>, path: &str, example: &str) -> Vec<(String, Span)> {
        let DeValue::Array(array) = item.value else {
            self.wrong_type(path, item, ("một danh sách", "a list"), example);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for value in array.iter() {
            let span = value.span().into();
            let item = Item { name: item.name, key: item.key, value: value.get_ref(), span };
            strings.extend(self.string(&item, path, example).map(|text| (text, span)));
        }
        strings
    }

    pub fn boolean(&mut self, item: &Item<'_>, path: &str) -> bool {
        if let DeValue::Boolean(value) = item.value {
            return *value;
        }
        let expected = ("`true` hoặc `false`", "`true` or `false`");
        self.wrong_type(path, item, expected, &format!("`{} = true`", item.name));
        false
    }

    pub fn one_of(&mut self, path: &str, word: &str, span: Span, allowed: &[&str], example: &str) {
        if allowed.contains(&word) {
            return;
        }
        let list = quoted(allowed);
        self.bad(
            path,
            span,
            (&format!("`{word}` không nằm trong: {list}"), &format!("`{word}` is none of: {list}")),
            example,
        );
        if let Some(last) = self.diagnostics.last_mut() {
            last.nearest = nearest(word, allowed.iter().copied()).map(str::to_owned);
        }
    }

    pub fn only_known(&mut self, items: &[Item<'_>], path: &str, allowed: &[&str]) {
        for item in items.iter().filter(|item| !allowed.contains(&item.name)) {
            let dot = if path.is_empty() { "" } else { "." };
            let diagnostic = self
                .diagnostic(Code::UnknownSiteKey, item.key)
                .with("key", format!("{path}{dot}{}", item.name))
                .with("allowed", quoted(allowed))
                .suggest(item.name, allowed.iter().copied());
            self.diagnostics.push(diagnostic);
        }
    }

    pub fn wrong_type(
        &mut self,
        path: &str,
        item: &Item<'_>,
        expected: (&str, &str),
        example: &str,
    ) {
        let (found_vi, found_en) = match item.value {
            DeValue::String(_) => ("một đoạn chữ", "a text"),
            DeValue::Integer(_) | DeValue::Float(_) => ("một con số", "a number"),
            DeValue::Boolean(_) => ("`true` hoặc `false`", "`true` or `false`"),
            DeValue::Datetime(_) => ("một ngày", "a date"),
            DeValue::Array(_) => ("một danh sách", "a list"),
            DeValue::Table(_) => ("một bảng", "a table"),
        };
        let (vi, en) = expected;
        let problem_vi = format!("cần {vi}, không phải {found_vi}");
        let problem_en = format!("it needs {en}, not {found_en}");
        self.bad(path, item.span, (&problem_vi, &problem_en), example);
    }

    pub fn bad(&mut self, key: &str, span: Span, (vi, en): (&str, &str), example: &str) {
        let diagnostic = self
            .diagnostic(Code::BadSiteValue, span)
            .with("key", key)
            .with("problem_vi", vi)
            .with("problem_en", en)
            .with("example", example);
        self.diagnostics.push(diagnostic);
    }

    pub fn missing(&mut self, key: &str, span: Span, example: &str) {
        let mut diagnostic =
            self.diagnostic(Code::MissingSiteKey, span).with("key", key).with("example", example);
        // A key that is missing from the whole file is missing nowhere in particular.
        diagnostic.span = diagnostic.span.filter(|s| *s != Span::default());
        self.diagnostics.push(diagnostic);
    }

    pub fn diagnostic(&self, code: Code, span: Span) -> Diagnostic {
        Diagnostic::new(code, &self.file).at(span)
    }
}

/// Whether `text` is an address as it is.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
