//! Lines: text, emphasis, links, footnote references, formulas.

use super::{Note, Writer, escape};
use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use crate::render::math;
use crate::render::sanitise::{Assembly, raw_references};

impl<'a> Writer<'a> {
    /// Writes a line. Raw HTML in it is sanitised together with what it encloses.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        if inlines.iter().any(|i| matches!(i, Inline::Html(raw) if !is_harmless(&raw.html))) {
            self.assembled_inlines(inlines);
            return;
        }
        if self.explains {
            self.explained_inlines(inlines);
            return;
        }
        for inline in inlines {
            self.inline(inline);
        }
    }

    /// Writes a line of running text, in which terms of the glossary are explained.
    pub(super) fn prose(&mut self, inlines: &'a [Inline]) {
        let lang = self.tools.site.config.lang_index(self.text_lang);
        let finder = lang.and_then(|lang| self.tools.finders[lang].as_ref());
        let outer = std::mem::replace(&mut self.explains, finder.is_some());
        self.inlines(inlines);
        self.explains = outer;
    }

    /// Writes inlines, looking for terms in neighbouring pieces of text together.
    fn explained_inlines(&mut self, inlines: &'a [Inline]) {
        let is_text = |inline: &Inline| matches!(inline, Inline::Text(_) | Inline::SoftBreak);
        let mut rest = inlines;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|inline| is_text(inline)).count();
            match (&rest[..count], first) {
                ([], inline) => self.inline(inline),
                ([Inline::Text(text)], _) => self.explained_text(text),
                (pieces, _) => {
                    let text: String = pieces
                        .iter()
                        .map(|piece| match piece {
                            Inline::Text(text) => text.as_str(),
                            _ => "\n",
                        })
                        .collect();
                    self.explained_text(&text);
                }
            }
            rest = &rest[count.max(1)..];
        }
    }

    /// Writes text; the first use of a term in a section leads to the glossary.
    fn explained_text(&mut self, text: &str) {
        let site = self.tools.site;
        let lang = site.config.lang_index(self.text_lang).unwrap_or(self.lang);
        let Some(finder) = &self.tools.finders[lang] else { return self.push_text(text) };
        let mut from = 0;
        for found in finder.find(text) {
            if found.forbidden || !self.explained.insert(found.term) {
                continue;
            }
            let term = &site.glossary.terms[found.term];
            // In the reader's language where that has the term.
            let has_own = term.words.contains_key(site.lang(self.lang));
            let page = site.glossary_path(if has_own { self.lang } else { lang });
            let href = self.here.link_to(&page);
            self.push_text(&text[from..found.range.start]);
            self.push("<a class=\"term\" href=\"");
            escape::push_address(&mut self.out, &href);
            self.push("#");
            self.push_attribute(&term.id);
            self.push("\">");
            self.push_text(&text[found.range.clone()]);
            self.push("</a>");
            self.body.has_terms = true;
            from = found.range.end;
        }
        self.push_text(&text[from..]);
    }

    fn assembled_inlines(&mut self, inlines: &'a [Inline]) {
        let mut assembly = Assembly::new();
        let mut written = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Html(raw) => {
                    written.push(raw);
                    assembly.push_raw(&raw.html);
                }
                inline => {
                    let html = self.apart(|w| w.inline(inline));
                    assembly.push_trusted(html);
                }
            }
        }
        self.finish_assembly(assembly, &written);
    }

    /// Puts sanitised HTML on the page, and tells the editor of each piece as written what was
    /// taken away and what leads nowhere.
    pub(super) fn finish_assembly(&mut self, assembly: Assembly, written: &[&RawHtml]) {
        let clean = match self.here.is_joined() {
            true => assembly.finish_moved(self.move_html()),
            false => assembly.finish(),
        };
        self.push(&clean.html);
        written.iter().for_each(|raw| self.check_references(raw));
        if clean.removed.is_empty() {
            return;
        }
        let apart: Vec<(Span, Vec<String>)> =
            written.iter().map(|raw| (raw.span, removed_alone(raw))).collect();
        // What only went because of its neighbours is reported at the first piece.
        let together = apart.iter().all(|(_, removed)| removed.is_empty());
        let first = written.first().map(|raw| (raw.span, clean.removed));
        let reports = if together { first.into_iter().collect() } else { apart };
        for (span, removed) in reports.into_iter().filter(|(_, removed)| !removed.is_empty()) {
            let d = Diagnostic::new(Code::HtmlRemoved, self.source).at(span);
            self.report(d.with("what", removed.join(", ")));
        }
    }

    /// What editors' HTML says of places, as it has to stand in a file that pages share.
    fn move_html(&self) -> impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static {
        let page = self.tools.site.page_path(self.pair, self.lang);
        let (here, prefix) = (self.here.clone(), self.prefix.clone());
        move |attribute, value| match attribute {
            "id" => Some(format!("{prefix}{value}")),
            "headers" => {
                let ids = value.split_ascii_whitespace().map(|id| format!("{prefix}{id}"));
                Some(ids.collect::<Vec<_>>().join(" "))
            }
            "href" | "src" => here.moved(&page, value),
            _ => None,
        }
    }

    /// Relative addresses in editors' HTML are not followed; those that are no file of the output
    /// are reported.
    fn check_references(&mut self, raw: &RawHtml) {
        let page = self.tools.site.page_path(self.pair, self.lang);
        for target in raw_references(&raw.html) {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            if path.is_empty() || scheme(&target).is_some() || path.starts_with('/') {
                continue;
            }
            let file = RelPath::new(page.as_str()).join_beside(path);
            let exists = file.is_some_and(|f| self.tools.site.routes.contains_key(f.as_str()));
            if !exists {
                let d = Diagnostic::new(Code::RawReference, self.source).at(raw.span);
                self.report(d.with("target", target));
            }
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.push_text(text),
            Inline::Emphasis(content) => self.wrapped("em", content),
            Inline::Strong(content) => self.wrapped("strong", content),
            Inline::Strikethrough(content) => self.wrapped("del", content),
            Inline::Code(code) => {
                self.push("<code>");
                self.push_text(code);
                self.push("</code>");
            }
            Inline::Math(formula) => self.formula(formula, false),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image, false),
            Inline::FootnoteRef { label, .. } => self.footnote_ref(label),
            Inline::DocNumber { text, .. } => self.doc_number(text),
            Inline::SoftBreak => self.push("\n"),
            Inline::HardBreak => self.push("<br>\n"),
            // Reached for what is harmless; anything else goes through the sanitiser.
            Inline::Html(raw) if raw.html.starts_with("<!--") => {}
            Inline::Html(raw) => self.push(&raw.html),
        }
    }

    fn wrapped(&mut self, tag: &str, content: &'a [Inline]) {
        self.push("<");
        self.push(tag);
        self.push(">");
        self.inlines(content);
        self.push("</");
        self.push(tag);
        self.push(">");
    }

    pub(super) fn formula(&mut self, formula: &Formula, display: bool) {
        match math::to_mathml(&formula.tex, display) {
            Ok(mathml) => self.push(&mathml),
            Err(problem) => {
                let d = Diagnostic::new(Code::BadMath, self.source)
                    .at(formula.span)
                    .with("problem_vi", problem.vi)
                    .with("problem_en", problem.en);
                self.report(d);
                self.push("<code>");
                self.push_text(&formula.tex);
                self.push("</code>");
            }
        }
    }

    /// A link, in which no other stands.
    fn link(&mut self, link: &'a Link) {
        let outer = std::mem::replace(&mut self.explains, false);
        self.whole_link(link);
        self.explains = outer;
    }

    fn whole_link(&mut self, link: &'a Link) {
        let destination = self.tools.site.link(self.place(), &link.target);
        let Ok(destination) = destination else {
            // Reported by resolve; the words stay readable.
            match link.content.is_empty() {
                true => self.bare_target(&link.target),
                false => self.inlines(&link.content),
            }
            return;
        };
        match &destination {
            Destination::Page(pair, section) => {
                let href = self.page_href(*pair, section.as_deref());
                self.open_link(&href, link, "");
                match link.content.is_empty() {
                    true => self.wiki_text(*pair, section.as_deref(), &link.target),
                    false => self.inlines(&link.content),
                }
                self.push("</a>");
            }
            Destination::External(address) => {
                let is_web = scheme(address).is_some_and(|s| s.starts_with("http"));
                self.open_link(
                    address,
                    link,
                    if is_web { " rel=\"external noopener\"" } else { "" },
                );
                self.inlines(&link.content);
                self.push("</a>");
            }
            Destination::Asset(source) => self.file_link(source, link),
        }
    }

    pub(super) fn open_link(&mut self, href: &str, link: &Link, more: &str) {
        self.push("<a href=\"");
        escape::push_address(&mut self.out, href);
        self.push("\"");
        if !link.title.is_empty() {
            self.push(" title=\"");
            self.push_attribute(&link.title);
            self.push("\"");
        }
        self.push(more);
        self.push(">");
    }

    pub(super) fn page_href(&self, pair: usize, section: Option<&str>) -> String {
        let page = self.tools.site.page_path(pair, self.lang);
        match section {
            Some(id) => self.here.link_to_place(&page, id),
            None => self.here.link_to(&page),
        }
    }

    /// The text of a wiki link that has none: the number as written, else the page's title;
    /// and the section's.
    fn wiki_text(&mut self, pair: usize, section: Option<&str>, target: &LinkTarget) {
        let (version, _) = self.tools.site.pairs[pair].version(self.lang);
        let written = match target {
            LinkTarget::Wiki(t) => t.split('#').next().unwrap_or("").trim(),
            LinkTarget::Path(_) => "",
        };
        let is_number = self.tools.site.document(written).is_some();
        let name = if is_number { written } else { &version.meta.title };
        let heading = section.and_then(|id| version.headings.iter().find(|h| h.id == id));
        self.push_text(name);
        if let Some(heading) = heading {
            self.push(", ");
            self.push_text(&heading.text);
        }
    }

    fn bare_target(&mut self, target: &LinkTarget) {
        match target {
            LinkTarget::Wiki(t) | LinkTarget::Path(t) => self.push_text(t),
        }
    }

    fn doc_number(&mut self, text: &str) {
        match self.tools.site.document(text).filter(|pair| *pair != self.pair) {
            Some(pair) => {
                let href = self.page_href(pair, None);
                self.push("<a class=\"doc-number\" href=\"");
                escape::push_address(&mut self.out, &href);
                self.push("\">");
                self.push_text(text);
                self.push("</a>");
            }
            None => self.push_text(text),
        }
    }

    fn footnote_ref(&mut self, label: &'a str) {
        let number = match self.notes.iter().position(|n| n.label == label) {
            Some(i) => i + 1,
            None => {
                self.notes.push(Note { label, references: 0 });
                self.notes.len()
            }
        };
        let note = &mut self.notes[number - 1];
        note.references += 1;
        let id = format!("{}{}", self.prefix, reference_id(number, note.references));
        let prefix = self.prefix.clone();
        let label = self.strings.format("footnote_ref", &[("n", &number.to_string())]);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#{prefix}fn-{number}\" aria-label=\""
        ));
        self.push_attribute(&label);
        self.push(&format!("\">{number}</a></sup>"));
    }

    /// The footnotes that were referred to, each with links back.
    pub(super) fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let title = self.strings.get("footnotes_title").to_owned();
        self.push("<div class=\"footnotes\" role=\"group\" aria-label=\"");
        self.push_attribute(&title);
        self.push("\">\n<ol>\n");
        // Grows while it is written: a footnote may refer to another.
        let mut written = 0;
        while written < self.notes.len() {
            let label = self.notes[written].label;
            written += 1;
            self.push(&format!("<li id=\"{}fn-{written}\">\n", self.prefix));
            let doc = self.doc;
            if let Some(footnote) = doc.footnotes.iter().find(|f| f.label == label) {
                self.blocks(&footnote.blocks);
            }
            self.backlinks(written);
            self.push("</li>\n");
        }
        self.push("</ol>\n</div>\n");
    }

    /// Links back to where the footnote was referred to, inside its last paragraph.
    fn backlinks(&mut self, number: usize) {
        let inside = self.out.ends_with("</p>\n");
        if inside {
            self.out.truncate(self.out.len() - "</p>\n".len());
        }
        for reference in 1..=self.notes[number - 1].references {
            let id = format!("{}{}", self.prefix, reference_id(number, reference));
            let label = self.strings.format("footnote_back", &[("n", &number.to_string())]);
            self.push(&format!(" <a class=\"footnote-back\" href=\"#{id}\" aria-label=\""));
            self.push_attribute(&label);
            self.push("\">↩</a>");
        }
        if inside {
            self.push("</p>\n");
        }
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("fnref-{number}"),
        n => format!("fnref-{number}-{n}"),
    }
}

/// What the sanitiser takes away from a piece of HTML by itself.
fn removed_alone(raw: &RawHtml) -> Vec<String> {
    let mut assembly = Assembly::new();
    assembly.push_raw(&raw.html);
    assembly.finish().removed
}

/// Comments, which are dropped, and line breaks, which are written as they are.
fn is_harmless(html: &str) -> bool {
    matches!(html, "<br>" | "<br/>" | "<br />" | "<wbr>")
        || (html.starts_with("<!--") && html.ends_with("-->"))
}
