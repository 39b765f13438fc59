//! Handing on incidents one after the other. One thread reads rows, one makes incidents of their records, and the
//! caller's takes them: each of the three takes about as long. Batches keep memory bounded.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rusqlite::Connection;

use super::held::{self, Edited, Held, Order};
use super::open;
use crate::model::Incident;
use crate::{Error, Result};

/// Incidents that go from thread to thread at once.
const BATCH: usize = 256;

/// Batches that may wait between two threads.
const DEPTH: usize = 4;

/// Bytes of the file that are mapped as memory, so that reading costs no copying. They count as memory of the process, so
/// that of a larger store the rest is read as ever.
const MAPPED_BYTES: i64 = 1 << 29;

/// An incident as it was read.
enum Read {
    /// The text of a record whose row nobody changed.
    Record(String),
    Edited(Box<Edited>),
}

impl Read {
    fn new(held: Held<'_>) -> Option<Self> {
        if held.edits.is_empty() {
            return Some(Read::Record(held.text.to_owned()));
        }
        held.edited().map(|edited| Read::Edited(Box::new(edited)))
    }

    /// The incident with its edits; none where its record is not understood, which no version of mawqi writes.
    fn shown(self) -> Option<Incident> {
        match self {
            Read::Record(text) => serde_json::from_str(&text).ok(),
            Read::Edited(edited) => Some(held::shown(&edited.record, &edited.edits).0),
        }
    }
}

/// Why reading ended early.
enum Stop {
    Store(rusqlite::Error),
    /// Nobody takes any more.
    Unwanted,
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Stop::Store(error)
    }
}

/// Hands on the incidents of the store at `path`, by day and id, with what analysts changed.
pub(super) fn walk(
    path: &Path,
    connection: Connection,
    rejected: bool,
    mut take: impl FnMut(&Incident) -> Result<()>,
) -> Result<()> {
    open::map(&connection, MAPPED_BYTES);
    let (rows, to_parse) = sync_channel(DEPTH);
    let (parsed, to_take) = sync_channel(DEPTH);
    thread::scope(|scope| {
        let reading = scope.spawn(move || read(&connection, rejected, &rows));
        scope.spawn(move || parse(to_parse, &parsed));
        let taken = to_take.into_iter().flatten().try_for_each(|incident| take(&incident));
        // Nobody listens any more, so that both threads end.
        match (taken, reading.join()) {
            (Err(error), _) => Err(error),
            (Ok(()), Ok(Err(Stop::Store(error)))) => Err(open::error(path, &error)),
            (Ok(()), Ok(_)) => Ok(()),
            (Ok(()), Err(_)) => Err(Error::file(path, "reading it ended in a fault of the program")),
        }
    })
}

fn read(connection: &Connection, rejected: bool, to: &SyncSender<Vec<Read>>) -> std::result::Result<(), Stop> {
    let mut batch = Vec::with_capacity(BATCH);
    held::each(connection, Order::Day, |held| {
        if held::is_rejected(&held.edits) && !rejected {
            return Ok(());
        }
        batch.extend(Read::new(held));
        if batch.len() < BATCH { Ok(()) } else { send(&mut batch, to) }
    })?;
    send(&mut batch, to)
}

fn send(batch: &mut Vec<Read>, to: &SyncSender<Vec<Read>>) -> std::result::Result<(), Stop> {
    to.send(std::mem::replace(batch, Vec::with_capacity(BATCH))).map_err(|_| Stop::Unwanted)
}

fn parse(rows: Receiver<Vec<Read>>, to: &SyncSender<Vec<Incident>>) {
    for batch in rows {
        if to.send(batch.into_iter().filter_map(Read::shown).collect()).is_err() {
            return;
        }
    }
}
