//! Prints what speaks for each incident of a report being told as done: `cargo run --release --example signs -- FILES…`, one
//! JSON line a report. `tools/train_assertion.py` learns the weights of `lexicon/assertion.csv` from it.
#![allow(clippy::print_stdout, reason = "a tool for developers")]

use mawqi::event;
use mawqi::event::facts::Reading;
use mawqi::gazetteer::Gazetteer;
use mawqi::lexicon::Lexicon;
use mawqi::mention::calendar::Anchor;
use mawqi::mention::place::{Shown, Tables, places};
use mawqi::mention::settle::settle;
use mawqi::mention::time::times;
use mawqi::mention::words::Words;
use mawqi::model::Report;
use mawqi::resolve::judged;
use mawqi::text::document::{Document, SentenceKind};

fn main() {
    let files: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let Ok(reports) = mawqi::reports::read(&files, None) else { return };
    for report in reports.flatten() {
        print(&report);
    }
}

fn print(report: &Report) {
    let (lexicon, gazetteer) = (Lexicon::embedded(), Gazetteer::embedded());
    let document = Document::of(report);
    let words = Words::of(&document, lexicon);
    let anchor = Anchor { published: report.published };
    let tables = Tables { gazetteer, lexicon };
    let (mut all, mut all_times, mut shown) = (Vec::new(), Vec::new(), Shown::default());
    for line in words.lines.iter().filter(|l| matches!(l.kind, SentenceKind::Body | SentenceKind::Heading)) {
        all.extend(places(&words, tables, line.start, line.end, &mut shown));
        all_times.extend(times(&words, line.start, line.end, &anchor));
    }
    settle(&mut all, tables);
    let reading = Reading { words: &words, places: &all, times: &all_times, gazetteer, lexicon };
    let telling = event::tell(&reading, &report.id);
    let incidents: Vec<serde_json::Value> = judged(&reading, report, anchor.published.is_some(), telling.events)
        .into_iter()
        .map(|(incident, signs)| {
            let names: Vec<&str> =
                lexicon.assertion.iter().filter(|(s, _)| signs.has(*s)).map(|(s, _)| s.name()).collect();
            serde_json::json!({ "incident": incident, "signs": names })
        })
        .collect();
    println!("{}", serde_json::json!({ "report": report.id, "incidents": incidents }));
}
