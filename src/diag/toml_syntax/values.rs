//! Values that cannot be read: texts without quotes or with the wrong ones, numbers, truth.

use super::{Error, in_quotes, without_value};
use crate::diag::Mistake;
use std::ops::Range;

impl Error<'_> {
    /// A value that stands there without straight quotes.
    pub fn unquoted(&self) -> Option<Mistake> {
        let source = self.text.get(self.at.clone())?.trim_end();
        let at = self.at.start..self.at.start + source.len();
        if source.is_empty() || source.starts_with('#') {
            return Some(self.no_value());
        }
        if let Some(mistake) = self.quantity(source, at.clone()) {
            return Some(mistake);
        }
        let curly = ['“', '”', '„', '«', '»', '‘', '’', '″'];
        if source.starts_with(curly) {
            let is_all = self.pair().is_some_and(|(_, value, _)| value == source);
            let line = match is_all {
                true => self.with(at.clone(), &in_quotes(source.trim_matches(curly))),
                false => self.line.content().replace(curly, "\""),
            };
            let said = (
                "đây là dấu ngoặc kép cong; ở đây cần dấu thẳng `\"`",
                "these are curly quotes; straight ones, `\"`, are needed",
            );
            return Some(Mistake::new(at, said.0, said.1).write(&line));
        }
        let said = ("chữ phải nằm trong ngoặc kép", "a text has to stand in double quotes");
        let mistake = Mistake::new(at.clone(), said.0, said.1);
        Some(match self.quoted_items() {
            Some(line) => mistake.write(&line),
            None => mistake.write(&self.with(at, &in_quotes(source))),
        })
    }

    pub fn no_value(&self) -> Mistake {
        let key = self.pair().map_or("", |(key, ..)| key);
        let at = match self.line.text.rfind('=') {
            Some(sign) => self.line.start + sign..self.line.start + sign + 1,
            None => self.mark(),
        };
        let rest = &self.text[self.at.start..self.line.end().max(self.at.start)];
        let after = rest.trim();
        let begin = self.at.start + (rest.len() - rest.trim_start().len());
        match after.starts_with('#') && after.len() > 1 && !after.contains(' ') {
            // A colour.
            true => Mistake::new(
                begin..begin + after.len(),
                "`#` mở đầu một ghi chú, nên giá trị ở đây trống",
                "`#` begins a comment, so the value is empty",
            )
            .write(&format!("{key} = \"{after}\"")),
            false => without_value(at, key),
        }
    }

    /// `yes`, `300 kB`
    pub fn quantity(&self, source: &str, at: Range<usize>) -> Option<Mistake> {
        let value = match source.to_lowercase().as_str() {
            "yes" | "on" | "có" | "đúng" => "true".to_owned(),
            "no" | "off" | "không" | "sai" => "false".to_owned(),
            word => {
                let digits = word.bytes().take_while(u8::is_ascii_digit).count();
                let number: u64 = word[..digits].parse().ok()?;
                let unit = match word[digits..].trim() {
                    "kb" => 1_000,
                    "mb" => 1_000_000,
                    "b" | "byte" | "bytes" => 1,
                    _ => return None,
                };
                number.checked_mul(unit)?.to_string()
            }
        };
        let said = ("giá trị này viết không đúng cách", "this value is not written right");
        Some(Mistake::new(at.clone(), said.0, said.1).write(&self.with(at, &value)))
    }

    /// A list on one line with all its items in quotes: `["vi", "en"]`.
    pub fn quoted_items(&self) -> Option<String> {
        let (key, value, _) = self.pair()?;
        let items = value.trim_end().strip_prefix('[')?.strip_suffix(']')?;
        let items: Vec<_> = items.split(',').map(str::trim).filter(|i| !i.is_empty()).collect();
        let quote = |item: &&str| match item.starts_with(['"', '\'', '{', '[']) {
            true => (*item).to_owned(),
            false => in_quotes(item),
        };
        Some(format!("{key} = [{}]", items.iter().map(quote).collect::<Vec<_>>().join(", ")))
    }

    pub fn unclosed_string(&self) -> Option<Mistake> {
        let open = self.open_quote()?;
        let sign = self.text[open..].chars().next()?;
        let inner = self.line.text[open + 1 - self.line.start..].trim_end();
        let at = open..open + 1;
        let ends_otherwise = inner.strip_suffix(['"', '\'', '”', '“', '’', '‘']);
        if let Some(inner) = ends_otherwise {
            let line = self.with(open..self.line.end(), &in_quotes(inner));
            return Some(
                Mistake::new(
                    at,
                    format!("mở bằng `{sign}` nhưng đóng bằng dấu khác"),
                    format!("opened with `{sign}` but closed with another quote"),
                )
                .write(&line),
            );
        }
        let mistake =
            Mistake::new(at, "dấu ngoặc kép này không được đóng", "this quote is not closed");
        let simple = self.pair().is_some_and(|(_, _, value_at)| value_at == open);
        Some(match simple {
            true => mistake.write(&format!("{}{sign}", self.line.content())),
            false => mistake.help(
                format!("thêm `{sign}` ở cuối đoạn chữ"),
                format!("add `{sign}` at the end of the text"),
            ),
        })
    }

    /// A text over several lines that nothing closes.
    pub fn unclosed_lines(&self, quotes: &str) -> Mistake {
        let open = self.text[..self.at.start].rfind(quotes).unwrap_or(self.at.start);
        Mistake::new(
            open..(open + quotes.len()).min(self.text.len()),
            format!("đoạn chữ mở bằng `{quotes}` không được đóng"),
            format!("the text opened with `{quotes}` is not closed"),
        )
        .help(format!("thêm `{quotes}` ở cuối đoạn chữ"), format!("add `{quotes}` at its end"))
    }

    /// The quote on the line that nothing closes.
    pub fn open_quote(&self) -> Option<usize> {
        let mut open: Option<(usize, char)> = None;
        let mut escaped = false;
        for (i, c) in self.line.text.char_indices() {
            match (open, c) {
                _ if escaped => escaped = false,
                (Some((_, '"')), '\\') => escaped = true,
                (Some((_, sign)), c) if c == sign => open = None,
                (None, '"' | '\'') => open = Some((i, c)),
                (None, '#') => break,
                _ => {}
            }
        }
        open.map(|(i, _)| self.line.start + i)
    }

    /// What stands on a line behind a value that is whole.
    pub fn after_the_value(&self) -> Option<Mistake> {
        if self.line.content().starts_with('[') {
            return Some(self.header());
        }
        let rest = self.text.get(self.at.start..self.line.end())?;
        let at = self.at.start..self.line.end();
        let (key, value, _) = self.pair()?;
        if matches!(rest, "," | ";" | "]" | "}") {
            return Some(
                Mistake::new(
                    at.clone(),
                    format!("dấu `{rest}` ở cuối dòng là thừa"),
                    format!("the `{rest}` at the end of the line is not needed"),
                )
                .write(&self.with(at, "")),
            );
        }
        if rest.contains('=') {
            return Some(
                Mistake::new(at, "mỗi dòng chỉ có một khóa", "a line holds one key only")
                    .help("xuống dòng trước khóa này", "begin a new line before this key"),
            );
        }
        let mistake = Mistake::new(
            at,
            "còn chữ nằm sau dấu ngoặc kép đóng",
            "there is text after the closing quote",
        );
        let inner = value.trim_end().trim_start_matches('"').trim_end_matches('"');
        Some(match value.starts_with('"') && inner.contains('"') {
            true if value.ends_with('"') => {
                let inner = &value[1..value.len() - 1];
                mistake.write(&format!("{key} = {}", in_quotes(inner)))
            }
            _ => mistake.write(&format!("{key} = {}", in_quotes(value))),
        })
    }

    pub fn backslash(&self) -> Option<Mistake> {
        let (key, value, _) = self.pair()?;
        let place = self.text[..self.at.start].rfind('\\').filter(|i| *i >= self.line.start)?;
        let mistake = Mistake::new(
            place..place + 1,
            "trong ngoặc kép, dấu `\\` có nghĩa riêng",
            "inside double quotes a backslash has a meaning of its own",
        );
        let inner = value.trim_end().strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        Some(match inner.filter(|inner| !inner.contains(['"', '\''])) {
            Some(inner) => mistake.write(&format!("{key} = '{inner}'")),
            None => mistake.help(
                "viết `\\\\` thay cho mỗi `\\`, hoặc dùng ngoặc đơn `'`",
                "write `\\\\` for each `\\`, or use single quotes `'`",
            ),
        })
    }

    pub fn truth(&self) -> Option<Mistake> {
        let word = self.text.get(self.at.clone())?.to_lowercase();
        let value = ["true", "false"].into_iter().find(|w| word.starts_with(&w[..1]))?;
        let said = (
            "`true` và `false` viết bằng chữ thường",
            "`true` and `false` are written in small letters",
        );
        let line = self.with(self.at.clone(), value);
        Some(Mistake::new(self.mark(), said.0, said.1).write(&line))
    }

    pub fn number(&self) -> Mistake {
        let said = ("số này viết không đúng", "this number is not written right");
        let Some((key, value, value_at)) = self.pair() else { return self.in_the_parsers_words() };
        let value = value.split(['#', ' ']).next().unwrap_or_default();
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        let mistake = Mistake::new(value_at..value_at + value.len(), said.0, said.1);
        match digits.is_empty() || value.contains(char::is_alphabetic) {
            true => mistake.write(&format!("{key} = {}", in_quotes(value))),
            false => mistake.write(&format!("{key} = {digits}")),
        }
    }
}
