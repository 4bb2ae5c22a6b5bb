//! Lists that YAML reads, but not as they are meant.

use super::{dashes_out_of_line, stray_item};
use crate::base::Line;
use crate::diag::Mistake;
use crate::model::Key;
use std::ops::Range;

/// A text over several lines one of which begins with a dash: to YAML it is all one text.
pub fn item_in_a_text(text: &str, value: Range<usize>) -> Option<Mistake> {
    let dash = dash_below(text, value)?;
    Some(stray_item(dash..dash + 1).help(
        "đặt nó dưới một khóa nhận danh sách như `tags:`, hoặc xóa dấu `-`",
        "put it below a key that takes a list, like `tags:`, or remove the dash",
    ))
}

/// Where, below the first line of `value`, a line begins with a dash.
fn dash_below(text: &str, value: Range<usize>) -> Option<usize> {
    let mut line = Line::at(text, value.start);
    loop {
        line = Line::below(text, &line).filter(|next| next.start < value.end)?;
        if line.content().starts_with("- ") {
            return Some(line.start + line.indent());
        }
    }
}

/// What YAML takes for one item of a list and its writer did not: `item` is the whole of it.
pub fn not_an_item(text: &str, key: Key, item: Range<usize>) -> Option<Mistake> {
    let source = text[item.clone()].trim_end();
    if source.starts_with(['"', '\'', '“', '‘', '|', '>']) {
        return None;
    }
    if let Some(dash) = dash_below(text, item.clone()) {
        return Some(dashes_out_of_line(Line::at(text, dash).start..dash + 1));
    }
    let first = source.lines().next().unwrap_or_default().trim_end();
    let (sign, line) = (item.start..item.start + 1, item.start..item.start + first.len());
    if let Some(word) = first.strip_prefix('-')
        // `-3` is a number.
        && word.starts_with(char::is_alphabetic)
    {
        let said = ("thiếu dấu cách sau dấu `-`", "a space is missing after the dash");
        return Some(Mistake::new(sign, said.0, said.1).write(&format!("- {word}")));
    }
    if source.contains('\n') {
        let said = (
            "mỗi mục của danh sách cần một dấu `-` ở đầu",
            "each item of a list needs a dash before it",
        );
        return Some(Mistake::new(line, said.0, said.1).write(&format!("- {first}")));
    }
    // File names and former addresses may hold such signs.
    let takes_words = matches!(key, Key::Tags | Key::Audience);
    wrong_separator(key, first, item.start).filter(|_| takes_words)
}

/// `a; b` and `a, b]`
fn wrong_separator(key: Key, items: &str, start: usize) -> Option<Mistake> {
    let place = items.find([']', '[', ';'])?;
    let at = start + place..start + place + 1;
    let mistake = match &items[place..place + 1] {
        ";" => Mistake::new(
            at,
            "các mục cách nhau bằng dấu phẩy, không phải `;`",
            "items are separated by commas, not by `;`",
        ),
        sign => Mistake::new(
            at,
            format!("dấu `{sign}` này đứng lẻ một mình"),
            format!("this `{sign}` stands alone"),
        ),
    };
    let items = items.split([',', ';', '[', ']']).map(str::trim).filter(|item| !item.is_empty());
    Some(mistake.write(&format!("{}: [{}]", key.name(), items.collect::<Vec<_>>().join(", "))))
}
