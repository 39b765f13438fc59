//! GeoJSON as in RFC 7946: WGS 84 (lon, lat), no `crs`, ids at the features, one feature a line.
//!
//! The properties are the names of the schema in order, and at the end `area`: true where the point stands for a
//! governorate, a region, a country or a sea, and is not to be drawn as a pin. `bbox` stands after the features, so
//! that the file is written in one go and that readers which look for the first bracket find the features; the
//! attribution that the sources of the places ask for comes last.

use std::io::{self, Write};
use std::path::Path;

use geojson::{Feature, FeatureCollection, GeometryValue};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{ATTRIBUTION, Format, Harvest, Row, Sink, Stream, columns};
use crate::index::{Ring, is_point};
use crate::model::Incident;
use crate::{Error, Result};

/// The file's name in an output folder.
pub const FILE_NAME: &str = "incidents.geojson";

/// Incidents as GeoJSON.
#[derive(Debug, Clone, Copy)]
pub struct GeoJson;

impl Format for GeoJson {
    fn file_name(&self) -> &'static str {
        FILE_NAME
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        write(&Row::plain(&harvest.incidents), out)
    }
}

/// Writes a feature collection of the incidents that have a point; the others are left out.
pub fn write(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let mut collection = Collection::begin(out)?;
    rows.iter().try_for_each(|row| collection.row(row))?;
    collection.end()
}

/// Bytes of features that are gathered before they are written.
const GATHERED_BYTES: usize = 1 << 16;

/// A feature collection that has been begun.
struct Collection<'o> {
    out: &'o mut dyn Write,
    /// Features that wait: JSON is spelt in small pieces, and each would ask the output whether it has room.
    gathered: Vec<u8>,
    extent: Option<[f64; 4]>,
}

impl<'o> Collection<'o> {
    fn begin(out: &'o mut dyn Write) -> io::Result<Self> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Collection { out, gathered: Vec::with_capacity(GATHERED_BYTES), extent: None })
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let Some((lon, lat)) = point(row.incident) else { return Ok(()) };
        self.gathered.extend_from_slice(if self.extent.is_none() { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut self.gathered, &feature(row, lon, lat))?;
        self.extent = Some(widen(self.extent, lon, lat));
        if self.gathered.len() < GATHERED_BYTES { Ok(()) } else { pass_on(&mut self.gathered, self.out) }
    }

    fn end(mut self) -> io::Result<()> {
        pass_on(&mut self.gathered, self.out)?;
        let Collection { out, extent, .. } = self;
        out.write_all(b"\n]")?;
        if let Some(extent) = extent {
            out.write_all(b",\"bbox\":")?;
            serde_json::to_writer(&mut *out, &extent)?;
            out.write_all(b",\"attribution\":")?;
            serde_json::to_writer(&mut *out, ATTRIBUTION)?;
        }
        out.write_all(b"}\n")
    }
}

/// Writes what was gathered.
fn pass_on(gathered: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(gathered)?;
    gathered.clear();
    Ok(())
}

impl Stream for GeoJson {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        Ok(Box::new(Collection::begin(out)?))
    }
}

impl Sink for Collection<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        self.row(&Row { incident, near: None })
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.end()
    }
}

/// Incidents as features, one a line, for programs that read line by line; the first carries the attribution.
#[derive(Debug, Clone, Copy)]
pub struct GeoJsonSeq;

struct Lines<'o> {
    out: &'o mut dyn Write,
    gathered: Vec<u8>,
    first: bool,
}

impl Stream for GeoJsonSeq {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        Ok(Box::new(Lines { out, gathered: Vec::with_capacity(GATHERED_BYTES), first: true }))
    }
}

impl Sink for Lines<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let Some((lon, lat)) = point(incident) else { return Ok(()) };
        let row = Row { incident, near: None };
        let attribution = std::mem::take(&mut self.first).then_some(ATTRIBUTION);
        serde_json::to_writer(&mut self.gathered, &FeatureOut { attribution, ..feature(&row, lon, lat) })?;
        self.gathered.push(b'\n');
        if self.gathered.len() < GATHERED_BYTES { Ok(()) } else { pass_on(&mut self.gathered, self.out) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        pass_on(&mut self.gathered, self.out)
    }
}

/// The feature of one incident with a point.
#[derive(Serialize)]
struct FeatureOut<'a> {
    r#type: &'static str,
    geometry: PointOut,
    id: &'a str,
    properties: columns::Object<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
}

#[derive(Serialize)]
struct PointOut {
    r#type: &'static str,
    coordinates: [f64; 2],
}

fn feature<'a>(row: &'a Row<'a>, lon: f64, lat: f64) -> FeatureOut<'a> {
    FeatureOut {
        r#type: "Feature",
        geometry: PointOut { r#type: "Point", coordinates: [lon, lat] },
        id: &row.incident.id,
        properties: columns::Object { row, point: false, area: true },
        attribution: None,
    }
}

/// Polygons without holes as one geometry; null where there are none.
pub fn polygons(rings: &[Ring]) -> Value {
    match rings {
        [] => Value::Null,
        [ring] => serde_json::json!({ "type": "Polygon", "coordinates": [ring] }),
        _ => {
            let polygons: Vec<[&Ring; 1]> = rings.iter().map(|ring| [ring]).collect();
            serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons })
        }
    }
}

/// The incident's rounded point (lon, lat), where it has one on Earth.
pub(super) fn point(incident: &Incident) -> Option<(f64, f64)> {
    let (lon, lat) = (columns::round_degrees(incident.lon?), columns::round_degrees(incident.lat?));
    is_point(lon, lat).then_some((lon, lat))
}

/// The box (west, south, east, north) of the incidents that have a point.
pub(super) fn extent<'a>(incidents: impl Iterator<Item = &'a Incident>) -> Option<[f64; 4]> {
    incidents.filter_map(point).fold(None, |extent, (lon, lat)| Some(widen(extent, lon, lat)))
}

/// The box that holds the point too.
pub(super) fn widen(extent: Option<[f64; 4]>, lon: f64, lat: f64) -> [f64; 4] {
    let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
    [west.min(lon), south.min(lat), east.max(lon), north.max(lat)]
}

/// Reads back what [`write()`] wrote; members that are not of an incident are passed over.
pub fn read(path: &Path) -> Result<Vec<Incident>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    let collection: FeatureCollection = serde_json::from_slice(&bytes)
        .map_err(|e| Error::file(path, format!("not a GeoJSON feature collection: {e}")))?;
    let incident = |(number, feature)| {
        incident(feature).map_err(|reason| Error::file(path, format!("feature {}: {reason}", number + 1)))
    };
    collection.features.into_iter().enumerate().map(incident).collect()
}

fn incident(feature: Feature) -> std::result::Result<Incident, String> {
    let mut fields: Map<String, Value> = feature.properties.unwrap_or_default();
    if let Some(geometry) = feature.geometry {
        let GeometryValue::Point { coordinates } = geometry.value else {
            return Err(format!("found a {}, expected a Point", geometry.value.type_name()));
        };
        let &[lon, lat, ..] = coordinates.as_slice() else { return Err("a point needs lon and lat".to_owned()) };
        if !is_point(lon, lat) {
            return Err(format!("found the point {lon}, {lat}, expected degrees of longitude and latitude"));
        }
        fields.insert("lon".to_owned(), lon.into());
        fields.insert("lat".to_owned(), lat.into());
    }
    serde_json::from_value(Value::Object(fields)).map_err(|e| e.to_string())
}
