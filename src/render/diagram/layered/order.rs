//! Puts the items of each rank beside one another, so that few edges cross and groups stay whole.

use super::{Kind, Layers};
use std::cmp::Ordering;

/// Rounds of sorting; small graphs settle after a few.
const ROUNDS: usize = 16;

/// Beyond this many items exchanging neighbours is left out; it is the slow part.
const MOST_TO_EXCHANGE: usize = 300;

/// The order to begin with: as the author's boxes lead to one another.
pub(super) fn first(layers: &Layers, ranks: usize) -> Vec<Vec<usize>> {
    let mut order = vec![Vec::new(); ranks];
    let mut seen = vec![false; layers.items.len()];
    let mut below = vec![Vec::new(); layers.items.len()];
    layers.links.iter().for_each(|(upper, lower)| below[*upper].push(*lower));
    for start in 0..layers.items.len() {
        let is_top = !layers.links.iter().any(|(_, lower)| *lower == start);
        if !is_top {
            continue;
        }
        let mut open = vec![start];
        while let Some(item) = open.pop() {
            if std::mem::replace(&mut seen[item], true) {
                continue;
            }
            order[layers.items[item].rank].push(item);
            open.extend(below[item].iter().rev());
        }
    }
    order
}

/// Sorts the ranks of `layers`.
pub(super) fn sort(layers: &mut Layers, groups: usize) {
    let near = Near::of(layers);
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for round in 0..ROUNDS {
        let keys = group_keys(layers, groups);
        let count = layers.ranks.len();
        let downwards = round % 2 == 0;
        for step in 0..count {
            let rank = if downwards { step } else { count - 1 - step };
            sort_rank(layers, &near, &keys, rank, downwards);
        }
        exchange(layers, &near);
        let crossings = (1..count).map(|r| crossings(layers, &near, r)).sum();
        if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
            best = Some((crossings, layers.ranks.clone()));
        }
    }
    if let Some((_, ranks)) = best {
        layers.ranks = ranks;
    }
}

/// For each item those that edges connect it with, above and below.
struct Near {
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

impl Near {
    fn of(layers: &Layers) -> Near {
        let none = vec![Vec::new(); layers.items.len()];
        let mut near = Near { above: none.clone(), below: none };
        for (upper, lower) in &layers.links {
            near.below[*upper].push(*lower);
            near.above[*lower].push(*upper);
        }
        near
    }
}

/// Where each item is, between 0 and 1.
fn shares(layers: &Layers) -> Vec<f64> {
    let mut shares = vec![0.5; layers.items.len()];
    for rank in &layers.ranks {
        for (at, item) in rank.iter().enumerate() {
            shares[*item] = (at as f64 + 0.5) / rank.len() as f64;
        }
    }
    shares
}

/// One key for each group in all its ranks, so that no two groups change sides.
fn group_keys(layers: &Layers, groups: usize) -> Vec<f64> {
    let shares = shares(layers);
    (0..groups)
        .map(|group| {
            let members = layers.items.iter().zip(&shares).filter(|(i, _)| i.group == Some(group));
            let (sum, count) = members.fold((0.0, 0.0), |(s, n), (_, share)| (s + share, n + 1.0));
            if count > 0.0 { sum / count } else { 0.5 }
        })
        .collect()
}

fn sort_rank(layers: &mut Layers, near: &Near, keys: &[f64], rank: usize, downwards: bool) {
    let shares = shares(layers);
    let neighbours = if downwards { &near.above } else { &near.below };
    let wish = |item: &usize| {
        let near = &neighbours[*item];
        match near.is_empty() {
            true => shares[*item],
            false => near.iter().map(|n| shares[*n]).sum::<f64>() / near.len() as f64,
        }
    };
    let key = |item: &usize| {
        let own = wish(item);
        match layers.items[*item].group {
            // Groups of the same key are told apart by their number.
            Some(group) => (keys[group], group + 1, own),
            None => (own, 0, own),
        }
    };
    let mut sorted: Vec<_> = layers.ranks[rank].iter().map(|i| (key(i), *i)).collect();
    sorted.sort_by(|((a, g, x), _), ((b, h, y), _)| {
        a.total_cmp(b).then(g.cmp(h)).then(x.total_cmp(y))
    });
    layers.ranks[rank] = sorted.into_iter().map(|(_, item)| item).collect();
}

/// Exchanges neighbours in a rank as long as that takes crossings away.
fn exchange(layers: &mut Layers, near: &Near) {
    if layers.items.len() > MOST_TO_EXCHANGE {
        return;
    }
    for _ in 0..4 {
        let mut better = false;
        let mut places = places(layers);
        for rank in 0..layers.ranks.len() {
            for at in 1..layers.ranks[rank].len() {
                let (left, right) = (layers.ranks[rank][at - 1], layers.ranks[rank][at]);
                if layers.items[left].group != layers.items[right].group {
                    continue;
                }
                let now = pair(near, &places, left, right);
                if now > 0 && pair(near, &places, right, left) < now {
                    layers.ranks[rank].swap(at - 1, at);
                    places.swap(left, right);
                    better = true;
                }
            }
        }
        if !better {
            return;
        }
    }
}

fn places(layers: &Layers) -> Vec<usize> {
    let mut places = vec![0; layers.items.len()];
    for rank in &layers.ranks {
        rank.iter().enumerate().for_each(|(at, item)| places[*item] = at);
    }
    places
}

/// How often edges of two items cross when `left` stands left of `right`.
fn pair(near: &Near, places: &[usize], left: usize, right: usize) -> usize {
    let count = |of: &[Vec<usize>]| {
        let of_left = of[left].iter();
        of_left
            .map(|l| of[right].iter().filter(|r| places[**r] < places[*l]).count())
            .sum::<usize>()
    };
    count(&near.above) + count(&near.below)
}

/// How many edges cross between `rank` and the one above.
fn crossings(layers: &Layers, near: &Near, rank: usize) -> usize {
    let places = places(layers);
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for item in &layers.ranks[rank] {
        if layers.items[*item].kind != Kind::Filler {
            ends.extend(near.above[*item].iter().map(|a| (places[*a], places[*item])));
        }
    }
    let crosses = |a: &(usize, usize), b: &(usize, usize)| {
        a.0.cmp(&b.0) != Ordering::Equal && a.1.cmp(&b.1) == a.0.cmp(&b.0).reverse()
    };
    (0..ends.len()).map(|i| ends[..i].iter().filter(|e| crosses(e, &ends[i])).count()).sum()
}
