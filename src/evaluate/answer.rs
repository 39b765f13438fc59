//! Whether an incident found answers one of the gold: the same place, day and kind of event.

use geo::{Distance, HaversineMeasure, Point};
use jiff::civil::Date;

use super::gold::GoldIncident;
use crate::model::{EventType, Incident};

/// The sphere on which distances from the gold are measured: the mean radius R1 of GRS 80, 6 371 008.8 m (Moritz 2000).
/// Radii of right answers are judgements, so the ellipsoid would add nothing.
const SPHERE: HaversineMeasure = HaversineMeasure::GRS80_MEAN_RADIUS;

/// Metres in a kilometre.
const KM_M: f64 = 1_000.0;

/// Hours between a day and the next, on the calendar.
const HOURS_OF_A_DAY: i64 = 24;

/// Whether `found` answers `gold` by place, date and type.
pub fn answers(gold: &GoldIncident, found: &Incident) -> bool {
    has_place(gold, found) && has_date(gold, found) && has_type(gold, found)
}

/// The distance between the two points, kilometres; none where one has no point.
pub(super) fn distance_km(gold: &GoldIncident, found: &Incident) -> Option<f64> {
    let (gold, found) = (Point::new(gold.lon?, gold.lat?), Point::new(found.lon?, found.lat?));
    Some(SPHERE.distance(gold, found) / KM_M)
}

/// The point lies within the gold's radius; for a whole country or sea, the country is the same.
fn has_place(gold: &GoldIncident, found: &Incident) -> bool {
    if gold.is_by_country() {
        return gold.country.is_none() || gold.country == found.country;
    }
    distance_km(gold, found).is_some_and(|distance| distance <= gold.radius_km)
}

/// The days overlap, give or take the gold's slack, and are not much vaguer than those of the gold.
///
/// No date answers only no date, so that none is invented; where the gold is optional and undated, any date will do.
fn has_date(gold: &GoldIncident, found: &Incident) -> bool {
    let (Some(gold_start), Some(start)) = (gold.date_start, found.date_start) else {
        return gold.date_start.is_none() && (found.date_start.is_none() || gold.optional);
    };
    let (gold_end, end) = (gold.date_end.unwrap_or(gold_start), found.date_end.unwrap_or(start));
    let slack = i64::from(gold.date_slack);
    let overlap = days(gold_end, start) <= slack && days(end, gold_start) <= slack;
    overlap && days(start, end) <= days(gold_start, gold_end).max(1) + slack
}

/// Days from one to the other; below zero where the second comes first.
fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / HOURS_OF_A_DAY
}

/// One of the gold's types is of a family with the type found.
fn has_type(gold: &GoldIncident, found: &Incident) -> bool {
    std::iter::once(&gold.event_type).chain(&gold.event_alt).any(|&event| are_kin(event, found.event_type))
}

/// Whether two types are of one family: struck from afar or by a device, or done face to face.
fn are_kin(one: EventType, other: EventType) -> bool {
    let (one, other) = (families(one), families(other));
    one.0 && other.0 || one.1 && other.1
}

/// Whether the type can be from afar, and whether it can be face to face.
fn families(event: EventType) -> (bool, bool) {
    match event {
        EventType::Airstrike
        | EventType::DroneStrike
        | EventType::MissileAttack
        | EventType::Shelling
        | EventType::NavalAttack
        | EventType::Bombing
        | EventType::SuicideBombing
        | EventType::Explosion => (true, false),
        EventType::ArmedClash | EventType::ArmedAttack | EventType::Raid | EventType::Abduction => (false, true),
        EventType::Assassination | EventType::Other => (true, true),
    }
}
