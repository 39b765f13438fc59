//! Incidents with coordinates from elsewhere: each row becomes a report of one incident, and merges like any other.
//!
//! The form of a file is told by its columns: ACLED by `event_id_cnty`, UCDP GED by `where_prec`, else a plain table with
//! `lat` and `lon` and whatever fields of mawqi it has under their own names. GeoJSON holds points with the same names as
//! properties; what `mawqi map` and `mawqi export` wrote comes back with its evidence.

mod acled;
mod plain;
mod ucdp;

use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;

use super::rows::{self, Fields, POINT};
use super::schema::FIELDS;
use crate::model::{Extraction, Incident, Report, Source, Statement};
use crate::{Error, Result};

/// A row and what it became: a report that stands for it, and its one incident.
pub type Imported = (Report, Extraction);

/// Reads one file.
pub fn read(path: &Path) -> Result<Vec<Imported>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::file(path, "not in UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') { geojson(path, text) } else { table(path, text) }
}

/// The first part of the ids of a file's reports.
fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// One row of a table, which knows where it stands.
struct Row<'r> {
    path: &'r Path,
    header: &'r csv::StringRecord,
    record: &'r csv::StringRecord,
    line: u64,
}

impl<'r> Row<'r> {
    /// The cell of the first of these columns that is there and not empty.
    fn get(&self, names: &[&'static str]) -> Option<(&'static str, &'r str)> {
        names.iter().find_map(|name| {
            let at = self.header.iter().position(|column| column.trim().eq_ignore_ascii_case(name))?;
            self.record.get(at).map(str::trim).filter(|cell| !cell.is_empty()).map(|cell| (*name, cell))
        })
    }

    fn text(&self, names: &[&'static str]) -> Option<String> {
        self.get(names).map(|(_, cell)| cell.to_owned())
    }

    fn parse<T: std::str::FromStr>(&self, names: &[&'static str], expected: &str) -> Result<Option<T>> {
        let Some((name, cell)) = self.get(names) else { return Ok(None) };
        cell.parse().map(Some).map_err(|_| self.unfit(name, cell, expected))
    }

    fn date(&self, names: &[&'static str]) -> Result<Option<Date>> {
        let Some((name, cell)) = self.get(names) else { return Ok(None) };
        let day = cell.get(..10).unwrap_or(cell);
        let long = || Date::strptime("%d %B %Y", cell);
        day.parse().or_else(|_| long()).map(Some).map_err(|_| self.unfit(name, cell, "a date such as 2024-01-31"))
    }

    fn point(&self) -> Result<(f64, f64)> {
        let degrees =
            |names, expected| self.parse::<f64>(names, expected)?.ok_or_else(|| self.unfit(names[0], "", expected));
        let lat = degrees(&["lat", "latitude"], "degrees such as 33.7856")?;
        let lon = degrees(&["lon", "lng", "longitude"], "degrees such as 42.4412")?;
        if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) {
            Ok((lon, lat))
        } else {
            Err(self.unfit("lat, lon", &format!("{lat}, {lon}"), "latitude -90 to 90 and longitude -180 to 180"))
        }
    }

    fn unfit(&self, column: &str, value: &str, expected: &str) -> Error {
        Error::table(self.path, self.line, column, value, expected)
    }
}

/// What a row says beside its incident.
#[derive(Debug, Default)]
struct About {
    /// The row's own id.
    id: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    text: Option<String>,
    published: Option<Date>,
}

fn table(path: &Path, text: &str) -> Result<Vec<Imported>> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|sign| first.bytes().filter(|byte| byte == sign).count());
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| Error::file(path, e.to_string()))?.clone();
    let has = |name: &str| header.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
    if !(has("lat") || has("latitude")) || !(has("lon") || has("lng") || has("longitude")) {
        let columns = header.iter().collect::<Vec<_>>().join(",");
        return Err(Error::table(path, 1, "header", &columns, "columns lat and lon (or latitude and longitude)"));
    }
    let read = if has("event_id_cnty") {
        acled::read
    } else if has("where_prec") {
        ucdp::read
    } else {
        plain::read
    };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Error::file(path, e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (incident, about) = read(&Row { path, header: &header, record: &record, line })?;
        let id = about.id.clone().unwrap_or_else(|| line.to_string());
        found.push(told(format!("{}/{id}", stem(path)), incident, about));
    }
    Ok(found)
}

/// A row as a report that tells of its incident.
fn told(id: String, mut incident: Incident, about: About) -> Imported {
    let About { publisher, url, text, published, .. } = about;
    let mut report = Report::new(&id, text.unwrap_or_default()).published(published);
    (report.publisher, report.url) = (publisher, url);
    if incident.sources.is_empty() {
        incident.sources = vec![Source {
            report: id.clone(),
            published,
            publisher: report.publisher.clone(),
            url: report.url.clone(),
            says: Statement::of(&incident),
            evidence: Vec::new(),
        }];
    }
    incident.source_count = incident.sources.len();
    let extraction = Extraction { report: id, published, incidents: vec![incident], ..Extraction::default() };
    (report, extraction)
}

/// Points with our own names; those that mawqi wrote come back whole.
fn geojson(path: &Path, text: &str) -> Result<Vec<Imported>> {
    let fault = |e: serde_json::Error| Error::file(path, format!("not a GeoJSON feature collection: {e}"));
    let collection: Value = serde_json::from_str(text).map_err(fault)?;
    let Some(features) = collection["features"].as_array() else {
        return Err(Error::file(path, "found no features, expected a GeoJSON feature collection"));
    };
    let mut found = Vec::new();
    for (number, feature) in features.iter().enumerate() {
        let told_fault = |reason: String| Error::file(path, format!("feature {}: {reason}", number + 1));
        let incident = feature_incident(feature).map_err(told_fault)?;
        let own = feature["id"].as_str().map_or_else(|| (number + 1).to_string(), str::to_owned);
        found.push(told(format!("{}/{own}", stem(path)), incident, About::default()));
    }
    Ok(found)
}

fn feature_incident(feature: &Value) -> std::result::Result<Incident, String> {
    let point = &feature["geometry"];
    let degrees = point["coordinates"].as_array().map(|at| at.iter().filter_map(Value::as_f64).collect::<Vec<_>>());
    let (Some("Point"), Some([lon, lat, ..])) = (point["type"].as_str(), degrees.as_deref()) else {
        return Err(format!("found a {}, expected a Point", point["type"].as_str().unwrap_or("geometry of no type")));
    };
    let mut fields: Fields = FIELDS.iter().map(|(name, _)| (*name, feature["properties"][*name].clone())).collect();
    if !fields["weapons"].is_array() {
        fields.insert("weapons", Value::Array(Vec::new()));
    }
    fields.insert(POINT, Value::from(vec![*lon, *lat]));
    let mut incident = rows::incident(&fields)?;
    if let Ok(sources) = serde_json::from_value(feature["properties"]["sources"].clone()) {
        incident.sources = sources;
    }
    Ok(incident)
}

/// An incident at a point, of which nothing else is known.
fn at(row: &Row) -> Result<Incident> {
    let (lon, lat) = row.point()?;
    let mut fields: Fields = FIELDS.iter().map(|(name, _)| (*name, Value::Null)).collect();
    fields.insert("weapons", Value::Array(Vec::new()));
    fields.insert(POINT, Value::from(vec![lon, lat]));
    rows::incident(&fields).map_err(|reason| row.unfit("lat, lon", "", &reason))
}
