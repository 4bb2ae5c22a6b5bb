//! The request target: which file of the output somebody means. Decoded once, and anything
//! that is not a plain path to a file or folder is refused, whatever it decodes to.

use percent_encoding::percent_decode_str;

/// A request target that is clean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target<'a> {
    /// The path, decoded and without the leading slash; it ends with a slash or is empty when
    /// a folder is meant.
    path: String,
    /// What stands after `?`, as it was sent.
    query: Option<&'a str>,
}

impl<'a> Target<'a> {
    /// Reads `/path?query`. `None` for anything else: an escape that is none, bytes that are
    /// not UTF-8, control characters, a backslash or a slash in disguise, empty and dot
    /// segments.
    pub fn parse(target: &'a str) -> Option<Target<'a>> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let path = decode(path.strip_prefix('/')?)?;
        let mut segments = path.split('/');
        // Only the last may be empty: that is a folder.
        let last = segments.next_back()?;
        let plain = |segment: &str| !matches!(segment, "" | "." | "..");
        let clean = segments.all(plain) && !matches!(last, "." | "..");
        clean.then_some(Target { path, query })
    }

    /// Whether the path is `path`, written with its leading slash.
    pub fn is(&self, path: &str) -> bool {
        path.strip_prefix('/') == Some(&self.path)
    }

    /// Whether the path lies in `folder`, written with both its slashes.
    pub fn is_below(&self, folder: &str) -> bool {
        folder.strip_prefix('/').is_some_and(|folder| self.path.starts_with(folder))
    }

    /// The file that is meant; for a folder, the one that stands for it.
    pub fn file(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }

    /// The first value of `name` in the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs = self.query?.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
        percent_decode_str(value).decode_utf8().ok().map(Into::into)
    }

    /// What stands after `?`, with it; empty when nothing does.
    pub fn query(&self) -> String {
        self.query.map_or_else(String::new, |query| format!("?{query}"))
    }
}

/// A path without its escapes, if they are all proper and hide nothing.
fn decode(path: &str) -> Option<String> {
    let mut after_percent = path.split('%').skip(1);
    let is_escape = |rest: &str| rest.len() >= 2 && hex(rest.as_bytes()[..2].try_into().ok());
    if !after_percent.all(is_escape) || path.to_ascii_lowercase().contains("%2f") {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let clean = !decoded.chars().any(|c| c.is_control() || c == '\\');
    clean.then(|| decoded.into_owned())
}

fn hex(digits: Option<[u8; 2]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(target: &str) -> Option<String> {
        Target::parse(target).map(|target| target.file())
    }

    #[test]
    fn names_a_file() {
        for (target, expected) in [
            ("/", "index.html"),
            ("/vi/", "vi/index.html"),
            ("/vi", "vi"),
            ("/vi/talks/phishing.html", "vi/talks/phishing.html"),
            ("/vi/a.html?x=/../..#%zz", "vi/a.html"),
            ("/assets/s%C6%A1%20%C4%91%E1%BB%93.svg", "assets/sơ đồ.svg"),
            ("/100%25.html", "100%.html"),
            // Decoded once: what is left is a name that no file has.
            ("/%252e%252e/site.toml", "%2e%2e/site.toml"),
            ("/...", "..."),
            ("/.git/config", ".git/config"),
        ] {
            assert_eq!(file(target).as_deref(), Some(expected), "{target}");
        }
    }

    #[test]
    fn refuses_what_is_no_plain_path() {
        for target in [
            "",
            "vi/",
            "*",
            "http://localhost/",
            "//",
            "//evil.example/",
            "/vi//a.html",
            "/..",
            "/../site.toml",
            "/vi/..",
            "/vi/../site.toml",
            "/./vi/",
            "/vi/.",
            "/%2e%2e/site.toml",
            "/%2E./site.toml",
            "/.%2e/site.toml",
            "/vi%2fa.html",
            "/..%2Fsite.toml",
            "/..\\site.toml",
            "/..%5csite.toml",
            "/%5C%5Chost%5Cshare",
            "/a%00.html",
            "/a%0d%0aX:y",
            "/a%7f",
            "/a%c2%85",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%c0%ae%c0%ae/site.toml",
            "/%ff",
            "/%ed%a0%80",
        ] {
            assert_eq!(file(target), None, "{target}");
        }
    }

    #[test]
    fn parameters_are_decoded() {
        let target = Target::parse("/_sotay/events?a=1&page=vi%2Fa%20b.html&page=x").unwrap();
        assert_eq!(target.parameter("page").as_deref(), Some("vi/a b.html"));
        assert_eq!(target.parameter("pag"), None);
        assert_eq!(target.query(), "?a=1&page=vi%2Fa%20b.html&page=x");
    }

    proptest! {
        /// However it is written, nothing climbs, and nothing panics.
        #[test]
        fn never_climbs(target in "/([./%25ecECfF\\\\a]|%2[eEfF]|%5[cC]|%00){0,24}") {
            if let Some(file) = file(&target) {
                prop_assert!(file.split('/').all(|part| !matches!(part, "" | "." | "..")));
                prop_assert!(!file.contains(['\\', '\0']));
            }
        }

        #[test]
        fn never_panics(target in "\\PC{0,60}") {
            let _ = file(&target);
        }
    }
}
