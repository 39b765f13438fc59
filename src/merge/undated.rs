//! When an undated incident is a dated one. Place and type are too little: attacks recur.
//!
//! - it names the weekday of the other's day
//! - it is no look back, its report is of the other's day or the day after, and they agree in one thing more
//! - type, weapon and toll all agree

use jiff::civil::Date;

use super::likeness::{OUT, Part};
use super::{days, first_published, weekday};
use crate::model::Incident;

/// The points of numbers that nearly agree.
pub(super) const NEARLY: f64 = -0.3;
/// The points of a date where an undated report names the weekday of the other's day.
const WEEKDAY_POINTS: f64 = 1.2;
/// The points of a date where an undated report came out on the other's day or the day after.
const FRESH_POINTS: f64 = 0.6;
/// News are told within so many days of their day; a judgement.
const FRESH_DAYS: i32 = 1;
/// What type, weapons, toll and sides must come to where only the day of the report speaks for the date; a judgement.
const AGREED: f64 = 1.0;
/// The points of one and the same type.
const SAME_TYPE: f64 = 1.5;
/// The points of types that tell of one thing with more or fewer words.
const LIKE_TYPE: f64 = 0.8;

/// The date part where one has no date: a report cannot tell what had not yet happened.
pub(super) fn date(a: &Incident, b: &Incident) -> Part {
    match (days(a), days(b)) {
        (None, Some(of_b)) => against(a, b, of_b),
        (Some(of_a), None) => against(b, a, of_a),
        _ => Part::new("date", 0.0, "no date told"),
    }
}

/// An undated incident against a dated one.
fn against(undated: &Incident, dated: &Incident, (start, end): (Date, Date)) -> Part {
    let told = first_published(undated);
    if told.is_some_and(|told| told < start) {
        return Part::new("date", OUT, "reported before the other's day");
    }
    match (weekday::told(undated), told) {
        (Some(day), _) => on_day(day, dated),
        (None, Some(told)) if is_news(undated) && (told - end).get_days() <= FRESH_DAYS => {
            Part::new("date", FRESH_POINTS, "reported on the other's day or the day after")
        }
        _ => Part::new("date", 0.0, "no date told"),
    }
}

/// A weekday against a day or a night; a longer time holds them all.
fn on_day(told: i8, dated: &Incident) -> Part {
    match weekday::of(dated).as_slice() {
        [] => Part::new("date", 0.0, "a weekday, and a longer time"),
        days if days.contains(&told) => Part::new("date", WEEKDAY_POINTS, "the weekday of the other's day"),
        _ => Part::new("date", OUT, "another weekday"),
    }
}

/// Whether an undated incident may be what its report came out for.
fn is_news(undated: &Incident) -> bool {
    !undated.background && weekday::told(undated).is_none()
}

/// The days of which an undated incident may be news: that of its report, and the one before.
pub(super) fn news_of(undated: &Incident) -> impl Iterator<Item = Date> {
    let told = first_published(undated).filter(|_| is_news(undated));
    let before = told.and_then(|day| day.yesterday().ok());
    told.into_iter().chain(before)
}

/// Whether the parts are enough for an undated and a dated incident.
pub(super) fn agree(a: &Incident, b: &Incident, parts: &[Part]) -> bool {
    strong(a, b, parts) || on_weekday(parts) || fresh(parts)
}

/// The points of one part.
fn points_of(parts: &[Part], name: &str) -> f64 {
    parts.iter().find(|part| part.name == name).map_or(0.0, |part| part.score)
}

/// Whether none of these parts speaks against it.
fn unopposed(parts: &[Part], names: &[&str]) -> bool {
    names.iter().all(|name| points_of(parts, name) >= 0.0)
}

/// Whether place, type, weapon and toll all agree: what an undated incident needs.
fn strong(a: &Incident, b: &Incident, parts: &[Part]) -> bool {
    let points = |name: &str| points_of(parts, name);
    points("place") >= 2.0
        && a.event_type == b.event_type
        && points("weapons") >= 0.7
        && (points("killed") >= 1.0 || points("injured") >= 0.5)
        && unopposed(parts, &["killed", "injured", "actor", "time", "outcome"])
}

/// Whether an undated incident names the weekday, the place and the type of a dated one, and nothing speaks against it.
fn on_weekday(parts: &[Part]) -> bool {
    let points = |name: &str| points_of(parts, name);
    let more = ["weapons", "killed", "actor", "target"].iter().any(|name| points(name) > 0.0);
    let in_unit = points("type") >= SAME_TYPE && points("target") > 0.0 && in_one_unit(parts);
    points("date") >= WEEKDAY_POINTS && ((points("type") >= LIKE_TYPE || more) && at_one_place(parts) || in_unit)
}

/// Whether an undated incident is news of the dated one's place, and type and one thing more agree.
fn fresh(parts: &[Part]) -> bool {
    let points = |name: &str| points_of(parts, name);
    let more: f64 = ["weapons", "killed", "injured", "actor", "target"].iter().map(|name| points(name)).sum();
    points("date") >= FRESH_POINTS
        && points("type") > 0.0
        && more > 0.0
        && points("type") + more >= AGREED
        && at_one_place(parts)
}

/// Whether the places are one, and nothing else speaks against one event.
fn at_one_place(parts: &[Part]) -> bool {
    points_of(parts, "place") >= 2.0 && no_other(parts)
}

/// Whether one is known to the district only, the other lies in it, and nothing else speaks against one event.
fn in_one_unit(parts: &[Part]) -> bool {
    points_of(parts, "place") >= 1.0 && no_other(parts)
}

fn no_other(parts: &[Part]) -> bool {
    unopposed(parts, &["weapons", "actor", "time", "outcome", "ordinal"])
        && ["killed", "injured"].iter().all(|name| points_of(parts, name) >= NEARLY)
}
