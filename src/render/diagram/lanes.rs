//! Places the participants of a sequence diagram side by side and its events one below another.

use super::layered::Area;
use super::measure::{LINE, Words};
use super::sequence::{Event, Head, Message, Place, Sequence};

/// Half the width of the bar that shows who is at work.
const BAR: f64 = 5.0;

/// How far a message to oneself goes out, and down.
const LOOP: (f64, f64) = (30.0, 22.0);

/// Above the label of somebody who is a person: the drawing of one.
pub(super) const PERSON: f64 = 30.0;

/// Diagrams higher than this name their participants again at the foot.
const NEEDS_FEET: f64 = 760.0;

const WIDEST_NAME: f64 = 130.0;
const WIDEST_MESSAGE: f64 = 170.0;
const WIDEST_NOTE: f64 = 190.0;
const WIDEST_CONDITION: f64 = 260.0;

pub(super) struct Lane {
    pub box_: Area,
    pub words: Words,
    pub is_person: bool,
}

pub(super) struct PlacedMessage {
    pub points: Vec<(f64, f64)>,
    pub dashed: bool,
    pub head: Head,
    pub both: bool,
    pub label: Words,
    /// The middle of the label, or its left end for a message to oneself.
    pub label_at: (f64, f64),
    pub is_loop: bool,
    /// Whether it lies in a frame, whose ground is another.
    pub is_framed: bool,
    pub number: Option<(usize, f64, f64)>,
}

pub(super) struct Frame {
    pub area: Area,
    /// What holds in each part: words and their top; the first part has the frame's top.
    pub parts: Vec<(Words, f64)>,
}

#[derive(Default)]
pub(super) struct Placed {
    pub width: f64,
    pub height: f64,
    /// At the head, and again at the foot of high diagrams.
    pub lanes: Vec<Lane>,
    /// Where the line of each participant is, from where to where.
    pub lines: Vec<(f64, f64, f64)>,
    pub bars: Vec<Area>,
    pub messages: Vec<PlacedMessage>,
    pub notes: Vec<(Area, Words)>,
    pub frames: Vec<Frame>,
}

/// A frame whose end has not come.
struct OpenFrame {
    top: f64,
    left: f64,
    right: f64,
    parts: Vec<(Words, f64)>,
}

struct Placer<'a> {
    sequence: &'a Sequence,
    placed: Placed,
    /// The middle of each participant's line.
    lanes: Vec<f64>,
    at: f64,
    /// The line of the last message.
    last: f64,
    frames: Vec<OpenFrame>,
    /// Starts of the bars that each participant has open.
    active: Vec<Vec<f64>>,
}

pub(super) fn place(sequence: &Sequence) -> Placed {
    let names: Vec<Words> =
        sequence.participants.iter().map(|p| Words::within(&p.label, WIDEST_NAME)).collect();
    let lanes = lanes(sequence, &names);
    let mut placer = Placer {
        sequence,
        placed: Placed::default(),
        active: vec![Vec::new(); lanes.len()],
        lanes,
        at: 0.0,
        last: 0.0,
        frames: Vec::new(),
    };
    let head = placer.boxes(&names, 0.0);
    (placer.at, placer.last) = (head + 6.0, head + 6.0);
    sequence.events.iter().for_each(|e| placer.event(e));
    placer.finish(&names, head)
}

fn box_width(words: &Words) -> f64 {
    (words.width + 24.0).max(64.0)
}

/// Lines far enough apart for names, messages and notes.
fn lanes(sequence: &Sequence, names: &[Words]) -> Vec<f64> {
    // What stands between two lines, by their numbers.
    let mut needs: Vec<(usize, usize, f64)> = Vec::new();
    for at in 1..names.len() {
        let halves = (box_width(&names[at - 1]) + box_width(&names[at])) / 2.0;
        needs.push((at - 1, at, halves + 18.0));
    }
    let last = names.len().saturating_sub(1);
    for event in &sequence.events {
        match event {
            Event::Message(m) if m.from == m.to && m.from < last => {
                let words = Words::within(&m.label, WIDEST_MESSAGE);
                needs.push((m.from, m.from + 1, LOOP.0 + words.width + 24.0));
            }
            Event::Message(m) => {
                let words = Words::within(&m.label, WIDEST_MESSAGE);
                let number = if m.number.is_some() { 26.0 } else { 0.0 };
                let ends = (m.from.min(m.to), m.from.max(m.to));
                needs.push((ends.0, ends.1, words.width + 32.0 + number));
            }
            Event::Note(place, text) => {
                let wide = Words::within(text, WIDEST_NOTE).width + 24.0;
                match *place {
                    Place::Over(a, b) if a < b => needs.push((a, b, wide - 48.0)),
                    Place::Over(a, _) => {
                        needs.extend((a > 0).then(|| (a - 1, a, wide / 2.0 + 14.0)));
                        needs.extend((a < last).then(|| (a, a + 1, wide / 2.0 + 14.0)));
                    }
                    Place::LeftOf(a) => needs.extend((a > 0).then(|| (a - 1, a, wide + 26.0))),
                    Place::RightOf(a) => needs.extend((a < last).then(|| (a, a + 1, wide + 26.0))),
                }
            }
            _ => {}
        }
    }
    let mut lanes: Vec<f64> = Vec::with_capacity(names.len());
    for at in 0..names.len() {
        let least = needs.iter().filter(|(from, to, _)| *to == at && *from < at);
        lanes.push(least.map(|(from, _, need)| lanes[*from] + need).fold(0.0, f64::max).ceil());
    }
    lanes
}

impl Placer<'_> {
    /// Boxes with the names of all; gives back where they end.
    fn boxes(&mut self, names: &[Words], top: f64) -> f64 {
        let tallest = |is_person: bool| {
            let all = self.sequence.participants.iter().zip(names);
            let same = all.filter(|(p, _)| p.is_person == is_person);
            same.map(|(_, n)| n.height).fold(0.0, f64::max)
        };
        let (boxes, people) = (tallest(false) + 16.0, tallest(true) + PERSON + 4.0);
        let any_person = self.sequence.participants.iter().any(|p| p.is_person);
        let height = if any_person { boxes.max(people) } else { boxes };
        for ((participant, words), x) in
            self.sequence.participants.iter().zip(names).zip(&self.lanes)
        {
            let own = if participant.is_person { words.height + PERSON + 4.0 } else { boxes };
            let y = if top == 0.0 { height - own / 2.0 } else { top + own / 2.0 };
            let box_ = Area { x: *x, y, width: box_width(words), height: own };
            let is_person = participant.is_person;
            self.placed.lanes.push(Lane { box_, words: words.clone(), is_person });
        }
        top + height
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Message(message) if message.from == message.to => self.loop_(message),
            Event::Message(message) => self.message(message),
            Event::Note(place, text) => self.note(*place, text),
            Event::Open(text) => self.open(text),
            Event::Divide(text) => self.divide(text),
            Event::Close => self.close(),
            Event::Activate(of) => self.active[*of].push(self.last),
            Event::Deactivate(of) => self.deactivate(*of),
        }
    }

    fn message(&mut self, message: &Message) {
        let label = Words::within(&message.label, WIDEST_MESSAGE);
        self.at += 10.0;
        let top = self.at;
        self.at += label.height.max(12.0) + 4.0;
        let y = self.at;
        let (from, to) = (self.lanes[message.from], self.lanes[message.to]);
        let sign = if from < to { 1.0 } else { -1.0 };
        let bar = |of: usize| if self.active[of].is_empty() { 0.0 } else { BAR };
        // A bar that begins with this message is not there yet, but will be.
        let start = from + sign * bar(message.from);
        let end = to - sign * bar(message.to).max(1.0);
        let shift = if message.number.is_some() { sign * 13.0 } else { 0.0 };
        let middle = ((from + to) / 2.0 + shift / 2.0).round();
        self.reach(from.min(to) - 24.0, from.max(to) + 24.0);
        self.placed.messages.push(PlacedMessage {
            points: vec![(start, y), (end, y)],
            dashed: message.dashed,
            head: message.head,
            both: message.both,
            label_at: (middle, top + label.height / 2.0),
            label,
            is_loop: false,
            is_framed: !self.frames.is_empty(),
            number: message.number.map(|n| (n, from + sign * 18.0, y - 15.0)),
        });
        self.last = y;
        self.at += 8.0;
    }

    fn loop_(&mut self, message: &Message) {
        let label = Words::within(&message.label, WIDEST_MESSAGE);
        self.at += 12.0;
        let top = self.at;
        let height = label.height.max(LOOP.1);
        let y = top + (height - LOOP.1) / 2.0;
        let x = self.lanes[message.from];
        let start = x + if self.active[message.from].is_empty() { 0.0 } else { BAR };
        let out = x + LOOP.0;
        let numbered = if message.number.is_some() { 26.0 } else { 0.0 };
        self.reach(x - 24.0, out + label.width + 20.0 + numbered);
        self.placed.messages.push(PlacedMessage {
            points: vec![(start, y), (out, y), (out, y + LOOP.1), (start + 1.0, y + LOOP.1)],
            dashed: message.dashed,
            head: message.head,
            both: false,
            label_at: (out + 8.0 + numbered, top + height / 2.0),
            label,
            is_loop: true,
            is_framed: !self.frames.is_empty(),
            number: message.number.map(|n| (n, out + 18.0, top + height / 2.0)),
        });
        self.last = y + LOOP.1;
        self.at = top + height + 8.0;
    }

    fn note(&mut self, place: Place, text: &str) {
        let words = Words::within(text, WIDEST_NOTE);
        let (mut width, height) = (words.width + 24.0, words.height + 14.0);
        let x = match place {
            Place::LeftOf(of) => self.lanes[of] - 12.0 - width / 2.0,
            Place::RightOf(of) => self.lanes[of] + 12.0 + width / 2.0,
            Place::Over(from, to) => {
                let (from, to) = (self.lanes[from], self.lanes[to]);
                width = width.max(to - from + 48.0);
                (from + to) / 2.0
            }
        };
        self.at += 10.0;
        let area = Area { x: x.round(), y: self.at + height / 2.0, width, height };
        self.reach(x - width / 2.0 - 8.0, x + width / 2.0 + 8.0);
        self.placed.notes.push((area, words));
        self.at += height + 4.0;
    }

    /// What is placed between `left` and `right` belongs into all open frames.
    fn reach(&mut self, left: f64, right: f64) {
        for frame in &mut self.frames {
            (frame.left, frame.right) = (frame.left.min(left), frame.right.max(right));
        }
    }

    fn open(&mut self, text: &str) {
        self.at += 12.0;
        let top = self.at;
        self.frames.push(OpenFrame { top, left: f64::MAX, right: f64::MIN, parts: Vec::new() });
        self.part(text);
    }

    fn divide(&mut self, text: &str) {
        self.at += 8.0;
        self.part(text);
    }

    /// What the next part of the frame is about.
    fn part(&mut self, text: &str) {
        let words = match Words::within(text, WIDEST_CONDITION) {
            // Conditions are set in bold.
            words if !words.is_empty() => Words { width: (words.width * 1.15).ceil(), ..words },
            words => words,
        };
        let top = self.at;
        self.at += words.height + 4.0;
        if let Some(frame) = self.frames.last_mut() {
            frame.parts.push((words, top));
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.at += 10.0;
        let mut left = frame.left;
        if left == f64::MAX {
            left = self.lanes.first().copied().unwrap_or_default() - 24.0;
        }
        let widest = frame.parts.iter().map(|(w, _)| w.width + 24.0).fold(0.0, f64::max);
        let right = frame.right.max(left + widest).max(left + 48.0);
        let (width, height) = (right - left, self.at - frame.top);
        let area = Area { x: left + width / 2.0, y: frame.top + height / 2.0, width, height };
        self.placed.frames.push(Frame { area, parts: frame.parts });
        // Frames around this one keep a distance.
        self.reach(left - 8.0, right + 8.0);
        self.at += 4.0;
    }

    fn deactivate(&mut self, of: usize) {
        if let Some(start) = self.active[of].pop() {
            self.bar(of, start, self.last);
        }
    }

    fn bar(&mut self, of: usize, start: f64, end: f64) {
        let height = (end - start).max(12.0);
        let depth = self.active[of].len() as f64;
        let area = Area {
            x: self.lanes[of] + depth * BAR,
            y: start + height / 2.0,
            width: 2.0 * BAR,
            height,
        };
        self.placed.bars.push(area);
    }

    fn finish(mut self, names: &[Words], head: f64) -> Placed {
        let end = self.at + 10.0;
        for of in 0..self.lanes.len() {
            while let Some(start) = self.active[of].pop() {
                self.bar(of, start, end - 6.0);
            }
        }
        self.placed.lines = self.lanes.iter().map(|x| (*x, head, end)).collect();
        let bottom = if end > NEEDS_FEET { self.boxes(names, end) } else { end };
        // Frames were finished from the inner to the outer; the outer are drawn first.
        self.placed.frames.reverse();
        trim(&mut self.placed, bottom);
        self.placed
    }
}

/// Moves everything so that nothing is left of the border.
fn trim(placed: &mut Placed, bottom: f64) {
    let (mut left, mut right) = (f64::MAX, f64::MIN);
    let areas = placed.lanes.iter().map(|l| l.box_);
    let areas = areas.chain(placed.notes.iter().map(|n| n.0));
    for area in areas.chain(placed.frames.iter().map(|f| f.area)) {
        left = left.min(area.x - area.width / 2.0);
        right = right.max(area.x + area.width / 2.0);
    }
    for message in &placed.messages {
        let (x, wide) = (message.label_at.0, message.label.width);
        let from = if message.is_loop { x } else { x - wide / 2.0 };
        (left, right) = (left.min(from), right.max(from + wide));
        right = message.points.iter().map(|p| p.0 + 2.0).fold(right, f64::max);
    }
    let (dx, dy) = ((2.0 - left).ceil(), 2.0);
    let move_ = |area: &mut Area| (area.x, area.y) = (area.x + dx, area.y + dy);
    placed.lanes.iter_mut().for_each(|l| move_(&mut l.box_));
    placed.bars.iter_mut().for_each(move_);
    placed.notes.iter_mut().for_each(|n| move_(&mut n.0));
    for frame in &mut placed.frames {
        move_(&mut frame.area);
        frame.parts.iter_mut().for_each(|p| p.1 += dy);
    }
    for line in &mut placed.lines {
        *line = (line.0 + dx, line.1 + dy, line.2 + dy);
    }
    for message in &mut placed.messages {
        message.points.iter_mut().for_each(|p| *p = (p.0 + dx, p.1 + dy));
        message.label_at = (message.label_at.0 + dx, message.label_at.1 + dy);
        message.number = message.number.map(|(n, x, y)| (n, x + dx, y + dy));
    }
    placed.width = (right + dx + 2.0).ceil();
    placed.height = (bottom + dy + 2.0).ceil().max(LINE);
}
