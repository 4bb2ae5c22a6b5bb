//! Whether pages use the terms of the glossary: no forbidden words, and in a translation the
//! words that are approved for what its source speaks of.

use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use crate::parse::front_matter::{Layout, layout};
use crate::search::{FoundTerm, TermFinder};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Reports forbidden words where they stand, and terms that a translation has no approved word for.
pub fn report(site: &Site, snapshot: &Snapshot) -> Vec<Diagnostic> {
    if site.glossary.terms.is_empty() {
        return Vec::new();
    }
    let languages = site.config.languages.iter();
    let finders: Vec<Option<TermFinder>> =
        languages.map(|lang| TermFinder::new(lang, &site.glossary)).collect();
    let check = Check { site, snapshot, finders: &finders };
    let pairs: Vec<Vec<Diagnostic>> = site.pairs.par_iter().map(|pair| check.pair(pair)).collect();
    let texts = site.used_partials.iter().flat_map(|file| check.partial(file));
    pairs.into_iter().flatten().chain(texts).collect()
}

struct Check<'a> {
    site: &'a Site,
    snapshot: &'a Snapshot,
    /// By language.
    finders: &'a [Option<TermFinder>],
}

impl Check<'_> {
    fn pair(&self, pair: &Pair) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let found: Vec<Option<Vec<FoundTerm>>> = pair
            .versions
            .iter()
            .enumerate()
            .map(|(lang, version)| self.find(&version.as_ref()?.source, lang))
            .collect();
        for (lang, found) in found.iter().enumerate() {
            let (Some(found), Some(version)) = (found, &pair.versions[lang]) else { continue };
            diagnostics.extend(self.forbidden(&version.source, lang, found));
        }
        let Some(source) = &found[pair.fallback] else { return diagnostics };
        for (lang, found) in found.iter().enumerate().filter(|(lang, _)| *lang != pair.fallback) {
            let (Some(found), Some(version)) = (found, &pair.versions[lang]) else { continue };
            diagnostics.extend(self.untranslated(pair, source, (lang, version), found));
        }
        diagnostics
    }

    /// A text that pages include.
    fn partial(&self, file: &RelPath) -> Vec<Diagnostic> {
        let stem = stem(file.as_str(), &self.site.config.languages);
        let suffix = file.as_str().strip_prefix(stem).unwrap_or_default();
        let is_it = |lang: &crate::base::Lang| suffix == format!(".{lang}.md");
        let Some(lang) = self.site.config.languages.iter().position(is_it) else {
            return Vec::new();
        };
        self.find(file, lang).map(|found| self.forbidden(file, lang, &found)).unwrap_or_default()
    }

    fn find(&self, file: &RelPath, lang: usize) -> Option<Vec<FoundTerm>> {
        let finder = self.finders[lang].as_ref()?;
        let text = &self.snapshot.pages.get(file)?.text;
        Some(finder.find(&prose(text)))
    }

    fn forbidden(&self, file: &RelPath, lang: usize, found: &[FoundTerm]) -> Vec<Diagnostic> {
        let text = self.snapshot.pages.get(file).map_or("", |page| &page.text);
        let code = self.site.lang(lang);
        let report = |found: &FoundTerm| {
            let words = self.site.glossary.terms[found.term].words.get(code)?;
            Some(
                Diagnostic::new(Code::ForbiddenTerm, file)
                    .at(Span::from(found.range.clone()))
                    .with("found", &text[found.range.clone()])
                    .with("term", &words.term.text),
            )
        };
        found.iter().filter(|found| found.forbidden).filter_map(report).collect()
    }

    /// Terms of the source for which a translation has none of the approved words.
    fn untranslated(
        &self,
        pair: &Pair,
        source: &[FoundTerm],
        (lang, version): (usize, &Version),
        found: &[FoundTerm],
    ) -> Vec<Diagnostic> {
        let used: BTreeSet<usize> =
            found.iter().filter(|found| !found.forbidden).map(|found| found.term).collect();
        let from = &pair.source_version().source;
        let text = self.snapshot.pages.get(from).map_or("", |page| &page.text);
        let mut told = BTreeSet::new();
        let mut diagnostics = Vec::new();
        for there in source.iter().filter(|found| !found.forbidden) {
            let term = &self.site.glossary.terms[there.term];
            let Some(words) = term.words.get(self.site.lang(lang)) else { continue };
            if used.contains(&there.term) || !told.insert(there.term) {
                continue;
            }
            let approved: Vec<String> =
                words.approved().map(|phrase| format!("`{}`", phrase.text)).collect();
            diagnostics.push(
                Diagnostic::new(Code::TermNotTranslated, &version.source)
                    .with("term", &text[there.range.clone()])
                    .with("approved", approved.join(", "))
                    .see(from, Some(Span::from(there.range.clone()))),
            );
        }
        diagnostics
    }
}

/// A page's text with bars in place of what nobody reads: front matter but for title and
/// description, code, formulas, comments, tags, addresses and attributes. Everything else stays
/// where it is.
fn prose(text: &str) -> String {
    let mut mask = Mask { bytes: text.as_bytes().to_vec() };
    let mut body = 0;
    if let Some(layout) = layout(text) {
        mask.front_matter(&layout);
        body = layout.end;
    }
    mask.blocks(text, body);
    // Whole characters are replaced by as many bars as they have bytes.
    String::from_utf8(mask.bytes).unwrap_or_default()
}

struct Mask {
    bytes: Vec<u8>,
}

impl Mask {
    fn hide(&mut self, from: usize, to: usize) {
        for byte in &mut self.bytes[from..to] {
            if *byte != b'\n' {
                // No word stands on both sides of it.
                *byte = b'|';
            }
        }
    }

    fn front_matter(&mut self, layout: &Layout) {
        let shown = |key: &str| matches!(key, "title" | "description");
        let mut from = 0;
        for entry in layout.entries.iter().filter(|entry| shown(&entry.key)) {
            self.hide(from, entry.value.range().start);
            from = entry.value.range().end;
        }
        self.hide(from, layout.end);
    }

    fn blocks(&mut self, text: &str, body: usize) {
        let mut fence: Option<&str> = None;
        let mut at = body;
        let mut from = body;
        for line in text[body..].split_inclusive('\n') {
            let bare = line.trim_start_matches(|c: char| c.is_whitespace() || "->*+:".contains(c));
            let marks = |c: char| &bare[..bare.len() - bare.trim_start_matches(c).len()];
            let opening = [marks('`'), marks('~')].into_iter().find(|marks| marks.len() >= 3);
            match (fence, opening) {
                (None, Some(marks)) => {
                    self.inline(text, from, at);
                    self.hide(at, at + line.len());
                    fence = Some(marks);
                }
                (Some(open), closing) => {
                    self.hide(at, at + line.len());
                    if closing.is_some_and(|marks| marks.starts_with(open)) {
                        fence = None;
                        from = at + line.len();
                    }
                }
                (None, None) => {}
            }
            at += line.len();
        }
        if fence.is_none() {
            self.inline(text, from, text.len());
        }
    }

    /// Code, formulas, comments, tags, addresses of links, attributes.
    fn inline(&mut self, text: &str, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let rest = &text[at..to];
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let end = if ticks > 0 {
                let marks = &rest[..ticks];
                rest[ticks..].find(marks).map_or(ticks, |end| end + 2 * ticks)
            } else if rest.starts_with("<!--") {
                rest.find("-->").map_or(rest.len(), |end| end + 3)
            } else if rest.starts_with('<')
                && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
            {
                rest.find('>').map_or(1, |end| end + 1)
            } else if rest.starts_with("](") {
                address_end(rest)
            } else if rest.starts_with("[[") {
                rest.find("]]").map_or(2, |end| end + 2)
            } else if rest.starts_with("{{<") {
                rest.find("}}").map_or(3, |end| end + 2)
            } else if rest.starts_with("{#") || rest.starts_with("{.") || rest.starts_with("{{") {
                rest.find('}').map_or(1, |end| end + 1)
            } else if rest.starts_with("http://") || rest.starts_with("https://") {
                rest.find(|c: char| c.is_whitespace() || "<>)]".contains(c)).unwrap_or(rest.len())
            } else {
                let step = rest.chars().next().map_or(1, char::len_utf8);
                at += step;
                continue;
            };
            self.hide(at, at + end);
            at += end;
        }
    }
}

/// The end of `](address "title")`; the title is read.
fn address_end(rest: &str) -> usize {
    let inside = &rest[2..];
    let end =
        inside.find(|c: char| c.is_whitespace() || c == ')').map_or(rest.len(), |end| end + 2);
    end.min(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_reads_is_hidden_and_all_else_stays_in_place() {
        let text = "---\ntitle: Mã độc\nsource: mã độc\n---\n# Mã độc {#ma-doc}\nmã `mã độc` [mã độc](ma-doc.md \"mã độc\") <b>mã độc</b>\n<!-- mã độc -->\n```bash {title=\"x\"}\nmã độc\n```\nmã độc\n";
        let masked = prose(text);
        assert_eq!(masked.len(), text.len());
        let places: Vec<usize> =
            masked.to_lowercase().match_indices("mã độc").map(|(i, _)| i).collect();
        let all: Vec<usize> = text.to_lowercase().match_indices("mã độc").map(|(i, _)| i).collect();
        let seen: Vec<usize> =
            all.iter().enumerate().filter(|(_, at)| places.contains(at)).map(|(i, _)| i).collect();
        // Title, heading, link text, title of the link, between tags, the last line.
        assert_eq!(seen, [0, 2, 4, 5, 6, 9]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_keeps_its_places(text in "(---\n|title: |[`~<>!\\[\\](){}#\n a\u{1ea5}-]|```|<!--|-->|https://){0,40}") {
            assert_eq!(prose(&text).len(), text.len());
        }
    }
}
