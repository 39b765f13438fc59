//! `mawqi near`: what happened near a place.

use std::io::{self, Write};
use std::path::Path;

use anyhow::bail;

use super::args::{self, NearFormat};
use super::spot::{self, Spot};
use super::{Status, output, talk};
use crate::export::{self, Near, Row};
use crate::index::{Answer, Filter, Hit, Index, compass};
use crate::model::{DatePrecision, Incident};

/// How far is near, where nothing is said; metres.
const DEFAULT_RADIUS_M: f64 = 50_000.0;

/// How wide the search is.
#[derive(Debug, Clone, Copy)]
struct Reach {
    radius_m: Option<f64>,
    nearest: Option<usize>,
}

pub(super) fn run(args: args::Near) -> anyhow::Result<Status> {
    let spot = spot::find("PLACE", &args.place, &*args.tables.places()?)?;
    let radius_m = args.radius.or(args.nearest.is_none().then_some(DEFAULT_RADIUS_M));
    let reach = Reach { radius_m, nearest: args.nearest };
    let index = Index::new(incidents(&args.input)?);
    let filter = Filter {
        since: args.since,
        until: args.until,
        event: args.event,
        actor: args.actor,
        min_killed: None,
        include_uncertain: args.include_uncertain,
    };
    let answer = reach.ask(&index, &spot, &filter);
    let mut out = output::stdout();
    write(&answer, args.format, &mut out)?;
    out.flush()?;
    talk::line(&reach.told(&answer, &spot));
    Ok(Status::Done)
}

/// The incidents of a map's folder, or of a file.
fn incidents(input: &Path) -> anyhow::Result<Vec<Incident>> {
    let file = if input.is_file() { input.to_path_buf() } else { input.join(export::geojson::FILE_NAME) };
    if !file.exists() {
        bail!("{}: no map here; `mawqi map REPORTS -o {}` makes one", file.display(), input.display());
    }
    Ok(export::geojson::read(&file)?)
}

impl Reach {
    fn ask<'a>(self, index: &'a Index, spot: &Spot, filter: &Filter) -> Answer<'a> {
        let Some(radius_m) = self.radius_m else {
            return index.nearest(spot.lon, spot.lat, self.nearest.unwrap_or_default(), filter);
        };
        let mut answer = index.within_radius(spot.lon, spot.lat, radius_m, filter);
        answer.hits.truncate(self.nearest.unwrap_or(usize::MAX));
        answer
    }

    /// What was found, in words.
    fn told(self, answer: &Answer, spot: &Spot) -> String {
        let within = self.radius_m.map_or_else(|| "nearest to".to_owned(), |m| format!("within {} km of", m / 1e3));
        let found = format!("{} {within} {}", output::count(answer.hits.len(), "incident"), spot.label);
        match answer.too_uncertain {
            0 => found,
            left_out => format!("{found}; {left_out} left out as too uncertain (--include-uncertain shows them)"),
        }
    }
}

fn write(answer: &Answer, format: NearFormat, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row> = answer.hits.iter().map(row).collect();
    match format {
        NearFormat::Table => write_table(&rows, out),
        NearFormat::Geojson => export::geojson::write(&rows, out),
        NearFormat::Csv => export::csv::write(&rows, true, out),
        NearFormat::Ndjson => export::ndjson::write(&rows, out),
    }
}

fn row<'a>(hit: &Hit<'a>) -> Row<'a> {
    let near = Near { distance_km: hit.distance_m / 1e3, bearing: hit.bearing_deg.map(compass) };
    Row { incident: hit.incident, near: Some(near) }
}

fn write_table(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let header =
        ["distance_km", "bearing", "date", "event_type", "place", "country", "killed", "injured", "sources", "id"];
    writeln!(out, "{}", output::table(header, rows.iter().map(cells).collect(), &[0, 6, 7, 8]))
}

fn cells(row: &Row) -> [String; 10] {
    let incident = row.incident;
    [
        row.near.map(|near| format!("{:.1}", near.distance_km)).unwrap_or_default(),
        row.near.and_then(|near| near.bearing).unwrap_or("-").to_owned(),
        date(incident),
        incident.event_type.to_string(),
        output::shown(incident.place.as_deref().or(incident.place_en.as_deref()).unwrap_or_default()),
        output::shown(incident.country.as_deref().unwrap_or_default()),
        output::range(incident.killed_min, incident.killed_max),
        output::range(incident.injured_min, incident.injured_max),
        incident.source_count.to_string(),
        output::shown(&incident.id),
    ]
}

/// The date as exactly as it is known: a day, two days, a month, a year.
fn date(incident: &Incident) -> String {
    let Some(first) = incident.date_start else { return "undated".to_owned() };
    let last = incident.date_end.unwrap_or(first);
    match incident.date_precision {
        DatePrecision::Year => first.strftime("%Y").to_string(),
        DatePrecision::Month => first.strftime("%Y-%m").to_string(),
        _ if first == last => first.to_string(),
        _ => format!("{first}/{last}"),
    }
}
