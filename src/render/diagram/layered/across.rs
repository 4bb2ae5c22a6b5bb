//! Gives items their positions within ranks: near what they are connected with, and never closer
//! than the order and their sizes allow. The sides of groups take part like items that stand in
//! many ranks, so that a group is a rectangle with nothing strange in it.

use super::super::graph::Direction;
use super::super::measure::Words;
use super::{GROUP_PAD, GROUP_TITLE, Kind, Layers};

/// Rounds of settling. Distances are springs that only push; they grow stiffer from round to round.
const ROUNDS: usize = 400;

/// From this round on all edges pull alike, however long, so that many come out straight and few
/// bent, instead of all a little.
const ALIKE: usize = 120;

/// Groups pull their sides together a little.
const SIDES: f64 = 0.02;

/// Rounds of moving what is straight already as a whole; a few are enough.
const BLOCK_ROUNDS: usize = 12;

/// How far the side of a group may give way.
const ROOM: f64 = 80.0;

/// Straightens what is bent less than this.
const NEARLY_STRAIGHT: f64 = 18.0;

pub(super) struct Positions {
    /// The middle of each item.
    pub items: Vec<f64>,
    /// Both sides of each group.
    pub groups: Vec<(f64, f64)>,
}

/// One must be right of another by at least a distance.
struct Rule {
    left: usize,
    right: usize,
    distance: f64,
}

struct Solver<'a> {
    layers: &'a Layers,
    rules: Vec<Rule>,
    /// Rules by their left and by their right.
    after: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    /// Everything from left to right, as the rules have it.
    sorted: Vec<usize>,
    at: Vec<f64>,
}

pub(super) fn solve(layers: &Layers, direction: Direction, titles: &[Words]) -> Positions {
    let rules = rules(layers, direction, titles);
    let count = layers.items.len() + 2 * titles.len();
    let (mut after, mut before) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (at, rule) in rules.iter().enumerate() {
        after[rule.left].push(at);
        before[rule.right].push(at);
    }
    let sorted = sorted(&rules, &after, count);
    let mut solver = Solver { layers, rules, after, before, sorted, at: vec![0.0; count] };
    solver.at = solver.pushed_right(&vec![0.0; count]);
    solver.settle();
    let (left, right) = (solver.pushed_right(&solver.at), solver.pushed_left(&solver.at));
    // What keeps all distances keeps them in the mean of two such, too.
    solver.at = left.iter().zip(&right).map(|(a, b)| (a + b) / 2.0).collect();
    solver.loosen_sides();
    solver.straighten();
    for _ in 0..BLOCK_ROUNDS {
        if !solver.move_blocks() {
            break;
        }
    }
    solver.straighten();
    solver.tighten_sides();
    let first = layers.items.len();
    let sides = |g: usize| (solver.at[first + 2 * g], solver.at[first + 2 * g + 1]);
    Positions { groups: (0..titles.len()).map(sides).collect(), items: solver.at[..first].to_vec() }
}

fn rules(layers: &Layers, direction: Direction, titles: &[Words]) -> Vec<Rule> {
    let first = layers.items.len();
    let side = |group: usize, right: bool| first + 2 * group + usize::from(right);
    let (head, foot) = match direction.is_sideways() {
        true => (GROUP_TITLE, 0.0),
        false => (0.0, 0.0),
    };
    let mut rules = Vec::new();
    for rank in &layers.ranks {
        // What stands last, with half its extent and the distance that it keeps.
        let mut last: Option<(usize, f64, f64)> = None;
        let mut open: Option<usize> = None;
        let mut push =
            |right: usize, half: f64, keeps: f64, last: &mut Option<(usize, f64, f64)>| {
                if let Some((left, other_half, other_keeps)) = *last {
                    let distance = other_half + other_keeps + keeps + half;
                    rules.push(Rule { left, right, distance });
                }
                *last = Some((right, half, keeps));
            };
        for item in rank {
            let of = layers.items[*item];
            if of.group != open {
                if let Some(group) = open {
                    push(side(group, true), 0.0, 0.0, &mut last);
                    last = last.map(|(v, half, _)| (v, half, GROUP_PAD));
                }
                if let Some(group) = of.group {
                    push(side(group, false), 0.0, GROUP_PAD, &mut last);
                    last = last.map(|(v, half, _)| (v, half, head));
                }
                open = of.group;
            }
            let keeps = match of.kind {
                Kind::Node(_) => 16.0,
                _ => 10.0,
            };
            push(*item, of.across / 2.0, keeps, &mut last);
        }
        if let Some(group) = open {
            push(side(group, true), 0.0, foot, &mut last);
        }
    }
    for (group, title) in titles.iter().enumerate() {
        let wide = if direction.is_sideways() { 0.0 } else { title.width };
        let distance = wide + 2.0 * GROUP_PAD;
        rules.push(Rule { left: side(group, false), right: side(group, true), distance });
    }
    rules
}

/// Everything so that the left of a rule comes before its right.
fn sorted(rules: &[Rule], after: &[Vec<usize>], count: usize) -> Vec<usize> {
    let mut waits = vec![0usize; count];
    rules.iter().for_each(|r| waits[r.right] += 1);
    let mut sorted: Vec<usize> = (0..count).filter(|v| waits[*v] == 0).collect();
    let mut next = 0;
    while let Some(of) = sorted.get(next).copied() {
        next += 1;
        for rule in &after[of] {
            let right = rules[*rule].right;
            waits[right] -= 1;
            if waits[right] == 0 {
                sorted.push(right);
            }
        }
    }
    sorted
}

impl Solver<'_> {
    /// Lets edges pull and distances push until both are in balance.
    fn settle(&mut self) {
        let count = self.at.len();
        let mut links: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        let mut link = |a: usize, b: usize, weight: f64| {
            links[a].push((b, weight));
            links[b].push((a, weight));
        };
        for (upper, lower) in &self.layers.links {
            link(*upper, *lower, self.weight(*upper, *lower));
        }
        for side in (self.layers.items.len()..count).step_by(2) {
            link(side, side + 1, SIDES);
        }
        for round in 0..ROUNDS {
            let done = round as f64 / ROUNDS as f64;
            let stiffness = 0.5 + 30.0 * done * done;
            for (v, links) in links.iter().enumerate() {
                self.balance(v, links, stiffness, round >= ALIKE, done);
            }
        }
    }

    /// Moves one thing to where the forces on it cancel.
    fn balance(
        &mut self,
        v: usize,
        links: &[(usize, f64)],
        stiffness: f64,
        alike: bool,
        done: f64,
    ) {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (other, weight) in links {
            let apart = (self.at[v] - self.at[*other]).abs();
            let weight =
                if alike { weight * 20.0 / (apart + 40.0 * (1.0 - done) + 2.0) } else { *weight };
            sum += self.at[*other] * weight;
            weights += weight;
        }
        for rule in &self.after[v] {
            let most = self.at[self.rules[*rule].right] - self.rules[*rule].distance;
            if self.at[v] > most {
                sum += most * stiffness;
                weights += stiffness;
            }
        }
        for rule in &self.before[v] {
            let least = self.at[self.rules[*rule].left] + self.rules[*rule].distance;
            if self.at[v] < least {
                sum += least * stiffness;
                weights += stiffness;
            }
        }
        if weights > 0.0 {
            // The whole way would overshoot: a distance stops pushing once it is kept.
            self.at[v] += (sum / weights - self.at[v]) * 0.9;
        }
    }

    /// Gives the sides of groups all the room there is, so that what they hold may move.
    fn loosen_sides(&mut self) {
        for side in (self.layers.items.len()..self.at.len()).step_by(2) {
            let left = self.before[side].iter().map(|r| &self.rules[*r]);
            let least =
                left.map(|r| self.at[r.left] + r.distance).fold(self.at[side] - ROOM, f64::max);
            self.at[side] = (self.at[side] + least) / 2.0;
            let side = side + 1;
            let right = self.after[side].iter().map(|r| &self.rules[*r]);
            let most =
                right.map(|r| self.at[r.right] - r.distance).fold(self.at[side] + ROOM, f64::min);
            self.at[side] = (self.at[side] + most) / 2.0;
        }
    }

    /// Groups are as narrow as what they hold, and their titles.
    fn tighten_sides(&mut self) {
        let first = self.layers.items.len();
        for left in (first..self.at.len()).step_by(2) {
            let right = left + 1;
            let (outer_left, outer_right) = (self.at[left], self.at[right]);
            let held = self.after[left].iter().map(|r| &self.rules[*r]).filter(|r| r.right < first);
            let start = held.map(|r| self.at[r.right] - r.distance).fold(f64::MAX, f64::min);
            let held =
                self.before[right].iter().map(|r| &self.rules[*r]).filter(|r| r.left < first);
            let end = held.map(|r| self.at[r.left] + r.distance).fold(f64::MIN, f64::max);
            let title = self.rules.iter().find(|r| (r.left, r.right) == (left, right));
            let missing = (title.map_or(0.0, |r| r.distance) - (end - start)).max(0.0);
            // Half of what the title lacks on either side, as far as there is room.
            let to_right = (missing / 2.0).min(outer_right - end).max(0.0);
            let to_left = (missing - to_right).min(start - outer_left).max(0.0);
            self.at[left] = start - to_left;
            self.at[right] = end + missing - to_left;
        }
    }

    /// Long edges are to be straight; that they end near a box matters less.
    fn weight(&self, upper: usize, lower: usize) -> f64 {
        let ends = [upper, lower].map(|v| self.layers.items[v].kind);
        let boxes = ends.iter().filter(|k| matches!(k, Kind::Node(_))).count();
        [8.0, 2.0, 1.0][boxes]
    }

    /// Moves each set of items that edges connect in a straight line to where it is nearest to
    /// all that it is connected with. One by one they would hold one another back.
    fn move_blocks(&mut self) -> bool {
        let count = self.layers.items.len();
        let mut block: Vec<usize> = (0..count).collect();
        for _ in 0..count {
            let mut joined = false;
            for (upper, lower) in &self.layers.links {
                if (self.at[*upper] - self.at[*lower]).abs() < 0.5 && block[*upper] != block[*lower]
                {
                    let least = block[*upper].min(block[*lower]);
                    (block[*upper], block[*lower], joined) = (least, least, true);
                }
            }
            if !joined {
                break;
            }
        }
        let mut moved = false;
        for of in 0..count {
            let members: Vec<usize> = (0..count).filter(|v| block[*v] == of).collect();
            moved |= !members.is_empty() && self.move_block(&members, &block);
        }
        moved
    }

    fn move_block(&mut self, members: &[usize], block: &[usize]) -> bool {
        let of = block[members[0]];
        let outside: Vec<(f64, f64)> = (self.layers.links.iter())
            .filter(|(upper, lower)| (block[*upper] == of) != (block[*lower] == of))
            .map(|(upper, lower)| {
                let (own, other) =
                    if block[*upper] == of { (upper, lower) } else { (lower, upper) };
                (self.at[*other] - self.at[*own], self.weight(*upper, *lower))
            })
            .collect();
        let (mut least, mut most) = (f64::MIN, f64::MAX);
        for v in members {
            let rules = self.after[*v].iter().map(|r| &self.rules[*r]);
            let others = rules.filter(|r| !members.contains(&r.right));
            most = others.map(|r| self.at[r.right] - r.distance - self.at[*v]).fold(most, f64::min);
            let rules = self.before[*v].iter().map(|r| &self.rules[*r]);
            let others = rules.filter(|r| !members.contains(&r.left));
            least =
                others.map(|r| self.at[r.left] + r.distance - self.at[*v]).fold(least, f64::max);
        }
        if least > most {
            return false;
        }
        let cost = |by: f64| outside.iter().map(|(d, w)| (d - by).abs() * w).sum::<f64>();
        let wishes = outside.iter().map(|(d, _)| d.clamp(least, most));
        let best =
            wishes.min_by(|a, b| cost(*a).total_cmp(&cost(*b)).then(a.abs().total_cmp(&b.abs())));
        let Some(best) = best.filter(|by| cost(*by) < cost(0.0) - 0.5) else { return false };
        members.iter().for_each(|v| self.at[*v] += best);
        true
    }

    /// The positions nearest to `wishes` when rules move things to the right only.
    fn pushed_right(&self, wishes: &[f64]) -> Vec<f64> {
        let mut at = wishes.to_vec();
        for of in &self.sorted {
            for rule in &self.after[*of] {
                let Rule { right, distance, .. } = self.rules[*rule];
                at[right] = at[right].max(at[*of] + distance);
            }
        }
        at
    }

    fn pushed_left(&self, wishes: &[f64]) -> Vec<f64> {
        let mut at = wishes.to_vec();
        for of in self.sorted.iter().rev() {
            for rule in &self.before[*of] {
                let Rule { left, distance, .. } = self.rules[*rule];
                at[left] = at[left].min(at[*of] - distance);
            }
        }
        at
    }

    /// Puts items exactly below or above those they are connected with, where that is possible:
    /// a bend is to be at one end of an edge.
    fn straighten(&mut self) {
        let near = |v: usize, links: &[(usize, usize)]| {
            let above: Vec<usize> = links.iter().filter(|l| l.1 == v).map(|l| l.0).collect();
            let below: Vec<usize> = links.iter().filter(|l| l.0 == v).map(|l| l.1).collect();
            (above, below)
        };
        let near: Vec<_> =
            (0..self.layers.items.len()).map(|v| near(v, &self.layers.links)).collect();
        for _ in 0..3 {
            for (v, (above, below)) in near.iter().enumerate() {
                match (self.layers.items[v].kind, above.as_slice(), below.as_slice()) {
                    // Where several edges part they bend at once, where they meet at last.
                    (Kind::Pass | Kind::Label(_), [upper], [lower]) => {
                        let parts = near[*upper].1.len() > 1 || near[*lower].0.len() < 2;
                        self.approach(v, self.at[if parts { *lower } else { *upper }]);
                    }
                    (Kind::Node(_), [one], []) => self.nudge(v, self.beyond(*one, v, &near)),
                    (Kind::Node(_), [], [one]) => self.nudge(v, self.beyond(*one, v, &near)),
                    (Kind::Node(_), [upper], [lower]) => {
                        let (upper, lower) =
                            (self.beyond(*upper, v, &near), self.beyond(*lower, v, &near));
                        // Below one that leads here alone, else above where this one leads.
                        self.nudge(v, if near[upper].1.len() > 1 { lower } else { upper });
                    }
                    _ => {}
                }
            }
        }
    }

    /// The next item that takes part in what is straight and what is bent, seen from `from`
    /// through `v`: between ranks of boxes an edge just goes on.
    fn beyond(&self, v: usize, from: usize, near: &[(Vec<usize>, Vec<usize>)]) -> usize {
        match (self.layers.items[v].rank % 2, near[v].0.as_slice(), near[v].1.as_slice()) {
            (1, [upper], [lower]) => {
                if *upper == from {
                    *lower
                } else {
                    *upper
                }
            }
            _ => v,
        }
    }

    fn nudge(&mut self, v: usize, to: usize) {
        if (self.at[v] - self.at[to]).abs() <= NEARLY_STRAIGHT {
            self.approach(v, self.at[to]);
        }
    }

    /// Moves an item as near to `wish` as its neighbours allow.
    fn approach(&mut self, v: usize, wish: f64) {
        let right = self.after[v].iter().map(|r| &self.rules[*r]);
        let most = right.map(|r| self.at[r.right] - r.distance).fold(f64::MAX, f64::min);
        let left = self.before[v].iter().map(|r| &self.rules[*r]);
        let least = left.map(|r| self.at[r.left] + r.distance).fold(f64::MIN, f64::max);
        if least <= most {
            self.at[v] = wish.clamp(least, most);
        }
    }
}
