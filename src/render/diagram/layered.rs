//! Places boxes in ranks, so that arrows run one way and cross little.
//!
//! The method is the one of Sugiyama, Tagawa and Toda (1981): [`ranks`] breaks cycles and gives each
//! box a rank, [`order`] puts those of a rank beside one another, [`across`] gives them positions.
//! Between any two ranks of boxes lies one for the labels of arrows.
//!
//! Everything is thought downwards: `along` runs from rank to rank, `across` within one. Only at the
//! end do diagrams that run sideways exchange the two.

mod across;
mod order;
mod ranks;

use super::graph::{Direction, Graph, Shape};
use super::measure::{LINE, Words};
use super::read::Problem;

/// Around what a group holds.
pub(super) const GROUP_PAD: f64 = 14.0;

/// Above that, for its title.
pub(super) const GROUP_TITLE: f64 = LINE + 4.0;

/// Arrows that span many ranks take a place in each; beyond this no reader could follow them.
const MOST_ITEMS: usize = 1_200;

/// A label in a box is broken beyond this, in an arrow beyond that.
const WIDEST_LABEL: f64 = 190.0;
const WIDEST_IN_DECISION: f64 = 160.0;
const WIDEST_ON_ARROW: f64 = 140.0;

/// Around the whole.
const MARGIN: f64 = 2.0;

/// A rectangle, by its middle.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

pub(super) struct PlacedNode {
    pub area: Area,
    pub words: Words,
}

pub(super) struct PlacedEdge {
    /// From its start to its end, two for each stretch: curves lie between the second and the
    /// next first.
    pub points: Vec<(f64, f64)>,
    /// The words, and their middle.
    pub label: Option<(Words, f64, f64)>,
}

/// Where everything is.
pub(super) struct Placed {
    pub width: f64,
    pub height: f64,
    pub nodes: Vec<PlacedNode>,
    pub edges: Vec<PlacedEdge>,
    /// Groups with their titles.
    pub groups: Vec<(Area, Words)>,
}

/// What takes a place in a rank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Node(usize),
    /// Where an edge passes through.
    Pass,
    /// Where an edge has its label.
    Label(usize),
    /// A group that has nothing else in this rank.
    Filler,
}

#[derive(Clone, Copy, Debug)]
struct Item {
    kind: Kind,
    rank: usize,
    group: Option<usize>,
    /// Its extent within the rank, and from rank to rank.
    across: f64,
    along: f64,
}

/// The graph as the steps see it.
struct Layers {
    items: Vec<Item>,
    /// Items of neighbouring ranks that an edge connects, the upper first.
    links: Vec<(usize, usize)>,
    /// For each edge the items from its upper end to its lower.
    chains: Vec<Vec<usize>>,
    /// Whether an edge was turned, so that all lead downwards.
    turned: Vec<bool>,
    /// Items of each rank in their order.
    ranks: Vec<Vec<usize>>,
    /// First and last rank of each group.
    spans: Vec<(usize, usize)>,
}

pub(super) fn place(graph: &Graph) -> Result<Placed, Problem> {
    let words: Vec<Words> = graph.nodes.iter().map(words_of).collect();
    let labels: Vec<Words> =
        graph.edges.iter().map(|e| Words::within(&e.label, WIDEST_ON_ARROW)).collect();
    let sizes: Vec<(f64, f64)> =
        graph.nodes.iter().zip(&words).map(|(n, w)| size(n.shape, w)).collect();
    let mut layers = layers(graph, &sizes, &labels)?;
    order::sort(&mut layers, graph.groups.len());
    let titles: Vec<Words> = graph.groups.iter().map(|g| Words::title(&g.title)).collect();
    let positions = across::solve(&layers, graph.direction, &titles);
    Ok(Page { graph, layers, words, labels, sizes, titles, positions }.finish())
}

fn words_of(node: &super::graph::Node) -> Words {
    let most = match node.shape {
        Shape::Decision | Shape::Circle | Shape::DoubleCircle => WIDEST_IN_DECISION,
        _ => WIDEST_LABEL,
    };
    Words::within(&node.label, most)
}

/// The size of a box around its words.
fn size(shape: Shape, words: &Words) -> (f64, f64) {
    let (w, h) = (words.width, words.height.max(LINE));
    let (width, height) = match shape {
        Shape::Start => (18.0, 18.0),
        Shape::End => (22.0, 22.0),
        Shape::Decision if words.is_empty() => (32.0, 32.0),
        // The words' corners touch the sides where w / width + h / height is 1.
        Shape::Decision => (w * 1.5 + 28.0, h / (1.0 - w / (w * 1.5 + 28.0)) + 4.0),
        Shape::Circle => (w.hypot(h) + 12.0, w.hypot(h) + 12.0),
        Shape::DoubleCircle => (w.hypot(h) + 22.0, w.hypot(h) + 22.0),
        Shape::Stadium => (w + h + 12.0, h + 18.0),
        Shape::Subroutine => (w + 44.0, h + 18.0),
        Shape::Cylinder => (w + 32.0, h + 34.0),
        Shape::Hexagon | Shape::Flag => (w + 56.0, h + 18.0),
        Shape::LeanRight | Shape::LeanLeft | Shape::Wide | Shape::Narrow => (w + 64.0, h + 18.0),
        Shape::Box | Shape::Round => (w + 32.0, h + 18.0),
    };
    // Even numbers have a middle without fractions.
    let even = |x: f64| (x / 2.0).ceil() * 2.0;
    (even(width.max(18.0)), even(height))
}

/// Boxes in their ranks, and edges as chains of items through them.
fn layers(graph: &Graph, sizes: &[(f64, f64)], labels: &[Words]) -> Result<Layers, Problem> {
    let (of_node, turned) = ranks::assign(graph);
    let sideways = graph.direction.is_sideways();
    let turn = |(w, h): (f64, f64)| if sideways { (h, w) } else { (w, h) };
    let mut items: Vec<Item> = Vec::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let (across, along) = turn(sizes[at]);
        let (rank, group) = (of_node[at], node.group);
        items.push(Item { kind: Kind::Node(at), rank, group, across, along });
    }
    let (mut links, mut chains) = (Vec::new(), Vec::new());
    for (at, edge) in graph.edges.iter().enumerate() {
        let (upper, lower) = if turned[at] { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let (first, last) = (of_node[upper], of_node[lower]);
        let group = graph.nodes[upper].group.filter(|g| graph.nodes[lower].group == Some(*g));
        let middle = (first + last) / 2;
        // Labels stand in ranks of their own, which have odd numbers.
        let label_rank = if middle % 2 == 1 { middle } else { middle + 1 };
        let mut chain = vec![upper];
        for rank in first + 1..last {
            let has_label = rank == label_rank && !labels[at].is_empty();
            let (kind, (across, along)) = match has_label {
                true => {
                    let padded = (labels[at].width + 8.0, labels[at].height + 2.0);
                    (Kind::Label(at), turn(padded))
                }
                false => (Kind::Pass, (0.0, 0.0)),
            };
            items.push(Item { kind, rank, group, across, along });
            chain.push(items.len() - 1);
        }
        chain.push(lower);
        links.extend(chain.windows(2).map(|pair| (pair[0], pair[1])));
        chains.push(chain);
        if items.len() > MOST_ITEMS {
            return Err(Problem {
                line: 0,
                vi: "quá nhiều mũi tên dài: hãy chia thành nhiều sơ đồ".into(),
                en: "too many arrows span the diagram: make several diagrams of it".into(),
            });
        }
    }
    let spans = spans(graph, &of_node);
    fill(&mut items, &spans);
    let count = items.iter().map(|i| i.rank).max().unwrap_or(0) + 1;
    let mut layers = Layers { items, links, chains, turned, ranks: Vec::new(), spans };
    layers.ranks = order::first(&layers, count);
    Ok(layers)
}

fn spans(graph: &Graph, rank_of: &[usize]) -> Vec<(usize, usize)> {
    (0..graph.groups.len())
        .map(|group| {
            let members = graph.nodes.iter().zip(rank_of).filter(|(n, _)| n.group == Some(group));
            let (mut first, mut last) = (usize::MAX, 0);
            for (_, rank) in members {
                (first, last) = (first.min(*rank), last.max(*rank));
            }
            (first.min(last), last)
        })
        .collect()
}

/// A group without anything in one of its ranks still takes a place there.
fn fill(items: &mut Vec<Item>, spans: &[(usize, usize)]) {
    for (group, (first, last)) in spans.iter().enumerate() {
        for rank in *first..=*last {
            let is_there = |i: &Item| i.rank == rank && i.group == Some(group);
            if !items.iter().any(is_there) {
                let group = Some(group);
                items.push(Item { kind: Kind::Filler, rank, group, across: 0.0, along: 0.0 });
            }
        }
    }
}

/// All that is known before the last step.
struct Page<'a> {
    graph: &'a Graph,
    layers: Layers,
    words: Vec<Words>,
    labels: Vec<Words>,
    sizes: Vec<(f64, f64)>,
    titles: Vec<Words>,
    positions: across::Positions,
}

/// Start and end of each rank.
struct Stretches(Vec<(f64, f64)>);

impl Page<'_> {
    fn finish(self) -> Placed {
        let stretches = self.stretches();
        let along = |rank: usize| (stretches.0[rank].0 + stretches.0[rank].1) / 2.0;
        let groups = self.group_areas(&stretches);
        let edges = (0..self.graph.edges.len()).map(|e| self.edge(e, &stretches)).collect();
        let nodes = (self.words.iter().zip(&self.sizes).enumerate())
            .map(|(at, (words, (width, height)))| {
                let (x, y) = (self.positions.items[at], along(self.layers.items[at].rank));
                let area = Area { x, y, width: *width, height: *height };
                PlacedNode { area, words: words.clone() }
            })
            .collect();
        let titles = self.titles.iter().cloned();
        let mut placed = Placed {
            width: 0.0,
            height: 0.0,
            nodes,
            edges,
            groups: groups.into_iter().zip(titles).collect(),
        };
        turn(&mut placed, self.graph.direction);
        trim(&mut placed);
        placed
    }

    /// Where ranks lie. Groups need room before their first and after their last.
    fn stretches(&self) -> Stretches {
        let count = self.layers.ranks.len();
        let (mut before, mut after) = (vec![0.0f64; count], vec![0.0f64; count]);
        let direction = self.graph.direction;
        for (group, (first, last)) in self.layers.spans.iter().enumerate() {
            let title = if direction.is_sideways() { 0.0 } else { GROUP_TITLE };
            // The title is at the top, where upward diagrams have their last rank.
            let (head, foot) = match direction {
                Direction::Up => (0.0, title),
                _ => (title, 0.0),
            };
            before[*first] = before[*first].max(GROUP_PAD + head);
            after[*last] = after[*last].max(GROUP_PAD + foot);
            if direction.is_sideways() {
                let inner: f64 = (*first..=*last).map(|r| self.thickness(r) + gap(direction)).sum();
                after[*last] = after[*last].max(self.titles[group].width - inner + GROUP_PAD);
            }
        }
        let mut at = 0.0;
        let mut all = Vec::with_capacity(count);
        for rank in 0..count {
            at += before[rank];
            let end = at + self.thickness(rank);
            all.push((at, end));
            at = end + gap(direction) + after[rank];
        }
        Stretches(all)
    }

    fn thickness(&self, rank: usize) -> f64 {
        let items = self.layers.ranks[rank].iter();
        items.map(|i| self.layers.items[*i].along).fold(0.0, f64::max)
    }

    /// Groups in thought directions, as [`turn`] expects them.
    fn group_areas(&self, stretches: &Stretches) -> Vec<Area> {
        let direction = self.graph.direction;
        let title = if direction.is_sideways() { 0.0 } else { GROUP_TITLE };
        let (head, foot) = match direction {
            Direction::Up => (0.0, title),
            _ => (title, 0.0),
        };
        (self.layers.spans.iter().enumerate())
            .map(|(group, (first, last))| {
                let (left, right) = self.positions.groups[group];
                let start = stretches.0[*first].0 - GROUP_PAD - head;
                let mut end = stretches.0[*last].1 + GROUP_PAD + foot;
                if direction.is_sideways() {
                    end = end.max(start + self.titles[group].width + 2.0 * GROUP_PAD);
                }
                let (x, y) = ((left + right) / 2.0, (start + end) / 2.0);
                match direction.is_sideways() {
                    true => Area { x, y, width: end - start, height: right - left },
                    false => Area { x, y, width: right - left, height: end - start },
                }
            })
            .collect()
    }

    fn edge(&self, edge: usize, stretches: &Stretches) -> PlacedEdge {
        let chain = &self.layers.chains[edge];
        let (upper, lower) = (chain[0], chain[chain.len() - 1]);
        let at = |item: usize| self.positions.items[item];
        let middle = |item: usize| {
            let (start, end) = stretches.0[self.layers.items[item].rank];
            (start + end) / 2.0
        };
        let half = |item: usize| self.layers.items[item].along / 2.0;
        let mut points = vec![(self.port(edge, true), middle(upper) + half(upper))];
        let mut label = None;
        for item in &chain[1..chain.len() - 1] {
            let Item { kind, rank, .. } = self.layers.items[*item];
            let (start, end) = stretches.0[rank];
            match kind {
                Kind::Label(_) => {
                    label = Some((self.labels[edge].clone(), at(*item), middle(*item)));
                    points.push((at(*item), middle(*item) - half(*item)));
                    points.push((at(*item), middle(*item) + half(*item)));
                }
                // Beside boxes and labels an edge runs straight; elsewhere it is free to bend.
                _ if rank % 2 == 0 || start < end => {
                    points.extend([(at(*item), start), (at(*item), end)])
                }
                _ => {}
            }
        }
        points.push((self.port(edge, false), middle(lower) - half(lower)));
        if self.layers.turned[edge] {
            points.reverse();
        }
        PlacedEdge { points, label }
    }

    /// Where an edge meets its upper or lower box: in the middle, together with all others; but
    /// edges that come and edges that go keep apart.
    fn port(&self, edge: usize, upper: bool) -> f64 {
        let end = |chain: &[usize]| chain[if upper { 0 } else { chain.len() - 1 }];
        let own = end(&self.layers.chains[edge]);
        let middle = self.positions.items[own];
        let mut sharing = (self.layers.chains.iter().zip(&self.layers.turned))
            .filter(|(chain, _)| end(chain) == own);
        let turned = self.layers.turned[edge];
        if sharing.clone().all(|(_, t)| *t == turned) || !self.has_flat_sides(own) {
            return middle;
        }
        // Those that were turned stand on the side on which most of them leave.
        let lean = |(chain, t): (&Vec<usize>, &bool)| {
            let towards = self.towards(chain, upper) - middle;
            if *t { towards } else { -towards }
        };
        let side: f64 = sharing.by_ref().map(lean).sum();
        let sign = if (side >= 0.0) == turned { 1.0 } else { -1.0 };
        let room = self.layers.items[own].across / 2.0 - 16.0;
        middle + sign * room.clamp(4.0, 14.0)
    }

    fn has_flat_sides(&self, item: usize) -> bool {
        let Kind::Node(node) = self.layers.items[item].kind else { return false };
        matches!(self.graph.nodes[node].shape, Shape::Box | Shape::Round | Shape::Subroutine)
    }

    /// Where an edge goes next, seen from one of its ends.
    fn towards(&self, chain: &[usize], upper: bool) -> f64 {
        let is_bend = |i: &&usize| {
            let item = self.layers.items[**i];
            item.kind != Kind::Pass || item.rank.is_multiple_of(2)
        };
        let last = chain.len() - 1;
        let next = match upper {
            true => chain[1..].iter().find(is_bend),
            false => chain[..last].iter().rfind(is_bend),
        };
        next.map_or(0.0, |i| self.positions.items[*i])
    }
}

/// Half the distance of two ranks of boxes.
fn gap(direction: Direction) -> f64 {
    if direction.is_sideways() { 22.0 } else { 20.0 }
}

/// From thought directions to those of the page.
fn turn(placed: &mut Placed, direction: Direction) {
    let sign = if direction.is_backwards() { -1.0 } else { 1.0 };
    let turned = |x: f64, y: f64| match direction.is_sideways() {
        true => (y * sign, x),
        false => (x, y * sign),
    };
    let areas = placed.nodes.iter_mut().map(|n| &mut n.area);
    for area in areas.chain(placed.groups.iter_mut().map(|g| &mut g.0)) {
        (area.x, area.y) = turned(area.x, area.y);
    }
    for edge in &mut placed.edges {
        for point in &mut edge.points {
            *point = turned(point.0, point.1);
        }
        if let Some((_, x, y)) = &mut edge.label {
            (*x, *y) = turned(*x, *y);
        }
    }
}

/// Moves everything to the upper left corner, and to whole units.
fn trim(placed: &mut Placed) {
    let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut see = |x: f64, y: f64, w: f64, h: f64| {
        (left, right) = (left.min(x - w / 2.0), right.max(x + w / 2.0));
        (top, bottom) = (top.min(y - h / 2.0), bottom.max(y + h / 2.0));
    };
    let areas = placed.nodes.iter().map(|n| n.area);
    areas.chain(placed.groups.iter().map(|g| g.0)).for_each(|a| see(a.x, a.y, a.width, a.height));
    for edge in &placed.edges {
        edge.points.iter().for_each(|(x, y)| see(*x, *y, 8.0, 8.0));
        if let Some((words, x, y)) = &edge.label {
            see(*x, *y, words.width + 8.0, words.height);
        }
    }
    let (dx, dy) = (MARGIN - left.floor(), MARGIN - top.floor());
    let areas = placed.nodes.iter_mut().map(|n| &mut n.area);
    for area in areas.chain(placed.groups.iter_mut().map(|g| &mut g.0)) {
        (area.x, area.y) = ((area.x + dx).round(), (area.y + dy).round());
    }
    for edge in &mut placed.edges {
        for (x, y) in &mut edge.points {
            (*x, *y) = ((*x + dx).round(), (*y + dy).round());
        }
        if let Some((_, x, y)) = &mut edge.label {
            (*x, *y) = ((*x + dx).round(), (*y + dy).round());
        }
    }
    placed.width = (right + dx + MARGIN).ceil();
    placed.height = (bottom + dy + MARGIN).ceil();
}
