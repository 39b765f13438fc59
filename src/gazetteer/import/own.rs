//! The user's own places, as CSV or GeoJSON: the columns that `--gazetteer FILE.csv` takes.

use std::io::BufRead;
use std::path::Path;

use geo::{Centroid, Distance, Haversine, Point, Polygon};
use geojson::{Feature, GeometryValue};

use super::super::names::is_arabic;
use super::super::table::Tables;
use super::super::world::Record;
use super::draft::{Draft, Entry, LONGEST_NAME};
use super::geonames::micro;
use super::lines::Faults;
use crate::error::excerpt;
use crate::model::{NameUse, Place};
use crate::{Error, Result};

/// The columns that the properties of a feature can give.
const PROPERTIES: [&str; 11] =
    ["id", "name_ar", "name", "name_en", "kind", "country", "admin1", "admin2", "parent", "rank", "aliases"];

/// Reads a CSV table, a row at a time.
pub(super) fn read_csv(reader: &mut dyn BufRead, label: &Path, draft: &mut Draft, faults: &mut Faults) -> Result<()> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(reader);
    let mut record = csv::StringRecord::new();
    let mut header: Option<csv::StringRecord> = None;
    loop {
        let line = rows.position().line();
        match rows.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(fault) if fault.is_io_error() => return Err(Error::file(label, fault.to_string())),
            Err(fault) => {
                faults.settle(Err(Error::table(label, line, "row", &fault.to_string(), "CSV in UTF-8")))?;
                continue;
            }
        }
        faults.row(record.as_slice().len() + record.len());
        let Some(header) = &header else {
            let first = record.get(0).unwrap_or("").trim_start_matches('\u{feff}').to_owned();
            header = Some(std::iter::once(first.as_str()).chain(record.iter().skip(1)).collect());
            continue;
        };
        faults.settle(own_row(header, &record, label, line, draft))?;
    }
}

/// Reads a row as a table of its own, so that it is understood as `--gazetteer` understands it.
fn own_row(
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    label: &Path,
    line: u64,
    draft: &mut Draft,
) -> Result<()> {
    if let Some(long) = record.iter().find(|cell| cell.chars().count() > LONGEST_NAME * 10) {
        let expected = format!("at most {} characters", LONGEST_NAME * 10);
        return Err(Error::table(label, line, "row", &excerpt(long), &expected));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(header).and_then(|()| writer.write_record(record));
    let text = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    let expected = format!("{} fields, as in the header", header.len());
    let unwritten =
        || Error::table(label, line, "row", &excerpt(&record.iter().collect::<Vec<_>>().join(",")), &expected);
    let text = String::from_utf8(text).ok().filter(|text| !text.is_empty()).ok_or_else(unwritten)?;
    let mut tables = Tables::default();
    tables.read_text(label, &text).map_err(|fault| at_line(fault, line))?;
    tables.settle();
    let stem = label.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    for place in &tables.places {
        let has_id = header.iter().zip(record).any(|(column, cell)| column == "id" && !cell.is_empty());
        let id = if has_id { place.id.to_string() } else { format!("{stem}-{line}") };
        let ix = push(draft, place, &id);
        tables.names().for_each(|name| {
            let lang = if name.text.chars().any(is_arabic) { *b"ar\0" } else { [0; 3] };
            draft.push_name(ix, name.text, lang, name.usage);
        });
    }
    Ok(())
}

/// The same fault at the line where the row stands.
fn at_line(fault: Error, line: u64) -> Error {
    match fault {
        Error::Table { path, column, value, expected, .. } => Error::Table { path, line, column, value, expected },
        other => other,
    }
}

fn push(draft: &mut Draft, place: &Place, id: &str) -> u32 {
    let country: [u8; 2] = place.country.as_bytes().try_into().unwrap_or_default();
    let record = Record {
        lat: micro(place.lat),
        lon: micro(place.lon),
        id: draft.keep(id),
        name_ar: if place.name_ar.chars().any(is_arabic) { draft.keep(&place.name_ar) } else { 0 },
        name_en: draft.keep(if place.name_en.is_empty() { &place.name_ar } else { &place.name_en }),
        admin1: draft.intern(&place.admin1),
        admin2: draft.intern(&place.admin2),
        radius_m: place.radius_m,
        country,
        kind: draft.kind_number(place.kind),
        rank: place.rank,
        source: draft.source_number(&place.source),
        ..Record::default()
    };
    let ix = draft.push(Entry { record, full: true, ..Entry::default() });
    let lang = if record.name_ar == 0 { *b"en\0" } else { *b"ar\0" };
    draft.push_name(ix, &place.name_ar, lang, NameUse::Official);
    draft.push_name(ix, &place.name_en, *b"en\0", NameUse::Official);
    draft.push_parent_told(ix, &place.parent);
    ix
}

/// Reads a feature collection: points as they are, polygons by their centre, with the circle that holds them.
pub(super) fn read_geojson(
    reader: &mut dyn BufRead,
    label: &Path,
    draft: &mut Draft,
    faults: &mut Faults,
) -> Result<()> {
    let mut features = geojson::FeatureReader::from_reader(reader).features();
    let mut number = 0_u64;
    loop {
        let Some(next) = features.next() else { break };
        number += 1;
        faults.row(0);
        let row = match next {
            Ok(feature) => own_feature(&feature, label, number, draft),
            Err(fault) => {
                return Err(Error::file(label, format!("feature {number}: {fault}; expected a FeatureCollection")));
            }
        };
        faults.settle(row.map_err(|fault| in_feature(fault, number)))?;
    }
    if number == 0 {
        return Err(Error::file(label, "found no feature, expected a FeatureCollection of places"));
    }
    Ok(())
}

/// Names the feature in a fault, since a file of features is often one line.
fn in_feature(fault: Error, number: u64) -> Error {
    match fault {
        Error::Table { path, column, value, expected, .. } => {
            let column = format!("feature {number}: {column}");
            Error::Table { path, line: 1, column, value, expected }
        }
        other => other,
    }
}

fn own_feature(feature: &Feature, label: &Path, number: u64, draft: &mut Draft) -> Result<()> {
    let Some((point, reach_m)) = feature.geometry.as_ref().and_then(|geometry| spot(&geometry.value)) else {
        let found = feature.geometry.as_ref().map_or("none", |geometry| geometry.value.type_name());
        return Err(Error::table(label, 1, "geometry", found, "a Point, Polygon or MultiPolygon"));
    };
    let (mut header, mut record) = (csv::StringRecord::new(), csv::StringRecord::new());
    let mut add = |column: &str, cell: &str| {
        header.push_field(column);
        record.push_field(cell);
    };
    add("lat", &point.y().to_string());
    add("lon", &point.x().to_string());
    for column in PROPERTIES {
        if let Some(cell) = feature.property(column).map(cell_of).filter(|cell| !cell.is_empty()) {
            add(column, &cell);
        } else if let ("id", Some(id)) = (column, &feature.id) {
            add(column, &id_of(id));
        }
    }
    match feature.property("radius_m").map(cell_of).filter(|cell| !cell.is_empty()) {
        Some(radius) => add("radius_m", &radius),
        None if reach_m > 0.0 => add("radius_m", &format!("{reach_m:.0}")),
        None => {}
    }
    own_row(&header, &record, label, number, draft)
}

fn id_of(id: &geojson::feature::Id) -> String {
    match id {
        geojson::feature::Id::String(text) => text.clone(),
        geojson::feature::Id::Number(number) => number.to_string(),
    }
}

/// A property as a cell: lists as names parted by `;`.
fn cell_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Array(items) => items.iter().map(cell_of).collect::<Vec<_>>().join(";"),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A geometry's point, and how far it reaches from there, metres.
fn spot(value: &GeometryValue) -> Option<(Point, f64)> {
    let shape: geo::Geometry = value.try_into().ok()?;
    let rings: Vec<Polygon> = match shape {
        geo::Geometry::Point(point) => return Some((point, 0.0)),
        geo::Geometry::Polygon(polygon) => vec![polygon],
        geo::Geometry::MultiPolygon(many) => many.0,
        _ => return None,
    };
    let centre = geo::MultiPolygon::new(rings.clone()).centroid()?;
    let corners = rings.iter().flat_map(|ring| ring.exterior().points());
    Some((centre, corners.map(|corner| Haversine.distance(centre, corner)).fold(0.0, f64::max)))
}
