//! What RFC 7946 wants of GeoJSON, for any incidents and any cell. Sections are those of the RFC.

use geo::{Area, LineString, Polygon, Validation};
use mawqi::export::geojson::{GeoJson, GeoJsonSeq, polygons};
use mawqi::export::{Stream, stream};
use mawqi::index::{By, Grid, Summary};
use mawqi::model::{Brief, Incident};
use proptest::prelude::*;
use serde_json::Value;

use crate::fixture::at;

/// Incidents with any words, all over the Earth, its seams among them, and some with no point on it.
fn incidents() -> impl Strategy<Value = Vec<Incident>> {
    let lon = prop_oneof![-180.0..=180.0_f64, Just(180.0), Just(-180.0), Just(f64::NAN), Just(200.0)];
    let lat = prop_oneof![-90.0..=90.0_f64, Just(90.0), Just(-0.0), Just(-91.0)];
    let incident = (lon, lat, any::<String>(), any::<Option<String>>(), 0.0..=1.0_f64);
    let made = incident.prop_map(|(lon, lat, id, place, confidence)| Incident {
        place,
        confidence,
        weapons: vec![id.clone()],
        ..at(&id, lon, lat)
    });
    prop::collection::vec(made, 0..12)
}

fn written(format: &dyn Stream, incidents: &[Incident]) -> String {
    let mut out = Vec::new();
    stream(format, incidents, &mut out).unwrap();
    String::from_utf8(out).expect("UTF-8 (11.1, RFC 8259)")
}

/// Whether an object and all in it bear no member of old or misplaced (4, 7.1).
fn assert_members(object: &Value, kind: &str) {
    assert_eq!(object["type"], kind);
    assert!(object.get("crs").is_none(), "4: no other reference system");
    let misplaced = match kind {
        "FeatureCollection" => ["coordinates", "geometries", "geometry", "properties"].as_slice(),
        "Feature" => &["coordinates", "geometries", "features"],
        _ => &["geometry", "properties", "features"],
    };
    assert!(misplaced.iter().all(|name| object.get(*name).is_none()), "7.1: {object}");
}

/// A feature as section 3.2 wants it; its longitude and latitude.
fn assert_feature(feature: &Value) -> [f64; 2] {
    assert_members(feature, "Feature");
    assert!(feature["id"].is_string() && feature["properties"].is_object(), "3.2: {feature}");
    let geometry = &feature["geometry"];
    assert_members(geometry, "Point");
    let position = geometry["coordinates"].as_array().unwrap();
    let [lon, lat] = [0, 1].map(|at| position[at].as_f64().expect("3.1.1: numbers"));
    assert_eq!(position.len(), 2, "3.1.1: longitude and latitude");
    assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat), "4: {lon}, {lat}");
    [lon, lat]
}

/// The geometry that `mawqi summary` writes of the cell in which a point lies.
fn cell(grid: Grid, lon: f64, lat: f64) -> Value {
    let mut summary = Summary::new(By::Cell(grid));
    summary.add(&Brief::of(&at("one", lon, lat), 0).expect("it has a point"));
    let rows = summary.rows();
    polygons(&rows[0].1.polygons)
}

/// The polygons of a geometry, each of one ring, looked at as sections 3.1.6 and 3.1.9 want them.
fn assert_polygons(geometry: &Value) -> Vec<Polygon> {
    let several = geometry["type"] == "MultiPolygon";
    assert_members(geometry, if several { "MultiPolygon" } else { "Polygon" });
    let coordinates = geometry["coordinates"].clone();
    let polygons: Vec<Vec<Vec<[f64; 2]>>> =
        serde_json::from_value(if several { coordinates } else { serde_json::json!([coordinates]) }).unwrap();
    assert_eq!(polygons.len() > 1, several);
    let polygon = |rings: Vec<Vec<[f64; 2]>>| {
        let [ring] = <[Vec<[f64; 2]>; 1]>::try_from(rings).expect("no holes");
        assert!(ring.len() >= 4 && ring.first() == ring.last(), "3.1.6: a closed ring, {ring:?}");
        let on_map = |[lon, lat]: &[f64; 2]| (-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat);
        assert!(ring.iter().all(on_map), "3.1.9: cut at the antimeridian, {ring:?}");
        let polygon = Polygon::new(LineString::from(ring), Vec::new());
        assert!(polygon.signed_area() > 0.0, "3.1.6: against the clock, {polygon:?}");
        assert!(polygon.is_valid(), "{polygon:?}: {:?}", polygon.validation_errors());
        polygon
    };
    polygons.into_iter().map(polygon).collect()
}

/// The width of all together, degrees of longitude.
fn widths(polygons: &[Polygon]) -> f64 {
    let width = |polygon: &Polygon| {
        let lons = || polygon.exterior().coords().map(|at| at.x);
        lons().fold(f64::MIN, f64::max) - lons().fold(f64::MAX, f64::min)
    };
    polygons.iter().map(width).sum()
}

/// Cells on the seam are cut in two, those with a pole reach around the Earth, the others are one.
#[test]
fn cells_are_cut_at_the_antimeridian() {
    for resolution in 1..=9 {
        let grid = Grid::h3(resolution).unwrap();
        for lat in [-70.0, -17.0, 0.1, 52.0] {
            let parts = assert_polygons(&cell(grid, 180.0, lat));
            assert_eq!(parts.len(), 2, "resolution {resolution} at {lat}");
            assert!(widths(&parts) < 45.0, "{parts:?}");
        }
        for lat in [-90.0, 90.0] {
            let parts = assert_polygons(&cell(grid, 12.0, lat));
            assert_eq!((parts.len(), widths(&parts)), (1, 360.0), "resolution {resolution} at {lat}");
        }
        assert_eq!(assert_polygons(&cell(grid, 44.4, 33.3)).len(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_incidents_make_a_collection(incidents in incidents()) {
        let collection: Value = serde_json::from_str(&written(&GeoJson, &incidents)).unwrap();
        assert_members(&collection, "FeatureCollection");
        let features = collection["features"].as_array().unwrap();
        let points: Vec<[f64; 2]> = features.iter().map(assert_feature).collect();
        let on_earth = incidents.iter().filter(|i| {
            i.lon.is_some_and(|lon| lon.abs() <= 180.0) && i.lat.is_some_and(|lat| lat.abs() <= 90.0)
        });
        prop_assert_eq!(points.len(), on_earth.count());
        let Some(bbox) = collection.get("bbox") else {
            prop_assert!(points.is_empty());
            return Ok(());
        };
        let side = |at: usize, pick: fn(f64, f64) -> f64| points.iter().map(|point| point[at]).reduce(pick).unwrap();
        // 5: west, south, east, north. Points on both sides of the antimeridian give a box around the Earth.
        let expected = [side(0, f64::min), side(1, f64::min), side(0, f64::max), side(1, f64::max)];
        prop_assert_eq!(bbox, &serde_json::json!(expected));
    }

    #[test]
    fn any_incidents_make_a_feature_a_line(incidents in incidents()) {
        let lines = written(&GeoJsonSeq, &incidents);
        prop_assert!(lines.is_empty() || lines.ends_with('\n'));
        for line in lines.lines() {
            assert_feature(&serde_json::from_str(line).unwrap());
        }
    }

    #[test]
    fn any_cell_is_polygons_that_are_valid(lon in -180.0..=180.0_f64, lat in -90.0..=90.0_f64, h3 in 0..=12_u8, side in 0.01..=90.0_f64) {
        for grid in [Grid::h3(h3).unwrap(), Grid::Degrees(side)] {
            let parts = assert_polygons(&cell(grid, lon, lat));
            prop_assert!((1..=2).contains(&parts.len()));
        }
    }
}
