//! What one clause says: its triggers, sites, time, weapons, casualties and status cues, gathered before anybody
//! asks to which event it belongs.

use super::arms::weapons;
use super::clause::Clause;
use super::said::{after_source, fronted, own_time, says_until, spoken};
use super::site::{self, Site};
use super::status::defused;
use super::trigger::{Idle, triggers};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Number, Particle, Sense, TimeWord, Victim};
use crate::mention::casualty::{Casualties, casualties};
use crate::mention::place::PlaceMention;
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::{Hit, Words};
use crate::model::{EventType, GeoPrecision, PlaceKind};

/// A title stands within so many words of the verb of killing; a judgement.
const TITLE_WORDS: usize = 6;
/// What flew meanwhile is told within so many words of the attack under which somebody left; a judgement.
const MEANWHILE_WORDS: usize = 1;
/// The table's name for ships.
const SHIP: &str = "commercial ship";

/// All mentions of a document, for the stages after.
pub struct Reading<'r, 'a> {
    /// Words, sentences, lexicon hits.
    pub words: &'r Words<'a>,
    /// Settled place mentions, in order.
    pub places: &'r [PlaceMention],
    /// Times, in order.
    pub times: &'r [TimeMention],
    /// The gazetteer.
    pub gazetteer: &'r Gazetteer,
    /// The word tables.
    pub lexicon: &'r Lexicon,
}

impl<'r> Reading<'r, '_> {
    /// The times that start in a range of words.
    pub fn times_in(&self, start: usize, end: usize) -> &'r [TimeMention] {
        let from = self.times.partition_point(|t| t.start < start);
        let to = self.times.partition_point(|t| t.start < end);
        self.times.get(from..to).unwrap_or(&[])
    }

    /// The place mentions that start in a range of words.
    pub fn places_in(&self, start: usize, end: usize) -> &'r [PlaceMention] {
        let from = self.places.partition_point(|m| m.start < start);
        let to = self.places.partition_point(|m| m.start < end);
        self.places.get(from..to).unwrap_or(&[])
    }
}

/// What a clause says.
#[derive(Debug)]
pub struct Facts {
    /// The clause.
    pub clause: Clause,
    /// Its triggers, void ones left out.
    pub triggers: Vec<Hit>,
    /// Words for an attack that are no triggers here, and why.
    pub idle: Vec<(Hit, Idle)>,
    /// Its sites.
    pub sites: Vec<Site>,
    /// When, by the clause's own words.
    pub time: Option<TimeMention>,
    /// Whether that is only when somebody spoke: «أعلن، اليوم الجمعة، ارتفاع حصيلة الهجوم».
    pub said: bool,
    /// The words that place names take, first and past the last.
    pub names: Vec<(usize, usize)>,
    /// Those of them whose words tell nothing of what was struck: «جسر الشغور» is a town.
    pub(super) called: Vec<(usize, usize)>,
    /// A time that opens a count.
    pub since: Option<TimeMention>,
    /// A time that closes a count.
    pub until: Option<TimeMention>,
    /// Weapons named: ids and the types they make of an open trigger.
    pub weapons: Vec<(u16, EventType, Hit)>,
    /// Casualties.
    pub casualties: Casualties,
    /// Which cues the clause may have, a bit each; see [`bit`].
    cues: u64,
    /// Whether it names an actor.
    pub(super) names_actor: bool,
    /// Whether it has an adjective that names an actor.
    pub(super) has_nisba: bool,
    /// Whether it names a kind of target.
    pub(super) names_target: bool,
}

/// The bit of a cue; beyond 64 cues some share one.
fn bit(cue: Cue) -> u64 {
    1 << (cue as u32 % u64::BITS)
}

impl Facts {
    /// Gathers the facts of a clause.
    pub fn of(reading: &Reading<'_, '_>, clause: Clause) -> Facts {
        let words = reading.words;
        let (start, end) = (clause.start, clause.end);
        let times = reading.times_in(start, end);
        let told: Vec<(usize, usize)> = times.iter().map(|t| (t.start, t.end)).collect();
        let role = |role: TimeRole| times.iter().copied().find(|t| t.role == role);
        let (triggers, idle) = triggers(words, times, start, end);
        let that = says_until(words, clause);
        let sites = |clause: Clause| site::sites(words, reading.places, reading.gazetteer, &clause);
        let mut told_at = sites(after_source(words, clause, that));
        // «وفي السليمانية، أوضح القائممقام أن القصف»: where he speaks of an attack told before.
        let anew = triggers.iter().any(|t| !t.article);
        if let Some(front) = fronted(words, clause, that).filter(|_| told_at.is_empty() && anew) {
            told_at = sites(front);
        }
        let mut facts = Facts {
            clause,
            triggers,
            idle,
            sites: told_at,
            time: own_time(words, times, clause, that),
            said: false,
            names: reading.places_in(start, end).iter().map(|m| (m.lead, m.end)).collect(),
            called: reading
                .places_in(start, end)
                .iter()
                .filter(|m| m.end - m.lead > 1 && called(reading, m))
                .map(|m| (m.start, m.end))
                .collect(),
            since: role(TimeRole::Since),
            until: role(TimeRole::Until),
            weapons: weapons(reading, start, end),
            casualties: casualties(words, start, end, &told),
            cues: 0,
            names_actor: false,
            has_nisba: false,
            names_target: false,
        };
        facts.look_over(words.within(start, end));
        facts.past_meanwhile();
        facts.past_funeral(reading);
        facts.past_stopped();
        facts.seize_ships(reading);
        facts.said = facts.time.is_some_and(|t| spoken(words, clause, &t));
        facts.since_today(reading);
        facts.since_as_time(words);
        facts.past_comparison(reading);
        facts
    }

    /// Notes what its words are, so that nobody looks for what it has not.
    fn look_over(&mut self, hits: &[Hit]) {
        for hit in hits {
            match hit.class {
                Class::Cue(cue) => self.cues |= bit(cue),
                Class::Actor(_) => self.names_actor = true,
                Class::NisbaActor(_) => self.has_nisba = true,
                Class::Target(_) => self.names_target = true,
                _ => {}
            }
        }
    }

    /// Whether the clause names a ship.
    pub(super) fn names_ship(&self, words: &Words<'_>, lexicon: &Lexicon) -> bool {
        self.names_target
            && words.any(self.clause.start, self.clause.end, |h| match h.class {
                Class::Target(id) => lexicon.targets.get(usize::from(id)).is_some_and(|t| t == SHIP) && !self.flies(h),
                _ => false,
            })
    }

    /// «شنت طائرات وسفن أميركية غارات»: what stands beside aircraft strikes as they do.
    pub(super) fn flies(&self, hit: &Hit) -> bool {
        let aircraft = |w: &(u16, EventType, Hit)| w.1 == EventType::Airstrike && w.2.end == hit.start;
        hit.conj.is_some() && self.weapons.iter().any(aircraft)
    }

    /// «انسحبوا تحت غارات الطيران»: nobody attacked with what flew meanwhile.
    fn past_meanwhile(&mut self) {
        if let Some((under, _)) = self.idle.iter().find(|(_, why)| *why == Idle::Under) {
            self.weapons.retain(|w| w.2.start < under.start || w.2.start > under.end + MEANWHILE_WORDS);
        }
    }

    /// «شيّع أهالي مدينة الصدر ضحايا التفجير الذي مزّق سوق الوحيلات»: the mourners' place is not that of the attack.
    fn past_funeral(&mut self, reading: &Reading<'_, '_>) {
        let Some(at) = self.first(reading.words, Cue::Buried) else { return };
        let Some(first) = self.triggers.first().map(|t| t.start).filter(|t| *t > at) else { return };
        let after = |site: &Site| reading.places[site.head].start > first;
        if self.sites.iter().any(after) {
            self.sites.retain(after);
        }
    }

    /// «وتبنى التنظيم الهجوم …، لتكون ثالث عملية له في طرابلس هذه السنة», «وراء الحادث، وهو الأول في خليج عدن منذ آب»: of which number
    /// an attack told before is tells not where it was.
    fn past_comparison(&mut self, reading: &Reading<'_, '_>) {
        let words = reading.words;
        let known = |t: &&Hit| t.article || sense(t) == Some(Sense::Operation);
        let told = self.triggers.iter().take_while(known).filter(|t| t.article).last();
        let Some(first) = told.map(|t| t.end).filter(|_| !self.sites.is_empty() && !self.casualties.hurt()) else {
            return;
        };
        if !self.weapons.is_empty() {
            return;
        }
        let trigger = |at: usize| words.at(at).iter().any(|h| sense(h).is_some() && !is_verb(h));
        let after_this = |at: usize| words.any(at.saturating_sub(1), at, |h| h.is_cue(Cue::This));
        let nth = |h: &&Hit| match h.class {
            Class::Cue(Cue::Nth) => trigger(h.end),
            Class::Ordinal(_) => after_this(h.start),
            _ => false,
        };
        if let Some(at) = words.within(first, self.clause.end).iter().find(nth).map(|h| h.start) {
            self.sites.retain(|site| reading.places[site.head].start < at);
        }
    }

    /// «اعتراض وتدمير صاروخ»: what was shot down is no damage.
    fn past_stopped(&mut self) {
        let Some((start, end)) = self.casualties.damage else { return };
        let mut stops = self.triggers.iter().filter(|t| sense(t) == Some(Sense::Down) && t.end <= start).peekable();
        let weapon = |w: &(u16, EventType, Hit)| w.2.start == end || w.2.start == end + 1;
        if stops.peek().is_some() && (self.weapons.iter().any(weapon) || stops.any(|t| t.end == start)) {
            self.casualties.damage = None;
        }
    }

    /// «سيطرت الفرق على حريق» seizes no ship.
    fn seize_ships(&mut self, reading: &Reading<'_, '_>) {
        let seizes = |t: &Hit| sense(t) == Some(Sense::Seize);
        if self.triggers.iter().any(seizes) && !self.names_ship(reading.words, reading.lexicon) {
            self.triggers.retain(|t| !seizes(t));
        }
    }

    /// «شنت طائرات منذ صباح اليوم أكثر من 8 غارات على الكهوف في بادية الرصافة»: of the day, and no total.
    fn since_today(&mut self, reading: &Reading<'_, '_>) {
        let today = self.since.filter(|s| s.kind == TimeKind::Today && self.time.is_none() && self.until.is_none());
        let [site] = self.sites.as_slice() else { return };
        let placed = site.known_finely(reading.places, reading.gazetteer);
        let deed = self.triggers.iter().any(|t| matches!(t.class, Class::Trigger { form: Form::Verb, .. }));
        if let Some(today) = today.filter(|_| placed && deed && !self.casualties.hurt()) {
            self.time = Some(TimeMention { role: TimeRole::At, ..today });
        }
    }

    /// «الأعنف منذ كانون الثاني 2018 حين أودى هجوم»: the day counted from is the day of the event that follows.
    fn since_as_time(&mut self, words: &Words<'_>) {
        let told = [self.since, self.until].into_iter().flatten();
        let day = |at: usize| words.at(at).iter().any(|h| matches!(h.class, Class::Time(TimeWord::Unit, _)));
        let leads =
            |s: &TimeMention| self.cue_at(words, s.end, Cue::Because) || (s.end < self.clause.end && day(s.end));
        // «منذ سريان الهدنة في تشرين الثاني، بعدما دمّرت غارة، الجمعة الماضي، مبنى»: it has a day of its own.
        let own = |s: &TimeMention| self.time.is_some_and(|t| t.start > s.start && t.when.is_some());
        if let Some(time) = told.clone().find(leads).filter(|s| !own(s)) {
            self.time = Some(TimeMention { role: TimeRole::At, ..time });
            (self.since, self.until) = (None, None);
            self.triggers.retain(|t| t.start > time.start);
        }
    }

    fn cue_at(&self, words: &Words<'_>, at: usize, cue: Cue) -> bool {
        at < self.clause.end && words.at(at).iter().any(|h| h.is_cue(cue))
    }

    /// Whether the clause may have a cue: quick, and sure where it says no.
    pub(super) fn may_have(&self, cue: Cue) -> bool {
        self.cues & bit(cue) != 0
    }

    /// Whether the clause has a cue.
    pub fn has(&self, words: &Words<'_>, cue: Cue) -> bool {
        self.first(words, cue).is_some()
    }

    /// The first word of a cue in the clause.
    pub fn first(&self, words: &Words<'_>, cue: Cue) -> Option<usize> {
        if !self.may_have(cue) {
            return None;
        }
        let is = |h: &&Hit| matches!(h.class, Class::Cue(found) if found == cue);
        words.within(self.clause.start, self.clause.end).iter().find(is).map(|h| h.start)
    }

    /// The trigger that says most: any but verbs of doing and telling a result, and the anaphor عملية.
    pub fn strong(&self) -> Option<&Hit> {
        self.triggers.iter().find(|t| sense(t).is_some_and(|s| self.stands_alone(s)))
    }

    fn stands_alone(&self, sense: Sense) -> bool {
        let armed = !self.weapons.is_empty();
        match sense {
            Sense::Light | Sense::Result | Sense::Operation => false,
            Sense::Launch
            | Sense::Fall
            | Sense::Down
            | Sense::Fire
            | Sense::Struck
            | Sense::HitVerb
            | Sense::Destroy => armed,
            Sense::Exposed => self.triggers.len() > 1 || armed,
            _ => true,
        }
    }

    /// The type of an attack told without a trigger: «أقدم مسلحون مجهولون على قتل صاحب محل», «قُتل شرطي بعبوة ناسفة», «أصيبت
    /// سفينة بزورق مسيّر».
    pub fn implied(&self, reading: &Reading<'_, '_>) -> Option<EventType> {
        let (start, end) = (self.clause.start, self.clause.end);
        if self.may_have(Cue::Defuse) && defused(self, reading.words) {
            return Some(EventType::Bombing);
        }
        if let Some(event) = self.item(reading.words) {
            return Some(event);
        }
        // «قتل مجهولون», «قتل مسلحو التنظيم عشرة»
        let kills = |w: usize| {
            reading
                .words
                .within(w.saturating_sub(2), w)
                .iter()
                .any(|h| h.end == w && matches!(h.class, Class::Victim(Victim::Kill, Number::Verb)))
        };
        let unknown = |h: &Hit| match h.class {
            Class::Actor(id) => {
                let kind = reading.lexicon.actors[usize::from(id)].kind;
                kind == ActorKind::Unknown || (kind == ActorKind::Group && h.prep.is_none() && kills(h.start))
            }
            _ => false,
        };
        let harms = |h: &Hit| matches!(h.class, Class::Victim(Victim::Kill | Victim::Injure, _));
        let craft = |h: &Hit| matches!(h.class, Class::Target(_));
        let struck = self.casualties.hurt() || reading.words.any(start, end, craft);
        if !reading.words.any(start, end, harms) || !struck {
            return None;
        }
        // «أودت سيارة مفخخة بـ17 شخصا»: what killed them.
        let subject = |w: &(u16, EventType, Hit)| {
            reading.words.within(w.2.start.saturating_sub(2), w.2.start).iter().any(|h| h.end == w.2.start && harms(h))
        };
        let means = self.weapons.iter().find(|w| is_means(reading.words, &w.2) || subject(w));
        let shot = |w: &(u16, EventType, Hit)| w.1 == EventType::ArmedAttack;
        let by_unknown = reading.words.any(start, end, unknown);
        if by_unknown && means.is_none_or(shot) && self.kills_somebody_named(reading.words) {
            return Some(EventType::Assassination);
        }
        means.map(|w| w.1).or_else(|| by_unknown.then_some(EventType::ArmedAttack))
    }

    /// «العملية التي نفّذتها قوات الأمن ليل السبت في حي X … وأسفرت عن مقتل»: an operation with its day, its place and its toll.
    pub fn force_in_action(&self, reading: &Reading<'_, '_>) -> bool {
        let named = |t: &&Hit| sense(t) == Some(Sense::Operation) && t.article;
        let Some(operation) = self.triggers.iter().find(named) else { return false };
        let only =
            self.triggers.iter().all(|t| matches!(sense(t), Some(Sense::Operation | Sense::Light | Sense::Result)));
        // «العملية الأمنية التي نفّذتها»
        let relative = |h: &&Hit| h.is_particle(Particle::Relative);
        let which = reading.words.within(operation.end, operation.end + 2).iter().find(relative);
        let carried_out =
            which.is_some_and(|w| self.triggers.iter().any(|t| t.start == w.end && sense(t) == Some(Sense::Light)));
        let placed = self.sites.iter().any(|s| s.known_finely(reading.places, reading.gazetteer));
        only && carried_out && placed && self.time.is_some() && self.casualties.hurt()
    }

    /// «الأربعاء: طائرتان مسيّرتان على قاعدة عين الأسد», «عبوة ثانية على رتل»: an item of a list that opens with the weapon and has
    /// no verb.
    fn item(&self, words: &Words<'_>) -> Option<EventType> {
        let line = words.lines[self.clause.line];
        let (_, event, weapon) = self.weapons.first()?;
        let opens = (line.start..weapon.start + 1).rfind(|&w| words.words[w].gap.stop || w == line.start)?;
        let lead = (opens..weapon.start).all(|w| words.at(w).iter().any(|h| matches!(h.class, Class::Numeral(..))));
        let aimed = words
            .within(weapon.end, self.clause.end.min(weapon.end + 3))
            .iter()
            .any(|h| matches!(h.class, Class::Particle(Particle::On | Particle::Toward)));
        let verb = self.triggers.iter().any(|t| t.start < weapon.end + 3);
        (lead && aimed && !verb && weapon.prep.is_none()).then_some(*event)
    }

    /// «قتل مجهولون … الناشطة ريهام»: one person, told by a title.
    fn kills_somebody_named(&self, words: &Words<'_>) -> bool {
        let killed = words
            .within(self.clause.start, self.clause.end)
            .iter()
            .find(|h| matches!(h.class, Class::Victim(Victim::Kill, Number::Verb)));
        killed.is_some_and(|kill| {
            matches!(self.casualties.killed, Some((1, Some(1)) | (2, Some(2))))
                && words.within(kill.end, self.clause.end.min(kill.end + TITLE_WORDS)).iter().any(|h| {
                    let title = matches!(h.class, Class::Cue(Cue::Person | Cue::Office));
                    let rank = matches!(h.class, Class::Victim(Victim::Person, Number::Singular | Number::Dual));
                    (title || rank) && (h.article || words.form(h.start).starts_with("ال"))
                })
        })
    }

    /// Whether all trigger nouns are definite: «الهجوم», «الغارات».
    pub fn definite(&self) -> bool {
        let mut nouns = self.triggers.iter().filter(|t| !is_verb(t)).peekable();
        nouns.peek().is_some() && nouns.all(|t| t.article)
    }
}

/// Whether a place is only called so, and no site of the kind that its name tells, or of a kind that tells by itself what was
/// struck; what is near a site was not struck either.
fn called(reading: &Reading<'_, '_>, mention: &PlaceMention) -> bool {
    let kind = mention.place.map(|p| reading.gazetteer.at(p).kind).or(mention.kinds.first().copied());
    let tells = |kind: PlaceKind| reading.lexicon.target_kinds.iter().any(|(k, _)| *k == kind);
    let site = kind.is_some_and(|k| k.precision() == GeoPrecision::Site && !(tells(k) && mention.place.is_some()));
    let before = mention.lead.checked_sub(1);
    !site || before.is_some_and(|w| reading.words.at(w).iter().any(|h| h.is_particle(Particle::Near)))
}

/// A trigger's sense.
pub fn sense(hit: &Hit) -> Option<Sense> {
    match hit.class {
        Class::Trigger { sense, .. } => Some(sense),
        _ => None,
    }
}

/// Whether a trigger is a verb.
pub fn is_verb(hit: &Hit) -> bool {
    matches!(hit.class, Class::Trigger { form: Form::Verb | Form::Present, .. })
}

/// Whether a verb carries its object: «قصفتها», «استهدفته».
pub(super) fn has_object(words: &Words<'_>, verb: &Hit) -> bool {
    is_verb(verb) && ["ها", "ته", "تهم", "هما"].iter().any(|end| words.form(verb.start).ends_with(end))
}

/// Whether «بـ» makes a weapon the means: «بعبوة».
pub(super) fn is_means(words: &Words<'_>, weapon: &Hit) -> bool {
    weapon.prep == Some('ب') || words.form(weapon.start).starts_with('ب')
}
