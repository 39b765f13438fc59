//! A row of an ACLED file.
//!
//! Zero fatalities mean there that none are reported, so they become null here.

use jiff::ToSpan;

use super::{About, Row, at};
use crate::Result;
use crate::model::{DatePrecision, EventType, GeoPrecision, Incident};

/// How far the point may be off, by ACLED's `geo_precision`, metres: a town, a part of a region, a province.
const UNCERTAINTY_M: [u32; 3] = [5_000, 25_000, 100_000];

/// Days about a date that is known to the week only.
const HALF_WEEK: i64 = 3;

pub(super) fn read(row: &Row) -> Result<(Incident, About)> {
    let mut incident = at(row)?;
    let sub = row.text(&["sub_event_type"]).unwrap_or_default();
    incident.event_type = kind(&sub);
    days(row, &mut incident)?;
    place(row, &mut incident)?;
    incident.actor = row.text(&["actor1"]);
    incident.target = row.text(&["actor2"]);
    let killed = row.parse::<u32>(&["fatalities"], "a whole number")?.filter(|killed| *killed > 0);
    (incident.killed_min, incident.killed_max) = (killed, killed);
    incident.summary_en = row.text(&["notes"]).unwrap_or_default();
    let about = About {
        id: row.text(&["event_id_cnty"]),
        publisher: Some(row.text(&["source"]).map_or("ACLED".to_owned(), |source| format!("ACLED: {source}"))),
        text: row.text(&["notes"]),
        ..About::default()
    };
    Ok((incident, about))
}

fn kind(sub_event_type: &str) -> EventType {
    match sub_event_type {
        "Air/drone strike" => EventType::Airstrike,
        "Shelling/artillery/missile attack" => EventType::Shelling,
        "Remote explosive/landmine/IED" | "Grenade" => EventType::Bombing,
        "Suicide bomb" => EventType::SuicideBombing,
        "Armed clash" | "Government regains territory" | "Non-state actor overtakes territory" => EventType::ArmedClash,
        "Attack" => EventType::ArmedAttack,
        "Abduction/forced disappearance" => EventType::Abduction,
        _ => EventType::Other,
    }
}

fn days(row: &Row, incident: &mut Incident) -> Result<()> {
    let Some(date) = row.date(&["event_date"])? else {
        incident.date_precision = DatePrecision::Unknown;
        return Ok(());
    };
    let (precision, start, end) = match row.parse::<u8>(&["time_precision"], "1, 2 or 3")? {
        Some(2) => (DatePrecision::Week, date.saturating_sub(HALF_WEEK.days()), date.saturating_add(HALF_WEEK.days())),
        Some(3) => (DatePrecision::Month, date.first_of_month(), date.last_of_month()),
        _ => (DatePrecision::Day, date, date),
    };
    (incident.date_precision, incident.date_start, incident.date_end) = (precision, Some(start), Some(end));
    Ok(())
}

fn place(row: &Row, incident: &mut Incident) -> Result<()> {
    incident.place = row.text(&["location"]);
    incident.place_en.clone_from(&incident.place);
    incident.admin1 = row.text(&["admin1"]);
    incident.admin2 = row.text(&["admin2"]);
    let (precision, uncertainty_m) = match row.parse::<u8>(&["geo_precision"], "1, 2 or 3")? {
        Some(2) => (GeoPrecision::District, UNCERTAINTY_M[1]),
        Some(3) => (GeoPrecision::Governorate, UNCERTAINTY_M[2]),
        _ => (GeoPrecision::Settlement, UNCERTAINTY_M[0]),
    };
    (incident.geo_precision, incident.uncertainty_m) = (Some(precision), Some(uncertainty_m));
    Ok(())
}
