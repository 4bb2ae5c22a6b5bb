//! `sotay serve`, the real program: every way in which editors' programs save is one change,
//! and nothing is written to disk.

mod project;

use project::{Project, files};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
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

    /// What an open page hears, from its beginning on. `from` is the reader's machine.
    fn listen(&self, from: &str, page: &str) -> Events {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
        let socket = socket.unwrap();
        let from: SocketAddr = format!("{from}:0").parse().unwrap();
        let to: SocketAddr = format!("127.0.0.1:{}", self.port).parse().unwrap();
        socket.bind(&from.into()).unwrap();
        socket.connect_timeout(&to.into(), PATIENCE).unwrap();
        let mut stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET /_sotay/events?page={page} HTTP/1.1\r\nHost: {to}\r\n\r\n").unwrap();
        Events(BufReader::new(stream))
    }

    /// What an editor is told about a page that is opened now.
    fn about(&self, page: &str) -> Value {
        self.listen("127.0.0.1", page).next("page").unwrap()
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

/// An open stream of events.
struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event called `name`; nothing if it does not come.
    fn next(&mut self, name: &str) -> Option<Value> {
        let deadline = Instant::now() + PATIENCE;
        let lines = self.0.by_ref().lines().map_while(Result::ok);
        // Signs of life keep a stream open in which nothing else comes.
        let mut lines = lines.take_while(|_| Instant::now() < deadline);
        lines.find(|line| *line == format!("event: {name}"))?;
        let data = lines.next()?;
        Some(serde_json::from_str(data.strip_prefix("data: ")?).unwrap())
    }

    /// All that comes within a while.
    fn all(&mut self) -> String {
        self.0.get_ref().set_read_timeout(Some(Duration::from_millis(700))).unwrap();
        self.0.by_ref().lines().map_while(Result::ok).collect::<Vec<_>>().join("\n")
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

/// A handbook with a page of every sort.
fn large_handbook() -> Project {
    let project = handbook();
    let directive = "number: 09/CT-TTg\ntype: directive\nissuer: TTg\nissued: 2024-02-23\n";
    for (file, front, text) in [
        ("talks/index.vi.md", "", ""),
        ("talks/a.vi.md", "tags: [x]\n", "Một hai.\n\n{{< include \"_part.md\" >}}\n\n[x](no.md)"),
        ("_part.vi.md", "", "Ba bốn năm."),
        ("directives/index.vi.md", "", "Danh mục."),
        ("directives/d.vi.md", directive, "Text."),
        ("notes/n.vi.md", "tags: [x]\n", "Có bản dịch hỏng."),
    ] {
        project.write(&format!("content/{file}"), format!("---\ntitle: A\n{front}---\n{text}\n"));
    }
    project.write("content/notes/n.en.md", b"\xff\xfe");
    project
}

#[test]
fn an_editor_is_told_what_each_page_is_and_where_it_comes_from() {
    let project = large_handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    let page = |kind: &str, text: &str, words: usize, characters: usize| {
        json!({
            "kind": kind, "texts": [format!("content/{text}")], "missing": null, "listed": [],
            "more": 0, "length": { "words": words, "characters": characters },
        })
    };
    let made = |kind: &str, listed: &[&str]| {
        let listed: Vec<String> = listed.iter().map(|file| format!("content/{file}")).collect();
        json!({
            "kind": kind, "texts": [], "missing": null, "listed": listed, "more": 0, "length": null,
        })
    };
    let mut with_part = page("talk", "talks/a.vi.md", 6, 17);
    with_part["texts"] = json!(["content/talks/a.vi.md", "content/_part.vi.md"]);
    let mut register = page("register", "directives/index.vi.md", 2, 8);
    register["listed"] = json!(["content/directives/d.vi.md"]);
    let mut missing = with_part.clone();
    missing["missing"] = json!("content/talks/a.en.md");
    let mut broken = page("page", "notes/n.vi.md", 4, 14);
    broken["missing"] = json!("content/notes/n.en.md");
    for (path, expected) in [
        ("vi/index.html", page("home", "index.vi.md", 0, 0)),
        ("vi/about.html", page("page", "about.vi.md", 1, 4)),
        ("vi/talks/index.html", page("section", "talks/index.vi.md", 0, 0)),
        ("vi/talks/a.html", with_part),
        ("en/talks/a.html", missing),
        ("en/notes/n.html", broken),
        ("vi/directives/index.html", register),
        ("vi/directives/d.html", page("directive", "directives/d.vi.md", 1, 5)),
        ("vi/tags.html", made("tags", &["notes/n.vi.md", "talks/a.vi.md"])),
        ("en/tags/x.html", made("tag", &["notes/n.vi.md", "talks/a.vi.md"])),
        ("index.html", made("root", &[])),
    ] {
        let mut told = serve.about(path);
        let count = told.as_object_mut().unwrap();
        count.remove("errors");
        count.remove("warnings");
        assert_eq!(told, expected, "{path}");
    }
    // A file that cannot be read is missing, and what is wrong with it is told with its page.
    assert_eq!(serve.about("en/notes/n.html")["errors"], 1);
}

#[test]
fn words_and_mistakes_of_a_page_follow_its_file() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0"]);
    let mut page = serve.listen("127.0.0.1", "vi/about.html");
    assert_eq!(page.next("page").unwrap()["length"]["words"], 1);
    project.write(PAGE, self::page("Một hai ba."));
    assert_eq!(page.next("page").unwrap()["length"]["words"], 3);
    // What is shown stays, and so does its length.
    project.write(PAGE, self::page("Một hai ba bốn. [x](no.md)"));
    let told = page.next("page").unwrap();
    assert_eq!((&told["errors"], &told["length"]["words"]), (&json!(1), &json!(3)));
    project.write(PAGE, self::page("Một."));
    let told = page.next("page").unwrap();
    assert_eq!((&told["errors"], &told["length"]["words"]), (&json!(0), &json!(1)));
}

/// Another loopback address stands for another machine; only Linux has them all.
#[test]
#[cfg(target_os = "linux")]
fn others_on_the_network_see_no_source_paths() {
    let project = handbook();
    let serve = Serve::start(&project, &["--port", "0", "--lan"]);
    let mut editor = serve.listen("127.0.0.1", "vi/about.html");
    let mut guest = serve.listen("127.0.0.2", "vi/about.html");
    assert_eq!(editor.next("page").unwrap()["texts"], json!([PAGE]));
    project.write(PAGE, page("Hai ba. [x](no.md)"));
    assert_eq!(editor.next("page").unwrap()["errors"], 1);
    project.write(PAGE, page("Hai ba."));
    assert_eq!(editor.next("page").unwrap()["length"]["words"], 2);
    let heard = guest.all();
    assert!(heard.contains("event: state"), "{heard}");
    for word in ["content", ".md", "event: page", "event: problems", "words"] {
        assert!(!heard.contains(word), "{heard}");
    }
}
