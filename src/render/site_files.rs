//! Files for machines at the root: `sitemap.xml` and `robots.txt`.

use crate::model::*;
use std::fmt::Write;

/// `sitemap.xml`: every page in every language that it is written in, each naming the others.
pub fn sitemap(site: &Site) -> String {
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (pair, this) in site.pairs.iter().enumerate() {
        let written: Vec<usize> =
            (0..this.versions.len()).filter(|l| this.versions[*l].is_some()).collect();
        for lang in &written {
            let version = this.version(*lang).0;
            // Writing to a String cannot fail.
            let _ = writeln!(out, "<url><loc>{base}{}</loc>", site.page_path(pair, *lang));
            if let Some(date) = version.meta.updated.or(version.meta.date) {
                let _ = writeln!(out, "<lastmod>{date}</lastmod>");
            }
            for other in &written {
                let _ = writeln!(
                    out,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{base}{}\"/>",
                    site.lang(*other),
                    site.page_path(pair, *other)
                );
            }
            out.push_str("</url>\n");
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// `robots.txt`: everything may be read; where the sitemap is.
pub fn robots(site: &Site) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.config.base_url {
        let _ = writeln!(out, "Sitemap: {base}sitemap.xml");
    }
    out
}
