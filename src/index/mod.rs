//! Incidents by place: what happened within a distance of a point, and what happened nearest to it.
//!
//! The tree holds distinct points on the unit sphere, each with the list of incidents that fall on it: incidents fall
//! on the same gazetteer points again and again. Chord length orders points as great-circle distance does, so that
//! poles and the antimeridian are no special case. The tree only proposes; the geodesic distance on the WGS84
//! ellipsoid decides. Answers equal a linear scan.

mod earth;
mod filter;

use std::cmp::Ordering;
use std::ops::Range;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::model::{GeoPrecision, Incident};

pub use earth::{bearing_deg, compass, distance_m};
pub use filter::Filter;

/// Incidents, ready to be asked what happened near a point.
#[derive(Debug)]
pub struct Index {
    incidents: Vec<Incident>,
    sites: Vec<Site>,
    /// Positions in `incidents`, those of one site side by side.
    members: Vec<usize>,
    tree: RTree<GeomWithData<[f64; 3], usize>>,
}

/// A distinct point and the incidents that fall on it.
#[derive(Debug)]
struct Site {
    lon: f64,
    lat: f64,
    members: Range<usize>,
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
    position: usize,
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
        let mut points: Vec<(f64, f64, usize)> = incidents
            .iter()
            .enumerate()
            .filter_map(|(position, incident)| point(incident).map(|(lon, lat)| (lon, lat, position)))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let sites = sites(&points);
        let nodes = sites.iter().enumerate().map(|(i, site)| GeomWithData::new(earth::unit(site.lon, site.lat), i));
        let tree = RTree::bulk_load(nodes.collect());
        let members = points.into_iter().map(|(_, _, position)| position).collect();
        Index { incidents, sites, members, tree }
    }

    /// All incidents, as they were given.
    pub fn incidents(&self) -> &[Incident] {
        &self.incidents
    }

    /// How many distinct points there are.
    pub fn site_count(&self) -> usize {
        self.sites.len()
    }

    /// Every incident at most `radius_m` metres from the point.
    ///
    /// Incidents whose uncertainty is larger than the radius are counted and left out, unless the filter wants them.
    pub fn within_radius(&self, lon: f64, lat: f64, radius_m: f64, filter: &Filter) -> Answer<'_> {
        let mut answer = Answer::default();
        if !is_point(lon, lat) || radius_m.is_nan() || radius_m < 0.0 {
            return answer;
        }
        let reach = earth::chord_reach(radius_m);
        for node in self.tree.locate_within_distance(earth::unit(lon, lat), reach * reach) {
            let site = &self.sites[node.data];
            let distance = distance_m(lon, lat, site.lon, site.lat);
            if distance > radius_m {
                continue;
            }
            for hit in self.hits_at(site, lon, lat, distance).filter(|hit| filter.admits(hit.incident)) {
                if filter.include_uncertain || !wider_than(hit.incident, radius_m) {
                    answer.hits.push(hit);
                } else {
                    answer.too_uncertain += 1;
                }
            }
        }
        answer.hits.sort_by(Hit::order);
        answer
    }

    /// The `count` incidents nearest to the point.
    ///
    /// Incidents that stand for a whole area (a governorate, a region, a country, a sea) are left out unless the
    /// filter wants them; counted are those that would have stood among or before the hits.
    pub fn nearest(&self, lon: f64, lat: f64, count: usize, filter: &Filter) -> Answer<'_> {
        let mut answer = Answer::default();
        if !is_point(lon, lat) || count == 0 {
            return answer;
        }
        let mut areas = Vec::new();
        let mut bound = Bound::new(count);
        for (node, chord_2) in self.tree.nearest_neighbor_iter_with_distance_2(earth::unit(lon, lat)) {
            if earth::least_distance_m(chord_2.sqrt()) > bound.get() {
                break;
            }
            let site = &self.sites[node.data];
            let distance = distance_m(lon, lat, site.lon, site.lat);
            for hit in self.hits_at(site, lon, lat, distance).filter(|hit| filter.admits(hit.incident)) {
                if filter.include_uncertain || !is_area(hit.incident) {
                    answer.hits.push(hit);
                    bound.add(distance);
                } else {
                    areas.push(distance);
                }
            }
        }
        answer.hits.sort_by(Hit::order);
        answer.hits.truncate(count);
        answer.too_uncertain = areas.into_iter().filter(|distance| *distance <= bound.get()).count();
        answer
    }

    fn hits_at(&self, site: &Site, lon: f64, lat: f64, distance_m: f64) -> impl Iterator<Item = Hit<'_>> {
        let bearing_deg = (distance_m > 0.0).then(|| bearing_deg(lon, lat, site.lon, site.lat));
        self.members[site.members.clone()].iter().map(move |&position| Hit {
            incident: &self.incidents[position],
            distance_m,
            bearing_deg,
            position,
        })
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

/// The distance of the `count`-th nearest hit so far; infinite until there are as many.
struct Bound {
    count: usize,
    nearest: Vec<f64>,
}

impl Bound {
    fn new(count: usize) -> Self {
        Bound { count, nearest: Vec::new() }
    }

    fn add(&mut self, distance: f64) {
        let at = self.nearest.partition_point(|known| *known <= distance);
        if at < self.count {
            self.nearest.insert(at, distance);
            self.nearest.truncate(self.count);
        }
    }

    fn get(&self) -> f64 {
        if self.nearest.len() < self.count { f64::INFINITY } else { self.nearest[self.count - 1] }
    }
}

/// Runs of equal points become one site each.
fn sites(points: &[(f64, f64, usize)]) -> Vec<Site> {
    let same = |a: &(f64, f64, usize), b: &(f64, f64, usize)| (a.0, a.1) == (b.0, b.1);
    let mut start = 0;
    let mut sites = Vec::new();
    for run in points.chunk_by(same) {
        sites.push(Site { lon: run[0].0, lat: run[0].1, members: start..start + run.len() });
        start += run.len();
    }
    sites
}

/// The incident's point (lon, lat), where it has one on Earth.
fn point(incident: &Incident) -> Option<(f64, f64)> {
    let (lon, lat) = (incident.lon?, incident.lat?);
    is_point(lon, lat).then_some((lon, lat))
}

/// Whether the two are WGS84 degrees.
pub fn is_point(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

fn wider_than(incident: &Incident, radius_m: f64) -> bool {
    incident.uncertainty_m.is_some_and(|uncertainty_m| f64::from(uncertainty_m) > radius_m)
}

fn is_area(incident: &Incident) -> bool {
    incident.geo_precision.is_some_and(GeoPrecision::is_area)
}
