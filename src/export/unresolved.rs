//! `unresolved.csv`: what is not on the map and why: names that fit no place or several, and incidents without a place.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::Cell;
use super::csv::{Table, text};
use super::{Format, Harvest};
use crate::model::{Incident, Source, UnresolvedName};

/// Unresolved names and unlocated incidents as CSV.
#[derive(Debug, Clone, Copy)]
pub struct Unresolved;

const NAMES: [&str; 6] = ["report", "name", "start", "end", "candidates", "reason"];

impl Format for Unresolved {
    fn file_name(&self) -> &'static str {
        "unresolved.csv"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(out)?;
        table.header(NAMES)?;
        harvest.unresolved.iter().try_for_each(|(report, name)| table.row(&name_cells(report, name)))?;
        for incident in &harvest.unlocated {
            incident.sources.iter().try_for_each(|source| table.row(&incident_cells(incident, source)))?;
        }
        table.finish()
    }
}

fn name_cells<'a>(report: &'a str, name: &'a UnresolvedName) -> [Cell<'a>; 6] {
    [
        text(Some(report)),
        text(Some(&name.name)),
        Cell::Integer(name.start as u64),
        Cell::Integer(name.end as u64),
        Cell::Text(Cow::Owned(name.candidates.join("; "))),
        text(Some(&name.reason)),
    ]
}

fn incident_cells<'a>(incident: &'a Incident, source: &'a Source) -> [Cell<'a>; 6] {
    let offset = |offset: Option<usize>| offset.map_or(Cell::Empty, |offset| Cell::Integer(offset as u64));
    let evidence = source.evidence.first();
    [
        text(Some(&source.report)),
        text(incident.place.as_deref()),
        offset(evidence.map(|evidence| evidence.start)),
        offset(evidence.map(|evidence| evidence.end)),
        Cell::Empty,
        Cell::Text(Cow::Owned(reason(incident))),
    ]
}

fn reason(incident: &Incident) -> String {
    let date = incident.date_start.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let why = if incident.place.is_some() { "its place is not resolved" } else { "no place is told" };
    format!("incident {} ({}, {date}) is not on the map: {why}", incident.id, incident.event_type)
}
