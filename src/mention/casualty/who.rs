//! Who was hurt: the people after a verb, before it, and those joined by و.
//!
//! «قُتل تسعة» · «إن ستة أشخاص قُتلوا» · «أصيب خمسة جنود ومتعاقد آخر» six · «12 فتى وفتاة» twelve · «كانون الثاني 2018» nobody.
//! Misses: people told by a pronoun.

use super::{Bounds, Casualties, Text, Who, listed};
use crate::lexicon::class::{Class, Cue, Form, Number, Particle, TimeWord, Victim};
use crate::mention::number::{Count, at_least};
use crate::mention::words::Hit;

/// «… وأربعة من مرافقيه» stands within so many words of those told first; a judgement.
const JOINED_WORDS: usize = 12;

/// «رجل وزوجته وأطفالهما الثلاثة»: so many may be joined one by one; a judgement.
const JOINED_TIMES: usize = 5;

/// «وأصيب خمسة جنود ومتعاقد آخر»: more of the same, joined by و.
pub(super) fn joined(words: &Text<'_, '_>, at: usize, end: usize, who: Who, out: &mut Casualties) -> usize {
    let mut past = at;
    for _ in 0..JOINED_TIMES {
        let next = one_more(words, past, end, who, out);
        if next == past {
            break;
        }
        past = next;
    }
    past
}

fn one_more(words: &Text<'_, '_>, at: usize, end: usize, who: Who, out: &mut Casualties) -> usize {
    let mut past = at;
    // «12 فتى وفتاة»: one count of both; «14 امرأة ورجل واحد»: two.
    let pair = at > 1
        && !words.at(at + 1).iter().any(|h| matches!(h.class, Class::Numeral(..) | Class::Victim(Victim::Other, _)))
        && words.count(at.saturating_sub(2), end).is_some_and(|c| c.end + 1 == at && c.min > 10)
        && words.at(at).iter().any(|h| matches!(h.class, Class::Victim(Victim::Person, Number::Singular)));
    if pair {
        return past;
    }
    for here in at..end.min(at + JOINED_WORDS) {
        if !words.words[here].gap.open() {
            break;
        }
        let person = words.at(here).iter().find_map(|h| match h.class {
            // «الناشطة والطبيبة»: one, told twice.
            Class::Victim(Victim::Person, Number::Singular) if h.article || words.form(h.start).starts_with("وال") => {
                None
            }
            Class::Victim(Victim::Person, number) if h.conj.is_some() => people(words, h, number, end),
            // «مواطنان لبنانيان وآخر سوري»
            Class::Victim(Victim::Other, Number::Singular) if h.conj == Some('و') && here <= at + 1 => {
                person(h, Number::Singular)
            }
            _ => None,
        });
        let counted = || {
            let count = words.count(here, end).filter(|_| here > at || words.form(here).starts_with('و'))?;
            let person = |w: usize| {
                words.at(w).iter().any(|h| {
                    matches!(h.class, Class::Victim(Victim::Person | Victim::Other, _) | Class::Cue(Cue::Guard))
                })
            };
            let of = words.at(count.end).iter().any(|h| h.is_particle(Particle::From));
            let of_them = || person(count.end + 1) || fighters(words, count.end + 1) || theirs(words, count.end + 1);
            let people = person(count.end) || (of && of_them());
            let more = people && words.at(here).iter().any(|h| h.conj.is_some());
            more.then_some(((count.min, count.max), false, count.end + 1))
        };
        if let Some((bounds, vague, end)) = person.or_else(counted) {
            out.add(who, bounds, vague, (here, end));
            past = end;
            break;
        }
        // «من عائلة واحدة»
        let which = words.at(here).iter().any(|h| h.is_cue(Cue::Another));
        let by = words.form(here).starts_with('ب') && words.at(here).iter().all(is_weapon);
        if !which && !by && words.at(here).iter().any(|h| !of_somebody(h)) {
            break;
        }
    }
    past
}

fn is_person(hit: &Hit) -> bool {
    matches!(hit.class, Class::Victim(Victim::Person, _))
}

/// «ثلاثة بالرصاص الحي وعشرات آخرون بالاختناق»
fn is_weapon(hit: &Hit) -> bool {
    matches!(hit.class, Class::Weapon { .. } | Class::Trigger { .. })
}

/// A word that tells who somebody is.
fn of_somebody(hit: &Hit) -> bool {
    match hit.class {
        Class::Cue(cue) => matches!(
            cue,
            Cue::Soldier | Cue::Band | Cue::Guard | Cue::Office | Cue::Person | Cue::Built | Cue::Mask | Cue::Another
        ),
        Class::Particle(particle) => matches!(particle, Particle::From | Particle::In | Particle::Belong),
        Class::Nisba(_)
        | Class::NisbaActor(_)
        | Class::Victim(Victim::Person, _)
        | Class::Actor(_)
        | Class::Figure(_)
        | Class::Kind(_)
        | Class::Target(_) => true,
        _ => false,
    }
}

/// «وثلاثة من مقاتلي الحزب»: people of an actor.
fn fighters(words: &Text<'_, '_>, at: usize) -> bool {
    words.at(at).iter().any(|h| matches!(h.class, Class::Actor(_) | Class::Cue(Cue::Band | Cue::Soldier)))
}

/// «وثلاث من حفيداتها», «وأربعة من أقاربه»: people by whose they are, where no table knows the word.
fn theirs(words: &Text<'_, '_>, at: usize) -> bool {
    let thing = |h: &Hit| !matches!(h.class, Class::Victim(..) | Class::Cue(Cue::Band | Cue::Soldier | Cue::Guard));
    let form = words.words.get(at).map_or("", |w| w.form);
    let owned = ["ه", "ها", "هم", "هما"].iter().any(|e| form.strip_suffix(e).is_some_and(|s| s.chars().count() > 3));
    owned && !words.at(at).iter().any(thing)
}

/// Who was hurt, after the verb: a count, or a person word, within a few words.
pub(super) fn object(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(Bounds, bool, usize)> {
    let mut here = at;
    let mut steps = 0;
    while here < end && steps < 6 {
        // «25 شخصا قُتلوا، هم 21 من …»
        if words.words[here].gap.comma {
            here = aside(words, here, end)?;
        }
        if let Some(count) = words.count(here, end) {
            return counted(words, count, end);
        }
        for hit in words.at(here) {
            match hit.class {
                Class::Victim(Victim::Person, number) => return people(words, hit, number, end),
                Class::Victim(Victim::Other, number) if hit.conj.is_none() => return person(hit, number),
                Class::Victim(Victim::Killed | Victim::Injured, _) if here == at => return None,
                Class::Victim(Victim::Kill | Victim::Injure | Victim::Both, _) => return None,
                Class::Trigger { form: Form::Verb | Form::Present | Form::Singular, .. } => return None,
                Class::Cue(Cue::Negation) | Class::Particle(Particle::That) => return None,
                // «فارقا الحياة ونُقل ثمانية إلى المستشفى»
                Class::Particle(Particle::Carry) if hit.conj.is_some() => return None,
                // «استشهد الصحفي»: a target, and a person.
                Class::Target(_) if steps == 0 && !words.at(here).iter().any(is_person) => {
                    return listed::family(words, hit.end, end);
                }
                _ => {}
            }
        }
        here += 1;
        steps += 1;
    }
    None
}

/// «قتلت سيارة مفخخة، السبت، أربعة مدنيين»: past a time between commas.
fn aside(words: &Text<'_, '_>, at: usize, end: usize) -> Option<usize> {
    let (_, past) = words.times.iter().find(|(from, _)| *from == at)?;
    words.words.get(*past).filter(|w| *past < end && w.gap.comma).map(|_| *past)
}

/// «قُتل مقاول», «قُتلت نازحتان»: a bare noun that no table knows, right after the verb.
pub(super) fn somebody(words: &Text<'_, '_>, verb: &Hit, end: usize) -> Option<(u32, usize)> {
    let at = verb.end;
    let word = words.words.get(at).filter(|w| at < end && w.gap.open() && !w.digits && w.clitic.is_none())?;
    let form = word.form;
    let ends = |endings: &[&str]| endings.iter().any(|e| form.ends_with(e));
    // Prepositions, pronouns, adverbs in ا, and names of peoples and things with the article.
    let other =
        form.starts_with(['ب', 'ل', 'و', 'ف']) || form.starts_with("ال") || ends(&["ه", "ها", "هم", "ا", "ون", "ات"]);
    let plural = words.form(verb.start).ends_with("وا");
    if !words.at(at).is_empty() || other || plural || form.chars().count() < 4 {
        return None;
    }
    let two = ends(&["تان", "تين"]);
    (two || !ends(&["ان", "ين"])).then_some((if two { 2 } else { 1 }, at + 1))
}

/// A count of people: not of kilometres, days or percent.
pub(super) fn counted(words: &Text<'_, '_>, count: Count, end: usize) -> Option<(Bounds, bool, usize)> {
    // «جُرح العشرات فجر اليوم»
    let dawn = words.at(count.end).iter().any(|h| matches!(h.class, Class::Time(TimeWord::Daypart, _)));
    let unit = words.at(count.end).iter().any(|h| {
        let by = h.prep.is_some() || words.form(h.start).starts_with('ب');
        let thing = matches!(h.class, Class::Weapon { .. } | Class::Trigger { .. }) && !by && h.conj.is_none() && !dawn;
        thing || matches!(h.class, Class::Length(_) | Class::Month(..) | Class::Time(TimeWord::Unit, _))
    });
    if is_year(words, &count) {
        return None;
    }
    let mut past = count.end;
    if words
        .at(past)
        .iter()
        .any(|h| matches!(h.class, Class::Victim(Victim::Person | Victim::Other | Victim::Killed | Victim::Injured, _)))
    {
        past += 1;
    }
    let least = past < end && words.words[past].gap.open() && at_least(words, past);
    let max = count.max.filter(|_| !least);
    (!unit).then_some(((count.min, max), count.vague && count.max.is_none(), past.min(end)))
}

/// «كانون الثاني 2018», «عام 2018»: no count of people.
fn is_year(words: &Text<'_, '_>, count: &Count) -> bool {
    words.within(count.start.saturating_sub(4), count.start).iter().any(|h| {
        h.end == count.start && count.min > 31 && matches!(h.class, Class::Month(..) | Class::Time(TimeWord::Unit, _))
    })
}

/// «أطفاله», «أطفاله الأربعة».
fn people(words: &Text<'_, '_>, hit: &Hit, number: Number, end: usize) -> Option<(Bounds, bool, usize)> {
    // «شرطيان اثنان»
    let twice =
        number == Number::Dual && words.count(hit.end, end).is_some_and(|c| c.max == Some(2) && c.end == hit.end + 1);
    if twice && words.words[hit.end].gap.open() {
        return person(hit, number).map(|(bounds, vague, past)| (bounds, vague, past + 1));
    }
    let told = if number == Number::Plural { listed::numbered(words, hit.end, end) } else { None };
    told.map(|(number, past)| ((number, Some(number)), false, past)).or_else(|| person(hit, number))
}

pub(super) fn person(hit: &Hit, number: Number) -> Option<(Bounds, bool, usize)> {
    let bounds = match number {
        Number::Singular => (1, Some(1)),
        Number::Dual => (2, Some(2)),
        Number::Plural => (1, None),
        _ => return None,
    };
    Some((bounds, false, hit.end))
}

/// Who was hurt, before the verb: «إن ستة أشخاص قُتلوا».
pub(super) fn subject(words: &Text<'_, '_>, start: usize, verb: usize) -> Option<(Bounds, bool, usize)> {
    let from = start.max(verb.saturating_sub(7));
    let count = (from..verb).rev().find_map(|w| words.count(w, verb).filter(|c| c.start == w));
    if let Some(count) = count.and_then(|c| widest(words, from, c, verb)) {
        let (bounds, vague, _) = counted(words, count, verb)?;
        return Some((bounds, vague, count.start));
    }
    if let Some(pair) = pair(words, from, verb) {
        return Some(pair);
    }
    let close = verb.saturating_sub(3).max(from);
    words.within(close, verb).iter().rev().find_map(|h| match h.class {
        Class::Victim(Victim::Person, number) if h.conj.is_none() || number == Number::Plural => {
            person(h, number).map(|(bounds, vague, _)| (bounds, vague, h.start))
        }
        _ => None,
    })
}

/// «ضابطاً ومجندين اثنين استشهدوا»: two words for people, joined by و, right before the verb.
fn pair(words: &Text<'_, '_>, from: usize, verb: usize) -> Option<(Bounds, bool, usize)> {
    let close = verb.saturating_sub(4).max(from);
    let people = |h: &&Hit| matches!(h.class, Class::Victim(Victim::Person, Number::Singular | Number::Dual));
    let mut told = words.within(close, verb).iter().filter(people);
    let first = told.next()?;
    let mut told = told.filter(|h| h.start > first.start);
    let second = told.next()?;
    let joined = second.conj.is_some() && second.start == first.end && !second.article && second.end == verb;
    let size = |h: &Hit| if matches!(h.class, Class::Victim(_, Number::Dual)) { 2 } else { 1 };
    let sum = size(first) + size(second);
    (joined && told.all(|h| h.start == second.start)).then_some(((sum, Some(sum)), false, first.start))
}

/// The count that starts furthest left and still ends where this one does: «أكثر من 25 ألف».
fn widest(words: &Text<'_, '_>, from: usize, count: Count, verb: usize) -> Option<Count> {
    (from..=count.start).find_map(|w| words.count(w, verb).filter(|c| c.end == count.end))
}
