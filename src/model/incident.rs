//! The record that everything leads to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DatePrecision, EventType, GeoPrecision, Outcome, PlaceKind, TimeOfDay};

/// One attack or armed event at one place and one time, with all its evidence.
///
/// An incident read from one report has one source; merging joins incidents into one with several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Stable id.
    pub id: String,
    /// What kind of event.
    pub event_type: EventType,
    /// First day, local to the place; null when the report does not tell.
    pub date_start: Option<Date>,
    /// Last day; a night runs from the first day to the second.
    pub date_end: Option<Date>,
    /// How exactly the date is known.
    pub date_precision: DatePrecision,
    /// Part of the day.
    pub time_of_day: Option<TimeOfDay>,
    /// The most specific place named, as the gazetteer writes it.
    pub place: Option<String>,
    /// Its English name.
    pub place_en: Option<String>,
    /// Its gazetteer id.
    pub place_id: Option<String>,
    /// What the place is.
    pub place_kind: Option<PlaceKind>,
    /// What the coordinates stand for.
    pub geo_precision: Option<GeoPrecision>,
    /// Radius of the circle that holds the incident, metres.
    pub uncertainty_m: Option<u32>,
    /// Longitude, WGS84 degrees.
    pub lon: Option<f64>,
    /// Latitude, WGS84 degrees.
    pub lat: Option<f64>,
    /// Second-level unit in English.
    pub admin2: Option<String>,
    /// First-level unit in English.
    pub admin1: Option<String>,
    /// ISO 3166-1 alpha-2; null at sea.
    pub country: Option<String>,
    /// Who did it, by the report's own assertion.
    pub actor: Option<String>,
    /// Who claimed it.
    pub claimed_by: Option<String>,
    /// Who was accused.
    pub blamed_on: Option<String>,
    /// What was struck.
    pub target: Option<String>,
    /// Canonical weapon names, sorted.
    pub weapons: Vec<String>,
    /// Fewest killed; 0 only where a report says none.
    pub killed_min: Option<u32>,
    /// Most killed.
    pub killed_max: Option<u32>,
    /// Fewest injured.
    pub injured_min: Option<u32>,
    /// Most injured.
    pub injured_max: Option<u32>,
    /// What came of it.
    pub outcome: Outcome,
    /// What was damaged, in the report's own words.
    pub damage: Option<String>,
    /// Whether the report tells it as background.
    pub background: bool,
    /// Chance that the incident is right in place, date and type; 0 to 1.
    pub confidence: f64,
    /// One line in English.
    pub summary_en: String,
    /// One line in Arabic.
    pub summary_ar: String,
    /// How many reports tell of it.
    pub source_count: usize,
    /// The reports, each with its evidence.
    pub sources: Vec<Source>,
}

/// What one report says of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The report's id.
    pub report: String,
    /// Its publication date.
    pub published: Option<Date>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What this report alone states; disagreement between reports shows here.
    #[serde(default)]
    pub says: Statement,
    /// The sentences that say so.
    pub evidence: Vec<Evidence>,
}

/// The fields in which reports of one event most often differ, as one report states them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// First day.
    pub date_start: Option<Date>,
    /// Last day.
    pub date_end: Option<Date>,
    /// The weekday told, Monday 1 to Sunday 7, where nothing lets it be reckoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<i8>,
    /// The report whose date the incident took, where this one tells none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_from: Option<String>,
    /// Type of event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<EventType>,
    /// Place name.
    pub place: Option<String>,
    /// Its gazetteer id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_id: Option<String>,
    /// Which of several it is said to be: 2 for «الهجوم الثاني».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u8>,
    /// Whether an official body gave the toll.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub official: bool,
    /// Fewest killed.
    pub killed_min: Option<u32>,
    /// Most killed.
    pub killed_max: Option<u32>,
    /// Fewest injured.
    pub injured_min: Option<u32>,
    /// Most injured.
    pub injured_max: Option<u32>,
}

impl Statement {
    /// Whether it states nothing but a weekday or an ordinal, which an incident has no fields for.
    pub fn tells_nothing(&self) -> bool {
        Statement { weekday: None, ordinal: None, ..self.clone() } == Statement::default()
    }

    /// What an incident of one report states.
    pub fn of(incident: &Incident) -> Statement {
        Statement {
            date_start: incident.date_start,
            date_end: incident.date_end,
            weekday: None,
            date_from: None,
            event_type: Some(incident.event_type),
            place: incident.place.clone(),
            place_id: incident.place_id.clone(),
            ordinal: None,
            official: false,
            killed_min: incident.killed_min,
            killed_max: incident.killed_max,
            injured_min: incident.injured_min,
            injured_max: incident.injured_max,
        }
    }
}

/// A verbatim slice of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte in the report's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The sentence, as it stands.
    pub text: String,
    /// The words in the report that gave single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// The words that gave one field of an incident.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The field's name: `place`, `date`, `killed`, `actor` …
    pub field: String,
    /// First byte in the report's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}
