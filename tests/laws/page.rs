//! Laws of a finished page, read as a browser reads it.

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::HashSet;

/// How strict to be.
#[derive(Clone, Copy)]
pub struct Law<'a> {
    /// The one script that a page may hold.
    pub inline_script: &'a str,
    /// No two elements share an id.
    pub ids_are_unique: bool,
    /// The HTML parser has nothing to mend, and links within the page lead somewhere.
    pub well_formed: bool,
}

/// Parts of a page's frame, by id or class, and what they stand in: what follows the text stands
/// there only if everything within is closed.
const FRAME: [(&str, &str, &str); 3] =
    [("main", "_content", "div"), ("div", "_menu", "div"), ("footer", "foot", "body")];

/// Elements that no page has.
const NEVER: [&str; 9] =
    ["iframe", "object", "embed", "base", "form", "frame", "frameset", "applet", "noscript"];

/// The scripts that pages load: all of them, the register, the first page.
const SCRIPTS: [&str; 3] = ["site.js", "register.js", "root.js"];

/// Elements that only the head has.
const HEAD_ONLY: [&str; 4] = ["script", "style", "link", "meta"];

/// Holds the page at `path` to `law`.
pub fn assert_whole(path: &str, bytes: &[u8], law: Law<'_>) {
    let html = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
    // What could not be made is reported, and empty.
    if html.is_empty() {
        return;
    }
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    if law.well_formed {
        let errors = dom.errors.borrow();
        let error = errors.iter().find(|e| !e.contains("Bad character"));
        assert_eq!(error, None, "{path} is not well formed:\n{html}");
    }
    let mut seen = Seen { path, law, ids: HashSet::new(), fragments: Vec::new() };
    let mut open = vec![(dom.document.clone(), Around { parent: String::new(), in_head: false })];
    while let Some((node, around)) = open.pop() {
        let mut inside = around.clone();
        if let NodeData::Element { name, attrs, .. } = &node.data {
            seen.element(&name.local, &attrs.borrow(), &around, &node);
            inside.parent = name.local.to_string();
            inside.in_head |= inside.parent == "head";
        }
        open.extend(node.children.borrow().iter().map(|c| (c.clone(), inside.clone())));
    }
    if law.well_formed {
        let lost = seen.fragments.iter().find(|f| !seen.ids.contains(*f));
        assert_eq!(lost, None, "{path} links to no place of its own:\n{html}");
    }
}

/// Where an element stands.
#[derive(Clone)]
struct Around {
    parent: String,
    in_head: bool,
}

struct Seen<'a> {
    path: &'a str,
    law: Law<'a>,
    ids: HashSet<String>,
    /// Where links within the page lead.
    fragments: Vec<String>,
}

impl Seen<'_> {
    fn element(&mut self, name: &str, attributes: &[Attribute], around: &Around, node: &Handle) {
        let path = self.path;
        assert!(!NEVER.contains(&name), "{path} has <{name}>");
        if HEAD_ONLY.contains(&name) {
            assert!(around.in_head, "{path} has <{name}> in its body");
        }
        if name == "script" {
            self.script(attributes, node);
        }
        let id = attributes.iter().find(|a| &*a.name.local == "id" || &*a.name.local == "class");
        let part = FRAME.iter().find(|(part, id_or_class, _)| {
            *part == name && id.is_some_and(|a| &*a.value == *id_or_class)
        });
        if let Some((.., parent)) = part {
            assert_eq!(around.parent, *parent, "{path}: <{name}> is not where the frame has it");
        }
        for attribute in attributes {
            self.attribute(name, &attribute.name.local, &attribute.value);
        }
    }

    fn script(&self, attributes: &[Attribute], node: &Handle) {
        let value = |name: &str| attributes.iter().find(|a| &*a.name.local == name);
        let text: String = node.children.borrow().iter().map(text_of).collect();
        if let Some(src) = value("src") {
            let ours = |name: &str| src.value.ends_with(&format!("theme/{name}"));
            assert!(SCRIPTS.iter().any(|name| ours(name)) && text.is_empty(), "{}", self.path);
        } else if let Some(kind) = value("type") {
            assert_eq!(&*kind.value, "application/ld+json", "{}", self.path);
            serde_json::from_str::<serde_json::Value>(&text).expect("structured data is JSON");
        } else {
            assert_eq!(text, self.law.inline_script, "{} has a script of its own", self.path);
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str) {
        let path = self.path;
        assert!(!name.starts_with("on"), "{path}: <{element} {name}={value:?}>");
        match name {
            "style" | "srcdoc" | "formaction" | "srcset" | "background" | "ping" => {
                panic!("{path}: <{element} {name}={value:?}>")
            }
            "id" => {
                let new = self.ids.insert(value.to_owned());
                assert!(new || !self.law.ids_are_unique, "{path} has id {value:?} twice");
            }
            "href" | "src" | "poster" | "cite" | "action" | "data" => {
                assert!(is_allowed(element, value), "{path}: <{element} {name}={value:?}>");
                if let Some(fragment) = value.strip_prefix('#') {
                    self.fragments.push(fragment.to_owned());
                }
            }
            _ => {}
        }
    }
}

fn text_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    }
}

/// Whether an address may stand there, read as browsers read it (WHATWG URL): what is not
/// visible around and within it does not count.
fn is_allowed(element: &str, value: &str) -> bool {
    let visible: String = value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let visible = visible.trim_matches(|c: char| c <= ' ');
    let scheme = visible.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_scheme = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    match scheme.filter(|s| is_scheme(s)).as_deref() {
        Some("http" | "https") => matches!(element, "a" | "link"),
        Some("mailto" | "tel") => element == "a",
        Some("data") => element == "link" || element == "img",
        Some(_) => false,
        None => !visible.starts_with("//") && !visible.starts_with("\\"),
    }
}
