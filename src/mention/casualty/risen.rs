//! What a toll has risen to: «توفي أحد الجرحى لترتفع الحصيلة إلى ستة قتلى» six, and not seven.
//!
//! Misses: a rise told without a word for toll or number.

use super::{Casualties, casualties};
use crate::lexicon::class::Cue;
use crate::mention::words::{Hit, Words};

/// «لترتفع الحصيلة», «ارتفع عدد القتلى».
pub fn rises(words: &Words<'_>, hit: &Hit, end: usize) -> bool {
    hit.is_cue(Cue::Rise) && hit.end < end && words.at(hit.end).iter().any(|h| h.is_cue(Cue::Toll))
}

/// «توفي أحد الجرحى لترتفع الحصيلة إلى ستة قتلى»: what the toll has risen to holds those told before.
pub(super) fn raised(
    words: &Words<'_>,
    told: Casualties,
    start: usize,
    end: usize,
    times: &[(usize, usize)],
) -> Casualties {
    let all = casualties(words, start, end, times);
    if !all.hurt() {
        return told;
    }
    Casualties {
        killed: all.killed.or(told.killed),
        injured: all.injured.or(told.injured),
        start: told.start,
        raised: true,
        ..all
    }
}
