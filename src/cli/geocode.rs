//! `mawqi geocode`: a table in, the same rows out with the place that one column names.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use csv::{StringRecord, Writer, WriterBuilder};
use rustc_hash::FxHashMap;

use super::args::Geocode;
use super::{Status, output, talk};
use crate::error::excerpt;
use crate::gazetteer::{Geocoded, Geocoder};
use crate::reports::csv_rows::{Table, joined};
use crate::{Error, Result};

/// The columns that are added, in order; one whose name the table has already gets `mawqi_` before it.
const ADDED: [&str; 9] =
    ["lat", "lon", "uncertainty_m", "geo_precision", "place_id", "place", "place_en", "candidates", "reason"];
/// How many unresolved names are told; a judgement.
const TOLD: usize = 20;
/// So many rows lie between two steps of the progress bar.
const STEP: usize = 1024;

pub(super) fn run(args: &Geocode) -> anyhow::Result<Status> {
    let gazetteer = args.tables.places()?;
    let (table, header) = Table::of_file(&args.table)?;
    let columns = Columns::find(&args.table, &header, args)?;
    let mut geocoder = Geocoder::new(&gazetteer, args.country.clone());
    let summary = if let Some(path) = args.output.as_deref().filter(|path| *path != Path::new("-")) {
        to_file(path, table, &header, &columns, &mut geocoder)?
    } else {
        let mut out = output::stdout();
        let summary = rows(table, &header, &columns, &mut geocoder, &mut out)?;
        out.flush()?;
        summary
    };
    summary.show();
    Ok(if args.strict && !summary.unresolved.is_empty() { Status::NotSo } else { Status::Done })
}

/// Writes beside the file that is wanted and renames, so that a run that fails leaves what was there.
fn to_file(
    path: &Path,
    table: Table,
    header: &StringRecord,
    columns: &Columns,
    geocoder: &mut Geocoder<'_>,
) -> anyhow::Result<Summary> {
    let mut out = BufWriter::with_capacity(1 << 16, output::beside(path)?);
    let summary = rows(table, header, columns, geocoder, &mut out)?;
    let staged = out.into_inner().map_err(|error| Error::io(path, error.into_error()))?;
    staged.persist(path).map_err(|error| Error::io(path, error.error))?;
    Ok(summary)
}

/// Which columns are read.
struct Columns {
    name: usize,
    context: Vec<usize>,
}

impl Columns {
    fn find(path: &Path, header: &StringRecord, args: &Geocode) -> Result<Self> {
        let find = |wanted: &str| {
            let exact = header.iter().position(|cell| cell.trim() == wanted.trim());
            let at = exact.or_else(|| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(wanted.trim())));
            at.ok_or_else(|| {
                let expected = format!("one of the columns {}", excerpt(&joined(header)));
                Error::table(path, 1, "header", wanted, &expected)
            })
        };
        let context = args.context.iter().map(|wanted| find(wanted)).collect::<Result<_>>()?;
        Ok(Columns { name: find(&args.column)?, context })
    }
}

/// Copies the rows with what was found for each.
fn rows(
    table: Table,
    header: &StringRecord,
    columns: &Columns,
    geocoder: &mut Geocoder<'_>,
    out: impl Write,
) -> anyhow::Result<Summary> {
    let mut writer = WriterBuilder::new().delimiter(table.delimiter()).from_writer(out);
    write_header(&mut writer, header)?;
    let progress = talk::progress("rows");
    let mut summary = Summary::default();
    for row in table {
        let (_, row) = row?;
        let name = row.get(columns.name).unwrap_or_default();
        let context = columns.context.iter().map(|&at| row.get(at).unwrap_or_default());
        let found = geocoder.geocode(name, context);
        write_row(&mut writer, &row, &found).context("the table that is written")?;
        summary.note(name, &found);
        if summary.rows % STEP == 0 {
            progress.inc(STEP as u64);
        }
    }
    progress.finish_and_clear();
    writer.flush().context("the table that is written")?;
    Ok(summary)
}

fn write_header(writer: &mut Writer<impl Write>, header: &StringRecord) -> anyhow::Result<()> {
    for cell in header {
        writer.write_field(cell)?;
    }
    for name in ADDED {
        let taken = header.iter().any(|cell| cell.trim() == name);
        writer.write_field(if taken { format!("mawqi_{name}") } else { name.to_owned() })?;
    }
    Ok(writer.write_record(None::<&[u8]>)?)
}

fn write_row(writer: &mut Writer<impl Write>, row: &StringRecord, found: &Geocoded) -> csv::Result<()> {
    for cell in row {
        writer.write_field(cell)?;
    }
    match &found.place {
        Some(place) => {
            writer.write_field(format!("{:.5}", place.lat))?;
            writer.write_field(format!("{:.5}", place.lon))?;
            writer.write_field(place.radius_m.to_string())?;
            writer.write_field(found.precision().map_or("", |precision| precision.as_str()))?;
            writer.write_field(&place.place_id)?;
            writer.write_field(&place.name_ar)?;
            writer.write_field(&place.name_en)?;
        }
        None => (0..7).try_for_each(|_| writer.write_field(""))?,
    }
    writer.write_field(found.candidates.join(" "))?;
    writer.write_field(&found.reason)?;
    writer.write_record(None::<&[u8]>)
}

/// What came of all rows.
#[derive(Debug, Default)]
struct Summary {
    rows: usize,
    resolved: usize,
    unresolved: FxHashMap<String, u64>,
}

impl Summary {
    fn note(&mut self, name: &str, found: &Geocoded) {
        self.rows += 1;
        if found.place.is_some() {
            self.resolved += 1;
        } else if let Some(count) = self.unresolved.get_mut(name.trim()) {
            *count += 1;
        } else {
            self.unresolved.insert(name.trim().to_owned(), 1);
        }
    }

    /// Says how many rows have a place, and which names stay without one, the most frequent first.
    fn show(&self) {
        talk::line(&format!("{} of {} have a place", self.resolved, output::count(self.rows, "row")));
        if self.unresolved.is_empty() {
            return;
        }
        let mut names: Vec<(&str, u64)> = self.unresolved.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let more = names.len().saturating_sub(TOLD);
        let rows = names.iter().take(TOLD).map(|(name, count)| [count.to_string(), named(name)]).collect();
        talk::line(&output::table(["rows", "unresolved"], rows, &[0]));
        if more > 0 {
            talk::line(&format!("and {more} more"));
        }
    }
}

fn named(name: &str) -> String {
    if name.is_empty() { "(no name)".to_owned() } else { output::shown(name) }
}
