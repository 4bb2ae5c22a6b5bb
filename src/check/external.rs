//! What is asked about a link to another site, and what its answers mean. Whoever has the
//! network asks; nothing is sent from here.

use super::places::{Places, SourcePlace};
use crate::base::{RelPath, UrlPath};
use crate::diag::{Code, Diagnostic};
use crate::model::Route;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// How often a site may send its readers on.
const MOST_REDIRECTS: usize = 10;

/// How to ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// For what would be sent, without sending it.
    Head,
    /// As a reader's browser asks.
    Get,
}

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A status of HTTP and, where there is one, the address it sends readers to.
    Status(u16, Option<String>),
    /// The host's name is not known.
    NoHost,
    /// The host does not prove to be itself.
    Untrusted,
    /// Nothing came in time.
    TooLate,
    /// Nothing listens there, or there is no way to it.
    NoConnection,
    /// It broke off, or what it said is not HTTP.
    Garbled,
}

/// What is known of a link in the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It leads somewhere.
    Fine,
    /// It leads somewhere, and has another address from now on.
    Moved(String),
    /// It leads nowhere.
    Dead(Reason),
    /// Nobody can say from here.
    Unknown(Reason),
}

/// Why a link leads nowhere, or why it cannot be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It cannot be read as an address.
    NoAddress,
    /// The host refused with this status.
    Status(u16),
    /// The host sends its readers round in a circle.
    Circle,
    /// Another answer than one of HTTP.
    Failed(Answer),
    /// No host at all could be reached.
    Offline,
}

/// The asking about one link, from the first question to the verdict.
#[derive(Clone, Debug)]
pub struct Inquiry {
    url: Url,
    method: Method,
    redirects: usize,
    /// Where the link has moved for good, as far as it was followed.
    moved: Option<Url>,
    /// Whether every redirect until now was for good.
    for_good: bool,
}

impl Inquiry {
    /// Begins with `address`, or says at once why there is nothing to ask.
    pub fn new(address: &str) -> Result<Inquiry, Verdict> {
        let url = Url::parse(address).ok().filter(Url::has_host);
        let url = url.ok_or(Verdict::Dead(Reason::NoAddress))?;
        Ok(Inquiry { url, method: Method::Head, redirects: 0, moved: None, for_good: true })
    }

    /// What to ask next. No part after `#`, no name or password is sent.
    pub fn question(&self) -> (Method, Url) {
        let mut url = self.url.clone();
        url.set_fragment(None);
        // Only addresses without a host cannot have them.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        (self.method, url)
    }

    /// Hears the answer; gives the verdict, or none where there is more to ask.
    pub fn hear(&mut self, answer: Answer) -> Option<Verdict> {
        match answer {
            Answer::Status(status @ (301 | 302 | 303 | 307 | 308), Some(to)) => {
                self.follow(matches!(status, 301 | 308), &to)
            }
            Answer::Status(200..=399, _) => Some(match self.moved.take() {
                Some(to) => Verdict::Moved(to.into()),
                None => Verdict::Fine,
            }),
            // Who asks too often is not helped by another question.
            Answer::Status(429, _) => Some(Verdict::Unknown(Reason::Status(429))),
            // Many a host answers `HEAD` with anything but what `GET` would bring.
            Answer::Status(..) | Answer::Garbled if self.method == Method::Head => {
                self.method = Method::Get;
                None
            }
            Answer::Status(status @ (404 | 410), _) => Some(Verdict::Dead(Reason::Status(status))),
            Answer::Status(status, _) => Some(Verdict::Unknown(Reason::Status(status))),
            failed @ (Answer::NoHost | Answer::Untrusted) => {
                Some(Verdict::Dead(Reason::Failed(failed)))
            }
            failed => Some(Verdict::Unknown(Reason::Failed(failed))),
        }
    }

    fn follow(&mut self, for_good: bool, to: &str) -> Option<Verdict> {
        let Some(mut to) = self.url.join(to).ok().filter(|to| to.has_host() && is_web(to)) else {
            return Some(Verdict::Unknown(Reason::Failed(Answer::Garbled)));
        };
        self.redirects += 1;
        if self.redirects > MOST_REDIRECTS {
            return Some(Verdict::Unknown(Reason::Circle));
        }
        // The place on the page is the reader's, as browsers have it.
        if to.fragment().is_none() {
            to.set_fragment(self.url.fragment());
        }
        self.for_good &= for_good;
        if self.for_good {
            self.moved = Some(to.clone());
        }
        (self.url, self.method) = (to, Method::Head);
        None
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Addresses to ask about, each once: what differs only after `#` is one page. With each, the
/// links as written and the files of the output that hold them.
pub type Questions = BTreeMap<String, BTreeMap<String, Vec<UrlPath>>>;

/// Puts links together that ask for the same.
pub fn questions(links: &BTreeMap<String, Vec<UrlPath>>) -> Questions {
    let mut questions = Questions::new();
    for (link, files) in links {
        let asked = match Inquiry::new(link) {
            Ok(inquiry) => inquiry.question().1.to_string(),
            Err(_) => link.clone(),
        };
        questions.entry(asked).or_default().insert(link.clone(), files.clone());
    }
    questions
}

/// Reports what was learnt of every link, at each place in the sources that holds it.
pub fn report(
    project: &Project,
    questions: &Questions,
    verdicts: &BTreeMap<String, Verdict>,
) -> Vec<Diagnostic> {
    let Some(renderer) = &project.renderer else { return Vec::new() };
    let places = Places { site: renderer.site(), snapshot: &project.snapshot };
    let offline = is_offline(verdicts);
    let mut diagnostics = Vec::new();
    for (asked, links) in questions {
        let verdict = match verdicts.get(asked) {
            Some(Verdict::Dead(Reason::Failed(_)) | Verdict::Unknown(_)) if offline => {
                &Verdict::Unknown(Reason::Offline)
            }
            Some(verdict) => verdict,
            None => continue,
        };
        if *verdict == Verdict::Fine {
            continue;
        }
        for (link, files) in links {
            let at: BTreeSet<SourcePlace> = files.iter().map(|f| source(places, f, link)).collect();
            diagnostics.extend(at.into_iter().filter_map(|(file, span)| {
                let d = diagnostic(verdict, link, &file)?;
                Some(Diagnostic { span, ..d })
            }));
        }
    }
    diagnostics
}

/// Whether there seems to be no network here: no host was reached. Then it says nothing of a
/// host that its name is not known.
fn is_offline(verdicts: &BTreeMap<String, Verdict>) -> bool {
    let unreached = |reason: &Reason| {
        use Answer::{NoConnection, NoHost, TooLate};
        matches!(reason, Reason::Failed(NoHost | NoConnection | TooLate))
    };
    let mut asked =
        verdicts.values().filter(|v| **v != Verdict::Dead(Reason::NoAddress)).peekable();
    asked.peek().is_some()
        && asked.all(|v| matches!(v, Verdict::Dead(r) | Verdict::Unknown(r) if unreached(r)))
}

fn diagnostic(verdict: &Verdict, link: &str, file: &RelPath) -> Option<Diagnostic> {
    let new = |code| Diagnostic::new(code, file).with("url", link);
    let because = |code, reason: &Reason| {
        let (vi, en) = words(reason);
        new(code).with("problem_vi", vi).with("problem_en", en)
    };
    match verdict {
        Verdict::Fine => None,
        Verdict::Moved(to) => Some(new(Code::MovedExternalLink).with("new", to)),
        Verdict::Dead(reason) => {
            let (vi, en) = advice(reason);
            let d = because(Code::DeadExternalLink, reason);
            Some(d.with("advice_vi", vi).with("advice_en", en))
        }
        Verdict::Unknown(reason) => Some(because(Code::UncheckedExternalLink, reason)),
    }
}

/// What to do about a link that leads nowhere.
fn advice(reason: &Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::NoAddress => (
            "viết địa chỉ đầy đủ, như `https://example.org/trang`",
            "write the address in full, like `https://example.org/page`",
        ),
        _ => (
            "tìm xem trang đó nay ở đâu, hoặc bỏ liên kết",
            "find out where that page is now, or remove the link",
        ),
    }
}

/// Where the sources hold a link that stands in a file of the output: in the text of the page,
/// in site.toml, else in the theme.
fn source(places: Places<'_>, file: &UrlPath, link: &str) -> SourcePlace {
    let site = places.site;
    let in_text = match site.routes.get(file) {
        Some(Route::Page { pair, lang }) => places.address(*pair, *lang, link),
        Some(Route::Static(path)) => Some(places.in_static(path, link)),
        _ => None,
    };
    in_text.or_else(|| places.in_config(link)).unwrap_or_else(|| (places.theme(), None))
}

fn words(reason: &Reason) -> (String, String) {
    let (vi, en) = match reason {
        Reason::NoAddress => ("không phải địa chỉ web", "it is no web address"),
        Reason::Status(404) => {
            ("máy chủ không có trang này (404)", "its host has no such page (404)")
        }
        Reason::Status(410) => {
            ("trang này đã bị gỡ hẳn (410)", "the page was removed for good (410)")
        }
        Reason::Status(429) => {
            ("máy chủ bảo hãy hỏi lại sau (429)", "its host asks to come back later (429)")
        }
        Reason::Status(401 | 403) => {
            ("máy chủ không cho chương trình xem", "its host does not let programs in")
        }
        Reason::Status(status) => {
            return (
                format!("máy chủ trả lời lỗi {status}"),
                format!("its host answers with error {status}"),
            );
        }
        Reason::Circle => {
            ("máy chủ chuyển hướng vòng quanh", "its host sends readers round in a circle")
        }
        Reason::Offline => (
            "không tới được máy chủ nào, có lẽ máy này không có mạng",
            "no host could be reached, so this computer seems to be offline",
        ),
        Reason::Failed(Answer::NoHost) => {
            ("không có máy chủ nào mang tên này", "there is no host of that name")
        }
        Reason::Failed(Answer::Untrusted) => (
            "không lập được kết nối an toàn, có thể do chứng thư số không hợp lệ",
            "no secure connection can be made, perhaps its certificate is not valid",
        ),
        Reason::Failed(Answer::TooLate) => {
            ("máy chủ không trả lời kịp", "its host did not answer in time")
        }
        Reason::Failed(Answer::NoConnection) => {
            ("không kết nối được tới máy chủ", "its host takes no connection")
        }
        Reason::Failed(Answer::Garbled | Answer::Status(..)) => (
            "máy chủ ngắt giữa chừng hoặc trả lời không hiểu được",
            "its host broke off, or gave no answer that makes sense",
        ),
    };
    (vi.to_owned(), en.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict after these answers; every one of them must be asked for.
    fn verdict(answers: &[Answer]) -> Verdict {
        let mut inquiry = Inquiry::new("https://example.vn/a?b=1#c").unwrap();
        let (last, before) = answers.split_last().unwrap();
        for answer in before {
            assert_eq!(inquiry.hear(answer.clone()), None, "{answers:?}");
        }
        inquiry.hear(last.clone()).unwrap_or_else(|| panic!("more is asked after {answers:?}"))
    }

    fn status(status: u16) -> Answer {
        Answer::Status(status, None)
    }

    fn to(status: u16, address: &str) -> Answer {
        Answer::Status(status, Some(address.to_owned()))
    }

    #[test]
    fn a_refused_head_is_asked_again_as_a_browser_asks() {
        for refused in [status(404), status(405), status(403), status(500), Answer::Garbled] {
            assert_eq!(verdict(&[refused, status(200)]), Verdict::Fine);
        }
        assert_eq!(verdict(&[status(404), status(404)]), Verdict::Dead(Reason::Status(404)));
        assert_eq!(verdict(&[status(405), status(410)]), Verdict::Dead(Reason::Status(410)));
    }

    #[test]
    fn what_nobody_can_say_is_no_failure() {
        let unknown = |reason| Verdict::Unknown(reason);
        assert_eq!(verdict(&[status(429)]), unknown(Reason::Status(429)));
        assert_eq!(verdict(&[status(403), status(403)]), unknown(Reason::Status(403)));
        assert_eq!(verdict(&[status(503), status(502)]), unknown(Reason::Status(502)));
        for failed in [Answer::TooLate, Answer::NoConnection] {
            assert_eq!(verdict(std::slice::from_ref(&failed)), unknown(Reason::Failed(failed)));
        }
        assert_eq!(
            verdict(&[Answer::Garbled, Answer::Garbled]),
            unknown(Reason::Failed(Answer::Garbled))
        );
    }

    #[test]
    fn a_host_that_is_not_there_or_not_itself_is_dead() {
        for failed in [Answer::NoHost, Answer::Untrusted] {
            assert_eq!(
                verdict(std::slice::from_ref(&failed)),
                Verdict::Dead(Reason::Failed(failed))
            );
        }
        for bad in ["https://", "https://exa mple.vn/", "https://[::/"] {
            assert_eq!(Inquiry::new(bad).unwrap_err(), Verdict::Dead(Reason::NoAddress), "{bad}");
        }
    }

    #[test]
    fn only_what_moved_for_good_has_a_new_address() {
        let moved = |to: &str| Verdict::Moved(to.to_owned());
        assert_eq!(verdict(&[to(301, "/new"), status(200)]), moved("https://example.vn/new#c"));
        assert_eq!(
            verdict(&[to(308, "//other.vn/x#y"), to(302, "/login"), status(200)]),
            moved("https://other.vn/x#y")
        );
        assert_eq!(verdict(&[to(302, "/login"), to(301, "/in"), status(200)]), Verdict::Fine);
        assert_eq!(
            verdict(&[to(301, "/new"), status(404), status(404)]),
            Verdict::Dead(Reason::Status(404))
        );
    }

    #[test]
    fn redirects_end_sometime_and_stay_on_the_web() {
        let circle = vec![to(302, "/a"); MOST_REDIRECTS + 1];
        assert_eq!(verdict(&circle), Verdict::Unknown(Reason::Circle));
        for elsewhere in ["javascript:alert(1)", "file:///etc/passwd", "https://"] {
            let verdict = verdict(&[to(301, elsewhere)]);
            assert_eq!(verdict, Verdict::Unknown(Reason::Failed(Answer::Garbled)), "{elsewhere}");
        }
    }

    #[test]
    fn secrets_and_places_on_the_page_are_not_sent() {
        let inquiry = Inquiry::new("https://an:secret@example.vn/a#b").unwrap();
        assert_eq!(inquiry.question().1.as_str(), "https://example.vn/a");
    }

    #[test]
    fn one_unknown_name_is_dead_only_where_others_answer() {
        let no_host = || Verdict::Dead(Reason::Failed(Answer::NoHost));
        let all = |verdicts: &[Verdict]| {
            let numbered = verdicts.iter().enumerate();
            is_offline(&numbered.map(|(i, v)| (i.to_string(), v.clone())).collect())
        };
        assert!(all(&[no_host(), Verdict::Unknown(Reason::Failed(Answer::TooLate))]));
        assert!(all(&[no_host(), Verdict::Dead(Reason::NoAddress)]));
        assert!(!all(&[no_host(), Verdict::Fine]));
        assert!(!all(&[no_host(), Verdict::Unknown(Reason::Status(503))]));
        assert!(!all(&[Verdict::Dead(Reason::NoAddress)]));
        assert!(!all(&[]));
    }
}
