//! All briefs of a store at once, for questions that are asked of most of it.
//!
//! Records with their evidence are most of the file, and are not touched: their ids are compared with those of the rows by the
//! indexes on both. Where boxes are given, the spatial index says first which rows lie in none of them, so that of those nothing
//! is read but the number. What can go side by side goes side by side, each thread with a connection of its own.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use rusqlite::{Connection, OptionalExtension, Rows};

use super::cells::Cells;
use super::near::{self, Reader, Words};
use super::{open, pack};
use crate::Result;
use crate::model::Brief;

/// The rows are parted so finely that no thread has to wait long for another that was held up.
const PARTS: i64 = 32;

/// What is known before the rows are read.
struct Known {
    /// The first and the last number of a row.
    ends: (i64, i64),
    /// Rows that lie in none of the boxes, in order.
    elsewhere: Vec<i64>,
    /// Rows whose record has another id, or is none, in order.
    renamed: Vec<i64>,
}

impl Reader {
    /// Every incident that has a point and that `keeps` keeps, in no order; where boxes (west, south, east, north, degrees) are
    /// given, all that lie in one of them, and some beside.
    pub fn all(&self, boxes: Option<&[[f64; 4]]>, keeps: impl Fn(&Brief) -> bool + Sync) -> Result<Vec<Brief>> {
        let fault = |e| open::error(&self.path, &e);
        let path = self.path.as_path();
        // While this is open nobody writes, so that all threads read one state.
        let held = self.connection.unchecked_transaction().map_err(fault)?;
        let ends = ends(&held).map_err(fault)?;
        let (renamed, elsewhere) = thread::scope(|scope| {
            let renamed = scope.spawn(|| read(path, renamed));
            let elsewhere = boxes.map_or(Ok((Vec::new(), 0)), |boxes| read(path, |from| elsewhere(from, boxes)));
            (joined(renamed), elsewhere)
        });
        let (elsewhere, count) = elsewhere?;
        let known = Known { ends, elsewhere, renamed: renamed? };
        let (found, next) = (Mutex::new(Vec::with_capacity(count)), AtomicUsize::new(0));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let work = || Reader::again(path)?.some(&known, &next, &keeps, &found);
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(joined)
        })?;
        Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads part after part until there is none.
    fn some(
        &self,
        known: &Known,
        next: &AtomicUsize,
        keeps: &impl Fn(&Brief) -> bool,
        found: &Mutex<Vec<Brief>>,
    ) -> Result<()> {
        let (mut briefs, mut words) = (Vec::new(), Words::default());
        while let Some(bounds) = part(known.ends, next.fetch_add(1, Ordering::Relaxed)) {
            self.part(known, bounds, &mut words, |brief| briefs.extend(Some(brief).filter(keeps)))?;
            found.lock().unwrap_or_else(PoisonError::into_inner).append(&mut briefs);
        }
        Ok(())
    }

    /// Hands on the briefs of the rows from one number to another.
    fn part(&self, known: &Known, bounds: (i64, i64), words: &mut Words, mut take: impl FnMut(Brief)) -> Result<()> {
        let fault = |e| open::error(&self.path, &e);
        let columns = near::COLUMNS;
        let sql = format!("SELECT {columns}, i.id FROM incidents i WHERE i.fid BETWEEN ?1 AND ?2 ORDER BY i.fid");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault)?;
        let mut rows = statement.query(bounds).map_err(fault)?;
        let mut elsewhere = from(&known.elsewhere, bounds.0).iter().peekable();
        while let Some(row) = rows.next().map_err(fault)? {
            let fid: i64 = row.get(0).map_err(fault)?;
            while elsewhere.next_if(|other| **other < fid).is_some() {}
            if elsewhere.peek() == Some(&&fid) {
                continue;
            }
            let glance = if known.renamed.binary_search(&fid).is_err() {
                words.brief(row, near::id(row))
            } else if let Some(id) = id_of_record(&self.connection, fid).map_err(fault)? {
                words.brief(row, near::filled(&id))
            } else {
                // A row that has no record is one that an analyst added.
                continue;
            };
            if let Some(brief) = self.told(glance)? {
                take(brief);
            }
        }
        Ok(())
    }
}

/// Asks a connection of its own.
fn read<T>(path: &Path, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
    ask(&Reader::again(path)?.connection).map_err(|e| open::error(path, &e))
}

/// The rows that the spatial index has and that lie in none of the boxes, in order, and how many others it has.
fn elsewhere(connection: &Connection, boxes: &[[f64; 4]]) -> rusqlite::Result<(Vec<i64>, usize)> {
    let cells = Cells::touched(boxes);
    let (mut found, mut others) = (Vec::new(), 0);
    pack::each_row(connection, "incidents", |fid, sides| {
        if cells.may_hold(sides) {
            others += 1;
        } else {
            found.push(fid);
        }
    })?;
    found.sort_unstable();
    Ok((found, others))
}

/// The rows whose record has another id, or is none, in order.
fn renamed(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    // Both in the order of an index that has all that is asked for.
    let mut records = connection.prepare("SELECT id, fid FROM mawqi_records ORDER BY id")?;
    let mut rows = connection.prepare("SELECT id, fid FROM incidents ORDER BY id")?;
    let (mut records, mut rows) = (Named::new(records.query([])?), Named::new(rows.query([])?));
    let mut found = Vec::new();
    records.next()?;
    while rows.next()? {
        while !records.ended && records.id < rows.id {
            records.next()?;
        }
        if records.ended || (&records.id, records.fid) != (&rows.id, rows.fid) {
            found.push(rows.fid);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Rows of id and number, one at a time.
struct Named<'s> {
    rows: Rows<'s>,
    id: Vec<u8>,
    fid: i64,
    ended: bool,
}

impl<'s> Named<'s> {
    fn new(rows: Rows<'s>) -> Self {
        Named { rows, id: Vec::new(), fid: 0, ended: false }
    }

    /// Goes on to the next; false where there is none.
    fn next(&mut self) -> rusqlite::Result<bool> {
        let Some(row) = self.rows.next()? else {
            self.ended = true;
            return Ok(false);
        };
        self.id.clear();
        self.id.extend(row.get_ref(0)?.as_bytes_or_null()?.unwrap_or_default());
        self.fid = row.get(1)?;
        Ok(true)
    }
}

fn id_of_record(connection: &Connection, fid: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT id FROM mawqi_records WHERE fid = ?1")?;
    statement.query_row([fid], |row| row.get(0)).optional()
}

/// The first and the last number of a row; the last before the first where there is none.
fn ends(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    // Asked for one by one, so that each is a step and not a walk through all rows.
    let sql = "SELECT coalesce((SELECT min(fid) FROM incidents), 0), coalesce((SELECT max(fid) FROM incidents), -1)";
    connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The bounds of a part of the rows, both included.
fn part((first, last): (i64, i64), number: usize) -> Option<(i64, i64)> {
    let step = last.saturating_sub(first) / PARTS + 1;
    let start = first.checked_add(step.checked_mul(i64::try_from(number).ok()?)?)?;
    (start <= last).then(|| (start, last.min(start.saturating_add(step - 1))))
}

/// What is left of numbers in order from one of them on.
fn from(numbers: &[i64], first: i64) -> &[i64] {
    numbers.get(numbers.partition_point(|number| *number < first)..).unwrap_or_default()
}

fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}
