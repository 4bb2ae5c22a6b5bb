//! Link titles in curly quotes: `[x](a.md “Tiêu đề”)`.

use std::ops::Range;

const QUOTES: &[char] = &['"', '“', '”', '„', '\'', '‘', '’'];

/// Where in `text` a link's or picture's title stands in quotes of which one at least is curly,
/// quotes included. What lies in code is found too: whoever asks knows where code is.
pub fn find(text: &str) -> Vec<Range<usize>> {
    // Most texts have links and no curly quotes.
    // All curly quotes begin with this byte, and no Vietnamese letter does.
    let may_have_curly = memchr::memchr(0xe2, text.as_bytes()).is_some();
    if !may_have_curly || !text.contains(['“', '”', '„', '‘', '’']) {
        return Vec::new();
    }
    // No title reaches into the next link, so each byte is looked at once.
    let mut starts = text.match_indices("](").map(|(i, mark)| i + mark.len()).peekable();
    let mut found = Vec::new();
    while let Some(at) = starts.next() {
        let end = starts.peek().map_or(text.len(), |next| *next);
        found.extend(title_after(&text[..end], at));
    }
    found
}

/// The title of a link whose target begins at byte `at`, if it ends within `text`.
fn title_after(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text[at..].lines().next()?;
    let target = match rest.strip_prefix('<') {
        Some(inner) => inner.find('>')? + "<>".len(),
        None => rest.find([' ', '\t'])?,
    };
    let spaces = rest[target..].len() - rest[target..].trim_start_matches([' ', '\t']).len();
    let start = target + spaces;
    let opening = rest[start..].chars().next().filter(|c| spaces > 0 && QUOTES.contains(c))?;
    let inside = start + opening.len_utf8();
    let (end, closing) = closing_quote(&rest[inside..])?;
    let curly = |c: char| !c.is_ascii();
    // A straight quote inside would end the title that we write.
    let writable = !rest[inside..inside + end].contains('"');
    (writable && (curly(opening) || curly(closing)))
        .then(|| at + start..at + inside + end + closing.len_utf8())
}

/// The first quote that is followed by the link's `)`.
fn closing_quote(text: &str) -> Option<(usize, char)> {
    let mut quotes = text.match_indices(QUOTES);
    let (at, quote) = quotes
        .find(|(i, q)| text[i + q.len()..].trim_start_matches([' ', '\t']).starts_with(')'))?;
    Some((at, quote.chars().next()?))
}

/// Where what stands between the quotes of `title` is.
pub fn inner(text: &str, title: &Range<usize>) -> Range<usize> {
    let width = |quote: Option<char>| quote.map_or(0, char::len_utf8);
    let mut chars = text[title.clone()].chars();
    let (first, last) = (width(chars.next()), width(chars.next_back()));
    title.start + first..title.end - last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn curly_and_mixed_quotes_are_found() {
        assert_eq!(found("[x](a.md “Một”)"), ["“Một”"]);
        assert_eq!(found("![x](<a b.svg>  „Một“ ) [y](b.md ‘Hai’)"), ["„Một“", "‘Hai’"]);
        assert_eq!(found("[x](a.md \"Một”)"), ["\"Một”"]);
        assert_eq!(found("[x](a.md “Một ”hai” ba”)"), ["“Một ”hai” ba”"]);
    }

    #[test]
    fn a_title_is_found_once() {
        assert_eq!(found("](](a.md “Một”)"), ["“Một”"]);
        assert_eq!(found("](a.md “](b.md “Một”)").len(), 1);
    }

    #[test]
    fn what_markdown_can_read_is_left_alone() {
        for text in [
            "“[x](a.md)”",
            "[x](a.md \"Một “hai” ba\")",
            "[x](a.md “Một \"hai\" ba”)",
            "[x](a.md “Một",
            "[x](a.md“Một”)",
            "[x](“Một”)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
