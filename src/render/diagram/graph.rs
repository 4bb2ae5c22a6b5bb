//! Boxes and arrows, as flowcharts and state diagrams share them.

use super::read::{Line, Problem};
use super::{MOST_EDGES, MOST_NODES};

/// Where arrows lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Down,
    Up,
    Right,
    Left,
}

impl Direction {
    pub fn read(word: &str) -> Option<Direction> {
        Some(match word {
            "TD" | "TB" => Direction::Down,
            "BT" => Direction::Up,
            "LR" => Direction::Right,
            "RL" => Direction::Left,
            _ => return None,
        })
    }

    /// Whether ranks lie side by side.
    pub fn is_sideways(self) -> bool {
        matches!(self, Direction::Right | Direction::Left)
    }

    /// Whether the first rank comes last on the page.
    pub fn is_backwards(self) -> bool {
        matches!(self, Direction::Up | Direction::Left)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Box,
    Round,
    Stadium,
    Subroutine,
    Cylinder,
    Circle,
    DoubleCircle,
    Decision,
    Hexagon,
    Flag,
    LeanRight,
    LeanLeft,
    Wide,
    Narrow,
    /// Where a state diagram begins and ends: a dot, a ring.
    Start,
    End,
}

/// What a box means, in the colours of the theme's alerts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tone {
    Note,
    Tip,
    Important,
    Warning,
    Danger,
}

/// The names of tones, for messages.
pub(super) const TONES: &str = "`note`, `tip`, `important`, `warning`, `danger`";

impl Tone {
    pub fn read(line: &Line<'_>, word: &str) -> Result<Tone, Problem> {
        Ok(match word {
            "note" => Tone::Note,
            "tip" => Tone::Tip,
            "important" => Tone::Important,
            "warning" => Tone::Warning,
            "danger" => Tone::Danger,
            _ => {
                return Err(line.problem(
                    format!("không có lớp `{word}`; có {TONES}"),
                    format!("there is no class `{word}`; these are: {TONES}"),
                ));
            }
        })
    }

    pub fn class(self) -> &'static str {
        match self {
            Tone::Note => "note",
            Tone::Tip => "tip",
            Tone::Important => "important",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub id: String,
    pub label: String,
    pub shape: Shape,
    pub tone: Option<Tone>,
    /// The group it stands in.
    pub group: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stroke {
    Solid,
    Dotted,
    Thick,
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tip {
    None,
    Arrow,
    Circle,
    Cross,
}

#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub from: usize,
    pub to: usize,
    pub label: String,
    pub stroke: Stroke,
    pub start: Tip,
    pub end: Tip,
    /// How many ranks it spans at least.
    pub length: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub id: String,
    pub title: String,
}

#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub direction: Direction,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub groups: Vec<Group>,
}

impl Graph {
    pub fn new(direction: Direction) -> Graph {
        Graph { direction, nodes: Vec::new(), edges: Vec::new(), groups: Vec::new() }
    }

    /// The node called `id`, which is made where it is new: a box that shows its name.
    pub fn node(&mut self, line: &Line<'_>, id: &str, shape: Shape) -> Result<usize, Problem> {
        if let Some(at) = self.nodes.iter().position(|n| n.id == id) {
            return Ok(at);
        }
        if self.nodes.len() == MOST_NODES {
            return Err(line.problem(
                format!("có hơn {MOST_NODES} ô: hãy chia thành nhiều sơ đồ"),
                format!("there are more than {MOST_NODES} boxes: make several diagrams of it"),
            ));
        }
        let (id, label) = (id.to_owned(), id.to_owned());
        self.nodes.push(Node { id, label, shape, tone: None, group: None });
        Ok(self.nodes.len() - 1)
    }

    pub fn connect(&mut self, line: &Line<'_>, edge: Edge) -> Result<(), Problem> {
        if self.edges.len() == MOST_EDGES {
            return Err(line.problem(
                format!("có hơn {MOST_EDGES} mũi tên: hãy chia thành nhiều sơ đồ"),
                format!("there are more than {MOST_EDGES} arrows: make several diagrams of it"),
            ));
        }
        if edge.from == edge.to {
            return Err(line.problem(
                "mũi tên quay về chính ô của nó: hãy viết điều đó trong ô",
                "an arrow leads back to its own box: say that within the box",
            ));
        }
        self.edges.push(edge);
        Ok(())
    }

    /// What is wrong with the whole.
    pub fn check(self, head: usize) -> Result<Graph, Problem> {
        let at = |vi: String, en: String| Err(Problem { line: head, vi, en });
        if self.nodes.is_empty() {
            return at("chưa có ô nào".into(), "there is no box in it".into());
        }
        // An arrow to a group would end in a box of the group's name.
        for group in &self.groups {
            if self.nodes.iter().any(|n| n.id == group.id && n.label == n.id) {
                return at(
                    format!("mũi tên dẫn đến cả nhóm `{}`: hãy dẫn đến một ô", group.id),
                    format!("an arrow leads to the group `{}`: lead it to a box", group.id),
                );
            }
        }
        if let Some(at_group) =
            (0..self.groups.len()).find(|g| self.nodes.iter().all(|n| n.group != Some(*g)))
        {
            let title = &self.groups[at_group].title;
            return at(
                format!("nhóm `{title}` không có ô nào"),
                format!("the group `{title}` has no box"),
            );
        }
        Ok(self)
    }
}
