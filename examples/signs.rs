//! Prints what speaks for each incident of a report being told as done: `cargo run --release --example signs -- FILES…`, one
//! JSON line a report. `tools/train_assertion.py` learns the weights of `lexicon/assertion.csv` from it.
#![allow(clippy::print_stdout, reason = "a tool for developers")]

use mawqi::model::Report;
use mawqi::pipeline::{Mapper, Seen};
use mawqi::resolve;
use mawqi::resolve::incident::incident;
use mawqi::resolve::keep::Dropped;

fn main() {
    let files: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let Ok(reports) = mawqi::reports::read(&files, None) else { return };
    let mapper = Mapper::embedded();
    for report in reports.flatten() {
        let mut incidents = Vec::new();
        mapper.read_and_show(&report, |seen| incidents = told(seen, &report));
        println!("{}", serde_json::json!({ "report": report.id, "incidents": incidents }));
    }
}

/// The incidents, also those that the model in use takes for only named.
fn told(seen: &Seen<'_, '_>, report: &Report) -> Vec<serde_json::Value> {
    let signs = resolve::signs(seen.events, seen.dropped);
    let counts = |why: &Option<Dropped>| why.is_none_or(|w| w == Dropped::OnlyNamed);
    let rows = seen.events.iter().zip(seen.dropped).zip(signs).filter(|((_, why), _)| counts(why));
    rows.map(|((event, _), signs)| {
        let table = &seen.reading.lexicon.assertion;
        let names: Vec<&str> = table.iter().filter(|(s, _)| signs.has(*s)).map(|(s, _)| s.name()).collect();
        serde_json::json!({ "incident": incident(seen.reading, report, event), "signs": names })
    })
    .collect()
}
