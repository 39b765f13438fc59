//! What reading one report gives.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Incident, Span};

/// Everything that was read from one report: one line of `mawqi extract`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// The report's id.
    pub report: String,
    /// Its publication date: from metadata, dateline or text.
    pub published: Option<Date>,
    /// Earliest and latest possible publication date where only bounds are known.
    pub published_bounds: Option<(Date, Date)>,
    /// ISO 639 language; only `ar` is read.
    pub language: String,
    /// Incidents with a place on the map.
    pub incidents: Vec<Incident>,
    /// Counts over a span of time or a theatre; never mapped.
    pub tallies: Vec<Tally>,
    /// Incidents that the report places nowhere, or in a place that stays unresolved.
    pub unlocated: Vec<Incident>,
    /// Place names that could not be resolved.
    pub unresolved: Vec<UnresolvedName>,
    /// What was seen and not used, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A count of events or victims over a span of time or a whole theatre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Fewest.
    pub count_min: Option<u32>,
    /// Most.
    pub count_max: Option<u32>,
    /// `attacks`, `strikes`, `killed`, `injured` …
    pub what: String,
    /// Where, in English.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// First day counted: a date, or a month as `2023-10`.
    pub since: Option<String>,
    /// Last day counted.
    pub until: Option<String>,
    /// As of which day it counts: the last day counted, else the report's publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Who counted.
    pub source: Option<String>,
    /// The report.
    pub report: String,
    /// The words in the report's text.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// The sentence, as it stands.
    pub text: String,
}

/// A place name that stays unresolved, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedName {
    /// The name as the report writes it.
    pub name: String,
    /// First byte in the report's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Ids of the places it could be.
    pub candidates: Vec<String>,
    /// Why none was taken.
    pub reason: String,
}

/// Something that was seen and not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where in the text.
    #[serde(flatten)]
    pub span: Span,
    /// What and why.
    pub message: String,
}
