//! Quotes and brackets that nothing closes.

use crate::base::Line;
use crate::diag::Mistake;
use crate::parse::front_matter::pairs::{Pair, in_quotes};
use crate::parse::front_matter::scan::Entry;
use std::ops::Range;

/// A quote or bracket at byte `open` that nothing closes. `runs_on` says that lines follow
/// which belong to no key.
pub fn unclosed(text: &str, entry: &Entry, open: usize, runs_on: bool) -> Mistake {
    let line = Line::at(text, open);
    let at = open..open + 1;
    let sign = text[open..].chars().next().unwrap_or_default();
    let pair = Pair::of(&line).filter(|pair| pair.value_at == open);
    let one_line = text[entry.lines.clone()].trim_end().lines().count() == 1 && !runs_on;
    if let '[' | '{' = sign {
        return bracket(at, sign, pair.filter(|_| one_line));
    }
    let curly = pair.as_ref().and_then(|pair| {
        let inner = pair.value.strip_prefix(sign)?.strip_suffix(['”', '“', '’', '‘'])?;
        Some(format!("{}: {}", pair.key, in_quotes(inner)))
    });
    if let Some(line) = curly {
        let vi = format!("mở bằng `{sign}` nhưng đóng bằng dấu ngoặc cong");
        let en = format!("opened with `{sign}` but closed with a curly quote");
        return Mistake::new(at, vi, en).write(&line);
    }
    let mistake = Mistake::new(at, "dấu ngoặc kép này không được đóng", "this quote is not closed");
    match pair {
        Some(pair) if one_line => mistake.write(&format!("{}: {}{sign}", pair.key, pair.value)),
        Some(_) => mistake.help(
            "viết cả giá trị trên một dòng, hoặc thụt các dòng sau vào hai dấu cách",
            "write the value on one line, or indent its further lines by two spaces",
        ),
        None => mistake.help(
            format!("thêm `{sign}` ở cuối đoạn chữ"),
            format!("add `{sign}` at the end of the text"),
        ),
    }
}

/// `whole` is the pair where nothing but it stands on its line.
fn bracket(at: Range<usize>, sign: char, whole: Option<Pair<'_>>) -> Mistake {
    let close = if sign == '[' { ']' } else { '}' };
    let mistake = Mistake::new(
        at,
        format!("dấu `{sign}` này không được đóng"),
        format!("this `{sign}` is not closed"),
    );
    match whole {
        Some(pair) => mistake.write(&format!("{}: {}{close}", pair.key, pair.value)),
        None => mistake.help(
            format!("thêm `{close}` sau mục cuối cùng"),
            format!("add `{close}` after the last item"),
        ),
    }
}
