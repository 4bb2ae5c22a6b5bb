//! The event stream: what an open page hears, and when.

use crate::client::Client;
use crate::preview::Preview;
use sotay::base::{RelPath, Span};
use sotay::diag::{Code, Diagnostic, Sources, UiLang};
use sotay::serve::http::Limits;
use sotay::serve::live::Problems;
use std::net::IpAddr;
use std::thread;
use std::time::{Duration, Instant};

/// How the event of problems ends that lists them all.
const END_OF_PROBLEMS: &str = "\"more\":0}\n\n";

/// Long enough for an event that comes at all.
const WHILE: Duration = Duration::from_millis(300);

struct Text;

impl Sources for Text {
    fn text(&self, _: &RelPath) -> Option<&str> {
        Some("titel: a\n")
    }
}

fn none() -> Problems {
    Problems::new(&[], &Text, UiLang::Vi, false)
}

fn one() -> Problems {
    let diagnostic = Diagnostic::new(Code::UnknownKey, &RelPath::new("content/a\nb.vi.md"))
        .at(Span::new(0, 5))
        .with("key", "</script>\r\ndata: x");
    Problems::new(&[diagnostic], &Text, UiLang::Vi, true)
}

fn state(page: u64, style: u64) -> String {
    format!(
        "event: state\ndata: {{\"page\":\"{page:016x}\",\"style\":\"{style:016x}\",\
         \"script\":\"0000000000000000\",\"lang\":\"vi\"}}\n\n"
    )
}

/// A stream for `page`, read past its first state.
fn listen(preview: &Preview, page: &str) -> Client {
    let mut client = preview.connect();
    client.get(&format!("/_sotay/events?page={page}")).until("\"lang\":\"vi\"}\n\n");
    client
}

fn wait_for_listeners(preview: &Preview, number: usize) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while preview.running.hub().listeners() != number {
        assert!(Instant::now() < deadline, "{} listen", preview.running.hub().listeners());
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_stream_begins_with_what_is_true_now() {
    let preview = Preview::start();
    preview.site.touch("vi/a.html");
    preview.running.hub().announce(&one());
    let mut client = preview.connect();
    let text = client.get("/_sotay/events?page=vi%2Fa.html").until("event: problems\n");
    let (head, events) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"));
    for field in ["Content-Type: text/event-stream; charset=utf-8", "Cache-Control: no-store"] {
        assert!(head.contains(&format!("{field}\r\n")), "{head}");
    }
    // Neither in chunks nor of a known length: some browsers deliver neither at once.
    assert!(!head.contains("Transfer-Encoding") && !head.contains("Content-Length"), "{head}");
    let expected = format!("retry: 1000\n\n{}event: problems\n", state(1, 0));
    assert!(events.starts_with(&expected), "{events}");
}

#[test]
fn only_the_page_that_changed_hears_of_it() {
    let preview = Preview::start();
    let [mut a, mut b] = ["vi/a.html", "vi/b.html"].map(|page| listen(&preview, page));
    preview.site.touch("vi/a.html");
    preview.running.hub().announce(&none());
    let heard = a.until(&state(1, 0));
    assert!(!heard.contains(&state(0, 0)));
    let heard = b.until("event: problems\n");
    assert!(!heard.contains("event: state"), "{heard}");
    // Style is everybody's.
    preview.site.touch("style");
    preview.running.hub().announce(&none());
    a.until(&state(1, 1));
    b.until(&state(0, 1));
}

#[test]
fn nothing_new_is_not_told() {
    let preview = Preview::start();
    preview.running.hub().announce(&one());
    let mut client = preview.connect();
    client.get("/_sotay/events?page=a").until(END_OF_PROBLEMS);
    for _ in 0..5 {
        preview.running.hub().announce(&one());
    }
    assert!(client.is_silent(WHILE));
    preview.running.hub().announce(&none());
    assert!(client.until("\n\n").contains("\"problems\":[]"));
}

#[test]
fn an_event_is_one_line_whatever_it_holds() {
    let preview = Preview::start();
    let mut client = listen(&preview, "a");
    preview.running.hub().announce(&one());
    let event = client.until("\n\n");
    let data = event.strip_prefix("event: problems\ndata: ").unwrap().strip_suffix("\n\n").unwrap();
    assert!(!data.contains(['\n', '\r']), "{data}");
    let value: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(value["problems"][0]["file"], "content/a\nb.vi.md");
    assert!(value["problems"][0]["message"].as_str().unwrap().contains("</script>\r\ndata: x"));
}

#[test]
fn an_editor_hears_what_the_page_is_and_what_is_wrong_with_it() {
    let preview = Preview::start();
    preview.site.describe("a", 3);
    preview.running.hub().announce(&one());
    let mut client = preview.connect();
    // Before the problems, which are to be told apart by it.
    let heard = client.get("/_sotay/events?page=a").until(END_OF_PROBLEMS);
    let (_, told) = heard.split_once("event: page\ndata: ").unwrap();
    let (told, problems) = told.split_once("\n\n").unwrap();
    assert!(problems.starts_with("event: problems\n"), "{heard}");
    let expected = serde_json::json!({
        "kind": "talk", "texts": ["content/a\nb.vi.md", "content/_part.md"], "missing": null,
        "listed": [], "more": 0, "length": { "words": 3, "characters": 12 },
        "errors": 1, "warnings": 0,
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(told).unwrap(), expected);
    preview.running.hub().announce(&one());
    assert!(client.is_silent(WHILE));
    // The text is longer and the page's bytes are the same: no more is told than that.
    preview.site.describe("a", 4);
    preview.running.hub().announce(&one());
    let heard = client.until("\n\n");
    assert!(heard.starts_with("event: page\n") && heard.contains("\"words\":4"), "{heard}");
    preview.running.hub().announce(&none());
    let heard = client.until(END_OF_PROBLEMS);
    assert!(heard.starts_with("event: page\n") && heard.contains("\"errors\":0"), "{heard}");
    preview.site.abouts.lock().unwrap().clear();
    preview.running.hub().announce(&none());
    assert!(client.until("\n\n").ends_with("event: page\ndata: null\n\n"));
}

#[test]
fn nothing_is_told_of_a_page_that_is_not_there() {
    let preview = Preview::start();
    preview.running.hub().announce(&none());
    let mut client = preview.connect();
    let heard = client.get("/_sotay/events?page=b").until("event: problems\n");
    assert!(!heard.contains("event: page"), "{heard}");
}

/// Other loopback addresses stand for other machines; only Linux has them all.
#[test]
#[cfg(target_os = "linux")]
fn guests_hear_of_pages_and_never_of_problems() {
    let preview = Preview::start();
    preview.site.describe("a", 3);
    preview.running.hub().announce(&one());
    let mut guest = Client::connect_from(IpAddr::from([127, 0, 0, 2]), preview.address);
    let mut heard = guest.get("/_sotay/events?page=a").until("\"lang\":\"vi\"}\n\n");
    for _ in 0..2 {
        preview.site.touch("a");
        preview.running.hub().announce(&none());
        preview.site.describe("a", 4);
        preview.running.hub().announce(&one());
        heard += &guest.until("\n\n");
    }
    assert!(guest.is_silent(WHILE));
    assert!(heard.contains(&state(1, 0)) && heard.contains(&state(2, 0)), "{heard}");
    for word in ["problems", "event: page", "talk", "content/"] {
        assert!(!heard.contains(word), "{heard}");
    }
}

#[test]
fn a_page_that_comes_back_has_missed_nothing() {
    let preview = Preview::start();
    drop(listen(&preview, "vi/a.html"));
    preview.site.touch("vi/a.html");
    preview.running.hub().announce(&one());
    let mut again = preview.connect();
    let heard = again.get("/_sotay/events?page=vi/a.html").until("\"stale\":true");
    assert!(heard.contains(&state(1, 0)), "{heard}");
}

#[test]
fn an_idle_stream_gives_signs_of_life() {
    let preview = Preview::with(Limits { heartbeat: WHILE, ..Limits::default() });
    let mut client = listen(&preview, "a");
    assert_eq!(client.until(":\n\n:\n\n"), ":\n\n:\n\n");
}

#[test]
fn who_left_is_forgotten_soon() {
    let preview = Preview::start();
    let clients: Vec<_> = (0..8).map(|_| listen(&preview, "a")).collect();
    wait_for_listeners(&preview, 8);
    drop(clients);
    // Long before the next sign of life would fail.
    wait_for_listeners(&preview, 0);
}

#[test]
fn there_is_room_for_so_many() {
    let preview = Preview::with(Limits { listeners: 2, ..Limits::default() });
    let _clients = [listen(&preview, "a"), listen(&preview, "b")];
    assert_eq!(preview.get("/_sotay/events?page=c").status, 503);
    assert_eq!(preview.get("/vi/").status, 200);
}

#[test]
fn a_reader_who_does_not_read_holds_up_nobody() {
    let preview = Preview::start();
    let _deaf = listen(&preview, "a");
    let mut client = listen(&preview, "a");
    let many = vec![
        Diagnostic::new(Code::UnknownKey, &RelPath::new("content/a.vi.md"))
            .with("key", "x".repeat(20_000));
        50
    ];
    let started = Instant::now();
    for n in 0..20 {
        let problems = Problems::new(&many[..10 + n], &Text, UiLang::Vi, true);
        preview.running.hub().announce(&problems);
    }
    preview.site.touch("a");
    preview.running.hub().announce(&none());
    client.until(&state(1, 0));
    assert!(started.elapsed() < Limits::default().stall, "{:?}", started.elapsed());
}

#[test]
fn head_does_not_listen() {
    let preview = Preview::start();
    let host = preview.address;
    let answer = preview.ask(format!("HEAD /_sotay/events HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    wait_for_listeners(&preview, 0);
}
