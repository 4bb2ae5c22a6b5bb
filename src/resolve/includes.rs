//! Includes: the blocks of one file stand in another, in the reader's language.

use crate::base::{Lang, RelPath, UrlPath, nearest};
use crate::diag::{Code, Diagnostic};
use crate::model::*;
use std::collections::{BTreeSet, HashMap};
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

/// Replaces every include in `doc` by the blocks that it names.
pub fn expand(
    file: &RelPath,
    lang: &Lang,
    languages: &[Lang],
    doc: &mut Doc,
    library: &Library,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut expander = Expander {
        languages,
        lang,
        library,
        diagnostics,
        chain: vec![file.clone()],
        footnotes: Vec::new(),
    };
    expander.blocks(&mut doc.blocks);
    doc.footnotes.append(&mut expander.footnotes);
}

struct Expander<'a> {
    languages: &'a [Lang],
    lang: &'a Lang,
    library: &'a Library,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The files being expanded, outermost first.
    chain: Vec<RelPath>,
    footnotes: Vec<Footnote>,
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
        let mut blocks = match &include.section {
            None => doc.blocks.clone(),
            Some(id) => match section(&doc.blocks, id) {
                Some(blocks) => blocks,
                None => {
                    self.report_section(&here, include, id, &doc);
                    return nothing();
                }
            },
        };
        self.take_footnotes(&path, &doc, &mut blocks);
        self.chain.push(path.clone());
        self.blocks(&mut blocks);
        self.chain.pop();
        Block::Included(Box::new(Included { source: path, lang, blocks }))
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
            if !self.footnotes.iter().any(|f| f.label == label) {
                self.footnotes.push(Footnote { label, blocks: footnote.blocks.clone() });
            }
        }
    }
}

/// The heading with `id` and everything below it, up to the next heading of its level.
fn section(blocks: &[Block], id: &str) -> Option<Vec<Block>> {
    let (start, level) = blocks.iter().enumerate().find_map(|(i, b)| match b {
        Block::Heading(h) if h.id.as_deref() == Some(id) => Some((i, h.level)),
        _ => None,
    })?;
    let ends = |b: &Block| matches!(b, Block::Heading(h) if h.level <= level);
    let len = blocks[start + 1..].iter().position(ends).unwrap_or(blocks.len() - start - 1);
    Some(blocks[start..start + 1 + len].to_vec())
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
