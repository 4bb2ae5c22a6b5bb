//! Addresses in running text that link themselves: `https://...`, `www....` and `a@b.vn`.
//!
//! The rules are GFM's "autolinks (extension)", which the Markdown parser leaves to us. Two
//! additions, since pages are pasted from word processors: a curly quote, `»` or `…` at the end
//! is punctuation, and a `]` is treated like a `)`.

use std::ops::Range;

/// An address in a text.
#[derive(PartialEq, Eq, Debug)]
pub struct Autolink {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it links to: with a scheme, which the text may lack.
    pub target: String,
}

/// Whether it is worth looking: most texts hold nothing that could begin an address.
pub fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b':', b'@', b'w', bytes).any(|at| {
        let rest = &bytes[at..];
        rest.starts_with(b"@") || rest.starts_with(b"://") || rest.starts_with(b"www.")
    })
}

/// The addresses in `text`, from left to right. `entities` are the parts that the source writes
/// as `&name;`: at the end of an address they are not part of it. `at_edge` says whether an
/// address may begin at the very start of the text.
pub fn find(text: &str, entities: &[Range<usize>], at_edge: bool) -> Vec<Autolink> {
    let mut found = Vec::new();
    let mut done = 0;
    // Every address has one of these characters near its beginning.
    for (at, _) in text.match_indices([':', '.', '@']) {
        if at < done {
            continue;
        }
        let place = Place { text, entities, at_edge, from: done };
        let link = place.url(at).or_else(|| place.www(at)).or_else(|| place.mail(at));
        if let Some(link) = link {
            done = link.range.end;
            found.push(link);
        }
    }
    found
}

/// A text, and from where in it the next address may begin.
struct Place<'a> {
    text: &'a str,
    entities: &'a [Range<usize>],
    at_edge: bool,
    from: usize,
}

impl Place<'_> {
    /// `http://` or `https://` whose colon stands at byte `at`.
    fn url(&self, at: usize) -> Option<Autolink> {
        let rest = self.text[at..].strip_prefix("://")?;
        let scheme = trailing(&self.text[self.from..at], |c| c.is_ascii_alphabetic());
        if !["http", "https"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
            return None;
        }
        let start = at - scheme.len();
        if self.before(start).is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        has_domain(rest).then_some(())?;
        let end = self.end(start, start + scheme.len() + "://".len());
        let range = start..end;
        Some(Autolink { target: self.text[range.clone()].to_owned(), range })
    }

    /// `www.` whose first dot stands at byte `at`.
    fn www(&self, at: usize) -> Option<Autolink> {
        let start = at.checked_sub("www".len()).filter(|s| *s >= self.from)?;
        let rest = self.text.get(start..)?.strip_prefix("www.")?;
        let edge = match self.before(start) {
            Some(c) => c.is_whitespace() || "*_~(\"'“‘«„[".contains(c),
            None => self.at_edge,
        };
        (edge && has_domain(rest)).then_some(())?;
        let range = start..self.end(start, start + "www.".len());
        Some(Autolink { target: format!("http://{}", &self.text[range.clone()]), range })
    }

    /// A mail address whose `@` stands at byte `at`, with `mailto:` before it or not.
    fn mail(&self, at: usize) -> Option<Autolink> {
        let rest = self.text[at..].strip_prefix('@')?;
        let local = trailing(&self.text[self.from..at], |c| {
            c.is_ascii_alphanumeric() || ".-_+".contains(c)
        });
        let is_host = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let host = rest.split(|c| !is_host(c)).next()?;
        let after = rest[host.len()..].chars().next();
        let host = host.trim_end_matches('.');
        let valid = !local.is_empty()
            && host.contains('.')
            && host.split('.').all(|s| !s.is_empty())
            && !host.ends_with(['-', '_'])
            && after != Some('@');
        valid.then_some(())?;
        let name = at - local.len();
        let start = match self.text[self.from..name].ends_with("mailto:") {
            true => name - "mailto:".len(),
            false => name,
        };
        let edge = match self.before(start) {
            Some(c) => !c.is_alphanumeric() && !"/@:".contains(c) || c.is_whitespace(),
            None => self.at_edge,
        };
        edge.then_some(())?;
        let end = at + 1 + host.len();
        Some(Autolink { target: format!("mailto:{}", &self.text[name..end]), range: start..end })
    }

    /// The character before byte `at`; none at the start.
    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Where the address ends that begins at `start`: at white space or `<`, and before
    /// punctuation that belongs to the sentence. Nothing before `least` is taken away.
    fn end(&self, start: usize, least: usize) -> usize {
        let stops = |c: char| c.is_whitespace() || c.is_control() || c == '<';
        let mut end = self.text[least..].find(stops).map_or(self.text.len(), |i| least + i);
        let mut open = Balance::of(&self.text[start..end]);
        while end > least {
            let Some(last) = self.text[..end].chars().next_back() else { break };
            let cut = match last {
                _ if self.entity_ending_at(end).is_some() => {
                    end - self.entity_ending_at(end).unwrap_or(end)
                }
                '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '“' | '”' | '‘'
                | '’' | '»' | '…' => last.len_utf8(),
                ';' => match entity_len(&self.text[least..end]) {
                    0 => break,
                    len => len,
                },
                ')' if open.round < 0 => 1,
                ']' if open.square < 0 => 1,
                _ => break,
            };
            open.take_away(&self.text[end - cut..end]);
            end -= cut;
        }
        end
    }

    /// Where the entity begins that ends at byte `end`.
    fn entity_ending_at(&self, end: usize) -> Option<usize> {
        let i = self.entities.binary_search_by(|e| e.end.cmp(&end)).ok()?;
        Some(self.entities[i].start)
    }
}

/// How many brackets are opened more than closed; kept in step with what is cut off, so that a
/// long row of `)` costs no more than its length.
struct Balance {
    round: isize,
    square: isize,
}

impl Balance {
    fn of(text: &str) -> Balance {
        let mut balance = Balance { round: 0, square: 0 };
        balance.count(text, 1);
        balance
    }

    fn take_away(&mut self, text: &str) {
        self.count(text, -1);
    }

    fn count(&mut self, text: &str, step: isize) {
        for byte in text.bytes() {
            match byte {
                b'(' => self.round += step,
                b')' => self.round -= step,
                b'[' => self.square += step,
                b']' => self.square -= step,
                _ => {}
            }
        }
    }
}

/// The longest end of `text` whose characters all pass.
fn trailing(text: &str, passes: impl Fn(char) -> bool) -> &str {
    text.rsplit(|c| !passes(c)).next().unwrap_or("")
}

/// Whether `text` begins with a domain: parts with a dot between, no underscore in the last two.
fn has_domain(text: &str) -> bool {
    let is_host = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let host = text.split(|c| !is_host(c)).next().unwrap_or("").trim_end_matches(['.', '_']);
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() > 1
        && parts.iter().all(|p| !p.is_empty())
        && parts.iter().rev().take(2).all(|p| !p.contains('_'))
}

/// Bytes of what looks like an entity, `&name;`, at the end of `text`; 0 when there is none.
fn entity_len(text: &str) -> usize {
    let Some(before) = text.strip_suffix(';') else { return 0 };
    let name = trailing(before, |c| c.is_ascii_alphanumeric());
    let is_entity = !name.is_empty() && before[..before.len() - name.len()].ends_with('&');
    if is_entity { name.len() + "&;".len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text -> target` of each address, or only the text where they are the same.
    fn found(text: &str) -> Vec<String> {
        let show = |l: Autolink| match &text[l.range] {
            words if *words == l.target => words.to_owned(),
            words => format!("{words} -> {}", l.target),
        };
        find(text, &[], true).into_iter().map(show).collect()
    }

    #[test]
    fn a_sentence_keeps_its_punctuation() {
        for end in [".", ",", "?!", ":", "*", "_", "~~", "”", "’.", "…", "\"", "&copy;", ")", "]."]
        {
            let text = format!("xem https://a.vn/b?c=d#e{end}");
            assert_eq!(found(&text), ["https://a.vn/b?c=d#e"], "{end}");
        }
        assert_eq!(found("https://a.vn/b;c;"), ["https://a.vn/b;c;"]);
        assert_eq!(found("https://a.vn. Sau đó"), ["https://a.vn"]);
    }

    #[test]
    fn parentheses_that_belong_stay() {
        assert_eq!(found("(https://a.vn/b_(c))"), ["https://a.vn/b_(c)"]);
        assert_eq!(found("https://a.vn/(b)c)))"), ["https://a.vn/(b)c"]);
        assert_eq!(found("https://a.vn/b(c)d.e)?"), ["https://a.vn/b(c)d.e"]);
        assert_eq!(found("[https://a.vn/b]"), ["https://a.vn/b"]);
    }

    #[test]
    fn a_domain_has_a_dot_and_no_underscore_near_its_end() {
        assert_eq!(found("http://a_b.c.vn"), ["http://a_b.c.vn"]);
        for no in ["http://a", "http://a.b_c.vn", "https://", "http://.vn", "http://a..vn"] {
            assert_eq!(found(no), [""; 0], "{no}");
        }
        assert_eq!(found("HTTPS://Trường.edu.vn/á"), ["HTTPS://Trường.edu.vn/á"]);
        assert_eq!(found("http://10.0.0.1:8080/x"), ["http://10.0.0.1:8080/x"]);
    }

    #[test]
    fn only_the_web_links_itself() {
        for no in ["ftp://a.vn", "javascript://a.vn/%0a", "xhttp://a.vn", "file:///a.vn"] {
            assert_eq!(found(no), [""; 0], "{no}");
        }
    }

    #[test]
    fn www_stands_at_a_word_edge() {
        assert_eq!(found("www.a.vn/b."), ["www.a.vn/b -> http://www.a.vn/b"]);
        assert_eq!(found("(www.a.vn)"), ["www.a.vn -> http://www.a.vn"]);
        assert_eq!(found("xwww.a.vn /www.a.vn www.vn"), [""; 0]);
        assert_eq!(find("www.a.vn", &[], false), []);
    }

    #[test]
    fn mail_addresses() {
        assert_eq!(found("gửi a.b+c@d.edu.vn."), ["a.b+c@d.edu.vn -> mailto:a.b+c@d.edu.vn"]);
        assert_eq!(found("mailto:a@b.vn"), ["mailto:a@b.vn"]);
        for no in ["a@b", "a@b.vn-", "a@b.vn_", "@b.vn", "a@b..vn", "a@b@c.vn", "ưa@b.vn"] {
            assert_eq!(found(no), [""; 0], "{no}");
        }
    }

    #[test]
    fn an_address_ends_at_a_tag_and_before_an_entity() {
        assert_eq!(found("https://a.vn/b<c"), ["https://a.vn/b"]);
        let text = "https://a.vn/©";
        let entity = text.len() - "©".len()..text.len();
        let links = find(text, &[entity], true);
        assert_eq!(&text[links[0].range.clone()], "https://a.vn/");
    }

    #[test]
    fn two_addresses_in_one_text() {
        assert_eq!(
            found("https://a.vn, https://b.vn/x@y.vn và c@d.vn"),
            ["https://a.vn", "https://b.vn/x@y.vn", "c@d.vn -> mailto:c@d.vn"]
        );
    }
}
