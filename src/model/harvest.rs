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
    /// What changed on the map since the last run, and what analysts changed.
    pub changes: Vec<Change>,
    /// Pairs of incidents that may be one event: for a reader to decide.
    pub doubts: Vec<Doubt>,
    /// Lines of `decisions.csv` whose incident is not known, or whose report is none of it: the line, which of the two
    /// is missing (`incident` or `report`), and its id.
    pub undecided: Vec<(u64, &'static str, String)>,
    /// Reports in the store.
    pub reports: usize,
    /// Incidents told by single reports, before merging.
    pub told: usize,
}

/// Two incidents that may be one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The id of one.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// How alike they are, 0 to 1; 0.5 and above would be one event, were both dated.
    pub score: f64,
    /// What speaks for and against it, in words.
    pub reasons: String,
}

/// One field that an analyst set, beside what extraction says; or what became of an incident since the last run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The incident's id.
    pub incident: String,
    /// The field; `point` is longitude and latitude, `review` and `note` are the analyst's own.
    pub field: String,
    /// What the map said before the last run, where that changed: as text; empty for nothing.
    pub before: String,
    /// What the reports say, as text; empty for nothing.
    pub extracted: String,
    /// What the analyst set, as text; empty for nothing.
    pub kept: String,
    /// What became of it: `kept`, or why not; `new`, `merged`, `split`, `revised` or `dropped` since the last run.
    pub status: String,
    /// The reports that tell of the incident.
    pub reports: Vec<String>,
}
