//! Which incidents are one event: candidate pairs by day and cell, joined best first.
//!
//! No two incidents are compared that no cell, administrative unit or country brings together on a day, so the work
//! grows with the incidents of a day in a neighbourhood, not with all pairs. The best pair is joined, the joined
//! incident is compared anew with the neighbours of both, and so on until no pair is the same; then undated incidents
//! look for the one dated incident that they fit. The whole is repeated until nothing changes: that makes it idempotent.
//! An event's face grows with each report that joins, so that ten thousand reports of one event cost no more each than ten.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::combine::{combine, hearing};
use super::decide::Decisions;
use super::face::Face;
use super::wording::Wording;
use super::{canonical, days, likeness, place, undated, weekday};
use crate::model::{EventType, GeoPrecision, Incident};

/// Cell of sites, settlements and offsets; degrees (about 22 km of latitude).
const NEAR_CELL_DEG: f64 = 0.2;
/// Cell of districts, governorates, regions and seas; degrees.
const WIDE_CELL_DEG: f64 = 2.0;
/// Length of a degree of latitude; metres, rounded down so that a cover is never too small.
const DEGREE_M: f64 = 110_500.0;

/// An incident is compared with so many that follow it in a block on its day, and an event with twice as many; a judgement.
/// Only days with hundreds of incidents in one neighbourhood have more, and they would need all pairs.
const NEIGHBOURS: usize = 256;

/// An undated incident fits one dated clearly better than another by so many points; a judgement.
const CLEAR: f64 = 0.8;

/// The incidents of one event and what they come to.
pub(super) struct Node {
    members: Vec<Incident>,
    /// What the members come to, once [`Node::settled`].
    pub(super) whole: Incident,
    pub(super) face: Face,
    /// The words of all members, once a comparison asks for them: most never do.
    wording: OnceCell<Wording>,
}

impl Node {
    fn of(rank: usize, whole: Incident, numbers: &mut Numbers) -> Node {
        let reports = whole.sources.iter().map(|source| numbers.of(&source.report)).collect();
        Node { members: vec![whole.clone()], face: Face::of(&whole, rank, reports), wording: OnceCell::new(), whole }
    }

    /// Both as one event, not yet settled.
    pub(super) fn join(mut self, other: Node) -> Node {
        self.wording = self.joined_wording(&other);
        self.members.extend(other.members);
        self.face.join(other.face);
        self
    }

    /// The words of both, where those of either are known.
    fn joined_wording(&mut self, other: &Node) -> OnceCell<Wording> {
        if self.wording.get().or(other.wording.get()).is_none() {
            return OnceCell::new();
        }
        self.wording();
        let mut all = self.wording.take().unwrap_or_default();
        all.join(other.wording());
        OnceCell::from(all)
    }

    /// The words of all members.
    fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| Wording::of(&self.members))
    }

    /// The better score of two nodes that are one event; none where they are two.
    fn same(&self, other: &Node) -> Option<f64> {
        self.face.same(&other.face, || (self.wording(), other.wording()))
    }

    /// Gives an undated event a date, as a report tells it of another.
    pub(super) fn date(&mut self, from: &Incident, report: &str) {
        for incident in self.members.iter_mut().chain([&mut self.whole]) {
            weekday::put_date(incident, from, report);
        }
        self.face.put_date(from);
    }

    /// Works out what the members come to.
    pub(super) fn settled(mut self) -> Node {
        if self.members.len() > 1 {
            self.whole = combine(&self.members).unwrap_or(self.whole);
        }
        self
    }
}

/// A number for each report.
#[derive(Default)]
struct Numbers(FxHashMap<String, u32>);

impl Numbers {
    fn of(&mut self, report: &str) -> u32 {
        let next = short(self.0.len());
        self.0.get(report).copied().unwrap_or_else(|| *self.0.entry(report.to_owned()).or_insert(next))
    }
}

/// A position in few bytes; there are fewer than four thousand million incidents in memory.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Fewer incidents, one per event; the order of the input makes no difference.
pub(super) fn gather(mut incidents: Vec<Incident>, decisions: &Decisions) -> Vec<Incident> {
    incidents.sort_by(hearing);
    let mut numbers = Numbers::default();
    let mut nodes: Vec<Node> =
        incidents.into_iter().enumerate().map(|(rank, whole)| Node::of(rank, whole, &mut numbers)).collect();
    nodes = decisions.apply(nodes);
    loop {
        let before = nodes.len();
        nodes.sort_by(|a, b| canonical(&a.whole, &b.whole));
        nodes = join_undated(join_dated(nodes));
        if !weekday::spread(&mut nodes) && nodes.len() == before {
            return nodes.into_iter().map(|n| n.whole).collect();
        }
    }
}

/// A pair that is one event: its score, its two slots, and how often the one that does not own the bond had changed.
type Bond = (u64, Reverse<(u32, u32)>, u32);

/// Nodes being joined, best pair first; a joined pair lives on in the lower slot.
///
/// Each slot owns bonds to its neighbours, and offers the best of them: one heap of all bonds would hold mostly what has
/// changed since.
struct Joining {
    slots: Vec<Option<Node>>,
    changes: Vec<u32>,
    neighbours: Vec<Vec<usize>>,
    bonds: Vec<BinaryHeap<Bond>>,
    /// The bonds offered, each with its owner and how often that had changed.
    offers: BinaryHeap<(Bond, u32, u32)>,
}

/// Joins dated incidents, best pair first.
fn join_dated(nodes: Vec<Node>) -> Vec<Node> {
    let mut joining = Joining::of(nodes);
    while let Some((bond, owner, changes)) = joining.offers.pop() {
        let (owner, Reverse((a, b))) = (owner as usize, bond.1);
        if joining.slots[owner].is_none() || joining.changes[owner] != changes {
            continue;
        }
        if joining.stands(owner, &bond) {
            joining.join(a as usize, b as usize);
        } else {
            joining.offer(owner);
        }
    }
    joining.slots.into_iter().flatten().map(Node::settled).collect()
}

impl Joining {
    fn of(nodes: Vec<Node>) -> Joining {
        let count = nodes.len();
        let pairs = candidates(&nodes.iter().map(|node| &node.whole).collect::<Vec<_>>());
        let mut joining = Joining {
            slots: nodes.into_iter().map(Some).collect(),
            changes: vec![0; count],
            neighbours: vec![Vec::new(); count],
            bonds: Vec::new(),
            offers: BinaryHeap::new(),
        };
        let mut bonds = vec![Vec::new(); count];
        for (a, b) in pairs {
            joining.neighbours[a].push(b);
            joining.neighbours[b].push(a);
            bonds[a].extend(joining.bond(a, b));
        }
        joining.bonds = bonds.into_iter().map(BinaryHeap::from).collect();
        for owner in 0..count {
            joining.offer(owner);
        }
        joining
    }

    /// The bond of a slot to another, where they are one event.
    fn bond(&self, owner: usize, other: usize) -> Option<Bond> {
        let (Some(x), Some(y)) = (&self.slots[owner], &self.slots[other]) else { return None };
        let score = x.same(y)?;
        let pair = (short(owner.min(other)), short(owner.max(other)));
        Some((score.to_bits(), Reverse(pair), self.changes[other]))
    }

    /// Whether the other slot of a bond is as it was.
    fn stands(&self, owner: usize, (_, Reverse((a, b)), seen): &Bond) -> bool {
        let other = if *a as usize == owner { *b } else { *a } as usize;
        self.slots[other].is_some() && self.changes[other] == *seen
    }

    /// Offers the best bond of a slot that still stands.
    fn offer(&mut self, owner: usize) {
        while let Some(bond) = self.bonds[owner].peek().copied() {
            if self.stands(owner, &bond) {
                self.offers.push((bond, short(owner), self.changes[owner]));
                return;
            }
            self.bonds[owner].pop();
        }
    }

    /// Joins slot `b` into `a` and compares the result with the neighbours of both.
    fn join(&mut self, a: usize, b: usize) {
        let (Some(x), Some(y)) = (self.slots[a].take(), self.slots[b].take()) else { return };
        self.slots[a] = Some(x.join(y));
        self.changes[a] += 1;
        self.changes[b] += 1;
        let mut all = std::mem::take(&mut self.neighbours[a]);
        for c in std::mem::take(&mut self.neighbours[b]) {
            self.neighbours[c].push(a);
            all.push(c);
        }
        all.retain(|&c| c != a && self.slots[c].is_some());
        all.sort_unstable();
        all.dedup();
        // The last ones are those that the event has not met yet.
        all.drain(..all.len().saturating_sub(2 * NEIGHBOURS));
        self.bonds[b] = BinaryHeap::new();
        self.bonds[a] = all.iter().filter_map(|&c| self.bond(a, c)).collect::<Vec<Bond>>().into();
        self.neighbours[a] = all;
        self.offer(a);
    }
}

/// Joins undated incidents to the one dated incident that each fits; two like fits are as good as none.
fn join_undated(nodes: Vec<Node>) -> Vec<Node> {
    let mut fits = only_fits(&nodes);
    if fits.is_empty() {
        return nodes;
    }
    fits.sort_unstable_by(|a, b| b.cmp(a));
    let mut slots: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    for (_, Reverse((dated, undated))) in fits {
        let (Some(x), Some(y)) = (slots[dated].take(), slots[undated].take()) else { continue };
        if x.same(&y).is_some() {
            slots[dated] = Some(x.join(y));
        } else {
            (slots[dated], slots[undated]) = (Some(x), Some(y));
        }
    }
    slots.into_iter().flatten().map(Node::settled).collect()
}

/// For each undated incident that fits one dated clearly better than all others: the score, and the two.
fn only_fits(nodes: &[Node]) -> Vec<(u64, Reverse<(usize, usize)>)> {
    let mut dated: FxHashMap<(&str, Likes<'_>), Vec<usize>> = FxHashMap::default();
    let is_point = |node: &Node| place::level(&node.whole) <= GeoPrecision::Settlement;
    for (index, node) in nodes.iter().enumerate().filter(|(_, n)| is_point(n) && days(&n.whole).is_some()) {
        for name in named(&node.whole) {
            for likes in likes(&node.whole) {
                dated.entry((name, likes)).or_default().push(index);
            }
        }
    }
    let undated = nodes.iter().enumerate().filter(|(_, n)| is_point(n) && days(&n.whole).is_none());
    undated
        .filter_map(|(index, node)| {
            let likes = likes(&node.whole);
            let keys = named(&node.whole).flat_map(|name| likes.iter().map(move |likes| (name, *likes)));
            let near: BTreeSet<usize> = keys.filter_map(|key| dated.get(&key)).flatten().copied().collect();
            let mut fits: Vec<(f64, usize)> =
                near.into_iter().filter_map(|d| Some((node.same(&nodes[d])?, d))).collect();
            fits.sort_by(|a, b| b.0.total_cmp(&a.0));
            let (score, dated) = *fits.first()?;
            let clear = fits.get(1).is_none_or(|second| likeness::points(score) - likeness::points(second.0) >= CLEAR);
            clear.then_some((score.to_bits(), Reverse((dated, index))))
        })
        .collect()
}

/// The place, by id and by name: an undated incident is at the very place of the dated one. A neighbourhood would hold too many
/// of the same weekday.
fn named(incident: &Incident) -> impl Iterator<Item = &str> {
    [&incident.place_id, &incident.place].into_iter().flatten().map(String::as_str)
}

/// What an undated incident must have in common with a dated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Likes<'a> {
    /// The type, a number of killed (true) or injured, and a weapon.
    Toll(EventType, (bool, u32), &'a str),
    /// The weekday.
    Weekday(i8),
    /// The day, of which an undated report may tell news.
    Day(Date),
}

fn likes(incident: &Incident) -> Vec<Likes<'_>> {
    let exact = |killed: bool, least: Option<u32>, most: Option<u32>| {
        least.filter(|least| most.unwrap_or(u32::MAX) == *least).map(|number| (killed, number))
    };
    let killed = exact(true, incident.killed_min, incident.killed_max);
    let injured = exact(false, incident.injured_min, incident.injured_max);
    let tolls = [killed, injured].into_iter().flatten();
    let event = incident.event_type;
    let armed = tolls.flat_map(|toll| incident.weapons.iter().map(move |arm| Likes::Toll(event, toll, arm.as_str())));
    let days: Vec<Date> = match days(incident) {
        None => undated::news_of(incident).collect(),
        Some((start, end)) if (end - start).get_days() <= 1 => vec![start, end],
        Some(_) => Vec::new(),
    };
    let of_days = days.into_iter().map(Likes::Day);
    armed.chain(weekday::of(incident).into_iter().map(Likes::Weekday)).chain(of_days).collect()
}

/// Row and column of a grid of degrees.
type Cell = (i32, i32);

/// What brings incidents together; the flag tells points (true) from areas.
#[derive(PartialEq, Eq, Hash)]
enum Block<'a> {
    /// A small cell: points among themselves.
    Near(Cell),
    /// A large cell.
    Wide(Cell, bool),
    /// A governorate, by country and name.
    Unit(Option<&'a str>, &'a str, bool),
    /// A country told as a whole, by its name or code.
    Country(&'a str),
}

/// Pairs that share a block on a day, each once, the lower index first; incidents come sorted by their first day.
pub(super) fn candidates(incidents: &[&Incident]) -> Vec<(usize, usize)> {
    let mut posts: FxHashMap<Block<'_>, Vec<(Date, usize)>> = FxHashMap::default();
    for (index, incident) in incidents.iter().enumerate() {
        let Some((start, _)) = days(incident) else { continue };
        for block in blocks(incident, false) {
            posts.entry(block).or_default().push((start, index));
        }
    }
    for list in posts.values_mut() {
        list.sort_unstable();
    }
    let mut pairs = Vec::new();
    let mut met_by = vec![usize::MAX; incidents.len()];
    for (index, incident) in incidents.iter().enumerate() {
        let Some((start, end)) = days(incident) else { continue };
        for list in blocks(incident, true).iter().filter_map(|block| posts.get(block)) {
            // Of two ranges that meet, the earlier one holds the later one's first day.
            let from = list.partition_point(|entry| *entry <= (start, index));
            for (_, other) in list[from..].iter().take_while(|(day, _)| *day <= end).take(NEIGHBOURS) {
                if met_by[*other] != index {
                    met_by[*other] = index;
                    pairs.push((index, *other));
                }
            }
        }
    }
    pairs
}

/// The blocks in which an incident stands, or (`looking`) in which its like may stand.
fn blocks(incident: &Incident, looking: bool) -> Vec<Block<'_>> {
    let level = place::level(incident);
    if level == GeoPrecision::Country {
        let names = [&incident.country, &incident.place_id, &incident.place];
        return names.into_iter().flatten().map(|name| Block::Country(name)).collect();
    }
    let is_point = level <= GeoPrecision::Offset;
    // Points meet points in small cells; areas meet both in large ones.
    let sides: &[bool] = match (is_point, looking) {
        (false, true) => &[true, false],
        (true, false) => &[true],
        (true, true) | (false, false) => &[false],
    };
    let radius_m = place::radius_m(incident);
    let mut blocks = Vec::new();
    if is_point {
        blocks.extend(cover(incident, NEAR_CELL_DEG, radius_m).into_iter().map(Block::Near));
    }
    let wide = cover(incident, WIDE_CELL_DEG, radius_m);
    for &side in sides {
        blocks.extend(wide.iter().map(|cell| Block::Wide(*cell, side)));
        if let Some(admin1) = incident.admin1.as_deref() {
            blocks.push(Block::Unit(incident.country.as_deref(), admin1, side));
        }
    }
    blocks
}

/// The cells that a circle about the incident touches; across the antimeridian, too.
fn cover(incident: &Incident, size_deg: f64, radius_m: f64) -> Vec<Cell> {
    let Some(point) = place::point(incident) else { return Vec::new() };
    let (lon, lat) = point.x_y();
    let tall_deg = radius_m / DEGREE_M;
    let edge_deg = (lat.abs() + tall_deg).min(89.0);
    let broad_deg = (tall_deg / edge_deg.to_radians().cos()).min(180.0);
    let around = steps(360.0, size_deg);
    let columns: BTreeSet<i32> = (steps(lon - broad_deg, size_deg)..=steps(lon + broad_deg, size_deg))
        .map(|column| column.rem_euclid(around))
        .collect();
    (steps(lat - tall_deg, size_deg)..=steps(lat + tall_deg, size_deg))
        .flat_map(|row| columns.iter().map(move |column| (row, *column)))
        .collect()
}

/// How many whole cells lie below a value.
#[allow(clippy::cast_possible_truncation, reason = "degrees over a cell's size are small; the cast saturates")]
fn steps(value_deg: f64, size_deg: f64) -> i32 {
    // 360 / 0.2 must not fall just short of 1800.
    (value_deg / size_deg + 1e-9).floor() as i32
}
