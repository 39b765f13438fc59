//! What a map is made of.

use super::{Incident, Tally, UnresolvedName};

/// Everything that a run has to give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Harvest {
    /// Incidents with a place on the map, those that an analyst rejected left out.
    pub incidents: Vec<Incident>,
    /// Incidents without one.
    pub unlocated: Vec<Incident>,
    /// Counts over a span of time or a theatre.
    pub tallies: Vec<Tally>,
    /// Names that stay unresolved, each with the id of its report.
    pub unresolved: Vec<(String, UnresolvedName)>,
    /// What analysts changed.
    pub changes: Vec<Change>,
    /// Reports in the store.
    pub reports: usize,
    /// Incidents told by single reports, before merging.
    pub told: usize,
}

/// One field that an analyst set, beside what extraction says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The incident's id.
    pub incident: String,
    /// The field; `point` is longitude and latitude, `review` and `note` are the analyst's own.
    pub field: String,
    /// What the reports say, as text; empty for nothing.
    pub extracted: String,
    /// What the analyst set, as text; empty for nothing.
    pub kept: String,
    /// What became of it: `kept`, or why not.
    pub status: String,
    /// The reports that tell of the incident.
    pub reports: Vec<String>,
}
