//! Ids that a reader can read and that stay the same from run to run.
//!
//! `YYYYMMDD-<place>-<event_type>`: `20240120-iq-ain-al-asad-missile_attack`. Undated: `undated-…`. A place without
//! gazetteer id is written by its coordinates: `20240123-33.79n42.44e-drone_strike`. Further incidents with the same
//! beginning get `-2`, `-3` … by time of day, killed and first report.
//!
//! Known limit: an incident that comes before its like in this order takes over the shorter id.

use std::collections::BTreeMap;

use super::{canonical, days, first_report};
use crate::model::Incident;

/// Gives each incident its id; depends on the incidents, not on their order or former ids.
pub fn identify(incidents: &mut [Incident]) {
    let mut groups: BTreeMap<String, Vec<&mut Incident>> = BTreeMap::new();
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

/// The order among incidents with the same beginning.
fn rank(incident: &Incident) -> impl Ord + '_ {
    (incident.time_of_day, incident.killed_min, incident.killed_max, first_report(incident))
}

/// The id without its number.
fn stem(incident: &Incident) -> String {
    let day = days(incident).map_or_else(|| "undated".to_owned(), |(start, _)| start.strftime("%Y%m%d").to_string());
    [day.as_str(), "-", &place(incident), "-", incident.event_type.as_str()].concat()
}

/// The gazetteer id, else the coordinates to two decimals (about 1 km).
fn place(incident: &Incident) -> String {
    match (&incident.place_id, incident.lat, incident.lon) {
        (Some(id), ..) => id.clone(),
        (None, Some(lat), Some(lon)) => format!("{}{}", degrees(lat, 'n', 's'), degrees(lon, 'e', 'w')),
        _ => "nowhere".to_owned(),
    }
}

/// `33.79n` for 33.7856 with `n` above zero.
fn degrees(value: f64, above: char, below: char) -> String {
    format!("{:.2}{}", value.abs(), if value < 0.0 { below } else { above })
}
