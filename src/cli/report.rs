//! What a person reads in the terminal: problems, progress, the closing line.

use super::manner::{ColorChoice, ui_lang};
use super::{Global, Status};
use crate::diag::{Diagnostic, Severity, Sources, UiLang, draw, io_problem};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// The terminal as the user wants it used.
pub struct Console {
    /// Language of messages.
    pub lang: UiLang,
    /// Whether only problems are wanted.
    pub quiet: bool,
    color: bool,
    width: usize,
}

impl Console {
    /// The console that `global` asks for. `NO_COLOR` (no-color.org) is honoured.
    pub fn new(global: &Global) -> Console {
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stderr().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        };
        let width = terminal_width();
        Console { lang: ui_lang(global.ui_lang), quiet: global.quiet, color, width }
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
        for diagnostic in diagnostics {
            let text = draw::draw(diagnostic, sources, self.lang, self.color, self.width);
            // Nobody is left to tell when the terminal is gone.
            let _ = writeln!(err, "{text}\n");
        }
        if !diagnostics.is_empty() {
            let _ = writeln!(err, "{}", self.counts(diagnostics));
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
        let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        let warnings = diagnostics.len() - errors;
        match self.lang {
            UiLang::Vi => format!("{errors} lỗi, {warnings} cảnh báo"),
            UiLang::En => {
                let plural = |n: usize| if n == 1 { "" } else { "s" };
                format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
            }
        }
    }
}

/// Columns of the terminal, as far as is known.
fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100).clamp(60, 160)
}
