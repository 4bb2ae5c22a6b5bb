//! A host on this machine that answers links as a test says.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a host answers to one request.
pub enum Reply {
    /// These bytes, whatever they are.
    Bytes(String),
    /// A status without a body.
    Status(u16),
    /// A status, and where to go instead.
    Redirect(u16, String),
    /// Nothing, for so long.
    Silence(Duration),
    /// The connection is broken off.
    Reset,
}

/// A request that a host received.
#[derive(Clone)]
pub struct Asked {
    /// When it came.
    pub at: Instant,
    /// Its first line: `HEAD /a HTTP/1.1`.
    pub line: String,
    /// All of it.
    pub head: String,
}

/// A host. It answers until the test ends.
pub struct Host {
    /// `http://127.0.0.2:41234`, without a path.
    pub address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Host {
    /// A host that answers each request, given its method and path, with what `answer` says.
    pub fn new(answer: impl Fn(&str, &str) -> Reply + Send + Sync + 'static) -> Host {
        let listener = TcpListener::bind((own_address(), 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (asked.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (seen, answer) = (seen.clone(), answer.clone());
                std::thread::spawn(move || serve(stream.unwrap(), &seen, &*answer));
            }
        });
        Host { address, asked }
    }

    /// The requests until now, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The first lines of the requests until now, without the version: `HEAD /a`.
    pub fn lines(&self) -> Vec<String> {
        self.asked().iter().map(|a| a.line.trim_end_matches(" HTTP/1.1").to_owned()).collect()
    }
}

/// An address of the loopback network that no other host of this process has, so that hosts do
/// not wait for one another. Only Linux has more than one without asking.
fn own_address() -> String {
    static NEXT: AtomicU8 = AtomicU8::new(2);
    match cfg!(target_os = "linux") {
        true => format!("127.0.0.{}", NEXT.fetch_add(1, Ordering::Relaxed)),
        false => "127.0.0.1".to_owned(),
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Asked>>, answer: &dyn Fn(&str, &str) -> Reply) {
    let at = Instant::now();
    let Some(head) = request_head(&mut stream) else {
        let _ = stream.write_all(b"This host does not speak TLS.\r\n");
        return;
    };
    let line = head.lines().next().unwrap_or_default().to_owned();
    seen.lock().unwrap().push(Asked { at, line: line.clone(), head });
    let mut words = line.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let text = match answer(method, path) {
        Reply::Bytes(bytes) => bytes,
        Reply::Status(status) => response(status, ""),
        Reply::Redirect(status, to) => response(status, &format!("Location: {to}\r\n")),
        Reply::Silence(time) => {
            std::thread::sleep(time);
            return;
        }
        Reply::Reset => return,
    };
    // Who asked may be gone.
    let _ = stream.write_all(text.as_bytes());
}

fn response(status: u16, header: &str) -> String {
    format!("HTTP/1.1 {status} x\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

/// Everything to the empty line; none where what comes is no request of HTTP.
fn request_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
        if !head[0].is_ascii_uppercase() {
            return None;
        }
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}
