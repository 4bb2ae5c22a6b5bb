//! One YAML value into a value of its key's type, or a diagnostic that says what was expected.

use super::scan::{Token, without_curly};
use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::{Key, Kind, Speaker, Value, ValueType};
use jiff::civil::Date;
use serde_yaml::Value as Yaml;
use std::ops::Range;

/// Statuses of a directive.
const STATUSES: &[&str] = &["in-force", "amended", "replaced", "expired"];
/// Types of a directive.
const TYPES: &[&str] = &["directive", "official-dispatch", "decree", "circular", "law"];
/// Parts of a speaker.
const PARTS: &[&str] = &["name", "role", "organisation"];

/// Where the value of one key stands, and what it is called there.
pub(super) struct Place<'a> {
    pub file: &'a RelPath,
    pub text: &'a str,
    pub key: Key,
    /// The whole value.
    pub span: Span,
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
        ValueType::Speakers => speakers(place, yaml, leaves, out).map(Value::Speakers),
    };
    match value {
        _ if out.len() > reported => Read::Refused,
        Some(value) => Read::Given(value),
        None => Read::Absent,
    }
}

fn text(place: &Place<'_>, yaml: &Yaml, out: &mut Vec<Diagnostic>) -> Option<String> {
    match scalar(yaml, place.source()) {
        Some(text) => Some(text).filter(|t| !t.is_empty()),
        None => place.wrong_type(yaml, place.span, out),
    }
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
        let bad = Diagnostic::new(Code::BadDate, place.file).at(place.span).with("value", text);
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
        match scalar(item, source) {
            Some(text) if text.is_empty() => {}
            // `tags: phishing, wifi` is a list without its brackets.
            Some(text) if !yaml.is_sequence() => texts.extend(split_at_commas(place, text, span)),
            Some(text) => texts.push((text, span)),
            None => {
                place.wrong_type::<()>(item, span, out);
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

fn speakers(
    place: &Place<'_>,
    yaml: &Yaml,
    mut leaves: Leaves<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<Speaker>> {
    let Yaml::Sequence(items) = yaml else {
        return place.wrong_type(yaml, place.span, out);
    };
    let mut people = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !item.is_null()) {
        let Yaml::Mapping(parts) = item else {
            let (_, span) = leaves.next();
            leaves.skip_rest_of(item);
            place.wrong_type::<()>(item, span, out);
            continue;
        };
        people.extend(speaker(place, parts, &mut leaves, out));
    }
    (!people.is_empty()).then_some(people)
}

fn speaker(
    place: &Place<'_>,
    parts: &serde_yaml::Mapping,
    leaves: &mut Leaves<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Speaker> {
    let reported = out.len();
    let mut speaker = Speaker::default();
    let mut first = place.span;
    for (i, (key, yaml)) in parts.iter().enumerate() {
        let (key_source, key_span) = leaves.next();
        let (source, span) = if yaml.is_null() { (None, key_span) } else { leaves.next() };
        if i == 0 {
            first = key_span;
        }
        let name = scalar(key, key_source).unwrap_or_default();
        let part = match &*name {
            "name" => &mut speaker.name,
            "role" => &mut speaker.role,
            "organisation" => &mut speaker.organisation,
            _ => {
                if !yaml.is_null() {
                    leaves.skip_rest_of(yaml);
                }
                out.push(unknown_part(place, &name, key_span));
                continue;
            }
        };
        match scalar(yaml, source) {
            Some(text) => *part = Some(text).filter(|t| !t.is_empty()),
            None if yaml.is_null() => {}
            None => {
                leaves.skip_rest_of(yaml);
                place.wrong_part(&name, yaml, span, out);
            }
        }
    }
    if speaker == Speaker::default() && out.len() == reported {
        out.push(
            Diagnostic::new(Code::MissingField, place.file)
                .at(first)
                .with("kind", Kind::Talk.id())
                .with("key", "speakers: name")
                .with("example", "`- name: Nguyễn Thị An`"),
        );
    }
    (out.len() == reported).then_some(speaker)
}

fn unknown_part(place: &Place<'_>, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnknownKey, place.file)
        .at(span)
        .with("key", name)
        .suggest(name, PARTS.iter().copied())
}

/// A scalar as text: trimmed, without pasted quotes; numbers and truth values as `source`
/// writes them.
fn scalar(yaml: &Yaml, source: Option<&str>) -> Option<String> {
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
        let expected = expected(self.key.value_type());
        out.push(
            self.mismatch(self.key.name(), &expected, found, span)
                .with("example", format!("`{}`", example(self.key))),
        );
        None
    }

    fn wrong_part(&self, part: &str, found: &Yaml, span: Span, out: &mut Vec<Diagnostic>) {
        let expected = expected(ValueType::Text);
        out.push(
            self.mismatch(part, &expected, found, span)
                .with("example", format!("`{}`", example(self.key))),
        );
    }

    fn mismatch(&self, key: &str, expected: &Words, found: &Yaml, span: Span) -> Diagnostic {
        let found = kind_of(found);
        Diagnostic::new(Code::WrongType, self.file)
            .at(span)
            .with("key", key)
            .with("expected_vi", expected.vi)
            .with("expected_en", expected.en)
            .with("found_vi", found.vi)
            .with("found_en", found.en)
    }
}

struct Words {
    vi: &'static str,
    en: &'static str,
}

fn expected(value_type: ValueType) -> Words {
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
struct Leaves<'a> {
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

    fn next(&mut self) -> (Option<&'a str>, Span) {
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

    /// Passes over what stands inside `yaml`, of which one scalar was taken.
    fn skip_rest_of(&mut self, yaml: &Yaml) {
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
