//! Which incidents are compared at all: those that a cell, an administrative unit or a country brings together on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{days, place};
use crate::model::{GeoPrecision, Incident};

/// Cell of sites, settlements and offsets; degrees (about 22 km of latitude).
const NEAR_CELL_DEG: f64 = 0.2;
/// Cell of districts, governorates, regions and seas; degrees.
const WIDE_CELL_DEG: f64 = 2.0;
/// Length of a degree of latitude; metres, rounded down so that a cover is never too small.
const DEGREE_M: f64 = 110_500.0;

/// An incident is compared with so many that follow it in a block on its day, and an event with twice as many; a judgement.
/// Only days with hundreds of incidents in one neighbourhood have more, and they would need all pairs.
pub(super) const NEIGHBOURS: usize = 256;

/// Row and column of a grid of degrees.
type Cell = (i32, i32);

/// What brings incidents together; the flag tells points (true) from areas.
#[derive(PartialEq, Eq, Hash)]
enum Block<'a> {
    /// A small cell: points among themselves.
    Near(Cell),
    /// A large cell.
    Wide(Cell, bool),
    /// A governorate, by country and name.
    Unit(Option<&'a str>, &'a str, bool),
    /// A country told as a whole, by its name or code.
    Country(&'a str),
}

/// What stands in one block, by first day; and how far the sweep has come.
#[derive(Default)]
struct Post {
    entries: Vec<(Date, usize)>,
    passed: usize,
}

/// Calls with each pair that shares a block on a day, each once, the lower index first; incidents come sorted by their
/// first day, undated ones before all others.
pub(super) fn candidates(incidents: &[&Incident], mut pair: impl FnMut(usize, usize)) {
    let mut posts: FxHashMap<Block<'_>, Post> = FxHashMap::default();
    for (index, incident) in incidents.iter().enumerate() {
        let Some((start, _)) = days(incident) else { continue };
        for block in blocks(incident, false) {
            posts.entry(block).or_default().entries.push((start, index));
        }
    }
    let mut met_by = vec![usize::MAX; incidents.len()];
    for (index, incident) in incidents.iter().enumerate() {
        let Some((_, end)) = days(incident) else { continue };
        for block in blocks(incident, true) {
            let Some(post) = posts.get_mut(&block) else { continue };
            // Of two ranges that meet, the earlier one holds the later one's first day.
            for (_, other) in post.after(index).iter().take_while(|(day, _)| *day <= end).take(NEIGHBOURS) {
                if met_by[*other] != index {
                    met_by[*other] = index;
                    pair(index, *other);
                }
            }
        }
    }
}

impl Post {
    /// What follows an incident; asked for one after the other, in order.
    fn after(&mut self, index: usize) -> &[(Date, usize)] {
        let passed = self.entries[self.passed..].iter().take_while(|(_, entry)| *entry <= index).count();
        self.passed += passed;
        &self.entries[self.passed..]
    }
}

/// The blocks in which an incident stands, or (`looking`) in which its like may stand.
fn blocks(incident: &Incident, looking: bool) -> Vec<Block<'_>> {
    let level = place::level(incident);
    if level == GeoPrecision::Country {
        let names = [&incident.country, &incident.place_id, &incident.place];
        return names.into_iter().flatten().map(|name| Block::Country(name)).collect();
    }
    let is_point = level <= GeoPrecision::Offset;
    // Points meet points in small cells; areas meet both in large ones.
    let sides: &[bool] = match (is_point, looking) {
        (false, true) => &[true, false],
        (true, false) => &[true],
        (true, true) | (false, false) => &[false],
    };
    let radius_m = place::radius_m(incident);
    let mut blocks = Vec::new();
    if is_point {
        blocks.extend(cover(incident, NEAR_CELL_DEG, radius_m).into_iter().map(Block::Near));
    }
    let wide = cover(incident, WIDE_CELL_DEG, radius_m);
    for &side in sides {
        blocks.extend(wide.iter().map(|cell| Block::Wide(*cell, side)));
        if let Some(admin1) = incident.admin1.as_deref() {
            blocks.push(Block::Unit(incident.country.as_deref(), admin1, side));
        }
    }
    blocks
}

/// The cells that a circle about the incident touches; across the antimeridian, too.
fn cover(incident: &Incident, size_deg: f64, radius_m: f64) -> Vec<Cell> {
    let Some(point) = place::point(incident) else { return Vec::new() };
    let (lon, lat) = point.x_y();
    let tall_deg = radius_m / DEGREE_M;
    let edge_deg = (lat.abs() + tall_deg).min(89.0);
    let broad_deg = (tall_deg / edge_deg.to_radians().cos()).min(180.0);
    let around = steps(360.0, size_deg);
    let columns: BTreeSet<i32> = (steps(lon - broad_deg, size_deg)..=steps(lon + broad_deg, size_deg))
        .map(|column| column.rem_euclid(around))
        .collect();
    (steps(lat - tall_deg, size_deg)..=steps(lat + tall_deg, size_deg))
        .flat_map(|row| columns.iter().map(move |column| (row, *column)))
        .collect()
}

/// How many whole cells lie below a value.
#[allow(clippy::cast_possible_truncation, reason = "degrees over a cell's size are small; the cast saturates")]
fn steps(value_deg: f64, size_deg: f64) -> i32 {
    // 360 / 0.2 must not fall just short of 1800.
    (value_deg / size_deg + 1e-9).floor() as i32
}
