//! `sotay man`: the manual, one page for sotay and one for each command.

use super::Status;
use super::files::write_all;
use super::report::Console;
use super::vietnamese::Vietnamese;
use crate::diag::UiLang;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Arguments of `sotay man`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay man | man -l -                         read the main page now
  sotay man --out ~/.local/share/man/man1      install all pages; then: man sotay-build")]
pub struct Arguments {
    /// Write every page into this folder instead of printing the main one
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "In ra trang hướng dẫn cho lệnh `man`, của sotay và của từng lệnh con",
    arguments: &[("out", "Ghi mọi trang vào thư mục này thay vì in trang chính ra màn hình")],
    after_help: "Ví dụ:
  sotay man | man -l -                         đọc ngay trang chính
  sotay man --out ~/.local/share/man/man1      cài mọi trang; sau đó: man sotay-build",
    commands: &[],
};

/// The headings that pages have by convention, and what they are called in Vietnamese.
const HEADINGS: [(&str, &str); 4] =
    [("NAME", "TÊN"), ("SYNOPSIS", "CÚ PHÁP"), ("DESCRIPTION", "MÔ TẢ"), ("VERSION", "PHIÊN BẢN")];

/// Prints the main page of `sotay`, the whole table of arguments, or writes all pages.
pub fn run(arguments: &Arguments, sotay: Command, console: &Console) -> Status {
    let mut sotay = without_help(sotay);
    sotay.build();
    let mut pages = Vec::new();
    if let Err(error) = collect(&sotay, console.lang, &mut pages) {
        return console.cannot_write(Path::new("sotay.1"), &error);
    }
    match &arguments.out {
        Some(dir) => write_all(dir, &pages, console),
        // The main page was collected first.
        None => console.print(pages.first().map_or("", |(_, page)| page)),
    }
}

/// The page of `command` and those of the commands below it, each with its file's name.
fn collect(command: &Command, lang: UiLang, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    let man = Man::new(command.clone());
    pages.push((man.get_filename(), page(&man, command, lang)?));
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        collect(command, lang, pages)?;
    }
    Ok(())
}

/// A manual has no page for the command `help`: `man` does what it does.
fn without_help(command: Command) -> Command {
    command.mut_subcommands(|below| match below.get_name() {
        "help" => below.hide(true),
        _ => without_help(below),
    })
}

fn page(man: &Man, command: &Command, lang: UiLang) -> io::Result<String> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    // Roff's own writer leaves out an empty argument, here the date, and the others move up.
    let title = format!(".TH {name} 1 \"\" \"sotay {}\"\n", env!("CARGO_PKG_VERSION"));
    let mut page = title.into_bytes();
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.get_subcommands().any(|below| !below.is_hide_set()) {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(more) = command.get_after_help() {
        page.write_all(sections(&more.to_string(), lang).as_bytes())?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    if lang == UiLang::Vi {
        for (english, vietnamese) in HEADINGS {
            let heading = |words: &str| format!(".SH {words}\n");
            page = page.replace(&heading(english), &heading(&quoted(vietnamese)));
        }
    }
    Ok(page)
}

/// What follows the arguments: a paragraph that begins with a line like `Examples:` is a section
/// of that name, its lines kept apart; any other stands among the notes.
fn sections(after_help: &str, lang: UiLang) -> String {
    let mut roff = Roff::new();
    let (headed, notes): (Vec<&str>, Vec<&str>) =
        after_help.split("\n\n").partition(|paragraph| heading(paragraph).is_some());
    for paragraph in headed {
        let (heading, text) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        roff.control("SH", [heading.trim_end_matches(':').to_uppercase().as_str()]);
        roff.control("nf", []);
        for line in text.lines() {
            roff.text([roman(line.trim())]);
        }
        roff.control("fi", []);
    }
    if !notes.is_empty() {
        roff.control("SH", [if lang == UiLang::Vi { "GHI CHÚ" } else { "NOTES" }]);
    }
    for paragraph in notes {
        roff.control("PP", []);
        for line in paragraph.lines() {
            roff.text([roman(line)]);
            roff.control("br", []);
        }
    }
    roff.render()
}

/// The first line of a paragraph, where it is a heading.
fn heading(paragraph: &str) -> Option<&str> {
    paragraph.lines().next().filter(|line| line.ends_with(':'))
}

/// An argument of a macro, in quotes where it is more than one word.
fn quoted(words: &str) -> String {
    if words.contains(' ') { format!("\"{words}\"") } else { words.to_owned() }
}
