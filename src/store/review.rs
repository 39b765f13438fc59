//! Setting fields by a table instead of in a GIS program: the row is written as an analyst would write it there.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::held::{self, CONFIRMED, Order, REJECTED};
use super::rows::{self, POINT};
use super::schema::{FIELDS, NOTE, REVIEW};
use super::{geometry, record, settle};
use crate::model::{Change, Incident};

/// The word of a table for a field that is to be emptied.
const EMPTIED: &str = "null";

/// One field of one incident, as an analyst wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The incident's id.
    pub incident: String,
    field: String,
    value: Value,
}

/// A cell that does not fit: its column, its value, what was expected.
pub type Unfit = (String, String, String);

/// What cells of a table, by column, set in an incident; those that say what it says already are left out, as are
/// columns that are no fields.
pub fn settings(incident: &Incident, cells: &[(&str, &str)]) -> Result<Vec<Setting>, Unfit> {
    let said = rows::fields(incident);
    let mut found = Vec::new();
    for (column, text) in cells {
        let Some(field) = FIELDS.iter().find(|(name, _)| name == column && !held::DERIVED.contains(name)) else {
            continue;
        };
        let kind = field.1.split(' ').next().unwrap_or_default();
        let sql = if *text == EMPTIED { Sql::Null } else { rows::to_sql(&rows::from_text(kind, unarmed(text))) };
        let value = rows::from_sql(field.0, kind, sql);
        if value != said[field.0] && *text != settle::words(&said[field.0]) {
            let unfit = |expected| ((*column).to_owned(), (*text).to_owned(), expected);
            rows::set(&mut incident.clone(), field.0, &value).map_err(unfit)?;
            found.push(Setting { incident: incident.id.clone(), field: field.0.to_owned(), value });
        }
    }
    found.extend(point(incident, cells)?);
    found.extend(own(incident, cells)?);
    Ok(found)
}

/// Text without the apostrophe with which the CSV export disarms what a spreadsheet would run.
fn unarmed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// Longitude and latitude, of which one may be missing.
fn point(incident: &Incident, cells: &[(&str, &str)]) -> Result<Option<Setting>, Unfit> {
    let Some(was) = rows::point(incident) else { return Ok(None) };
    let degrees = |name: &str, else_: f64| {
        let cell = cells.iter().find(|(column, _)| *column == name);
        let expected = || "degrees such as 42.4412".to_owned();
        cell.map_or(Ok(else_), |(_, text)| text.parse().map_err(|_| (name.to_owned(), (*text).to_owned(), expected())))
    };
    let point = (degrees("lon", was.0)?, degrees("lat", was.1)?);
    if point == was {
        return Ok(None);
    }
    let value = Value::from(vec![point.0, point.1]);
    let unfit = |expected| ("lon, lat".to_owned(), format!("{}, {}", point.0, point.1), expected);
    rows::set(&mut incident.clone(), POINT, &value).map_err(unfit)?;
    Ok(Some(Setting { incident: incident.id.clone(), field: POINT.to_owned(), value }))
}

/// The columns that are the analyst's own.
fn own(incident: &Incident, cells: &[(&str, &str)]) -> Result<Vec<Setting>, Unfit> {
    let mut found = Vec::new();
    for (column, text) in cells.iter().filter(|(column, _)| [REVIEW, NOTE].contains(column)) {
        if *column == REVIEW && ![CONFIRMED, REJECTED, EMPTIED].contains(text) {
            let expected = format!("{CONFIRMED}, {REJECTED} or {EMPTIED}");
            return Err(((*column).to_owned(), (*text).to_owned(), expected));
        }
        let value = if *text == EMPTIED { Value::Null } else { Value::from(*text) };
        found.push(Setting { incident: incident.id.clone(), field: (*column).to_owned(), value });
    }
    Ok(found)
}

/// Writes settings into the rows; returns how many changed something.
pub(super) fn set(connection: &Connection, settings: &[Setting]) -> rusqlite::Result<usize> {
    let mut changed = 0;
    for Setting { incident, field, value } in settings {
        let (column, sql) = match field.as_str() {
            POINT => ("geom", blob(value)),
            REVIEW => (REVIEW, Sql::Text(settle::words(value))),
            field => (field, rows::to_sql(value)),
        };
        restore(connection, incident)?;
        let update = format!("UPDATE incidents SET \"{column}\" = ?1 WHERE id = ?2 AND \"{column}\" IS NOT ?1");
        changed += connection.prepare_cached(&update)?.execute((sql, incident))?;
    }
    Ok(changed)
}

fn blob(point: &Value) -> Sql {
    let degrees: Vec<f64> = serde_json::from_value(point.clone()).unwrap_or_default();
    if let [lon, lat] = degrees[..] { Sql::Blob(geometry::point(lon, lat)) } else { Sql::Null }
}

/// Puts a row back that was deleted in a GIS program, so that it can be set.
fn restore(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    let missing = "SELECT r.fid FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid \
                   WHERE r.id = ?1 AND i.fid IS NULL";
    let fid: Option<i64> = connection.prepare_cached(missing)?.query_row([id], |row| row.get(0)).optional()?;
    let Some(fid) = fid else { return Ok(()) };
    let record: String =
        connection.query_row("SELECT record FROM mawqi_records WHERE fid = ?1", [fid], |row| row.get(0))?;
    let Some(record) = record::read(&record) else { return Ok(()) };
    super::write::row(connection, fid, &record)
}

/// Every edit as it is now, whether `mawqi map` has seen it or not.
pub(super) fn changes(connection: &Connection) -> rusqlite::Result<Vec<Change>> {
    let mut found = Vec::new();
    held::each(connection, Order::Day, |held| -> rusqlite::Result<()> {
        if !held.edits.is_empty() {
            found.extend(held.edited().map(settle::Entry::edited).into_iter().flat_map(|mut entry| entry.check()));
        }
        Ok(())
    })?;
    Ok(found)
}
