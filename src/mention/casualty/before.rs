//! Who was hurt, where they are told before the word for it.
//!
//! «إن عشرة من العاملين في الحقل قُتلوا» ten · «جنديين ومترجما، جميعهم أميركيون، قُتلوا» three · «89 شخصا بينهم خمسة أطفال قُتلوا» 89 ·
//! «استهدفت مسيّرة راعيا فقُتل» one · «ما أدى إلى مقتلهما» two.
//! Misses: people told in the sentence before.

use super::who::{counted, person};
use super::{Bounds, Text};
use crate::lexicon::class::{Class, Cue, Form, Number, Particle, TimeWord, Victim};
use crate::mention::words::Hit;

/// Who opens a clause stands within so many words of the verb that ends it; a judgement.
const OPENING_WORDS: usize = 20;
/// «استهدفت راعيا … فأُصيب»: who is meant stands within so many words before; a judgement.
const MEANT_WORDS: usize = 14;

/// The people with whom the clause opens, whose verb comes last: all of them, joined by و, and none of a breakdown.
pub(super) fn opening(words: &Text<'_, '_>, start: usize, verb: &Hit) -> Option<(Bounds, usize)> {
    if verb.conj.is_some() {
        return None;
    }
    let from = start.max(verb.start.saturating_sub(OPENING_WORDS));
    let that = words.within(from, verb.start).iter().rfind(|h| h.is_particle(Particle::That));
    let from = that.map_or(start, |h| h.end);
    if verb.start.saturating_sub(from) > OPENING_WORDS {
        return None;
    }
    let (mut sum, mut at) = item(words, from, verb.start)?;
    let mut parted = false;
    while at < verb.start {
        let here = words.at(at);
        if here.iter().any(predicate) {
            return None;
        }
        parted |= !words.words[at].gap.open() || here.iter().any(|h| h.class == Class::Breakdown);
        let more = here.iter().any(|h| h.conj.is_some()) || words.words[at].clitic == Some('و');
        match item(words, at, verb.start).filter(|_| more && !parted) {
            Some((next, past)) => {
                sum = (sum.0.saturating_add(next.0), sum.1.zip(next.1).map(|(a, b)| a.saturating_add(b)));
                at = past;
            }
            None => at += 1,
        }
    }
    let several = sum.0 > 1 || sum.1.is_none();
    (several == plural(words, verb) || (several && dual(words, verb))).then_some((sum, from))
}

/// What tells something else of them, or of others.
fn predicate(hit: &Hit) -> bool {
    matches!(
        hit.class,
        Class::Trigger { form: Form::Verb | Form::Present, .. }
            | Class::Victim(Victim::Kill | Victim::Injure | Victim::Both, _)
            | Class::Harm(_)
            | Class::Particle(Particle::Relative)
            | Class::Cue(Cue::Report)
    )
}

/// A count of people or a word for one.
fn item(words: &Text<'_, '_>, at: usize, end: usize) -> Option<(Bounds, usize)> {
    if let Some(count) = words.count(at, end) {
        let next = words.at(count.end);
        let people = count.end == end
            || next.iter().any(|h| {
                matches!(h.class, Class::Victim(Victim::Person | Victim::Other, _) | Class::Breakdown)
                    || h.is_particle(Particle::From)
            });
        let (bounds, _, past) = counted(words, count, end).filter(|_| people)?;
        return Some((bounds, past));
    }
    let one = words.at(at).iter().find_map(|h| match h.class {
        Class::Victim(Victim::Person, number @ (Number::Singular | Number::Dual)) if !h.article => person(h, number),
        _ => None,
    })?;
    // «مترجما مدنيا»: the second word tells what the first is.
    let mut past = one.2;
    while past < end
        && words.words[past].gap.open()
        && words.at(past).iter().any(|h| matches!(h.class, Class::Victim(Victim::Person, _)) && h.conj.is_none())
    {
        past += 1;
    }
    Some((one.0, past))
}

fn plural(words: &Text<'_, '_>, verb: &Hit) -> bool {
    words.form(verb.start).ends_with("وا")
}

fn dual(words: &Text<'_, '_>, verb: &Hit) -> bool {
    words.form(verb.start).ends_with('ا')
}

/// Whom a verb or a noun with a pronoun means: «راعيا … فقُتل», «شابين … فأُصيبا», «جندي … إلى مقتله».
pub(super) fn meant(words: &Text<'_, '_>, hit: &Hit, number: Number) -> Option<Bounds> {
    let sentence = words.words[hit.start].sentence;
    let from = hit.start.saturating_sub(MEANT_WORDS);
    let doer = |h: &Hit| words.at(h.start).iter().any(|a| matches!(a.class, Class::Actor(_)));
    let people = words.within(from, hit.start).iter().rev().filter(|h| words.words[h.start].sentence == sentence);
    people.filter(|h| !doer(h)).find_map(|h| match h.class {
        Class::Victim(Victim::Person, told) if told == number => match told {
            Number::Plural => {
                let before = (from..h.start).find_map(|w| words.count(w, h.start).filter(|c| c.end == h.start));
                before.map(|c| (c.min, c.max))
            }
            _ => person(h, told).map(|(bounds, ..)| bounds),
        },
        _ => None,
    })
}

/// «فأُصيب ببتر», «فقُتلا على الفور»: how many the verb alone tells, where it follows on those it means.
pub(super) fn followed(words: &Text<'_, '_>, verb: &Hit) -> Option<Bounds> {
    if verb.conj != Some('ف') {
        return None;
    }
    let number = match () {
        () if plural(words, verb) => Number::Plural,
        () if dual(words, verb) => Number::Dual,
        () => Number::Singular,
    };
    meant(words, verb, number)
}

/// «ما أدى إلى مقتله», «مقتلهما على الفور»: those told before, unless it only dates something by it: «بعد مقتله».
pub(super) fn theirs(words: &Text<'_, '_>, noun: &Hit) -> Option<Bounds> {
    let dates = |h: &Hit| {
        h.end == noun.start
            && match h.class {
                Class::Cue(cue) => matches!(cue, Cue::After | Cue::Response | Cue::Since | Cue::Deny | Cue::Negation),
                Class::Particle(Particle::Before) | Class::Time(TimeWord::Prev, _) => true,
                _ => false,
            }
    };
    if words.within(noun.start.saturating_sub(3), noun.start).iter().any(dates) {
        return None;
    }
    let form = words.form(noun.start);
    match () {
        () if form.ends_with("هما") => Some((2, Some(2))),
        () if form.ends_with("هم") || form.ends_with("هن") => meant(words, noun, Number::Plural),
        () => Some((1, Some(1))),
    }
}
