//! A content language, named by its BCP 47 tag (`vi`, `en`, `km`).

use std::fmt;
use std::sync::Arc;

/// A content language: a lower-case BCP 47 tag such as `vi` or `pt-br`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Lang(Arc<str>);

impl Lang {
    /// A language from its tag, or `None` when `tag` is not 2 or 3 letters followed by
    /// `-`-separated alphanumeric subtags (RFC 5646, without its rarer forms).
    pub fn new(tag: &str) -> Option<Lang> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let primary_ok =
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        let rest_ok = parts.all(|p| {
            (1..=8).contains(&p.len())
                && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        (primary_ok && rest_ok).then(|| Lang(tag.into()))
    }

    /// The tag, as written in file names, addresses and `lang` attributes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_tags_and_refuses_words() {
        for ok in ["vi", "en", "km", "pt-br", "zh-hant"] {
            assert!(Lang::new(ok).is_some(), "{ok}");
        }
        for bad in ["", "v", "VI", "viet", "en_US", "en-", "phishing"] {
            assert!(Lang::new(bad).is_none(), "{bad}");
        }
    }
}
