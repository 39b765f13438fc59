//! Events and the gazetteer into incidents: where on the map, how exactly, when, with what outcome and how surely.
//!
//! `place` gives coordinates, `outcome` what came of it, `incident` the record, `keep` what counts as one.

pub mod incident;
pub mod keep;
pub mod outcome;
pub mod place;
pub mod summary;

use crate::event::facts::Reading;
use crate::event::sign::Signs;
use crate::event::site::{SEA, fineness};
use crate::event::story::Event;
use crate::mention::place::PlaceMention;
use crate::model::{EventType, Incident, Report, UnresolvedName};

use keep::Dropped;

/// The incidents of one report: on the map, and not.
#[derive(Debug, Default)]
pub struct Resolved {
    /// With a place.
    pub incidents: Vec<Incident>,
    /// Without one.
    pub unlocated: Vec<Incident>,
    /// Names that could not be resolved.
    pub unresolved: Vec<UnresolvedName>,
    /// For each event the reason why it is no incident; none for those that are.
    pub dropped: Vec<Option<Dropped>>,
}

/// An event told less surely than this is only named, 0 to 1; chosen with the weights, see `lexicon/assertion.csv`.
const TOLD: f64 = 0.5;

/// The fineness of a governorate.
const GOVERNORATE: u8 = 4;

/// Resolves a report's events.
///
/// `published` says whether the publication date is known.
pub fn resolve(reading: &Reading<'_, '_>, report: &Report, published: bool, events: &[Event]) -> Resolved {
    let mut dropped = keep::dropped(reading, published, events);
    let signs = signs(events, &dropped);
    // A ship is struck at sea, and no finer place can be asked for.
    let finer = |m: &PlaceMention, at_sea: bool| {
        let fineness = fineness(m, reading.gazetteer);
        m.place.is_some() && (fineness <= GOVERNORATE || (at_sea && fineness == SEA))
    };
    let at_sea = |e: &Event| e.event == EventType::NavalAttack;
    let placed = |e: &Event| e.site.as_ref().is_some_and(|s| finer(&reading.places[s.head], at_sea(e)));
    for ((why, signs), event) in dropped.iter_mut().zip(signs).zip(events) {
        let day = published || event.weekday.is_some();
        let told = signs.chance(reading.lexicon) >= TOLD || (day && placed(event) && signs.news(event));
        *why = why.or((!told).then_some(Dropped::OnlyNamed));
    }
    let mut out = Resolved { unresolved: place::unresolved(reading, events), dropped, ..Resolved::default() };
    for (event, _) in events.iter().zip(&out.dropped).filter(|(_, why)| why.is_none()) {
        let incident = incident::incident(reading, report, event);
        if incident.lat.is_some() { out.incidents.push(incident) } else { out.unlocated.push(incident) }
    }
    out
}

/// What speaks for each event being told as done and not only named, in its clauses and beside the other events.
pub fn signs(events: &[Event], dropped: &[Option<Dropped>]) -> Vec<Signs> {
    let counts = |why: &Option<Dropped>| why.is_none_or(|w| w == Dropped::OnlyNamed);
    let has_day = |e: &Event| e.when.is_some() || e.weekday.is_some();
    let dated = events.iter().zip(dropped).filter(|(e, why)| counts(why) && has_day(e)).count();
    events.iter().map(|e| e.signs.of_event(e, dated > usize::from(has_day(e)))).collect()
}
