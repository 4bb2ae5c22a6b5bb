//! Why a line of front matter cannot be read, and what to type instead, for people who have
//! never heard of YAML.
//!
//! The YAML parser says where it gave up; what the writer meant is read from the line itself.

mod items;
mod keyless;
mod unclosed;

use super::pairs::{Pair, closed_length, in_quotes};
use super::scan::Entry;
use crate::base::{Line, RelPath};
use crate::diag::{Code, Diagnostic, Mistake};
use crate::model::{Key, ValueType};
pub(super) use items::{item_in_a_text, not_an_item};
pub(super) use keyless::{keyless, not_a_key};
use std::ops::Range;
pub(super) use unclosed::unclosed;

/// Why the YAML parser, which `said` so at byte `at`, refuses an entry that has a key.
pub(super) fn refused(text: &str, entry: &Entry, said: &str, at: usize) -> Mistake {
    if let Some(tab) = first_tab(text, entry) {
        return tab;
    }
    let line = Line::at(text, at);
    let pair = Pair::of(&line);
    let in_value = pair.as_ref().and_then(in_value);
    if let Some(mistake) = in_value {
        return mistake;
    }
    let rest = line.rest(at);
    let first = text[rest.start..].chars().next().map_or(0, char::len_utf8);
    let sign = rest.start..rest.start + first;
    match () {
        _ if said.contains("mapping values are not allowed") => colon(text, entry, &line, at),
        _ if said.contains("escape") || said.contains("hexadecimal") => backslash(&line, at),
        _ if said.contains("did not find expected ',' or") => Mistake::new(
            sign,
            "giữa hai mục của danh sách thiếu dấu phẩy",
            "a comma is missing between two items of the list",
        )
        .help("thêm dấu phẩy trước chỗ này", "add a comma before this place"),
        _ if said.contains("control characters") => Mistake::new(
            sign,
            "có ký tự điều khiển không nhìn thấy được",
            "it contains an invisible control character",
        )
        .help("xóa cả dòng rồi gõ lại", "delete the line and type it anew"),
        _ => misplaced(text, entry, &line).unwrap_or_else(|| {
            Mistake::new(rest, "không đọc được dòng này", "this line cannot be read")
        }),
    }
}

fn first_tab(text: &str, entry: &Entry) -> Option<Mistake> {
    let mut start = entry.lines.start;
    for line in text[entry.lines.clone()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(indented_by_tab(start + tab..start + indent));
        }
        start += line.len();
    }
    None
}

fn indented_by_tab(at: Range<usize>) -> Mistake {
    Mistake::new(at, "dòng này thụt vào bằng phím Tab", "this line is indented with a tab")
        .help("thay mỗi Tab bằng hai dấu cách", "put two spaces for each tab")
}

/// What a value's own first characters tell.
fn in_value(pair: &Pair<'_>) -> Option<Mistake> {
    let first = pair.value.chars().next()?;
    let start = pair.value_at..pair.value_at + first.len_utf8();
    let spaced = pair.value[first.len_utf8()..].starts_with(' ') || pair.value.len() == 1;
    match first {
        '"' | '\'' | '[' | '{' => after_the_end(pair, first),
        '-' if spaced => Some(item_on_the_line_of_its_key(pair, start)),
        '@' | '`' | '%' => Some(bad_first(pair, start, first)),
        '>' | '|' | '?' if spaced => Some(bad_first(pair, start, first)),
        _ => None,
    }
}

/// `"Mật khẩu" là gì?`, `[Nháp] Mật khẩu`
fn after_the_end(pair: &Pair<'_>, first: char) -> Option<Mistake> {
    let closed = closed_length(pair.value, first)?;
    let rest = pair.value[closed..].trim_start();
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let at = pair.value_at + pair.value.len() - rest.len()..pair.value_at + pair.value.len();
    let list = takes_list(pair.key);
    let mistake = match first {
        '"' | '\'' => Mistake::new(
            at,
            "còn chữ nằm sau dấu ngoặc kép đóng",
            "there is text after the closing quote",
        ),
        _ => Mistake::new(
            at,
            "còn chữ nằm sau dấu ngoặc đóng của danh sách",
            "there is text after the list's closing bracket",
        ),
    };
    Some(match (list, first) {
        (true, '"' | '\'') => mistake.write(&format!("{}: [{}]", pair.key, pair.value)),
        (true, _) => mistake.help(
            "đưa mọi mục vào trong cùng một cặp ngoặc vuông",
            "put all items inside one pair of brackets",
        ),
        (false, _) => mistake.write(&pair.quoted()),
    })
}

fn item_on_the_line_of_its_key(pair: &Pair<'_>, at: Range<usize>) -> Mistake {
    let mistake = Mistake::new(
        at,
        "dấu `-` của danh sách không đứng cùng dòng với tên khóa",
        "a list's dash does not stand on the line of its key",
    );
    match takes_list(pair.key) {
        true => {
            let item = pair.value.trim_start_matches(['-', ' ']);
            mistake.write(&format!("{}: [{item}]", pair.key))
        }
        false => mistake.write(&pair.quoted()),
    }
}

fn bad_first(pair: &Pair<'_>, at: Range<usize>, first: char) -> Mistake {
    // A backquote would end the quotation.
    let sign = if first == '`' { "“`”".to_owned() } else { format!("`{first}`") };
    Mistake::new(
        at,
        format!("giá trị không được bắt đầu bằng {sign}"),
        format!("no value can begin with {sign}"),
    )
    .write(&pair.quoted())
}

/// A colon and a space where none can be: in a value without quotes, or after a key that is
/// indented and so goes on with the value above.
fn colon(text: &str, entry: &Entry, line: &Line<'_>, at: usize) -> Mistake {
    let mark = at..text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let pair = Pair::of(line);
    if let Some(pair) = &pair
        && line.start > entry.lines.start
        && is_key_or_part(pair.key)
        && pair.value_at > at
    {
        return indented_too_far(text, entry, line, pair);
    }
    let mistake = Mistake::new(
        mark,
        "giá trị có dấu hai chấm mà không đặt trong ngoặc kép",
        "the value contains a colon and is not in quotes",
    );
    match pair.filter(|pair| pair.value_at <= at && !pair.value.starts_with(['[', '{'])) {
        Some(pair) => mistake.write(&pair.quoted()),
        None => mistake.help(
            "đặt đoạn chữ có dấu hai chấm trong ngoặc kép",
            "put the text that contains the colon in double quotes",
        ),
    }
}

fn indented_too_far(text: &str, entry: &Entry, line: &Line<'_>, pair: &Pair<'_>) -> Mistake {
    let mistake = Mistake::new(
        line.start..pair.key_at,
        "dòng này thụt vào quá sâu",
        "this line is indented too far",
    );
    let above = Line::above(text, line.start).filter(|l| l.start >= entry.lines.start);
    line_up(mistake, pair.key, above.and_then(|line| Pair::of(&line)))
}

fn line_up(mistake: Mistake, key: &str, with: Option<Pair<'_>>) -> Mistake {
    match with {
        Some(with) => mistake.help(
            format!("viết `{key}` thẳng cột với `{}` ở dòng trên", with.key),
            format!("let `{key}` begin in the same column as `{}` above", with.key),
        ),
        None => mistake.help(
            format!("viết `{key}` thẳng cột với các khóa khác"),
            format!("let `{key}` begin in the same column as the other keys"),
        ),
    }
}

fn backslash(line: &Line<'_>, at: usize) -> Mistake {
    let upto = &line.text[..(at - line.start).min(line.text.len())];
    let place = upto.rfind('\\').map_or(at, |i| line.start + i);
    let mistake = Mistake::new(
        place..place + usize::from(place < line.end()),
        "trong ngoặc kép, dấu `\\` có nghĩa riêng",
        "inside double quotes a backslash has a meaning of its own",
    );
    let inner = Pair::of(line).and_then(|pair| {
        let inner = pair.value.trim_end().strip_prefix('"')?.strip_suffix('"')?;
        (!inner.contains(['"', '\''])).then(|| format!("{}: '{inner}'", pair.key))
    });
    match inner {
        Some(line) => mistake.write(&line),
        None => mistake.help(
            "viết `\\\\` thay cho mỗi `\\`, hoặc dùng ngoặc đơn `'`",
            "write `\\\\` for each `\\`, or use single quotes `'`",
        ),
    }
}

/// A line that by itself is right, but not where it stands.
fn misplaced(text: &str, entry: &Entry, line: &Line<'_>) -> Option<Mistake> {
    let content = line.content();
    let content_at = line.start + line.indent();
    if content.starts_with('-') {
        return Some(dashes_out_of_line(line.start..content_at + 1));
    }
    if let Some(pair) = Pair::of(line) {
        // A line that is not indented has no space to mark.
        let indented = pair.key_at > line.start;
        let at = if indented {
            line.start..pair.key_at
        } else {
            line.start..pair.key_at + pair.key.len()
        };
        let mistake = Mistake::new(
            at,
            "dòng này không thẳng cột với các dòng cùng nhóm",
            "this line does not line up with the others of its group",
        );
        let above = Line::above(text, line.start).filter(|l| l.start > entry.lines.start);
        return Some(line_up(mistake, pair.key, above.and_then(|line| Pair::of(&line))));
    }
    without_colon(content, content_at)
}

fn dashes_out_of_line(at: Range<usize>) -> Mistake {
    Mistake::new(
        at,
        "các dấu `-` của danh sách không thẳng cột",
        "the dashes of this list do not line up",
    )
    .help("viết mọi dấu `-` cùng một cột", "put all the dashes in one column")
}

/// S111: a value that begins with a sign that YAML keeps for itself.
pub(super) fn indirection(text: &str, file: &RelPath, place: Range<usize>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::YamlAlias, file)
        .at(place.clone().into())
        .with("sign", &text[place.start..place.start + 1]);
    let line = Line::at(text, place.start);
    let fixed = match Pair::of(&line) {
        Some(pair) if pair.value_at == place.start && !takes_list(pair.key) => pair.quoted(),
        None if line.content().starts_with("- ") => {
            format!("- {}", in_quotes(line.content().trim_start_matches(['-', ' '])))
        }
        _ => return diagnostic,
    };
    diagnostic.advise_writing(fixed)
}

fn takes_list(key: &str) -> bool {
    known(key).is_some_and(|key| key.value_type() == ValueType::List)
}

fn known(name: &str) -> Option<Key> {
    Key::ALL.iter().copied().find(|key| key.name() == name)
}

fn is_key_or_part(name: &str) -> bool {
    known(name).is_some() || super::speakers::PARTS.contains(&name)
}

/// `title Mật khẩu`
fn without_colon(content: &str, at: usize) -> Option<Mistake> {
    let (word, rest) = content.split_once(' ')?;
    is_key_or_part(word).then(|| {
        Mistake::new(
            at..at + word.len(),
            format!("thiếu dấu hai chấm sau `{word}`"),
            format!("a colon is missing after `{word}`"),
        )
        .write(&format!("{word}: {}", rest.trim()))
    })
}

fn stray_item(at: Range<usize>) -> Mistake {
    Mistake::new(
        at,
        "mục có dấu `-` này không thuộc danh sách nào",
        "this item with a dash belongs to no list",
    )
}
