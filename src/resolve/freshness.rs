//! Says which translations do not say what their source says: section by section, by the words
//! that were recorded when somebody reviewed them. No clock and no git has a part in it.

use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use rayon::prelude::*;

/// Reports everything that translations lack, and lines of the lock that speak of nothing.
pub fn report(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let pairs: Vec<Vec<Diagnostic>> =
        (0..site.pairs.len()).into_par_iter().map(|pair| report_pair(site, pair)).collect();
    diagnostics.extend(pairs.into_iter().flatten());
    unused_lines(site, diagnostics);
}

fn report_pair(site: &Site, pair: usize) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Pair { versions, fallback, .. } = &site.pairs[pair];
    for (lang, version) in versions.iter().enumerate().filter(|(lang, _)| lang != fallback) {
        match version {
            None => found.push(missing_page(site, pair, lang)),
            // Without a record there is nothing to compare with.
            Some(own) if site.lock.is_some() || !site.config.fail_on.is_empty() => {
                report_version(site, pair, lang, own, &mut found);
            }
            Some(_) => {}
        }
    }
    found
}

/// A page without a translation is shown in its own language; its editor is told.
fn missing_page(site: &Site, pair: usize, lang: usize) -> Diagnostic {
    let source = &site.pairs[pair].source_version().source;
    let lang = site.lang(lang);
    if site.config.fail_on.contains(&State::MissingPage) {
        return refused(source, State::MissingPage, lang.as_str());
    }
    let file = format!("{}.{lang}.md", stem(source.as_str(), &site.config.languages));
    Diagnostic::new(Code::MissingTranslation, source)
        .with("lang", lang.as_str())
        .with("file", file)
        .with("page", site.pairs[pair].id.to_string())
}

fn refused(file: &RelPath, state: State, sections: &str) -> Diagnostic {
    Diagnostic::new(Code::TranslationRefused, file)
        .with("state", state.id())
        .with("sections", sections)
}

fn report_version(
    site: &Site,
    pair: usize,
    lang: usize,
    own: &Version,
    found: &mut Vec<Diagnostic>,
) {
    let found_stale = match site.lock {
        Some(_) => site.staleness(pair, lang),
        None => site.freshness(pair, lang),
    };
    let Some(freshness) = found_stale else { return };
    let source = site.pairs[pair].source_version();
    let address = &site.pairs[pair].id;
    let about = |code: Code, section: &SectionState| {
        let id = &section.id;
        Diagnostic::new(code, &own.source)
            .at(heading_of(own, id))
            .with("section", format!("#{id}"))
            .with("section_vi", named_vi(id))
            .with("section_en", named_en(id))
            .with("page", address.to_string())
            .see(&source.source, Some(heading_of(source, id)))
    };
    for state in State::ALL.into_iter().filter(|state| *state != State::Current) {
        let sections: Vec<&SectionState> =
            freshness.sections.iter().filter(|section| section.state == state).collect();
        if sections.is_empty() {
            continue;
        }
        let named = listed(sections.iter().map(|section| section.id.as_str()));
        if site.config.fail_on.contains(&state) {
            found.push(refused(&own.source, state, &named));
            continue;
        }
        match state {
            State::SourceChanged => {
                found.extend(sections.iter().map(|section| about(Code::SourceChanged, section)));
            }
            State::Unreviewed if site.lock.is_some() => found.push(
                Diagnostic::new(Code::Unreviewed, &own.source)
                    .with("sections", named)
                    .with("page", address.to_string()),
            ),
            // Headings that one of the two lacks are reported where sections are lined up.
            State::MissingSection => {
                let is_here = |s: &&&SectionState| own.words().iter().any(|w| w.id == s.id);
                let here = sections.iter().filter(is_here);
                found.extend(here.map(|section| about(Code::EmptyTranslation, section)));
            }
            _ => {}
        }
    }
}

/// A section as a message calls it.
fn named_vi(id: &str) -> String {
    match id {
        "" => "phần đầu trang (tên, mô tả, đoạn mở đầu)".to_owned(),
        id => format!("mục `#{id}`"),
    }
}

fn named_en(id: &str) -> String {
    match id {
        "" => "the beginning of the page (title, description, first lines)".to_owned(),
        id => format!("the section `#{id}`"),
    }
}

/// More sections than this are not named.
const NAMED: usize = 12;

/// Sections as commands name them; `#` is what stands before the first heading.
fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut named: Vec<String> = ids.map(|id| format!("#{id}")).collect();
    if named.len() > NAMED {
        named.truncate(NAMED);
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// Where the heading of a section stands; for what stands before all headings, the first line.
fn heading_of(version: &Version, id: &str) -> Span {
    let section = version.words().iter().find(|section| section.id == id);
    section.and_then(|section| section.span).unwrap_or(Span::new(0, 0))
}

/// Lines of pages and sections that are gone. One diagnostic for each page.
fn unused_lines(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(lock) = &site.lock else { return };
    let file = RelPath::new(Lock::FILE);
    for ((lang, page), lines) in &lock.pages {
        let unused = site.unused_lines(lang, page, lines);
        let Some((_, first)) = unused.iter().min_by_key(|(_, line)| line.span.start) else {
            continue;
        };
        // A heading with other words has another id; that is reported already.
        let pair = site.by_id.get(page).copied().zip(site.config.lang_index(lang));
        let stale = pair.and_then(|(pair, lang)| site.staleness(pair, lang));
        if stale.is_some_and(|freshness| freshness.count(State::SourceChanged) > 0) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(Code::LockLineUnused, &file)
                .at(first.span)
                .with("places", listed(unused.iter().map(|(id, _)| id.as_str())))
                .with("page", page.to_string()),
        );
    }
}
