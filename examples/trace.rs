//! Prints how a report is read, clause by clause: `cargo run --example trace -- FILE…`.
#![allow(clippy::print_stdout, reason = "a tool for developers")]

use mawqi::event::clause::clauses;
use mawqi::event::facts::{Facts, Reading};
use mawqi::event::status::status;
use mawqi::gazetteer::Gazetteer;
use mawqi::lexicon::Lexicon;
use mawqi::mention::calendar::Anchor;
use mawqi::mention::place::{Tables, places};
use mawqi::mention::settle::settle;
use mawqi::mention::time::times;
use mawqi::mention::words::Words;
use mawqi::text::document::Document;

fn main() {
    let files: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let Ok(reports) = mawqi::reports::read(&files, None) else { return };
    for report in reports.flatten() {
        trace(&report);
    }
}

fn trace(report: &mawqi::model::Report) {
    let lexicon = Lexicon::embedded();
    let gazetteer = Gazetteer::embedded();
    let document = Document::of(report);
    let words = Words::of(&document, lexicon);
    let anchor = Anchor { published: report.published };
    let tables = Tables { gazetteer, lexicon };
    let (mut all, mut all_times, mut shown) = (Vec::new(), Vec::new(), Default::default());
    for line in &words.lines {
        all.extend(places(&words, tables, line.start, line.end, &mut shown));
        all_times.extend(times(&words, line.start, line.end, &anchor));
    }
    settle(&mut all, tables);
    let reading = Reading { words: &words, places: &all, times: &all_times, gazetteer, lexicon };
    print_events(&reading, &report.id);
    print_clauses(&reading, &report.text);
}

fn print_events(reading: &Reading<'_, '_>, id: &str) {
    for event in mawqi::event::tell(reading, id).events {
        let head = event.site.as_ref().map(|s| reading.places[s.head].name.clone());
        let days = event.when.map(|w| (w.start, w.end));
        println!("EVENT {} fixed={} {head:?} {days:?} dated={}", event.event, event.fixed, event.dated);
        println!(
            "      bg={} listed={} k={:?} i={:?} lines={:?}",
            event.background, event.listed, event.killed, event.injured, event.lines
        );
    }
}

fn print_clauses(reading: &Reading<'_, '_>, text: &str) {
    for (number, line) in reading.words.lines.iter().enumerate() {
        println!("\n## {:?} {}", line.kind, line.span.of(text));
        for clause in clauses(reading.words, number) {
            let facts = Facts::of(reading, clause);
            let response = if clause.response { "(response) " } else { "" };
            println!(" -- {response}{}", reading.words.original(clause.start, clause.end));
            println!("    {:?}", status(reading, &facts, None));
            print_mentions(reading, &facts);
            print_agents(reading, &facts);
        }
    }
}

fn print_mentions(reading: &Reading<'_, '_>, facts: &Facts) {
    let show = |s: usize, e: usize| reading.words.original(s, e).to_owned();
    for t in &facts.triggers {
        println!("    trigger {} {:?} art={} prep={:?}", show(t.start, t.end), t.class, t.article, t.prep);
    }
    let within = |m: &&mawqi::mention::place::PlaceMention| m.start >= facts.clause.start && m.start < facts.clause.end;
    for m in reading.places.iter().filter(within) {
        let place = m.place.map(|p| reading.gazetteer.at(p).id.clone());
        println!(
            "    place {} {place:?} {:?} {:?} {:?} {:?} off {:?}",
            m.name, m.role, m.link, m.evidence, m.kinds, m.offset
        );
    }
    for s in &facts.sites {
        let chain: Vec<_> = s.chain.iter().map(|&c| &reading.places[c].name).collect();
        println!("    site {} of {chain:?} listed={}", reading.places[s.head].name, s.listed);
    }
    let (time, since) = (facts.time.map(|t| (show(t.start, t.end), t.when)), facts.since.map(|t| show(t.start, t.end)));
    println!("    time {time:?} since {since:?}");
    for w in &facts.weapons {
        println!("    weapon {} {}", show(w.2.start, w.2.end), reading.lexicon.weapons[usize::from(w.0)]);
    }
    println!("    {:?}", facts.casualties);
}

fn print_agents(reading: &Reading<'_, '_>, facts: &Facts) {
    let lexicon = reading.lexicon;
    let agents = mawqi::event::agent::agents(reading.words, lexicon, facts);
    let name = |n: Option<mawqi::event::agent::Named>| n.map(|n| lexicon.actors[usize::from(n.0)].name.clone());
    let struck = agents.struck.map(|s| lexicon.targets[usize::from(s.0)].clone());
    println!(
        "    actor {:?} claim {:?} blame {:?} target {:?} {struck:?}",
        name(agents.actor),
        name(agents.claimed_by),
        name(agents.blamed_on),
        name(agents.target)
    );
}
