//! Rings of degrees as RFC 7946 wants polygons (3.1.6, 3.1.9): against the clock, between -180 and 180, cut in two at the
//! antimeridian, and led along the edge of the map where they hold a pole.

/// Corners (lon, lat), the first again at the end.
pub type Ring = Vec<[f64; 2]>;

/// The ring of these corners, against the clock on the globe and none twice, as one polygon or several without holes.
///
/// A ring that holds a pole has to be seen from it in full, which every cell of a grid is.
pub(super) fn cut(corners: &[[f64; 2]]) -> Vec<Ring> {
    let ring = unrolled(corners);
    let ends = ring.first().zip(ring.last());
    let turned = ends.map_or(0.0, |(first, last)| near(first[0], last[0]) - first[0]);
    if turned.abs() > 180.0 {
        return vec![around_pole(corners, turned > 0.0)];
    }
    [-1.0, 0.0, 1.0].iter().filter_map(|turns| part(&ring, turns * 360.0)).collect()
}

/// The longitude, whole turns away, that is nearest to another.
fn near(lon: f64, other: f64) -> f64 {
    lon - ((lon - other) / 360.0).round() * 360.0
}

/// Corners whose longitudes run on beyond 180 instead of leaping.
fn unrolled(corners: &[[f64; 2]]) -> Ring {
    let mut ring = Ring::with_capacity(corners.len());
    for &[lon, lat] in corners {
        let before = ring.last().map_or(lon, |corner: &[f64; 2]| corner[0]);
        ring.push([near(lon, before), lat]);
    }
    ring
}

/// The ring around a pole: from one edge of the map to the other, and back along the pole. It goes east around the
/// northern one.
fn around_pole(corners: &[[f64; 2]], northern: bool) -> Ring {
    let mut ring: Ring = corners.iter().map(|&[lon, lat]| [near(lon, 0.0), lat]).collect();
    ring.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { return ring };
    let seam = crossing(last, [first[0] + 360.0, first[1]], 180.0);
    let pole = if northern { 90.0 } else { -90.0 };
    ring.insert(0, [-180.0, seam]);
    ring.extend([[180.0, seam], [180.0, pole], [-180.0, pole]]);
    if !northern {
        ring.reverse();
    }
    ring.dedup();
    closed(ring)
}

/// The part of a ring from -180 to 180 after so many degrees are taken off; none where there is no more than a line.
fn part(ring: &[[f64; 2]], degrees: f64) -> Option<Ring> {
    let moved: Ring = ring.iter().map(|&[lon, lat]| [lon - degrees, lat]).collect();
    let part = clipped(&clipped(&moved, -180.0), 180.0);
    let west = part.iter().map(|corner| corner[0]).reduce(f64::min)?;
    let east = part.iter().map(|corner| corner[0]).reduce(f64::max)?;
    (part.len() > 2 && west < east).then(|| closed(part))
}

/// What lies on this side of the meridian at -180 or 180 (the algorithm of Sutherland and Hodgman).
fn clipped(ring: &[[f64; 2]], meridian: f64) -> Ring {
    let beyond = |corner: [f64; 2]| corner[0] * meridian.signum() > 180.0;
    let mut kept = Ring::with_capacity(ring.len() + 2);
    let Some(&last) = ring.last() else { return kept };
    let mut from = last;
    for &to in ring {
        if beyond(from) != beyond(to) {
            kept.push([meridian, crossing(from, to, meridian)]);
        }
        if !beyond(to) {
            kept.push(to);
        }
        from = to;
    }
    kept.dedup();
    if kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    kept
}

/// The latitude at which a line in degrees crosses a meridian.
fn crossing(from: [f64; 2], to: [f64; 2], meridian: f64) -> f64 {
    round(from[1] + (meridian - from[0]) / (to[0] - from[0]) * (to[1] - from[1]))
}

fn closed(mut ring: Ring) -> Ring {
    ring.extend(ring.first().copied());
    ring
}

/// Degrees with six decimals: a decimetre.
pub(super) fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6 + 0.0
}
