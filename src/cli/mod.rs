//! The command line: one file per command, and the only place that prints.

mod build;
mod changes;
mod check;
mod completions;
mod explain;
mod files;
mod git;
mod lacking;
mod man;
mod manner;
mod misuse;
mod new;
mod progress;
mod rename;
mod report;
mod root;
mod schema;
mod search;
mod serve;
mod translate;
mod vietnamese;
mod welcome;

use crate::diag::UiLang;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use manner::{ColorChoice, UiChoice, ui_lang, written};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use vietnamese::{GLOBAL_OPTIONS, Vietnamese};

/// Turns Markdown talks, guidelines and directive summaries into a bilingual handbook that
/// works from the web, a school's network and a USB stick alike.
#[derive(Parser, Debug)]
#[command(
    name = "sotay",
    bin_name = "sotay",
    version,
    max_term_width = 100,
    arg_required_else_help = false,
    after_help = "Examples:
  sotay new so-tay         make a small handbook to begin with
  sotay serve --open       preview the handbook that this folder belongs to
  sotay build              make its site
  sotay explain S301       what a message means, and how to mend it
  sotay build --help       explain one command, with examples
  sotay --ui-lang vi       the same in Vietnamese

Exit status: 0 fine, 1 problems in content, 2 wrong usage, 3 could not read or write."
)]
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
    #[arg(long, global = true, help_heading = GLOBAL_OPTIONS, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    root: Option<PathBuf>,
    /// Language of messages [default: the system's]
    #[arg(long, global = true, help_heading = GLOBAL_OPTIONS, value_name = "LANG")]
    ui_lang: Option<UiChoice>,
    /// When to colour messages
    #[arg(long, global = true, help_heading = GLOBAL_OPTIONS, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Print problems only
    #[arg(long, global = true, help_heading = GLOBAL_OPTIONS)]
    quiet: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Build the whole site
    Build(build::Arguments),
    /// Preview in the browser while writing
    Serve(serve::Arguments),
    /// Find what is wrong before publishing
    Check(check::Arguments),
    /// Search the handbook as its readers do
    Search(search::Arguments),
    /// Make a handbook to begin with, or a page
    New(new::Arguments),
    /// Give a page or a section another address
    Rename(rename::Arguments),
    /// Keep translations true to their sources
    Translate(translate::Arguments),
    /// Explain a problem's code: what it means, how it comes about, how to mend it
    Explain(explain::Arguments),
    /// Print a script that lets your shell complete commands and options
    Completions(completions::Arguments),
    /// Print the manual page, or write one for every command
    Man(man::Arguments),
    /// Write JSON Schemas, with which editors complete and check what you write
    Schema(schema::Arguments),
}

/// The same in Vietnamese.
const VI: Vietnamese = Vietnamese {
    about: "Biến bài giảng, hướng dẫn và bản tóm tắt văn bản chỉ đạo viết bằng Markdown thành một \
            cuốn sổ tay song ngữ, đọc được trên mạng, trong mạng nội bộ của trường và từ USB.",
    arguments: &[
        ("root", "Thư mục của sổ tay [mặc định: thư mục có site.toml, ở đây hoặc bên trên]"),
        ("ui_lang", "Ngôn ngữ của thông báo [mặc định: của hệ thống]"),
        ("color", "Khi nào tô màu thông báo"),
        ("quiet", "Chỉ in ra lỗi và cảnh báo"),
    ],
    after_help: "Ví dụ:
  sotay new so-tay         tạo một cuốn sổ tay nhỏ để bắt đầu
  sotay serve --open       xem trước cuốn sổ tay chứa thư mục hiện tại
  sotay build              dựng cuốn sổ tay đó
  sotay explain S301       một thông báo nghĩa là gì, sửa thế nào
  sotay build --help       giải thích một lệnh, có ví dụ
  sotay --ui-lang en       xem bằng tiếng Anh

Mã thoát: 0 ổn, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[
        ("build", &build::VI),
        ("serve", &serve::VI),
        ("check", &check::VI),
        ("search", &search::VI),
        ("new", &new::VI),
        ("rename", &rename::VI),
        ("translate", &translate::VI),
        ("explain", &explain::VI),
        ("completions", &completions::VI),
        ("man", &man::VI),
        ("schema", &schema::VI),
    ],
};

impl Command {
    /// Whether it works on a handbook that is already there.
    fn needs_handbook(&self) -> bool {
        match self {
            Command::New(arguments) => arguments.needs_handbook(),
            Command::Explain(_) | Command::Completions(_) | Command::Man(_) => false,
            _ => true,
        }
    }
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
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Help and wrong usage have to be worded before the arguments are understood.
    let lang = ui_lang(written(&arguments, "--ui-lang"));
    let color = written(&arguments, "--color").unwrap_or(ColorChoice::Auto);
    let mut sotay = command(lang).color(color.into());
    let parsed = sotay.try_get_matches_from_mut(arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    let Arguments { global, command } = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return not_run(error, &sotay, lang),
    };
    let console = report::Console::new(&global);
    if command.needs_handbook()
        && let Err(status) = root::check(&global, &console)
    {
        return ExitCode::from(status as u8);
    }
    let status = match command {
        Command::Build(arguments) => build::run(&global, &arguments, &console),
        Command::Serve(arguments) => serve::run(&global, &arguments, &console),
        Command::Explain(arguments) => explain::run(&arguments, &console),
        Command::Completions(arguments) => completions::run(&arguments, sotay, &console),
        Command::Man(arguments) => man::run(&arguments, sotay, &console),
        Command::Schema(arguments) => schema::run(&global, &arguments, &console),
        Command::Check(arguments) => check::run(&global, &arguments, &console),
        Command::Search(arguments) => search::run(&global, &arguments, &console),
        Command::New(arguments) => new::run(&global, &arguments, &console),
        Command::Translate(arguments) => translate::run(&global, &arguments, &console),
        Command::Rename(arguments) => rename::run(&global, &arguments, &console),
    };
    ExitCode::from(status as u8)
}

/// The table of arguments, in the language of messages.
fn command(lang: UiLang) -> clap::Command {
    match lang {
        UiLang::Vi => vietnamese::translate(Arguments::command(), &VI),
        UiLang::En => Arguments::command(),
    }
}

/// Shows help or version where it was asked for, else what is wrong with the arguments.
fn not_run(error: clap::Error, sotay: &clap::Command, lang: UiLang) -> ExitCode {
    let status = error.exit_code();
    let no_command = matches!(
        error.get(ContextKind::InvalidSubcommand),
        Some(ContextValue::String(name)) if name == "sotay"
    );
    // Nobody is left to tell when the terminal is gone.
    let _ = match lang {
        _ if error.kind() == ErrorKind::MissingSubcommand && no_command => {
            std::io::stderr().write_all(welcome::text(sotay, lang).as_bytes())
        }
        UiLang::Vi => error.apply::<misuse::InVietnamese>().print(),
        UiLang::En => error.print(),
    };
    ExitCode::from(u8::try_from(status).unwrap_or(Status::Usage as u8))
}
