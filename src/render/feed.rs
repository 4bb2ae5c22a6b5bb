//! The Atom feed of a language (RFC 4287): what was published or changed, by front matter's dates.

use super::html::escape::text;
use super::page::localised;
use crate::model::*;
use jiff::civil::Date;
use std::fmt::Write;

/// How many entries a feed holds.
const ENTRIES: usize = 50;

/// The feed of language `lang`. Pages without a date are not in it.
pub fn feed(site: &Site, lang: usize) -> String {
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let code = site.lang(lang);
    let mut dated: Vec<(Date, usize)> = (0..site.pairs.len())
        .filter_map(|pair| {
            let meta = &site.pairs[pair].version(lang).0.meta;
            meta.updated.or(meta.date).map(|date| (date, pair))
        })
        .collect();
    dated.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.cmp(y)));
    dated.truncate(ENTRIES);
    let title = localised(&site.config.title, &site.config, code);
    let newest = dated.first().map(|(date, _)| moment(*date)).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n\
         <id>{base}{code}/feed.xml</id>\n<title>{}</title>\n<updated>{newest}</updated>\n\
         <author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{code}/feed.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{code}\" href=\"{base}{code}/index.html\"/>\n",
        text(&title),
        text(&title),
    );
    for (date, pair) in dated {
        entry(site, base, lang, pair, date, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(site: &Site, base: &str, lang: usize, pair: usize, date: Date, out: &mut String) {
    let (version, own) = site.pairs[pair].version(lang);
    let url = format!("{base}{}", site.page_path(pair, lang));
    let xml_lang = match own {
        true => String::new(),
        false => format!(" xml:lang=\"{}\"", version.lang),
    };
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<entry{xml_lang}>\n<id>{url}</id>\n<title>{}</title>\n<updated>{}</updated>\n",
        text(&version.meta.title),
        moment(date)
    );
    if let Some(published) = version.meta.date {
        let _ = writeln!(out, "<published>{}</published>", moment(published));
    }
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>");
    if let Some(description) = &version.meta.description {
        let _ = writeln!(out, "<summary>{}</summary>", text(description));
    }
    out.push_str("</entry>\n");
}

/// A day as the moment that Atom wants: its beginning, in UTC, so that no clock decides.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
