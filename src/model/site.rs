//! The site: every page with its pair, every route, every link's answer. Immutable.

use super::{
    Config, Doc, Edition, FileData, Freshness, Glossary, Kind, Lock, LockLine, Meta, PageId,
    SectionWords, freshness, is_current, section_words,
};
use crate::base::{DocNumber, Lang, RelPath, Span, UrlPath};
use crate::diag::Diagnostic;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// The whole site, ready to be rendered route by route.
#[derive(Debug)]
pub struct Site {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// The edition being built.
    pub edition: Edition,
    /// Every page that this edition shows, in order of address.
    pub pairs: Vec<Pair>,
    /// Position of each page in `pairs`.
    pub by_id: HashMap<PageId, usize>,
    /// Position of each page in `pairs` by its source path without language and extension.
    pub by_stem: HashMap<String, usize>,
    /// Files under a name with `_` that some page uses.
    pub used_partials: BTreeSet<RelPath>,
    /// Pages that it lacks though their files are there.
    pub absent: Absent,
    /// Folders that have pages: `""` first, then by address.
    pub sections: Vec<Section>,
    /// Position of each folder in `sections`.
    pub section_by_folder: HashMap<String, usize>,
    /// Directive pages by number.
    pub by_number: HashMap<DocNumber, usize>,
    /// Documents that another one replaces: number to the replacing page.
    pub replaced_by: HashMap<DocNumber, usize>,
    /// Files that pages use, by their source path.
    pub assets: BTreeMap<RelPath, Asset>,
    /// Files of `static/`, by their path below it.
    pub statics: BTreeMap<RelPath, FileData>,
    /// Pages by tag, in order of tag slug.
    pub tags: BTreeMap<String, Term>,
    /// Pages by audience id, in the order of site.toml.
    pub audiences: Vec<(String, Vec<usize>)>,
    /// Top-level navigation: positions in `pairs`.
    pub menu: Vec<usize>,
    /// What the links of each page led to, by position in `pairs` and by language.
    pub followed: Vec<Vec<Option<Arc<Followed>>>>,
    /// Its terms.
    pub glossary: Arc<Glossary>,
    /// What was recorded of translations; `None` where nobody keeps a record.
    pub lock: Option<Arc<Lock>>,
    /// Every file of the output, in order of path.
    pub routes: BTreeMap<UrlPath, Route>,
}

/// Pages that a site lacks though their files are there, by all that a link may call them.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Absent {
    /// By source path without language and extension.
    pub stems: HashMap<String, Absence>,
    /// By address.
    pub ids: HashMap<PageId, Absence>,
    /// By document number.
    pub numbers: HashMap<DocNumber, Absence>,
}

/// Why a page is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absence {
    /// The edition does not show it.
    Hidden,
    /// Something that it needs is wrong or missing, which is reported where it stands.
    Unfinished,
}

impl Absent {
    /// Why there is no page at `address`, if that is known.
    pub fn page(&self, address: &str) -> Option<Absence> {
        let address = address.trim_matches('/');
        let find = |id: &str| self.ids.get(&PageId::new(id)).copied();
        find(address).or_else(|| find(&format!("{address}/index")))
    }
}

/// A tag: how it is shown and which pages have it.
#[derive(Clone, Debug)]
pub struct Term {
    /// As first written.
    pub label: String,
    /// Positions in `pairs`, in order of address.
    pub pages: Vec<usize>,
}

/// A page in all its languages.
#[derive(Debug)]
pub struct Pair {
    /// Its address.
    pub id: PageId,
    /// What it is.
    pub kind: Kind,
    /// One per language of the site, in that order; `None` where it is not translated.
    pub versions: Vec<Option<Arc<Version>>>,
    /// Which version stands in for a missing one.
    pub fallback: usize,
    /// Position of the section it belongs to.
    pub section: usize,
    /// The pages before and after it in its section, as positions in `pairs`.
    pub neighbours: (Option<usize>, Option<usize>),
    /// Pages that cite this document (directives), as positions in `pairs`.
    pub cited_by: Vec<usize>,
}

impl Pair {
    /// The version a reader of language `lang` sees, and whether it is that language's own.
    pub fn version(&self, lang: usize) -> (&Version, bool) {
        match &self.versions[lang] {
            Some(v) => (v, true),
            None => (self.source_version(), false),
        }
    }

    /// The version that stands in for missing ones: the source language's where it exists.
    pub fn source_version(&self) -> &Arc<Version> {
        // Resolve makes a pair only of pages that exist and sets `fallback` to one of them.
        self.versions[self.fallback].as_ref().expect("a pair has its fallback version")
    }
}

/// A page in one language.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its language.
    pub lang: Lang,
    /// The file.
    pub source: RelPath,
    /// Front matter, merged and checked.
    pub meta: Meta,
    /// Its text, includes expanded and clause ids set.
    pub doc: Arc<Doc>,
    /// Every heading of `doc` that readers see, in order; its id also stands in `doc`.
    pub headings: Vec<Anchor>,
    /// Every other id that a link may point to (clauses, points, steps, containers).
    pub ids: Vec<String>,
    /// Former addresses and where front matter gives them.
    pub alias_spans: Vec<(String, Span)>,
    /// See [`Version::words`].
    pub words: OnceLock<Arc<[SectionWords]>>,
}

impl Version {
    /// Its sections in words, in order; read when they are first asked for.
    pub fn words(&self) -> &Arc<[SectionWords]> {
        self.words.get_or_init(|| section_words(&self.meta, &self.doc).into())
    }
}

/// What following the links of a page in one language found.
#[derive(Clone, Default, Debug)]
pub struct Followed {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Files under a name with `_` that it uses.
    pub uses: BTreeSet<RelPath>,
    /// Pages that it links to a section of, as positions in `Site::pairs`.
    pub into: BTreeSet<usize>,
    /// Directive pages that it cites, as positions in `Site::pairs`.
    pub cites: BTreeSet<usize>,
    /// Replaced documents that it cites: number as written, and the page that replaces it.
    pub cites_replaced: Vec<(String, usize)>,
}

/// A heading and the id by which it is linked to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// Shared by the pair.
    pub id: String,
    /// 1 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
}

/// A folder of pages.
#[derive(Debug)]
pub struct Section {
    /// The folder: `""`, `talks`.
    pub folder: String,
    /// The page that introduces it.
    pub index: Option<usize>,
    /// Its pages in order, without its index page.
    pub pages: Vec<usize>,
    /// Folders directly below, as positions in `sections`, in order.
    pub children: Vec<usize>,
    /// The folder above.
    pub parent: Option<usize>,
}

/// A file that pages show or offer.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it stands in the output.
    pub path: UrlPath,
    /// Its content, as published (a photograph: re-encoded).
    pub data: FileData,
    /// Width and height in pixels, for images.
    pub size: Option<(u32, u32)>,
}

/// One file of the output and what makes it. Positions index `Site::pairs`; `lang` is a
/// position among the site's languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// A page in a language.
    Page {
        /// Which.
        pair: usize,
        /// In which language.
        lang: usize,
    },
    /// All tags, or all audiences.
    Terms {
        /// Which of the two.
        taxonomy: Taxonomy,
        /// In which language.
        lang: usize,
    },
    /// Pages of one tag or audience.
    Term {
        /// Which taxonomy.
        taxonomy: Taxonomy,
        /// Slug of the tag, id of the audience.
        term: String,
        /// In which language.
        lang: usize,
    },
    /// Everything that readers may look for, in alphabetical order: the search without a script.
    Alphabetical {
        /// In which language.
        lang: usize,
    },
    /// The terms of the handbook, from A to Z.
    Glossary {
        /// In which language.
        lang: usize,
    },
    /// The same as a script loads them, to explain a term where it stands.
    GlossaryScript {
        /// In which language.
        lang: usize,
    },
    /// A page in two languages, section by section.
    Bilingual {
        /// Which.
        pair: usize,
        /// In which language the interface is; the text is in this one and another.
        lang: usize,
    },
    /// How translations stand, for editors.
    Freshness {
        /// In which language.
        lang: usize,
    },
    /// A section's pages as one document, to print.
    SectionPrint {
        /// Which section, as a position in `Site::sections`.
        section: usize,
        /// In which language.
        lang: usize,
    },
    /// A former address.
    Redirect {
        /// The page it leads to.
        pair: usize,
        /// In which language.
        lang: usize,
    },
    /// The Atom feed of a language.
    Feed {
        /// Which.
        lang: usize,
    },
    /// `index.html`, which chooses a language.
    Root,
    /// `404.html`.
    NotFound,
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// A theme's file, joined or copied: its name under `theme/`.
    Theme(String),
    /// A file from `content/`.
    Asset(RelPath),
    /// A file from `static/`, by its path below it.
    Static(RelPath),
}

/// A way to group pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taxonomy {
    /// By topic.
    Tags,
    /// By reader.
    Audience,
}

impl Taxonomy {
    /// Its folder in the output.
    pub fn folder(self) -> &'static str {
        match self {
            Taxonomy::Tags => "tags",
            Taxonomy::Audience => "audience",
        }
    }
}

impl Site {
    /// The language at `index`.
    pub fn lang(&self, index: usize) -> &Lang {
        &self.config.languages[index]
    }

    /// How a page in the language at `lang` stands to its source; `None` for the source itself.
    pub fn freshness(&self, pair: usize, lang: usize) -> Option<Freshness> {
        let Pair { id, versions, fallback, .. } = &self.pairs[pair];
        if lang == *fallback {
            return None;
        }
        let lines = self.lock.as_ref().and_then(|lock| lock.page(self.lang(lang), id));
        let source = self.pairs[pair].source_version().words();
        let own = versions[lang].as_ref().map(|version| &**version.words());
        Some(freshness(source, own, lines))
    }

    /// How a page in the language at `lang` stands to its source, where a record is kept and says
    /// that not all of it is current. Most pages are, and this is asked of each more than once.
    pub fn staleness(&self, pair: usize, lang: usize) -> Option<Freshness> {
        let lock = self.lock.as_ref()?;
        let Pair { id, versions, fallback, .. } = &self.pairs[pair];
        let own = versions[lang].as_ref().filter(|_| lang != *fallback)?;
        let source = self.pairs[pair].source_version();
        let lines = lock.page(self.lang(lang), id);
        let current = lines.is_some_and(|lines| is_current(source.words(), own.words(), lines));
        if current { None } else { self.freshness(pair, lang) }
    }

    /// Lines of the record of `page` in `lang` that speak of nothing that is there. What this edition
    /// does not show is there all the same.
    pub fn unused_lines<'a>(
        &self,
        lang: &Lang,
        page: &PageId,
        lines: &'a BTreeMap<String, LockLine>,
    ) -> Vec<(&'a String, &'a LockLine)> {
        if self.absent.ids.contains_key(page) {
            return Vec::new();
        }
        let pair = self.by_id.get(page).map(|pair| &self.pairs[*pair]);
        let translated = pair
            .zip(self.config.lang_index(lang))
            .filter(|(pair, lang)| *lang != pair.fallback && pair.versions[*lang].is_some());
        let source = translated.map(|(pair, _)| pair.source_version().words());
        let is_there =
            |id: &str| source.is_some_and(|words| words.iter().any(|section| section.id == id));
        lines.iter().filter(|(id, _)| !is_there(id)).collect()
    }

    /// Whether any page has a date, without which a feed has nothing to say.
    pub fn has_dates(&self) -> bool {
        let dated = |v: &Version| v.meta.updated.is_some() || v.meta.date.is_some();
        self.pairs.iter().any(|p| dated(p.source_version()))
    }

    /// Where a page stands in the output.
    pub fn page_path(&self, pair: usize, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/{}.html", self.lang(lang), self.pairs[pair].id))
    }

    /// Where a page stands in two languages: beside the page.
    pub fn bilingual_path(&self, pair: usize, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/{}.bilingual.html", self.lang(lang), self.pairs[pair].id))
    }

    /// The two languages that stand side by side for readers of the one at `lang`: that of the
    /// source first. `None` where the page is written in one language only.
    pub fn bilingual_languages(&self, pair: usize, lang: usize) -> Option<(usize, usize)> {
        let Pair { versions, fallback, .. } = &self.pairs[pair];
        let written = |lang: &usize| *lang != *fallback && versions[*lang].is_some();
        let other = Some(lang).filter(written).or_else(|| (0..versions.len()).find(written))?;
        Some((*fallback, other))
    }

    /// Where the terms stand.
    pub fn glossary_path(&self, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/glossary.html", self.lang(lang)))
    }

    /// Where scripts find the terms.
    pub fn glossary_script_path(&self, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/glossary.js", self.lang(lang)))
    }

    /// Whether there are any terms.
    pub fn has_glossary(&self) -> bool {
        !self.glossary.terms.is_empty()
    }

    /// Where editors see how translations stand.
    pub fn freshness_path(&self, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/freshness.html", self.lang(lang)))
    }

    /// Where all pages of a section stand as one document: beside its index page.
    pub fn section_print_path(&self, section: usize, lang: usize) -> UrlPath {
        let folder = &self.sections[section].folder;
        UrlPath::new(format!("{}/{folder}/index.print.html", self.lang(lang)))
    }

    /// Every page of a section and of the folders below it, in the order of its navigation: its
    /// index page, then its folders, each in the same order, then its other pages.
    pub fn pages_below(&self, section: usize) -> Vec<usize> {
        let Section { index, pages, children, .. } = &self.sections[section];
        let below = children.iter().flat_map(|child| self.pages_below(*child));
        index.iter().copied().chain(below).chain(pages.iter().copied()).collect()
    }

    /// A tag in words: the site's own in the language at `lang`, else as first written.
    pub fn tag_label<'a>(&'a self, slug: &'a str, lang: usize) -> &'a str {
        let own = self.config.tags.get(slug).and_then(|labels| labels.get(self.lang(lang)));
        let written = || self.tags.get(slug).map(|term| &term.label);
        own.or_else(written).map_or(slug, String::as_str)
    }

    /// Where the alphabetical list of a language stands, which leads to the search.
    pub fn search_path(&self, lang: usize) -> UrlPath {
        UrlPath::new(format!("{}/search.html", self.lang(lang)))
    }

    /// Where a taxonomy's page stands in the output; `None` names the list of all its terms,
    /// which stands beside the folder, so that no term can take its address.
    pub fn term_path(&self, taxonomy: Taxonomy, term: Option<&str>, lang: usize) -> UrlPath {
        let (lang, folder) = (self.lang(lang), taxonomy.folder());
        UrlPath::new(match term {
            Some(term) => format!("{lang}/{folder}/{term}.html"),
            None => format!("{lang}/{folder}.html"),
        })
    }
}
