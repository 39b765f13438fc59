//! Counts: `[نحو] NUMBER [على الأقل]` in digits or words.
//!
//! «ثلاثة» 3 · «مئة وتسعة وأربعين» 149 · «أكثر من 25 ألف» 25,000 or more · «عشرات» 20 or more · «ما لا يقل عن 70».
//! Misses: fractions, «نصف مليون».

use super::words::Words;
use crate::lexicon::class::{Class, Numeral, Particle};

/// A number with its bounds; `start..end` are word indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Least.
    pub min: u32,
    /// Most; none where only the least is told.
    pub max: Option<u32>,
    /// Whether it is a vague word (عدة, عشرات).
    pub vague: bool,
}

/// Codes of approximation in the table of numerals.
const MORE: u32 = 1;
const LESS: u32 = 2;

/// The count that starts at a word.
#[inline]
pub fn count_at(words: &Words<'_>, start: usize, end: usize) -> Option<Count> {
    words.opens_count(start).then(|| read(words, start, end)).flatten()
}

fn read(words: &Words<'_>, start: usize, end: usize) -> Option<Count> {
    let (approx, from) = approximation(words, start);
    if from >= end {
        return None;
    }
    let (min, max, mut after, vague) = value(words, from, end)?;
    let mut count = bounded(approx, min, max);
    if let Some((high, past)) = range(words, from, after, end).filter(|(high, _)| *high > min) {
        (count, after) = ((min, Some(high)), past);
    }
    if let Some(past) = trailing(words, after).filter(|_| after < end) {
        count.1 = None;
        after = past;
    }
    Some(Count { start, end: after, min: count.0, max: count.1, vague })
}

/// Whether «على الأقل» or its like stands after what it bounds: «سبعة قتلى على الأقل»; not «سبعة قتلى وأكثر من عشرين جريحا».
pub fn at_least(words: &Words<'_>, at: usize) -> bool {
    trailing(words, at).is_some()
}

fn trailing(words: &Words<'_>, at: usize) -> Option<usize> {
    let joined = words.at(at).iter().any(|h| h.conj.is_some());
    approximation_at(words, at).filter(|(code, _)| *code == MORE && !joined).map(|(_, past)| past)
}

/// Whether a word tells that more than a number is meant: «تجاوز عدد الجرحى خمسين».
pub fn more_than(words: &Words<'_>, at: usize) -> bool {
    approximation_at(words, at).is_some_and(|(code, _)| code == MORE)
}

/// All counts of a range of words, left to right.
pub fn counts(words: &Words<'_>, start: usize, end: usize) -> Vec<Count> {
    let mut out = Vec::new();
    let mut at = start;
    while at < end {
        match count_at(words, at, end) {
            Some(count) => {
                at = count.end.max(at + 1);
                out.push(count);
            }
            None => at += 1,
        }
    }
    out
}

fn bounded(approx: Option<u32>, min: u32, max: Option<u32>) -> (u32, Option<u32>) {
    match approx {
        Some(MORE) => (min, None),
        Some(LESS) => (0, max.or(Some(min))),
        _ => (min, max),
    }
}

/// «بين 3 و5», «3-5», «ثلاثة إلى خمسة»: the upper end and the word after it.
fn range(words: &Words<'_>, from: usize, after: usize, end: usize) -> Option<(u32, usize)> {
    let word = words.words.get(after).filter(|_| after < end)?;
    let stands = |at: usize, wanted: Particle| words.at(at).iter().any(|h| h.is_particle(wanted));
    // «بين», «ما بين»
    let before = |wanted: Particle| words.any(from.saturating_sub(2), from, |h| h.end == from && h.is_particle(wanted));
    let high = |at: usize| value(words, at, end).map(|(high, _, past, _)| (high, past));
    let joined = word.clitic.is_some() || words.at(after).iter().any(|h| h.conj.is_some());
    if (before(Particle::Between) && joined) || (word.gap.dash && word.digits) {
        return high(after);
    }
    (stands(after, Particle::To) && !before(Particle::From)).then(|| high(after + 1)).flatten()
}

/// A word of approximation before a number: its code, and the word after it.
fn approximation(words: &Words<'_>, at: usize) -> (Option<u32>, usize) {
    match approximation_at(words, at) {
        Some((code, past)) => (Some(code), past),
        None => (None, at),
    }
}

fn approximation_at(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    words.at(at).iter().find_map(|hit| match hit.class {
        Class::Numeral(Numeral::Approx, code, _) => Some((code, hit.end)),
        _ => None,
    })
}

/// The number itself: least, most, the word after it, and whether it is vague.
fn value(words: &Words<'_>, start: usize, end: usize) -> Option<(u32, Option<u32>, usize, bool)> {
    if let Some(vague) = vague(words, start, end) {
        return Some(vague);
    }
    let (mut total, mut at, mut group) = (0u32, start, 0u32);
    let mut last: Option<(Numeral, u32)> = None;
    while at < end {
        if at > start && !words.words.get(at).is_some_and(|w| w.gap.open()) {
            break;
        }
        let Some((kind, least, past, joined)) = numeral(words, at) else { break };
        if last.is_some_and(|last| !goes_on(last, kind, least, joined)) {
            break;
        }
        match kind {
            Numeral::Thousand | Numeral::Million => {
                let units = if least == 2000 { 1 } else { group.max(1) };
                total = total.saturating_add(units.saturating_mul(least));
                group = 0;
            }
            _ => group = group.saturating_add(least),
        }
        last = Some((kind, least));
        at = past;
    }
    let value = total.saturating_add(group);
    last.map(|_| (value, Some(value), at, false))
}

/// Whether a numeral goes on with the number: «خمسة وعشرين», «مئة وتسعة», «25 ألف و400»; «3 و5» are two numbers.
fn goes_on((last, before): (Numeral, u32), kind: Numeral, value: u32, joined: bool) -> bool {
    match (last, kind) {
        (_, Numeral::Thousand | Numeral::Million) => !joined && last != Numeral::Thousand,
        (Numeral::Unit, Numeral::Ten) => joined && before < 10,
        (Numeral::Hundred, Numeral::Unit | Numeral::Ten) => joined && value < 100,
        (Numeral::Thousand | Numeral::Million, _) => joined && value < 1000,
        _ => false,
    }
}

/// «عشرات», «عشرات الآلاف», «آلاف» alone.
fn vague(words: &Words<'_>, start: usize, end: usize) -> Option<(u32, Option<u32>, usize, bool)> {
    let (least, most, past) = words.at(start).iter().find_map(|hit| match hit.class {
        Class::Numeral(Numeral::Vague, least, most) => Some((least, most, hit.end)),
        _ => None,
    })?;
    let times = words.at(past).iter().find_map(|hit| match hit.class {
        Class::Numeral(Numeral::Thousand | Numeral::Million, unit, _) if past < end && hit.conj.is_none() => {
            Some((unit, hit.end))
        }
        _ => None,
    });
    Some(match times {
        Some((unit, end)) => (least.saturating_mul(unit), most.map(|m| m.saturating_mul(unit)), end, true),
        None => (least, most, past, true),
    })
}

/// One numeral word or number in digits: kind, least, most, the word after it, and whether و joins it to the left.
fn numeral(words: &Words<'_>, at: usize) -> Option<(Numeral, u32, usize, bool)> {
    let word = words.words.get(at)?;
    if word.digits {
        let joined = word.clitic == Some('و');
        return digits(word.form).map(|n| (Numeral::Unit, n, at + 1, joined));
    }
    words.at(at).iter().find_map(|hit| match hit.class {
        Class::Numeral(kind, least, _)
            if !matches!(kind, Numeral::Approx | Numeral::Vague) && (!hit.article || kind == Numeral::Thousand) =>
        {
            Some((kind, least, hit.end, hit.conj.is_some()))
        }
        _ => None,
    })
}

/// A whole number in digits, with `,` or `.` between groups of three.
pub(super) fn digits(form: &str) -> Option<u32> {
    let mut groups = form.split([',', '.']);
    let first = groups.next()?;
    let grouped = groups.all(|g| g.len() == 3);
    let mut digits = form.chars().filter_map(|c| c.to_digit(10)).peekable();
    let told = grouped && !first.is_empty() && digits.peek().is_some();
    told.then(|| digits.try_fold(0_u32, |value, digit| value.checked_mul(10)?.checked_add(digit))).flatten()
}
