//! From all that the store holds to one map: merging over every report, with what analysts changed laid over it.
//!
//! Merging knows nothing of edits. An edited incident is found again by its evidence: the new incident that shares most
//! of its sentences takes its edits over. Where no report tells of it any more it stays as it was, because a person has
//! vouched for it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use rusqlite::Connection;
use serde_json::Value;

use super::decisions::{self, Decision};
use super::held::{self, Edited, Edits, Order};
use super::readings::{self, Readings};
use super::since::Since;
use super::{print, record, rows};
use crate::gazetteer::Gazetteer;
use crate::merge::{self, Part};
use crate::model::{Change, Doubt, Extraction, Harvest, Incident};

/// An incident on its way into the store.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) record: Incident,
    pub(super) edits: Edits,
    /// Whether no report tells of it any more.
    pub(super) orphan: bool,
    print: OnceLock<i64>,
}

/// What stood in the store before, as far as writing has to know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) fid: i64,
    /// The print of the record.
    pub(super) print: Option<i64>,
    pub(super) clean: bool,
}

/// What is to be written, and what was there.
#[derive(Debug)]
pub(super) struct Settlement {
    pub(super) entries: Vec<Entry>,
    pub(super) before: HashMap<String, Before>,
    /// All that there is to give but the incidents, which are the entries.
    pub(super) beside: Harvest,
}

impl Settlement {
    /// All that there is to give; incidents that an analyst rejected are left out.
    pub(super) fn contents(self) -> Harvest {
        let shown = self.entries.into_iter().filter(|entry| !held::is_rejected(&entry.edits));
        let mut incidents: Vec<Incident> = shown.map(Entry::into_shown).collect();
        sort(&mut incidents);
        Harvest { incidents, ..self.beside }
    }
}

/// Merges all readings and lays the edits over them, `put` being those of this run by the report's number; reads only, but that rows which analysts added become readings.
pub(super) fn settle(
    connection: &Connection,
    put: HashMap<i64, Box<Extraction>>,
    decisions: &[Decision],
    gazetteer: &Gazetteer,
) -> rusqlite::Result<Settlement> {
    let (mut before, mut edited) = (HashMap::new(), Vec::new());
    held::each(connection, Order::Any, |held| -> rusqlite::Result<()> {
        before.insert(held.id.to_owned(), Before { fid: held.fid, print: held.print, clean: held.clean });
        if !held.edits.is_empty() {
            edited.extend(held.edited());
        }
        Ok(())
    })?;
    let mut changes = readings::adopt(connection, &mut edited)?;
    let Readings { incidents, unlocated, tallies, unresolved, reports } = readings::all(connection, put)?;
    let told = incidents.len();
    let decided = decisions::resolve(connection, decisions, &incidents)?;
    let merged = merge::merge_decided(incidents, &decided.decisions());
    let doubts = merge::doubts(&merged).into_iter().map(doubt).collect();
    let mut entries: Vec<Entry> = merged.into_iter().map(Entry::new).collect();
    changes.extend(hand_over(&mut entries, edited));
    decided.lay_over(&mut entries, gazetteer);
    decided.keep(connection)?;
    changes.extend(since(connection, &before, &entries)?);
    changes.extend(entries.iter_mut().flat_map(Entry::check));
    let tallies = merge::tallies(tallies);
    let undecided = decided.unknown;
    let incidents = Vec::new();
    let beside = Harvest { incidents, unlocated, tallies, unresolved, changes, doubts, undecided, reports, told };
    Ok(Settlement { entries, before, beside })
}

/// What changed since the last run; nothing where there was none.
fn since(
    connection: &Connection,
    before: &HashMap<String, Before>,
    entries: &[Entry],
) -> rusqlite::Result<Vec<Change>> {
    if before.is_empty() {
        return Ok(Vec::new());
    }
    let since = Since::read(connection, before, entries)?;
    since.keep(connection, entries)?;
    Ok(since.changes(entries))
}

/// A possible duplicate in words.
fn doubt(found: merge::Doubt) -> Doubt {
    let told = found.likeness.parts.iter().filter(|part| part.score.abs() > f64::EPSILON);
    let words = |part: &Part| format!("{} {:+.1} ({})", part.name, part.score, part.reason);
    let reasons: Vec<String> = told.map(words).collect();
    Doubt { a: found.a, b: found.b, score: found.likeness.score, reasons: reasons.join("; ") }
}

/// By day and id; undated ones last.
fn sort(incidents: &mut [Incident]) {
    let key = |i: &Incident| (i.date_start.is_none(), i.date_start);
    incidents.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)));
}

impl Entry {
    fn new(record: Incident) -> Self {
        Entry { record, edits: Edits::new(), orphan: false, print: OnceLock::new() }
    }

    /// An incident as the store holds it.
    pub(super) fn edited(edited: Edited) -> Self {
        Entry { edits: edited.edits, ..Entry::new(edited.record) }
    }

    /// The record as the store holds it.
    pub(super) fn text(&self) -> String {
        record::of(&self.record)
    }

    /// The print of the record, worked out once.
    pub(super) fn print(&self) -> i64 {
        *self.print.get_or_init(|| print::of_record(&self.text()))
    }

    /// The incident with its edits.
    fn into_shown(self) -> Incident {
        if self.edits.is_empty() { self.record } else { held::shown(&self.record, &self.edits).0 }
    }

    /// What is to be told of the edits; those that do not fit are dropped.
    pub(super) fn check(&mut self) -> Vec<Change> {
        if self.edits.is_empty() {
            return Vec::new();
        }
        let said = rows::fields(&self.record);
        let (_, misfits) = held::shown(&self.record, &self.edits);
        let reasons: BTreeMap<&str, &str> = misfits.iter().map(|m| (m.field.as_str(), m.reason.as_str())).collect();
        let kept = if self.orphan { "kept; no report tells of the incident any more" } else { "kept" };
        let change = |(field, value): (&String, &Value)| {
            let status = reasons.get(field.as_str()).map_or(kept.to_owned(), |why| format!("not understood: {why}"));
            let extracted = said.get(field.as_str()).cloned().unwrap_or_default();
            self.change(field, &extracted, value, status)
        };
        let changes = self.edits.iter().map(change).collect();
        for misfit in &misfits {
            self.edits.remove(&misfit.field);
        }
        changes
    }

    fn change(&self, field: &str, extracted: &Value, kept: &Value, status: String) -> Change {
        Change {
            incident: self.record.id.clone(),
            field: field.to_owned(),
            before: String::new(),
            extracted: words(extracted),
            kept: words(kept),
            status,
            reports: self.record.sources.iter().map(|source| source.report.clone()).collect(),
        }
    }
}

/// A value as text.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// By what an incident is known again: its reports, each with where its sentences begin.
fn anchors(incident: &Incident) -> impl Iterator<Item = (&str, Option<usize>)> {
    incident.sources.iter().flat_map(|source| {
        let starts = source.evidence.iter().map(|evidence| Some(evidence.start));
        starts.chain(source.evidence.is_empty().then_some(None)).map(|start| (source.report.as_str(), start))
    })
}

/// Gives each edited incident's edits to the incident that now holds its evidence; one without stays as it was.
fn hand_over(entries: &mut Vec<Entry>, edited: Vec<Edited>) -> Vec<Change> {
    if edited.is_empty() {
        return Vec::new();
    }
    let mut at: HashMap<(String, Option<usize>), Vec<usize>> = HashMap::new();
    for (number, entry) in entries.iter().enumerate() {
        for (report, start) in anchors(&entry.record) {
            at.entry((report.to_owned(), start)).or_default().push(number);
        }
    }
    let mut taken: HashSet<String> = entries.iter().map(|entry| entry.record.id.clone()).collect();
    let mut refused = Vec::new();
    for held in edited {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for (report, start) in anchors(&held.record) {
            for number in at.get(&(report.to_owned(), start)).into_iter().flatten() {
                *votes.entry(*number).or_default() += 1;
            }
        }
        let same = |number: usize| entries[number].record.id == held.record.id;
        let heir = votes.into_iter().max_by_key(|(number, votes)| (*votes, same(*number), usize::MAX - number));
        match heir {
            Some((number, _)) => refused.extend(lay_over(&mut entries[number], held.edits)),
            None => entries.push(orphan(held, &mut taken)),
        }
    }
    refused
}

/// Adds edits to those that are there; of two for one field the first stays, and the other is told of.
fn lay_over(entry: &mut Entry, edits: Edits) -> Vec<Change> {
    let mut refused = Vec::new();
    for (field, value) in edits {
        match entry.edits.get(&field) {
            Some(there) if *there != value => {
                let status = "not kept: an incident merged with this one was edited otherwise".to_owned();
                refused.push(entry.change(&field, there, &value, status));
            }
            Some(_) => {}
            None => drop(entry.edits.insert(field, value)),
        }
    }
    refused
}

/// The incident that no report tells of any more, under its own id if that is free.
fn orphan(held: Edited, taken: &mut HashSet<String>) -> Entry {
    let mut record = held.record;
    let stem = record.id.clone();
    let mut number = 2;
    while !taken.insert(record.id.clone()) {
        record.id = format!("{stem}-kept-{number}");
        number += 1;
    }
    Entry { edits: held.edits, orphan: true, ..Entry::new(record) }
}
