//! A site into a point with its precision and uncertainty.
//!
//! «على بعد 60 ميلا بحريا جنوب شرق عدن» reckoned from Aden · «قرية لا يعرفها الجدول التابعة لقضاء X» the district, and the
//! village listed as unresolved · «غربي بغداد» fifteen kilometres out.

use geo::{Destination, Geodesic, Point};

use crate::event::facts::Reading;
use crate::event::site::{Site, fineness};
use crate::event::story::Event;
use crate::gazetteer::PlaceIx;
use crate::mention::place::{Offset, PlaceMention};
use crate::model::{GeoPrecision, Place, PlaceKind, UnresolvedName};

/// How far out «غربي بغداد» is taken to lie from a city's centre at most, metres; a judgement.
const CITY_OUTSKIRTS_M: f64 = 15_000.0;
/// Of a city's radius, which reaches to its edge, so much; a judgement.
const OUTSIDE_SHARE: f64 = 1.25;
/// The same for a town, and for a city at least, metres; a judgement.
const TOWN_OUTSKIRTS_M: f64 = 4_000.0;
/// The half-width of an eighth of the compass at a distance, as a share of it: tan 22.5° and a tenth for the distance.
const SECTOR_SHARE: f64 = 0.5;
/// The least uncertainty of a reckoned point, metres.
const OFFSET_LEAST_M: f64 = 10_000.0;

/// Where an event is.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<'g> {
    /// The name as mapped.
    pub name: String,
    /// The gazetteer place the point rests on.
    pub place: &'g Place,
    /// Whether `place` is the place named, not one that holds it.
    pub named: bool,
    /// What the point stands for.
    pub precision: GeoPrecision,
    /// Radius, metres.
    pub uncertainty_m: u32,
    /// Longitude, WGS84 degrees.
    pub lon: f64,
    /// Latitude, WGS84 degrees.
    pub lat: f64,
}

/// The location of a site, where any of its chain is settled.
pub fn locate<'r>(reading: &'r Reading<'_, '_>, site: &Site) -> Option<Located<'r>> {
    let head = &reading.places[site.head];
    let (base, named) = match head.place {
        Some(ix) => (ix, true),
        None => (fallback(reading, site)?, false),
    };
    let place = reading.gazetteer.at(base);
    let located = Located {
        name: if named { place.name_ar.to_string() } else { head.name.clone() },
        place,
        named,
        precision: place.kind.precision(),
        uncertainty_m: place.radius_m,
        lon: place.lon,
        lat: place.lat,
    };
    let first = site.chain.first().copied() == Some(site.head);
    Some(match head.offset.filter(|_| named && first) {
        Some(offset) => shifted(located, offset, head),
        None => located,
    })
}

/// The finest settled member of a chain whose head no table holds; not where the name fits several places.
fn fallback(reading: &Reading<'_, '_>, site: &Site) -> Option<PlaceIx> {
    let head = &reading.places[site.head];
    if !head.tied.is_empty() {
        return None;
    }
    let settled = site.chain.iter().filter(|&&m| reading.places[m].place.is_some());
    settled.min_by_key(|&&m| fineness(&reading.places[m], reading.gazetteer)).and_then(|&m| reading.places[m].place)
}

/// A point reckoned from a place.
fn shifted<'g>(at: Located<'g>, offset: Offset, head: &PlaceMention) -> Located<'g> {
    let area = at.precision.is_area() || at.precision == GeoPrecision::District;
    let (metres, told) = match offset.metres {
        Some(metres) => (metres, true),
        None if area || !head.kinds.is_empty() => return at,
        None if at.place.rank <= 2 && at.place.kind == PlaceKind::City => {
            let edge = f64::from(at.uncertainty_m) * OUTSIDE_SHARE;
            (edge.clamp(TOWN_OUTSKIRTS_M, CITY_OUTSKIRTS_M), false)
        }
        None => (TOWN_OUTSKIRTS_M, false),
    };
    let uncertainty = match (offset.bearing, told) {
        (Some(_), true) => (metres * SECTOR_SHARE + f64::from(at.uncertainty_m)).max(OFFSET_LEAST_M),
        (Some(_), false) => (metres * 1.3).max(f64::from(at.uncertainty_m)),
        (None, _) => (metres * 1.2).max(f64::from(at.uncertainty_m)),
    };
    let (lon, lat) = match offset.bearing {
        Some(bearing) => {
            let point = Geodesic.destination(Point::new(at.lon, at.lat), bearing, metres);
            (point.x(), point.y())
        }
        None => (at.lon, at.lat),
    };
    let precision = if told { GeoPrecision::Offset } else { at.precision };
    Located { lon, lat, uncertainty_m: metres_u32(uncertainty), precision, ..at }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth in metres fits u32")]
fn metres_u32(metres: f64) -> u32 {
    metres.round().clamp(0.0, 2.1e7) as u32
}

/// The names under events that stay unresolved, with the reason.
pub fn unresolved(reading: &Reading<'_, '_>, events: &[Event]) -> Vec<UnresolvedName> {
    let mut heads: Vec<usize> = events.iter().filter_map(|e| e.site.as_ref()).map(|s| s.head).collect();
    heads.sort_unstable();
    heads.dedup();
    heads.into_iter().filter_map(|head| why(reading, &reading.places[head])).collect()
}

fn why(reading: &Reading<'_, '_>, mention: &PlaceMention) -> Option<UnresolvedName> {
    if mention.place.is_some() {
        return None;
    }
    let span = reading.words.span(mention.start, mention.end);
    let ids: Vec<String> = mention.tied.iter().map(|&ix| reading.gazetteer.at(ix).id.to_string()).collect();
    let reason = if ids.is_empty() {
        "no table holds this name".to_owned()
    } else {
        "several places bear this name and nothing in the report tells them apart".to_owned()
    };
    let name = span.of(reading.words.document().text).to_owned();
    Some(UnresolvedName { name, start: span.start, end: span.end, candidates: ids, reason })
}
