//! A client that says exactly what it is told to.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Longer than anything takes, even on a machine with other work.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One connection.
pub struct Client(pub TcpStream);

/// An answer, read to the end of the connection.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(to: SocketAddr) -> Client {
        Client::over(TcpStream::connect_timeout(&to, PATIENCE).unwrap())
    }

    /// A connection from an address of its own, as another machine has.
    pub fn connect_from(from: IpAddr, to: SocketAddr) -> Client {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
        let socket = socket.unwrap();
        socket.bind(&SocketAddr::new(from, 0).into()).unwrap();
        socket.connect_timeout(&to.into(), PATIENCE).unwrap();
        Client::over(socket.into())
    }

    fn over(stream: TcpStream) -> Client {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Client(stream)
    }

    /// Sends; that the other side has heard enough is no failure.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Client {
        let _ = self.0.write_all(bytes.as_ref());
        self
    }

    /// A GET without anything special, not yet answered.
    pub fn get(&mut self, path: &str) -> &mut Client {
        let host = self.0.peer_addr().unwrap();
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"))
    }

    /// The answer, or `None` when the connection ends without one.
    pub fn answer(&mut self) -> Option<Answer> {
        let bytes = self.rest();
        (!bytes.is_empty()).then(|| Answer::parse(&bytes))
    }

    /// All that comes until the other side closes.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self.0.read_to_end(&mut bytes) {
            Ok(_) => {}
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {}
            Err(e) => panic!("{e} after {:?}", String::from_utf8_lossy(&bytes)),
        }
        bytes
    }

    /// All that comes until it holds `word`.
    pub fn until(&mut self, word: &str) -> String {
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        let deadline = Instant::now() + PATIENCE;
        // Where `word` could begin that was not there before.
        let mut from = 0;
        while !bytes[from..].windows(word.len()).any(|part| part == word.as_bytes()) {
            from = bytes.len().saturating_sub(word.len());
            let text = || String::from_utf8_lossy(&bytes);
            assert!(Instant::now() < deadline, "no {word:?} in {:?}", text());
            let read = self.0.read(&mut chunk).unwrap_or_else(|e| panic!("{e} after {:?}", text()));
            assert!(read > 0, "closed before {word:?}, after {:?}", text());
            bytes.extend_from_slice(&chunk[..read]);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Whether nothing comes for `time`.
    pub fn is_silent(&mut self, time: Duration) -> bool {
        self.0.set_read_timeout(Some(time)).unwrap();
        let read = self.0.read(&mut [0; 1]);
        self.0.set_read_timeout(Some(PATIENCE)).unwrap();
        read.is_err_and(|e| matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
    }
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
        let fields = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Answer {
            status: status[..3].parse().unwrap(),
            fields: fields.collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// The value of the field, which is there at most once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| &**v);
        let first = found.next();
        assert_eq!(found.next(), None, "{name} stands there twice");
        first
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}
