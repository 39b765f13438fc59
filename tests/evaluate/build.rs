//! Gold and findings by hand: field by field as JSON, over a strike on one point on one day.

use std::path::Path;

use mawqi::evaluate::{GoldIncident, GoldReport, parse_gold};
use mawqi::model::Incident;
use serde_json::{Value, json};

use crate::fixture;

/// `fields` over a gold incident: an airstrike on 20 January 2024 at 33 N 44 E, right within 5 km.
pub(super) fn gold(fields: &Value) -> GoldIncident {
    let strike = json!({
        "event_type": "airstrike", "date_start": "2024-01-20", "place": "مكان", "place_level": "site", "lat": 33.0,
        "lon": 44.0, "radius_km": 5, "country": "IQ",
    });
    report("r", &json!([over(strike, fields)])).incidents.remove(0)
}

/// `fields` over the incident that answers [`gold()`] with every attribute right.
pub(super) fn found(fields: &Value) -> Incident {
    let strike = json!({
        "event_type": "airstrike", "date_start": "2024-01-20", "date_end": "2024-01-20", "country": "IQ",
    });
    let incident = serde_json::to_value(fixture::at("found-1", 44.0, 33.0)).unwrap();
    serde_json::from_value(over(over(incident, &strike), fields)).unwrap()
}

/// A gold report with such incidents, field by field as they are.
pub(super) fn report(id: &str, incidents: &Value) -> GoldReport {
    let line = json!({ "id": id, "incidents": incidents }).to_string();
    parse_gold(Path::new("gold.jsonl"), line.as_bytes()).unwrap().remove(0)
}

fn over(mut object: Value, fields: &Value) -> Value {
    let fields = fields.as_object().unwrap().clone();
    object.as_object_mut().unwrap().extend(fields);
    object
}
