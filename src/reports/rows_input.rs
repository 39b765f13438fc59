//! What a CSV reader reads from: bounded rows, exact line numbers, and the last byte.
//!
//! The reader's own line numbers lag behind after CRLF and blank lines, so the starts of lines are kept here.

use std::collections::VecDeque;
use std::io::{self, BufReader, Read};

use super::stream::{Bytes, LARGEST_BYTES};

/// The input of a CSV reader.
pub(super) struct RowsInput {
    input: BufReader<Bytes>,
    /// Bytes that may still be read for the row at hand.
    left: u64,
    /// The last byte that is no blank.
    last: u8,
    ended: bool,
    offset: u64,
    line: u64,
    at_start: bool,
    /// Offset and number of the lines that are not blank, from the row at hand on.
    starts: VecDeque<(u64, u64)>,
}

impl RowsInput {
    pub(super) fn new(input: BufReader<Bytes>) -> Self {
        let starts = VecDeque::new();
        RowsInput { input, left: LARGEST_BYTES, last: b'\n', ended: false, offset: 0, line: 1, at_start: true, starts }
    }

    /// To be called before each row.
    pub(super) fn next_row(&mut self) {
        self.left = LARGEST_BYTES;
    }

    /// The last byte that is no blank, once the end has been read.
    pub(super) fn last(&self) -> Option<u8> {
        self.ended.then_some(self.last)
    }

    /// The line of the row that begins at or after byte `offset`; forgets the lines before it.
    pub(super) fn line_at(&mut self, offset: u64) -> u64 {
        while self.starts.front().is_some_and(|&(start, _)| start < offset) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.line, |&(_, line)| line)
    }

    fn note(&mut self, byte: u8) {
        if byte == b'\n' {
            self.line += 1;
            self.at_start = true;
        } else if self.at_start && byte != b'\r' {
            self.starts.push_back((self.offset, self.line));
            self.at_start = false;
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        self.offset += 1;
    }
}

impl Read for RowsInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row of more than 64 MiB; is a quote not closed?",
            ));
        }
        let count = self.input.read(buffer)?;
        self.ended = count == 0;
        self.left = self.left.saturating_sub(count as u64);
        buffer.get(..count).unwrap_or_default().iter().for_each(|&byte| self.note(byte));
        Ok(count)
    }
}
