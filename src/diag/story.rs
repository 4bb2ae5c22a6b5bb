//! The longer story of a code: what it means, how it comes about, how to mend it, and an example.
//!
//! A story is a file of `stories/`, written once and read here, so that it can be told on a
//! terminal and in the documentation. Its parts stand in this order:
//!
//! ````markdown
//! ## vi
//! Paragraphs in Vietnamese, with `code` in backticks and no other markup.
//! ## en
//! The same in English.
//! ## bad
//! ```content/talks/phishing.vi.md
//! A file that raises the code, and further ones if it takes more.
//! ```
//! ```command
//! sotay build --edition trainer
//! ```
//! ## good
//! The same, mended.
//! ````
//!
//! A `command` is shown and run where it is not `sotay build`. A code that no text can show has
//! `## no example` and the reason in place of the last two parts.

use super::UiLang;
use std::fmt;

/// What there is to tell about a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story<'a> {
    vi: Vec<String>,
    en: Vec<String>,
    /// What it looks like.
    pub examples: Examples<'a>,
}

/// What a mistake looks like, and what it looks like mended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Examples<'a> {
    /// Two handbooks, as far as they matter.
    Shown {
        /// With the mistake.
        bad: Example<'a>,
        /// Without it.
        good: Example<'a>,
    },
    /// No text can show it.
    None {
        /// Why not, for those who keep the stories.
        why: String,
    },
}

/// A part of a handbook, and the command that is run on it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Example<'a> {
    /// The command, where it is not `sotay build`.
    pub command: Option<&'a str>,
    /// Its files, in the order in which they are told.
    pub files: Vec<File<'a>>,
}

/// A file of an example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File<'a> {
    /// Its path in the handbook.
    pub path: &'a str,
    /// Everything in it.
    pub text: &'a str,
}

/// Why a text is no story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The line, from 1, after which it is none.
    pub line: usize,
    /// What was expected.
    pub expected: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: expected {}", self.line, self.expected)
    }
}

impl std::error::Error for Malformed {}

impl<'a> Story<'a> {
    /// Reads a file of `stories/`.
    ///
    /// # Errors
    ///
    /// When a part is missing, empty or in another place.
    pub fn parse(text: &'a str) -> Result<Story<'a>, Malformed> {
        let mut reader = Reader { text, at: 0, line: 0 };
        reader.heading("## vi", "`## vi`")?;
        let vi = reader.paragraphs()?;
        reader.heading("## en", "`## en`")?;
        let en = reader.paragraphs()?;
        let examples = if reader.next_line() == Some("## no example") {
            reader.heading("## no example", "`## no example`")?;
            Examples::None { why: reader.paragraphs()?.join(" ") }
        } else {
            reader.heading("## bad", "`## bad` or `## no example`")?;
            let bad = reader.example()?;
            reader.heading("## good", "`## good`")?;
            Examples::Shown { bad, good: reader.example()? }
        };
        match reader.next_line() {
            None => Ok(Story { vi, en, examples }),
            Some(_) => Err(reader.expected("nothing more")),
        }
    }

    /// What it means, how it comes about and how to mend it, paragraph by paragraph.
    pub fn paragraphs(&self, lang: UiLang) -> &[String] {
        match lang {
            UiLang::Vi => &self.vi,
            UiLang::En => &self.en,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The byte that is read next.
    at: usize,
    /// Lines read so far.
    line: usize,
}

impl<'a> Reader<'a> {
    fn take_line(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let line = rest.split_inclusive('\n').next()?;
        self.at += line.len();
        self.line += 1;
        Some(line.trim_end())
    }

    /// The next line that is not empty, without taking it.
    fn next_line(&self) -> Option<&'a str> {
        self.text[self.at..].lines().map(str::trim_end).find(|line| !line.is_empty())
    }

    fn skip_empty_lines(&mut self) {
        while self.text[self.at..].lines().next().is_some_and(|line| line.trim().is_empty()) {
            self.take_line();
        }
    }

    fn heading(&mut self, heading: &str, expected: &'static str) -> Result<(), Malformed> {
        self.skip_empty_lines();
        if self.next_line() != Some(heading) {
            return Err(self.expected(expected));
        }
        self.take_line();
        Ok(())
    }

    /// The paragraphs up to the next heading, each in one line.
    fn paragraphs(&mut self) -> Result<Vec<String>, Malformed> {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut goes_on = false;
        while self.text[self.at..].lines().next().is_some_and(|line| !line.starts_with('#')) {
            let line = self.take_line().unwrap_or_default();
            match paragraphs.last_mut().filter(|_| goes_on) {
                _ if line.is_empty() => {}
                Some(paragraph) => *paragraph = format!("{paragraph} {line}"),
                None => paragraphs.push(line.to_owned()),
            }
            goes_on = !line.is_empty();
        }
        if paragraphs.is_empty() { Err(self.expected("a paragraph")) } else { Ok(paragraphs) }
    }

    /// The fenced blocks up to the next heading.
    fn example(&mut self) -> Result<Example<'a>, Malformed> {
        let mut example = Example::default();
        self.skip_empty_lines();
        while self.next_line().is_some_and(|line| !line.starts_with('#')) {
            let (name, text) = self.fence()?;
            match name {
                "command" => example.command = Some(text.trim_end()),
                path => example.files.push(File { path, text }),
            }
            self.skip_empty_lines();
        }
        let shows_something = example.command.is_some() || !example.files.is_empty();
        if shows_something { Ok(example) } else { Err(self.expected("a fenced block")) }
    }

    /// A fenced block: what stands after its opening fence, and its lines.
    fn fence(&mut self) -> Result<(&'a str, &'a str), Malformed> {
        let opening = self.next_line().unwrap_or_default();
        let name = opening.trim_start_matches('`');
        let fence = &opening[..opening.len() - name.len()];
        if fence.len() < 3 || name.is_empty() {
            return Err(self.expected("a fence with the name of a file"));
        }
        self.take_line();
        let start = self.at;
        loop {
            let end = self.at;
            match self.take_line() {
                Some(line) if line == fence => return Ok((name, &self.text[start..end])),
                Some(_) => {}
                None => return Err(self.expected("the end of the fenced block")),
            }
        }
    }

    fn expected(&self, expected: &'static str) -> Malformed {
        Malformed { line: self.line, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    const WHOLE: &str = "## vi\nMột câu\ndài.\n\nHai câu.\n\n## en\nOne.\n\n\
                         ## bad\n```content/a.vi.md\n---\n\n---\n```\n```command\nsotay build --x\n\
                         ```\n## good\n````b.md\n```\n````\n";

    #[test]
    fn reads_paragraphs_files_and_commands() {
        let story = Story::parse(WHOLE).unwrap();
        assert_eq!(story.paragraphs(UiLang::Vi), ["Một câu dài.", "Hai câu."]);
        assert_eq!(story.paragraphs(UiLang::En), ["One."]);
        let bad = Example {
            command: Some("sotay build --x"),
            files: vec![File { path: "content/a.vi.md", text: "---\n\n---\n" }],
        };
        let good = Example { command: None, files: vec![File { path: "b.md", text: "```\n" }] };
        assert_eq!(story.examples, Examples::Shown { bad, good });
    }

    #[test]
    fn a_story_without_an_example_says_why() {
        let story = Story::parse("## vi\nA.\n## en\nB.\n## no example\nA full\ndisk.\n").unwrap();
        assert_eq!(story.examples, Examples::None { why: "A full disk.".to_owned() });
    }

    #[test]
    fn an_empty_file_is_a_file() {
        let story =
            Story::parse("## vi\nA.\n## en\nB.\n## bad\n```a.md\n```\n## good\n```b.md\n```");
        let Examples::Shown { bad, .. } = story.unwrap().examples else { panic!("no examples") };
        assert_eq!(bad.files, [File { path: "a.md", text: "" }]);
    }

    #[test]
    fn says_where_a_text_is_no_story() {
        let cases = [
            ("", 0, "`## vi`"),
            ("## vi\n\n## en\n", 2, "a paragraph"),
            ("## vi\nA.\n## bad\n", 2, "`## en`"),
            ("## vi\nA.\n## en\nB.\n", 4, "`## bad` or `## no example`"),
            ("## vi\nA.\n## en\nB.\n## bad\n## good\n", 5, "a fenced block"),
            ("## vi\nA.\n## en\nB.\n## bad\ntext\n", 5, "a fence with the name of a file"),
            ("## vi\nA.\n## en\nB.\n## bad\n```\n```\n", 5, "a fence with the name of a file"),
            ("## vi\nA.\n## en\nB.\n## bad\n```a.md\nx\n", 7, "the end of the fenced block"),
            ("## vi\nA.\n## en\nB.\n## no example\nC.\n## good\n", 6, "nothing more"),
        ];
        for (text, line, expected) in cases {
            assert_eq!(Story::parse(text), Err(Malformed { line, expected }), "{text:?}");
        }
    }

    #[test]
    fn every_story_can_be_read() {
        for code in Code::ALL {
            code.story();
        }
    }

    #[test]
    fn every_file_is_the_story_of_a_code() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diag/stories");
        let files: BTreeSet<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string()).collect();
        let codes = Code::ALL.iter().map(|code| Ok(format!("{}.md", code.id()))).collect();
        assert_eq!(files, codes);
    }
}
