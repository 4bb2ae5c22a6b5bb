//! Lines of a source as a person sees them, whatever its syntax makes of them.

use std::ops::Range;

/// One line, without its line break and the white space before that.
pub struct Line<'a> {
    /// Where it begins.
    pub start: usize,
    /// What stands on it.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    /// The line that byte `at` stands on.
    pub fn at(text: &'a str, at: usize) -> Line<'a> {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = text[start..].split('\n').next().unwrap_or_default();
        Line { start, text: line.trim_end() }
    }

    /// The nearest line above byte `start`, where a line begins, that says something.
    pub fn above(text: &'a str, start: usize) -> Option<Line<'a>> {
        let mut end = start.checked_sub(1)?;
        loop {
            let line = Line::at(text, end);
            if !line.text.is_empty() {
                return Some(line);
            }
            end = line.start.checked_sub(1)?;
        }
    }

    /// The next line, if there is one.
    pub fn below(text: &'a str, line: &Line<'a>) -> Option<Line<'a>> {
        let end = text[line.start..].find('\n')?;
        Some(Line::at(text, line.start + end + 1))
    }

    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Bytes of white space before what it says.
    pub fn indent(&self) -> usize {
        self.text.len() - self.content().len()
    }

    /// What it says.
    pub fn content(&self) -> &'a str {
        // Other white space is no indentation to YAML.
        self.text.trim_start_matches([' ', '\t'])
    }

    /// From `at` to its end; all that it says where nothing follows.
    pub fn rest(&self, at: usize) -> Range<usize> {
        match at < self.end() {
            true => at..self.end(),
            false => self.start + self.indent()..self.end(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_from_any_byte() {
        let text = "a\n\n  hai \n";
        let line = Line::at(text, 6);
        assert_eq!((line.start, line.text, line.indent(), line.content()), (3, "  hai", 2, "hai"));
        assert_eq!(line.rest(7), 7..8);
        assert_eq!(line.rest(9), 5..8);
        assert_eq!(Line::above(text, line.start).unwrap().text, "a");
        assert_eq!(Line::below(text, &Line::at(text, 0)).unwrap().text, "");
        assert!(Line::above(text, 0).is_none());
        assert_eq!(Line::at(text, text.len()).text, "");
    }
}
