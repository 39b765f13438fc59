//! The document's state while it is read: the events told so far, and to which of them the next clause belongs.
//!
//! A clause with a place belongs to the event at that place (or inside it) unless it names another day, another kind of
//! attack, or says «آخر»; a clause without a place belongs to the event told last; «القاعدة نفسها» and «هناك» name the
//! place told last. «قاعدتين في العراق وسوريا» stays open until later sentences name the bases.
//! Misses: two attacks on one place and day that only their hours tell apart.

mod anaphor;
mod event;
mod link;
mod time;
mod update;

pub use event::{Event, Told};

use std::ops::Range;

use event::Time;

use super::agent::Agents;
use super::clause::elliptic;
use super::facts::{Reading, sense};
use super::site::Site;
use super::status::on_sport;
use crate::lexicon::class::Sense;
use crate::mention::casualty::Casualties;
use crate::mention::number::count_at;
use crate::mention::time::{TimeMention, TimeRole};
use crate::mention::words::Line;
use crate::model::When;

/// A day so much earlier than the story's is history, and is not carried to what is told next; a judgement.
const HISTORY_DAYS: i32 = 8;
/// An event without place waits so many sentences for one; a judgement.
const PATIENCE_LINES: usize = 2;

/// A clause speaks of one of the last so many events, so that a report of thousands takes no more time for each; a
/// judgement.
const RECALL_EVENTS: usize = 256;
/// «القاعدة نفسها» points back over so many mentions of places at most; a judgement.
const RECALL_PLACES: usize = 256;

/// The fineness of a sea.
const SEA: u8 = 6;

/// The events so far.
pub struct Story<'r, 'a> {
    reading: &'r Reading<'r, 'a>,
    /// All events, in the order told.
    pub events: Vec<Event>,
    /// Why no clause of the report tells of an event, where none does.
    pub void: Option<&'static str>,
    current: Vec<usize>,
    main: Vec<usize>,
    aside: bool,
    before: Option<usize>,
    killed_told: bool,
    pending: Option<Casualties>,
    line_time: Option<(usize, TimeMention)>,
    last_when: Option<When>,
    last_line: usize,
}

impl<'r, 'a> Story<'r, 'a> {
    /// An empty story of this report.
    pub fn new(reading: &'r Reading<'r, 'a>) -> Self {
        Story {
            reading,
            events: Vec::new(),
            void: on_sport(reading.words).then_some("sport"),
            current: Vec::new(),
            main: Vec::new(),
            aside: false,
            before: None,
            killed_told: false,
            pending: None,
            line_time: None,
            last_when: None,
            last_line: usize::MAX,
        }
    }

    /// Takes in one asserted clause.
    pub fn take(&mut self, told: &mut Told) {
        let line = told.facts.clause.line;
        if line != self.last_line {
            self.line_time = None;
            self.last_line = line;
            self.pending = None;
            self.aside = false;
            self.killed_told = false;
            self.resume();
        }
        // «وكانت قاذفات قد …، في حين أُطلقت صواريخ»: the sentence stays aside.
        told.background |= self.aside;
        self.aside |= told.background && !told.facts.clause.response;
        self.elliptic_toll(told);
        let told = &*told;
        let when = self.when(told);
        let sites = self.sites(told);
        if self.current.is_empty() && !self.happens(told) && told.facts.casualties.tells() {
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

    /// «التطورات الميدانية ليوم الاثنين»: a heading's day serves what follows until another is told.
    pub fn heading(&mut self, line: usize) {
        let Line { start, end, .. } = self.reading.words.lines[line];
        let told = self.reading.times_in(start, end).iter().find(|t| t.role == TimeRole::At);
        if self.events.is_empty() {
            self.last_when = told.and_then(|t| t.when).or(self.last_when);
        }
    }

    /// «وتبنّوا الهجوم، وهو الأول منذ …»: a claim in a clause that tells no event is still one.
    pub fn claim(&mut self, agents: &Agents) {
        for &index in &self.current {
            let slot = &mut self.events[index].agents;
            slot.claimed_by = slot.claimed_by.or(agents.claimed_by);
        }
    }

    /// «قُتل 11 في حي X، وستة في بادية Y»: the verb left out, the count is of killed too.
    fn elliptic_toll(&mut self, told: &mut Told) {
        let clause = told.facts.clause;
        let toll = &mut told.facts.casualties;
        let words = self.reading.words;
        if toll.killed.is_none() && toll.injured.is_none() && self.killed_told && told.facts.weapons.is_empty() {
            let count = count_at(words, clause.start, clause.end).filter(|_| elliptic(words, clause.start, clause.end));
            if let Some(count) = count {
                (toll.killed, toll.start, toll.end) = (Some((count.min, count.max)), count.start, count.end);
            }
        }
        self.killed_told |= toll.killed.is_some();
    }

    /// A new sentence goes on with the story, not with the background that the last one ended in.
    fn resume(&mut self) {
        self.before = self.current.first().copied();
        let told_aside = self.current.iter().all(|&i| self.events[i].background);
        if told_aside && !self.main.is_empty() {
            self.current.clone_from(&self.main);
        }
    }

    /// The events that a clause may still speak of.
    fn recalled(&self) -> Range<usize> {
        self.events.len().saturating_sub(RECALL_EVENTS)..self.events.len()
    }

    /// Whether the clause tells that something happened.
    fn happens(&self, told: &Told) -> bool {
        let casualties = told.facts.casualties.killed.is_some() || told.facts.casualties.injured.is_some();
        let clause = told.facts.clause;
        let elliptic = elliptic(self.reading.words, clause.start, clause.end) && !told.facts.weapons.is_empty();
        let damaged = told.facts.casualties.damage.is_some() && !told.facts.triggers.is_empty();
        told.facts.strong().is_some()
            || told.facts.implied(self.reading).is_some()
            || ((casualties || elliptic || damaged) && !self.current.is_empty())
            || self.operation(told)
    }

    /// «العملية في X» or a verb of doing, when an event is open.
    fn operation(&self, told: &Told) -> bool {
        let does = |sense: Sense| {
            use Sense::{Destroy, Fall, HitVerb, Launch, Light, Operation, Struck};
            matches!(sense, Operation | Struck | Light | HitVerb | Destroy | Launch | Fall)
        };
        !self.current.is_empty() && told.facts.triggers.iter().filter_map(sense).any(does)
    }

    /// A clause that names no place: part of the event told last, or an event whose place is yet to come.
    fn without_place(&mut self, told: &Told, when: Option<Time>) {
        let violent = told.facts.strong().is_some() || told.facts.implied(self.reading).is_some();
        let fresh = violent && (self.current.is_empty() || self.another(told, when));
        if told.facts.clause.response || !Self::tells(told) {
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
    fn tells(told: &Told) -> bool {
        let Agents { claimed_by, blamed_on, .. } = told.agents;
        let harm = told.facts.casualties.tells() || told.facts.casualties.damage.is_some();
        !told.facts.triggers.is_empty() || harm || claimed_by.is_some() || blamed_on.is_some()
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

    /// A clause that names a place but no attack: it may place an open event.
    fn refine_open(&mut self, told: &Told, sites: &[Site]) {
        if !Self::tells(told) {
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
}
