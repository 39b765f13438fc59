//! Handing on incidents one after the other. One thread reads rows, one makes incidents of their records, and the
//! caller's takes them: each of the three takes about as long. Batches keep memory bounded.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::held::{self, Edited, Held, Order};
use super::{open, record, touched};
use crate::model::Incident;
use crate::{Error, Result};

/// Incidents that go from thread to thread at once.
const BATCH: usize = 256;

/// Batches that may wait between two threads.
const DEPTH: usize = 4;

/// Bytes of the file that are mapped as memory, so that reading costs no copying. They count as memory of the process, so
/// that of a larger store the rest is read as ever.
const MAPPED_BYTES: i64 = 1 << 29;

/// Incidents as they were read, one after the other.
#[derive(Default)]
struct Batch {
    /// The texts of the records whose rows nobody changed, one behind the other.
    text: String,
    found: Vec<Read>,
}

/// An incident as it was read.
enum Read {
    /// Its record ends here in the text.
    Record(usize),
    Edited(Box<Edited>),
}

impl Batch {
    fn add(&mut self, held: Held<'_>) {
        if held.edits.is_empty() {
            self.add_record(held.text);
        } else {
            self.found.extend(held.edited().map(|edited| Read::Edited(Box::new(edited))));
        }
    }

    fn add_record(&mut self, record: &str) {
        self.text.push_str(record);
        self.found.push(Read::Record(self.text.len()));
    }

    /// The incidents with their edits, without those whose record is not understood, which no version of mawqi writes.
    fn shown(&self) -> Vec<Incident> {
        let (mut from, mut shown) = (0, Vec::with_capacity(self.found.len()));
        for read in &self.found {
            match read {
                Read::Record(end) => {
                    let record = self.text.get(from..*end).unwrap_or_default();
                    shown.extend(record::read(record));
                    from = *end;
                }
                Read::Edited(edited) => shown.push(held::shown(&edited.record, &edited.edits).0),
            }
        }
        shown
    }

    fn clear(&mut self) {
        self.text.clear();
        self.found.clear();
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
    // What is done with goes back to the thread that made it, to be filled again or freed: memory that one thread asks for and
    // another gives back costs both of them.
    let (empty, to_fill) = channel();
    let (taken, to_free) = channel();
    thread::scope(|scope| {
        let reading = scope.spawn(move || read(&connection, rejected, &rows, &to_fill));
        scope.spawn(move || parse(to_parse, &parsed, &empty, &to_free));
        let all = to_take.into_iter().try_for_each(|batch: Vec<Incident>| {
            batch.iter().try_for_each(&mut take)?;
            // Where parsing has ended, nobody is left to free it.
            let _ = taken.send(batch);
            Ok(())
        });
        // Nobody listens any more, so that both threads end.
        match (all, reading.join()) {
            (Err(error), _) => Err(error),
            (Ok(()), Ok(Err(Stop::Store(error)))) => Err(open::error(path, &error)),
            (Ok(()), Ok(_)) => Ok(()),
            (Ok(()), Err(_)) => Err(Error::file(path, "reading it ended in a fault of the program")),
        }
    })
}

fn read(
    connection: &Connection,
    rejected: bool,
    to: &SyncSender<Batch>,
    empty: &Receiver<Batch>,
) -> std::result::Result<(), Stop> {
    let mut batch = Batch::default();
    match touched::rows(connection)?.filter(|_| !rejected) {
        Some(touched) => read_shown(connection, touched, &mut batch, to, empty)?,
        None => held::each(connection, Order::Day, |held| {
            if held::is_rejected(&held.edits) && !rejected {
                return Ok(());
            }
            batch.add(held);
            send_full(&mut batch, to, empty)
        })?,
    }
    send(&mut batch, to, empty)
}

/// Reads what is on the map. Only rows that somebody wrote are looked at: `touched`, and those with edits of before.
fn read_shown(
    connection: &Connection,
    mut touched: FxHashSet<i64>,
    batch: &mut Batch,
    to: &SyncSender<Batch>,
    empty: &Receiver<Batch>,
) -> std::result::Result<(), Stop> {
    let mut edited = connection.prepare("SELECT r.fid FROM mawqi_edits e JOIN mawqi_records r ON r.id = e.incident")?;
    touched.extend(edited.query_map([], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
    let sql = format!("SELECT r.fid, r.record {}", held::ON_MAP);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fid = row.get(0)?;
        if touched.contains(&fid) {
            let edited = held::one(connection, fid)?.filter(|edited| !held::is_rejected(&edited.edits));
            batch.found.extend(edited.map(|edited| Read::Edited(Box::new(edited))));
        } else {
            batch.add_record(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        }
        send_full(batch, to, empty)?;
    }
    Ok(())
}

fn send_full(batch: &mut Batch, to: &SyncSender<Batch>, empty: &Receiver<Batch>) -> std::result::Result<(), Stop> {
    if batch.found.len() < BATCH { Ok(()) } else { send(batch, to, empty) }
}

fn send(batch: &mut Batch, to: &SyncSender<Batch>, empty: &Receiver<Batch>) -> std::result::Result<(), Stop> {
    let next = empty.try_recv().unwrap_or_default();
    to.send(std::mem::replace(batch, next)).map_err(|_| Stop::Unwanted)
}

fn parse(
    rows: Receiver<Batch>,
    to: &SyncSender<Vec<Incident>>,
    empty: &Sender<Batch>,
    to_free: &Receiver<Vec<Incident>>,
) {
    for mut batch in rows {
        to_free.try_iter().for_each(drop);
        if to.send(batch.shown()).is_err() {
            return;
        }
        batch.clear();
        // Where reading has ended, nobody is left to fill it.
        let _ = empty.send(batch);
    }
}
