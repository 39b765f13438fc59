//! The table with which `mawqi map` ends.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::map::Read;
use super::{output, talk};
use crate::export::Harvest;
use crate::model::{Change, EventType, Incident};

/// What the store does not say: the counts of this run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summary {
    reports: usize,
    foreign: usize,
    failed: usize,
    replaced: usize,
}

impl Summary {
    /// The counts of a run.
    pub(super) fn new(read: &Read, replaced: usize) -> Self {
        let Read { reports, foreign, failed, empty: _ } = read;
        Summary { reports: *reports, foreign: *foreign, failed: *failed, replaced }
    }

    /// Shows the table and the files written.
    pub(super) fn show(&self, harvest: &Harvest, files: &[PathBuf]) {
        let rows = self.rows(harvest).into_iter().map(|(name, value)| [name, value]).collect();
        talk::line(&output::table(["", ""], rows, &[1]));
        let names: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
        talk::line(&format!("wrote {}", names.join(", ")));
        news(&harvest.changes);
    }

    fn rows(&self, harvest: &Harvest) -> Vec<(String, String)> {
        let located = harvest.incidents.len();
        let mut rows = vec![row("reports read", self.reports)];
        rows.extend((self.foreign > 0).then(|| row("  not in Arabic, skipped", self.foreign)));
        rows.extend((self.replaced > 0).then(|| row("  in place of another text of that id", self.replaced)));
        rows.extend((self.failed > 0).then(|| row("files that could not be read", self.failed)));
        let older = (harvest.reports + self.foreign).saturating_sub(self.reports);
        rows.extend((older > 0).then(|| row("reports of earlier runs", older)));
        rows.push(row("incidents on the map", located));
        rows.extend(by_type(&harvest.incidents).into_iter().map(|(kind, count)| row(&format!("  {kind}"), count)));
        rows.push(row("  merged into others", harvest.told.saturating_sub(located)));
        rows.extend(dates(&harvest.incidents));
        rows.push(row("incidents without a place", harvest.unlocated.len()));
        rows.push(row("names unresolved", harvest.unresolved.len()));
        rows.push(row("tallies", harvest.tallies.len()));
        rows.extend((!harvest.doubts.is_empty()).then(|| row("possible duplicates", harvest.doubts.len())));
        let edits = harvest.changes.iter().filter(|change| !NEWS.contains(&change.status.as_str())).count();
        rows.extend((edits > 0).then(|| row("fields that analysts changed", edits)));
        rows
    }
}

/// What may become of an incident from run to run.
const NEWS: [&str; 5] = ["new", "merged", "split", "revised", "dropped"];

/// Fields that follow from others, and would hide them in a line.
const FOLLOW: [&str; 4] = ["confidence", "summary_ar", "summary_en", "source_count"];

/// So many incidents are named; the rest is in the file.
const NAMED: usize = 20;

/// What changed since the last run, an incident a line.
fn news(changes: &[Change]) {
    let mut told: Vec<(&str, &str, String)> = Vec::new();
    let news = changes.iter().filter(|change| NEWS.contains(&change.status.as_str()));
    for change in news.filter(|change| !FOLLOW.contains(&change.field.as_str())) {
        let what = match change.status.as_str() {
            "new" => change.extracted.clone(),
            "dropped" => change.before.clone(),
            "merged" | "split" => format!("from {}", change.before),
            _ => format!("{}: {} → {}", change.field, shown(&change.before), shown(&change.extracted)),
        };
        match told.last_mut() {
            Some((id, status, all)) if *id == change.incident && *status == change.status => {
                all.push_str("; ");
                all.push_str(&what);
            }
            _ => told.push((&change.incident, &change.status, what)),
        }
    }
    if told.is_empty() {
        return;
    }
    talk::line("since the last run:");
    for (id, status, what) in told.iter().take(NAMED) {
        talk::line(&format!("  {status:<8} {id}  {}", output::shown(what)));
    }
    if told.len() > NAMED {
        talk::line(&format!("  and {} more in changes.csv", told.len() - NAMED));
    }
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "–" } else { value }
}

fn row(name: &str, count: usize) -> (String, String) {
    (name.to_owned(), count.to_string())
}

fn by_type(incidents: &[Incident]) -> BTreeMap<EventType, usize> {
    let mut counts = BTreeMap::new();
    for incident in incidents {
        *counts.entry(incident.event_type).or_default() += 1;
    }
    counts
}

fn dates(incidents: &[Incident]) -> Vec<(String, String)> {
    let first = incidents.iter().filter_map(|incident| incident.date_start).min();
    let last = incidents.iter().filter_map(|incident| incident.date_end.or(incident.date_start)).max();
    let undated = incidents.iter().filter(|incident| incident.date_start.is_none()).count();
    let mut rows = Vec::new();
    rows.extend(first.map(|date| ("  first day".to_owned(), date.to_string())));
    rows.extend(last.map(|date| ("  last day".to_owned(), date.to_string())));
    rows.extend((undated > 0).then(|| row("  undated", undated)));
    rows
}
