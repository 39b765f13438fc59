//! Numbers by which a record, or a row as mawqi wrote it, is known again without being read field by field.
//!
//! They are stored, so they have to be the same on every machine and in every version: XXH3 with 64 bits.

use rusqlite::types::{ToSqlOutput, ValueRef};
use twox_hash::XxHash3_64;

/// The print of a record.
pub(super) fn of_record(record: &str) -> i64 {
    XxHash3_64::oneshot(record.as_bytes()).cast_signed()
}

/// Takes the prints of rows, one after the other.
#[derive(Debug, Default)]
pub(super) struct Printer {
    /// The values of a row, each with its type and length in front, so that no two rows look alike.
    bytes: Vec<u8>,
}

impl Printer {
    /// The print of a row of these values.
    pub(super) fn row<'v>(&mut self, values: impl IntoIterator<Item = ValueRef<'v>>) -> i64 {
        self.bytes.clear();
        values.into_iter().for_each(|value| self.add(value));
        XxHash3_64::oneshot(&self.bytes).cast_signed()
    }

    fn add(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.part(0, &[]),
            ValueRef::Integer(number) => self.part(1, &number.to_le_bytes()),
            ValueRef::Real(number) => self.part(2, &number.to_le_bytes()),
            ValueRef::Text(text) => self.part(3, text),
            ValueRef::Blob(blob) => self.part(4, blob),
        }
    }

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.bytes.push(kind);
        self.bytes.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.bytes.extend(bytes);
    }
}

/// A value that is to be bound, as it will be read.
pub(super) fn as_read<'v>(value: &'v ToSqlOutput<'v>) -> ValueRef<'v> {
    match value {
        ToSqlOutput::Borrowed(value) => *value,
        ToSqlOutput::Owned(value) => ValueRef::from(value),
        // Kinds of other features of rusqlite, which nobody binds here.
        _ => ValueRef::Null,
    }
}
