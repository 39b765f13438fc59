//! Distances and places as they are typed.

use anyhow::{Result, bail};

use crate::Error;
use crate::gazetteer::{Candidate, Gazetteer, Query};
use crate::index::is_point;

/// Metres of a unit: the international mile (1959) and the international nautical mile (1929).
const UNITS: [(&str, f64); 4] = [("m", 1.0), ("km", 1_000.0), ("mi", 1_609.344), ("nm", 1_852.0)];

/// How many candidates an error names.
const CANDIDATES_NAMED: usize = 6;

/// A point with what to call it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) lon: f64,
    pub(super) lat: f64,
    pub(super) label: String,
}

/// Reads a distance such as `50km`, in metres.
pub(super) fn metres(text: &str) -> std::result::Result<f64, String> {
    let trimmed = text.trim();
    let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = trimmed.strip_prefix(digits).unwrap_or_default().to_ascii_lowercase();
    let scale = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, metres)| metres);
    let number: Option<f64> = digits.trim().parse().ok();
    match (number, scale) {
        (Some(number), Some(scale)) if number >= 0.0 && number.is_finite() => Ok(number * scale),
        _ => Err("expected a distance such as 50km (units m, km, mi, nm)".to_owned()),
    }
}

/// The point that `text` means: `LAT,LON`, a place's id or its name.
pub(super) fn find(option: &str, text: &str, gazetteer: &Gazetteer) -> Result<Spot> {
    if let Some((lat, lon)) = pair(text) {
        if !is_point(lon, lat) {
            let expected = "LAT,LON with latitude -90 to 90 and longitude -180 to 180";
            return Err(Error::argument(option, text, expected).into());
        }
        return Ok(Spot { lon, lat, label: format!("{lat}, {lon}") });
    }
    if text.starts_with('-') || text.trim().is_empty() {
        return Err(Error::argument(option, text, "a place's name or id, or LAT,LON").into());
    }
    if let Some(place) = gazetteer.place(text) {
        return Ok(Spot { lon: place.lon, lat: place.lat, label: format!("{} ({})", place.name_ar, place.id) });
    }
    named(option, text, gazetteer)
}

fn named(option: &str, name: &str, gazetteer: &Gazetteer) -> Result<Spot> {
    let resolution = gazetteer.resolve_name(name, &Query::default());
    if let Some(place) = resolution.resolved {
        return Ok(Spot { lon: place.lon, lat: place.lat, label: format!("{} ({})", place.name_ar, place.place_id) });
    }
    if resolution.candidates.is_empty() {
        bail!("{option}: no place is called {name:?}; give LAT,LON");
    }
    let more = resolution.candidates.len().saturating_sub(CANDIDATES_NAMED);
    let mut known: Vec<String> = resolution.candidates.iter().take(CANDIDATES_NAMED).map(describe).collect();
    if more > 0 {
        known.push(format!("{more} more"));
    }
    bail!("{option}: {name:?} could be {}; give an id or LAT,LON", known.join("; "))
}

fn describe(place: &Candidate) -> String {
    let known = [place.name_en.as_str(), place.kind.as_str(), &place.admin1, &place.country];
    let known: Vec<&str> = known.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{} ({})", place.place_id, known.join(", "))
}

/// Two numbers parted by a comma.
fn pair(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once([',', '،'])?;
    Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
}
