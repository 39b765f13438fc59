//! Reports and what was read from each: the store's ground, from which everything else in it is made anew.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::held::Edited;
use super::rows::{self, Fields};
use super::schema::{NOTE, REVIEW};
use crate::model::{Change, Extraction, Incident, Report, Source, Statement, Tally, UnresolvedName};

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

/// Puts one report and its reading in; what has not changed is not written.
pub(super) fn put(connection: &Connection, report: &Report, extraction: &Extraction) -> rusqlite::Result<Put> {
    let known: Option<String> = connection
        .prepare_cached("SELECT text FROM reports WHERE id = ?1")?
        .query_row([&report.id], |row| row.get(0))
        .optional()?;
    let put = match known {
        None => Put::New,
        Some(text) if text == report.text => Put::Known,
        Some(_) => Put::Replaced,
    };
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
    let reading = serde_json::to_string(extraction).unwrap_or_default();
    connection
        .prepare_cached(
            "INSERT INTO mawqi_readings (report, reading) SELECT fid, ?2 FROM reports WHERE id = ?1 \
             ON CONFLICT (report) DO UPDATE SET reading = excluded.reading WHERE reading IS NOT excluded.reading",
        )?
        .execute((&report.id, reading))?;
    Ok(put)
}

/// Every reading, in the order in which the reports came.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Readings> {
    let mut statement = connection.prepare("SELECT reading FROM mawqi_readings ORDER BY report")?;
    let mut rows = statement.query([])?;
    let mut readings = Readings::default();
    while let Some(row) = rows.next()? {
        let Ok(extraction) = serde_json::from_str(row.get_ref(0)?.as_str()?) else { continue };
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
                put(connection, &Report::new(&report, ""), &reading)?;
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
