//! Counts: `[نحو] NUMBER [على الأقل]` in digits or words.
//!
//! «ثلاثة» 3 · «مئة وتسعة وأربعين» 149 · «أكثر من 25 ألف» 25,000 or more · «عشرات» 20 or more · «ما لا يقل عن 70».
//! Misses: fractions, «نصف مليون».

use super::words::Words;
use crate::lexicon::class::{Class, Numeral};

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
pub fn count_at(words: &Words<'_>, start: usize, end: usize) -> Option<Count> {
    let (approx, from) = approximation(words, start);
    if from >= end {
        return None;
    }
    let (min, max, mut after, vague) = value(words, from, end)?;
    let mut count = bounded(approx, min, max);
    if let Some((MORE, past)) = approximation_at(words, after).filter(|_| after < end) {
        count.1 = None;
        after = past;
    }
    Some(Count { start, end: after, min: count.0, max: count.1, vague })
}

/// Whether «على الأقل» or its like stands at a word.
pub fn at_least(words: &Words<'_>, at: usize) -> bool {
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
    let (mut total, mut at, mut group) = (0u32, start, 0u32);
    let mut read = false;
    while at < end {
        if at > start && !words.words.get(at).is_some_and(|w| w.gap.open()) {
            break;
        }
        let Some((kind, least, most, past, joined)) = numeral(words, at) else { break };
        if kind == Numeral::Vague {
            return if read {
                Some((total + group, Some(total + group), at, false))
            } else {
                Some((least, most, past, true))
            };
        }
        if read && !joined && !matches!(kind, Numeral::Thousand | Numeral::Million) {
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
        read = true;
        at = past;
    }
    read.then_some((total.saturating_add(group), Some(total.saturating_add(group)), at, false))
}

/// One numeral word or number in digits: kind, least, most, the word after it, and whether و joins it to the left.
fn numeral(words: &Words<'_>, at: usize) -> Option<(Numeral, u32, Option<u32>, usize, bool)> {
    let word = words.words.get(at)?;
    if word.digits {
        let joined = word.clitic == Some('و');
        return digits(word.form).map(|n| (Numeral::Unit, n, Some(n), at + 1, joined));
    }
    words.at(at).iter().find_map(|hit| match hit.class {
        Class::Numeral(kind, least, most) if kind != Numeral::Approx && !hit.article => {
            Some((kind, least, most, hit.end, hit.conj.is_some()))
        }
        _ => None,
    })
}

/// A whole number in digits, with `,` or `.` between groups of three.
pub(super) fn digits(form: &str) -> Option<u32> {
    let mut groups = form.split([',', '.']);
    let first = groups.next()?;
    let grouped = groups.all(|g| g.len() == 3);
    let plain: String = form.chars().filter(char::is_ascii_digit).collect();
    (grouped && !first.is_empty()).then(|| plain.parse().ok()).flatten()
}
