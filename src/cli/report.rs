//! What a person reads in the terminal: problems, progress, the closing line.

use super::manner::{ColorChoice, ui_lang};
use super::{Global, Status};
use crate::diag::{Diagnostic, Severity, Sources, UiLang, draw, io_problem};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use terminal_size::{Width, terminal_size_of};

/// The terminal as the user wants it used.
pub struct Console {
    /// Language of messages.
    pub lang: UiLang,
    /// Whether only problems are wanted.
    pub quiet: bool,
    /// Whether problems and progress are coloured, which stand on the error output.
    color: bool,
    /// Whether what was asked for is coloured.
    color_output: bool,
    width: usize,
}

impl Console {
    /// The console that `global` asks for.
    pub fn new(global: &Global) -> Console {
        Console {
            lang: ui_lang(global.ui_lang),
            quiet: global.quiet,
            color: wants_color(global.color, std::io::stderr().is_terminal()),
            color_output: wants_color(global.color, std::io::stdout().is_terminal()),
            width: terminal_width(),
        }
    }

    /// Whether what was asked for, such as an explanation, is coloured.
    pub fn colors_output(&self) -> bool {
        self.color_output
    }

    /// What was asked for, in a colour (an SGR code) where colours are wanted.
    pub fn paint(&self, color: Option<&str>, text: &str) -> String {
        match color.filter(|_| self.color_output) {
            Some(color) => format!("\x1b[{color}m{text}\x1b[0m"),
            None => text.to_owned(),
        }
    }

    /// Columns of the terminal.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether somebody watches, so that a progress bar is of use.
    pub fn is_watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Picks the text in the console's language.
    pub fn say<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            UiLang::Vi => vi,
            UiLang::En => en,
        }
    }

    /// Prints every diagnostic with its source line, then how many there are.
    pub fn problems(&self, diagnostics: &[Diagnostic], sources: &dyn Sources) {
        let mut err = std::io::stderr().lock();
        // Narrower, an excerpt would show nothing of its line.
        let width = self.width.clamp(60, 160);
        for diagnostic in diagnostics {
            let text = draw::draw(diagnostic, sources, self.lang, self.color, width);
            // Nobody is left to tell when the terminal is gone.
            let _ = writeln!(err, "{text}\n");
        }
        let error = diagnostics.iter().find(|d| d.severity() == Severity::Error);
        if let Some(first) = error.or(diagnostics.first()) {
            let _ = writeln!(err, "{}", self.counts(diagnostics));
            if !self.quiet {
                let _ = writeln!(err, "{}", self.where_more_is_told(first));
            }
        }
    }

    fn where_more_is_told(&self, first: &Diagnostic) -> String {
        let code = first.code.id();
        match self.lang {
            UiLang::Vi => format!("Muốn hiểu kỹ hơn về một mã, chạy `sotay explain {code}`."),
            UiLang::En => format!("To read more about a code, run `sotay explain {code}`."),
        }
    }

    /// Says why a command does not even begin, and what to do.
    pub fn refuse(&self, what: &str, help: &str) {
        let bold = |code: &str, text: &str| match self.color {
            true => format!("\x1b[1;{code}m{text}:\x1b[0m"),
            false => format!("{text}:"),
        };
        let error = bold("31", self.say("lỗi", "error"));
        let advice = bold("32", self.say("gợi ý", "help"));
        let _ = writeln!(io::stderr(), "{error} {what}\n\n  {advice} {help}");
    }

    /// Says in one sentence why a command stops.
    pub fn error(&self, sentence: &str) {
        let word = self.say("lỗi", "error");
        let _ = match self.color {
            true => writeln!(io::stderr(), "\x1b[1;31m{word}:\x1b[0m {sentence}"),
            false => writeln!(io::stderr(), "{word}: {sentence}"),
        };
    }

    /// Says that `path` could not be written, and why.
    pub fn cannot_write(&self, path: &Path, error: &io::Error) -> Status {
        let (vi, en) = io_problem(error);
        let path = path.display();
        let vi = format!("không ghi được `{path}`: {vi}");
        self.refuse(
            self.say(&vi, &format!("cannot write `{path}`: {en}")),
            self.say(
                "kiểm tra đường dẫn, dung lượng đĩa và quyền ghi",
                "check the path, free space and permissions",
            ),
        );
        Status::Io
    }

    /// Prints what was asked for.
    pub fn print(&self, text: &str) -> Status {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => Status::Fine,
            // Whoever asked has read enough, as `head` has.
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Status::Fine,
            Err(_) => Status::Io,
        }
    }

    fn counts(&self, diagnostics: &[Diagnostic]) -> String {
        let count = |s: Severity| diagnostics.iter().filter(|d| d.severity() == s).count();
        let [errors, warnings, notes] =
            [Severity::Error, Severity::Warning, Severity::Note].map(count);
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        let mut counts = match self.lang {
            UiLang::Vi => format!("{errors} lỗi, {warnings} cảnh báo"),
            UiLang::En => {
                format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
            }
        };
        if notes > 0 {
            counts.push_str(&match self.lang {
                UiLang::Vi => format!(", {notes} lưu ý"),
                UiLang::En => format!(", {notes} note{}", plural(notes)),
            });
        }
        counts
    }
}

/// `NO_COLOR` (no-color.org) is honoured.
fn wants_color(choice: ColorChoice, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}

/// Columns of the terminal, as far as is known.
fn terminal_width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let seen =
        || terminal_size_of(std::io::stdout()).or_else(|| terminal_size_of(std::io::stderr()));
    let columns = asked.or_else(|| seen().map(|(Width(columns), _)| columns.into()));
    columns.unwrap_or(100)
}
