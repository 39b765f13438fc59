//! Reports and what was read from each: the store's ground, from which everything else in it is made anew.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::channel;
use std::thread;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::held::Edited;
use super::rows::{self, Fields};
use super::schema::{NOTE, REVIEW};
use super::short;
use crate::model::{Change, Extraction, Incident, Report, Source, Statement, Tally, UnresolvedName};

/// Readings that go from thread to thread at once.
const AT_ONCE: usize = 100;

/// What one report became in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    New,
    /// It was there, with the same text.
    Known,
    /// It was there with another text, which gave way.
    Replaced,
}

/// All readings, put together.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub(super) incidents: Vec<Incident>,
    pub(super) unlocated: Vec<Incident>,
    pub(super) tallies: Vec<Tally>,
    pub(super) unresolved: Vec<(String, UnresolvedName)>,
    pub(super) reports: usize,
}

/// Puts reports and their readings in; gives what became of each, and its number. The readings are made short on a
/// thread of their own while those before go into the file.
pub(super) fn put_all(connection: &Connection, waiting: &[(Report, Extraction)]) -> rusqlite::Result<Vec<(Put, i64)>> {
    let (made, to_put) = channel();
    let short = |part: &[(Report, Extraction)]| part.iter().map(|(_, reading)| stored(reading)).collect::<Vec<_>>();
    thread::scope(|scope| {
        // Where putting has failed, nobody takes any more.
        scope.spawn(move || waiting.chunks(AT_ONCE).try_for_each(|part| made.send(short(part))));
        let readings = to_put.into_iter().flatten();
        let put =
            |((report, reading), stored): (&(Report, Extraction), Vec<u8>)| put(connection, report, reading, &stored);
        waiting.iter().zip(readings).map(put).collect()
    })
}

fn stored(extraction: &Extraction) -> Vec<u8> {
    short::short(&serde_json::to_string(extraction).unwrap_or_default())
}

/// Puts one report and its reading in, which the store holds as `stored`; what has not changed is not written.
fn put(
    connection: &Connection,
    report: &Report,
    extraction: &Extraction,
    stored: &[u8],
) -> rusqlite::Result<(Put, i64)> {
    let known: Option<(i64, bool)> = connection
        .prepare_cached("SELECT fid, text IS ?2 FROM reports WHERE id = ?1")?
        .query_row((&report.id, &report.text), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let published = extraction.published.map(|date| date.to_string());
    let count = extraction.incidents.len();
    connection
        .prepare_cached(
            "INSERT INTO reports (id, published, publisher, url, title, language, incident_count, text) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET \
             published = excluded.published, publisher = excluded.publisher, url = excluded.url, \
             title = excluded.title, language = excluded.language, incident_count = excluded.incident_count, \
             text = excluded.text \
             WHERE (published, publisher, url, title, language, incident_count, text) IS NOT (excluded.published, \
             excluded.publisher, excluded.url, excluded.title, excluded.language, excluded.incident_count, \
             excluded.text)",
        )?
        .execute((
            &report.id,
            published,
            &report.publisher,
            &report.url,
            &report.title,
            &extraction.language,
            count,
            &report.text,
        ))?;
    let (put, number) = match known {
        None => (Put::New, connection.last_insert_rowid()),
        Some((number, true)) => (Put::Known, number),
        Some((number, false)) => (Put::Replaced, number),
    };
    connection
        .prepare_cached(
            "INSERT INTO mawqi_readings (report, reading) VALUES (?1, ?2) \
             ON CONFLICT (report) DO UPDATE SET reading = excluded.reading WHERE reading IS NOT excluded.reading",
        )?
        .execute((number, stored))?;
    Ok((put, number))
}

/// Every reading, in the order in which the reports came; those that were `put` in just now, by the report's number, are not read
/// from the file.
pub(super) fn all(connection: &Connection, mut put: HashMap<i64, Box<Extraction>>) -> rusqlite::Result<Readings> {
    // Not in order: SQLite then goes through the index of ids, which is small, instead of all texts.
    let mut numbers = connection.prepare("SELECT fid FROM reports")?;
    let mut numbers: Vec<i64> = numbers.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    numbers.sort_unstable();
    let mut stored = connection.prepare("SELECT reading FROM mawqi_readings WHERE report = ?1")?;
    let mut readings = Readings::default();
    readings.incidents.reserve(put.values().map(|extraction| extraction.incidents.len()).sum());
    for number in numbers {
        let known = put.remove(&number).map(|known| *known);
        let extraction = if known.is_some() {
            known
        } else {
            stored.query_row([number], |row| Ok(short::read(row.get_ref(0)?))).optional()?.flatten()
        };
        let Some(extraction) = extraction else { continue };
        let Extraction { report, incidents, unlocated, tallies, unresolved, .. } = extraction;
        readings.incidents.extend(incidents);
        readings.unlocated.extend(unlocated);
        readings.tallies.extend(tallies);
        readings.unresolved.extend(unresolved.into_iter().map(|name| (report.clone(), name)));
        readings.reports += 1;
    }
    Ok(readings)
}

/// Makes readings of the rows that analysts added in a GIS program: each is told by a source of its own,
/// `analyst-1`, and joins merging like any other. Its review and note become edits.
pub(super) fn adopt(connection: &Connection, edited: &mut Vec<Edited>) -> rusqlite::Result<Vec<Change>> {
    let mut faults = Vec::new();
    for (fid, fields) in super::held::added(connection)? {
        let report = free_report(connection)?;
        match own(&report, &fields) {
            Ok(incident) => {
                let reading =
                    Extraction { report: report.clone(), incidents: vec![incident.clone()], ..Extraction::default() };
                put(connection, &Report::new(&report, ""), &reading, &stored(&reading))?;
                connection.execute("DELETE FROM incidents WHERE fid = ?1", [fid])?;
                let edits = [REVIEW, NOTE].map(|name| (name.to_owned(), fields[name].clone()));
                let edits = edits.into_iter().filter(|(_, value)| !value.is_null()).collect();
                edited.push(Edited { record: incident, edits });
            }
            Err(reason) => faults.push(Change {
                incident: super::settle::words(fields.get("id").unwrap_or(&Value::Null)),
                field: "fid".to_owned(),
                before: String::new(),
                extracted: String::new(),
                kept: fid.to_string(),
                status: format!("an added row, not understood: {reason}"),
                reports: Vec::new(),
            }),
        }
    }
    edited.retain(|held| !held.edits.is_empty());
    Ok(faults)
}

/// The incident of an added row.
fn own(report: &str, fields: &Fields) -> Result<Incident, String> {
    let mut incident = rows::incident(fields)?;
    if incident.lon.is_none() {
        return Err("expected a point".to_owned());
    }
    let says = Statement::of(&incident);
    incident.sources = vec![Source {
        report: report.to_owned(),
        published: None,
        publisher: None,
        url: None,
        says,
        evidence: Vec::new(),
    }];
    Ok(incident)
}

/// The first of `analyst-1`, `analyst-2` … that no report has.
fn free_report(connection: &Connection) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached("SELECT id FROM reports WHERE id LIKE 'analyst-%'")?;
    let taken: HashSet<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut ids = (1_u64..).map(|number| format!("analyst-{number}"));
    Ok(ids.find(|id| !taken.contains(id)).unwrap_or_default())
}
