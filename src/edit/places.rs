//! Where everything in the project lies, and where a written target leads from there: for a
//! project that is, and for one that is to be.

use crate::base::{Lang, RelPath};
use crate::model::{
    Config, PageId, asset_candidates, decode, include_candidates, is_partial, scheme,
    split_section, stem,
};
use crate::parse::address::by_page;
use crate::parse::markdown::TargetOf;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where the project's files lie and which pages they are.
pub struct Places {
    languages: Vec<Lang>,
    /// Every Markdown file, pages and others.
    texts: BTreeSet<RelPath>,
    assets: BTreeSet<RelPath>,
    ids: BTreeMap<RelPath, PageId>,
    by_stem: HashMap<String, PageId>,
    by_id: BTreeMap<PageId, Vec<RelPath>>,
}

/// Where a target leads a reader of one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goal {
    /// A page, whatever its section.
    Page(PageId),
    /// A file.
    File(RelPath),
    /// Out of the project, within the page itself, or nowhere.
    Elsewhere,
}

impl Goal {
    /// The file, where it is one.
    pub fn into_file(self) -> Option<RelPath> {
        match self {
            Goal::File(file) => Some(file),
            Goal::Page(_) | Goal::Elsewhere => None,
        }
    }
}

impl Places {
    /// The places of these Markdown files and these others.
    pub fn of<'a>(
        config: &Config,
        texts: impl Iterator<Item = &'a RelPath>,
        assets: impl Iterator<Item = &'a RelPath>,
    ) -> Places {
        let texts: BTreeSet<RelPath> = texts.cloned().collect();
        let pages: Vec<&RelPath> = texts.iter().filter(|f| !is_partial(f)).collect();
        // What can have no address was reported by whoever parsed the project.
        let named = by_page(config, &pages, &mut Vec::new());
        let mut ids = BTreeMap::new();
        let mut by_stem = HashMap::new();
        let mut by_id = BTreeMap::new();
        for page in named {
            for (file, _) in &page.files {
                by_stem.insert(stem(file.as_str(), &config.languages).to_owned(), page.id.clone());
                ids.insert(file.clone(), page.id.clone());
            }
            let files: Vec<RelPath> = page.files.into_iter().map(|(file, _)| file).collect();
            by_id.insert(page.id, files);
        }
        let assets = assets.cloned().collect();
        Places { languages: config.languages.clone(), texts, assets, ids, by_stem, by_id }
    }

    /// Every page with its files, in the order of the site's languages; the first owns its facts.
    pub fn pages(&self) -> &BTreeMap<PageId, Vec<RelPath>> {
        &self.by_id
    }

    /// The page that a file is.
    pub fn id(&self, file: &RelPath) -> Option<&PageId> {
        self.ids.get(file)
    }

    /// Whether pages stand below the folder of this address.
    pub fn is_section(&self, address: &str) -> bool {
        let first = PageId::new(format!("{address}/"));
        let next = self.by_id.range(first..).next();
        next.is_some_and(|(id, _)| is_below(id.as_str(), address))
    }

    /// The page an address names: `talks/phishing`, `talks` for `talks/index`.
    pub fn page_by_address(&self, address: &str) -> Option<&PageId> {
        let address = address.trim_matches('/');
        let find = |id: &str| self.by_id.get_key_value(&PageId::new(id)).map(|(id, _)| id);
        find(if address.is_empty() { "index" } else { address })
            .or_else(|| find(&format!("{address}/index")))
    }

    /// Where `target`, written in the file `from`, leads; once for every language of the site.
    pub fn leads(&self, from: &RelPath, of: TargetOf, target: &str) -> Vec<Goal> {
        let goal = |lang| match of {
            TargetOf::Link => self.link(from, target, lang),
            TargetOf::Image => self.file(from, target, lang),
            TargetOf::Wiki => self.wiki(target),
            TargetOf::Include => self.include(from, target, lang),
        };
        self.languages.iter().map(|lang| goal(lang).unwrap_or(Goal::Elsewhere)).collect()
    }

    fn link(&self, from: &RelPath, target: &str, lang: &Lang) -> Option<Goal> {
        if scheme(target).is_some() || target.starts_with("//") {
            return None;
        }
        let (path, _) = split_section(target);
        if path.is_empty() {
            return None;
        }
        let path = from.join_beside(&path)?;
        if path.extension() == "md" {
            let id = self.by_stem.get(stem(path.as_str(), &self.languages))?;
            return Some(Goal::Page(id.clone()));
        }
        self.asset(&path, lang)
    }

    fn file(&self, from: &RelPath, target: &str, lang: &Lang) -> Option<Goal> {
        if scheme(target).is_some() || target.starts_with("//") {
            return None;
        }
        self.asset(&from.join_beside(&decode(target))?, lang)
    }

    fn asset(&self, path: &RelPath, lang: &Lang) -> Option<Goal> {
        let mut candidates = asset_candidates(path, lang, &self.languages);
        candidates.find(|c| self.assets.contains(c)).map(Goal::File)
    }

    /// A document's number is never an address, which has no capitals.
    fn wiki(&self, target: &str) -> Option<Goal> {
        let (name, _) = split_section(target);
        let name = name.trim();
        let id = if name.is_empty() { None } else { self.page_by_address(name) };
        id.cloned().map(Goal::Page)
    }

    fn include(&self, from: &RelPath, target: &str, lang: &Lang) -> Option<Goal> {
        let candidates = include_candidates(from, target, lang, &self.languages);
        candidates.into_iter().find(|c| self.texts.contains(c)).map(Goal::File)
    }
}

/// Whether the address `id` lies in the folder of address `folder`.
pub fn is_below(id: &str, folder: &str) -> bool {
    id.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
