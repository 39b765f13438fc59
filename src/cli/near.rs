//! `mawqi near`: what happened near a place, or near each row of a table.

use anyhow::bail;

use super::answer::{Found, Off};
use super::args_query::{CertaintyArg, Near};
use super::source::Source;
use super::spot::{self, Spot};
use super::{Status, sites, talk};
use crate::index::{self, Certainty, Filter, Verdict, window};
use crate::model::Brief;

/// How far is near, where nothing is said; metres.
pub(super) const DEFAULT_RADIUS_M: f64 = 50_000.0;

/// How far the nearest are looked for, step by step; metres. The last holds all of the Earth.
const STEPS_M: [f64; 6] = [10_000.0, 50_000.0, 250_000.0, 1_000_000.0, 5_000_000.0, 21_000_000.0];

pub(super) fn run(args: &Near) -> anyhow::Result<Status> {
    if let Some(table) = &args.each {
        return sites::run(args, table);
    }
    let text = args.place.as_deref().unwrap_or_default();
    let spot = spot::find("PLACE", text, &*args.tables.places()?)?;
    let source = Source::open(&args.listed.asked.input)?;
    let question = Question { spot: &spot, filter: args.listed.filter(), source: &source };
    let (found, about) = match (args.radius, args.nearest) {
        (None, Some(count)) => {
            if args.listed.certainty != CertaintyArg::Centre {
                bail!("--certainty: the nearest have no edge to lie within; give a --radius");
            }
            (question.nearest(count)?, "nearest to".to_owned())
        }
        (radius, nearest) => {
            let radius_m = radius.unwrap_or(DEFAULT_RADIUS_M);
            let mut found = question.within(radius_m)?;
            found.hits.truncate(nearest.unwrap_or(usize::MAX));
            (found, format!("within {} km of", radius_m / 1e3))
        }
    };
    found.write(&source, args.listed.format)?;
    talk::line(&found.told(&format!("{about} {}", spot.label)));
    if found.hits.is_empty() {
        question.hint(text)?;
    }
    Ok(Status::Done)
}

/// What is asked about one point.
struct Question<'a> {
    spot: &'a Spot,
    filter: Filter,
    source: &'a Source,
}

impl Question<'_> {
    fn within(&self, radius_m: f64) -> crate::Result<Found> {
        let Filter { certainty, include_uncertain, .. } = self.filter;
        // What only may lie within can have its point anywhere.
        let boxes = (certainty != Certainty::Possibly).then(|| window::around(self.spot.lon, self.spot.lat, radius_m));
        Found::gather(self.source, boxes.as_deref(), &self.filter, |brief| {
            let off = off(self.spot, brief);
            (certainty.judge(off.distance_m, brief.uncertainty_m, radius_m, include_uncertain), Some(off))
        })
    }

    /// The nearest, looked for in ever wider circles until there are enough.
    fn nearest(&self, count: usize) -> crate::Result<Found> {
        let mut found = Found::default();
        for radius_m in STEPS_M {
            found = self.pins_within(radius_m)?;
            if found.hits.len() >= count {
                let furthest_m =
                    count.checked_sub(1).and_then(|last| found.hits.get(last)?.off).map_or(-1.0, |off| off.distance_m);
                found.hits.truncate(count);
                // Counted are those among or before the hits.
                found.too_uncertain = self.pins_within(furthest_m)?.too_uncertain;
                break;
            }
        }
        Ok(found)
    }

    /// What lies within, areas counted and left out.
    fn pins_within(&self, radius_m: f64) -> crate::Result<Found> {
        if radius_m < 0.0 {
            return Ok(Found::default());
        }
        let boxes = window::around(self.spot.lon, self.spot.lat, radius_m);
        Found::gather(self.source, Some(&boxes), &self.filter, |brief| {
            let off = off(self.spot, brief);
            let verdict = match off.distance_m <= radius_m {
                false => Verdict::Out,
                true if brief.is_area() && !self.filter.include_uncertain => Verdict::TooUncertain,
                true => Verdict::In,
            };
            (verdict, Some(off))
        })
    }

    /// Where nothing was found: whether latitude and longitude may have been swapped.
    fn hint(&self, text: &str) -> crate::Result<()> {
        let (lon, lat) = (self.spot.lat, self.spot.lon);
        if spot::pair(text).is_none() || !index::is_point(lon, lat) {
            return Ok(());
        }
        let swapped = Spot { lon, lat, label: String::new() };
        let question = Question { spot: &swapped, filter: self.filter.clone(), source: self.source };
        if !question.within(DEFAULT_RADIUS_M)?.hits.is_empty() {
            talk::note(&format!("latitude comes first: at {lat},{lon} there would be some"));
        }
        Ok(())
    }
}

fn off(spot: &Spot, brief: &Brief) -> Off {
    let (distance_m, bearing_deg) = index::course(spot.lon, spot.lat, brief.lon, brief.lat);
    Off { distance_m, bearing_deg }
}
