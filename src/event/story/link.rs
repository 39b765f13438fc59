//! To which of the events told so far a clause belongs.

use super::event::{Event, Relation, Time, Told, kin};
use super::{COUNTRY, PATIENCE_LINES, Story};
use crate::event::facts::{is_verb, sense};
use crate::event::site::{SEA, Site, fineness};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::lexicon::ActorRow;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Sense, Victim};
use crate::mention::place_role::PlaceRole;
use crate::mention::time::TimeKind;
use crate::mention::words::Hit;
use crate::model::{EventType, PlaceKind, When};

/// What somebody tells was so many days before his word at most; a judgement.
const SAID_DAYS: i32 = 2;

impl Story<'_, '_> {
    /// «وجاء الرد الأميركي بطائرة حربية …»: an event of the same kind told before the current one.
    pub(super) fn same_kind(&self, told: &Told, when: Option<Time>) -> Option<usize> {
        let typed = told.typed.filter(|t| t.fixed && !self.says_another(told))?;
        let day = when.filter(|w| w.told).and_then(|w| w.when);
        self.recalled().rev().find(|&i| {
            let event = &self.events[i];
            let same_day = day.zip(event.when).is_none_or(|(a, b)| a.overlaps(b));
            event.fixed && event.event == typed.event && !event.background && same_day
        })
    }

    /// Whether the clause speaks of another event than the current one.
    pub(super) fn another(&self, told: &Told, when: Option<Time>) -> bool {
        let Some(&current) = self.current.first() else { return true };
        let event = &self.events[current];
        // «أعلن النائب العام، السبت، … . وأوضح أن المسلحين وصلوا الجمعة»: the first is only the day of his word.
        let told_day = when.filter(|w| w.told).and_then(|w| w.when);
        let spoken = event.said
            && told.facts.sites.is_empty()
            && !told.facts.casualties.hurt()
            && event.when.zip(told_day).is_some_and(|(a, b)| days_before_word(a, b));
        let other_day = !spoken
            && when.filter(|w| w.told).and_then(|w| w.when).zip(event.when).is_some_and(|(a, b)| !a.overlaps(b));
        other_day || Self::open_day(when, event) || self.says_another(told)
    }

    /// «في 7 أكتوبر» in a report without a date, after an event of another day: that day cannot be reckoned, and it is another.
    /// So is another weekday.
    fn open_day(when: Option<Time>, event: &Event) -> bool {
        let own = when.filter(|w| w.told && w.when.is_none()).and_then(|w| w.own);
        let other = |day: i8| event.weekday.is_some_and(|known| known != day);
        own.is_some_and(|time| match time.kind {
            TimeKind::Calendar => event.when.is_some() || event.weekday.is_some(),
            _ => event.when.is_none() && time.weekday.is_some_and(other),
        })
    }

    /// «هجوم آخر», «غارة ثانية»: right after a trigger.
    pub(super) fn says_another(&self, told: &Told) -> bool {
        let words = self.reading.words;
        // «انفجرت أخرى» is another drone, not another attack.
        let nouns = || told.facts.triggers.iter().filter(|t| !is_verb(t));
        // «استهدفت صواريخ أخرى القاعدة نفسها»: another salvo.
        let salvo = |w: &(u16, EventType, Hit)| {
            let after = told.facts.triggers.iter().any(|t| t.end == w.2.start && is_verb(t));
            after && words.any(w.2.end, w.2.end + 1, |h| h.is_cue(Cue::Another))
        };
        // «هاجم أربعة انتحاريين آخرين»
        let others = |w: &(u16, EventType, Hit)| {
            w.1 == EventType::SuicideBombing
                && words.any(w.2.end, w.2.end + 1, |h| {
                    matches!(h.class, Class::Cue(Cue::Another) | Class::Victim(Victim::Other, _))
                })
        };
        told.facts.weapons.iter().any(|w| salvo(w) || others(w))
            || nouns().any(|t| words.any(t.end, t.end + 2, |h| h.is_cue(Cue::Another)))
            || words.any(told.facts.clause.start, told.facts.clause.end, |h| h.is_cue(Cue::Again))
    }

    /// «الهجمات على القواعد في العراق وسوريا»: a definite plural, a whole country and no day tell no event.
    pub(super) fn says_little(&self, told: &Told, when: Option<Time>, site: &Site) -> bool {
        let facts = &told.facts;
        let own = when.is_some_and(|w| w.own.is_some());
        facts.definite()
            && !own
            && !facts.casualties.hurt()
            && self.coarse(site)
            && self.same_event(told, when, site, &[]).is_none()
    }

    /// «ووصف الوزير، الموجود في دافوس، القصف بأنه عدوان»: who speaks of an attack told before stands there.
    pub(super) fn only_judged(&self, told: &Told, when: Option<Time>, site: &Site) -> bool {
        let (facts, words) = (&told.facts, self.reading.words);
        let own = when.is_some_and(|w| w.own.is_some()) || !facts.weapons.is_empty();
        let deed = facts.triggers.iter().any(is_verb) || own;
        let Some(trigger) = facts.triggers.first().filter(|t| t.article && !deed) else { return false };
        let head = self.reading.places[site.head].start;
        let says = |h: &Hit| matches!(h.class, Class::Cue(Cue::Report | Cue::Condemn));
        head < trigger.start
            && !facts.casualties.hurt()
            && words.any(facts.clause.start, head, says)
            && !self.events.is_empty()
            && self.same_event(told, when, site, &[]).is_none()
    }

    /// «وفي طهران أصدر الحرس بيانا أعلن فيه أنه نفّذ الضربة»: where somebody speaks of an attack told before, and no new one.
    pub(super) fn only_spoken(&self, told: &Told, when: Option<Time>, site: &Site) -> bool {
        let (facts, words) = (&told.facts, self.reading.words);
        let Some(&first) = site.chain.first().filter(|_| !self.events.is_empty()) else { return false };
        let lead = self.reading.places[first].lead;
        let last = site.chain.iter().map(|&m| self.reading.places[m].end).max().unwrap_or(lead);
        let fronted = lead <= facts.clause.start + 1;
        let says = |h: &Hit| {
            let speech = matches!(
                h.class,
                Class::Cue(Cue::Report | Cue::Condemn | Cue::Claim | Cue::Accuse | Cue::Deny | Cue::Call)
            );
            (speech && !facts.casualties.hurt()) || h.is_cue(Cue::Session)
        };
        let bare = |t: &Hit| {
            if is_verb(t) {
                matches!(sense(t), Some(Sense::Light | Sense::Operation | Sense::Result))
            } else {
                t.article
            }
        };
        let told_before = facts.triggers.iter().all(bare) && facts.weapons.is_empty();
        let own = when.is_some_and(|w| w.own.is_some());
        fronted && told_before && !own && words.at(last).iter().any(says)
    }

    /// The event already told that a clause at a site speaks of.
    pub(super) fn same_event(&self, told: &Told, when: Option<Time>, site: &Site, touched: &[usize]) -> Option<usize> {
        self.recalled().rev().filter(|i| !touched.contains(i)).find(|&i| self.fits(told, when, site, i))
    }

    pub(super) fn fits(&self, told: &Told, when: Option<Time>, site: &Site, index: usize) -> bool {
        let event = &self.events[index];
        let stale = told.facts.definite() && event.dated && told.facts.time.is_some_and(|t| t.kind == TimeKind::Today);
        let carried = when.filter(|w| w.told && !stale).and_then(|w| w.when);
        // «وهو ثالث هجوم، بعد … في 24 منه»: the day of another, though the first is dated by him who told of it.
        let open = (event.said && !told.facts.clause.response) || self.names_attack(told, site);
        if !open && carried.zip(event.when).is_some_and(|(a, b)| !a.overlaps(b)) {
            return false;
        }
        if told.facts.clause.response
            && carried.is_none()
            && event.when.is_some()
            && !event.background
            && !self.equal(event, site)
        {
            return false;
        }
        if self.other_side(told, event) || self.later_wave(told, when, event) || self.hours_later(told, event) {
            return false;
        }
        if self.answers_another(told, when, index) {
            return false;
        }
        // «هزّ انفجار العاصمة عقب غارتين على فج عطان»: the raids are what was heard.
        let heard = event.event == EventType::Explosion && !event.fixed && told.facts.clause.response;
        if heard && event.site.as_ref().is_some_and(|s| self.relation(s, site) == Relation::Finer) {
            return true;
        }
        let type_fits =
            told.typed.is_none_or(|t| t.event == event.event || kin(t.event, event.event) || !t.fixed || !event.fixed);
        let current = self.current.contains(&index);
        let Some(there) = &event.site else {
            let near = event.lines.last().is_none_or(|l| told.facts.clause.line <= l + PATIENCE_LINES);
            let story = event.when.is_none_or(|w| self.recent(w));
            return current && near && story && type_fits && !self.says_another(told);
        };
        let claims = told.agents.claimed_by.is_some() && told.facts.definite();
        if event.background != told.background && !claims && !self.equal(event, site) {
            return false;
        }
        if !type_fits || (self.says_another(told) && !told.facts.definite()) {
            return false;
        }
        match self.relation(there, site) {
            Relation::Equal => true,
            Relation::Finer => self.open_to(index, told) || claims_only(told),
            Relation::Coarser => {
                told.facts.definite() || told.facts.strong().is_none() || self.coarse(site) || retold(told, event)
            }
            Relation::Apart => false,
        }
    }

    /// «خطفهم مسلحون ظهر أمس. … وجاءت العملية عقب هجوم شنّه عناصر التنظيم صباح أمس على نقطة في المنطقة ذاتها»: what another
    /// attack of that place answers, of another kind and with an hour of its own.
    fn answers_another(&self, told: &Told, when: Option<Time>, index: usize) -> bool {
        let event = &self.events[index];
        let hours = when.and_then(|w| w.when).and_then(|w| w.time_of_day).zip(event.when.and_then(|w| w.time_of_day));
        let kinds = told.typed.is_some_and(|t| t.event != event.event) && event.fixed;
        told.facts.clause.response
            && !event.background
            && self.current.contains(&index)
            && kinds
            && hours.is_some_and(|(now, then)| now != then)
            && told.facts.strong().is_some_and(|t| !t.article)
    }

    /// «قُتل ثلاثة في ميناء X، واقتصرت الأضرار على الماديات في محطة Y»: what the attack of which the sentence tells did at another place.
    pub(super) fn harmed_too(&self, told: &Told) -> bool {
        let (words, start) = (self.reading.words, told.facts.clause.start);
        let [site] = told.facts.sites.as_slice() else { return false };
        let harm =
            words.within(start, start + 3).iter().any(|h| matches!(h.class, Class::Harm(harm) if harm.of_things()));
        let Some(event) = self.current.first().map(|&i| &self.events[i]) else { return false };
        let apart = event.site.as_ref().is_some_and(|there| self.relation(there, site) == Relation::Apart);
        let located = self.reading.places[site.head].role == PlaceRole::Target;
        harm && apart && located && event.lines.last() == Some(&told.facts.clause.line) && self.place_of(site).is_some()
    }

    /// «وأعلن الجيش، الخميس، أن غارة النبطية قتلت قياديا»: the attack is called after its place, and the day is that of the word.
    fn names_attack(&self, told: &Told, site: &Site) -> bool {
        let lead = self.reading.places[site.head].lead;
        let called = |t: &Hit| !is_verb(t) && t.prep.is_none() && t.end == lead;
        told.facts.said && told.facts.triggers.first().is_some_and(called)
    }

    /// Whether the clause has another doer than the event: «صدّ الجيش هجوم الجماعة … شنّت مقاتلات التحالف غارات».
    fn other_side(&self, told: &Told, event: &Event) -> bool {
        let Some((mine, theirs)) = told.agents.actor.zip(event.agents.actor) else { return false };
        let row = |id: u16| &self.reading.lexicon.actors[usize::from(id)];
        let (a, b) = (row(mine.0), row(theirs.0));
        let known = |row: &ActorRow| row.kind != ActorKind::Unknown && !row.country.is_empty();
        mine.0 != theirs.0 && known(a) && known(b) && a.country != b.country && !told.facts.definite()
    }

    /// «هاجموا السجن مساء الخميس … وعند الفجر أغارت مروحيات التحالف»: another part of the day, and who does it now.
    fn later_wave(&self, told: &Told, when: Option<Time>, event: &Event) -> bool {
        let Some(time) = told.facts.time.filter(|t| t.kind == TimeKind::Daypart) else { return false };
        let hours = when.and_then(|w| w.when).and_then(|w| w.time_of_day).zip(event.when.and_then(|w| w.time_of_day));
        let known = |id: u16| self.reading.lexicon.actors[usize::from(id)].kind != ActorKind::Unknown;
        let doer = told.agents.actor.map(|a| a.0).filter(|id| known(*id));
        time.start <= told.facts.clause.start + 1
            && hours.is_some_and(|(now, then)| now != then)
            && told.facts.strong().is_some_and(is_verb)
            && doer.is_some_and(|id| event.agents.actor.is_none_or(|a| a.0 != id))
    }

    /// «ردا على هجوم الثلاثاء على البلدة … ولم يكد النهار يمضي حتى قصفت طائرات البلدة»: news, and not the past event of that place.
    fn hours_later(&self, told: &Told, event: &Event) -> bool {
        let soon = |h: &Hit| h.is_cue(Cue::Soon);
        let opens = || self.reading.words.at(told.facts.clause.start).iter().any(soon);
        event.background && !told.background && told.facts.may_have(Cue::Soon) && opens()
    }

    pub(super) fn equal(&self, event: &Event, site: &Site) -> bool {
        event.site.as_ref().is_some_and(|s| self.relation(s, site) == Relation::Equal)
    }

    /// Whether an event told at a wider place may be placed more finely by this clause.
    pub(super) fn open_to(&self, index: usize, told: &Told) -> bool {
        let event = &self.events[index];
        let wide = event.site.as_ref().is_some_and(|s| self.coarse(s));
        let told_apart = told
            .facts
            .triggers
            .iter()
            .any(|t| !t.article && matches!(t.class, Class::Trigger { form: Form::Singular, .. }))
            && told.facts.casualties.hurt()
            && event.killed.is_some();
        wide || (self.current.contains(&index) && !told_apart)
    }

    /// Whether a site is a whole country, region or governorate.
    pub(super) fn coarse(&self, site: &Site) -> bool {
        fineness(&self.reading.places[site.head], self.reading.gazetteer) >= 4
    }

    /// Whether a site is a whole country.
    pub(super) fn is_country(&self, site: &Site) -> bool {
        fineness(&self.reading.places[site.head], self.reading.gazetteer) >= COUNTRY
    }

    pub(super) fn relation(&self, there: &Site, here: &Site) -> Relation {
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
        // «السعيدات في جرف الصخر», then «جرف الصخر»: the report itself says which lies in which.
        let within = |site: &Site, outer: &Site| {
            let outer = places[outer.head].place;
            outer.is_some() && site.chain.iter().any(|&m| m != site.head && places[m].place == outer)
        };
        match (within(there, here), within(here, there)) {
            (true, false) => return Relation::Coarser,
            (false, true) => return Relation::Finer,
            _ => {}
        }
        match (self.place_of(there), self.place_of(here)) {
            (Some(x), Some(y)) if x == y => match (a.candidates.is_empty(), b.candidates.is_empty()) {
                (true, false) => Relation::Coarser,
                (false, true) => Relation::Finer,
                _ => Relation::Equal,
            },
            (Some(x), Some(y)) if gazetteer.covers(x, y) => Relation::Finer,
            (Some(x), Some(y)) if gazetteer.covers(y, x) => Relation::Coarser,
            (Some(x), Some(y)) if gazetteer.same_spot(x, y) => Relation::Equal,
            // «العاصمة», and then a quarter on its edge that belongs to another unit.
            (Some(x), Some(y)) if suburb(gazetteer, x, y) => Relation::Finer,
            (Some(x), Some(y)) if suburb(gazetteer, y, x) => Relation::Coarser,
            _ => Relation::Apart,
        }
    }

    /// The gazetteer place of a site: its head's, or the finest of its chain.
    pub(super) fn place_of(&self, site: &Site) -> Option<PlaceIx> {
        let places = self.reading.places;
        places[site.head].place.or_else(|| {
            let settled = site.chain.iter().filter(|&&m| places[m].place.is_some());
            settled.min_by_key(|&&m| fineness(&places[m], self.reading.gazetteer)).and_then(|&m| places[m].place)
        })
    }
}

/// Whether a quarter lies within a city's circle, whatever unit holds it.
fn suburb(gazetteer: &Gazetteer, city: PlaceIx, quarter: PlaceIx) -> bool {
    let (a, b) = (gazetteer.at(city), gazetteer.at(quarter));
    let kinds = a.kind == PlaceKind::City && b.kind == PlaceKind::Quarter;
    kinds && Gazetteer::nearer(a, b, f64::from(a.radius_m) / 1000.0)
}

/// Whether a day is just before the one when somebody spoke: what he tells of may have been then.
pub(super) fn days_before_word(word: When, day: When) -> bool {
    (1..=SAID_DAYS).contains(&(word.start - day.start).get_days())
}

/// «وتبنى الحوثيون استهداف منشآت في جدة»: a claim with no day or toll of its own is of the attack told before.
fn claims_only(told: &Told) -> bool {
    let claims = told.agents.claimed_by.is_some_and(|c| told.facts.triggers.iter().all(|t| t.start > c.1.start));
    claims && told.facts.time.is_none() && !told.facts.casualties.tells() && told.facts.weapons.is_empty()
}

/// «تعود الولايات المتحدة لتنفيذ ضربات في منطقتي جرف النصر والقائم»: attacks in the plural, and nothing new of them.
fn retold(told: &Told, event: &Event) -> bool {
    let several = |t: &Hit| matches!(t.class, Class::Trigger { form: Form::Plural, .. });
    let same = told.facts.weapons.iter().all(|w| w.1 == event.event);
    !told.facts.casualties.tells() && same && told.facts.triggers.iter().any(several)
}
