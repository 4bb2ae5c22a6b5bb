//! Starts and stops the preview: its ports, its threads, and what a person is told of them.

use super::answer::Answerer;
use super::gate::Gate;
use super::pass::Passes;
use super::{Limits, lan};
use crate::diag::UiLang;
use crate::serve::Site;
use crate::serve::live::Hub;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How many ports after the one asked for are tried.
const NEXT_PORTS: u16 = 20;

/// The port when nobody asks for another.
pub const DEFAULT_PORT: u16 = 4321;

/// What the preview is asked to be.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The port to listen on; the next free one when it is taken. 0 is any.
    pub port: u16,
    /// Who may come.
    pub reach: Reach,
    /// The editor's language, in which pages say that the preview has stopped.
    pub lang: UiLang,
    /// How much visitors may ask.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            port: DEFAULT_PORT,
            reach: Reach::ThisMachine,
            lang: UiLang::En,
            limits: Limits::default(),
        }
    }
}

/// Who may come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Browsers on this machine.
    ThisMachine,
    /// Everybody on the network.
    Network,
}

/// Where the preview is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addresses {
    /// The port, which is not always the one asked for.
    pub port: u16,
    /// For a browser on this machine: `http://localhost:4321/`.
    pub local: String,
    /// For others on the network, the likeliest first; empty unless they may come.
    pub network: Vec<String>,
}

/// The preview's web server.
pub struct Server;

/// A server at work; it stops when dropped.
pub struct Running {
    addresses: Addresses,
    hub: Arc<Hub>,
    gate: Arc<Gate>,
    inner: Arc<tiny_http::Server>,
    stopping: Arc<AtomicBool>,
    doors: Vec<Door>,
    dispatcher: Option<JoinHandle<()>>,
}

/// A listening socket and the thread that accepts from it.
struct Door {
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to show `site`. Fails when no port is to be had near the one asked for.
    pub fn start(options: Options, site: Arc<dyn Site>) -> io::Result<Running> {
        let listeners = listen(options.port, options.reach)?;
        let port = listeners[0].local_addr()?.port();
        let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let inner_address = inner.local_addr()?;
        let inner = tiny_http::Server::from_listener(inner, None).map_err(io::Error::other)?;
        let (hub, passes) = (Arc::new(Hub::new(options.lang)), Arc::new(Passes::default()));
        let mut running = Running {
            addresses: addresses(port, options.reach),
            hub: hub.clone(),
            gate: Arc::new(Gate::new(options.limits, inner_address, passes.clone())),
            inner: Arc::new(inner),
            stopping: Arc::default(),
            doors: Vec::new(),
            dispatcher: None,
        };
        let answerer = Arc::new(Answerer { site, hub, passes, limits: options.limits });
        running.dispatcher = Some(dispatch(running.inner.clone(), answerer)?);
        for listener in listeners {
            let door = open_door(listener, running.gate.clone(), running.stopping.clone())?;
            running.doors.push(door);
        }
        Ok(running)
    }
}

impl Running {
    /// Where the preview is.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Through which open pages are told of changes.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Stops: closes every connection and gives the port back.
    pub fn stop(self) {
        drop(self);
    }

    fn close(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        for door in &mut self.doors {
            // Its thread waits for a connection; nobody else might come.
            let woken = TcpStream::connect_timeout(&door.address, Duration::from_secs(1)).is_ok();
            if let Some(thread) = door.thread.take().filter(|_| woken) {
                let _ = thread.join();
            }
        }
        self.hub.close();
        self.gate.close();
        self.inner.unblock();
        if let Some(dispatcher) = self.dispatcher.take() {
            let _ = dispatcher.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.close();
    }
}

/// Listens on `port` or, where it is taken, on one of those after it.
fn listen(port: u16, reach: Reach) -> io::Result<Vec<TcpListener>> {
    let last = if port == 0 { 0 } else { port.saturating_add(NEXT_PORTS) };
    let mut taken = None;
    for port in port..=last {
        match listen_on(port, reach) {
            // Windows keeps whole ranges of ports for itself and says that they are forbidden.
            Err(e) if matches!(e.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {
                taken = Some(e);
            }
            other => return other,
        }
    }
    Err(taken.unwrap_or_else(|| ErrorKind::AddrInUse.into()))
}

/// The sockets for one port: `localhost` may mean either loopback address, so that both must
/// be ours or a stranger would answer on one of them.
fn listen_on(port: u16, reach: Reach) -> io::Result<Vec<TcpListener>> {
    let v4 = match reach {
        Reach::ThisMachine => Ipv4Addr::LOCALHOST,
        Reach::Network => Ipv4Addr::UNSPECIFIED,
    };
    let first = TcpListener::bind((v4, port))?;
    let port = first.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(second) => Ok(vec![first, second]),
        Err(e) if e.kind() == ErrorKind::AddrInUse => Err(e),
        // A machine without IPv6.
        Err(_) => Ok(vec![first]),
    }
}

fn addresses(port: u16, reach: Reach) -> Addresses {
    let network = match reach {
        Reach::ThisMachine => Vec::new(),
        Reach::Network => lan::addresses(),
    };
    Addresses {
        port,
        local: format!("http://localhost:{port}/"),
        network: network.iter().map(|ip| format!("http://{ip}:{port}/")).collect(),
    }
}

/// Accepts connections from `listener` until the server stops.
fn open_door(
    listener: TcpListener,
    gate: Arc<Gate>,
    stopping: Arc<AtomicBool>,
) -> io::Result<Door> {
    let mut address = listener.local_addr()?;
    if address.ip() == IpAddr::V4(Ipv4Addr::UNSPECIFIED) {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let accept = move || {
        loop {
            let accepted = listener.accept();
            if stopping.load(Ordering::Relaxed) {
                return;
            }
            match accepted {
                Ok((stream, _)) => gate.receive(stream),
                // Out of file handles, or the other side left while it waited: neither lasts.
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        }
    };
    let thread = thread::Builder::new().name("preview-door".to_owned()).spawn(accept)?;
    Ok(Door { address, thread: Some(thread) })
}

/// Gives every request that `tiny_http` read a thread of its own, so that one slow reader
/// holds up nobody; the gate bounds how many there are.
fn dispatch(inner: Arc<tiny_http::Server>, answerer: Arc<Answerer>) -> io::Result<JoinHandle<()>> {
    let dispatch = move || {
        for request in inner.incoming_requests() {
            let answerer = answerer.clone();
            let answer = move || {
                // Whoever asked has left: nobody is there to be told.
                let _ = answerer.answer(request);
            };
            // Without a thread the request is dropped, which answers it with status 500.
            let _ = thread::Builder::new().name("preview-answer".to_owned()).spawn(answer);
        }
    };
    thread::Builder::new().name("preview-dispatcher".to_owned()).spawn(dispatch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Content;
    use crate::serve::{Versions, Visitor};
    use std::io::{Read, Write};

    #[test]
    fn a_taken_port_leads_to_the_next() {
        let taken = listen(0, Reach::ThisMachine).unwrap();
        let port = taken[0].local_addr().unwrap().port();
        let Ok(next) = listen(port, Reach::ThisMachine) else {
            panic!("none of the {NEXT_PORTS} ports after {port} is free")
        };
        let found = next[0].local_addr().unwrap().port();
        assert!(found > port && found <= port + NEXT_PORTS, "{found} after {port}");
    }

    struct Nothing;

    impl Site for Nothing {
        fn file(&self, _: &str, _: Visitor) -> Option<Content> {
            Some(Content::Bytes(b"secret".to_vec()))
        }

        fn not_found(&self, _: &str, _: Visitor) -> Vec<u8> {
            Vec::new()
        }

        fn versions(&self, _: &str) -> Versions {
            Versions { page: 0, style: 0, script: 0 }
        }

        fn about(&self, _: &str) -> Option<crate::serve::About> {
            None
        }
    }

    #[test]
    fn behind_the_gate_nobody_else_is_answered() {
        let options = Options { port: 0, ..Options::default() };
        let running = Server::start(options, Arc::new(Nothing)).unwrap();
        let ask = |address: SocketAddr| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let head = format!("GET /a HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let gate = SocketAddr::from((Ipv4Addr::LOCALHOST, running.addresses().port));
        assert!(ask(gate).ends_with("secret"));
        let behind = running.inner.server_addr().to_ip().unwrap();
        assert!(behind.ip().is_loopback());
        assert_eq!(ask(behind), "");
    }

    #[test]
    fn the_network_is_told_only_where_it_may_come() {
        assert_eq!(addresses(80, Reach::ThisMachine).network, [] as [String; 0]);
        assert_eq!(addresses(4321, Reach::ThisMachine).local, "http://localhost:4321/");
    }
}
