//! The type of an event, from its trigger and the weapons named with it.
//!
//! «غارة من مسيّرة» a drone strike · «قصف مدفعي» shelling · «هجوم بالصواريخ» a missile attack · «انفجار عبوة» a bombing ·
//! «هجوم على سفينة» a naval attack. A bare قصف takes the type of the attack told before.

use super::facts::{Facts, is_verb, sense};
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Hint, Number, Particle, Sense, Victim};
use crate::mention::words::{Hit, Words};
use crate::model::EventType;

/// A type and whether the words themselves fix it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    /// The type.
    pub event: EventType,
    /// Whether it is certain, or only a default for a bare word.
    pub fixed: bool,
}

/// The type that a clause's words make; shots at one person told by name or office, who died, are an assassination.
pub fn event_type(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<Typed> {
    let typed = told_type(words, lexicon, facts)?;
    let shot = typed.event == EventType::ArmedAttack && shot_dead(words, facts);
    Some(if shot { Typed { event: EventType::Assassination, fixed: true } } else { typed })
}

/// «أطلقوا النار على العضو السابق في المجلس … ما أدى إلى مقتله»: one person, told by title, office or name in quotes.
fn shot_dead(words: &Words<'_>, facts: &Facts) -> bool {
    let one = facts.casualties.killed == Some((1, Some(1)));
    let Some(first) = facts.triggers.iter().find(|_| one) else { return false };
    let Some(on) = words.within(first.end, facts.clause.end).iter().find(|h| h.is_particle(Particle::On)) else {
        return false;
    };
    let whom = words.at(on.end);
    let guard = whom.iter().any(|h| h.is_cue(Cue::Guard));
    !guard
        && whom.iter().any(|h| match h.class {
            Class::Cue(Cue::Person | Cue::Office | Cue::Seat) | Class::Figure(_) => h.prep.is_none(),
            Class::Victim(Victim::Person, Number::Singular) => h.article,
            _ => false,
        })
}

fn told_type(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<Typed> {
    let telling = facts.triggers.iter().find(|t| tells_type(facts, t));
    let trigger = telling.or_else(|| told_anew(facts)).or_else(|| facts.strong()).or_else(|| facts.triggers.first());
    let fixed = |event: EventType| Some(Typed { event, fixed: true });
    if at_sea(words, lexicon, facts, trigger) {
        return fixed(EventType::NavalAttack);
    }
    let armed = by_weapon(lexicon, facts);
    if two_means(words, lexicon, facts) {
        return armed.map(|event| Typed { event, fixed: false });
    }
    let Some(trigger) = trigger else {
        // «غرق السفينة التي أُصيبت بصاروخ»
        let afar = |event: EventType| matches!(event, EventType::MissileAttack | EventType::DroneStrike);
        let afloat = armed.is_some_and(afar) && facts.names_ship(words, lexicon);
        return armed.map(|event| if afloat { EventType::NavalAttack } else { event }).and_then(fixed);
    };
    match (sense(trigger)?, armed) {
        (Sense::Seize, _) => None,
        // «أطلق النار على المصلين ثم فجّر نفسه»
        (Sense::Ambush | Sense::Shooting, Some(event @ (EventType::Bombing | EventType::SuicideBombing))) => {
            fixed(event)
        }
        // «اقتحم انتحاري الكنيسة»
        (Sense::Raid, Some(event @ EventType::SuicideBombing)) => fixed(event),
        (Sense::Assassination, Some(event @ (EventType::DroneStrike | EventType::Airstrike))) => fixed(event),
        (Sense::Clash | Sense::Raid | Sense::Abduction | Sense::Assassination, _) => hinted(trigger),
        (Sense::AirRaid | Sense::Strike, Some(EventType::DroneStrike)) => fixed(EventType::DroneStrike),
        // «أغار مسلحو التنظيم على بلدة»
        (Sense::AirRaid, armed) if is_verb(trigger) && on_foot(words, lexicon, facts, armed) => {
            fixed(EventType::ArmedAttack)
        }
        (Sense::AirRaid, _) => fixed(EventType::Airstrike),
        (Sense::Ambush | Sense::Shooting | Sense::Demolition, _) => hinted(trigger),
        // «دوّت انفجارات … أعقبها إطلاق نار»: what exploded was no rifle.
        (Sense::Explosion | Sense::Bombing, Some(EventType::ArmedAttack)) => bare(trigger, sense(trigger)?),
        (_, Some(event)) => fixed(event),
        (sense, None) => bare(trigger, sense),
    }
}

/// «وجاءت المداهمة في إطار ملاحقة المتورطين في تفجير قنبلة أسفل دورية في X»: after a word for what was told before, a new attack with
/// its place.
fn told_anew(facts: &Facts) -> Option<&Hit> {
    let known = facts.triggers.first().is_some_and(|t| t.article && !is_verb(t));
    let new = |t: &&Hit| {
        let attack = matches!(
            sense(t),
            Some(
                Sense::Bombing
                    | Sense::AirRaid
                    | Sense::Ambush
                    | Sense::Shooting
                    | Sense::Abduction
                    | Sense::Assassination
            )
        );
        attack && !is_verb(t) && !t.article && t.conj.is_none()
    };
    let found = facts.triggers.iter().find(new).filter(|_| known && !facts.sites.is_empty() && facts.time.is_some());
    found.filter(|t| facts.time.is_some_and(|time| time.start > t.end))
}

/// Whether those who raid are men and nothing flies.
fn on_foot(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, armed: Option<EventType>) -> bool {
    let flown = matches!(armed, Some(EventType::Airstrike | EventType::DroneStrike));
    let men = |h: &Hit| match h.class {
        Class::Cue(Cue::Band) | Class::Victim(Victim::Person, Number::Plural) => h.prep.is_none(),
        Class::Actor(id) => h.prep.is_none() && lexicon.actors[usize::from(id)].kind != ActorKind::State,
        _ => false,
    };
    let verb = facts.triggers.iter().find(|t| is_verb(t)).map_or(facts.clause.start, |t| t.end);
    !flown && words.any(facts.clause.start, facts.clause.end.min(verb + 3), men)
}

/// «هجوم بالصواريخ وآخر بطائرة مسيرة»: two attacks in one clause, each by its own means.
fn two_means(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> bool {
    let (Some(missile), Some(drone)) = (missile(facts), drone(lexicon, facts)) else { return false };
    let (from, to) = (missile.2.end.min(drone.2.end), missile.2.start.max(drone.2.start));
    words.any(from, to, |h| h.is_cue(Cue::Another) && h.conj.is_some())
}

/// Whether a trigger names its own type, where a vaguer one may stand before it: «تعرض مخفر لإطلاق نار».
fn tells_type(facts: &Facts, trigger: &Hit) -> bool {
    let first = facts.triggers.first().and_then(sense);
    let vague = match first {
        Some(Sense::Exposed | Sense::Light | Sense::Operation | Sense::Reach | Sense::Result) => true,
        // «صدّت هجوما، وأن المواجهات»: a fight.
        // «مجزرة نابلس …، حين توغلت القوات»: a raid.
        Some(Sense::Attack) => matches!(sense(trigger), Some(Sense::Clash | Sense::Raid)),
        // «استهداف حي X … قُتل فيه 22 في غارتين», «قصف مستوطنة برشقة صاروخية»
        // «استهدف كمين قافلة», «استهدف تفجير أنبوبا»
        Some(Sense::Target) => matches!(
            sense(trigger),
            Some(Sense::AirRaid | Sense::Strike | Sense::Salvo | Sense::Ambush | Sense::Shooting | Sense::Bombing)
        ),
        Some(Sense::Bombard) => sense(trigger) == Some(Sense::Salvo),
        // «سقط قتيلان بالرصاص خلال اقتحام المخيم»: who fell are people.
        Some(Sense::Fall) => sense(trigger) == Some(Sense::Raid),
        _ => false,
    };
    vague
        && matches!(trigger.class, Class::Trigger { hint: Hint::Type(_), .. })
        && sense(trigger) != Some(Sense::HitVerb)
}

fn hinted(trigger: &Hit) -> Option<Typed> {
    match trigger.class {
        Class::Trigger { hint: Hint::Type(event), .. } => Some(Typed { event, fixed: true }),
        _ => None,
    }
}

/// The type of a trigger with no weapon.
fn bare(trigger: &Hit, sense: Sense) -> Option<Typed> {
    let loose = |event: EventType| Some(Typed { event, fixed: false });
    match sense {
        Sense::Bombard => loose(EventType::Shelling),
        Sense::Strike => loose(EventType::Airstrike),
        Sense::Attack | Sense::Target | Sense::Exposed | Sense::Reach | Sense::Operation => loose(EventType::Other),
        Sense::Explosion => loose(EventType::Explosion),
        Sense::Light
        | Sense::Result
        | Sense::Launch
        | Sense::Fall
        | Sense::Down
        | Sense::Fire
        | Sense::Struck
        | Sense::HitVerb
        | Sense::Destroy => None,
        _ => hinted(trigger),
    }
}

/// The type of the weapons: the platform before what it fires, the bomber before his bomb.
fn by_weapon(lexicon: &Lexicon, facts: &Facts) -> Option<EventType> {
    let types: Vec<EventType> = facts.weapons.iter().map(|w| w.1).collect();
    let has = |event: EventType| types.contains(&event);
    let drone = drone(lexicon, facts);
    if has(EventType::SuicideBombing) && drone.is_none() {
        return Some(EventType::SuicideBombing);
    }
    if let (Some(missile), Some(drone)) = (missile(facts), drone) {
        // «صاروخ أطلقته مسيّرة» and «أطلقت مسيّرة صاروخا» are the drone's; «بصواريخ ومسيّرات» is a salvo.
        // «نفّذت مسيّرة غارة بصاروخين»
        let launched =
            facts.triggers.iter().any(|t| matches!(sense(t), Some(Sense::Launch | Sense::Down | Sense::AirRaid)));
        let from_drone = launched && missile.2.conj.is_none() && drone.2.conj.is_none();
        return Some(if from_drone { EventType::DroneStrike } else { EventType::MissileAttack });
    }
    [
        EventType::DroneStrike,
        EventType::Airstrike,
        EventType::Bombing,
        EventType::MissileAttack,
        EventType::Shelling,
        EventType::ArmedAttack,
    ]
    .into_iter()
    .find(|event| has(*event))
}

fn missile(facts: &Facts) -> Option<&(u16, EventType, Hit)> {
    facts.weapons.iter().find(|w| w.1 == EventType::MissileAttack)
}

fn drone<'f>(lexicon: &Lexicon, facts: &'f Facts) -> Option<&'f (u16, EventType, Hit)> {
    facts.weapons.iter().find(|w| lexicon.weapons.get(usize::from(w.0)).is_some_and(|name| name == "drone"))
}

/// «هاجمت حاملة الطائرات», «استُهدفت مدمرة أميركية»; not «أسقطت المدمرة مسيّرتين», «ضربة مدمرة».
fn warship_struck(words: &Words<'_>, facts: &Facts) -> bool {
    let stops = || facts.triggers.iter().any(|t| matches!(sense(t), Some(Sense::Down | Sense::Launch)));
    let noun = |h: &Hit| !is_verb(h) && sense(h).is_some() || matches!(h.class, Class::Target(_) | Class::Kind(_));
    let adjective = |ship: &Hit| words.within(ship.start.saturating_sub(1), ship.start).iter().any(noun);
    facts.may_have(Cue::Warship)
        && !stops()
        && words.any(facts.clause.start, facts.clause.end, |h| h.is_cue(Cue::Warship) && !adjective(h))
}

/// A ship is struck, or boats attack.
fn at_sea(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, trigger: Option<&Hit>) -> bool {
    let boats = facts.weapons.iter().any(|w| w.1 == EventType::NavalAttack);
    let ships = facts.names_ship(words, lexicon) || warship_struck(words, facts);
    // «إنزال على الشاطئ … قبل أن تغادر بالزوارق»
    let ashore = matches!(trigger.and_then(sense), Some(Sense::Raid | Sense::Abduction | Sense::Assassination));
    (boats && (ships || !ashore))
        || (ships && (facts.strong().is_some() || facts.triggers.iter().any(|t| sense(t) == Some(Sense::Seize))))
}
