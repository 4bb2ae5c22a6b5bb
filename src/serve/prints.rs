//! Fingerprints of what is shown, by which an open page knows whether it is still right.

use super::preview::Shown;
use crate::model::{Content, Route};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Fingerprints of the pages that are open, made when first asked for.
#[derive(Default)]
pub(super) struct Prints {
    pages: Mutex<HashMap<String, u64>>,
}

/// The fingerprint of what does not exist.
const NOTHING: u64 = 0;

impl Shown {
    /// The fingerprint of the page at `path` and of the files from `content/` that it names.
    pub fn page_print(&self, path: &str) -> u64 {
        let known = || self.prints.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(print) = known().get(path) {
            return *print;
        }
        let print = self.make_print(path);
        // The address comes from outside: only those that exist are remembered.
        if print != NOTHING {
            known().insert(path.to_owned(), print);
        }
        print
    }

    /// The fingerprint of the theme's file called `name`.
    pub fn theme_print(&self, name: &str) -> u64 {
        let content = self.content(&format!("theme/{name}"));
        content.map_or(NOTHING, |content| print([bytes(content)]))
    }

    fn make_print(&self, path: &str) -> u64 {
        let Some(content) = self.content(path) else { return NOTHING };
        let page = bytes(content);
        let files = self.files_named(&String::from_utf8_lossy(&page));
        print(std::iter::once(page).chain(files))
    }

    /// The files from `content/` that the HTML of a page names.
    fn files_named(&self, html: &str) -> Vec<Vec<u8>> {
        let Some(site) = self.site() else { return Vec::new() };
        let ends_address = |c: char| matches!(c, '"' | '\'' | '#' | '?' | ' ' | ',');
        let addresses = html
            .match_indices("assets/")
            .filter_map(|(at, _)| html[at..].split(ends_address).next());
        let files = addresses.filter_map(|address| match site.routes.get(address)? {
            Route::Asset(source) => Some(&site.assets.get(source)?.data),
            _ => None,
        });
        files
            .map(|data| match data.bytes() {
                Some(bytes) => bytes.to_vec(),
                None => data.size().to_le_bytes().to_vec(),
            })
            .collect()
    }
}

fn bytes(content: Content) -> Vec<u8> {
    match content {
        Content::Bytes(bytes) => bytes,
        Content::Shared(bytes) => bytes.to_vec(),
        Content::File { size, .. } => size.to_le_bytes().to_vec(),
    }
}

fn print(parts: impl IntoIterator<Item = Vec<u8>>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(&part);
    }
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    u64::from_le_bytes(first).max(NOTHING + 1)
}
