//! What a clause adds to an event, and how a new event begins.

use super::event::{Event, Relation, Time, Told, kin};
use super::link::days_before_word;
use super::{Named, Story};
use crate::event::agent::Agents;
use crate::event::facts::{Facts, is_verb, sense};
use crate::event::kind::Typed;
use crate::event::sign::{Signs, signs};
use crate::event::site::Site;
use crate::event::status::denies_role;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Particle, Sense};
use crate::mention::time::TimeKind;
use crate::mention::words::Hit;
use crate::model::{EventType, Span, TimeOfDay, When};

/// How many marks one looks back for the same mark.
const SOON: usize = 32;
/// Soldiers and police among those hurt are told within so many words of the toll; a judgement.
const GUARDS_WORDS: usize = 8;
/// «على حفل تخريج ضباط»: those aimed at stand within so many words; a judgement.
const AIMED_WORDS: usize = 5;
/// So many sentences of an event are asked what exploded; a judgement.
const RECALL_LINES: usize = 4;
/// An interval of so many days is a week or longer.
const WEEK_DAYS: i32 = 6;

impl Story<'_, '_> {
    /// The finer place wins; a toll told for a whole country is not the first town's.
    pub(super) fn narrow(&mut self, index: usize, site: &Site, told: &Told, alone: bool) {
        let relation = self.events[index].site.as_ref().map_or(Relation::Finer, |s| self.relation(s, site));
        if relation != Relation::Finer {
            return;
        }
        let was_coarse = self.events[index].site.as_ref().is_some_and(|s| self.coarse(s));
        let of_all = self.counts_all(index, told);
        let event = &mut self.events[index];
        // «حصيلة الهجومين اللذين وقعا في طهران 17 قتيلا»: of both.
        let of_all = of_all || (event.several && (told.facts.casualties.hurt() || !several(&told.facts)));
        if of_all {
            (event.killed, event.injured) = (None, None);
        }
        event.site = Some(site.clone());
        event.listed |= !alone;
        event.widened |= was_coarse;
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

    /// «توالت الغارات على الجنوب …، وأحصت الوزارة 492 قتيلا. قُتل خمسة حين دمّرت غارة منزلا في X»: whether the toll told before any
    /// place counts the victims of several attacks, and the clause those of one.
    fn counts_all(&self, index: usize, told: &Told) -> bool {
        let event = &self.events[index];
        let (Some(line), None, true) = (event.lines.first(), &event.site, told.facts.casualties.hurt()) else {
            return false;
        };
        let line = self.reading.words.lines[*line];
        let of = |t: &Hit, wanted: Form| matches!(t.class, Class::Trigger { form, .. } if form == wanted);
        event.killed.is_some()
            && told.facts.triggers.iter().any(|t| !t.article && of(t, Form::Singular))
            && self.reading.words.any(line.start, line.end, |t| t.article && of(t, Form::Plural))
    }

    pub(super) fn create(&mut self, told: &Told, when: Option<Time>, site: Option<Site>, listed: bool) -> usize {
        let previous = self.current.first().map(|&i| &self.events[i]);
        let typed = self.typed(told, previous);
        let soon = told.facts.has(self.reading.words, Cue::Soon);
        let just_told = self.before.filter(|_| soon).and_then(|i| self.events[i].when);
        let carried = just_told
            .or_else(|| previous.and_then(|e| e.when).filter(|w| self.last_when.is_none_or(|l| l.start <= w.start)))
            .or(self.last_when)
            .filter(|_| !told.background);
        let undatable = when.is_some_and(|w| w.own.is_some_and(|o| o.when.is_none()));
        let mut event = Event {
            event: typed.event,
            fixed: typed.fixed,
            site,
            when: when.and_then(|w| w.when).or(if undatable { None } else { carried }),
            dated: when.is_some_and(|w| w.told || w.own.is_some()),
            said: told.facts.said,
            weekday: when.and_then(|w| w.own).and_then(|o| o.weekday),
            ordinal: None,
            official: false,
            agents: Agents::default(),
            weapons: Vec::new(),
            killed: None,
            injured: None,
            hit: false,
            stopped: false,
            failed: false,
            foiled: false,
            partly: false,
            background: told.background,
            carried: false,
            guards: None,
            several: several(&told.facts),
            widened: false,
            slain: false,
            listed,
            damage: None,
            lines: Vec::new(),
            marks: Vec::new(),
            signs: Signs::default(),
            opening: Signs::default(),
        };
        self.carry_agents(told, previous, &mut event);
        self.events.push(event);
        let index = self.events.len() - 1;
        self.update(index, told, None, !listed);
        self.take_pending(index, told, listed);
        self.by_herald(index, told);
        if let Some(own) = when.and_then(|w| w.own) {
            self.mark(index, "date", own.start, own.end);
        }
        if let Some(w) = self.events[index].when.filter(|w| !told.background && !weeks(*w) && self.recent(*w)) {
            self.last_when = Some(w);
        }
        index
    }

    /// In a statement, whose it is claims what is told; what a group is said to have done there is its own word:
    /// «نفذت القوة الصاروخية …» in a statement of the Houthis.
    fn by_herald(&mut self, index: usize, told: &Told) {
        let herald = self.herald.filter(|_| (self.opens_item(told) || self.statement) && !told.background);
        let group = |id: u16| self.reading.lexicon.actors[usize::from(id)].kind == ActorKind::Group;
        let open = |herald: &Named| self.events[index].agents.doers().all(|doer| doer.0 == herald.0 && group(herald.0));
        if let Some(herald) = herald.filter(open) {
            self.events[index].agents.actor = None;
            self.give(index, "claimed_by", herald);
        }
    }

    /// A bare قصف or هجوم takes the type of the attack told before.
    pub(super) fn typed(&self, told: &Told, previous: Option<&Event>) -> Typed {
        if told.facts.force_in_action(self.reading) {
            return Typed { event: EventType::Raid, fixed: true };
        }
        match (told.typed, previous) {
            (Some(typed), Some(event))
                if !typed.fixed
                    && event.fixed
                    && !told.facts.clause.response
                    && (told.facts.definite() || self.says_another(told) || self.another_of_them(told)) =>
            {
                Typed { event: event.event, fixed: true }
            }
            (Some(typed), _) if !typed.fixed && typed.event == EventType::Shelling => {
                Typed { event: self.air_or(typed.event), ..typed }
            }
            (Some(typed), _) => typed,
            (None, Some(event)) => Typed { event: event.event, fixed: event.fixed },
            (None, None) => Typed { event: EventType::Other, fixed: false },
        }
    }

    /// A bare قصف in a report of air strikes is one.
    pub(super) fn air_or(&self, event: EventType) -> EventType {
        let air =
            self.events[self.recalled()].iter().any(|e| e.event == EventType::Airstrike && e.fixed && !e.background);
        if air { EventType::Airstrike } else { event }
    }

    /// «غارة أخرى», «غارات مماثلة», «القصف»: the actor told before goes on.
    pub(super) fn carry_agents(&self, told: &Told, previous: Option<&Event>, event: &mut Event) {
        let Some(previous) = previous else { return };
        if told.background {
            // «كما سبق أن نجا … من ضربة مماثلة»: by the same means.
            let same = told.facts.weapons.is_empty() && told.facts.has(self.reading.words, Cue::Similar);
            if same && kin(previous.event, event.event) {
                event.weapons.clone_from(&previous.weapons);
            }
            return;
        }
        let same = told.facts.strong().is_none() || told.facts.definite();
        let alike = self.another_of_them(told) || told.facts.has(self.reading.words, Cue::Similar);
        let goes_on = same || alike || self.says_another(told);
        if goes_on && told.agents.actor.is_none() && kin(previous.event, event.event) {
            event.agents.actor = previous.agents.actor;
            if same || (alike && told.facts.weapons.is_empty()) {
                event.agents.target = previous.agents.target;
                event.carried = true;
                event.weapons.clone_from(&previous.weapons);
            }
            event.agents.claimed_by = previous.agents.claimed_by.filter(|_| told.facts.definite());
        }
    }

    /// «واستهدفت أخرى المطار»: another drone.
    fn another_of_them(&self, told: &Told) -> bool {
        let words = self.reading.words;
        let other = |t: &Hit| is_verb(t) && words.any(t.end, t.end + 1, |h| h.is_cue(Cue::Another));
        told.facts.weapons.is_empty() && told.facts.triggers.iter().any(other)
    }

    /// Adds what a clause says to an event. `alone` tells that no other event shares the clause.
    pub(super) fn update(&mut self, index: usize, told: &Told, when: Option<Time>, alone: bool) {
        let facts = &told.facts;
        // «لم ترصد الرادارات شيئا قبل الانفجار»: what is denied beside an attack told as done does not undo it.
        let told_already =
            facts.definite() && self.events[index].signs.done() || denies_role(self.reading.words, facts);
        self.note_line(index, facts.clause.line);
        let new = signs(self.reading, told);
        let new = if told_already { new.undenied() } else { new };
        let event = &mut self.events[index];
        event.signs.gather(new);
        if event.lines.len() == 1 {
            event.opening.gather(new);
        }
        self.note_agents(index, told);
        self.note_weapons(index, facts);
        self.note_telling(index, facts);
        // «غارات على مطاري دمشق وحلب أدت إلى تضرر مهبطيهما»: damage is told of all.
        if alone || facts.casualties.nobody || facts.casualties.damage.is_some() {
            self.note_casualties(index, &facts.casualties, alone);
        }
        if self.events[index].guards.is_none() {
            self.events[index].guards = self.guards(facts);
        }
        self.note_outcome(index, told);
        if let Some(typed) = told.typed {
            let wide = self.events[index].site.as_ref().is_some_and(|s| self.coarse(s));
            // «انفجر مخزن … وتطايرت قذائف وسقطت على أحياء»: what flew out of it is not what struck it.
            let stray = self.events[index].event == EventType::Explosion
                && facts.triggers.iter().all(|t| sense(t) == Some(Sense::Fall))
                && self.stored_there(index);
            let event = &mut self.events[index];
            // «هجمات صاروخية في سوريا ولبنان», then «ضربة إسرائيلية هناك»: the list told them in the rough.
            if event.listed && wide && event.lines.len() == 2 && !facts.definite() && alone {
                (event.event, event.fixed) = (typed.event, typed.fixed);
            }
            let firmer = (typed.fixed || event.event == EventType::Other) && !event.fixed;
            let firmer = firmer && !stray;
            // «أطلق النار على المصلين، ثم فجّر نفسه»
            let kindred = matches!(event.event, EventType::Bombing | EventType::ArmedAttack);
            let suicide = typed.event == EventType::SuicideBombing && kindred;
            // «قُتل مئة بقصف على مدرسة … وقال الجيش إن طائراته هاجمتها»
            let flown = !event.fixed
                && event.event == EventType::Shelling
                && typed.fixed
                && matches!(typed.event, EventType::Airstrike | EventType::DroneStrike);
            if suicide || flown || firmer && kin(typed.event, event.event) && typed.event != EventType::Other {
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

    /// The soldiers or police hurt or struck, whose they are not told.
    fn guards(&self, facts: &Facts) -> Option<Hit> {
        let words = self.reading.words;
        let first = facts.triggers.first().map_or(facts.clause.start, |t| t.start);
        let toll = &facts.casualties;
        // «استشهد ستة مدنيين … بعدما تصدى شبان لدورية»: none of those hurt.
        let (from, to) = if toll.hurt() && toll.end > 0 {
            (facts.clause.start, facts.clause.end.min(toll.end + GUARDS_WORDS))
        } else {
            (first, facts.clause.end)
        };
        // «وبحسب ضابط في الشرطة»: who tells it.
        let tells = |h: &Hit| words.any(h.start.saturating_sub(3), h.start, |b| b.is_cue(Cue::Source));
        let aimed = || {
            let on = words.within(first, facts.clause.end).iter().find(|h| h.is_particle(Particle::On))?;
            let to = facts.clause.end.min(on.end + AIMED_WORDS);
            words.within(on.end, to).iter().copied().find(|h| h.is_cue(Cue::Guard))
        };
        words.within(from, to).iter().copied().find(|h| h.is_cue(Cue::Guard) && !tells(h)).or_else(aimed)
    }

    /// Whether what exploded is said to have been a store of arms.
    fn stored_there(&self, index: usize) -> bool {
        let words = self.reading.words;
        self.events[index].lines.iter().take(RECALL_LINES).any(|&line| {
            let line = words.lines[line];
            words.any(line.start, line.end, |h| h.is_cue(Cue::Storage))
        })
    }

    /// Which of several the event is said to be, and whether its toll is an office's word.
    fn note_telling(&mut self, index: usize, facts: &Facts) {
        let words = self.reading.words;
        let ordinal = |trigger: &Hit| {
            words.at(trigger.end).iter().find_map(|h| match h.class {
                // «الأول من نوعه» counts nothing that another report would count alike.
                Class::Ordinal(number) if number > 1 => Some(number),
                _ => None,
            })
        };
        let line = words.lines[facts.clause.line];
        let speaks = |cues: &[Cue]| words.any(line.start, line.end, |h| cues.iter().any(|cue| h.is_cue(*cue)));
        let event = &mut self.events[index];
        event.ordinal = event.ordinal.or_else(|| facts.triggers.iter().find_map(ordinal));
        let toll = facts.casualties.killed.is_some() || facts.casualties.injured.is_some();
        event.official |= toll && speaks(&[Cue::Office]) && speaks(&[Cue::Report, Cue::Source]);
    }

    pub(super) fn note_when(&mut self, index: usize, when: Option<Time>) {
        let Some(Time { when, own, told }) = when else { return };
        let event = &mut self.events[index];
        let Some(when) = when else {
            let weekday = own.and_then(|own| own.weekday);
            event.weekday = event.weekday.or(weekday.filter(|_| event.when.is_none()));
            return;
        };
        // «أعلن، السبت، … . وأوضح أن المسلحين وصلوا الجمعة»: a day or two before his word.
        let before = |w: When| event.when.is_some_and(|word| days_before_word(word, w));
        let spoken = event.said && own.is_some_and(|o| o.kind != TimeKind::Daypart) && before(when);
        if event.when.is_none() || spoken || (told && (!event.dated || event.said)) {
            event.when = Some(when);
            event.said = false;
            event.dated |= told;
            // «الأسبوع الماضي» tells no day to those that follow.
            if !event.background && !weeks(when) {
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

    pub(super) fn note_line(&mut self, index: usize, line: usize) {
        let lines = &mut self.events[index].lines;
        // Lines come in order.
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }

    pub(super) fn note_agents(&mut self, index: usize, told: &Told) {
        let new = told.agents;
        let event = &mut self.events[index];
        if event.carried && new.target.is_some() {
            (event.agents.target, event.carried) = (None, false);
        }
        // Nobody strikes himself.
        let target = new.target.filter(|(id, _)| !event.agents.doers().any(|(doer, _)| doer == *id));
        let struck = new.struck.filter(|(_, hit)| self.struck_there(index, &told.facts, hit));
        let event = &mut self.events[index];
        let mut marks: Vec<(&'static str, Hit)> = Vec::new();
        for (field, slot, value) in [
            ("actor", &mut event.agents.actor, new.actor),
            ("claimed_by", &mut event.agents.claimed_by, new.claimed_by),
            ("blamed_on", &mut event.agents.blamed_on, new.blamed_on),
            ("target", &mut event.agents.target, target),
            ("target", &mut event.agents.struck, struck),
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

    /// «غارات على القصر ومحطة حزيز ومحطة وقود في شارع الستين»: what is told between the sites of a list was struck at the next.
    fn struck_there(&self, index: usize, facts: &Facts, hit: &Hit) -> bool {
        let at = |site: &Site| self.reading.places[site.head].start;
        let (Some(here), Some(first)) = (&self.events[index].site, facts.sites.first()) else { return true };
        if facts.sites.len() < 2 || hit.start < at(first) {
            return true;
        }
        let next = facts.sites.iter().map(at).filter(|start| *start >= hit.start).min();
        next.or_else(|| facts.sites.iter().map(at).max()) == Some(at(here))
    }

    pub(super) fn note_weapons(&mut self, index: usize, facts: &Facts) {
        for &(id, _, hit) in &facts.weapons {
            if !self.events[index].weapons.contains(&id) {
                self.events[index].weapons.push(id);
                self.mark(index, "weapons", hit.start, hit.end);
            }
        }
    }

    pub(super) fn mark(&mut self, index: usize, field: &'static str, start: usize, end: usize) {
        let span = self.reading.words.span(start, end);
        let marks = &mut self.events[index].marks;
        let same = |mark: &(&str, Span)| mark.1 == span && mark.0 == field;
        // What is marked twice is mostly marked twice soon; the rest falls out with the evidence.
        if span.start < span.end && !marks.iter().rev().take(SOON).any(same) {
            marks.push((field, span));
        }
    }
}

/// «الأسبوع الماضي», «في نيسان»: no day.
fn weeks(when: When) -> bool {
    (when.end - when.start).get_days() >= WEEK_DAYS
}

/// Whether all that names the attack are definite plurals or duals: «الهجومين اللذين وقعا أمس».
fn several(facts: &Facts) -> bool {
    let many = |t: &Hit| t.article && matches!(t.class, Class::Trigger { form: Form::Dual | Form::Plural, .. });
    let mut nouns = facts.triggers.iter().filter(|t| !is_verb(t)).peekable();
    nouns.peek().is_some() && nouns.all(many)
}
