//! `decisions.csv` in the output folder: what people decided of incidents, respected in every later run.
//!
//! A line each: `same,A,B` · `different,A,B` · `split,A,REPORT…` · `reject,A` · `confirm,A` · `move,A,LAT,LON` ·
//! `place,A,PLACE_ID`; lines that begin with `#` are the reader's own. An id is looked up in the map as it stood, then
//! among ids of earlier maps, and kept with the line as the tellings that it meant, so that it goes on meaning them when
//! ids change. A line that is taken out is undone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::held::{CONFIRMED, REJECTED};
use super::record;
use super::rows::POINT;
use super::schema::REVIEW;
use super::settle::Entry;
use crate::gazetteer::Gazetteer;
use crate::merge::{self, Decisions, Telling, tellings};
use crate::model::Incident;
use crate::{Error, Result};

/// The file's name in an output folder.
pub const DECISIONS: &str = "decisions.csv";

/// The forms of a line, for who has written another.
const FORMS: &str =
    "same,A,B or different,A,B or split,A,REPORT,… or reject,A or confirm,A or move,A,LAT,LON or place,A,PLACE_ID";

/// What a line decides.
#[derive(Debug, Clone, PartialEq)]
enum What {
    Same(String),
    Different(String),
    /// The reports that tell of another event.
    Split(Vec<String>),
    Reject,
    Confirm,
    Move(f64, f64),
    Place(String),
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Its number, from 1.
    line: u64,
    /// The line as it is known again.
    text: String,
    /// The incident's id.
    incident: String,
    what: What,
}

/// Reads the decisions in a folder; none where there is no file.
pub fn read(folder: &Path, gazetteer: &Gazetteer) -> Result<Vec<Decision>> {
    let path = folder.join(DECISIONS);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::file(&path, "not in UTF-8"))?;
    let mut found = Vec::new();
    for (text, line) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.map_err(|_| Error::table(&path, line, "decision", text, FORMS))?;
            found.push(decision(&path, line, &record.iter().collect::<Vec<_>>(), gazetteer)?);
        }
    }
    Ok(found)
}

fn decision(path: &Path, line: u64, cells: &[&str], gazetteer: &Gazetteer) -> Result<Decision> {
    let fault = |column: &str, value: &str, expected: &str| Error::table(path, line, column, value, expected);
    let degrees = |column: &str, text: &str, most: f64| {
        let number = text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        number.ok_or_else(|| fault(column, text, &format!("degrees from -{most} to {most}")))
    };
    let what = match cells {
        ["same" | "different", a, b] if a == b => return Err(fault("incident", b, "another incident than the first")),
        ["same", _, b] => What::Same((*b).to_owned()),
        ["different", _, b] => What::Different((*b).to_owned()),
        ["split", _, reports @ ..] if !reports.is_empty() => {
            What::Split(reports.iter().map(|report| (*report).to_owned()).collect())
        }
        ["reject", _] => What::Reject,
        ["confirm", _] => What::Confirm,
        ["move", _, lat, lon] => What::Move(degrees("lat", lat, 90.0)?, degrees("lon", lon, 180.0)?),
        ["place", _, id] if gazetteer.place(id).is_none() => {
            return Err(fault("place", id, "the id of a place of the gazetteer"));
        }
        ["place", _, id] => What::Place((*id).to_owned()),
        _ => return Err(fault("decision", &cells.join(","), FORMS)),
    };
    if let Some(empty) = cells.iter().position(|cell| cell.is_empty()) {
        return Err(fault(&format!("cell {}", empty + 1), "", FORMS));
    }
    Ok(Decision { line, text: cells.join(","), incident: cells[1].to_owned(), what })
}

impl Decision {
    /// The ids of incidents that it names.
    fn ids(&self) -> Vec<&str> {
        match &self.what {
            What::Same(other) | What::Different(other) => vec![&self.incident, other],
            _ => vec![&self.incident],
        }
    }

    /// The fields that it sets, with their values.
    fn fields(&self, gazetteer: &Gazetteer) -> Vec<(&'static str, Value)> {
        match &self.what {
            What::Reject => vec![(REVIEW, Value::from(REJECTED))],
            What::Confirm => vec![(REVIEW, Value::from(CONFIRMED))],
            What::Move(lat, lon) => vec![(POINT, Value::from(vec![*lon, *lat]))],
            What::Place(id) => gazetteer.place(id).map(place).unwrap_or_default(),
            What::Same(_) | What::Different(_) | What::Split(_) => Vec::new(),
        }
    }
}

/// The fields of an incident that follow from its place.
fn place(place: &crate::model::Place) -> Vec<(&'static str, Value)> {
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    vec![
        ("place", text(&place.name_ar)),
        ("place_en", text(&place.name_en)),
        ("place_id", text(&place.id)),
        ("place_kind", text(place.kind.as_str())),
        ("geo_precision", text(place.kind.precision().as_str())),
        ("uncertainty_m", Value::from(place.radius_m)),
        ("admin2", text(&place.admin2)),
        ("admin1", text(&place.admin1)),
        ("country", text(&place.country)),
        (POINT, Value::from(vec![place.lon, place.lat])),
    ]
}

/// The decisions with the tellings that each id means.
#[derive(Debug, Default)]
pub(super) struct Resolved<'d> {
    lines: Vec<(&'d Decision, Vec<Vec<Telling>>)>,
    /// Lines whose incident is not known, or whose report is none of it: line, which of the two, id.
    pub(super) unknown: Vec<(u64, &'static str, String)>,
    /// Lines of earlier runs that are gone, with what they meant.
    gone: Vec<(Decision, Vec<Telling>)>,
}

/// Finds what every id means; `incidents` are all readings, unmerged.
pub(super) fn resolve<'d>(
    connection: &Connection,
    decisions: &'d [Decision],
    incidents: &[Incident],
) -> rusqlite::Result<Resolved<'d>> {
    let kept = kept(connection)?;
    let mut resolved = Resolved { gone: gone(&kept, decisions), ..Resolved::default() };
    let mut open: Vec<&Decision> = Vec::new();
    for decision in decisions {
        match known(connection, &kept, decision)? {
            Some(meant) => resolved.lines.push((decision, meant)),
            None => open.push(decision),
        }
    }
    // What is not in the map as it stood may be in the one that the reports make by themselves.
    while !open.is_empty() {
        let merged = merge::merge_decided(incidents.to_vec(), &resolved.decisions());
        let by_id: HashMap<&str, &Incident> = merged.iter().map(|incident| (incident.id.as_str(), incident)).collect();
        let before = open.len();
        open.retain(|decision| {
            let meant: Option<Vec<Vec<Telling>>> =
                decision.ids().iter().map(|id| Some(tellings(by_id.get(id)?).collect())).collect();
            let found = meant.is_some();
            resolved.lines.extend(meant.map(|meant| (*decision, meant)));
            !found
        });
        if open.len() == before {
            break;
        }
    }
    resolved.lines.sort_by_key(|(decision, _)| decision.line);
    for decision in open {
        let missing = decision.ids().into_iter().map(|id| (decision.line, "incident", id.to_owned()));
        resolved.unknown.extend(missing.take(1));
    }
    resolved.unknown.extend(resolved.lines.iter().flat_map(|(decision, meant)| strangers(decision, meant)));
    Ok(resolved)
}

/// The reports that a line splits off and that do not tell of the incident.
fn strangers(decision: &Decision, meant: &[Vec<Telling>]) -> Vec<(u64, &'static str, String)> {
    let What::Split(reports) = &decision.what else { return Vec::new() };
    let tells = |report: &String| meant.iter().flatten().any(|telling| telling.report == *report);
    reports.iter().filter(|report| !tells(report)).map(|report| (decision.line, "report", report.clone())).collect()
}

/// What the lines of earlier runs meant.
pub(super) fn kept(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Vec<Vec<Telling>>>> {
    let mut statement = connection.prepare("SELECT line, tellings FROM mawqi_decisions")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map(|(line, meant)| (line, serde_json::from_str(&meant).unwrap_or_default()))).collect()
}

/// The lines that stood in the file and do no more.
fn gone(kept: &BTreeMap<String, Vec<Vec<Telling>>>, decisions: &[Decision]) -> Vec<(Decision, Vec<Telling>)> {
    let now: HashSet<&str> = decisions.iter().map(|decision| decision.text.as_str()).collect();
    let undone = kept.iter().filter(|(line, _)| !now.contains(line.as_str()));
    let parsed = undone.filter_map(|(line, meant)| {
        let cells: Vec<&str> = line.split(',').collect();
        let decision = decision(Path::new(DECISIONS), 0, &cells, Gazetteer::embedded()).ok()?;
        Some((decision, meant.first()?.clone()))
    });
    parsed.collect()
}

/// What the ids of a line meant when it was first read, else in the map as it stands, else in an earlier one.
fn known(
    connection: &Connection,
    kept: &BTreeMap<String, Vec<Vec<Telling>>>,
    decision: &Decision,
) -> rusqlite::Result<Option<Vec<Vec<Telling>>>> {
    if let Some(meant) = kept.get(&decision.text) {
        return Ok(Some(meant.clone()));
    }
    decision.ids().into_iter().map(|id| meant(connection, id)).collect()
}

/// The tellings of the incident with an id, now or in an earlier map.
pub(super) fn meant(connection: &Connection, id: &str) -> rusqlite::Result<Option<Vec<Telling>>> {
    let record = "SELECT record FROM mawqi_records WHERE id = ?1";
    let record: Option<String> = connection.prepare_cached(record)?.query_row([id], |row| row.get(0)).optional()?;
    if let Some(incident) = record.and_then(|record| record::read(&record)) {
        return Ok(Some(tellings(&incident).collect()));
    }
    let former = "SELECT tellings FROM mawqi_former WHERE id = ?1";
    let former: Option<String> = connection.prepare_cached(former)?.query_row([id], |row| row.get(0)).optional()?;
    Ok(former.and_then(|former| serde_json::from_str(&former).ok()))
}

impl Resolved<'_> {
    /// Those that merging heeds.
    pub(super) fn decisions(&self) -> Decisions {
        let mut found = Decisions::default();
        for (decision, meant) in &self.lines {
            match (&decision.what, meant.as_slice()) {
                (What::Same(_), [a, b]) => found.same.push((a.clone(), b.clone())),
                (What::Different(_), [a, b]) => found.different.push((a.clone(), b.clone())),
                (What::Split(reports), [all]) => {
                    found.different.push(all.iter().cloned().partition(|telling| reports.contains(&telling.report)));
                }
                _ => {}
            }
        }
        found
    }

    /// Lays the fields that lines set over the incidents that they mean, after taking back those of lines that are gone.
    pub(super) fn lay_over(&self, entries: &mut [Entry], gazetteer: &Gazetteer) {
        if self.lines.is_empty() && self.gone.is_empty() {
            return;
        }
        let mut at: HashMap<Telling, usize> = HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            at.extend(tellings(&entry.record).map(|telling| (telling, number)));
        }
        let holder = |meant: &[Telling]| meant.iter().find_map(|telling| at.get(telling)).copied();
        for (decision, meant) in &self.gone {
            if let Some(number) = holder(meant) {
                let fields = decision.fields(gazetteer);
                entries[number]
                    .edits
                    .retain(|field, value| !fields.iter().any(|(name, set)| name == field && set == value));
            }
        }
        for (decision, meant) in &self.lines {
            if let Some(number) = meant.first().and_then(|meant| holder(meant)) {
                let fields = decision.fields(gazetteer).into_iter();
                entries[number].edits.extend(fields.map(|(name, value)| (name.to_owned(), value)));
            }
        }
    }

    /// Keeps what the lines mean.
    pub(super) fn keep(&self, connection: &Connection) -> rusqlite::Result<()> {
        let wanted: BTreeMap<String, Vec<Vec<Telling>>> =
            self.lines.iter().map(|(decision, meant)| (decision.text.clone(), meant.clone())).collect();
        if wanted == kept(connection)? {
            return Ok(());
        }
        connection.execute("DELETE FROM mawqi_decisions", [])?;
        let mut insert = connection.prepare("INSERT INTO mawqi_decisions VALUES (?1, ?2)")?;
        let text = |meant: &Vec<Vec<Telling>>| serde_json::to_string(meant).unwrap_or_default();
        wanted.iter().try_for_each(|(line, meant)| insert.execute((line, text(meant))).map(drop))
    }
}
