//! A running preview of a small site.

use crate::client::{Answer, Client};
use sotay::base::RelPath;
use sotay::diag::UiLang;
use sotay::model::{Content, Length};
use sotay::serve::http::{Limits, Options, Reach, Running, Server};
use sotay::serve::{About, Site, Versions, Visitor};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// A preview, its site, and where it listens.
pub struct Preview {
    pub running: Running,
    pub site: Arc<SmallSite>,
    pub address: SocketAddr,
}

/// A site whose files a test sets, and which remembers what it was asked for.
#[derive(Default)]
pub struct SmallSite {
    pub files: Mutex<BTreeMap<String, Content>>,
    pub versions: Mutex<BTreeMap<String, u64>>,
    pub abouts: Mutex<BTreeMap<String, About>>,
    pub asked: Mutex<Vec<String>>,
}

impl SmallSite {
    pub fn set(&self, path: &str, content: Content) {
        self.files.lock().unwrap().insert(path.to_owned(), content);
    }

    pub fn set_text(&self, path: &str, text: &str) {
        self.set(path, Content::Bytes(text.as_bytes().to_vec()));
    }

    /// From now on, `page` is a talk of so many words.
    pub fn describe(&self, page: &str, words: usize) {
        let about = About {
            kind: "talk",
            texts: vec![RelPath::new("content/a\nb.vi.md"), RelPath::new("content/_part.md")],
            missing: None,
            listed: Vec::new(),
            more: 0,
            length: Some(Length { words, characters: 4 * words }),
        };
        self.abouts.lock().unwrap().insert(page.to_owned(), about);
    }

    /// From now on, `page` shows something else.
    pub fn touch(&self, page: &str) {
        *self.versions.lock().unwrap().entry(page.to_owned()).or_default() += 1;
    }
}

impl Site for SmallSite {
    fn file(&self, path: &str, visitor: Visitor) -> Option<Content> {
        self.asked.lock().unwrap().push(path.to_owned());
        assert_ne!(path, "panic.html", "as the test wants it");
        match path {
            "whoami.txt" => Some(Content::Bytes(format!("{visitor:?}").into_bytes())),
            path => self.files.lock().unwrap().get(path).cloned(),
        }
    }

    fn not_found(&self, path: &str, _: Visitor) -> Vec<u8> {
        format!("<p>no {path}").into_bytes()
    }

    fn versions(&self, page: &str) -> Versions {
        let versions = self.versions.lock().unwrap();
        let of = |name: &str| versions.get(name).copied().unwrap_or_default();
        Versions { page: of(page), style: of("style"), script: of("script") }
    }

    fn about(&self, page: &str) -> Option<About> {
        self.abouts.lock().unwrap().get(page).cloned()
    }
}

impl Preview {
    /// For this machine alone, within the usual limits.
    pub fn start() -> Preview {
        Preview::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Preview {
        Preview::reaching(Reach::ThisMachine, limits)
    }

    pub fn reaching(reach: Reach, limits: Limits) -> Preview {
        let site = Arc::new(SmallSite::default());
        site.set_text("index.html", "<p>root");
        site.set_text("vi/index.html", "<p>xin chào");
        site.set_text("vi/talks/phishing.html", "<p>lừa đảo");
        let options = Options { port: 0, reach, lang: UiLang::Vi, limits };
        let running = Server::start(options, site.clone()).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], running.addresses().port));
        Preview { running, site, address }
    }

    pub fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// The answer to `raw`, word for word.
    pub fn ask(&self, raw: impl AsRef<[u8]>) -> Answer {
        self.connect().send(raw).answer().expect("an answer")
    }

    /// The answer to a GET with more fields, each with its line break.
    pub fn get_with(&self, path: &str, fields: &str) -> Answer {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", self.address))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    /// What the site was asked for since this was last called.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.site.asked.lock().unwrap())
    }
}
