//! Briefs of incidents by the million, for questions that are asked thousands of times.

use std::cmp::Ordering;

use super::{Certainty, Filter, Points, Verdict, earth};
use crate::model::Brief;

/// How much wider than the layer before each layer is.
const STEP: f64 = 4.0;

/// Briefs by place.
#[derive(Debug)]
pub struct Briefs {
    briefs: Vec<Brief>,
    /// Positions of briefs by how uncertain they are, so that a few that could lie anywhere do not make every search wide:
    /// the largest uncertainty of each layer, metres.
    layers: Vec<(f64, Points<u32>)>,
}

/// A brief that answers a question of nearness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<'a> {
    /// The incident.
    pub brief: &'a Brief,
    /// Distance from the point asked for, metres on the WGS84 ellipsoid.
    pub distance_m: f64,
    /// Direction from it, degrees clockwise from north; none where the two coincide.
    pub bearing_deg: Option<f64>,
}

impl Briefs {
    /// Indexes briefs for questions of one certainty.
    pub fn new(briefs: Vec<Brief>, certainty: Certainty) -> Self {
        let layered = certainty == Certainty::Possibly;
        let uncertainty = |brief: &Brief| if layered { brief.uncertainty_m.map_or(0.0, f64::from) } else { 0.0 };
        let widest = briefs.iter().map(uncertainty).fold(0.0, f64::max);
        let (mut layers, mut below, mut width) = (Vec::new(), -1.0, 1_000.0);
        while below < widest || layers.is_empty() {
            let edge = if layered { width } else { f64::INFINITY };
            let is_in = |brief: &Brief| (below..=edge).contains(&uncertainty(brief)) && uncertainty(brief) > below;
            let numbered = briefs.iter().zip(0..).filter(|(brief, _)| is_in(brief));
            // Room for all at once where all are of one layer: to grow is to move into fresh memory.
            let mut points = Vec::with_capacity(if layered { 0 } else { briefs.len() });
            points.extend(numbered.map(|(brief, at)| (brief.lon, brief.lat, at)));
            layers.push((edge.min(widest), Points::new(points)));
            (below, width) = (edge, edge * STEP);
        }
        Briefs { briefs, layers }
    }

    /// Every brief within `radius_m` metres that the filter admits, by distance, then latest first, then by id; and how many
    /// more were left out because their place is not known well enough.
    pub fn within(&self, lon: f64, lat: f64, radius_m: f64, filter: &Filter) -> (Vec<Near<'_>>, usize) {
        let (mut found, mut too_uncertain) = (Vec::new(), 0);
        for (widest_m, points) in &self.layers {
            points.each_within(lon, lat, radius_m + widest_m, |spot| {
                let (distance_m, bearing_deg) = earth::course(lon, lat, spot.site.lon(), spot.site.lat());
                for brief in spot.list.iter().filter_map(|at| self.briefs.get(*at as usize)) {
                    if !filter.admits_brief(brief) {
                        continue;
                    }
                    match filter.certainty.judge(distance_m, brief.uncertainty_m, radius_m, filter.include_uncertain) {
                        Verdict::In => found.push(Near { brief, distance_m, bearing_deg }),
                        Verdict::TooUncertain => too_uncertain += 1,
                        Verdict::Out => {}
                    }
                }
            });
        }
        found.sort_unstable_by(Near::order);
        (found, too_uncertain)
    }
}

impl Near<'_> {
    /// Distance, then latest first (undated last), then id.
    pub fn order(&self, other: &Self) -> Ordering {
        self.distance_m.total_cmp(&other.distance_m).then_with(|| latest_first(self.brief, other.brief))
    }
}

/// Latest first, undated last, then by id.
pub fn latest_first(a: &Brief, b: &Brief) -> Ordering {
    b.date_start.cmp(&a.date_start).then_with(|| a.id.cmp(&b.id)).then(a.row.cmp(&b.row))
}
