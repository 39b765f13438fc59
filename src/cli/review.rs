//! `mawqi review`: what analysts changed, listed, or set by a table.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use super::args::{self, ReviewCommand, ReviewFormat};
use super::{Status, output, talk};
use crate::export::changes;
use crate::model::{Change, Incident};
use crate::store::{self, Setting, Store};
use crate::{Error, Result};

pub(super) fn run(args: args::Review) -> anyhow::Result<Status> {
    match args.command {
        ReviewCommand::List { input, format } => list(&input, format),
        ReviewCommand::Apply { file, input } => apply(&file, &input),
    }
}

fn list(input: &Path, format: ReviewFormat) -> anyhow::Result<Status> {
    let changed = store::changes(input)?;
    let mut out = output::stdout();
    match format {
        ReviewFormat::Csv => changes::write(&changed, &mut out)?,
        ReviewFormat::Table if changed.is_empty() => {}
        ReviewFormat::Table => {
            let header = ["incident", "field", "extracted", "kept", "status"];
            writeln!(out, "{}", output::table(header, changed.iter().map(cells).collect(), &[]))?;
        }
    }
    out.flush()?;
    talk::line(&format!("{} changed by analysts", output::count(changed.len(), "field")));
    Ok(Status::Done)
}

fn cells(change: &Change) -> [String; 5] {
    [&change.incident, &change.field, &change.extracted, &change.kept, &change.status].map(|text| output::shown(text))
}

fn apply(file: &Path, input: &Path) -> anyhow::Result<Status> {
    let mut store = Store::existing(input)?;
    let settings = read(file, &incidents(input)?)?;
    let set = store.set(&settings)?;
    talk::line(&format!("{} set; mawqi map writes the files anew", output::count(set, "field")));
    Ok(Status::Done)
}

/// Every incident by id, those that were rejected among them, so that one can be taken back.
fn incidents(input: &Path) -> Result<HashMap<String, Incident>> {
    let mut found = HashMap::new();
    store::each_with_rejected(input, |incident| {
        found.insert(incident.id.clone(), incident.clone());
        Ok(())
    })?;
    Ok(found)
}

/// The settings of a table: a row an incident, a column a field. Cells that say what the store says are passed over.
fn read(file: &Path, incidents: &HashMap<String, Incident>) -> Result<Vec<Setting>> {
    let mut bytes = Vec::new();
    File::open(file).and_then(|mut open| open.read_to_end(&mut bytes)).map_err(|e| Error::io(file, e))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::file(file, "not in UTF-8"))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|e| Error::file(file, e.to_string()))?.clone();
    let Some(key) = header.iter().position(|name| name == "id" || name == "incident") else {
        return Err(Error::table(file, 1, "id", header.get(0).unwrap_or_default(), "a column id"));
    };
    let mut settings = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Error::file(file, e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let id = record.get(key).unwrap_or_default().trim();
        let Some(incident) = incidents.get(id) else {
            return Err(Error::table(file, line, "id", id, "the id of an incident of the map"));
        };
        let cells = header.iter().zip(record.iter()).map(|(name, cell)| (name.trim(), cell.trim()));
        let cells: Vec<(&str, &str)> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        let told = store::settings(incident, &cells);
        settings
            .extend(told.map_err(|(column, value, expected)| Error::table(file, line, &column, &value, &expected))?);
    }
    Ok(settings)
}
