//! Clauses: what each is worth, by which word, and to which events it belongs.

use super::context::Context;
use super::explanation::{Clause, Joint, Mention, MentionKind, Quote};
use crate::event::Heard;
use crate::event::status::Status;
use crate::event::story::{Joined, Unused};
use crate::lexicon::class::{Class, Cue};
use crate::mention::time::TimeRole;

/// All clauses, in order.
pub(super) fn clauses(context: &Context<'_, '_, '_>) -> Vec<Clause> {
    context.seen.heard.iter().map(|heard| told(context, heard)).collect()
}

fn told(context: &Context<'_, '_, '_>, heard: &Heard) -> Clause {
    let facts = &heard.told.facts;
    let (status, reason, cue) = worth(context, heard);
    let joint =
        |&(event, how): &(usize, Joined)| Joint { event: event + 1, incident: context.id(event), reason: because(how) };
    Clause {
        words: context.quote(facts.clause.start, facts.clause.end),
        status,
        reason,
        cue,
        triggers: facts.triggers.iter().map(|hit| context.hit(hit)).collect(),
        joined: heard.joined.iter().map(joint).collect(),
    }
}

/// A clause's status, its reason, and the word that decided.
fn worth(context: &Context<'_, '_, '_>, heard: &Heard) -> (&'static str, String, Option<Quote>) {
    match heard.status {
        Status::Asserted => asserted(context, heard),
        Status::Tally => (
            "tally",
            "it counts attacks or victims over a span of time or a theatre".to_owned(),
            counted(context, heard),
        ),
        Status::Void(reason) => {
            let cue = void_cue(context, heard, reason);
            let because = match (&cue, void_because(reason)) {
                (None, because) => format!("{because}, by words of its sentence or report"),
                (Some(_), because) => because.to_owned(),
            };
            (reason, because, cue)
        }
    }
}

fn asserted(context: &Context<'_, '_, '_>, heard: &Heard) -> (&'static str, String, Option<Quote>) {
    if let Some(unused) = heard.unused {
        return ("no event", nothing(unused).to_owned(), None);
    }
    if heard.told.background {
        let (reason, cue) = background(context, heard);
        return ("background", reason.to_owned(), cue);
    }
    if let Some((_, hit)) = heard.told.agents.claimed_by {
        let cue = first(context, heard, &[Cue::Claim, Cue::Own, Cue::Report]).or_else(|| Some(context.hit(&hit)));
        return ("claimed", format!("told as done, and claimed by «{}»", context.hit(&hit).text), cue);
    }
    if let Some((_, hit)) = heard.told.agents.blamed_on {
        let cue = first(context, heard, &[Cue::Accuse, Cue::Suspect]);
        return ("asserted", format!("told as done, and blamed on «{}»", context.hit(&hit).text), cue);
    }
    let reason = if heard.told.facts.triggers.is_empty() { "told of an event told before" } else { "told as done" };
    ("asserted", reason.to_owned(), None)
}

/// Why a clause tells of background, and the word that says so.
fn background(context: &Context<'_, '_, '_>, heard: &Heard) -> (&'static str, Option<Quote>) {
    if heard.told.facts.clause.response {
        return ("it tells what another event answers", first(context, heard, &[Cue::Response]));
    }
    match first(context, heard, &[Cue::Perfect, Cue::Recent]) {
        None => ("its sentence turned to background before", None),
        cue => ("it tells of the past of the past", cue),
    }
}

/// The first word of any of some cues in the clause.
fn first(context: &Context<'_, '_, '_>, heard: &Heard, cues: &[Cue]) -> Option<Quote> {
    let clause = heard.told.facts.clause;
    within(context, (clause.start, clause.end), cues)
}

fn within(context: &Context<'_, '_, '_>, (start, end): (usize, usize), cues: &[Cue]) -> Option<Quote> {
    let mut hits = context.seen.reading.words.within(start, end).iter();
    let wanted = |class: Class| matches!(class, Class::Cue(cue) if cues.contains(&cue));
    hits.find(|h| wanted(h.class)).map(|h| context.hit(h))
}

/// The word that makes a clause a count.
fn counted(context: &Context<'_, '_, '_>, heard: &Heard) -> Option<Quote> {
    let facts = &heard.told.facts;
    let span = facts.since.or(facts.until).map(|t| context.quote(t.start, t.end));
    first(context, heard, &[Cue::Since, Cue::Total, Cue::Over]).or(span)
}

/// The word that voids a clause: in the clause, or in its sentence.
fn void_cue(context: &Context<'_, '_, '_>, heard: &Heard, reason: &str) -> Option<Quote> {
    let cue = match reason {
        "denied" => Cue::Deny,
        "threatened" => Cue::Threat,
        "hypothetical" => Cue::Hypothetical,
        "planned" => Cue::Plan,
        "heard only" => Cue::Heard,
        "found" => Cue::Found,
        "mourned" => Cue::Buried,
        "vague background" => Cue::Perfect,
        "sport" => Cue::Sport,
        "a caption" => Cue::Caption,
        "drill" => Cue::Drill,
        "a controlled blast" => Cue::Controlled,
        "an accident" => Cue::Benign,
        "to come" => return coming(context, heard),
        _ => return None,
    };
    let line = context.seen.reading.words.lines[heard.told.facts.clause.line];
    first(context, heard, &[cue]).or_else(|| within(context, (line.start, line.end), &[cue]))
}

fn coming(context: &Context<'_, '_, '_>, heard: &Heard) -> Option<Quote> {
    let clause = heard.told.facts.clause;
    let mut times = context.seen.reading.times_in(clause.start, clause.end).iter();
    let time = times.find(|t| t.role == TimeRole::Future)?;
    Some(context.quote(time.start, time.end))
}

fn void_because(reason: &str) -> &'static str {
    match reason {
        "denied" => "somebody denies it",
        "threatened" => "somebody threatens it",
        "hypothetical" => "it is only thought of",
        "planned" => "it is only planned",
        "heard only" => "a blast was heard, and no more is told of it",
        "found" => "something was found, and not fired",
        "mourned" => "the dead are buried or mourned",
        "vague background" => "several attacks before, on no day and at no place",
        "to come" => "it is still to come",
        "sport" => "it tells of sport",
        "a caption" => "it stands under a picture",
        "drill" => "it tells of a drill",
        "a controlled blast" => "the blast was made on purpose and under control",
        "an accident" => "it tells of an accident",
        _ => "it does not tell of an event",
    }
}

const fn because(how: Joined) -> &'static str {
    match how {
        Joined::New => "it begins the event",
        Joined::SamePlace => "the event was told at its place, or at one inside or about it",
        Joined::SameKind => "it names no place; an event of its kind and day was told",
        Joined::GoesOn => "it names no other event; it goes on with the one told last",
        Joined::Places => "it names the place for which the event told last waited",
    }
}

const fn nothing(unused: Unused) -> &'static str {
    match unused {
        Unused::Toll => "a toll before any event is told; the event that follows takes it",
        Unused::Answered => "it tells what an attack answers, with no place of its own",
        Unused::Silent => "it tells of no attack, victim, damage or claim",
        Unused::NoneOpen => "it names no attack of its own, and no event was told before it",
        Unused::Little => "a definite word for attacks, a wide place and no day tell of no one event",
    }
}

/// The words that decided what clauses are worth, as mentions.
pub(super) fn cues(clauses: &[Clause]) -> Vec<Mention> {
    let cue = |clause: &Clause| {
        Some(Mention {
            kind: MentionKind::Cue,
            words: clause.cue.clone()?,
            means: clause.status.to_owned(),
            reason: clause.reason.clone(),
            incidents: clause.joined.iter().filter_map(|joint| joint.incident.clone()).collect(),
            place: None,
            time: None,
        })
    };
    clauses.iter().filter_map(cue).collect()
}
