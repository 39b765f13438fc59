//! Ways through the tree: all that lies within a chord, and what is nearest.
//!
//! The tree is walked node by node and not by its own iterators, because a node that lies wholly within needs no further
//! question, and because what is found so far says which branches need not be entered.

use rstar::{AABB, ParentNode, RTreeNode};

use super::earth;
use super::points::Site;

/// A corner of space, in equatorial radii.
type Corner = [f64; 3];

/// Hands on every site whose squared chord is at most `outer`: with whether it is at most `inner`, and the squared chord;
/// zero stands for one that was not reckoned because all around it lies within.
pub(super) fn within<'t>(
    node: &'t ParentNode<Site>,
    from: Corner,
    inner: f64,
    outer: f64,
    take: &mut impl FnMut(&'t Site, bool),
) {
    for child in node.children() {
        match child {
            RTreeNode::Leaf(site) => {
                let chord_2 = squared(from, site.in_space());
                if chord_2 <= outer {
                    take(site, chord_2 <= inner);
                }
            }
            RTreeNode::Parent(inside) => {
                let envelope = inside.envelope();
                if nearest_corner(from, &envelope) > outer {
                    continue;
                }
                if furthest_corner(from, &envelope) <= inner {
                    all(inside, take);
                } else {
                    within(inside, from, inner, outer, take);
                }
            }
        }
    }
}

/// Every site below a node that lies wholly within.
fn all<'t>(node: &'t ParentNode<Site>, take: &mut impl FnMut(&'t Site, bool)) {
    for child in node.children() {
        match child {
            RTreeNode::Leaf(site) => take(site, true),
            RTreeNode::Parent(inside) => all(inside, take),
        }
    }
}

/// The nearest sites so far, by squared chord, each with how many it counts for.
#[derive(Debug)]
pub(super) struct Nearest<'t> {
    wanted: usize,
    found: Vec<(f64, &'t Site, usize)>,
    /// The squared chord beyond which nothing is of interest any more.
    bound: f64,
}

impl<'t> Nearest<'t> {
    /// Looks for sites that count for at least `wanted` together.
    pub(super) fn new(wanted: usize) -> Self {
        Nearest { wanted, found: Vec::with_capacity(wanted.min(64)), bound: f64::INFINITY }
    }

    /// Goes through a node, the nearest branches first. `counts` says for how many a site counts.
    pub(super) fn walk(&mut self, node: &'t ParentNode<Site>, from: Corner, counts: &mut impl FnMut(&Site) -> usize) {
        let mut branches: Branches<'t> = Branches::default();
        for child in node.children() {
            match child {
                RTreeNode::Leaf(site) => self.offer(squared(from, site.in_space()), site, counts),
                RTreeNode::Parent(inside) => {
                    let chord_2 = nearest_corner(from, &inside.envelope());
                    if chord_2 <= self.bound {
                        branches.add(chord_2, inside);
                    }
                }
            }
        }
        branches.sort();
        for (chord_2, inside) in branches.iter() {
            if chord_2 > self.bound {
                break;
            }
            self.walk(inside, from, counts);
        }
    }

    fn offer(&mut self, chord_2: f64, site: &'t Site, counts: &mut impl FnMut(&Site) -> usize) {
        if chord_2 > self.bound {
            return;
        }
        let count = counts(site);
        if count == 0 {
            return;
        }
        let at = self.found.partition_point(|(known, _, _)| *known <= chord_2);
        self.found.insert(at, (chord_2, site, count));
        self.tighten();
    }

    /// Lets go of what cannot be among the nearest any more.
    #[inline]
    fn tighten(&mut self) {
        let mut sum = 0;
        let enough = self.found.iter().find(|(_, _, count)| {
            sum += count;
            sum >= self.wanted
        });
        let Some((chord_2, _, _)) = enough else { return };
        self.bound = earth::widened(*chord_2);
        let kept = self.found.partition_point(|(known, _, _)| *known <= self.bound);
        self.found.truncate(kept);
    }

    /// What was found, by squared chord.
    pub(super) fn into_found(self) -> Vec<(f64, &'t Site, usize)> {
        self.found
    }
}

/// The branches of one node, in order of nearness: in place where they are as few as a node mostly has.
#[derive(Default)]
struct Branches<'t> {
    few: [Option<(f64, &'t ParentNode<Site>)>; Branches::FEW],
    count: usize,
    more: Vec<(f64, &'t ParentNode<Site>)>,
}

impl<'t> Branches<'t> {
    const FEW: usize = 16;

    #[inline]
    fn add(&mut self, chord_2: f64, node: &'t ParentNode<Site>) {
        if let Some(place) = self.few.get_mut(self.count) {
            *place = Some((chord_2, node));
            self.count += 1;
        } else {
            self.more.push((chord_2, node));
        }
    }

    #[inline]
    fn sort(&mut self) {
        if self.more.is_empty() {
            if let Some(few) = self.few.get_mut(..self.count) {
                few.sort_unstable_by(|a, b| a.map_or(0.0, |a| a.0).total_cmp(&b.map_or(0.0, |b| b.0)));
            }
            return;
        }
        self.more.extend(self.few.iter_mut().filter_map(Option::take));
        self.more.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    }

    #[inline]
    fn iter(&self) -> impl Iterator<Item = (f64, &'t ParentNode<Site>)> + '_ {
        self.few.iter().flatten().chain(&self.more).copied()
    }
}

#[inline]
fn squared(from: Corner, to: Corner) -> f64 {
    let [x, y, z] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
    x * x + y * y + z * z
}

/// The squared chord to the nearest corner, edge or face of a box; zero inside.
#[inline]
fn nearest_corner(from: Corner, envelope: &AABB<Corner>) -> f64 {
    let (lower, upper) = (envelope.lower(), envelope.upper());
    let gap = |axis: usize| (lower[axis] - from[axis]).max(from[axis] - upper[axis]).max(0.0);
    let [x, y, z] = [gap(0), gap(1), gap(2)];
    x * x + y * y + z * z
}

/// The squared chord to the furthest corner of a box.
#[inline]
fn furthest_corner(from: Corner, envelope: &AABB<Corner>) -> f64 {
    let (lower, upper) = (envelope.lower(), envelope.upper());
    let span = |axis: usize| (from[axis] - lower[axis]).max(upper[axis] - from[axis]);
    let [x, y, z] = [span(0), span(1), span(2)];
    x * x + y * y + z * z
}
