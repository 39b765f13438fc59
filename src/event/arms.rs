//! The weapons of a clause: what it was done with, and not what was struck, stored or said not to have been there.
//!
//! «بصاروخين» a means · «مخازن للصواريخ» stored · «لم ترصد أي مسيّرة» unseen · «دمّر بضربة جوية مسيّرتين» struck.
//! Misses: arms told as found or seized without a word that says so.

use super::facts::{Reading, is_verb, sense};
use crate::lexicon::class::{Class, Cue, Particle, Sense};
use crate::mention::words::{Hit, Words};
use crate::model::EventType;

/// What a strike destroys stands within so many words of the verb; a judgement.
const STRUCK_WORDS: usize = 6;
/// A negation reaches a weapon over so many words; a judgement.
const UNSEEN_WORDS: usize = 7;
/// The table's name for the adjective جوي.
const AIR: &str = "air";
/// The table's name for a tank.
const TANK: &str = "tank";
/// What destroys a tank stands within so many words before it; a judgement.
const WRECKED_WORDS: usize = 4;
/// The table's name for a plain طائرة.
const CRAFT: &str = "craft";

/// The weapons named in a range of words: ids, and the types they make of an open trigger.
pub(super) fn weapons(reading: &Reading<'_, '_>, start: usize, end: usize) -> Vec<(u16, EventType, Hit)> {
    let words = reading.words;
    words
        .within(start, end)
        .iter()
        .filter_map(|h| match h.class {
            Class::Weapon { id, event } => Some((id, event, *h)),
            _ => None,
        })
        .filter(|(_, _, h)| {
            !stored(words, start, h)
                && !base_name(reading, h)
                && !unseen(words, start, h)
                && !struck_boat(words, start, h)
                && !struck_arms(words, start, h)
                && !stops(words, end, h)
                && !struck_tank(reading, (start, end), h)
                && (!is_craft(reading, h) || flies_at(words, h))
        })
        .collect()
}

/// «قاعدة عين الأسد الجوية»: «جوية» tells of an air strike only right after a word for an attack.
fn base_name(reading: &Reading<'_, '_>, weapon: &Hit) -> bool {
    let Class::Weapon { id, .. } = weapon.class else { return false };
    let adjective = reading.lexicon.weapons.get(usize::from(id)).is_some_and(|name| name == AIR);
    let before = weapon.start.checked_sub(1);
    adjective && !before.is_some_and(|w| reading.words.at(w).iter().any(|h| sense(h).is_some()))
}

/// «نفذت مسيّرات غارات على الميناء طالت زوارق»: boats that another weapon strikes.
fn struck_boat(words: &Words<'_>, start: usize, weapon: &Hit) -> bool {
    let boat = matches!(weapon.class, Class::Weapon { event: EventType::NavalAttack, .. }) && weapon.prep.is_none();
    let hits = |h: &Hit| {
        h.end == weapon.start && is_verb(h) && matches!(sense(h), Some(Sense::Reach | Sense::Target | Sense::Destroy))
    };
    let verb = words.within(start, weapon.start).iter().find(|h| hits(h));
    boat && verb.is_some_and(|v| words.any(start, v.start, |h| matches!(h.class, Class::Weapon { .. })))
}

fn is_craft(reading: &Reading<'_, '_>, weapon: &Hit) -> bool {
    let Class::Weapon { id, event } = weapon.class else { return false };
    event == EventType::Airstrike && reading.lexicon.weapons.get(usize::from(id)).is_some_and(|name| name == CRAFT)
}

/// «قصفت طائرة منزلا», «طائرة تابعة للتحالف أطلقت صاروخا»: a plain طائرة is a weapon where it attacks, beside its verb.
fn flies_at(words: &Words<'_>, craft: &Hit) -> bool {
    let attacks = |h: &Hit| {
        is_verb(h)
            && !matches!(sense(h), Some(Sense::Down | Sense::Fall | Sense::Exposed | Sense::Explosion | Sense::Result))
    };
    let open = |from: usize, to: usize| (from..=to).all(|w| words.words.get(w).is_some_and(|w| w.gap.open()));
    let before = |h: &Hit| h.end == craft.start && attacks(h) && open(craft.start, craft.start);
    let after = |h: &Hit| attacks(h) && h.conj.is_none() && open(craft.end, h.start);
    words.within(craft.start.saturating_sub(2), craft.start).iter().any(before)
        || words.within(craft.end, craft.end + 4).iter().any(after)
}

/// «استهدفوا دبابة بصاروخ موجه», «دمّر المقاتلون دبابة», «غارة على دبابة»: a tank that is struck, and strikes nothing.
fn struck_tank(reading: &Reading<'_, '_>, (start, end): (usize, usize), tank: &Hit) -> bool {
    let words = reading.words;
    let Class::Weapon { id, .. } = tank.class else { return false };
    if tank.prep.is_some() || reading.lexicon.weapons.get(usize::from(id)).is_none_or(|name| name != TANK) {
        return false;
    }
    let on = |h: &Hit| h.end == tank.start && h.is_particle(Particle::On);
    let wrecked = |h: &Hit| sense(h) == Some(Sense::Destroy);
    let means = |h: &Hit| matches!(h.class, Class::Weapon { .. }) && h.start != tank.start && h.prep == Some('ب');
    words.any(tank.start.saturating_sub(1), tank.start, on)
        || words.any(start.max(tank.start.saturating_sub(WRECKED_WORDS)), tank.start, wrecked)
        || words.any(start, end, means)
}

/// «أسقطت مقاتلات ثلاث مسيّرات», «مروحيات اعترضت طائرتين مسيّرتين»: what stops a weapon is none of the attack.
fn stops(words: &Words<'_>, end: usize, weapon: &Hit) -> bool {
    let aircraft = |h: &Hit| matches!(h.class, Class::Weapon { event: EventType::Airstrike, .. });
    let other = |h: &Hit| matches!(h.class, Class::Weapon { .. }) && !aircraft(h) && h.prep.is_none();
    if !aircraft(weapon) || weapon.prep.is_some() {
        return false;
    }
    let down = |h: &Hit| {
        is_verb(h)
            && sense(h) == Some(Sense::Down)
            && (h.end == weapon.start || (weapon.end..weapon.end + 2).contains(&h.start))
    };
    let verb = words.within(weapon.start.saturating_sub(2), end.min(weapon.end + 2)).iter().find(|h| down(h));
    verb.is_some_and(|v| words.any(v.end.max(weapon.end), end, other))
}

/// «دمّر بضربة جوية مسيّرتين كانتا على وشك الإقلاع»: arms that a strike destroys.
fn struck_arms(words: &Words<'_>, start: usize, weapon: &Hit) -> bool {
    if weapon.prep.is_some() {
        return false;
    }
    let from = start.max(weapon.start.saturating_sub(STRUCK_WORDS));
    let strike = |h: &Hit| {
        matches!(sense(h), Some(Sense::Strike | Sense::AirRaid)) && h.prep == Some('ب') && h.end == weapon.start
    };
    let Some(by) = words.within(from, weapon.start).iter().find(|h| strike(h)) else { return false };
    words.any(from, by.start, |h| sense(h) == Some(Sense::Destroy) && is_verb(h))
}

/// «لم ترصد الرادارات أي طائرة مسيّرة أو مقاتلة»: weapons that are said not to have been there.
fn unseen(words: &Words<'_>, start: usize, weapon: &Hit) -> bool {
    let from = start.max(weapon.start.saturating_sub(UNSEEN_WORDS));
    let Some(negation) = words.within(from, weapon.start).iter().rfind(|h| h.is_cue(Cue::Negation)) else {
        return false;
    };
    let flows = (negation.end..=weapon.start).all(|w| words.words[w].gap.open());
    let told = |h: &Hit| sense(h).is_some() || matches!(h.class, Class::Victim(..) | Class::Particle(Particle::That));
    flows && weapon.prep.is_none() && !words.any(negation.end, weapon.start, told)
}

/// «مخازن للصواريخ»: weapons that are the target, not the means.
fn stored(words: &Words<'_>, start: usize, weapon: &Hit) -> bool {
    let from = start.max(weapon.start.saturating_sub(4));
    let exposed = words.any(from, weapon.start, |h| matches!(h.class, Class::Trigger { .. }));
    let means = weapon.prep == Some('ب');
    (weapon.prep == Some('ل') || words.any(from, weapon.start, |h| h.is_cue(Cue::Storage))) && !exposed && !means
}
