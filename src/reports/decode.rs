//! Bytes → text, in whatever encoding Arabic news comes; never mangled: what is not text is refused with a reason.
//!
//! The order: byte-order mark, UTF-16 without a mark, UTF-8, the page's declared encoding, Windows-1256 or ISO-8859-6.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::legacy;
use super::mojibake;

/// Text as decoded.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text; a byte-order mark stays in it only where `verbatim`.
    pub(super) text: String,
    /// Whether `text` is the input byte for byte.
    pub(super) verbatim: bool,
}

/// What bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// UTF-8, with or without a mark.
    Utf8,
    /// Another encoding.
    Other(&'static Encoding),
    /// UTF-8 with faults; the first is at this byte.
    Damaged(usize),
}

/// Decodes a whole file. `declared` is the encoding that the content itself names.
pub(super) fn whole(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, String> {
    let decoded = match detect(bytes, declared, true)? {
        Kind::Utf8 => verbatim(bytes)?,
        Kind::Other(encoding) => {
            let text = decode(encoding, bytes).ok_or_else(|| format!("not text: bad {}", encoding.name()))?;
            Decoded { text: text.trim_start_matches('\u{feff}').to_owned(), verbatim: false }
        }
        Kind::Damaged(offset) => return Err(format!("not text: invalid UTF-8 at byte {offset}")),
    };
    if super::record::is_blank(&decoded.text) {
        return Err("empty".to_owned());
    }
    Ok(decoded)
}

fn verbatim(bytes: &[u8]) -> Result<Decoded, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|e| format!("not text: invalid UTF-8 at byte {}", e.valid_up_to()))?;
    Ok(match mojibake::repair(text) {
        Some(text) => Decoded { text, verbatim: false },
        None => Decoded { text: text.to_owned(), verbatim: true },
    })
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// What `bytes` are; they may be cut at the end of a character unless they are `complete`.
pub(super) fn detect(bytes: &[u8], declared: Option<&'static Encoding>, complete: bool) -> Result<Kind, String> {
    if bytes.is_empty() {
        return Err("empty".to_owned());
    }
    if let Some(name) = magic(bytes) {
        return Err(format!("not text: {name}"));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(Kind::Other(encoding));
    }
    refuse_binary(bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(Kind::Utf8),
        Err(fault) if !complete && fault.error_len().is_none() => Ok(Kind::Utf8),
        Err(fault) => not_utf8(bytes, declared, fault.valid_up_to()),
    }
}

/// What bytes are that are not valid UTF-8 from `offset` on.
fn not_utf8(bytes: &[u8], declared: Option<&'static Encoding>, offset: usize) -> Result<Kind, String> {
    if is_mostly_utf8(bytes) {
        return Ok(Kind::Damaged(offset));
    }
    if let Some(encoding) = declared.filter(|&e| e != UTF_8 && e != WINDOWS_1252 && decode(e, bytes).is_some()) {
        return Ok(Kind::Other(encoding));
    }
    if let Some(encoding) = legacy::arabic(bytes) {
        return Ok(Kind::Other(encoding));
    }
    let invalid: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    if invalid * 50 < bytes.len() {
        return Ok(Kind::Damaged(offset));
    }
    Err(format!("not text: invalid UTF-8 at byte {offset}, and neither UTF-16, Windows-1256 nor ISO-8859-6"))
}

/// Whether the characters beyond ASCII that are valid UTF-8 outnumber the bytes that are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (valid, invalid) = bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        let beyond_ascii = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + beyond_ascii, invalid + chunk.invalid().len())
    });
    valid > invalid || bytes.starts_with(b"\xef\xbb\xbf")
}

/// Names the binary formats that people hand in by mistake.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a zip, Word or Excel file"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
        (b"\x1f\x8b", "a gzip file"),
        (b"\x28\xb5\x2f\xfd", "a zstd file"),
        (b"\x89PNG", "a PNG image"),
        (b"{\\rtf", "an RTF file"),
    ];
    KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, name)| name)
}

/// Refuses NUL bytes, and bytes of which more than one in ten is a control character.
fn refuse_binary(bytes: &[u8]) -> Result<(), String> {
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        return Err(format!("not text: a NUL byte at byte {offset}"));
    }
    let controls = bytes.iter().filter(|&&b| is_binary_control(b)).count();
    if controls * 10 > bytes.len() {
        return Err(format!("not text: {controls} of {} bytes are control characters", bytes.len()));
    }
    Ok(())
}

fn is_binary_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// UTF-16 by its mark, or by its code units: three in four must be Arabic, ASCII or common punctuation.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let looks_right = |units: &[u8], encoding: &Encoding| {
        let (count, likely) = utf16_units(units, encoding)
            .fold((0, 0), |(count, likely), unit| (count + 1, likely + usize::from(is_likely_unit(unit))));
        count > 0 && likely * 4 >= count * 3
    };
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| looks_right(sample, encoding))
}

fn utf16_units<'a>(bytes: &'a [u8], encoding: &Encoding) -> impl Iterator<Item = u16> + 'a {
    let little = *encoding == *UTF_16LE;
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    units.map(move |pair| if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
}

fn is_likely_unit(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xbf | 0x0600..=0x06ff | 0x2000..=0x206f | 0xfb50..=0xfeff)
}
