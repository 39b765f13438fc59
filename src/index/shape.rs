//! Areas and routes out of GeoJSON files, with what is wrong with one that is none.

use std::path::Path;

use geo::{Coord, LineString, MultiPolygon, Polygon, Validation};
use geojson::{GeoJson, GeometryValue, Position};

use super::area::Area;
use super::line::Line;
use crate::{Error, Result};

/// Longitudes may run on beyond the antimeridian, once around.
const MOST_LON: f64 = 360.0;

/// The polygons of a GeoJSON file as one area. Rings must be closed and must not cross themselves or each other; longitudes
/// beyond 180 run on across the antimeridian.
pub fn read_area(path: &Path) -> Result<Area> {
    let mut polygons = Vec::new();
    for geometry in geometries(path)? {
        match geometry {
            GeometryValue::Polygon { coordinates } => polygons.push(polygon(path, polygons.len() + 1, &coordinates)?),
            GeometryValue::MultiPolygon { coordinates } => {
                for rings in &coordinates {
                    polygons.push(polygon(path, polygons.len() + 1, rings)?);
                }
            }
            other => return Err(wrong_type(path, &other, "a Polygon or MultiPolygon")),
        }
    }
    if polygons.is_empty() {
        return Err(Error::file(path, "empty: it holds no polygon"));
    }
    Ok(Area::polygons(MultiPolygon(polygons)))
}

/// The lines of a GeoJSON file as one route.
pub fn read_route(path: &Path) -> Result<Line> {
    let mut line = Line::default();
    let mut count = 0;
    for geometry in geometries(path)? {
        let parts = match geometry {
            GeometryValue::LineString { coordinates } => vec![coordinates],
            GeometryValue::MultiLineString { coordinates } => coordinates,
            other => return Err(wrong_type(path, &other, "a LineString or MultiLineString")),
        };
        for part in parts {
            count += 1;
            let points = points(path, &format!("line {count}"), &part)?;
            if points.len() < 2 {
                return Err(Error::file(
                    path,
                    format!("line {count} has {} position(s), expected 2 at least", points.len()),
                ));
            }
            line.add(&points.iter().map(|at| (at.x, at.y)).collect::<Vec<_>>());
        }
    }
    if count == 0 { Err(Error::file(path, "empty: it holds no line")) } else { Ok(line) }
}

/// All geometries of a file, those of collections one by one.
fn geometries(path: &Path) -> Result<Vec<GeometryValue>> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
    let parsed: GeoJson = text.parse().map_err(|e| Error::file(path, format!("not GeoJSON: {e}")))?;
    let mut waiting: Vec<geojson::Geometry> = match parsed {
        GeoJson::Geometry(geometry) => vec![geometry],
        GeoJson::Feature(feature) => feature.geometry.into_iter().collect(),
        GeoJson::FeatureCollection(all) => all.features.into_iter().filter_map(|feature| feature.geometry).collect(),
    };
    waiting.reverse();
    let mut found = Vec::new();
    while let Some(geometry) = waiting.pop() {
        match geometry.value {
            GeometryValue::GeometryCollection { geometries } => waiting.extend(geometries.into_iter().rev()),
            value => found.push(value),
        }
    }
    Ok(found)
}

fn wrong_type(path: &Path, found: &GeometryValue, expected: &str) -> Error {
    Error::file(path, format!("found a {}, expected {expected}", found.type_name()))
}

/// The `number`-th polygon of a file, if it is one.
fn polygon(path: &Path, number: usize, rings: &[Vec<Position>]) -> Result<Polygon> {
    let fault = |reason: String| Error::file(path, format!("polygon {number}: {reason}"));
    let rings: Vec<LineString> = rings
        .iter()
        .zip(1..)
        .map(|(positions, ring)| {
            let points = points(path, &format!("polygon {number}, ring {ring}"), positions)?;
            if points.len() < 4 {
                return Err(fault(format!("ring {ring} has {} positions, expected 4 at least", points.len())));
            }
            if points.first() != points.last() {
                return Err(fault(format!("ring {ring} is not closed: its last position must be its first")));
            }
            Ok(LineString(points))
        })
        .collect::<Result<_>>()?;
    let mut rings = rings.into_iter();
    let Some(outer) = rings.next() else { return Err(fault("it has no ring".to_owned())) };
    let polygon = Polygon::new(outer, rings.collect());
    polygon.check_validation().map_err(|e| fault(format!("not valid: {e}")))?;
    Ok(polygon)
}

fn points(path: &Path, what: &str, positions: &[Position]) -> Result<Vec<Coord>> {
    let point = |position: &Position| {
        let fault = |reason: &str| Err(Error::file(path, format!("{what}: {reason}")));
        let &[lon, lat, ..] = position.as_slice() else { return fault("a position needs longitude and latitude") };
        if (-MOST_LON..=MOST_LON).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            return Ok(Coord { x: lon, y: lat });
        }
        let swapped = (-90.0..=90.0).contains(&lon) && (-180.0..=180.0).contains(&lat);
        let hint = if swapped { "; GeoJSON has longitude before latitude: are they swapped?" } else { "" };
        fault(&format!("found {lon}, {lat}, expected degrees of longitude and latitude{hint}"))
    };
    positions.iter().map(point).collect()
}
