//! Events and the gazetteer into incidents: where on the map, how exactly, when, with what outcome and how surely.
//!
//! `place` gives coordinates, `outcome` what came of it, `incident` the record, `keep` what counts as one.

pub mod incident;
pub mod keep;
pub mod outcome;
pub mod place;
mod summary;

use crate::event::facts::Reading;
use crate::event::sign::Signs;
use crate::event::story::Event;
use crate::model::{Incident, Report, UnresolvedName};

/// The incidents of one report: on the map, and not.
#[derive(Debug, Default)]
pub struct Resolved {
    /// With a place.
    pub incidents: Vec<Incident>,
    /// Without one.
    pub unlocated: Vec<Incident>,
    /// Names that could not be resolved.
    pub unresolved: Vec<UnresolvedName>,
}

/// An event told less surely than this is only named, 0 to 1; chosen with the weights, see `lexicon/assertion.csv`.
const TOLD: f64 = 0.5;

/// Resolves a report's events.
///
/// `published` says whether the publication date is known.
pub fn resolve(reading: &Reading<'_, '_>, report: &Report, published: bool, events: Vec<Event>) -> Resolved {
    let mut out = Resolved { unresolved: place::unresolved(reading, &events), ..Resolved::default() };
    for (incident, signs) in judged(reading, report, published, events) {
        if signs.chance(reading.lexicon) < TOLD {
            continue;
        }
        if incident.lat.is_some() { out.incidents.push(incident) } else { out.unlocated.push(incident) }
    }
    out
}

/// The incidents that a report's events make, with what speaks for each being told as done and not only named.
pub fn judged(
    reading: &Reading<'_, '_>,
    report: &Report,
    published: bool,
    events: Vec<Event>,
) -> Vec<(Incident, Signs)> {
    let kept = keep::keep(reading, published, events);
    let dated = kept.iter().filter(|e| e.when.is_some()).count();
    let signs = |event: &Event| event.signs.of_event(event, dated > usize::from(event.when.is_some()));
    kept.iter().map(|event| (incident::incident(reading, report, event), signs(event))).collect()
}
