//! What is true of a report, as somebody who read it has written down.

use jiff::civil::Date;

use crate::model::{EventType, GeoPrecision, Outcome};

/// How far a right answer may lie from the point where the gold does not say; kilometres. A judgement between the
/// 8 km of a settlement and the 30 km of a district.
pub(super) const DEFAULT_RADIUS_KM: f64 = 15.0;

/// What is true of one report.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldReport {
    /// The report's id: the file's stem, or the record's own.
    pub id: String,
    /// Its incidents; none where the report tells of none.
    pub incidents: Vec<GoldIncident>,
}

/// One true incident. What is null here is not told by the report.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldIncident {
    /// What kind of event.
    pub event_type: EventType,
    /// Further types that are right as well.
    pub event_alt: Vec<EventType>,
    /// First day.
    pub date_start: Option<Date>,
    /// Last day; the first where it is null.
    pub date_end: Option<Date>,
    /// How many days a right answer may lie before or after.
    pub date_slack: u32,
    /// The place's name, for messages.
    pub place: Option<String>,
    /// What the point stands for.
    pub place_level: Option<PlaceLevel>,
    /// Longitude, WGS84 degrees.
    pub lon: Option<f64>,
    /// Latitude, WGS84 degrees.
    pub lat: Option<f64>,
    /// How far from the point a right answer may lie, kilometres.
    pub radius_km: f64,
    /// ISO 3166-1 alpha-2; null at sea.
    pub country: Option<String>,
    /// Who did it, by the report's own assertion.
    pub actor: Option<String>,
    /// Who claimed it.
    pub claimed_by: Option<String>,
    /// What was struck.
    pub target: Option<String>,
    /// What was used.
    pub weapons: Vec<String>,
    /// Fewest killed.
    pub killed_min: Option<u32>,
    /// Most killed.
    pub killed_max: Option<u32>,
    /// Fewest injured.
    pub injured_min: Option<u32>,
    /// Most injured.
    pub injured_max: Option<u32>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Whether a perfect reader might or might not list it.
    pub optional: bool,
}

/// What the place of a gold incident stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceLevel {
    /// One of the levels that an incident found may have.
    Of(GeoPrecision),
    /// No place at all.
    Nowhere,
}

impl GoldIncident {
    /// Whether the country alone decides if a place is right: no point is exact enough to be measured from.
    pub fn is_by_country(&self) -> bool {
        self.is_vast() || self.place_level == Some(PlaceLevel::Nowhere)
    }

    /// Whether the point stands for a country or a sea, so that a distance from it says nothing.
    pub(super) fn is_vast(&self) -> bool {
        matches!(self.place_level, Some(PlaceLevel::Of(GeoPrecision::Country | GeoPrecision::Sea)))
    }
}
