//! The store: a GeoPackage that holds reports, what was read from each, and the map that they make together.
//!
//! QGIS and every program with GDAL open the file as it is. Layers: `incidents` (points), `uncertainty` (the circle that
//! holds each), `places`; tables: `reports`, `evidence`, `tallies`, `merges`. Tables named `mawqi_…` are the store's own
//! and not shown: the reading of each report, each incident as extraction has it, and what analysts changed.
//!
//! - `open`: a new file, one of ours, or why not
//! - `schema`: all tables, as GeoPackage 1.3 wants them; `geometry`: points and circles as blobs; `style`: how QGIS draws
//! - `readings`: reports and their readings, put in by batches
//! - `pen`: who holds the connection, and puts batches in on a thread of its own
//! - `short`: how readings are held; `record`: how incidents are; `print`: by what a record and a row are known again
//! - `held`: what the store holds of an incident, and what an analyst changed; `rows`: its fields as columns; `touched`: rows that
//!   were written since the last run; `walk`: one incident after the other
//! - `import`: incidents from other tables
//! - `review`: fields set by a table
//! - `decisions`: what people decided in `decisions.csv`; `since`: what changed since the last run
//! - `told`: one incident with its readings
//! - `near`: incidents by place, found through the file's own spatial index; `sweep`: most of them at once, `cells`: which
//!   of them ten thousand boxes leave out
//! - `settle`: all readings merged, edits laid over; `made`: what is to be written of each incident; `write`: what differs is
//!   written
//!
//! Each step is one transaction with a rollback journal: a run that is killed leaves the last state that was whole.

pub mod import;

mod cells;
mod decisions;
mod geometry;
mod held;
mod made;
mod near;
mod open;
mod pack;
mod pen;
mod print;
mod readings;
mod record;
mod review;
mod rows;
mod schema;
mod settle;
mod short;
mod since;
mod style;
mod sweep;
mod told;
mod touched;
mod walk;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::gazetteer::Gazetteer;
use crate::model::{Change, Extraction, Harvest, Incident, Report};
use crate::staging::Reserved;
use crate::{Error, Result};
use pen::{Pen, Written};

pub use decisions::{DECISIONS, Decision, read as decisions};
pub use held::{CONFIRMED, REJECTED};
pub use near::Reader;
pub use readings::Put;
pub use review::{Setting, Unfit, settings};
pub use style::{STYLES, Style};
pub use told::{Told, told};

/// The file's name in an output folder.
pub const FILE_NAME: &str = "incidents.gpkg";

/// Reports that are put in by one transaction.
const BATCH: usize = 2_000;

/// Unused pages in a hundred from which the file is packed.
const MOST_UNUSED: i64 = 25;

/// A store open for writing.
#[derive(Debug)]
pub struct Store {
    pen: Pen,
    /// Where the store is, or will be.
    path: PathBuf,
    /// Where a fresh store is made until it takes the place of the old one.
    staged: Option<Reserved>,
    waiting: Vec<(Report, Extraction)>,
    /// What was put in by this run, by the report's number: settling need not read it back.
    put: HashMap<i64, Box<Extraction>>,
    /// Reports that gave way to another text of the same id.
    replaced: usize,
    /// Whether the file was made by this run.
    made: bool,
    decisions: Vec<Decision>,
}

impl Store {
    /// Opens the store in `folder`, and makes it if there is none.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let made = !path.exists();
        let connection = open::write(&path)?;
        Ok(Store { made, ..Store::new(connection, path) })
    }

    /// Opens the store in `folder`, which must be there.
    pub fn existing(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        if path.exists() { Self::open(folder) } else { Err(none(folder, &path)) }
    }

    /// Sets fields as analysts want them; returns how many changed. [`settle`](Store::settle) keeps them.
    pub fn set(&mut self, settings: &[Setting]) -> Result<usize> {
        self.take_in()?;
        let path = &self.path;
        let set = self.pen.idle().and_then(|c| pen::transact(c, |connection| review::set(connection, settings)));
        set.map_err(|e| open::error(path, &e))
    }

    /// A new store, which takes the place of the one in `folder` when it is [settled](Store::settle).
    pub fn fresh(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let staged = Reserved::new(folder, "gpkg").map_err(|e| Error::io(folder, e))?;
        let connection = open::write(staged.path())?;
        Ok(Store { staged: Some(staged), made: true, ..Store::new(connection, path) })
    }

    fn new(connection: Connection, path: PathBuf) -> Self {
        Store {
            pen: Pen::new(connection),
            path,
            staged: None,
            waiting: Vec::new(),
            put: HashMap::new(),
            replaced: 0,
            made: false,
            decisions: Vec::new(),
        }
    }

    /// Puts a report and its reading in; one of the same id gives way. Written by batches.
    pub fn put(&mut self, report: Report, extraction: Extraction) -> Result<()> {
        self.waiting.push((report, extraction));
        if self.waiting.len() < BATCH { Ok(()) } else { self.flush() }
    }

    /// Takes what people decided; [`settle`](Store::settle) heeds it.
    pub fn decide(&mut self, decisions: Vec<Decision>) {
        self.decisions = decisions;
    }

    /// How many reports gave way to another text under their id.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// Closes the store without adding to it; a file that was made for nothing goes away.
    pub fn leave(self) {
        drop(self.pen);
        if self.made && self.staged.is_none() {
            let _ = std::fs::remove_file(&self.path);
        }
    }

    /// Begins to write the reports that wait.
    fn flush(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let before = self.pen.put(waiting).map_err(|e| open::error(&self.path, &e))?;
        self.note(before);
        Ok(())
    }

    /// Waits until all that was begun is written.
    fn take_in(&mut self) -> Result<()> {
        let last = self.pen.wait().map_err(|e| open::error(&self.path, &e))?;
        self.note(last);
        Ok(())
    }

    fn note(&mut self, written: Option<Written>) {
        let Some(Written { batch, puts }) = written else { return };
        self.replaced += puts.iter().filter(|(put, _)| *put == Put::Replaced).count();
        self.put.extend(puts.into_iter().zip(batch).map(|((_, number), (_, reading))| (number, Box::new(reading))));
    }

    /// Merges all that the store holds, keeps what analysts changed, and writes the layers.
    ///
    /// `publish` writes the files beside the store while nobody else can write to it, so that they belong together.
    pub fn settle<T>(
        &mut self,
        gazetteer: &Gazetteer,
        publish: impl FnOnce(&Harvest) -> Result<T>,
    ) -> Result<(Harvest, T)> {
        self.flush()?;
        self.take_in()?;
        let path = self.path.clone();
        let fault = |e| open::error(&path, &e);
        let connection = self.pen.idle().map_err(fault)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let put = std::mem::take(&mut self.put);
        let settled = settle::settle(&transaction, put, &self.decisions, gazetteer).map_err(fault)?;
        write::write(&transaction, &settled, gazetteer).map_err(fault)?;
        let contents = settled.contents();
        let published = publish(&contents)?;
        transaction.commit().map_err(fault)?;
        pack(connection).map_err(fault)?;
        self.put_in_place()?;
        Ok((contents, published))
    }

    /// A fresh store takes the place of the old one. What a killed run left beside that must not be taken for its own.
    fn put_in_place(&mut self) -> Result<()> {
        let Some(staged) = self.staged.take() else { return Ok(()) };
        for ending in ["-journal", "-wal", "-shm"] {
            let mut beside = self.path.clone().into_os_string();
            beside.push(ending);
            let _ = std::fs::remove_file(beside);
        }
        staged.persist(&self.path).map_err(|e| Error::io(&self.path, e))
    }
}

/// Packs the file where much of it is unused. Another program that reads it may stand in the way: then the next run does.
fn pack(connection: &Connection) -> rusqlite::Result<()> {
    let pages = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pages("freelist_count")? * 100 > pages("page_count")? * MOST_UNUSED {
        let _ = connection.execute_batch("VACUUM");
    }
    Ok(())
}

/// The store that is not there.
fn none(folder: &Path, path: &Path) -> Error {
    Error::file(path, format!("no map here; `mawqi map REPORTS -o {}` makes one", folder.display()))
}

/// The store in `folder`, for reading.
fn reader(folder: &Path) -> Result<(PathBuf, Connection)> {
    let path = folder.join(FILE_NAME);
    if !path.exists() {
        return Err(none(folder, &path));
    }
    let connection = open::read(&path)?;
    Ok((path, connection))
}

/// Every field that analysts changed in the store in `folder`, as it is now.
pub fn changes(folder: &Path) -> Result<Vec<Change>> {
    let (path, connection) = reader(folder)?;
    review::changes(&connection).map_err(|e| open::error(&path, &e))
}

/// Hands on the incidents of the store in `folder`, by day and id, as they are with what analysts changed; those that
/// were rejected are left out. One at a time, so that memory stays bounded.
pub fn each(folder: &Path, take: impl FnMut(&Incident) -> Result<()>) -> Result<()> {
    walk(folder, false, take)
}

/// As [`each`], with those that were rejected.
pub fn each_with_rejected(folder: &Path, take: impl FnMut(&Incident) -> Result<()>) -> Result<()> {
    walk(folder, true, take)
}

fn walk(folder: &Path, rejected: bool, take: impl FnMut(&Incident) -> Result<()>) -> Result<()> {
    let (path, connection) = reader(folder)?;
    walk::walk(&path, connection, rejected, take)
}
