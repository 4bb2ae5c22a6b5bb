//! Lines that belong to no key: what was meant by them.

use super::{first_tab, known, stray_item, without_colon};
use crate::base::Line;
use crate::diag::Mistake;
use crate::model::{Key, ValueType};
use crate::parse::front_matter::pairs::Pair;
use crate::parse::front_matter::scan::Entry;

/// What is meant by lines that begin no entry: the mistake, and the key that is then not
/// missing. `None` for a line that is none of the usual mistakes.
pub fn keyless(text: &str, entry: &Entry) -> Option<(Mistake, Option<Key>)> {
    if let Some(tab) = first_tab(text, entry) {
        return Some((tab, None));
    }
    let line = Line::at(text, entry.value.start);
    let (at, content) = (line.start + line.indent(), line.content());
    if let Some(pair) = Pair::of(&line).filter(|pair| known(pair.key).is_some()) {
        let key = known(pair.key);
        let mistake = match content.starts_with('-') {
            true => stray_item(at..at + 1).help(
                format!("xóa dấu `-`: `{}: {}`", pair.key, pair.value),
                format!("remove the dash: `{}: {}`", pair.key, pair.value),
            ),
            false => Mistake::new(
                at..at + pair.key.len(),
                "khóa này không thẳng cột với các khóa khác",
                "this key does not line up with the others",
            )
            .help(
                "viết mọi khóa ở đầu dòng, không có dấu cách phía trước",
                "begin every key at the start of its line, without spaces before it",
            ),
        };
        return Some((mistake, key));
    }
    if let Some(comment) = content.strip_prefix("//") {
        let said = (
            "ghi chú bắt đầu bằng `#`, không phải `//`",
            "a comment begins with `#`, not with `//`",
        );
        let mistake = Mistake::new(at..at + 2, said.0, said.1);
        return Some((mistake.write(&format!("# {}", comment.trim())), None));
    }
    wrong_sign(content, at).or_else(|| {
        let word = content.split(' ').next()?;
        Some((without_colon(content, at)?, known(word)))
    })
}

/// `title:Mật khẩu`, `title： Mật khẩu`, `title = "Mật khẩu"`
fn wrong_sign(content: &str, at: usize) -> Option<(Mistake, Option<Key>)> {
    let place = content.find([':', '：', '='])?;
    let name = content[..place].trim();
    let sign = content[place..].chars().next()?;
    let value = content[place + sign.len_utf8()..].trim();
    let is_name = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        // `https://...` has no space to miss.
        && !value.starts_with("//");
    if !is_name {
        return None;
    }
    let (vi, en) = match sign {
        ':' => ("thiếu dấu cách sau dấu hai chấm", "a space is missing after the colon"),
        '：' => (
            "đây là dấu hai chấm rộng `：` của bộ gõ chữ Hán, không phải `:`",
            "this is the full-width colon `：` of Chinese keyboards, not `:`",
        ),
        _ => (
            "sau tên khóa phải là dấu hai chấm, không phải `=`",
            "a key is followed by a colon, not by `=`",
        ),
    };
    let at = at + place..at + place + sign.len_utf8();
    let mistake = Mistake::new(at, vi, en).write(format!("{name}: {value}").trim_end());
    Some((mistake, known(name)))
}

/// A line that is no `key: value` and looks like nothing else.
pub fn not_a_key(text: &str, entry: &Entry, before: Option<&Entry>) -> Mistake {
    let line = Line::at(text, entry.value.start);
    let at = line.start + line.indent();
    if line.content().starts_with('-') {
        return stray_item(at..at + 1).help(
            "đặt nó dưới một khóa nhận danh sách như `tags:`, hoặc xóa dấu `-`",
            "put it below a key that takes a list, like `tags:`, or remove the dash",
        );
    }
    let mistake = Mistake::new(
        at..line.end(),
        "dòng này không có dạng `khóa: giá trị`",
        "this line is not of the form `key: value`",
    );
    let continued = before.and_then(|before| {
        let key = text.get(before.key.clone()?)?;
        (!before.value.is_empty() && known(key)?.value_type() == ValueType::Text).then_some(key)
    });
    match continued {
        Some(key) => mistake.help(
            format!("nếu là phần tiếp của `{key}`, thụt vào hai dấu cách; nếu là nội dung trang, đặt dưới dòng `---`"),
            format!("if it goes on with `{key}`, indent it by two spaces; if it is the page's text, put it below the closing `---`"),
        ),
        None => mistake.help(
            "viết `khóa: giá trị`; nội dung trang đặt dưới dòng `---`",
            "write `key: value`; the page's text belongs below the closing `---`",
        ),
    }
}
