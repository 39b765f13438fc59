//! Ids that a reader can read and that stay the same when reports are added.
//!
//! `YYYYMMDD-<place>-<event_type>`: `20240120-iq-ain-al-asad-missile_attack`. Undated: `undated-…`. A place without
//! gazetteer id is written by its coordinates: `20240123-33.79n42.44e-drone_strike`. Day, place and type are those of
//! the report that told the event first, so that what later reports add to it does not change its id. Further incidents
//! with the same beginning get `-2`, `-3` … in the order in which they were first told.
//!
//! Known limit: a report published before all others, but read later, tells the event first from then on.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::{canonical, days};
use crate::model::{Incident, Source};

/// Gives each incident its id; depends on the incidents, not on their order or former ids.
pub fn identify(incidents: &mut [Incident]) {
    let mut groups: FxHashMap<String, Vec<&mut Incident>> = FxHashMap::default();
    for incident in incidents {
        groups.entry(stem(incident)).or_default().push(incident);
    }
    for (stem, mut group) in groups {
        group.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| canonical(a, b)));
        for (index, incident) in group.into_iter().enumerate() {
            incident.id = if index == 0 { stem.clone() } else { format!("{stem}-{}", index + 1) };
        }
    }
}

/// The source that told of it first: by publication date (unknown last), then by report.
fn first(incident: &Incident) -> Option<&Source> {
    incident.sources.iter().min_by(|a, b| told(a).cmp(&told(b)))
}

fn told(source: &Source) -> impl Ord + '_ {
    let start = source.evidence.iter().map(|evidence| evidence.start).min();
    (source.published.is_none(), source.published, source.report.as_str(), start)
}

/// The order among incidents with the same beginning.
fn rank(incident: &Incident) -> impl Ord + '_ {
    (first(incident).map(told), incident.time_of_day, incident.killed_min, incident.killed_max)
}

/// The id without its number.
fn stem(incident: &Incident) -> String {
    let says = first(incident).map(|source| &source.says);
    let day = says.and_then(|says| says.date_start).or(days(incident).map(|(start, _)| start));
    let day = day.map_or_else(|| "undated".to_owned(), |day: Date| day.strftime("%Y%m%d").to_string());
    let place = says.and_then(|says| says.place_id.as_ref()).or(incident.place_id.as_ref());
    let place = place.map_or_else(|| by_point(incident), String::clone);
    let event = says.and_then(|says| says.event_type).unwrap_or(incident.event_type);
    [day.as_str(), "-", &place, "-", event.as_str()].concat()
}

/// The coordinates to two decimals (about 1 km).
fn by_point(incident: &Incident) -> String {
    match (incident.lat, incident.lon) {
        (Some(lat), Some(lon)) => format!("{}{}", degrees(lat, 'n', 's'), degrees(lon, 'e', 'w')),
        _ => "nowhere".to_owned(),
    }
}

/// `33.79n` for 33.7856 with `n` above zero.
fn degrees(value: f64, above: char, below: char) -> String {
    format!("{:.2}{}", value.abs(), if value < 0.0 { below } else { above })
}
