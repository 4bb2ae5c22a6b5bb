//! Lists, groups and tables whose brackets or commas are missing.

use super::{Error, next};
use crate::base::Line;
use crate::diag::Mistake;

impl Error<'_> {
    /// A comma, or the bracket before it that was meant to end a line above.
    pub fn no_comma(&self) -> Mistake {
        let list = self.said.contains("array");
        let begins_line = self.text[self.line.start..self.at.start].trim().is_empty();
        if begins_line && self.pair().is_some() {
            let sign = if list { '[' } else { '{' };
            return self.unclosed(self.at.start, sign);
        }
        let before = self.text[..self.at.start].trim_end().len();
        let at = self.at.start..next(self.text, self.at.start);
        let mistake = match list {
            true => Mistake::new(
                at,
                "giữa hai mục của danh sách thiếu dấu phẩy",
                "a comma is missing between two items of the list",
            ),
            false => Mistake::new(
                at,
                "giữa hai phần của nhóm thiếu dấu phẩy",
                "a comma is missing between two parts of the group",
            ),
        };
        mistake.write(&self.with(before..self.at.start, ", "))
    }

    /// The bracket `sign` before byte `end` that nothing closes.
    pub fn unclosed(&self, end: usize, sign: char) -> Mistake {
        let open = self.text[..end].rfind(sign).unwrap_or(self.at.start);
        let close = if sign == '[' { "]" } else { " }" };
        let line = Line::at(self.text, open);
        let mistake = Mistake::new(
            open..next(self.text, open),
            format!("dấu `{sign}` này không được đóng"),
            format!("this `{sign}` is not closed"),
        );
        let alone = Line::below(self.text, &line)
            .is_none_or(|below| below.start > end || below.start == Line::at(self.text, end).start);
        match alone {
            true => {
                mistake.write(&format!("{}{close}", line.content().trim_end_matches([',', ' '])))
            }
            false => mistake.help(
                format!("thêm `{}` sau mục cuối cùng", close.trim()),
                format!("add `{}` after the last item", close.trim()),
            ),
        }
    }

    /// `[tags`, `[[menu]`, `[menu]]`
    pub fn header(&self) -> Mistake {
        let content = self.line.content();
        let start = self.line.start + self.line.indent();
        let name = content.trim_matches(['[', ']', ' ']);
        let double = content.starts_with("[[") || content.ends_with("]]");
        Mistake::new(
            start..self.line.end(),
            "các dấu ngoặc vuông không thành cặp",
            "the brackets do not come in pairs",
        )
        .write(&if double { format!("[[{name}]]") } else { format!("[{name}]") })
    }
}
