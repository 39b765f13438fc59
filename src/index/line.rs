//! Lines as GeoJSON draws them, straight in longitude and latitude (RFC 7946, 3.1.1), and how far a point lies from one.

use super::earth::{self, EQUATORIAL_RADIUS_M};

/// The longest piece of a line, degrees: over so short a piece the distance from a point has one least value.
const PIECE_DEG: f64 = 0.25;

/// More than the metres of a degree of latitude anywhere, and of longitude at the equator: π/180 of the radius of curvature
/// at the poles, 6 399 594 m.
const MOST_METRES_A_DEGREE: f64 = 111_695.0;

/// How often the golden section cuts a piece: 28 km end as less than a millimetre.
const CUTS: u32 = 40;

/// The ratio of the golden section.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// A line, an edge of an area or a route, in short pieces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
struct Piece {
    from: (f64, f64),
    to: (f64, f64),
    middle: [f64; 3],
    /// At least half its length, metres.
    half_m: f64,
}

impl Line {
    /// Adds a line through these points (lon, lat), degrees.
    pub fn add(&mut self, points: &[(f64, f64)]) {
        for pair in points.windows(2) {
            self.add_edge(pair[0], pair[1]);
        }
    }

    fn add_edge(&mut self, from: (f64, f64), to: (f64, f64)) {
        let longest = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        let mut count = 1.0;
        while longest / count > PIECE_DEG {
            count += 1.0;
        }
        let mut start = from;
        let mut at = 1.0;
        while at <= count {
            let end = if at < count { between(from, to, at / count) } else { to };
            self.pieces.push(Piece::new(start, end));
            start = end;
            at += 1.0;
        }
    }

    /// How far the point lies from the line, metres on the WGS84 ellipsoid, to a millimetre; infinite where there is no line.
    pub fn distance_m(&self, lon: f64, lat: f64) -> f64 {
        let from = earth::in_space(lon, lat);
        let mut least: Vec<(f64, &Piece)> = self.pieces.iter().map(|piece| (piece.least_m(from), piece)).collect();
        let Some(first) = least.iter().min_by(|a, b| a.0.total_cmp(&b.0)) else { return f64::INFINITY };
        let mut nearest = first.1.distance_m(lon, lat);
        least.retain(|(least_m, _)| *least_m < nearest);
        for (least_m, piece) in least {
            if least_m < nearest {
                nearest = nearest.min(piece.distance_m(lon, lat));
            }
        }
        nearest
    }

    /// Whether the point lies at most `radius_m` metres from the line.
    pub fn is_near(&self, lon: f64, lat: f64, radius_m: f64) -> bool {
        let from = earth::in_space(lon, lat);
        let mut can_be = self.pieces.iter().filter(|piece| piece.least_m(from) <= radius_m);
        can_be.any(|piece| piece.distance_m(lon, lat) <= radius_m)
    }

    /// The boxes (west, south, east, north) of the pieces.
    pub(super) fn extents(&self) -> impl Iterator<Item = [f64; 4]> + '_ {
        self.pieces
            .iter()
            .map(|Piece { from, to, .. }| [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)])
    }
}

impl Piece {
    fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        let (lon, lat) = between(from, to, 0.5);
        // The parallel nearest to the equator is the longest.
        let least_lat = if from.1 * to.1 <= 0.0 { 0.0 } else { from.1.abs().min(to.1.abs()) };
        let aside = (to.0 - from.0) * least_lat.to_radians().cos();
        let half_m = MOST_METRES_A_DEGREE * aside.hypot(to.1 - from.1) / 2.0;
        Piece { from, to, middle: earth::in_space(lon, lat), half_m }
    }

    /// A distance at most as long as that from a point in space: the chord to the middle, less half the piece.
    fn least_m(&self, from: [f64; 3]) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|axis: usize| from[axis] - self.middle[axis]);
        (x * x + y * y + z * z).sqrt() * EQUATORIAL_RADIUS_M - self.half_m
    }

    /// The least geodesic distance, by golden section.
    fn distance_m(&self, lon: f64, lat: f64) -> f64 {
        let distance = |share: f64| {
            let at = between(self.from, self.to, share);
            earth::distance_m(lon, lat, at.0, at.1)
        };
        let (mut low, mut high) = (0.0, 1.0);
        let (mut left, mut right) = (1.0 - GOLDEN, GOLDEN);
        let (mut at_left, mut at_right) = (distance(left), distance(right));
        for _ in 0..CUTS {
            if at_left <= at_right {
                (high, right, at_right) = (right, left, at_left);
                left = high - GOLDEN * (high - low);
                at_left = distance(left);
            } else {
                (low, left, at_left) = (left, right, at_right);
                right = low + GOLDEN * (high - low);
                at_right = distance(right);
            }
        }
        at_left.min(at_right).min(distance(0.0)).min(distance(1.0))
    }
}

fn between(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}
