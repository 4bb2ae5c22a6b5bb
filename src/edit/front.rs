//! Changes within front matter that leave its form, its order and its comments alone.

use super::survey::{former, is_address};
use crate::base::{Edit, Span};
use crate::model::{FrontMatter, Key};
use crate::parse::front_matter::{LaidOut, Layout};

/// Adds `add` to the former addresses in a front matter, in the form in which they are written;
/// `drop` is one that is none any more. Nothing changes where all is so already.
pub fn alias_edits(
    text: &str,
    front: &FrontMatter,
    layout: &Layout,
    add: &str,
    drop: Option<&str>,
) -> Vec<Edit> {
    let items = former(front);
    let has = |address: &str| items.iter().find(|(alias, _)| is_address(alias, address));
    let dropped = drop.and_then(has);
    if has(add).is_some() && dropped.is_none() {
        return Vec::new();
    }
    let add = scalar(add);
    if let Some((_, span)) = dropped {
        return vec![Edit { span: *span, text: add }];
    }
    let entry = layout.entries.iter().find(|e| e.key == Key::Aliases.name());
    match (entry, items) {
        (None, _) => vec![new_line(layout, Key::Aliases, &format!("[{add}]"))],
        (Some(entry), []) => vec![given(entry, &format!("[{add}]"))],
        (Some(entry), [(_, first), .., (_, last)] | [(_, first @ last)]) => {
            match text.as_bytes().get(entry.value.start as usize) {
                Some(b'[') => vec![insert(last.end, format!(", {add}"))],
                Some(b'-') => vec![next_item(text, *last, &add)],
                // A text by itself, or several with commas between and no brackets.
                _ => {
                    let span = Span { start: first.start, end: last.end };
                    vec![Edit { span, text: format!("[{}, {add}]", &text[span.range()]) }]
                }
            }
        }
    }
}

/// Sets a key that has no value yet.
pub fn set(layout: &Layout, key: Key, value: &str) -> Edit {
    match layout.entries.iter().find(|e| e.key == key.name()) {
        Some(entry) => given(entry, value),
        None => new_line(layout, key, value),
    }
}

/// Sets the value of an entry that has none, or one that says as much (`[]`, `~`).
fn given(entry: &LaidOut, value: &str) -> Edit {
    let value = match entry.value.start as usize == entry.after_colon {
        true => format!(" {value}"),
        false => value.to_owned(),
    };
    Edit { span: entry.value, text: value }
}

fn new_line(layout: &Layout, key: Key, value: &str) -> Edit {
    let line = format!("{}{}: {value}\n", layout.indent, key.name());
    insert(layout.end as u32, line)
}

/// One more item of a list with dashes, after the item at `last`.
fn next_item(text: &str, last: Span, item: &str) -> Edit {
    let start = text[..last.start as usize].rfind('\n').map_or(0, |i| i + 1);
    // The list may begin on the line of its key.
    let dash = text[start..last.start as usize].rfind('-').map_or(start, |i| start + i);
    let indent = dash - start;
    let gap = &text[dash + 1..last.start as usize];
    let end = text[last.end as usize..].find('\n').map_or(text.len(), |i| last.end as usize + i);
    insert(end as u32, format!("\n{}-{gap}{item}", " ".repeat(indent)))
}

fn insert(at: u32, text: String) -> Edit {
    Edit { span: Span { start: at, end: at }, text }
}

/// An address as a YAML scalar: in quotes where it would be read as something else.
fn scalar(address: &str) -> String {
    let word = !address.contains('/');
    let special = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let other = address.starts_with(|c: char| c.is_ascii_digit()) || special.contains(&address);
    if word && other { format!("\"{address}\"") } else { address.to_owned() }
}

/// `path`, percent-encoded, as it may stand in any YAML scalar: plain, in quotes, in brackets.
pub fn attachment(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if c.is_alphanumeric() || "._-/~ ".contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
        }
    }
    // A plain scalar does not begin so.
    if out.starts_with(['%', '-', '~', ' ']) { format!("./{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RelPath;
    use crate::edit::plan::edited;
    use crate::parse::front_matter::{layout, parse_front_matter};

    fn parse(text: &str) -> FrontMatter {
        let (front, _, found) = parse_front_matter(&RelPath::new("content/a.vi.md"), text);
        assert_eq!(found, [], "{text}");
        front
    }

    /// The front matter `yaml` with the former address `new/x` added.
    fn added(yaml: &str, drop: Option<&str>) -> String {
        let text = format!("---\ntitle: x\n{yaml}---\nBody\n");
        let mut edits = alias_edits(&text, &parse(&text), &layout(&text).unwrap(), "new/x", drop);
        edits.sort_by_key(|e| e.span);
        let out = edited(&text, &edits);
        let aliases: Vec<String> = former(&parse(&out)).iter().map(|(a, _)| a.clone()).collect();
        assert_eq!(aliases.iter().filter(|a| *a == "new/x").count(), 1, "{out}");
        let before = former(&parse(&text)).len();
        assert!(aliases.len() == before + 1 || drop.is_some() || out == text, "{out}");
        let inner = out.strip_prefix("---\ntitle: x\n").unwrap();
        inner.strip_suffix("---\nBody\n").unwrap().to_owned()
    }

    #[test]
    fn a_former_address_is_added_in_the_form_that_is_there() {
        let cases = [
            ("", "aliases: [new/x]\n"),
            ("# cuối\n", "# cuối\naliases: [new/x]\n"),
            ("aliases:\n", "aliases: [new/x]\n"),
            ("aliases: # chưa có\n", "aliases: [new/x] # chưa có\n"),
            ("aliases: []\ntags: [a]\n", "aliases: [new/x]\ntags: [a]\n"),
            ("aliases: ~\n", "aliases: [new/x]\n"),
            ("aliases: [a/b]  # cũ\n", "aliases: [a/b, new/x]  # cũ\n"),
            ("aliases: [a/b, 'c/d', ]\n", "aliases: [a/b, 'c/d', new/x, ]\n"),
            (
                "aliases: [\n  a/b, # một\n  c/d # hai\n]\n",
                "aliases: [\n  a/b, # một\n  c/d, new/x # hai\n]\n",
            ),
            (
                "aliases:\n  - a/b\n  -   \"c/d\"  # hai\ntags: [x]\n",
                "aliases:\n  - a/b\n  -   \"c/d\"  # hai\n  -   new/x\ntags: [x]\n",
            ),
            ("aliases:\n- a/b\n", "aliases:\n- a/b\n- new/x\n"),
            ("aliases: a/b # cũ\n", "aliases: [a/b, new/x] # cũ\n"),
            ("aliases: \"a/b\"\n", "aliases: [\"a/b\", new/x]\n"),
            ("aliases: a/b, c/d\n", "aliases: [a/b, c/d, new/x]\n"),
            ("aliases: “a/b”\n", "aliases: [“a/b”, new/x]\n"),
            ("aliases: [new/x]\n", "aliases: [new/x]\n"),
        ];
        for (yaml, expected) in cases {
            assert_eq!(added(yaml, None), expected, "{yaml}");
        }
    }

    #[test]
    fn an_address_that_is_used_again_is_no_former_one() {
        assert_eq!(
            added("aliases: [a/b, 'c/d'] # x\n", Some("c/d")),
            "aliases: [a/b, new/x] # x\n"
        );
        assert_eq!(added("aliases:\n  - a/b\n", Some("a/b")), "aliases:\n  - new/x\n");
        assert_eq!(added("aliases: a/b\n", Some("a/b")), "aliases: new/x\n");
    }

    #[test]
    fn keys_are_set_with_the_indentation_of_the_others() {
        let text = "---\n  title: x\n---\n";
        let edit = set(&layout(text).unwrap(), Key::Kind, "talk");
        assert_eq!(edited(text, &[edit]), "---\n  title: x\n  kind: talk\n---\n");
        let text = "---\nkind:\ntitle: x\n---\n";
        let edit = set(&layout(text).unwrap(), Key::Kind, "talk");
        assert_eq!(edited(text, &[edit]), "---\nkind: talk\ntitle: x\n---\n");
    }

    #[test]
    fn addresses_that_yaml_would_read_otherwise_are_quoted() {
        for (address, written) in
            [("about", "about"), ("2024", "\"2024\""), ("null", "\"null\""), ("2024/x", "2024/x")]
        {
            assert_eq!(scalar(address), written);
        }
    }

    #[test]
    fn attachments_stand_in_any_scalar() {
        assert_eq!(attachment("../a b/Sơ đồ.pdf"), "../a b/Sơ đồ.pdf");
        assert_eq!(attachment("#a, [b].pdf"), "./%23a%2C %5Bb%5D.pdf");
    }
}
