//! Attributes in braces: `{title="Cấu hình" hl="2,4-6" nocopy .wide #id}`.

use crate::base::slug;

/// Attributes of a fence, a container or a list.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Attributes {
    /// `#id`.
    pub id: Option<String>,
    /// `.class`, in order.
    pub classes: Vec<String>,
    /// `key="value"`, and `key` alone with an empty value, in order.
    pub pairs: Vec<(String, String)>,
}

impl Attributes {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// Reads what stands between the braces, or `None` when it cannot be read. Quotes may be
/// straight or curly, single or double, as programs paste them.
pub fn parse_attributes(text: &str) -> Option<Attributes> {
    let mut out = Attributes::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .find(|(_, c)| c.is_whitespace() || *c == '=')
            .map_or(rest.len(), |(i, _)| i);
        let word = &rest[..end];
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('=') {
            if !is_name(word) {
                return None;
            }
            let (value, after) = parse_value(after)?;
            out.pairs.push((word.to_owned(), value.to_owned()));
            rest = after;
        } else if let Some(class) = word.strip_prefix('.') {
            out.classes.push(is_name(class).then(|| class.to_owned())?);
        } else if let Some(id) = word.strip_prefix('#') {
            out.id = Some((slug(id) == id).then(|| id.to_owned())?);
        } else {
            out.pairs.push((is_name(word).then(|| word.to_owned())?, String::new()));
        }
        rest = rest.trim_start();
    }
    Some(out)
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn parse_value(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let closers: &[char] = match first {
        '"' | '“' | '”' | '„' => &['"', '”', '“'],
        '\'' | '‘' | '’' => &['\'', '’', '‘'],
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            return (end > 0).then(|| (&text[..end], &text[end..]));
        }
    };
    let inner = &text[first.len_utf8()..];
    let end = inner.find(closers)?;
    let closer = inner[end..].chars().next()?;
    Some((&inner[..end], &inner[end + closer.len_utf8()..]))
}

/// Line ranges written `2,4-6`, each first and last line from 1, or `None` when unreadable.
pub fn parse_lines(text: &str) -> Option<Vec<(u32, u32)>> {
    text.split(',')
        .map(|part| {
            let part = part.trim();
            let (a, b) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (a, b) = (a.trim().parse().ok()?, b.trim().parse().ok()?);
            (a >= 1 && a <= b).then_some((a, b))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_classes_pairs_and_flags() {
        let a = parse_attributes(r#"title="Cấu hình máy chủ" hl='2,4-6' nocopy .wide #may-chu"#)
            .unwrap();
        assert_eq!(a.get("title"), Some("Cấu hình máy chủ"));
        assert_eq!(a.get("hl"), Some("2,4-6"));
        assert_eq!(a.get("nocopy"), Some(""));
        assert_eq!(a.classes, ["wide"]);
        assert_eq!(a.id.as_deref(), Some("may-chu"));
    }

    #[test]
    fn curly_quotes_are_quotes() {
        assert_eq!(parse_attributes("title=“A b”").unwrap().get("title"), Some("A b"));
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        for bad in ["title=\"open", "=x", "#Có Dấu", "a=", "1=2", "{"] {
            assert_eq!(parse_attributes(bad), None, "{bad}");
        }
    }

    #[test]
    fn line_ranges() {
        assert_eq!(parse_lines("2, 4-6"), Some(vec![(2, 2), (4, 6)]));
        for bad in ["", "0", "3-2", "x", "1,,2"] {
            assert_eq!(parse_lines(bad), None, "{bad}");
        }
    }
}
