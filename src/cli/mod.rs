//! The command line: one file per command, and the only place that prints.

mod build;
mod check;
mod progress;
mod report;

use crate::diag::UiLang;
use clap::{Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Turns Markdown talks, guidelines and directive summaries into a bilingual handbook that
/// works from the web, a school's network and a USB stick alike.
#[derive(Parser, Debug)]
#[command(name = "sotay", version, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(clap::Args, Debug)]
struct Global {
    /// The handbook's folder [default: the one with site.toml, here or above]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Language of messages [default: the system's]
    #[arg(long, global = true, value_name = "LANG")]
    ui_lang: Option<UiChoice>,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Print problems only
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum UiChoice {
    Vi,
    En,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Build the whole site
    Build(build::Arguments),
    /// Find what is wrong before publishing
    Check(check::Arguments),
}

/// What a command came to; FORMATS of exit statuses are the same for all commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Status {
    /// Fine, warnings too unless `--strict`.
    Fine = 0,
    /// Problems in content.
    Problems = 1,
    /// Wrong usage that only the project can tell, such as an edition that it does not have.
    Usage = 2,
    /// Could not read or write.
    Io = 3,
}

/// Runs the command that `arguments` name, and gives its exit status: 0 fine, 1 problems in
/// content, 2 wrong usage, 3 could not read or write.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Wrong usage ends here with status 2, and `--help` with 0.
    let Arguments { global, command } = Arguments::parse_from(arguments);
    let console = report::Console::new(&global);
    let status = match command {
        Command::Build(arguments) => build::run(&global, &arguments, &console),
        Command::Check(arguments) => check::run(&global, &arguments, &console),
    };
    ExitCode::from(status as u8)
}

impl Global {
    /// The language of messages: as asked, else the system's, else English.
    fn ui_lang(&self) -> UiLang {
        match self.ui_lang {
            Some(UiChoice::Vi) => UiLang::Vi,
            Some(UiChoice::En) => UiLang::En,
            None => match sys_locale::get_locale() {
                Some(locale) if locale.to_ascii_lowercase().starts_with("vi") => UiLang::Vi,
                _ => UiLang::En,
            },
        }
    }
}
