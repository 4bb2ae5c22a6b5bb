//! The files of the search index, `search/LANG/*.js`. Their names follow from what they hold, so
//! they are no routes: they are made all at once, when the first of them is asked for.

use super::Renderer;
use crate::base::UrlPath;
use crate::model::*;
use crate::search::{Index, KindLabels};

impl Renderer {
    /// The index of the language at `lang`, made when it is first asked for.
    pub fn search_index(&self, lang: usize) -> &Index {
        self.indexes[lang].get_or_init(|| self.make_index(lang))
    }

    /// The same index, for somebody who needs it once: it is as large as all texts and more.
    pub fn make_index(&self, lang: usize) -> Index {
        let strings = self.strings(lang);
        let label = |kind: Kind| (kind, strings.get(&format!("kind_{}", kind.id())).to_owned());
        let labels: KindLabels = Kind::ALL.into_iter().map(label).collect();
        Index::build(&self.site, lang, &labels)
    }

    /// Every file of an index of this site.
    pub fn search_files<'a>(&self, index: &'a Index) -> impl Iterator<Item = Artifact> + use<'a> {
        let folder = search_folder(index.lang.as_str());
        index.files().map(move |(name, bytes)| Artifact {
            path: UrlPath::new(format!("{folder}{name}.js")),
            content: Content::Shared(bytes.clone()),
        })
    }

    /// The file of an index at `path`.
    pub fn search_file(&self, path: &str) -> Option<Content> {
        let mut languages = self.site.config.languages.iter().enumerate();
        let (lang, name) = languages.find_map(|(i, lang)| {
            Some((i, path.strip_prefix(&search_folder(lang.as_str()))?.strip_suffix(".js")?))
        })?;
        self.search_index(lang).file(name).map(|bytes| Content::Shared(bytes.clone()))
    }
}

fn search_folder(lang: &str) -> String {
    format!("search/{lang}/")
}
