//! Incidents built by hand, field by field.

use crate::fixture::bare;
use jiff::civil::Date;
use mawqi::model::{DatePrecision, EventType, Evidence, GeoPrecision, Incident, Outcome, Source, Statement, TimeOfDay};

/// A place as the gazetteer knows it: id, name, precision, lat, lon, radius, country, admin1, admin2.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) GeoPrecision,
    pub(super) f64,
    pub(super) f64,
    pub(super) u32,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
);

use GeoPrecision as P;
pub(super) const ASAD: Spot =
    Spot("iq-ain-al-asad", "عين الأسد", P::Site, 33.7856, 42.4412, 5_000, "IQ", "Anbar", "Hit");
pub(super) const EMBASSY: Spot =
    Spot("iq-us-embassy", "السفارة الأميركية في بغداد", P::Site, 33.2989, 44.3961, 1_000, "IQ", "Baghdad", "");
pub(super) const BAGHDAD: Spot =
    Spot("iq-baghdad", "بغداد", P::Settlement, 33.3152, 44.3661, 20_000, "IQ", "Baghdad", "");
pub(super) const SHADDADI: Spot =
    Spot("sy-shaddadi-base", "الشدادي", P::Site, 36.05, 40.733, 5_000, "SY", "Al-Hasakah", "");
pub(super) const JURF: Spot =
    Spot("iq-jurf-al-sakhar", "جرف الصخر", P::Settlement, 32.8736, 44.1939, 12_000, "IQ", "Babil", "Al-Musayyib");
pub(super) const SAIDAT: Spot =
    Spot("iq-saidat", "السعيدات", P::Settlement, 32.8389, 44.2238, 3_000, "IQ", "Babil", "Al-Musayyib");
pub(super) const QAIM: Spot =
    Spot("iq-qaim-district", "القائم", P::District, 34.3925, 40.9894, 35_000, "IQ", "Anbar", "Al-Qa'im");
pub(super) const SIKAK: Spot = Spot("iq-sikak", "السكك", P::Settlement, 34.39, 41.0, 5_000, "IQ", "Anbar", "Al-Qa'im");
pub(super) const ANBAR: Spot = Spot("iq-anbar", "الأنبار", P::Governorate, 33.0, 42.0, 200_000, "IQ", "Anbar", "");
pub(super) const IRAQ: Spot = Spot("iq", "العراق", P::Country, 33.2, 43.7, 400_000, "IQ", "", "");
pub(super) const LEBANON: Spot = Spot("lb", "لبنان", P::Country, 33.85, 35.86, 120_000, "LB", "", "");
pub(super) const YEMEN: Spot = Spot("ye", "اليمن", P::Country, 15.5, 47.5, 500_000, "YE", "", "");
pub(super) const ISRAEL: Spot = Spot("il", "إسرائيل", P::Country, 31.4, 34.6, 200_000, "IL", "", "");
pub(super) const DAMASCUS: Spot =
    Spot("sy-damascus", "دمشق", P::Settlement, 33.5102, 36.2913, 12_000, "SY", "Damascus", "");

/// A day from `2024-01-20`.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Text or nothing.
pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|t| !t.is_empty())
}

/// An incident of one report, at one place, on one day (or `""`).
pub(super) fn incident(report: &str, event_type: EventType, on: &str, spot: Spot) -> Incident {
    let Spot(id, name, precision, lat, lon, radius, country, admin1, admin2) = spot;
    let date = day(on);
    Incident {
        event_type,
        date_start: date,
        date_end: date,
        date_precision: if date.is_some() { DatePrecision::Day } else { DatePrecision::Unknown },
        place: some(name),
        place_id: some(id),
        geo_precision: Some(precision),
        uncertainty_m: Some(radius),
        lon: Some(lon),
        lat: Some(lat),
        admin2: some(admin2),
        admin1: some(admin1),
        country: some(country),
        confidence: 0.8,
        summary_en: format!("{event_type} told by {report}"),
        source_count: 1,
        sources: vec![source(report, event_type, name)],
        ..bare("")
    }
}

fn source(report: &str, event_type: EventType, place: &str) -> Source {
    let text = format!("{event_type} {place}");
    Source {
        report: report.to_owned(),
        published: None,
        publisher: None,
        url: None,
        says: Statement::default(),
        evidence: vec![Evidence { start: 0, end: text.len(), text, marks: Vec::new() }],
    }
}

/// The fields that tests set one after another.
pub(super) trait With: Sized {
    fn actor(self, name: &str) -> Self;
    fn claimed(self, name: &str) -> Self;
    fn blamed(self, name: &str) -> Self;
    fn target(self, name: &str) -> Self;
    fn weapons(self, names: &[&str]) -> Self;
    fn killed(self, min: u32, max: Option<u32>) -> Self;
    fn injured(self, min: u32, max: Option<u32>) -> Self;
    fn outcome(self, outcome: Outcome) -> Self;
    fn at(self, time: TimeOfDay) -> Self;
    fn until(self, end: &str) -> Self;
    fn published(self, on: &str) -> Self;
    fn background(self) -> Self;
}

impl With for Incident {
    fn actor(mut self, name: &str) -> Self {
        self.actor = some(name);
        self
    }
    fn claimed(mut self, name: &str) -> Self {
        self.claimed_by = some(name);
        self
    }
    fn blamed(mut self, name: &str) -> Self {
        self.blamed_on = some(name);
        self
    }
    fn target(mut self, name: &str) -> Self {
        self.target = some(name);
        self
    }
    fn weapons(mut self, names: &[&str]) -> Self {
        self.weapons = names.iter().map(|n| (*n).to_owned()).collect();
        self
    }
    fn killed(mut self, min: u32, max: Option<u32>) -> Self {
        (self.killed_min, self.killed_max) = (Some(min), max);
        self
    }
    fn injured(mut self, min: u32, max: Option<u32>) -> Self {
        (self.injured_min, self.injured_max) = (Some(min), max);
        self
    }
    fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
    fn at(mut self, time: TimeOfDay) -> Self {
        self.time_of_day = Some(time);
        self
    }
    fn until(mut self, end: &str) -> Self {
        self.date_end = day(end);
        self
    }
    fn published(mut self, on: &str) -> Self {
        for source in &mut self.sources {
            source.published = day(on);
        }
        self
    }
    fn background(mut self) -> Self {
        self.background = true;
        self
    }
}

/// The reports of an incident, by id.
pub(super) fn reports(incident: &Incident) -> Vec<&str> {
    let mut reports: Vec<&str> = incident.sources.iter().map(|s| s.report.as_str()).collect();
    reports.sort_unstable();
    reports
}

/// Who tells what: the reports of each merged incident.
pub(super) fn groups(incidents: &[Incident]) -> Vec<Vec<&str>> {
    let mut groups: Vec<Vec<&str>> = incidents.iter().map(reports).collect();
    groups.sort_unstable();
    groups
}
