//! Counts of incidents by month, type, actor, first-level unit, or cell of a grid.

use std::collections::BTreeMap;
use std::fmt;

use h3o::{CellIndex, LatLng, Resolution};
use jiff::civil::Date;

use super::seam::{self, Ring, round};
use crate::model::Brief;
use crate::{Error, Result};

/// By what incidents are counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum By {
    /// The month of the first day.
    Month,
    /// The type.
    Type,
    /// Who did it, or else claimed it.
    Actor,
    /// The country and its first-level unit.
    Admin1,
    /// The cell of a grid.
    Cell(Grid),
}

/// A grid over the Earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Grid {
    /// The hexagons of H3, of nearly equal area.
    H3(Resolution),
    /// Squares of degrees, from the south-western corner of the map; so many degrees a side.
    Degrees(f64),
}

impl Grid {
    /// H3 of a resolution from 0 (4.4 million km² a cell) to 15 (0.9 m²).
    pub fn h3(resolution: u8) -> Result<Self> {
        let known = Resolution::try_from(resolution).map(Grid::H3);
        known.map_err(|_| Error::argument("--h3", &resolution.to_string(), "a resolution from 0 to 15"))
    }

    /// The cell in which a point lies.
    fn cell(self, lon: f64, lat: f64) -> Option<Cell> {
        match self {
            Grid::H3(resolution) => Some(Cell::Hexagon(LatLng::new(lat, lon).ok()?.to_cell(resolution))),
            Grid::Degrees(side) => {
                // What lies on the last edge belongs to the last cell.
                let step = |from_start: f64, extent: f64| {
                    let last = (extent / side).ceil() - 1.0;
                    (from_start / side).floor().min(last)
                };
                Some(Cell::square(step(lon + 180.0, 360.0), step(lat + 90.0, 180.0), side))
            }
        }
    }
}

/// One cell: what it is called, and its corners.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Hexagon(CellIndex),
    /// West, south, east, north, degrees.
    Square([f64; 4]),
}

impl Cell {
    fn square(column: f64, row: f64, side: f64) -> Self {
        let (west, south) = (column * side - 180.0, row * side - 90.0);
        Cell::Square([west, south, (west + side).min(180.0), (south + side).min(90.0)].map(round))
    }

    /// The cell as polygons without holes: one, or two across the antimeridian.
    fn polygons(self) -> Vec<Ring> {
        match self {
            Cell::Square([west, south, east, north]) => {
                vec![vec![[west, south], [east, south], [east, north], [west, north], [west, south]]]
            }
            Cell::Hexagon(cell) => {
                let corners: Ring = cell.boundary().iter().map(|at| [round(at.lng()), round(at.lat())]).collect();
                seam::cut(&corners)
            }
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Hexagon(cell) => write!(f, "{cell}"),
            Cell::Square([west, south, ..]) => write!(f, "{south},{west}"),
        }
    }
}

/// What is counted under one key. Sums are of the least counts told; an incident without one adds nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Count {
    /// Incidents.
    pub incidents: usize,
    /// Sum of the fewest killed.
    pub killed_min: u64,
    /// Sum of the fewest injured.
    pub injured_min: u64,
    /// The first day of any.
    pub first: Option<Date>,
    /// The last day of any.
    pub last: Option<Date>,
    /// The polygons of a cell, each one ring: two across the antimeridian; none of what is not a cell.
    pub polygons: Vec<Ring>,
}

/// Counts by key.
#[derive(Debug, Clone)]
pub struct Summary {
    by: By,
    counts: BTreeMap<String, Count>,
}

impl Summary {
    /// Nothing counted yet.
    pub fn new(by: By) -> Self {
        Summary { by, counts: BTreeMap::new() }
    }

    /// Counts one more.
    pub fn add(&mut self, brief: &Brief) {
        let mut counted = None;
        let key = match self.by {
            By::Month => brief.date_start.map(|date| date.strftime("%Y-%m").to_string()),
            By::Type => Some(brief.event_type.to_string()),
            By::Actor => brief.actor.as_ref().or(brief.claimed_by.as_ref()).map(ToString::to_string),
            By::Admin1 => admin1(brief),
            By::Cell(grid) => grid.cell(brief.lon, brief.lat).map(|cell| {
                counted = Some(cell);
                cell.to_string()
            }),
        };
        let count = self.counts.entry(key.unwrap_or_default()).or_default();
        if let (Some(cell), true) = (counted, count.polygons.is_empty()) {
            count.polygons = cell.polygons();
        }
        count.add(brief);
    }

    /// Every key with its count: months in order of time, the others the most frequent first. An empty key stands for what
    /// is not told.
    pub fn rows(&self) -> Vec<(&str, &Count)> {
        let mut rows: Vec<(&str, &Count)> = self.counts.iter().map(|(key, count)| (key.as_str(), count)).collect();
        if self.by == By::Month {
            rows.sort_by_key(|(month, _)| (month.is_empty(), *month));
        } else {
            rows.sort_by(|a, b| b.1.incidents.cmp(&a.1.incidents).then(a.0.cmp(b.0)));
        }
        rows
    }
}

impl Count {
    fn add(&mut self, brief: &Brief) {
        self.incidents += 1;
        self.killed_min += u64::from(brief.killed_min.unwrap_or(0));
        self.injured_min += u64::from(brief.injured_min.unwrap_or(0));
        let days = [brief.date_start, brief.date_end];
        self.first = days.into_iter().chain([self.first]).flatten().min();
        self.last = days.into_iter().chain([self.last]).flatten().max();
    }
}

/// `IQ, Anbar`; the country alone where no unit is known.
fn admin1(brief: &Brief) -> Option<String> {
    match (&brief.country, &brief.admin1) {
        (Some(country), Some(unit)) => Some(format!("{country}, {unit}")),
        (Some(known), None) | (None, Some(known)) => Some(known.to_string()),
        (None, None) => None,
    }
}
