//! Code, coloured: from source text to escaped HTML with short token elements.
//!
//! Grammars come from two-face and are parsed by syntect; no theme is involved, since the
//! site's style sheet colours the fifteen [`CLASSES`]. Frames, titles, line marks and copy
//! buttons are the caller's: what comes out can be cut at every line break.

use crate::model::{Cache, CacheKey};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;
use syntect::parsing::{ClearAmount, ParseState, Scope, ScopeStackOp, SyntaxSet};

/// Changes whenever the same code would give other bytes: our own format, then the grammars.
const VERSION: &str = "highlight 1; two-face 0.5.2; syntect 5.3";

/// A longer line is not parsed: grammars backtrack, and nobody reads such a line.
const LONGEST_LINE: usize = 4_000;

/// Longer code is not parsed at all.
const LONGEST_CODE: usize = 256 * 1024;

/// What a token is; each is one `<b class=x>` in the output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Plain,
    Comment,
    String,
    Escape,
    Number,
    Keyword,
    /// `and`, `-eq`: only spelled-out operators are marked, signs stay plain.
    Operator,
    Function,
    Type,
    Constant,
    Variable,
    Key,
    Tag,
    Inserted,
    Deleted,
    Heading,
}

/// Every class that the style sheet may meet in code, with its meaning.
pub const CLASSES: [(&str, &str); 15] = [
    ("c", "comment"),
    ("s", "string"),
    ("e", "escape sequence or placeholder within a string, and regular expressions' signs"),
    ("n", "number"),
    ("k", "keyword, or a declaration's word such as fn and var"),
    ("o", "operator spelled as a word, such as and or -eq"),
    ("f", "function or command name, where defined or called"),
    ("t", "type, class or namespace name"),
    ("m", "constant of the language, such as true or null"),
    ("v", "variable or command option"),
    ("a", "attribute or property key"),
    ("g", "tag of a markup language"),
    ("i", "inserted line of a diff"),
    ("d", "deleted line of a diff"),
    ("h", "heading, section or position line"),
];

impl Class {
    fn letter(self) -> Option<char> {
        Some(match self {
            Class::Plain => return None,
            Class::Comment => 'c',
            Class::String => 's',
            Class::Escape => 'e',
            Class::Number => 'n',
            Class::Keyword => 'k',
            Class::Operator => 'o',
            Class::Function => 'f',
            Class::Type => 't',
            Class::Constant => 'm',
            Class::Variable => 'v',
            Class::Key => 'a',
            Class::Tag => 'g',
            Class::Inserted => 'i',
            Class::Deleted => 'd',
            Class::Heading => 'h',
        })
    }
}

/// Scopes to classes, by prefix; of several that fit, the longest decides. A scope without an
/// entry leaves the class as it is around it.
const SCOPES: &[(&str, Class)] = &[
    ("source", Class::Plain),
    ("text", Class::Plain),
    ("meta.interpolation", Class::Plain),
    ("meta.mapping.key", Class::Key),
    ("meta.structure.dictionary.key", Class::Key),
    ("meta.diff.range", Class::Heading),
    ("meta.diff.index", Class::Heading),
    ("meta.diff.header", Class::Heading),
    ("meta.separator", Class::Heading),
    ("comment", Class::Comment),
    ("string", Class::String),
    ("string.unquoted", Class::Plain),
    ("string.ipaddress", Class::Number),
    ("constant", Class::Constant),
    ("constant.numeric", Class::Number),
    ("constant.character.escape", Class::Escape),
    ("constant.character.entity", Class::Escape),
    ("constant.other.placeholder", Class::Escape),
    ("constant.other.color", Class::Number),
    ("constant.other.datetime", Class::Number),
    ("constant.other.database-name", Class::Plain),
    ("constant.other.table-name", Class::Plain),
    ("keyword", Class::Keyword),
    ("keyword.operator", Class::Operator),
    ("keyword.operator.dockerfile", Class::Keyword),
    ("keyword.operator.quantifier.regexp", Class::Escape),
    ("keyword.control.anchor.regexp", Class::Escape),
    ("keyword.name.ini", Class::Key),
    ("keyword.other.unit", Class::Number),
    ("keyword.other.template", Class::String),
    ("keyword.other.substitution", Class::Escape),
    ("storage", Class::Keyword),
    ("storage.type.powershell", Class::Type),
    ("entity.name", Class::Type),
    ("entity.name.function", Class::Function),
    ("entity.name.tag", Class::Tag),
    ("entity.name.tag.yaml", Class::Key),
    ("entity.name.tag.toml", Class::Key),
    ("entity.name.table", Class::Heading),
    ("entity.name.enum.tag-digest", Class::Plain),
    ("entity.section", Class::Heading),
    ("entity.name.section", Class::Heading),
    ("entity.name.label", Class::Plain),
    ("entity.name.constant", Class::Constant),
    ("entity.other.attribute-name", Class::Key),
    ("entity.other.attribute-name.class.css", Class::Type),
    ("entity.other.attribute-name.id.css", Class::Type),
    ("entity.other.inherited-class", Class::Type),
    ("support", Class::Function),
    ("support.type", Class::Type),
    ("support.type.custom-property", Class::Variable),
    ("support.class", Class::Type),
    ("support.constant", Class::Constant),
    ("support.variable", Class::Variable),
    ("support.type.property-name", Class::Key),
    ("variable.function", Class::Function),
    ("variable.annotation", Class::Function),
    ("variable.parameter.option", Class::Variable),
    ("variable.language", Class::Constant),
    ("variable.language.star", Class::Plain),
    ("variable.other", Class::Plain),
    ("variable.other.readwrite.shell", Class::Variable),
    ("variable.other.readwrite.powershell", Class::Variable),
    ("variable.other.nginx", Class::Variable),
    ("markup.heading", Class::Heading),
    ("markup.inserted", Class::Inserted),
    ("markup.deleted", Class::Deleted),
    ("markup.raw", Class::String),
    ("punctuation.definition.variable.shell", Class::Variable),
    ("punctuation.definition.quote.ini", Class::String),
    ("punctuation.separator", Class::Plain),
    ("punctuation.terminator", Class::Plain),
    ("punctuation.accessor", Class::Plain),
    ("punctuation.section", Class::Plain),
];

/// The table of scopes, interned: by first atom, longest prefix first.
static RULES: LazyLock<HashMap<u16, Vec<(Scope, Class)>>> = LazyLock::new(|| {
    let mut rules: HashMap<u16, Vec<(Scope, Class)>> = HashMap::new();
    for (name, class) in SCOPES {
        if let Ok(scope) = Scope::new(name) {
            rules.entry(scope.atom_at(0)).or_default().push((scope, *class));
        }
    }
    for list in rules.values_mut() {
        list.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    }
    rules
});

/// The class within `scope`, seen from the class around it.
fn class_within(scope: Scope, around: Class) -> Class {
    let rules = RULES.get(&scope.atom_at(0)).map_or(&[][..], Vec::as_slice);
    let found = rules.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, c)| *c);
    match (around, found) {
        // A key is a key, quoted or not; a whole line of a diff has one colour.
        (Class::Key, Some(Class::String | Class::Plain)) => Class::Key,
        (Class::Inserted | Class::Deleted | Class::Comment, Some(_)) => around,
        // The point of `1.5` and the semicolon of `&amp;` belong to the token.
        (Class::Number | Class::Escape, Some(Class::Plain)) => around,
        (_, Some(class)) => class,
        (_, None) => around,
    }
}

/// A language that handbooks use: the words that name it, what readers see, and its grammar.
struct Language(&'static [&'static str], &'static str, &'static str);

/// Languages known without loading a grammar. An empty grammar means plain text.
const LANGUAGES: &[Language] = &[
    Language(&["", "text", "txt", "plain", "plaintext", "none"], "", ""),
    Language(&["mermaid"], "Mermaid", ""),
    Language(&["console", "terminal"], "Console", ""),
    Language(&["output", "log"], "Output", ""),
    Language(&["bash"], "Bash", "Bourne Again Shell (bash)"),
    Language(&["sh", "shell", "zsh"], "Shell", "Bourne Again Shell (bash)"),
    Language(&["powershell", "ps1", "pwsh", "ps"], "PowerShell", "PowerShell"),
    Language(&["bat", "batch", "cmd"], "Batch", "Batch File"),
    Language(&["json", "jsonc"], "JSON", "JSON"),
    Language(&["yaml", "yml"], "YAML", "YAML"),
    Language(&["toml"], "TOML", "TOML"),
    Language(&["ini", "cfg", "conf", "properties"], "INI", "INI"),
    Language(&["env", "dotenv"], ".env", "DotENV"),
    Language(&["nginx"], "nginx", "nginx"),
    Language(&["apache", "apacheconf", "htaccess"], "Apache", "Apache Conf"),
    Language(&["dockerfile", "docker"], "Dockerfile", "Dockerfile"),
    Language(&["python", "py"], "Python", "Python"),
    Language(&["javascript", "js", "mjs"], "JavaScript", "JavaScript (Babel)"),
    Language(&["typescript", "ts"], "TypeScript", "TypeScript"),
    Language(&["html", "htm"], "HTML", "HTML"),
    Language(&["css"], "CSS", "CSS"),
    Language(&["xml", "svg"], "XML", "XML"),
    Language(&["markdown", "md"], "Markdown", "Markdown"),
    Language(&["sql"], "SQL", "SQL"),
    Language(&["rust", "rs"], "Rust", "Rust"),
    Language(&["c", "h"], "C", "C"),
    Language(&["cpp", "c++"], "C++", "C++"),
    Language(&["csharp", "cs", "c#"], "C#", "C#"),
    Language(&["java"], "Java", "Java"),
    Language(&["go", "golang"], "Go", "Go"),
    Language(&["php"], "PHP", "PHP"),
    Language(&["latex", "tex"], "LaTeX", "LaTeX"),
    Language(&["diff", "patch"], "Diff", "Diff"),
];

fn listed(language: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|l| l.0.iter().any(|name| name.eq_ignore_ascii_case(language)))
}

/// The grammars, and where in them a language is found.
struct Grammars {
    set: SyntaxSet,
    /// Position in the set by lower-case name or file extension.
    by_name: HashMap<String, usize>,
}

impl Grammars {
    fn load() -> Grammars {
        let set = two_face::syntax::extra_newlines();
        let mut by_name = HashMap::new();
        for (at, syntax) in set.syntaxes().iter().enumerate() {
            // Names beat extensions, and of equals the later grammar wins, as in syntect.
            for extension in &syntax.file_extensions {
                by_name.entry(extension.to_ascii_lowercase()).or_insert(at);
            }
        }
        for (at, syntax) in set.syntaxes().iter().enumerate() {
            by_name.insert(syntax.name.to_ascii_lowercase(), at);
        }
        Grammars { set, by_name }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&*lower(name)).copied()
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Highlights code. One is enough for all threads; its grammars are loaded on first need, so
/// a build whose blocks are all remembered never loads them.
pub struct Highlighter {
    grammars: LazyLock<Grammars>,
}

impl Default for Highlighter {
    fn default() -> Highlighter {
        Highlighter::new()
    }
}

impl Highlighter {
    /// A highlighter that has loaded nothing yet.
    pub fn new() -> Highlighter {
        Highlighter { grammars: LazyLock::new(Grammars::load) }
    }

    /// Whether `language` names a language, or one of the words for plain text.
    pub fn is_known(&self, language: &str) -> bool {
        listed(language).is_some() || self.grammars.find(language).is_some()
    }

    /// What readers see as the name of `language`: `PowerShell` for `ps1`, nothing for plain
    /// text, and the word itself when it names no language.
    pub fn label<'a>(&self, language: &'a str) -> Cow<'a, str> {
        if let Some(known) = listed(language) {
            return Cow::Borrowed(known.1);
        }
        match self.grammars.find(language) {
            Some(at) => Cow::Owned(self.grammars.set.syntaxes()[at].name.clone()),
            None => Cow::Borrowed(language),
        }
    }

    /// `code` as escaped HTML with token elements `<b class=x>`, x being one of [`CLASSES`].
    /// No element spans a line break. Code in an unknown language is only escaped.
    pub fn highlight(&self, cache: &Cache, language: &str, code: &str) -> String {
        let grammar = match listed(language) {
            Some(Language(_, _, "")) => return escaped(code),
            Some(known) => Cow::Borrowed(known.2),
            None => lower(language),
        };
        if code.len() > LONGEST_CODE {
            return escaped(code);
        }
        let made =
            cache.get_or_make(key(&grammar, code), || self.fresh(&grammar, code).into_bytes());
        // A damaged cache must not damage a page.
        String::from_utf8(made.to_vec()).unwrap_or_else(|_| self.fresh(&grammar, code))
    }

    fn fresh(&self, grammar: &str, code: &str) -> String {
        let grammars = &*self.grammars;
        let Some(at) = grammars.find(grammar) else {
            return escaped(code);
        };
        let mut state = State::new(ParseState::new(&grammars.set.syntaxes()[at]));
        let mut out = Writer::with_capacity(code.len() * 2);
        for line in code.split_inclusive('\n') {
            if line.len() > LONGEST_LINE {
                out.write(line, Class::Plain);
                continue;
            }
            let mut from = 0;
            for &(to, class) in &*tokens(&grammars.set, &mut state, line) {
                out.write(&line[from..to], class);
                from = to;
            }
        }
        out.finish()
    }
}

thread_local! {
    /// Per thread, since the parser's states may not change threads. One for all highlighters:
    /// they have the same grammars.
    static LINES: RefCell<Lines> = RefCell::default();
}

/// The tokens of a line; `state` goes from the line's start to its end.
fn tokens(set: &SyntaxSet, state: &mut State, line: &str) -> Tokens {
    if let Some((tokens, after)) = LINES.with_borrow(|lines| lines.find(line, state)) {
        *state = after;
        return tokens;
    }
    let before = state.clone();
    let tokens = state.parse(set, line);
    LINES.with_borrow_mut(|lines| lines.remember(line, before, &tokens, state));
    tokens
}

/// End and class of each token of a line.
type Tokens = Rc<[(usize, Class)]>;

/// Where the parser stands between two lines: all that decides how the next one is read.
#[derive(Clone, PartialEq)]
struct State {
    parser: ParseState,
    classes: ClassStack,
}

impl State {
    fn new(parser: ParseState) -> State {
        State { parser, classes: ClassStack::default() }
    }

    fn parse(&mut self, set: &SyntaxSet, line: &str) -> Tokens {
        let mut tokens = Vec::new();
        let mut from = 0;
        // A grammar that fails leaves its line as plain as an unknown language.
        for (at, change) in self.parser.parse_line(line, set).unwrap_or_default() {
            if at > from && line.is_char_boundary(at) {
                tokens.push((at, self.classes.top()));
                from = at;
            }
            self.classes.apply(&change);
        }
        if from < line.len() {
            tokens.push((line.len(), self.classes.top()));
        }
        tokens.into()
    }
}

/// Lines parsed before. Grammars cost about a hundred times more than a look-up, and commands
/// and closing braces come again and again. What is remembered is what would be parsed, so
/// neither order nor threads show in the output.
#[derive(Default)]
struct Lines {
    parsed: HashMap<Box<str>, Vec<Parsed>>,
}

struct Parsed {
    before: State,
    tokens: Tokens,
    after: State,
}

impl Lines {
    /// A few MB when full; then it starts anew.
    const MOST: usize = 4_000;
    /// Longer lines hardly come twice.
    const LONGEST: usize = 200;
    /// A line read in more ways than this (the end of nested blocks) is parsed.
    const MOST_STATES: usize = 8;

    fn find(&self, line: &str, state: &State) -> Option<(Tokens, State)> {
        let found = self.parsed.get(line)?.iter().find(|p| p.before == *state)?;
        Some((found.tokens.clone(), found.after.clone()))
    }

    fn remember(&mut self, line: &str, before: State, tokens: &Tokens, after: &State) {
        if line.len() > Self::LONGEST {
            return;
        }
        if self.parsed.len() >= Self::MOST {
            self.parsed.clear();
        }
        let states = self.parsed.entry(line.into()).or_default();
        if states.len() < Self::MOST_STATES {
            states.push(Parsed { before, tokens: tokens.clone(), after: after.clone() });
        }
    }
}

fn key(grammar: &str, code: &str) -> CacheKey {
    let mut hasher = blake3::Hasher::new();
    // Lengths are not needed: none of the parts before the code holds a line break.
    for part in [VERSION, "\n", grammar, "\n", code] {
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

/// The class at every level of the scope stack; only the top is ever looked at, so what a
/// token is was decided when its scope was pushed.
#[derive(Clone, Default, PartialEq)]
struct ClassStack {
    classes: Vec<Class>,
    cleared: Vec<Vec<Class>>,
}

impl ClassStack {
    fn top(&self) -> Class {
        self.classes.last().copied().unwrap_or(Class::Plain)
    }

    fn apply(&mut self, change: &ScopeStackOp) {
        match change {
            ScopeStackOp::Push(scope) => self.classes.push(class_within(*scope, self.top())),
            ScopeStackOp::Pop(count) => {
                self.classes.truncate(self.classes.len().saturating_sub(*count));
            }
            ScopeStackOp::Clear(amount) => {
                let count = match amount {
                    ClearAmount::TopN(n) => (*n).min(self.classes.len()),
                    ClearAmount::All => self.classes.len(),
                };
                self.cleared.push(self.classes.split_off(self.classes.len() - count));
            }
            ScopeStackOp::Restore => {
                self.classes.extend(self.cleared.pop().unwrap_or_default());
            }
            ScopeStackOp::Noop => {}
        }
    }
}

/// Writes tokens so that neighbours of one class share an element, white space never opens
/// or ends one, and none is open across a line break.
struct Writer {
    out: String,
    open: Class,
    /// White space that follows the open element; it goes inside only if the next token does.
    space: String,
}

impl Writer {
    fn with_capacity(bytes: usize) -> Writer {
        Writer { out: String::with_capacity(bytes), open: Class::Plain, space: String::new() }
    }

    fn write(&mut self, token: &str, class: Class) {
        // Grammars with line breaks may hand over a token that ends in one, never more.
        match token.strip_suffix('\n') {
            None => self.write_in_line(token, class),
            Some(rest) if rest.contains('\n') => {
                rest.split('\n').for_each(|line| {
                    self.write_in_line(line, class);
                    self.end_line();
                });
            }
            Some(rest) => {
                self.write_in_line(rest, class);
                self.end_line();
            }
        }
    }

    fn write_in_line(&mut self, token: &str, class: Class) {
        let start = token.trim_start();
        if start.is_empty() {
            self.space.push_str(token);
            return;
        }
        let text = start.trim_end();
        self.space.push_str(&token[..token.len() - start.len()]);
        let class = match class {
            Class::Operator if !text.contains(char::is_alphabetic) => Class::Plain,
            class => class,
        };
        if class != self.open {
            self.close();
            self.flush_space();
            if let Some(letter) = class.letter() {
                self.out.push_str("<b class=");
                self.out.push(letter);
                self.out.push('>');
            }
            self.open = class;
        }
        self.flush_space();
        push_escaped(text, &mut self.out);
        self.space.push_str(&start[text.len()..]);
    }

    fn end_line(&mut self) {
        self.close();
        self.flush_space();
        self.out.push('\n');
    }

    fn close(&mut self) {
        if self.open != Class::Plain {
            self.out.push_str("</b>");
            self.open = Class::Plain;
        }
    }

    fn flush_space(&mut self) {
        // White space needs no escaping.
        self.out.push_str(&self.space);
        self.space.clear();
    }

    fn finish(mut self) -> String {
        self.close();
        self.flush_space();
        self.out
    }
}

fn escaped(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + code.len() / 8);
    push_escaped(code, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(reference);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests;
