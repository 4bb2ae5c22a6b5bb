//! `key: value`, as a person sees it on a line of front matter.

use crate::base::Line;

/// `key: value` on one line.
pub(super) struct Pair<'a> {
    pub key_at: usize,
    pub key: &'a str,
    pub value_at: usize,
    /// To the end of the line; may be empty.
    pub value: &'a str,
}

impl<'a> Pair<'a> {
    /// Its key and value; dashes before the key are passed over.
    pub fn of(line: &Line<'a>) -> Option<Pair<'a>> {
        let mut content = line.content();
        while let Some(item) = content.strip_prefix("- ") {
            content = item.trim_start();
        }
        let colon = content.match_indices(':').map(|(i, _)| i).find(|i| {
            let after = &content[i + 1..];
            after.is_empty() || after.starts_with([' ', '\t'])
        })?;
        let key_at = line.end() - content.len();
        let value = content[colon + 1..].trim_start();
        let key = content[..colon].trim_end();
        (!key.is_empty()).then_some(Pair { key_at, key, value_at: line.end() - value.len(), value })
    }

    /// The line with its value in quotes: `title: "An toàn: mật khẩu"`.
    pub fn quoted(&self) -> String {
        format!("{}: {}", self.key, in_quotes(self.value))
    }
}

/// More of a value would hide the rest of the help.
const LONGEST: usize = 80;

/// `value` in quotes that YAML reads as they are.
pub(super) fn in_quotes(value: &str) -> String {
    let value = value.trim();
    match value {
        _ if value.chars().count() > LONGEST => "\"…\"".to_owned(),
        _ if !value.contains(['"', '\\']) => format!("\"{value}\""),
        _ => format!("'{}'", value.replace('\'', "''")),
    }
}

/// Bytes from the opening quote or bracket of `value` to where it closes, on this line.
pub(super) fn closed_length(value: &str, opening: char) -> Option<usize> {
    if let '"' | '\'' = opening {
        let mut escaped = false;
        let closes = |c: char| {
            let escapes = c == '\\' && opening == '"' && !escaped;
            let closes = c == opening && !escaped;
            escaped = escapes;
            closes
        };
        return Some(value[1..].find(closes)? + 2);
    }
    let mut depth = 0usize;
    for (i, c) in value.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(i + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_behind_dashes_and_spaces() {
        let text = "a: b\n  - name : Nguyễn: An  \n\nhttp://x\n";
        let line = Line::at(text, 8);
        let pair = Pair::of(&line).unwrap();
        assert_eq!((pair.key, pair.value), ("name", "Nguyễn: An"));
        assert_eq!(&text[pair.key_at..][..4], "name");
        assert_eq!(&text[pair.value_at..line.end()], "Nguyễn: An");
        let last = Line::at(text, text.len() - 2);
        assert!(Pair::of(&last).is_none());
        assert_eq!(Line::above(text, last.start).unwrap().start, line.start);
    }

    #[test]
    fn quotes_hold_what_they_are_put_around() {
        for value in ["An toàn: x", "\"A\" là gì", "C:\\x", "'a' \"b\"", "it's \"so\""] {
            let yaml: String = serde_yaml::from_str(&in_quotes(value)).unwrap();
            assert_eq!(yaml, value);
        }
    }

    #[test]
    fn brackets_close_where_they_do() {
        assert_eq!(closed_length("[a, [b]] c", '['), Some(8));
        assert_eq!(closed_length("\"a\" b", '"'), Some(3));
        assert_eq!(closed_length(r#""a \" b" c"#, '"'), Some(8));
        assert_eq!(closed_length("[a", '['), None);
    }
}
