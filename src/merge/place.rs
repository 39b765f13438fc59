//! Whether two incidents can lie at one place: by distance, by kind of place, by administrative unit.
//!
//! - two points: within the sum of both uncertainties, and never beyond a cap that their kinds set
//! - a point in a district or governorate: the unit's name, else the distance from its centre
//! - a country holds no finer incident, since it would hold all of them

use geo::{Distance, Haversine, Point};

use super::likeness::{OUT, Part};
use crate::model::{GeoPrecision as P, Incident, PlaceKind};

/// Two sites farther apart are two sites; metres.
const SITE_CAP_M: f64 = 6_000.0;
/// Two settlements farther apart are two settlements; metres.
const SETTLEMENT_CAP_M: f64 = 15_000.0;
/// A site belongs to a settlement this near, as an airport to its city; metres.
const OUTSKIRTS_CAP_M: f64 = 25_000.0;
/// A point reckoned by distance and direction is off by no more; metres.
const OFFSET_CAP_M: f64 = 30_000.0;
/// A place this far beyond a district's radius may still be meant by its name; metres.
const EDGE_M: f64 = 8_000.0;
/// Places nearer than this may lie on both sides of a border; metres.
const BORDER_M: f64 = 10_000.0;
/// Two names of one compound: a camp and the airport it lies on; metres.
const COMPOUND_M: f64 = 2_000.0;

/// A region with a smaller radius is known as closely as a district: a mountain, a strip of coast; metres.
const SMALL_REGION_M: f64 = 30_000.0;

/// The point, (lon, lat) WGS84.
pub(super) fn point(incident: &Incident) -> Option<Point> {
    Some(Point::new(incident.lon?, incident.lat?)).filter(|p| p.x().is_finite() && p.y().is_finite())
}

/// What the coordinates stand for; a settlement where nothing is said.
pub(super) fn level(incident: &Incident) -> P {
    incident.geo_precision.or_else(|| incident.place_kind.map(PlaceKind::precision)).unwrap_or(P::Settlement)
}

/// The radius that holds the incident, metres; by level where it is not given.
pub(super) fn radius_m(incident: &Incident) -> f64 {
    incident.uncertainty_m.map_or_else(
        || match level(incident) {
            P::Site => 5_000.0,
            P::Settlement => 8_000.0,
            P::Offset => 15_000.0,
            P::District => 30_000.0,
            P::Governorate => 80_000.0,
            P::Region => 200_000.0,
            P::Country | P::Sea => 400_000.0,
        },
        f64::from,
    )
}

/// Whether a region is no larger than a district.
fn is_small(region: &Incident) -> bool {
    radius_m(region) <= SMALL_REGION_M
}

/// What a comparison comes to.
#[derive(Debug, Clone, Copy)]
struct Compared {
    score: f64,
    reason: &'static str,
    /// How far apart the two are, where the reason is to say so; metres.
    apart_m: Option<f64>,
}

/// Points for and against one place, with the reason.
pub(super) fn compare(a: &Incident, b: &Incident) -> Part {
    let Compared { score, reason, apart_m } = compared(a, b);
    match apart_m {
        Some(apart_m) if score <= OUT => {
            Part::new("place", score, format!("{:.0} km apart, {reason}", apart_m / 1000.0))
        }
        Some(apart_m) => Part::new("place", score, format!("{reason}, {:.1} km apart", apart_m / 1000.0)),
        None => Part::new("place", score, reason),
    }
}

/// The same points without the reason.
pub(super) fn points_for(a: &Incident, b: &Incident) -> f64 {
    compared(a, b).score
}

fn compared(a: &Incident, b: &Incident) -> Compared {
    let (Some(from), Some(to)) = (point(a), point(b)) else { return out("a place is not known") };
    let apart_m = Haversine.distance(from, to);
    let (fine, wide) = if level(a) <= level(b) { (a, b) } else { (b, a) };
    match (level(fine), level(wide)) {
        (P::Country, P::Country) if same_country(a, b) => part(0.3, "the same country, no finer place told"),
        (P::Country, P::Country) => out("two countries"),
        (P::Country, _) | (_, P::Country) => out("a whole country holds no finer incident"),
        _ if across_border(a, b) && apart_m >= BORDER_M => out("two governorates or countries"),
        (P::Sea, P::Sea) if same_place(a, b) => part(0.8, "the same sea"),
        (P::District | P::Governorate | P::Region, P::Sea) => out("one on land, one at sea"),
        (_, P::Sea) => within(wide, apart_m, 0.0, "in the named sea"),
        (P::Region, P::Region) if same_place(a, b) && is_small(wide) => part(2.0, "the same small region"),
        (P::Region, P::Region) if same_place(a, b) => part(1.0, "the same region"),
        (_, P::Region) if is_small(wide) => within(wide, apart_m, 0.8, "in the named region, a small one"),
        (_, P::Region) => within(wide, apart_m, -1.0, "in the named region"),
        (P::Governorate, P::Governorate) if same_unit(a, b) => part(1.2, "the same governorate"),
        (P::Governorate, P::Governorate) => out("two governorates"),
        (_, P::Governorate) if across_border(a, b) => out("another governorate"),
        (_, P::Governorate) if same_admin1(a, b) && fine.place == wide.place => {
            part(0.5, "a governorate and the city of its name")
        }
        (_, P::Governorate) if same_admin1(a, b) => part(-0.4, "in the named governorate"),
        (_, P::Governorate) => within(wide, apart_m, -0.6, "near the middle of the named governorate"),
        (P::District, P::District) if same_unit(a, b) => part(1.6, "the same district"),
        (P::District, P::District) => out("two districts"),
        (_, P::District) => in_district(fine, wide, apart_m),
        _ => points(fine, wide, apart_m),
    }
}

/// A point and a district.
fn in_district(fine: &Incident, district: &Incident, apart_m: f64) -> Compared {
    // A town reaches as far as its own radius, and a little beyond the line that no report draws.
    let inside = apart_m <= radius_m(district) + radius_m(fine).min(EDGE_M);
    let unit = match (&fine.admin2, &district.admin2) {
        (Some(a), Some(b)) => Some(a == b && same_admin1(fine, district)),
        _ => None,
    };
    if same_place(fine, district) && (inside || unit == Some(true)) {
        part(1.4, "a district and the town of its name")
    } else if unit == Some(true) {
        part(1.0, "in the named district")
    } else if inside && unit.is_none() {
        part(0.8, "within the district's radius")
    } else if inside {
        part(-0.5, "within the radius of another district")
    } else {
        out("outside the named district")
    }
}

/// Two points: sites, settlements, offsets.
fn points(fine: &Incident, wide: &Incident, apart_m: f64) -> Compared {
    let levels = (level(fine), level(wide));
    let cap_m = match levels {
        (P::Site, P::Site) => SITE_CAP_M,
        (P::Settlement, P::Settlement) => SETTLEMENT_CAP_M,
        (P::Site, P::Settlement) => OUTSKIRTS_CAP_M,
        _ => OFFSET_CAP_M,
    };
    let (small_m, large_m) = ordered(radius_m(fine), radius_m(wide));
    if apart_m > cap_m.min(small_m + large_m) {
        return out_at(apart_m);
    }
    let (score, reason) = match levels {
        (_, P::Offset) if apart_m <= COMPOUND_M => (1.6, "the same point reckoned from a place"),
        (_, P::Offset) => (0.6, "a point reckoned from a place, near"),
        _ if same_place(fine, wide) => (2.0, "the same place"),
        (P::Site, P::Settlement) => (0.8, "a site in or near the settlement"),
        (P::Site, P::Site) if apart_m <= COMPOUND_M => (0.8, "two names of one compound"),
        (P::Site, P::Site) => (-0.3, "two sites near each other"),
        _ if apart_m <= large_m && large_m >= 2.0 * small_m => (0.9, "a quarter or village in the wider place"),
        _ if fine.place_id.is_none() || wide.place_id.is_none() => (0.4, "within both uncertainties"),
        _ => (-1.0, "two settlements near each other"),
    };
    Compared { score, reason, apart_m: Some(apart_m) }
}

/// A place in a wider one by distance alone.
fn within(wide: &Incident, apart_m: f64, score: f64, reason: &'static str) -> Compared {
    if apart_m <= radius_m(wide) { part(score, reason) } else { out_at(apart_m) }
}

fn part(score: f64, reason: &'static str) -> Compared {
    Compared { score, reason, apart_m: None }
}

fn out(reason: &'static str) -> Compared {
    part(OUT, reason)
}

fn out_at(apart_m: f64) -> Compared {
    Compared { score: OUT, reason: "beyond what both places allow", apart_m: Some(apart_m) }
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Whether both are known and equal.
fn both<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.is_some() && a == b
}

/// The same gazetteer place, or the same name where an id is missing.
fn same_place(a: &Incident, b: &Incident) -> bool {
    both(a.place_id.as_ref(), b.place_id.as_ref()) || both(a.place.as_ref(), b.place.as_ref())
}

fn same_country(a: &Incident, b: &Incident) -> bool {
    same_place(a, b) || both(a.country.as_ref(), b.country.as_ref())
}

fn same_admin1(a: &Incident, b: &Incident) -> bool {
    both(a.admin1.as_ref(), b.admin1.as_ref()) && a.country == b.country
}

/// The same unit at one level: by gazetteer id where both have one, else by the names of the units.
fn same_unit(a: &Incident, b: &Incident) -> bool {
    if a.place_id.is_some() && b.place_id.is_some() {
        return a.place_id == b.place_id;
    }
    let named = if level(a) == P::District { both(a.admin2.as_ref(), b.admin2.as_ref()) } else { true };
    same_admin1(a, b) && named
}

/// Whether two known countries or two known governorates differ.
fn across_border(a: &Incident, b: &Incident) -> bool {
    let differ = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    differ(&a.country, &b.country) || differ(&a.admin1, &b.admin1)
}
