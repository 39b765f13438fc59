//! Times: how each is told, and how it was reckoned to days.

use jiff::civil::{Date, Weekday};

use super::context::Context;
use super::explanation::{Mention, MentionKind, TimeReading};
use crate::mention::calendar::weekday;
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::model::{Span, When};

/// All times.
pub(super) fn mentions(context: &Context<'_, '_, '_>) -> Vec<Mention> {
    context.seen.reading.times.iter().map(|time| told(context, time)).collect()
}

fn told(context: &Context<'_, '_, '_>, time: &TimeMention) -> Mention {
    let words = context.quote(time.start, time.end);
    let reading = TimeReading {
        told_by: told_by(time.kind),
        role: role(time.role).0,
        date_start: time.when.map(|w| w.start),
        date_end: time.when.map(|w| w.end),
        date_precision: time.when.map(|w| w.precision),
        time_of_day: time.time_of_day.or(time.when.and_then(|w| w.time_of_day)),
    };
    let with_year = words.text.chars().filter(|c| c.is_numeric()).count() >= 4;
    let reason = format!("{}. {}", reckoned(time, context.seen.anchor.published, with_year), role(time.role).1);
    let incidents = context.marked(&["date"], Span::new(words.start, words.end));
    Mention { kind: MentionKind::Time, means: means(time), reason, incidents, place: None, time: Some(reading), words }
}

/// Days as `2024-01-20`, `2024-01-20 to 2024-01-21`, with the part of the day.
pub(super) fn days(when: When) -> String {
    let days = if when.start == when.end { when.start.to_string() } else { format!("{} to {}", when.start, when.end) };
    match when.time_of_day {
        Some(part) => format!("{days}, {part}"),
        None => days,
    }
}

fn means(time: &TimeMention) -> String {
    match (time.when, time.kind, time.time_of_day) {
        (Some(when), ..) => days(when),
        (None, TimeKind::Told(0), _) => "the day told before".to_owned(),
        (None, TimeKind::Told(by), _) => format!("the day told before, moved by {by}"),
        (None, TimeKind::Daypart, Some(part)) => part.to_string(),
        _ => "no days".to_owned(),
    }
}

const fn told_by(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Calendar => "calendar",
        TimeKind::Weekday => "weekday",
        TimeKind::Relative => "relative",
        TimeKind::Today => "today",
        TimeKind::Told(_) => "told",
        TimeKind::Daypart => "daypart",
    }
}

const fn role(role: TimeRole) -> (&'static str, &'static str) {
    match role {
        TimeRole::At => ("at", "It can say when something happened"),
        TimeRole::Since => ("since", "It opens a span that is counted over, and dates no event"),
        TimeRole::Until => ("until", "It closes a span that is counted over, and dates no event"),
        TimeRole::Future => ("future", "It is still to come, and dates no event"),
    }
}

/// How the days came about, or why there are none.
fn reckoned(time: &TimeMention, published: Option<Date>, with_year: bool) -> String {
    match (time.kind, time.when, published) {
        (TimeKind::Told(_), ..) => "Reckoned from the day told before it, where there is one".to_owned(),
        (TimeKind::Daypart, ..) => {
            "A part of the day; the day is that of its sentence or of what was told before".to_owned()
        }
        (TimeKind::Calendar, Some(_), _) if with_year => "A date that tells its year".to_owned(),
        (_, Some(_), None) => "The words tell it in full".to_owned(),
        (_, None, None) => "There is no publication date to reckon from".to_owned(),
        (_, None, Some(_)) => "No day of the calendar that is used here, or too little to reckon by".to_owned(),
        (kind, Some(when), Some(published)) => from_publication(kind, time.weekday, when, published),
    }
}

/// How the days came about by way of the publication date.
fn from_publication(kind: TimeKind, day: Option<i8>, when: When, published: Date) -> String {
    let from = format!("publication ({published}, a {})", named(weekday(published)));
    let day = day.map_or("day", named);
    let same_day = weekday(published) == weekday(when.end);
    let same_month = published.month() == when.start.month() && published.day() >= when.start.day();
    match kind {
        TimeKind::Weekday if same_day && when.end < published => format!("The last {day} before {from}"),
        TimeKind::Weekday => format!("The nearest {day} at or before {from}"),
        TimeKind::Calendar if same_month && when.start.year() < published.year() => {
            format!("The last such date in a year before {from}")
        }
        TimeKind::Calendar => format!("The latest such date not after {from}"),
        TimeKind::Today => format!("The day of {from}"),
        _ => format!("Reckoned back from {from}"),
    }
}

/// The English name of a weekday, Monday 1 to Sunday 7.
pub(super) fn named(day: i8) -> &'static str {
    match Weekday::from_monday_one_offset(day) {
        Ok(Weekday::Monday) => "Monday",
        Ok(Weekday::Tuesday) => "Tuesday",
        Ok(Weekday::Wednesday) => "Wednesday",
        Ok(Weekday::Thursday) => "Thursday",
        Ok(Weekday::Friday) => "Friday",
        Ok(Weekday::Saturday) => "Saturday",
        Ok(Weekday::Sunday) => "Sunday",
        Err(_) => "day",
    }
}
