//! Events and the gazetteer into incidents: where on the map, how exactly, when, with what outcome and how surely.
//!
//! `place` gives coordinates, `outcome` what came of it, `incident` the record, `keep` what counts as one.

pub mod incident;
pub mod keep;
pub mod outcome;
pub mod place;
mod summary;

use crate::event::facts::Reading;
use crate::event::story::Event;
use crate::model::{Incident, Report, UnresolvedName};

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

/// Resolves a report's events.
///
/// `published` says whether the publication date is known.
pub fn resolve(reading: &Reading<'_, '_>, report: &Report, published: bool, events: &[Event]) -> Resolved {
    let mut out = Resolved {
        unresolved: place::unresolved(reading, events),
        dropped: keep::dropped(reading, published, events),
        ..Resolved::default()
    };
    for (event, _) in events.iter().zip(&out.dropped).filter(|(_, why)| why.is_none()) {
        let incident = incident::incident(reading, report, event);
        if incident.lat.is_some() { out.incidents.push(incident) } else { out.unlocated.push(incident) }
    }
    out
}
