//! What is to be written of each incident, made on a thread of its own while what was made before goes into the file: to write
//! JSON, draw circles and take prints takes about as long as SQLite takes for the rows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use super::geometry::Circles;
use super::held::{self, Edits, PRINTED};
use super::print::{self, Printer};
use super::rows;
use super::settle::{Entry, Settlement};
use crate::model::{Evidence, Incident};

/// Incidents that go from thread to thread at once.
const BATCH: usize = 256;

/// Batches that may wait.
const DEPTH: usize = 4;

/// An incident that is to be written.
pub(super) struct Made<'s> {
    /// The row that it has already.
    pub(super) fid: Option<i64>,
    pub(super) entry: &'s Entry,
    /// The incident with its edits.
    pub(super) shown: Cow<'s, Incident>,
    /// The record as the store holds it, its print, and that of the row.
    pub(super) record: String,
    pub(super) record_print: i64,
    pub(super) row_print: i64,
    /// The blob of the circle that holds the incident.
    pub(super) circle: Option<Vec<u8>>,
    /// The marks of each sentence of [`evidence`], as JSON.
    pub(super) marks: Vec<Option<String>>,
}

/// Hands on every incident that does not stand in the file as it is; `known` are the edits of the last run, by incident.
pub(super) fn each<'s>(
    settled: &'s Settlement,
    known: &HashMap<String, Edits>,
    mut take: impl FnMut(&Made<'s>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let (made, to_take) = sync_channel::<Vec<Made<'s>>>(DEPTH);
    // What is done with goes back to the thread that made it: memory that one thread asks for and another gives back costs both.
    let (taken, to_free) = channel();
    thread::scope(|scope| {
        scope.spawn(move || make(settled, known, &made, &to_free));
        to_take.into_iter().try_for_each(|batch| {
            batch.iter().try_for_each(&mut take)?;
            // Where making has ended, nobody is left to free it.
            let _ = taken.send(batch);
            Ok(())
        })
    })
}

/// Makes all; ends early where nobody takes any more.
fn make<'s>(
    settled: &'s Settlement,
    known: &HashMap<String, Edits>,
    to: &SyncSender<Vec<Made<'s>>>,
    to_free: &Receiver<Vec<Made<'s>>>,
) {
    let mut maker = Maker::default();
    let mut differs = settled.entries.iter().filter(|entry| !stands(settled, known, entry)).peekable();
    while differs.peek().is_some() {
        to_free.try_iter().for_each(drop);
        let batch = differs.by_ref().take(BATCH).map(|entry| maker.made(settled, entry)).collect();
        if to.send(batch).is_err() {
            return;
        }
    }
}

/// Whether an incident and its edits stand in the file as they are.
fn stands(settled: &Settlement, known: &HashMap<String, Edits>, entry: &Entry) -> bool {
    let Some(before) = settled.before.get(&entry.record.id) else { return false };
    let same_edits = known.get(&entry.record.id).map_or(entry.edits.is_empty(), |edits| *edits == entry.edits);
    before.clean && same_edits && before.print == Some(entry.print())
}

#[derive(Default)]
struct Maker {
    circles: Circles,
    printer: Printer,
}

impl Maker {
    fn made<'s>(&mut self, settled: &Settlement, entry: &'s Entry) -> Made<'s> {
        let Entry { record: said, edits, .. } = entry;
        let shown = if edits.is_empty() { Cow::Borrowed(said) } else { Cow::Owned(held::shown(said, edits).0) };
        let values = rows::row(&shown, edits);
        let row_print = self.printer.row(values.iter().take(PRINTED).map(print::as_read));
        drop(values);
        let round = rows::point(&shown).zip(shown.uncertainty_m);
        let circle = round.and_then(|((lon, lat), radius_m)| self.circles.polygon(lon, lat, radius_m));
        let marks = evidence(&shown).map(|(_, evidence)| marks(evidence)).collect();
        let record = entry.text();
        let record_print = print::of_record(&record);
        let fid = settled.before.get(&said.id).map(|before| before.fid);
        Made { fid, entry, shown, record, record_print, row_print, circle, marks }
    }
}

/// The sentences behind an incident, each with its report.
pub(super) fn evidence(incident: &Incident) -> impl Iterator<Item = (&str, &Evidence)> {
    incident.sources.iter().flat_map(|source| source.evidence.iter().map(|evidence| (source.report.as_str(), evidence)))
}

fn marks(evidence: &Evidence) -> Option<String> {
    (!evidence.marks.is_empty()).then(|| serde_json::to_string(&evidence.marks).ok()).flatten()
}
