//! `changes.csv`: what changed on the map since the last run, and what analysts changed in the store, beside what the
//! reports say.

use std::io::{self, Write};

use super::columns::Cell;
use super::csv::{Table, text};
use super::{Format, Harvest};
use crate::model::Change;

/// Changes as CSV.
#[derive(Debug, Clone, Copy)]
pub struct Changes;

const NAMES: [&str; 7] = ["incident", "field", "before", "extracted", "kept", "status", "reports"];

impl Format for Changes {
    fn file_name(&self) -> &'static str {
        "changes.csv"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        write(&harvest.changes, out)
    }
}

/// Writes a table of changes.
pub fn write(changes: &[Change], out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(out)?;
    table.header(NAMES)?;
    changes.iter().try_for_each(|change| table.row(&cells(change)))?;
    table.finish()
}

fn cells(change: &Change) -> [Cell<'_>; 7] {
    [
        text(Some(&change.incident)),
        text(Some(&change.field)),
        text(Some(&change.before)),
        text(Some(&change.extracted)),
        text(Some(&change.kept)),
        text(Some(&change.status)),
        Cell::made(change.reports.join("; ")),
    ]
}
