//! Where things stand in front matter: keys, scalars, and what YAML it may not use.
//!
//! The YAML parser gives values without places, and finds alias bombs and deep nesting late.
//! This scan goes over the text once before it, and knows just enough of YAML 1.2 to tell
//! where a node begins. It decides no value: what it reads wrongly costs a less exact place.

use std::ops::Range;

/// Levels of nesting that are read; front matter needs two.
const MAX_DEPTH: usize = 16;

/// What the scan found. All positions are bytes in the whole text.
#[derive(Default)]
pub(super) struct Scan {
    /// The top-level entries, in order; together they cover every line that says something.
    pub entries: Vec<Entry>,
    /// Every scalar and nested key, in order.
    pub tokens: Vec<Token>,
    /// Anchors, aliases and tags.
    pub indirections: Vec<Range<usize>>,
    /// The first place that is nested too deeply; nothing after it was scanned.
    pub too_deep: Option<Range<usize>>,
    /// Pairs of curly quotes that wrap a whole scalar.
    pub curly: Vec<Curly>,
}

/// One top-level `key: value`, or lines that are no such thing.
pub(super) struct Entry {
    /// The key as written, quotes included; absent where no key could be found.
    pub key: Option<Range<usize>>,
    /// The lines from this entry's first to the next entry's.
    pub lines: Range<usize>,
    /// The value, cut to its first line; empty after the key where there is none.
    pub value: Range<usize>,
    /// Which of [`Scan::tokens`] belong to the value.
    pub tokens: Range<usize>,
    /// Whether it holds an anchor, an alias or a tag.
    pub indirect: bool,
    /// A quote or bracket that is opened and not closed.
    pub unclosed: Option<Range<usize>>,
}

/// A scalar or a nested key.
pub(super) struct Token {
    /// Where it stands, quotes included.
    pub span: Range<usize>,
    /// Whether it is a key of a nested mapping.
    pub is_key: bool,
}

/// A scalar pasted from a word processor: `“Mật khẩu”`.
#[derive(Clone, Copy)]
pub(super) struct Curly {
    /// The opening quote.
    pub open: usize,
    /// The closing quote.
    pub close: usize,
    /// The straight quote that means the same around this text.
    pub straight: char,
}

/// Scans the lines `block` of `text`.
pub(super) fn scan(text: &str, block: Range<usize>) -> Scan {
    let text = &text[..block.end];
    let scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: block.start,
        line_start: block.start,
        last_end: block.start,
        base: None,
        levels: Vec::new(),
        scan: Scan::default(),
    };
    scanner.run()
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    line_start: usize,
    /// End of what was last read as part of a value.
    last_end: usize,
    /// Column of the top-level keys.
    base: Option<usize>,
    /// Open block collections: column, and whether it is a sequence.
    levels: Vec<(usize, bool)>,
    scan: Scan,
}

impl Scanner<'_> {
    fn run(mut self) -> Scan {
        while self.at < self.bytes.len() && self.scan.too_deep.is_none() {
            self.line_start = self.at;
            self.skip_spaces();
            match self.peek() {
                None | Some(b'\n' | b'#') => self.next_line(),
                Some(_) => self.line(),
            }
        }
        self.end_entry(self.bytes.len());
        self.scan
    }

    /// A line of block structure; reads on over the lines of a scalar or flow collection.
    fn line(&mut self) {
        let column = self.at - self.line_start;
        let base = *self.base.get_or_insert(column);
        let dash = self.at_indicator(b'-');
        while let Some(&(open, sequence)) = self.levels.last() {
            if open > column || (open == column && sequence && !dash) {
                self.levels.pop();
            } else {
                break;
            }
        }
        if column <= base && !(dash && self.scan.entries.last().is_some_and(|e| e.key.is_some())) {
            self.begin_entry();
        }
        let mut after_key = false;
        loop {
            self.skip_spaces();
            let start = self.at;
            match self.peek() {
                Some(b'-' | b'?') if self.at_indicator(self.bytes[start]) => {
                    self.begin_value(start);
                    if !self.open_level(start, true) {
                        return;
                    }
                    self.at += 1;
                    after_key = false;
                    continue;
                }
                None | Some(b'\n' | b'#') => break,
                Some(b'&' | b'*' | b'!') => {
                    self.indirection();
                    break;
                }
                Some(b'|' | b'>') => return self.block_scalar(),
                Some(b'[' | b'{') => {
                    self.begin_value(start);
                    self.flow();
                    break;
                }
                Some(_) => {
                    if !self.scalar_or_key(after_key) {
                        break;
                    }
                    after_key = true;
                }
            }
        }
        self.next_line();
    }

    /// Reads a scalar in block context. Whether it was a key, so that its value may follow.
    fn scalar_or_key(&mut self, after_key: bool) -> bool {
        let start = self.at;
        let quoted = self.quoted(false);
        if !quoted {
            self.plain_line(!after_key);
        }
        let end = self.at;
        self.skip_spaces();
        if !after_key && self.at_indicator(b':') {
            self.at += 1;
            self.key(start..end);
            return self.open_level(start, false);
        }
        self.at = end;
        if !quoted {
            self.plain_continuation();
        }
        self.begin_value(start);
        self.token(start..end, false);
        false
    }

    fn key(&mut self, span: Range<usize>) {
        let column = span.start.checked_sub(self.line_start);
        let top = column.is_some() && column == self.base;
        let first_token = self.scan.tokens.len();
        if let Some(entry) = self.scan.entries.last_mut()
            && top
            && entry.key.is_none()
        {
            entry.tokens = first_token..first_token;
            entry.value = span.end..span.end;
            entry.key = Some(span);
            return;
        }
        self.begin_value(span.start);
        self.token(span, true);
    }

    /// A plain scalar to the end of its line: to ` #`, and to `: ` where it may be a key.
    fn plain_line(&mut self, may_be_key: bool) {
        let mut end = self.at;
        while let Some(byte) = self.peek() {
            let ends = match byte {
                b'\n' => true,
                b'#' => self.after_space(),
                b':' => may_be_key && self.at_indicator(b':'),
                _ => false,
            };
            if ends {
                break;
            }
            self.at += 1;
            if !is_space(byte) {
                end = self.at;
            }
        }
        self.at = end;
    }

    /// Further lines of a plain scalar: those indented more than what it is in.
    fn plain_continuation(&mut self) {
        let parent = self.levels.last().map_or(0, |&(column, _)| column);
        loop {
            self.skip_spaces();
            if self.peek() != Some(b'\n') {
                return;
            }
            let Some((start, indent)) = self.next_content_line(self.at) else { return };
            if indent <= parent || self.bytes[start + indent] == b'#' {
                return;
            }
            self.line_start = start;
            self.at = start + indent;
            self.plain_line(false);
        }
    }

    /// `|` or `>`: its lines are all that are indented more than what it is in.
    fn block_scalar(&mut self) {
        let parent = self.levels.last().map_or(0, |&(column, _)| column);
        let start = self.at;
        self.plain_line(false);
        self.begin_value(start);
        self.token(start..self.at, false);
        self.next_line();
        while self.at < self.bytes.len() {
            let line = self.at;
            self.skip_spaces();
            let blank = matches!(self.peek(), None | Some(b'\n'));
            if !blank && self.at - line <= parent {
                self.at = line;
                return;
            }
            self.next_line();
        }
    }

    /// A quoted scalar, if one begins here: straight quotes over lines, curly ones in a line.
    fn quoted(&mut self, in_flow: bool) -> bool {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.straight(quote);
                true
            }
            Some(0xE2) => self.curly(in_flow),
            _ => false,
        }
    }

    fn straight(&mut self, quote: u8) {
        let open = self.at;
        let parent = self.levels.last().map_or(0, |&(column, _)| column);
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if quote == b'"' => self.at += 1,
                b'\n' => match self.next_content_line(self.at) {
                    Some((start, indent)) if indent > parent => {
                        self.line_start = start;
                        self.at = start + indent;
                        continue;
                    }
                    _ => break,
                },
                b if b == quote => {
                    if quote == b'\'' && self.bytes.get(self.at + 1) == Some(&b'\'') {
                        self.at += 1;
                    } else {
                        self.at += 1;
                        return;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        self.unclosed(open);
    }

    /// `“...”` or `‘...’` around a whole scalar.
    fn curly(&mut self, in_flow: bool) -> bool {
        let open = self.at;
        let rest = &self.text[open..];
        let Some((left, right)) = CURLY.into_iter().find(|(left, _)| rest.starts_with(*left))
        else {
            return false;
        };
        let inner = open + left.len_utf8();
        for (offset, c) in self.text[inner..].char_indices() {
            if c == '\n' || c == left {
                break;
            }
            let close = inner + offset;
            if c != right || !self.scalar_may_end(close + right.len_utf8(), in_flow) {
                // Double quotes inside double quotes: two quotations, not one wrapped text.
                if c == right && right == '”' {
                    break;
                }
                continue;
            }
            if let Some(straight) = straight_quote(&self.text[inner..close]) {
                self.scan.curly.push(Curly { open, close, straight });
            }
            self.at = close + right.len_utf8();
            return true;
        }
        false
    }

    fn scalar_may_end(&self, at: usize, in_flow: bool) -> bool {
        let rest = &self.bytes[at..];
        let spaces = rest.iter().take_while(|b| is_space(**b)).count();
        match rest.get(spaces) {
            None | Some(b'\n') => true,
            Some(b'#') => spaces > 0,
            Some(b':') => true,
            Some(b',' | b']' | b'}') => in_flow,
            Some(_) => false,
        }
    }

    /// A flow collection with everything in it.
    fn flow(&mut self) {
        let open = self.at;
        let parent = self.levels.last().map_or(0, |&(column, _)| column);
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'{' => {
                    depth += 1;
                    if !self.depth_allowed(self.levels.len() + depth, self.at) {
                        return;
                    }
                    self.at += 1;
                }
                b']' | b'}' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        self.last_end = self.at;
                        return;
                    }
                }
                b'\n' => match self.next_content_line(self.at) {
                    Some((start, indent))
                        if indent > parent || matches!(self.bytes[start + indent], b']' | b'}') =>
                    {
                        self.line_start = start;
                        self.at = start + indent;
                    }
                    _ => break,
                },
                b'#' if self.after_space() => self.skip_to_line_end(),
                b' ' | b'\t' | b',' => self.at += 1,
                b':' if self.flow_colon() => {
                    if let Some(token) = self.scan.tokens.last_mut() {
                        token.is_key = true;
                    }
                    self.at += 1;
                }
                b'&' | b'*' | b'!' => self.indirection(),
                _ => {
                    let start = self.at;
                    if !self.quoted(true) {
                        self.plain_in_flow();
                    }
                    self.token(start..self.at, false);
                }
            }
        }
        self.unclosed(open);
    }

    fn plain_in_flow(&mut self) {
        let mut end = self.at;
        while let Some(byte) = self.peek() {
            let ends = match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => true,
                b'#' => self.after_space(),
                b':' => self.flow_colon(),
                _ => false,
            };
            if ends {
                break;
            }
            self.at += 1;
            if !is_space(byte) {
                end = self.at;
            }
        }
        self.at = end;
    }

    fn flow_colon(&self) -> bool {
        matches!(
            self.bytes.get(self.at + 1),
            None | Some(b' ' | b'\t' | b'\n' | b',' | b'[' | b']' | b'{' | b'}')
        ) || self.at.checked_sub(1).is_some_and(|i| matches!(self.bytes[i], b'"' | b'\''))
    }

    /// `&name`, `*name` or `!name` where a node begins.
    fn indirection(&mut self) {
        let start = self.at;
        self.begin_value(start);
        while self.peek().is_some_and(|b| !is_space(b) && !b",[]{}\n".contains(&b)) {
            self.at += 1;
        }
        self.last_end = self.at;
        self.scan.indirections.push(start..self.at);
        if let Some(entry) = self.scan.entries.last_mut() {
            entry.indirect = true;
        }
    }

    fn begin_entry(&mut self) {
        self.end_entry(self.line_start);
        let token = self.scan.tokens.len();
        self.scan.entries.push(Entry {
            key: None,
            lines: self.line_start..self.line_start,
            value: self.at..self.at,
            tokens: token..token,
            indirect: false,
            unclosed: None,
        });
    }

    fn end_entry(&mut self, line: usize) {
        if let Some(entry) = self.scan.entries.last_mut() {
            entry.lines.end = line;
            entry.tokens.end = self.scan.tokens.len();
            // What was read last may stand lines below; a place is shown on one line.
            let first = &self.text[entry.value.start..self.last_end.max(entry.value.start)];
            let first_line = first.split('\n').next().unwrap_or_default().trim_end();
            entry.value.end = entry.value.start + first_line.len();
        }
    }

    /// Notes where the current entry's value begins, the first time.
    fn begin_value(&mut self, at: usize) {
        self.last_end = self.last_end.max(at);
        if let Some(entry) = self.scan.entries.last_mut()
            && entry.key.as_ref().is_some_and(|key| key.end == entry.value.start)
        {
            entry.value = at..at;
        }
    }

    fn token(&mut self, span: Range<usize>, is_key: bool) {
        self.last_end = span.end;
        self.scan.tokens.push(Token { span, is_key });
    }

    fn unclosed(&mut self, open: usize) {
        if let Some(entry) = self.scan.entries.last_mut() {
            entry.unclosed.get_or_insert(open..open + 1);
        }
    }

    /// Opens the block collection that begins at byte `start` of this line, unless it is open.
    fn open_level(&mut self, start: usize, sequence: bool) -> bool {
        let level = (start.saturating_sub(self.line_start), sequence);
        if self.levels.last() != Some(&level) {
            self.levels.push(level);
        }
        self.depth_allowed(self.levels.len(), start)
    }

    fn depth_allowed(&mut self, depth: usize, at: usize) -> bool {
        if depth > MAX_DEPTH {
            let first = self.text[at..].chars().next().map_or(0, char::len_utf8);
            self.scan.too_deep = Some(at..at + first);
        }
        depth <= MAX_DEPTH
    }

    /// The start and indentation of the next line that is not blank, after the line break `at`.
    fn next_content_line(&self, at: usize) -> Option<(usize, usize)> {
        let mut start = at + 1;
        loop {
            let line = self.bytes.get(start..)?;
            let indent = line.iter().take_while(|b| is_space(**b)).count();
            match line.get(indent)? {
                b'\n' => start += indent + 1,
                _ => return Some((start, indent)),
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether `-`, `?` or `:` here is structure: it is when white space follows.
    fn at_indicator(&self, indicator: u8) -> bool {
        self.peek() == Some(indicator)
            && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\t' | b'\n'))
    }

    fn after_space(&self) -> bool {
        self.at == self.line_start || self.at > 0 && is_space(self.bytes[self.at - 1])
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn skip_to_line_end(&mut self) {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn next_line(&mut self) {
        self.skip_to_line_end();
        self.at = (self.at + 1).min(self.bytes.len());
    }
}

/// Curly quotes that word processors put for straight ones.
const CURLY: [(char, char); 2] = [('“', '”'), ('‘', '’')];

/// `text` without curly quotes that wrap the whole of it.
pub(super) fn without_curly(text: &str) -> &str {
    let inner = CURLY.into_iter().find_map(|(left, right)| {
        let inner = text.strip_prefix(left)?.strip_suffix(right)?;
        let nested = inner.contains(left) || (right == '”' && inner.contains(right));
        (!nested).then_some(inner)
    });
    inner.map_or(text, str::trim)
}

/// A straight quote that can stand around `inner` with nothing to escape.
fn straight_quote(inner: &str) -> Option<char> {
    match (inner.contains(['"', '\\']), inner.contains('\'')) {
        (false, _) => Some('"'),
        (true, false) => Some('\''),
        (true, true) => None,
    }
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}
