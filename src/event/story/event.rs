//! An event of one report as it grows, and the pieces it grows from.

use crate::event::agent::Agents;
use crate::event::facts::Facts;
use crate::event::kind::Typed;
use crate::event::sign::Signs;
use crate::event::site::Site;
use crate::lexicon::class::Sense;
use crate::mention::casualty::Bounds;
use crate::mention::time::TimeMention;
use crate::mention::words::Hit;
use crate::model::{EventType, Span, When};

/// An event of one report, not yet on the map.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its type.
    pub event: EventType,
    /// Whether words fixed the type.
    pub fixed: bool,
    /// The mention that places it, and its chain.
    pub site: Option<Site>,
    /// When.
    pub when: Option<When>,
    /// Whether the day is told by the report for this event, not carried over.
    pub dated: bool,
    /// Whether the day is when somebody spoke, for want of another.
    pub said: bool,
    /// The weekday told, where no publication date lets it be reckoned.
    pub weekday: Option<i8>,
    /// Which of several it is said to be: 2 for «الهجوم الثاني».
    pub ordinal: Option<u8>,
    /// Whether an official body gave the toll.
    pub official: bool,
    /// Who did, claims, is blamed, was struck.
    pub agents: Agents,
    /// Weapons by lexicon id.
    pub weapons: Vec<u16>,
    /// Killed, least and most.
    pub killed: Option<Bounds>,
    /// Injured, least and most.
    pub injured: Option<Bounds>,
    /// Whether something landed on, exploded in or harmed the place.
    pub hit: bool,
    /// How many clauses tell of a stopped weapon, and whether all of it was stopped.
    pub stopped: bool,
    /// Foiled, fell short.
    pub failed: bool,
    /// Foiled by the other side.
    pub foiled: bool,
    /// Whether part of it was not stopped.
    pub partly: bool,
    /// Told as background.
    pub background: bool,
    /// Whether who was struck is carried over from the event told before.
    pub carried: bool,
    /// The soldiers or police hurt or struck, whose they are not told.
    pub guards: Option<Hit>,
    /// Whether only a plural or dual names it: «الهجومين اللذين وقعا في طهران».
    pub several: bool,
    /// Whether it was told for a whole country or region first.
    pub widened: bool,
    /// Whether somebody is said to have been assassinated, not only an attempt made.
    pub slain: bool,
    /// Shares its toll with the other events of its list.
    pub listed: bool,
    /// The damage words.
    pub damage: Option<(usize, usize)>,
    /// Sentences that tell of it.
    pub lines: Vec<usize>,
    /// Words that gave its fields: the field's name, and where they stand.
    pub marks: Vec<(&'static str, Span)>,
    /// What speaks for its being told as done.
    pub signs: Signs,
    /// The same of the sentence that told it first.
    pub opening: Signs,
}

/// A clause made ready: its facts, agents and type.
pub struct Told {
    /// Its facts.
    pub facts: Facts,
    /// Its agents.
    pub agents: Agents,
    /// Its type.
    pub typed: Option<Typed>,
    /// Whether it tells of background.
    pub background: bool,
}

/// Why a clause belongs to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// It begins the event.
    New,
    /// The event was told at its place, or one inside or about it.
    SamePlace,
    /// It names no place; an event of its kind and day was told.
    SameKind,
    /// It names no other event; it speaks of the one told last.
    GoesOn,
    /// It names the place that the event told last waited for.
    Places,
}

/// Why an asserted clause belongs to no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// It tells a toll before its event is told; the event that follows takes it.
    Toll,
    /// It tells what an attack answers, with no place of its own.
    Answered,
    /// It tells of no attack, victim, damage or claim.
    Silent,
    /// It names no attack of its own, and no event was told before.
    NoneOpen,
    /// A definite word for attacks, a whole country and no day.
    Little,
}

/// A clause's time: the days, the words that tell it, and whether the clause itself tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    pub(super) when: Option<When>,
    pub(super) own: Option<TimeMention>,
    pub(super) told: bool,
}

/// How one site lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Finer,
    Coarser,
    Apart,
}

/// Whether two types can be one event told twice: a bare attack may turn out as anything.
pub(super) fn kin(a: EventType, b: EventType) -> bool {
    let loose = |e: EventType| matches!(e, EventType::Other | EventType::Explosion);
    let close = |e: EventType| matches!(e, EventType::ArmedClash | EventType::Raid | EventType::ArmedAttack);
    let bomb = |e: EventType| matches!(e, EventType::Bombing | EventType::SuicideBombing);
    a == b || loose(a) || loose(b) || (close(a) && close(b)) || (bomb(a) && bomb(b))
}

/// Whether a trigger says that something came down on the place.
pub(super) fn lands(sense: Option<Sense>) -> bool {
    matches!(
        sense,
        Some(
            Sense::AirRaid
                | Sense::Bombard
                | Sense::Strike
                | Sense::Struck
                | Sense::Destroy
                | Sense::Explosion
                | Sense::Bombing
                | Sense::HitVerb
                | Sense::Seize
        )
    )
}

/// Bounds that words such as قتلى, عدة, عشرات and مئات give.
fn vague(bounds: Bounds) -> bool {
    matches!(bounds, (1 | 20 | 200 | 2000, None) | (3, Some(9)))
}

/// Two statements of one toll: a number beats a bare plural, the same is the same, different ones make a range.
pub(super) fn combine(old: Option<Bounds>, new: Option<Bounds>) -> Option<Bounds> {
    match (old, new) {
        (None, new) => new,
        (old, None) => old,
        // A count beats a vague word, but one of several is no count of all.
        (Some((1, None)), Some((1, Some(1)))) => Some((1, None)),
        (Some((0, Some(0))), Some(n)) => Some(n),
        (Some(o), Some(n)) if vague(o) => Some(n),
        (Some(o), Some(n)) if vague(n) => Some(o),
        // «ما لا يقل عن 70», and «75» by another source.
        (Some((a, None)), Some((a2, Some(c)))) if a2 == a && c == a => Some((a, None)),
        (Some((a, None)), Some((c, Some(d)))) if c >= a => Some((a, Some(d))),
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.zip(d).map(|(b, d)| b.max(d)))),
    }
}
