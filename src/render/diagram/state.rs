//! Reads state diagrams, as boxes and arrows.

use super::graph::{Direction, Edge, Graph, Shape, Stroke, Tip};
use super::read::{Line, Problem, identifier, label};

/// What Mermaid's states can be and ours cannot.
const NOT_DRAWN: &[&str] = &["note", "classDef", "class", "style", "--"];

pub(super) fn read(head: usize, lines: &[Line<'_>]) -> Result<Graph, Problem> {
    let mut graph = Graph::new(Direction::Down);
    for line in lines {
        statement(&mut graph, line)?;
    }
    graph.check(head)
}

fn statement(graph: &mut Graph, line: &Line<'_>) -> Result<(), Problem> {
    let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
    match word {
        "direction" => match Direction::read(rest.trim()) {
            Some(direction) => graph.direction = direction,
            None => return Err(line.not_understood(rest)),
        },
        "state" => return declared(graph, line, rest.trim()),
        word if NOT_DRAWN.contains(&word) => {
            return Err(line.problem(
                format!("chưa vẽ được `{word}` trong sơ đồ trạng thái"),
                format!("`{word}` cannot be drawn in a state diagram"),
            ));
        }
        _ => return transition(graph, line),
    }
    Ok(())
}

/// `state "Words" as id`, `state id <<choice>>`.
fn declared(graph: &mut Graph, line: &Line<'_>, rest: &str) -> Result<(), Problem> {
    if let Some((words, id)) = rest.strip_prefix('"').and_then(|r| r.split_once('"')) {
        let id = id.trim().strip_prefix("as ").and_then(|i| identifier(i.trim()));
        let Some((id, "")) = id else { return Err(line.not_understood(rest)) };
        let at = graph.node(line, id, Shape::Round)?;
        graph.nodes[at].label = label(line, words)?;
        return Ok(());
    }
    match identifier(rest) {
        Some((id, after)) if after.trim() == "<<choice>>" => {
            let at = graph.node(line, id, Shape::Decision)?;
            graph.nodes[at].shape = Shape::Decision;
            graph.nodes[at].label = String::new();
            Ok(())
        }
        Some((id, "")) => graph.node(line, id, Shape::Round).map(drop),
        Some((_, after)) if after.trim_start().starts_with('{') => Err(line.problem(
            "chưa vẽ được trạng thái chứa trạng thái khác",
            "a state that holds other states cannot be drawn",
        )),
        _ => Err(line.not_understood(rest)),
    }
}

/// `a --> b : words`, `a : words`, `[*] --> a`.
fn transition(graph: &mut Graph, line: &Line<'_>) -> Result<(), Problem> {
    let (from, rest) = state(graph, line, line.text, true)?;
    let rest = rest.trim_start();
    if let Some(words) = rest.strip_prefix(':') {
        graph.nodes[from].label = label(line, words)?;
        return Ok(());
    }
    if rest.is_empty() {
        return Ok(());
    }
    let Some(after) = rest.strip_prefix("-->") else { return Err(line.not_understood(rest)) };
    let (to, rest) = state(graph, line, after.trim_start(), false)?;
    let words = match rest.trim_start() {
        "" => "",
        rest => rest.strip_prefix(':').ok_or_else(|| line.not_understood(rest))?,
    };
    let edge = Edge {
        from,
        to,
        label: label(line, words)?,
        stroke: Stroke::Solid,
        start: Tip::None,
        end: Tip::Arrow,
        length: 1,
    };
    graph.connect(line, edge)
}

fn state<'t>(
    graph: &mut Graph,
    line: &Line<'_>,
    text: &'t str,
    is_first: bool,
) -> Result<(usize, &'t str), Problem> {
    if let Some(rest) = text.strip_prefix("[*]") {
        // Names that nobody can write.
        let (id, shape) = if is_first { ("[start]", Shape::Start) } else { ("[end]", Shape::End) };
        let at = graph.node(line, id, shape)?;
        graph.nodes[at].label = String::new();
        return Ok((at, rest));
    }
    let Some((id, rest)) = identifier(text) else { return Err(line.not_understood(text)) };
    Ok((graph.node(line, id, Shape::Round)?, rest))
}
