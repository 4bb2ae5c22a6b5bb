//! `sotay build`: the whole site.

use super::progress::Bar;
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, root};
use crate::build::{BuildOptions, Built, Outcome, build};
use crate::diag::{Code, UiLang};
use crate::project::EditionChoice;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `sotay build`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay build                     build into dist/, then open dist/index.html
  sotay build --drafts            with drafts, to read before publishing
  sotay build --strict            refuse on warnings too, as a publisher would
  sotay build --out /media/usb/handbook

Exit status: 0 built, 1 problems in content, 2 wrong usage, 3 could not read or write.")]
pub struct Arguments {
    /// Where to write the site [default: dist in the handbook's folder]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Which edition of site.toml to build
    #[arg(long, value_name = "NAME", default_value = "public")]
    edition: String,
    /// How many threads to use [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Refuse on warnings too
    #[arg(long)]
    strict: bool,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Dựng toàn bộ sổ tay",
    arguments: &[
        ("out", "Nơi ghi các trang [mặc định: dist trong thư mục của sổ tay]"),
        ("drafts", "Gồm cả bản nháp"),
        ("edition", "Ấn bản cần dựng, theo tên trong site.toml"),
        ("jobs", "Số luồng xử lý cùng lúc [mặc định: mỗi bộ xử lý một luồng]"),
        ("strict", "Có cảnh báo cũng không xuất bản"),
    ],
    after_help: "Ví dụ:
  sotay build                     dựng vào dist/, sau đó mở dist/index.html
  sotay build --drafts            gồm cả bản nháp, để đọc trước khi xuất bản
  sotay build --strict            có cảnh báo cũng không xuất bản, như khi phát hành chính thức
  sotay build --out /media/usb/so-tay

Mã thoát: 0 đã dựng xong, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc hoặc không ghi được.",
    commands: &[],
};

/// Builds the site and says what came of it.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let started = Instant::now();
    let root = root::folder(global);
    let out = arguments.out.clone().unwrap_or_else(|| root.join("dist"));
    let options = BuildOptions {
        edition: EditionChoice { name: arguments.edition.clone(), drafts: arguments.drafts },
        strict: arguments.strict,
    };
    let bar = Bar::new(console, started);
    let work = || build(&root, &out, &options, &|stage| bar.show(stage));
    let outcome = match arguments.jobs {
        // Without a pool of that size the default one does the same work.
        Some(jobs) => match rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        },
        None => work(),
    };
    bar.clear();
    console.problems(&outcome.diagnostics, &outcome.snapshot);
    if outcome.built.is_none() && out.is_dir() {
        eprintln!(
            "{}",
            console.say(
                "chưa xuất bản mới; bản cũ vẫn còn nguyên",
                "nothing new was written; the previous site is untouched"
            )
        );
    }
    if let Some(built) = &outcome.built
        && !console.quiet
    {
        println!("{}", summary(console.lang, built, &out, started.elapsed()));
        if arguments.drafts {
            println!(
                "{}",
                console.say(
                    "Bản này có bản nháp: không đưa lên mạng.",
                    "It contains drafts: do not publish it."
                )
            );
        }
    }
    status(&outcome)
}

fn status(outcome: &Outcome) -> Status {
    match outcome.built {
        Some(_) => Status::Fine,
        None if outcome.has(Code::UnknownEdition) => Status::Usage,
        None if outcome.io_failed => Status::Io,
        None => Status::Problems,
    }
}

fn summary(lang: UiLang, built: &Built, out: &Path, time: Duration) -> String {
    let seconds = format!("{:.1}", time.as_secs_f64());
    let file = out.join("index.html");
    let file = std::env::current_dir()
        .ok()
        .and_then(|here| file.strip_prefix(here).ok().map(Path::to_owned))
        .unwrap_or(file);
    let counts: Vec<String> = built
        .pages
        .iter()
        .map(|(language, n)| match lang {
            UiLang::Vi => format!("{language} {n} trang"),
            UiLang::En => format!("{language} {n} pages"),
        })
        .collect();
    let counts = counts.join(", ");
    let s = built.summary;
    match lang {
        UiLang::Vi => format!(
            "{counts}; {} tệp ghi mới, {} giữ nguyên, {} xóa; {} giây. Mở {}",
            s.written,
            s.unchanged,
            s.removed,
            seconds.replace('.', ","),
            file.display()
        ),
        UiLang::En => format!(
            "{counts}; {} files written, {} unchanged, {} removed; {seconds} s. Open {}",
            s.written,
            s.unchanged,
            s.removed,
            file.display()
        ),
    }
}
