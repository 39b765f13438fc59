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
    let (mut all, mut all_times) = (Vec::new(), Vec::new());
    for line in &words.lines {
        all.extend(places(&words, tables, line.start, line.end));
        all_times.extend(times(&words, line.start, line.end, &anchor));
    }
    settle(&mut all, tables);
    let breakdowns = ["بينهم", "منهم"];
    let reading = Reading { words: &words, places: &all, times: &all_times, gazetteer, breakdowns: &breakdowns };
    for event in mawqi::event::tell(&reading, lexicon, &report.id).events {
        let head = event.site.as_ref().map(|s| all[s.head].name.clone());
        println!("EVENT {} fixed={} {head:?} {:?} dated={} bg={} listed={} k={:?} i={:?} lines={:?}", event.event, event.fixed, event.when.map(|w| (w.start, w.end)), event.dated, event.background, event.listed, event.killed, event.injured, event.lines);
    }
    for (number, line) in words.lines.iter().enumerate() {
        println!("\n## {:?} {}", line.kind, line.span.of(&report.text));
        for clause in clauses(&words, number) {
            let facts = Facts::of(&reading, clause);
            println!(" -- {}{}", if clause.response { "(response) " } else { "" }, words.original(clause.start, clause.end));
            println!("    {:?}", status(&reading, &facts, None));
            let show = |s: usize, e: usize| words.original(s, e).to_owned();
            for t in &facts.triggers {
                println!("    trigger {} {:?} art={} prep={:?}", show(t.start, t.end), t.class, t.article, t.prep);
            }
            for m in all.iter().filter(|m| m.start >= clause.start && m.start < clause.end) {
                let place = m.place.map(|p| gazetteer.at(p).id.clone());
                let tied: Vec<_> = m.tied.iter().map(|p| gazetteer.at(*p).id.clone()).collect();
                println!("    place {} {:?} {:?} {:?} {:?} {:?} tied {tied:?} off {:?}", m.name, place, m.role, m.link, m.evidence, m.kinds, m.offset);
            }
            for s in &facts.sites {
                println!("    site {} of {:?} listed={}", all[s.head].name, s.chain.iter().map(|&c| &all[c].name).collect::<Vec<_>>(), s.listed);
            }
            println!("    time {:?} since {:?}", facts.time.map(|t| (show(t.start, t.end), t.when)), facts.since.map(|t| show(t.start, t.end)));
            for w in &facts.weapons {
                println!("    weapon {} {}", show(w.2.start, w.2.end), lexicon.weapons[usize::from(w.0)]);
            }
            println!("    {:?}", facts.casualties);
            let agents = mawqi::event::agent::agents(&words, lexicon, &facts);
            let name = |n: Option<(u16, mawqi::mention::words::Hit)>| n.map(|n| lexicon.actors[usize::from(n.0)].name.clone());
            println!("    actor {:?} claim {:?} blame {:?} target {:?} {:?}", name(agents.actor), name(agents.claimed_by), name(agents.blamed_on), name(agents.target), agents.struck.map(|s| lexicon.targets[usize::from(s.0)].clone()));
        }
    }
}
