//! `sotay serve`, the real program: every way in which editors' programs save is one change,
//! and nothing is written to disk.

mod project;

use project::{Project, files};
use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";
const PAGE: &str = "content/about.vi.md";

/// Long enough for a slow machine; nothing waits for it unless it fails.
const PATIENCE: Duration = Duration::from_secs(20);

fn handbook() -> Project {
    Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Sổ tay\n---\n"),
        ("content/index.en.md", "---\ntitle: Handbook\n---\n"),
        (PAGE, "---\ntitle: Giới thiệu\n---\nMột.\n"),
        ("content/about.en.md", "---\ntitle: About\n---\nOne.\n"),
    ])
}

/// A preview that is running; it is stopped when dropped.
struct Serve {
    child: Child,
    lines: Receiver<String>,
    /// Lines that were read while another was waited for.
    earlier: RefCell<Vec<String>>,
    port: u16,
}

impl Serve {
    fn start(project: &Project, arguments: &[&str]) -> Serve {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sotay"))
            .args(["serve", "--ui-lang", "en", "--color", "never"])
            .args(arguments)
            .current_dir(project.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, lines) = channel();
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for pipe in pipes {
            let send = send.clone();
            std::thread::spawn(move || {
                BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|l| send.send(l))
            });
        }
        let mut serve = Serve { child, lines, earlier: RefCell::default(), port: 0 };
        let greeting = serve.line("http://localhost:");
        let port = greeting.split("localhost:").nth(1).unwrap().split('/').next().unwrap();
        serve.port = port.parse().unwrap();
        serve
    }

    /// The first line that contains `text` and was not asked for before.
    fn line(&self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut earlier = self.earlier.borrow_mut();
        if let Some(at) = earlier.iter().position(|line| line.contains(text)) {
            return earlier.remove(at);
        }
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => earlier.push(line),
                Err(_) => panic!("nobody said {text:?}: {earlier:#?}"),
            }
        }
    }

    /// The lines that are said within a while.
    fn said(&self) -> Vec<String> {
        std::thread::sleep(Duration::from_millis(700));
        self.lines.try_iter().collect()
    }

    /// Status and body of a page.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = format!("localhost:{}", self.port);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    /// Waits until a page holds `text`.
    fn shows(&self, path: &str, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.get(path).1.contains(text) {
            assert!(Instant::now() < deadline, "{path} never showed {text:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn page(text: &str) -> String {
    format!("---\ntitle: Giới thiệu\n---\n{text}\n")
}

/// How often the preview said that something new is shown.
fn updates(lines: &[String]) -> usize {
    lines.iter().filter(|l| l.starts_with("Updated")).count()
}

#[test]
fn however_a_file_is_saved_it_is_one_change() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    let path = project.path(PAGE);
    let beside = project.path("content/.about.vi.md.swp");
    let backup = project.path("content/about.vi.md~");
    type Save<'a> = Box<dyn Fn(&str) + 'a>;
    let saves: [(&str, Save); 5] = [
        ("in place", Box::new(|text| fs::write(&path, page(text)).unwrap())),
        (
            "emptied, then in two writes",
            Box::new(|text| {
                let mut file = fs::File::create(&path).unwrap();
                std::thread::sleep(Duration::from_millis(40));
                let all = page(text);
                let (first, second) = all.split_at(all.len() / 2);
                file.write_all(first.as_bytes()).unwrap();
                file.flush().unwrap();
                file.write_all(second.as_bytes()).unwrap();
            }),
        ),
        (
            "written beside, then renamed over",
            Box::new(|text| {
                fs::write(project.path("content/about.vi.md.tmp~"), page(text)).unwrap();
                fs::rename(project.path("content/about.vi.md.tmp~"), &path).unwrap();
            }),
        ),
        (
            "moved away, then written, with a swap file",
            Box::new(|text| {
                fs::write(&beside, "swap").unwrap();
                fs::rename(&path, &backup).unwrap();
                fs::write(&path, page(text)).unwrap();
                fs::remove_file(&backup).unwrap();
                fs::remove_file(&beside).unwrap();
            }),
        ),
        (
            "written twice",
            Box::new(|text| {
                fs::write(&path, page(text)).unwrap();
                fs::write(&path, page(text)).unwrap();
            }),
        ),
    ];
    serve.said();
    for (number, (how, save)) in saves.iter().enumerate() {
        let text = format!("Lần {number}.");
        save(&text);
        serve.shows("/vi/about.html", &text);
        let said = serve.said();
        assert_eq!(updates(&said), 1, "{how}: {said:#?}");
    }
}

#[test]
fn mistakes_are_told_and_so_is_their_mending() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    project.write(PAGE, "---\ntitel: Giới thiệu\n---\nHai.\n");
    serve.line("error[S103]");
    serve.line("The browser shows the last good site");
    assert!(serve.get("/vi/about.html").1.contains("Một."));
    project.write(PAGE, page("Ba."));
    serve.line("Nothing is wrong any more");
    serve.shows("/vi/about.html", "Ba.");
}

#[test]
fn pages_come_and_go_and_move() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    assert_eq!(serve.get("/vi/talks/a.html").0, 404);
    project.write("content/talks/a.vi.md", "---\ntitle: Lừa đảo\n---\n");
    serve.shows("/vi/talks/a.html", "Lừa đảo");
    fs::rename(project.path("content/talks"), project.path("content/seminars")).unwrap();
    serve.shows("/vi/seminars/a.html", "Lừa đảo");
    assert_eq!(serve.get("/vi/talks/a.html").0, 404);
    project.write("content/seminars/a.vi.md", "---\ntitle: Khác hẳn\n---\n");
    serve.shows("/vi/seminars/a.html", "Khác hẳn");
    fs::remove_dir_all(project.path("content/seminars")).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while serve.get("/vi/seminars/a.html").0 != 404 {
        assert!(Instant::now() < deadline);
    }
    // A folder of the theme that was not there when watching began.
    project.write("themes/handbook/css/own.css", "p { color: #123456 }\n");
    serve.shows("/theme/site.css", "#123456");
    project.write("themes/handbook/css/own.css", "p { color: #654321 }\n");
    serve.shows("/theme/site.css", "#654321");
}

#[test]
fn a_branch_switch_is_taken_in_whole() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    let name = |i: usize| format!("content/notes/n{i}.vi.md");
    for i in 0..500 {
        project.write(&name(i), format!("---\ntitle: Ghi {i}\n---\n"));
    }
    serve.shows("/vi/notes/n499.html", "Ghi 499");
    serve.shows("/vi/notes/n0.html", "Ghi 0");
    for i in 0..500 {
        match i % 3 {
            0 => fs::remove_file(project.path(&name(i))).unwrap(),
            _ => project.write(&name(i), format!("---\ntitle: Nhánh {i}\n---\n")),
        }
    }
    serve.shows("/vi/notes/n499.html", "Nhánh 499");
    serve.shows("/vi/notes/n1.html", "Nhánh 1");
    let deadline = Instant::now() + PATIENCE;
    while serve.get("/vi/notes/n498.html").0 != 404 {
        assert!(Instant::now() < deadline);
    }
}

#[test]
fn the_whole_folder_may_vanish_and_come_back() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    fs::rename(project.path("content"), project.path("away")).unwrap();
    serve.line("error[S515]");
    assert!(serve.get("/vi/about.html").1.contains("Một."));
    fs::rename(project.path("away"), project.path("content")).unwrap();
    serve.line("Nothing is wrong any more");
    project.write(PAGE, page("Trở lại."));
    serve.shows("/vi/about.html", "Trở lại.");
}

#[test]
fn without_being_told_files_are_looked_at() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0", "--poll"]);
    // Within the tick of a coarse clock a file's time does not tell.
    std::thread::sleep(Duration::from_millis(1100));
    project.write(PAGE, page("Dò được."));
    serve.shows("/vi/about.html", "Dò được.");
    project.write("content/new.vi.md", "---\ntitle: Mới\n---\n");
    serve.shows("/vi/new.html", "Mới");
}

#[test]
fn nothing_is_written_to_disk() {
    let project = handbook();
    let before = files(&project.root());
    {
        let serve = Serve::start(&project, &["--port", "0"]);
        assert_eq!(serve.get("/vi/about.html").0, 200);
        serve.said();
    }
    assert_eq!(files(&project.root()), before);
}

#[test]
fn a_taken_port_leads_to_the_next_one_and_says_so() {
    let project = handbook();
    let first = Serve::start(&project, &["--port", "0"]);
    let second = Serve::start(&project, &["--port", &first.port.to_string()]);
    assert!(second.port > first.port);
    second.line(&format!("Port {} is taken; using {}", first.port, second.port));
    assert_eq!(second.get("/vi/about.html").0, 200);
}

#[test]
fn what_cannot_be_served_ends_at_once() {
    let project = Project::of(&[]);
    let run = project.run(&["serve", "--ui-lang", "en"]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(run.stderr.contains("S601"), "{}", run.stderr);
    let project = handbook();
    let run = project.run(&["serve", "--edition", "nope", "--ui-lang", "en"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
}
