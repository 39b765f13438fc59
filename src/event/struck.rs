//! What was struck: whose people were hurt, whose base it was, or another kind of target.
//!
//! «القاعدة الأميركية» US forces · «خمسة من الحشد قُتلوا» the PMF · «غارة على منزل» civilians · «قاعدة للتحالف … بينهم جندي أميركي» the
//! coalition. Misses: people told by a pronoun.

use super::agent::{Agents, Named, actors};
use super::facts::{Facts, is_verb, sense};
use super::voice::said_by;
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Particle, Sense, Victim};
use crate::mention::words::{Hit, Words};
use crate::model::{GeoPrecision, PlaceKind};

/// A base's owner is told within so many words of its kind word; a judgement.
const OWNER_WORDS: usize = 6;
/// A base's name has so many words; a judgement.
const NAME_WORDS: usize = 3;
/// The longest words for whose friend or leftovers something is; a judgement.
const FRIEND_WORDS: usize = 4;
/// The parts of a toll stand within so many words of «بينهم»; a judgement.
const PART_WORDS: usize = 6;

/// An actor that is named where the object stands, and plays no other part.
pub(super) fn target(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, agents: &Agents) -> Option<Named> {
    let plays = [agents.actor, agents.claimed_by, agents.blamed_on];
    let free = |named: &Named| {
        !plays.into_iter().flatten().any(|(id, h)| id == named.0 || h.start == named.1.start)
            && lexicon.actors[usize::from(named.0)].kind != ActorKind::Unknown
    };
    let hurt = victims(words, facts).filter(|n| free(n));
    if hurt.is_some_and(|n| !in_breakdown(words, facts, &n)) {
        return hurt;
    }
    aimed_at(words, lexicon, facts, free).or(hurt)
}

/// Who is named where the object stands, or holds the base that is.
fn aimed_at(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, free: impl Fn(&Named) -> bool) -> Option<Named> {
    let first = facts.triggers.first().filter(|_| facts.names_actor || facts.has_nisba)?;
    let limit = source(words, facts);
    let near = |n: &Named| {
        let from = first.end.max(n.1.start.saturating_sub(6));
        words.any(from, n.1.start, |h| h.is_particle(Particle::Near))
    };
    // «أعلن تحييد ستة من عناصر حزب العمال في غارة»: told before the attack.
    let announced = |at: &usize| words.any(at.saturating_sub(OWNER_WORDS), *at, |h| h.is_cue(Cue::Report));
    let deed = facts.first(words, Cue::Deed).filter(|at| *at < first.start).filter(announced);
    let after = actors(words, deed.map_or(first.end, |at| at + 1), limit).find(|n| {
        free(n)
            && !says_next(words, n.1.end)
            && !said_by(words, n)
            && !near(n)
            && !comes_from(words, n)
            && !only_theirs(words, n)
    });
    let (start, end) = (facts.clause.start, facts.clause.end);
    after.or_else(|| base_owner(words, lexicon, start, end).filter(|n| free(n) && !fired_from(words, start, n)))
}

/// «تسعة أشخاص بينهم جندي أميركي»: only a part of those hurt.
fn in_breakdown(words: &Words<'_>, facts: &Facts, named: &Named) -> bool {
    words.any(facts.casualties.start, named.1.start, |h| h.class == Class::Breakdown)
}

/// «وزير موالٍ للحوثيين», «لغم من مخلفات التنظيم»: whose friend, foe or leftovers it is, and not whose people or place.
fn only_theirs(words: &Words<'_>, named: &Named) -> bool {
    let from = named.1.start.saturating_sub(FRIEND_WORDS);
    words.within(from, named.1.start).iter().any(|h| h.is_cue(Cue::Friend) && h.end == named.1.start)
}

/// «المدعومة من إيران», «قادمة من سوريا»: somebody or something that comes from there; not «ثلاثة من الحشد».
fn comes_from(words: &Words<'_>, named: &Named) -> bool {
    let Some(from) = named.1.start.checked_sub(1) else { return false };
    let is_from = |h: &Hit| h.end == named.1.start && h.is_particle(Particle::From);
    let people = |h: &Hit| {
        matches!(h.class, Class::Victim(..) | Class::Numeral(..) | Class::Cue(Cue::Soldier | Cue::Band | Cue::Guard))
            || (sense(h).is_some() && !is_verb(h))
    };
    let before = from.checked_sub(1);
    let counted = before.is_some_and(|w| words.words[w].digits || words.at(w).iter().any(people));
    words.at(from).iter().any(is_from)
        && !counted
        && before.is_some_and(|w| words.form(w).ends_with('ة') || words.form(w).starts_with("ال"))
}

/// «من موقع إسرائيلي»: whose base it came from.
pub(super) fn fired_from(words: &Words<'_>, start: usize, named: &Named) -> bool {
    let base = named.1.start.saturating_sub(1);
    base > start
        && words.at(base).iter().any(|h| matches!(h.class, Class::Kind(_)))
        && words.at(base - 1).iter().any(|h| h.is_particle(Particle::From))
}

/// «القاعدة الأميركية», «معسكر الشهداء التابع للحشد», «قاعدة للجيش التركي»: whose a place is said to be.
pub(super) fn base_owner(words: &Words<'_>, lexicon: &Lexicon, start: usize, end: usize) -> Option<Named> {
    let owned = |h: &&Hit| match h.class {
        Class::Kind(id) => {
            let kinds = &lexicon.kinds[usize::from(id)].kinds;
            kinds.first().is_some_and(|k| k.precision() == GeoPrecision::Site)
        }
        _ => false,
    };
    words.within(start, end).iter().filter(owned).find_map(|kind| {
        words.within(kind.end, end.min(kind.end + OWNER_WORDS)).iter().find_map(|h| {
            let before = h.start.checked_sub(1)?;
            match h.class {
                // «المستشفى السعودي», «الجامعة الأميركية» are called so.
                Class::NisbaActor(id) => {
                    let beside = before < kind.end || (soldiers_live(lexicon, kind) && named_between(words, kind, h));
                    (beside && !civil(lexicon, kind)).then_some((id, *h))
                }
                Class::Actor(id) => {
                    let belongs = words.at(before).iter().any(|b| b.is_particle(Particle::Belong));
                    (h.prep == Some('ل') && (belongs || before < kind.end)).then_some((id, *h))
                }
                _ => None,
            }
        })
    })
}

/// Whether a kind word names a base.
fn soldiers_live(lexicon: &Lexicon, kind: &Hit) -> bool {
    let Class::Kind(id) = kind.class else { return false };
    matches!(lexicon.kinds[usize::from(id)].kinds.first(), Some(PlaceKind::AirBase | PlaceKind::MilitaryBase))
}

/// «قاعدة زليكان التركية»: nothing but a name between.
fn named_between(words: &Words<'_>, kind: &Hit, adjective: &Hit) -> bool {
    let name = |w: usize| {
        let words = words.at(w);
        !words.iter().any(|h| matches!(h.class, Class::Particle(_) | Class::Trigger { .. } | Class::Actor(_)))
    };
    let open = |w: usize| words.words[w].gap.open();
    let definite = words.form(adjective.start).starts_with("ال");
    definite && adjective.start <= kind.end + NAME_WORDS && (kind.end..adjective.start).all(|w| name(w) && open(w + 1))
}

/// Whether a kind word names buildings of civil life.
fn civil(lexicon: &Lexicon, kind: &Hit) -> bool {
    match kind.class {
        Class::Kind(id) => lexicon.kinds[usize::from(id)].kinds.first() == Some(&PlaceKind::Building),
        _ => false,
    }
}

/// «خمسة من الحرس الثوري قُتلوا», «مقتل عضو في حزب الله»: whose people were hurt.
fn victims(words: &Words<'_>, facts: &Facts) -> Option<Named> {
    let told = &facts.casualties;
    if !told.hurt() || told.end == 0 {
        return None;
    }
    let detail = words.any(told.end, told.end + 2, |h| h.class == Class::Breakdown);
    let end = facts.clause.end.min(told.end + if detail { 9 } else { 4 });
    let known = words.within(told.start, told.end).iter().find_map(|h| match h.class {
        Class::Figure(id) => Some((id, *h)),
        _ => None,
    });
    if known.is_some() {
        return known;
    }
    let mut near = actors(words, told.start, end).filter(|(_, h)| h.prep != Some('ب'));
    near.find(|(_, h)| {
        !words.any(told.start.max(h.start.saturating_sub(2)), h.start, |b| match b.class {
            Class::Trigger { sense, .. } => sense != Sense::Operation,
            Class::Cue(Cue::Report | Cue::Because | Cue::Accuse) => true,
            _ => false,
        })
    })
}

/// Where the clause turns to who says so: «بحسب», «وفق».
fn source(words: &Words<'_>, facts: &Facts) -> usize {
    // «ألقت السلطات باللائمة على الحوثيين في قصف مخيم», «في عملية وصفتها بالنوعية، استهدفت»: the attack is told after it.
    let end = |t: Option<&Hit>| t.map_or(facts.clause.start, |t| t.end);
    let from = end(facts.strong().or(facts.triggers.first()));
    let deed = end(facts.strong().filter(|t| is_verb(t)).or(facts.triggers.first()));
    let says = |h: &Hit| match h.class {
        // «شاحنات لنقل السلاح» says nothing.
        Class::Cue(Cue::Report) => h.prep.is_none() && h.start >= deed,
        Class::Cue(Cue::Source | Cue::Accuse) => h.start >= from,
        _ => false,
    };
    words.within(from.min(deed), facts.clause.end).iter().find(|h| says(h)).map_or(facts.clause.end, |h| h.start)
}

fn says_next(words: &Words<'_>, at: usize) -> bool {
    words.at(at).iter().any(|h| h.is_cue(Cue::Report))
}

/// «قال طبيب إن», «أبلغ ربان سفينة عن»: who tells it was not struck.
fn speaks(words: &Words<'_>, hit: &Hit) -> bool {
    let tells = |at: usize| {
        let says = |h: &Hit| matches!(h.class, Class::Cue(Cue::Report | Cue::Source)) && h.end == at;
        hit.prep.is_none() && words.within(at.saturating_sub(1), at).iter().any(says)
    };
    // «أعلن استهداف سفينة», «أكد تضرر جسر» tell what happened to it.
    let people = |h: &Hit| matches!(h.class, Class::Victim(Victim::Person, _) | Class::Cue(Cue::Office | Cue::Person));
    let whose = hit.start.checked_sub(1).filter(|w| words.at(*w).iter().any(people));
    tells(hit.start) || whose.is_some_and(tells)
}

/// Another kind of target named in the clause.
pub(super) fn struck(words: &Words<'_>, facts: &Facts) -> Option<(u16, Hit)> {
    if !facts.names_target {
        return None;
    }
    let limit = source(words, facts).max(facts.clause.start + 1);
    let named = |h: &Hit| facts.called.iter().any(|(start, end)| *start <= h.start && h.end <= *end);
    let mut told = words.within(facts.clause.start, limit).iter().filter_map(|h| match h.class {
        Class::Target(id) if !named(h) && !facts.flies(h) && !speaks(words, h) => Some((id, *h)),
        _ => None,
    });
    let first = told.next()?;
    // «80 شخصا بينهم نساء … في قصف على محطة مياه»: what was struck, before a part of those hurt.
    let part = |(_, h): &(u16, Hit)| {
        facts.casualties.hurt()
            && words.within(h.start.saturating_sub(PART_WORDS), h.start).iter().any(|b| b.class == Class::Breakdown)
    };
    if part(&first) { told.find(|n| !part(n)).or(Some(first)) } else { Some(first) }
}
