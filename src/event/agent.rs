//! Who did it, who claims it, who is blamed; `struck` says what was struck.
//!
//! «غارة إسرائيلية» actor Israel · «القاعدة الأميركية» target US forces · «تبنّت المقاومة» claimed ·
//! «حمّلت بغداد الجيش التركي المسؤولية» blamed on Turkey · «أعلن الحرس أنه قصف» actor, a state's own word.
//! Misses: pronouns for actors, passive with an agent told elsewhere.

use super::facts::{Facts, has_object, is_verb, sense};
use super::struck::{base_owner, fired_from, struck, target};
use super::voice::{blame, claim, own_word, said_by, suspect, we};
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Form, Number, Particle, Sense, Victim};
use crate::mention::words::{Hit, Words};
use crate::model::EventType;

/// A subject stands within so many words of its verb; a judgement.
const SUBJECT_WORDS: usize = 9;

/// A time begins within so many words of the subject, where it stands between it and the object.
const TIMED_WORDS: usize = 3;

/// Gunmen are told so many words before their shots; a judgement.
const SHOOTER_WORDS: usize = 4;

/// Whose statement it is stands within so many words of «بحسب»; a judgement.
const SOURCE_WORDS: usize = 7;

/// An actor and the words that name it.
pub type Named = (u16, Hit);

/// The parts that actors play in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agents {
    /// Who did it.
    pub actor: Option<Named>,
    /// Who claims it.
    pub claimed_by: Option<Named>,
    /// Who is accused.
    pub blamed_on: Option<Named>,
    /// Which actor was struck.
    pub target: Option<Named>,
    /// What else was struck: an index into the lexicon's targets.
    pub struck: Option<(u16, Hit)>,
}

impl Agents {
    /// Whoever is said to have done it: by the report, by himself, by others.
    pub fn doers(&self) -> impl Iterator<Item = Named> {
        [self.actor, self.claimed_by, self.blamed_on].into_iter().flatten()
    }
}

/// Reads the parts of a clause; `spoke` is who spoke in the clause before.
pub fn agents(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, spoke: Option<Named>) -> Agents {
    let (start, end) = (facts.clause.start, facts.clause.end);
    let cued = |cue: Cue| (facts.names_actor && facts.may_have(cue)).then_some(());
    let mut agents = Agents {
        claimed_by: cued(Cue::Claim).or(cued(Cue::Own)).and_then(|()| claim(words, start, end)),
        blamed_on: cued(Cue::Accuse)
            .and_then(|()| blame(words, start, end))
            .or_else(|| facts.may_have(Cue::Suspect).then(|| suspect(words, lexicon, start, end)).flatten()),
        ..Agents::default()
    };
    let taken =
        |a: &Agents, hit: &Hit| [a.claimed_by, a.blamed_on].into_iter().flatten().any(|(_, h)| h.start == hit.start);
    let claimed = agents.claimed_by;
    own_word(words, lexicon, facts, spoke, &mut agents);
    if agents.actor.is_none() {
        let named = nisba(words, facts).or_else(|| doer(words, lexicon, facts)).map(|n| whose(words, lexicon, n));
        agents.actor = named.filter(|(_, h)| !taken(&agents, h));
    }
    // «أعلنت المقاومة أن مجاهديها قصفوا»: her word alone.
    let own = agents.claimed_by.filter(|_| claimed.is_none());
    if let Some(actor) =
        agents.actor.filter(|a| own.is_some_and(|c| c.0 == a.0) || by_his_word(words, lexicon, facts, a))
    {
        agents.claimed_by = agents.claimed_by.or(Some(actor));
        agents.actor = None;
    }
    if agents.blamed_on.is_some_and(|(id, _)| agents.actor.is_some_and(|(actor, _)| actor == id)) {
        agents.actor = None;
    }
    if let Some(us) = we(words, lexicon, facts, spoke) {
        (agents.actor, agents.claimed_by) = (None, agents.claimed_by.or(Some(us)));
    }
    agents.target = target(words, lexicon, facts, &agents);
    agents.struck = struck(words, facts);
    agents
}

/// «نصبت الكتائب كمينا …، بحسب بيان للكتائب»: what a group did, by its own word.
fn by_his_word(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, named: &Named) -> bool {
    if lexicon.actors[usize::from(named.0)].kind != ActorKind::Group {
        return false;
    }
    let end = words.lines[facts.clause.line].end;
    let source = words.within(named.1.end, end).iter().find(|h| h.is_cue(Cue::Source));
    source.is_some_and(|s| actors(words, s.end, end.min(s.end + SOURCE_WORDS)).any(|n| n.0 == named.0))
}

fn actor_id(hit: &Hit) -> Option<u16> {
    match hit.class {
        Class::Actor(id) => Some(id),
        _ => None,
    }
}

/// «عاملاً تركياً»: with its vowel sign it is no name of a country, though folding makes it one.
fn is_adjective(words: &Words<'_>, hit: &Hit) -> bool {
    const TANWIN: char = '\u{64b}';
    // «33 جنديا تركيا»: whose soldiers.
    let soldiers = |w: usize| words.at(w).iter().any(|h| h.is_cue(Cue::Soldier));
    hit.end == hit.start + 1
        && !hit.start.checked_sub(1).is_some_and(soldiers)
        && words.original(hit.start, hit.end).trim_end_matches('ا').ends_with(TANWIN)
}

pub(crate) fn actors(words: &Words<'_>, start: usize, end: usize) -> impl Iterator<Item = Named> {
    let named = words.within(start, end).iter().filter_map(|h| actor_id(h).map(|id| (id, *h)));
    named.filter(|(_, hit)| !is_adjective(words, hit))
}

/// A nationality adjective on a trigger noun or a craft: «غارة إسرائيلية», «طائرة مسيّرة تركية», «قصف جوي أميركي».
fn nisba(words: &Words<'_>, facts: &Facts) -> Option<Named> {
    if !facts.has_nisba {
        return None;
    }
    words.within(facts.clause.start, facts.clause.end).iter().find_map(|h| {
        let Class::NisbaActor(id) = h.class else { return None };
        (modifies_attack(words, facts, h.start) && !of_another(words, h.start)).then_some((id, *h))
    })
}

/// «وبعد الضربة الأميركية بساعات»: whose attack it was that was told before.
fn of_another(words: &Words<'_>, at: usize) -> bool {
    let Some(noun) = words.within(at.saturating_sub(1), at).iter().find(|h| sense(h).is_some() && h.article) else {
        return false;
    };
    let after = |h: &Hit| {
        h.end == noun.start && (h.is_cue(Cue::After) || h.is_particle(Particle::Before) || h.is_cue(Cue::Soon))
    };
    words.within(noun.start.saturating_sub(3), noun.start).iter().any(after)
}

/// Whether the noun that an adjective goes with is a trigger or a weapon, passing over other adjectives.
fn modifies_attack(words: &Words<'_>, facts: &Facts, at: usize) -> bool {
    let from = facts.clause.start.max(at.saturating_sub(3));
    for word in (from..at).rev() {
        for hit in words.at(word) {
            match hit.class {
                Class::Trigger { form, .. }
                    // «أغارت طائرة إسرائيلية»: who raids stands before what is raided.
                    if !matches!(form, Form::Verb | Form::Present)
                        || matches!(sense(hit), Some(Sense::Bombard | Sense::AirRaid)) =>
                {
                    return true;
                }
                // «قاعدة عين الأسد الجوية العراقية» tells of no attack by air.
                Class::Weapon { .. } => return facts.weapons.iter().any(|w| w.2.start == word),
                Class::Kind(_)
                | Class::Target(_)
                | Class::Actor(_)
                | Class::Victim(..)
                | Class::Cue(Cue::Office | Cue::Report | Cue::Speaker | Cue::Source) => {
                    return false;
                }
                _ => {}
            }
        }
    }
    false
}

/// «مسلحون من تنظيم داعش», «مسلحو التنظيم»: gunmen whose group is told are the group's.
pub(super) fn whose(words: &Words<'_>, lexicon: &Lexicon, named: Named) -> Named {
    let kind = |id: u16| lexicon.actors[usize::from(id)].kind;
    let of = |next: &Named| {
        let from = words.at(named.1.end).iter().any(|h| h.is_particle(Particle::From) && h.end == next.1.start);
        kind(next.0) == ActorKind::Group
            && words.words[next.1.start].gap.open()
            && (from || next.1.start == named.1.end)
    };
    let group = || actors(words, named.1.end, named.1.end + 2).find(of);
    if kind(named.0) == ActorKind::Unknown { group().unwrap_or(named) } else { named }
}

/// The subject of an active trigger, or whoever follows «من قبل», an object pronoun or a trigger noun.
fn doer(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<Named> {
    let from_base = || {
        let (start, end) = (facts.clause.start, facts.clause.end);
        base_owner(words, lexicon, start, end).filter(|n| fired_from(words, start, n))
    };
    if !facts.names_actor {
        return from_base().filter(|_| facts.has_nisba);
    }
    if let Some(named) = by_hand(words, facts) {
        return Some(named);
    }
    // «قواتها تصدّت لطائرتين هاجمتا القاعدة»: who stopped an attack did not make it.
    for trigger in facts.triggers.iter().filter(|t| sense(t) != Some(Sense::Down)) {
        let found =
            if is_verb(trigger) { of_verb(words, lexicon, facts, trigger) } else { of_noun(words, facts, trigger) };
        if found.is_some() {
            return found;
        }
    }
    killer(words, lexicon, facts)
        .or_else(|| shooter(words, lexicon, facts))
        .or_else(|| craft_of(words, facts))
        .or_else(from_base)
}

/// «خُطف … على يد مسلحين», «استُهدف من قبل الجيش»: who stands right after such words.
fn by_hand(words: &Words<'_>, facts: &Facts) -> Option<Named> {
    let by = words.within(facts.clause.start, facts.clause.end).iter().find(|h| h.is_cue(Cue::By))?;
    facts.triggers.iter().find(|t| t.start < by.start)?;
    actors(words, by.end, facts.clause.end.min(by.end + 3)).next()
}

/// «مقاتلات التحالف», «مسيّرة تابعة لقوات الدعم السريع»: whose craft it was.
fn craft_of(words: &Words<'_>, facts: &Facts) -> Option<Named> {
    let craft = |event: EventType| matches!(event, EventType::Airstrike | EventType::DroneStrike);
    // «برصاص مسلحين», «بنيران الجيش»: who fired.
    let shots = |event: EventType| matches!(event, EventType::ArmedAttack | EventType::Shelling);
    facts.weapons.iter().filter(|w| craft(w.1) || shots(w.1)).find_map(|weapon| {
        // «قصف بالطيران الحربي التركي»: the name itself is of a craft.
        let named = actors(words, weapon.2.start, weapon.2.start + 1).next();
        if let Some(named) = named.filter(|n| craft(weapon.1) && n.1.prep == Some('ب')) {
            return Some(named);
        }
        // «استهدف هجوم بمسيّرة القوات الأميركية»: whom it struck.
        let object = weapon.2.prep == Some('ب') && struck_by(facts, weapon.2.start);
        let at = weapon.2.end;
        let belongs = words.at(at).iter().any(|h| h.is_particle(Particle::Belong));
        let named = actors(words, at, facts.clause.end.min(at + 2)).next()?;
        let open = named.1.start == at && words.words[at].gap.open();
        let straight = open && (named.1.prep.is_none() || (craft(weapon.1) && named.1.prep == Some('ل')));
        ((straight && !object) || (belongs && named.1.start == at + 1)).then_some(named)
    })
}

/// «استهدف هجوم بمسيّرة القوات الأميركية»: the subject of the verb is an attack.
fn attack_strikes(words: &Words<'_>, verb: &Hit) -> bool {
    let noun = |h: &Hit| h.start == verb.end && sense(h).is_some() && !is_verb(h) && h.prep.is_none() && !h.article;
    matches!(sense(verb), Some(Sense::Target | Sense::Reach | Sense::Struck | Sense::HitVerb))
        && words.at(verb.end).iter().any(noun)
}

/// «استهدف هجوم …», «استهدفت …»: a verb of striking opens the telling, so that whoever follows the means is its object.
fn struck_by(facts: &Facts, means: usize) -> bool {
    facts.triggers.first().is_some_and(|t| {
        is_verb(t)
            && t.start < means
            && matches!(sense(t), Some(Sense::Target | Sense::Reach | Sense::Struck | Sense::HitVerb))
    })
}

fn of_verb(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, trigger: &Hit) -> Option<Named> {
    let sense = sense(trigger)?;
    if matches!(sense, Sense::Exposed | Sense::Result | Sense::Explosion | Sense::Fall) {
        return None;
    }
    // «أضرم مستوطنون النار»: within the phrase.
    if let Some(inside) = actors(words, trigger.start, trigger.start + 1).find(|n| n.1.end == trigger.end) {
        return Some(inside);
    }
    let after = actors(words, trigger.end, facts.clause.end.min(trigger.end + 4))
        .next()
        .filter(|_| !pronominal(words, trigger));
    if after.is_some() && (has_subject(words, trigger) || attack_strikes(words, trigger)) {
        return None;
    }
    if let Some(band) = after.filter(|n| band_of(words, trigger.end, n)) {
        let group = lexicon.actors[usize::from(band.0)].kind == ActorKind::Group;
        let open =
            matches!(sense, Sense::Assassination | Sense::Abduction | Sense::Target | Sense::Struck | Sense::Reach);
        return (group || !open).then_some(band);
    }
    // «أطلقت دورية للقوات الإسرائيلية النار»: whose soldiers fire.
    let fires = matches!(sense, Sense::Launch | Sense::Fire | Sense::Shooting);
    let soldiers = |n: &Named| {
        n.1.prep == Some('ل')
            && n.1.start == trigger.end + 1
            && words.at(trigger.end).iter().any(|h| h.is_cue(Cue::Soldier) && h.prep.is_none())
    };
    if let Some(named) = after.filter(|n| fires && soldiers(n)) {
        return Some(named);
    }
    if has_subject(words, trigger) {
        return None;
    }
    if let Some(named) = after.filter(|n| n.1.prep.is_none() && adjacent(words, trigger.end, n.1.start)) {
        if active(words, lexicon, facts, trigger, &named) {
            return Some(named);
        }
        return None;
    }
    if let Some(named) = subject(words, facts, trigger, sense) {
        return Some(named);
    }
    let before = actors(words, facts.clause.start.max(trigger.start.saturating_sub(4)), trigger.start).last()?;
    // «كان الجيش قد قصف»: قد may stand between.
    let gap = trigger.start.saturating_sub(before.1.end);
    let perfect = gap == 1 && words.at(before.1.end).iter().any(|h| h.is_cue(Cue::Maybe));
    let close = (gap == 0 || perfect) && before.1.prep.is_none();
    let preposed = words.any(
        before.1.start.saturating_sub(1),
        before.1.start,
        |h| matches!(h.class, Class::Particle(p) if p != Particle::That),
    );
    (close && !preposed).then_some(before)
}

/// «هاجموا حاملة الطائرات», «أنها قصفت الجيش»: the verb has its subject in itself or right before, and what follows is struck.
fn pronominal(words: &Words<'_>, verb: &Hit) -> bool {
    let that =
        |h: &Hit| h.end == verb.start && h.is_particle(Particle::That) && words.form(h.start).chars().count() > 2;
    let bears = |h: &Hit| that(h) && !words.form(h.start).ends_with("أن") && !words.form(h.start).ends_with("ان");
    words.form(verb.start).ends_with("وا") || words.within(verb.start.saturating_sub(1), verb.start).iter().any(bears)
}

/// «أن المدفعية التركية المتمركزة خلف الحدود أمطرت», «مجهولون يستقلون دراجة فتحوا النار»: an actor that opens its clause is the
/// subject of the first verb of attack, whatever is told of it between.
fn subject(words: &Words<'_>, facts: &Facts, trigger: &Hit, sense: Sense) -> Option<Named> {
    let passive = matches!(sense, Sense::Exposed | Sense::Result | Sense::Explosion | Sense::Fall);
    // «أجلت البحرية ناقلة … التي أصابها زورق»: the subject follows.
    let relative = |at: usize| words.at(at).iter().any(|h| h.is_particle(Particle::Relative));
    if has_object(words, trigger) && trigger.start.checked_sub(1).is_some_and(relative) {
        return None;
    }
    let from = facts.clause.start.max(trigger.start.saturating_sub(SUBJECT_WORDS));
    let named = actors(words, from, trigger.start).last()?;
    let opens = named.1.start <= facts.clause.start + 1
        || !words.words[named.1.start].gap.open()
        || words.within(from, named.1.start).iter().any(|h| {
            h.end == named.1.start
                && (h.is_particle(Particle::That) || matches!(h.class, Class::Victim(Victim::Person, _)))
        });
    let first = facts.triggers.iter().find(|t| t.start >= named.1.end)?.start == trigger.start;
    (!passive && opens && first && named.1.prep.is_none() && !said_by(words, &named)).then_some(named)
}

/// «هاجمت مجموعة من تنظيم داعش», «اقتحمت عناصر من الدعم السريع»: people of the actor right after the verb are its subject.
fn band_of(words: &Words<'_>, from: usize, named: &Named) -> bool {
    let Some(of) = named.1.start.checked_sub(1).filter(|w| *w > from) else { return false };
    let people = |h: &Hit| {
        let band =
            matches!(h.class, Class::Victim(Victim::Person, Number::Plural) | Class::Cue(Cue::Soldier | Cue::Band));
        // «فجّر انتحاري من التنظيم سيارة»
        let bomber = matches!(h.class, Class::Weapon { event: EventType::SuicideBombing, .. });
        (band || bomber) && !h.article && h.prep.is_none()
    };
    words.at(of).iter().any(|h| h.is_particle(Particle::From) && h.conj.is_none())
        && words.at(from).iter().any(people)
        && (from + 1..=named.1.start).all(|w| words.words[w].gap.open())
}

/// «غارات استهدفت قيادة حزب الله», «صواريخ أصابت مقر حماس»: the subject stands before the verb, and what follows is the object.
fn has_subject(words: &Words<'_>, verb: &Hit) -> bool {
    let hits = matches!(
        sense(verb),
        Some(Sense::Target | Sense::Reach | Sense::Struck | Sense::HitVerb | Sense::Destroy | Sense::Attack)
    );
    let flows = words.words[verb.start].gap.open() && verb.conj.is_none();
    let means = |h: &Hit| {
        let noun = (sense(h).is_some() && !is_verb(h)) || matches!(h.class, Class::Weapon { .. });
        // «مسيّرة تابعة له هاجمت»
        let belongs = || words.any(h.end, h.end + 1, |b| b.is_particle(Particle::Belong));
        noun && (h.end == verb.start || belongs())
    };
    hits && flows && words.any(verb.start.saturating_sub(4), verb.start, means)
}

/// Nothing but adjectives between.
fn adjacent(words: &Words<'_>, from: usize, to: usize) -> bool {
    to <= from + 2
        && (from..to).all(|w| {
            let other = |h: &Hit| matches!(h.class, Class::Particle(_) | Class::Target(_)) || h.prep == Some('ل');
            !words.at(w).iter().any(other)
        })
}

/// An unvowelled verb with one actor after it is active where an object follows, or where the verb is of doing or the
/// actor can only act: «شنت الولايات المتحدة», «اغتال مسلحون».
fn active(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, trigger: &Hit, named: &Named) -> bool {
    if lexicon.actors[usize::from(named.0)].kind == ActorKind::Unknown || has_object(words, trigger) {
        return true;
    }
    match sense(trigger) {
        Some(Sense::Target | Sense::Reach | Sense::Struck | Sense::HitVerb) => {
            let past = named.1.end;
            let next = words.at(past);
            let passive = next.iter().any(|h| {
                matches!(h.class, Class::Particle(_) | Class::Numeral(..)) || h.prep.is_some() || h.conj.is_some()
            }) || past >= facts.clause.end;
            !passive || object_past_time(words, past, facts.clause.end)
        }
        _ => true,
    }
}

/// «استهدفت المقاومة عند الساعة 08:10 من صباح اليوم قاعدة X»: the object stands behind the time.
fn object_past_time(words: &Words<'_>, past: usize, end: usize) -> bool {
    let timed = words.any(past, end.min(past + TIMED_WORDS), |h| matches!(h.class, Class::Time(..)));
    let object = |h: &&Hit| matches!(h.class, Class::Kind(_) | Class::Target(_)) && h.start > past;
    let Some(object) = words.within(past, end.min(past + SUBJECT_WORDS)).iter().find(object).filter(|_| timed) else {
        return false;
    };
    let led = |h: &Hit| h.end == object.start && matches!(h.class, Class::Particle(_));
    let open = (past..object.start).all(|w| words.words[w + 1].gap.open());
    open && object.prep.is_none() && !words.within(object.start - 1, object.start).iter().any(led)
}

/// «قصف الجيش», «هجوم لتنظيم داعش», «غارة للتحالف»; «هجوم على X» and «استهداف X» name who was struck.
fn of_noun(words: &Words<'_>, facts: &Facts, trigger: &Hit) -> Option<Named> {
    // «المسؤول عن عمليات الكتائب»
    if matches!(sense(trigger), Some(Sense::Target | Sense::Operation)) {
        return None;
    }
    // «جدد الحرس قصفه لمقرات الأحزاب»: by the one the pronoun stands for.
    if possessed(words, trigger) {
        return possessor(words, facts, trigger);
    }
    if let Some(named) = from_whom(words, trigger, facts.clause.end) {
        return Some(named);
    }
    let named = actors(words, trigger.end, facts.clause.end.min(trigger.end + 2)).next()?;
    let straight = named.1.start == trigger.end && !trigger.article;
    // «هجوم لتنظيم داعش» is his; «دهم لوكر التنظيم» is not.
    // «بقصف موقع لحماس»: whose place was struck.
    let thing = words.any(trigger.end, named.1.start, |h| matches!(h.class, Class::Kind(_) | Class::Target(_)));
    let by = named.1.prep == Some('ل') && sense(trigger) != Some(Sense::Raid) && !thing;
    (by || straight && named.1.prep.is_none()).then_some(named)
}

/// «قصف مدفعي من قوات الدعم السريع», «إطلاق نار من الجيش»: from whom it came, past what tells the means.
fn from_whom(words: &Words<'_>, trigger: &Hit, end: usize) -> Option<Named> {
    // «إطلاق نار مباشر من مجهولين»: an adjective that no table knows.
    let means = |w: usize| {
        let hits = words.at(w);
        hits.is_empty() || hits.iter().any(|h| matches!(h.class, Class::Weapon { .. }) && h.prep.is_none())
    };
    let mut at = trigger.end;
    while at < end && at < trigger.end + 2 && means(at) {
        at += 1;
    }
    let from = words.at(at).iter().find(|h| h.is_particle(Particle::From) && h.conj.is_none())?;
    let open = (trigger.end..=from.end).all(|w| words.words.get(w).is_some_and(|w| w.gap.open()));
    actors(words, from.end, end.min(from.end + 1)).next().filter(|_| open)
}

/// Whether a pronoun on its noun tells whose attack it was: «قصفه», «غاراتها», «هجومهم».
pub(super) fn possessed(words: &Words<'_>, trigger: &Hit) -> bool {
    let form = words.form(trigger.start);
    let bare = |s: &str| form.strip_suffix(s).is_some_and(|stem| stem.chars().count() >= 3);
    !is_verb(trigger) && !trigger.article && trigger.end == trigger.start + 1 && (bare("ه") || bare("ها") || bare("هم"))
}

/// The actor that such a pronoun stands for: the last before it.
fn possessor(words: &Words<'_>, facts: &Facts, trigger: &Hit) -> Option<Named> {
    let from = facts.clause.start.max(trigger.start.saturating_sub(SUBJECT_WORDS));
    actors(words, from, trigger.start).last().filter(|n| n.1.prep.is_none())
}

/// «قتل مجهولون … الناشطة»: gunmen right after a verb of killing.
fn killer(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<Named> {
    let (start, end) = (facts.clause.start, facts.clause.end);
    words.within(start, end).iter().find_map(|h| {
        let kills = matches!(h.class, Class::Victim(Victim::Kill, Number::Verb));
        let by = actors(words, h.end, end.min(h.end + 1)).next()?;
        let unknown = lexicon.actors[usize::from(by.0)].kind == ActorKind::Unknown;
        (kills && unknown && by.1.prep.is_none()).then_some(by)
    })
}

/// «بادرها مجهولون بإطلاق النار», «قام مسلحون بإطلاق النار»: gunmen told before what they did.
fn shooter(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<Named> {
    let shots = facts.triggers.iter().find(|t| sense(t) == Some(Sense::Shooting) && t.prep == Some('ب'))?;
    let from = facts.clause.start.max(shots.start.saturating_sub(SHOOTER_WORDS));
    let named = actors(words, from, shots.start).last()?;
    let flows = (named.1.end..=shots.start).all(|w| words.words[w].gap.open());
    let unknown = lexicon.actors[usize::from(named.0)].kind == ActorKind::Unknown;
    let hurt = |h: &Hit| matches!(h.class, Class::Victim(Victim::Kill | Victim::Injure, _));
    (unknown && flows && named.1.prep.is_none() && !words.any(from, named.1.start, hurt)).then_some(named)
}
