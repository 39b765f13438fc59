//! Tolls of several places, told before what caused them.
//!
//! «استشهد شخصان في كفركلا، وثلاثة في الخيام، وأصيب أربعة في العديسة جراء غارات» three events of one kind.
//! Misses: a cause told in the next sentence.

use super::Story;
use super::event::{Relation, Told};
use crate::event::facts::sense;
use crate::event::sign::{Signs, signs};
use crate::event::site::{Site, fineness};
use crate::lexicon::class::{Class, Form, Sense};
use crate::mention::casualty::Casualties;
use crate::mention::words::Hit;

/// Quarters, settlements and districts: not the hospital to which they were brought.
const LIVED_IN: std::ops::RangeInclusive<u8> = 1..=3;

/// A toll at a place, whose cause is yet to come.
pub(super) struct Waiting {
    site: Site,
    toll: Casualties,
    speaks: Signs,
}

impl Story<'_, '_> {
    /// Keeps a toll told before any event, and where it is said to be.
    pub(super) fn wait(&mut self, told: &Told, sites: &[Site]) {
        let speaks = signs(self.reading, told);
        let toll = told.facts.casualties;
        self.pending = Some((toll, speaks));
        let lived_in = |s: &Site| LIVED_IN.contains(&fineness(&self.reading.places[s.head], self.reading.gazetteer));
        if let [site] = sites
            && toll.hurt()
            && lived_in(site)
        {
            self.waiting.push(Waiting { site: site.clone(), toll, speaks });
        }
    }

    /// Gives what waits at other places its own events, where the cause is told last, of all of them.
    pub(super) fn spread(&mut self, index: usize, told: &Told) -> Vec<usize> {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(site) = self.events[index].site.clone().filter(|s| self.of_all(told, s)) else { return Vec::new() };
        let mut out = Vec::new();
        for Waiting { site: there, toll, speaks } in waiting {
            if !self.apart(&site, &there) {
                continue;
            }
            self.events[index].signs.gather(speaks);
            let mut other = self.events[index].clone();
            (other.site, other.killed, other.injured) = (Some(there), toll.killed, toll.injured);
            (other.damage, other.hit) = (None, toll.hurt());
            self.events.push(other);
            out.push(self.events.len() - 1);
        }
        out
    }

    /// The toll told before a new event is its own, unless it was told of another place.
    pub(super) fn take_pending(&mut self, index: usize, told: &Told, listed: bool) {
        let elsewhere = self.waits_elsewhere(told, self.events[index].site.as_ref());
        if let Some((toll, speaks)) = self.pending.take().filter(|_| !listed && !elsewhere) {
            self.note_casualties(index, &toll, true);
            self.events[index].signs.gather(speaks);
        }
    }

    /// Whether the toll told last is at another place than this one.
    fn waits_elsewhere(&self, told: &Told, site: Option<&Site>) -> bool {
        let Some((last, site)) = self.waiting.last().zip(site) else { return false };
        self.of_all(told, site) && self.apart(site, &last.site)
    }

    /// Two places, be they ever so near: «في النصيرات … في البريج».
    fn apart(&self, a: &Site, b: &Site) -> bool {
        match self.relation(a, b) {
            Relation::Apart => true,
            Relation::Equal => self.place_of(a) != self.place_of(b),
            _ => false,
        }
    }

    /// «وأصيب أربعة في العديسة جراء غارات»: a toll, its place, and then attacks.
    fn of_all(&self, told: &Told, site: &Site) -> bool {
        let after = self.reading.places[site.head].end;
        let attacks = |t: &Hit| {
            let many = matches!(t.class, Class::Trigger { form: Form::Plural | Form::Dual, .. });
            t.start >= after && (many || sense(t) == Some(Sense::Bombard))
        };
        told.facts.casualties.hurt() && told.facts.triggers.iter().any(attacks)
    }
}
