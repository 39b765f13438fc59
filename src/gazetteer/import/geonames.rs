//! The tables of GeoNames: tab-separated, no header, no quoting.

use std::io::BufRead;
use std::path::Path;

use super::super::names::is_arabic;
use super::super::world::Record;
use super::codes::feature;
use super::draft::{Draft, Entry, LONGEST_NAME};
use super::lines::{self, Faults};
use super::source::Kind;
use crate::error::excerpt;
use crate::model::NameUse;
use crate::{Error, Result};

/// The columns of the `geoname` table.
const COLUMNS: usize = 19;
/// The key of the source in `gazetteer/SOURCES.md`.
const SOURCE: &str = "geonames";
/// The language of a name that carries none: letters do not tell Arabic from Persian.
const UNLABELLED: [u8; 3] = [0; 3];
/// The code of a unit that is not assigned.
const UNASSIGNED: &str = "00";

/// One line, cut at its tabs.
struct Row<'a> {
    cells: Vec<&'a str>,
    label: &'a Path,
    line: u64,
}

impl<'a> Row<'a> {
    fn new(text: &'a str, label: &'a Path, line: u64, columns: std::ops::RangeInclusive<usize>) -> Result<Self> {
        let cells: Vec<&str> = text.split('\t').collect();
        if columns.contains(&cells.len()) {
            return Ok(Row { cells, label, line });
        }
        let (least, most) = (columns.start(), columns.end());
        let expected = if least == most { format!("{least} columns") } else { format!("{least} to {most} columns") };
        let found = format!("{} columns: {}", cells.len(), excerpt(text));
        Err(Error::table(label, line, "row", &found, &format!("{expected}, parted by tabs")))
    }

    fn get(&self, at: usize) -> &'a str {
        self.cells.get(at).copied().unwrap_or("")
    }

    fn fault(&self, at: usize, column: &str, expected: &str) -> Error {
        Error::table(self.label, self.line, column, &excerpt(self.get(at)), expected)
    }

    /// A GeoNames id.
    fn id(&self, at: usize, column: &str) -> Result<u32> {
        let id = self.get(at).parse().ok().filter(|id| (1..u32::MAX).contains(id));
        id.ok_or_else(|| self.fault(at, column, "a GeoNames id, a whole number from 1"))
    }

    /// Degrees as millionths.
    fn degrees(&self, at: usize, column: &str, limit: f64) -> Result<i32> {
        let degrees = self.get(at).parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
        degrees.map(micro).ok_or_else(|| self.fault(at, column, &format!("degrees from -{limit} to {limit}, WGS84")))
    }

    /// A name, not too long.
    fn name(&self, at: usize, column: &str) -> Result<&'a str> {
        let name = self.get(at);
        self.short(name, at, column)?;
        Ok(name)
    }

    fn short(&self, name: &str, at: usize, column: &str) -> Result<()> {
        if name.len() > LONGEST_NAME && name.chars().count() > LONGEST_NAME {
            return Err(self.fault(at, column, &format!("a name of at most {LONGEST_NAME} characters")));
        }
        Ok(())
    }
}

/// Degrees as a whole number of millionths.
#[expect(clippy::cast_possible_truncation, reason = "180 million fits; the caller has checked the range")]
pub(super) fn micro(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

/// Reads one table.
pub(super) fn read(
    kind: Kind,
    reader: &mut dyn BufRead,
    label: &Path,
    draft: &mut Draft,
    faults: &mut Faults,
) -> Result<()> {
    let source = draft.source_number(SOURCE);
    lines::each(reader, label, faults, |text, line| match kind {
        Kind::Admin1 | Kind::Admin2 => unit(&Row::new(text, label, line, 4..=4)?, draft),
        Kind::Hierarchy => parent(&Row::new(text, label, line, 2..=3)?, draft),
        Kind::Alternates => alternate(&Row::new(text, label, line, 8..=10)?, draft),
        _ => place(&Row::new(text, label, line, COLUMNS..=COLUMNS)?, source, draft),
    })
}

fn place(row: &Row, source: u8, draft: &mut Draft) -> Result<()> {
    let geoname = row.id(0, "geonameid")?;
    let (name, ascii) = (row.name(1, "name")?, row.name(2, "asciiname")?);
    let (lat, lon) = (row.degrees(4, "latitude", 90.0)?, row.degrees(5, "longitude", 180.0)?);
    let country = country(row)?;
    let population = match row.get(14) {
        "" => 0,
        text => text.parse().map_err(|_| row.fault(14, "population", "a whole number"))?,
    };
    let others = row.get(3).split(',');
    others.clone().try_for_each(|other| row.short(other, 3, "alternatenames"))?;
    let Some(feature) = feature(row.get(6), row.get(7), population) else {
        return Err(row.fault(6, "feature class", "one of A H L P R S T U V"));
    };
    if !draft.wants(row.get(8)) || (lat, lon) == (0, 0) {
        return Ok(());
    }
    let (admin1, admin2) = units(row, draft);
    let record = Record {
        lat,
        lon,
        geoname,
        country,
        kind: draft.kind_number(feature.kind),
        rank: feature.rank,
        radius_m: feature.radius_m,
        source,
        name_en: draft.keep(name),
        ..Record::default()
    };
    let ix = draft.push(Entry { record, admin1, admin2, full: !row.get(7).is_empty() });
    draft.push_name(ix, name, UNLABELLED, NameUse::Romanised);
    if ascii != name {
        draft.push_name(ix, ascii, UNLABELLED, NameUse::Romanised);
    }
    for other in others.filter(|other| *other != name && *other != ascii && is_readable(other)) {
        let usage = if other.chars().any(is_arabic) { NameUse::Alias } else { NameUse::Romanised };
        draft.push_name(ix, other, UNLABELLED, usage);
    }
    Ok(())
}

fn country(row: &Row) -> Result<[u8; 2]> {
    match row.get(8).as_bytes() {
        [] => Ok([0; 2]),
        [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok([*a, *b]),
        _ => Err(row.fault(8, "country code", "two letters, ISO 3166-1")),
    }
}

/// The numbers of the units that a row says it lies in.
fn units(row: &Row, draft: &mut Draft) -> (u32, u32) {
    let (country, first, second) = (row.get(8), row.get(10), row.get(11));
    if country.is_empty() || first.is_empty() || first == UNASSIGNED {
        return (0, 0);
    }
    let code = [country, ".", first].concat();
    let admin1 = draft.units.number(&code);
    let admin2 = if second.is_empty() { 0 } else { draft.units.number(&[&code, ".", second].concat()) };
    (admin1, admin2)
}

fn unit(row: &Row, draft: &mut Draft) -> Result<()> {
    let geoname = row.id(3, "geonameid")?;
    let name = row.name(1, "name")?;
    draft.name_unit(row.get(0), name, geoname);
    Ok(())
}

fn parent(row: &Row, draft: &mut Draft) -> Result<()> {
    let (parent, child) = (row.id(0, "parentId")?, row.id(1, "childId")?);
    if matches!(row.get(2), "" | "ADM") && draft.place(child).is_some() {
        draft.push_parent(child, parent);
    }
    Ok(())
}

/// Arabic names, English ones, and unlabelled ones in Latin letters; codes, links and other languages are left out.
fn alternate(row: &Row, draft: &mut Draft) -> Result<()> {
    let geoname = row.id(1, "geonameid")?;
    let lang = row.get(2);
    let base = lang.split('-').next().unwrap_or("");
    if !matches!(base, "ar" | "en" | "") {
        return Ok(());
    }
    let name = row.name(3, "alternate name")?;
    let Some(place) = draft.place(geoname).filter(|_| is_readable(name)) else { return Ok(()) };
    let flag = |at: usize| row.get(at) == "1";
    let arabic = name.chars().any(is_arabic);
    let usage = match (flag(7), arabic, base) {
        (true, ..) => NameUse::Historic,
        (_, true, "ar") if flag(4) => NameUse::Official,
        (_, true, _) => NameUse::Alias,
        (_, false, "en") if flag(4) => NameUse::Official,
        (_, false, _) => NameUse::Romanised,
    };
    let code = match base {
        "ar" if arabic => *b"ar\0",
        "en" => *b"en\0",
        _ => UNLABELLED,
    };
    draft.push_name(place, name, code, usage);
    Ok(())
}

/// Whether a name is in Arabic or Latin letters: others are never asked for.
fn is_readable(name: &str) -> bool {
    let latin = |c: char| {
        c < '\u{250}' || matches!(c, '\u{2b0}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{201f}')
    };
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && (name.chars().any(is_arabic) || letters.all(latin))
}
