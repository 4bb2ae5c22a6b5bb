//! Pages that somebody should read again: past their date of review, or translated before the
//! source last changed.

use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::{Key, Site, Snapshot, Version};
use crate::parse::front_matter::parse_front_matter;
use jiff::civil::Date;

/// Reports pages whose review was due before `today`, and translations whose source was updated
/// after them.
pub fn report(site: &Site, snapshot: &Snapshot, today: Date) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for pair in &site.pairs {
        let source: &Version = pair.source_version();
        if let Some(date) = source.meta.review_by.filter(|date| *date < today) {
            let d = about(snapshot, Code::ReviewOverdue, source, Key::ReviewBy);
            diagnostics.push(d.with("date", date.to_string()));
        }
        let translations = pair.versions.iter().flatten().filter(|v| v.source != source.source);
        for version in translations {
            if let (Some(here), Some(there)) = (version.meta.updated, source.meta.updated)
                && here < there
            {
                let d = about(snapshot, Code::TranslationOlder, version, Key::Updated)
                    .with("here", here.to_string())
                    .with("there", there.to_string());
                let place = value_place(snapshot, &source.source, Key::Updated);
                diagnostics.push(d.see(&source.source, place));
            }
        }
    }
    diagnostics
}

/// A diagnostic about the value of `key` in a page's front matter.
fn about(snapshot: &Snapshot, code: Code, version: &Version, key: Key) -> Diagnostic {
    let mut d = Diagnostic::new(code, &version.source);
    d.span = value_place(snapshot, &version.source, key);
    d
}

/// Where the front matter of `file` gives `key`. It is read once more for this: few pages are
/// late, and the site keeps no places.
fn value_place(snapshot: &Snapshot, file: &RelPath, key: Key) -> Option<Span> {
    let text = &snapshot.pages.get(file)?.text;
    let (front, ..) = parse_front_matter(file, text);
    front.fields.get(&key).map(|field| field.span)
}
