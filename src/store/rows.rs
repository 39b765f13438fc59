//! An incident as a row of `incidents`, and back.
//!
//! A field goes by way of JSON, whose names and order are those of every export, so that each field can be compared and
//! set by its name. What is only written goes straight ([`columns`]).

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use serde_json::{Map, Number, Value};

use super::geometry;
use super::schema::{FIELDS, NOTE, REVIEW};
use crate::model::{GeoPrecision, Incident, PlaceKind, TimeOfDay};

/// Decimals of a degree that a stored point keeps: a metre or so, as in every export.
const DEGREE_SCALE: f64 = 1e5;

/// The point, as a field of its own name.
pub(super) const POINT: &str = "point";

/// Fields of an incident by name; what is empty is null.
pub(super) type Fields = BTreeMap<&'static str, Value>;

/// What the incident has in each column, the point among them, with no review and no note.
pub(super) fn fields(incident: &Incident) -> Fields {
    let bare = Incident { sources: Vec::new(), ..incident.clone() };
    let record = serde_json::to_value(bare).unwrap_or_default();
    let mut fields: Fields = FIELDS.iter().map(|(name, _)| (*name, record[*name].clone())).collect();
    fields.insert(POINT, point(incident).map_or(Value::Null, |(lon, lat)| Value::from(vec![lon, lat])));
    fields.insert(REVIEW, Value::Null);
    fields.insert(NOTE, Value::Null);
    fields
}

/// The values of [`FIELDS`] as [`to_sql`] makes them of [`fields`], without the way by JSON.
fn columns(i: &Incident) -> [ToSqlOutput<'_>; FIELDS.len()] {
    [
        text(&i.id),
        text(i.event_type.as_str()),
        day(i.date_start),
        day(i.date_end),
        text(i.date_precision.as_str()),
        words(i.time_of_day.map(TimeOfDay::as_str)),
        words(i.place.as_deref()),
        words(i.place_en.as_deref()),
        words(i.place_id.as_deref()),
        words(i.place_kind.map(PlaceKind::as_str)),
        words(i.geo_precision.map(GeoPrecision::as_str)),
        count(i.uncertainty_m),
        words(i.admin2.as_deref()),
        words(i.admin1.as_deref()),
        words(i.country.as_deref()),
        words(i.actor.as_deref()),
        words(i.claimed_by.as_deref()),
        words(i.blamed_on.as_deref()),
        words(i.target.as_deref()),
        list(&i.weapons),
        count(i.killed_min),
        count(i.killed_max),
        count(i.injured_min),
        count(i.injured_max),
        text(i.outcome.as_str()),
        words(i.damage.as_deref()),
        i64::from(i.background).into(),
        if i.confidence.is_finite() { i.confidence.into() } else { nothing() },
        text(&i.summary_en),
        text(&i.summary_ar),
        i64::try_from(i.source_count).unwrap_or(i64::MAX).into(),
    ]
}

/// The values of a row of `incidents`, in the order in which they are written: the fields, the point,
/// what is the reviewer's own, and what follows from the fields.
pub(super) fn row<'v>(shown: &'v Incident, edits: &BTreeMap<String, Value>) -> Vec<ToSqlOutput<'v>> {
    let own = |name: &str| edits.get(name).map_or(Sql::Null, to_sql);
    let review = match own(REVIEW) {
        Sql::Null => Sql::Text(String::new()),
        review => review,
    };
    let reports: Vec<&str> = shown.sources.iter().map(|source| source.report.as_str()).collect();
    let after = [
        point(shown).map_or(Sql::Null, |(lon, lat)| Sql::Blob(geometry::point(lon, lat))),
        review,
        own(NOTE),
        Sql::Integer(is_area(shown).into()),
        Sql::Text(reports.join("; ")),
    ];
    columns(shown).into_iter().chain(after.map(ToSqlOutput::Owned)).collect()
}

/// Whether the point stands for an area.
pub(super) fn is_area(incident: &Incident) -> bool {
    incident.geo_precision.is_some_and(GeoPrecision::is_area)
}

/// An empty cell.
pub(super) fn nothing() -> ToSqlOutput<'static> {
    ToSqlOutput::Borrowed(ValueRef::Null)
}

pub(super) fn text(text: &str) -> ToSqlOutput<'_> {
    if text.is_empty() { nothing() } else { text.into() }
}

pub(super) fn words(words: Option<&str>) -> ToSqlOutput<'_> {
    if let Some(words) = words { text(words) } else { nothing() }
}

pub(super) fn day(date: Option<Date>) -> ToSqlOutput<'static> {
    date.map_or_else(nothing, |date| date.to_string().into())
}

fn count(number: Option<u32>) -> ToSqlOutput<'static> {
    number.map_or_else(nothing, ToSqlOutput::from)
}

fn list(items: &[String]) -> ToSqlOutput<'_> {
    if let [item] = items { item.as_str().into() } else { list_of_many(items) }
}

fn list_of_many(items: &[String]) -> ToSqlOutput<'static> {
    if items.is_empty() { nothing() } else { items.join("; ").into() }
}

/// The rounded point (lon, lat).
pub(super) fn point(incident: &Incident) -> Option<(f64, f64)> {
    let round = |degrees: f64| (degrees * DEGREE_SCALE).round() / DEGREE_SCALE + 0.0;
    Some((round(incident.lon?), round(incident.lat?)))
}

/// The incident with one field set; the words of a fault where the value does not fit.
pub(super) fn set(incident: &mut Incident, field: &str, value: &Value) -> Result<(), String> {
    if field == POINT {
        let degrees: Option<Vec<f64>> = serde_json::from_value(value.clone()).ok();
        let Some([lon, lat]) = degrees.as_deref() else {
            return Err("expected a point".to_owned());
        };
        if !(-180.0..=180.0).contains(lon) || !(-90.0..=90.0).contains(lat) {
            return Err("expected degrees of longitude and latitude".to_owned());
        }
        (incident.lon, incident.lat) = (Some(*lon), Some(*lat));
        return Ok(());
    }
    let bare = Incident { sources: Vec::new(), ..incident.clone() };
    let Ok(Value::Object(mut record)) = serde_json::to_value(bare) else { return Ok(()) };
    record.insert(field.to_owned(), value.clone());
    let changed: Incident = serde_json::from_value(Value::Object(record)).map_err(|e| e.to_string())?;
    *incident = Incident { sources: std::mem::take(&mut incident.sources), ..changed };
    Ok(())
}

/// An incident from the fields of a row alone.
pub(super) fn incident(fields: &Fields) -> Result<Incident, String> {
    let mut record: Map<String, Value> =
        FIELDS.iter().map(|(name, _)| ((*name).to_owned(), fields.get(name).cloned().unwrap_or_default())).collect();
    let or = |record: &mut Map<String, Value>, name: &str, value: Value| {
        if record.get(name).is_none_or(Value::is_null) {
            record.insert(name.to_owned(), value);
        }
    };
    for name in ["id", "summary_en", "summary_ar"] {
        or(&mut record, name, Value::from(""));
    }
    let precision = if record["date_start"].is_null() { "unknown" } else { "day" };
    or(&mut record, "event_type", Value::from("other"));
    or(&mut record, "date_precision", Value::from(precision));
    or(&mut record, "outcome", Value::from("unknown"));
    or(&mut record, "background", Value::from(false));
    or(&mut record, "confidence", Value::from(1.0));
    or(&mut record, "geo_precision", Value::from("site"));
    let date_start = record["date_start"].clone();
    or(&mut record, "date_end", date_start);
    record.insert("source_count".to_owned(), Value::from(1));
    record.insert("sources".to_owned(), Value::Array(Vec::new()));
    let mut incident: Incident = serde_json::from_value(Value::Object(record)).map_err(|e| e.to_string())?;
    if let Some(point) = fields.get(POINT).filter(|point| !point.is_null()) {
        set(&mut incident, POINT, point)?;
    }
    Ok(incident)
}

/// A field's value as a column holds it.
pub(super) fn to_sql(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(truth) => Sql::Integer((*truth).into()),
        Value::Number(number) => number_to_sql(number),
        Value::String(text) if text.is_empty() => Sql::Null,
        Value::String(text) => Sql::Text(text.clone()),
        Value::Array(items) if items.is_empty() => Sql::Null,
        Value::Array(items) => Sql::Text(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
        Value::Object(_) => Sql::Text(value.to_string()),
    }
}

fn number_to_sql(number: &Number) -> Sql {
    number.as_i64().map(Sql::Integer).or_else(|| number.as_f64().map(Sql::Real)).unwrap_or(Sql::Null)
}

/// What a column holds, as a field's value; forgiving about the types that other programs write.
pub(super) fn from_sql(name: &str, kind: &str, value: Sql) -> Value {
    let value = match value {
        Sql::Null => Value::Null,
        Sql::Integer(number) if kind == "BOOLEAN" => Value::from(number != 0),
        Sql::Integer(number) if kind == "REAL" => Value::from(number as f64),
        Sql::Integer(number) => Value::from(number),
        Sql::Real(number) => Value::from(number),
        Sql::Text(text) => from_text(kind, text.trim()),
        Sql::Blob(blob) => geometry::read_point(&blob).map_or(Value::Null, |(lon, lat)| Value::from(vec![lon, lat])),
    };
    match (name, value) {
        ("weapons", value) => weapons(&value),
        ("summary_en" | "summary_ar", Value::Null) => Value::from(""),
        (_, value) => value,
    }
}

/// Words of a person, a table or another program as a field's value.
pub(super) fn from_text(kind: &str, text: &str) -> Value {
    let number = |text: &str| text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number);
    let parsed = match kind {
        _ if text.is_empty() => Some(Value::Null),
        "INTEGER" => text.parse::<i64>().ok().map(Value::from).or_else(|| number(text)),
        "REAL" => number(text),
        "BOOLEAN" => match text.to_lowercase().as_str() {
            "true" | "1" => Some(Value::from(true)),
            "false" | "0" => Some(Value::from(false)),
            _ => None,
        },
        // A date may come with a time behind it.
        "DATE" => text.get(..10).map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

fn weapons(value: &Value) -> Value {
    let mut names: Vec<&str> = value.as_str().unwrap_or_default().split(';').map(str::trim).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    Value::from(names)
}
