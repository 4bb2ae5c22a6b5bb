//! For whom the preview is: not for a page from elsewhere that has found this machine.

use crate::client::Client;
use crate::preview::Preview;
use sotay::serve::http::{Limits, Reach};
use std::net::{IpAddr, SocketAddr};

fn ask(preview: &Preview, to: SocketAddr, fields: &str) -> (u16, String) {
    let mut client = Client::connect(to);
    let answer = client.send(format!("GET /whoami.txt HTTP/1.1\r\n{fields}\r\n")).answer().unwrap();
    assert!(answer.status == 200 || preview.asked().is_empty(), "{fields}");
    (answer.status, answer.text().to_owned())
}

#[test]
fn this_machine_goes_by_three_names() {
    let preview = Preview::start();
    let port = preview.address.port();
    for name in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        let answer = ask(&preview, preview.address, &format!("Host: {name}:{port}\r\n"));
        assert_eq!(answer, (200, "Editor".to_owned()), "{name}");
    }
}

#[test]
fn both_loopback_addresses_are_ours() {
    let preview = Preview::start();
    let port = preview.address.port();
    // A machine without IPv6 has one.
    if std::net::TcpListener::bind(("::1", 0)).is_ok() {
        let v6 = SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1], port));
        let answer = ask(&preview, v6, &format!("Host: localhost:{port}\r\n"));
        assert_eq!(answer, (200, "Editor".to_owned()));
    }
}

#[test]
fn a_name_from_elsewhere_is_refused() {
    for reach in [Reach::ThisMachine, Reach::Network] {
        let preview = Preview::reaching(reach, Limits::default());
        let port = preview.address.port();
        for host in [
            format!("rebound.example:{port}"),
            format!("localhost.rebound.example:{port}"),
            "localhost".to_owned(),
            format!("localhost:{}", port ^ 1),
            format!("0.0.0.0:{port}"),
            format!("192.168.1.5:{port}"),
            format!("127.0.0.3:{port}"),
            format!("user@localhost:{port}"),
            format!("localhost:{port}, rebound.example"),
        ] {
            let (status, text) = ask(&preview, preview.address, &format!("Host: {host}\r\n"));
            assert_eq!(status, 421, "{host}");
            assert!(text.contains("Bản xem trước") && text.contains("The preview"), "{text}");
        }
        assert_eq!(ask(&preview, preview.address, "Host:\r\n").0, 421);
        assert_eq!(ask(&preview, preview.address, "X: y\r\n").0, 400);
    }
}

/// Other loopback addresses stand for other machines; only Linux has them all.
#[test]
#[cfg(target_os = "linux")]
fn on_the_network_the_address_is_the_name() {
    let preview = Preview::reaching(Reach::Network, Limits::default());
    let port = preview.address.port();
    let (guest, here) = (IpAddr::from([127, 0, 0, 2]), SocketAddr::from(([127, 0, 0, 3], port)));
    let ask = |host: String| {
        let mut client = Client::connect_from(guest, here);
        let answer = client.send(format!("GET /whoami.txt HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        answer.answer().map(|answer| (answer.status, answer.text().to_owned())).unwrap()
    };
    assert_eq!(ask(here.to_string()), (200, "Guest".to_owned()));
    assert_eq!(ask(format!("127.0.0.4:{port}")).0, 421);
    assert_eq!(ask(format!("rebound.example:{port}")).0, 421);
}

#[test]
fn pages_from_elsewhere_are_refused() {
    let preview = Preview::start();
    let (own, port) = (preview.address, preview.address.port());
    let status = |path: &str, field: &str| preview.get_with(path, &format!("{field}\r\n")).status;
    for origin in ["null", "http://evil.example", "https://localhost", "file://"] {
        assert_eq!(status("/vi/", &format!("Origin: {origin}")), 403, "{origin}");
    }
    assert_eq!(status("/vi/", &format!("Origin: http://{own}")), 200);
    assert_eq!(status("/vi/", &format!("Origin: http://localhost:{port}")), 200);
    for path in ["/_sotay/live.js", "/_sotay/events", "/%5fsotay/live.js", "/_sota%79/events"] {
        for site in ["cross-site", "same-site", "none, same-origin"] {
            assert_eq!(status(path, &format!("Sec-Fetch-Site: {site}")), 403, "{path} {site}");
        }
    }
    assert_eq!(status("/_sotay/live.js", "Sec-Fetch-Site: same-origin"), 200);
    // A link from a message leads to a page.
    assert_eq!(status("/vi/", "Sec-Fetch-Site: cross-site"), 200);
}
