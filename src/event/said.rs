//! What of a clause belongs to the event and what to whoever tells it: «قال مصدر في بغداد الأحد إن لغماً انفجر الجمعة في تكريت».
//!
//! Misses: a day told after the event that is the speaker's.

use super::clause::Clause;
use super::facts::sense;
use crate::lexicon::class::{Class, Cue, Particle};
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::{Hit, Words};

/// A relative clause takes a time within so many words; a judgement.
const ASIDE_WORDS: usize = 4;

/// When the clause's event was: a time after إن under a verb of saying belongs to the event, one before it to the saying,
/// and serves where no other is told.
pub(super) fn own_time(
    words: &Words<'_>,
    times: &[TimeMention],
    clause: Clause,
    that: Option<usize>,
) -> Option<TimeMention> {
    if times.is_empty() {
        return None;
    }
    let at = |t: &&TimeMention| t.role == TimeRole::At && !of_aside(words, clause, t);
    let after = times.iter().filter(at).filter(|t| that.is_none_or(|w| t.start > w)).copied();
    let first = words.within(clause.start, clause.end).iter().find(|h| sense(h).is_some()).map_or(0, |h| h.start);
    let mut dated = after.clone().filter(|t| t.kind != TimeKind::Daypart);
    let best = dated.clone().find(|t| t.start > first).or_else(|| dated.next()).or_else(|| after.clone().next());
    best.or_else(|| times.iter().filter(at).copied().next())
}

/// «ضحايا الجولة التي انطلقت الخميس», «مقر كان قد أُخلي قبل ساعات»: when something else was that the clause says in passing.
fn of_aside(words: &Words<'_>, clause: Clause, time: &TimeMention) -> bool {
    let from = clause.start.max(time.start.saturating_sub(ASIDE_WORDS));
    let opens = |h: &&Hit| match h.class {
        Class::Particle(Particle::Relative) => true,
        // «رغم إعلان وقف لإطلاق النار مساء أمس»
        Class::Cue(Cue::War) => true,
        Class::Cue(Cue::Perfect) => h.end > h.start + 1,
        _ => false,
    };
    let Some(aside) = words.within(from, time.start).iter().rfind(opens) else { return false };
    let told_before = words.any(clause.start, aside.start, |h| sense(h).is_some());
    let tells = |h: &Hit| sense(h).is_some() || matches!(h.class, Class::Victim(..));
    let broken = (aside.end..=time.start).any(|w| !words.words[w].gap.open());
    told_before && !broken && !words.any(aside.end, time.end, tells)
}

/// «قال مصدر في محافظة بابل إن»: what stands before إن says who speaks, unless it tells of an attack.
pub(super) fn after_source(words: &Words<'_>, clause: Clause, that: Option<usize>) -> Clause {
    match that {
        Some(that) if !words.any(clause.start, that, |h| sense(h).is_some()) => Clause { start: that, ..clause },
        _ => clause,
    }
}

/// Whether a time stands between a verb of saying at the clause's head and the first trigger, or after the source of a toll.
pub(super) fn spoken(words: &Words<'_>, clause: Clause, time: &TimeMention) -> bool {
    // «كتب مراسلنا بالمنيا: أعلنت الوزارة»
    let head = |h: &Hit| h.start < clause.start + 3 || words.words[h.start].gap.stop;
    let first = words.within(clause.start, clause.end).iter().find(|h| sense(h).is_some());
    // «شيّعت الحركة اليوم قتلاها الذين سقطوا في مواجهات»: the day of the funeral.
    let tells = |h: &Hit| matches!(h.class, Class::Cue(Cue::Report | Cue::Buried));
    let says = words.within(clause.start, time.start).iter().any(|h| tells(h) && head(h));
    // «رفعت الوزارة، اليوم الاثنين، حصيلة التفجير»: the day of the count.
    let counts = |t: &Hit| words.any(time.end, t.start, |h| h.is_cue(Cue::Toll));
    first.is_some_and(|t| (time.start < t.start && (says || counts(t))) || source_of_toll(words, clause, t, time))
}

/// «ارتفعت حصيلة القصف إلى 11 قتيلا، وفق ما أفاد مصدر اليوم الأحد»: when the source of a toll spoke.
fn source_of_toll(words: &Words<'_>, clause: Clause, first: &Hit, time: &TimeMention) -> bool {
    let counted = words.any(clause.start, first.start, |h| h.is_cue(Cue::Toll));
    let told_by = |h: &Hit| h.is_cue(Cue::Source) || h.is_cue(Cue::Report);
    let by = || words.within(first.end, time.start).iter().find(|h| told_by(h));
    counted && by().is_some_and(|b| !words.any(b.end, time.start, |h| sense(h).is_some()))
}

/// The word إن under a verb of saying at the clause's head.
pub(super) fn says_until(words: &Words<'_>, clause: Clause) -> Option<usize> {
    let says = words.within(clause.start, clause.end).iter().find(|h| matches!(h.class, Class::Cue(Cue::Report)))?;
    let that =
        words.within(says.end, clause.end).iter().find(|h| matches!(h.class, Class::Particle(Particle::That)))?;
    (says.start <= clause.start + 3).then_some(that.start)
}

/// «وفي خاش، قال الحرس إن لغما أصاب مركبة»: a place set before the verb of saying is where it happened, not who speaks.
pub(super) fn fronted(words: &Words<'_>, clause: Clause, that: Option<usize>) -> Option<Clause> {
    let leads = words.at(clause.start).iter().any(|h| h.is_particle(Particle::In));
    let says = words.within(clause.start, that?).iter().find(|h| h.is_cue(Cue::Report))?;
    (leads && says.start > clause.start).then_some(Clause { end: says.start, ..clause })
}
