//! Many incidents in, fewer out: what several reports tell of one event becomes one incident with all its evidence.
//!
//! [`merge`] is a closed operation. It does not heed the order of its input, and merging a merged list changes
//! nothing. Two incidents that one report tells apart never become one, also not by way of a third report.
//!
//! - `likeness`: the scored and explained comparison of two incidents; `place` is its geography
//! - `blocks`: candidate pairs by day and cell
//! - `joining`: joined best first; `cluster`: again, and with the undated ones, until nothing changes; `node`: an event in the making
//! - `combine`: the members of one event → one incident; `votes`: what many members say of a field
//! - `face`: what a growing event looks like to others
//! - `sides`: names of one side
//! - `undated`: when an undated incident is a dated one
//! - `weekday`: the day of a report that names only the weekday
//! - `wording`: how alike the sentences are
//! - `decide`: what people decided
//! - `doubt`: pairs that may be one event, and are left to a reader
//! - `ids`: stable ids
//! - `series`: running counts, told once each
//!
//! Incidents without coordinates are kept as they are: nothing tells that they are the same.

mod blocks;
mod cluster;
mod combine;
mod decide;
mod doubt;
mod face;
mod ids;
mod joining;
mod likeness;
mod node;
mod place;
mod series;
mod sides;
mod undated;
mod votes;
mod weekday;
mod wording;

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::model::{Incident, Statement};

pub use decide::{Decisions, Telling, tellings};
pub use doubt::{Doubt, doubts};
pub use ids::identify;
pub use likeness::{Likeness, Part, Verdict, likeness};
pub use series::tallies;

/// One incident per event, each with all its evidence, sorted by date and id; undated ones last.
pub fn merge(incidents: Vec<Incident>) -> Vec<Incident> {
    merge_decided(incidents, &Decisions::default())
}

/// As [`merge`], with what people decided.
pub fn merge_decided(incidents: Vec<Incident>, decisions: &Decisions) -> Vec<Incident> {
    let mut merged = cluster::gather(incidents.into_iter().map(tidy).collect(), decisions);
    identify(&mut merged);
    // An incident is large: what is compared is put aside, and each is moved once.
    merged.sort_by_cached_key(|i| (i.date_start.is_none(), i.date_start, i.id.clone()));
    merged
}

/// First and last day; `None` for an undated incident.
fn days(incident: &Incident) -> Option<(Date, Date)> {
    let start = incident.date_start.or(incident.date_end)?;
    Some((start, incident.date_end.map_or(start, |end| end.max(start))))
}

/// The least report id.
fn first_report(incident: &Incident) -> &str {
    incident.sources.iter().map(|s| s.report.as_str()).min().unwrap_or("")
}

/// The first day on which a report told of it.
fn first_published(incident: &Incident) -> Option<Date> {
    incident.sources.iter().filter_map(|source| source.published).min()
}

/// Latitude and longitude as numbers that sort as they do; unknown ones last.
fn position(incident: &Incident) -> (i64, i64) {
    // As `f64::total_cmp` compares: the bits of negative numbers run the other way.
    let ordered = |degrees: Option<f64>| {
        let bits = degrees.unwrap_or(f64::MAX).to_bits().cast_signed();
        bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
    };
    (ordered(incident.lat), ordered(incident.lon))
}

/// An order of incidents by all they hold but the id: equal only where they are interchangeable.
fn canonical(a: &Incident, b: &Incident) -> Ordering {
    days(a)
        .cmp(&days(b))
        .then_with(|| position(a).cmp(&position(b)))
        .then_with(|| a.event_type.cmp(&b.event_type))
        .then_with(|| first_report(a).cmp(first_report(b)))
        .then_with(|| first_evidence(a).cmp(&first_evidence(b)))
        .then_with(|| content(a).cmp(&content(b)))
}

/// Where the first sentence of evidence starts.
fn first_evidence(incident: &Incident) -> Option<usize> {
    incident.sources.first().and_then(|s| s.evidence.first()).map(|e| e.start)
}

/// Everything but the id, as text: the last resort of [`canonical`].
fn content(incident: &Incident) -> String {
    let bare = Incident { id: String::new(), ..incident.clone() };
    serde_json::to_string(&bare).unwrap_or_default()
}

/// The incident in canonical form: sources and evidence sorted, nothing twice, statements filled.
fn tidy(mut incident: Incident) -> Incident {
    incident.id.clear();
    incident.weapons.sort_unstable();
    incident.weapons.dedup();
    let says = Statement::of(&incident);
    if let [only] = incident.sources.as_mut_slice()
        && only.says.tells_nothing()
    {
        only.says = Statement { weekday: only.says.weekday, ordinal: only.says.ordinal, ..says };
    }
    combine::sort_sources(&mut incident.sources);
    incident.source_count = incident.sources.len();
    incident
}
