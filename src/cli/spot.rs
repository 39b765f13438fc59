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

/// The point of a place with the circle that holds it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) spot: Spot,
    pub(super) radius_m: u32,
}

/// Reads a distance such as `50km`, in metres.
pub(super) fn metres(text: &str) -> std::result::Result<f64, String> {
    const EXPECTED: &str = "expected a distance such as 50km (units m, km, mi, nm)";
    let trimmed = text.trim();
    let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = trimmed.strip_prefix(digits).unwrap_or_default().to_ascii_lowercase();
    let scale = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, metres)| metres);
    let number: Option<f64> = digits.trim().parse().ok().filter(|number: &f64| *number >= 0.0 && number.is_finite());
    match (number, scale) {
        (Some(number), Some(scale)) => Ok(number * scale),
        (Some(number), None) if unit.is_empty() => Err(format!("{number} has no unit: {EXPECTED}")),
        (Some(_), None) => Err(format!("unknown unit {unit:?}: {EXPECTED}")),
        (None, _) => Err(EXPECTED.to_owned()),
    }
}

/// The point that `text` means: `LAT,LON`, a place's id or its name.
pub(super) fn find(option: &str, text: &str, gazetteer: &Gazetteer) -> Result<Spot> {
    match pair(text) {
        Some((lat, lon)) => point(option, text, lat, lon),
        None => Ok(unit(option, text, gazetteer)?.spot),
    }
}

/// The point of a latitude and a longitude that were given as `text`.
fn point(option: &str, text: &str, lat: f64, lon: f64) -> Result<Spot> {
    if is_point(lon, lat) {
        return Ok(Spot { lon, lat, label: format!("{lat}, {lon}") });
    }
    let swapped = if is_point(lat, lon) { format!("; are they swapped? {lon},{lat} would do") } else { String::new() };
    let expected = format!("LAT,LON with latitude -90 to 90 and longitude -180 to 180{swapped}");
    Err(Error::argument(option, text, &expected).into())
}

/// The place that `text` means by its id or name.
pub(super) fn unit(option: &str, text: &str, gazetteer: &Gazetteer) -> Result<Unit> {
    if text.starts_with('-') || text.trim().is_empty() {
        return Err(Error::argument(option, text, "a place's name or id, or LAT,LON").into());
    }
    if let Some(place) = gazetteer.place(text) {
        let label = format!("{} ({})", place.name_ar, place.id);
        return Ok(Unit { spot: Spot { lon: place.lon, lat: place.lat, label }, radius_m: place.radius_m });
    }
    named(option, text, gazetteer)
}

fn named(option: &str, name: &str, gazetteer: &Gazetteer) -> Result<Unit> {
    let resolution = gazetteer.resolve_name(name, &Query::default());
    if let Some(place) = resolution.resolved {
        let label = format!("{} ({})", place.name_ar, place.place_id);
        return Ok(Unit { spot: Spot { lon: place.lon, lat: place.lat, label }, radius_m: place.radius_m });
    }
    if resolution.candidates.is_empty() {
        bail!("{option}: no place is called {name:?}; {}", instead(name, gazetteer));
    }
    let more = resolution.candidates.len().saturating_sub(CANDIDATES_NAMED);
    let mut known: Vec<String> = resolution.candidates.iter().take(CANDIDATES_NAMED).map(describe).collect();
    if more > 0 {
        known.push(format!("{more} more"));
    }
    bail!("{option}: {name:?} could be {}; give an id or LAT,LON", known.join("; "))
}

/// What to give instead of a name that no place bears.
fn instead(name: &str, gazetteer: &Gazetteer) -> String {
    let alike = gazetteer.alike(name, CANDIDATES_NAMED);
    let known: Vec<String> = alike.iter().map(|(name, place)| format!("{name} ({})", place.id)).collect();
    if known.is_empty() {
        "give LAT,LON".to_owned()
    } else {
        format!("near it come {}; or give LAT,LON", known.join(", "))
    }
}

fn describe(place: &Candidate) -> String {
    let known = [place.name_en.as_str(), place.kind.as_str(), &place.admin1, &place.country];
    let known: Vec<&str> = known.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{} ({})", place.place_id, known.join(", "))
}

/// Two numbers parted by a comma.
pub(super) fn pair(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once([',', '،'])?;
    Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
}
