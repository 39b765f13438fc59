//! Areas, routes, boxes of degrees and counts, each against the plain way of asking.

use std::fs;

use mawqi::index::window::{around, holds};
use mawqi::index::{
    Area, Briefs, By, Certainty, Corridor, Filter, Grid, Line, Summary, Verdict, distance_m, read_area, read_route,
};
use mawqi::model::{Brief, Incident};
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::at;
use crate::index::{lat, lon, radius};

fn file(geometry: &serde_json::Value) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shape.geojson");
    fs::write(&path, geometry.to_string()).unwrap();
    (folder, path)
}

fn area(rings: &serde_json::Value) -> Area {
    read_area(&file(&json!({ "type": "Polygon", "coordinates": rings })).1).unwrap()
}

fn route(points: &serde_json::Value) -> Line {
    read_route(&file(&json!({ "type": "LineString", "coordinates": points })).1).unwrap()
}

fn fault(geometry: &serde_json::Value) -> String {
    read_area(&file(geometry).1).unwrap_err().to_string()
}

fn briefs(points: &[(f64, f64, Option<u32>)]) -> Vec<Brief> {
    let incident = |(number, (lon, lat, uncertainty_m)): (i64, &(f64, f64, Option<u32>))| {
        let incident = Incident { uncertainty_m: *uncertainty_m, ..at(&format!("{number:03}"), *lon, *lat) };
        Brief::of(&incident, number).unwrap()
    };
    (0..).zip(points).map(incident).collect()
}

#[test]
fn a_polygon_holds_its_inside_and_its_edge_but_not_its_hole() {
    let area = area(&json!([
        [[40, 30], [50, 30], [50, 40], [40, 40], [40, 30]],
        [[44, 34], [44, 36], [46, 36], [46, 34], [44, 34]]
    ]));
    assert!(area.contains(41.0, 31.0) && area.contains(40.0, 35.0) && area.contains(44.0, 35.0));
    assert!(!area.contains(45.0, 35.0) && !area.contains(39.999_999, 35.0));
    assert!(holds(&area.windows(), 40.0, 30.0) && !holds(&area.windows(), 52.0, 35.0));
}

#[test]
fn boxes_and_polygons_cross_the_antimeridian() {
    let sides = Area::sides(170.0, -10.0, -170.0, 10.0, "").unwrap();
    let drawn = area(&json!([[[170, -10], [190, -10], [190, 10], [170, 10], [170, -10]]]));
    for area in [&sides, &drawn] {
        for (lon, is_in) in
            [(175.0, true), (180.0, true), (-180.0, true), (-175.0, true), (-169.0, false), (0.0, false)]
        {
            assert_eq!(area.contains(lon, 0.0), is_in, "{lon}");
            assert!(!is_in || holds(&area.windows(), lon, 0.0), "{lon}");
        }
    }
    assert_eq!(sides.windows().len(), 2);
    let north = Area::sides(-180.0, 80.0, 180.0, 90.0, "").unwrap();
    assert!(north.contains(17.0, 90.0) && !north.contains(17.0, 79.9));
    let sure = north.judge((0.0, 89.0), Some(500_000), false, Certainty::Surely, false);
    assert_eq!(sure, Verdict::In, "neither the pole nor the antimeridian is an edge");
    assert!(Area::sides(0.0, 10.0, 1.0, 9.0, "0,10,1,9").unwrap_err().to_string().contains("south below the north"));
    assert!(Area::sides(0.0, 91.0, 1.0, 92.0, "x").unwrap_err().to_string().contains("latitudes -90 to 90"));
}

#[test]
fn what_is_wrong_with_a_polygon_is_said() {
    let polygon = |rings: serde_json::Value| json!({ "type": "Polygon", "coordinates": rings });
    let bow = polygon(json!([[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]));
    assert!(fault(&bow).contains("polygon 1: not valid: exterior ring has a self-intersection"), "{}", fault(&bow));
    assert!(fault(&polygon(json!([[[0, 0], [1, 0], [1, 1], [0, 1]]]))).contains("ring 1 is not closed"));
    assert!(fault(&polygon(json!([[[0, 0], [1, 0], [0, 0]]]))).contains("3 positions, expected 4 at least"));
    assert!(fault(&polygon(json!([]))).contains("no ring"));
    assert!(fault(&polygon(json!([[[33, 144], [34, 144], [34, 145], [33, 144]]]))).contains("are they swapped?"));
    assert!(fault(&json!({ "type": "Point", "coordinates": [0, 0] })).contains("found a Point, expected a Polygon"));
    assert!(fault(&json!({ "type": "FeatureCollection", "features": [] })).contains("it holds no polygon"));
    assert!(fault(&json!({ "type": "Nonsense" })).contains("not GeoJSON"));
    let line = read_route(&file(&json!({ "type": "LineString", "coordinates": [[0, 0]] })).1).unwrap_err();
    assert!(line.to_string().contains("expected 2 at least") || line.to_string().contains("not GeoJSON"), "{line}");
    assert!(read_route(&file(&bow).1).unwrap_err().to_string().contains("expected a LineString"));
}

#[test]
fn a_circle_of_uncertainty_lies_within_surely_possibly_or_not() {
    let area = area(&json!([[[40, 30], [50, 30], [50, 40], [40, 40], [40, 30]]]));
    let judge = |lon: f64, unsure: u32, certainty| area.judge((lon, 35.0), Some(unsure), false, certainty, false);
    // A degree of longitude is 91.3 km there.
    assert_eq!(judge(41.0, 91_000, Certainty::Surely), Verdict::In);
    assert_eq!(judge(41.0, 92_000, Certainty::Surely), Verdict::TooUncertain);
    assert_eq!(judge(39.0, 91_000, Certainty::Possibly), Verdict::Out);
    assert_eq!(judge(39.0, 92_000, Certainty::Possibly), Verdict::In);
    assert_eq!(judge(41.0, 92_000, Certainty::Centre), Verdict::In);
    assert_eq!(area.judge((41.0, 35.0), None, true, Certainty::Centre, false), Verdict::TooUncertain);
    assert_eq!(area.judge((41.0, 35.0), None, true, Certainty::Centre, true), Verdict::In);
    let circle = Area::circle(45.0, 35.0, 50_000.0);
    assert_eq!(circle.judge((45.0, 35.0), Some(50_000), false, Certainty::Surely, false), Verdict::In);
    assert_eq!(circle.judge((45.0, 35.0), Some(50_001), false, Certainty::Surely, false), Verdict::TooUncertain);
    assert_eq!(circle.judge((46.0, 35.0), Some(50_000), false, Certainty::Possibly, false), Verdict::In);
}

#[test]
fn a_route_has_a_width() {
    let line = route(&json!([[44, 33], [46, 33], [46, 35]]));
    // North of the parallel by a tenth of a degree of latitude, 11.09 km.
    let off = line.distance_m(45.0, 33.1);
    assert!((off - 11_091.0).abs() < 5.0, "{off}");
    assert!(line.is_near(45.0, 33.1, 11_200.0) && !line.is_near(45.0, 33.1, 11_000.0));
    assert!((line.distance_m(47.0, 36.0) - distance_m(47.0, 36.0, 46.0, 35.0)).abs() < 0.001, "beyond the end");
    assert!(line.distance_m(44.5, 33.0) < 0.001 && line.distance_m(46.0, 34.321) < 0.001);
    assert!(Line::default().distance_m(0.0, 0.0).is_infinite());
    let across = route(&json!([[179, 0], [181, 0]]));
    assert!((across.distance_m(-179.5, 0.1) - distance_m(0.0, 0.0, 0.0, 0.1)).abs() < 0.1);
    assert!(holds(&Corridor::new(across, 20_000.0).windows(), -179.5, 0.1));
}

#[test]
fn incidents_are_counted_by_key() {
    let mut briefs = briefs(&[(44.0, 33.0, None), (44.1, 33.1, None), (180.0, 90.0, None)]);
    briefs[0].date_start = Some("2024-01-31".parse().unwrap());
    briefs[1].date_start = Some("2024-02-01".parse().unwrap());
    briefs[0].killed_min = Some(3);
    (briefs[0].country, briefs[0].admin1) = (Some("IQ".into()), Some("Anbar".into()));
    briefs[1].claimed_by = Some("Houthis".into());
    let rows = |by: By| -> Vec<(String, usize)> {
        let mut summary = Summary::new(by);
        for brief in &briefs {
            summary.add(brief);
        }
        summary.rows().into_iter().map(|(key, count)| (key.to_owned(), count.incidents)).collect()
    };
    let named =
        |rows: &[(&str, usize)]| -> Vec<(String, usize)> { rows.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect() };
    assert_eq!(rows(By::Month), named(&[("2024-01", 1), ("2024-02", 1), ("", 1)]));
    assert_eq!(rows(By::Type), named(&[("other", 3)]));
    assert_eq!(rows(By::Actor), named(&[("", 2), ("Houthis", 1)]));
    assert_eq!(rows(By::Admin1), named(&[("", 2), ("IQ, Anbar", 1)]));
    assert_eq!(rows(By::Cell(Grid::Degrees(0.5))), named(&[("33,44", 2), ("89.5,179.5", 1)]));
    // Of H3, by its own tools: the hexagons of resolution 4 at these points.
    assert_eq!(rows(By::Cell(Grid::h3(4).unwrap())).iter().map(|row| row.1).sum::<usize>(), 3);
    assert!(Grid::h3(16).unwrap_err().to_string().contains("0 to 15"));
}

#[test]
fn the_hexagon_of_the_h3_documentation_is_found() {
    // https://h3geo.org/docs/quickstart: 37.7955, -122.3937 lies in 8a283082a677fff (resolution 10).
    let mut summary = Summary::new(By::Cell(Grid::h3(10).unwrap()));
    summary.add(&briefs(&[(-122.3937, 37.7955, None)])[0]);
    let rows = summary.rows();
    assert_eq!(rows[0].0.len(), 15);
    let [ring] = &rows[0].1.polygons[..] else { panic!("one polygon") };
    assert_eq!((ring.len(), ring[0]), (7, ring[6]));
    assert!(ring.iter().all(|[lon, lat]| distance_m(*lon, *lat, -122.3937, 37.7955) < 200.0));
}

/// A point, and one that is not far from it.
fn pair() -> impl Strategy<Value = ((f64, f64), (f64, f64))> {
    prop_oneof![
        ((lon(), lat()), (lon(), lat())),
        ((lon(), lat()), -2.0..2.0, -2.0..2.0).prop_map(|((lon, lat), east, north): ((f64, f64), f64, f64)| {
            let turned = (lon + east + 540.0).rem_euclid(360.0) - 180.0;
            ((lon, lat), (turned, (lat + north).clamp(-90.0, 90.0)))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_hold_all_that_is_near(((lon, lat), (to_lon, to_lat)) in pair(), more in 0.0..1_000.0) {
        let distance_m = distance_m(lon, lat, to_lon, to_lat);
        prop_assert!(holds(&around(lon, lat, distance_m + more), to_lon, to_lat));
        for [west, south, east, north] in around(lon, lat, distance_m) {
            prop_assert!(-180.0 <= west && west <= east && east <= 180.0 && -90.0 <= south && south <= north && north <= 90.0);
        }
    }

    #[test]
    fn a_route_is_as_near_as_its_nearest_point(
        (from, to) in pair(), point in (lon(), lat()), shares in prop::collection::vec(0.0..=1.0_f64, 20),
    ) {
        prop_assume!((from.0 - to.0).abs() < 10.0);
        let mut line = Line::default();
        line.add(&[from, to]);
        let nearest = line.distance_m(point.0, point.1);
        for share in shares.into_iter().chain([0.0, 1.0]) {
            // Rounding must not lead beyond a pole.
            let at = (from.0 + (to.0 - from.0) * share, (from.1 + (to.1 - from.1) * share).clamp(-90.0, 90.0));
            prop_assert!(distance_m(point.0, point.1, at.0, at.1) >= nearest - 0.001);
        }
        prop_assert!(line.is_near(point.0, point.1, nearest + 0.001));
        prop_assert!(nearest < 0.01 || !line.is_near(point.0, point.1, nearest * 0.999_999 - 0.001));
        let corridor = Corridor::new(line, nearest + 1.0);
        prop_assert!(holds(&corridor.windows(), point.0, point.1));
    }

    #[test]
    fn a_box_equals_comparing_degrees(west in lon(), east in lon(), south in lat(), north in lat(), point in (lon(), lat())) {
        let (south, north) = (f64::min(south, north), f64::max(south, north));
        let area = Area::sides(west, south, east, north, "").unwrap();
        let turns = |lon: f64| [lon - 360.0, lon, lon + 360.0];
        let reach = if west > east { east + 360.0 } else { east };
        let is_in = turns(point.0).iter().any(|lon| west <= *lon && *lon <= reach) && south <= point.1 && point.1 <= north;
        prop_assert_eq!(area.contains(point.0, point.1), is_in);
        prop_assert!(!is_in || holds(&area.windows(), point.0, point.1));
    }

    #[test]
    fn briefs_equal_a_linear_scan(
        points in prop::collection::vec((lon(), lat(), prop::option::of(0..3_000_000_u32)), 0..100), from in (lon(), lat()),
        radius_m in radius(), certainty in prop::sample::select(vec![Certainty::Centre, Certainty::Surely, Certainty::Possibly]),
    ) {
        let briefs = briefs(&points);
        let filter = Filter { certainty, ..Filter::default() };
        let (mut expected, mut left_out) = (Vec::new(), 0);
        for brief in &briefs {
            let distance_m = distance_m(from.0, from.1, brief.lon, brief.lat);
            match certainty.judge(distance_m, brief.uncertainty_m, radius_m, false) {
                Verdict::In => expected.push((distance_m, brief.id.clone())),
                Verdict::TooUncertain => left_out += 1,
                Verdict::Out => {}
            }
        }
        expected.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let index = Briefs::new(briefs, certainty);
        let (found, too_uncertain) = index.within(from.0, from.1, radius_m, &filter);
        let found: Vec<_> = found.iter().map(|near| (near.distance_m, near.brief.id.clone())).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(too_uncertain, left_out);
    }
}
