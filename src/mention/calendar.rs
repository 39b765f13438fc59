//! Reckoning: the pieces of a time expression and the publication date into days.
//!
//! A weekday is the nearest such day at or before the publication date; a day and month without a year is the latest
//! such date not after it; nothing is reckoned from nothing.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::hijri;
use super::time::{Parts, named};
use crate::model::{DatePrecision, TimeOfDay, When};

/// What times are reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The publication date, where it is known.
    pub published: Option<Date>,
    /// Else the last date told in full at the head of an item: «13 يونيو 2025: … 15 يونيو: …».
    pub item: Option<Date>,
}

/// The days of a time expression, where they can be reckoned.
pub(super) fn resolve(parts: &Parts, anchor: &Anchor) -> Option<When> {
    let when = parts
        .numeric
        .map(When::day)
        .or_else(|| by_month(parts, anchor))
        .or_else(|| by_weekday(parts, anchor))
        .or_else(|| by_relative(parts, anchor))
        .or_else(|| by_unit(parts, anchor))?;
    Some(night(when, parts).at(parts.time_of_day))
}

/// A night told by one name runs to the next morning only where two days are named.
fn night(when: When, parts: &Parts) -> When {
    if parts.night && parts.weekdays.len() == 2 && when.start == when.end {
        return When { start: shift(when.end, (-1).days()).unwrap_or(when.start), ..when };
    }
    when
}

fn by_month(parts: &Parts, anchor: &Anchor) -> Option<When> {
    let (month, hijri) = parts.month?;
    if hijri {
        return by_hijra(parts, month, anchor);
    }
    let year = parts.year.or_else(|| year_for(parts, month, anchor))?;
    let month = i8::try_from(month).ok()?;
    match parts.days.as_slice() {
        [] => month_span(parts, year, month),
        [day] => date(year, month, *day).map(When::day),
        [first, second, ..] => {
            let (a, b) = (date(year, month, *first)?, date(year, month, *second)?);
            Some(When::span(a.min(b), a.max(b), DatePrecision::Day))
        }
    }
}

/// «21 رمضان 1445», where no day of the common calendar is told beside it. A weekday beside it tells a sighting of the moon that
/// was a day off.
fn by_hijra(parts: &Parts, month: u8, anchor: &Anchor) -> Option<When> {
    let [day] = parts.days.as_slice() else { return None };
    let found = match parts.year {
        Some(year) => hijri::to_common(year, month, *day)?,
        None => hijri::latest(month, *day, anchor.published?)?,
    };
    let told = parts.weekdays.last().copied();
    let fits = |d: &Date| told.is_none_or(|w| d.weekday().to_monday_one_offset() == w);
    let near = [0, -1, 1].into_iter().filter_map(|by: i64| shift(found, by.days())).find(fits);
    Some(When::day(near.unwrap_or(found)))
}

fn month_span(parts: &Parts, year: i16, month: i8) -> Option<When> {
    let first = Date::new(year, month, 1).ok()?;
    let last = first.last_of_month();
    let day = |d: i8| Date::new(year, month, d).unwrap_or(last);
    let (start, end) = match parts.third.map(named) {
        Some("early") => (first, day(10)),
        Some("mid") => (day(11), day(20)),
        Some("late") => (day(21), last),
        _ => (first, last),
    };
    Some(When::span(start, end, DatePrecision::Month))
}

/// The year of a month told without one: the latest that does not lie after publication. Where no publication date is
/// known, items of a timeline follow each other.
fn year_for(parts: &Parts, month: u8, anchor: &Anchor) -> Option<i16> {
    let Some(published) = anchor.published else { return year_after(parts, month, anchor.item?) };
    // «العاشر من يناير من العام الماضي»
    if parts.unit.is_some_and(|u| named(u) == "year") && parts.last.is_some_and(|l| named(l) == "past") {
        return Some(published.year() - 1);
    }
    let day = parts.days.first().copied().unwrap_or(1);
    let month = i8::try_from(month).ok()?;
    let this = date(published.year(), month, day)?;
    // «24 كانون الثاني الماضي» on the 24th is a year ago, on the 31st a week.
    let past = parts.last.is_some_and(|l| named(l) == "past") && this == published;
    Some(if this > published || past { published.year() - 1 } else { published.year() })
}

/// The first year in which the day lies not before the item told last.
fn year_after(parts: &Parts, month: u8, item: Date) -> Option<i16> {
    let day = parts.days.first().copied()?;
    let this = date(item.year(), i8::try_from(month).ok()?, day)?;
    Some(if this < item { item.year() + 1 } else { item.year() })
}

fn by_weekday(parts: &Parts, anchor: &Anchor) -> Option<When> {
    let published = anchor.published?;
    let wanted = *parts.weekdays.last()?;
    let mut back = i64::from((published.weekday().to_monday_one_offset() - wanted).rem_euclid(7));
    if parts.last.is_some_and(|l| named(l) == "past") && back == 0 {
        back = 7;
    }
    let end = shift(published, (-back).days())?;
    match parts.weekdays.as_slice() {
        [first, _] => {
            let gap = i64::from((wanted - first).rem_euclid(7));
            Some(When::span(shift(end, (-gap).days())?, end, DatePrecision::Day))
        }
        _ => Some(When::day(end)),
    }
}

fn by_relative(parts: &Parts, anchor: &Anchor) -> Option<When> {
    let published = anchor.published?;
    if let Some((count, unit)) = parts.ago {
        return ago(published, count, named(unit));
    }
    let days = parts.relative?;
    let date = shift(published, i64::from(days).days())?;
    Some(When::day(date))
}

fn ago(published: Date, count: u32, unit: &str) -> Option<When> {
    let count = i64::from(count);
    match unit {
        "hour" => Some(When::day(published)),
        "day" => shift(published, (-count).days()).map(When::day),
        "week" => shift(published, (-7 * count).days()).map(When::day),
        "month" => {
            let month = shift(published, (-count).months())?;
            Some(When::span(month.first_of_month(), month.last_of_month(), DatePrecision::Month))
        }
        _ => year_span(shift(published, (-count).years())?.year()),
    }
}

/// «الأسبوع الماضي», «الشهر الماضي», «عام 2003».
fn by_unit(parts: &Parts, anchor: &Anchor) -> Option<When> {
    let unit = named(parts.unit?);
    if let (Some(year), "year") = (parts.year, unit) {
        return year_span(year);
    }
    let published = anchor.published?;
    let past = parts.last.map(named) == Some("past");
    match unit {
        "week" if past => Some(When::span(shift(published, (-7).days())?, published, DatePrecision::Week)),
        "month" if past => {
            let month = shift(published, (-1).months())?;
            Some(When::span(month.first_of_month(), month.last_of_month(), DatePrecision::Month))
        }
        "month" => {
            let day = parts.days.first().and_then(|d| date(published.year(), published.month(), *d));
            day.map(When::day).or(Some(When::span(published.first_of_month(), published, DatePrecision::Month)))
        }
        "year" if past => year_span(published.year() - 1),
        "year" => year_span(published.year()),
        _ => None,
    }
}

fn year_span(year: i16) -> Option<When> {
    let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
    Some(When::span(first, last, DatePrecision::Year))
}

/// A date in digits: year first where the first field has it, else day, month, year.
pub(super) fn numeric(a: i32, b: i32, c: i32) -> Option<Date> {
    let (year, month, day) = if a > 1300 { (a, b, c) } else { (c, b, a) };
    let year = i16::try_from(year).ok().filter(|y| (1900..=2100).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn date(year: i16, month: i8, day: u32) -> Option<Date> {
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

/// A date moved by a span; none past the calendar's ends.
pub fn shift(date: Date, by: Span) -> Option<Date> {
    date.checked_add(by).ok()
}

/// The weekday of a date, Monday 1 to Sunday 7.
pub fn weekday(date: Date) -> i8 {
    Weekday::to_monday_one_offset(date.weekday())
}

/// Whether a part of the day belongs to the night between two days.
pub fn is_night(time: Option<TimeOfDay>) -> bool {
    time == Some(TimeOfDay::Night)
}
