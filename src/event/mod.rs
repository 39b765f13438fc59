//! Events: who did what to whom, at which of the places named, with what status.
//!
//! `clause` cuts sentences; `site`, `facts`, `agent`, `kind`, `status`, `tally` read a clause; `story` says to which
//! event it belongs.

pub mod agent;
pub mod clause;
pub mod facts;
pub mod kind;
pub mod site;
pub mod status;
pub mod story;
pub mod tally;

use agent::agents;
use clause::Clause;
use facts::{Facts, Reading};
use kind::{Typed, event_type};
use status::{Status, is_background, reaches_on, status};
use story::{Event, Story, Told};

use crate::lexicon::class::Sense;
use crate::model::{Note, Tally};
use crate::text::document::SentenceKind;

/// What the events stage gives.
#[derive(Debug, Default)]
pub struct Telling {
    /// The events, in the order told.
    pub events: Vec<Event>,
    /// The running counts.
    pub tallies: Vec<Tally>,
    /// Clauses that tell of no event, and why.
    pub notes: Vec<Note>,
}

/// Reads the events of a document.
pub fn tell(reading: &Reading<'_, '_>, report: &str) -> Telling {
    let mut story = Story::new(reading);
    let mut telling = Telling::default();
    for line in 0..reading.words.lines.len() {
        match reading.words.lines[line].kind {
            SentenceKind::Body => sentence(reading, report, line, &mut story, &mut telling),
            SentenceKind::Heading => story.heading(line),
            _ => {}
        }
    }
    telling.events = story.events;
    telling
}

/// The type of an attack told without a trigger.
fn implied(reading: &Reading<'_, '_>, facts: &Facts) -> Option<Typed> {
    facts.implied(reading).map(|event| Typed { event, fixed: true })
}

/// «اندلعت اشتباكات قرب X، ترافقت مع قصف مدفعي على Y»: a clause with two sites and a trigger of its own for the second
/// is two.
fn parts(reading: &Reading<'_, '_>, clause: Clause) -> Vec<Facts> {
    let facts = Facts::of(reading, clause);
    let [first, second] = facts.sites.as_slice() else { return vec![facts] };
    if second.listed {
        return vec![facts];
    }
    let (from, to) = (reading.places[first.head].end, reading.places[second.chain[0]].lead);
    let cut = facts.triggers.iter().find(|t| {
        t.start >= from
            && t.start < to
            && !t.article
            && facts::sense(t).is_some_and(|s| !matches!(s, Sense::Light | Sense::Result | Sense::Operation))
    });
    match cut {
        Some(cut) => [Clause { end: cut.start, ..clause }, Clause { start: cut.start, ..clause }]
            .map(|part| Facts::of(reading, part))
            .into(),
        None => vec![facts],
    }
}

fn sentence<'r, 'a>(
    reading: &'r Reading<'r, 'a>,
    report: &str,
    line: usize,
    story: &mut Story<'r, 'a>,
    telling: &mut Telling,
) {
    let (words, lexicon) = (reading.words, reading.lexicon);
    let mut void = story.void;
    for facts in clause::clauses(words, line).into_iter().flat_map(|c| parts(reading, c)) {
        let clause = facts.clause;
        match status(reading, &facts, void) {
            Status::Asserted => {
                let mut told = Told {
                    agents: agents(words, lexicon, &facts),
                    typed: event_type(words, lexicon, &facts).or_else(|| implied(reading, &facts)),
                    background: is_background(words, &facts),
                    facts,
                };
                story.take(&mut told);
            }
            Status::Tally => {
                story.claim(&agents(words, lexicon, &facts));
                telling.tallies.extend(tally::tallies(reading, &facts, report));
            }
            Status::Void(reason) => {
                if !facts.triggers.is_empty() {
                    let span = words.span(clause.start, clause.end);
                    telling.notes.push(Note { span, message: format!("no incident: {reason}") });
                }
                void = void.or(Some(reason)).filter(|r| reaches_on(r));
            }
        }
    }
}
