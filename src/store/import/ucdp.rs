//! A row of UCDP's Georeferenced Event Dataset. It tells sides and deaths, but not with what they were killed.

use super::{About, Row, at};
use crate::Result;
use crate::model::{DatePrecision, EventType, GeoPrecision, Incident};

pub(super) fn read(row: &Row) -> Result<(Incident, About)> {
    let mut incident = at(row)?;
    incident.event_type = EventType::Other;
    incident.date_start = row.date(&["date_start"])?;
    incident.date_end = row.date(&["date_end"])?.or(incident.date_start);
    incident.date_precision = match row.parse::<u8>(&["date_prec"], "1 to 5")? {
        _ if incident.date_start.is_none() => DatePrecision::Unknown,
        Some(3) => DatePrecision::Week,
        Some(4) => DatePrecision::Month,
        Some(5) => DatePrecision::Year,
        _ => DatePrecision::Day,
    };
    let (precision, uncertainty_m) = precision(row.parse::<u8>(&["where_prec"], "1 to 7")?.unwrap_or(1));
    (incident.geo_precision, incident.uncertainty_m) = (Some(precision), Some(uncertainty_m));
    incident.place = row.text(&["where_coordinates", "where_description"]);
    incident.place_en.clone_from(&incident.place);
    incident.admin1 = row.text(&["adm_1"]);
    incident.admin2 = row.text(&["adm_2"]);
    incident.actor = row.text(&["side_a"]);
    incident.target = row.text(&["side_b"]);
    incident.killed_min = row.parse(&["low", "best"], "a whole number")?;
    incident.killed_max = row.parse(&["high", "best"], "a whole number")?;
    let about = About {
        id: row.text(&["id", "relid"]),
        publisher: Some(row.text(&["source_office"]).map_or("UCDP".to_owned(), |office| format!("UCDP: {office}"))),
        text: row.text(&["source_headline", "source_article"]),
        ..About::default()
    };
    Ok((incident, about))
}

/// What the point stands for, and how far it may be off in metres, by UCDP's `where_prec`; 2 is about 25 km in its
/// codebook, the wider ones are the size of such units in Iraq and Syria.
fn precision(code: u8) -> (GeoPrecision, u32) {
    match code {
        2 => (GeoPrecision::Offset, 25_000),
        3 => (GeoPrecision::District, 30_000),
        4 => (GeoPrecision::Governorate, 100_000),
        5 => (GeoPrecision::Region, 150_000),
        6 => (GeoPrecision::Country, 500_000),
        7 => (GeoPrecision::Sea, 200_000),
        _ => (GeoPrecision::Settlement, 5_000),
    }
}
