//! The rows of a CSV table.
//!
//! Nearly every line of the tables is plain: its fields are slices of the text. Only a row with quotes that stand
//! otherwise than around whole fields goes through the `csv` crate.

use std::borrow::Cow;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use super::table::Origin;
use crate::model::Text;
use crate::{Error, Result};

/// A column by name; it may be missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    name: &'static str,
    pub(super) at: Option<usize>,
}

/// How a cell outlives its table.
pub(super) type Keep<'a> = fn(Cow<'a, str>) -> Text;

/// A compiled-in table's cell is borrowed.
pub(super) fn keep_borrowed(cell: Cow<'static, str>) -> Text {
    cell
}

/// A file's cell is copied.
pub(super) fn keep_copied(cell: Cow<'_, str>) -> Text {
    Cow::Owned(cell.into_owned())
}

/// The rows of one CSV text, one at a time.
pub(super) struct Rows<'a> {
    keep: Keep<'a>,
    pub(super) path: &'a Path,
    bytes: usize,
    pub(super) header: Vec<String>,
    cells: Vec<Cow<'a, str>>,
    rest: &'a str,
    /// The line of `cells`, and the line at which `rest` begins.
    line: u32,
    next_line: u32,
}

impl<'a> Rows<'a> {
    pub(super) fn open(path: &'a Path, text: &'a str, keep: Keep<'a>) -> Result<Self> {
        let mut rows = Rows {
            keep,
            path,
            bytes: text.len(),
            header: Vec::new(),
            cells: Vec::new(),
            rest: text,
            line: 1,
            next_line: 1,
        };
        rows.next()?;
        rows.header = rows.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(rows)
    }

    /// Goes on to the next row; false at the end.
    pub(super) fn next(&mut self) -> Result<bool> {
        while !self.rest.is_empty() {
            let (line, after) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.line = self.next_line;
            let text = line.strip_suffix('\r').unwrap_or(line);
            self.cells.clear();
            if !text.contains('"') {
                split_plain(text, &mut self.cells);
            } else if !split_quoted(text, &mut self.cells) {
                self.take_quoted()?;
                return self.check_width().map(|()| true);
            }
            self.next_line += 1;
            self.rest = after;
            if text.is_empty() {
                continue;
            }
            return self.check_width().map(|()| true);
        }
        Ok(false)
    }

    /// Takes a row with quoted fields that may run over several lines.
    fn take_quoted(&mut self) -> Result<()> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.rest.as_bytes());
        let mut record = StringRecord::new();
        let line = u64::from(self.line);
        reader
            .read_record(&mut record)
            .map_err(|e| Error::table(self.path, line, "row", &e.to_string(), "CSV in UTF-8"))?;
        let taken = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        self.next_line += u32::try_from(reader.position().line().saturating_sub(1)).unwrap_or(u32::MAX).max(1);
        self.rest = self.rest.get(taken..).unwrap_or("");
        self.cells = record.iter().map(|cell| Cow::Owned(cell.to_owned())).collect();
        Ok(())
    }

    fn check_width(&self) -> Result<()> {
        if self.header.is_empty() || self.cells.len() == self.header.len() {
            return Ok(());
        }
        let expected = format!("{} fields, as in the header", self.header.len());
        Err(Error::table(self.path, u64::from(self.line), "row", &self.cells.join(","), &expected))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    pub(super) fn column(&self, name: &str) -> Column {
        let name = KNOWN.iter().find(|known| **known == name).copied().unwrap_or("");
        Column { name, at: self.header.iter().position(|column| column == name) }
    }

    /// A cell to keep.
    pub(super) fn kept(&self, column: Column) -> Text {
        column.at.and_then(|at| self.cells.get(at).cloned()).map_or(Cow::Borrowed(""), self.keep)
    }

    pub(super) fn get(&self, column: Column) -> &str {
        column.at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell)
    }

    pub(super) fn origin(&self, file: u16) -> Origin {
        Origin { file, line: self.line }
    }

    /// About how many rows of `bytes` each the text holds.
    pub(super) fn about(&self, bytes: usize) -> usize {
        self.bytes / bytes
    }

    pub(super) fn fault(&self, column: Column, expected: &str) -> Error {
        Error::table(self.path, u64::from(self.line), column.name, self.get(column), expected)
    }

    pub(super) fn parse<T: std::str::FromStr>(&self, column: Column, default: T, expected: &str) -> Result<T> {
        match self.get(column).trim() {
            "" => Ok(default),
            value => value.parse().map_err(|_| self.fault(column, expected)),
        }
    }

    pub(super) fn degrees(&self, column: Column, limit: f64) -> Result<f64> {
        let value = self.get(column).trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
        value.ok_or_else(|| self.fault(column, "degrees, WGS84"))
    }

    pub(super) fn lang(&self, column: Column) -> Result<[u8; 3]> {
        match self.get(column).as_bytes() {
            [] => Ok(*b"ar\0"),
            [a, b] => Ok([*a, *b, 0]),
            [a, b, c] => Ok([*a, *b, *c]),
            _ => Err(self.fault(column, "an ISO 639 code of two or three letters")),
        }
    }

    /// The id of a user's row that has none: the file's stem and the line.
    pub(super) fn made_id(&self) -> String {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        format!("{stem}-{}", self.line)
    }
}

/// Every column that a table can have.
const KNOWN: [&str; 20] = [
    "id",
    "name_ar",
    "name",
    "name_en",
    "kind",
    "lat",
    "lon",
    "radius_m",
    "country",
    "admin1",
    "admin2",
    "parent",
    "rank",
    "source",
    "aliases_ar",
    "aliases",
    "place_id",
    "lang",
    "use",
    "otherwise",
];

/// Splits a line without quotes. The loop over bytes is the greater part of the start of the program.
fn split_plain<'a>(line: &'a str, cells: &mut Vec<Cow<'a, str>>) {
    let mut start = 0;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b',' {
            cells.push(Cow::Borrowed(line.get(start..at).unwrap_or("")));
            start = at + 1;
        }
    }
    cells.push(Cow::Borrowed(line.get(start..).unwrap_or("")));
}

/// Splits a line some fields of which stand whole in quotes; false where a quote stands otherwise.
fn split_quoted<'a>(line: &'a str, cells: &mut Vec<Cow<'a, str>>) -> bool {
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (field, after) = match text.strip_prefix('"') {
            Some(open) => match open.split_once('"') {
                Some((field, "")) => (field, None),
                Some((field, after)) if after.starts_with(',') => (field, after.strip_prefix(',')),
                _ => return false,
            },
            None => text.split_once(',').map_or((text, None), |(field, after)| (field, Some(after))),
        };
        cells.push(Cow::Borrowed(field));
        rest = after;
    }
    true
}
