//! A time as an interval of days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DatePrecision, TimeOfDay};

/// Days from `start` to `end`, both counted, local to the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How exactly it is known.
    pub precision: DatePrecision,
    /// Part of the day.
    pub time_of_day: Option<TimeOfDay>,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> When {
        When { start: date, end: date, precision: DatePrecision::Day, time_of_day: None }
    }

    /// From one day to another, known to `precision`.
    pub fn span(start: Date, end: Date, precision: DatePrecision) -> When {
        When { start, end, precision, time_of_day: None }
    }

    /// The same days at a part of the day.
    #[must_use]
    pub fn at(self, time_of_day: Option<TimeOfDay>) -> When {
        When { time_of_day: time_of_day.or(self.time_of_day), ..self }
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: When) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}
