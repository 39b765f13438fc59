//! Incidents on their way out: one trait, one file a format, one schema for all (`columns.rs`).

pub mod acled;
pub mod changes;
pub mod columns;
pub mod csv;
pub(crate) mod delimited;
pub mod doubts;
pub mod flatgeobuf;
pub mod folder;
pub mod geojson;
#[cfg(feature = "geoparquet")]
pub mod geoparquet;
pub mod kml;
pub mod ndjson;
pub mod page;
mod page_data;
pub mod qgis;
pub mod tallies;
pub mod timemap;
pub mod ucdp;
pub mod unresolved;

use std::io::{self, Write};

use crate::model::Incident;

pub use crate::model::Harvest;
pub use folder::Folder;

/// A file format.
pub trait Format {
    /// The file's name in the output folder.
    fn file_name(&self) -> &'static str;

    /// Writes the format's part of the harvest.
    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()>;

    /// Whether a file that is there already stays as it is, because its user may have changed it.
    fn once(&self) -> bool {
        false
    }
}

/// The files of an output folder.
pub const FORMATS: &[&dyn Format] = &[
    &geojson::GeoJson,
    &csv::Csv,
    &flatgeobuf::FlatGeobuf,
    &kml::Kml,
    &tallies::Tallies,
    &unresolved::Unresolved,
    &changes::Changes,
    &doubts::Doubts,
    &page::Page,
    &qgis::Style,
    &qgis::Project,
];

/// A format of incidents that takes them one after the other, so that memory does not grow with their number.
pub trait Stream {
    /// Writes what stands before the incidents.
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>>;
}

/// A file of incidents that has been begun.
pub trait Sink {
    /// Writes one incident; those without a point are left out where the format is one of points.
    fn incident(&mut self, incident: &Incident) -> io::Result<()>;

    /// Writes what stands after the incidents.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Writes all of `incidents`.
pub fn stream(format: &dyn Stream, incidents: &[Incident], out: &mut dyn Write) -> io::Result<()> {
    let mut sink = format.begin(out)?;
    incidents.iter().try_for_each(|incident| sink.incident(incident))?;
    sink.finish()
}

/// The line of `gazetteer/SOURCES.md` that has to stand with what shows the places.
pub const ATTRIBUTION: &str = "Places: mawqi gazetteer; contains data from GeoNames (https://www.geonames.org), CC BY \
                               4.0; Who's On First; OurAirports; Natural Earth.";

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
