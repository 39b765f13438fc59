//! The incidents as the map page reads them: columns in which words stand once, and the long texts apart, all packed.
//!
//! A packet is a string, the base64 of a raw DEFLATE stream of JSON. `incidents` is one, with an array for each column of
//! the schema; a column of words is `{"words": [...], "at": [...]}`, where `at` points into `words`; days count from
//! 1970-01-01. `texts` is one for every [`CHUNK`] incidents: `[{"damage", "summary_en", "summary_ar", "sources"}, …]`. A
//! page with a hundred thousand incidents so opens without reading their sentences, which are unpacked where they are
//! asked for.

use std::io::{self, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::civil::{Date, date};
use miniz_oxide::deflate::compress_to_vec;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::IgnoredAny;

use super::columns::{COLUMNS, Cell, Column, Kind};
use super::{Harvest, geojson};
use crate::model::{Incident, Source, Tally};

/// Incidents whose texts are packed together: what the page unpacks to show one of them.
const CHUNK: usize = 2560;

/// How hard packing tries, 0 to 10. This packer gives the same bytes on every machine, as the sample in `output/` must.
const EFFORT: u8 = 9;

/// Columns of free text, which go with the sources.
const TEXTS: [&str; 3] = ["damage", "summary_en", "summary_ar"];

/// How far beyond the incidents the base map reaches, degrees.
const MARGIN: f64 = 6.0;

/// The free texts of one incident.
#[derive(Serialize)]
struct Texts<'a> {
    damage: Option<&'a str>,
    summary_en: &'a str,
    summary_ar: &'a str,
    sources: &'a [Source],
}

/// A column of words, each word once.
#[derive(Serialize)]
struct Words {
    words: Vec<String>,
    at: Vec<Option<usize>>,
}

/// Writes the columns, with what the page says of the whole.
pub(super) fn incidents(incidents: &[&Incident], harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Vec::new();
    columns(incidents, harvest, &mut json)?;
    write!(out, "\"{}\"", packet(&json))
}

fn packet(json: &[u8]) -> String {
    STANDARD.encode(compress_to_vec(json, EFFORT))
}

fn columns(incidents: &[&Incident], harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
    let (version, chunk, attribution) = (env!("CARGO_PKG_VERSION"), CHUNK, super::ATTRIBUTION);
    let head = serde_json::json!({
        "version": version, "count": incidents.len(), "chunk": chunk, "attribution": attribution,
        "unlocated": harvest.unlocated.len(), "unresolved": harvest.unresolved.len(),
    });
    out.write_all(b"{\"about\":")?;
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b",\"columns\":{")?;
    let kept = COLUMNS.iter().filter(|column| !TEXTS.contains(&column.name));
    for (number, column) in kept.enumerate() {
        write!(out, "{}\n\"{}\":", if number > 0 { "," } else { "" }, column.name)?;
        match column.kind {
            Kind::Text if column.name != "id" => serde_json::to_writer(&mut *out, &words(column, incidents))?,
            _ => plain(column, incidents, out)?,
        }
    }
    out.write_all(b"\n}}")
}

fn words(column: &Column, incidents: &[&Incident]) -> Words {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut words = Vec::new();
    let at = incidents.iter().map(|incident| match (column.cell)(incident) {
        Cell::Text(text) => Some(*known.entry(text.into_owned()).or_insert_with_key(|text| {
            words.push(text.clone());
            words.len() - 1
        })),
        _ => None,
    });
    let at = at.collect();
    Words { words, at }
}

fn plain(column: &Column, incidents: &[&Incident], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (number, incident) in incidents.iter().enumerate() {
        if number > 0 {
            out.write_all(b",")?;
        }
        match (column.cell)(incident) {
            Cell::Empty => out.write_all(b"null")?,
            Cell::Text(text) => serde_json::to_writer(&mut *out, &text)?,
            Cell::Integer(number) => write!(out, "{number}")?,
            Cell::Number(number) => write!(out, "{number}")?,
            Cell::Date(date) => write!(out, "{}", day(date))?,
            Cell::Boolean(truth) => write!(out, "{truth}")?,
        }
    }
    out.write_all(b"]")
}

/// Days since 1970-01-01.
fn day(of: Date) -> i64 {
    const HOURS_OF_A_DAY: i64 = 24;
    of.duration_since(date(1970, 1, 1)).as_hours() / HOURS_OF_A_DAY
}

/// Writes summaries, damage and sources, packed.
pub(super) fn texts(incidents: &[&Incident], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (number, chunk) in incidents.chunks(CHUNK).enumerate() {
        let texts: Vec<Texts> = chunk.iter().map(|incident| Texts::of(incident)).collect();
        let separator = if number > 0 { "," } else { "" };
        write!(out, "{separator}\n\"{}\"", packet(&serde_json::to_vec(&texts)?))?;
    }
    out.write_all(b"]")
}

impl<'a> Texts<'a> {
    fn of(incident: &'a Incident) -> Self {
        Texts {
            damage: incident.damage.as_deref(),
            summary_en: &incident.summary_en,
            summary_ar: &incident.summary_ar,
            sources: &incident.sources,
        }
    }
}

/// Writes the tallies.
pub(super) fn tallies(tallies: &[Tally], out: &mut dyn Write) -> io::Result<()> {
    Ok(serde_json::to_writer(&mut Escaped(out), tallies)?)
}

/// Writes the lines of the base map that touch the neighbourhood of the incidents.
///
/// A line is `[west, south, east, north, kind, points]`.
pub(super) fn base(lines: &str, incidents: &[&Incident], out: &mut dyn Write) -> io::Result<()> {
    type Line = (f64, f64, f64, f64, IgnoredAny, IgnoredAny);
    let extent = geojson::extent(incidents.iter().copied());
    let touches = |line: &str| match (serde_json::from_str::<Line>(line), extent) {
        (Ok((west, south, east, north, _, _)), Some(extent)) => {
            west < extent[2] + MARGIN
                && east > extent[0] - MARGIN
                && south < extent[3] + MARGIN
                && north > extent[1] - MARGIN
        }
        _ => false,
    };
    out.write_all(b"[")?;
    for (number, line) in lines.lines().filter(|line| touches(line)).enumerate() {
        write!(out, "{}\n{line}", if number > 0 { "," } else { "" })?;
    }
    out.write_all(b"]")
}

/// JSON in which no tag can begin or end: `<` stands only in strings, and there it may be written `\u003c`.
struct Escaped<'a>(&'a mut dyn Write);

impl Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (number, part) in bytes.split(|byte| *byte == b'<').enumerate() {
            if number > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
