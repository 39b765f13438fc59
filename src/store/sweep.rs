//! All briefs of a store at once, for questions that are asked of most of it.
//!
//! Records with their evidence are most of the file, and are not touched: their ids are compared with those of the rows by the
//! indexes on both, and the few rows where they differ are read once more. Where boxes are given, the spatial index says first
//! which rows lie in none of them, so that of those nothing is read but the number. What can go side by side goes side by side,
//! each thread with a connection of its own, which reads the file page by page: mapped as memory, all of it would count as
//! memory of the process, once a thread, since rows lie here and there between the records.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, OptionalExtension, Rows};
use rustc_hash::FxHashSet;

use super::cells::Cells;
use super::near::{self, Reader, Words};
use super::{open, pack};
use crate::Result;
use crate::model::Brief;

/// The rows are parted so finely that no thread has to wait long for another that was held up.
const PARTS: i64 = 32;

/// Rows from the first on of which it is noted whether they lie elsewhere, a bit each, 32 MB in all: more than stores have, unless
/// their numbers are strewn. One of which nothing is noted is read.
const NOTED_ROWS: u64 = 1 << 28;

/// Some of the rows, by number.
struct Noted {
    first: i64,
    bits: Vec<u64>,
}

impl Noted {
    /// Where the bit of a row stands.
    fn at(&self, fid: i64) -> Option<(usize, u64)> {
        let number = fid.checked_sub(self.first).and_then(|number| u64::try_from(number).ok())?;
        let at = usize::try_from(number / 64).ok().filter(|_| number < NOTED_ROWS)?;
        Some((at, 1 << (number % 64)))
    }

    fn add(&mut self, fid: i64) {
        let Some((at, bit)) = self.at(fid) else { return };
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= bit;
        }
    }

    fn has(&self, fid: i64) -> bool {
        self.at(fid).is_some_and(|(at, bit)| self.bits.get(at).is_some_and(|bits| bits & bit != 0))
    }
}

/// The rows from one number to another.
const ROWS: &str = "FROM incidents i WHERE i.fid BETWEEN ?1 AND ?2";

impl Reader {
    /// Every incident that has a point and that `keeps` keeps, in no order; where boxes (west, south, east, north, degrees) are
    /// given, all that lie in one of them, and some beside.
    pub fn all(&self, boxes: Option<&[[f64; 4]]>, keeps: impl Fn(&Brief) -> bool + Sync) -> Result<Vec<Brief>> {
        let fault = |e| open::error(&self.path, &e);
        let path = self.path.as_path();
        // While this is open nobody writes, so that all threads read one state.
        let held = self.connection.unchecked_transaction().map_err(fault)?;
        let ends = ends(&held).map_err(fault)?;
        thread::scope(|scope| {
            // Not waited for before the end: hardly ever is there a row of which it matters.
            let renamed = scope.spawn(|| read(path, renamed));
            let none = Noted { first: ends.0, bits: Vec::new() };
            let (elsewhere, count) = match boxes {
                Some(boxes) => read(path, |connection| elsewhere(connection, boxes, none))?,
                None => (none, 0),
            };
            let elsewhere = Arc::new(elsewhere);
            let mut found = sweep(path, ends, &elsewhere, count, &keeps)?;
            let renamed = joined(renamed)?;
            if !renamed.is_empty() {
                found.retain(|brief| !renamed.contains(&brief.row));
                found.extend(
                    self.renamed(renamed.iter().filter(|fid| !elsewhere.has(**fid)))?.into_iter().filter(&keeps),
                );
            }
            Ok(found)
        })
    }

    /// A connection of its own, which knows the rows that need not be read.
    fn sweeping(path: &Path, elsewhere: &Arc<Noted>) -> Result<Self> {
        let connection = open::read(path)?;
        let elsewhere = Arc::clone(elsewhere);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        let is_elsewhere = move |context: &Context<'_>| Ok(elsewhere.has(context.get(0)?));
        connection.create_scalar_function(IS_ELSEWHERE, 1, flags, is_elsewhere).map_err(|e| open::error(path, &e))?;
        Ok(Reader { path: path.to_path_buf(), connection })
    }

    /// Reads part after part until there is none.
    fn some(
        &self,
        ends: (i64, i64),
        next: &AtomicUsize,
        keeps: &impl Fn(&Brief) -> bool,
        found: &Mutex<Vec<Brief>>,
    ) -> Result<()> {
        let (mut briefs, mut words) = (Vec::new(), Words::default());
        while let Some(bounds) = part(ends, next.fetch_add(1, Ordering::Relaxed)) {
            self.part(bounds, &mut words, |brief| briefs.extend(Some(brief).filter(keeps)))?;
            found.lock().unwrap_or_else(PoisonError::into_inner).append(&mut briefs);
        }
        Ok(())
    }

    /// Hands on the briefs of the rows from one number to another, as if each had the id of its record.
    fn part(&self, bounds: (i64, i64), words: &mut Words, mut take: impl FnMut(Brief)) -> Result<()> {
        let fault = |e| open::error(&self.path, &e);
        let columns = near::COLUMNS;
        // Asked of the number before anything else of the row is looked at.
        let sql = format!("SELECT {columns}, i.id {ROWS} AND NOT {IS_ELSEWHERE}(i.fid) ORDER BY i.fid");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault)?;
        let mut rows = statement.query(bounds).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            self.told(words.brief(row, near::id(row)))?.into_iter().for_each(&mut take);
        }
        Ok(())
    }

    /// The briefs of rows whose record has another id; a row that has no record is one that an analyst added, and has none.
    fn renamed<'n>(&self, rows: impl Iterator<Item = &'n i64>) -> Result<Vec<Brief>> {
        let fault = |e| open::error(&self.path, &e);
        let (mut found, mut words) = (Vec::new(), Words::default());
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {} {ROWS}", near::COLUMNS)).map_err(fault)?;
        for fid in rows {
            let Some(id) = id_of_record(&self.connection, *fid).map_err(fault)? else { continue };
            let mut rows = statement.query((fid, fid)).map_err(fault)?;
            if let Some(row) = rows.next().map_err(fault)? {
                found.extend(self.told(words.brief(row, near::filled(&id)))?);
            }
        }
        Ok(found)
    }
}

/// The function of SQL that says whether a row lies in none of the boxes.
const IS_ELSEWHERE: &str = "mawqi_is_elsewhere";

/// The briefs of all rows but some, read by as many threads as there are processors.
fn sweep(
    path: &Path,
    ends: (i64, i64),
    elsewhere: &Arc<Noted>,
    count: usize,
    keeps: &(impl Fn(&Brief) -> bool + Sync),
) -> Result<Vec<Brief>> {
    let (found, next) = (Mutex::new(Vec::with_capacity(count)), AtomicUsize::new(0));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || Reader::sweeping(path, elsewhere)?.some(ends, &next, keeps, &found);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(joined)
    })?;
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Asks a connection of its own.
fn read<T>(path: &Path, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
    ask(&open::read(path)?).map_err(|e| open::error(path, &e))
}

/// Notes the rows that the spatial index has and that lie in none of the boxes; tells how many others it has.
fn elsewhere(connection: &Connection, boxes: &[[f64; 4]], mut found: Noted) -> rusqlite::Result<(Noted, usize)> {
    let cells = Cells::touched(boxes);
    let mut others = 0;
    pack::each_row(connection, "incidents", |fid, sides| {
        if cells.may_hold(sides) {
            others += 1;
        } else {
            found.add(fid);
        }
    })?;
    Ok((found, others))
}

/// The rows whose record has another id, or is none.
fn renamed(connection: &Connection) -> rusqlite::Result<FxHashSet<i64>> {
    // Both in the order of an index that has all that is asked for.
    let mut records = connection.prepare("SELECT id, fid FROM mawqi_records ORDER BY id")?;
    let mut rows = connection.prepare("SELECT id, fid FROM incidents ORDER BY id")?;
    let (mut records, mut rows) = (Named::new(records.query([])?), Named::new(rows.query([])?));
    let mut found = FxHashSet::default();
    records.next()?;
    while rows.next()? {
        while !records.ended && records.id < rows.id {
            records.next()?;
        }
        if records.ended || (&records.id, records.fid) != (&rows.id, rows.fid) {
            found.insert(rows.fid);
        }
    }
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

fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}
