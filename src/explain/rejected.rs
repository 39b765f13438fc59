//! What was seen and not taken: names, words for attacks, weapons, clauses, sentences, events.

use super::context::Context;
use super::explanation::{Quote, Rejected, RejectedKind};
use super::places::{overlaps, spoken};
use crate::event::Heard;
use crate::event::facts::sense;
use crate::event::status::Status;
use crate::event::trigger::Idle;
use crate::lexicon::class::{Class, Cue, Sense};
use crate::mention::passed::{Hidden, Hider, Passed, Why};
use crate::mention::words::{Hit, Line};
use crate::model::Span;
use crate::resolve::keep::Dropped;
use crate::text::document::SentenceKind;

/// Everything rejected, by position.
pub(super) fn rejected(context: &Context<'_, '_, '_>) -> Vec<Rejected> {
    let mut out: Vec<Rejected> = names(context);
    for heard in context.seen.heard {
        out.extend(clause(context, heard));
        out.extend(triggers(context, heard));
        out.extend(weapons(context, heard));
    }
    out.extend(context.seen.reading.words.lines.iter().filter_map(|line| sentence(context, line)));
    out.extend(dateline(context));
    out.extend(events(context));
    out.sort_by_key(|r| (r.words.start, r.words.end, r.kind));
    out.dedup();
    out
}

fn plain(kind: RejectedKind, words: Quote, reason: impl Into<String>) -> Rejected {
    Rejected { kind, words, reason: reason.into(), candidates: Vec::new() }
}

/// Names that overlap no place mention.
fn names(context: &Context<'_, '_, '_>) -> Vec<Rejected> {
    let words = context.seen.reading.words;
    let alone = context.seen.passed.iter().filter(|p| !overlaps(context, words.span(p.start, p.end)));
    alone.map(|passed| name(context, passed)).collect()
}

fn name(context: &Context<'_, '_, '_>, passed: &Passed) -> Rejected {
    let reason = match passed.why {
        Why::Measured => "it is the direction of a distance told before it".to_owned(),
        Why::PointsBack => "it points back to a place told before".to_owned(),
        Why::Hidden(Hidden { by, start, end }) => {
            let words = context.quote(start, end).text;
            match by {
                Hider::Phrase => format!("part of «{words}», which is no place"),
                Hider::Actor if (start, end) == (passed.start, passed.end) => format!("«{words}» is an actor here"),
                Hider::Actor => format!("part of «{words}», the name of an actor"),
                Hider::Word => format!("«{words}» is a word of the language here"),
                Hider::Month => format!("«{words}» is a month"),
            }
        }
        Why::Weak(evidence) => format!("{}; it had {}", needs(context, passed), spoken(evidence)),
    };
    Rejected {
        kind: RejectedKind::Name,
        words: context.quote(passed.start, passed.end),
        reason,
        candidates: passed.candidates.iter().map(|&ix| context.place(ix).id.to_string()).collect(),
    }
}

/// What a name of its tier needs.
fn needs(context: &Context<'_, '_, '_>, passed: &Passed) -> String {
    let rank = passed.candidates.iter().map(|&ix| context.place(ix).rank).min().unwrap_or(5);
    if context.seen.reading.gazetteer.homograph(&passed.name) {
        let or = if rank <= 3 { ", or a preposition with nothing after it that agrees with the word" } else { "" };
        return format!(
            "also an ordinary word: a name of rank {rank} that needs a kind word, a direction or a list{or}"
        );
    }
    match rank {
        0..=3 => format!("a name of rank {rank} that needs a preposition once a proclitic is taken off"),
        4 => format!("a name of rank {rank} that needs a preposition or more"),
        _ => format!("a small place (rank {rank}) that needs a kind word, a direction or a list"),
    }
}

fn clause(context: &Context<'_, '_, '_>, heard: &Heard) -> Option<Rejected> {
    let Status::Void(reason) = heard.status else { return None };
    let facts = &heard.told.facts;
    let tells = !facts.triggers.is_empty();
    tells.then(|| {
        let words = context.quote(facts.clause.start, facts.clause.end);
        plain(RejectedKind::Clause, words, format!("no incident: {reason}"))
    })
}

/// Words for an attack that are no triggers.
fn triggers(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<Rejected> {
    let facts = &heard.told.facts;
    let known = |hit: &Hit| {
        facts.triggers.iter().any(|t| t.start == hit.start) || facts.idle.iter().any(|(t, _)| t.start == hit.start)
    };
    let hits = context.seen.reading.words.within(facts.clause.start, facts.clause.end);
    let unreal = |h: &Hit| matches!(h.class, Class::Cue(Cue::Threat | Cue::Hypothetical | Cue::Plan));
    let real_until = hits.iter().find(|h| unreal(h)).map_or(facts.clause.end, |h| h.start);
    let other = hits.iter().filter(|h| sense(h).is_some() && !known(h));
    let other = other.map(|h| match sense(h) {
        _ if h.start >= real_until => (h, "it stands after a word of threat, condition or plan"),
        Some(Sense::Seize) => (h, "no ship is named that could be seized"),
        _ => (h, "it stands before the day on which the clause's event was"),
    });
    let idle = facts.idle.iter().filter(|(hit, _)| !facts.triggers.iter().any(|t| t.start == hit.start));
    let idle = idle.map(|(hit, why)| (hit, idle_because(*why)));
    idle.chain(other).map(|(hit, why)| plain(RejectedKind::Trigger, context.hit(hit), why)).collect()
}

const fn idle_because(idle: Idle) -> &'static str {
    match idle {
        Idle::Time => "it belongs to a time",
        Idle::Negated => "it stands under a negation",
        Idle::Denied => "it is told after a verb of attack that is negated",
        Idle::Unreal => "it may happen, or somebody calls for it",
        Idle::Under => "it went on while something else was done",
        Idle::Signed => "an agreement was signed",
    }
}

/// Weapons that are not the means of the clause's attack.
fn weapons(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<Rejected> {
    let facts = &heard.told.facts;
    let hits = context.seen.reading.words.within(facts.clause.start, facts.clause.end).iter();
    let idle = hits.filter(|h| matches!(h.class, Class::Weapon { .. }));
    let idle = idle.filter(|h| !facts.weapons.iter().any(|w| w.2.start == h.start));
    let why = "it is what was struck, or an adjective that goes with no attack";
    idle.map(|hit| plain(RejectedKind::Weapon, context.hit(hit), why)).collect()
}

/// A sentence whose clauses were not read.
fn sentence(context: &Context<'_, '_, '_>, line: &Line) -> Option<Rejected> {
    let why = match line.kind {
        SentenceKind::Body => return None,
        SentenceKind::Heading => "a heading: it begins no event; what it tells may serve the event that follows",
        SentenceKind::Boilerplate => "links, captions or page furniture: not read",
        SentenceKind::Duplicate => "the paragraph stood before, word for word: not read again",
    };
    Some(plain(RejectedKind::Sentence, context.at(line.span), why))
}

/// Where and when the report was written is no event.
fn dateline(context: &Context<'_, '_, '_>) -> Option<Rejected> {
    let words = context.seen.reading.words;
    let line = words.lines.iter().position(|l| words.dateline > 0 && l.start == words.dateline)?;
    let first = words.words.iter().position(|w| w.sentence == line).filter(|first| *first < words.dateline)?;
    let why = "a dateline: it says where and when the report was written";
    Some(plain(RejectedKind::Sentence, context.quote(first, words.dateline), why))
}

/// Events that are no incidents.
fn events(context: &Context<'_, '_, '_>) -> Vec<Rejected> {
    let dropped = context.seen.dropped.iter().enumerate();
    dropped.filter_map(|(index, why)| why.map(|why| event(context, index, why))).collect()
}

fn event(context: &Context<'_, '_, '_>, index: usize, why: Dropped) -> Rejected {
    let event = &context.seen.events[index];
    let reason = format!("event {} ({}): {}", index + 1, event.event, dropped(context, why));
    plain(RejectedKind::Event, context.at(told_at(context, index)), reason)
}

/// The first clause that tells of an event.
fn told_at(context: &Context<'_, '_, '_>, index: usize) -> Span {
    let mut heard = context.seen.heard.iter();
    let first = heard.find(|h| h.joined.iter().any(|(event, _)| *event == index));
    first.map_or_else(Span::default, |h| {
        context.seen.reading.words.span(h.told.facts.clause.start, h.told.facts.clause.end)
    })
}

fn dropped(context: &Context<'_, '_, '_>, why: Dropped) -> String {
    match why {
        Dropped::Undated => "it has no day in a report that has a publication date, and is told as an aside".to_owned(),
        Dropped::Placeless => "background without a place".to_owned(),
        Dropped::WideBackground => "background of a whole country or region without a day".to_owned(),
        Dropped::ToldAgain(other) => match context.id(other) {
            Some(id) => format!("told again at a place inside it, as {id}"),
            None => format!("told again at a place inside it, as event {}", other + 1),
        },
        Dropped::OnlyNamed => "the words name an attack and do not tell that it was done".to_owned(),
        Dropped::WideVague => "in a whole country, with no day of its own or no kind and no victims".to_owned(),
    }
}
