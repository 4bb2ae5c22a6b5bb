//! The files of an index: scripts that a browser can load from a disk, each calling one function
//! with data. Where a file ends depends on what it holds and not on how much comes before it, so
//! that a change stays in few of them.

use super::numbers::{Hash, character, hash};
use super::postings::Term;
use crate::base::{Lang, push_json};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// One item of a file's data.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Item<'a> {
    Text(Cow<'a, str>),
    Number(u32),
}

impl<'a> Item<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Item<'a> {
        Item::Text(text.into())
    }
}

/// A file: its name without extension, and its bytes.
pub(super) type File = (String, Arc<[u8]>);

/// The script that hands over `data`: `sotay.shard("vi", "p-1x", [...]);`. `size` is how many bytes
/// the data comes to, about.
pub(super) fn script(lang: &Lang, name: &str, size: usize, data: &impl Serialize) -> Arc<[u8]> {
    let mut out = Vec::with_capacity(size + size / 16 + 64);
    out.extend_from_slice(format!("sotay.shard(\"{lang}\",\"{name}\",").as_bytes());
    push_json(&mut out, data);
    out.extend_from_slice(b");\n");
    Arc::from(out)
}

/// The file of `items`, and two characters by which a reader notices that it is another build's.
pub(super) fn file(lang: &Lang, name: &str, items: &[Item<'_>]) -> (File, [u8; 2]) {
    let hash = items.iter().fold(Hash::new(), |hash, item| match item {
        Item::Text(text) => hash.add(text),
        Item::Number(number) => hash.add(&number.to_string()),
    });
    let bytes = |item: &Item<'_>| match item {
        Item::Text(text) => text.len() + 3,
        Item::Number(_) => 8,
    };
    let size = items.iter().map(bytes).sum();
    ((name.to_owned(), script(lang, name, size, &items)), hash.check())
}

/// Bytes of a file of postings or vocabulary, more or less.
const TARGET: usize = 6_000;

/// Where to begin new files among entries in order of key, given each one's key and bytes: as
/// positions of first entries.
///
/// A large entry stands alone. Others end where the hash of the next key says so, once a file has
/// half its size; so a file that grows moves the borders after it only as far as the next such key.
pub(super) fn borders<'a>(entries: impl Iterator<Item = (&'a str, usize)> + Clone) -> Vec<usize> {
    let (count, bytes) = entries.clone().fold((0, 0), |(n, sum), (_, size)| (n + 1, sum + size));
    let average = bytes / usize::max(count, 1);
    let chance = (TARGET / 2 / average.max(1)).max(1).next_power_of_two() as u32;
    let mut borders: Vec<usize> = Vec::new();
    let (mut size, mut alone) = (0, false);
    for (i, (key, own)) in entries.enumerate() {
        let chosen = size >= TARGET / 2 && hash(key) & (chance - 1) == 0;
        if i == 0 || alone || own >= TARGET || chosen || size >= TARGET * 2 {
            borders.push(i);
            size = 0;
        }
        alone = own >= TARGET;
        size += own;
    }
    borders
}

/// A list of files as the index's first file names it.
#[derive(Default)]
pub(super) struct Listed {
    /// The first key of each, separated by spaces.
    pub first: String,
    /// Two characters each.
    pub checks: String,
    /// A character each: kilobytes, rounded up.
    pub sizes: String,
    /// The files.
    pub files: Vec<File>,
}

impl Listed {
    fn add(&mut self, first: &str, (file, check): (File, [u8; 2])) {
        if !self.checks.is_empty() {
            self.first.push(' ');
        }
        self.first.push_str(first);
        self.checks.extend(check.map(char::from));
        let kilobytes = file.1.len().div_ceil(1024).min(91) as u32;
        self.sizes.push(char::from(character(kilobytes)));
        self.files.push(file);
    }
}

/// The postings of all terms: key, forms, postings, again and again.
pub(super) fn postings(lang: &Lang, terms: &[Term]) -> Listed {
    let size = |t: &Term| {
        t.key.len() + t.postings.len() + t.forms.iter().map(String::len).sum::<usize>() + 12
    };
    let borders = borders(terms.iter().map(|t| (&*t.key, size(t))));
    let mut listed = Listed::default();
    let mut names = Names::default();
    for terms in cut(terms, &borders) {
        let items: Vec<Item<'_>> = terms
            .iter()
            .flat_map(|t| {
                let postings = String::from_utf8_lossy(&t.postings);
                [Item::text(&*t.key), Item::text(t.forms.join(" ")), Item::Text(postings)]
            })
            .collect();
        let first = &terms[0].key;
        listed.add(first, file(lang, &names.of("p", first), &items));
    }
    listed
}

/// The words that readers may mean: how much each shares with the one before, the rest, and how
/// frequent it is; two digits of base 36 around the rest.
pub(super) fn vocabulary(lang: &Lang, words: &[(String, u32)]) -> Listed {
    let borders = borders(words.iter().map(|(word, _)| (&**word, word.len() / 2 + 3)));
    let mut listed = Listed::default();
    let mut names = Names::default();
    for words in cut(words, &borders) {
        let mut text = String::new();
        let mut before = "";
        for (word, count) in words {
            let shared = before.chars().zip(word.chars()).take_while(|(a, b)| a == b);
            let shared = shared.map(|(a, _)| a).take(35);
            let (n, bytes) = shared.fold((0, 0), |(n, bytes), c| (n + 1, bytes + c.len_utf8()));
            if !text.is_empty() {
                text.push(' ');
            }
            let frequent = (u32::BITS - count.leading_zeros()).min(35);
            text.extend([digit(n), digit(frequent)]);
            text.push_str(&word[bytes..]);
            before = word;
        }
        let first = &words[0].0;
        listed.add(first, file(lang, &names.of("v", first), &[Item::text(text)]));
    }
    listed
}

fn digit(value: u32) -> char {
    char::from_digit(value.min(35), 36).unwrap_or('z')
}

fn cut<'a, T>(all: &'a [T], borders: &'a [usize]) -> impl Iterator<Item = &'a [T]> {
    let ends = borders.iter().skip(1).copied().chain([all.len()]);
    borders.iter().copied().zip(ends).map(|(start, end)| &all[start..end])
}

/// Names of files by their first key. A name must not depend on the files before it, so it is a
/// hash; two that are the same are as good as never seen, and told apart in order.
#[derive(Default)]
pub(super) struct Names(std::collections::HashSet<String>);

impl Names {
    pub fn of(&mut self, kind: &str, first: &str) -> String {
        let mut hash = hash(first);
        loop {
            let name = format!("{kind}-{}", base_36(hash));
            if self.0.insert(name.clone()) {
                return name;
            }
            hash = hash.wrapping_add(1);
        }
    }
}

/// A number in base 36, as scripts write it.
pub(super) fn base_36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(digit(number % 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}
