//! Dumps and tables from outside, gathered into one index file.
//!
//! ```text
//! XX.zip, cities500.zip, own.csv, own.geojson ──source, lines──> rows ──geonames, own──> Draft ─┐
//! admin1CodesASCII, admin2Codes, hierarchy, alternateNamesV2 ──geonames──────────────────────────┴──> world::write
//! ```
//!
//! Rows are read one at a time; what is kept of one is some hundred bytes, so that the whole of GeoNames fits into memory.

mod codes;
mod draft;
mod geonames;
mod lines;
mod own;
mod source;

use std::path::PathBuf;

use super::world::{self, Size};
use crate::{Error, Result};

use draft::Draft;
use lines::Faults;
use source::{Kind, Source};

/// What is to be built from what.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// GeoNames dumps (`.zip`, `.txt`), GeoJSON, CSV.
    pub sources: Vec<PathBuf>,
    /// The index file.
    pub output: PathBuf,
    /// Whether a row that cannot be read is counted and left out, where it would else end the build.
    pub lenient: bool,
    /// Only places of these countries, ISO 3166-1 alpha-2; all, where empty.
    pub countries: Vec<String>,
}

/// What was built.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// How much the index holds.
    pub size: Size,
    /// Rows read.
    pub rows: u64,
    /// Rows left out because they could not be read.
    pub skipped: u64,
    /// What was wrong with the first of them.
    pub faults: Vec<String>,
}

/// Builds an index; `progress` is told now and then how many of how many bytes are read.
pub fn build(order: &Build, progress: &mut dyn FnMut(u64, u64)) -> Result<Built> {
    let mut sources = order.sources.iter().map(|path| Source::detect(path)).collect::<Result<Vec<_>>>()?;
    if !sources.iter().any(|source| source.kind.has_places()) {
        let expected = "a table of places: a GeoNames dump such as IQ.zip, GeoJSON or CSV";
        return Err(Error::argument("SOURCES", "none with places", expected));
    }
    // Places first: what the other tables say is said of them.
    sources.sort_by_key(|source| source.kind);
    let total = sources.iter().map(|source| source.bytes).sum();
    let mut faults = Faults::new(order.lenient, total, progress);
    let mut draft = Draft::new(&order.countries);
    let (places, rest): (Vec<Source>, Vec<Source>) = sources.into_iter().partition(|source| source.kind.has_places());
    for source in &places {
        read(source, &mut draft, &mut faults)?;
    }
    draft.sort_places();
    for source in &rest {
        read(source, &mut draft, &mut faults)?;
    }
    let Faults { rows, skipped, told, .. } = faults;
    let parts = draft.finish(&order.output)?;
    Ok(Built { size: world::write(&order.output, parts)?, rows, skipped, faults: told })
}

fn read(source: &Source, draft: &mut Draft, faults: &mut Faults) -> Result<()> {
    source.open(|reader| match source.kind {
        Kind::Csv => own::read_csv(reader, &source.label, draft, faults),
        Kind::GeoJson => own::read_geojson(reader, &source.label, draft, faults),
        kind => geonames::read(kind, reader, &source.label, draft, faults),
    })
}
