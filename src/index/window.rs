//! Boxes of degrees that surely hold all that is asked for: what a table of longitudes and latitudes can be asked.

use super::earth::{self, LEAST_CURVATURE_M};

/// West, south, east, north, degrees; west is never larger than east.
pub type Window = [f64; 4];

/// Room for rounding, degrees: a decimetre.
const SLACK_DEG: f64 = 1e-6;

/// The boxes that hold every point at most `radius_m` metres from the point; two across the antimeridian.
pub fn around(lon: f64, lat: f64, radius_m: f64) -> Vec<Window> {
    // No path turns the normal by more than its length over the least radius of curvature.
    let turn = radius_m / LEAST_CURVATURE_M;
    let reach = turn.to_degrees();
    let (south, north) = (lat - reach, lat + reach);
    if south <= -90.0 || north >= 90.0 || turn >= std::f64::consts::FRAC_PI_2 {
        return windows(-180.0, south, 180.0, north);
    }
    let aside = (turn.sin() / lat.to_radians().cos()).min(1.0).asin().to_degrees();
    windows(lon - aside, south, lon + aside, north)
}

/// A box as one or two that stay between -180 and 180; longitudes may run on beyond, as across the antimeridian.
pub(super) fn windows(west: f64, south: f64, east: f64, north: f64) -> Vec<Window> {
    let (south, north) = ((south - SLACK_DEG).max(-90.0), (north + SLACK_DEG).min(90.0));
    let (west, east) = (west - SLACK_DEG, east + SLACK_DEG);
    if east - west >= 360.0 {
        return vec![[-180.0, south, 180.0, north]];
    }
    let turns = ((west + 180.0) / 360.0).floor() * 360.0;
    let (west, east) = (west - turns, east - turns);
    if east <= 180.0 {
        return vec![[west, south, east, north]];
    }
    vec![[west, south, 180.0, north], [-180.0, south, east - 360.0, north]]
}

/// Whether the point lies in one of the boxes.
pub fn holds(windows: &[Window], lon: f64, lat: f64) -> bool {
    earth::is_point(lon, lat)
        && windows
            .iter()
            .any(|[west, south, east, north]| (*west..=*east).contains(&lon) && (*south..=*north).contains(&lat))
}
