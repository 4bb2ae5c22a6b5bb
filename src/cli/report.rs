//! What a person reads in the terminal: problems, progress, the closing line.

use super::{ColorChoice, Global};
use crate::diag::{Diagnostic, Severity, Sources, UiLang, draw};
use std::io::{IsTerminal, Write};

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
        Console { lang: global.ui_lang(), quiet: global.quiet, color, width }
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

/// Columns of the terminal, as far as is known.
fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100).clamp(60, 160)
}
