//! Container and include lines are taken out of the text before Markdown is parsed.
//!
//! CommonMark knows no containers: a definition list would swallow `:::`, and a paragraph
//! would run on into it. So every such line becomes an HTML comment with a number, which
//! stands on its own, ends a paragraph, and comes back as an event in the right place of the
//! tree. Which lines are code is asked of the Markdown parser itself, never guessed.
//!
//! On the same way, curly quotes around a link's title become straight: word processors paste
//! them, and Markdown would take the whole link for text.

use super::attributes::{Attributes, parse_attributes};
use super::{options, titles};
use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::ContainerKind;
use pulldown_cmark::{Event, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// A line that was taken out.
#[derive(Clone, Debug)]
pub struct Marker {
    /// What it said.
    pub what: What,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a marker line said.
#[derive(Clone, Debug)]
pub enum What {
    /// Opens a container. `kind` is `None` for an unknown name, which is reported already.
    Open {
        /// What it opens.
        kind: Option<ContainerKind>,
        /// Its name as written.
        name: String,
        /// `[Title]`, as Markdown.
        title: String,
        /// `{...}`.
        attributes: Attributes,
        /// How many colons.
        colons: usize,
    },
    /// Closes a container.
    Close {
        /// How many colons.
        colons: usize,
    },
    /// Includes a file.
    Include {
        /// The path.
        target: String,
        /// `#section`.
        section: Option<String>,
    },
}

/// A text with its marker lines replaced, and the way back to the source.
pub struct Marked<'a> {
    /// The text for the Markdown parser.
    pub text: Cow<'a, str>,
    /// The text as it was.
    source: &'a str,
    /// The lines taken out; comment `<!--:::N-->` stands for number N.
    pub markers: Vec<Marker>,
    /// Where the text begins in its file.
    base: usize,
    /// Positions at which the two texts run in step again: (in `text`, in the source).
    steps: Vec<(usize, usize)>,
}

impl Marked<'_> {
    /// The position in the file of byte `at` of the replaced text.
    pub fn source_position(&self, at: usize) -> usize {
        let in_body = match self.steps.partition_point(|(here, _)| *here <= at) {
            0 => at,
            n => {
                let (here, there) = self.steps[n - 1];
                there + (at - here)
            }
        };
        self.base + in_body
    }

    /// The file's text from byte `start` to `end`.
    pub fn source(&self, start: usize, end: usize) -> &str {
        let place = |at: usize| at.checked_sub(self.base);
        place(start).zip(place(end)).and_then(|(a, b)| self.source.get(a..b)).unwrap_or_default()
    }

    /// The marker a piece of HTML stands for.
    pub fn marker(&self, html: &str) -> Option<&Marker> {
        let number = html.trim().strip_prefix("<!--:::")?.strip_suffix("-->")?;
        self.markers.get(number.parse::<usize>().ok()?)
    }
}

/// Takes the marker lines out of `text`, which begins at byte `base` of its file.
pub fn mark<'a>(
    file: &RelPath,
    text: &'a str,
    base: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Marked<'a> {
    let mut marked = Marked {
        text: Cow::Borrowed(text),
        source: text,
        markers: Vec::new(),
        base,
        steps: Vec::new(),
    };
    let titles = titles::find(text);
    if titles.is_empty() && !text.contains(":::") && !text.contains("{{<") {
        return marked;
    }
    let code = CodeRanges::of(text);
    let titles = titles.into_iter().filter(|t| !code.in_span(t.start));
    let mut titles = titles.peekable();
    let mut out = Output { text: String::with_capacity(text.len()), steps: Vec::new() };
    let mut next_code = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        while code.blocks.get(next_code).is_some_and(|r| r.end <= start) {
            next_code += 1;
        }
        let body = line.trim_end();
        let prefix = prefix_len(body);
        // Indented code begins after its white space, which the prefix takes for its own.
        let block = code.blocks.get(next_code);
        let inside_code = block.is_some_and(|r| r.start <= start + prefix);
        let found = (!inside_code)
            .then(|| read_line(file, &body[prefix..], base + start + prefix, diagnostics))
            .flatten();
        let Some(what) = found else {
            let mut copied = start;
            while let Some(title) = titles.next_if(|t| t.start < at) {
                if inside_code {
                    continue;
                }
                // Quote by quote, so that places inside a title stay true as well.
                let inner = titles::inner(text, &title);
                out.text.push_str(&text[copied..title.start]);
                out.replace("\"", inner.start);
                out.text.push_str(&text[inner.clone()]);
                out.replace("\"", title.end);
                copied = title.end;
            }
            out.text.push_str(&text[copied..at]);
            continue;
        };
        while titles.next_if(|t| t.start < at).is_some() {}
        out.text.push_str(&body[..prefix]);
        out.replace(&format!("<!--:::{}-->", marked.markers.len()), start + body.len());
        marked.markers.push(Marker {
            what,
            span: Span::new(base + start + prefix, base + start + body.len()),
        });
        out.text.push_str(&line[body.len()..]);
    }
    marked.text = Cow::Owned(out.text);
    marked.steps = out.steps;
    marked
}

/// The text in the making, and where it runs in step with the source again.
struct Output {
    text: String,
    steps: Vec<(usize, usize)>,
}

impl Output {
    /// Adds what stands for the source up to byte `end`.
    fn replace(&mut self, text: &str, end: usize) {
        self.text.push_str(text);
        self.steps.push((self.text.len(), end));
    }
}

/// Where code and comments lie, as the Markdown parser sees them.
struct CodeRanges {
    /// What can hold whole lines, in order.
    blocks: Vec<Range<usize>>,
    /// Code within a line.
    spans: Vec<Range<usize>>,
}

impl CodeRanges {
    fn of(text: &str) -> CodeRanges {
        let mut code = CodeRanges { blocks: Vec::new(), spans: Vec::new() };
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code.blocks.push(range),
                Event::Start(Tag::HtmlBlock) if is_verbatim(&text[range.clone()]) => {
                    code.blocks.push(range);
                }
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    code.spans.push(range);
                }
                _ => {}
            }
        }
        code
    }

    /// Whether byte `at` lies in code within a line.
    fn in_span(&self, at: usize) -> bool {
        let after = self.spans.partition_point(|r| r.start <= at);
        after.checked_sub(1).is_some_and(|i| self.spans[i].contains(&at))
    }
}

/// Whether an HTML block holds no Markdown to its end: a comment, and what HTML reads as it is.
fn is_verbatim(html: &str) -> bool {
    let start = html.trim_start();
    let tag = start.get(..9).unwrap_or(start).to_ascii_lowercase();
    ["<!--", "<pre", "<script", "<style", "<textarea"].iter().any(|t| tag.starts_with(t))
}

/// Bytes of white space, quote marks and list markers before the text of a line.
fn prefix_len(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t' | b'>')) {
            at += 1;
        }
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let marker = match (digits, bytes.get(at), bytes.get(at + digits)) {
            (0, Some(b'-' | b'*' | b'+'), _) => 1,
            (1..=9, _, Some(b'.' | b')')) => digits + 1,
            _ => return at,
        };
        if !matches!(bytes.get(at + marker), Some(b' ' | b'\t')) {
            return at;
        }
        at += marker;
    }
}

fn read_line(
    file: &RelPath,
    text: &str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<What> {
    let span = Span::new(start, start + text.len());
    if text.starts_with("{{<") {
        return read_include(text).or_else(|| {
            diagnostics.push(Diagnostic::new(Code::BadIncludeLine, file).at(span));
            None
        });
    }
    let colons = text.bytes().take_while(|b| *b == b':').count();
    if colons < 3 {
        return None;
    }
    let rest = text[colons..].trim_start();
    if rest.is_empty() {
        return Some(What::Close { colons });
    }
    // A name in other letters is read whole, to be refused whole.
    let name_end = |c: char| c.is_whitespace() || matches!(c, '[' | '{' | ':');
    let (name, rest) = rest.split_at(rest.find(name_end).unwrap_or(rest.len()));
    let kind = ContainerKind::from_name(name);
    if kind.is_none() {
        let names = ContainerKind::ALL.iter().map(|(_, n)| *n);
        let shown = if name.is_empty() { rest } else { name };
        diagnostics.push(
            Diagnostic::new(Code::UnknownContainer, file)
                .at(span)
                .with("name", shown)
                .with("allowed", names.clone().collect::<Vec<_>>().join(", "))
                .suggest(name, names),
        );
    }
    let (title, rest) = bracketed(rest.trim_start());
    let attributes = match braced(rest.trim()) {
        Some(attributes) => attributes,
        None if !rest.trim().starts_with('{') => {
            diagnostics.push(
                Diagnostic::new(Code::TitleWithoutBrackets, file)
                    .at(span)
                    .with("name", name)
                    .with("title", rest.trim().trim_matches(['“', '”', '"'])),
            );
            Attributes::default()
        }
        None => {
            diagnostics.push(
                Diagnostic::new(Code::BadAttributes, file)
                    .at(span)
                    .with("text", rest.trim())
                    .with("example", "{#id .class}"),
            );
            Attributes::default()
        }
    };
    Some(What::Open { kind, name: name.to_owned(), title: title.to_owned(), attributes, colons })
}

/// `[...]` with balanced brackets at the start of `text`, and the rest.
fn bracketed(text: &str) -> (&str, &str) {
    if !text.starts_with('[') {
        return ("", text);
    }
    let mut depth = 0;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return (&text[1..i], &text[i + 1..]);
                }
            }
            _ => {}
        }
    }
    ("", text)
}

/// The attributes in `{...}` that must be all of `text`; none when it is empty.
fn braced(text: &str) -> Option<Attributes> {
    if text.is_empty() {
        return Some(Attributes::default());
    }
    parse_attributes(text.strip_prefix('{')?.strip_suffix('}')?)
}

fn read_include(text: &str) -> Option<What> {
    let inner = text.strip_prefix("{{<")?.strip_suffix(">}}")?.trim();
    let path = inner.strip_prefix("include")?.trim();
    let path = path.strip_prefix(['"', '“', '”'])?.strip_suffix(['"', '”', '“'])?;
    let (target, section) = match path.split_once('#') {
        Some((target, section)) => (target, Some(section.to_owned())),
        None => (path, None),
    };
    let target = target.trim();
    (!target.is_empty()).then(|| What::Include { target: target.to_owned(), section })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markers(text: &str) -> (Vec<String>, usize) {
        let mut diagnostics = Vec::new();
        let marked = mark(&RelPath::new("a.md"), text, 0, &mut diagnostics);
        let shown = marked
            .markers
            .iter()
            .map(|m| match &m.what {
                What::Open { name, title, .. } => format!("open {name} [{title}]"),
                What::Close { colons } => format!("close {colons}"),
                What::Include { target, section } => format!("include {target} {section:?}"),
            })
            .collect();
        (shown, diagnostics.len())
    }

    #[test]
    fn containers_and_includes_are_found_where_they_stand() {
        let text = "::::tabs\n:::tab[Máy [A]]{.x}\nmột\n:::\n::::\n> :::note\n> x\n> :::\n\n{{< include \"a.md#b\" >}}\n";
        let (shown, problems) = markers(text);
        assert_eq!(
            shown,
            [
                "open tabs []",
                "open tab [Máy [A]]",
                "close 3",
                "close 4",
                "open note []",
                "close 3",
                "include a.md Some(\"b\")"
            ]
        );
        assert_eq!(problems, 0);
    }

    #[test]
    fn code_is_never_confused_with_containers() {
        let text = "```\n:::note\n{{< include \"x\" >}}\n```\n\n- item\n\n  ~~~\n  :::\n  ~~~\n\n    :::note indented code\n";
        assert_eq!(markers(&text.replace("- item\n", "text\n")).0, Vec::<String>::new());
        let inline = "Use `:::note` inline and ::: in a line.\n";
        assert_eq!(markers(inline).0, Vec::<String>::new());
    }

    #[test]
    fn positions_lead_back_to_the_source() {
        let text = "một\n:::note[Tiêu đề rất dài để dài hơn chú giải]\nhai\n:::\nba\n";
        let marked = mark(&RelPath::new("a.md"), text, 0, &mut Vec::new());
        for word in ["một", "hai", "ba"] {
            let here = marked.text.find(&format!("{word}\n")).unwrap();
            assert_eq!(marked.source_position(here), text.find(&format!("{word}\n")).unwrap());
        }
    }

    #[test]
    fn unknown_names_and_unreadable_lines_are_reported_once() {
        assert_eq!(markers(":::warnin\nx\n:::\n").1, 1);
        assert_eq!(markers(":::note{a=\"b\nx\n:::\n").1, 1);
        assert_eq!(markers("{{< include x >}}\n").1, 1);
    }
}
