//! Reads flowcharts. What is not understood is refused at its line: a box that silently went
//! missing would be worse than no picture.

use super::graph::{Direction, Edge, Graph, Group, Shape, Stroke, Tip, Tone};
use super::read::{Line, Problem, identifier, label};

/// Openings of boxes, longest first, with what closes them.
const SHAPES: &[(&str, &[(&str, Shape)])] = &[
    ("(((", &[(")))", Shape::DoubleCircle)]),
    ("((", &[("))", Shape::Circle)]),
    ("([", &[("])", Shape::Stadium)]),
    ("(", &[(")", Shape::Round)]),
    ("[[", &[("]]", Shape::Subroutine)]),
    ("[(", &[(")]", Shape::Cylinder)]),
    ("[/", &[("/]", Shape::LeanRight), ("\\]", Shape::Narrow)]),
    ("[\\", &[("\\]", Shape::LeanLeft), ("/]", Shape::Wide)]),
    ("[", &[("]", Shape::Box)]),
    ("{{", &[("}}", Shape::Hexagon)]),
    ("{", &[("}", Shape::Decision)]),
    (">", &[("]", Shape::Flag)]),
];

/// Words that colour or script a diagram by hand.
const BY_HAND: &[&str] = &["classDef", "style", "linkStyle", "click", "accTitle", "accDescr"];

/// The flowchart whose first line has `words` after its name.
pub(super) fn read(head: usize, words: &[&str], lines: &[Line<'_>]) -> Result<Graph, Problem> {
    let direction = match words {
        [] => Direction::Down,
        [word] if Direction::read(word).is_some() => {
            Direction::read(word).unwrap_or(Direction::Down)
        }
        _ => {
            let words = words.join(" ");
            return Err(Problem {
                line: head,
                vi: format!("không có hướng `{words}`; có `TD`, `BT`, `LR`, `RL`"),
                en: format!("there is no direction `{words}`; these are: `TD`, `BT`, `LR`, `RL`"),
            });
        }
    };
    let mut reader = Reader { graph: Graph::new(direction), group: None };
    for line in lines {
        reader.line(line)?;
    }
    if let Some((_, opened)) = reader.group {
        return Err(Problem {
            line: opened,
            vi: "nhóm mở ở đây không có `end`".into(),
            en: "the group that opens here has no `end`".into(),
        });
    }
    reader.graph.check(head)
}

struct Reader {
    graph: Graph,
    /// The open group and its line.
    group: Option<(usize, usize)>,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
        match word {
            "subgraph" => self.open_group(line, rest.trim()),
            "end" if rest.is_empty() => match self.group.take() {
                Some(_) => Ok(()),
                None => Err(line.problem("`end` này không đóng gì", "this `end` closes nothing")),
            },
            "class" => self.class(line, rest),
            "direction" => Err(line.problem(
                "chưa vẽ được hướng riêng cho một nhóm: hãy bỏ dòng này",
                "a group cannot have a direction of its own: leave this line out",
            )),
            word if BY_HAND.contains(&word.trim_end_matches(':')) => Err(line.problem(
                format!(
                    "không dùng `{word}`: màu do giao diện định, chỉ cần thêm `:::danger` sau ô"
                ),
                format!(
                    "`{word}` is not used: the theme has the colours; write `:::danger` after a box"
                ),
            )),
            _ => self.statement(line),
        }
    }

    fn open_group(&mut self, line: &Line<'_>, text: &str) -> Result<(), Problem> {
        if self.group.is_some() {
            return Err(line.problem(
                "chưa vẽ được nhóm nằm trong nhóm",
                "a group within a group cannot be drawn",
            ));
        }
        // `subgraph id [Title]`, `subgraph "Title"` and `subgraph Title`.
        let bracketed = identifier(text)
            .and_then(|(id, rest)| Some((id, rest.trim_start().strip_prefix('[')?)))
            .and_then(|(id, rest)| Some((id, rest.strip_suffix(']')?)));
        let (id, title) = bracketed.unwrap_or((text, text));
        let title = label(line, title.trim().trim_matches('"'))?;
        self.graph.groups.push(Group { id: id.to_owned(), title });
        self.group = Some((self.graph.groups.len() - 1, line.number));
        Ok(())
    }

    /// `class A,B danger`.
    fn class(&mut self, line: &Line<'_>, rest: &str) -> Result<(), Problem> {
        let Some((ids, tone)) = rest.trim().rsplit_once(char::is_whitespace) else {
            return Err(line.not_understood(rest));
        };
        let tone = Tone::read(line, tone)?;
        for id in ids.split(',').map(str::trim) {
            let Some(node) = self.graph.nodes.iter_mut().find(|n| n.id == id) else {
                return Err(line.problem(
                    format!("chưa có ô `{id}` ở các dòng trên"),
                    format!("there is no box `{id}` in the lines above"),
                ));
            };
            node.tone = Some(tone);
        }
        Ok(())
    }

    /// Boxes and the arrows between them: `A & B --> C[x] --> D`.
    fn statement(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (mut from, mut rest) = self.boxes(line, line.text)?;
        loop {
            rest = rest.trim_start();
            if let Some(next) = rest.strip_prefix(';') {
                (from, rest) = self.boxes(line, next.trim_start())?;
                continue;
            }
            if rest.is_empty() {
                return Ok(());
            }
            let (arrow, after) = arrow(line, rest)?;
            let (to, after) = self.boxes(line, after.trim_start())?;
            for from in &from {
                for to in &to {
                    self.graph.connect(line, Edge { from: *from, to: *to, ..arrow.clone() })?;
                }
            }
            (from, rest) = (to, after);
        }
    }

    fn boxes<'t>(
        &mut self,
        line: &Line<'_>,
        text: &'t str,
    ) -> Result<(Vec<usize>, &'t str), Problem> {
        let mut all = Vec::new();
        let mut rest = text;
        loop {
            let (node, after) = self.one_box(line, rest)?;
            all.push(node);
            match after.trim_start().strip_prefix('&') {
                Some(next) => rest = next.trim_start(),
                None => return Ok((all, after)),
            }
        }
    }

    fn one_box<'t>(&mut self, line: &Line<'_>, text: &'t str) -> Result<(usize, &'t str), Problem> {
        let Some((id, mut rest)) = identifier(text) else {
            return Err(line.not_understood(text));
        };
        let at = self.graph.node(line, id, Shape::Box)?;
        if let Some((open, closings)) = SHAPES.iter().find(|(open, _)| rest.starts_with(open)) {
            let (text, shape, after) = boxed(line, &rest[open.len()..], closings)?;
            let node = &mut self.graph.nodes[at];
            node.label = label(line, text)?;
            node.shape = shape;
            rest = after;
        }
        if let Some(after) = rest.strip_prefix(":::") {
            let Some((tone, after)) = identifier(after) else {
                return Err(line.not_understood(rest));
            };
            self.graph.nodes[at].tone = Some(Tone::read(line, tone)?);
            rest = after;
        }
        let node = &mut self.graph.nodes[at];
        if let (None, Some((group, _))) = (node.group, self.group) {
            node.group = Some(group);
        }
        Ok((at, rest))
    }
}

/// The text of a box up to what closes it, in quotes or not.
fn boxed<'t>(
    line: &Line<'_>,
    rest: &'t str,
    closings: &[(&str, Shape)],
) -> Result<(&'t str, Shape, &'t str), Problem> {
    let unclosed = || {
        let wanted = closings[0].0;
        line.problem(
            format!("ô mở ở dòng này không có `{wanted}` đóng lại"),
            format!("a box that opens in this line is not closed with `{wanted}`"),
        )
    };
    if let Some(quoted) = rest.trim_start().strip_prefix('"') {
        let (text, after) = quoted.split_once('"').ok_or_else(unclosed)?;
        let after = after.trim_start();
        let closing = closings.iter().find(|(c, _)| after.starts_with(c)).ok_or_else(unclosed)?;
        return Ok((text, closing.1, &after[closing.0.len()..]));
    }
    let found = closings.iter().filter_map(|(c, shape)| Some((rest.find(c)?, c, *shape)));
    let (at, closing, shape) = found.min_by_key(|(at, ..)| *at).ok_or_else(unclosed)?;
    let text = &rest[..at];
    if let Some(sign) = text.chars().find(|c| "[](){}\"".contains(*c)) {
        return Err(line.problem(
            format!("chữ trong ô có `{sign}`: hãy đặt cả nhãn trong ngoặc kép, như `A[\"...\"]`"),
            format!("the text of a box has `{sign}`: put it in quotes, as in `A[\"...\"]`"),
        ));
    }
    Ok((text, shape, &rest[at + closing.len()..]))
}

/// The arrow that `text` starts with; its ends are filled in by the caller.
fn arrow<'t>(line: &Line<'_>, text: &'t str) -> Result<(Edge, &'t str), Problem> {
    let not_understood = || line.not_understood(text);
    let (start, rest) = match text.strip_prefix('<') {
        Some(rest) => (Tip::Arrow, rest),
        None => (Tip::None, text),
    };
    let (stroke, sign) = match rest.as_bytes() {
        [b'-', b'.', ..] => (Stroke::Dotted, '.'),
        [b'-', b'-', ..] => (Stroke::Solid, '-'),
        [b'=', b'=', ..] => (Stroke::Thick, '='),
        _ => return Err(not_understood()),
    };
    // The first run of signs either ends the arrow, or its text follows.
    let (run, after) = signs(rest, stroke, sign);
    let ended = closing(after, stroke, run);
    let (end, length, written, after) = match ended {
        Some((end, after)) => (end, run, None, after),
        None => {
            let second = text_end(after, stroke).ok_or_else(not_understood)?;
            let (written, tail) = after.split_at(second);
            let (run, after) = signs(tail, stroke, sign);
            let (end, after) = closing(after, stroke, run).ok_or_else(not_understood)?;
            (end, run, Some(written), after)
        }
    };
    let (written, after) = match (written, after.trim_start().strip_prefix('|')) {
        (None, Some(piped)) => {
            let (text, after) = piped.split_once('|').ok_or_else(not_understood)?;
            (Some(text), after)
        }
        (written, _) => (written, after),
    };
    let label = label(line, written.unwrap_or_default().trim().trim_matches('"'))?;
    let base = if stroke == Stroke::Dotted { 1 } else { 2 };
    // `---` has one sign more than `-->`.
    let spare = length - base - usize::from(end == Tip::None && stroke != Stroke::Dotted);
    let length = 1 + spare.min(4);
    Ok((Edge { from: 0, to: 0, label, stroke, start, end, length }, after))
}

/// Counts the signs that make an arrow long. A dotted one is counted by its points.
fn signs(text: &str, stroke: Stroke, sign: char) -> (usize, &str) {
    let text = match stroke {
        Stroke::Dotted => text.strip_prefix('-').unwrap_or(text),
        _ => text,
    };
    let rest = text.trim_start_matches(sign);
    (text.len() - rest.len(), rest)
}

/// How an arrow ends whose `run` signs were read; nothing when its text follows.
fn closing(rest: &str, stroke: Stroke, run: usize) -> Option<(Tip, &str)> {
    let rest = match stroke {
        Stroke::Dotted => rest.strip_prefix('-')?,
        _ => rest,
    };
    if let Some(rest) = rest.strip_prefix('>') {
        return Some((Tip::Arrow, rest));
    }
    // `--o B` ends in a circle, `-- on time -->` begins a text.
    let ends_here = |rest: &str| rest.starts_with([' ', '|']) || rest.is_empty();
    if let Some(after) = rest.strip_prefix('o').filter(|a| ends_here(a)) {
        return Some((Tip::Circle, after));
    }
    if let Some(after) = rest.strip_prefix('x').filter(|a| ends_here(a)) {
        return Some((Tip::Cross, after));
    }
    (stroke == Stroke::Dotted || run >= 3).then_some((Tip::None, rest))
}

/// Where the text of an arrow ends.
fn text_end(text: &str, stroke: Stroke) -> Option<usize> {
    match stroke {
        Stroke::Dotted => text.find(".-"),
        Stroke::Solid => text.find("--"),
        Stroke::Thick => text.find("=="),
    }
}
