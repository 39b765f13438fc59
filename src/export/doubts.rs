//! `duplicates.csv`: pairs of incidents that may be one event and were not merged, with what speaks for and against it.
//!
//! A pair that a reader has judged goes into `decisions.csv` as `same,A,B` or `different,A,B`.

use std::io::{self, Write};

use super::columns::Cell;
use super::csv::{Table, text};
use super::{Format, Harvest};

/// Possible duplicates as CSV.
#[derive(Debug, Clone, Copy)]
pub struct Doubts;

const NAMES: [&str; 4] = ["a", "b", "score", "reasons"];

impl Format for Doubts {
    fn file_name(&self) -> &'static str {
        "duplicates.csv"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(out)?;
        table.header(NAMES)?;
        for doubt in &harvest.doubts {
            let score = Cell::made(format!("{:.2}", doubt.score));
            table.row(&[text(Some(&doubt.a)), text(Some(&doubt.b)), score, text(Some(&doubt.reasons))])?;
        }
        table.finish()
    }
}
