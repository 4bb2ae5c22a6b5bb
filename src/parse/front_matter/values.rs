//! One YAML value into a value of its key's type, or a diagnostic that says what was expected.

use super::scan::{Token, without_curly};
use super::{advice, mistakes, speakers};
use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic, Mistake};
use crate::model::{Key, Kind, Value, ValueType};
use jiff::civil::Date;
use serde_yaml::Value as Yaml;
use std::ops::Range;

/// Statuses of a directive.
const STATUSES: &[&str] = &["in-force", "amended", "replaced", "expired"];
/// Types of a directive.
const TYPES: &[&str] = &["directive", "official-dispatch", "decree", "circular", "law"];

/// Where the value of one key stands, and what it is called there.
pub(super) struct Place<'a> {
    pub file: &'a RelPath,
    pub text: &'a str,
    pub key: Key,
    /// The whole value, cut to its first line.
    pub span: Span,
    /// Where the next key begins.
    pub end: usize,
    /// Its scalars and nested keys, in order.
    pub tokens: &'a [Token],
}

/// What came of a value.
pub(super) enum Read {
    /// It is there and good.
    Given(Value),
    /// It is empty, which is the same as not there.
    Absent,
    /// It was reported.
    Refused,
}

/// Reads `yaml` as the type of the place's key.
pub(super) fn read(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Read {
    let reported = out.len();
    let leaves = Leaves::of(place, yaml);
    let value = match place.key.value_type() {
        _ if yaml.is_null() => None,
        ValueType::Text => text(place, yaml, out).map(Value::Text),
        ValueType::Word => word(place, yaml, out).map(Value::Text),
        ValueType::Date => date(place, yaml, out).map(Value::Date),
        ValueType::Integer => integer(place, yaml, out).map(Value::Integer),
        ValueType::Bool => boolean(place, yaml, out).map(Value::Bool),
        ValueType::List => list(place, yaml, leaves, out).map(Value::List),
        ValueType::Speakers => speakers::read(place, yaml, leaves, out).map(Value::Speakers),
    };
    match value {
        _ if out.len() > reported => Read::Refused,
        Some(value) => Read::Given(value),
        None => Read::Absent,
    }
}

fn text(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<String> {
    let source = place.source();
    let Some(text) = scalar(yaml, source) else { return place.wrong_type(yaml, place.span, out) };
    if source.is_some_and(|source| runs_over_lines(source, &text))
        && let Some(mistake) =
            mistakes::item_in_a_text(place.text, place.span.start as usize..place.end)
    {
        out.push(mistake.describe(Diagnostic::new(Code::BadYaml, place.file)));
        return None;
    }
    Some(text).filter(|t| !t.is_empty())
}

/// Whether a text without quotes goes on below the line that `source` is.
fn runs_over_lines(source: &str, text: &str) -> bool {
    source != text && !source.starts_with(['"', '\'', '|', '>', '“', '‘'])
}

fn word(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<String> {
    let word = text(place, yaml, out)?;
    let kinds = Kind::ALL.map(Kind::id);
    let allowed = match place.key {
        Key::Kind => &kinds[..],
        Key::Type => TYPES,
        Key::Status => STATUSES,
        _ => return Some(word),
    };
    if allowed.contains(&&*word) {
        return Some(word);
    }
    out.push(
        Diagnostic::new(Code::UnknownValue, place.file)
            .at(place.span)
            .with("key", place.key.name())
            .with("value", &word)
            .with("allowed", quoted_list(allowed))
            .suggest(&word, allowed.iter().copied()),
    );
    None
}

/// `a`, `b`, `c` with each in backquotes.
fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

fn date(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<Date> {
    if !matches!(yaml, Yaml::String(_) | Yaml::Number(_)) {
        return place.wrong_type(yaml, place.span, out);
    }
    let text = text(place, yaml, out)?;
    let date = strict_date(&text);
    if date.is_none() {
        let bad = Diagnostic::new(Code::BadDate, place.file).at(place.span).with("value", &text);
        let bad = match (advice::meant(place.key, &text), advice::impossible_day(&text)) {
            (Some(line), _) => bad.advise_writing(line),
            (None, Some((vi, en))) => bad.advise(vi, en),
            (None, None) => bad,
        };
        out.push(bad);
    }
    date
}

/// A date written `YYYY-MM-DD` and no other way.
fn strict_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    shape.then(|| text.parse().ok()).flatten()
}

fn integer(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<i64> {
    match yaml.as_i64() {
        Some(number) => Some(number),
        None if is_empty_text(yaml) => None,
        None => place.wrong_type(yaml, place.span, out),
    }
}

fn boolean(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<bool> {
    match yaml.as_bool() {
        Some(value) => Some(value),
        None if is_empty_text(yaml) => None,
        None => place.wrong_type(yaml, place.span, out),
    }
}

fn is_empty_text(yaml: &Yaml) -> bool {
    yaml.as_str().is_some_and(|text| text.trim().is_empty())
}

fn list(
    place: &Place<'_>,
    yaml: &Yaml,
    mut leaves: Leaves<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Span)>> {
    let one = std::slice::from_ref(yaml);
    let items = match yaml {
        Yaml::Sequence(items) => items,
        _ => one,
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !item.is_null()) {
        let (source, span) = leaves.next();
        let text = scalar(item, source);
        if let (Some(source), Some(text)) = (source, &text)
            && let Some(mistake) = place.not_an_item(source, text, span, &leaves)
        {
            out.push(mistake.describe(Diagnostic::new(Code::BadYaml, place.file)));
            continue;
        }
        match text {
            Some(text) if text.is_empty() => {}
            // `tags: phishing, wifi` is a list without its brackets.
            Some(text) if !yaml.is_sequence() => texts.extend(split_at_commas(place, text, span)),
            Some(text) => texts.push((text, span)),
            None => {
                out.push(place.wrong_item(item, span, yaml.is_sequence()));
                leaves.skip_rest_of(item);
            }
        }
    }
    (!texts.is_empty()).then_some(texts)
}

/// The parts of a text between commas, each with its place.
fn split_at_commas(place: &Place<'_>, text: String, span: Span) -> Vec<(String, Span)> {
    let verbatim = place.text.get(span.range()) == Some(&*text);
    if !text.contains(',') || !verbatim {
        return vec![(text, span)];
    }
    let mut at = span.start as usize;
    let mut parts = Vec::new();
    for part in text.split(',') {
        let trimmed = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        if !trimmed.is_empty() {
            parts.push((trimmed.to_owned(), Span::new(start, start + trimmed.len())));
        }
    }
    parts
}

/// A scalar as text: trimmed, without pasted quotes; numbers and truth values as `source`
/// writes them.
pub(super) fn scalar(yaml: &Yaml, source: Option<&str>) -> Option<String> {
    let written = |shown: String| source.map_or(shown, |s| without_curly(s.trim()).to_owned());
    match yaml {
        Yaml::String(text) => Some(without_curly(text.trim()).to_owned()),
        Yaml::Number(number) => Some(written(number.to_string())),
        Yaml::Bool(value) => Some(written(value.to_string())),
        _ => None,
    }
}

impl Place<'_> {
    /// The source of a value that is one scalar.
    fn source(&self) -> Option<&str> {
        match self.tokens {
            [token] => Some(&self.text[token.span.clone()]),
            _ => None,
        }
    }

    fn wrong_type<T>(&self, found: &Yaml, span: Span, out: &mut Vec<Diagnostic>) -> Option<T> {
        let source = &self.text[span.range()];
        let mut diagnostic = self.mismatch(self.key.name(), self.key.value_type(), found, span);
        if found.is_string() && source.starts_with(['"', '\'', '“', '‘', '”']) {
            diagnostic = diagnostic
                .with("found_vi", "một đoạn chữ trong ngoặc kép")
                .with("found_en", "a text in quotes");
        }
        out.push(match advice::meant(self.key, source) {
            Some(line) => diagnostic.advise_writing(line),
            None => diagnostic,
        });
        None
    }

    /// An item that is no text; `in_list` says that there is a list around it.
    fn wrong_item(&self, found: &Yaml, span: Span, in_list: bool) -> Diagnostic {
        let diagnostic = self.mismatch(self.key.name(), ValueType::List, found, span);
        if !in_list {
            return diagnostic;
        }
        let found = kind_of(found);
        diagnostic
            .with("expected_vi", "một danh sách chỉ gồm các đoạn chữ")
            .with("expected_en", "a list of nothing but texts")
            .with("found_vi", format!("danh sách có {}", found.vi))
            .with("found_en", format!("one with {}", found.en))
            .advise(
                "đặt mục này trong ngoặc kép, hoặc bỏ dấu hai chấm và các ngoặc trong đó",
                "put this item in double quotes, or take the colon and brackets out of it",
            )
    }

    /// What is wrong with an item that YAML reads as `text`. Nearly every item stands in the
    /// source as it is read, and has none of the signs that are looked for.
    fn not_an_item(
        &self,
        source: &str,
        text: &str,
        span: Span,
        leaves: &Leaves<'_>,
    ) -> Option<Mistake> {
        let over_lines = runs_over_lines(source, text);
        if !over_lines && !source.starts_with('-') && !source.contains(['[', ']', ';']) {
            return None;
        }
        let start = span.start as usize;
        let end = match over_lines {
            // Up to the line of the next item.
            true => leaves.following().map_or(self.end, |next| {
                let line = self.text[..next].rfind('\n').map_or(0, |i| i + 1);
                line.max(span.end as usize)
            }),
            false => span.end as usize,
        };
        mistakes::not_an_item(self.text, self.key, start..end)
    }

    /// S105: `key` needs a value of type `expected`.
    pub fn mismatch(&self, key: &str, expected: ValueType, found: &Yaml, span: Span) -> Diagnostic {
        let (expected, found) = (expected_words(expected), kind_of(found));
        Diagnostic::new(Code::WrongType, self.file)
            .at(span)
            .with("key", key)
            .with("expected_vi", expected.vi)
            .with("expected_en", expected.en)
            .with("found_vi", found.vi)
            .with("found_en", found.en)
            .with("example", format!("`{}`", example(self.key)))
    }
}

struct Words {
    vi: &'static str,
    en: &'static str,
}

fn expected_words(value_type: ValueType) -> Words {
    let (vi, en) = match value_type {
        ValueType::Text => ("một đoạn chữ", "a text"),
        ValueType::Word => ("một từ hoặc một số", "a word or a number"),
        ValueType::Date => ("một ngày", "a date"),
        ValueType::Integer => ("một số nguyên", "a whole number"),
        ValueType::Bool => ("`true` (có) hoặc `false` (không)", "`true` or `false`"),
        ValueType::List => ("một danh sách các đoạn chữ", "a list of texts"),
        ValueType::Speakers => (
            "một danh sách người trình bày, mỗi người có `name`, `role` hoặc `organisation`",
            "a list of speakers, each with `name`, `role` or `organisation`",
        ),
    };
    Words { vi, en }
}

fn kind_of(found: &Yaml) -> Words {
    let (vi, en) = match found {
        Yaml::Null => ("chỗ trống", "nothing"),
        Yaml::Bool(_) => ("`true` hoặc `false`", "`true` or `false`"),
        Yaml::Number(n) if n.is_f64() => ("số có phần thập phân", "a decimal number"),
        Yaml::Number(n) if n.as_i64().is_none() => ("số lớn đến thế", "a number that large"),
        Yaml::Number(_) => ("một con số", "a number"),
        Yaml::String(_) => ("một đoạn chữ", "a text"),
        Yaml::Sequence(_) => ("một danh sách", "a list"),
        Yaml::Mapping(_) => ("một nhóm khóa con", "a group of keys"),
        Yaml::Tagged(_) => ("một thẻ YAML", "a YAML tag"),
    };
    Words { vi, en }
}

/// A line to copy, for each key.
fn example(key: Key) -> &'static str {
    match key {
        Key::Title => "title: Nhận biết email lừa đảo",
        Key::Description => "description: Năm dấu hiệu của một email lừa đảo.",
        Key::Source => "source: Cục An toàn thông tin",
        Key::Updated => "updated: 2024-02-23",
        Key::Kind => "kind: talk",
        Key::Date => "date: 2024-02-23",
        Key::ReviewBy => "review_by: 2025-02-23",
        Key::Tags => "tags: [phishing, email]",
        Key::Audience => "audience: [teachers, leaders]",
        Key::Aliases => "aliases: [talks/old-name]",
        Key::Weight => "weight: 10",
        Key::Draft => "draft: true",
        Key::Speakers => "speakers: [{name: Nguyễn Thị An, role: Chuyên viên}]",
        Key::Event => "event: Hội nghị tập huấn an toàn thông tin",
        Key::Duration => "duration: 45",
        Key::Level => "level: basic",
        Key::Attachments => "attachments: [slides.pdf]",
        Key::Owner => "owner: Phòng Công nghệ thông tin",
        Key::AppliesTo => "applies_to: Trường trung học phổ thông",
        Key::Number => "number: 09/CT-TTg",
        Key::Type => "type: directive",
        Key::Issuer => "issuer: Thủ tướng Chính phủ",
        Key::Issued => "issued: 2024-02-23",
        Key::Effective => "effective: 2024-02-23",
        Key::Status => "status: in-force",
        Key::Replaces => "replaces: [14/CT-TTg]",
        Key::OfficialUrl => "official_url: https://vanban.chinhphu.vn/",
    }
}

/// The scalars of one value, each with its source and place, in the order YAML gives them.
///
/// The scan may have cut a value otherwise than YAML does (a plain text over two lines in
/// brackets, say). Then the numbers differ, and every scalar is said to stand where the
/// whole value does.
pub(super) struct Leaves<'a> {
    text: &'a str,
    whole: Span,
    spans: Vec<Range<usize>>,
    next: usize,
}

impl<'a> Leaves<'a> {
    fn of(place: &Place<'a>, yaml: &Yaml) -> Leaves<'a> {
        let is_null = |t: &Token| {
            !t.is_key && matches!(&place.text[t.span.clone()], "~" | "null" | "Null" | "NULL")
        };
        let spans: Vec<_> =
            place.tokens.iter().filter(|t| !is_null(t)).map(|t| t.span.clone()).collect();
        let known = spans.len() == count(yaml);
        let spans = if known { spans } else { Vec::new() };
        Leaves { text: place.text, whole: place.span, spans, next: 0 }
    }

    /// The next scalar: its source, where that is known, and its place.
    pub fn next(&mut self) -> (Option<&'a str>, Span) {
        self.next += 1;
        match self.spans.get(self.next - 1) {
            Some(range) => {
                let source = &self.text[range.clone()];
                let first_line = source.split('\n').next().unwrap_or_default();
                (Some(source), Span::new(range.start, range.start + first_line.len()))
            }
            None => (None, self.whole),
        }
    }

    /// Where the scalar begins that comes next.
    fn following(&self) -> Option<usize> {
        self.spans.get(self.next).map(|span| span.start)
    }

    /// Passes over what stands inside `yaml`, of which one scalar was taken.
    pub fn skip_rest_of(&mut self, yaml: &Yaml) {
        self.next = (self.next + count(yaml)).saturating_sub(1);
    }
}

fn count(yaml: &Yaml) -> usize {
    match yaml {
        Yaml::Null => 0,
        Yaml::Sequence(items) => items.iter().map(count).sum(),
        Yaml::Mapping(map) => map.iter().map(|(key, value)| count(key) + count(value)).sum(),
        Yaml::Tagged(tagged) => count(&tagged.value),
        Yaml::Bool(_) | Yaml::Number(_) | Yaml::String(_) => 1,
    }
}
