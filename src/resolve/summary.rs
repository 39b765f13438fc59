//! One line of an incident in English and in Arabic, from its fields alone; the words come from `lexicon/labels.csv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{Incident, Outcome};

static LABELS: LazyLock<FxHashMap<String, (String, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("../../lexicon/labels.csv").as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let cell = |i: usize| row.get(i).map(str::to_owned);
        Some((cell(0)?, (cell(1)?, cell(2)?)))
    })
    .collect()
});

/// Room for a line, bytes.
const LINE_BYTES: usize = 160;

/// The English and the Arabic line.
pub fn of(incident: &Incident) -> (String, String) {
    let (dates, tolls) = (dates(incident), tolls(incident));
    (english(incident, dates.as_deref(), &tolls), arabic(incident, dates.as_deref(), &tolls))
}

fn label(key: &str) -> (&str, &str) {
    LABELS.get(key).map_or((key, key), |(en, ar)| (en, ar))
}

fn english(incident: &Incident, dates: Option<&str>, tolls: &[Option<Toll>; 2]) -> String {
    let place = incident.place_en.as_deref().or(incident.place.as_deref()).unwrap_or(label("unlocated").0);
    let mut line = String::with_capacity(LINE_BYTES);
    add(&mut line, &[label(incident.event_type.as_str()).0, ", ", place]);
    if let Some(admin1) = incident.admin1.as_deref().filter(|a| !place.contains(*a)) {
        add(&mut line, &[", ", admin1]);
    }
    add(&mut line, &[", ", dates.unwrap_or(label("undated").0)]);
    if let Some(actor) = &incident.actor {
        add(&mut line, &[", by ", actor]);
    }
    for (range, (name, _)) in tolls.iter().flatten() {
        add(&mut line, &[", ", range, " ", name]);
    }
    if incident.outcome == Outcome::Intercepted {
        add(&mut line, &[", ", label("intercepted").0]);
    }
    line
}

fn arabic(incident: &Incident, dates: Option<&str>, tolls: &[Option<Toll>; 2]) -> String {
    let place = incident.place.as_deref().unwrap_or(label("unlocated").1);
    let mut line = String::with_capacity(LINE_BYTES);
    let event = label(incident.event_type.as_str()).1;
    add(&mut line, &[event, "، ", place, "، ", dates.unwrap_or(label("undated").1)]);
    for (range, (_, name)) in tolls.iter().flatten() {
        add(&mut line, &["، ", name, ": ", range]);
    }
    if incident.outcome == Outcome::Intercepted {
        add(&mut line, &["، ", label("intercepted").1]);
    }
    line
}

fn add(line: &mut String, pieces: &[&str]) {
    for piece in pieces {
        line.push_str(piece);
    }
}

fn dates(incident: &Incident) -> Option<String> {
    let (start, end) = (incident.date_start?, incident.date_end?);
    Some(if start == end { start.to_string() } else { format!("{start}/{end}") })
}

/// A toll, and its name in both languages.
type Toll = (String, (&'static str, &'static str));

/// The killed and the injured, where they are told.
fn tolls(incident: &Incident) -> [Option<Toll>; 2] {
    let killed = range(incident.killed_min, incident.killed_max).map(|range| (range, label("killed")));
    let injured = range(incident.injured_min, incident.injured_max).map(|range| (range, label("injured")));
    [killed, injured]
}

fn range(min: Option<u32>, max: Option<u32>) -> Option<String> {
    match (min, max) {
        (Some(a), Some(b)) if a == b => Some(a.to_string()),
        (Some(a), Some(b)) => Some(format!("{a}–{b}")),
        (Some(a), None) => Some(format!("{a}+")),
        _ => None,
    }
}
