//! Front matter: the YAML block that opens a page, as typed values that know their place.
//!
//! Each key is judged by itself, so one mistake hides no other. What a kind requires and what
//! a pair shares is checked in `resolve::meta`, where kind and pair are known.

mod advice;
mod mistakes;
mod other_names;
mod pairs;
mod scan;
mod speakers;
mod values;

use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic, Mistake};
use crate::model::{Field, FrontMatter, Key, ValueType};
use scan::{Entry, Scan, scan, without_curly};
use serde_yaml::Value as Yaml;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use values::{Place, Read};

/// Bytes between the delimiters that are still read.
const MAX_BYTES: usize = 64 * 1024;

/// Reads the front matter that opens `text`: its values, the byte where the body starts (0
/// when there is none), and every mistake in it.
///
/// `text` has been through [`crate::base::read_as_meant`]. Values that were refused are left
/// out of `fields` and named in `refused`.
pub fn parse_front_matter(file: &RelPath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let Some(block) = find_block(text) else {
        return without_opening(file, text);
    };
    let mut reader = Reader {
        file,
        text,
        front: FrontMatter { span: Span::new(0, block.body), ..FrontMatter::default() },
        diagnostics: Vec::new(),
    };
    if !block.closed {
        reader.report_unclosed(block.lines.clone());
        // A key may stand further down, where the block was not read any more.
        reader.front.refused.extend(Key::ALL);
    }
    reader.read(block.lines);
    (reader.front, block.body, reader.diagnostics)
}

/// A page without a block; or with one whose first line was forgotten, which is reported once
/// and whose keys are then not missed.
fn without_opening(file: &RelPath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let is_key = |line: &str| {
        let name = line.split_once(':').map_or("", |(name, _)| name);
        Key::ALL.iter().any(|key| key.name() == name)
    };
    let mut front = FrontMatter::default();
    if !text.lines().take(4).any(is_key) {
        return (front, 0, Vec::new());
    }
    front.refused.extend(Key::ALL);
    let place = Span::new(0, first_line(text).trim_end().len());
    // Its end is often there: the text begins after it.
    let closing = text.find("\n---\n").filter(|at| *at < MAX_BYTES);
    let body = closing.map_or(0, |at| at + "\n---\n".len());
    (front, body, vec![Diagnostic::new(Code::NoOpeningLine, file).at(place)])
}

/// Where the entries of a front matter stand, for whoever changes the file.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Its entries that have a key, in order.
    pub entries: Vec<LaidOut>,
    /// Where its closing line begins.
    pub end: usize,
    /// The white space before each of its keys.
    pub indent: String,
}

/// One `key: value`.
#[derive(Clone, Debug)]
pub struct LaidOut {
    /// The key, without quotes.
    pub key: String,
    /// Right after the colon.
    pub after_colon: usize,
    /// The value, cut to its first line; empty where there is none.
    pub value: Span,
}

/// Where things stand in the front matter of `text`, which has been through
/// [`crate::base::read_as_meant`]; `None` where there is no block, or one that is not closed.
pub fn layout(text: &str) -> Option<Layout> {
    let block = find_block(text).filter(|b| b.closed && b.lines.len() <= MAX_BYTES)?;
    let scan = scan(text, block.lines.clone());
    let mut indent = String::new();
    let mut entries = Vec::new();
    for entry in &scan.entries {
        let Some(key) = entry.key.clone() else { continue };
        if entries.is_empty() {
            let line = text[..key.start].rfind('\n').map_or(0, |i| i + 1);
            indent = text[line..key.start].to_owned();
        }
        let after_colon = key.end + text[key.end..block.lines.end].find(':')? + 1;
        // Without a value the scan places it right behind the key.
        let start = entry.value.start.max(after_colon);
        let value = Span::new(start, entry.value.end.max(start));
        entries.push(LaidOut { key: unquoted(&text[key]).to_owned(), after_colon, value });
    }
    Some(Layout { entries, end: block.lines.end, indent })
}

struct Block {
    /// The lines between the delimiters.
    lines: Range<usize>,
    /// Where the body starts.
    body: usize,
    closed: bool,
}

fn find_block(text: &str) -> Option<Block> {
    let opening = first_line(text);
    if opening.trim_end() != "---" {
        return None;
    }
    let start = (opening.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(Block { lines: start..at, body: at + line.len(), closed: true });
        }
        at += line.len();
    }
    // Nobody closed it: what looks like front matter is, up to the first line that does not.
    let length: usize = text[start..]
        .split_inclusive('\n')
        .take_while(|line| looks_like_front_matter(line))
        .map(str::len)
        .sum();
    Some(Block { lines: start..start + length, body: start + length, closed: false })
}

fn looks_like_front_matter(line: &str) -> bool {
    let nested = line.starts_with([' ', '-']) && !line.trim().is_empty();
    let key = line.split_once(':').map_or("", |(key, _)| key);
    let named = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    nested || named
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

struct Reader<'a> {
    file: &'a RelPath,
    text: &'a str,
    front: FrontMatter,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, lines: Range<usize>) {
        if lines.len() > MAX_BYTES {
            self.front.refused.extend(Key::ALL);
            let diagnostic = Diagnostic::new(Code::FrontMatterTooLarge, self.file)
                .at(Span::new(0, first_line(self.text).trim_end().len()))
                .over(lines.len() as u64, MAX_BYTES as u64);
            self.diagnostics.push(diagnostic);
            return;
        }
        let scan = scan(self.text, lines.clone());
        self.report_indirections(&scan);
        if let Some(place) = scan.too_deep.clone() {
            self.front.refused.extend(Key::ALL);
            return self.report(Code::YamlTooDeep, place);
        }
        let duplicates = self.report_duplicates(&scan);
        let sound = duplicates.is_empty() && scan.indirections.is_empty();
        let whole = if sound { self.parse_whole(&scan, lines) } else { None };
        let values = match whole {
            Some(values) => values,
            None => self.parse_each(&scan, &duplicates),
        };
        for (entry, value) in scan.entries.iter().zip(values) {
            self.field(&scan, entry, value);
        }
    }

    /// Reports a block that nothing closes, and after which of its `lines` the end is missing.
    fn report_unclosed(&mut self, lines: Range<usize>) {
        let opening = 0..first_line(self.text).trim_end().len();
        let diagnostic = self.diagnostic(Code::UnclosedFrontMatter, opening);
        let last = self.text[lines].trim_end().lines().next_back().unwrap_or_default().trim();
        let short = !last.is_empty() && last.chars().count() < 60;
        self.diagnostics.push(match short {
            true => diagnostic.advise(
                format!("thêm một dòng chỉ có `---` ngay dưới dòng `{last}`"),
                format!("add a line of only `---` right below the line `{last}`"),
            ),
            false => diagnostic,
        });
    }

    /// Reports anchors, aliases and tags: the first of each entry, because its line is written
    /// anew anyway.
    fn report_indirections(&mut self, scan: &Scan) {
        let mut told = None;
        for place in &scan.indirections {
            let entry = scan.entries.partition_point(|entry| entry.lines.end <= place.start);
            if told.replace(entry) != Some(entry) {
                let diagnostic = mistakes::indirection(self.text, self.file, place.clone());
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// Reports keys that stand twice; the second ones, by their number among the entries.
    fn report_duplicates(&mut self, scan: &Scan) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut duplicates = BTreeSet::new();
        for (i, entry) in scan.entries.iter().enumerate() {
            let Some(name) = self.name(entry) else { continue };
            if !seen.insert(name) {
                duplicates.insert(i);
                let at = entry.key.clone().unwrap_or_default();
                let diagnostic = self.diagnostic(Code::DuplicateKey, at).with("key", name);
                self.diagnostics.push(diagnostic);
            }
        }
        duplicates
    }

    /// All values in one go, which is what happens to nearly every page. `None` when the
    /// parser refuses the block or reads other entries than the scan saw.
    fn parse_whole(&self, scan: &Scan, lines: Range<usize>) -> Option<Vec<Option<Yaml>>> {
        let yaml = self.readable(scan, lines);
        let parsed = match serde_yaml::from_str(&yaml).ok()? {
            Yaml::Mapping(mapping) => mapping,
            Yaml::Null => serde_yaml::Mapping::new(),
            _ => return None,
        };
        let same_key = |(entry, key): (&Entry, &Yaml)| {
            entry.unclosed.is_none()
                && self.name(entry).is_some_and(|name| key.as_str().is_none_or(|k| k == name))
        };
        let agree = parsed.len() == scan.entries.len()
            && scan.entries.iter().zip(parsed.keys()).all(same_key);
        agree.then(|| parsed.into_iter().map(|(_, value)| Some(value)).collect())
    }

    /// Each entry by itself, so that one bad line costs one value. Reports what is wrong.
    fn parse_each(&mut self, scan: &Scan, duplicates: &BTreeSet<usize>) -> Vec<Option<Yaml>> {
        let mut values = Vec::with_capacity(scan.entries.len());
        for (i, entry) in scan.entries.iter().enumerate() {
            let skip = entry.indirect || duplicates.contains(&i);
            values.push(if skip { None } else { self.parse_entry(scan, i) });
        }
        values
    }

    fn parse_entry(&mut self, scan: &Scan, i: usize) -> Option<Yaml> {
        let entry = &scan.entries[i];
        if let Some(open) = &entry.unclosed {
            let runs_on = scan.entries.get(i + 1).is_some_and(|next| next.key.is_none());
            return self.mistake(mistakes::unclosed(self.text, entry, open.start, runs_on));
        }
        if entry.key.is_none() {
            return self.keyless(scan, i);
        }
        let yaml = self.readable(scan, entry.lines.clone());
        match serde_yaml::from_str(&yaml) {
            Ok(Yaml::Mapping(mapping)) if mapping.len() == 1 => {
                mapping.into_iter().next().map(|(_, value)| value)
            }
            Ok(_) => self.mistake(mistakes::not_a_key(self.text, entry, None)),
            Err(error) => {
                let at = error.location().map_or(entry.lines.start, |location| {
                    self.place(entry, location.line(), location.column())
                });
                self.yaml_error(scan, entry, &error.to_string(), at)
            }
        }
    }

    /// Lines that belong to no key.
    fn keyless(&mut self, scan: &Scan, i: usize) -> Option<Yaml> {
        let entry = &scan.entries[i];
        if let Some((mistake, meant)) = mistakes::keyless(self.text, entry) {
            self.front.refused.extend(meant);
            return self.mistake(mistake);
        }
        if self.text[entry.value.start..].starts_with('{') {
            // In braces stand all keys.
            self.front.refused.extend(Key::ALL);
        }
        let before = i.checked_sub(1).map(|i| &scan.entries[i]);
        // What follows such a line, or a quote that is not closed, follows from it.
        match before {
            Some(before) if before.key.is_none() || before.unclosed.is_some() => None,
            _ => self.mistake(mistakes::not_a_key(self.text, entry, before)),
        }
    }

    fn yaml_error(&mut self, scan: &Scan, entry: &Entry, said: &str, at: usize) -> Option<Yaml> {
        if said.contains("duplicate entry") {
            let (key, place) = self.nested_duplicate(scan, entry, said);
            let diagnostic = self.diagnostic(Code::DuplicateKey, place).with("key", key);
            self.diagnostics.push(diagnostic);
            return None;
        }
        self.mistake(mistakes::refused(self.text, entry, said, at))
    }

    fn mistake(&mut self, mistake: Mistake) -> Option<Yaml> {
        self.diagnostics.push(mistake.describe(Diagnostic::new(Code::BadYaml, self.file)));
        None
    }

    /// The key that stands twice in one speaker, and the place of the second. YAML gives the
    /// key but not the place.
    fn nested_duplicate(&self, scan: &Scan, entry: &Entry, said: &str) -> (String, Range<usize>) {
        let name = said.split('"').nth(1).unwrap_or_default();
        let mut in_this_item = BTreeSet::new();
        let mut first_key = None;
        for token in scan.tokens[entry.tokens.clone()].iter().filter(|t| t.is_key) {
            let key = unquoted(&self.text[token.span.clone()]);
            // A dash before a key begins the next item.
            let line = self.text[..token.span.start].rfind('\n').map_or(0, |i| i + 1);
            if self.text[line..token.span.start].trim_start().starts_with('-') {
                in_this_item.clear();
            }
            if !in_this_item.insert(key) && key == name {
                return (name.to_owned(), token.span.clone());
            }
            first_key.get_or_insert_with(|| token.span.clone());
        }
        (name.to_owned(), first_key.unwrap_or_else(|| entry.value.clone()))
    }

    fn field(&mut self, scan: &Scan, entry: &Entry, value: Option<Yaml>) {
        let (Some(name), Some(key_range)) = (self.name(entry), entry.key.clone()) else { return };
        let key_span = Span::from(key_range.clone());
        let Some(key) = Key::ALL.iter().copied().find(|k| k.name() == name) else {
            return self.unknown_key(name.to_owned(), key_range);
        };
        let Some(value) = value else {
            self.front.refused.insert(key);
            return;
        };
        let span = if entry.value.is_empty() { key_span } else { entry.value.clone().into() };
        let place = Place {
            file: self.file,
            text: self.text,
            key,
            span,
            end: entry.lines.end,
            tokens: &scan.tokens[entry.tokens.clone()],
        };
        self.warn_of_comment(key, span);
        match values::read(&place, &value, &mut self.diagnostics) {
            Read::Given(value) => {
                self.front.fields.insert(key, Field { value, key_span, span });
            }
            Read::Absent => {}
            Read::Refused => {
                self.front.refused.insert(key);
            }
        }
    }

    /// `title: Bài #1` is a title and a comment to YAML, and seldom to its writer.
    fn warn_of_comment(&mut self, key: Key, value: Span) {
        let is_text = key.value_type() == ValueType::Text;
        let quoted = self.text[value.range()].starts_with(['"', '\'', '|', '>']);
        if !is_text || quoted {
            return;
        }
        let rest = first_line(&self.text[value.end as usize..]);
        let comment = rest.trim_start();
        if comment.starts_with('#') {
            let start = value.end as usize + rest.len() - comment.len();
            let at = start..start + comment.trim_end().len();
            let diagnostic = self.diagnostic(Code::CommentInValue, at);
            let text = comment.trim_end().to_owned();
            self.diagnostics.push(diagnostic.with("text", text).with("key", key.name()));
        }
    }

    fn unknown_key(&mut self, name: String, at: Range<usize>) {
        let diagnostic = self
            .diagnostic(Code::UnknownKey, at)
            .with("key", &name)
            .suggest(&name, Key::ALL.iter().map(|k| k.name()));
        let diagnostic = match other_names::meant(&name) {
            Some(key) => Diagnostic { nearest: Some(key.name().to_owned()), ..diagnostic },
            None => diagnostic,
        };
        // `titel` is a title misspelt: it is not missing as well.
        let meant = diagnostic.nearest.as_deref();
        self.front.refused.extend(Key::ALL.iter().filter(|k| Some(k.name()) == meant));
        self.diagnostics.push(diagnostic);
    }

    fn name(&self, entry: &Entry) -> Option<&'a str> {
        let text: &'a str = self.text;
        entry.key.clone().map(|key| unquoted(&text[key]))
    }

    /// `range` of the text with curly quotes around whole scalars made straight. Each stays
    /// one character, so lines and columns hold.
    fn readable(&self, scan: &Scan, range: Range<usize>) -> Cow<'_, str> {
        let inside = |at: usize| range.contains(&at);
        let mut pairs = scan.curly.iter().filter(|c| inside(c.open) && inside(c.close)).peekable();
        if pairs.peek().is_none() {
            return Cow::Borrowed(&self.text[range]);
        }
        let mut out = String::with_capacity(range.len());
        let mut from = range.start;
        for curly in pairs {
            for quote in [curly.open, curly.close] {
                out.push_str(&self.text[from..quote]);
                out.push(curly.straight);
                from = quote + '“'.len_utf8();
            }
        }
        out.push_str(&self.text[from..range.end]);
        Cow::Owned(out)
    }

    /// The byte at a line and column, both from 1, counted from the entry's first line.
    fn place(&self, entry: &Entry, line: usize, column: usize) -> usize {
        let mut at = entry.lines.start;
        let mut last = at;
        for text in self.text[entry.lines.clone()].split_inclusive('\n').take(line) {
            last = at;
            at += text.len();
        }
        let line = first_line(&self.text[last..entry.lines.end]);
        let offset = line.char_indices().nth(column.saturating_sub(1)).map(|(i, _)| i);
        last + offset.unwrap_or(line.len())
    }

    fn diagnostic(&self, code: Code, at: Range<usize>) -> Diagnostic {
        Diagnostic::new(code, self.file).at(at.into())
    }

    fn report(&mut self, code: Code, at: Range<usize>) {
        let diagnostic = self.diagnostic(code, at);
        self.diagnostics.push(diagnostic);
    }
}

/// A key without its quotes.
fn unquoted(key: &str) -> &str {
    let inner = |q: char| key.strip_prefix(q)?.strip_suffix(q);
    inner('"').or_else(|| inner('\'')).unwrap_or_else(|| without_curly(key))
}

#[cfg(test)]
mod tests;
