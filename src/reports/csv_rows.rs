//! CSV: one report a row, with columns `id`, `text` or `body`, `title`, `publisher`, `url`, `published`.
//!
//! The header tells whether comma, semicolon (as Excel writes in many locales) or tab stands between cells.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ErrorKind, Position, Reader, ReaderBuilder, StringRecord};

use super::record::{Draft, Fields, filled};
use super::rows_input::RowsInput;
use super::stream::{self, Bytes};
use crate::error::{Error, Result, excerpt};

/// Reads the rows of an input after checking its header.
pub(super) fn read(path: &Path, input: Bytes) -> Result<Rows> {
    let (table, header) = Table::open(path, input)?;
    if column(&header, "text").or_else(|| column(&header, "body")).is_none() {
        return Err(Error::table(path, 1, "text", &excerpt(&joined(&header)), "a column named text or body"));
    }
    Ok(Rows { table, header })
}

/// The position of the column `name`, whatever its case.
pub(crate) fn column(header: &StringRecord, name: &str) -> Option<usize> {
    header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name))
}

/// The header as one line, for messages.
pub(crate) fn joined(header: &StringRecord) -> String {
    header.iter().collect::<Vec<_>>().join(",")
}

/// A CSV file of any encoding, row by row.
pub(crate) struct Table {
    path: PathBuf,
    delimiter: u8,
    reader: Reader<RowsInput>,
    ended: bool,
}

impl Table {
    /// Opens a table and reads its header.
    pub(super) fn open(path: &Path, input: Bytes) -> Result<(Self, StringRecord)> {
        let mut input = stream::utf8(path, input)?;
        let delimiter = delimiter(input.fill_buf().map_err(|e| Error::io(path, e))?);
        let mut table = Table {
            path: path.to_path_buf(),
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(RowsInput::new(input)),
            ended: false,
        };
        match table.next() {
            Some(header) => header.map(|(_, header)| (table, header)),
            None => Err(Error::file(path, "empty")),
        }
    }

    /// Opens a file, or stdin for `-`, and reads its header.
    pub(crate) fn of_file(path: &Path) -> Result<(Self, StringRecord)> {
        let input = if path == Path::new("-") { Box::new(std::io::stdin()) } else { stream::open(path)? };
        Table::open(path, input)
    }

    /// The sign between cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    fn row(&mut self) -> Result<Option<(u64, StringRecord)>> {
        self.reader.get_mut().next_row();
        let mut record = ByteRecord::new();
        if !self.reader.read_byte_record(&mut record).map_err(|fault| self.fault(fault))? {
            return Ok(None);
        }
        let line = self.line_of(record.position());
        self.refuse_open_quote(line, &record)?;
        let row = StringRecord::from_byte_record(record).map_err(|fault| {
            let cells = String::from_utf8_lossy(fault.into_byte_record().as_slice()).into_owned();
            Error::table(&self.path, line, "row", &excerpt(&cells), "UTF-8")
        })?;
        Ok(Some((line, row)))
    }

    fn line_of(&mut self, position: Option<&Position>) -> u64 {
        self.reader.get_mut().line_at(position.map_or(0, Position::byte))
    }

    /// A quote that is never closed makes one cell of the rest of the file.
    fn refuse_open_quote(&self, line: u64, record: &ByteRecord) -> Result<()> {
        let last = record.iter().next_back().unwrap_or_default();
        if last.contains(&b'\n') && self.reader.get_ref().last().is_some_and(|byte| byte != b'"') {
            let cell = String::from_utf8_lossy(last).into_owned();
            return Err(Error::table(&self.path, line, "row", &excerpt(&cell), "a closing quote before the end"));
        }
        Ok(())
    }

    fn fault(&mut self, fault: csv::Error) -> Error {
        let line = self.line_of(fault.position());
        match fault.into_kind() {
            ErrorKind::UnequalLengths { expected_len, len, .. } => {
                let expected = format!("{expected_len} cells, as many as in the header");
                Error::table(&self.path, line, "row", &format!("{len} cells"), &expected)
            }
            ErrorKind::Io(source) => {
                self.ended = true;
                Error::io(&self.path, source)
            }
            other => {
                self.ended = true;
                Error::file(&self.path, format!("{other:?}"))
            }
        }
    }
}

impl Iterator for Table {
    type Item = Result<(u64, StringRecord)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = self.row().transpose();
        self.ended |= row.is_none();
        row
    }
}

/// The reports of a table.
pub(super) struct Rows {
    table: Table,
    header: StringRecord,
}

impl Rows {
    fn draft(&self, line: u64, row: &StringRecord) -> Result<Draft> {
        let mut fields = Fields::default();
        for (name, value) in self.header.iter().zip(row) {
            match name.trim().to_ascii_lowercase().as_str() {
                "id" => fields.id = filled(value),
                "published" => fields.published = filled(value),
                "text" if !value.is_empty() => value.clone_into(&mut fields.text),
                "body" if fields.text.is_empty() => value.clone_into(&mut fields.text),
                name => {
                    fields.meta.set(name, value);
                }
            }
        }
        fields.draft(&self.table.path, line)
    }
}

impl Iterator for Rows {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Result<Draft>> {
        Some(self.table.next()?.and_then(|(line, row)| self.draft(line, &row)))
    }
}

/// The sign that stands most often in the first line; a comma where none does.
fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| header.split(|&b| b == sign).count();
    // Of equals, `max_by_key` takes the last: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}
