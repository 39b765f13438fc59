//! `tallies.csv`: counts over a span of time or a whole theatre, for charts; never mapped.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::Cell;
use super::csv::{Table, text};
use super::{Format, Harvest};
use crate::model::Tally;

/// Tallies as CSV.
#[derive(Debug, Clone, Copy)]
pub struct Tallies;

const NAMES: [&str; 12] =
    ["count_min", "count_max", "what", "where", "since", "until", "as_of", "source", "report", "start", "end", "text"];

impl Format for Tallies {
    fn file_name(&self) -> &'static str {
        "tallies.csv"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(out)?;
        table.header(NAMES)?;
        harvest.tallies.iter().try_for_each(|tally| table.row(&cells(tally)))?;
        table.finish()
    }
}

fn cells(tally: &Tally) -> [Cell<'_>; 12] {
    let count = |count: Option<u32>| count.map_or(Cell::Empty, |count| Cell::Integer(count.into()));
    [
        count(tally.count_min),
        count(tally.count_max),
        Cell::Text(Cow::Borrowed(&tally.what)),
        text(tally.place.as_deref()),
        text(tally.since.as_deref()),
        text(tally.until.as_deref()),
        text(tally.as_of.as_deref()),
        text(tally.source.as_deref()),
        Cell::Text(Cow::Borrowed(&tally.report)),
        Cell::Integer(tally.start as u64),
        Cell::Integer(tally.end as u64),
        Cell::Text(Cow::Borrowed(&tally.text)),
    ]
}
