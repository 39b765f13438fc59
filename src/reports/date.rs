//! Publication dates: an ISO date, or the date part of an ISO date-time as it is written.
//!
//! `2024-01-24` · `2024-01-24T01:30:00+03:00` and `2024-01-24T22:30:00Z` both give 24 January: the writer's own day,
//! not shifted to UTC.

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;

/// What a message says was expected.
pub(super) const EXPECTED: &str = "a date such as 2024-01-24";

/// Reads an ISO date or date-time.
pub(super) fn iso(value: &str) -> Option<Date> {
    let value = value.trim();
    let (day, time) = value.split_at_checked("2024-01-24".len())?;
    let date = day.parse::<Date>().ok().filter(|date| date.to_string() == day)?;
    (time.is_empty() || is_time(value, time)).then_some(date)
}

fn is_time(value: &str, time: &str) -> bool {
    time.starts_with(['T', 't', ' ']) && Pieces::parse(value).is_ok()
}

/// Reads what web pages and feeds write: an ISO date, or an RFC 2822 one such as `Wed, 24 Jan 2024 01:30:00 +0300`.
pub(super) fn web(value: &str) -> Option<Date> {
    iso(value).or_else(|| rfc2822::parse(value.trim()).ok().map(|zoned| zoned.date()))
}
