//! `sotay check`: what is wrong with a handbook before it is published. Writes nothing.

mod advice;
mod ask;
mod web;

use super::progress::Bar;
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, root};
use crate::check::{self, Checked, external, summary};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::load;
use crate::project::{EditionChoice, Project};
use ask::Manners;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::Write;
use std::time::{Duration, Instant};
use web::Web;

/// Arguments of `sotay check`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay check                       everything that can be known without a network
  sotay check --strict              fail on warnings too, as before publishing
  sotay check --external            also ask other sites whether links to them still work
  sotay check --drafts              with drafts, while they are being written
  sotay check --json > found.json   one problem a line, for other programs

Nothing is written, and without --external no connection is made.
Exit status: 0 fine, 1 problems in content, 2 wrong usage, 3 could not read.")]
pub struct Arguments {
    /// Print each problem as one line of JSON
    #[arg(long)]
    json: bool,
    /// Ask other sites whether links to them still work
    #[arg(long)]
    external: bool,
    /// How long another site may take to answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "external")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=300))]
    timeout: u64,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Which edition of site.toml to check
    #[arg(long, value_name = "NAME", default_value = "public")]
    edition: String,
    /// The day to compare `review_by` with, as 2024-02-23 [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Tìm những gì còn sai trước khi xuất bản",
    arguments: &[
        ("json", "In mỗi vấn đề thành một dòng JSON"),
        ("external", "Hỏi cả các trang web khác xem liên kết tới đó còn dùng được không"),
        ("timeout", "Chờ mỗi trang web khác trả lời trong bao lâu"),
        ("strict", "Có cảnh báo cũng coi là không đạt"),
        ("drafts", "Gồm cả bản nháp"),
        ("edition", "Ấn bản cần kiểm tra, theo tên trong site.toml"),
        ("today", "Ngày để so với `review_by`, viết như 2024-02-23 [mặc định: hôm nay]"),
    ],
    after_help: "Ví dụ:
  sotay check                       mọi điều biết được khi không có mạng
  sotay check --strict              có cảnh báo cũng coi là không đạt, như trước khi xuất bản
  sotay check --external            hỏi thêm các trang web khác xem liên kết còn dùng được không
  sotay check --drafts              gồm cả bản nháp, khi còn đang viết
  sotay check --json > found.json   mỗi vấn đề một dòng, cho chương trình khác đọc

Không ghi gì ra đĩa; không có --external thì không kết nối đi đâu.
Mã thoát: 0 ổn, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc được.",
    commands: &[],
};

/// Checks the handbook and says what came of it.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let started = Instant::now();
    let (snapshot, problems) = load::load(&root::folder(global));
    let choice = EditionChoice { name: arguments.edition.clone(), drafts: arguments.drafts };
    let project = Project::new(snapshot, problems, &choice, None);
    let bar = Bar::new(console, started);
    let today = arguments.today.unwrap_or_else(today);
    let mut checked = check::check(&project, today, &|stage| bar.show(stage));
    bar.clear();
    let asked = arguments.external.then(|| ask(&project, &mut checked, arguments, console));
    summary::worst_first(&mut checked.diagnostics);
    let diagnostics = &checked.diagnostics;
    match arguments.json {
        true => print_records(diagnostics, &project, console),
        false => {
            console.problems(diagnostics, &project.snapshot);
            if !console.quiet {
                advice::print(console, diagnostics);
                let time = started.elapsed();
                println!("{}", advice::closing(console.lang, &checked, asked, time));
            }
        }
    }
    status(diagnostics, arguments.strict)
}

/// Today, where the meridian of Greenwich is: the computer's own zone would be one more thing
/// to read, and a review is not late by hours.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Asks other sites about every link to them; gives back how many addresses that were.
fn ask(
    project: &Project,
    checked: &mut Checked,
    arguments: &Arguments,
    console: &Console,
) -> usize {
    let questions = external::questions(&checked.external);
    let manners = Manners { at_once: 4, pause: Duration::from_secs(1) };
    let web = Web::new(Duration::from_secs(arguments.timeout));
    let bar = Bar::for_links(console, questions.len());
    let verdicts =
        ask::ask_all(&questions, manners, &|method, url| web.ask(method, url), &|| bar.step());
    bar.clear();
    checked.diagnostics.extend(external::report(project, &questions, &verdicts));
    questions.len()
}

fn print_records(diagnostics: &[Diagnostic], project: &Project, console: &Console) {
    let mut out = std::io::stdout().lock();
    for diagnostic in diagnostics {
        let record = diag::record(diagnostic, &project.snapshot, console.lang);
        // A record is text and numbers, which is always JSON; a reader may stop reading.
        let _ = serde_json::to_string(&record).map(|line| writeln!(out, "{line}"));
    }
}

/// What problems in a handbook come to.
pub(super) fn status(diagnostics: &[Diagnostic], strict: bool) -> Status {
    let has = |code| diagnostics.iter().any(|d| d.code == code);
    let worst = diagnostics.iter().map(Diagnostic::severity).min();
    match worst {
        _ if has(Code::UnknownEdition) => Status::Usage,
        _ if has(Code::NoSite) || has(Code::Unreadable) => Status::Io,
        Some(Severity::Error) => Status::Problems,
        Some(Severity::Warning) if strict => Status::Problems,
        _ => Status::Fine,
    }
}
