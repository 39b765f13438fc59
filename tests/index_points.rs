//! The tree of points: every answer equals a linear scan, also after points have come and gone; the geodesics are those
//! of GeographicLib; degrees are never taken for a distance.

use mawqi::index::{Certainty, Filter, Index, Points, bearing_deg, distance_m};
use mawqi::model::Incident;
use proptest::prelude::*;

use crate::fixture::at;
use crate::index::{HALF_EARTH_M, lat, lon, radius};

/// Geodesics with their lengths and directions, published with GeographicLib's own tests (`TESTCASES` of its
/// `python/test/test_geodesic.py`; Charles Karney, MIT licence).
const GEODESICS: &str = include_str!("corpus/geodesics.csv");

fn point() -> impl Strategy<Value = (f64, f64)> {
    (lon(), lat())
}

fn points() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec(point(), 0..150).prop_flat_map(|points| {
        // Some stand for several.
        let count = points.len().max(1);
        let twice = prop::collection::vec(0..count, 0..40);
        (Just(points), twice).prop_map(|(points, twice)| {
            let again: Vec<_> = twice.iter().filter_map(|at| points.get(*at).copied()).collect();
            [points, again].concat()
        })
    })
}

fn numbered(points: &[(f64, f64)]) -> Vec<(f64, f64, u32)> {
    points.iter().zip(0..).map(|((lon, lat), number)| (*lon, *lat, number)).collect()
}

/// All that a linear scan finds, with distances, in order.
fn scan(points: &[(f64, f64, u32)], lon: f64, lat: f64) -> Vec<(f64, u32)> {
    let mut all: Vec<(f64, u32)> = points.iter().map(|p| (distance_m(lon, lat, p.0, p.1), p.2)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all
}

fn assert_as_scanned(
    index: &Points<u32>,
    points: &[(f64, f64, u32)],
    (lon, lat): (f64, f64),
    radius_m: f64,
    count: usize,
) {
    let all = scan(points, lon, lat);
    let mut within: Vec<u32> = all.iter().filter(|hit| hit.0 <= radius_m).map(|hit| hit.1).collect();
    within.sort_unstable();
    let mut found = index.within(lon, lat, radius_m);
    found.sort_unstable();
    assert_eq!(found, within);
    assert_eq!(index.count_within(lon, lat, radius_m), within.len());
    let nearest: Vec<u32> = all.iter().take(count).map(|hit| hit.1).collect();
    assert_eq!(index.nearest(lon, lat, count), nearest);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn points_equal_a_linear_scan(
        points in points(), from in point(), radius_m in radius(), count in 0..200_usize, on in any::<prop::sample::Index>(),
        edge in any::<bool>(),
    ) {
        let points = numbered(&points);
        let index = Points::new(points.clone());
        prop_assert_eq!(index.len(), points.len());
        let radius_m = match points.get(on.index(points.len().max(1))).filter(|_| edge) {
            Some(p) => distance_m(from.0, from.1, p.0, p.1),
            None => radius_m,
        };
        assert_as_scanned(&index, &points, from, radius_m, count);
        // From one of the points itself.
        if let Some(p) = points.get(on.index(points.len().max(1))) {
            assert_as_scanned(&index, &points, (p.0, p.1), 0.0, 3);
        }
    }

    #[test]
    fn what_came_and_went_equals_a_linear_scan(
        first in points(), then in points(), gone in prop::collection::vec(any::<prop::sample::Index>(), 0..200),
        from in point(), radius_m in radius(), count in 0..200_usize,
    ) {
        let mut held = numbered(&first);
        let mut index = Points::new(held.clone());
        for (number, (lon, lat)) in then.into_iter().enumerate() {
            let payload = 1000 + u32::try_from(number).unwrap();
            prop_assert!(index.insert(lon, lat, payload));
            held.push((lon, lat, payload));
        }
        for at in gone {
            if !held.is_empty() {
                let (lon, lat, payload) = held.swap_remove(at.index(held.len()));
                prop_assert!(index.remove(lon, lat, payload));
                prop_assert!(!index.remove(lon, lat, payload));
            }
        }
        prop_assert_eq!(index.len(), held.len());
        prop_assert_eq!(index.is_empty(), held.is_empty());
        assert_as_scanned(&index, &held, from, radius_m, count);
    }

    #[test]
    fn surely_and_possibly_equal_a_linear_scan(
        points in points(), unsure in prop::collection::vec(prop::option::of(0..2_000_000_u32), 200), from in point(),
        radius_m in radius(),
    ) {
        let (lon, lat) = from;
        let incidents: Vec<Incident> = numbered(&points)
            .into_iter()
            .zip(unsure)
            .map(|((lon, lat, number), uncertainty_m)| Incident { uncertainty_m, ..at(&format!("{number:03}"), lon, lat) })
            .collect();
        let index = Index::new(incidents.clone());
        for certainty in [Certainty::Surely, Certainty::Possibly] {
            let answer = index.within_radius(lon, lat, radius_m, &Filter { certainty, ..Filter::default() });
            let mut found: Vec<&str> = answer.hits.iter().map(|hit| hit.incident.id.as_str()).collect();
            found.sort_unstable();
            let is_in = |i: &&Incident| {
                let distance_m = distance_m(lon, lat, i.lon.unwrap(), i.lat.unwrap());
                let unsure_m = f64::from(i.uncertainty_m.unwrap_or(0));
                if certainty == Certainty::Surely { distance_m + unsure_m <= radius_m } else { distance_m - unsure_m <= radius_m }
            };
            let expected: Vec<&str> = incidents.iter().filter(is_in).map(|i| i.id.as_str()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

#[test]
fn geodesics_are_those_of_geographiclib() {
    let mut table = csv::Reader::from_reader(GEODESICS.as_bytes());
    let rows: Vec<[f64; 7]> = table.deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 20);
    for [lat_1, lon_1, azimuth, lat_2, lon_2, _, length_m] in rows {
        assert!((distance_m(lon_1, lat_1, lon_2, lat_2) - length_m).abs() < 1e-8, "{lat_1} {lon_1}: {length_m}");
        let turn = (bearing_deg(lon_1, lat_1, lon_2, lat_2) - azimuth).rem_euclid(360.0);
        assert!(turn.min(360.0 - turn) < 1e-10, "{lat_1} {lon_1}: {azimuth}");
    }
}

/// A tree of degrees asked for a haversine distance prunes branches by degrees, and loses hits without a word: at 60 degrees
/// north a degree of longitude is half as long as one of latitude, so what lies east is nearer than degrees say.
#[test]
fn degrees_are_never_taken_for_a_distance() {
    // A kilometre steps to the east, and a wall of nearer degrees to the north.
    let east = (1..=200).map(|step| (20.0 + f64::from(step) * 0.01, 60.0, step));
    let north = (1..=200).map(|step| (20.0, 60.0 + f64::from(step) * 0.008, 1000 + step));
    let points: Vec<(f64, f64, u32)> = east.chain(north).collect();
    let index = Points::new(points.clone());
    for radius_m in [10_000.0, 50_000.0, 100_000.0] {
        assert_as_scanned(&index, &points, (20.0, 60.0), radius_m, 50);
    }
    // What a box of as many degrees of longitude as of latitude would hold is not all.
    let degrees = 100_000.0 / 111_195.0;
    let boxed = points.iter().filter(|p| (p.0 - 20.0).abs() <= degrees && (p.1 - 60.0).abs() <= degrees).count();
    assert!(boxed < index.count_within(20.0, 60.0, 100_000.0));
}

#[test]
fn incidents_come_and_go() {
    let mut index = Index::new(vec![at("a", 44.0, 33.0), at("b", 44.0, 33.0), at("c", 45.0, 33.0)]);
    let ids = |index: &Index| -> Vec<String> {
        let answer = index.within_radius(44.0, 33.0, 200_000.0, &Filter::default());
        answer.hits.iter().map(|hit| hit.incident.id.clone()).collect()
    };
    assert_eq!(index.remove("a").map(|i| i.id), Some("a".to_owned()));
    assert_eq!(index.remove("a"), None);
    index.insert(at("d", 44.1, 33.0));
    assert_eq!(ids(&index), ["b", "d", "c"]);
    index.remove("d");
    index.remove("b");
    assert_eq!((ids(&index), index.site_count()), (vec!["c".to_owned()], 1));
}

#[test]
fn a_point_nowhere_is_not_taken() {
    let mut points = Points::new(vec![(181.0, 0.0, 1_u32), (f64::NAN, 0.0, 2)]);
    assert!(!points.insert(0.0, 90.1, 3) && points.is_empty() && points.nearest(0.0, 0.0, 9).is_empty());
    assert_eq!(points.count_within(0.0, 0.0, HALF_EARTH_M), 0);
    assert!(points.insert(0.0, 90.0, 4) && points.insert(-0.0, 0.0, 5) && points.remove(0.0, 0.0, 5));
    assert_eq!(points.within(120.0, 90.0, 0.001), [4]);
}
