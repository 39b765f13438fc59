//! What the store holds of its incidents: what extraction said (the record), what the row says now, and so what an
//! analyst has changed.
//!
//! A field that stands otherwise in the row than mawqi wrote it is an edit. An edit lives until the analyst puts back
//! what extraction says. A row that an analyst deleted counts as rejected; one that an analyst added has no record.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row};
use serde_json::Value;

use super::rows::{self, Fields, POINT};
use super::schema::{FIELDS, NOTE, REVIEW};
use crate::model::Incident;

/// The word with which an analyst takes an incident off the map.
pub const REJECTED: &str = "rejected";
/// The word with which an analyst vouches for an incident.
pub const CONFIRMED: &str = "confirmed";

/// Fields that follow from others; they are written, and edits of them are not kept.
pub(super) const DERIVED: [&str; 2] = ["id", "source_count"];

/// What an analyst set, by field; null where a field was emptied.
pub(super) type Edits = BTreeMap<String, Value>;

/// One incident as the store holds it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) fid: i64,
    /// What the reports say, merged.
    pub(super) record: Incident,
    /// The hash of the record as it is stored.
    pub(super) hash: u64,
    pub(super) edits: Edits,
    /// Whether the row stands as mawqi wrote it, its edits included.
    pub(super) clean: bool,
}

/// A fault in what an analyst set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) field: String,
    pub(super) reason: String,
}

/// The hash by which a record is known again.
pub(super) fn hash(record: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    record.hash(&mut hasher);
    hasher.finish()
}

/// The columns of `incidents` that [`read_fields`] takes, in its order.
fn columns() -> String {
    let names: Vec<String> = FIELDS.iter().map(|(name, _)| format!("i.\"{name}\"")).collect();
    format!("{}, i.geom, i.{REVIEW}, i.{NOTE}", names.join(", "))
}

/// The fields of a row of `incidents`, whose columns begin at `from`.
fn read_fields(row: &Row, from: usize) -> rusqlite::Result<Fields> {
    let mut fields = Fields::new();
    for (at, (name, kind)) in FIELDS.iter().enumerate() {
        let kind = kind.split(' ').next().unwrap_or_default();
        fields.insert(name, rows::from_sql(name, kind, row.get::<_, Sql>(from + at)?));
    }
    let after = from + FIELDS.len();
    for (at, name) in [POINT, REVIEW, NOTE].into_iter().enumerate() {
        fields.insert(name, rows::from_sql(name, "TEXT", row.get::<_, Sql>(after + at)?));
    }
    Ok(fields)
}

/// Every edit that was known at the last run, by incident.
pub(super) fn known_edits(connection: &Connection) -> rusqlite::Result<HashMap<String, Edits>> {
    let mut statement = connection.prepare("SELECT incident, field, value FROM mawqi_edits")?;
    let mut found: HashMap<String, Edits> = HashMap::new();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?)))?;
    for row in rows {
        let (incident, field, value): (String, String, Option<String>) = row?;
        let value = value.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default();
        found.entry(incident).or_default().insert(field, value);
    }
    Ok(found)
}

/// Hands on every incident with its edits as they are now, by day and id as the exports have them.
pub(super) fn each<E: From<rusqlite::Error>>(
    connection: &Connection,
    mut take: impl FnMut(Held) -> Result<(), E>,
) -> Result<(), E> {
    let known = known_edits(connection)?;
    let sql = format!(
        "SELECT r.fid, r.record, i.fid, {} FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid \
         ORDER BY i.date_start IS NULL, i.date_start, r.id",
        columns()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(held) = held(row, &known)? {
            take(held)?;
        }
    }
    Ok(())
}

/// The incident of one row with its edits.
pub(super) fn one(connection: &Connection, fid: i64) -> rusqlite::Result<Option<Held>> {
    let sql = format!(
        "SELECT r.fid, r.record, i.fid, {} FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid WHERE r.fid = ?1",
        columns()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([fid])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    held(row, &HashMap::new())
}

/// One row; none where its record is not understood, which no version of mawqi writes.
fn held(row: &Row, known: &HashMap<String, Edits>) -> rusqlite::Result<Option<Held>> {
    let text = row.get_ref(1)?.as_str()?;
    let Ok(record) = serde_json::from_str::<Incident>(text) else { return Ok(None) };
    let (fid, hash) = (row.get(0)?, hash(text));
    let was = known.get(&record.id).cloned().unwrap_or_default();
    if row.get::<_, Option<i64>>(2)?.is_none() {
        let mut edits = was;
        edits.insert(REVIEW.to_owned(), Value::from(REJECTED));
        return Ok(Some(Held { fid, record, hash, edits, clean: false }));
    }
    let said = rows::fields(&record);
    let now = read_fields(row, 3)?;
    let (edits, clean) = compare(&said, &was, &now);
    Ok(Some(Held { fid, record, hash, edits, clean }))
}

/// The edits as they are now, and whether the row is as mawqi left it.
fn compare(said: &Fields, was: &Edits, now: &Fields) -> (Edits, bool) {
    let (mut edits, mut clean) = (Edits::new(), true);
    for (field, now) in now {
        let said = normal(field, &said[field]);
        let written = was.get(*field).map_or_else(|| said.clone(), |edit| normal(field, edit));
        clean &= *now == written;
        if !DERIVED.contains(field) && *now != said {
            edits.insert((*field).to_owned(), now.clone());
        }
    }
    (edits, clean)
}

/// A value as it comes back from the column that it was written to.
fn normal(field: &str, value: &Value) -> Value {
    if field == POINT {
        return value.clone();
    }
    let kind = FIELDS.iter().find(|(name, _)| *name == field).map_or("TEXT", |(_, kind)| kind);
    rows::from_sql(field, kind.split(' ').next().unwrap_or_default(), rows::to_sql(value))
}

/// The rows that an analyst added: their fid and fields.
pub(super) fn added(connection: &Connection) -> rusqlite::Result<Vec<(i64, Fields)>> {
    let sql = format!(
        "SELECT i.fid, {} FROM incidents i WHERE i.fid NOT IN (SELECT fid FROM mawqi_records) ORDER BY i.fid",
        columns()
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, read_fields(row, 1)?)))?;
    rows.collect()
}

/// The record with the edits laid over it, and the edits that do not fit.
pub(super) fn shown(record: &Incident, edits: &Edits) -> (Incident, Vec<Misfit>) {
    let (mut shown, mut misfits) = (record.clone(), Vec::new());
    for (field, value) in edits.iter().filter(|(field, _)| *field != NOTE && !DERIVED.contains(&field.as_str())) {
        let set = if field == REVIEW { review(value) } else { rows::set(&mut shown, field, value) };
        misfits.extend(set.err().map(|reason| Misfit { field: field.clone(), reason }));
    }
    keep_order(&mut shown, edits);
    (shown, misfits)
}

fn review(value: &Value) -> Result<(), String> {
    match value.as_str().unwrap_or_default() {
        "" | CONFIRMED | REJECTED => Ok(()),
        _ => Err(format!("expected {CONFIRMED}, {REJECTED} or nothing")),
    }
}

/// Whether an analyst has taken the incident off the map.
pub(super) fn is_rejected(edits: &Edits) -> bool {
    edits.get(REVIEW).is_some_and(|review| review == REJECTED)
}

/// Where only one end of a range was edited and the ends have crossed, the other follows.
fn keep_order(incident: &mut Incident, edits: &Edits) {
    let follow = |low: &str| edits.contains_key(low);
    if incident.date_end < incident.date_start && incident.date_start.is_some() {
        if follow("date_start") || incident.date_end.is_none() {
            incident.date_end = incident.date_start;
        } else {
            incident.date_start = incident.date_end;
        }
    }
    for (low, high, name) in [
        (&mut incident.killed_min, &mut incident.killed_max, "killed_min"),
        (&mut incident.injured_min, &mut incident.injured_max, "injured_min"),
    ] {
        if low.zip(*high).is_some_and(|(low, high)| low > high) {
            if follow(name) { *high = *low } else { *low = *high }
        }
    }
}
