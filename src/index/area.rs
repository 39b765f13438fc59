//! Areas: a box, a circle, polygons.

use geo::{BoundingRect, Coord, Intersects, MultiPolygon};

use super::line::Line;
use super::window::{self, Window};
use super::{Certainty, Verdict, earth};
use crate::{Error, Result};

/// Part of the Earth's surface; its edge belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    shape: Shape,
    edge: Line,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    /// West, south, east, north, degrees; east is at least west, and may lie beyond 180.
    Box(Window),
    /// Longitude, latitude, and radius in metres.
    Circle(f64, f64, f64),
    Polygons(MultiPolygon),
}

impl Area {
    /// All within `radius_m` metres of a point.
    pub fn circle(lon: f64, lat: f64, radius_m: f64) -> Self {
        Area { shape: Shape::Circle(lon, lat, radius_m), edge: Line::default() }
    }

    /// A box of degrees; west larger than east lies across the antimeridian. `text` is how it was given, for the error.
    pub fn sides(west: f64, south: f64, east: f64, north: f64, text: &str) -> Result<Self> {
        let fault = |expected: &str| Err(Error::argument("AREA", text, expected));
        if !earth::is_point(west, south) || !earth::is_point(east, north) {
            return fault("W,S,E,N with longitudes -180 to 180 and latitudes -90 to 90");
        }
        if south > north {
            return fault("W,S,E,N with the south below the north");
        }
        let east = if west > east { east + 360.0 } else { east };
        let mut edge = Line::default();
        let round = east - west >= 360.0;
        // Of a box around the whole Earth the sides are no edge, nor is a pole.
        for lat in [south, north].into_iter().filter(|lat| !(round && lat.abs() >= 90.0)) {
            edge.add(&[(west, lat), (east, lat)]);
        }
        for lon in [west, east].into_iter().filter(|_| !round) {
            edge.add(&[(lon, south), (lon, north)]);
        }
        Ok(Area { shape: Shape::Box([west, south, east, north]), edge })
    }

    /// Valid polygons; `shape` reads them.
    pub(super) fn polygons(polygons: MultiPolygon) -> Self {
        let mut edge = Line::default();
        for polygon in &polygons {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                edge.add(&ring.coords().map(|at| (at.x, at.y)).collect::<Vec<_>>());
            }
        }
        Area { shape: Shape::Polygons(polygons), edge }
    }

    /// Whether the point lies in the area or on its edge.
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        match &self.shape {
            Shape::Box([west, south, east, north]) => {
                // Compared as they are given: a difference of degrees is rounded, and leaves out a point on the edge.
                let turned = [lon - 360.0, lon, lon + 360.0];
                (*south..=*north).contains(&lat) && turned.iter().any(|lon| (*west..=*east).contains(lon))
            }
            Shape::Circle(at_lon, at_lat, radius_m) => earth::distance_m(*at_lon, *at_lat, lon, lat) <= *radius_m,
            Shape::Polygons(polygons) => {
                [0.0, 360.0, -360.0].iter().any(|turn| polygons.intersects(&Coord { x: lon + turn, y: lat }))
            }
        }
    }

    /// What becomes of an incident at a point, known to `uncertainty_m` metres. By the centre, those that stand for a whole
    /// area of their own are left out, unless uncertain ones are wanted.
    pub fn judge(
        &self,
        (lon, lat): (f64, f64),
        uncertainty_m: Option<u32>,
        is_area: bool,
        certainty: Certainty,
        include_uncertain: bool,
    ) -> Verdict {
        let inside = self.contains(lon, lat);
        let radius_m = uncertainty_m.map_or(0.0, f64::from);
        let kept = match certainty {
            Certainty::Centre => inside && (include_uncertain || !is_area),
            Certainty::Surely => inside && self.is_clear_of_edge(lon, lat, radius_m),
            Certainty::Possibly => inside || !self.is_clear_of_edge(lon, lat, radius_m),
        };
        Verdict::of(kept, inside)
    }

    /// Whether the edge lies at least `radius_m` metres off.
    fn is_clear_of_edge(&self, lon: f64, lat: f64, radius_m: f64) -> bool {
        if let Shape::Circle(at_lon, at_lat, size_m) = self.shape {
            let distance_m = earth::distance_m(at_lon, at_lat, lon, lat);
            return distance_m + radius_m <= size_m || distance_m - radius_m > size_m;
        }
        radius_m <= 0.0 || !self.edge.is_near(lon, lat, radius_m)
    }

    /// Boxes that hold the area.
    pub fn windows(&self) -> Vec<Window> {
        match &self.shape {
            Shape::Box([west, south, east, north]) => window::windows(*west, *south, *east, *north),
            Shape::Circle(lon, lat, radius_m) => window::around(*lon, *lat, *radius_m),
            Shape::Polygons(polygons) => polygons
                .iter()
                .filter_map(BoundingRect::bounding_rect)
                .flat_map(|rect| window::windows(rect.min().x, rect.min().y, rect.max().x, rect.max().y))
                .collect(),
        }
    }
}

/// A route and how far to both sides of it is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Corridor {
    line: Line,
    /// Metres to each side.
    pub width_m: f64,
}

impl Corridor {
    /// All within `width_m` metres of a line.
    pub fn new(line: Line, width_m: f64) -> Self {
        Corridor { line, width_m }
    }

    /// How far the point lies from the route, metres.
    pub fn distance_m(&self, lon: f64, lat: f64) -> f64 {
        self.line.distance_m(lon, lat)
    }

    /// Boxes that hold the corridor.
    pub fn windows(&self) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        for [west, south, east, north] in self.line.extents() {
            let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
            // From the middle of a piece all of it lies within the distance to its corner.
            let corners = [(west, south), (east, south), (west, north), (east, north)];
            let reach_m =
                corners.map(|at| earth::distance_m(middle.0, middle.1, at.0, at.1)).into_iter().fold(0.0, f64::max);
            windows.extend(window::around(middle.0, middle.1, reach_m + self.width_m));
        }
        windows
    }
}
