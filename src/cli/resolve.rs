//! `mawqi resolve`: which place a name stands for, among which candidates, and why.

use std::io::{self, BufRead, Write};

use anyhow::Context;

use super::args::{Resolve, ResolveFormat};
use super::{Status, output, spot};
use crate::gazetteer::{Candidate, Query, Resolution};

pub(super) fn run(args: &Resolve) -> anyhow::Result<Status> {
    let gazetteer = args.tables.places()?;
    let near = args.near.as_deref().map(|text| spot::find("--near", text, &gazetteer)).transpose()?;
    let query =
        Query { country: args.country.clone(), near: near.map(|spot| (spot.lon, spot.lat)), ..Query::default() };
    let mut out = output::stdout();
    let mut answer = |name: &str| -> io::Result<()> {
        let resolution = gazetteer.resolve_name(name, &query);
        match args.format {
            ResolveFormat::Json => output::json_line(&mut out, &resolution)?,
            ResolveFormat::Table => write_table(&resolution, &mut out)?,
        }
        out.flush()
    };
    for name in &args.names {
        if name == "-" {
            for line in io::stdin().lock().lines() {
                let line = line.context("stdin")?;
                if !line.trim().is_empty() {
                    answer(line.trim())?;
                }
            }
        } else {
            answer(name)?;
        }
    }
    Ok(Status::Done)
}

/// A line with the decision, then the candidates.
fn write_table(resolution: &Resolution, out: &mut impl Write) -> io::Result<()> {
    let place = resolution.resolved.as_ref().map_or("unresolved", |place| &place.place_id);
    writeln!(out, "{}: {place} ({})", output::shown(&resolution.name), output::shown(&resolution.reason))?;
    if resolution.candidates.is_empty() {
        return Ok(());
    }
    let header = ["score", "id", "name_ar", "name_en", "kind", "admin1", "country", "lat", "lon", "radius_km", "why"];
    let rows = resolution.candidates.iter().map(cells).collect();
    writeln!(out, "{}", output::table(header, rows, &[0, 7, 8, 9]))
}

fn cells(candidate: &Candidate) -> [String; 11] {
    [
        format!("{:.2}", candidate.score),
        output::shown(&candidate.place_id),
        output::shown(&candidate.name_ar),
        output::shown(&candidate.name_en),
        candidate.kind.to_string(),
        output::shown(&candidate.admin1),
        output::shown(&candidate.country),
        format!("{:.5}", candidate.lat),
        format!("{:.5}", candidate.lon),
        format!("{:.1}", f64::from(candidate.radius_m) / 1e3),
        output::shown(&candidate.reasons.join("; ")),
    ]
}
