//! What the store holds of its incidents: what extraction said (the record), what the row says now, and so what an
//! analyst has changed.
//!
//! A row whose print is the one that was stored with it stands as mawqi wrote it. In any other, a field that stands
//! otherwise than mawqi wrote it is an edit. An edit lives until the analyst puts back
//! what extraction says. A row that an analyst deleted counts as rejected; one that an analyst added has no record.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Row};
use serde_json::Value;

use super::print::{self, Printer};
use super::record;
use super::rows::{self, Fields, POINT};
use super::schema::{self, FIELDS, NOTE, REVIEW};
use crate::model::Incident;

/// The word with which an analyst takes an incident off the map.
pub const REJECTED: &str = "rejected";
/// The word with which an analyst vouches for an incident.
pub const CONFIRMED: &str = "confirmed";

/// Fields that follow from others; they are written, and edits of them are not kept.
pub(super) const DERIVED: [&str; 2] = ["id", "source_count"];

/// The columns of a row whose print is stored: the fields, the point, and the two that are the reviewer's own.
pub(super) const PRINTED: usize = FIELDS.len() + 3;

/// What an analyst set, by field; null where a field was emptied.
pub(super) type Edits = BTreeMap<String, Value>;

/// One incident as the store holds it, on its way past.
#[derive(Debug)]
pub(super) struct Held<'r> {
    pub(super) fid: i64,
    pub(super) id: &'r str,
    /// The record as it is stored, and where it had to be read already, what it says.
    pub(super) text: &'r str,
    read: Option<Box<Incident>>,
    /// The print of the record.
    pub(super) print: Option<i64>,
    pub(super) edits: Edits,
    /// Whether the row stands as mawqi wrote it, its edits included.
    pub(super) clean: bool,
}

/// An incident with edits.
#[derive(Debug)]
pub(super) struct Edited {
    /// What the reports say, merged.
    pub(super) record: Incident,
    pub(super) edits: Edits,
}

impl Held<'_> {
    /// The incident with its edits; none where its record is not understood, which no version of mawqi writes.
    pub(super) fn edited(self) -> Option<Edited> {
        let record = self.read.map(|read| *read).or_else(|| record::read(self.text))?;
        Some(Edited { record, edits: self.edits })
    }
}

/// A fault in what an analyst set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) field: String,
    pub(super) reason: String,
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

/// In which order incidents are handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As they stand in the file.
    Any,
    /// By day and id, as the exports have them; those whose row an analyst deleted come last.
    Day,
}

/// The incidents `i` that are on the map with their records `r`, by day and id: by the index on these columns, so that nothing
/// waits to be sorted.
pub(super) const ON_MAP: &str = "FROM incidents i CROSS JOIN mawqi_records r ON r.fid = i.fid \
                                 ORDER BY i.date_start NULLS LAST, i.id";

impl Order {
    /// The tables to read one after the other, and in which order.
    fn from(self) -> &'static [&'static str] {
        const ALL: &str = "FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid";
        const DELETED: &str = "FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid WHERE i.fid IS NULL \
                               ORDER BY r.id";
        match self {
            Order::Any => &[ALL],
            Order::Day => &[ON_MAP, DELETED],
        }
    }
}

/// Hands on every incident with its edits as they are now.
pub(super) fn each<E: From<rusqlite::Error>>(
    connection: &Connection,
    order: Order,
    mut take: impl FnMut(Held<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let known = known_edits(connection)?;
    let mut printer = Printer::default();
    // A store of the first version that cannot be written has no prints.
    let prints = if schema::version(connection)? > 1 { "r.record_print, r.row_print" } else { "NULL, NULL" };
    for from in order.from() {
        let sql = format!("SELECT r.fid, r.id, r.record, {prints}, i.fid, {} {from}", columns());
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(held) = held(row, &known, &mut printer)? {
                take(held)?;
            }
        }
    }
    Ok(())
}

/// The incident of one row with its edits.
pub(super) fn one(connection: &Connection, fid: i64) -> rusqlite::Result<Option<Edited>> {
    let sql = format!(
        "SELECT r.record, i.fid, {} FROM mawqi_records r LEFT JOIN incidents i ON i.fid = r.fid WHERE r.fid = ?1",
        columns()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([fid])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let Some(record) = record::read(row.get_ref(0)?.as_str()?) else { return Ok(None) };
    let edits = if row.get_ref(1)? == ValueRef::Null {
        Edits::from([(REVIEW.to_owned(), Value::from(REJECTED))])
    } else {
        compare(&rows::fields(&record), &Edits::new(), &read_fields(row, 2)?).0
    };
    Ok(Some(Edited { record, edits }))
}

/// One row; none where its record would have to be read and is not understood.
fn held<'r>(row: &'r Row, known: &HashMap<String, Edits>, printer: &mut Printer) -> rusqlite::Result<Option<Held<'r>>> {
    /// Where the columns of the row of `incidents` begin.
    const FROM: usize = 6;
    let (id, text) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
    let (fid, print, row_print): (_, _, Option<i64>) = (row.get(0)?, row.get(3)?, row.get(4)?);
    let none = Edits::new();
    let was = known.get(id).unwrap_or(&none);
    let held = Held { fid, id, text, read: None, print, edits: Edits::new(), clean: true };
    if row.get_ref(5)? == ValueRef::Null {
        let mut edits = was.clone();
        edits.insert(REVIEW.to_owned(), Value::from(REJECTED));
        return Ok(Some(Held { edits, clean: false, ..held }));
    }
    let values = (FROM..FROM + PRINTED).map(|at| row.get_ref(at).unwrap_or(ValueRef::Null));
    let stands = was.is_empty().then(|| printer.row(values));
    if stands.is_some() && stands == row_print {
        return Ok(Some(held));
    }
    let Some(record) = record::read(text) else { return Ok(None) };
    // A store of an older version has no prints until its rows are written anew; most of them stand as mawqi would write them.
    if stands == Some(printer.row(rows::row(&record, was).iter().take(PRINTED).map(print::as_read))) {
        return Ok(Some(Held { clean: row_print.is_some(), read: Some(Box::new(record)), ..held }));
    }
    // Somebody wrote the row, or something was edited before: field by field.
    let (edits, same) = compare(&rows::fields(&record), was, &read_fields(row, FROM)?);
    let clean = same && row_print.is_some();
    Ok(Some(Held { edits, clean, read: Some(Box::new(record)), ..held }))
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
