//! The document's state while it is read: the events told so far, and to which of them the next clause belongs.
//!
//! A clause with a place belongs to the event at that place (or inside it) unless it names another day, another kind of
//! attack, or says «آخر»; a clause without a place belongs to the event told last; «القاعدة نفسها» and «هناك» name the
//! place told last. «قاعدتين في العراق وسوريا» stays open until later sentences name the bases.
//! Misses: two attacks on one place and day that only their hours tell apart.

mod anaphor;
mod event;
mod fill;
mod link;
mod outcome;
mod time;
mod update;
mod waiting;

pub use event::{Event, Joined, Told, Unused};

use std::ops::Range;

use event::Time;
use waiting::Waiting;

use super::agent::{Agents, Named};
use super::clause::{Clause, elliptic};
use super::facts::{Facts, Reading, sense};
use super::sign::Signs;
use super::site::Site;
use super::status::on_sport;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Particle, Sense};
use crate::mention::casualty::Casualties;
use crate::mention::number::count_at;
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::{Hit, Line};
use crate::model::When;

/// A day so much earlier than the story's is history, and is not carried to what is told next; a judgement.
const HISTORY_DAYS: i32 = 8;
/// An event without place waits so many sentences for one; a judgement.
const PATIENCE_LINES: usize = 2;

/// The fineness of a country.
const COUNTRY: u8 = 7;
/// A clause speaks of one of the last so many events, so that a report of thousands takes no more time for each; a
/// judgement.
const RECALL_EVENTS: usize = 128;
/// «القاعدة نفسها» points back over so many mentions of places at most; a judgement.
const RECALL_PLACES: usize = 256;

/// The events so far.
pub struct Story<'r, 'a> {
    reading: &'r Reading<'r, 'a>,
    /// All events, in the order told.
    pub events: Vec<Event>,
    /// Why no clause of the report tells of an event, where none does.
    pub void: Option<&'static str>,
    /// The events that the clause taken in last belongs to, by index, and why.
    pub joined: Vec<(usize, Joined)>,
    /// Why it belongs to none.
    pub unused: Option<Unused>,
    /// Who spoke last.
    pub spoke: Option<Named>,
    /// The clause before, where it told of no event: somebody came to a place.
    idle: Option<Clause>,
    current: Vec<usize>,
    main: Vec<usize>,
    aside: bool,
    before: Option<usize>,
    killed_told: bool,
    /// A toll told before any event, and what speaks for it.
    pending: Option<(Casualties, Signs)>,
    /// Tolls told at places of their own before any event.
    waiting: Vec<Waiting>,
    line_time: Option<(usize, TimeMention)>,
    /// The day of what somebody denies, by sentence.
    denied: Option<(usize, TimeMention)>,
    last_when: Option<When>,
    last_line: usize,
    headings: Vec<Told>,
    /// Claims of several attacks at once, by sentence: «الهجومين», «الهجمات».
    claims: Vec<(usize, Named)>,
    /// Who gives out the list below: «حصاد عمليات المقاومة الإسلامية، وجاء فيه:».
    herald: Option<Named>,
    /// Whether what follows is a statement of theirs.
    statement: bool,
    /// Who is attacked as a rule: by running counts, and by bases said to be theirs.
    attacked: Vec<Named>,
}

impl<'r, 'a> Story<'r, 'a> {
    /// An empty story of this report.
    pub fn new(reading: &'r Reading<'r, 'a>) -> Self {
        Story {
            reading,
            events: Vec::new(),
            void: on_sport(reading.words).then_some("sport"),
            joined: Vec::new(),
            unused: None,
            spoke: None,
            idle: None,
            current: Vec::new(),
            main: Vec::new(),
            aside: false,
            before: None,
            killed_told: false,
            pending: None,
            waiting: Vec::new(),
            line_time: None,
            denied: None,
            last_when: None,
            last_line: usize::MAX,
            headings: Vec::new(),
            claims: Vec::new(),
            herald: None,
            statement: false,
            attacked: Vec::new(),
        }
    }

    /// Takes in one asserted clause.
    pub fn take(&mut self, told: &mut Told) {
        self.joined.clear();
        self.unused = None;
        let line = told.facts.clause.line;
        if line != self.last_line {
            self.line_time = None;
            self.last_line = line;
            self.pending = None;
            self.waiting.clear();
            self.aside = false;
            self.killed_told = false;
            self.resume();
        }
        // «عاد الهدوء … بعد يوم من معارك في طرابلس»: what the report begins with is its own story.
        if self.events.is_empty() && told.facts.clause.response {
            (told.facts.clause.response, told.background) = (false, false);
        }
        let several = |t: &Hit| t.article && matches!(t.class, Class::Trigger { form: Form::Plural | Form::Dual, .. });
        if let Some(claim) = told.agents.claimed_by.filter(|_| told.facts.triggers.iter().any(several)) {
            self.claims.push((line, claim));
        }
        // «وكانت قاذفات قد …، في حين أُطلقت صواريخ»: the sentence stays aside.
        told.background |= self.aside;
        self.aside |= told.background && !told.facts.clause.response;
        self.elliptic_toll(told);
        self.came_there(told);
        let told = &*told;
        let when = self.when(told);
        let mut sites = self.sites(told);
        // «قتيلين، أحدهما المسؤول عن العمليات في سوريا»: a country beside a toll is not where it happened.
        if told.facts.strong().is_none() && !self.current.is_empty() && sites.iter().all(|s| self.is_country(s)) {
            sites.clear();
        }
        if self.counts_itself(told) {
            self.unused = Some(Unused::Silent);
        } else if self.current.is_empty() && !self.happens(told) && told.facts.casualties.tells() {
            self.wait(told, &sites);
            // «وكانت المحطة قد أصيبت مساء الجمعة»: it outranks the day of those who put out the fire.
            self.last_when = when.filter(|w| w.told).and_then(|w| w.when).or(self.last_when);
            self.unused = Some(Unused::Toll);
        } else if sites.is_empty() {
            self.without_place(told, when);
        } else if self.happens(told) {
            self.at_places(told, when, &sites);
        } else {
            self.refine_open(told, &sites);
        }
        self.idle = Some(told.facts.clause).filter(|_| self.unused == Some(Unused::Silent));
        self.day_of_lead(told, when);
        self.day_turns(told, when);
        self.heralds(line);
        // «خلال الليل» tells no day to those that follow.
        let dates = |t: &TimeMention| t.when.is_some() || matches!(t.kind, TimeKind::Weekday | TimeKind::Calendar);
        if let Some(time) = told.facts.time.filter(|t| !told.facts.clause.response && dates(t)) {
            self.line_time = self.line_time.or(Some((line, time)));
            // «كان الثلاثاء من أعنف الأيام»: an opening that tells only the day tells it for what follows.
            // «أعلن الجيش، ليل الأحد، انتهاء العملية»: it was that day.
            let ended = told.facts.triggers.iter().all(|t| sense(t) == Some(Sense::Operation) && t.article);
            let spoken = told.facts.said && (!ended || told.facts.triggers.is_empty());
            let opens = self.events.is_empty() && !told.background && !spoken;
            self.last_when = self.last_when.or(time.when.filter(|_| opens && time.role == TimeRole::At));
        }
    }

    /// «هزت خمس سيارات مفخخة، الأحد، مدنا عدة»: an attack told before any place of it dates those that follow.
    fn day_of_lead(&mut self, told: &Told, when: Option<Time>) {
        let facts = &told.facts;
        let attack = !facts.triggers.is_empty() && (facts.strong().is_some() || !facts.weapons.is_empty());
        if self.events.is_empty() && self.last_when.is_none() && attack && !facts.said {
            self.last_when = when.and_then(|w| w.when);
        }
    }

    /// «أما صباح اليوم التالي فكان من نصيب المدنيين»: tells nothing but the day of what follows.
    fn day_turns(&mut self, told: &Told, when: Option<Time>) {
        let turns = told.facts.time.is_some_and(|t| matches!(t.kind, TimeKind::Told(_)));
        let silent = self.unused == Some(Unused::Silent) && told.facts.triggers.is_empty() && !told.background;
        if turns && silent {
            self.last_when = when.and_then(|w| w.when).or(self.last_when);
        }
    }

    /// «صدر عن المقاومة الإسلامية حصاد عمليات يوم الأربعاء، وجاء فيه:»: what stands below are a group's claims.
    fn heralds(&mut self, line: usize) {
        let Line { start, end, .. } = self.reading.words.lines[line];
        let operations = |h: &Hit| sense(h) == Some(Sense::Operation);
        // «بيان صادر عن كتائب القسام:»: all that it tells of is its own word.
        let statement = self.reading.words.any(start, end, |h| h.is_cue(Cue::Statement));
        if !self.opens_list(line) || !(statement || self.reading.words.any(start, end, operations)) {
            return;
        }
        self.statement |= statement;
        self.herald = self.reading.words.within(start, end).iter().find_map(|h| match h.class {
            Class::Actor(id) if self.reading.lexicon.actors[usize::from(id)].kind == ActorKind::Group => Some((id, *h)),
            _ => None,
        });
    }

    /// «التطورات الميدانية ليوم الاثنين»: a heading's day serves what follows until another is told.
    pub fn heading(&mut self, line: usize) {
        let Line { start, end, .. } = self.reading.words.lines[line];
        let told = self.reading.times_in(start, end).iter().find(|t| t.role == TimeRole::At);
        if self.events.is_empty() {
            self.last_when = told.and_then(|t| t.when).or(self.last_when);
        }
        self.heralds(line);
    }

    /// «نفى تنفيذ غارة، الخميس، وقال إن قذائف سقطت على السوق»: the day of what he denies is that of what he says happened, and
    /// that of a warning the day on which it came true.
    pub fn denied(&mut self, reason: &str, facts: &Facts) {
        let lends = matches!(reason, "denied" | "threatened");
        self.denied = facts.time.filter(|_| lends).map(|time| (facts.clause.line, time)).or(self.denied);
        // «شيّعت المدينة اليوم أبناءها الذين قضوا أمس»: the day on which they died is that of the story.
        let times = self.reading.times_in(facts.clause.start, facts.clause.end);
        let died = times.iter().rfind(|t| t.role == TimeRole::At && t.kind != TimeKind::Today).and_then(|t| t.when);
        if reason == "mourned" && times.len() > 1 && self.events.is_empty() {
            self.last_when = self.last_when.or(died);
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
            || self.struck_next(told)
            || self.item_toll(told)
            || self.harmed_too(told)
            || told.facts.force_in_action(self.reading)
    }

    /// «…، ثم قاعدة بلد يوم السبت»: a place, and a day or weapon, after an attack, the word for it left out.
    fn struck_next(&self, told: &Told) -> bool {
        let facts = &told.facts;
        let then = self.reading.words.at(facts.clause.start).iter().any(|h| h.is_cue(Cue::Then));
        then && !self.current.is_empty()
            && facts.triggers.is_empty()
            && !facts.sites.is_empty()
            && (facts.time.is_some() || !facts.weapons.is_empty())
    }

    /// «أصاب صاروخ سفينة، في ثاني هجوم من نوعه خلال يومين على الملاحة»: which of several the attack just told is.
    fn counts_itself(&self, told: &Told) -> bool {
        let (words, start) = (self.reading.words, told.facts.clause.start);
        let inside = words.at(start).iter().any(|h| h.is_particle(Particle::In) && h.conj.is_none());
        let nth = |h: &Hit| matches!(h.class, Class::Ordinal(_) | Class::Cue(Cue::Nth));
        // The clause may begin with the attack itself, and «في ثاني» end the one before.
        let at = if inside { start + 1 } else { start };
        let counted = words.within(at.saturating_sub(1), at + 1).iter().any(nth);
        let attack = told.facts.triggers.first().is_some_and(|t| t.start <= at + 1 && !t.article);
        !self.current.is_empty()
            && counted
            && attack
            && self.last_line == told.facts.clause.line
            && start > self.reading.words.lines[told.facts.clause.line].start
            && !told.facts.casualties.hurt()
    }

    /// «العملية في X» or a verb of doing, when an event is open.
    fn operation(&self, told: &Told) -> bool {
        let does = |sense: Sense| {
            use Sense::{Destroy, Fall, HitVerb, Launch, Light, Operation, Struck};
            matches!(sense, Operation | Struck | Light | HitVerb | Destroy | Launch | Fall)
        };
        // «المسؤول عن عمليات الكتائب في سوريا» tells of no operation there.
        // «ينفذ ذووهم اعتصاما في الساحة»: what is done is no attack, where the clause names none.
        let deed = |t: &Hit| match sense(t) {
            Some(Sense::Operation) => t.article,
            Some(Sense::Light) => !matches!(t.class, Class::Trigger { form: Form::Present, .. }),
            _ => true,
        };
        let tells = |t: &Hit| sense(t).is_some_and(does) && deed(t);
        !self.current.is_empty() && told.facts.triggers.iter().any(tells)
    }

    /// A clause that names no place: part of the event told last, or an event whose place is yet to come.
    fn without_place(&mut self, told: &Told, when: Option<Time>) {
        let violent = told.facts.strong().is_some() || told.facts.implied(self.reading).is_some();
        // «وكانت غارة قد دمّرت، ليل الثلاثاء، مركزا هناك»: with a day of its own, no part of the event told last.
        let before = told.background && when.is_some_and(|w| w.told);
        let fresh = violent && (self.current.is_empty() || self.another(told, when) || self.opens_item(told) || before);
        if told.facts.clause.response || !Self::tells(told) {
            self.unused = Some(if told.facts.clause.response { Unused::Answered } else { Unused::Silent });
            return;
        }
        // «وكانت أنقرة قد فقدت 12 جنديا في كانون الأول»: of another day, and no part of what was told before.
        let main = self.current.iter().any(|&i| !self.events[i].background);
        if before && !violent && main && !told.facts.definite() {
            self.unused = Some(Unused::Silent);
            return;
        }
        if self.events.is_empty() && !violent && self.opens_list(told.facts.clause.line) {
            self.last_when = when.and_then(|w| w.when).or(self.last_when);
        }
        if told.facts.casualties.nobody && told.facts.triggers.is_empty() {
            self.nobody_anywhere(told);
        }
        if fresh && (!told.facts.definite() || self.events.is_empty()) {
            let (index, how) = match self.same_kind(told, when) {
                Some(index) => (index, Joined::SameKind),
                None => (self.create(told, when, None, false), Joined::New),
            };
            self.joined.push((index, how));
            self.update(index, told, when, true);
            self.current = vec![index];
        } else {
            self.unused = self.current.is_empty().then_some(Unused::NoneOpen);
            for index in self.current.clone() {
                let alone = self.current.len() == 1;
                self.joined.push((index, Joined::GoesOn));
                self.update(index, told, when, alone);
            }
        }
    }

    /// «حصاد عمليات يوم الأربعاء، وجاء فيه:» dates the list below.
    fn opens_list(&self, line: usize) -> bool {
        let span = self.reading.words.lines[line].span;
        let text = self.reading.words.document().text;
        let rest = text.get(span.end..).unwrap_or("");
        span.of(text).trim_end().ends_with(':') || rest.trim_start().starts_with(':')
    }

    /// Whether a clause opens an item of a list, which tells an event of its own: «• انفجار عبوة بعربة».
    pub(super) fn opens_item(&self, told: &Told) -> bool {
        let line = told.facts.clause.line;
        told.facts.clause.start == self.reading.words.lines[line].start
            && self.reading.words.is_item(line)
            && !told.facts.definite()
    }

    /// «* المسيّب: استشهاد شرطيين»: an item that tells nothing but what came of the attack at its place.
    pub(super) fn item_toll(&self, told: &Told) -> bool {
        let toll = &told.facts.casualties;
        (toll.tells() || toll.damage.is_some()) && !self.current.is_empty() && self.opens_item(told)
    }

    /// Whether a clause opens an item of a list of which an event is another item.
    fn next_item(&self, told: &Told, index: usize) -> bool {
        let first = self.events[index].lines.first().copied();
        self.opens_item(told)
            && first.is_some_and(|line| line != told.facts.clause.line && self.reading.words.is_item(line))
    }

    /// «وقال الجيش إن طائراته أصابت 85 هدفا»: the weapons of a count are those of the doer's attacks.
    pub fn counted(&mut self, agents: &Agents, facts: &Facts) {
        let Some((actor, _)) = agents.actor.filter(|_| facts.since.is_none() && facts.until.is_none()) else { return };
        for index in self.recalled() {
            let event = &self.events[index];
            if event.agents.actor.is_some_and(|a| a.0 == actor) && !event.background {
                self.note_weapons(index, facts);
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
            if self.says_little(told, when, site)
                || self.only_judged(told, when, site)
                || self.only_spoken(told, when, site)
            {
                continue;
            }
            let known = self.same_event(told, when, site, &touched).filter(|&index| !self.next_item(told, index));
            let index = match known {
                Some(index) => {
                    self.narrow(index, site, told, alone);
                    self.update(index, told, when, alone);
                    index
                }
                None => self.create(told, when, Some(site.clone()), !alone),
            };
            self.joined.push((index, if known.is_some() { Joined::SamePlace } else { Joined::New }));
            touched.push(index);
            if known.is_none() && alone && !self.waiting.is_empty() {
                touched.extend(self.spread(index, told));
            }
        }
        if touched.is_empty() {
            self.unused = Some(Unused::Little);
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
            self.unused = Some(Unused::Silent);
            return;
        }
        self.unused = self.current.is_empty().then_some(Unused::NoneOpen);
        if let [site] = sites
            && let Some(index) =
                self.recalled().rev().find(|&i| self.equal(&self.events[i], site) && !self.events[i].background)
        {
            self.update(index, told, None, true);
            self.current = vec![index];
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
            let placed = alone && open == Some(index) && sites.len() == 1;
            self.joined.push((index, if placed { Joined::Places } else { Joined::GoesOn }));
            self.update(index, told, None, alone);
        }
    }
}
