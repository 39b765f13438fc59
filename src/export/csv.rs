//! CSV for spreadsheets: UTF-8 with byte-order mark, CRLF, cells that a spreadsheet would run as a formula disarmed.
//! [`Flat`] writes any list of columns, with another delimiter or without the mark where that is asked for.
//!
//! The text comes from the web, and a cell such as `=HYPERLINK(…)` must stay text: it gets a leading apostrophe.
//! Bidi control characters are left out, because they can turn the order of a whole row, and text longer than a
//! spreadsheet's cell is cut. The full sentences are in the GeoJSON.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{COLUMNS, Cell, Column, SOURCES, round_km};
use super::delimited::Rows;
use super::{Format, Harvest, Row, Sink, Stream};
use crate::model::Incident;

/// The byte-order mark by which Excel knows UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The longest text of a cell, in characters (Excel specifications and limits: 32,767), with room for the apostrophe.
pub(super) const LONGEST_CELL: usize = 32_766;

/// Bytes of rows that are gathered before they are written.
const GATHERED_BYTES: usize = 1 << 16;

/// Incidents as CSV.
#[derive(Debug, Clone, Copy)]
pub struct Csv;

impl Format for Csv {
    fn file_name(&self) -> &'static str {
        "incidents.csv"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        write(&Row::plain(&harvest.incidents), false, out)
    }
}

/// Writes a table of incidents, with `distance_km` and `bearing` in front where `near` asks for them.
pub fn write(rows: &[Row], near: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(out)?;
    let front: &[&str] = if near { &["distance_km", "bearing"] } else { &[] };
    let names = COLUMNS.iter().chain(SOURCES).map(|column| column.name);
    table.header(front.iter().copied().chain(names))?;
    for row in rows {
        if near {
            table.cell(&row.near.map_or(Cell::Empty, |near| Cell::Number(round_km(near.distance_km))));
            table.cell(&text(row.near.and_then(|near| near.bearing)));
        }
        for column in COLUMNS.iter().chain(SOURCES) {
            table.cell(&(column.cell)(row.incident));
        }
        table.end_row()?;
    }
    table.finish()
}

/// Incidents as a table of chosen columns.
#[derive(Debug, Clone, Copy)]
pub struct Flat {
    /// The columns, in order.
    pub columns: &'static [&'static [Column]],
    /// What parts the cells.
    pub delimiter: u8,
    /// Whether the byte-order mark stands in front.
    pub mark: bool,
}

impl Default for Flat {
    fn default() -> Self {
        Flat { columns: &[COLUMNS, SOURCES], delimiter: b',', mark: true }
    }
}

impl Stream for Flat {
    fn begin<'o>(&self, out: &'o mut dyn Write) -> io::Result<Box<dyn Sink + 'o>> {
        let mut table = Table::with(out, self.delimiter, self.mark)?;
        table.header(self.columns.iter().copied().flatten().map(|column| column.name))?;
        Ok(Box::new(Incidents { table, columns: self.columns }))
    }
}

struct Incidents<'o> {
    table: Table<'o>,
    columns: &'static [&'static [Column]],
}

impl Sink for Incidents<'_> {
    fn incident(&mut self, incident: &Incident) -> io::Result<()> {
        for column in self.columns.iter().copied().flatten() {
            self.table.cell(&(column.cell)(incident));
        }
        self.table.end_row()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.table.finish()
    }
}

/// A cell of optional text.
pub(super) fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(Cow::Borrowed(text)))
}

/// A CSV table in the form that spreadsheets read.
pub(super) struct Table<'a> {
    rows: Rows,
    out: &'a mut dyn Write,
}

impl<'a> Table<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        Table::with(out, b',', true)
    }

    fn with(out: &'a mut dyn Write, delimiter: u8, mark: bool) -> io::Result<Self> {
        if mark {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        Ok(Table { rows: Rows::new(delimiter), out })
    }

    pub(super) fn header<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> io::Result<()> {
        names.into_iter().for_each(|name| self.rows.plain(name));
        self.end_row()
    }

    pub(super) fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => self.rows.plain(""),
            Cell::Text(text) => self.rows.text(text),
            Cell::Integer(number) => self.rows.value(Some(number)),
            Cell::Number(number) => self.rows.number(*number),
            Cell::Date(date) => self.rows.day(Some(*date)),
            Cell::Boolean(truth) => self.rows.value(Some(truth)),
        }
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            self.cell(cell);
        }
        self.end_row()
    }

    pub(super) fn end_row(&mut self) -> io::Result<()> {
        self.rows.end_row();
        if self.rows.ended().len() < GATHERED_BYTES { Ok(()) } else { self.write() }
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write()?;
        self.out.flush()
    }

    fn write(&mut self) -> io::Result<()> {
        self.out.write_all(self.rows.ended())?;
        self.rows.clear();
        Ok(())
    }
}

/// Text that a spreadsheet shows as it stands, and never runs.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    if text.len() > LONGEST_CELL || (!text.is_ascii() && text.chars().any(is_bidi_control)) {
        shown = Cow::Owned(text.chars().filter(|c| !is_bidi_control(*c)).take(LONGEST_CELL).collect());
    }
    if shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number(&shown) {
        shown.to_mut().insert(0, '\'');
    }
    shown
}

/// Whether the text is a plain decimal number; `-inf` and `+1e5` are not.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-') && text.parse::<f64>().is_ok()
}

/// The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
