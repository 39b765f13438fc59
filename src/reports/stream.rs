//! Byte streams with bounded memory: the head of an input, whole small files, and any encoding as UTF-8.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::{Decoder, DecoderResult};

use super::decode::{self, Kind};
use crate::error::{Error, Result};

/// An input.
pub(super) type Bytes = Box<dyn Read + Send>;

/// The largest single text, page, feed, line or row that is read: 64 MiB.
pub(super) const LARGEST_BYTES: u64 = 64 << 20;

/// How much of a stream is looked at to tell its encoding: 64 KiB.
const HEAD_BYTES: u64 = 64 << 10;

/// Opens a file.
pub(super) fn open(path: &Path) -> Result<Bytes> {
    Ok(Box::new(File::open(path).map_err(|e| Error::io(path, e))?))
}

/// The first bytes of an input, and the input from its beginning.
pub(super) fn head(path: &Path, mut input: Bytes) -> Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|e| Error::io(path, e))?;
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

/// All bytes of an input that is one text.
pub(super) fn whole(path: &Path, input: Bytes) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Error::file(path, "larger than 64 MiB; one text was expected (for many, use .jsonl or .csv)"));
    }
    Ok(bytes)
}

/// The input as UTF-8 without byte-order mark. Faulty UTF-8 is passed on as it is, for the reader to name the line.
pub(super) fn utf8(path: &Path, input: Bytes) -> Result<BufReader<Bytes>> {
    let (head, mut input) = head(path, input)?;
    let complete = (head.len() as u64) < HEAD_BYTES;
    let kind = decode::detect(&head, None, complete).map_err(|reason| Error::file(path, reason))?;
    if let Kind::Other(encoding) = kind {
        let decoder = encoding.new_decoder_with_bom_removal();
        return Ok(BufReader::new(Box::new(Transcoder { input, decoder, pending: Vec::new(), at: 0, ended: false })));
    }
    if head.starts_with(b"\xef\xbb\xbf") {
        input.read_exact(&mut [0; 3]).map_err(|e| Error::io(path, e))?;
    }
    Ok(BufReader::new(input))
}

/// Reads another encoding as UTF-8; malformed input is an error.
struct Transcoder {
    input: Bytes,
    decoder: Decoder,
    pending: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Transcoder {
    fn refill(&mut self) -> io::Result<()> {
        let mut raw = [0; 8192];
        let count = self.input.read(&mut raw)?;
        self.ended = count == 0;
        let mut text = vec![0; raw.len() * 3 + 16];
        let source = raw.get(..count).unwrap_or_default();
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(source, &mut text, self.ended);
        if matches!(result, DecoderResult::Malformed(..)) {
            let name = self.decoder.encoding().name();
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("not text: bad {name}")));
        }
        text.truncate(written);
        (self.pending, self.at) = (text, 0);
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.pending.len() && !self.ended {
            self.refill()?;
        }
        let rest = self.pending.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
