//! Translations: what was reviewed is recorded, and the other language's file is begun.

use super::plan::{Change, Create, Plan};
use crate::base::{Edit, Lang, RelPath, Span};
use crate::model::*;
use crate::parse::front_matter::layout;

/// What accepting comes to.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// Sections that are recorded now and were not, or otherwise: language, page and id.
    pub recorded: Vec<(Lang, PageId, String)>,
    /// Lines taken out, because what they spoke of is gone.
    pub dropped: usize,
    /// Sections that have no translated text yet and are not recorded.
    pub untranslated: Vec<(Lang, PageId, String)>,
    /// The lock after it.
    pub lock: Lock,
}

/// Records the sections of `page`, or of every page, as reviewed against their sources as these
/// are now: those with the id `section`, in the languages `langs` (positions). Lines of pages and
/// sections that are gone go; everything else in the lock stays.
pub fn accept(
    site: &Site,
    page: Option<&PageId>,
    section: Option<&str>,
    langs: &[usize],
) -> Accepted {
    let lock = site.lock.as_deref().cloned().unwrap_or_default();
    let mut accepted = Accepted { lock, ..Accepted::default() };
    for (i, pair) in site.pairs.iter().enumerate() {
        if page.is_some_and(|page| *page != pair.id) {
            continue;
        }
        for lang in langs.iter().filter(|lang| pair.versions[**lang].is_some()) {
            accept_version(site, i, *lang, section, &mut accepted);
        }
    }
    if section.is_none() {
        drop_unused(site, page, &mut accepted);
    }
    accepted
}

fn accept_version(
    site: &Site,
    pair: usize,
    lang: usize,
    only: Option<&str>,
    accepted: &mut Accepted,
) {
    let Some(freshness) = site.freshness(pair, lang) else { return };
    let id = &site.pairs[pair].id;
    let version = &site.pairs[pair].versions[lang];
    let own = |id: &str| version.as_ref()?.words().iter().find(|section| section.id == id);
    let heading_of =
        |id: &str| own(id).filter(|own| own.level > 0).map(|own| heading_words(&own.heading));
    // What has to be the same in both languages is accepted by name.
    let is_same =
        |section: &SectionWords| own(&section.id).is_some_and(|own| is_verbatim(section, own));
    let lang = site.lang(lang);
    let lines = accepted.lock.pages.entry((lang.clone(), id.clone())).or_default();
    for section in site.pairs[pair].source_version().words().iter() {
        if only.is_some_and(|only| only != section.id) {
            continue;
        }
        let place = || (lang.clone(), id.clone(), section.id.clone());
        match freshness.state_of(&section.id) {
            Some(State::MissingSection) if !(only.is_some() && is_same(section)) => {
                accepted.untranslated.push(place());
            }
            None => {}
            Some(state) => {
                let (hash, heading) = (section.hash, heading_of(&section.id));
                let line = LockLine { hash, heading, span: Span::new(0, 0) };
                lines.insert(section.id.clone(), line);
                if state != State::Current {
                    accepted.recorded.push(place());
                }
            }
        }
    }
}

/// Takes out the lines of `page`, or of all pages, that speak of nothing.
fn drop_unused(site: &Site, page: Option<&PageId>, accepted: &mut Accepted) {
    for ((lang, id), lines) in &mut accepted.lock.pages {
        if page.is_none_or(|page| page == id) {
            let unused = site.unused_lines(lang, id, lines).into_iter();
            let unused: Vec<String> = unused.map(|(id, _)| id.clone()).collect();
            accepted.dropped += unused.len();
            lines.retain(|id, _| !unused.contains(id));
        }
    }
    accepted.lock.pages.retain(|_, lines| !lines.is_empty());
}

impl Accepted {
    /// The plan that writes the lock.
    pub fn plan(&self, snapshot: &Snapshot) -> Plan {
        let file = RelPath::new(Lock::FILE);
        let new = self.lock.text();
        let mut plan = Plan::default();
        match snapshot.lock.as_ref().map(|lock| &*lock.text) {
            None => plan.creates.push(Create { file, text: new }),
            Some(text) if text == new => {}
            Some(text) => {
                let edits = vec![Edit { span: Span::new(0, text.len()), text: new }];
                // A list of hashes says nothing to a person.
                plan.changes.push(Change { file, edits, shown: Vec::new() });
            }
        }
        plan
    }
}

/// The file that begins the translation of a page into `lang`: its own front matter, its headings
/// with their ids, and its text as comments. `source` is the page's text and `words` its sections.
pub fn new_translation(source: (&Version, &str), lang: &Lang, languages: &[Lang]) -> Create {
    let (version, text) = source;
    let stem = stem(version.source.as_str(), languages);
    let file = RelPath::new(format!("{stem}.{lang}.md"));
    let mut out = front(text);
    let body = layout(text).map_or(0, |layout| {
        let end = layout.end;
        text[end..].find('\n').map_or(text.len(), |line| end + line + 1)
    });
    let mut at = body;
    for section in version.words().iter().filter(|section| !section.id.is_empty()) {
        // Headings stand in the order of the text.
        let Some(span) = section.span.map(|span| span.range()).filter(|span| span.start >= at)
        else {
            continue;
        };
        let start = text[..span.start].rfind('\n').map_or(0, |line| line + 1);
        comment(&text[at..start.max(at)], &mut out);
        let level = "#".repeat(section.level.into());
        let heading = section.heading.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("{level} {heading} {{#{}}}\n\n", section.id));
        at = end_of_heading(text, span.end);
    }
    comment(&text[at..], &mut out);
    Create { file, text: format!("{}\n", out.trim_end()) }
}

/// The line after a heading that ends at `end`; a heading underlined with `===` has two.
fn end_of_heading(text: &str, end: usize) -> usize {
    let next = |at: usize| text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
    let at = if text[..end].ends_with('\n') { end } else { next(end) };
    let line = text[at..].lines().next().unwrap_or_default().trim();
    let underlines = !line.is_empty() && ['=', '-'].iter().any(|c| line.chars().all(|d| d == *c));
    match underlines && !text[..end].trim_end().ends_with(['=', '-']) {
        true => next(at),
        false => at,
    }
}

/// The entries of front matter that belong to a language and say something in it, as they are: to
/// be translated in their place.
fn front(text: &str) -> String {
    let mut out = "---\n".to_owned();
    let Some(layout) = layout(text) else { return format!("{out}---\n\n") };
    let own = |key: &str| {
        let key = Key::ALL.iter().find(|known| known.name() == key);
        key.is_some_and(|key| key.owner() == Owner::Language && *key != Key::Updated)
    };
    let line_of = |at: usize| text[..at].rfind('\n').map_or(0, |line| line + 1);
    let starts: Vec<usize> =
        layout.entries.iter().map(|entry| line_of(entry.after_colon)).collect();
    for (i, entry) in layout.entries.iter().enumerate() {
        if !own(&entry.key) {
            continue;
        }
        let end = starts.get(i + 1).copied().unwrap_or(layout.end);
        // Comments before the next entry speak of that.
        let lines = text[starts[i]..end].trim_end();
        out.push_str(lines);
        out.push('\n');
    }
    out.push_str("---\n\n");
    out
}

/// Text to be translated, where only editors see it.
fn comment(text: &str, out: &mut String) {
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return;
    }
    // Nothing inside may end the comment.
    let safe = text.replace("-->", "-- >").replace("--!>", "--! >");
    out.push_str(&format!("<!--\n{safe}\n-->\n\n"));
}
