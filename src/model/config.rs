//! `site.toml`, checked: what the whole site is called, speaks and allows.

use super::State;
use crate::base::{Lang, Span};
use std::collections::BTreeMap;

/// A text per language.
pub type Localised = BTreeMap<Lang, String>;

/// `site.toml` after checking. Every value is valid; what was left out has its default.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name, for every language.
    pub title: Localised,
    /// Content languages; the first is default and source. Never empty.
    pub languages: Vec<Lang>,
    /// Where the site is hosted, ending in `/`; metadata needs it, links do not.
    pub base_url: Option<String>,
    /// Namespace of storage keys: a slug.
    pub site_id: String,
    /// Name of the theme.
    pub theme: String,
    /// Licence of the text, as an SPDX id or a name.
    pub licence: Option<String>,
    /// Where readers report a mistake: `mailto:` or `https:`.
    pub report: Option<String>,
    /// Audiences in the order of site.toml: id and label per language.
    pub audiences: Vec<(String, Localised)>,
    /// What tags are called, by slug; a tag without an entry is shown as it is written.
    pub tags: BTreeMap<String, Localised>,
    /// Names of languages, in their own spelling, that sotay does not know or that a site names otherwise.
    pub languages_label: Localised,
    /// Menu entries, by page address; empty means "the top sections by weight".
    pub menu: Vec<MenuEntry>,
    /// Options for the theme, as given; the theme says which exist.
    pub theme_options: Vec<ThemeOption>,
    /// Whether each page also stands side by side with its translation.
    pub side_by_side: bool,
    /// Translation states that fail a build.
    pub fail_on: Vec<State>,
    /// What the edition being built shows.
    pub editions: BTreeMap<String, Edition>,
    /// Limits on content.
    pub limits: Limits,
}

/// One entry of the menu.
#[derive(Clone, Debug)]
pub struct MenuEntry {
    /// A page's address: `talks`, `talks/phishing`.
    pub page: String,
    /// Where site.toml says so.
    pub span: Span,
}

/// One option for the theme.
#[derive(Clone, Debug)]
pub struct ThemeOption {
    /// Its name.
    pub key: String,
    /// Its value, as text (`true`, `#0f4c81`, `be-vietnam-pro`).
    pub value: String,
    /// Where site.toml says so.
    pub span: Span,
}

/// What one edition of the handbook shows.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Edition {
    /// Speaker notes and trainer-only blocks.
    pub notes: bool,
    /// Drafts.
    pub drafts: bool,
    /// A page that shows editors how translations stand.
    pub freshness: bool,
    /// Pages for these audiences only; `None` is everybody. Pages without an audience always show.
    pub audiences: Option<Vec<String>>,
}

impl Edition {
    /// Everything that there is, whoever it is for.
    pub fn everything() -> Edition {
        Edition { notes: true, drafts: true, freshness: true, audiences: None }
    }
}

/// Limits on content; each can be raised in `[limits]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of one Markdown file.
    pub page_bytes: u64,
    /// Bytes of an image as published, above which editors are warned.
    pub image_bytes: u64,
    /// Longer edge of a published photograph, in pixels.
    pub image_pixels: u32,
    /// Levels of quotes, lists and containers inside one another.
    pub nesting: usize,
    /// Pages of a section, beside its index page, that one document to print may hold.
    pub section_print_pages: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            page_bytes: 5_000_000,
            image_bytes: 300_000,
            image_pixels: 1600,
            nesting: 32,
            section_print_pages: 100,
        }
    }
}

impl Config {
    /// The default and source language.
    pub fn source_lang(&self) -> &Lang {
        &self.languages[0]
    }

    /// The position of `lang` among the site's languages.
    pub fn lang_index(&self, lang: &Lang) -> Option<usize> {
        self.languages.iter().position(|l| l == lang)
    }

    /// The label of an audience in `lang`, if the audience exists.
    pub fn audience_label(&self, id: &str, lang: &Lang) -> Option<&str> {
        let (_, labels) = self.audiences.iter().find(|(a, _)| a == id)?;
        labels.get(lang).or_else(|| labels.get(self.source_lang())).map(String::as_str)
    }
}
