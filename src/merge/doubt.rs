//! Pairs that may be one event and are not merged: for a reader to decide.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::blocks::candidates;
use super::cluster::MOST_ALIKE;
use super::likeness::{Likeness, Verdict, likeness, may_be};
use super::{canonical, days};
use crate::model::Incident;

/// Two incidents of a merged list that may be one event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// The id of one.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// What speaks for and against it.
    pub likeness: Likeness,
}

/// The possible duplicates of a merged list, the likeliest first.
///
/// Dated pairs that are nearly alike enough, and undated incidents that fit more than one dated.
pub fn doubts(merged: &[Incident]) -> Vec<Doubt> {
    let mut sorted: Vec<&Incident> = merged.iter().collect();
    sorted.sort_by(|a, b| canonical(a, b));
    let mut doubts = several_fit(&sorted);
    candidates(&sorted, |a, b| {
        let (a, b) = (sorted[a], sorted[b]);
        doubts.extend(may_be(a, b).then(|| doubt(a, b, Verdict::PossibleDuplicate)).flatten());
    });
    doubts.sort_by(|x, y| {
        let score = y.likeness.score.total_cmp(&x.likeness.score);
        score.then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    doubts
}

/// The pair, where the comparison comes to that verdict.
fn doubt(a: &Incident, b: &Incident, verdict: Verdict) -> Option<Doubt> {
    let likeness = likeness(a, b);
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    (likeness.verdict == verdict).then(|| Doubt { a: a.id.clone(), b: b.id.clone(), likeness })
}

/// Undated incidents with every dated one that they fit: had it been one alone, they would have joined it.
fn several_fit(sorted: &[&Incident]) -> Vec<Doubt> {
    let (dated, undated): (Vec<&Incident>, Vec<&Incident>) = sorted.iter().partition(|i| days(i).is_some());
    let mut at: FxHashMap<&str, Vec<&Incident>> = FxHashMap::default();
    for incident in dated {
        if let Some(place) = &incident.place_id {
            at.entry(place).or_default().push(incident);
        }
    }
    // The list of a place holds all weekdays.
    let few = |list: &&Vec<&Incident>| list.len() <= 7 * MOST_ALIKE;
    let there = |i: &Incident| i.place_id.as_deref().and_then(|place| at.get(place)).filter(few).into_iter().flatten();
    undated.iter().flat_map(|open| there(open).filter_map(|dated| doubt(dated, open, Verdict::Same))).collect()
}
