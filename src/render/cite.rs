//! What readers take with them: a line that cites a page, a letter that reports a mistake on it.

use super::html::escape;
use super::page::localised;
use super::{Renderer, dates};
use crate::base::{Lang, UrlPath};
use crate::model::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3: what RFC 6068 asks of `mailto:`.
const MAIL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Renderer {
    /// The page in one line: document, title, handbook, date, address. The address is absolute
    /// where the site has one, else the path of the file.
    pub(super) fn citation(&self, at: &UrlPath, lang: usize, version: &Version) -> String {
        let (site, strings) = (&self.site, self.strings(lang));
        let here = site.lang(lang);
        let meta = &version.meta;
        let mut parts = Vec::new();
        if let Details::Directive(d) = &meta.details {
            let date = dates::date(strings, d.issued).text;
            let kind = strings.get(&format!("type_{}", d.doc_type));
            let values = [("type", kind), ("number", &*d.number), ("date", &*date)];
            parts.push(text(&strings.format("citation_document", &values)));
            parts.push(in_language(&d.issuer, &d.issuer_lang, here));
        }
        parts.push(in_language(&strings.quoted(&meta.title), &version.lang, here));
        parts.push(text(&localised(&site.config.title, &site.config, here)));
        if let Some(date) = meta.updated.or(meta.date) {
            let date = dates::date(strings, date).text;
            parts.push(text(&strings.format("citation_updated", &[("date", &*date)])));
        }
        parts.push(text(&self.address(at)));
        parts.join(", ")
    }

    /// How to report a mistake on the page at `here`, called `title`.
    pub(super) fn report(&self, here: &UrlPath, lang: usize, title: &str) -> Option<ReportView> {
        let report = self.site.config.report.as_deref()?;
        let strings = self.strings(lang);
        let values = [("title", title), ("address", &*self.address(here))];
        let text = strings.format("report_text", &values);
        let Some(to) = report.strip_prefix("mailto:") else {
            let (href, to) = (report.to_owned(), report.to_owned());
            return Some(ReportView { href, is_mail: false, to, text });
        };
        let subject = strings.format("report_subject", &values);
        // RFC 6068 wants CRLF between lines.
        let body = text.replace('\n', "\r\n");
        let [subject, body] = [subject, body].map(|t| utf8_percent_encode(&t, MAIL).to_string());
        let separator = if to.contains('?') { '&' } else { '?' };
        let href = format!("{report}{separator}subject={subject}&body={body}");
        let to = to.split('?').next().unwrap_or(to).to_owned();
        Some(ReportView { href, is_mail: true, to, text })
    }

    fn address(&self, path: &UrlPath) -> String {
        match &self.site.config.base_url {
            Some(base) => format!("{base}{path}"),
            None => path.to_string(),
        }
    }
}

fn text(words: &str) -> String {
    let mut out = String::new();
    escape::push_text(&mut out, words);
    out
}

/// `words` of `lang`, which say so where readers of `here` read another language.
fn in_language(words: &str, lang: &Lang, here: &Lang) -> String {
    match lang == here {
        true => text(words),
        false => format!("<span lang=\"{lang}\">{}</span>", text(words)),
    }
}
