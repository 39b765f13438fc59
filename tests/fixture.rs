//! Incidents made by hand.

use jiff::civil::date;
use mawqi::model::{
    DatePrecision, EventType, Evidence, GeoPrecision, Incident, Mark, Outcome, PlaceKind, Source, Statement, TimeOfDay,
};

/// An incident of which nothing but its id and type is known.
pub(crate) fn bare(id: &str) -> Incident {
    Incident {
        id: id.to_owned(),
        event_type: EventType::Other,
        date_start: None,
        date_end: None,
        date_precision: DatePrecision::Unknown,
        time_of_day: None,
        place: None,
        place_en: None,
        place_id: None,
        place_kind: None,
        geo_precision: None,
        uncertainty_m: None,
        lon: None,
        lat: None,
        admin2: None,
        admin1: None,
        country: None,
        actor: None,
        claimed_by: None,
        blamed_on: None,
        target: None,
        weapons: Vec::new(),
        killed_min: None,
        killed_max: None,
        injured_min: None,
        injured_max: None,
        outcome: Outcome::Unknown,
        damage: None,
        background: false,
        confidence: 0.5,
        summary_en: String::new(),
        summary_ar: String::new(),
        source_count: 0,
        sources: Vec::new(),
    }
}

/// The same incident at a point.
pub(crate) fn at(id: &str, lon: f64, lat: f64) -> Incident {
    Incident { lon: Some(lon), lat: Some(lat), geo_precision: Some(GeoPrecision::Site), ..bare(id) }
}

/// An incident with every field filled, told by two reports.
pub(crate) fn full() -> Incident {
    Incident {
        event_type: EventType::DroneStrike,
        date_start: Some(date(2024, 1, 20)),
        date_end: Some(date(2024, 1, 21)),
        date_precision: DatePrecision::Day,
        time_of_day: Some(TimeOfDay::Night),
        place: Some("عين الأسد".to_owned()),
        place_en: Some("Ain al-Asad".to_owned()),
        place_id: Some("iq-ain-al-asad".to_owned()),
        place_kind: Some(PlaceKind::AirBase),
        uncertainty_m: Some(2_000),
        admin2: Some("Hit".to_owned()),
        admin1: Some("Al Anbar".to_owned()),
        country: Some("IQ".to_owned()),
        actor: Some("Iran-backed militias".to_owned()),
        claimed_by: Some("Islamic Resistance in Iraq".to_owned()),
        blamed_on: Some("Iran".to_owned()),
        target: Some("US forces".to_owned()),
        weapons: vec!["drone".to_owned(), "rocket".to_owned()],
        killed_min: Some(0),
        killed_max: Some(0),
        injured_min: Some(2),
        outcome: Outcome::Hit,
        damage: Some("أضرار في المدرج".to_owned()),
        background: true,
        confidence: 0.1 + 0.2,
        summary_en: "Drone strike on Ain al-Asad, \"two\" wounded".to_owned(),
        summary_ar: "هجوم بطائرة مسيرة على عين الأسد".to_owned(),
        source_count: 2,
        sources: vec![source("a", Some("وكالة")), source("b", None)],
        ..at("full-1", 42.4412, 33.7856)
    }
}

fn source(report: &str, publisher: Option<&str>) -> Source {
    let text = "=استهدفت طائرة مسيرة\nالقاعدة، دون إصابات".to_owned();
    let marks = vec![Mark { field: "place".to_owned(), start: 10, end: 20 }];
    Source {
        report: report.to_owned(),
        published: publisher.map(|_| date(2024, 1, 21)),
        publisher: publisher.map(str::to_owned),
        url: publisher.map(|_| "https://example.org/1".to_owned()),
        says: Statement { injured_min: Some(2), ..Statement::default() },
        evidence: vec![Evidence { start: 4, end: 4 + text.len(), text, marks }],
    }
}
