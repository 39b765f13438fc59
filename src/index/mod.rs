//! Incidents by place: what happened within a distance of a point, nearest to it, in an area, along a route.
//!
//! [`Points`] holds distinct points of the ellipsoid in an R-tree, each with the list of what falls on it; [`Index`] holds
//! incidents by it. Chords through the Earth propose and mostly decide, poles and the antimeridian being no special case;
//! where they cannot tell, the geodesic on the WGS84 ellipsoid does. Answers equal a linear scan.
//!
//! - `points`: the tree and its lists; `walk`: the ways through it; `earth`: geodesics and their chords
//! - `briefs`: incidents by the million, for joins; `area`: boxes, circles, polygons and corridors; `line`: their edges;
//!   `shape`: both out of GeoJSON; `seam`: rings cut at the antimeridian; `window`: the boxes of degrees that hold them; `summary`: counts by month, type, actor, cell
//! - `filter`: type, actor, days, victims; `certainty`: how the uncertainty of a place counts

mod area;
mod briefs;
mod certainty;
mod earth;
mod filter;
mod line;
mod points;
mod seam;
mod shape;
mod summary;
mod walk;
pub mod window;

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::model::{GeoPrecision, Incident};

pub use area::{Area, Corridor};
pub use briefs::{Briefs, Near, latest_first};
pub use certainty::{Certainty, Verdict};
pub use earth::{bearing_deg, compass, course, distance_m, is_point};
pub use filter::Filter;
pub use line::Line;
pub use points::{Points, Site, Spot, Step};
pub use seam::Ring;
pub use shape::{read_area, read_route};
pub use summary::{By, Count, Grid, Summary};

/// Incidents, ready to be asked what happened near a point.
#[derive(Debug)]
pub struct Index {
    incidents: Vec<Incident>,
    /// Positions in `incidents`.
    points: Points<u32>,
    /// The position of each id; of several incidents with one id, of the last.
    by_id: FxHashMap<String, u32>,
    /// The largest uncertainty that any incident ever had, metres.
    widest_m: f64,
}

/// An incident that answers a question of nearness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// Distance from the point asked for, metres on the WGS84 ellipsoid.
    pub distance_m: f64,
    /// Direction from the point asked for, degrees clockwise from north, 0 up to 360; none where the two coincide.
    pub bearing_deg: Option<f64>,
    position: u32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer<'a> {
    /// By distance, then latest first, then by id.
    pub hits: Vec<Hit<'a>>,
    /// How many more passed the filter and were left out because their place is not known well enough.
    pub too_uncertain: usize,
}

impl Index {
    /// Indexes all incidents that have a point; the others are held, and never found.
    pub fn new(incidents: Vec<Incident>) -> Self {
        let points = incidents.iter().zip(0..).filter_map(|(i, at)| Some((i.lon?, i.lat?, at))).collect();
        let by_id = incidents.iter().zip(0..).map(|(incident, at)| (incident.id.clone(), at)).collect();
        let widest_m = incidents.iter().filter_map(|i| i.uncertainty_m).max().map_or(0.0, f64::from);
        Index { incidents, points: Points::new(points), by_id, widest_m }
    }

    /// Adds an incident.
    pub fn insert(&mut self, incident: Incident) {
        let at = u32::try_from(self.incidents.len()).unwrap_or(u32::MAX);
        if let (Some(lon), Some(lat)) = (incident.lon, incident.lat) {
            self.points.insert(lon, lat, at);
        }
        self.widest_m = self.widest_m.max(incident.uncertainty_m.map_or(0.0, f64::from));
        self.by_id.insert(incident.id.clone(), at);
        self.incidents.push(incident);
    }

    /// Takes out the incident with this id; of several the one that came last.
    pub fn remove(&mut self, id: &str) -> Option<Incident> {
        let twin = || self.incidents.iter().rposition(|incident| incident.id == id);
        let at = self.by_id.remove(id).map(|at| at as usize).or_else(twin)?;
        let last = self.incidents.len().checked_sub(1)?;
        self.forget(at);
        if at != last {
            self.forget(last);
        }
        let removed = self.incidents.swap_remove(at);
        if let Some(moved) = self.incidents.get(at) {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            if let (Some(lon), Some(lat)) = (moved.lon, moved.lat) {
                self.points.insert(lon, lat, number);
            }
            self.by_id.entry(moved.id.clone()).and_modify(|known| {
                if *known as usize == last {
                    *known = number;
                }
            });
        }
        Some(removed)
    }

    /// Takes the point of the incident at a position out.
    fn forget(&mut self, at: usize) {
        let point = self.incidents.get(at).and_then(|incident| incident.lon.zip(incident.lat));
        if let (Some((lon, lat)), Ok(at)) = (point, u32::try_from(at)) {
            self.points.remove(lon, lat, at);
        }
    }

    /// All incidents: as they were given, until one is [taken out](Index::remove).
    pub fn incidents(&self) -> &[Incident] {
        &self.incidents
    }

    /// How many distinct points there are.
    pub fn site_count(&self) -> usize {
        self.points.site_count()
    }

    /// Every incident at most `radius_m` metres from the point, or surely or possibly so, as the filter's
    /// [`Certainty`] asks.
    ///
    /// By the centre, incidents whose uncertainty is larger than the radius are counted and left out, unless the filter
    /// wants them; those within that are not surely so are counted as well.
    pub fn within_radius(&self, lon: f64, lat: f64, radius_m: f64, filter: &Filter) -> Answer<'_> {
        let mut answer = Answer::default();
        let reach_m = radius_m + if filter.certainty == Certainty::Possibly { self.widest_m } else { 0.0 };
        if radius_m < 0.0 {
            return answer;
        }
        self.points.each_within(lon, lat, reach_m, |spot| {
            let distance_m = distance_m(lon, lat, spot.site.lon(), spot.site.lat());
            for hit in self.hits_at(spot, lon, lat, distance_m).filter(|hit| filter.admits(hit.incident)) {
                let uncertainty_m = hit.incident.uncertainty_m;
                match filter.certainty.judge(distance_m, uncertainty_m, radius_m, filter.include_uncertain) {
                    Verdict::In => answer.hits.push(hit),
                    Verdict::TooUncertain => answer.too_uncertain += 1,
                    Verdict::Out => {}
                }
            }
        });
        answer.hits.sort_by(Hit::order);
        answer
    }

    /// The `count` incidents nearest to the point.
    ///
    /// Incidents that stand for a whole area (a governorate, a region, a country, a sea) are left out unless the
    /// filter wants them; counted are those that would have stood among or before the hits.
    pub fn nearest(&self, lon: f64, lat: f64, count: usize, filter: &Filter) -> Answer<'_> {
        let mut answer = Answer::default();
        let wanted =
            |at: &u32| self.at(*at).is_some_and(|i| filter.admits(i) && (filter.include_uncertain || !is_area(i)));
        let steps = self.points.nearest_sites(lon, lat, count, wanted);
        for step in &steps {
            let distance_m = distance_m(lon, lat, step.spot.site.lon(), step.spot.site.lat());
            answer.hits.extend(self.hits_at(step.spot, lon, lat, distance_m).filter(|hit| wanted(&hit.position)));
        }
        answer.hits.sort_by(Hit::order);
        answer.hits.truncate(count);
        if count > 0 && !filter.include_uncertain {
            let furthest = answer.hits.last().filter(|_| answer.hits.len() == count).map(|hit| hit.distance_m);
            answer.too_uncertain = self.areas_within(lon, lat, furthest.unwrap_or(f64::INFINITY), filter);
        }
        answer
    }

    /// How many incidents within the radius pass the filter and stand for a whole area.
    fn areas_within(&self, lon: f64, lat: f64, radius_m: f64, filter: &Filter) -> usize {
        let mut count = 0;
        let is_one = |at: &&u32| self.at(**at).is_some_and(|i| is_area(i) && filter.admits(i));
        self.points.each_within(lon, lat, radius_m, |spot| count += spot.list.iter().filter(is_one).count());
        count
    }

    fn at(&self, position: u32) -> Option<&Incident> {
        self.incidents.get(position as usize)
    }

    fn hits_at<'a>(
        &'a self,
        spot: Spot<'a, u32>,
        lon: f64,
        lat: f64,
        distance_m: f64,
    ) -> impl Iterator<Item = Hit<'a>> + 'a {
        let bearing_deg = (distance_m > 0.0).then(|| bearing_deg(lon, lat, spot.site.lon(), spot.site.lat()));
        let hit = move |&position| Some(Hit { incident: self.at(position)?, distance_m, bearing_deg, position });
        spot.list.iter().filter_map(hit)
    }
}

impl Hit<'_> {
    /// Distance, then latest first (undated last), then id.
    fn order(&self, other: &Self) -> Ordering {
        self.distance_m
            .total_cmp(&other.distance_m)
            .then_with(|| other.incident.date_start.cmp(&self.incident.date_start))
            .then_with(|| self.incident.id.cmp(&other.incident.id))
            .then_with(|| self.position.cmp(&other.position))
    }
}

fn is_area(incident: &Incident) -> bool {
    incident.geo_precision.is_some_and(GeoPrecision::is_area)
}
