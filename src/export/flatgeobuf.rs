//! FlatGeobuf: the columns of the flat schema as typed properties, with the packed index that programs use over HTTP.

use std::io::{self, Write};

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor};

use super::columns::{COLUMNS, Cell, Column, Kind, SOURCES};
use super::{ATTRIBUTION, Format, Harvest, Sink, Stream, geojson};
use crate::model::{GeoPrecision, Incident};

/// WGS84 in the EPSG's list.
const EPSG_WGS84: i32 = 4326;

/// Incidents as FlatGeobuf.
#[derive(Debug, Clone, Copy)]
pub struct FlatGeobuf;

impl Format for FlatGeobuf {
    fn file_name(&self) -> &'static str {
        "incidents.fgb"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        super::stream(self, &harvest.incidents, out)
    }
}

impl Stream for FlatGeobuf {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        let metadata = serde_json::json!({ "attribution": ATTRIBUTION }).to_string();
        let options = FgbWriterOptions {
            write_index: true,
            detect_type: false,
            promote_to_multi: false,
            crs: FgbCrs { org: Some("EPSG"), code: EPSG_WGS84, name: Some("WGS 84"), ..FgbCrs::default() },
            title: Some("Incidents"),
            description: Some(ATTRIBUTION),
            metadata: Some(&metadata),
            ..FgbWriterOptions::default()
        };
        let mut writer = FgbWriter::create_with_options("incidents", GeometryType::Point, options).map_err(fault)?;
        for column in columns() {
            writer.add_column(column.name, kind(column.kind), |_, _| {});
        }
        writer.add_column("area", ColumnType::Bool, |_, _| {});
        Ok(Box::new(Features { writer, out }))
    }
}

/// The flat schema without the point, which is the geometry.
fn columns() -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().chain(SOURCES).filter(|column| !matches!(column.name, "lon" | "lat"))
}

fn kind(kind: Kind) -> ColumnType {
    match kind {
        Kind::Text => ColumnType::String,
        Kind::Integer => ColumnType::Long,
        Kind::Number => ColumnType::Double,
        Kind::Date => ColumnType::DateTime,
        Kind::Boolean => ColumnType::Bool,
    }
}

fn fault(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// The features wait in a temporary file until the index is known.
struct Features<'o> {
    writer: FgbWriter<'o>,
    out: &'o mut dyn Write,
}

/// A point on its way into the file.
struct Spot(f64, f64);

impl GeozeroGeometry for Spot {
    fn process_geom<P: GeomProcessor>(&self, processor: &mut P) -> geozero::error::Result<()> {
        processor.point_begin(0)?;
        processor.xy(self.0, self.1, 0)?;
        processor.point_end(0)
    }
}

impl Sink for Features<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let Some((lon, lat)) = geojson::point(incident) else { return Ok(()) };
        let mut written = Ok(());
        let added = self.writer.add_feature_geom(Spot(lon, lat), |feature| written = properties(feature, incident));
        written.and(added).map_err(fault)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let Features { writer, out } = *self;
        writer.write(out).map_err(|error| match error {
            flatgeobuf::Error::IO(error) => error,
            other => fault(other),
        })
    }
}

/// What is empty is left out, which readers take for null.
fn properties(feature: &mut impl PropertyProcessor, incident: &Incident) -> geozero::error::Result<()> {
    let mut last = 0;
    for (at, column) in columns().enumerate() {
        last = at + 1;
        match (column.cell)(incident) {
            Cell::Empty => continue,
            Cell::Text(text) => feature.property(at, column.name, &ColumnValue::String(&text))?,
            Cell::Integer(number) => {
                let number = i64::try_from(number).unwrap_or(i64::MAX);
                feature.property(at, column.name, &ColumnValue::Long(number))?
            }
            Cell::Number(number) => feature.property(at, column.name, &ColumnValue::Double(number))?,
            Cell::Date(date) => feature.property(at, column.name, &ColumnValue::DateTime(&date.to_string()))?,
            Cell::Boolean(truth) => feature.property(at, column.name, &ColumnValue::Bool(truth))?,
        };
    }
    let area = incident.geo_precision.is_some_and(GeoPrecision::is_area);
    feature.property(last, "area", &ColumnValue::Bool(area)).map(drop)
}
