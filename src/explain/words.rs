//! The other mentions: words for attacks, weapons, actors, targets, casualties, damage, counts.

use super::context::{Context, plain};
use super::explanation::{Mention, MentionKind, Quote};
use crate::event::Heard;
use crate::event::agent::Named;
use crate::event::facts::sense;
use crate::lexicon::class::Class;
use crate::mention::casualty::{Bounds, Casualties};
use crate::mention::number::counts;
use crate::mention::words::Hit;
use crate::model::Span;
use crate::text::document::SentenceKind;

/// All of them, clause by clause.
pub(super) fn mentions(context: &Context<'_, '_, '_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for heard in context.seen.heard {
        out.extend(triggers(context, heard));
        out.extend(weapons(context, heard));
        out.extend(actors(context, heard));
        out.extend(target(context, heard));
        out.extend(casualties(context, &heard.told.facts.casualties));
    }
    let numbers = numbers(context, &out);
    out.extend(numbers);
    out
}

fn mention(kind: MentionKind, words: Quote, means: String, reason: String, incidents: Vec<String>) -> Mention {
    Mention { kind, words, means, reason, incidents, place: None, time: None }
}

fn span(words: &Quote) -> Span {
    Span::new(words.start, words.end)
}

/// The incidents that a clause belongs to.
fn joined(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<String> {
    heard.joined.iter().filter_map(|(event, _)| context.id(*event)).collect()
}

fn triggers(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<Mention> {
    let trigger = |hit: &Hit| {
        let means = sense(hit).map_or_else(String::new, |sense| plain(&sense));
        let reason = match heard.told.typed {
            Some(typed) if typed.fixed => {
                format!("A word for an attack; with its clause it makes the type {}", typed.event)
            }
            Some(typed) => format!("A bare word for an attack; the type {} is a default", typed.event),
            None => "A word for an attack that names no type by itself".to_owned(),
        };
        mention(MentionKind::Trigger, context.hit(hit), means, reason, joined(context, heard))
    };
    heard.told.facts.triggers.iter().map(trigger).collect()
}

fn weapons(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<Mention> {
    let weapon = |&(id, event, hit): &(u16, crate::model::EventType, Hit)| {
        let words = context.hit(&hit);
        let name = context.seen.reading.lexicon.weapons.get(usize::from(id)).cloned().unwrap_or_default();
        let incidents = context.marked(&["weapons"], span(&words));
        mention(
            MentionKind::Weapon,
            words,
            name,
            format!("A weapon; an attack that leaves its type open becomes: {event}"),
            incidents,
        )
    };
    heard.told.facts.weapons.iter().map(weapon).collect()
}

fn actors(context: &Context<'_, '_, '_>, heard: &Heard) -> Vec<Mention> {
    let reading = context.seen.reading;
    let clause = heard.told.facts.clause;
    let actor = |hit: &Hit| {
        let (id, adjective) = match hit.class {
            Class::Actor(id) => (id, false),
            Class::NisbaActor(id) => (id, true),
            _ => return None,
        };
        let words = context.hit(hit);
        let incidents = context.marked(&["actor", "claimed_by", "blamed_on", "target"], span(&words));
        let part = part(heard, hit);
        if adjective && part.is_none() {
            return None;
        }
        let reason = part.unwrap_or("named; it plays no part that the clause tells").to_owned();
        let name = reading.lexicon.actors.get(usize::from(id)).map(|a| a.name.clone()).unwrap_or_default();
        Some(mention(MentionKind::Actor, words, name, reason, incidents))
    };
    reading.words.within(clause.start, clause.end).iter().filter_map(actor).collect()
}

/// The part that an actor plays in its clause.
fn part(heard: &Heard, hit: &Hit) -> Option<&'static str> {
    let agents = &heard.told.agents;
    let is = |named: Option<Named>| named.is_some_and(|(_, h)| h.start == hit.start && h.end == hit.end);
    let parts = [
        (agents.claimed_by, "who claims it"),
        (agents.blamed_on, "who is blamed for it"),
        (agents.actor, "who did it, as the report itself says"),
        (agents.target, "whose people or base were struck"),
    ];
    parts.into_iter().find(|(named, _)| is(*named)).map(|(_, part)| part)
}

fn target(context: &Context<'_, '_, '_>, heard: &Heard) -> Option<Mention> {
    let (id, hit) = heard.told.agents.struck?;
    let words = context.hit(&hit);
    let name = context.seen.reading.lexicon.targets.get(usize::from(id)).cloned().unwrap_or_default();
    let incidents = context.marked(&["target"], span(&words));
    Some(mention(MentionKind::Target, words, name, "what was struck".to_owned(), incidents))
}

fn casualties(context: &Context<'_, '_, '_>, told: &Casualties) -> Vec<Mention> {
    let mut out = Vec::new();
    if told.tells() && told.end > told.start {
        let words = context.quote(told.start, told.end);
        let incidents = context.marked(&["toll"], span(&words));
        let (means, reason) = toll(told);
        out.push(mention(MentionKind::Casualties, words, means, reason, incidents));
    }
    if let Some((start, end)) = told.damage {
        let words = context.quote(start, end);
        let means = words.text.clone();
        out.push(mention(MentionKind::Damage, words, means, "something was damaged".to_owned(), Vec::new()));
    }
    out
}

fn toll(told: &Casualties) -> (String, String) {
    let part = |bounds: Option<Bounds>, what: &str| bounds.map(|b| format!("{} {what}", bounded(b)));
    let parts: Vec<String> = part(told.killed, "killed").into_iter().chain(part(told.injured, "injured")).collect();
    if !parts.is_empty() {
        let vague = told.vague_killed || told.vague_injured;
        let reason = if vague { "a plural without a number counts as one or more" } else { "counts of victims" };
        return (parts.join(", "), reason.to_owned());
    }
    match (told.nobody, told.combined) {
        (true, _) => ("nobody hurt".to_owned(), "it says that there are no victims: both counts are 0".to_owned()),
        (_, true) => {
            ("not told apart".to_owned(), "killed and injured are counted together: both stay empty".to_owned())
        }
        _ => ("not known".to_owned(), "it says that the toll is not known: both stay empty".to_owned()),
    }
}

/// `3`, `3 to 5`, `3 or more`.
pub(super) fn bounded((least, most): Bounds) -> String {
    match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}

/// Counts that no time, toll or other mention takes.
fn numbers(context: &Context<'_, '_, '_>, taken: &[Mention]) -> Vec<Mention> {
    let reading = context.seen.reading;
    let free = |at: Span| {
        let clear = |start: usize, end: usize| end <= at.start || at.end <= start;
        let mut times = reading.times.iter().map(|t| reading.words.span(t.start, t.end));
        taken.iter().all(|m| clear(m.words.start, m.words.end))
            && times.all(|t| clear(t.start, t.end))
            && !super::places::overlaps(context, at)
    };
    let mut out = Vec::new();
    for line in reading.words.lines.iter().filter(|l| l.kind == SentenceKind::Body) {
        for count in counts(reading.words, line.start, line.end) {
            let words = context.quote(count.start, count.end);
            if words.start < words.end && free(span(&words)) {
                let means = bounded((count.min, count.max));
                out.push(mention(
                    MentionKind::Number,
                    words,
                    means,
                    "a count of something else".to_owned(),
                    Vec::new(),
                ));
            }
        }
    }
    out
}
