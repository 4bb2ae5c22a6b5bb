//! What a person reads in the terminal: problems, progress, the closing line.

use super::{ColorChoice, Global};
use crate::diag::{Diagnostic, Severity, Sources, UiLang, draw};
use std::io::{IsTerminal, Write};
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
            lang: global.ui_lang(),
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

    /// Columns of the terminal.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Prints what was asked for.
    pub fn print(&self, text: &str) {
        // Whoever reads may have seen enough (`sotay explain | head`).
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
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
        if let Some(first) = diagnostics.first() {
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
