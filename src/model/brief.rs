//! An incident without its words and evidence: what is asked about by the million.

use std::sync::Arc;

use jiff::civil::Date;

use super::{DatePrecision, EventType, GeoPrecision, Incident};

/// The fields of a located incident by which it is found, counted and listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Where the whole incident stands: its number in the store, or its position in a list.
    pub row: i64,
    /// Stable id.
    pub id: Box<str>,
    /// Longitude, WGS84 degrees.
    pub lon: f64,
    /// Latitude, WGS84 degrees.
    pub lat: f64,
    /// What kind of event.
    pub event_type: EventType,
    /// First day.
    pub date_start: Option<Date>,
    /// Last day.
    pub date_end: Option<Date>,
    /// How exactly the date is known.
    pub date_precision: DatePrecision,
    /// The most specific place named.
    pub place: Option<Arc<str>>,
    /// Its English name.
    pub place_en: Option<Arc<str>>,
    /// What the coordinates stand for.
    pub geo_precision: Option<GeoPrecision>,
    /// Radius of the circle that holds the incident, metres.
    pub uncertainty_m: Option<u32>,
    /// First-level unit in English.
    pub admin1: Option<Arc<str>>,
    /// ISO 3166-1 alpha-2; null at sea.
    pub country: Option<Arc<str>>,
    /// Who did it.
    pub actor: Option<Arc<str>>,
    /// Who claimed it.
    pub claimed_by: Option<Arc<str>>,
    /// Fewest killed.
    pub killed_min: Option<u32>,
    /// Most killed.
    pub killed_max: Option<u32>,
    /// Fewest injured.
    pub injured_min: Option<u32>,
    /// Most injured.
    pub injured_max: Option<u32>,
    /// How many reports tell of it.
    pub source_count: u32,
}

impl Brief {
    /// The brief of an incident that has a point, standing at `row`.
    pub fn of(incident: &Incident, row: i64) -> Option<Brief> {
        let text = |text: &Option<String>| text.as_deref().map(Arc::from);
        Some(Brief {
            row,
            id: incident.id.as_str().into(),
            lon: incident.lon?,
            lat: incident.lat?,
            event_type: incident.event_type,
            date_start: incident.date_start,
            date_end: incident.date_end,
            date_precision: incident.date_precision,
            place: text(&incident.place),
            place_en: text(&incident.place_en),
            geo_precision: incident.geo_precision,
            uncertainty_m: incident.uncertainty_m,
            admin1: text(&incident.admin1),
            country: text(&incident.country),
            actor: text(&incident.actor),
            claimed_by: text(&incident.claimed_by),
            killed_min: incident.killed_min,
            killed_max: incident.killed_max,
            injured_min: incident.injured_min,
            injured_max: incident.injured_max,
            source_count: u32::try_from(incident.source_count).unwrap_or(u32::MAX),
        })
    }

    /// Whether the point stands for a whole area.
    pub fn is_area(&self) -> bool {
        self.geo_precision.is_some_and(GeoPrecision::is_area)
    }
}
