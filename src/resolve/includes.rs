//! Includes: the blocks of one file stand in another, in the reader's language.

use crate::base::{Lang, RelPath, UrlPath, nearest};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Every Markdown file that can be included, by its source path.
pub type Library = HashMap<RelPath, (Lang, Arc<Doc>)>;

/// Whether a document includes anything.
pub fn has_includes(doc: &Doc) -> bool {
    let nowhere = RelPath::new("");
    let mut found = false;
    walk(doc, &nowhere, &mut |node, _| {
        found |= matches!(node, Node::Block(Block::Include(_)));
    });
    found
}

/// Replaces every include in `doc`, the text of `file` in language `lang`, by the blocks that it
/// names, until the page is as long as a page may be.
pub fn expand(
    file: &RelPath,
    lang: &Lang,
    config: &Config,
    doc: &mut Doc,
    library: &Library,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut expander = Expander {
        languages: &config.languages,
        lang,
        library,
        diagnostics,
        chain: vec![file.clone()],
        footnotes: Vec::new(),
        labels: HashSet::new(),
        bytes: doc.bytes as u64,
        limit: config.limits.page_bytes,
    };
    expander.blocks(&mut doc.blocks);
    doc.footnotes.iter_mut().for_each(|footnote| expander.blocks(&mut footnote.blocks));
    doc.footnotes.append(&mut expander.footnotes);
}

/// Bytes that even an empty text counts for.
const LEAST: usize = 100;

struct Expander<'a> {
    languages: &'a [Lang],
    lang: &'a Lang,
    library: &'a Library,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The files being expanded, outermost first.
    chain: Vec<RelPath>,
    footnotes: Vec<Footnote>,
    /// Labels of those.
    labels: HashSet<String>,
    /// How long the page is with all that it includes so far.
    bytes: u64,
    /// How long it may be.
    limit: u64,
}

impl Expander<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks {
            match block {
                Block::Include(include) => {
                    let include = include.clone();
                    *block = self.include(&include);
                }
                Block::Quote(b) => self.blocks(b),
                Block::Container(c) => self.blocks(&mut c.blocks),
                Block::List(l) => l.items.iter_mut().for_each(|i| self.blocks(&mut i.blocks)),
                Block::Definitions(list) => {
                    for meaning in list.iter_mut().flat_map(|d| &mut d.meanings) {
                        self.blocks(meaning);
                    }
                }
                _ => {}
            }
        }
    }

    fn include(&mut self, include: &Include) -> Block {
        let here = self.chain.last().cloned().unwrap_or_else(|| RelPath::new(""));
        let lang = self.lang.clone();
        let nothing = || {
            let (source, lang) = (here.clone(), lang.clone());
            Block::Included(Box::new(Included { source, lang, blocks: Vec::new() }))
        };
        let Some((path, (lang, doc))) = self.find(&here, &include.target) else {
            let diagnostic = self.not_found(&here, include);
            self.diagnostics.push(diagnostic);
            return nothing();
        };
        if let Some(first) = self.chain.iter().position(|file| *file == path) {
            let circle = self.chain[first..].iter().chain([&path]);
            let chain: Vec<_> = circle.map(RelPath::as_str).collect();
            self.diagnostics.push(
                Diagnostic::new(Code::IncludeLoop, &here)
                    .at(include.span)
                    .with("target", &include.target)
                    .with("chain", chain.join(" → ")),
            );
            return nothing();
        }
        let (blocks, bytes) = match &include.section {
            None => (&doc.blocks[..], doc.bytes),
            Some(id) => match section(&doc, id) {
                Some(section) => section,
                None => {
                    self.report_section(&here, include, id, &doc);
                    return nothing();
                }
            },
        };
        // Texts that include texts several times each would be endless together.
        if !self.has_room(&here, include, bytes) {
            return nothing();
        }
        let mut blocks = blocks.to_vec();
        self.chain.push(path.clone());
        self.take_footnotes(&path, &doc, &mut blocks);
        self.blocks(&mut blocks);
        self.chain.pop();
        Block::Included(Box::new(Included { source: path, lang, blocks }))
    }

    /// Whether `bytes` more fit on the page. The first that do not are reported.
    fn has_room(&mut self, here: &RelPath, include: &Include, bytes: usize) -> bool {
        let (before, after) = (self.bytes, self.bytes.saturating_add(bytes.max(LEAST) as u64));
        self.bytes = after;
        if after > self.limit && before <= self.limit {
            self.diagnostics.push(
                Diagnostic::new(Code::PageTooLarge, here).at(include.span).over(after, self.limit),
            );
        }
        after <= self.limit
    }

    fn find(&self, here: &RelPath, target: &str) -> Option<(RelPath, (Lang, Arc<Doc>))> {
        let candidates = include_candidates(here, target, self.lang, self.languages);
        candidates.into_iter().find_map(|path| {
            let found = self.library.get(&path)?.clone();
            Some((path, found))
        })
    }

    fn not_found(&self, here: &RelPath, include: &Include) -> Diagnostic {
        let wanted = here.join_beside(&include.target);
        let looked_for = wanted.as_ref().map_or(&*include.target, RelPath::as_str);
        let known: BTreeSet<&str> =
            self.library.keys().map(|file| stem(file.as_str(), self.languages)).collect();
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let names: Vec<String> = known.iter().map(|path| name(path)).collect();
        let near = nearest(&name(stem(looked_for, self.languages)), names.iter().map(|n| &**n));
        let near = near.and_then(|near| known.iter().find(|path| name(path) == near));
        let from = UrlPath::new(here.as_str());
        let link = |path: &&str| from.link_to(&UrlPath::new(format!("{path}.md")));
        let diagnostic = Diagnostic::new(Code::BrokenInclude, here)
            .at(include.span)
            .with("target", &include.target)
            .with("looked_for", looked_for);
        Diagnostic { nearest: near.map(link), ..diagnostic }
    }

    fn report_section(&mut self, here: &RelPath, include: &Include, id: &str, doc: &Doc) {
        let ids: Vec<&str> = doc
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Heading(h) => h.id.as_deref(),
                _ => None,
            })
            .collect();
        self.diagnostics.push(
            Diagnostic::new(Code::BrokenAnchor, here)
                .at(include.span)
                .with("page", &include.target)
                .with("anchor", id)
                .with("anchors", ids.join(", "))
                .suggest(id, ids.iter().copied()),
        );
    }

    /// Footnotes of an included text come along under a name that cannot clash.
    fn take_footnotes(&mut self, path: &RelPath, doc: &Doc, blocks: &mut [Block]) {
        if doc.footnotes.is_empty() {
            return;
        }
        let renamed = |label: &str| format!("{path}:{label}");
        rename_footnotes(blocks, &renamed);
        for footnote in &doc.footnotes {
            let label = renamed(&footnote.label);
            if self.labels.insert(label.clone()) {
                let mut blocks = footnote.blocks.clone();
                rename_footnotes(&mut blocks, &renamed);
                self.blocks(&mut blocks);
                self.footnotes.push(Footnote { label, blocks });
            }
        }
    }
}

/// The heading with `id` and everything below it, up to the next heading of its level; and how
/// long that is.
fn section<'a>(doc: &'a Doc, id: &str) -> Option<(&'a [Block], usize)> {
    let mut headings = doc.blocks.iter().enumerate().filter_map(|(i, b)| match b {
        Block::Heading(h) => Some((i, h)),
        _ => None,
    });
    let (start, first) = headings.find(|(_, h)| h.id.as_deref() == Some(id))?;
    let next = headings.find(|(_, h)| h.level <= first.level);
    let (end, bytes) = match next {
        Some((end, next)) => (end, next.span.start.saturating_sub(first.span.start) as usize),
        None => (doc.blocks.len(), doc.bytes),
    };
    Some((&doc.blocks[start..end], bytes))
}

fn rename_footnotes(blocks: &mut [Block], renamed: &dyn Fn(&str) -> String) {
    for block in blocks {
        match block {
            Block::Heading(h) => rename_in_line(&mut h.content, renamed),
            Block::Paragraph(c) | Block::Plain(c) => rename_in_line(c, renamed),
            Block::Quote(b) => rename_footnotes(b, renamed),
            Block::Included(i) => rename_footnotes(&mut i.blocks, renamed),
            Block::Container(c) => rename_footnotes(&mut c.blocks, renamed),
            Block::List(l) => {
                l.items.iter_mut().for_each(|i| rename_footnotes(&mut i.blocks, renamed));
            }
            Block::Definitions(list) => {
                for entry in list {
                    entry.terms.iter_mut().for_each(|t| rename_in_line(t, renamed));
                    entry.meanings.iter_mut().for_each(|m| rename_footnotes(m, renamed));
                }
            }
            Block::Table(t) => {
                let cells = t.head.iter_mut().chain(t.rows.iter_mut().flatten());
                cells.for_each(|c| rename_in_line(c, renamed));
            }
            _ => {}
        }
    }
}

fn rename_in_line(inlines: &mut [Inline], renamed: &dyn Fn(&str) -> String) {
    for inline in inlines {
        match inline {
            Inline::FootnoteRef { label, .. } => *label = renamed(label),
            Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) => {
                rename_in_line(c, renamed);
            }
            Inline::Link(l) => rename_in_line(&mut l.content, renamed),
            _ => {}
        }
    }
}
