//! Distances and directions on the WGS84 ellipsoid, and the bounds that tie them to chords through the Earth.
//!
//! A point is put where it lies in space, in equatorial radii: on the unit sphere, flattened as the Earth is. A geodesic
//! bends with the ellipsoid, whose normal curvature lies between that of two circles; so does its length between those
//! of their arcs over the same chord (Schur's theorem). At 10 km the two differ by 20 micrometres, at 100 km by 20 mm.

use geo::{Bearing, Distance, Geodesic, GeodesicBearing, Point};

/// The equatorial radius of the WGS84 ellipsoid, metres (NGA.STND.0036, WGS 84, 2014).
pub(super) const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;

/// The square of its first eccentricity, f (2 − f) with f = 1 / 298.257 223 563 (the same).
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_317;

/// The least radius of curvature, in equatorial radii: along the meridian at the equator, 1 − e².
const LEAST_RADIUS: f64 = 1.0 - ECCENTRICITY_2;

/// The same in metres, rounded down.
pub(super) const LEAST_CURVATURE_M: f64 = 6_335_439.0;

/// The greatest, at the poles: 1 / √(1 − e²), rounded up.
const GREATEST_RADIUS: f64 = 1.003_364_090;

/// The longest geodesic there is, half a meridian, rounded up; metres.
const LONGEST_M: f64 = 20_003_932.0;

/// The chord from which on nothing is said of a distance, in equatorial radii: there a geodesic may be longer than half a
/// circle of the least radius.
const NEARLY_ANTIPODAL: f64 = 1.87;

/// Room for rounding in distances and chords, relative.
const SLACK: f64 = 1e-9;

/// Room for rounding in chords, in equatorial radii: 60 nanometres.
const CHORD_SLACK: f64 = 1e-14;

/// Room for the torsion of geodesics, relative, for a chord of one diameter; it goes with the fourth power of the chord.
/// Torsion is at most 0.0034 of the curvature, which makes a chord longer by 1.4e-5 over half the Earth.
const TORSION_SLACK: f64 = 2e-5;

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

/// Whether the two are WGS84 degrees.
#[inline]
pub fn is_point(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// Where the point lies in space, in equatorial radii.
#[inline]
pub(super) fn in_space(lon: f64, lat: f64) -> [f64; 3] {
    let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
    let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
    let normal = (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat).sqrt().recip();
    let from_axis = normal * cos_lat;
    [from_axis * cos_lon, from_axis * sin_lon, normal * (1.0 - ECCENTRICITY_2) * sin_lat]
}

/// A chord that is longer than, or as long as, that of any two points `distance_m` metres apart or less.
#[inline]
pub(super) fn chord_reach(distance_m: f64) -> f64 {
    let half_turn = std::f64::consts::FRAC_PI_2;
    let half = distance_m / EQUATORIAL_RADIUS_M / (2.0 * GREATEST_RADIUS);
    // A chord is at most a diameter long, wherever it lies.
    let straight = if half < half_turn { 2.0 * GREATEST_RADIUS * half.sin() } else { 2.1 };
    straight * (1.0 + SLACK + TORSION_SLACK * (straight / 2.0).powi(4)) + CHORD_SLACK
}

/// A chord such that any two points with that chord or a shorter one are at most `distance_m` metres apart; below zero
/// where there is none.
#[inline]
pub(super) fn chord_within(distance_m: f64) -> f64 {
    if distance_m >= LONGEST_M {
        return f64::INFINITY;
    }
    let half = distance_m / EQUATORIAL_RADIUS_M / (2.0 * LEAST_RADIUS);
    let chord = 2.0 * LEAST_RADIUS * half.min(std::f64::consts::FRAC_PI_2).sin();
    chord.min(NEARLY_ANTIPODAL) * (1.0 - SLACK) - CHORD_SLACK
}

/// Of a squared chord: a squared chord such that two points of a longer one are surely further apart than two of the
/// given one.
#[inline]
pub(super) fn widened(chord_2: f64) -> f64 {
    /// More than the square of what the two radii of curvature make of a chord; 0.0017 for short ones.
    const BY_CURVATURE: f64 = 0.004;
    /// Room for rounding of very short chords: the square of 2 mm.
    const LEAST: f64 = 1e-19;
    if chord_2 > NEARLY_ANTIPODAL * NEARLY_ANTIPODAL {
        return f64::INFINITY;
    }
    chord_2 * (1.0 + BY_CURVATURE * chord_2 + 4.0 * SLACK) + LEAST
}

/// Geodesic distance, metres, and direction at its start, degrees clockwise from north; none where the points coincide.
pub fn course(from_lon: f64, from_lat: f64, to_lon: f64, to_lat: f64) -> (f64, Option<f64>) {
    let from = Point::new(from_lon, from_lat);
    let (bearing, distance) = from.geodesic_bearing_distance(Point::new(to_lon, to_lat));
    (distance, (distance > 0.0).then(|| bearing.rem_euclid(360.0)))
}
