//! What every reader of diagrams needs: lines, problems at lines, and labels.

use super::LONGEST_LABEL;

/// What is wrong, in a line of the source.
#[derive(Debug)]
pub(super) struct Problem {
    pub line: usize,
    pub vi: String,
    pub en: String,
}

/// A line that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its number in the source, from 1.
    pub number: usize,
    /// Trimmed, not empty, no comment.
    pub text: &'a str,
}

impl Line<'_> {
    pub fn problem(&self, vi: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { line: self.number, vi: vi.into(), en: en.into() }
    }

    /// The line is not understood from `rest` on.
    pub fn not_understood(&self, rest: &str) -> Problem {
        let near: String = rest.trim().chars().take(30).collect();
        match near.is_empty() {
            true => self.problem("dòng này còn dang dở", "this line is not finished"),
            false => self.problem(
                format!("không hiểu dòng này từ `{near}`"),
                format!("the line is not understood from `{near}`"),
            ),
        }
    }
}

/// The lines of `source` without comments, which start with `%%`.
pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    source
        .lines()
        .zip(1..)
        .map(|(text, number)| Line { number, text: text.trim().trim_end_matches(';').trim_end() })
        .filter(|l| !l.text.is_empty() && !l.text.starts_with("%%"))
        .collect()
}

/// `text` as it is shown: `<br>` and `\n` break the line, `#quot;` and `#35;` are characters.
pub(super) fn label(line: &Line<'_>, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > LONGEST_LABEL {
        return Err(line.problem(
            format!("một nhãn dài hơn {LONGEST_LABEL} ký tự"),
            format!("a label is longer than {LONGEST_LABEL} characters"),
        ));
    }
    let broken = text
        .replace("<br>", "\n")
        .replace("<br/>", "\n")
        .replace("<br />", "\n")
        .replace("\\n", "\n");
    Ok(without_entities(&broken))
}

fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('#') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        match after.split_once(';').and_then(|(name, tail)| Some((entity(name)?, tail))) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('#');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "quot" => Some('"'),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        number => char::from_u32(number.parse().ok()?).filter(|c| !c.is_control()),
    }
}

/// The identifier that `text` starts with, and what follows it.
pub(super) fn identifier(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // A hyphen belongs to an identifier only between two letters: `a-b`, but not `a--b`.
        let joins = matches!(c, '-' | '.')
            && at > 0
            && !text[..at].ends_with(['-', '.'])
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric() || c == '_' || is_mark(c) || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| text.split_at(end))
}

/// Vietnamese text may come with its marks as characters of their own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
