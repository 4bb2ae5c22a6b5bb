//! Nobody holds up anybody else.

use crate::client::{Client, PATIENCE};
use crate::preview::Preview;
use sotay::model::Content;
use sotay::serve::http::Limits;
use std::net::IpAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Short enough for a test, long enough for a busy machine.
const SHORT: Duration = Duration::from_millis(400);

/// More than the sockets between us can hold.
fn large() -> Content {
    Content::Shared(Arc::from(vec![b'x'; 64 << 20]))
}

/// Connections that ask for something large and read none of it.
fn busy(preview: &Preview, number: usize) -> Vec<Client> {
    preview.site.set("large.bin", large());
    let clients = (0..number).map(|_| {
        let mut client = preview.connect();
        let head = client.get("/large.bin").until("\r\n\r\n");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        client
    });
    clients.collect()
}

#[test]
fn a_head_has_a_size() {
    let preview = Preview::start();
    let host = preview.address;
    let start = format!("GET /vi/ HTTP/1.1\r\nHost: {host}\r\n");
    let field = format!("X: {}\r\n", "y".repeat(994));
    assert_eq!(preview.ask(format!("{start}{}\r\n", field.repeat(15))).status, 200);
    assert_eq!(preview.ask(format!("{start}{}\r\n", field.repeat(17))).status, 431);
    assert_eq!(preview.ask(format!("{start}X: {}", "y".repeat(1 << 20))).status, 431);
    assert_eq!(preview.ask(format!("{start}{}\r\n", "A: b\r\n".repeat(200))).status, 431);
    assert_eq!(preview.ask(format!("GET /{} HTTP/1.1\r\n", "y".repeat(9000))).status, 414);
    assert_eq!(preview.ask("y".repeat(1 << 20)).status, 414);
}

#[test]
fn a_head_has_a_deadline() {
    let preview = Preview::with(Limits { head_time: SHORT, ..Limits::default() });
    let started = Instant::now();
    let mut silent = preview.connect();
    let mut slow = preview.connect();
    slow.send("GET / HTTP/1.1\r\n");
    let drip = thread::spawn({
        let mut drip = Client(slow.0.try_clone().unwrap());
        move || {
            for _ in 0..40 {
                drip.send("X");
                thread::sleep(Duration::from_millis(50));
            }
        }
    });
    assert_eq!(slow.answer().unwrap().status, 408);
    assert!(silent.answer().is_none());
    // The drip goes on for two seconds; each byte gave it no more time.
    assert!(started.elapsed() < Duration::from_secs(2) && !drip.is_finished());
    drip.join().unwrap();
}

#[test]
fn slow_clients_hold_up_nobody() {
    let preview = Preview::start();
    let mut slow: Vec<_> = (0..100).map(|_| preview.connect()).collect();
    for client in &mut slow {
        client.send("GET /vi/ HT");
    }
    let started = Instant::now();
    for _ in 0..20 {
        assert_eq!(preview.get("/vi/").status, 200);
    }
    assert!(started.elapsed() < Limits::default().head_time, "{:?}", started.elapsed());
}

#[test]
fn five_hundred_connections_at_once() {
    let preview = Preview::start();
    let idle: Vec<_> = (0..500).map(|_| preview.connect()).collect();
    let started = Instant::now();
    assert_eq!(preview.get("/vi/").status, 200);
    assert!(started.elapsed() < Limits::default().head_time, "{:?}", started.elapsed());
    drop(idle);
    // And five hundred that do ask, of which every one is answered or told to come again.
    let asking = |_| {
        let mut client = preview.connect();
        client.get("/vi/").answer().map(|answer| answer.status)
    };
    let statuses: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..10).map(|_| scope.spawn(|| (0..50).map(asking).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses, [Some(200); 500]);
}

#[test]
fn when_all_are_busy_the_next_is_told() {
    let limits = Limits { connections: 3, patience: SHORT, ..Limits::default() };
    let preview = Preview::with(limits);
    let mut clients = busy(&preview, 3);
    let answer = preview.get("/vi/");
    assert_eq!((answer.status, answer.field("retry-after")), (503, Some("2")));
    assert!(answer.text().contains("quá bận") && answer.text().contains("too busy"));
    clients.pop();
    // The place is free as soon as it is noticed.
    let deadline = Instant::now() + PATIENCE;
    while preview.get("/vi/").status != 200 {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_classroom_opens_the_page_at_once() {
    let limits =
        Limits { connections: 4, settle: PATIENCE, patience: PATIENCE, ..Limits::default() };
    let preview = Preview::with(limits);
    let mut phones: Vec<_> = (0..30).map(|_| preview.connect()).collect();
    for phone in &mut phones {
        phone.get("/vi/");
    }
    for phone in &mut phones {
        assert_eq!(phone.answer().unwrap().status, 200);
    }
}

#[test]
fn who_waits_is_answered_once_there_is_room() {
    let limits = Limits { connections: 2, patience: PATIENCE, ..Limits::default() };
    let preview = Preview::with(limits);
    let clients = busy(&preview, 2);
    let mut waiting = preview.connect();
    waiting.get("/vi/");
    assert!(waiting.is_silent(SHORT));
    drop(clients);
    assert_eq!(waiting.answer().unwrap().text(), "<p>xin chào");
}

#[test]
fn who_reads_nothing_loses_the_answer() {
    let limits = Limits { connections: 2, stall: SHORT, ..Limits::default() };
    let preview = Preview::with(limits);
    let clients = busy(&preview, 2);
    let deadline = Instant::now() + PATIENCE;
    while preview.get("/vi/").status != 200 {
        assert!(Instant::now() < deadline, "two clients that read nothing hold the preview");
        thread::sleep(Duration::from_millis(50));
    }
    drop(clients);
}

#[test]
fn who_reads_a_little_now_and_then_loses_it_too() {
    let limits = Limits { grace: SHORT, least_rate: 100 << 20, ..Limits::default() };
    let preview = Preview::with(limits);
    preview.site.set("large.bin", large());
    let mut client = preview.connect();
    client.get("/large.bin");
    let started = Instant::now();
    let (mut read, mut chunk) = (0, vec![0; 64 << 10]);
    loop {
        match std::io::Read::read(&mut client.0, &mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(n) => read += n,
        }
        assert!(started.elapsed() < PATIENCE, "still reading, {read} bytes so far");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(read < 64 << 20, "all of it came");
    // A reader at full speed is never cut off by the usual limits.
    let preview = Preview::start();
    preview.site.set("large.bin", large());
    assert_eq!(preview.get("/large.bin").body.len(), 64 << 20);
}

/// Other loopback addresses stand for other machines; only Linux has them all.
#[test]
#[cfg(target_os = "linux")]
fn guests_cannot_shut_the_editor_out() {
    let limits = Limits { connections: 6, guests: 4, per_guest: 2, ..Limits::default() };
    let preview = Preview::with(limits);
    preview.site.set("large.bin", large());
    let from = |house: u8| Client::connect_from(IpAddr::from([127, 0, 0, house]), preview.address);
    let ask = |house| {
        let mut client = from(house);
        let head = client.get("/large.bin").until("\r\n\r\n");
        (head.starts_with("HTTP/1.1 200"), client)
    };
    let mut held = Vec::new();
    for (house, expected) in [(2, true), (2, true), (2, false), (3, true), (3, true), (4, false)] {
        let (answered, client) = ask(house);
        assert_eq!(answered, expected, "guest {house}");
        held.extend(answered.then_some(client));
    }
    for _ in 0..2 {
        assert_eq!(preview.get("/vi/").status, 200);
    }
    drop(held);
}

#[test]
fn early_leavers_leave_nothing_behind() {
    let preview = Preview::with(Limits { connections: 8, ..Limits::default() });
    preview.site.set("large.bin", large());
    for n in 0..200 {
        let mut client = preview.connect();
        match n % 4 {
            0 => &mut client,
            1 => client.send("GET /vi/ HTTP"),
            2 => client.get("/vi/"),
            _ => client.get("/large.bin"),
        };
        if n % 8 < 4 {
            // Not a goodbye, but a slammed door.
            socket2::SockRef::from(&client.0).set_linger(Some(Duration::ZERO)).unwrap();
        }
    }
    let deadline = Instant::now() + PATIENCE;
    while preview.get("/vi/").status != 200 {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(20));
    }
    // All eight places are free, not only one.
    busy(&preview, 7);
    assert_eq!(preview.get("/vi/").status, 200);
}

#[test]
fn an_answer_is_prompt() {
    let preview = Preview::start();
    preview.site.set("page.html", Content::Bytes(vec![b'x'; 70_000]));
    let mut times: Vec<_> = (0..50)
        .map(|_| {
            let started = Instant::now();
            assert_eq!(preview.get("/page.html").body.len(), 70_000);
            started.elapsed()
        })
        .collect();
    times.sort();
    // Delayed acknowledgements would cost forty milliseconds each.
    assert!(times[25] < Duration::from_millis(20), "{:?}", times[25]);
}
