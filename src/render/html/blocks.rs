//! Blocks: headings, paragraphs, lists, tables, code.

use super::{Tools, Writer};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use crate::render::diagram;
use crate::render::page::language_name;
use crate::render::sanitise::Assembly;

impl<'a> Writer<'a> {
    /// Writes blocks. Raw HTML among them is sanitised together with what it encloses.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        let is_raw = |b: &Block| matches!(b, Block::Html(raw) if !is_comment(&raw.html));
        if !blocks.iter().any(is_raw) {
            blocks.iter().for_each(|b| self.block(b));
            return;
        }
        let mut assembly = Assembly::new();
        let mut written = Vec::new();
        for block in blocks {
            match block {
                Block::Html(raw) => {
                    written.push(raw);
                    assembly.push_raw(&raw.html);
                }
                block => {
                    let html = self.apart(|w| w.block(block));
                    assembly.push_trusted(html);
                }
            }
        }
        self.finish_assembly(assembly, &written);
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(content) => self.paragraph(content),
            Block::Plain(content) => {
                self.prose(content);
                self.push("\n");
            }
            Block::Quote(blocks) => {
                self.push("<blockquote>\n");
                self.blocks(blocks);
                self.push("</blockquote>\n");
            }
            Block::List(list) => self.list(list, ""),
            Block::Definitions(list) => self.definitions(list),
            Block::Code(code) => self.code(code),
            Block::Math(formula) => {
                self.push("<div class=\"math\">");
                self.formula(formula, true);
                self.push("</div>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Rule => self.push("<hr>\n"),
            Block::Container(container) => self.container(container),
            Block::Included(included) => self.included(included),
            // An include that resolve could not follow, and comments.
            Block::Include(_) | Block::Html(_) => {}
        }
    }

    fn heading(&mut self, heading: &'a Heading) {
        // The title of the file is the one first-level heading.
        let level = (heading.level.max(2) + self.shift).min(6);
        let id = heading.id.as_deref().unwrap_or_default();
        self.absent_before(Some(id));
        let label = self.strings.format("permalink", &[("title", &plain_text(&heading.content))]);
        self.push(&format!("<h{level}"));
        self.push_id(heading.id.as_deref());
        self.push(">");
        self.explained.clear();
        self.inlines(&heading.content);
        self.push(" <a class=\"permalink\" href=\"#");
        self.push_own_id(id);
        self.push("\" aria-label=\"");
        self.push_attribute(&label);
        self.push(&format!("\">#</a></h{level}>\n"));
        self.notice(id);
    }

    /// Says which sections of the source are not here at all, in their place: before the heading with
    /// this id, or at the end.
    pub(super) fn absent_before(&mut self, id: Option<&str>) {
        let Some(freshness) = self.freshness.take() else { return };
        let sections = &freshness.sections;
        let end = match id {
            Some(id) => sections.iter().position(|section| section.id == id),
            None => Some(sections.len()),
        };
        if let Some(end) = end.filter(|end| *end >= self.passed) {
            for section in &sections[self.passed..end] {
                if section.state == State::MissingSection && !self.has_heading(&section.id) {
                    self.section_notice("section_absent", &section.id, &section.heading);
                }
            }
            self.passed = end + 1;
        }
        self.freshness = Some(freshness);
    }

    fn has_heading(&self, id: &str) -> bool {
        let (version, _) = self.tools.site.pairs[self.pair].version(self.lang);
        version.words().iter().any(|section| section.id == id)
    }

    /// Says that the source of a section is not what was translated, or that the section has no
    /// translation yet, and leads there.
    pub(super) fn notice(&mut self, id: &str) {
        let state = self.freshness.as_ref().and_then(|freshness| freshness.state_of(id));
        let key = match state {
            Some(State::SourceChanged) => "section_changed",
            Some(State::MissingSection) => "section_untranslated",
            _ => return,
        };
        self.section_notice(key, id, "");
    }

    /// A notice that leads to the section `id` of the source, which is called `heading` there.
    fn section_notice(&mut self, key: &str, id: &str, heading: &str) {
        let Tools { site, .. } = self.tools;
        let source = site.pairs[self.pair].fallback;
        let (path, code) = (site.page_path(self.pair, source), site.lang(source));
        let language = language_name(self.strings, &site.config, code);
        let values = [("language", &*language), ("heading", heading)];
        let words = |key| self.strings.format(key, &values);
        let (text, link) = (words(key), words("section_source"));
        let href = match id {
            "" => self.here.link_to(&path),
            id => self.here.link_to_place(&path, id),
        };
        self.push("<p class=\"meta stale\" role=\"note\">");
        self.push("<span>");
        self.push_text(&text);
        self.push(" <a href=\"");
        self.push_attribute(&href);
        self.push(&format!("\" hreflang=\"{code}\">"));
        self.push_text(&link);
        self.push("</a></span></p>\n");
    }

    fn paragraph(&mut self, content: &'a [Inline]) {
        // A picture that stands alone is a figure.
        if let [Inline::Image(image)] = content {
            self.image(image, true);
            return;
        }
        self.push("<p>");
        self.prose(content);
        self.push("</p>\n");
    }

    fn included(&mut self, included: &'a Included) {
        let outer = (self.source, self.text_lang);
        let foreign = included.lang != *self.text_lang;
        self.source = &included.source;
        self.text_lang = &included.lang;
        if foreign {
            self.push("<div lang=\"");
            self.push(included.lang.as_str());
            self.push("\">\n");
        }
        self.blocks(&included.blocks);
        if foreign {
            self.push("</div>\n");
        }
        (self.source, self.text_lang) = outer;
    }

    /// Writes a list; `class` is for a numbered list that is more than that.
    pub(super) fn list(&mut self, list: &'a List, class: &str) {
        let is_guideline = self.tools.site.pairs[self.pair].kind == Kind::Guideline;
        let checklist = list.is_tasks() && (list.checklist || is_guideline);
        // A list within a checklist belongs to it.
        let outermost = checklist && !self.in_checklist;
        if outermost {
            self.in_checklist = true;
            self.checklist_bar(list);
        }
        match list.start {
            Some(start) => {
                self.push("<ol");
                if !class.is_empty() {
                    self.push(&format!(" class=\"{class}\""));
                }
                if start != 1 {
                    self.push(&format!(" start=\"{start}\""));
                }
                self.push(">\n");
            }
            None if checklist => self.push("<ul class=\"checklist\">\n"),
            None if list.is_tasks() => self.push("<ul class=\"tasks\">\n"),
            None => self.push("<ul>\n"),
        }
        for item in &list.items {
            self.item(item, checklist);
        }
        self.push(if list.start.is_some() { "</ol>\n" } else { "</ul>\n" });
        if outermost {
            self.in_checklist = false;
            self.push("</div>\n");
        }
    }

    /// Opens the box of a checklist, with how much is done and what can be done about it.
    fn checklist_bar(&mut self, list: &List) {
        let (done, all) = tasks(list);
        let count = self
            .strings
            .format("checklist_count", &[("n", &done.to_string()), ("all", &all.to_string())]);
        let words = ["checklist_reset", "checklist_print_empty"].map(|key| self.strings.get(key));
        self.push("<div class=\"checklist-box\"><p class=\"checklist-bar needs-js\"><span class=\"checklist-count\" role=\"status\">");
        self.push_text(&count);
        self.push("</span> ");
        for (class, word) in ["checklist-reset", "checklist-print"].into_iter().zip(words) {
            let pressed = if class == "checklist-print" { " aria-pressed=\"false\"" } else { "" };
            self.push(&format!("<button type=\"button\" class=\"button {class}\"{pressed}>"));
            self.push_text(word);
            self.push("</button>");
        }
        self.push("</p>\n");
    }

    fn item(&mut self, item: &'a Item, checklist: bool) {
        self.push("<li");
        self.push_id(item.id.as_deref());
        self.push(">");
        let blocks = match item.checked {
            Some(checked) => self.task(checked, &item.blocks, checklist),
            None => &item.blocks,
        };
        // A tight item without blocks of its own stays on one line.
        match blocks {
            [Block::Plain(content)] => self.prose(content),
            blocks => self.blocks(blocks),
        }
        self.push("</li>\n");
    }

    /// Writes the box and the label of a task; gives back what comes after the label.
    fn task(&mut self, checked: bool, blocks: &'a [Block], checklist: bool) -> &'a [Block] {
        self.push("<label><input type=\"checkbox\"");
        if checked {
            self.push(" checked");
        }
        match checklist {
            true => self.body.checklist_items += 1,
            false => self.push(" disabled"),
        }
        self.push("> ");
        let rest = match blocks {
            [Block::Plain(content) | Block::Paragraph(content), rest @ ..] => {
                self.push("<span>");
                self.inlines(content);
                self.push("</span>");
                rest
            }
            blocks => blocks,
        };
        self.push("</label>");
        rest
    }

    fn definitions(&mut self, list: &'a [Definition]) {
        self.push("<dl>\n");
        for entry in list {
            for term in &entry.terms {
                self.push("<dt>");
                self.inlines(term);
                self.push("</dt>\n");
            }
            for meaning in &entry.meanings {
                self.push("<dd>");
                match meaning.as_slice() {
                    [Block::Plain(content)] => self.prose(content),
                    blocks => self.blocks(blocks),
                }
                self.push("</dd>\n");
            }
        }
        self.push("</dl>\n");
    }

    fn table(&mut self, table: &'a Table) {
        self.captioned_table(table, &[], None);
    }

    /// A table under its caption, which may be empty.
    pub(super) fn captioned_table(
        &mut self,
        table: &'a Table,
        caption: &'a [Inline],
        id: Option<&str>,
    ) {
        self.push("<div");
        self.push_id(id);
        self.push(" class=\"table\"><div class=\"scroll\"><table>\n");
        if !caption.is_empty() {
            self.push("<caption>");
            self.inlines(caption);
            self.push("</caption>\n");
        }
        self.push("<thead>\n<tr>");
        for (cell, alignment) in table.head.iter().zip(&table.alignments) {
            // A header without words would be announced as nothing.
            let tag = if plain_text(cell).trim().is_empty() { "td" } else { "th" };
            self.cell(tag, cell, *alignment);
        }
        self.push("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.push("<tr>");
            for (cell, alignment) in row.iter().zip(&table.alignments) {
                self.cell("td", cell, *alignment);
            }
            self.push("</tr>\n");
        }
        self.push("</tbody>\n</table></div></div>\n");
    }

    fn cell(&mut self, tag: &str, content: &'a [Inline], alignment: Alignment) {
        self.push("<");
        self.push(tag);
        if tag == "th" {
            self.push(" scope=\"col\"");
        }
        match alignment {
            Alignment::Center => self.push(" class=\"al-c\""),
            Alignment::Right => self.push(" class=\"al-r\""),
            Alignment::None | Alignment::Left => {}
        }
        self.push(">");
        match content {
            // As the name of a column a formula is read out as it is written.
            [Inline::Math(formula)] if tag == "th" => {
                self.push("<span class=\"for-readers\">");
                self.push_text(&formula.tex);
                self.push("</span><span aria-hidden=\"true\">");
                self.inlines(content);
                self.push("</span>");
            }
            content if tag == "td" => self.prose(content),
            content => self.inlines(content),
        }
        self.push("</");
        self.push(tag);
        self.push(">");
    }

    fn code(&mut self, code: &'a CodeBlock) {
        if code.language == CodeBlock::DIAGRAM {
            self.diagram(code);
            return;
        }
        let highlighter = self.tools.highlighter;
        if !highlighter.is_known(&code.language) {
            let d = Diagnostic::new(Code::UnknownLanguage, self.source)
                .at(code.span)
                .with("language", &code.language);
            self.report(d);
        }
        self.listing(code);
    }

    fn diagram(&mut self, code: &'a CodeBlock) {
        let alt = code.alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty());
        if alt.is_none() {
            let d = Diagnostic::new(Code::DiagramWithoutAlt, self.source).at(code.span);
            self.report(d);
        }
        let svg = match diagram::svg(self.tools.cache, &code.text) {
            Ok(svg) => svg,
            Err(refusal) => {
                let line = refusal.line.checked_sub(1).and_then(|at| code.lines.get(at));
                let d = Diagnostic::new(Code::BadDiagram, self.source)
                    .at(*line.unwrap_or(&code.span))
                    .with("problem_vi", refusal.vi)
                    .with("problem_en", refusal.en);
                self.report(d);
                self.listing(code);
                return;
            }
        };
        self.push(
            "<figure class=\"diagram\"><div class=\"scroll\"><svg role=\"img\" aria-label=\"",
        );
        self.push_attribute(alt.unwrap_or_default());
        self.push("\"");
        self.push(&svg);
        self.push("</div>");
        if let Some(title) = &code.title {
            self.push("<figcaption>");
            self.push_text(title);
            self.push("</figcaption>");
        }
        self.push("</figure>\n");
    }

    /// Code as it is written.
    fn listing(&mut self, code: &'a CodeBlock) {
        let highlighter = self.tools.highlighter;
        let label = highlighter.label(&code.language);
        self.push("<div class=\"code\">");
        self.code_head(code, &label);
        self.push("<pre tabindex=\"0\"><code>");
        let html = highlighter.highlight(self.tools.cache, &code.language, &code.text);
        push_lines(&mut self.out, &html, &code.highlight);
        self.push("</code></pre></div>\n");
    }

    /// What a block of code is called, and the buttons to copy it and to wrap its lines.
    fn code_head(&mut self, code: &CodeBlock, label: &str) {
        self.push("<div class=\"code-head\">");
        if let Some(title) = &code.title {
            self.push("<span class=\"code-title\">");
            self.push_text(title);
            self.push("</span>");
        }
        if !label.is_empty() {
            self.push("<span class=\"code-lang\">");
            self.push_text(label);
            self.push("</span>");
        }
        let [wrap, copy] = ["code_wrap", "code_copy"].map(|key| self.strings.get(key));
        self.push("<span class=\"code-tools needs-js\"><button type=\"button\" class=\"button code-wrap\" aria-pressed=\"false\" hidden>");
        self.push_text(wrap);
        self.push("</button>");
        if code.copy {
            self.push("<button type=\"button\" class=\"button code-copy\">");
            self.push_text(copy);
            self.push("</button>");
        }
        self.push("</span></div>");
    }
}

/// Appends lines of coloured code, the marked ones wrapped.
fn push_lines(out: &mut String, html: &str, marked: &[(u32, u32)]) {
    if marked.is_empty() {
        out.push_str(html);
        return;
    }
    for (line, number) in html.split_inclusive('\n').zip(1u32..) {
        if marked.iter().any(|(a, b)| (*a..=*b).contains(&number)) {
            let (text, end) = match line.strip_suffix('\n') {
                Some(text) => (text, "\n"),
                None => (line, ""),
            };
            out.push_str("<mark class=\"hl\">");
            out.push_str(text);
            out.push_str("</mark>");
            out.push_str(end);
        } else {
            out.push_str(line);
        }
    }
}

/// How many tasks of a list are done, and how many there are, with those of lists within it.
fn tasks(list: &List) -> (usize, usize) {
    let mut counted = (0, 0);
    for item in &list.items {
        counted.0 += usize::from(item.checked == Some(true));
        counted.1 += usize::from(item.checked.is_some());
        for block in &item.blocks {
            if let Block::List(inner) = block {
                let (done, all) = tasks(inner);
                counted = (counted.0 + done, counted.1 + all);
            }
        }
    }
    counted
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    // Only one comment: `<!-- a --> <script> <!-- b -->` is none.
    html.starts_with("<!--") && html.find("-->") == Some(html.len() - 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_lines_are_wrapped_without_their_line_break() {
        let mut out = String::new();
        push_lines(&mut out, "a\n<b class=k>b</b>\nc\n", &[(2, 2)]);
        assert_eq!(out, "a\n<mark class=\"hl\"><b class=k>b</b></mark>\nc\n");
    }

    #[test]
    fn only_a_single_comment_is_a_comment() {
        assert!(is_comment("<!-- a -->\n"));
        assert!(!is_comment("<!-- a --> <b>x</b> <!-- b -->"));
    }
}
