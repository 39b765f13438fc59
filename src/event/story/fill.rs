//! What the report says of an event in other places: its heading, the attack of which it is a part, the base whose
//! holder is named elsewhere.
//!
//! «استهداف قواعد التحالف … خراب الجير» the coalition · «13 غارة على صنعاء و9 على الحديدة» after «ضربات أميركية على أهداف
//! للحوثيين» the same actor and target · heading «غارات على مطار النيرب», then «قصف موقع» an air strike.
//! Only what is still open is filled, and only with words of the report.

use super::event::{Event, Relation, Told, kin};
use super::{Named, Story};
use crate::event::agent::Agents;
use crate::event::struck::base_owner;
use crate::lexicon::class::{ActorKind, Class, Cue, Particle, Victim};
use crate::mention::words::{Hit, Words};
use crate::model::{EventType, PlaceKind};
use crate::text::document::SentenceKind;

/// Parts of one attack are told within so many events; a judgement.
const NEAR_EVENTS: usize = 32;
/// A claim of several attacks reaches back over so many sentences; a judgement.
const CLAIM_LINES: usize = 6;
/// The country of soldiers is told within so many words of them; a judgement.
const PEOPLE_WORDS: usize = 5;
/// Soldiers are told within so many words of the verb of hosting; a judgement.
const HOST_WORDS: usize = 7;

impl Story<'_, '_> {
    /// Keeps a heading's clause until the story is told.
    pub fn headed(&mut self, told: Told) {
        self.headings.push(told);
    }

    /// Keeps who was attacked in a running count.
    pub fn attacked(&mut self, agents: &Agents) {
        self.attacked.extend(agents.target);
    }

    /// Fills what other parts of the report tell.
    pub fn finish(&mut self) {
        self.by_heading();
        for index in 0..self.events.len() {
            self.by_same_attack(index);
        }
        for index in 0..self.events.len() {
            self.by_site(index);
        }
        for index in 0..self.events.len() {
            self.by_claim(index);
            self.by_country(index);
            self.by_raiders(index);
        }
        let open: Vec<usize> = (0..self.events.len()).filter(|&index| self.lacks_holder(index)).collect();
        // Most reports have no such base, and need no look through all their sentences.
        let holders = if open.is_empty() { Vec::new() } else { self.holders() };
        for index in open {
            self.by_holder(index, &holders);
        }
    }

    /// The heading tells of the event that the first sentence tells.
    fn by_heading(&mut self) {
        let body = self.reading.words.lines.iter().position(|l| l.kind == SentenceKind::Body);
        let Some(index) = self.events.iter().position(|e| !e.background && e.lines.first().copied() == body) else {
            return;
        };
        for told in std::mem::take(&mut self.headings) {
            let event = &self.events[index];
            let fits = told.typed.is_none_or(|t| kin(t.event, event.event) || !t.fixed || !event.fixed);
            let apart = told
                .facts
                .sites
                .iter()
                .any(|site| event.site.as_ref().is_some_and(|there| self.relation(there, site) == Relation::Apart));
            if !fits || apart || told.facts.sites.len() > 1 {
                continue;
            }
            if let Some(typed) = told.typed.filter(|t| t.fixed && !self.events[index].fixed) {
                (self.events[index].event, self.events[index].fixed) = (typed.event, true);
            }
            self.note_agents(index, &told);
        }
    }

    /// A part of an attack has the actor and the target of the whole, where only one actor is told for that kind of attack.
    fn by_same_attack(&mut self, index: usize) {
        let event = &self.events[index];
        let open = event.agents.doers().next().is_none();
        if event.background || event.event == EventType::Other {
            return;
        }
        let whole: Vec<&Event> = self.near(index).filter(|e| is_whole_of(e, event)).collect();
        let Some(actor) = whole.iter().find_map(|e| e.agents.actor) else { return };
        if whole.iter().filter_map(|e| e.agents.actor).any(|other| other.0 != actor.0) {
            return;
        }
        let same = open || event.agents.actor.is_some_and(|own| own.0 == actor.0);
        let place = event.agents.target.is_none() && event.agents.struck.is_none();
        let wide = |e: &&&Event| {
            let (Some(a), Some(b)) = (&e.site, &event.site) else { return false };
            e.widened || (self.relation(b, a) == Relation::Coarser && self.coarse(a))
        };
        let aimed = whole.iter().filter(|e| same && place && e.agents.target.is_some());
        let target = aimed.filter(wide).find_map(|e| e.agents.target);
        if open {
            self.give(index, "actor", actor);
        }
        if let Some(target) = target {
            self.give(index, "target", target);
        }
    }

    /// The events told about the same time in the report.
    fn near(&self, index: usize) -> impl Iterator<Item = &Event> {
        let from = index.saturating_sub(NEAR_EVENTS);
        self.events.iter().skip(from).take(2 * NEAR_EVENTS)
    }

    /// An oil field struck is oil and gas; an earlier event at the same place tells who was struck.
    fn by_site(&mut self, index: usize) {
        let event = &self.events[index];
        let hurt = event.agents.struck.is_some_and(|(_, hit)| self.is_person(&hit));
        if event.agents.target.is_some() || (event.agents.struck.is_some() && !hurt) {
            return;
        }
        let Some(site) = event.site.clone() else { return };
        let told =
            self.near(index).filter(|e| e.agents.target.is_some() && self.base(e).is_some() && self.equal(e, &site));
        let target = told.filter_map(|e| e.agents.target).find(|t| self.may_strike(index, t));
        if let Some(target) = target {
            self.give(index, "target", target);
            return;
        }
        let head = &self.reading.places[site.head];
        let kind = head.place.map(|p| self.reading.gazetteer.at(p).kind);
        let kinds = &self.reading.lexicon.target_kinds;
        let base = self.base(&self.events[index]).is_some();
        // Soldiers and people struck at an airport are those struck.
        let event = &self.events[index];
        let guarded = (event.guards.is_some() || event.agents.struck.is_some())
            && matches!(kind, Some(PlaceKind::Airport | PlaceKind::Port | PlaceKind::Crossing));
        if let Some((_, id)) = kinds.iter().find(|(k, _)| Some(*k) == kind && !base && !guarded) {
            let hit = Hit {
                start: head.start,
                end: head.end,
                class: Class::Target(*id),
                conj: None,
                prep: None,
                article: false,
            };
            self.events[index].agents.struck = Some((*id, hit));
            self.mark(index, "target", hit.start, hit.end);
        }
    }

    /// Whether what was struck are only people, and not a thing of theirs: «قُتل أربعة عمال في الحقل» the field.
    fn is_person(&self, hit: &Hit) -> bool {
        self.reading.words.at(hit.start).iter().any(|h| matches!(h.class, Class::Victim(Victim::Person, _)))
    }

    /// «اغتال مسلحون ضابطا أمام منزله»: what only stands beside was not struck.
    fn is_beside(&self, hit: &Hit) -> bool {
        let words = self.reading.words;
        let before = hit.start.checked_sub(1);
        before.is_some_and(|w| {
            words.at(w).iter().any(|h| h.is_particle(Particle::Near) || h.is_particle(Particle::In))
                && hit.prep.is_none()
        })
    }

    /// Whether an event is at a base whose holder its clauses do not tell.
    fn lacks_holder(&self, index: usize) -> bool {
        let event = &self.events[index];
        let open = event.agents.target.is_none() && event.agents.struck.is_none();
        open && event.event != EventType::ArmedClash && self.base(event).is_some()
    }

    /// The holder of such a base: the soldiers that the report says are in bases.
    fn by_holder(&mut self, index: usize, holders: &[Named]) {
        if let Some(holder) = holders.iter().copied().find(|h| self.may_strike(index, h)) {
            self.give(index, "target", holder);
        }
    }

    /// «وتبنت المقاومة الهجومين»: the attacks of one list are claimed together.
    fn by_claim(&mut self, index: usize) {
        let event = &self.events[index];
        let open = event.agents.doers().next().is_none();
        if !open || event.background {
            return;
        }
        // «وأعلنت مسؤوليتها عن الهجمات»: on all that was told before it.
        let first = event.lines.first().copied().unwrap_or(0);
        let at = self.claims.partition_point(|(line, _)| *line <= first);
        let after = self.claims.get(at).filter(|(line, _)| *line <= first + CLAIM_LINES);
        if let Some((_, claim)) = after.copied() {
            self.give(index, "claimed_by", claim);
            return;
        }
        let event = &self.events[index];
        if !event.listed {
            return;
        }
        let same = |e: &&Event| e.listed && e.event == event.event && e.when == event.when && !e.background;
        let claimed = self.near(index).filter(same).find_map(|e| e.agents.claimed_by);
        if let Some(claimed) = claimed {
            self.give(index, "claimed_by", claimed);
        }
    }

    /// «أصيب جنديان … في قضاء الشرقاط»: soldiers and police, whose they are not told, are those of the country; where it has
    /// more than one such force that the table knows, nobody can say.
    fn by_country(&mut self, index: usize) {
        let event = &self.events[index];
        let hurt = event.agents.struck.is_none_or(|(_, hit)| self.is_person(&hit) || self.is_beside(&hit));
        let (Some(guards), None, true) = (event.guards, event.agents.target, hurt) else { return };
        // «أطلقت دورية للقوات الإسرائيلية النار»: those who fire.
        if event.agents.actor.is_some_and(|(_, hit)| hit.prep == Some('ل') && hit.start == guards.end) {
            return;
        }
        let place = event.site.as_ref().and_then(|s| self.place_of(s)).map(|p| self.reading.gazetteer.at(p));
        let here = || place.map(|p| p.country.as_ref()).filter(|c| !c.is_empty());
        let Some(country) = self.people_of(&guards).or_else(here) else { return };
        let actors = &self.reading.lexicon.actors;
        let mut forces = (0u16..).zip(actors).filter(|(_, a)| a.kind == ActorKind::State && a.country == country);
        if let (Some((id, _)), None) = (forces.next(), forces.next())
            && self.may_strike(index, &(id, guards))
            && event.event != EventType::ArmedClash
        {
            self.give(index, "target", (id, guards));
        }
    }

    /// «اقتحم مسلحون مقرا للجيش»: a state raids; others attack. «هاجم مسلحون حاجزا»: with the arms that they bear.
    fn by_raiders(&mut self, index: usize) {
        let event = &self.events[index];
        let kind = |doer: Named| self.reading.lexicon.actors[usize::from(doer.0)].kind;
        let state = |doer: Named| kind(doer) == ActorKind::State;
        let told = event.agents.doers().next().is_some();
        let hurt = event.killed.is_some() || event.injured.is_some();
        // «هاجم مسلحون نقطة وقتلوا شرطيا»: one side acting, and no other means told.
        let gunmen = event.agents.actor.is_some_and(|doer| match kind(doer) {
            ActorKind::Unknown => true,
            ActorKind::Group => hurt || event.guards.is_some() || event.agents.target.is_some(),
            ActorKind::State => false,
        });
        let by_men = event.event == EventType::Other && !event.fixed && event.weapons.is_empty() && gunmen;
        let stormed = event.event == EventType::Raid && told && !event.agents.doers().any(state);
        if by_men || stormed {
            self.events[index].event = EventType::ArmedAttack;
        }
    }

    /// «خمسة جنود أتراك»: the country that an adjective tells of soldiers.
    fn people_of(&self, guards: &Hit) -> Option<&str> {
        let words = self.reading.words;
        let near = words.within(guards.end, guards.end + PEOPLE_WORDS);
        // «جنديين ومترجما، جميعهم أميركيون، قُتلوا»: further off, where nothing else is told between.
        let stop =
            near.iter().find(|h| h.start >= guards.end + 2 && parts(h)).map_or(guards.end + PEOPLE_WORDS, |h| h.start);
        near.iter().take_while(|h| h.start < stop).find_map(|h| match h.class {
            Class::Nisba(id) => self.reading.lexicon.countries.get(usize::from(id)).map(String::as_str),
            _ => None,
        })
    }

    /// Nobody strikes himself.
    fn may_strike(&self, index: usize, target: &Named) -> bool {
        !self.events[index].agents.doers().any(|doer| doer.0 == target.0)
    }

    /// The event's place, where it is a base.
    fn base(&self, event: &Event) -> Option<PlaceKind> {
        let head = &self.reading.places[event.site.as_ref()?.head];
        let kind = self.reading.gazetteer.at(head.place?).kind;
        let based = |k: &PlaceKind| matches!(k, PlaceKind::AirBase | PlaceKind::MilitaryBase);
        // «قاعدة معمل كونيكو للغاز» is a base in a gas plant.
        let called = head.kinds.first().is_some_and(based);
        (based(&kind) || called).then_some(kind)
    }

    /// Foreign soldiers that the report says are in bases or are attacked, the surest first: those hosted, owners of
    /// bases, those hurt, those that running counts name.
    fn holders(&self) -> Vec<Named> {
        let words = self.reading.words;
        let mut out = Vec::new();
        let foreign = |named: &Named| {
            let row = &self.reading.lexicon.actors[usize::from(named.0)];
            row.kind == ActorKind::State && matches!(row.country.as_str(), "" | "US")
        };
        for line in words.lines.iter().filter(|l| matches!(l.kind, SentenceKind::Body | SentenceKind::Heading)) {
            for host in words.within(line.start, line.end).iter().filter(|h| h.is_cue(Cue::Host)) {
                out.extend(troops(words.within(host.end, line.end.min(host.end + HOST_WORDS)), words));
            }
            out.extend(base_owner(words, self.reading.lexicon, line.start, line.end));
        }
        for event in &self.events {
            out.extend(event.agents.target);
        }
        out.extend(self.attacked.iter().copied());
        out.retain(foreign);
        out
    }

    pub(super) fn give(&mut self, index: usize, field: &'static str, named: Named) {
        let agents = &mut self.events[index].agents;
        let slot = match field {
            "actor" => &mut agents.actor,
            "claimed_by" => &mut agents.claimed_by,
            _ => &mut agents.target,
        };
        *slot = Some(named);
        self.mark(index, field, named.1.start, named.1.end);
    }
}

/// What ends the telling of who they are.
fn parts(hit: &Hit) -> bool {
    matches!(hit.class, Class::Trigger { .. } | Class::Particle(_) | Class::Kind(_) | Class::Weapon { .. })
}

/// Whether an event can be the attack of which another is a part: same kind, same days, an actor told.
fn is_whole_of(whole: &Event, part: &Event) -> bool {
    let days = whole.when.zip(part.when).is_some_and(|(a, b)| a.overlaps(b));
    // «جدد الحرس قصف مقرات في الإقليم …»: told in the rough first, and then by rockets here and drones there.
    let rough = whole.widened && remote(whole.event) && remote(part.event);
    (whole.event == part.event || rough) && days && !whole.background && whole.agents.actor.is_some()
}

/// Whether an attack comes from afar, whatever flew.
fn remote(event: EventType) -> bool {
    matches!(event, EventType::Airstrike | EventType::DroneStrike | EventType::MissileAttack | EventType::Shelling)
}

/// Soldiers named: an actor, or a nationality beside a word for soldiers.
fn troops(hits: &[Hit], words: &Words<'_>) -> Option<Named> {
    hits.iter().find_map(|h| match h.class {
        Class::Actor(id) => Some((id, *h)),
        Class::NisbaActor(id) => {
            let before = h.start.checked_sub(1)?;
            words.at(before).iter().any(|b| b.is_cue(Cue::Soldier)).then_some((id, *h))
        }
        _ => None,
    })
}
