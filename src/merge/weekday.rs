//! A report without a date that names the weekday takes the day from a dated report of the same event.
//!
//! From that day follows one thing more of the same report: what it tells of the same weekday was on the same day, since
//! a report's «السبت» is the last Saturday before it. Its other weekdays stay open: before or after cannot be told.

use rustc_hash::FxHashMap;

use super::node::Held;
use super::{combine, days, first_report};
use crate::mention::calendar::weekday;
use crate::model::Incident;

/// The weekdays of an incident, Monday 1 to Sunday 7: of its day or night, or the one that it names; none of a longer time.
pub(super) fn of(incident: &Incident) -> Vec<i8> {
    match days(incident) {
        Some((start, end)) if start == end => vec![weekday(start)],
        Some((start, end)) if (end - start).get_days() == 1 => vec![weekday(start), weekday(end)],
        Some(_) => Vec::new(),
        None => told(incident).into_iter().collect(),
    }
}

/// The weekday that an undated incident names, Monday 1 to Sunday 7.
pub(super) fn told(incident: &Incident) -> Option<i8> {
    if days(incident).is_some() { None } else { incident.sources.iter().find_map(|source| source.says.weekday) }
}

/// Gives an undated incident the date of another, and marks in its sources which report it is from.
pub(super) fn put_date(incident: &mut Incident, from: &Incident, report: &str) {
    combine::put_date(incident, from);
    for source in &mut incident.sources {
        source.says.date_from = Some(report.to_owned());
    }
}

/// The report whose date another took.
fn giver(incident: &Incident) -> &str {
    let given = incident.sources.iter().find_map(|source| source.says.date_from.as_deref());
    given.unwrap_or_else(|| first_report(incident))
}

/// Dates what undated reports tell of a weekday whose day is known by now; true where there was any.
pub(super) fn spread(nodes: &mut [Held]) -> bool {
    let known = known(nodes);
    if known.is_empty() {
        return false;
    }
    let mut any = false;
    for at in 0..nodes.len() {
        let whole = &nodes[at].whole;
        let Some(day) = told(whole) else { continue };
        let Some(Some(from)) = known.get(&(first_report(whole).to_owned(), day)) else { continue };
        let from = nodes[*from].whole.clone();
        let report = giver(&from).to_owned();
        nodes[at].date(&from, &report);
        any = true;
    }
    any
}

/// For each undated report and weekday the event that gives the day; none where two disagree.
fn known(nodes: &[Held]) -> FxHashMap<(String, i8), Option<usize>> {
    let mut known: FxHashMap<(String, i8), Option<usize>> = FxHashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        let Some((start, end)) = days(&node.whole).filter(|(start, end)| start == end) else { continue };
        for source in node.whole.sources.iter().filter(|source| source.says.date_start.is_none()) {
            let Some(day) = source.says.weekday else { continue };
            let agrees = |other: usize| days(&nodes[other].whole) == Some((start, end));
            let slot = known.entry((source.report.clone(), day)).or_insert(Some(at));
            *slot = slot.filter(|other| agrees(*other));
        }
    }
    known
}
