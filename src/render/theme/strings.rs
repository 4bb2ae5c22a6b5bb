//! What the interface says, per language: the built-in strings, overridden key by key.

use super::files::{ThemeFile, ThemeFiles};
use super::templates::StringUse;
use crate::base::Lang;
use crate::diag::{BrokenToml, Code, Diagnostic, Mistake};
use crate::render::locale::Locale;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;
use toml::de::{DeTable, DeValue};

/// The strings of one language.
pub struct Strings {
    texts: BTreeMap<String, String>,
    value: Value,
    /// How the language writes what the theme has no words for.
    locale: Locale,
    /// Whether the theme has words in this language, and not another's in their place.
    is_own: bool,
}

impl Strings {
    fn new(lang: &Lang, texts: BTreeMap<String, String>, is_own: bool) -> Strings {
        let value = Value::from_serializable(&texts);
        Strings { texts, value, locale: Locale::new(lang), is_own }
    }

    /// A date for people: as the theme writes it, else as the language does.
    pub fn date(&self, date: Date) -> String {
        if !self.is_own {
            return self.locale.date(date);
        }
        let month = self.get(&format!("month_{}", date.month()));
        self.format(
            "date_format",
            &[
                ("d", &format!("{:02}", date.day())),
                ("m", &format!("{:02}", date.month())),
                ("y", &date.year().to_string()),
                ("D", &date.day().to_string()),
                ("month", month),
            ],
        )
    }

    /// What stands before the tenths of a number.
    pub fn decimal(&self) -> String {
        if self.is_own { self.get("decimal").to_owned() } else { self.locale.decimal() }
    }

    /// A whole number with its groups.
    pub fn number(&self, number: usize) -> String {
        self.locale.number(number)
    }

    /// Several things in a row: `a, b và c`.
    pub fn list(&self, items: &[&str]) -> String {
        self.locale.list(items)
    }

    /// A title in quotation marks.
    pub fn quoted(&self, title: &str) -> String {
        match self.is_own {
            true => self.format("citation_title", &[("title", title)]),
            false => self.locale.quoted(title),
        }
    }

    /// The string called `key`, if the theme has it: languages are named by the site.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The string called `key`; empty when there is none.
    pub fn get(&self, key: &str) -> &str {
        debug_assert!(self.texts.contains_key(key), "no string called {key}");
        self.texts.get(key).map_or("", String::as_str)
    }

    /// The string called `key` with every `{name}` replaced by its value. A value that looks
    /// like a placeholder is not replaced again.
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(key);
        while let Some(open) = rest.find('{') {
            let (before, from_open) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = from_open.find('}') else {
                rest = from_open;
                break;
            };
            let name = &from_open[1..close];
            match values.iter().find(|(n, _)| *n == name) {
                Some((_, value)) => out.push_str(value),
                None => out.push_str(&from_open[..=close]),
            }
            rest = &from_open[close + 1..];
        }
        out.push_str(rest);
        out
    }

    /// The strings whose keys begin with `prefix`, under what follows it, in order of key.
    pub(super) fn beginning_with<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts.iter().filter_map(move |(key, text)| Some((key.strip_prefix(prefix)?, &**text)))
    }

    #[cfg(test)]
    pub(super) fn clone_texts(&self) -> BTreeMap<String, String> {
        self.texts.clone()
    }

    /// The strings as a template sees them; cheap to call.
    pub(super) fn as_value(&self) -> Value {
        self.value.clone()
    }
}

/// The language whose strings stand in for those that a language does not have.
const FALLBACK: &str = "en";

/// The strings of every language of the site. Reports files that are not valid, keys that no
/// template and no built-in string knows, and strings that a template uses and nobody wrote.
pub(super) fn load(
    files: &ThemeFiles,
    languages: &[Lang],
    used: &[StringUse],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Lang, Strings)> {
    let known = known_keys(files, used);
    let fallback = own_strings(files, FALLBACK, &known, problems);
    let mut missing = BTreeSet::new();
    let mut all = Vec::new();
    for lang in languages {
        let mut texts = fallback.clone();
        let mut is_own = lang.as_str() == FALLBACK;
        if !is_own {
            let own = own_strings(files, lang.as_str(), &known, problems);
            is_own = own.contains_key("date_format");
            texts.extend(own);
        }
        for string in used.iter().filter(|s| !texts.contains_key(&s.key)) {
            if missing.insert(&string.key) {
                problems.push(string.missing());
            }
        }
        all.push((lang.clone(), Strings::new(lang, texts, is_own)));
    }
    all
}

/// Keys a strings file may hold: the built-in ones, and those the theme's templates ask for.
fn known_keys(files: &ThemeFiles, used: &[StringUse]) -> BTreeSet<String> {
    let (_, built_in) = files.both(&file_name(FALLBACK));
    // The built-in file is checked by a test, so nothing is lost with its problems.
    let built_in = built_in.map(|file| entries(file, &mut Vec::new())).unwrap_or_default();
    let built_in = built_in.into_iter().map(|entry| entry.key);
    built_in.chain(used.iter().map(|s| s.key.clone())).collect()
}

fn own_strings(
    files: &ThemeFiles,
    lang: &str,
    known: &BTreeSet<String>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let (project, built_in) = files.both(&file_name(lang));
    let mut texts = BTreeMap::new();
    for file in [built_in, project].into_iter().flatten() {
        for entry in entries(file, problems) {
            // What a theme's own scripts say cannot be found in its templates.
            if known.contains(&entry.key) || entry.key.starts_with("js_own_") {
                texts.insert(entry.key, entry.text);
            } else {
                problems.push(
                    Diagnostic::new(Code::UnknownString, &file.path)
                        .at(file.span(entry.key_range))
                        .with("key", &*entry.key)
                        .suggest(&entry.key, known.iter().map(String::as_str)),
                );
            }
        }
    }
    texts
}

fn file_name(lang: &str) -> String {
    format!("i18n/{lang}.toml")
}

struct Entry {
    key: String,
    key_range: std::ops::Range<usize>,
    text: String,
}

/// The flat `key = "text"` lines of a file.
fn entries(file: &ThemeFile, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let bad = |mistake: Mistake| {
        let at = file.span(mistake.at.clone());
        mistake.describe(Diagnostic::new(Code::BadStrings, &file.path)).at(at)
    };
    let text = file.text().unwrap_or_default();
    let (table, errors) = DeTable::parse_recoverable(text);
    let broken = BrokenToml::of(text, &errors);
    let mut entries = Vec::new();
    for (key, value) in table.into_inner() {
        if broken.is_unread(key.span().into()) || value.span().is_empty() {
            continue;
        }
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => entries.push(Entry {
                key: key.get_ref().to_string(),
                key_range: key.span(),
                text: text.to_string(),
            }),
            DeValue::String(_) => {
                problems.push(bad(Mistake::new(value.span(), "chữ trống", "the text is empty")));
            }
            _ => problems.push(bad(Mistake::new(
                value.span(),
                "đây không phải một đoạn chữ trong ngoặc kép",
                "this is not a text in double quotes",
            ))),
        }
    }
    problems.extend(broken.mistakes.into_iter().map(bad));
    // The parser's map need not keep the order of the file; diagnostics and ties should.
    entries.sort_by_key(|entry| entry.key_range.start);
    entries
}
