//! `sotay translate status`: a table of every section, with counts and how much is current.

use super::super::Status;
use super::super::report::Console;
use super::super::vietnamese::Vietnamese;
use super::Whole;
use crate::base::Lang;
use crate::diag::UiLang;
use crate::model::{Freshness, PageId, SectionState, State};
use std::collections::BTreeMap;

/// Arguments of `sotay translate status`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay translate status              pages, and the sections that need somebody
  sotay translate status --all        every section
  sotay translate status --lang en    one language
  sotay translate status --json       for other programs

States: current, source-changed (the source says something else than when it was reviewed),
unreviewed (nobody ran `sotay translate accept` on it), missing-section, extra-section,
missing-page. Exit status: 0 fine, 1 problems in content, 2 wrong usage, 3 could not read.")]
pub struct Arguments {
    /// Only this page, like talks/phishing
    page: Option<String>,
    /// Only translations into this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Show sections that are current too
    #[arg(long)]
    all: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Xem tình trạng của từng bản dịch so với bản nguồn",
    arguments: &[
        ("page", "Chỉ trang này, như talks/phishing"),
        ("lang", "Chỉ các bản dịch sang ngôn ngữ này"),
        ("all", "Hiện cả những mục còn khớp"),
        ("json", "In thành một đối tượng JSON"),
    ],
    after_help: "Ví dụ:
  sotay translate status              các trang, và những mục cần có người xem
  sotay translate status --all        mọi mục
  sotay translate status --lang en    một ngôn ngữ
  sotay translate status --json       cho chương trình khác đọc

Tình trạng: current (còn khớp), source-changed (bản nguồn đã đổi từ khi duyệt), unreviewed (chưa ai
chạy `sotay translate accept` cho mục này), missing-section (thiếu mục), extra-section (mục thừa),
missing-page (chưa dịch cả trang). Mã thoát: 0 ổn, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc được.",
    commands: &[],
};

/// A page in a language that it is translated into, or should be.
struct Row<'a> {
    page: &'a PageId,
    lang: &'a Lang,
    freshness: Freshness,
}

/// Prints the table.
pub fn run(whole: &Whole, arguments: &Arguments, console: &Console) -> Status {
    let languages = match whole.languages(arguments.lang.as_deref(), console) {
        Ok(languages) => languages,
        Err(status) => return status,
    };
    let page = match &arguments.page {
        None => None,
        Some(page) => match whole.page(page, console) {
            Ok((pair, _)) => Some(pair),
            Err(status) => return status,
        },
    };
    let site = whole.site();
    let mut rows = Vec::new();
    for lang in languages {
        let wanted = |i: usize| page.is_none_or(|page| page == i);
        let pairs = site.pairs.iter().enumerate().filter(|(i, _)| wanted(*i));
        let of_lang = pairs.filter_map(|(i, pair)| {
            let freshness = site.freshness(i, lang)?;
            Some(Row { page: &pair.id, lang: site.lang(lang), freshness })
        });
        rows.extend(of_lang);
    }
    let text = match arguments.json {
        true => json(&rows),
        false => in_words(&rows, arguments.all, console),
    };
    console.print(&text)
}

fn counts(rows: &[Row<'_>]) -> BTreeMap<State, usize> {
    let mut counts: BTreeMap<State, usize> = State::ALL.into_iter().map(|s| (s, 0)).collect();
    for section in rows.iter().flat_map(|row| &row.freshness.sections) {
        *counts.entry(section.state).or_default() += 1;
    }
    counts
}

fn json(rows: &[Row<'_>]) -> String {
    #[derive(serde::Serialize)]
    struct Section<'a> {
        page: &'a str,
        section: &'a str,
        lang: &'a str,
        state: &'a str,
    }
    #[derive(serde::Serialize)]
    struct Record<'a> {
        sections: Vec<Section<'a>>,
        counts: BTreeMap<&'a str, usize>,
    }
    let sections = rows.iter().flat_map(|row| {
        row.freshness.sections.iter().map(|section| Section {
            page: row.page.as_str(),
            section: &section.id,
            lang: row.lang.as_str(),
            state: section.state.id(),
        })
    });
    let counts = counts(rows).into_iter().map(|(state, n)| (state.id(), n)).collect();
    let record = Record { sections: sections.collect(), counts };
    // Texts and numbers are always JSON.
    format!("{}\n", serde_json::to_string(&record).unwrap_or_default())
}

fn in_words(rows: &[Row<'_>], all: bool, console: &Console) -> String {
    let mut out = String::new();
    for of_lang in rows.chunk_by(|a, b| a.lang == b.lang) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&summary(of_lang, console));
        let width = of_lang.iter().map(|row| row.page.as_str().chars().count()).max();
        for row in of_lang {
            out.push_str(&page(row, width.unwrap_or(0), all, console));
        }
    }
    if out.is_empty() {
        out.push_str(
            console.say("Sổ tay không có bản dịch nào.\n", "The handbook has no translations.\n"),
        );
    }
    out
}

/// Cells of the bar that says how much is current.
const BAR: usize = 24;

fn summary(rows: &[Row<'_>], console: &Console) -> String {
    let counts = counts(rows);
    let count = |state: State| counts.get(&state).copied().unwrap_or_default();
    let total = counts.values().sum::<usize>() - count(State::ExtraSection);
    let current = count(State::Current);
    // Full only where all is: the last cell is not for rounding.
    let filled = (current * BAR).checked_div(total).unwrap_or(BAR);
    let percent = (current * 100).checked_div(total).unwrap_or(100);
    let bar = format!("{}{}", "█".repeat(filled), "░".repeat(BAR - filled));
    let lang = rows.first().map_or("", |row| row.lang.as_str());
    let words = match console.lang {
        UiLang::Vi => format!("{current}/{total} mục còn khớp ({percent} %)"),
        UiLang::En => format!("{current} of {total} sections current ({percent} %)"),
    };
    let mut out = format!("{lang}  {}  {words}\n", console.paint(Some("32"), &bar));
    let others: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| *state != State::Current && count(*state) > 0)
        .map(|state| format!("{}: {}", words_of(state, console), count(state)))
        .collect();
    if !others.is_empty() {
        out.push_str(&format!("    {}\n", others.join(", ")));
    }
    out.push('\n');
    out
}

fn page(row: &Row<'_>, width: usize, all: bool, console: &Console) -> String {
    let sections = &row.freshness.sections;
    let current = row.freshness.count(State::Current);
    let is_missing = sections.iter().any(|section| section.state == State::MissingPage);
    let state = match is_missing {
        true => console.paint(color(State::MissingPage), words_of(State::MissingPage, console)),
        false => format!("{current}/{}", row.freshness.of_source()),
    };
    let of_page = match (is_missing, current == sections.len()) {
        (true, _) => mark(State::MissingPage),
        (false, true) => mark(State::Current),
        (false, false) => " ",
    };
    let page = row.page;
    let mut out =
        format!("{of_page} {page}{}  {state}\n", " ".repeat(width - page.as_str().chars().count()));
    if is_missing {
        return out;
    }
    let heading = sections.iter().map(|s| name(s).chars().count()).max().unwrap_or(0).min(40);
    for section in sections.iter().filter(|s| all || s.state != State::Current) {
        let name = name(section);
        let gap = " ".repeat(heading.saturating_sub(name.chars().count()));
        let words = console.paint(color(section.state), words_of(section.state, console));
        out.push_str(&format!("    {} {name}{gap}  {words}\n", mark(section.state)));
    }
    out
}

/// A section as commands name it.
fn name(section: &SectionState) -> String {
    format!("#{}", section.id)
}

/// A mark that tells states apart without colour.
fn mark(state: State) -> &'static str {
    match state {
        State::Current => "✓",
        State::SourceChanged => "~",
        State::Unreviewed => "?",
        State::MissingSection => "✗",
        State::MissingPage => "∅",
        State::ExtraSection => "+",
    }
}

fn color(state: State) -> Option<&'static str> {
    match state {
        State::Current => Some("32"),
        State::SourceChanged | State::Unreviewed => Some("33"),
        State::MissingSection | State::MissingPage => Some("31"),
        State::ExtraSection => Some("36"),
    }
}

/// A state in words.
pub fn words_of(state: State, console: &Console) -> &'static str {
    match (state, console.lang) {
        (State::Current, UiLang::Vi) => "còn khớp",
        (State::SourceChanged, UiLang::Vi) => "bản nguồn đã đổi",
        (State::Unreviewed, UiLang::Vi) => "chưa duyệt",
        (State::MissingSection, UiLang::Vi) => "chưa dịch",
        (State::ExtraSection, UiLang::Vi) => "mục thừa",
        (State::MissingPage, UiLang::Vi) => "trang chưa dịch",
        (State::Current, UiLang::En) => "current",
        (State::SourceChanged, UiLang::En) => "source changed",
        (State::Unreviewed, UiLang::En) => "not reviewed",
        (State::MissingSection, UiLang::En) => "not translated",
        (State::ExtraSection, UiLang::En) => "not in the source",
        (State::MissingPage, UiLang::En) => "page not translated",
    }
}
