//! GeoParquet read back by the library's own reader. A binary of its own, since the feature is not in every build:
//! `cargo test --features geoparquet --test geoparquet`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

/// Incidents made by hand.
mod fixture;

use std::fs::File;

use jiff::civil::date;
use mawqi::export::columns::{COLUMNS, Cell, SOURCES};
use mawqi::export::geoparquet::GeoParquet;
use mawqi::export::{ATTRIBUTION, stream};
use mawqi::model::{GeoPrecision, Incident};
use parquet::data_type::ByteArray;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

use fixture::{at, bare, full};

type Reader = SerializedFileReader<File>;

fn reader(incidents: &[Incident]) -> Reader {
    let mut out = tempfile::tempfile().unwrap();
    stream(&GeoParquet, incidents, &mut out).unwrap();
    SerializedFileReader::new(out).unwrap()
}

fn rows(reader: &Reader) -> Vec<Vec<(String, Field)>> {
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns()).collect()
}

fn metadata(reader: &Reader, key: &str) -> String {
    let pairs = reader.metadata().file_metadata().key_value_metadata().unwrap();
    pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone()).expect(key)
}

fn geo(reader: &Reader) -> Value {
    serde_json::from_str(&metadata(reader, "geo")).unwrap()
}

fn field(cell: Cell) -> Field {
    match cell {
        Cell::Empty => Field::Null,
        Cell::Text(text) => Field::Str(text.into_owned()),
        Cell::Integer(number) => Field::Long(number.try_into().unwrap()),
        Cell::Number(number) => Field::Double(number),
        Cell::Date(day) => Field::Date((day - date(1970, 1, 1)).get_days()),
        Cell::Boolean(truth) => Field::Bool(truth),
    }
}

fn point(lon: f64, lat: f64) -> Field {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend([lon, lat].iter().flat_map(|degrees| degrees.to_le_bytes()));
    Field::Bytes(ByteArray::from(bytes))
}

#[test]
fn every_column_comes_back_with_its_type() {
    let area = Incident { geo_precision: Some(GeoPrecision::Country), ..at("area", 48.0, -15.5) };
    let old = Incident { date_start: Some(date(1916, 4, 29)), ..at("old", 179.99999, 90.0) };
    let incidents = [full(), area, bare("nowhere"), old];
    let reader = reader(&incidents);
    let rows = rows(&reader);
    assert_eq!(rows.len(), incidents.len());
    let points = [point(42.4412, 33.7856), point(48.0, -15.5), Field::Null, point(179.99999, 90.0)];
    for ((row, incident), point) in rows.iter().zip(&incidents).zip(points) {
        let flat = COLUMNS.iter().chain(SOURCES).map(|column| (column.name, field((column.cell)(incident))));
        let area = incident.id == "area";
        let expected = flat.chain([("area", Field::Bool(area)), ("geometry", point)]);
        assert!(row.iter().map(|(name, field)| (name.as_str(), field.clone())).eq(expected), "{row:?}");
    }
}

#[test]
fn the_metadata_is_that_of_the_standard() {
    let reader = reader(&[full(), at("west", -3.5, -10.0), bare("nowhere")]);
    let column = json!({ "encoding": "WKB", "geometry_types": ["Point"], "bbox": [-3.5, -10.0, 42.4412, 33.7856] });
    let expected = json!({ "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column } });
    assert_eq!(geo(&reader), expected);
    assert_eq!(metadata(&reader, "attribution"), ATTRIBUTION);
}

#[test]
fn nothing_is_a_table_without_rows_and_without_a_box() {
    let reader = reader(&[]);
    assert_eq!((rows(&reader).len(), reader.num_row_groups()), (0, 0));
    assert_eq!(geo(&reader)["columns"]["geometry"].get("bbox"), None);
}

#[test]
fn many_go_out_in_groups() {
    let incidents: Vec<Incident> = (0..45_000).map(|number| at(&number.to_string(), 44.0, 33.0)).collect();
    let reader = reader(&incidents);
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [20_000, 20_000, 5_000]);
    let ids = rows(&reader).into_iter().map(|row| row[0].1.clone());
    assert!(ids.eq(incidents.iter().map(|incident| Field::Str(incident.id.clone()))));
}
