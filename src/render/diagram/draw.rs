//! Writes what was placed as SVG: shapes with classes, then all words.
//!
//! Attributes on the outermost group make the drawing readable without any style sheet: outlines
//! and words in the colour of the text around it. The theme colours the classes (`css/diagrams.css`).

use super::graph::{Graph, Node, Shape, Stroke, Tip};
use super::lanes::{self, Lane};
use super::layered::{self, Area, GROUP_PAD};
use super::measure::{BASELINE, LINE, TEXT, Words};
use super::sequence::Head;
use crate::render::html::escape::push_text;
use std::fmt::Write;

/// How long and how wide the head of an arrow is, from its point.
const HEAD: (f64, f64) = (9.0, 4.5);

/// Text is not made smaller than this part of its size; wider drawings are moved sideways.
const SMALLEST: f64 = 0.75;

/// Widths that the style sheet has classes for, in multiples of the text's size.
const STEP: usize = 4;
const NARROWEST: usize = 20;
const WIDEST: usize = 80;

/// A drawing in layers: what comes later lies on top.
#[derive(Default)]
struct Layers {
    frames: String,
    lines: String,
    heads: String,
    labels: String,
    shapes: String,
    words: String,
}

impl Layers {
    /// The whole element, without its start.
    fn finish(self, width: f64, height: f64) -> String {
        let mut out = String::new();
        let scaled = (width * SMALLEST / TEXT).ceil() as usize;
        if scaled > NARROWEST {
            let class = scaled.next_multiple_of(STEP).min(WIDEST);
            let _ = write!(out, " class=\"d-min-{class}\"");
        }
        let (w, h) = (Number(width), Number(height));
        let ems = Tenths(width / TEXT);
        let _ = write!(out, " viewBox=\"0 0 {w} {h}\" width=\"{ems}em\">");
        let size = Number(TEXT);
        let _ = write!(
            out,
            "<g fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" font-size=\"{size}\" text-anchor=\"middle\">"
        );
        let filled = " fill=\"currentColor\" stroke=\"none\"";
        for (class, attributes, content) in [
            ("d-frames", "", self.frames),
            ("d-lines", " stroke-linejoin=\"round\"", self.lines),
            ("d-heads", " fill=\"currentColor\" stroke-linejoin=\"round\"", self.heads),
            ("d-labels", " stroke=\"none\"", self.labels),
            ("d-shapes", "", self.shapes),
            ("d-words", filled, self.words),
        ] {
            if !content.is_empty() {
                let _ = write!(out, "<g class=\"{class}\"{attributes}>{content}</g>");
            }
        }
        out.push_str("</g></svg>");
        out
    }

    /// Words around a middle.
    fn words(&mut self, words: &Words, x: f64, y: f64, attributes: &str) {
        let top = y - words.lines.len() as f64 * LINE / 2.0;
        for (at, line) in words.lines.iter().enumerate() {
            let baseline = Number(top + at as f64 * LINE + BASELINE);
            let _ = write!(self.words, "<text x=\"{}\" y=\"{baseline}\"{attributes}>", Number(x));
            push_text(&mut self.words, line);
            self.words.push_str("</text>");
        }
    }

    /// Words that lie on lines, on a ground of their own.
    fn label(&mut self, words: &Words, x: f64, y: f64, is_framed: bool) {
        if words.is_empty() {
            return;
        }
        let area = Area { x, y, width: words.width + 8.0, height: words.height };
        let class = if is_framed { " class=\"d-on-frame\"" } else { "" };
        self.labels.push_str(&rectangle(area, 4.0, class));
        self.words(words, x, y, "");
    }

    /// The end of a line at `point`, which comes from `from` straight along an axis.
    fn head(&mut self, tip: Tip, from: (f64, f64), point: (f64, f64)) {
        let (dx, dy) = towards(from, point);
        // To the point of the head: back by `b`, aside by `s`.
        let at =
            |b: f64, s: f64| (Number(point.0 - dx * b - dy * s), Number(point.1 - dy * b + dx * s));
        let (long, wide) = HEAD;
        match tip {
            Tip::None => {}
            Tip::Arrow => {
                let (x, y) = at(0.5, 0.0);
                // Relative, so that all heads of one direction read alike and pack well.
                let (back, aside) = (long - 0.5, 2.0 * wide);
                let (ax, ay) = (Number(-dx * back - dy * wide), Number(-dy * back + dx * wide));
                let (bx, by) = (Number(dy * aside), Number(-dx * aside));
                let _ = write!(self.heads, "<path d=\"M{x} {y}l{ax} {ay} {bx} {by}z\"/>");
            }
            Tip::Circle => {
                let (x, y) = at(5.0, 0.0);
                let _ = write!(self.heads, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
            }
            Tip::Cross => {
                let ((ax, ay), (bx, by)) = (at(10.0, 5.0), at(1.0, -5.0));
                let ((cx, cy), (ex, ey)) = (at(10.0, -5.0), at(1.0, 5.0));
                let _ =
                    write!(self.heads, "<path d=\"M{ax} {ay}L{bx} {by}M{cx} {cy}L{ex} {ey}\"/>");
            }
        }
    }
}

/// The direction of a straight line along an axis.
fn towards(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    match dx.abs() > dy.abs() {
        true => (dx.signum(), 0.0),
        false => (0.0, dy.signum()),
    }
}

/// A coordinate in whole units: half a pixel that nobody sees is a byte that everybody loads.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.round() as i64)
    }
}

/// A length with one digit after the point where it needs one.
struct Tenths(f64);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        match tenths % 10 {
            0 => write!(f, "{}", tenths / 10),
            rest => write!(f, "{}.{rest}", tenths / 10),
        }
    }
}

fn rectangle(area: Area, radius: f64, class: &str) -> String {
    let (x, y) = (Number(area.x - area.width / 2.0), Number(area.y - area.height / 2.0));
    let (width, height, radius) = (Number(area.width), Number(area.height), Number(radius));
    let round = if radius.0 > 0.0 { format!(" rx=\"{radius}\"") } else { String::new() };
    format!("<rect{class} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}/>")
}

fn circle(class: &str, area: Area, radius: f64) -> String {
    let (x, y, radius) = (Number(area.x), Number(area.y), Number(radius));
    format!("<circle{class} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")
}

/// A closed line through corners given from the middle of `area`.
fn polygon(class: &str, area: Area, corners: &[(f64, f64)]) -> String {
    let mut out = format!("<path{class} d=\"");
    for (at, (x, y)) in corners.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(out, "{letter}{} {}", Number(area.x + x), Number(area.y + y));
    }
    out.push_str("z\"/>");
    out
}

pub(super) fn graph(graph: &Graph, placed: &layered::Placed) -> String {
    let mut layers = Layers::default();
    for (area, title) in &placed.groups {
        layers.frames.push_str(&rectangle(*area, 8.0, ""));
        let x = area.x - area.width / 2.0 + GROUP_PAD;
        let y = area.y - area.height / 2.0 + 6.0 + LINE / 2.0;
        let ground = Area { x: x + title.width / 2.0, y, width: title.width, height: title.height };
        layers.labels.push_str(&rectangle(ground, 0.0, " class=\"d-on-frame\""));
        layers.words(title, x, y, " class=\"d-title\" text-anchor=\"start\"");
    }
    let sideways = graph.direction.is_sideways();
    for (edge, line) in graph.edges.iter().zip(&placed.edges) {
        let points = &line.points;
        let last = points.len() - 1;
        let mut shortened = points.clone();
        // Heads are drawn by themselves; lines end within them.
        for (tip, at, towards_) in [(edge.start, 0, 1), (edge.end, last, last - 1)] {
            if tip != Tip::None {
                let from = axis(points[towards_], points[at], sideways);
                let (dx, dy) = towards(from, points[at]);
                layers.head(tip, from, points[at]);
                shortened[at] =
                    (points[at].0 - dx * (HEAD.0 - 1.0), points[at].1 - dy * (HEAD.0 - 1.0));
            }
        }
        let class = match edge.stroke {
            Stroke::Solid => "",
            Stroke::Dotted => " class=\"d-dotted\" stroke-dasharray=\"5 4\"",
            Stroke::Thick => " class=\"d-thick\" stroke-width=\"3\"",
        };
        let _ = write!(layers.lines, "<path{class} d=\"{}\"/>", curve(&shortened, sideways));
        if let Some((words, x, y)) = &line.label {
            let groups = [edge.from, edge.to].map(|n| graph.nodes[n].group);
            layers.label(words, *x, *y, groups[0].is_some() && groups[0] == groups[1]);
        }
    }
    for (node, at) in graph.nodes.iter().zip(&placed.nodes) {
        layers.shapes.push_str(&shape(node, at.area));
        let lower = if node.shape == Shape::Cylinder { 6.0 } else { 0.0 };
        layers.words(&at.words, at.area.x, at.area.y + lower, "");
    }
    layers.finish(placed.width, placed.height)
}

/// A point straight before `end`, on the side of `from`.
fn axis(from: (f64, f64), end: (f64, f64), sideways: bool) -> (f64, f64) {
    match sideways {
        true => (from.0, end.1),
        false => (end.0, from.1),
    }
}

/// The line of an edge: curves between ranks, straight beside boxes and through labels.
fn curve(points: &[(f64, f64)], sideways: bool) -> String {
    let mut out = format!("M{} {}", Number(points[0].0), Number(points[0].1));
    for (at, (x, y)) in points.iter().enumerate().skip(1) {
        let (px, py) = points[at - 1];
        let (x_, y_) = (Number(*x), Number(*y));
        let offset = if sideways { y - py } else { x - px };
        let _ = match (at % 2 == 0 || offset.abs() < 0.5, sideways) {
            (true, _) => write!(out, "L{x_} {y_}"),
            (_, false) => {
                let middle = Number((py + y) / 2.0);
                write!(out, "C{} {middle} {x_} {middle} {x_} {y_}", Number(px))
            }
            (_, true) => {
                let middle = Number((px + x) / 2.0);
                write!(out, "C{middle} {} {middle} {y_} {x_} {y_}", Number(py))
            }
        };
    }
    out
}

fn shape(node: &Node, area: Area) -> String {
    let kind = match node.shape {
        Shape::Decision => " d-decision",
        Shape::Stadium | Shape::Circle | Shape::DoubleCircle => " d-end",
        Shape::Start => " d-start",
        _ => "",
    };
    let tone = node.tone.map(|t| format!(" d-{}", t.class())).unwrap_or_default();
    let class = format!(" class=\"d-box{kind}{tone}\"");
    let (w, h) = (area.width / 2.0, area.height / 2.0);
    match node.shape {
        Shape::Box => rectangle(area, 6.0, &class),
        Shape::Round => rectangle(area, 14.0, &class),
        Shape::Stadium => rectangle(area, h, &class),
        Shape::Circle => circle(&class, area, h),
        Shape::Start => circle(&class, area, h).replace("/>", " fill=\"currentColor\"/>"),
        Shape::DoubleCircle => circle(&class, area, h) + &circle("", area, h - 5.0),
        Shape::End => {
            let dot = circle(" class=\"d-start\" fill=\"currentColor\"", area, h - 5.0);
            circle(&class, area, h) + &dot
        }
        Shape::Subroutine => {
            let inner = Area { width: area.width - 16.0, ..area };
            rectangle(area, 3.0, &class) + &rectangle(inner, 0.0, "")
        }
        Shape::Cylinder => cylinder(&class, area),
        Shape::Decision => polygon(&class, area, &[(0.0, -h), (w, 0.0), (0.0, h), (-w, 0.0)]),
        Shape::Hexagon => {
            let s = w - 16.0;
            polygon(&class, area, &[(-s, -h), (s, -h), (w, 0.0), (s, h), (-s, h), (-w, 0.0)])
        }
        Shape::Flag => {
            let notch = 14.0 - w;
            polygon(&class, area, &[(-w, -h), (w, -h), (w, h), (-w, h), (notch, 0.0)])
        }
        Shape::LeanRight => {
            polygon(&class, area, &[(18.0 - w, -h), (w, -h), (w - 18.0, h), (-w, h)])
        }
        Shape::LeanLeft => {
            polygon(&class, area, &[(-w, -h), (w - 18.0, -h), (w, h), (18.0 - w, h)])
        }
        Shape::Narrow => polygon(&class, area, &[(18.0 - w, -h), (w - 18.0, -h), (w, h), (-w, h)]),
        Shape::Wide => polygon(&class, area, &[(-w, -h), (w, -h), (w - 18.0, h), (18.0 - w, h)]),
    }
}

fn cylinder(class: &str, area: Area) -> String {
    let (w, h) = (area.width / 2.0, area.height / 2.0);
    let (left, right) = (Number(area.x - w), Number(area.x + w));
    let (top, bottom) = (Number(area.y - h + 8.0), Number(area.y + h - 8.0));
    let w = Number(w);
    format!(
        "<path{class} d=\"M{left} {top}A{w} 8 0 0 1 {right} {top}V{bottom}A{w} 8 0 0 1 {left} {bottom}z\"/>\
         <path d=\"M{left} {top}A{w} 8 0 0 0 {right} {top}\"/>"
    )
}

pub(super) fn sequence(placed: &lanes::Placed) -> String {
    let mut layers = Layers::default();
    for frame in &placed.frames {
        draw_frame(&mut layers, frame);
    }
    for (x, top, bottom) in &placed.lines {
        let (x, top, bottom) = (Number(*x), Number(*top), Number(*bottom));
        let _ = write!(layers.lines, "<path class=\"d-life\" d=\"M{x} {top}V{bottom}\"/>");
    }
    for bar in &placed.bars {
        layers.lines.push_str(&rectangle(*bar, 2.0, " class=\"d-bar\""));
    }
    placed.messages.iter().for_each(|m| draw_message(&mut layers, m));
    for (area, words) in &placed.notes {
        layers.shapes.push_str(&rectangle(*area, 3.0, " class=\"d-box d-note\""));
        layers.words(words, area.x, area.y, "");
    }
    placed.lanes.iter().for_each(|l| draw_lane(&mut layers, l));
    layers.finish(placed.width, placed.height)
}

fn draw_frame(layers: &mut Layers, frame: &lanes::Frame) {
    layers.frames.push_str(&rectangle(frame.area, 8.0, ""));
    let left = frame.area.x - frame.area.width / 2.0;
    for (at, (words, top)) in frame.parts.iter().enumerate() {
        if at > 0 {
            let (x, y, width) = (Number(left), Number(*top), Number(frame.area.width));
            let _ =
                write!(layers.frames, "<path stroke-dasharray=\"5 4\" d=\"M{x} {y}h{width}\"/>");
        }
        let y = top + 4.0 + words.height / 2.0;
        let area = Area {
            x: left + 12.0 + words.width / 2.0,
            y,
            width: words.width,
            height: words.height,
        };
        if !words.is_empty() {
            // Over the lines of participants.
            layers.labels.push_str(&rectangle(area, 0.0, " class=\"d-on-frame\""));
        }
        layers.words(words, left + 12.0, y, " class=\"d-title\" text-anchor=\"start\"");
    }
}

fn draw_message(layers: &mut Layers, message: &lanes::PlacedMessage) {
    let points = &message.points;
    let (first, last) = (points[0], points[points.len() - 1]);
    let before = points[points.len() - 2];
    let class = if message.dashed { " class=\"d-dotted\" stroke-dasharray=\"5 4\"" } else { "" };
    let mut line = points.clone();
    let sign = (last.0 - before.0).signum();
    let shortens = |head: Head| if head == Head::Filled { HEAD.0 - 1.0 } else { 0.0 };
    let end = line.len() - 1;
    line[end].0 -= sign * shortens(message.head);
    if message.both {
        line[0].0 += sign * shortens(message.head);
        layers.head(Tip::Arrow, points[1], first);
    }
    let mut d = String::new();
    for (at, (x, y)) in line.iter().enumerate() {
        let (px, py) = line[at.saturating_sub(1)];
        let _ = match (at, *x == px, *y == py) {
            (0, _, _) => write!(d, "M{} {}", Number(*x), Number(*y)),
            (_, _, true) => write!(d, "H{}", Number(*x)),
            (_, true, _) => write!(d, "V{}", Number(*y)),
            _ => write!(d, "L{} {}", Number(*x), Number(*y)),
        };
    }
    let _ = write!(layers.lines, "<path{class} d=\"{d}\"/>");
    match message.head {
        Head::None => {}
        Head::Filled => layers.head(Tip::Arrow, before, last),
        Head::Cross => layers.head(Tip::Cross, before, last),
        Head::Open => {
            let (x, y) = last;
            let back = Number(x - sign * 8.0);
            let (up, down) = (Number(y - 5.0), Number(y + 5.0));
            let (x, y) = (Number(x), Number(y));
            let _ = write!(layers.lines, "<path d=\"M{back} {up}L{x} {y}L{back} {down}\"/>");
        }
    }
    let (x, y) = message.label_at;
    match message.is_loop {
        true => layers.words(&message.label, x, y, " text-anchor=\"start\""),
        false => layers.label(&message.label, x, y, message.is_framed),
    }
    if let Some((number, x, y)) = message.number {
        let area = Area { x, y, width: 0.0, height: 0.0 };
        layers.shapes.push_str(&circle(" class=\"d-number\"", area, 11.0));
        let _ = write!(
            layers.words,
            "<text class=\"d-digit\" font-size=\"13\" x=\"{}\" y=\"{}\">{number}</text>",
            Number(x),
            Number(y + 4.5)
        );
    }
}

fn draw_lane(layers: &mut Layers, lane: &Lane) {
    let area = lane.box_;
    if !lane.is_person {
        layers.shapes.push_str(&rectangle(area, 6.0, " class=\"d-box d-who\""));
        layers.words(&lane.words, area.x, area.y, "");
        return;
    }
    let top = area.y - area.height / 2.0;
    let head = Area { x: area.x, y: top + 9.0, width: 0.0, height: 0.0 };
    layers.shapes.push_str(&circle(" class=\"d-box d-who\"", head, 7.0));
    let (left, y) = (Number(area.x - 13.0), Number(top + 30.0));
    let _ =
        write!(layers.shapes, "<path class=\"d-box d-who\" d=\"M{left} {y}a13 12 0 0 1 26 0z\"/>");
    let y = top + lanes::PERSON + 4.0 + lane.words.height / 2.0;
    let words = Area { x: area.x, y, width: lane.words.width + 8.0, height: lane.words.height };
    layers.labels.push_str(&rectangle(words, 0.0, ""));
    layers.words(&lane.words, area.x, y, "");
}
