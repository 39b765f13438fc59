//! What changed on the map since the last run: new, merged, split, revised, dropped.
//!
//! Ids tell of the most part; where an id is gone or new, the tellings say what became of it. An id that is gone is kept
//! with its tellings, so that who still has the old map finds the incident again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::Connection;

use super::settle::{Before, Entry, words};
use super::{record, rows};
use crate::merge::{Telling, tellings};
use crate::model::{Change, Incident};

/// What the map was and is, where the two differ.
#[derive(Debug)]
pub(super) struct Since<'b> {
    /// Incidents that stand otherwise now, or no more, as they stood.
    was: BTreeMap<String, Incident>,
    /// All that was there.
    before: &'b HashMap<String, Before>,
}

impl<'b> Since<'b> {
    /// Reads what stood and does not stand so any more.
    pub(super) fn read(
        connection: &Connection,
        before: &'b HashMap<String, Before>,
        entries: &[Entry],
    ) -> rusqlite::Result<Self> {
        let now: HashMap<&str, i64> = entries.iter().map(|entry| (entry.record.id.as_str(), entry.print())).collect();
        let mut was = BTreeMap::new();
        let mut statement = connection.prepare("SELECT record FROM mawqi_records WHERE fid = ?1")?;
        let print = |id: &str| now.get(id).copied();
        for (id, stood) in before.iter().filter(|(id, stood)| stood.print.is_none() || stood.print != print(id)) {
            let record: String = statement.query_row([stood.fid], |row| row.get(0))?;
            was.extend(record::read(&record).map(|incident| (id.clone(), incident)));
        }
        Ok(Since { was, before })
    }

    /// The changes, by incident.
    pub(super) fn changes(&self, entries: &[Entry]) -> Vec<Change> {
        let mut held: HashMap<Telling, &str> = HashMap::new();
        for (id, incident) in &self.was {
            held.extend(tellings(incident).map(|telling| (telling, id.as_str())));
        }
        let now: HashSet<&str> = entries.iter().map(|entry| entry.record.id.as_str()).collect();
        let mut heirs: HashSet<&str> = HashSet::new();
        let mut changes = Vec::new();
        for record in entries.iter().map(|entry| &entry.record) {
            let from: BTreeSet<&str> = tellings(record).filter_map(|telling| held.get(&telling).copied()).collect();
            heirs.extend(&from);
            changes.extend(self.became(record, &from, &now));
        }
        let dropped =
            self.was.values().filter(|was| !now.contains(was.id.as_str()) && !heirs.contains(was.id.as_str()));
        changes.extend(dropped.map(|was| change(was, "dropped", "", was.summary_en.clone(), String::new())));
        changes.sort_by(|a, b| (&a.incident, &a.status, &a.field).cmp(&(&b.incident, &b.status, &b.field)));
        changes
    }

    /// What is told of one incident of the map; `from` are the ids under which its tellings stood.
    fn became(&self, record: &Incident, from: &BTreeSet<&str>, now: &HashSet<&str>) -> Vec<Change> {
        let id = record.id.as_str();
        let there = self.before.contains_key(id);
        if there && !self.was.contains_key(id) {
            return Vec::new();
        }
        let others: Vec<&str> = from.iter().copied().filter(|other| *other != id).collect();
        let mut changes = Vec::new();
        if from.is_empty() && !there {
            changes.push(change(record, "new", "", String::new(), record.summary_en.clone()));
        }
        if from.len() > 1 {
            changes.push(change(record, "merged", "id", others.join("; "), id.to_owned()));
        } else if let [other] = others.as_slice()
            && !there
        {
            let status = if now.contains(other) { "split" } else { "revised" };
            changes.push(change(record, status, "id", (*other).to_owned(), id.to_owned()));
        }
        let was = self.was.get(id).or_else(|| others.first().and_then(|other| self.was.get(*other)));
        if let Some(was) = was.filter(|_| changes.iter().all(|change| change.status != "split")) {
            changes.extend(revised(was, record));
        }
        changes
    }

    /// Keeps the tellings of ids that are gone.
    pub(super) fn keep(&self, connection: &Connection, entries: &[Entry]) -> rusqlite::Result<()> {
        let now: HashSet<&str> = entries.iter().map(|entry| entry.record.id.as_str()).collect();
        let mut insert = connection.prepare("INSERT OR REPLACE INTO mawqi_former VALUES (?1, ?2)")?;
        for (id, incident) in self.was.iter().filter(|(id, _)| !now.contains(id.as_str())) {
            let tellings: Vec<Telling> = tellings(incident).collect();
            insert.execute((id, serde_json::to_string(&tellings).unwrap_or_default()))?;
        }
        Ok(())
    }
}

/// A row for each field that reads otherwise.
fn revised(was: &Incident, is: &Incident) -> Vec<Change> {
    let (before, after) = (rows::fields(was), rows::fields(is));
    let differ = after.iter().filter(|(name, value)| before.get(*name) != Some(value) && **name != "id");
    let row = |(name, value)| change(is, "revised", name, words(&before[name]), words(value));
    let mut rows: Vec<Change> = differ.map(|(name, value)| row((*name, value))).collect();
    if rows.is_empty() && was.sources != is.sources {
        let reports = |incident: &Incident| {
            incident.sources.iter().map(|source| source.report.as_str()).collect::<Vec<_>>().join("; ")
        };
        rows.push(change(is, "revised", "sources", reports(was), reports(is)));
    }
    rows
}

fn change(incident: &Incident, status: &str, field: &str, before: String, extracted: String) -> Change {
    Change {
        incident: incident.id.clone(),
        field: field.to_owned(),
        before,
        extracted,
        kept: String::new(),
        status: status.to_owned(),
        reports: incident.sources.iter().map(|source| source.report.clone()).collect(),
    }
}
