//! Gives each box a rank. Ranks of boxes are even; the odd ones between are for labels.

use super::super::graph::Graph;

/// The rank of each box, and which edges run against it.
pub(super) fn assign(graph: &Graph) -> (Vec<usize>, Vec<bool>) {
    let turned = turned(graph);
    let edges: Vec<(usize, usize, usize)> = (graph.edges.iter().zip(&turned))
        .map(
            |(e, turned)| {
                if *turned { (e.to, e.from, e.length * 2) } else { (e.from, e.to, e.length * 2) }
            },
        )
        .collect();
    let mut rank = vec![0; graph.nodes.len()];
    // Without cycles no path is longer than there are boxes, so this many rounds are enough.
    for _ in 0..graph.nodes.len() {
        let mut moved = false;
        for (upper, lower, length) in &edges {
            if rank[*lower] < rank[*upper] + length {
                rank[*lower] = rank[*upper] + length;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    sink(&edges, &mut rank);
    let first = rank.iter().copied().min().unwrap_or(0);
    rank.iter_mut().for_each(|r| *r -= first);
    (rank, turned)
}

/// Moves boxes down towards what they lead to, where that makes edges shorter.
fn sink(edges: &[(usize, usize, usize)], rank: &mut [usize]) {
    for _ in 0..rank.len() {
        let mut moved = false;
        for node in 0..rank.len() {
            let incoming = edges.iter().filter(|e| e.1 == node).count();
            let outgoing = edges.iter().filter(|e| e.0 == node);
            let lowest = outgoing.clone().map(|e| rank[e.1] - e.2).min();
            if let Some(lowest) = lowest
                && outgoing.count() > incoming
                && lowest > rank[node]
            {
                rank[node] = lowest;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

/// Edges that lead back to a box from which they come; without them there is no cycle.
fn turned(graph: &Graph) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        Not,
        Open,
        Done,
    }
    let mut turned = vec![false; graph.edges.len()];
    let mut visits = vec![Visit::Not; graph.nodes.len()];
    let is_first = |n: &usize| graph.edges.iter().all(|e| e.to != *n);
    let all = 0..graph.nodes.len();
    let starts = all.clone().filter(is_first).chain(all.filter(|n| !is_first(n)));
    for start in starts {
        if visits[start] != Visit::Not {
            continue;
        }
        visits[start] = Visit::Open;
        // Each open box with the edge to look at next.
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(edge) = graph.edges.get(*next) else {
                visits[*node] = Visit::Done;
                path.pop();
                continue;
            };
            let (is_ours, at) = (edge.from == *node, *next);
            *next += 1;
            if !is_ours {
                continue;
            }
            match visits[edge.to] {
                Visit::Open => turned[at] = true,
                Visit::Done => {}
                Visit::Not => {
                    visits[edge.to] = Visit::Open;
                    path.push((edge.to, 0));
                }
            }
        }
    }
    turned
}
