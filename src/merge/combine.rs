//! The members of one event → one incident that keeps the evidence of all.
//!
//! The finest place and the narrowest date win, tolls become the range over all that state one, names go by majority,
//! and every source keeps its own statement, so that what reports disagree on stays to be seen.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::votes::{Toll, Votes};
use super::{canonical, days, first_report, place};
use crate::model::{DatePrecision, EventType, GeoPrecision, Incident, Source, Statement};
use crate::resolve::summary;

/// The highest confidence that agreement can give.
const CONFIDENCE_CAP: f64 = 0.99;

/// One incident of all members; a single one is itself.
pub(super) fn combine(members: &[Incident]) -> Option<Incident> {
    let mut members: Vec<&Incident> = members.iter().collect();
    members.sort_by(|a, b| hearing(a, b));
    let fullest = members.iter().copied().max_by_key(|m| (fields(m), std::cmp::Reverse(first_report(m))))?;
    if members.len() == 1 {
        return Some(fullest.clone());
    }
    let mut whole = fullest.clone();
    set_date(&mut whole, &members);
    set_place(&mut whole, &members);
    set_names(&mut whole, &members);
    set_tolls(&mut whole, &members);
    whole.event_type = event_type(&members);
    whole.weapons = members.iter().flat_map(|m| m.weapons.iter().cloned()).collect();
    whole.weapons.sort_unstable();
    whole.weapons.dedup();
    whole.outcome = members.iter().map(|m| m.outcome).min().unwrap_or(whole.outcome);
    whole.background = members.iter().all(|m| m.background);
    whole.confidence = confidence(&members);
    whole.sources = sources(&members);
    sort_sources(&mut whole.sources);
    whole.source_count = whole.sources.len();
    (whole.summary_en, whole.summary_ar) = summary(&whole);
    Some(whole)
}

/// The lines of a merged incident. Its toll there is that of the latest official statement, where there is one; the
/// range over all sources stays in its fields.
fn summary(whole: &Incident) -> (String, String) {
    let mut told = Incident { sources: Vec::new(), ..whole.clone() };
    let latest = |tells: fn(&Statement) -> bool| {
        let official = whole.sources.iter().filter(|source| source.says.official && tells(&source.says));
        official.max_by_key(|source| (source.published, &source.report)).map(|source| &source.says)
    };
    if let Some(says) = latest(|says| says.killed_min.is_some()) {
        (told.killed_min, told.killed_max) = (says.killed_min, says.killed_max);
    }
    if let Some(says) = latest(|says| says.injured_min.is_some()) {
        (told.injured_min, told.injured_max) = (says.injured_min, says.injured_max);
    }
    summary::of(&told)
}

/// The order in which members are heard.
pub(super) fn hearing(a: &Incident, b: &Incident) -> Ordering {
    first_report(a).cmp(first_report(b)).then_with(|| canonical(a, b))
}

/// Sources by publication date (unknown last) and report, each with its evidence in order and once.
pub(super) fn sort_sources(sources: &mut [Source]) {
    for source in sources.iter_mut() {
        source.evidence.sort_unstable();
        source.evidence.dedup();
    }
    sources.sort_by(|a, b| source_key(a).cmp(&source_key(b)));
}

fn source_key(s: &Source) -> impl Ord + '_ {
    (s.published.is_none(), s.published, &s.report, &s.evidence)
}

/// How many reports stand behind a member.
pub(super) fn weight(member: &Incident) -> usize {
    member.sources.len().max(1)
}

/// How many fields a member fills: the measure for whose summary to take.
fn fields(m: &Incident) -> usize {
    let names = [&m.actor, &m.claimed_by, &m.blamed_on, &m.target, &m.damage, &m.place_id, &m.admin2, &m.admin1];
    let tolls = [m.killed_min, m.killed_max, m.injured_min, m.injured_max];
    names.iter().filter(|f| f.is_some()).count()
        + tolls.iter().filter(|f| f.is_some()).count()
        + usize::from(days(m).is_some())
        + usize::from(m.time_of_day.is_some())
        + usize::from(!m.weapons.is_empty())
}

/// The value that most reports give; of equals the one of the first report.
fn vote<T: Clone + PartialEq>(members: &[&Incident], get: impl Fn(&Incident) -> Option<&T>) -> Option<T> {
    let mut votes = Votes::default();
    for (rank, member) in members.iter().enumerate() {
        if let Some(value) = get(member) {
            votes.add(value, weight(member), rank);
        }
    }
    votes.winner(|_| true).map(|value| T::clone(value))
}

/// The narrowest range, of equals the earliest, has the least.
pub(super) fn date_key(m: &Incident) -> Option<(i32, Date, DatePrecision)> {
    days(m).map(|(start, end)| ((end - start).get_days(), start, m.date_precision))
}

/// Gives the date of another.
pub(super) fn put_date(whole: &mut Incident, from: &Incident) {
    (whole.date_start, whole.date_end, whole.date_precision) = (from.date_start, from.date_end, from.date_precision);
}

fn set_date(whole: &mut Incident, members: &[&Incident]) {
    if let Some(from) = dated(members) {
        put_date(whole, from);
    }
}

/// The member that gives the date.
fn dated<'m>(members: &[&'m Incident]) -> Option<&'m Incident> {
    members.iter().filter_map(|m| Some((date_key(m)?, *m))).min_by_key(|(key, _)| *key).map(|(_, from)| from)
}

/// The sources of all; those of an undated member say from which report the date is.
fn sources(members: &[&Incident]) -> Vec<Source> {
    let giver = dated(members).map(first_report);
    let of = |m: &&Incident| {
        let mut sources = m.sources.clone();
        if days(m).is_none() {
            for source in &mut sources {
                source.says.date_from = giver.map(str::to_owned);
            }
        }
        sources
    };
    members.iter().flat_map(of).collect()
}

/// The finest place has the least.
pub(super) fn place_key(m: &Incident) -> (bool, GeoPrecision, u32) {
    (place::point(m).is_none(), place::level(m), m.uncertainty_m.unwrap_or(u32::MAX))
}

/// Gives the place of another.
pub(super) fn put_place(whole: &mut Incident, from: &Incident) {
    whole.place.clone_from(&from.place);
    whole.place_en.clone_from(&from.place_en);
    whole.place_id.clone_from(&from.place_id);
    whole.admin2.clone_from(&from.admin2);
    whole.admin1.clone_from(&from.admin1);
    whole.country.clone_from(&from.country);
    (whole.place_kind, whole.geo_precision, whole.uncertainty_m) =
        (from.place_kind, from.geo_precision, from.uncertainty_m);
    (whole.lon, whole.lat) = (from.lon, from.lat);
}

/// The finest place with its coordinates; its district by name where only another report tells it.
fn set_place(whole: &mut Incident, members: &[&Incident]) {
    let Some(from) = members.iter().copied().min_by_key(|m| place_key(m)) else { return };
    put_place(whole, from);
    if whole.admin2.is_none() && whole.admin1.is_some() {
        let of_unit: Vec<&Incident> = members.iter().copied().filter(|m| m.admin1 == from.admin1).collect();
        whole.admin2 = vote(&of_unit, |m| m.admin2.as_ref());
    }
}

fn set_names(whole: &mut Incident, members: &[&Incident]) {
    whole.actor = vote(members, |m| m.actor.as_ref());
    whole.claimed_by = vote(members, |m| m.claimed_by.as_ref());
    whole.blamed_on = vote(members, |m| m.blamed_on.as_ref());
    whole.target = vote(members, |m| m.target.as_ref());
    whole.damage = vote(members, |m| m.damage.as_ref());
    whole.time_of_day = vote(members, |m| m.time_of_day.as_ref());
}

fn set_tolls(whole: &mut Incident, members: &[&Incident]) {
    (whole.killed_min, whole.killed_max) = toll(members, |m| (m.killed_min, m.killed_max));
    (whole.injured_min, whole.injured_max) = toll(members, |m| (m.injured_min, m.injured_max));
}

fn toll(members: &[&Incident], get: impl Fn(&Incident) -> (Option<u32>, Option<u32>)) -> (Option<u32>, Option<u32>) {
    members.iter().map(|m| Toll::told(get(m))).fold(Toll::default(), Toll::join).range()
}

fn event_type(members: &[&Incident]) -> EventType {
    let mut votes = Votes::default();
    members.iter().enumerate().for_each(|(rank, m)| votes.add(m.event_type, weight(m), rank));
    votes.event_type()
}

/// The chance that not all are wrong.
fn confidence(members: &[&Incident]) -> f64 {
    let wrong: f64 = members.iter().map(|m| 1.0 - m.confidence.clamp(0.0, 1.0)).product();
    (1.0 - wrong).min(CONFIDENCE_CAP)
}
