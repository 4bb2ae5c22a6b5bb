//! Diagrams: from Mermaid's language to inline SVG that a style sheet colours.
//!
//! [`flowchart`] and [`state`] read boxes and arrows into a [`graph::Graph`], which [`layered`]
//! places; [`sequence`] reads messages and [`lanes`] places them; [`draw`] writes what was placed.
//! [`measure`] knows how wide words are, from a table of its own: the fonts of the machine that
//! builds decide nothing, so the same source is the same bytes everywhere.
//!
//! The drawing has classes and numbers only: no style, no colour, no id, no script.

mod draw;
mod flowchart;
mod graph;
mod lanes;
mod layered;
mod measure;
mod read;
mod sequence;
mod state;

use crate::model::{Cache, CacheKey};
use read::{Line, Problem};

/// Changes whenever the same source would give other bytes.
const VERSION: &str = "diagram 3";

/// Longer sources are not read: no page can show what they would draw.
const LONGEST: usize = 16 * 1024;

/// More boxes or participants than this cannot be followed, on paper or on a screen.
const MOST_NODES: usize = 60;

/// The same for arrows and messages.
const MOST_EDGES: usize = 120;

/// A longer label is a paragraph, which belongs in the text.
const LONGEST_LABEL: usize = 200;

/// What is drawn, as readers of the documentation and of messages know it.
pub const KINDS: &str = "`flowchart`, `sequenceDiagram`, `stateDiagram-v2`";

/// Why a diagram cannot be drawn, in Vietnamese and English.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The line of the source, from 1; 0 is the fence above it.
    pub line: usize,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// The diagram in `source` as an `<svg>` element without its start: attributes, `>`, content and
/// end tag. The caller writes `<svg role="img" aria-label="..."` before it.
///
/// # Errors
///
/// What is wrong with the source, and in which line.
pub fn svg(cache: &Cache, source: &str) -> Result<String, Refusal> {
    let made = cache.get_or_make(key(source), || pack(&draw(source)));
    // A damaged cache must not damage a page.
    unpack(&made).unwrap_or_else(|| draw(source))
}

fn key(source: &str) -> CacheKey {
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION.as_bytes()).update(&[0]).update(source.as_bytes());
    *hasher.finalize().as_bytes()
}

/// A result as the cache keeps it: a drawing starts with a space, a refusal with its line.
fn pack(result: &Result<String, Refusal>) -> Vec<u8> {
    match result {
        Ok(svg) => svg.clone().into_bytes(),
        Err(r) => format!("{}\n{}\n{}", r.line, r.vi, r.en).into_bytes(),
    }
}

fn unpack(bytes: &[u8]) -> Option<Result<String, Refusal>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if text.starts_with(' ') {
        return text.ends_with("</svg>").then(|| Ok(text.to_owned()));
    }
    let mut parts = text.splitn(3, '\n');
    let line = parts.next()?.parse().ok()?;
    Some(Err(Refusal { line, vi: parts.next()?.to_owned(), en: parts.next()?.to_owned() }))
}

fn draw(source: &str) -> Result<String, Refusal> {
    if source.len() > LONGEST {
        return Err(Refusal {
            line: 0,
            vi: format!("dài hơn {LONGEST} byte"),
            en: format!("it is longer than {LONGEST} bytes"),
        });
    }
    let lines = read::lines(source);
    let Some((head, body)) = lines.split_first() else {
        return Err(Refusal {
            line: 0,
            vi: "chưa có gì bên trong".to_owned(),
            en: "there is nothing in it".to_owned(),
        });
    };
    drawing(head, body).map_err(|p| Refusal { line: p.line, vi: p.vi, en: p.en })
}

fn drawing(head: &Line<'_>, body: &[Line<'_>]) -> Result<String, Problem> {
    // `flowchart LR; A --> B` may stand on one line.
    let (first, rest) = head.text.split_once(';').unwrap_or((head.text, ""));
    let rest = Line { number: head.number, text: rest.trim() };
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(body.len() + 1);
    if !rest.text.is_empty() {
        lines.push(rest);
    }
    lines.extend_from_slice(body);
    let mut words = first.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let more: Vec<&str> = words.collect();
    match kind {
        "flowchart" | "graph" => {
            let graph = flowchart::read(head.number, &more, &lines)?;
            layered::place(&graph).map(|p| draw::graph(&graph, &p))
        }
        "stateDiagram-v2" | "stateDiagram" if more.is_empty() => {
            let graph = state::read(head.number, &lines)?;
            layered::place(&graph).map(|p| draw::graph(&graph, &p))
        }
        "sequenceDiagram" if more.is_empty() => {
            let sequence = sequence::read(head.number, &lines)?;
            Ok(draw::sequence(&lanes::place(&sequence)))
        }
        _ => Err(head.problem(
            format!("chưa vẽ được loại `{first}`; vẽ được {KINDS}"),
            format!("`{first}` is not a kind that can be drawn; these are: {KINDS}"),
        )),
    }
}

#[cfg(test)]
mod tests;
