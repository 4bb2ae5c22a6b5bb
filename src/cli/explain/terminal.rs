//! Codes and their stories on a terminal: wrapped to its width, and lightly coloured.

use super::{empty_file, labels, word};
use crate::cli::report::Console;
use crate::diag::story::{Example, Examples};
use crate::diag::{Code, Group, Severity, UiLang, outline};

/// Wider lines are hard to read.
const WIDEST: usize = 100;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const GREEN: &str = "\x1b[1;32m";
const CYAN: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// How a terminal wants to be written to.
pub struct Terminal {
    lang: UiLang,
    color: bool,
    width: usize,
}

impl Terminal {
    /// The terminal behind `console`.
    pub fn new(console: &Console) -> Terminal {
        Terminal {
            lang: console.lang,
            color: console.colors_output(),
            width: console.width().min(WIDEST),
        }
    }

    /// Every code with its sentence, by what they are about.
    pub fn list(&self) -> String {
        let mut out = String::new();
        for group in Group::ALL {
            out.push_str(&self.styled(BOLD, group.title(self.lang)));
            out.push('\n');
            for code in group.codes() {
                let id = self.styled(severity_style(code), code.id());
                let sentence = outline(code, self.lang);
                out.push_str(&format!("  {id}  {}\n", self.wrapped(&sentence, 8)));
            }
            out.push('\n');
        }
        out.push_str(match self.lang {
            UiLang::Vi => "Chạy `sotay explain S301` để đọc về một mã.\n",
            UiLang::En => "Run `sotay explain S301` to read about a code.\n",
        });
        out
    }

    /// The story of `code`.
    pub fn story(&self, code: Code) -> String {
        let head = format!("{}[{}]", word(code.severity(), self.lang), code.id());
        let indent = head.chars().count() + 2;
        let sentence = self.wrapped(&outline(code, self.lang), indent);
        let mut out = format!("{}: {sentence}\n", self.styled(severity_style(code), &head));
        let story = code.story();
        for paragraph in story.paragraphs(self.lang) {
            out.push_str(&format!("\n{}\n", self.wrapped(paragraph, 0)));
        }
        if let Examples::Shown { bad, good } = &story.examples {
            let [wrong, right] = labels(self.lang);
            out.push_str(&format!("\n{}\n", self.styled(RED, wrong)));
            self.example(bad, &mut out);
            out.push_str(&format!("\n{}\n", self.styled(GREEN, right)));
            self.example(good, &mut out);
        }
        out
    }

    fn example(&self, example: &Example<'_>, out: &mut String) {
        for file in &example.files {
            out.push_str(&format!("  {}", self.styled(BOLD, file.path)));
            if file.text.is_empty() {
                out.push_str(&format!(" {}", empty_file(self.lang)));
            }
            out.push('\n');
            for line in file.text.lines() {
                let line = format!("  {} {line}", self.styled(CYAN, "│"));
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
        if let Some(command) = example.command {
            out.push_str(&format!("  $ {}\n", self.styled(BOLD, command)));
        }
    }

    /// `text` broken into lines, all but the first indented; what stands in backticks stands out.
    fn wrapped(&self, text: &str, indent: usize) -> String {
        let mut lines = wrap(text, self.width.saturating_sub(indent).max(20));
        if self.color {
            lines.iter_mut().for_each(|line| *line = highlight(line));
        }
        lines.join(&format!("\n{}", " ".repeat(indent)))
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.color { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }
}

fn severity_style(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => "",
    }
}

/// Lines of at most `width` letters, broken at spaces, but not at those between backticks; what is
/// longer has a line of its own. All letters are one column wide here: the stories are Vietnamese
/// and English, in NFC.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut column = 0;
    for word in words(text) {
        let letters = word.chars().count();
        match lines.last_mut().filter(|_| column + 1 + letters <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
                column += 1 + letters;
            }
            None => {
                lines.push(word.to_owned());
                column = letters;
            }
        }
    }
    lines
}

/// What stands between the spaces outside backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.split(move |c| {
        in_code ^= c == '`';
        c == ' ' && !in_code
    })
}

/// Colours what stands in backticks.
fn highlight(line: &str) -> String {
    let mut out = String::new();
    for (i, part) in line.split('`').enumerate() {
        match i % 2 {
            0 => out.push_str(part),
            _ => out.push_str(&format!("{CYAN}`{part}`{PLAIN}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_letters_are_counted_not_bytes() {
        assert_eq!(wrap("đường dẫn tệp", 9), ["đường dẫn", "tệp"]);
        assert_eq!(
            wrap("một https://example.edu.vn hai", 6),
            ["một", "https://example.edu.vn", "hai"]
        );
        assert_eq!(wrap("", 9), [""]);
    }

    #[test]
    fn a_story_fits_a_narrow_terminal_in_colour_or_without() {
        let terminal = |color| Terminal { lang: UiLang::Vi, color, width: 40 };
        let plain = terminal(false).story(Code::UnknownKey);
        let prose = plain.split("\nChưa đúng\n").next().unwrap();
        assert!(prose.lines().count() > 20, "{plain}");
        assert!(prose.lines().all(|line| line.chars().count() <= 40), "{plain}");
        let colored = terminal(true).story(Code::UnknownKey);
        assert!(colored.starts_with("\x1b[1;31mlỗi[S103]\x1b[0m: không có khóa"), "{colored}");
        let mut without = colored;
        for style in [BOLD, RED, YELLOW, GREEN, CYAN, PLAIN] {
            without = without.replace(style, "");
        }
        assert_eq!(without, plain);
    }

    #[test]
    fn code_is_coloured_and_not_broken() {
        assert_eq!(wrap("sau ` #` là", 5), ["sau", "` #`", "là"]);
        assert_eq!(highlight("a `b c` d"), "a \x1b[36m`b c`\x1b[0m d");
    }
}
