//! Whether an SVG only draws. A browser runs scripts in an SVG that is opened by itself, so
//! one that could run or load anything is refused, not repaired: its author can export again.
//!
//! The file is read as XML and strictly. What an XML reader and a browser might read
//! differently (other encodings, entity declarations) is refused too.

use super::Malformed;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Why a drawing is not published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// It could run or load something: what.
    Active(String),
    /// It is not a drawing that can be read: why.
    Malformed(Malformed),
}

/// Elements that run, embed or load, in SVG or in the HTML that may stand within it.
const ELEMENTS: &[&str] = &[
    "applet",
    "audio",
    "base",
    "embed",
    "foreignobject",
    "form",
    "frame",
    "handler",
    "html",
    "iframe",
    "link",
    "listener",
    "meta",
    "object",
    "portal",
    "script",
    "video",
];

/// Attributes whose value is loaded or followed.
const REFERENCES: &[&str] = &["action", "data", "formaction", "href", "poster", "src", "srcset"];

/// CSS functions that load what their argument names, beside `url()`.
const LOADING_FUNCTIONS: &[&str] = &["image-set(", "image(", "cross-fade(", "src("];

/// The drawing's size in pixels, if it says one.
///
/// # Errors
///
/// When it is no well-formed SVG, or not a static one.
pub fn check(bytes: &[u8]) -> Result<Option<(u32, u32)>, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        Refused::Malformed(Malformed::new("tệp SVG không phải UTF-8", "the SVG is not in UTF-8"))
    })?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().check_end_names = true;
    let mut drawing = Drawing::default();
    loop {
        let event = reader.read_event().map_err(|e| malformed(&e))?;
        match event {
            Event::Start(tag) => {
                drawing.element(&tag)?;
                drawing.open.push(local(tag.name().as_ref()));
            }
            Event::Empty(tag) => drawing.element(&tag)?,
            Event::End(_) => drawing.close()?,
            Event::Text(text) => drawing.text(text.as_ref())?,
            Event::CData(text) => drawing.text(text.as_ref())?,
            Event::GeneralRef(reference) => drawing.reference(&reference)?,
            Event::Decl(declaration) => check_encoding(declaration.as_ref())?,
            Event::DocType(doctype) => check_doctype(doctype.as_ref())?,
            Event::PI(instruction) => check_instruction(instruction.as_ref())?,
            Event::Comment(_) => {}
            Event::Eof => return drawing.finish(),
        }
    }
}

fn malformed(error: &impl std::fmt::Display) -> Refused {
    let text = error.to_string();
    let what = text.lines().next().unwrap_or_default();
    Refused::Malformed(Malformed {
        vi: format!("tệp SVG sai cú pháp ({what})").into(),
        en: format!("the SVG is not well-formed ({what})").into(),
    })
}

fn active<T>(what: impl Into<String>) -> Result<T, Refused> {
    Err(Refused::Active(what.into()))
}

/// A name without its prefix, in lower case: prefixes are the author's choice, and some
/// readers do not mind the case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn check_encoding(declaration: &str) -> Result<(), Refused> {
    let lower = declaration.to_ascii_lowercase();
    match lower.split_once("encoding") {
        Some((_, value)) if !value.contains("utf-8") && !value.contains("us-ascii") => {
            Err(Refused::Malformed(Malformed::new(
                "tệp SVG không phải UTF-8",
                "the SVG is not in UTF-8",
            )))
        }
        _ => Ok(()),
    }
}

/// The usual document type is harmless; declarations within it are not.
fn check_doctype(doctype: &str) -> Result<(), Refused> {
    if doctype.contains('[') || doctype.to_ascii_lowercase().contains("!entity") {
        return active("<!ENTITY>");
    }
    Ok(())
}

fn check_instruction(instruction: &str) -> Result<(), Refused> {
    let name = instruction.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    if name.starts_with("xml") && name != "xml" {
        return active(format!("<?{name}?>"));
    }
    Ok(())
}

/// What has been read so far.
#[derive(Default)]
struct Drawing {
    /// Local names of the open elements.
    open: Vec<String>,
    /// The text of the style element that is open, put together.
    style: String,
    /// The root's size, once it was seen.
    root: Option<Option<(u32, u32)>>,
}

impl Drawing {
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), Refused> {
        let name = local(tag.name().as_ref());
        if ELEMENTS.contains(&&*name) {
            return active(format!("<{}>", tag.name().as_ref()));
        }
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| malformed(&e))?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| malformed(&e))?;
            let key = attribute.key.as_ref();
            check_attribute(&name, key, &value)?;
            attributes.push((key.to_owned(), value.into_owned()));
        }
        if self.root.is_none() {
            if name != "svg" {
                return Err(Refused::Malformed(Malformed::new(
                    "tệp không phải SVG",
                    "it is no SVG",
                )));
            }
            self.root = Some(size(&attributes));
        }
        Ok(())
    }

    fn in_style(&self) -> bool {
        self.open.last().is_some_and(|name| name == "style")
    }

    fn text(&mut self, text: &str) -> Result<(), Refused> {
        if self.in_style() {
            self.style.push_str(text);
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Refused> {
        if let Some(c) = reference.resolve_char_ref().map_err(|e| malformed(&e))? {
            self.style.extend(self.in_style().then_some(c));
            return Ok(());
        }
        let name: &str = reference.as_ref();
        match quick_xml::escape::resolve_predefined_entity(name) {
            Some(text) => self.text(text),
            None => Err(Refused::Malformed(Malformed {
                vi: format!("tệp dùng ký hiệu lạ `&{name};`").into(),
                en: format!("it uses the unknown entity `&{name};`").into(),
            })),
        }
    }

    fn close(&mut self) -> Result<(), Refused> {
        if self.in_style() {
            check_css(&std::mem::take(&mut self.style))?;
        }
        self.open.pop();
        Ok(())
    }

    fn finish(self) -> Result<Option<(u32, u32)>, Refused> {
        if !self.open.is_empty() {
            return Err(Refused::Malformed(Malformed::new(
                "tệp bị cắt cụt",
                "the file is cut off",
            )));
        }
        self.root
            .ok_or_else(|| Refused::Malformed(Malformed::new("tệp không phải SVG", "it is no SVG")))
    }
}

fn check_attribute(element: &str, key: &str, value: &str) -> Result<(), Refused> {
    let name = local(key);
    if key.eq_ignore_ascii_case("xml:base") {
        // It would turn `#id` into an address elsewhere.
        return active("xml:base");
    }
    if key.starts_with("xmlns") {
        return Ok(());
    }
    if name.starts_with("on") {
        return active(key);
    }
    let folded: String =
        value.chars().filter(|c| *c > ' ').collect::<String>().to_ascii_lowercase();
    if folded.contains("javascript:") || folded.contains("vbscript:") {
        return active("javascript:");
    }
    if name == "attributename" && (folded.ends_with("href") || folded.starts_with("on")) {
        return active(format!("<{element} {key}=\"{}\">", shortened(value)));
    }
    if REFERENCES.contains(&&*name) && !is_inner(&folded) {
        return active(format!("{key}=\"{}\"", shortened(value)));
    }
    check_css(value)
}

/// Whether an address stays within the file: a fragment, or a picture in its own bytes.
fn is_inner(folded: &str) -> bool {
    const PICTURES: [&str; 5] = ["png", "jpeg", "jpg", "webp", "gif"];
    let picture = folded.strip_prefix("data:image/").is_some_and(|rest| {
        PICTURES
            .iter()
            .any(|kind| rest.strip_prefix(kind).is_some_and(|after| after.starts_with([';', ','])))
    });
    folded.is_empty() || folded.starts_with('#') || picture
}

/// Refuses CSS, or a presentation attribute, that loads anything.
fn check_css(css: &str) -> Result<(), Refused> {
    let css = without_css_escapes(css).to_ascii_lowercase();
    if css.contains("@import") {
        return active("@import");
    }
    for function in LOADING_FUNCTIONS {
        let called = css.match_indices(function).any(|(at, _)| {
            let before = css[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_')
        });
        if called {
            return active(format!("{function}…)"));
        }
    }
    for (at, _) in css.match_indices("url(") {
        let argument = css[at + 4..].trim_start().trim_start_matches(['"', '\'']);
        let argument: String = argument.chars().take(64).filter(|c| *c > ' ').collect();
        if !is_inner(&argument) || argument.is_empty() {
            let shown = argument.split([')', '"', '\'']).next().unwrap_or_default();
            return active(format!("url({})", shortened(shown)));
        }
    }
    Ok(())
}

/// CSS lets any letter be written as `\75 `, so `u\72l(` is `url(`. Source: CSS Syntax, 4.3.7.
fn without_css_escapes(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            // `\` before another letter is that letter, and the line goes on after a break.
            rest = after;
            continue;
        }
        let letter = u32::from_str_radix(&after[..digits], 16).ok().and_then(char::from_u32);
        out.push(letter.unwrap_or('\u{fffd}'));
        rest = &after[digits..];
        rest = rest.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}

/// Width and height of the root, else of its `viewBox`.
fn size(attributes: &[(String, String)]) -> Option<(u32, u32)> {
    let get = |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, v)| &**v);
    let stated = || Some((pixels(get("width")?)?, pixels(get("height")?)?));
    let (width, height) = stated().or_else(|| view_box(get("viewBox")?))?;
    let whole = |n: f64| (n.is_finite() && n > 0.0 && n < 1e6).then(|| n.round().max(1.0) as u32);
    Some((whole(width)?, whole(height)?))
}

/// A length in CSS pixels; percentages and font sizes say nothing here.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let digits = length
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != '+' && c != '-')
        .unwrap_or(length.len());
    let (number, unit) = length.split_at(digits);
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = value
        .split([' ', ',', '\t', '\n'])
        .filter(|n| !n.is_empty())
        .map(|n| n.parse().ok())
        .collect::<Option<_>>()?;
    match numbers[..] {
        [_, _, width, height] => Some((width, height)),
        _ => None,
    }
}
