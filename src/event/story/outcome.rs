//! What came of an attack: those it hurt, what it hit, and what was stopped on the way.

use super::event::{Told, combine, lands};
use super::{PATIENCE_LINES, Story};
use crate::event::facts::{has_object, is_means, is_verb, sense};
use crate::lexicon::class::{Class, Cue, Particle, Sense};
use crate::mention::casualty::Casualties;
use crate::mention::words::Hit;
use crate::model::EventType;

impl Story<'_, '_> {
    pub(super) fn note_casualties(&mut self, index: usize, told: &Casualties, alone: bool) {
        let event = &mut self.events[index];
        event.hit |= told.damage.is_some();
        event.damage = event.damage.or(told.damage);
        if told.nobody {
            event.killed = event.killed.or(Some((0, Some(0))));
            event.injured = event.injured.or(Some((0, Some(0))));
        }
        if alone && told.raised {
            (event.killed, event.injured) = (told.killed.or(event.killed), told.injured.or(event.injured));
            event.hit |= told.hurt();
        } else if alone {
            event.killed = combine(event.killed, told.killed);
            event.injured = combine(event.injured, told.injured);
            event.hit |= told.hurt();
        }
        if told.tells() && (alone || told.nobody) {
            self.mark(index, "toll", told.start, told.end);
        }
    }

    /// «ولم تسجل أي خسائر» after two bases struck is said of both.
    pub(super) fn nobody_anywhere(&mut self, told: &Told) {
        let Some(&current) = self.current.first() else { return };
        let (event, when) = (self.events[current].event, self.events[current].when);
        for index in self.recalled() {
            let other = &self.events[index];
            let alike = other.event == event && other.when == when && !other.background;
            let near = other.lines.last().is_some_and(|l| told.facts.clause.line <= l + PATIENCE_LINES);
            if alike && near && !self.current.contains(&index) {
                self.note_casualties(index, &told.facts.casualties, false);
            }
        }
    }

    pub(super) fn note_outcome(&mut self, index: usize, told: &Told) {
        let words = self.reading.words;
        let facts = &told.facts;
        let slain = |t: &Hit| sense(t) == Some(Sense::Assassination) && is_verb(t);
        let attempt = |t: &Hit| {
            sense(t) == Some(Sense::Assassination)
                && words.at(t.start.saturating_sub(1)).iter().any(|h| h.is_cue(Cue::Attempt))
        };
        let missed = self.events[index].event == EventType::NavalAttack
            && facts.triggers.iter().any(|t| sense(t) == Some(Sense::Fall))
            && words.any(facts.clause.start, facts.clause.end, |h| h.is_particle(Particle::Near));
        // «دمّرت الدفاعات المسيّرة», «اعتراض وتدمير طائرة», «صاروخ أُطلق … تم تدميره»: shot down.
        let destroyed = |t: &Hit| {
            // «دمّرت، صباح اليوم الثلاثاء، طائرتين»: a time may stand between.
            let timed = self.reading.times_in(t.end, t.end + 2).first().map_or(t.end, |time| time.end);
            let near = |w: &(u16, EventType, Hit)| w.2.start >= t.end && w.2.start <= timed + 2;
            // «تعاملت مع خمس مسيّرات ودمرتها كلها»: what was engaged was shot down.
            let own = has_object(words, t);
            let after = facts
                .triggers
                .iter()
                .any(|d| sense(d) == Some(Sense::Down) && (d.end == t.start || (own && d.end <= t.start)));
            let launched = facts.triggers.iter().any(|l| sense(l) == Some(Sense::Launch) && l.start < t.start);
            sense(t) == Some(Sense::Destroy) && (facts.weapons.iter().any(near) || after || launched)
        };
        let down = facts.triggers.iter().any(|t| sense(t) == Some(Sense::Down) || destroyed(t));
        let part = facts.has(words, Cue::Part) && !facts.has(words, Cue::AllStopped);
        // «اعترضت سبعة صواريخ، وسقط صاروخ ثامن في أرض خلاء»
        let armed = |t: &Hit| facts.weapons.iter().any(|w| w.2.start >= t.end && w.2.start < t.end + 2);
        let fell = down && facts.triggers.iter().any(|t| sense(t) == Some(Sense::Fall) && is_verb(t) && armed(t));
        let landed = facts.triggers.iter().any(|t| (lands(sense(t)) && !destroyed(t)) || self.falls_on(t));
        // «السفينة التي أُصيبت بصاروخ»
        let struck = self.events[index].event == EventType::NavalAttack
            && facts.triggers.is_empty()
            && facts.weapons.iter().any(|w| is_means(words, &w.2));
        // «أسقطت مسيّرتين، فيما أصابت الثالثة مبنى»
        let rest = self.events[index].stopped && facts.triggers.iter().any(|t| sense(t) == Some(Sense::Struck));
        let event = &mut self.events[index];
        event.hit |= struck;
        event.partly |= part || fell || (landed && (down || rest));
        event.stopped |= down;
        event.slain |= facts.triggers.iter().any(slain);
        event.failed |= missed || facts.triggers.iter().any(attempt);
        event.failed |=
            !part && !fell && [Cue::Foil, Cue::Short, Cue::Dud, Cue::Defuse].iter().any(|c| facts.has(words, *c));
        event.foiled |= facts.has(words, Cue::Foil);
        event.hit |= landed && !down;
    }

    /// «سقط صاروخ على القاعدة», «سقط داخلها»; not «سقط قرب القاعدة».
    fn falls_on(&self, trigger: &Hit) -> bool {
        let words = self.reading.words;
        let near = trigger.end..trigger.end + 5;
        let has = |wanted: &[Particle]| {
            words.any(near.start, near.end, |h| matches!(h.class, Class::Particle(p) if wanted.contains(&p)))
        };
        sense(trigger) == Some(Sense::Fall) && has(&[Particle::On, Particle::In]) && !has(&[Particle::Near])
    }
}
