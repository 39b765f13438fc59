//! The one who holds the store's connection, and lends it to a thread of its own that puts reports in: whoever reads reports
//! reads the next ones meanwhile. Anything else waits until that thread has given the connection back.

use std::panic::resume_unwind;
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, TransactionBehavior};

use super::readings::{self, Put};
use crate::model::{Extraction, Report};

/// Reports with their readings.
pub(super) type Batch = Vec<(Report, Extraction)>;

/// A batch that was put in: what became of each report, and its number.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) batch: Batch,
    pub(super) puts: Vec<(Put, i64)>,
}

/// What a thread gives back.
type Back = (Connection, rusqlite::Result<Written>);

#[derive(Debug)]
pub(super) struct Pen {
    /// None while a thread has it.
    idle: Option<Connection>,
    busy: Option<JoinHandle<Back>>,
}

impl Pen {
    pub(super) fn new(connection: Connection) -> Self {
        Pen { idle: Some(connection), busy: None }
    }

    /// Begins to put a batch in; gives the one before, if it was not asked for yet.
    pub(super) fn put(&mut self, batch: Batch) -> rusqlite::Result<Option<Written>> {
        let before = self.wait();
        if let (Ok(_), Some(connection)) = (&before, self.idle.take()) {
            self.busy = Some(thread::spawn(move || put(connection, batch)));
        }
        before
    }

    /// The batch that was being put in.
    pub(super) fn wait(&mut self) -> rusqlite::Result<Option<Written>> {
        let Some(busy) = self.busy.take() else { return Ok(None) };
        let (connection, written) = busy.join().unwrap_or_else(|fault| resume_unwind(fault));
        self.idle = Some(connection);
        written.map(Some)
    }

    /// The connection while no thread has it: after [`wait`](Pen::wait).
    pub(super) fn idle(&mut self) -> rusqlite::Result<&mut Connection> {
        self.idle.as_mut().ok_or(rusqlite::Error::InvalidQuery)
    }
}

impl Drop for Pen {
    /// What was begun is ended: nothing is left half written where somebody else gave up.
    fn drop(&mut self) {
        if let Some(busy) = self.busy.take() {
            let _ = busy.join();
        }
    }
}

fn put(mut connection: Connection, batch: Batch) -> Back {
    let puts = transact(&mut connection, |connection| readings::put_all(connection, &batch));
    (connection, puts.map(|puts| Written { batch, puts }))
}

/// Does work in one transaction.
pub(super) fn transact<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&transaction)?;
    transaction.commit()?;
    Ok(done)
}
