//! Where a link, an image or a document number leads, for a reader of one language.
//!
//! Resolve asks to report what is broken, render asks to write the link: both get the same answer.

use super::{Absence, LinkTarget, Pair, Site, Version, stem};
use crate::base::{DocNumber, Lang, RelPath, UrlPath};
use percent_encoding::percent_decode_str;

/// Where a piece of text stands, which decides what its relative links mean.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The file that the text is written in (an included text keeps its own).
    pub source: &'a RelPath,
    /// The page that it is shown on, as a position in `Site::pairs`.
    pub pair: usize,
    /// The reader's language.
    pub lang: usize,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// A page, as a position in `Site::pairs`, and a section of it.
    Page(usize, Option<String>),
    /// A file beside a page.
    Asset(RelPath),
    /// Another site, a mail address or a telephone number.
    External(String),
}

/// Why a link leads nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dead {
    /// No file of that name; the path that was looked for.
    NoFile(String),
    /// The page has no such section.
    NoSection(usize, String),
    /// No page and no document of that name.
    NoPage,
    /// The page exists, but this edition does not show it.
    Hidden,
    /// The page exists, but it cannot be made; why is reported where it stands.
    Unfinished,
    /// It leaves the project.
    Outside,
    /// `javascript:` and the like.
    Scheme,
    /// An image that would have to be fetched.
    Remote,
}

impl From<Absence> for Dead {
    fn from(absence: Absence) -> Dead {
        match absence {
            Absence::Hidden => Dead::Hidden,
            Absence::Unfinished => Dead::Unfinished,
        }
    }
}

impl Site {
    /// Where a link written at `place` leads.
    pub fn link(&self, place: Place<'_>, target: &LinkTarget) -> Result<Destination, Dead> {
        match target {
            LinkTarget::Wiki(target) => self.wiki_link(place, target),
            LinkTarget::Path(target) => self.path_link(place, target),
        }
    }

    /// The file an image, video or attachment written at `place` is.
    pub fn file(&self, place: Place<'_>, target: &str) -> Result<&RelPath, Dead> {
        if let Some(scheme) = scheme(target) {
            return Err(match &*scheme {
                scheme if is_local(scheme) => Dead::Outside,
                "http" | "https" => Dead::Remote,
                _ => Dead::Scheme,
            });
        }
        if target.starts_with("//") {
            return Err(Dead::Remote);
        }
        let decoded = decode(target);
        let path = place.source.join_beside(&decoded).ok_or(Dead::Outside)?;
        self.asset(&path, place.lang).ok_or_else(|| Dead::NoFile(path.to_string()))
    }

    /// The page of a document number, as a position in `Site::pairs`.
    pub fn document(&self, text: &str) -> Option<usize> {
        self.by_number.get(&DocNumber::new(text)?).copied()
    }

    /// The page an address names: `talks/phishing`, `talks` for `talks/index`.
    pub fn page_by_address(&self, address: &str) -> Option<usize> {
        let address = address.trim_matches('/');
        let find = |id: &str| self.by_id.get(&super::PageId::new(id)).copied();
        find(if address.is_empty() { "index" } else { address })
            .or_else(|| find(&format!("{address}/index")))
    }

    /// Why there is no page or document called `name`, if that is known.
    fn absence(&self, name: &str) -> Option<Absence> {
        let document = DocNumber::new(name).and_then(|n| self.absent.numbers.get(&n).copied());
        document.or_else(|| self.absent.page(name))
    }

    /// Where a file beside pages stands in the output.
    pub fn asset_url(&self, source: &RelPath) -> Option<&UrlPath> {
        self.assets.get(source).map(|a| &a.path)
    }

    fn path_link(&self, place: Place<'_>, target: &str) -> Result<Destination, Dead> {
        if let Some(scheme) = scheme(target) {
            return match &*scheme {
                scheme if is_local(scheme) => Err(Dead::Outside),
                "http" | "https" | "mailto" | "tel" => Ok(Destination::External(target.to_owned())),
                _ => Err(Dead::Scheme),
            };
        }
        if target.starts_with("//") {
            return Err(Dead::Scheme);
        }
        let (path, section) = split_section(target);
        if path.is_empty() {
            return self.section(place.pair, section, place.lang);
        }
        let joined = place.source.join_beside(&path).ok_or(Dead::Outside)?;
        if joined.extension() == "md" {
            let stem = stem(joined.as_str(), &self.config.languages);
            let missing = || match self.absent.stems.get(stem) {
                Some(absence) => Dead::from(*absence),
                None => Dead::NoFile(joined.to_string()),
            };
            let pair = *self.by_stem.get(stem).ok_or_else(missing)?;
            return self.section(pair, section, place.lang);
        }
        match self.asset(&joined, place.lang) {
            Some(asset) => Ok(Destination::Asset(asset.clone())),
            None => Err(Dead::NoFile(joined.to_string())),
        }
    }

    fn wiki_link(&self, place: Place<'_>, target: &str) -> Result<Destination, Dead> {
        let (name, section) = split_section(target);
        let name = name.trim();
        let pair = if name.is_empty() {
            Some(place.pair)
        } else {
            self.document(name).or_else(|| self.page_by_address(name))
        };
        let missing = || match self.absence(name) {
            Some(absence) => Dead::from(absence),
            None => Dead::NoPage,
        };
        self.section(pair.ok_or_else(missing)?, section, place.lang)
    }

    /// A section of a page, as a reader of `lang` finds it. Where only the translation lacks
    /// the section, the link leads to the page: that the pair differs is reported elsewhere.
    fn section(&self, pair: usize, id: Option<String>, lang: usize) -> Result<Destination, Dead> {
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return Ok(Destination::Page(pair, None));
        };
        let page: &Pair = &self.pairs[pair];
        if page.version(lang).0.has_id(&id) {
            return Ok(Destination::Page(pair, Some(id)));
        }
        if page.versions.iter().flatten().any(|v| v.has_id(&id)) {
            return Ok(Destination::Page(pair, None));
        }
        Err(Dead::NoSection(pair, id))
    }

    /// The asset at `path`, or its version in the reader's language (`pic.vi.svg` for `pic.svg`),
    /// else in the source language.
    fn asset(&self, path: &RelPath, lang: usize) -> Option<&RelPath> {
        asset_candidates(path, self.lang(lang), &self.config.languages)
            .find_map(|key| self.assets.get_key_value(&key).map(|(k, _)| k))
    }
}

/// The files beside pages that `path` may mean to a reader of `lang`, first choice first:
/// `pic.svg` is `pic.vi.svg`, else itself, else its version in any language of the site.
pub fn asset_candidates<'a>(
    path: &'a RelPath,
    lang: &'a Lang,
    languages: &'a [Lang],
) -> impl Iterator<Item = RelPath> + 'a {
    let localised = |lang: &Lang| {
        let (stem, extension) = path.as_str().rsplit_once('.')?;
        Some(RelPath::new(format!("{stem}.{lang}.{extension}")))
    };
    let first = localised(lang);
    first.into_iter().chain([path.clone()]).chain(languages.iter().filter_map(localised))
}

/// The files that an include written in `here` may mean to a reader of `lang`, first choice
/// first: beside the file, then under `content/`; in the reader's language, without one, in the
/// source language.
pub fn include_candidates(
    here: &RelPath,
    target: &str,
    lang: &Lang,
    languages: &[Lang],
) -> Vec<RelPath> {
    let bases = [here.join_beside(target), RelPath::new("content/x").join_beside(target)];
    let mut candidates = Vec::new();
    for base in bases.into_iter().flatten() {
        let stem = stem(base.as_str(), languages);
        let of = |lang: &Lang| RelPath::new(format!("{stem}.{lang}.md"));
        // `x.vi.md` names one language; `x.md` means the reader's.
        if stem.len() + ".md".len() != base.as_str().len() {
            candidates.push(base.clone());
        }
        candidates.extend([of(lang), RelPath::new(format!("{stem}.md"))]);
        candidates.extend(languages.first().map(of));
    }
    candidates
}

impl Version {
    /// Whether a link may point to `id` on this page.
    pub fn has_id(&self, id: &str) -> bool {
        self.headings.iter().any(|h| h.id == id) || self.ids.iter().any(|i| i == id)
    }
}

/// The scheme of an address, lower case, if it has one. Control characters and white space
/// before or inside it are ignored, as browsers ignore them.
pub fn scheme(target: &str) -> Option<String> {
    // Most addresses are paths; this is asked of every link of every page.
    memchr::memchr(b':', target.as_bytes())?;
    let clean: String =
        target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(32).collect();
    let (scheme, _) = clean.split_once(':')?;
    let ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    ok.then(|| scheme.to_ascii_lowercase())
}

/// Whether a scheme names a place on the writer's own machine: `file:`, or a drive.
fn is_local(scheme: &str) -> bool {
    scheme == "file" || scheme.len() == 1
}

/// A target's path and `#section`, each percent-decoded.
pub fn split_section(target: &str) -> (String, Option<String>) {
    match target.split_once('#') {
        Some((path, section)) => (decode(path), Some(decode(section))),
        None => (decode(target), None),
    }
}

/// `text` percent-decoded.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::scheme;

    #[test]
    fn schemes_are_seen_through_disguises() {
        assert_eq!(scheme("java\tscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme(" HTTPS://x").as_deref(), Some("https"));
        assert_eq!(scheme("talks/a.md#x"), None);
        assert_eq!(scheme("../a:b.md"), None);
    }
}
