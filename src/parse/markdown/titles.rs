//! Link titles in curly quotes: `[x](a.md “Tiêu đề”)`.

use std::ops::Range;

const QUOTES: &[char] = &['"', '“', '”', '„', '\'', '‘', '’'];

/// Characters within which target and title must stand, so that a line of many thousand brackets does
/// not cost its length for each.
const LONGEST: usize = 2000;

/// Where in `text` a link's or picture's title stands in quotes of which one at least is curly,
/// quotes included. What lies in code is found too: whoever asks knows where code is.
pub fn find(text: &str) -> Vec<Range<usize>> {
    // Bytes of every curly quote begin with this one; most texts have links and no quotes.
    if !text.contains(['“', '”', '„', '‘', '’']) {
        return Vec::new();
    }
    let after_text = text.match_indices("](").map(|(i, mark)| i + mark.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for title in after_text.filter_map(|at| title_after(text, at)) {
        // In `](](a.md “b”)` both brackets lead to one title.
        if found.last().is_none_or(|last| last.end <= title.start) {
            found.push(title);
        }
    }
    found
}

/// The title of a link whose target begins at byte `at`.
fn title_after(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(i, _)| i);
    let rest = rest[..end].lines().next()?;
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
