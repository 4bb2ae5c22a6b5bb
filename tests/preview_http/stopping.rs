//! Starting beside others, and leaving nothing behind.

use crate::client::Client;
use crate::preview::{Preview, SmallSite};
use sotay::model::Content;
use sotay::serve::http::{Options, Server};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[test]
fn a_taken_port_leads_to_the_next() {
    let first = Preview::start();
    let options = Options { port: first.address.port(), ..Options::default() };
    let second = Server::start(options, Arc::new(SmallSite::default())).unwrap();
    let (asked, got) = (first.address.port(), second.addresses().port);
    assert!(got > asked && got <= asked + 20, "{got} for {asked}");
    assert_eq!(second.addresses().local, format!("http://localhost:{got}/"));
    assert_eq!(second.addresses().network, [] as [String; 0]);
}

#[test]
fn the_port_is_taken_where_only_ipv6_is() {
    // `localhost` would lead some browsers to the stranger.
    let Ok(stranger) = TcpListener::bind(("::1", 0)) else { return };
    let port = stranger.local_addr().unwrap().port();
    let options = Options { port, ..Options::default() };
    let running = Server::start(options, Arc::new(SmallSite::default())).unwrap();
    assert_ne!(running.addresses().port, port);
}

#[test]
fn stopping_lets_go_of_everything() {
    let preview = Preview::start();
    preview.site.set("large.bin", Content::Shared(Arc::from(vec![b'x'; 64 << 20])));
    let mut idle = preview.connect();
    let mut half = preview.connect();
    half.send("GET /");
    let mut listening = preview.connect();
    listening.get("/_sotay/events?page=a").until("event: state");
    let mut reading = preview.connect();
    reading.get("/large.bin").until("\r\n\r\n");
    let address = preview.address;
    let started = Instant::now();
    preview.running.stop();
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    for client in [&mut idle, &mut half, &mut listening, &mut reading] {
        client.rest();
    }
    // Nobody answers, and the port may be had again.
    TcpListener::bind(address).unwrap();
}

#[test]
fn a_preview_may_start_where_one_has_stopped() {
    let first = Preview::start();
    let address = first.address;
    assert_eq!(first.get("/vi/").status, 200);
    drop(first);
    let options = Options { port: address.port(), ..Options::default() };
    let running = Server::start(options, Arc::new(SmallSite::default())).unwrap();
    assert_eq!(running.addresses().port, address.port());
    let again = SocketAddr::from(([127, 0, 0, 1], address.port()));
    assert_eq!(Client::connect(again).get("/").answer().unwrap().status, 404);
}
