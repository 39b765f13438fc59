//! The document's state while it is read: the events told so far, and to which of them the next clause belongs.
//!
//! A clause with a place belongs to the event at that place (or inside it) unless it names another day, another kind of
//! attack, or says «آخر»; a clause without a place belongs to the event told last; «القاعدة نفسها» and «هناك» name the
//! place told last. «قاعدتين في العراق وسوريا» stays open until later sentences name the bases.
//! Misses: two attacks on one place and day that only their hours tell apart.

use super::agent::Agents;
use super::clause::elliptic;
use super::facts::{Facts, Reading, sense};
use super::kind::Typed;
use super::site::{Site, fineness};
use crate::gazetteer::PlaceIx;
use crate::lexicon::class::{Class, Cue, Form, Sense};
use crate::mention::casualty::{Bounds, Casualties};
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::Hit;
use crate::model::{EventType, Mark, TimeOfDay, When};

/// A day so much earlier than the story's is history, and is not carried to what is told next; a judgement.
const HISTORY_DAYS: i32 = 8;
/// An event without place waits so many sentences for one; a judgement.
const PATIENCE_LINES: usize = 2;

/// The fineness of a sea.
const SEA: u8 = 6;

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
    /// The weekday told, where no publication date lets it be reckoned.
    pub weekday: Option<i8>,
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
    /// Whether part of it was not stopped.
    pub partly: bool,
    /// Told as background.
    pub background: bool,
    /// Shares its toll with the other events of its list.
    pub listed: bool,
    /// The damage words.
    pub damage: Option<Hit>,
    /// Sentences that tell of it.
    pub lines: Vec<usize>,
    /// Words that gave its fields.
    pub marks: Vec<Mark>,
    /// How sure the type, place and time are, 0 to 1, before calibration.
    pub strength: f64,
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

/// The events so far.
pub struct Story<'r, 'a> {
    reading: &'r Reading<'r, 'a>,
    /// All events, in the order told.
    pub events: Vec<Event>,
    current: Vec<usize>,
    main: Vec<usize>,
    pending: Option<Casualties>,
    line_time: Option<(usize, TimeMention)>,
    last_when: Option<When>,
    last_line: usize,
}

impl<'r, 'a> Story<'r, 'a> {
    /// An empty story.
    pub fn new(reading: &'r Reading<'r, 'a>) -> Self {
        Story { reading, events: Vec::new(), current: Vec::new(), main: Vec::new(), pending: None, line_time: None, last_when: None, last_line: usize::MAX }
    }

    /// Takes in one asserted clause.
    pub fn take(&mut self, told: &Told) {
        let line = told.facts.clause.line;
        if line != self.last_line {
            self.line_time = None;
            self.last_line = line;
            self.pending = None;
            self.resume();
        }
        let when = self.when(told);
        let sites = self.sites(told);
        if self.current.is_empty() && told.facts.strong().is_none() && told.facts.casualties.tells() {
            self.pending = Some(told.facts.casualties);
        } else if sites.is_empty() {
            self.without_place(told, when);
        } else if self.happens(told) {
            self.at_places(told, when, &sites);
        } else {
            self.refine_open(told, &sites);
        }
        if let Some(time) = told.facts.time.filter(|_| !told.facts.clause.response) {
            self.line_time = self.line_time.or(Some((line, time)));
        }
    }

    /// A new sentence goes on with the story, not with the background that the last one ended in.
    fn resume(&mut self) {
        let told_aside = self.current.iter().all(|&i| self.events[i].background);
        if told_aside && !self.main.is_empty() {
            self.current.clone_from(&self.main);
        }
    }

    /// Whether the clause tells that something happened.
    fn happens(&self, told: &Told) -> bool {
        let casualties = told.facts.casualties.killed.is_some() || told.facts.casualties.injured.is_some();
        let clause = told.facts.clause;
        let elliptic = elliptic(self.reading.words, clause.start, clause.end) && !told.facts.weapons.is_empty();
        told.facts.strong().is_some() || ((casualties || elliptic) && !self.current.is_empty()) || self.operation(told)
    }

    /// «العملية في X» or a verb of doing, when an event is open.
    fn operation(&self, told: &Told) -> bool {
        !self.current.is_empty()
            && told.facts.triggers.iter().any(|t| matches!(sense(t), Some(Sense::Operation | Sense::Struck | Sense::Light | Sense::HitVerb | Sense::Destroy | Sense::Launch | Sense::Fall)))
    }

    /// The clause's time: its own, its sentence's, or that of the event told before.
    fn when(&self, told: &Told) -> Option<Time> {
        let own = told.facts.time;
        if let Some(time) = own {
            match time.kind {
                TimeKind::Told(days) => return self.moved(days, &time),
                TimeKind::Daypart => {
                    let carried = self.line_time.and_then(|(_, t)| t.when).or(self.last_when);
                    return Some(Time { when: carried.map(|w| w.at(time.time_of_day)), own: None, told: false });
                }
                _ => return Some(Time { when: time.when, own: Some(time), told: true }),
            }
        }
        if told.facts.clause.response {
            return None;
        }
        let ahead = || self.ahead(&told.facts).filter(|_| self.last_when.is_none());
        self.line_time.map(|(_, t)| t).or_else(ahead).map(|t| Time { when: t.when, own: Some(t), told: false })
    }

    /// A time later in the sentence serves a clause before it where nothing is dated yet.
    fn ahead(&self, facts: &Facts) -> Option<TimeMention> {
        let line = self.reading.words.lines[facts.clause.line];
        self.reading.times.iter().copied().find(|t| {
            t.role == TimeRole::At && t.start >= facts.clause.end && t.start < line.end && t.kind != TimeKind::Daypart
        })
    }

    /// Whether a day lies near the days told before: the report's own story, not history.
    fn recent(&self, when: When) -> bool {
        self.last_when.is_none_or(|last| (last.start - when.start).get_days() <= HISTORY_DAYS)
    }

    fn moved(&self, days: i8, time: &TimeMention) -> Option<Time> {
        let last = self.last_when?;
        let by = jiff::Span::new().days(i64::from(days));
        let (start, end) = (last.start.checked_add(by).ok()?, last.end.checked_add(by).ok()?);
        let when = When { start, end, precision: last.precision, time_of_day: time.time_of_day };
        Some(Time { when: Some(when), own: Some(*time), told: true })
    }

    /// The clause's sites, or the place that a definite kind word or هناك stands for.
    fn sites(&self, told: &Told) -> Vec<Site> {
        if !told.facts.sites.is_empty() {
            return told.facts.sites.clone();
        }
        if told.facts.strong().is_none() {
            return Vec::new();
        }
        self.anaphor(told).into_iter().collect()
    }

    /// «القاعدة نفسها», «المدينة», «هناك»: the last place of that kind.
    fn anaphor(&self, told: &Told) -> Option<Site> {
        let words = self.reading.words;
        let clause = told.facts.clause;
        let lexicon = crate::lexicon::Lexicon::embedded();
        let definite = words.within(clause.start, clause.end).iter().find_map(|h| match h.class {
            Class::Kind(kind) if h.article && !lexicon.kinds[usize::from(kind)].several => {
                Some((h.start, lexicon.kinds[usize::from(kind)].kinds.clone()))
            }
            _ => None,
        });
        if let Some(site) = self.same_again(told) {
            return Some(site);
        }
        let (at, kinds) = definite.or_else(|| {
            (clause.start..clause.end).find(|&w| words.form(w) == "هناك").map(|w| (w, Vec::new()))
        })?;
        let qualified = words.words.get(at + 1).is_some_and(|w| w.gap.open() && w.form.starts_with("ال"))
            && !words.at(at + 1).iter().any(|h| matches!(h.class, Class::Cue(_)));
        let near = (0..self.reading.places.len()).rev().filter(|&i| {
            let m = &self.reading.places[i];
            m.end <= at && m.role.may_hold()
        });
        let mut fits = near.filter(|&i| {
            let place = self.reading.places[i].place.map(|p| self.reading.gazetteer.at(p));
            kinds.is_empty() || place.is_some_and(|p| kinds.contains(&p.kind))
        });
        let head = fits.next()?;
        let told_here = self.events.iter().any(|e| e.site.as_ref().is_some_and(|s| s.head == head || s.chain.contains(&head)));
        (!qualified || told_here).then(|| Site { head, chain: vec![head], listed: false })
    }

    /// «المركز نفسه», «المدينة ذاتها»: the place of the event told last.
    fn same_again(&self, told: &Told) -> Option<Site> {
        let words = self.reading.words;
        let (start, end) = (told.facts.clause.start, told.facts.clause.end);
        let timed = |at: usize| self.reading.times.iter().any(|t| t.start <= at && at < t.end);
        let named = |at: usize| words.form(at).contains("ال") && !timed(at) && !words.at(at).iter().any(|h| matches!(h.class, Class::Time(..)));
        let same = words.within(start, end).iter().find(|h| h.class == Class::Cue(Cue::Same) && h.start > start && named(h.start - 1))?;
        let _ = same;
        self.current.first().and_then(|&i| self.events[i].site.clone())
    }

    /// A clause that names no place: part of the event told last, or an event whose place is yet to come.
    fn without_place(&mut self, told: &Told, when: Option<Time>) {
        let fresh = told.facts.strong().is_some() && (self.current.is_empty() || self.another(told, when));
        if told.facts.clause.response || !self.tells(told) {
            return;
        }
        if fresh && !told.facts.definite() {
            let index = match self.same_kind(told, when) {
                Some(index) => index,
                None => self.create(told, when, None, false),
            };
            self.update(index, told, when, true);
            self.current = vec![index];
        } else {
            for index in self.current.clone() {
                let alone = self.current.len() == 1;
                self.update(index, told, when, alone);
            }
        }
    }

    /// Whether a clause says anything of an event at all.
    fn tells(&self, told: &Told) -> bool {
        let Agents { claimed_by, blamed_on, .. } = told.agents;
        let harm = told.facts.casualties.tells() || told.facts.casualties.damage;
        !told.facts.triggers.is_empty() || harm || claimed_by.is_some() || blamed_on.is_some()
    }

    /// «وجاء الرد الأميركي بطائرة حربية …»: an event of the same kind told before the current one.
    fn same_kind(&self, told: &Told, when: Option<Time>) -> Option<usize> {
        let typed = told.typed.filter(|t| t.fixed && !self.says_another(told))?;
        let day = when.filter(|w| w.told).and_then(|w| w.when);
        (0..self.events.len()).rev().find(|&i| {
            let event = &self.events[i];
            let same_day = day.zip(event.when).is_none_or(|(a, b)| a.overlaps(b));
            event.fixed && event.event == typed.event && !event.background && same_day
        })
    }

    /// Whether the clause speaks of another event than the current one.
    fn another(&self, told: &Told, when: Option<Time>) -> bool {
        let Some(&current) = self.current.first() else { return true };
        let event = &self.events[current];
        let other_day = when.filter(|w| w.told).and_then(|w| w.when).zip(event.when).is_some_and(|(a, b)| !a.overlaps(b));
        other_day || self.says_another(told)
    }

    /// «هجوم آخر», «غارة ثانية»: right after a trigger.
    fn says_another(&self, told: &Told) -> bool {
        let words = self.reading.words;
        told.facts.triggers.iter().any(|t| {
            words.any(t.end, t.end + 2, |h| h.class == Class::Cue(Cue::Another) && !words.form(h.start).ends_with("ايضا"))
        }) || words.any(told.facts.clause.start, told.facts.clause.end, |h| {
            h.class == Class::Cue(Cue::Another) && words.form(h.start) == "مجددا"
        })
    }

    /// A clause with places: each belongs to an event already told there, or makes a new one.
    fn at_places(&mut self, told: &Told, when: Option<Time>, sites: &[Site]) {
        let alone = sites.len() == 1;
        let mut touched = Vec::new();
        for site in sites {
            if self.says_little(told, when, site) {
                continue;
            }
            let index = match self.same_event(told, when, site, &touched) {
                Some(index) => {
                    self.narrow(index, site, told, alone);
                    self.update(index, told, when, alone);
                    index
                }
                None => self.create(told, when, Some(site.clone()), !alone),
            };
            touched.push(index);
        }
        if touched.is_empty() {
            return;
        }
        if touched.iter().any(|&i| !self.events[i].background) {
            self.main.clone_from(&touched);
        }
        self.current = touched;
    }

    /// «الهجمات على القواعد في العراق وسوريا»: a definite plural, a whole country and no day tell no event.
    fn says_little(&self, told: &Told, when: Option<Time>, site: &Site) -> bool {
        let facts = &told.facts;
        let own = when.is_some_and(|w| w.own.is_some());
        facts.definite() && !own && !facts.casualties.hurt() && self.coarse(site) && self.same_event(told, when, site, &[]).is_none()
    }

    /// A clause that names a place but no attack: it may place an open event.
    fn refine_open(&mut self, told: &Told, sites: &[Site]) {
        if !self.tells(told) {
            return;
        }
        let waits = |i: &usize| {
            let event = &self.events[*i];
            event.site.is_none() && event.when.is_none_or(|w| self.recent(w))
        };
        let open = self.current.first().copied().filter(|i| self.current.len() == 1 && waits(i));
        if let (Some(index), [site]) = (open, sites) {
            self.events[index].site = Some(site.clone());
        }
        for index in self.current.clone() {
            let alone = self.current.len() == 1;
            self.update(index, told, None, alone);
        }
    }

    /// The event already told that a clause at a site speaks of.
    fn same_event(&self, told: &Told, when: Option<Time>, site: &Site, touched: &[usize]) -> Option<usize> {
        (0..self.events.len()).rev().filter(|i| !touched.contains(i)).find(|&i| self.fits(told, when, site, i))
    }

    fn fits(&self, told: &Told, when: Option<Time>, site: &Site, index: usize) -> bool {
        let event = &self.events[index];
        let stale = told.facts.definite() && event.dated && told.facts.time.is_some_and(|t| t.kind == TimeKind::Today);
        let carried = when.filter(|w| w.told && !stale).and_then(|w| w.when);
        if carried.zip(event.when).is_some_and(|(a, b)| !a.overlaps(b)) {
            return false;
        }
        if told.facts.clause.response && carried.is_none() && event.when.is_some() && !event.background && !self.equal(event, site) {
            return false;
        }
        let type_fits = told.typed.is_none_or(|t| t.event == event.event || kin(t.event, event.event) || !t.fixed || !event.fixed);
        let current = self.current.contains(&index);
        let Some(there) = &event.site else {
            let near = event.lines.last().is_none_or(|l| told.facts.clause.line <= l + PATIENCE_LINES);
            let story = event.when.is_none_or(|w| self.recent(w));
            return current && near && story && type_fits && !self.says_another(told);
        };
        if event.background != told.background && !self.equal(event, site) {
            return false;
        }
        if !type_fits || (self.says_another(told) && !told.facts.definite()) {
            return false;
        }
        match self.relation(there, site) {
            Relation::Equal => true,
            Relation::Finer => self.open_to(index, told),
            Relation::Coarser => told.facts.definite() || told.facts.strong().is_none() || self.coarse(site),
            Relation::Apart => false,
        }
    }

    fn equal(&self, event: &Event, site: &Site) -> bool {
        event.site.as_ref().is_some_and(|s| self.relation(s, site) == Relation::Equal)
    }

    /// Whether an event told at a wider place may be placed more finely by this clause.
    fn open_to(&self, index: usize, told: &Told) -> bool {
        let event = &self.events[index];
        let wide = event.site.as_ref().is_some_and(|s| self.coarse(s));
        let told_apart = told.facts.triggers.iter().any(|t| {
            !t.article && matches!(t.class, Class::Trigger { form: Form::Singular, .. })
        }) && told.facts.casualties.hurt() && event.killed.is_some();
        wide || (self.current.contains(&index) && !told_apart)
    }

    /// Whether a site is a whole country, region or governorate.
    fn coarse(&self, site: &Site) -> bool {
        fineness(&self.reading.places[site.head], self.reading.gazetteer) >= 4
    }

    fn relation(&self, there: &Site, here: &Site) -> Relation {
        let places = self.reading.places;
        let (a, b) = (&places[there.head], &places[here.head]);
        if a.name == b.name && (a.place == b.place || a.candidates.is_empty()) {
            return Relation::Equal;
        }
        let gazetteer = self.reading.gazetteer;
        let afloat = fineness(a, gazetteer) == SEA && b.offset.is_some_and(|o| o.metres.is_some());
        if afloat {
            return Relation::Finer;
        }
        match (self.place_of(there), self.place_of(here)) {
            (Some(x), Some(y)) if x == y => {
                if a.candidates.is_empty() != b.candidates.is_empty() { Relation::Finer } else { Relation::Equal }
            }
            (Some(x), Some(y)) if gazetteer.covers(x, y) => Relation::Finer,
            (Some(x), Some(y)) if gazetteer.covers(y, x) => Relation::Coarser,
            (Some(x), Some(y)) if gazetteer.same_spot(x, y) => Relation::Equal,
            _ => Relation::Apart,
        }
    }

    /// The gazetteer place of a site: its head's, or the finest of its chain.
    fn place_of(&self, site: &Site) -> Option<PlaceIx> {
        let places = self.reading.places;
        places[site.head].place.or_else(|| {
            let settled = site.chain.iter().filter(|&&m| places[m].place.is_some());
            settled.min_by_key(|&&m| fineness(&places[m], self.reading.gazetteer)).and_then(|&m| places[m].place)
        })
    }

    /// The finer place wins; a toll told for a whole country is not the first town's.
    fn narrow(&mut self, index: usize, site: &Site, told: &Told, alone: bool) {
        let relation = self.events[index].site.as_ref().map_or(Relation::Finer, |s| self.relation(s, site));
        if relation != Relation::Finer {
            return;
        }
        let was_coarse = self.events[index].site.as_ref().is_some_and(|s| self.coarse(s));
        let event = &mut self.events[index];
        event.site = Some(site.clone());
        event.listed |= !alone;
        if was_coarse {
            if let Some(typed) = told.typed.filter(|t| t.fixed) {
                event.event = typed.event;
                if !told.facts.weapons.is_empty() {
                    event.weapons.clear();
                }
            }
            if told.agents.target.is_some() {
                event.agents.target = None;
            }
            if !alone {
                (event.killed, event.injured) = (None, None);
            }
        }
    }

    fn create(&mut self, told: &Told, when: Option<Time>, site: Option<Site>, listed: bool) -> usize {
        let previous = self.current.first().map(|&i| &self.events[i]);
        let typed = self.typed(told, previous);
        let vague = told.background && when.is_none();
        let carried = previous.and_then(|e| e.when).or(self.last_when).filter(|_| !vague && !told.background);
        let reckoned = when.and_then(|w| w.when);
        let undatable = when.is_some_and(|w| w.own.is_some_and(|o| o.when.is_none()));
        let mut event = Event {
            event: typed.event,
            fixed: typed.fixed,
            site,
            when: reckoned.or(if undatable { None } else { carried }),
            dated: when.is_some_and(|w| w.told || w.own.is_some()),
            weekday: when.and_then(|w| w.own).and_then(|o| o.weekday),
            agents: Agents::default(),
            weapons: Vec::new(),
            killed: None,
            injured: None,
            hit: false,
            stopped: false,
            failed: false,
            partly: false,
            background: told.background,
            listed,
            damage: None,
            lines: Vec::new(),
            marks: Vec::new(),
            strength: 0.5,
        };
        self.carry_agents(told, previous, &mut event);
        self.events.push(event);
        let index = self.events.len() - 1;
        self.update(index, told, None, !listed);
        if let Some(toll) = self.pending.take().filter(|_| !listed) {
            self.note_casualties(index, &toll, true);
        }
        if let Some(own) = when.and_then(|w| w.own) {
            self.mark(index, "date", own.start, own.end);
        }
        if let Some(w) = self.events[index].when.filter(|w| !told.background && self.recent(*w)) {
            self.last_when = Some(w);
        }
        index
    }

    /// A bare قصف or هجوم takes the type of the attack told before.
    fn typed(&self, told: &Told, previous: Option<&Event>) -> Typed {
        match (told.typed, previous) {
            (Some(typed), Some(event)) if !typed.fixed && event.fixed && (told.facts.definite() || self.says_another(told)) => {
                Typed { event: event.event, fixed: true }
            }
            (Some(typed), _) if !typed.fixed && typed.event == EventType::Shelling => Typed { event: self.air_or(typed.event), ..typed },
            (Some(typed), _) => typed,
            (None, Some(event)) => Typed { event: event.event, fixed: event.fixed },
            (None, None) => Typed { event: EventType::Other, fixed: false },
        }
    }

    /// A bare قصف in a report of air strikes is one.
    fn air_or(&self, event: EventType) -> EventType {
        let air = self.events.iter().any(|e| e.event == EventType::Airstrike && e.fixed && !e.background);
        if air { EventType::Airstrike } else { event }
    }

    /// «غارة أخرى», «غارات مماثلة», «القصف»: the actor told before goes on.
    fn carry_agents(&self, told: &Told, previous: Option<&Event>, event: &mut Event) {
        let Some(previous) = previous.filter(|_| !told.background) else { return };
        let goes_on = told.facts.definite() || self.says_another(told) || told.facts.strong().is_none();
        if goes_on && told.agents.actor.is_none() && kin(previous.event, event.event) {
            event.agents.actor = previous.agents.actor;
            if told.facts.strong().is_none() || told.facts.definite() {
                event.agents.target = previous.agents.target;
                event.weapons.clone_from(&previous.weapons);
            }
            event.agents.claimed_by = previous.agents.claimed_by.filter(|_| told.facts.definite());
        }
    }

    /// Adds what a clause says to an event. `alone` tells that no other event shares the clause.
    fn update(&mut self, index: usize, told: &Told, when: Option<Time>, alone: bool) {
        let facts = &told.facts;
        self.note_line(index, facts.clause.line);
        self.note_agents(index, told);
        self.note_weapons(index, told);
        if alone || facts.casualties.nobody {
            self.note_casualties(index, &facts.casualties, alone);
        }
        self.note_outcome(index, told);
        if let Some(typed) = told.typed {
            let event = &mut self.events[index];
            let firmer = (typed.fixed || event.event == EventType::Other) && !event.fixed;
            let suicide = typed.event == EventType::SuicideBombing && event.event == EventType::Bombing;
            if suicide || firmer && kin(typed.event, event.event) && typed.event != EventType::Other {
                (event.event, event.fixed) = (typed.event, typed.fixed);
            }
        }
        self.note_when(index, when);
        if let Some(site) = self.events[index].site.clone() {
            let head = &self.reading.places[site.head];
            let (start, end) = (head.start, head.end);
            self.mark(index, "place", start, end);
        }
    }

    fn note_when(&mut self, index: usize, when: Option<Time>) {
        let Some(Time { when: Some(when), own, told }) = when else { return };
        let event = &mut self.events[index];
        if event.when.is_none() || (told && !event.dated) {
            event.when = Some(when);
            event.dated |= told;
            if !event.background {
                self.last_when = Some(when);
            }
            if let Some(own) = own {
                self.mark(index, "date", own.start, own.end);
            }
        } else if let Some(known) = event.when.as_mut() {
            let night = when.time_of_day == Some(TimeOfDay::Night) && when.start != when.end;
            if night && known.overlaps(when) && known.start == known.end {
                *known = when;
            }
            known.time_of_day = known.time_of_day.or(when.time_of_day.filter(|_| told));
        }
    }

    fn note_line(&mut self, index: usize, line: usize) {
        let lines = &mut self.events[index].lines;
        if !lines.contains(&line) {
            lines.push(line);
        }
    }

    fn note_agents(&mut self, index: usize, told: &Told) {
        let new = told.agents;
        let event = &mut self.events[index];
        let mut marks: Vec<(&str, Hit)> = Vec::new();
        for (field, slot, value) in [
            ("actor", &mut event.agents.actor, new.actor),
            ("claimed_by", &mut event.agents.claimed_by, new.claimed_by),
            ("blamed_on", &mut event.agents.blamed_on, new.blamed_on),
            ("target", &mut event.agents.target, new.target),
            ("target", &mut event.agents.struck, new.struck),
        ] {
            if let (None, Some((_, hit))) = (&slot, value) {
                *slot = value;
                marks.push((field, hit));
            }
        }
        for (field, hit) in marks {
            self.mark(index, field, hit.start, hit.end);
        }
    }

    fn note_weapons(&mut self, index: usize, told: &Told) {
        for &(id, _, hit) in &told.facts.weapons {
            if !self.events[index].weapons.contains(&id) {
                self.events[index].weapons.push(id);
                self.mark(index, "weapons", hit.start, hit.end);
            }
        }
    }

    fn note_casualties(&mut self, index: usize, told: &Casualties, alone: bool) {
        let event = &mut self.events[index];
        event.hit |= told.damage;
        if told.nobody {
            event.killed = event.killed.or(Some((0, Some(0))));
            event.injured = event.injured.or(Some((0, Some(0))));
        }
        if alone {
            event.killed = combine(event.killed, told.killed);
            event.injured = combine(event.injured, told.injured);
            event.hit |= told.hurt();
        }
        if told.tells() {
            self.mark(index, "toll", told.start, told.end);
        }
    }

    fn note_outcome(&mut self, index: usize, told: &Told) {
        let words = self.reading.words;
        let facts = &told.facts;
        let down = facts.triggers.iter().any(|t| sense(t) == Some(Sense::Down));
        let part = facts.has(words, Cue::Part) && !facts.has(words, Cue::AllStopped);
        let landed = facts.triggers.iter().any(|t| lands(sense(t)));
        let event = &mut self.events[index];
        event.partly |= part || (down && landed);
        event.stopped |= down;
        event.failed |= facts.has(words, Cue::Foil) || facts.has(words, Cue::Short);
        event.hit |= landed && !down;
    }

    fn mark(&mut self, index: usize, field: &str, start: usize, end: usize) {
        let span = self.reading.words.span(start, end);
        let mark = Mark { field: field.to_owned(), start: span.start, end: span.end };
        let marks = &mut self.events[index].marks;
        if span.start < span.end && !marks.contains(&mark) {
            marks.push(mark);
        }
    }
}

/// A clause's time: the days, the words that tell it, and whether the clause itself tells it.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    when: Option<When>,
    own: Option<TimeMention>,
    told: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Finer,
    Coarser,
    Apart,
}

/// Whether two types can be one event told twice: a bare attack may turn out as anything.
fn kin(a: EventType, b: EventType) -> bool {
    let loose = |e: EventType| matches!(e, EventType::Other | EventType::Explosion);
    let close = |e: EventType| matches!(e, EventType::ArmedClash | EventType::Raid | EventType::ArmedAttack);
    let bomb = |e: EventType| matches!(e, EventType::Bombing | EventType::SuicideBombing);
    a == b || loose(a) || loose(b) || (close(a) && close(b)) || (bomb(a) && bomb(b))
}

/// Whether a trigger says that something came down on the place.
fn lands(sense: Option<Sense>) -> bool {
    matches!(
        sense,
        Some(Sense::AirRaid | Sense::Bombard | Sense::Strike | Sense::Struck | Sense::Destroy | Sense::Explosion | Sense::Bombing | Sense::HitVerb)
    )
}

/// Two statements of one toll: a number beats a bare plural, the same is the same, different ones make a range.
fn combine(old: Option<Bounds>, new: Option<Bounds>) -> Option<Bounds> {
    match (old, new) {
        (None, new) => new,
        (old, None) => old,
        (Some((1, None) | (0, Some(0))), Some(n)) => Some(n),
        (Some(o), Some((1, None))) => Some(o),
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.zip(d).map(|(b, d)| b.max(d)))),
    }
}
