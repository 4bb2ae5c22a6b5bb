//! `sotay search`: what readers will find, in the terminal, from the very index that they use.

use super::lacking::{self, Lacking, instead};
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, check, root};
use crate::base::Lang;
use crate::diag::UiLang;
use crate::load;
use crate::model::Kind;
use crate::project::{EditionChoice, Project};
use crate::render::Renderer;
use crate::search::{Answer, Hit, Options, Searcher};
use clap::builder::PossibleValuesParser;
use std::io::{BufRead, Write};

/// Arguments of `sotay search`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay search \"an toan thong tin\"       without tone marks, as many people type
  sotay search '\"mật khẩu mạnh\" -email'  a phrase, and a word that must not occur
  sotay search 09/CT-TTg --lang en        what readers of English find
  sotay search --json phishing            for other programs
  sotay search --json - < queries.txt     one query a line, one object a line

Quotation marks belong to the query; put the whole of it into another pair for your shell.
Exit status: 0 fine (also where nothing is found), 1 problems in content, 2 wrong usage,
3 could not read.")]
pub struct Arguments {
    /// What to look for; - reads queries from standard input, one a line
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Search the pages of this language only
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Only pages of this kind: talk, guideline, directive or page
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::id)))]
    kind: Option<String>,
    /// Only pages for this audience of site.toml
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// At most so many pages of each language
    #[arg(long, value_name = "N", default_value_t = 10)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// Take the last word as not finished, as while typing
    #[arg(long)]
    typing: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Which edition of site.toml to search
    #[arg(long, value_name = "NAME", default_value = "public")]
    edition: String,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Tìm trong sổ tay, đúng như người đọc sẽ tìm thấy",
    arguments: &[
        ("query", "Điều cần tìm; - là đọc từ đầu vào chuẩn, mỗi dòng một câu"),
        ("json", "In thành một đối tượng JSON"),
        ("lang", "Chỉ tìm trong các trang của ngôn ngữ này"),
        ("kind", "Chỉ các trang loại này: talk, guideline, directive hoặc page"),
        ("audience", "Chỉ các trang dành cho đối tượng này, theo mã trong site.toml"),
        ("limit", "Nhiều nhất bao nhiêu trang cho mỗi ngôn ngữ"),
        ("typing", "Coi từ cuối là chưa gõ xong, như khi đang gõ"),
        ("drafts", "Gồm cả bản nháp"),
        ("edition", "Ấn bản cần tìm, theo tên trong site.toml"),
    ],
    after_help: "Ví dụ:
  sotay search \"an toan thong tin\"       không dấu, như nhiều người vẫn gõ
  sotay search '\"mật khẩu mạnh\" -email'  một cụm từ, và một từ không được có
  sotay search 09/CT-TTg --lang en        người đọc tiếng Anh tìm thấy gì
  sotay search --json phishing            cho chương trình khác đọc
  sotay search --json - < queries.txt     mỗi dòng một câu, mỗi dòng một đối tượng

Dấu ngoặc kép là một phần của câu tìm; hãy đặt cả câu trong một cặp dấu khác cho trình dòng lệnh.
Mã thoát: 0 ổn (kể cả khi không tìm thấy gì), 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc được.",
    commands: &[],
};

/// Searches the handbook and shows what is found.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let (snapshot, problems) = load::load(&root::folder(global));
    let choice = EditionChoice { name: arguments.edition.clone(), drafts: arguments.drafts };
    let project = Project::new(snapshot, problems, &choice, None);
    let Some(renderer) = &project.renderer else {
        console.problems(&project.diagnostics, &project.snapshot);
        return check::status(&project.diagnostics, false);
    };
    let languages = match languages(renderer, arguments, console.lang) {
        Ok(languages) => languages,
        Err(message) => {
            console.refuse(&message.what, &message.help);
            return Status::Usage;
        }
    };
    let indexes = languages.iter().map(|lang| renderer.search_index(*lang));
    let searchers: Vec<(&Lang, Searcher<'_>)> =
        indexes.filter_map(|index| Some((&index.lang, Searcher::new(index)?))).collect();
    for query in queries(&arguments.query) {
        let found =
            searchers.iter().map(|(lang, searcher)| (*lang, ask(searcher, &query, arguments)));
        let found: Vec<(&Lang, Answer)> = found.collect();
        let shown = match arguments.json {
            true => record(&query, &found),
            false => in_words(&query, &found, console.lang),
        };
        // A reader may stop reading.
        if writeln!(std::io::stdout(), "{shown}").is_err() {
            break;
        }
    }
    Status::Fine
}

/// Positions of the languages to search, unless the handbook lacks the language or the audience
/// that is asked for.
fn languages(
    renderer: &Renderer,
    arguments: &Arguments,
    ui: UiLang,
) -> Result<Vec<usize>, Lacking> {
    let config = &renderer.site().config;
    let audiences: Vec<&str> = config.audiences.iter().map(|(id, _)| id.as_str()).collect();
    if let Some(audience) = arguments.audience.as_deref().filter(|a| !audiences.contains(a)) {
        let what = match ui {
            UiLang::Vi => format!("sổ tay không có đối tượng `{audience}`"),
            UiLang::En => format!("the handbook has no audience `{audience}`"),
        };
        return Err(Lacking { what, help: instead(audience, &audiences, ui) });
    }
    lacking::languages(config, arguments.lang.as_deref(), ui)
}

/// The query, or the lines of standard input.
fn queries(query: &str) -> Box<dyn Iterator<Item = String> + '_> {
    match query {
        // What is not UTF-8 or cannot be read ends the list.
        "-" => Box::new(std::io::stdin().lock().lines().map_while(Result::ok)),
        query => Box::new(std::iter::once(query.to_owned())),
    }
}

fn ask(searcher: &Searcher<'_>, query: &str, arguments: &Arguments) -> Answer {
    let Arguments { typing, kind, audience, limit, .. } = arguments;
    let (kind, audience) = (kind.as_deref(), audience.as_deref());
    searcher.search(query, Options { typing: *typing, kind, audience }, usize::from(*limit))
}

/// A query and what was found, as FORMATS.md says.
#[derive(serde::Serialize)]
struct Record<'a> {
    query: &'a str,
    results: Vec<Found<'a>>,
}

#[derive(serde::Serialize)]
struct Found<'a> {
    url: String,
    title: &'a str,
    section: &'a str,
    score: f64,
    lang: &'a str,
}

fn record(query: &str, found: &[(&Lang, Answer)]) -> String {
    let results: Vec<Found<'_>> = found
        .iter()
        .flat_map(|(lang, answer)| answer.hits.iter().map(move |hit| (*lang, hit)))
        .map(|(lang, hit)| Found {
            url: url(lang, hit),
            title: &hit.title,
            section: hit.sections.first().map_or("", |section| &section.heading),
            score: hit.score,
            lang: lang.as_str(),
        })
        .collect();
    // Texts and numbers are always JSON.
    serde_json::to_string(&Record { query, results }).unwrap_or_default()
}

/// Where the best section of a page stands in the output.
fn url(lang: &Lang, hit: &Hit) -> String {
    let id = hit.sections.first().map_or("", |section| &section.id);
    let hash = if id.is_empty() { "" } else { "#" };
    format!("{lang}/{}.html{hash}{id}", hit.address)
}

fn in_words(query: &str, found: &[(&Lang, Answer)], lang: UiLang) -> String {
    let mut out = String::new();
    let mut number = 0;
    for (of, answer) in found.iter().filter(|(_, answer)| !answer.hits.is_empty()) {
        if found.len() > 1 {
            out.push_str(&format!("[{of}]\n"));
        }
        for hit in &answer.hits {
            number += 1;
            let section = hit.sections.first();
            let heading = section.map_or("", |section| &section.heading);
            let dot = if heading.is_empty() { "" } else { " · " };
            out.push_str(&format!("{number}. {}{dot}{heading}\n   {}\n", hit.title, url(of, hit)));
            let passage = section.map_or("", |section| &section.passage);
            if !passage.is_empty() {
                out.push_str(&format!("   {passage}\n"));
            }
            out.push('\n');
        }
    }
    let unknown = in_no_language(found);
    if !unknown.is_empty() {
        let words = unknown.join(", ");
        out.push_str(&match lang {
            UiLang::Vi => format!("Không trang nào có: {words}\n"),
            UiLang::En => format!("No page has: {words}\n"),
        });
    }
    if number == 0 {
        out.push_str(&match lang {
            UiLang::Vi => format!("Không tìm thấy gì cho: {query}\n"),
            UiLang::En => format!("Nothing found for: {query}\n"),
        });
    }
    out.truncate(out.trim_end().len());
    out
}

/// Words that no language has.
fn in_no_language<'a>(found: &'a [(&Lang, Answer)]) -> Vec<&'a str> {
    let Some(((_, first), others)) = found.split_first() else { return Vec::new() };
    let everywhere =
        |word: &&String| others.iter().all(|(_, answer)| answer.unknown.contains(word));
    first.unknown.iter().filter(everywhere).map(String::as_str).collect()
}
