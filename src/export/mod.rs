//! Incidents on their way out: one trait, one file a format, one schema for all (`columns.rs`).

pub mod columns;
pub mod csv;
pub mod folder;
pub mod geojson;
pub mod ndjson;
pub mod page;
mod page_data;
pub mod tallies;
pub mod unresolved;

use std::io::{self, Write};

use crate::model::{Incident, Tally, UnresolvedName};

pub use folder::Folder;

/// Everything that a run has to give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Harvest {
    /// Incidents with a place on the map.
    pub incidents: Vec<Incident>,
    /// Incidents without one.
    pub unlocated: Vec<Incident>,
    /// Counts over a span of time or a theatre.
    pub tallies: Vec<Tally>,
    /// Names that stay unresolved, each with the id of its report.
    pub unresolved: Vec<(String, UnresolvedName)>,
}

/// A file format.
pub trait Format {
    /// The file's name in the output folder.
    fn file_name(&self) -> &'static str;

    /// Writes the format's part of the harvest.
    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()>;
}

/// The files of an output folder.
pub const FORMATS: &[&dyn Format] =
    &[&geojson::GeoJson, &csv::Csv, &tallies::Tallies, &unresolved::Unresolved, &page::Page];

/// An incident on its way out, with its distance where it answers a question of nearness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Where it lies from the point asked for.
    pub near: Option<Near>,
}

/// Where an incident lies from a point asked for: the columns `distance_km` and `bearing`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Distance, kilometres.
    pub distance_km: f64,
    /// Direction, one of eight; none where the two coincide.
    pub bearing: Option<&'static str>,
}

impl<'a> Row<'a> {
    /// Incidents without a distance.
    pub fn plain(incidents: &'a [Incident]) -> Vec<Self> {
        incidents.iter().map(|incident| Row { incident, near: None }).collect()
    }
}
