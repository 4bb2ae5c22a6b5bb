//! `sotay serve`: a preview in the browser that follows the files.

use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, root};
use crate::diag::{Code, Diagnostic};
use crate::project::EditionChoice;
use crate::serve::http::{self, Addresses, Limits, Options, Reach, Running, Server, qr_code};
use crate::serve::live::Problems;
use crate::serve::{Preview, Report, Show, Watch, Way};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Arguments of `sotay serve`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay serve --open              preview in the browser; it follows every save
  sotay serve --drafts            with drafts
  sotay serve --lan               let phones and other computers in the room look on
  sotay serve --poll              for a shared network folder whose changes go unnoticed

Nothing is written to disk. Stop with Ctrl+C.")]
pub struct Arguments {
    /// The port to listen on; the next free one if it is taken
    #[arg(long, value_name = "N", default_value_t = http::DEFAULT_PORT)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Let others on the network look on, too
    #[arg(long)]
    lan: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Which edition of site.toml to show
    #[arg(long, value_name = "NAME", default_value = "public")]
    edition: String,
    /// Look for changes again and again instead of waiting to be told of them
    #[arg(long)]
    poll: bool,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Xem trước sổ tay trong trình duyệt, tự cập nhật mỗi khi lưu",
    arguments: &[
        ("port", "Cổng để mở; nếu đã bận thì lấy cổng trống kế tiếp"),
        ("open", "Mở trình duyệt"),
        ("lan", "Cho máy khác và điện thoại trong mạng cùng xem"),
        ("drafts", "Gồm cả bản nháp"),
        ("edition", "Ấn bản cần xem, theo tên trong site.toml"),
        ("poll", "Tự dò thay đổi theo chu kỳ thay vì chờ hệ thống báo"),
    ],
    after_help: "Ví dụ:
  sotay serve --open              xem trước trong trình duyệt; tự cập nhật sau mỗi lần lưu
  sotay serve --drafts            gồm cả bản nháp
  sotay serve --lan               điện thoại và máy khác trong phòng cùng xem
  sotay serve --poll              cho thư mục mạng dùng chung mà hệ thống không báo thay đổi

Không ghi gì ra đĩa. Dừng bằng Ctrl+C.",
    commands: &[],
};

/// Shows the handbook until the program is stopped.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let started = Instant::now();
    let root = root::folder(global);
    let root = std::path::absolute(&root).unwrap_or(root);
    let choice = EditionChoice { name: arguments.edition.clone(), drafts: arguments.drafts };
    let (preview, report) = Preview::open(&root, choice);
    if let Some(status) = hopeless(&report.diagnostics) {
        console.problems(&report.diagnostics, &report.project.snapshot);
        return status;
    }
    // Watching begins late: what changed meanwhile is read once more.
    let watch = match Watch::start(&root, arguments.poll) {
        Ok(watch) => watch,
        Err(error) => return cannot(console, "theo dõi thư mục", "watch the folder", &error),
    };
    let preview = Arc::new(preview);
    let show = Arc::new(Show::new(preview.clone(), console.lang));
    let reach = if arguments.lan { Reach::Network } else { Reach::ThisMachine };
    let limits = Limits::default();
    let options = Options { port: arguments.port, reach, lang: console.lang, limits };
    let running = match Server::start(options, show) {
        Ok(running) => running,
        Err(error) => return cannot(console, "mở cổng mạng", "open a port", &error),
    };
    greet(arguments, console, running.addresses(), &root, watch.way(), started.elapsed());
    if arguments.open && open::that_detached(&running.addresses().local).is_err() {
        eprintln!(
            "{}",
            console.say("không mở được trình duyệt", "the browser could not be opened")
        );
    }
    follow(
        Session { console, preview: &preview, running: &running, said: Vec::new() },
        watch,
        report,
    )
}

/// Why there is nothing to wait for: no handbook, or no such edition of it.
fn hopeless(diagnostics: &[Diagnostic]) -> Option<Status> {
    diagnostics.iter().find_map(|d| match d.code {
        Code::NoSite => Some(Status::Io),
        Code::UnknownEdition => Some(Status::Usage),
        _ => None,
    })
}

fn cannot(console: &Console, vi: &str, en: &str, error: &dyn std::fmt::Display) -> Status {
    eprintln!("{}: {error}", console.say(&format!("không thể {vi}"), &format!("cannot {en}")));
    Status::Io
}

fn greet(
    arguments: &Arguments,
    console: &Console,
    addresses: &Addresses,
    root: &Path,
    way: Way,
    time: Duration,
) {
    if addresses.port != arguments.port && arguments.port != 0 {
        eprintln!(
            "{}",
            console.say(
                &format!(
                    "Cổng {} đã có chương trình khác dùng; dùng cổng {}.",
                    arguments.port, addresses.port
                ),
                &format!("Port {} is taken; using {}.", arguments.port, addresses.port),
            )
        );
    }
    if way == Way::PolledInstead {
        eprintln!(
            "{}",
            console.say(
                "Hệ thống không theo dõi được nhiều thư mục như vậy; sotay tự kiểm tra tệp mỗi giây.",
                "The system cannot watch so many folders; files are looked at every second instead.",
            )
        );
    }
    if console.quiet {
        return;
    }
    let seconds = format!("{:.1}", time.as_secs_f64());
    println!(
        "{}",
        console.say(
            &format!(
                "Xem trước {} tại {}  ({} giây; Ctrl+C để dừng)",
                root.display(),
                addresses.local,
                seconds.replace('.', ",")
            ),
            &format!(
                "Previewing {} at {}  ({seconds} s; Ctrl+C stops)",
                root.display(),
                addresses.local
            ),
        )
    );
    if !arguments.lan {
        return;
    }
    let Some(address) = addresses.network.first() else {
        println!(
            "{}",
            console.say(
                "Máy này chưa nối mạng nào; người khác chưa vào xem được.",
                "This machine is on no network; nobody else can look on yet.",
            )
        );
        return;
    };
    println!(
        "{} {}",
        console.say(
            "Mọi người trong cùng mạng xem được (không mã hóa) tại",
            "Everybody on this network can look on (unencrypted) at",
        ),
        addresses.network.join("  ")
    );
    if let Some(code) = qr_code(address, console.colors_output()) {
        println!("\n{code}");
    }
}

/// A preview that is running, and what was said about it last.
struct Session<'a> {
    console: &'a Console,
    preview: &'a Preview,
    running: &'a Running,
    said: Vec<Diagnostic>,
}

/// Takes changes in as they come. Between them, pages that nobody asked for are rendered to
/// learn what is wrong with them.
fn follow(mut session: Session<'_>, mut watch: Watch, report: Report) -> ! {
    session.announce(&report);
    let mut latest = report;
    let mut inspected = false;
    // What changed between reading and watching.
    let mut changes = Some(crate::load::Changes::Unknown);
    loop {
        if let Some(changes) = changes.take() {
            let started = Instant::now();
            if let Some(report) = session.preview.refresh(&changes) {
                session.announce(&report);
                if !report.stale {
                    session.tell_change(started.elapsed());
                }
                latest = report;
                inspected = false;
            }
        } else if !inspected {
            let (news, done) = session.preview.inspect();
            if let Some(report) = news {
                session.announce(&report);
                latest = report;
            }
            inspected = done;
        }
        if inspected {
            session.tell_problems(&latest);
        }
        let wait = if inspected { Duration::from_secs(60) } else { Duration::ZERO };
        changes = watch.next(wait);
    }
}

impl Session<'_> {
    fn announce(&self, report: &Report) {
        let lang = self.console.lang;
        let sources = &report.project.snapshot;
        self.running.hub().announce(&Problems::new(
            &report.diagnostics,
            sources,
            lang,
            report.stale,
        ));
    }

    fn tell_change(&self, time: Duration) {
        if !self.console.quiet {
            let ms = time.as_millis();
            println!(
                "{}",
                self.console.say(&format!("Đã cập nhật ({ms} ms)"), &format!("Updated ({ms} ms)"))
            );
        }
    }

    /// Prints what is wrong, if that is not what was printed last.
    fn tell_problems(&mut self, report: &Report) {
        if report.diagnostics == self.said {
            return;
        }
        self.console.problems(&report.diagnostics, &report.project.snapshot);
        if report.stale {
            eprintln!(
                "{}",
                self.console.say(
                    "Trình duyệt vẫn hiện bản tốt gần nhất cho tới khi sửa xong.",
                    "The browser shows the last good site until this is mended.",
                )
            );
        }
        if report.diagnostics.is_empty() {
            eprintln!("{}", self.console.say("Không còn lỗi nào.", "Nothing is wrong any more."));
        }
        self.said = report.diagnostics.clone();
    }
}
