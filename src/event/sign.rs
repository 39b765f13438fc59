//! What speaks for a clause telling that an attack was done, and what for only naming one: «وقع تفجير قرب المسجد» tells,
//! «ذكرى تفجير المسجد», «تحقيق في اغتيال X» and «أدان الاعتداءات» name.
//!
//! Each sign is a fact of one clause that can be read off; an event gathers the signs of all its clauses. `lexicon/assertion.csv`
//! holds their weights in a linear model, made by `tools/train_assertion.py`.
//! Misses: irony, and what a whole text is about.

use super::facts::{Facts, Reading, is_means, is_verb, sense};
use super::site::fineness;
use super::story::{Event, Told};
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Number, Particle, Sense, Sign, Victim};
use crate::mention::time::TimeKind;
use crate::mention::words::{Hit, Words};

/// A topic stands within so many words before the word for an attack; a judgement.
const TOPIC_WORDS: usize = 4;
/// A sentence of so many words is long; a judgement.
const LONG_WORDS: usize = 45;
/// A country, region or governorate and coarser.
const COARSE: u8 = 4;

/// A set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs(u64);

impl Signs {
    fn set(&mut self, sign: Sign, holds: bool) {
        if holds {
            self.0 |= 1 << (sign as u64);
        }
    }

    /// Adds what the event as a whole shows, beside the others of its report.
    #[must_use]
    pub fn of_event(self, event: &Event, in_story: bool) -> Signs {
        let mut out = self;
        // «أصابت يوم الخميس حافلة»: where nothing tells the report's own date, the weekday is its day.
        out.set(Sign::Dated, event.when.is_some() || event.weekday.is_some());
        out.set(Sign::ToldOn, event.lines.len() > 1);
        out.set(Sign::InStory, in_story);
        out
    }

    /// Adds another clause's signs.
    pub fn gather(&mut self, other: Signs) {
        self.0 |= other.0;
    }

    /// Whether it is told as a deed at a place.
    pub fn done(self) -> bool {
        self.has(Sign::Deed)
    }

    /// The same without what is denied.
    #[must_use]
    pub fn undenied(self) -> Signs {
        Signs(self.0 & !(1 << (Sign::Negated as u64)))
    }

    /// Whether a sign is there.
    pub fn has(self, sign: Sign) -> bool {
        self.0 & (1 << (sign as u64)) != 0
    }

    /// Whether an event that has a place has all else that news of an attack has: a day, and a deed, a toll or a weapon, and no
    /// word that it was wished, denied, tried in court or talked about where it is told first: what is wished for after it
    /// does not undo it. The model has learnt from single sentences, where a
    /// long one is seldom news; the lead of a dated report often is long.
    pub fn news(self, event: &Event) -> bool {
        let some = |toll: Option<(u32, Option<u32>)>| toll.is_some_and(|t| t.0 > 0);
        let hurt = some(event.killed) || some(event.injured);
        let opening = event.opening;
        let tried = opening.has(Sign::Court) && !hurt;
        let spoken = [Sign::Modal, Sign::Condemned, Sign::TopicBefore, Sign::Question];
        // «لم توقع ضحايا» denies no attack.
        let denied = opening.has(Sign::Negated) && !opening.has(Sign::Nobody);
        // «القصف الذي تعرّض له يوم الخميس»
        let done = [Sign::Deed, Sign::ExposedVerb, Sign::Weapon, Sign::TimeCalendar];
        // «أُحبط هجوم على المطار»
        let happened = hurt || event.foiled || done.iter().any(|s| self.has(*s));
        self.has(Sign::Dated) && happened && !tried && !denied && !spoken.iter().any(|s| opening.has(*s))
    }

    /// How likely it is that an attack is told as done, 0 to 1, by the weights of the table.
    pub fn chance(self, lexicon: &Lexicon) -> f64 {
        let sum: f64 = lexicon
            .assertion
            .iter()
            .filter(|(sign, _)| *sign == Sign::Always || self.has(*sign))
            .map(|(_, weight)| weight)
            .sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The signs of a clause.
pub fn signs(reading: &Reading<'_, '_>, told: &Told) -> Signs {
    let mut out = Signs::default();
    for trigger in &told.facts.triggers {
        of_trigger(reading.words, &told.facts, trigger, &mut out);
    }
    of_kind(&told.facts, &mut out);
    of_toll(reading.words, &told.facts, &mut out);
    of_cues(reading.words, &told.facts, &mut out);
    of_frame(reading, told, &mut out);
    out
}

fn tells(sense: Sense) -> bool {
    !matches!(sense, Sense::Light | Sense::Result | Sense::Operation | Sense::Exposed)
}

fn of_trigger(words: &Words<'_>, facts: &Facts, trigger: &Hit, out: &mut Signs) {
    let Class::Trigger { sense, form, .. } = trigger.class else { return };
    let verb = is_verb(trigger);
    out.set(Sign::LightVerb, sense == Sense::Light && verb);
    out.set(Sign::ResultVerb, sense == Sense::Result);
    out.set(Sign::ExposedVerb, sense == Sense::Exposed);
    if !tells(sense) {
        return;
    }
    out.set(Sign::PastVerb, form == Form::Verb);
    out.set(Sign::PresentVerb, form == Form::Present);
    if verb {
        return;
    }
    let governed = governed(words, facts, trigger);
    let prepared = trigger.prep.is_some() || preposed(words, facts, trigger);
    out.set(Sign::NounDefinite, trigger.article);
    out.set(Sign::NounGoverned, governed);
    out.set(Sign::AfterPreposition, prepared);
    out.set(Sign::NounOfName, !trigger.article && words.form(trigger.end).starts_with("ال"));
    let free = !trigger.article && !governed;
    out.set(Sign::NounOne, free && matches!(form, Form::Singular | Form::Dual));
    out.set(Sign::NounMany, free && form == Form::Plural);
    let topic = trigger.start.saturating_sub(TOPIC_WORDS).max(facts.clause.start);
    // «تعزو المصادر القرار إلى ثلاث غارات»: what came of the raids.
    let led_to = |h: &Hit| h.article && words.any(h.end, h.end + 1, |to| to.is_particle(Particle::To));
    // «شهدت المدينة جريمة اغتيال»
    let seen = facts.may_have(Cue::Scene) && words.any(facts.clause.start, trigger.start, |h| h.is_cue(Cue::Scene));
    let topical = !seen && !happened(words, trigger);
    out.set(Sign::TopicBefore, topical && words.any(topic, trigger.start, |h| h.is_cue(Cue::Topic) && !led_to(h)));
}

/// «التحقيق في الانفجار الذي وقع»: whatever is said of it, it is told as done.
fn happened(words: &Words<'_>, trigger: &Hit) -> bool {
    let which = words.at(trigger.end).iter().any(|h| h.is_particle(Particle::Relative));
    let did = |h: &Hit| matches!(h.class, Class::Trigger { form: Form::Verb, .. });
    trigger.article && !is_verb(trigger) && which && words.at(trigger.end + 1).iter().any(did)
}

/// «جريمة اغتيال»: a noun that no table knows right before it.
fn governed(words: &Words<'_>, facts: &Facts, trigger: &Hit) -> bool {
    let Some(before) = trigger.start.checked_sub(1).filter(|b| *b >= facts.clause.start) else { return false };
    let open = words.words[trigger.start].gap.open() && trigger.conj.is_none() && trigger.prep.is_none();
    open && words.at(before).iter().all(|h| h.is_cue(Cue::Topic))
}

fn preposed(words: &Words<'_>, facts: &Facts, trigger: &Hit) -> bool {
    words.within(trigger.start.saturating_sub(2).max(facts.clause.start), trigger.start).iter().any(|h| {
        h.end == trigger.start
            && matches!(h.class, Class::Particle(p) if p != Particle::That && p != Particle::Relative)
    })
}

/// What kind of attack is named first.
fn of_kind(facts: &Facts, out: &mut Signs) {
    let first = facts.triggers.iter().filter_map(sense).find(|s| tells(*s));
    let Some(first) = first else { return };
    let sign = match first {
        Sense::AirRaid | Sense::Strike | Sense::Bombard => Sign::KindAir,
        Sense::Attack | Sense::HitVerb => Sign::KindAttack,
        Sense::Explosion | Sense::Bombing => Sign::KindBlast,
        Sense::Clash | Sense::Ambush | Sense::Shooting => Sign::KindFight,
        Sense::Assassination => Sign::KindAssassination,
        Sense::Abduction => Sign::KindAbduction,
        Sense::Raid => Sign::KindRaid,
        Sense::Target | Sense::Reach => Sign::KindTarget,
        _ => Sign::KindOther,
    };
    out.set(sign, true);
}

fn of_toll(words: &Words<'_>, facts: &Facts, out: &mut Signs) {
    let toll = &facts.casualties;
    let (start, end) = (facts.clause.start, facts.clause.end);
    out.set(Sign::Killed, toll.killed.is_some_and(|k| k.0 > 0) && !toll.vague_killed);
    out.set(Sign::Injured, toll.injured.is_some_and(|k| k.0 > 0) && !toll.vague_injured);
    out.set(Sign::VagueToll, toll.vague_killed || toll.vague_injured || toll.combined);
    out.set(Sign::Nobody, toll.nobody || toll.untold);
    out.set(Sign::Damage, toll.damage.is_some());
    let harms = |h: &Hit| matches!(h.class, Class::Victim(Victim::Kill | Victim::Injure, Number::Verb));
    out.set(Sign::HarmVerb, words.any(start, end, harms));
    out.set(Sign::People, words.any(start, end, |h| matches!(h.class, Class::Victim(Victim::Person, _))));
    out.set(Sign::Weapon, !facts.weapons.is_empty());
    out.set(Sign::WeaponMeans, facts.weapons.iter().any(|w| is_means(words, &w.2)));
}

/// «نفّذ الجيش مداهمات», «دهمت القوة منزلا»: a raid told as done.
fn raids(facts: &Facts) -> bool {
    let light = facts.triggers.iter().any(|t| is_verb(t) && sense(t) == Some(Sense::Light));
    facts.triggers.iter().any(|t| sense(t) == Some(Sense::Raid) && (is_verb(t) || (light && !t.article)))
}

fn of_cues(words: &Words<'_>, facts: &Facts, out: &mut Signs) {
    let line = words.lines[facts.clause.line];
    // «سجن الصناعة», «مشروع دمر»: words of a name say nothing of the attack.
    let named = |hit: &Hit| facts.names.iter().any(|(from, to)| *from <= hit.start && hit.end <= *to);
    let done = facts.triggers.iter().find(|t| happened(words, t));
    for hit in words.within(facts.clause.start, facts.clause.end) {
        let Class::Cue(cue) = hit.class else { continue };
        if named(hit) {
            continue;
        }
        match cue {
            Cue::Maybe if really(words, hit) => {}
            // «قتل 28 طالبا»: students, and not what somebody asks for.
            Cue::Call if counted(words, hit) => {}
            Cue::Threat | Cue::Hypothetical | Cue::Plan | Cue::Maybe | Cue::Call | Cue::Future => {
                out.set(Sign::Modal, true);
            }
            Cue::Negation if done.is_some_and(|t| t.end < hit.start) => {}
            Cue::Negation | Cue::Deny => out.set(Sign::Negated, true),
            Cue::Suspect => out.set(Sign::Suspected, true),
            Cue::Attempt => out.set(Sign::Attempted, true),
            Cue::Condemn => out.set(Sign::Condemned, true),
            // «نفّذت القوة مداهمة أوقفت خلالها ثلاثة»: what a raid is for.
            Cue::Court if raids(facts) => {}
            Cue::Court => out.set(Sign::Court, true),
            Cue::War => out.set(Sign::War, true),
            Cue::Report => out.set(Sign::Reported, true),
            Cue::Source | Cue::Speaker => out.set(Sign::Source, true),
            Cue::Perfect => out.set(Sign::Perfect, true),
            Cue::Because => out.set(Sign::Because, true),
            _ => {}
        }
    }
    for hit in words.within(line.start, line.end) {
        match hit.class {
            Class::Cue(_) if named(hit) => {}
            Class::Cue(Cue::Topic) => out.set(Sign::TopicInLine, true),
            Class::Cue(Cue::Condemn) => out.set(Sign::CondemnInLine, true),
            Class::Cue(Cue::Court) => out.set(Sign::CourtInLine, true),
            _ => {}
        }
    }
    out.set(Sign::LongLine, line.end - line.start > LONG_WORDS);
    out.set(Sign::Question, line.span.of(words.document().text).contains('؟'));
    out.set(Sign::OpensLine, facts.clause.start == line.start);
}

/// «كان صاروخان قد سقطا», «فقد أثارت»: before a past verb قد says that it did happen.
fn really(words: &Words<'_>, hit: &Hit) -> bool {
    let present = |at: usize| words.form(at).starts_with(['ي', 'ت', 'ن']);
    words.form(hit.start).ends_with("قد") && hit.end < words.words.len() && !present(hit.end)
}

/// Whether a number stands right before a word.
fn counted(words: &Words<'_>, hit: &Hit) -> bool {
    let Some(before) = hit.start.checked_sub(1) else { return false };
    words.words[before].digits || words.at(before).iter().any(|h| matches!(h.class, Class::Numeral(..)))
}

fn of_frame(reading: &Reading<'_, '_>, told: &Told, out: &mut Signs) {
    let facts = &told.facts;
    out.set(Sign::Response, facts.clause.response);
    out.set(Sign::Since, facts.since.is_some() || facts.until.is_some());
    if let Some(time) = facts.time {
        let near = matches!(time.kind, TimeKind::Relative | TimeKind::Today | TimeKind::Weekday | TimeKind::Daypart);
        out.set(Sign::TimeNear, near);
        out.set(Sign::TimeCalendar, !near);
    }
    for site in &facts.sites {
        let fine = fineness(&reading.places[site.head], reading.gazetteer) < COARSE;
        out.set(if fine { Sign::PlaceFine } else { Sign::PlaceCoarse }, true);
    }
    let words = reading.words;
    let fine = out.has(Sign::PlaceFine);
    let spoken =
        [Sign::Modal, Sign::Negated, Sign::Condemned, Sign::Court, Sign::TopicBefore].iter().any(|s| out.has(*s));
    out.set(
        Sign::Deed,
        fine && !spoken && (out.has(Sign::PastVerb) || out.has(Sign::LightVerb) || out.has(Sign::ResultVerb)),
    );
    let opens = facts.triggers.first().is_some_and(|t| {
        t.start == facts.clause.start
            || !words.words[t.start].gap.open()
            || words.at(t.start).iter().any(|h| h.conj.is_some())
    });
    out.set(Sign::Headline, fine && !spoken && opens);
    if let Some((id, _)) = told.agents.actor {
        let known = reading.lexicon.actors[usize::from(id)].kind != ActorKind::Unknown;
        out.set(if known { Sign::ActorKnown } else { Sign::ActorUnknown }, true);
    }
    out.set(Sign::Target, told.agents.target.is_some() || told.agents.struck.is_some());
    out.set(Sign::Claimed, told.agents.claimed_by.is_some());
    out.set(Sign::Blamed, told.agents.blamed_on.is_some());
}
