//! Reads every finished page once more and refuses what would not work from a folder: remote
//! or absolute resources, module scripts, inline style and handlers, links to files that the
//! output does not have. Templates and editors' HTML are both held to it.

use crate::base::{RelPath, UrlPath};
use crate::diag::{Code, Diagnostic};
use crate::model::{Route, Site, scheme};
use percent_encoding::percent_decode_str;
use std::collections::HashSet;

/// Every file that a page may point to.
pub struct Guard {
    files: HashSet<UrlPath>,
}

impl Guard {
    /// A guard that knows the files of `site`.
    pub fn new(site: &Site) -> Guard {
        Guard { files: site.routes.keys().cloned().collect() }
    }

    /// What in the finished page at `path` would not work from a folder, each thing once.
    fn problems(&self, path: &UrlPath, parts: &[&str]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut joined = String::new();
        for part in parts {
            for_each_tag(part, &mut |tag| {
                if let Some(problem) = self.problem(path, tag, &mut joined)
                    && !found.contains(&problem)
                {
                    found.push(problem);
                }
            });
        }
        found
    }
}

/// Checks the finished page at `path`; other files are left alone. `shared` are parts of it, in
/// order, that were checked on other pages.
pub fn check(
    guard: &Guard,
    site: &Site,
    path: &UrlPath,
    html: &str,
    shared: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_page = path.as_str().ends_with(".html") && path.as_str() != "404.html";
    if !is_page {
        return;
    }
    let found = guard.problems(path, &without(html, shared));
    if found.is_empty() {
        return;
    }
    let file = source(site, path);
    diagnostics.extend(found.into_iter().map(|target| {
        Diagnostic::new(Code::NotOffline, &file).with("page", path.as_str()).with("target", target)
    }));
}

/// What is left of `html` when those of its `parts` that stand there in this order are cut out.
fn without<'a>(html: &'a str, parts: &[String]) -> Vec<&'a str> {
    let (mut left, mut rest) = (Vec::new(), html);
    for part in parts {
        if let Some(at) = position(rest, part) {
            left.push(&rest[..at]);
            rest = &rest[at + part.len()..];
        }
    }
    left.push(rest);
    left
}

/// Where `part` stands in `html`. Only its beginning is searched for: preparing a search for
/// thousands of bytes costs more than the search.
fn position(html: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    let beginning = &part.as_bytes()[..part.len().min(48)];
    let mut places = memchr::memmem::find_iter(html.as_bytes(), beginning);
    places.find(|at| html.as_bytes()[*at..].starts_with(part.as_bytes()))
}

/// The file an editor would look at for a page of the output.
fn source(site: &Site, path: &UrlPath) -> RelPath {
    match site.routes.get(path) {
        Some(Route::Page { pair, lang }) => site.pairs[*pair].version(*lang).0.source.clone(),
        _ => RelPath::new("site.toml"),
    }
}

/// An opening tag: its name and the text of its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

/// Visits every opening tag. The HTML is our own and the sanitiser's, so every `<` in text is
/// escaped; only script and JSON data hold other text, and they hold no `<`.
fn for_each_tag<'a>(html: &'a str, visit: &mut dyn FnMut(Tag<'a>)) {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|i| at + i) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name_end = at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let end = tag_end(bytes, name_end);
        visit(Tag { name: &html[at..name_end], attributes: &html[name_end..end] });
        at = end;
    }
}

fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(i) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let found = bytes[at + i];
        at += i + 1;
        if found == b'>' {
            return at - 1;
        }
        // Skip to the closing quote; an unclosed one ends with the text.
        match memchr::memchr(found, &bytes[at..]) {
            Some(close) => at += close + 1,
            None => return bytes.len(),
        }
    }
    bytes.len()
}

fn next_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
    let ends_name = |b: &u8| matches!(b, b'=' | b'/') || b.is_ascii_whitespace();
    let end = bytes[start..].iter().position(ends_name).map_or(text.len(), |i| start + i);
    let name = &text[start..end];
    if bytes.get(end) != Some(&b'=') {
        return Some((name, "", &text[end..]));
    }
    let value = end + 1;
    match bytes.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            let inner = value + 1;
            let close = memchr::memchr(*quote, &bytes[inner..]).map_or(text.len(), |i| inner + i);
            Some((name, &text[inner..close], text.get(close + 1..).unwrap_or("")))
        }
        _ => {
            let close = bytes[value..].iter().position(u8::is_ascii_whitespace);
            let close = close.map_or(text.len(), |i| value + i);
            Some((name, &text[value..close], &text[close..]))
        }
    }
}

impl Guard {
    fn problem(&self, page: &UrlPath, tag: Tag<'_>, joined: &mut String) -> Option<String> {
        let mut rest = tag.attributes;
        let is_metadata_link = tag.name == "link" && !tag.attributes.contains("rel=\"stylesheet\"");
        while let Some((name, value, after)) = next_attribute(rest) {
            rest = after;
            let is_handler = name.len() > 2 && name.starts_with("on");
            if is_handler || name == "style" || (name == "type" && value == "module") {
                return Some(format!("{name}=\"{value}\""));
            }
            let is_reference = match name {
                "src" | "poster" | "srcset" | "data" => true,
                "href" => !is_metadata_link && tag.name != "base",
                _ => false,
            };
            if is_reference && let Some(bad) = self.bad_reference(page, tag.name, value, joined) {
                return Some(bad);
            }
        }
        None
    }

    /// The reference, if it does not work from a folder. `joined` is only a buffer.
    fn bad_reference(
        &self,
        page: &UrlPath,
        tag: &str,
        value: &str,
        joined: &mut String,
    ) -> Option<String> {
        let bad = || Some(value.to_owned());
        if let Some(scheme) = scheme(value) {
            let may_leave = tag == "a" || tag == "area";
            let allowed = match &*scheme {
                "http" | "https" | "mailto" | "tel" => may_leave,
                "data" => tag == "img",
                _ => false,
            };
            return if allowed { None } else { bad() };
        }
        let end = memchr::memchr2(b'#', b'?', value.as_bytes()).unwrap_or(value.len());
        let path = &value[..end];
        if value.starts_with('/') || value.is_empty() {
            return bad();
        }
        if path.is_empty() {
            return None;
        }
        // Our own addresses are plain ASCII; only editors' HTML may need more reading.
        let plain = memchr::memchr2(b'&', b'%', path.as_bytes()).is_none();
        let found = match plain {
            true => join(page, path, joined),
            false => {
                let unescaped = path.replace("&amp;", "&");
                let decoded = percent_decode_str(&unescaped).decode_utf8_lossy();
                join(page, &decoded, joined)
            }
        };
        if found && self.files.contains(joined.as_str()) { None } else { bad() }
    }
}

/// Writes the file that `link` means on `page` into `joined`; no if it climbs out.
pub fn join(page: &UrlPath, link: &str, joined: &mut String) -> bool {
    joined.clear();
    joined.push_str(page.folder());
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if joined.is_empty() {
                    return false;
                }
                joined.truncate(joined.rfind('/').unwrap_or(0));
            }
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(html: &str) -> Vec<String> {
        let mut seen = Vec::new();
        for_each_tag(html, &mut |t| {
            let mut rest = t.attributes;
            let mut names = vec![t.name.to_owned()];
            while let Some((name, value, after)) = next_attribute(rest) {
                names.push(format!("{name}={value}"));
                rest = after;
            }
            seen.push(names.join(" "));
        });
        seen
    }

    #[test]
    fn links_are_followed_from_the_page() {
        let page = UrlPath::new("vi/talks/a.html");
        let mut joined = String::new();
        for (link, file) in [
            ("b.html", "vi/talks/b.html"),
            ("../x/./b.html", "vi/x/b.html"),
            ("../../i.html", "i.html"),
        ] {
            assert!(join(&page, link, &mut joined));
            assert_eq!(joined, file);
        }
        assert!(!join(&page, "../../../etc", &mut joined));
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        assert_eq!(
            tags("<p>a &lt; b</p><b class=k>x</b><img src='a>b' alt=\"c\" hidden/><!-- <x> -->"),
            ["p", "b class=k", "img src=a>b alt=c hidden=", "x"]
        );
    }
}
