//! The words for an attack in a clause, and which of them are none: «فجر الأربعاء» a part of the day, «لم تقصف» negated,
//! «قد تستهدف» unreal, «وقّعت اتفاقا» signed, «انسحبوا تحت غارات» meanwhile.

use super::facts::{is_verb, sense};
use crate::lexicon::class::{Class, Cue, Form, Particle, Sense, TimeWord};
use crate::mention::time::TimeMention;
use crate::mention::words::{Hit, Words};

/// What is signed stands within so many words of its verb; a judgement.
const SIGNED_WORDS: usize = 9;

/// Why a word for an attack is no trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// It belongs to a time: فجر.
    Time,
    /// It stands under a negation.
    Negated,
    /// It is told after a verb of attack that is negated.
    Denied,
    /// It may happen, or somebody calls for it.
    Unreal,
    /// An agreement was signed.
    Signed,
    /// It went on while something else was done: «انسحبوا تحت غارات التحالف».
    Under,
}

/// The triggers of a range: not those that belong to a time (فجر), and not those under a negation.
pub(super) fn triggers(
    words: &Words<'_>,
    times: &[TimeMention],
    start: usize,
    end: usize,
) -> (Vec<Hit>, Vec<(Hit, Idle)>) {
    let in_time = |h: &Hit| times.iter().any(|t| t.start <= h.start && h.start < t.end);
    let negated = |h: &Hit| {
        let from = start.max(h.start.saturating_sub(2));
        words.any(from, h.start, |n| n.is_cue(Cue::Negation) && n.end == h.start)
    };
    let (mut out, mut idle): (Vec<Hit>, Vec<(Hit, Idle)>) = (Vec::new(), Vec::new());
    let unreal = words.within(start, end).iter().find(|h| {
        matches!(h.class, Class::Cue(Cue::Threat | Cue::Hypothetical | Cue::Plan)) && !(h.start == start && h.article)
    });
    // «تستعد المدينة لتشييع 51 شخصا قضوا في قصف»: those whom it has killed are buried.
    let funeral = |plan: &&Hit| plan.is_cue(Cue::Plan) && words.any(start, end, |h| h.is_cue(Cue::Funeral));
    let real_until = unreal.filter(|h| !funeral(h)).map_or(end, |h| h.start);
    let mut denied = false;
    for hit in words.within(start, real_until) {
        denied |= sense(hit).is_some() && is_verb(hit) && negated(hit);
        // «ألقت المفارز القبض على متهم»
        let arrest = sense(hit) == Some(Sense::Launch) && words.any(hit.end, hit.end + 5, |h| h.is_cue(Cue::Court));
        if arrest || sense(hit).is_none() {
            continue;
        }
        let why = match () {
            () if in_time(hit) || dawn(words, hit) => Some(Idle::Time),
            () if negated(hit) => Some(Idle::Negated),
            () if under(words, start, hit) => Some(Idle::Under),
            () if denied && !hit.article => Some(Idle::Denied),
            () if unreal_verb(words, start, hit) => Some(Idle::Unreal),
            () if signed(words, hit, end) => Some(Idle::Signed),
            () => None,
        };
        if let Some(why) = why {
            idle.push((*hit, why));
            continue;
        }
        match out.last_mut() {
            // قصف is noun and verb: the noun's reading is kept where it has the article or a preposition.
            Some(last) if last.start == hit.start => {
                let noun = !is_verb(hit) && (hit.article || hit.prep.is_some());
                let verb = is_verb(hit) && !is_verb(last) && acts(words, last, start);
                if noun || verb {
                    *last = *hit;
                }
            }
            _ => out.push(*hit),
        }
    }
    (out, idle)
}

/// «انسحبوا تحت غارات التحالف», «تحت وابل من القصف»: what went on meanwhile.
fn under(words: &Words<'_>, start: usize, hit: &Hit) -> bool {
    let from = start.max(hit.start.saturating_sub(3));
    !is_verb(hit) && words.any(from, hit.start, |h| h.is_cue(Cue::Under) && h.end == hit.start)
}

/// «ووقّعت بغداد وطهران اتفاقا أمنيا»: without its vowels the verb is that of «وقع انفجار».
fn signed(words: &Words<'_>, verb: &Hit, end: usize) -> bool {
    let happens = is_verb(verb) && sense(verb) == Some(Sense::Light);
    happens
        && words.within(verb.end, end.min(verb.end + SIGNED_WORDS)).iter().find_map(|h| match h.class {
            Class::Cue(Cue::Signed) => Some(h.prep.is_none()),
            Class::Trigger { .. } | Class::Victim(..) | Class::Harm(_) => Some(false),
            _ => None,
        }) == Some(true)
}

/// Whether a word that is both noun and verb is the verb: «شن عناصر التنظيم», «كان الجيش قد قصف», «أنه قصف»; not «قصف جوي»
/// or «أعلن قصف».
fn acts(words: &Words<'_>, hit: &Hit, start: usize) -> bool {
    if hit.article || hit.prep.is_some() {
        return false;
    }
    let adjective = words.at(hit.end).iter().any(|h| match h.class {
        Class::NisbaActor(_) | Class::Nisba(_) => true,
        Class::Weapon { .. } => words.form(h.start).ends_with('ي') || words.form(h.start).ends_with("يا"),
        _ => false,
    });
    let before = hit.start.checked_sub(1);
    let opens = hit.start <= start || !words.words[hit.start].gap.open() || hit.conj.is_some();
    let after = before.is_some_and(|w| {
        words.within(w.saturating_sub(4), w + 1).iter().filter(|h| h.end == hit.start).any(|h| match h.class {
            Class::Cue(Cue::Maybe) | Class::Actor(_) | Class::Time(..) => true,
            Class::Particle(Particle::That) => words.form(h.start).chars().count() > 2,
            _ => false,
        })
    });
    !adjective && (opens || after)
}

/// «قد تقصف», «سوف تستهدف», «دعا إلى قصف».
fn unreal_verb(words: &Words<'_>, start: usize, hit: &Hit) -> bool {
    let before = |reach: usize, cue: Cue| {
        words.any(start.max(hit.start.saturating_sub(reach)), hit.start, |h| h.is_cue(cue) && h.end <= hit.start)
    };
    let present = matches!(hit.class, Class::Trigger { form: Form::Present, .. });
    (present && before(2, Cue::Maybe)) || (!is_verb(hit) && !hit.article && before(3, Cue::Call))
}

/// «فجر الأربعاء» is a part of the day, not a verb.
fn dawn(words: &Words<'_>, hit: &Hit) -> bool {
    let daypart = words.at(hit.start).iter().any(|h| matches!(h.class, Class::Time(TimeWord::Daypart, _)));
    let before = hit.start.checked_sub(1);
    // «عند الساعة 02:40 فجرا»
    let clock = words.form(hit.start).ends_with('ا') && before.is_some_and(|w| words.words[w].digits);
    let dated = words.at(hit.end).iter().any(|h| matches!(h.class, Class::Time(..)));
    // «عند الفجر»
    sense(hit) == Some(Sense::Bombing) && ((daypart && (dated || hit.article)) || clock)
}
