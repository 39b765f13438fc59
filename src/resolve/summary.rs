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

/// The English and the Arabic line.
pub(super) fn of(incident: &Incident) -> (String, String) {
    (english(incident), arabic(incident))
}

fn label(key: &str) -> (&str, &str) {
    LABELS.get(key).map_or((key, key), |(en, ar)| (en, ar))
}

fn english(incident: &Incident) -> String {
    let place = incident.place_en.as_deref().or(incident.place.as_deref()).unwrap_or(label("unlocated").0);
    let mut line = format!("{}, {place}", label(incident.event_type.as_str()).0);
    if let Some(admin1) = incident.admin1.as_deref().filter(|a| !place.contains(*a)) {
        line.push_str(", ");
        line.push_str(admin1);
    }
    line.push_str(", ");
    line.push_str(&dates(incident).unwrap_or_else(|| label("undated").0.to_owned()));
    if let Some(actor) = &incident.actor {
        line.push_str(", by ");
        line.push_str(actor);
    }
    line + &tolls(incident, false) + &stopped(incident, false)
}

fn arabic(incident: &Incident) -> String {
    let place = incident.place.as_deref().unwrap_or(label("unlocated").1);
    let date = dates(incident).unwrap_or_else(|| label("undated").1.to_owned());
    let line = format!("{}، {place}، {date}", label(incident.event_type.as_str()).1);
    line + &tolls(incident, true) + &stopped(incident, true)
}

fn dates(incident: &Incident) -> Option<String> {
    let (start, end) = (incident.date_start?, incident.date_end?);
    Some(if start == end { start.to_string() } else { format!("{start}/{end}") })
}

fn tolls(incident: &Incident, arabic: bool) -> String {
    let mut out = String::new();
    for (key, min, max) in
        [("killed", incident.killed_min, incident.killed_max), ("injured", incident.injured_min, incident.injured_max)]
    {
        let Some(range) = range(min, max) else { continue };
        let (en, ar) = label(key);
        out.push_str(&if arabic { format!("، {ar}: {range}") } else { format!(", {range} {en}") });
    }
    out
}

fn range(min: Option<u32>, max: Option<u32>) -> Option<String> {
    match (min, max) {
        (Some(a), Some(b)) if a == b => Some(a.to_string()),
        (Some(a), Some(b)) => Some(format!("{a}–{b}")),
        (Some(a), None) => Some(format!("{a}+")),
        _ => None,
    }
}

fn stopped(incident: &Incident, arabic: bool) -> String {
    if incident.outcome != Outcome::Intercepted {
        return String::new();
    }
    let (en, ar) = label("intercepted");
    if arabic { format!("، {ar}") } else { format!(", {en}") }
}
