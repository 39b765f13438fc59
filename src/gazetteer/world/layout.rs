//! The layout of an index file; little-endian throughout.
//!
//! ```text
//! magic (8)  version u32  sections u32  length of the file u64
//! for each section: number u32, CRC-32 u32, offset u64, length u64
//! CRC-32 of all of the above u32, then the sections
//!
//! Meta       JSON: the names of kinds and sources that records number
//! Places     records of 52 bytes, sorted by GeoNames id; then those that have an id of their own, sorted by it
//! Names      8 bytes a name, those of one place together: text u32, language [u8; 3], use u8
//! Text       strings: length u16, UTF-8
//! Keys       8 bytes a key: where its letters begin in KeyText, where its bearers begin in Bearers; one more at the end
//! KeyText    letters of keys, one after the other: Arabic names folded, Latin ones as spelled
//! Bearers    u32 a bearer, the best known first: place << 2 | use
//! Exact, Loose, Slips, Sounds, Beginnings      tables (see `table.rs`) from the hash of a key to its number
//! ```

use std::ops::Range;
use std::path::Path;

use crate::{Error, Result};

/// What an index begins with.
pub(super) const MAGIC: [u8; 8] = *b"mawqi\x01gz";
/// The version that is written, and the newest that is read.
pub(super) const VERSION: u32 = 1;
/// Length of one record of a place, bytes.
pub(super) const PLACE: usize = 52;
/// Length of one name, bytes.
pub(super) const NAME: usize = 8;
/// Length of one key, bytes.
pub(super) const KEY: usize = 8;

/// The sections, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Meta,
    Places,
    Names,
    Text,
    Keys,
    KeyText,
    Bearers,
    Exact,
    Loose,
    Slips,
    Sounds,
    Beginnings,
}

/// All sections.
pub(super) const SECTIONS: [Section; 12] = [
    Section::Meta,
    Section::Places,
    Section::Names,
    Section::Text,
    Section::Keys,
    Section::KeyText,
    Section::Bearers,
    Section::Exact,
    Section::Loose,
    Section::Slips,
    Section::Sounds,
    Section::Beginnings,
];

const FIXED: usize = 24;
const ENTRY: usize = 24;

/// Length of the header, bytes.
pub(super) const HEADER: usize = FIXED + SECTIONS.len() * ENTRY + 4;

/// Where a section stands, and its checksum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) at: Range<usize>,
    pub(super) crc: u32,
}

pub(super) type Extents = [Extent; SECTIONS.len()];

/// The header of a file of `length` bytes with these sections.
pub(super) fn header(extents: &Extents, length: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&super::super::number(SECTIONS.len()).to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    for (number, extent) in (0_u32..).zip(extents) {
        out.extend_from_slice(&number.to_le_bytes());
        out.extend_from_slice(&extent.crc.to_le_bytes());
        out.extend_from_slice(&(extent.at.start as u64).to_le_bytes());
        out.extend_from_slice(&(extent.at.len() as u64).to_le_bytes());
    }
    let crc = crc32fast::hash(&out);
    out.extend_from_slice(&crc.to_le_bytes());
    out
}

/// Whether a file begins as an index does.
pub(super) fn is_index(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Reads and checks the header.
pub(super) fn read_header(path: &Path, bytes: &[u8]) -> Result<Extents> {
    let fault = |reason: String| Error::file(path, reason);
    if !is_index(bytes) {
        let known = "expected an index written by `mawqi gazetteer build`";
        return Err(fault(format!("found a file of another kind, {known}")));
    }
    let truncated = |expected: u64| fault(format!("truncated: found {} bytes, expected {expected}", bytes.len()));
    let version = u32_at(bytes, 8).ok_or_else(|| truncated(HEADER as u64))?;
    if version != VERSION {
        let hint = if version > VERSION { "written by a newer mawqi" } else { "build it again" };
        return Err(fault(format!("found version {version} of the index, expected {VERSION}: {hint}")));
    }
    let (Some(head), Some(crc)) = (bytes.get(..HEADER - 4), u32_at(bytes, HEADER - 4)) else {
        return Err(truncated(HEADER as u64));
    };
    if crc32fast::hash(head) != crc {
        return Err(fault("the header is damaged: its checksum does not fit; build the index again".to_owned()));
    }
    let length = u64_at(bytes, 16).unwrap_or(0);
    if length != bytes.len() as u64 {
        return Err(truncated(length));
    }
    let mut extents = Extents::default();
    for (number, extent) in extents.iter_mut().enumerate() {
        *extent = extent_at(bytes, number).ok_or_else(|| fault(format!("section {number} lies outside the file")))?;
    }
    Ok(extents)
}

fn extent_at(bytes: &[u8], number: usize) -> Option<Extent> {
    let at = FIXED + number * ENTRY;
    let start = usize::try_from(u64_at(bytes, at + 8)?).ok()?;
    let end = start.checked_add(usize::try_from(u64_at(bytes, at + 16)?).ok()?)?;
    (end <= bytes.len()).then_some(Extent { at: start..end, crc: u32_at(bytes, at + 4)? })
}

/// The number at a byte.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

/// The string at an offset of a section of strings; none where it does not fit.
pub(in super::super) fn text_at(bytes: &[u8], at: u32) -> Option<&str> {
    let at = at as usize;
    let length = u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?);
    std::str::from_utf8(bytes.get(at + 2..at + 2 + usize::from(length))?).ok()
}

/// One place as it stands in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Record {
    /// Degrees times a million.
    pub(in super::super) lat: i32,
    pub(in super::super) lon: i32,
    /// GeoNames id; 0 for a place with an id of its own.
    pub(in super::super) geoname: u32,
    /// Strings of `Text`.
    pub(in super::super) id: u32,
    pub(in super::super) name_ar: u32,
    pub(in super::super) name_en: u32,
    pub(in super::super) admin1: u32,
    pub(in super::super) admin2: u32,
    /// Number of the place that holds this one, plus one; 0 for none.
    pub(in super::super) parent: u32,
    /// Its first name in `Names`; they go on to the next place's.
    pub(in super::super) names: u32,
    pub(in super::super) radius_m: u32,
    pub(in super::super) country: [u8; 2],
    pub(in super::super) kind: u8,
    pub(in super::super) rank: u8,
    pub(in super::super) source: u8,
}

impl Record {
    pub(super) fn bytes(&self) -> [u8; PLACE] {
        let words = [
            self.lat.cast_unsigned(),
            self.lon.cast_unsigned(),
            self.geoname,
            self.id,
            self.name_ar,
            self.name_en,
            self.admin1,
            self.admin2,
            self.parent,
            self.names,
            self.radius_m,
            u32::from_le_bytes([self.country[0], self.country[1], self.kind, self.rank]),
            u32::from(self.source),
        ];
        let mut out = [0; PLACE];
        for (cell, word) in out.chunks_exact_mut(4).zip(words) {
            cell.copy_from_slice(&word.to_le_bytes());
        }
        out
    }

    /// The record with this number.
    pub(super) fn at(places: &[u8], number: usize) -> Option<Record> {
        let start = number.checked_mul(PLACE)?;
        let bytes = places.get(start..start.checked_add(PLACE)?)?;
        let word = |n: usize| u32_at(bytes, n * 4);
        let [first, second, kind, rank] = word(11)?.to_le_bytes();
        Some(Record {
            lat: word(0)?.cast_signed(),
            lon: word(1)?.cast_signed(),
            geoname: word(2)?,
            id: word(3)?,
            name_ar: word(4)?,
            name_en: word(5)?,
            admin1: word(6)?,
            admin2: word(7)?,
            parent: word(8)?,
            names: word(9)?,
            radius_m: word(10)?,
            country: [first, second],
            kind,
            rank,
            source: word(12)?.to_le_bytes()[0],
        })
    }
}
