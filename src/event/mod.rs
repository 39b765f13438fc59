//! Events: who did what to whom, at which of the places named, with what status.
//!
//! `clause` cuts sentences; `site`, `facts`, `agent`, `kind`, `status`, `tally` read a clause; `story` says to which
//! event it belongs.

pub mod agent;
mod arms;
pub mod clause;
pub mod facts;
pub mod kind;
pub mod said;
pub mod sign;
pub mod site;
pub mod status;
pub mod story;
mod struck;
pub mod tally;
pub mod trigger;
pub mod voice;

use agent::{Agents, Named, agents};
use clause::Clause;
use facts::{Facts, Reading};
use kind::{Typed, event_type};
use status::{Status, is_background, reaches_on, status};
use story::{Event, Joined, Story, Told, Unused};
use voice::spoken_by;

use crate::lexicon::class::{Class, Cue, Form, Particle, Sense};
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::Hit;
use crate::model::{Note, Tally, When};
use crate::text::document::SentenceKind;

/// Between two days of a list stand so many words at most; a judgement.
const LISTED_WORDS: usize = 3;

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

/// A clause and what was made of it, for those who explain.
pub struct Heard {
    /// What it says. Agents and type are read of asserted clauses only.
    pub told: Told,
    /// What it is worth.
    pub status: Status,
    /// The events that it belongs to, by index, and why.
    pub joined: Vec<(usize, Joined)>,
    /// Why it belongs to none, where it was asserted.
    pub unused: Option<Unused>,
}

impl Heard {
    /// A clause that was not asserted.
    fn aside(told: Told, status: Status) -> Heard {
        Heard { told, status, joined: Vec::new(), unused: None }
    }
}

/// Reads the events of a document; `heard`, where it is asked for, gets every clause.
pub fn tell(reading: &Reading<'_, '_>, report: &str, mut heard: Option<&mut Vec<Heard>>) -> Telling {
    let mut story = Story::new(reading);
    let mut telling = Telling::default();
    for line in 0..reading.words.lines.len() {
        match reading.words.lines[line].kind {
            SentenceKind::Body => sentence(reading, report, line, &mut story, &mut telling, heard.as_deref_mut()),
            SentenceKind::Heading => {
                story.heading(line);
                heading(reading, line, &mut story);
            }
            _ => {}
        }
    }
    story.finish();
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
            && !told_of_it(reading, &facts, t)
            // «اغتالوا ضابطا … في كمين داخل المخيم» is one.
            && (!by_it(reading, t) || with_count(reading, from, t.start) + 1 < t.start)
    });
    let at = cut.map(|cut| with_count(reading, from, cut.start)).or_else(|| harmed_too(reading, from, to));
    match at {
        Some(at) => {
            [Clause { end: at, ..clause }, Clause { start: at, ..clause }].map(|part| Facts::of(reading, part)).into()
        }
        None => vec![facts],
    }
}

/// «قُتل ثلاثة في ميناء X، واقتصرت الأضرار على الماديات في محطة Y»: what came of it at another place.
fn harmed_too(reading: &Reading<'_, '_>, from: usize, to: usize) -> Option<usize> {
    let words = reading.words;
    let harm = |h: &&Hit| matches!(h.class, Class::Harm(_)) && h.conj.is_some() && words.words[h.start].gap.comma;
    words.within(from, to).iter().find(harm).map(|h| h.start)
}

/// «بغارة دمّرت برجا في مديرية المنصورية»: a verb right after the noun of an attack tells more of it.
fn told_of_it(reading: &Reading<'_, '_>, facts: &Facts, verb: &Hit) -> bool {
    let flows = reading.words.words[verb.start].gap.open() && verb.conj.is_none();
    let noun = |t: &Hit| t.end == verb.start && !facts::is_verb(t) && !t.article;
    flows && facts::is_verb(verb) && facts.triggers.iter().any(noun)
}

/// «في كمين», «بهجوم»: how the deed told before was done.
fn by_it(reading: &Reading<'_, '_>, trigger: &Hit) -> bool {
    let before = trigger.start.checked_sub(1);
    let within = |w: usize| reading.words.at(w).iter().any(|h| h.is_particle(Particle::In) && h.conj.is_none());
    trigger.prep == Some('ب') || before.is_some_and(within)
}

/// «، و17 في تفجير مماثل»: a count and a preposition right before a word for an attack belong to it.
fn with_count(reading: &Reading<'_, '_>, from: usize, cut: usize) -> usize {
    let words = reading.words;
    let near = |w: &usize| {
        let word = words.words[*w];
        // «، وعبوة لاصقة تنفجر بسيارة»: its subject.
        let particle = words
            .at(*w)
            .iter()
            .any(|h| h.is_particle(Particle::In) || (matches!(h.class, Class::Weapon { .. }) && h.prep.is_none()))
            || reading
                .words
                .within(w.saturating_sub(2), *w)
                .iter()
                .any(|h| matches!(h.class, Class::Weapon { .. }) && h.end > *w && h.prep.is_none());
        // «شُنّت ثلاث غارات»: the verb that it has.
        let carries = |h: &Hit| facts::sense(h) == Some(Sense::Light);
        // «، وهو أول تفجير انتحاري في بغداد»: which of several it is.
        let nth = |h: &Hit| matches!(h.class, Class::Ordinal(_) | Class::Cue(Cue::Nth | Cue::This));
        let counts = |h: &Hit| matches!(h.class, Class::Numeral(..)) || carries(h) || nth(h);
        particle || word.digits || words.at(*w).iter().any(counts)
    };
    // «وقُتل سبعة، وهو أول تفجير»: the count before the comma is another's.
    let joined = |w: &usize| words.words[*w + 1].gap.open();
    (from..cut).rev().take_while(|w| joined(w) && near(w)).last().unwrap_or(cut)
}

/// What a heading says of the report's own event.
fn heading<'r, 'a>(reading: &'r Reading<'r, 'a>, line: usize, story: &mut Story<'r, 'a>) {
    for clause in clause::clauses(reading.words, line) {
        let facts = Facts::of(reading, clause);
        if !facts.triggers.is_empty() && status(reading, &facts, story.void) == Status::Asserted {
            story.headed(told(reading, facts, None));
        }
    }
}

/// A clause made ready for the story.
fn told(reading: &Reading<'_, '_>, facts: Facts, spoke: Option<Named>) -> Told {
    let (words, lexicon) = (reading.words, reading.lexicon);
    Told {
        agents: agents(words, lexicon, &facts, spoke),
        typed: event_type(words, lexicon, &facts).or_else(|| implied(reading, &facts)),
        background: is_background(words, &facts),
        facts,
    }
}

/// Takes in an asserted clause; once for each day, where it tells several.
fn take(reading: &Reading<'_, '_>, told: &mut Told, story: &mut Story<'_, '_>) {
    let days = days(reading, &told.facts);
    if days.len() < 2 {
        story.take(told);
        return;
    }
    // A toll told for several belongs to none of them alone.
    (told.facts.casualties.killed, told.facts.casualties.injured) = (None, None);
    let mut joined = Vec::new();
    for day in days {
        told.facts.time = Some(day);
        story.take(told);
        joined.append(&mut story.joined);
    }
    story.joined = joined;
}

/// «ثلاث غارات، في 22 حزيران ثم في 24 منه»: attacks told in one word, each with a day of its own.
fn days(reading: &Reading<'_, '_>, facts: &Facts) -> Vec<TimeMention> {
    let several = |t: &Hit| matches!(t.class, Class::Trigger { form: Form::Plural | Form::Dual, .. });
    if !facts.triggers.iter().any(several) {
        return Vec::new();
    }
    let day = |t: &TimeMention| t.when.is_some_and(|w| w.start == w.end);
    let told = |h: &Hit| matches!(h.class, Class::Trigger { .. } | Class::Victim(..) | Class::Weapon { .. });
    let mut days: Vec<TimeMention> = Vec::new();
    let times = reading.times_in(facts.clause.start, facts.clause.end).iter();
    let calendar = times.filter(|t| t.role == TimeRole::At && t.kind == TimeKind::Calendar);
    for time in calendar.flat_map(|t| both_days(reading, t)).filter(day) {
        let listed = days
            .last()
            .is_none_or(|last| time.start <= last.end + LISTED_WORDS && !reading.words.any(last.end, time.start, told));
        if listed && days.iter().all(|other| other.when != time.when) {
            days.push(time);
        }
    }
    days
}

/// «ضربتي 12 و14 تشرين الأول»: two days, and no span.
fn both_days(reading: &Reading<'_, '_>, time: &TimeMention) -> Vec<TimeMention> {
    let second = reading.words.words.get(time.start + 1);
    match time.when.filter(|w| w.start < w.end && second.is_some_and(|s| s.digits && s.clitic == Some('و'))) {
        Some(w) => {
            [w.start, w.end].map(|day| TimeMention { when: Some(When { start: day, end: day, ..w }), ..*time }).into()
        }
        None => vec![*time],
    }
}

fn sentence<'r, 'a>(
    reading: &'r Reading<'r, 'a>,
    report: &str,
    line: usize,
    story: &mut Story<'r, 'a>,
    telling: &mut Telling,
    mut heard: Option<&mut Vec<Heard>>,
) {
    let (words, lexicon) = (reading.words, reading.lexicon);
    let mut void = story.void;
    for facts in clause::clauses(words, line).into_iter().flat_map(|c| parts(reading, c)) {
        let clause = facts.clause;
        let status = status(reading, &facts, void);
        let clause_heard = match status {
            Status::Asserted => {
                let mut told = told(reading, facts, story.spoke);
                story.spoke = spoken_by(words, &told.facts, &told.agents, story.spoke);
                take(reading, &mut told, story);
                // What somebody says happened instead is not denied.
                void = void.filter(|reason| *reason != "denied");
                heard.is_some().then(|| Heard { told, status, joined: story.joined.clone(), unused: story.unused })
            }
            Status::Tally => {
                let agents = agents(words, lexicon, &facts, None);
                story.claim(&agents);
                story.attacked(&agents);
                story.counted(&agents, &facts);
                telling.tallies.extend(tally::tallies(reading, &facts, report));
                Some(Heard::aside(Told { facts, agents, typed: None, background: false }, status))
            }
            Status::Void(reason) => {
                story.denied(reason, &facts);
                if !facts.triggers.is_empty() {
                    let span = words.span(clause.start, clause.end);
                    telling.notes.push(Note { span, message: format!("no incident: {reason}") });
                }
                void = void.or(Some(reason)).filter(|r| reaches_on(r));
                let agents = Agents::default();
                Some(Heard::aside(Told { facts, agents, typed: None, background: false }, status))
            }
        };
        if let Some(heard) = heard.as_deref_mut() {
            heard.extend(clause_heard);
        }
    }
}
