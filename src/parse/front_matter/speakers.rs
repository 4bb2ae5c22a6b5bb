//! The speakers of a talk: a list of people, each of whom has a name, a role or an organisation.

use super::pairs::in_quotes;
use super::values::{Leaves, Place, scalar};
use crate::base::Span;
use crate::diag::{Code, Diagnostic};
use crate::model::{Kind, Speaker, ValueType};
use serde_yaml::{Mapping, Value as Yaml};

/// What may be said of a speaker.
pub(super) const PARTS: &[&str] = &["name", "role", "organisation"];

/// Reads `yaml` as speakers.
pub(super) fn read(
    place: &Place<'_>,
    yaml: &Yaml,
    mut leaves: Leaves<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<Speaker>> {
    let Yaml::Sequence(items) = yaml else {
        out.push(no_list(place, yaml));
        return None;
    };
    let mut people = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !item.is_null()) {
        let Yaml::Mapping(parts) = item else {
            let (_, span) = leaves.next();
            leaves.skip_rest_of(item);
            out.push(no_person(place, item, span));
            continue;
        };
        people.extend(speaker(place, parts, &mut leaves, out));
    }
    (!people.is_empty()).then_some(people)
}

/// `speakers: Nguyễn Văn A`, or `name:` without the dash before it.
fn no_list(place: &Place<'_>, yaml: &Yaml) -> Diagnostic {
    let diagnostic = place.mismatch("speakers", ValueType::Speakers, yaml, place.span);
    match yaml {
        Yaml::String(name) => {
            let line = format!("speakers: [{{name: {}}}]", in_brackets(name));
            diagnostic.advise_writing(line)
        }
        Yaml::Mapping(_) => diagnostic.advise(
            "thêm `- ` trước khóa đầu tiên của mỗi người, như `- name: Nguyễn Thị An`",
            "put `- ` before the first key of each person, like `- name: Nguyễn Thị An`",
        ),
        _ => diagnostic,
    }
}

/// `- Nguyễn Văn A`
fn no_person(place: &Place<'_>, item: &Yaml, span: Span) -> Diagnostic {
    let found = place.mismatch("speakers", ValueType::Speakers, item, span);
    let diagnostic = found
        .with(
            "expected_vi",
            "danh sách mà mỗi mục là một người có `name`, `role` hoặc `organisation`",
        )
        .with(
            "expected_en",
            "a list each item of which is a person with `name`, `role` or `organisation`",
        );
    let Yaml::String(name) = item else { return diagnostic };
    let in_flow = place.text[place.span.range()].starts_with('[');
    let line = match in_flow {
        true => format!("{{name: {}}}", in_brackets(name)),
        false => format!("- name: {name}"),
    };
    diagnostic.advise_writing(line)
}

/// A text as it can stand between brackets.
fn in_brackets(text: &str) -> String {
    let plain = !text.contains([',', '[', ']', '{', '}', ':', '#', '"', '\'']);
    if plain { text.to_owned() } else { in_quotes(text) }
}

fn speaker(
    place: &Place<'_>,
    parts: &Mapping,
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
                out.push(wrong_part(place, &name, yaml, span));
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
        .with("key", format!("speakers: {name}"))
        .advise(
            "một người trình bày chỉ có `name`, `role` và `organisation`",
            "a speaker has only `name`, `role` and `organisation`",
        )
        .suggest(name, PARTS.iter().copied())
}

fn wrong_part(place: &Place<'_>, part: &str, found: &Yaml, span: Span) -> Diagnostic {
    let example = match part {
        "name" => "name: Nguyễn Thị An",
        "role" => "role: Chuyên viên",
        _ => "organisation: Cục An toàn thông tin",
    };
    place.mismatch(part, ValueType::Text, found, span).with("example", format!("`{example}`"))
}
