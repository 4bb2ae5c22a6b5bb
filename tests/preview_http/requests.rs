//! Which requests are taken, and that none is understood in two ways.

use crate::preview::Preview;

#[test]
fn every_answer_says_what_browsers_must_know() {
    let preview = Preview::start();
    for (path, status) in [("/vi/", 200), ("/none.html", 404), ("/..", 400), ("/vi", 302)] {
        let answer = preview.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.field("cache-control"), Some("no-store"));
        assert_eq!(answer.field("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.field("referrer-policy"), Some("same-origin"));
        assert_eq!(answer.field("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(answer.field("connection"), Some("close"));
        assert_eq!(answer.field("content-length"), Some(&*answer.body.len().to_string()));
        assert!(answer.field("date").unwrap().ends_with(" GMT"));
        for name in ["server", "transfer-encoding", "access-control-allow-origin"] {
            assert_eq!(answer.field(name), None, "{path}");
        }
    }
}

#[test]
fn reads_and_nothing_else() {
    let preview = Preview::start();
    for method in
        ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"]
    {
        let host = preview.address;
        let answer = preview.ask(format!("{method} /vi/ HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.field("allow"), Some("GET, HEAD"));
    }
    assert_eq!(preview.asked(), [] as [String; 0]);
}

#[test]
fn head_is_get_without_a_body() {
    let preview = Preview::start();
    let host = preview.address;
    for path in ["/vi/", "/none.html", "/_sotay/live.js", "/vi"] {
        let get = preview.get(path);
        let head = preview.ask(format!("HEAD {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        let without_date = |fields: &[(String, String)]| -> Vec<_> {
            fields.iter().filter(|(name, _)| name != "date").cloned().collect()
        };
        assert_eq!(
            (get.status, without_date(&get.fields)),
            (head.status, without_date(&head.fields))
        );
        assert!(head.body.is_empty(), "{path}");
    }
}

#[test]
fn old_clients_are_answered_too() {
    let preview = Preview::start();
    let host = preview.address;
    let answer = preview.ask(format!("GET /vi/ HTTP/1.0\r\nHost: {host}\r\n\r\n"));
    assert_eq!((answer.status, answer.text()), (200, "<p>xin chào"));
}

#[test]
fn a_head_may_come_in_pieces() {
    let preview = Preview::start();
    let mut client = preview.connect();
    for byte in format!("GET /vi/ HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).bytes() {
        client.send([byte]);
    }
    assert_eq!(client.answer().unwrap().text(), "<p>xin chào");
}

#[test]
fn nothing_is_smuggled() {
    let preview = Preview::start();
    let host = format!("Host: {}\r\n", preview.address);
    let second = format!("GET /secret HTTP/1.1\r\n{host}\r\n");
    let chunked = format!("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{second}");
    let length = second.len();
    for first in [
        format!("GET / HTTP/1.1\r\n{host}Content-Length: {length}\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}{chunked}"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 0\r\n{chunked}"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: {length}\r\n{chunked}"),
        format!(
            "GET / HTTP/1.1\r\n{host}Content-Length: 0\r\nContent-Length: {length}\r\n\r\n{second}"
        ),
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding : chunked\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}X: y\r\n Transfer-Encoding: chunked\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}X: y\nTransfer-Encoding: chunked\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}X: y\rTransfer-Encoding: chunked\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}\0\r\n\r\n{second}"),
        format!("GET / HTTP/1.1\r\n{host}{host}\r\n{second}"),
        format!("GET / HTTP/1.1\r\n\r\n{second}"),
        format!("GET /\r\n\r\n{second}"),
        format!("\r\nGET / HTTP/1.1\r\n{host}\r\n{second}"),
    ] {
        let answers = preview.connect().send(&first).rest();
        let text = String::from_utf8_lossy(&answers).into_owned();
        assert!(text.starts_with("HTTP/1.1 400 "), "{first:?}: {text}");
        assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{first:?}: {text}");
    }
    assert_eq!(preview.asked(), [] as [String; 0]);
}

#[test]
fn one_connection_carries_one_request() {
    let preview = Preview::start();
    let one =
        format!("GET /vi/ HTTP/1.1\r\nHost: {}\r\nConnection: keep-alive\r\n\r\n", preview.address);
    let text = String::from_utf8(preview.connect().send(one.repeat(3)).rest()).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 1);
    assert!(text.ends_with("<p>xin chào"));
    assert_eq!(preview.asked(), ["vi/index.html"]);
}

#[test]
fn other_protocols_are_told_off() {
    let preview = Preview::start();
    let host = format!("Host: {}\r\n", preview.address);
    for (raw, status) in [
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), 505),
        (format!("GET / HTTP/3.0\r\n{host}\r\n").into_bytes(), 505),
        (format!("GET http://{}/ HTTP/1.1\r\n{host}\r\n", preview.address).into_bytes(), 400),
        (format!("GET {} HTTP/1.1\r\n{host}\r\n", preview.address).into_bytes(), 400),
        (format!("GET * HTTP/1.1\r\n{host}\r\n").into_bytes(), 400),
        (b"GET /\n".to_vec(), 400),
        // The first bytes of TLS, which hold a line feed.
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x0a\x00\x0d\x0a".to_vec(), 400),
        (format!("GET / HTTP/1.1\r\n{host}Expect: 100-continue\r\n\r\n").into_bytes(), 417),
    ] {
        assert_eq!(preview.ask(&raw).status, status, "{:?}", String::from_utf8_lossy(&raw));
    }
}
