//! `mawqi within` and `mawqi along`: what happened in an area, or beside a route.

use std::path::Path;

use super::answer::{Found, Off};
use super::args_query::{Along, Within};
use super::source::Source;
use super::{Status, spot, talk};
use crate::gazetteer::Gazetteer;
use crate::index::{self, Area, Certainty, Corridor};

pub(super) fn run(args: &Within) -> anyhow::Result<Status> {
    let (area, about) = area(&args.area, || args.tables.places())?;
    let source = Source::open(&args.listed.asked.input)?;
    let filter = args.listed.filter();
    let boxes = (filter.certainty != Certainty::Possibly).then(|| area.windows());
    let found = Found::gather(&source, boxes.as_deref(), &filter, |brief| {
        let at = (brief.lon, brief.lat);
        (area.judge(at, brief.uncertainty_m, brief.is_area(), filter.certainty, filter.include_uncertain), None)
    })?;
    found.write(&source, args.listed.format)?;
    talk::line(&found.told(&about));
    Ok(Status::Done)
}

/// The area that `text` means, and what to call it.
fn area<G: std::ops::Deref<Target = Gazetteer>>(
    text: &str,
    gazetteer: impl FnOnce() -> crate::Result<G>,
) -> anyhow::Result<(Area, String)> {
    let path = Path::new(text);
    let ends_as_file =
        path.extension().is_some_and(|end| end.eq_ignore_ascii_case("geojson") || end.eq_ignore_ascii_case("json"));
    if ends_as_file || path.is_file() {
        return Ok((index::read_area(path)?, format!("within {}", path.display())));
    }
    if let Some([west, south, east, north]) = numbers(text) {
        return Ok((Area::sides(west, south, east, north, text)?, format!("within {text}")));
    }
    let unit = spot::unit("AREA", text, &*gazetteer()?)?;
    let km = f64::from(unit.radius_m) / 1e3;
    let about =
        format!("within {km} km of {}, the circle that holds it: the gazetteer has no borders", unit.spot.label);
    Ok((Area::circle(unit.spot.lon, unit.spot.lat, f64::from(unit.radius_m)), about))
}

/// Four numbers parted by commas.
fn numbers(text: &str) -> Option<[f64; 4]> {
    let numbers: Option<Vec<f64>> = text.split([',', '،']).map(|number| number.trim().parse().ok()).collect();
    numbers?.try_into().ok()
}

pub(super) fn along(args: &Along) -> anyhow::Result<Status> {
    let corridor = Corridor::new(index::read_route(&args.route)?, args.width);
    let source = Source::open(&args.listed.asked.input)?;
    let filter = args.listed.filter();
    let boxes = (filter.certainty != Certainty::Possibly).then(|| corridor.windows());
    let found = Found::gather(&source, boxes.as_deref(), &filter, |brief| {
        let distance_m = corridor.distance_m(brief.lon, brief.lat);
        let verdict = filter.certainty.judge(distance_m, brief.uncertainty_m, args.width, filter.include_uncertain);
        (verdict, Some(Off { distance_m, bearing_deg: None }))
    })?;
    found.write(&source, args.listed.format)?;
    talk::line(&found.told(&format!("within {} km of {}", args.width / 1e3, args.route.display())));
    Ok(Status::Done)
}
