//! The files of an index, read as the script in a browser reads them.

use super::decode::Term;
use super::files::{Names, base_36};
use super::index::{Index, META};
use super::numbers::Numbers;
use super::postings::in_scripts;
use serde::Deserialize;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// The first file of an index.
#[derive(Deserialize)]
pub(super) struct Meta {
    pub sections: u32,
    /// Average words of a section and of a page, times 100.
    pub lengths: [u32; 2],
    pub facets: Vec<(String, Vec<String>)>,
    pub common: String,
    widths: [u32; 2],
    p: [String; 3],
    v: [String; 3],
    t: Vec<Value>,
}

/// Reads files of an index as they are asked for.
pub(super) struct Reader<'a> {
    pub meta: Meta,
    index: &'a Index,
    words: Vec<Listed>,
    vocabulary: Vec<Listed>,
    /// Files that were read, and terms that were decoded: queries ask for the same ones.
    files: RefCell<HashMap<String, Arc<Vec<Value>>>>,
    terms: RefCell<HashMap<String, Arc<Term>>>,
}

/// A file: its first key, its name, its kilobytes.
struct Listed {
    first: String,
    name: String,
    kilobytes: u32,
}

/// What results call a page.
pub(super) struct Title {
    pub address: String,
    pub title: String,
    places: String,
}

impl<'a> Reader<'a> {
    /// Reads the first file of `index`.
    pub fn new(index: &'a Index) -> Option<Reader<'a>> {
        let meta: Meta = serde_json::from_value(data(index, META)?).ok()?;
        let (words, vocabulary) = (listed("p", &meta.p), listed("v", &meta.v));
        let (files, terms) = Default::default();
        Some(Reader { meta, index, words, vocabulary, files, terms })
    }

    /// The term with this key.
    pub fn term(&self, key: &str) -> Option<Arc<Term>> {
        let file = self.words.get(find(&self.words, key))?;
        self.terms_of(file, &|other| other == key).pop()
    }

    /// Terms from `first` on to the last that begins with `start`, if they stand in so few
    /// kilobytes; else those of one file.
    pub fn range(&self, first: &str, start: &str, most: u32) -> Vec<Arc<Term>> {
        let mut files = between(&self.words, first, &format!("{start}\u{ffff}"));
        if files.iter().map(|file| file.kilobytes).sum::<u32>() > most {
            let one = find(&self.words, start);
            files = &self.words[one..=one];
        }
        files.iter().flat_map(|file| self.terms_of(file, &|_| true)).collect()
    }

    /// Words of the vocabulary that may be meant by `word`, and how frequent each is.
    pub fn vocabulary(&self, word: &str, most: u32) -> Vec<(String, u32)> {
        let small = self.vocabulary.iter().map(|file| file.kilobytes).sum::<u32>() <= most;
        let first: String = word.chars().take(1).collect();
        let files = match small {
            true => &self.vocabulary[..],
            false => between(&self.vocabulary, &first, &format!("{first}\u{ffff}")),
        };
        files.iter().flat_map(|file| self.words_of(file)).collect()
    }

    /// What results call the page in `slot`.
    pub fn title(&self, slot: u32) -> Option<Title> {
        let files = matches!(self.meta.t.first(), Some(Value::String(_)));
        let name = format!("t-{}", base_36(slot / self.meta.widths[0].max(1)));
        let read = if files { self.items(&name) } else { Arc::default() };
        let all = if files { &read } else { &self.meta.t };
        let of_page = all.chunks_exact(4).find(|four| four[0] == slot)?;
        let [_, address, title, places] = of_page else { return None };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(Title { address: text(address), title: text(title), places: text(places) })
    }

    /// Id, heading, text and code of a section.
    pub fn text(&self, slot: u32, ordinal: u32, title: &Title) -> Option<[String; 4]> {
        let mut numbers = Numbers::new(&title.places);
        let mut piece = 0;
        while numbers.more() {
            let (next, first, _check) = (numbers.take(), numbers.take(), numbers.take());
            if first <= ordinal {
                piece = next;
            }
        }
        let group = base_36(slot / self.meta.widths[1].max(1));
        let name = match piece {
            0 => format!("x-{group}"),
            piece => format!("x-{group}-{}", base_36(piece)),
        };
        let items = self.items(&name);
        let six = items.chunks_exact(6).find(|six| six[0] == slot && six[1] == ordinal)?;
        let text = |i: usize| six[i].as_str().unwrap_or_default().to_owned();
        Some([text(2), text(3), text(4), text(5)])
    }

    fn items(&self, name: &str) -> Arc<Vec<Value>> {
        let mut files = self.files.borrow_mut();
        let read = || match data(self.index, name) {
            Some(Value::Array(items)) => Arc::new(items),
            _ => Arc::default(),
        };
        files.entry(name.to_owned()).or_insert_with(read).clone()
    }

    fn terms_of(&self, file: &Listed, wanted: &dyn Fn(&str) -> bool) -> Vec<Arc<Term>> {
        let items = self.items(&file.name);
        let mut terms = self.terms.borrow_mut();
        let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
        let entries = items.chunks_exact(3).filter(|three| three[0].as_str().is_some_and(wanted));
        entries
            .map(|three| {
                let key = text(&three[0]);
                let decode = || Arc::new(Term::read(&key, &text(&three[1]), &text(&three[2])));
                terms.entry(key.clone()).or_insert_with(decode).clone()
            })
            .collect()
    }

    fn words_of(&self, file: &Listed) -> Vec<(String, u32)> {
        let items = self.items(&file.name);
        let text = items.first().and_then(Value::as_str).unwrap_or_default();
        let mut before: Vec<char> = Vec::new();
        let mut words = Vec::new();
        for entry in text.split(' ').filter(|entry| !entry.is_empty()) {
            let mut rest = entry.chars();
            let mut digit = || rest.next().and_then(|c| c.to_digit(36)).unwrap_or_default();
            let (shared, frequent) = (digit(), digit());
            before.truncate(shared as usize);
            before.extend(rest);
            words.push((before.iter().collect(), frequent));
        }
        words
    }
}

/// The data that the file called `name` hands over.
fn data(index: &Index, name: &str) -> Option<Value> {
    let script = std::str::from_utf8(index.file(name)?).ok()?;
    let call = format!("sotay.shard(\"{}\",\"{name}\",", index.lang);
    serde_json::from_str(script.strip_prefix(&call)?.strip_suffix(");\n")?).ok()
}

fn listed(kind: &str, [first, _, sizes]: &[String; 3]) -> Vec<Listed> {
    let mut names = Names::default();
    let keys = first.split(' ').zip(sizes.as_bytes());
    keys.map(|(key, size)| Listed {
        first: key.to_owned(),
        name: names.of(kind, key),
        kilobytes: super::numbers::value(*size),
    })
    .collect()
}

/// The position of the last file that begins at or before `key`.
fn find(files: &[Listed], key: &str) -> usize {
    files.partition_point(|file| in_scripts(&file.first, key).is_le()).saturating_sub(1)
}

fn between<'a>(files: &'a [Listed], first: &str, last: &str) -> &'a [Listed] {
    match files.is_empty() {
        true => files,
        false => &files[find(files, first)..=find(files, last)],
    }
}
