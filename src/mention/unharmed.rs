//! That nobody was hurt: a negation, and a noun of loss under it.
//!
//! «لم يسفر القصف عن إصابات» · «من دون أن توقع خسائر بشرية» · «ولا إصابات» · «لم تسجل أي خسائر» zero ·
//! «لم ترد معلومات عن ضحايا» not told · «لم يستهدف مدنيين» says nothing.
//! Misses: «نجا الجميع», and a negation further off.

use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, Form, Harm, Number, Sense, Victim};

/// A noun of loss stands within so many words of its negation; a judgement.
const REACH: usize = 7;

/// The words that say that nobody was hurt: first, and past the last.
pub(super) fn unharmed(words: &Words<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let mut negations = words.within(start, end).iter().filter(|h| h.is_cue(Cue::Negation));
    negations.find_map(|negation| loss(words, negation, end).map(|past| (negation.start, past)))
}

fn loss(words: &Words<'_>, negation: &Hit, end: usize) -> Option<usize> {
    for at in negation.end..end.min(negation.end + REACH) {
        let breaks = at > negation.end && (words.words[at].gap.comma || words.words[at].gap.stop);
        if breaks || words.at(at).iter().any(stops) {
            return None;
        }
        if let Some(lost) = words.at(at).iter().find(|h| is_loss(words, h)) {
            return Some(and_others(words, lost.end, end));
        }
    }
    None
}

/// «قتلى أو جرحى», «إصابات ولا قتلى»: the next noun of loss is under the same negation.
fn and_others(words: &Words<'_>, past: usize, end: usize) -> usize {
    let near = past..end.min(past + 2);
    let flows = |at: usize| (past..=at).all(|w| words.words[w].gap.open());
    let next =
        near.into_iter().take_while(|&at| flows(at)).find_map(|at| words.at(at).iter().find(|h| is_loss(words, h)));
    next.map_or(past, |h| h.end)
}

/// What no negation reaches past: another negation, what is not known, a count, and verbs of their own.
fn stops(hit: &Hit) -> bool {
    match hit.class {
        Class::Cue(Cue::Negation | Cue::Untold | Cue::Report) | Class::Numeral(..) | Class::Harm(Harm::Untold) => true,
        Class::Trigger { sense, form: Form::Verb | Form::Present, .. } => {
            !matches!(sense, Sense::Result | Sense::Light | Sense::Fall)
        }
        Class::Victim(Victim::Kill, Number::Verb) => true,
        _ => false,
    }
}

/// «إصابات», «خسائر»; «الجرحى» are told of elsewhere.
fn is_loss(words: &Words<'_>, hit: &Hit) -> bool {
    match hit.class {
        Class::Harm(Harm::Loss) => true,
        Class::Victim(Victim::Killed | Victim::Injured, Number::Plural) => {
            !hit.article && !words.form(hit.start).starts_with("ال")
        }
        _ => false,
    }
}
