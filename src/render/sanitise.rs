//! Editors' raw HTML, made harmless.
//!
//! Markdown hands raw HTML over in pieces (`<details>`, then a paragraph, then `</details>`),
//! and a piece cleaned alone is closed at once. So a page's pieces are put together first,
//! with placeholders for our own finished HTML, cleaned once, and filled in again. What an
//! editor should know about what was taken away comes from the tokens that the cleaner saw.

use ammonia::{Builder, UrlRelative};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that editors may write.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes that every one of them may have.
const ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes of single elements.
const ELEMENT_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("audio", &["src", "controls"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("source", &["src", "type"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("time", &["datetime"]),
    ("video", &["src", "controls", "width", "height"]),
];

/// Elements that go with all they hold: their content is not text for readers.
const WITH_CONTENT: &[&str] = &[
    "embed", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style",
    "svg", "template", "title",
];

/// Schemes of links; everything that readers' browsers load must be relative.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel"];

/// Elements within elements. The parser's time grows with the square of it, and no text for
/// readers comes near.
const DEEPEST: usize = 500;

/// Elements that hold nothing, or that the next one of their kind ends: these do not nest.
const UNNESTED: &[&str] = &[
    "br", "col", "colgroup", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "p", "rp",
    "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// How many removals a report names.
const MOST_REPORTED: usize = 20;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(|_, _| None));

/// Takes away what editors may not write; of the rest, `moved` says what the value of an
/// attribute has to be instead.
fn cleaner(
    moved: impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static,
) -> Builder<'static> {
    let attributes: HashMap<&str, HashSet<&str>> = ELEMENT_ATTRIBUTES
        .iter()
        .map(|(element, names)| (*element, names.iter().copied().collect()))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WITH_CONTENT.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |element, attribute, value| {
            let harmless = value_problem(element, attribute, value).is_none();
            harmless.then(|| moved(attribute, value).map_or(Cow::Borrowed(value), Cow::Owned))
        });
    builder
}

/// What came of a page's raw HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sanitised {
    /// Harmless HTML, with every trusted piece in it exactly once.
    pub html: String,
    /// What was taken away, in words an editor knows: `<script>`, `onclick`, `javascript:`.
    pub removed: Vec<String>,
}

enum Piece {
    Trusted(String),
    Raw(String),
}

/// One fragment in the making: raw pieces and finished pieces, in the order of the page.
#[derive(Default)]
pub struct Assembly {
    pieces: Vec<Piece>,
}

impl Assembly {
    /// An empty fragment.
    pub fn new() -> Assembly {
        Assembly::default()
    }

    /// Adds HTML that we made ourselves; it is not changed.
    pub fn push_trusted(&mut self, html: String) {
        self.pieces.push(Piece::Trusted(html));
    }

    /// Adds HTML as an editor wrote it.
    pub fn push_raw(&mut self, html: &str) {
        self.pieces.push(Piece::Raw(html.to_owned()));
    }

    /// Cleans the whole. A trusted piece whose surroundings were taken away (the inside of a
    /// `<script>`, an unclosed comment or attribute) is kept at the end, in order.
    pub fn finish(self) -> Sanitised {
        self.cleaned_by(&CLEANER)
    }

    /// Cleans the whole for a file that is not the page's own: `moved` gives the value that an
    /// attribute, by its name, has to have there instead of its own.
    pub fn finish_moved(
        self,
        moved: impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static,
    ) -> Sanitised {
        self.cleaned_by(&cleaner(moved))
    }

    fn cleaned_by(self, cleaner: &Builder<'_>) -> Sanitised {
        let mark = self.mark();
        let mut joined = String::new();
        let mut trusted = Vec::new();
        for piece in self.pieces {
            match piece {
                Piece::Raw(html) => joined.push_str(&html),
                Piece::Trusted(html) => {
                    joined.push_str(&placeholder(&mark, trusted.len()));
                    trusted.push(Some(html));
                }
            }
        }
        let mut removed = removed_from(&joined);
        if let Some(element) = too_deep(&joined) {
            removed.insert(0, format!("<{element}><{element}>…"));
            joined = ammonia::clean_text(&joined);
        }
        let clean = cleaner.clean(&joined).to_string();
        Sanitised { html: fill_in(&clean, &mark, trusted), removed }
    }

    /// What placeholders start with. It depends on every piece, so nobody can write a text
    /// that holds its own.
    fn mark(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for piece in &self.pieces {
            let (kind, text) = match piece {
                Piece::Trusted(t) => (b"t", t),
                Piece::Raw(t) => (b"r", t),
            };
            hasher.update(kind).update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        format!("{MARK}{}-", &hasher.finalize().to_hex()[..32])
    }
}

/// A private-use character: no text for readers starts like a placeholder.
const MARK: char = '\u{E5A7}';

fn placeholder(mark: &str, index: usize) -> String {
    format!("{mark}{index}{MARK}")
}

/// Puts trusted pieces back where their placeholders are text. Within a tag a piece would
/// become an attribute's value, so there the placeholder only goes.
fn fill_in(clean: &str, mark: &str, mut trusted: Vec<Option<String>>) -> String {
    let size = clean.len() + trusted.iter().flatten().map(String::len).sum::<usize>();
    let mut out = String::with_capacity(size);
    let mut in_tag = InTag::default();
    let mut rest = clean;
    while let Some(at) = rest.find(mark) {
        in_tag.read(&rest[..at]);
        out.push_str(&rest[..at]);
        let after = &rest[at + mark.len()..];
        let (index, after) = after.split_once(MARK).unwrap_or((after, ""));
        let piece = index.parse().ok().and_then(|i: usize| trusted.get_mut(i));
        if let Some(piece) = piece.filter(|_| !in_tag.0.is_inside()) {
            out.push_str(&piece.take().unwrap_or_default());
        }
        rest = after;
    }
    out.push_str(rest);
    trusted.into_iter().flatten().for_each(|lost| out.push_str(&lost));
    out
}

/// Where in serialised HTML a reader stands.
#[derive(Default)]
struct InTag(Place);

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    Tag,
    /// Within a quoted value; the serialiser quotes with `"` only.
    Value,
}

impl Place {
    fn is_inside(self) -> bool {
        self != Place::Text
    }
}

impl InTag {
    fn read(&mut self, html: &str) {
        for byte in html.bytes() {
            self.0 = match (self.0, byte) {
                (Place::Text, b'<') => Place::Tag,
                (Place::Tag, b'>') => Place::Text,
                (Place::Tag, b'"') => Place::Value,
                (Place::Value, b'"') => Place::Tag,
                (place, _) => place,
            };
        }
    }
}

/// Every `href` and `src` in raw HTML, decoded, in order: the targets that others check.
pub fn raw_references(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for_each_tag(html, |tag| {
        for attribute in &tag.attrs {
            if matches!(&*attribute.name.local, "href" | "src") {
                found.push(attribute.value.to_string());
            }
        }
    });
    found
}

fn removed_from(html: &str) -> Vec<String> {
    let mut removed: Vec<String> = Vec::new();
    let mut add = |what: String| {
        if removed.len() < MOST_REPORTED && !removed.contains(&what) {
            removed.push(what);
        }
    };
    for_each_tag(html, |tag| {
        if tag.kind == TagKind::EndTag {
            return;
        }
        let element = &*tag.name;
        if !ELEMENTS.contains(&element) {
            add(format!("<{}>", shortened(element)));
            return;
        }
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            if !is_allowed(element, name) {
                add(shortened(name));
            } else if let Some(problem) = value_problem(element, name, &attribute.value) {
                add(problem);
            }
        }
    });
    removed
}

/// The element at which `html` nests deeper than [`DEEPEST`].
fn too_deep(html: &str) -> Option<String> {
    let mut depth = 0usize;
    let mut found = None;
    for_each_tag(html, |tag| {
        let element = &*tag.name;
        if UNNESTED.contains(&element) {
            return;
        }
        match tag.kind {
            TagKind::StartTag => depth += 1,
            TagKind::EndTag => depth = depth.saturating_sub(1),
        }
        if depth > DEEPEST && found.is_none() {
            found = Some(shortened(element));
        }
    });
    found
}

fn is_allowed(element: &str, attribute: &str) -> bool {
    ATTRIBUTES.contains(&attribute)
        || ELEMENT_ATTRIBUTES.iter().any(|(e, names)| *e == element && names.contains(&attribute))
}

/// Why an allowed attribute may not have this value, in words for the report.
fn value_problem(element: &str, attribute: &str, value: &str) -> Option<String> {
    match attribute {
        "id" => (!is_id(value)).then(|| format!("id=\"{}\"", shortened(value))),
        "href" => match address(value) {
            Address::Scheme(scheme) if SCHEMES.contains(&&*scheme) => None,
            Address::Scheme(scheme) => Some(format!("{}:", shortened(&scheme))),
            Address::OtherHost => Some(format!("href=\"{}\"", shortened(value))),
            Address::Relative => None,
        },
        "src" => match address(value) {
            Address::Relative => None,
            Address::Scheme(s) if !SCHEMES.contains(&&*s) => Some(format!("{}:", shortened(&s))),
            _ => Some(format!("<{element} src=\"{}\">", shortened(value))),
        },
        _ => None,
    }
}

/// Ids are addresses: the same letters as those that we make.
fn is_id(value: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !value.is_empty() && value.bytes().all(letter)
}

enum Address {
    Relative,
    /// Lower case.
    Scheme(String),
    /// `//host`, in any of the spellings that browsers take for it.
    OtherHost,
}

/// An address as browsers read it (WHATWG URL): tabs and line breaks do not count, nor do
/// control characters and blanks around it, and `\` is `/`.
fn address(value: &str) -> Address {
    let value: String = value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let value = value.trim_matches(|c: char| c <= ' ');
    let slashes = value.bytes().take_while(|b| matches!(b, b'/' | b'\\')).count();
    if slashes >= 2 {
        return Address::OtherHost;
    }
    let before = value.split(['/', '\\', '?', '#']).next().unwrap_or(value);
    match before.split_once(':') {
        // Whatever stands before the colon, it is not a file beside the page: a name with a
        // colon is written `./a:b`.
        Some((scheme, _)) => Address::Scheme(scheme.to_ascii_lowercase()),
        None => Address::Relative,
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}

/// Runs the HTML standard's tokenizer and hands over the tags, values decoded.
pub fn for_each_tag(html: &str, see: impl FnMut(&Tag)) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Tags(RefCell::new(see)), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

struct Tags<F>(RefCell<F>);

impl<F: FnMut(&Tag)> TokenSink for Tags<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        (self.0.borrow_mut())(&tag);
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        // The tree builder would say so: these hold text, not tags.
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests;
