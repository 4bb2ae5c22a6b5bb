//! What front matter says, where it says so, and every way to get it wrong.

use super::*;
use crate::base::line_column;
use crate::diag::UiLang;
use crate::model::Value;
use proptest::prelude::*;

const VALID: &str = "---
title: “Nhận biết: email lừa đảo”
description: >
  Năm dấu hiệu
  dễ thấy.
date: 2024-02-23
tags: [phishing, “thư điện tử”, 2024, 1.10]
audience: teachers
weight: 10 # first
draft: true
level: 3
speakers:
  - name: Nguyễn Thị An
    role: Chuyên viên
  - organisation: 'Cục An toàn thông tin'
aliases:
- talks/old
- 'talks/older'
---
Nội dung
";

fn parse(text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    parse_front_matter(&RelPath::new("content/a.vi.md"), text)
}

/// `S105 2:8` for each diagnostic.
fn found(text: &str) -> Vec<String> {
    let (_, _, diagnostics) = parse(text);
    diagnostics
        .iter()
        .map(|d| {
            let at = line_column(text, d.span.unwrap().start as usize);
            format!("{} {}:{}", d.code.id(), at.line, at.column)
        })
        .collect()
}

fn text_of(front: &FrontMatter, key: Key) -> &str {
    match &front.fields[&key].value {
        Value::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

fn list_of(front: &FrontMatter, key: Key) -> Vec<&str> {
    match &front.fields[&key].value {
        Value::List(items) => items.iter().map(|(text, _)| &**text).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn entries_are_laid_out_where_they_stand() {
    let text = "---\n  title: Một # hai\n  \"tags\": [a,\n    b]\n  # ghi chú\n  draft:\n\n  aliases:\n  - a\n---\nx\n";
    let layout = layout(text).unwrap();
    let shown = |e: &LaidOut| {
        assert_eq!(&text[e.after_colon - 1..e.after_colon], ":");
        format!("{}={}", e.key, &text[e.value.range()])
    };
    let shown: Vec<_> = layout.entries.iter().map(shown).collect();
    assert_eq!(shown, ["title=Một", "tags=[a,", "draft=", "aliases=- a"]);
    assert_eq!((&*layout.indent, &text[layout.end..]), ("  ", "---\nx\n"));
    for none in ["x", "---\ntitle: x\n", ""] {
        assert!(super::layout(none).is_none(), "{none}");
    }
}

#[test]
fn reads_every_type_with_its_place() {
    let text = VALID;
    let (front, body, diagnostics) = parse(text);
    assert_eq!(diagnostics, []);
    assert_eq!(&text[body..], "Nội dung\n");
    assert_eq!(front.span.range(), 0..body);
    assert_eq!(text_of(&front, Key::Title), "Nhận biết: email lừa đảo");
    assert_eq!(text_of(&front, Key::Description), "Năm dấu hiệu dễ thấy.");
    assert_eq!(list_of(&front, Key::Tags), ["phishing", "thư điện tử", "2024", "1.10"]);
    assert_eq!(list_of(&front, Key::Audience), ["teachers"]);
    assert_eq!(list_of(&front, Key::Aliases), ["talks/old", "talks/older"]);
    assert!(matches!(front.fields[&Key::Weight].value, Value::Integer(10)));
    assert!(matches!(front.fields[&Key::Draft].value, Value::Bool(true)));
    assert!(matches!(front.fields[&Key::Date].value, Value::Date(d) if d.day() == 23));
    assert_eq!(text_of(&front, Key::Level), "3");
    let Value::Speakers(people) = &front.fields[&Key::Speakers].value else { panic!() };
    assert_eq!(people[0].role.as_deref(), Some("Chuyên viên"));
    assert_eq!(people[1].organisation.as_deref(), Some("Cục An toàn thông tin"));
    assert_eq!(people[1].name, None);
}

#[test]
fn places_are_exact() {
    let text = VALID;
    let (front, ..) = parse(text);
    let shown = |key| &text[front.fields[&key].span.range()];
    assert_eq!(shown(Key::Title), "“Nhận biết: email lừa đảo”");
    assert_eq!(shown(Key::Tags), "[phishing, “thư điện tử”, 2024, 1.10]");
    assert_eq!(shown(Key::Weight), "10");
    assert_eq!(shown(Key::Speakers), "- name: Nguyễn Thị An");
    assert_eq!(&text[front.fields[&Key::Weight].key_span.range()], "weight");
    for (key, shown) in [
        (Key::Tags, vec!["phishing", "“thư điện tử”", "2024", "1.10"]),
        (Key::Aliases, vec!["talks/old", "'talks/older'"]),
    ] {
        let Value::List(items) = &front.fields[&key].value else { panic!() };
        let places: Vec<_> = items.iter().map(|(_, span)| &text[span.range()]).collect();
        assert_eq!(places, shown);
    }
}

#[test]
fn texts_are_read_as_written() {
    let cases = [
        ("title: 2024", "2024"),
        ("title: 1.10", "1.10"),
        ("title: 0x1F", "0x1F"),
        ("title: true", "true"),
        ("title: R&D", "R&D"),
        ("title: a & b * c ! d", "a & b * c ! d"),
        ("title: Cẩn thận!", "Cẩn thận!"),
        ("title: a#b", "a#b"),
        ("title: '2024'", "2024"),
        ("title: \"& a\"", "& a"),
        ("title:\n  Một", "Một"),
        ("title: Một\n  & hai", "Một & hai"),
        ("title: |\n  & một\n  * hai", "& một\n* hai"),
        ("title: “Một”", "Một"),
        ("title: ‘Đừng ‘mở’", "‘Đừng ‘mở’"),
        ("title: ‘Don’t’", "Don’t"),
        ("title: “A” và “B”", "“A” và “B”"),
        ("title: “Nói \"có\"”", "Nói \"có\""),
        ("“title”: x", "x"),
        ("'title': x", "x"),
        ("title: \"a\n  b\"", "a b"),
        ("  title: x\n  weight: 1", "x"),
    ];
    for (yaml, expected) in cases {
        let text = format!("---\n{yaml}\n---\n");
        let (front, _, diagnostics) = parse(&text);
        assert_eq!(diagnostics, [], "{yaml}");
        assert_eq!(text_of(&front, Key::Title), expected, "{yaml}");
    }
}

#[test]
fn a_comment_in_a_text_is_read_and_warned_of() {
    let (front, _, diagnostics) = parse("---\ntitle: a #b\nweight: 1 # một\n---\n");
    assert_eq!(text_of(&front, Key::Title), "a");
    let codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::CommentInValue]);
}

#[test]
fn empty_values_are_absent() {
    for yaml in ["date:", "title: ''", "tags: []", "weight: ~", "draft: null", "title:  # x"] {
        let text = format!("---\n{yaml}\n---\n");
        let (front, _, diagnostics) = parse(&text);
        assert_eq!(diagnostics, [], "{yaml}");
        assert!(front.fields.is_empty() && front.refused.is_empty(), "{yaml}");
    }
}

#[test]
fn every_mistake_is_placed() {
    let cases: &[(&str, &[&str])] = &[
        ("---\ntitle: x\n", &["S101 1:1"]),
        ("---\ntitle: A: b\n---\n", &["S102 2:9"]),
        ("---\ntitle: x\nabc\n---\n", &["S102 3:1"]),
        ("---\ntitle: x\n\tweight: 1\n---\n", &["S102 3:1"]),
        ("---\ntitle: \"x\nweight: a\n---\n", &["S102 2:8", "S105 3:9"]),
        ("---\ntags: [a, b\nweight: a\n---\n", &["S102 2:7", "S105 3:9"]),
        ("---\ntitle: @x\n---\n", &["S102 2:8"]),
        ("---\ntitel: x\n---\n", &["S103 2:1"]),
        ("---\nspeakers:\n  - nam: A\n---\n", &["S103 3:5"]),
        ("---\ntitle: [a]\n---\n", &["S105 2:8"]),
        ("---\nweight: nặng\n---\n", &["S105 2:9"]),
        ("---\nweight: 1.5\n---\n", &["S105 2:9"]),
        ("---\nweight: 9999999999999999999\n---\n", &["S105 2:9"]),
        ("---\ndraft: có\n---\n", &["S105 2:8"]),
        ("---\ndate: true\n---\n", &["S105 2:7"]),
        ("---\ntags:\n  - a\n  - x: y\n---\n", &["S105 4:5"]),
        ("---\nspeakers: An\n---\n", &["S105 2:11"]),
        ("---\nspeakers:\n  - An\n  - name: [B]\n---\n", &["S105 3:5", "S105 4:12"]),
        ("---\ndate: 2024-02-30\n---\n", &["S106 2:7"]),
        ("---\ndate: 23/02/2024\n---\n", &["S106 2:7"]),
        ("---\ndate: 2024\n---\n", &["S106 2:7"]),
        ("---\nkind: tal\n---\n", &["S107 2:7"]),
        ("---\ntype: x\nstatus: y\n---\n", &["S107 2:7", "S107 3:9"]),
        ("---\nspeakers:\n  - name:\n---\n", &["S108 3:5"]),
        ("---\ntitle: x\ntitle: y\nweight: a\n---\n", &["S109 3:1", "S105 4:9"]),
        ("---\nspeakers:\n - name: a\n - name: b\n   name: c\n---\n", &["S109 5:4"]),
        (
            "---\ntitle: &a x\nweight: *a\ntags: [!t b]\n---\n",
            &["S111 2:8", "S111 3:9", "S111 4:8"],
        ),
        ("---\ntags:\n  - &a x\ndate: x\n---\n", &["S111 3:5", "S106 4:7"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn large_and_deep_blocks_are_refused() {
    let large = format!("---\ntitle: {}\n---\nBody", "a".repeat(MAX_BYTES));
    let (front, body, diagnostics) = parse(&large);
    assert_eq!(diagnostics[0].code, Code::FrontMatterTooLarge);
    assert!(front.refused.contains(&Key::Title));
    assert_eq!(&large[body..], "Body");
    assert_eq!(found(&format!("---\ntags: {}\n---\n", "[".repeat(40))), ["S112 2:22"]);
    assert_eq!(found(&format!("---\ntags:\n  {}\n---\n", "- ".repeat(40))), ["S112 3:33"]);
    let keys: String = (0..20).map(|i| format!("{}k:\n", " ".repeat(i))).collect();
    assert_eq!(found(&format!("---\n{keys}---\n")), ["S112 18:17"]);
    let aliases = format!("---\na: &a [{}]\n---\n", "*a,".repeat(10_000));
    assert!(parse(&aliases).2.iter().all(|d| d.code != Code::BadYaml));
}

#[test]
fn blocks_end_where_they_should() {
    let cases = [
        ("", 0),
        ("Text\n---\n", 0),
        ("----\ntitle: x\n", 0),
        ("---\n---\n", 8),
        ("---  \ntitle: x\n...\nBody", 19),
        ("---\ntitle: x\n---", 16),
        ("---\n\nText after a rule", 4),
        ("---\ntitle: x\ntags:\n  - a\n\n# Body", 25),
    ];
    for (text, body) in cases {
        assert_eq!(parse(text).1, body, "{text}");
    }
}

#[test]
fn one_misspelt_title_is_one_mistake() {
    let (front, ..) = parse("---\ntitel: x\ndate: 1\n---\n");
    assert!(front.refused.contains(&Key::Title) && front.refused.contains(&Key::Date));
}

#[test]
fn problems_speak_both_languages() {
    let (_, _, diagnostics) = parse("---\ntitle: A: b\n---\n");
    assert!(diagnostics[0].message(UiLang::En).contains("colon"));
    assert!(diagnostics[0].message(UiLang::Vi).contains("dấu hai chấm"));
    let (_, _, diagnostics) = parse("---\nweight: nặng\n---\n");
    assert_eq!(
        diagnostics[0].message(UiLang::Vi),
        "`weight` phải là một số nguyên, không phải một đoạn chữ"
    );
    assert_eq!(diagnostics[0].help(UiLang::En), "for example: `weight: 10`");
}

fn sound(text: &str) {
    let (front, body, diagnostics) = parse(text);
    assert!(text.is_char_boundary(body));
    let in_text = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    };
    in_text(front.span);
    for field in front.fields.values() {
        in_text(field.key_span);
        in_text(field.span);
        if let Value::List(items) = &field.value {
            items.iter().for_each(|(_, span)| in_text(*span));
        }
    }
    diagnostics.iter().filter_map(|d| d.span).for_each(in_text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn arbitrary_text_is_read_soundly(text in "\\PC*") {
        sound(&text);
        sound(&format!("---\n{text}\n---\n"));
    }

    #[test]
    fn structure_in_any_order_is_read_soundly(
        parts in prop::collection::vec(prop::sample::select(vec![
            "title", "speakers", "tags", "name", ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", "\t",
            "[", "]", "{", "}", ",", "\"", "'", "“", "”", "‘", "’", "#", " # ", "&", "*", "!",
            "|", ">", "?", "? ", "\\", "ệ", "2024-02-23", "12", "true", "null", "---", "%", "\u{85}",
        ]), 0..60)
    ) {
        sound(&format!("---\n{}\n---\n", parts.concat()));
    }

    #[test]
    fn mutated_front_matter_is_read_soundly(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3usize), 1..6)
    ) {
        let mut chars: Vec<char> = VALID.chars().collect();
        for (index, c, what) in edits {
            let i = index.index(chars.len());
            match what {
                0 => chars[i] = c,
                1 => chars.insert(i, c),
                _ => { chars.remove(i); }
            }
        }
        sound(&chars.into_iter().collect::<String>());
    }
}
