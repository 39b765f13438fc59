//! Who was hurt, where more than one word tells how many: families, lists of names, a count far behind its verb.
//!
//! «عائلة من خمسة أفراد» five · «أطفالهما الثلاثة» three · «كل من حسين وعباس» two · «قُتل جراء الغارة على مبنى في قرية X 23 شخصا» 23.
//! Misses: names in a list that begin with و.

use super::who::counted;
use super::{Bounds, Text};
use crate::lexicon::class::{Class, Cue, Form, Numeral, Particle, Victim};
use crate::mention::words::Hit;

/// The size of a family stands within so many words of the word for it; a judgement.
const FAMILY_WORDS: usize = 3;
/// A list of names is not longer; a judgement.
const NAME_WORDS: usize = 40;
/// A count stands within so many words of its verb; a judgement.
const FAR_WORDS: usize = 18;

/// «عائلة من خمسة أفراد», «أسرة مؤلفة من سبعة أشخاص».
pub(super) fn family(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(Bounds, bool, usize)> {
    let open = |w: &usize| (at..=*w).all(|w| words.words[w].gap.open());
    (at..end.min(at + FAMILY_WORDS)).take_while(open).find_map(|w| {
        let of = w > at || words.at(w).iter().any(|h| h.is_particle(Particle::From));
        let count = words.count(w, end).filter(|c| of && person(words, c.end))?;
        counted(words, count, end)
    })
}

fn person(words: &Text<'_, '_>, at: usize) -> bool {
    words.at(at).iter().any(|h| matches!(h.class, Class::Victim(Victim::Person, _)))
}

/// «قُتل متزعم محلي ومرافقه», «قُتل أحمد وثلاثة من مرافقيه»: one whom no table knows, and those joined to him by و.
pub(super) fn with_first(words: &Text<'_, '_>, (min, max): Bounds, (at, past): (usize, usize)) -> Bounds {
    let told = |w: &usize| words.count(*w, past).is_some() || person(words, *w);
    let joined = |w: usize| words.words[w].clitic == Some('و') || words.at(w).iter().any(|h| h.conj == Some('و'));
    let first = (at..past).find(told).is_some_and(|w| w > at && joined(w));
    let more = u32::from(first);
    (min.saturating_add(more), max.map(|max| max.saturating_add(more)))
}

/// «أطفالهما الثلاثة»: the number after the people whom it counts, and the word past it.
pub(super) fn numbered(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(u32, usize)> {
    if at >= end || !words.words[at].gap.open() {
        return None;
    }
    words.at(at).iter().find_map(|h| match h.class {
        Class::Numeral(Numeral::Unit | Numeral::Ten, number, _) if h.article && h.conj.is_none() && number > 2 => {
            Some((number, h.end))
        }
        _ => None,
    })
}

/// «كل من حسين ناصر وعباس قاسم»: names joined by و, up to a word that says how or where.
pub(super) fn names(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(Bounds, bool, usize)> {
    let each = words.at(at).iter().find(|h| h.is_cue(Cue::Each))?;
    let mut number = 1;
    let mut here = each.end;
    while here < end.min(each.end + NAME_WORDS) {
        if words.at(here).iter().any(tells_on) {
            break;
        }
        let form = words.form(here);
        let joined = form.starts_with('و') && form.chars().count() > 3;
        number += u32::from(here > each.end && joined);
        here += 1;
    }
    (number > 1).then_some(((number, Some(number)), false, here))
}

/// What ends a list of names.
fn tells_on(hit: &Hit) -> bool {
    match hit.class {
        Class::Cue(cue) => matches!(cue, Cue::Because | Cue::After | Cue::By),
        Class::Particle(particle) => {
            matches!(particle, Particle::In | Particle::On | Particle::From | Particle::Near | Particle::To)
        }
        Class::Trigger { .. } | Class::Weapon { .. } => true,
        Class::Victim(victim, _) => matches!(victim, Victim::Kill | Victim::Injure),
        _ => false,
    }
}

/// «قُتل جراء الغارة على مبنى في قرية X 23 شخصا»: how and where stand between a verb and the count of those hurt.
pub(super) fn far(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(Bounds, bool, usize)> {
    let how = words.at(at).iter().any(|h| {
        matches!(h.class, Class::Cue(Cue::Because) | Class::Particle(Particle::In))
            || (matches!(h.class, Class::Trigger { .. } | Class::Weapon { .. }) && h.conj.is_none())
    });
    if !how {
        return None;
    }
    for here in at..end.min(at + FAR_WORDS) {
        if (here > at && !words.words[here].gap.open()) || words.at(here).iter().any(parts) {
            return None;
        }
        if let Some(count) = words.count(here, end).filter(|c| here > at && person(words, c.end)) {
            // «حافلة تقل 30 راكبا»: a verb that no table knows.
            let before = here - 1;
            let verb = words.at(before).is_empty() && words.form(before).starts_with(['ت', 'ي']);
            return if verb { None } else { counted(words, count, end) };
        }
    }
    None
}

/// What begins another thing told.
fn parts(hit: &Hit) -> bool {
    match hit.class {
        Class::Trigger { form, .. } => matches!(form, Form::Verb | Form::Present) && hit.prep.is_none() && !hit.article,
        Class::Victim(victim, _) => !matches!(victim, Victim::Person | Victim::Other),
        Class::Breakdown | Class::Cue(Cue::Negation | Cue::Report) => true,
        Class::Particle(particle) => matches!(particle, Particle::That | Particle::Relative),
        _ => false,
    }
}
