//! Dated incidents are joined, the best pair first.
//!
//! Only what candidate pairs link, directly or through others, can become one event. So incidents fall into parts that
//! know nothing of each other, a few days of a few neighbourhoods each, and part after part is joined by itself: what is
//! worked on stays small, however many incidents there are.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::civil::Date;

use super::blocks::{NEIGHBOURS, candidates};
use super::days;
use super::node::{Held, Node};

/// Joins dated incidents; they come sorted by their first day, undated ones before all others.
pub(super) fn join_dated(nodes: Vec<Held>) -> Vec<Held> {
    let mut joined = Vec::with_capacity(nodes.len());
    let mut span = Vec::new();
    let mut last: Option<Date> = None;
    for node in nodes {
        let dates = days(&node.whole);
        // Nothing before a day meets what begins on it.
        if dates.is_none_or(|(start, _)| last.is_none_or(|last| start > last)) {
            join_span(std::mem::take(&mut span), &mut joined);
        }
        last = last.max(dates.map(|(_, end)| end));
        span.push(node);
    }
    join_span(span, &mut joined);
    joined
}

/// Joins the incidents of a span of time, and puts what comes of them behind `joined`, in their order.
fn join_span(nodes: Vec<Held>, joined: &mut Vec<Held>) {
    if nodes.len() < 2 {
        joined.extend(nodes);
        return;
    }
    let mut pairs = Vec::new();
    let mut parts = Parts((0..short(nodes.len())).collect());
    candidates(&nodes.iter().map(|node| &node.whole).collect::<Vec<_>>(), |a, b| {
        pairs.push((short(a), short(b)));
        parts.link(short(a), short(b));
    });
    let mut slots: Vec<Option<Held>> = nodes.into_iter().map(Some).collect();
    for (members, pairs) in parts.lists(pairs) {
        join_part(&mut slots, &members, pairs);
    }
    joined.extend(slots.into_iter().flatten());
}

/// Joins the slots of one part; what several become lives on in the lowest of their slots.
fn join_part(slots: &mut [Option<Held>], members: &[u32], pairs: Vec<(u32, u32)>) {
    let nodes = members.iter().map(|slot| slots[*slot as usize].take()).collect();
    let within = |slot: u32| short(members.partition_point(|member| *member < slot));
    let pairs = pairs.into_iter().map(|(a, b)| (within(a), within(b)));
    for (slot, node) in members.iter().zip(Joining::of(nodes, pairs).all()) {
        slots[*slot as usize] = node.map(Node::settled);
    }
}

/// A position in few bytes; there are fewer than four thousand million incidents in memory.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Which incidents candidate pairs link: each points to a lower one of its part, the lowest to itself.
struct Parts(Vec<u32>);

/// The members of a part, in order, and the pairs that link them.
type Part = (Vec<u32>, Vec<(u32, u32)>);

impl Parts {
    fn lowest(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            // Halving the way keeps it short.
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn link(&mut self, a: u32, b: u32) {
        let (a, b) = (self.lowest(a), self.lowest(b));
        self.0[a.max(b) as usize] = a.min(b);
    }

    /// The parts of more than one.
    fn lists(mut self, pairs: Vec<(u32, u32)>) -> Vec<Part> {
        let mut lists: Vec<Part> = vec![Part::default(); self.0.len()];
        for at in 0..short(self.0.len()) {
            lists[self.lowest(at) as usize].0.push(at);
        }
        for (a, b) in pairs {
            lists[self.lowest(a) as usize].1.push((a, b));
        }
        lists.retain(|(members, _)| members.len() > 1);
        lists
    }
}

/// A pair that is one event: its score, its two slots, and how often the one that does not own the bond had changed.
type Bond = (u64, Reverse<(u32, u32)>, u32);

/// Nodes being joined, best pair first; a joined pair lives on in the lower slot.
///
/// Each slot owns bonds to its neighbours, and offers the best of them: one heap of all bonds would hold mostly what has
/// changed since.
struct Joining {
    slots: Vec<Option<Held>>,
    changes: Vec<u32>,
    neighbours: Vec<Vec<u32>>,
    bonds: Vec<BinaryHeap<Bond>>,
    /// The bonds offered, each with its owner and how often that had changed.
    offers: BinaryHeap<(Bond, u32, u32)>,
}

impl Joining {
    fn of(slots: Vec<Option<Held>>, pairs: impl Iterator<Item = (u32, u32)>) -> Joining {
        let count = slots.len();
        let mut joining = Joining {
            slots,
            changes: vec![0; count],
            neighbours: vec![Vec::new(); count],
            bonds: Vec::new(),
            offers: BinaryHeap::new(),
        };
        let mut bonds = vec![Vec::new(); count];
        for (a, b) in pairs {
            joining.neighbours[a as usize].push(b);
            joining.neighbours[b as usize].push(a);
            bonds[a as usize].extend(joining.bond(a, b));
        }
        joining.bonds = bonds.into_iter().map(BinaryHeap::from).collect();
        for owner in 0..short(count) {
            joining.offer(owner);
        }
        joining
    }

    /// Joins until no pair is one event.
    fn all(mut self) -> Vec<Option<Held>> {
        while let Some((bond, owner, changes)) = self.offers.pop() {
            let Reverse((a, b)) = bond.1;
            if self.slots[owner as usize].is_none() || self.changes[owner as usize] != changes {
                continue;
            }
            if self.stands(owner, &bond) {
                self.join(a, b);
            } else {
                self.offer(owner);
            }
        }
        self.slots
    }

    /// The bond of a slot to another, where they are one event.
    fn bond(&self, owner: u32, other: u32) -> Option<Bond> {
        let (Some(x), Some(y)) = (&self.slots[owner as usize], &self.slots[other as usize]) else { return None };
        let score = x.same(y)?;
        Some((score.to_bits(), Reverse((owner.min(other), owner.max(other))), self.changes[other as usize]))
    }

    /// Whether the other slot of a bond is as it was.
    fn stands(&self, owner: u32, (_, Reverse((a, b)), seen): &Bond) -> bool {
        let other = if *a == owner { *b } else { *a } as usize;
        self.slots[other].is_some() && self.changes[other] == *seen
    }

    /// Offers the best bond of a slot that still stands.
    fn offer(&mut self, owner: u32) {
        while let Some(bond) = self.bonds[owner as usize].peek().copied() {
            if self.stands(owner, &bond) {
                self.offers.push((bond, owner, self.changes[owner as usize]));
                return;
            }
            self.bonds[owner as usize].pop();
        }
    }

    /// Joins slot `second` into `first` and compares the result with the neighbours of both.
    fn join(&mut self, first: u32, second: u32) {
        let (a, b) = (first as usize, second as usize);
        let (Some(x), Some(y)) = (self.slots[a].take(), self.slots[b].take()) else { return };
        self.slots[a] = Some(x.join(y));
        self.changes[a] += 1;
        self.changes[b] += 1;
        let mut all = std::mem::take(&mut self.neighbours[a]);
        for c in std::mem::take(&mut self.neighbours[b]) {
            self.neighbours[c as usize].push(first);
            all.push(c);
        }
        all.retain(|&c| c != first && self.slots[c as usize].is_some());
        all.sort_unstable();
        all.dedup();
        // The last ones are those that the event has not met yet.
        all.drain(..all.len().saturating_sub(2 * NEIGHBOURS));
        self.bonds[b] = BinaryHeap::new();
        self.bonds[a] = all.iter().filter_map(|&c| self.bond(first, c)).collect::<Vec<Bond>>().into();
        self.neighbours[a] = all;
        self.offer(first);
    }
}
