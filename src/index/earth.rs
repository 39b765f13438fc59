//! Distances and directions on the WGS84 ellipsoid, and the bounds that tie them to chords of the unit sphere.

use std::f64::consts::PI;

use geo::{Bearing, Distance, Geodesic, Point};

/// The smallest radius of curvature of the WGS84 ellipsoid, metres: along the meridian at the equator, a(1 − e²) with
/// a = 6 378 137 m and e² = 0.006 694 379 990 14 (NGA.STND.0036, WGS 84, 2014).
///
/// No path of `s` metres on the ellipsoid turns the normal by more than `s` over this radius, so that it bounds the
/// angle between two unit vectors made from geodetic latitude and longitude. A mean radius would lose hits.
const LEAST_CURVATURE_RADIUS_M: f64 = 6_335_439.0;

/// Room for rounding: relative, and as a chord of the unit sphere (6 mm on the ground).
const SLACK: f64 = 1e-9;

/// Room for rounding of chords near the antipode, where a metre of distance hardly changes the chord; metres.
const SLACK_M: f64 = 1.0;

/// Geodesic distance between two points (lon, lat), metres.
pub fn distance_m(from_lon: f64, from_lat: f64, to_lon: f64, to_lat: f64) -> f64 {
    Geodesic.distance(Point::new(from_lon, from_lat), Point::new(to_lon, to_lat))
}

/// Direction of the geodesic at its start, degrees clockwise from north, 0 up to 360.
pub fn bearing_deg(from_lon: f64, from_lat: f64, to_lon: f64, to_lat: f64) -> f64 {
    Geodesic.bearing(Point::new(from_lon, from_lat), Point::new(to_lon, to_lat)).rem_euclid(360.0)
}

/// The point of the compass, of eight, nearest to a bearing.
pub fn compass(bearing_deg: f64) -> &'static str {
    const EIGHTHS: [(f64, &str); 8] = [
        (22.5, "N"),
        (67.5, "NE"),
        (112.5, "E"),
        (157.5, "SE"),
        (202.5, "S"),
        (247.5, "SW"),
        (292.5, "W"),
        (337.5, "NW"),
    ];
    let bearing = bearing_deg.rem_euclid(360.0);
    EIGHTHS.iter().find(|(end, _)| bearing < *end).map_or("N", |(_, name)| name)
}

/// The point's unit vector.
pub(super) fn unit(lon: f64, lat: f64) -> [f64; 3] {
    let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
    let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// A chord at least as long as that of any two points `distance_m` metres apart or less.
pub(super) fn chord_reach(distance_m: f64) -> f64 {
    let angle = (distance_m / LEAST_CURVATURE_RADIUS_M).min(PI);
    2.0 * (angle / 2.0).sin() * (1.0 + SLACK) + SLACK
}

/// A distance at most as long as that of any two points whose chord is `chord` or more, metres.
pub(super) fn least_distance_m(chord: f64) -> f64 {
    2.0 * (chord / 2.0).min(1.0).asin() * LEAST_CURVATURE_RADIUS_M * (1.0 - SLACK) - SLACK_M
}
