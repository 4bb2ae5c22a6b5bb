//! Files as browsers want them: types, parts, and large ones.

use crate::preview::Preview;
use sotay::model::Content;
use std::sync::Arc;

#[test]
fn types_are_told() {
    let preview = Preview::start();
    for (name, media_type) in [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.mp4", "video/mp4"),
        ("a.pdf", "application/pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.woff2", "font/woff2"),
        ("feed.xml", "application/xml"),
        ("a.unknown", "application/octet-stream"),
    ] {
        preview.site.set_text(name, "x");
        assert_eq!(preview.get(&format!("/{name}")).field("content-type"), Some(media_type));
    }
}

#[test]
fn a_drawing_opened_by_itself_may_do_nothing() {
    let preview = Preview::start();
    preview.site.set_text("assets/a.SVG", "<svg/>");
    let answer = preview.get("/assets/a.SVG");
    let policy = answer.field("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
}

#[test]
fn own_files_are_served_and_can_be_cut() {
    let preview = Preview::start();
    let script = preview.get("/_sotay/live.js");
    assert_eq!(script.field("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(script.text().contains("EventSource"));
    assert!(preview.get("/_sotay/live.css").text().contains(":host"));
    let part = preview.get_with("/_sotay/live.js", "Range: bytes=0-11\r\n");
    assert_eq!((part.status, part.text()), (206, "(function ()"));
    assert_eq!(preview.asked(), [] as [String; 0]);
}

/// Something like a film: every byte says where it stands.
fn film() -> Vec<u8> {
    (0..3_000_000u32).map(|n| (n / 251 + n) as u8).collect()
}

#[test]
fn films_can_be_wound() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("film.mp4");
    let (film, size) = (film(), 3_000_000);
    std::fs::write(&source, &film).unwrap();
    let preview = Preview::start();
    preview.site.set("memory.mp4", Content::Bytes(film.clone()));
    preview.site.set("shared.mp4", Content::Shared(Arc::from(&*film)));
    preview.site.set("disk.mp4", Content::File { source, size });
    for path in ["/memory.mp4", "/shared.mp4", "/disk.mp4"] {
        let whole = preview.get(path);
        assert_eq!((whole.status, whole.field("accept-ranges")), (200, Some("bytes")));
        assert!(whole.body == film, "{path} came through changed");
        for (range, from, to) in [
            ("0-0", 0, 1),
            ("0-", 0, 3_000_000),
            ("1000000-2000000", 1_000_000, 2_000_001),
            ("2999999-", 2_999_999, 3_000_000),
            ("-5", 2_999_995, 3_000_000),
            ("2999990-9999999", 2_999_990, 3_000_000),
        ] {
            let part = preview.get_with(path, &format!("Range: bytes={range}\r\n"));
            assert_eq!(part.status, 206, "{path} {range}");
            let told = format!("bytes {from}-{}/3000000", to - 1);
            assert_eq!(part.field("content-range"), Some(&*told));
            assert_eq!(part.field("content-length"), Some(&*(to - from).to_string()));
            assert!(part.body == film[from..to], "{path} {range}");
        }
    }
}

#[test]
fn ranges_that_are_none_are_left_alone() {
    let preview = Preview::start();
    preview.site.set_text("a.mp4", "0123456789");
    for range in ["bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes"] {
        let answer = preview.get_with("/a.mp4", &format!("Range: {range}\r\n"));
        assert_eq!((answer.status, answer.text()), (200, "0123456789"), "{range}");
    }
    // Only good for what has a validator.
    let fields = "Range: bytes=1-2\r\nIf-Range: \"x\"\r\n";
    assert_eq!(preview.get_with("/a.mp4", fields).status, 200);
    let answer = preview.get_with("/a.mp4", "Range: bytes=10-\r\n");
    assert_eq!((answer.status, answer.field("content-range")), (416, Some("bytes */10")));
    let host = preview.address;
    let raw = format!("HEAD /a.mp4 HTTP/1.1\r\nHost: {host}\r\nRange: bytes=1-2\r\n\r\n");
    let head = preview.ask(raw);
    assert_eq!((head.status, head.field("content-length")), (200, Some("10")));
    // What is not there has no parts either.
    assert_eq!(preview.get_with("/none.mp4", "Range: bytes=1-2\r\n").status, 404);
}

#[test]
fn a_file_that_went_away_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("film.mp4");
    let preview = Preview::start();
    preview.site.set("film.mp4", Content::File { source: source.clone(), size: 10 });
    assert_eq!(preview.get("/film.mp4").status, 404);
    // And one that grew since is served as it is.
    std::fs::write(&source, "0123456789 and more").unwrap();
    assert_eq!(preview.get("/film.mp4").text(), "0123456789 and more");
}

#[test]
fn a_site_that_fails_is_not_the_end() {
    let preview = Preview::start();
    assert_eq!(preview.get("/panic.html").status, 500);
    assert_eq!(preview.get("/vi/").status, 200);
}
