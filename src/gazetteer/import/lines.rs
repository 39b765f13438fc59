//! The lines of a dump, one at a time, however it is damaged.

use std::io::BufRead;
use std::path::Path;

use crate::error::excerpt;
use crate::{Error, Result};

/// Longest line that is kept, bytes: GeoNames allows ten thousand characters of further names.
const LONGEST: usize = 128 * 1024;
/// How many faults are told in words.
const TOLD: usize = 10;
/// After how many rows progress is told.
const STEP: u64 = 8192;

/// What goes on with rows that cannot be read, and how far reading is.
pub(super) struct Faults<'p> {
    lenient: bool,
    pub(super) rows: u64,
    pub(super) skipped: u64,
    pub(super) told: Vec<String>,
    bytes: u64,
    total: u64,
    progress: &'p mut dyn FnMut(u64, u64),
}

impl<'p> Faults<'p> {
    pub(super) fn new(lenient: bool, total: u64, progress: &'p mut dyn FnMut(u64, u64)) -> Self {
        Faults { lenient, rows: 0, skipped: 0, told: Vec::new(), bytes: 0, total, progress }
    }

    /// A row of so many bytes was read.
    pub(super) fn row(&mut self, bytes: usize) {
        self.rows += 1;
        self.bytes += bytes as u64;
        if self.rows.is_multiple_of(STEP) {
            (self.progress)(self.bytes.min(self.total), self.total);
        }
    }

    /// Counts a row that is left out, if rows may be; else gives its fault back.
    pub(super) fn settle(&mut self, row: Result<()>) -> Result<()> {
        match row {
            Err(fault @ Error::Table { .. }) if self.lenient => {
                self.skipped += 1;
                if self.told.len() < TOLD {
                    self.told.push(fault.to_string());
                }
                Ok(())
            }
            other => other,
        }
    }
}

/// Calls `take` with each line and its number, without its line end.
pub(super) fn each(
    reader: &mut dyn BufRead,
    label: &Path,
    faults: &mut Faults,
    mut take: impl FnMut(&str, u64) -> Result<()>,
) -> Result<()> {
    let mut buffer = Vec::new();
    let mut line = 0;
    loop {
        buffer.clear();
        let length = read_line(reader, &mut buffer).map_err(|e| Error::io(label, e))?;
        if length == 0 {
            return Ok(());
        }
        line += 1;
        faults.row(length);
        let row =
            text(&buffer, length, label, line).and_then(|text| if text.is_empty() { Ok(()) } else { take(text, line) });
        faults.settle(row)?;
    }
}

/// Reads a line into `buffer`, of a longer one only the beginning; gives its length with the line end, 0 at the end.
fn read_line(reader: &mut dyn BufRead, buffer: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut length = 0;
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(length);
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(available.len(), |at| at + 1);
        let room = (LONGEST + 1).saturating_sub(buffer.len());
        buffer.extend_from_slice(available.get(..taken.min(room)).unwrap_or(available));
        reader.consume(taken);
        length += taken;
        if end.is_some() {
            return Ok(length);
        }
    }
}

fn text<'b>(buffer: &'b [u8], length: usize, label: &Path, line: u64) -> Result<&'b str> {
    if length > LONGEST {
        let found = format!("{length} bytes");
        return Err(Error::table(label, line, "row", &found, &format!("at most {LONGEST} bytes")));
    }
    let bytes = buffer.strip_suffix(b"\n").unwrap_or(buffer);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .map_err(|_| Error::table(label, line, "row", &excerpt(&String::from_utf8_lossy(bytes)), "UTF-8"))
}
