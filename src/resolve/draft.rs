//! One page in all its languages, before it knows of other pages: its files agree on one set
//! of facts and one set of section ids.

use super::{includes, meta, sections};
use crate::base::{DocNumber, Lang, RelPath};
use crate::diag::Diagnostic;
use crate::model::*;
use std::sync::{Arc, OnceLock};

/// A page in the making. It depends on its own files, the configuration and the edition alone.
#[derive(Debug)]
pub struct Draft {
    id: PageId,
    kind: Kind,
    /// One per language of the site.
    texts: Vec<Option<Text>>,
    /// Of a directive, as far as it is known.
    number: Option<DocNumber>,
    includes: bool,
    /// What is wrong with its files, each by itself.
    pub(super) parsing: Vec<Diagnostic>,
    /// What they lack as a page, and where they do not agree.
    pub(super) pairing: Vec<Diagnostic>,
}

/// The page in one language.
#[derive(Debug)]
struct Text {
    lang: Lang,
    source: RelPath,
    doc: Arc<Doc>,
    /// None where the front matter says too little to show the page.
    version: Option<Arc<Version>>,
}

/// Makes a draft of the `files` of one page, in the order of the site's languages; `lock` is what
/// was reviewed, and `parsing` what was found wrong in parsing them. `None` where there are none.
pub fn draft(
    config: &Config,
    edition: &Edition,
    lock: Option<&Lock>,
    mut files: Vec<Page>,
    parsing: Vec<Diagnostic>,
) -> Option<Draft> {
    let id = files.first()?.id.clone();
    let given: Vec<meta::Given> = files
        .iter()
        .map(|p| meta::Given { lang: &p.lang, source: &p.source, front: &p.front })
        .collect();
    let (kind, metas, mut pairing) = meta::merge(config, &id, id.is_index(), &given);
    let mut docs: Vec<Doc> =
        files.iter_mut().map(|p| Arc::unwrap_or_clone(std::mem::take(&mut p.doc))).collect();
    if let Some((source, translations)) = docs.split_first_mut() {
        sections::set_source_ids(&files[0].source, source, &mut pairing);
        for (doc, page) in translations.iter_mut().zip(&files[1..]) {
            let there = (&files[0].source, &*source);
            let reviewed = lock.map(|lock| lock.headings(&page.lang, &id)).unwrap_or_default();
            sections::set_translation_ids((&page.source, doc), there, &reviewed, &mut pairing);
        }
    }
    let includes = docs.iter().any(includes::has_includes);
    let number = match files[0].front.fields.get(&Key::Number).map(|field| &field.value) {
        Some(Value::Text(number)) => DocNumber::new(number),
        _ => None,
    };
    let mut texts: Vec<Option<Text>> = config.languages.iter().map(|_| None).collect();
    for ((page, doc), meta) in files.into_iter().zip(docs).zip(metas) {
        if let Some(i) = config.lang_index(&page.lang) {
            texts[i] = Some(text(edition, page, Arc::new(doc), meta));
        }
    }
    Some(Draft { id, kind, texts, number, includes, parsing, pairing })
}

fn text(edition: &Edition, page: Page, doc: Arc<Doc>, meta: Option<Meta>) -> Text {
    let alias_spans = match page.front.fields.get(&Key::Aliases).map(|f| &f.value) {
        Some(Value::List(list)) => list.clone(),
        _ => Vec::new(),
    };
    let version = meta.map(|meta| {
        let (headings, ids) = sections::anchors(&doc, edition);
        let (lang, source) = (page.lang.clone(), page.source.clone());
        let (doc, words) = (doc.clone(), OnceLock::new());
        Arc::new(Version { lang, source, meta, doc, headings, ids, alias_spans, words })
    });
    Text { lang: page.lang, source: page.source, doc, version }
}

/// Every document that some page may include, with its ids; empty when nothing is included.
pub(super) fn library(drafts: &[Arc<Draft>], partials: &[Arc<Draft>]) -> includes::Library {
    if !drafts.iter().any(|d| d.includes) {
        return includes::Library::new();
    }
    let texts = drafts.iter().chain(partials).flat_map(|d| d.texts.iter().flatten());
    texts.map(|t| (t.source.clone(), (t.lang.clone(), t.doc.clone()))).collect()
}

impl Draft {
    /// The sections of the language that comes first, in words, as far as its front matter says
    /// enough to show it; what it includes is left out.
    pub fn words(&self) -> Option<Arc<[SectionWords]>> {
        let text = self.texts.iter().flatten().next()?;
        Some(text.version.as_ref()?.words().clone())
    }

    /// Notes why the page is not shown, under all that links may call it.
    pub(super) fn note_absence(&self, config: &Config, absent: &mut Absent) {
        let finished = self.texts.iter().flatten().any(|text| text.version.is_some());
        let why = if finished { Absence::Hidden } else { Absence::Unfinished };
        let sources = self.texts.iter().flatten().map(|text| text.source.as_str());
        let stems = sources.map(|source| stem(source, &config.languages).to_owned());
        absent.stems.extend(stems.map(|stem| (stem, why)));
        absent.ids.insert(self.id.clone(), why);
        absent.numbers.extend(self.number.clone().map(|number| (number, why)));
    }

    /// The pair with its includes expanded, if this edition shows it and it can be shown at
    /// all; and what is wrong with its includes.
    pub(super) fn finish(
        &self,
        config: &Config,
        edition: &Edition,
        library: &includes::Library,
    ) -> (Option<Pair>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let texts = self.texts.iter();
        let versions: Vec<Option<Arc<Version>>> = match self.includes {
            false => texts.map(|t| t.as_ref()?.version.clone()).collect(),
            true => texts
                .map(|t| expanded(t.as_ref()?, config, edition, library, &mut diagnostics))
                .collect(),
        };
        (self.pair(versions, edition), diagnostics)
    }

    fn pair(&self, versions: Vec<Option<Arc<Version>>>, edition: &Edition) -> Option<Pair> {
        let fallback = versions.iter().position(Option::is_some)?;
        let meta = &versions[fallback].as_ref()?.meta;
        let for_reader = match &edition.audiences {
            Some(wanted) => {
                meta.audience.is_empty() || meta.audience.iter().any(|a| wanted.contains(a))
            }
            None => true,
        };
        let shown = for_reader && (!meta.draft || edition.drafts);
        shown.then_some(Pair {
            id: self.id.clone(),
            kind: self.kind,
            versions,
            fallback,
            section: 0,
            neighbours: (None, None),
            cited_by: Vec::new(),
        })
    }
}

/// The version of `text` with its includes expanded.
fn expanded(
    text: &Text,
    config: &Config,
    edition: &Edition,
    library: &includes::Library,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Arc<Version>> {
    let mut doc = Doc::clone(&text.doc);
    includes::expand(&text.source, &text.lang, &config.languages, &mut doc, library, diagnostics);
    sections::set_included_ids(&mut doc);
    let version = text.version.as_ref()?;
    let (headings, ids) = sections::anchors(&doc, edition);
    let (doc, words) = (Arc::new(doc), OnceLock::new());
    Some(Arc::new(Version { doc, headings, ids, words, ..Version::clone(version) }))
}
