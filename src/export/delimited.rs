//! Rows of cells as bytes, as RFC 4180 has them: CRLF, and quotes where a cell needs them. Most of the time in which a large table
//! is written goes here, so cells are laid straight into one buffer, which its owner empties now and then.

use std::fmt::Display;
use std::io::Write;

use jiff::civil::Date;

use super::csv::safe;

/// Rows on their way out.
#[derive(Debug)]
pub(crate) struct Rows {
    bytes: Vec<u8>,
    delimiter: u8,
    /// Where the row at hand begins, and whether it has a cell.
    start: usize,
    begun: bool,
}

impl Rows {
    pub(crate) fn new(delimiter: u8) -> Self {
        Rows::behind(Vec::new(), delimiter)
    }

    /// Rows that follow what is there already.
    pub(crate) fn behind(bytes: Vec<u8>, delimiter: u8) -> Self {
        let start = bytes.len();
        Rows { bytes, delimiter, start, begun: false }
    }

    /// A cell of text that a spreadsheet shows as it stands, and never runs.
    pub(crate) fn text(&mut self, text: &str) {
        // Two looks over all bytes at once, of which most text needs no more.
        if suspicious(text) { self.plain(&safe(text)) } else { self.plain(text) }
    }

    /// A cell of text that is known to do no harm.
    pub(crate) fn plain(&mut self, text: &str) {
        let from = self.begin();
        self.bytes.extend_from_slice(text.as_bytes());
        self.end(from);
    }

    /// A cell of what is no text; an empty one of nothing.
    pub(crate) fn value(&mut self, value: Option<impl Display>) {
        let from = self.begin();
        if let Some(value) = value {
            // Writing into a vector cannot fail.
            let _ = write!(self.bytes, "{value}");
        }
        self.end(from);
    }

    /// A cell of a number, as short as it can be and be read as the same again, and never with an exponent.
    pub(crate) fn number(&mut self, number: f64) {
        let Some((whole, decimals)) = parted(number) else { return self.value(Some(number)) };
        let from = self.begin();
        let sign = if number < 0.0 { "-" } else { "" };
        // Writing into a vector cannot fail.
        let _ = write!(self.bytes, "{sign}{whole}");
        if decimals > 0 {
            let _ = write!(self.bytes, ".{decimals:05}");
            let zeros = self.bytes.iter().rev().take_while(|digit| **digit == b'0').count();
            self.bytes.truncate(self.bytes.len() - zeros);
        }
        self.end(from);
    }

    /// A cell of a day.
    pub(crate) fn day(&mut self, date: Option<Date>) {
        let digit = |number: i16| b'0' + u8::try_from(number % 10).unwrap_or_default();
        let Some((date, year)) = date.map(|date| (date, date.year())).filter(|(_, year)| (0..=9_999).contains(year))
        else {
            return self.value(date);
        };
        let (month, day) = (date.month().into(), date.day().into());
        let from = self.begin();
        self.bytes.extend([year / 1_000, year / 100, year / 10, year].map(digit));
        self.bytes.extend([b'-', digit(month / 10), digit(month), b'-', digit(day / 10), digit(day)]);
        self.end(from);
    }

    /// Ends the row at hand.
    pub(crate) fn end_row(&mut self) {
        if self.bytes.len() == self.start {
            // A line with nothing on it would be no row.
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.extend_from_slice(b"\r\n");
        (self.start, self.begun) = (self.bytes.len(), false);
    }

    /// The rows that have been ended since they were last cleared away.
    pub(crate) fn ended(&self) -> &[u8] {
        self.bytes.get(..self.start).unwrap_or_default()
    }

    /// Clears away the rows that have been ended.
    pub(crate) fn clear(&mut self) {
        self.bytes.drain(..self.start);
        self.start = 0;
    }

    /// The rows that have been ended, as their owner.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.start);
        self.bytes
    }

    /// Parts a cell from the one before; tells where it begins.
    fn begin(&mut self) -> usize {
        if std::mem::replace(&mut self.begun, true) {
            self.bytes.push(self.delimiter);
        }
        self.bytes.len()
    }

    /// Puts the cell that begins at `from` into quotes, where it needs them.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are looked at in one step")]
    fn end(&mut self, from: usize) {
        let cell = self.bytes.get(from..).unwrap_or_default();
        let delimiter = self.delimiter;
        let marks =
            |mark: bool, byte: &u8| mark | (*byte == delimiter) | (*byte == b'"') | (*byte == b'\r') | (*byte == b'\n');
        if cell.iter().fold(false, marks) {
            let cell = cell.to_vec();
            self.bytes.truncate(from);
            self.quoted(&cell);
        }
    }

    fn quoted(&mut self, cell: &[u8]) {
        self.bytes.push(b'"');
        for byte in cell {
            self.bytes.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
        }
        self.bytes.push(b'"');
    }
}

/// A number of at most five decimals as what stands before the point and the decimals behind it; none of any other. There are no
/// more than fifteen digits then, and of so many no two spellings mean the same number, so that none is shorter.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and less than the bound")]
#[expect(clippy::float_cmp, reason = "the very same number is asked for")]
fn parted(number: f64) -> Option<(u64, u64)> {
    const SCALE: f64 = 1e5;
    const BOUND: f64 = 1e15;
    let scaled = (number * SCALE).round();
    // Zero has a sign, which is left to the general way.
    let fits = scaled != 0.0 && scaled.abs() < BOUND && scaled / SCALE == number;
    fits.then(|| (scaled.abs() as u64 / 100_000, scaled.abs() as u64 % 100_000))
}

/// Whether text has to be looked at closely before it goes into a spreadsheet; true of some that needs no change.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are looked at in one step")]
fn suspicious(text: &str) -> bool {
    /// Bytes of which each sign that steers the direction of text has one: the first of those from U+2000 on, the last of U+061C.
    const STEERING: [u8; 2] = [0xe2, 0x9c];
    const FIRST: [u8; 7] = *b"=+-@\t\r\n";
    let steers = |mark: bool, byte: &u8| mark | (*byte == STEERING[0]) | (*byte == STEERING[1]);
    let bytes = text.as_bytes();
    bytes.len() > super::csv::LONGEST_CELL
        || bytes.first().is_some_and(|first| FIRST.contains(first))
        || bytes.iter().fold(false, steers)
}
