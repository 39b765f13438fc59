//! GeoParquet 1.1: the flat schema as typed columns, with the point as well-known binary, for DuckDB, pandas and Spark.
//!
//! It is a table, so an incident without a point is a row without a geometry. Longitude and latitude stand beside the
//! geometry, because readers pass over groups of rows by the bounds of plain numbers. The reference system is left to the
//! standard's own, WGS 84 with longitude first.

use std::fmt::Display;
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::columns::{COLUMNS, Cell, Kind, SOURCES};
use super::{ATTRIBUTION, Sink, Stream, geojson};
use crate::model::{GeoPrecision, Incident};

/// The column of the point.
const GEOMETRY: &str = "geometry";

/// Rows that wait to be written together: some 40 MB, and enough for readers to work in parts.
const GROUP_ROWS: usize = 20_000;

/// The day from which Parquet counts.
const FIRST_DAY: Date = date(1970, 1, 1);

/// Incidents as GeoParquet.
#[derive(Debug, Clone, Copy)]
pub struct GeoParquet;

impl Stream for GeoParquet {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        let mut columns = Vec::new();
        let flat = COLUMNS.iter().chain(SOURCES).map(|column| (column.name, Values::of(column.kind)));
        columns.extend(flat.map(|(name, values)| Part { name, values, there: Vec::new() }));
        columns.push(Part { name: "area", values: Values::of(Kind::Boolean), there: Vec::new() });
        columns.push(Part { name: GEOMETRY, values: Values::Bytes(Vec::new()), there: Vec::new() });
        let file = writer(&columns).map_err(fault)?;
        Ok(Box::new(Table { file, columns, rows: 0, extent: None, out }))
    }
}

fn writer(columns: &[Part]) -> Result<SerializedFileWriter<Vec<u8>>> {
    let fields = columns.iter().map(|part| part.field().map(Arc::new)).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("incidents").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
}

/// A file that has been begun.
struct Table<'o> {
    /// It writes into memory, which goes on to `out` group by group: it could not hold `out` itself, since what it
    /// writes to has to be fit for threads.
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Part>,
    /// Rows that wait.
    rows: usize,
    extent: Option<[f64; 4]>,
    out: &'o mut dyn Write,
}

impl Sink for Table<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        let point = geojson::point(incident);
        if let Some((lon, lat)) = point {
            self.extent = Some(geojson::widen(self.extent, lon, lat));
        }
        let area = incident.geo_precision.is_some_and(GeoPrecision::is_area);
        let cells = COLUMNS.iter().chain(SOURCES).map(|column| (column.cell)(incident));
        for (part, cell) in self.columns.iter_mut().zip(cells.chain([Cell::Boolean(area)])) {
            part.push(cell);
        }
        if let Some(part) = self.columns.last_mut() {
            part.push_bytes(point.map(|(lon, lat)| well_known(lon, lat)));
        }
        self.rows += 1;
        if self.rows < GROUP_ROWS { Ok(()) } else { self.end_group() }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.end_group()?;
        for (key, value) in [("geo", geo(self.extent)), ("attribution", ATTRIBUTION.to_owned())] {
            self.file.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
        }
        self.file.finish().map_err(fault)?;
        self.hand_on()
    }
}

impl Table<'_> {
    fn end_group(&mut self) -> io::Result<()> {
        if mem::take(&mut self.rows) == 0 {
            return Ok(());
        }
        group(&mut self.file, &mut self.columns).map_err(fault)?;
        self.hand_on()
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(&mem::take(self.file.inner_mut()))
    }
}

/// Writes the rows that wait as one group.
fn group(file: &mut SerializedFileWriter<Vec<u8>>, columns: &mut [Part]) -> Result<()> {
    let mut group = file.next_row_group()?;
    for part in columns {
        let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
        part.write(&mut column)?;
        column.close()?;
    }
    group.close().map(drop)
}

/// One column's part of the rows that wait.
struct Part {
    name: &'static str,
    values: Values,
    /// For each row whether it has a value, 1 or 0: Parquet's level of definition.
    there: Vec<i16>,
}

/// The values that are there.
enum Values {
    Text(Vec<ByteArray>),
    Bytes(Vec<ByteArray>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
    Truths(Vec<bool>),
}

impl Values {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Date => Values::Days(Vec::new()),
            Kind::Boolean => Values::Truths(Vec::new()),
        }
    }
}

impl Part {
    /// The column in the schema; any may be empty, as in every other format.
    fn field(&self) -> Result<Type> {
        let (physical, logical) = match self.values {
            Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Values::Bytes(_) => (Physical::BYTE_ARRAY, None),
            Values::Integers(_) => (Physical::INT64, None),
            Values::Numbers(_) => (Physical::DOUBLE, None),
            Values::Days(_) => (Physical::INT32, Some(LogicalType::Date)),
            Values::Truths(_) => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(self.name, physical).with_logical_type(logical);
        field.with_repetition(Repetition::OPTIONAL).build()
    }

    /// Adds a cell of the column's own kind; any other counts as empty.
    fn push(&mut self, cell: Cell) {
        let there = match (&mut self.values, cell) {
            (Values::Text(texts), Cell::Text(text)) => add(texts, text.into_owned().into_bytes().into()),
            (Values::Integers(numbers), Cell::Integer(number)) => {
                add(numbers, i64::try_from(number).unwrap_or(i64::MAX))
            }
            (Values::Numbers(numbers), Cell::Number(number)) => add(numbers, number),
            (Values::Days(days), Cell::Date(day)) => add(days, (day - FIRST_DAY).get_days()),
            (Values::Truths(truths), Cell::Boolean(truth)) => add(truths, truth),
            _ => 0,
        };
        self.there.push(there);
    }

    fn push_bytes(&mut self, bytes: Option<Vec<u8>>) {
        let there = match (&mut self.values, bytes) {
            (Values::Bytes(blobs), Some(bytes)) => add(blobs, bytes.into()),
            _ => 0,
        };
        self.there.push(there);
    }

    /// Writes the values and forgets them.
    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let there = mem::take(&mut self.there);
        match &mut self.values {
            Values::Text(values) | Values::Bytes(values) => batch::<ByteArrayType>(column, values, &there),
            Values::Integers(values) => batch::<Int64Type>(column, values, &there),
            Values::Numbers(values) => batch::<DoubleType>(column, values, &there),
            Values::Days(values) => batch::<Int32Type>(column, values, &there),
            Values::Truths(values) => batch::<BoolType>(column, values, &there),
        }
    }
}

/// Adds a value; its level of definition.
fn add<T>(values: &mut Vec<T>, value: T) -> i16 {
    values.push(value);
    1
}

fn batch<T: DataType>(column: &mut SerializedColumnWriter<'_>, values: &mut Vec<T::T>, there: &[i16]) -> Result<()> {
    column.typed::<T>().write_batch(&mem::take(values), Some(there), None).map(drop)
}

/// A point as well-known binary: little-endian, type 1, longitude, latitude.
fn well_known(lon: f64, lat: f64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(21);
    bytes.push(1);
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
    bytes
}

/// What the standard wants to have said of the geometry.
fn geo(extent: Option<[f64; 4]>) -> String {
    let mut column = serde_json::json!({ "encoding": "WKB", "geometry_types": ["Point"] });
    if let Some(extent) = extent {
        column["bbox"] = extent.into_iter().collect();
    }
    serde_json::json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } }).to_string()
}

fn fault(error: impl Display) -> io::Error {
    io::Error::other(error.to_string())
}
