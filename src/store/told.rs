//! One incident of the map with what each report tells of it and what else is on the map, for who asks why it is one.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row};

use super::decisions::{kept, meant};
use super::{open, reader, record, short};
use crate::merge::{Telling, tellings};
use crate::model::{Extraction, Incident};
use crate::{Error, Result};

/// An incident with its surroundings.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The incident as the reports tell it, merged; without what analysts changed.
    pub incident: Incident,
    /// What each report tells of it by itself.
    pub members: Vec<Incident>,
    /// All other incidents of the map.
    pub others: Vec<Incident>,
    /// The decisions that speak of it, as they stand in `decisions.csv`.
    pub decisions: Vec<String>,
}

/// The incident of the store in `folder` with that id, or with one that it had in an earlier map.
pub fn told(folder: &Path, id: &str) -> Result<Told> {
    let (path, connection) = reader(folder)?;
    let fault = |e: rusqlite::Error| open::error(&path, &e);
    let Some(wanted) = meant(&connection, id).map_err(fault)? else {
        return Err(Error::argument("--incident", id, "the id of an incident of the map"));
    };
    let mut all = records(&connection).map_err(fault)?;
    let holds = |incident: &Incident| tellings(incident).any(|telling| wanted.contains(&telling));
    let Some(at) = all.iter().position(holds) else {
        return Err(Error::argument("--incident", id, "an incident of which a report still tells"));
    };
    let incident = all.swap_remove(at);
    let members = members(&connection, &incident).map_err(fault)?;
    let decisions = decisions(&connection, &wanted).map_err(fault)?;
    Ok(Told { incident, members, others: all, decisions })
}

fn records(connection: &Connection) -> rusqlite::Result<Vec<Incident>> {
    let mut statement = connection.prepare("SELECT record FROM mawqi_records ORDER BY id")?;
    let read = |row: &Row| Ok(record::read(row.get_ref(0)?.as_str()?));
    let rows = statement.query_map([], read)?.collect::<rusqlite::Result<Vec<Option<Incident>>>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// The readings of which it is made, in the order of its sources.
fn members(connection: &Connection, incident: &Incident) -> rusqlite::Result<Vec<Incident>> {
    let sql = "SELECT r.reading FROM mawqi_readings r JOIN reports p ON p.fid = r.report WHERE p.id = ?1";
    let mut found = Vec::new();
    for source in &incident.sources {
        let read = |row: &Row| Ok(short::read::<Extraction>(row.get_ref(0)?));
        let told = connection.prepare_cached(sql)?.query_row([&source.report], read).optional()?.flatten();
        let wanted = Telling::of(source);
        let of_source = |member: &Incident| tellings(member).any(|telling| telling == wanted);
        found.extend(told.into_iter().flat_map(|told| told.incidents).filter(of_source));
    }
    Ok(found)
}

/// The lines of which a telling is part.
fn decisions(connection: &Connection, wanted: &[Telling]) -> rusqlite::Result<Vec<String>> {
    let kept = kept(connection)?.into_iter();
    let speaks = kept.filter(|(_, meant)| meant.iter().flatten().any(|telling| wanted.contains(telling)));
    Ok(speaks.map(|(line, _)| line).collect())
}
