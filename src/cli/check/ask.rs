//! Asks other sites about links, gently: a few hosts at once, one question at a time to each,
//! with a pause between.

use crate::check::external::{Answer, Inquiry, Method, Questions, Verdict};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// How to behave to other people's hosts.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// How many hosts are asked at once.
    pub at_once: usize,
    /// How long a host is left alone after each question.
    pub pause: Duration,
}

/// Asks about every link and gives back what came of it. `done` is called once for each, from
/// many threads.
pub fn ask_all(
    questions: &Questions,
    manners: Manners,
    ask: &(dyn Fn(Method, &Url) -> Answer + Sync),
    done: &(dyn Fn() + Sync),
) -> BTreeMap<String, Verdict> {
    let hosts = Mutex::new(by_host(questions));
    let verdicts = Mutex::new(BTreeMap::new());
    let gates = Gates::default();
    let work = || {
        while let Some(addresses) = next(&hosts) {
            for address in addresses {
                let verdict = inquire(&address, |method, url| {
                    gates.one_at_a_time(url, manners.pause, || ask(method, url))
                });
                locked(&verdicts).insert(address, verdict);
                done();
            }
        }
    };
    std::thread::scope(|scope| {
        (0..manners.at_once).for_each(|_| {
            scope.spawn(work);
        });
    });
    verdicts.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Addresses of one host each, the host with most of them first: it takes longest.
fn by_host(questions: &Questions) -> VecDeque<Vec<String>> {
    let mut hosts: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for address in questions.keys() {
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host).or_default().push(address.clone());
    }
    let mut hosts: Vec<Vec<String>> = hosts.into_values().collect();
    hosts.sort_by_key(|addresses| std::cmp::Reverse(addresses.len()));
    hosts.into()
}

fn next(hosts: &Mutex<VecDeque<Vec<String>>>) -> Option<Vec<String>> {
    locked(hosts).pop_front()
}

fn inquire(address: &str, ask: impl Fn(Method, &Url) -> Answer) -> Verdict {
    let mut inquiry = match Inquiry::new(address) {
        Ok(inquiry) => inquiry,
        Err(verdict) => return verdict,
    };
    loop {
        let (method, url) = inquiry.question();
        if let Some(verdict) = inquiry.hear(ask(method, &url)) {
            return verdict;
        }
    }
}

/// One gate for each host: whoever asks it holds its gate, a redirect from elsewhere too.
#[derive(Default)]
struct Gates {
    gates: Mutex<HashMap<String, Arc<Gate>>>,
}

/// When a host last answered.
type Gate = Mutex<Option<Instant>>;

impl Gates {
    fn one_at_a_time(&self, url: &Url, pause: Duration, ask: impl FnOnce() -> Answer) -> Answer {
        let host = url.host_str().unwrap_or_default().to_owned();
        let gate = locked(&self.gates).entry(host).or_default().clone();
        let mut answered = locked(&gate);
        if let Some(before) = *answered {
            std::thread::sleep(pause.saturating_sub(before.elapsed()));
        }
        let answer = ask();
        *answered = Some(Instant::now());
        answer
    }
}

/// A poisoned lock only means that another thread panicked; what it holds is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::UrlPath;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn questions(addresses: impl IntoIterator<Item = String>) -> Questions {
        let files = |a: &String| BTreeMap::from([(a.clone(), vec![UrlPath::new("vi/a.html")])]);
        addresses.into_iter().map(|a| (a.clone(), files(&a))).collect()
    }

    /// How many are inside at once, and how many ever were.
    #[derive(Default)]
    struct Inside {
        now: AtomicUsize,
        most: AtomicUsize,
    }

    impl Inside {
        fn during(&self, work: impl FnOnce()) {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            work();
            self.now.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn few_hosts_are_asked_at_once_and_each_is_left_in_peace() {
        let pause = Duration::from_millis(10);
        let manners = Manners { at_once: 4, pause };
        let many = (0..8).flat_map(|h| (0..4).map(move |p| format!("http://h{h}.vn/{p}")));
        let (all, done) = (Inside::default(), AtomicUsize::new(0));
        let hosts: Vec<Inside> = (0..8).map(|_| Inside::default()).collect();
        let ended = Mutex::new(vec![None::<Instant>; 8]);
        let ask = |_: Method, url: &Url| {
            let host: usize = url.host_str().unwrap()[1..2].parse().unwrap();
            let before = locked(&ended)[host];
            assert!(before.is_none_or(|before| before.elapsed() >= pause), "too soon");
            let answering = || std::thread::sleep(Duration::from_millis(20));
            all.during(|| hosts[host].during(answering));
            locked(&ended)[host] = Some(Instant::now());
            // Whoever sends readers to another host does not open its gate.
            match url.path() {
                "/0" => Answer::Status(302, Some(format!("http://h{}.vn/x", (host + 1) % 8))),
                _ => Answer::Status(200, None),
            }
        };
        let verdicts = ask_all(&questions(many), manners, &ask, &|| {
            done.fetch_add(1, Ordering::SeqCst);
        });
        assert_eq!((verdicts.len(), done.into_inner()), (32, 32));
        assert!(verdicts.values().all(|v| *v == Verdict::Fine));
        assert!((2..=4).contains(&all.most.into_inner()));
        assert!(hosts.into_iter().all(|host| host.most.into_inner() == 1));
    }

    #[test]
    fn what_is_no_address_is_not_asked() {
        let manners = Manners { at_once: 2, pause: Duration::ZERO };
        let never = |_: Method, url: &Url| -> Answer { panic!("{url} was asked") };
        let verdicts = ask_all(&questions(["http://".to_owned()]), manners, &never, &|| {});
        assert!(matches!(verdicts["http://"], Verdict::Dead(_)));
    }
}
