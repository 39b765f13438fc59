//! Which incidents are one event: candidate pairs by day and cell, joined best first.
//!
//! No two incidents are compared that no cell, administrative unit or country brings together on a day, so the work
//! grows with the incidents of a day in a neighbourhood, not with all pairs. The best pair is joined, the joined
//! incident is compared anew with the neighbours of both, and so on until no pair is the same; then undated incidents
//! look for the one dated incident that they fit. The whole is repeated until nothing changes: that makes it idempotent.
//! An event's face grows with each report that joins, so that ten thousand reports of one event cost no more each than ten.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::combine::hearing;
use super::decide::Decisions;
use super::joining::join_dated;
use super::node::{Held, Node};
use super::{canonical, days, first_report, likeness, place, position, undated, weekday};
use crate::model::{EventType, GeoPrecision, Incident};

/// An undated incident fits one dated clearly better than another by so many points; a judgement.
const CLEAR: f64 = 0.8;
/// Where a place has more dated incidents of a weekday than these, the weekday tells nobody which is meant; a judgement. All
/// pairs of them would take the square of the years that a store spans.
pub(super) const MOST_ALIKE: usize = 100;

/// Fewer incidents, one per event; the order of the input makes no difference.
pub(super) fn gather(incidents: Vec<Incident>, decisions: &Decisions) -> Vec<Incident> {
    let mut nodes = decisions.apply(heard(incidents));
    loop {
        let before = nodes.len();
        sort(&mut nodes);
        nodes = join_undated(join_dated(nodes));
        if !weekday::spread(&mut nodes) && nodes.len() == before {
            return nodes.into_iter().map(|n| n.whole).collect();
        }
    }
}

/// Each incident as a node, in the order in which they are heard.
fn heard(incidents: Vec<Incident>) -> Vec<Held> {
    let reports = incidents.iter().flat_map(|i| &i.sources).map(|s| s.report.as_str());
    let mut distinct: Vec<(u128, &str)> = reports.collect::<FxHashSet<_>>().into_iter().map(|r| (head(r), r)).collect();
    distinct.sort_unstable();
    let numbers: FxHashMap<&str, u32> = distinct.into_iter().map(|(_, report)| report).zip(0..).collect();
    let number = |report: &str| numbers.get(report).copied().unwrap_or(0);
    // A report's number is its place among all, and quicker to compare.
    let mut order: Vec<(u32, usize)> =
        (0..incidents.len()).map(|at| (number(first_report(&incidents[at])), at)).collect();
    order.sort_by(|(a, at), (b, bt)| a.cmp(b).then_with(|| hearing(&incidents[*at], &incidents[*bt])));
    let told: Vec<_> = incidents.iter().map(|i| i.sources.iter().map(|s| number(&s.report)).collect()).collect();
    let mut ranks = vec![0; incidents.len()];
    order.iter().enumerate().for_each(|(rank, (_, at))| ranks[*at] = rank);
    let nodes = incidents.into_iter().zip(told).zip(ranks);
    let mut slots: Vec<_> = nodes.map(|((i, told), rank)| Some(Box::new(Node::of(rank, i, told)))).collect();
    order.into_iter().filter_map(|(_, at)| slots[at].take()).collect()
}

/// The first bytes of a name as a number that sorts as they do.
fn head(name: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(name.bytes()).for_each(|(slot, byte)| *slot = byte);
    u128::from_be_bytes(bytes)
}

/// Sorts by day, place and all the rest.
fn sort(nodes: &mut Vec<Held>) {
    // Days and place mostly decide, and stand beside each other in memory.
    let mut keyed: Vec<_> = nodes.drain(..).map(|node| ((days(&node.whole), position(&node.whole)), node)).collect();
    keyed.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| canonical(&x.whole, &y.whole)));
    nodes.extend(keyed.into_iter().map(|(_, node)| node));
}
/// Joins undated incidents to the one dated incident that each fits; two like fits are as good as none.
fn join_undated(nodes: Vec<Held>) -> Vec<Held> {
    let mut fits = only_fits(&nodes);
    if fits.is_empty() {
        return nodes;
    }
    fits.sort_unstable_by(|a, b| b.cmp(a));
    let mut slots: Vec<Option<Held>> = nodes.into_iter().map(Some).collect();
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
fn only_fits(nodes: &[Held]) -> Vec<(u64, Reverse<(usize, usize)>)> {
    let local = |node: &Node| match place::level(&node.whole) {
        GeoPrecision::District => days(&node.whole).is_none(),
        level => level <= GeoPrecision::Settlement,
    };
    let points = nodes.iter().enumerate().filter(|(_, node)| local(node));
    let (dated, undated): (Vec<_>, Vec<_>) = points.partition(|(_, node)| days(&node.whole).is_some());
    // Few are undated: what none of them asks for need not be found.
    let asked = undated.iter().flat_map(|(_, node)| keys(&node.whole)).map(|key| (key, Vec::new()));
    let mut found: FxHashMap<(&str, Likes<'_>), Vec<usize>> = asked.collect();
    for (index, node) in dated {
        for key in keys(&node.whole) {
            found.entry(key).and_modify(|list| list.push(index));
        }
    }
    undated
        .into_iter()
        .filter_map(|(index, node)| {
            let lists = keys(&node.whole).filter_map(|key| found.get(&key)).filter(|list| list.len() <= MOST_ALIKE);
            let near: BTreeSet<usize> = lists.flatten().copied().collect();
            let mut fits: Vec<(f64, usize)> =
                near.into_iter().filter_map(|d| Some((node.same(&nodes[d])?, d))).collect();
            fits.sort_by(|a, b| b.0.total_cmp(&a.0));
            let (score, dated) = *fits.first()?;
            let clear = fits.get(1).is_none_or(|second| likeness::points(score) - likeness::points(second.0) >= CLEAR);
            clear.then_some((score.to_bits(), Reverse((dated, index))))
        })
        .collect()
}

/// By what an undated incident and a dated one find each other: the place, and what they have in common.
fn keys(incident: &Incident) -> impl Iterator<Item = (&str, Likes<'_>)> {
    likes(incident).into_iter().flat_map(|likes| named(incident).map(move |name| (name, likes)))
}

/// The place, by id and by name: an undated incident is at the very place of the dated one, or in the district that is all it
/// knows. A neighbourhood would hold too many of the same weekday.
fn named(incident: &Incident) -> impl Iterator<Item = &str> {
    let dated = days(incident).is_some();
    let district = incident.admin2.as_ref().filter(|_| dated || place::level(incident) == GeoPrecision::District);
    [&incident.place_id, &incident.place].into_iter().flatten().chain(district).map(String::as_str)
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
