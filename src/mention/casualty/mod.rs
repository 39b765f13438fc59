//! Casualties: `N قتلى`, `قُتل N`, `مقتل جندي وإصابة آخرين`, `دون إصابات`, `دون معلومات عن ضحايا`.
//!
//! «أوقع قتيلاً وجريحين» 1 killed, 2 injured · «مقتل وإصابة 15» neither · «عشرات الجرحى» 20 or more injured ·
//! «أصابت المسيرة هدفها» nobody. Breakdowns («بينهم ثلاثة أطفال») are not added; parts told side by side are.
//! Misses: tolls spread over two sentences, ages taken for counts.

mod before;
mod listed;
mod risen;
mod who;

use std::ops::Deref;

use before::{followed, opening};
pub use risen::rises;
use who::{counted, joined, object, person, somebody, subject};

use super::number::{Count, at_least, count_at, more_than};
use super::unharmed::unharmed;
use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, Form, Harm, Number, Particle, Sense, Victim};

/// Who was assassinated stands within so many words; a judgement.
const SLAIN_WORDS: usize = 8;
/// «وعددهم» stands within so many words of whom it counts; a judgement.
const NUMBERED_WORDS: usize = 14;

/// Least and most; most is none where it is not told.
pub type Bounds = (u32, Option<u32>);

/// What a stretch of text says of casualties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Casualties {
    /// Killed, where told.
    pub killed: Option<Bounds>,
    /// Injured, where told.
    pub injured: Option<Bounds>,
    /// Whether the killed are a bare plural without number.
    pub vague_killed: bool,
    /// Whether the injured are.
    pub vague_injured: bool,
    /// Whether it says that nobody was hurt.
    pub nobody: bool,
    /// Whether it says that the toll is not known.
    pub untold: bool,
    /// The words that tell of damage, first and past the last.
    pub damage: Option<(usize, usize)>,
    /// Whether killed and injured are counted together.
    pub combined: bool,
    /// Whether it is what an earlier toll has risen to.
    pub raised: bool,
    /// First word that tells.
    pub start: usize,
    /// One past the last word that tells.
    pub end: usize,
}

impl Casualties {
    /// Whether it says anything of people.
    pub fn tells(&self) -> bool {
        self.killed.is_some() || self.injured.is_some() || self.nobody || self.untold || self.combined
    }

    /// Whether anybody was hurt.
    pub fn hurt(&self) -> bool {
        self.combined || self.killed.is_some_and(|k| k.0 > 0) || self.injured.is_some_and(|i| i.0 > 0)
    }

    fn mark(&mut self, start: usize, end: usize) {
        if self.end == 0 {
            self.start = start;
        }
        self.start = self.start.min(start);
        self.end = self.end.max(end);
    }

    fn add(&mut self, who: Who, bounds: Bounds, vague: bool, (start, end): (usize, usize)) {
        let (slot, flag) = match who {
            Who::Killed => (&mut self.killed, &mut self.vague_killed),
            Who::Injured => (&mut self.injured, &mut self.vague_injured),
        };
        *slot = match *slot {
            Some(old) if vague => Some(old),
            Some(old) if !*flag => {
                Some((old.0.saturating_add(bounds.0), old.1.zip(bounds.1).map(|(a, b)| a.saturating_add(b))))
            }
            _ => Some(bounds),
        };
        *flag = vague && (*flag || *slot == Some(bounds));
        self.mark(start, end);
    }
}

/// Words, and which of them tell a time: «يوم 16 من الشهر» counts nobody.
struct Text<'w, 'a> {
    all: &'w Words<'a>,
    times: &'w [(usize, usize)],
}

impl<'a> Deref for Text<'_, 'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        self.all
    }
}

impl Text<'_, '_> {
    /// The count that starts at a word, unless it is part of a date.
    #[inline]
    fn count(&self, start: usize, end: usize) -> Option<Count> {
        let dated = || self.times.iter().any(|(from, to)| *from <= start && start < *to);
        count_at(self.all, start, end).filter(|_| !dated())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Killed,
    Injured,
}

/// What a range of words says of casualties.
pub fn casualties(words: &Words<'_>, start: usize, end: usize, times: &[(usize, usize)]) -> Casualties {
    let words = &Text { all: words, times };
    let mut out = Casualties::default();
    if !words.any(start, end, relevant) {
        return out;
    }
    let previous = words.within(start, end).iter().find(|h| matches!(h.class, Class::Cue(Cue::Previous | Cue::Sum)));
    let end = previous.map_or(end, |h| h.start);
    let mut at = start;
    let mut skip_until_verb = false;
    let denied = unharmed(words, start, end);
    if let Some((from, to)) = denied {
        out.nobody = true;
        out.mark(from, to);
    }
    while at < end {
        if let Some((_, to)) = denied.filter(|(from, _)| *from == at) {
            at = to;
            continue;
        }
        let here = words.at(at);
        if let Some(rise) = here.iter().find(|h| rises(words, h, end)) {
            if out.end > 0 {
                return risen::raised(words, out, rise.end, end, times);
            }
            out.raised = true;
        }
        // Counts after «بينهم» are part of the toll told before.
        if here.iter().any(|h| matches!(h.class, Class::Breakdown)) {
            skip_until_verb = true;
        }
        let hit = here.iter().copied().find(|h| h.end <= end && relevant(h));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        if reopens(&hit) {
            skip_until_verb = false;
        }
        let past = match hit.class {
            Class::Harm(harm) => {
                let denied = under_negation(words, start, hit.start) || or_else(words, &hit);
                note_harm(&mut out, harm, &hit, denied)
            }
            Class::Victim(Victim::Killed | Victim::Injured, _) if skip_until_verb && !hit_counted(words, &hit) => {
                hit.end
            }
            Class::Victim(victim, _)
                if skip_until_verb
                    && !matches!(victim, Victim::Killed | Victim::Injured)
                    && !closes(words, start, &hit, &out) =>
            {
                hit.end
            }
            Class::Victim(victim, number) => read(words, (start, end), &hit, victim, number, &mut out),
            Class::Trigger { .. } => slain(words, &hit, end, &mut out),
            _ => hit.end,
        };
        at = past.max(at + 1);
    }
    out
}

/// «بينهم امرأة، وأصيب ستة»: a verb that begins another toll.
fn reopens(hit: &Hit) -> bool {
    let Class::Victim(victim, number) = hit.class else { return false };
    hit.conj.is_some()
        && matches!(victim, Victim::Kill | Victim::Injure)
        && matches!(number, Number::Verb | Number::Active | Number::Masdar)
}

/// «89 شخصا بينهم خمسة أطفال قُتلوا»: the verb of those told before the breakdown.
fn closes(words: &Text<'_, '_>, start: usize, hit: &Hit, out: &Casualties) -> bool {
    matches!(hit.class, Class::Victim(Victim::Kill | Victim::Injure, Number::Verb))
        && !out.hurt()
        && opening(words, start, hit).is_some()
}

/// «بينهم ستة … و23 جريحا»: a counted noun joined by و goes on with the toll.
fn hit_counted(words: &Text<'_, '_>, hit: &Hit) -> bool {
    let added = words.any(hit.start.saturating_sub(4), hit.start, |h| h.is_cue(Cue::Addition));
    let before = hit.start.checked_sub(1);
    added
        || before.is_some_and(|w| {
            let word = words.words[w];
            (word.digits && word.clitic == Some('و'))
                || (word.form.starts_with('و') && words.count(w, hit.start).is_some())
                || joined_count(words, hit)
        })
}

/// «وأكثر من عشرين مصابا»: a count of several words, joined by و.
fn joined_count(words: &Text<'_, '_>, hit: &Hit) -> bool {
    (hit.start.saturating_sub(4)..hit.start)
        .any(|w| words.form(w).starts_with('و') && words.count(w, hit.start).is_some_and(|c| c.end == hit.start))
}

fn relevant(hit: &Hit) -> bool {
    let assassinated = matches!(hit.class, Class::Trigger { sense: Sense::Assassination, form: Form::Verb, .. });
    matches!(hit.class, Class::Harm(_) | Class::Victim(..)) || assassinated
}

/// «اغتال مسلحون مجهولون قائد الأمن وأربعة من مرافقيه»: whom, past those who did it.
fn slain(words: &Text<'_, '_>, hit: &Hit, end: usize, out: &mut Casualties) -> usize {
    let doers = |h: &Hit| matches!(h.class, Class::Actor(_) | Class::Weapon { .. }) && h.prep.is_none();
    let mut at = hit.end;
    while let Some(doer) = words.at(at).iter().find(|h| doers(h)) {
        at = doer.end;
    }
    let whom = words.within(at, end.min(at + SLAIN_WORDS)).iter().find_map(|h| match h.class {
        Class::Victim(Victim::Person, number) => person(h, number),
        Class::Cue(Cue::Office | Cue::Person) => Some(((1, Some(1)), false, h.end)),
        _ => None,
    });
    let Some((bounds, vague, past)) = whom else { return hit.end };
    out.add(Who::Killed, bounds, vague, (hit.start, past));
    joined(words, past, end, Who::Killed, out)
}

/// «لم يخلف ضحايا أو أضرار», «دون وقوع أضرار».
fn under_negation(words: &Text<'_, '_>, start: usize, at: usize) -> bool {
    let from = start.max(at.saturating_sub(7));
    let denies = |h: &&Hit| h.end <= at && (h.is_cue(Cue::Negation) || h.class == Class::Harm(Harm::Untold));
    let last = words.within(from, at).iter().rev().find(denies);
    last.is_some_and(|n| (n.end..=at).all(|w| words.words[w].gap.open() || w == n.end))
}

/// «دون تسجيل أي إصابات أو أضرار»: joined to what is denied.
fn or_else(words: &Text<'_, '_>, hit: &Hit) -> bool {
    let from = hit.start.saturating_sub(2);
    let nobody = |h: &Hit| h.end + 1 == hit.start && matches!(h.class, Class::Harm(Harm::Nobody | Harm::Loss));
    let joined = words.words[hit.start].gap.open() && hit.start > 0 && words.words[hit.start - 1].gap.open();
    joined && words.within(from.saturating_sub(8), hit.start).iter().any(nobody)
}

fn note_harm(out: &mut Casualties, harm: Harm, hit: &Hit, negated: bool) -> usize {
    match harm {
        Harm::Nobody => out.nobody = true,
        Harm::OnlyMaterial => (out.nobody, out.damage) = (true, out.damage.or(Some((hit.start, hit.end)))),
        Harm::Untold => out.untold = true,
        Harm::Damage if negated => {}
        Harm::Damage => out.damage = out.damage.or(Some((hit.start, hit.end))),
        Harm::Loss => {}
    }
    if !matches!(harm, Harm::Damage | Harm::Loss) {
        out.mark(hit.start, hit.end);
    }
    hit.end
}

fn read(
    words: &Text<'_, '_>,
    (start, end): (usize, usize),
    hit: &Hit,
    victim: Victim,
    number: Number,
    out: &mut Casualties,
) -> usize {
    match victim {
        Victim::Killed => noun(words, (start, end), hit, number, Who::Killed, out),
        Victim::Injured => noun(words, (start, end), hit, number, Who::Injured, out),
        Victim::Kill if number == Number::Theirs => theirs(words, hit, Who::Killed, out),
        Victim::Injure if number == Number::Theirs => theirs(words, hit, Who::Injured, out),
        Victim::Kill if number != Number::Active => verb(words, (start, end), hit, Who::Killed, out),
        Victim::Injure => verb(words, (start, end), hit, Who::Injured, out),
        Victim::Both => {
            out.combined = true;
            out.mark(hit.start, hit.end);
            after_count(words, hit.end, end)
        }
        _ => hit.end,
    }
}

/// «ما أدى إلى مقتله»: who was told before, and is not counted yet.
fn theirs(words: &Text<'_, '_>, hit: &Hit, who: Who, out: &mut Casualties) -> usize {
    let told = if who == Who::Killed { out.killed } else { out.injured };
    if let Some(bounds) = before::theirs(words, hit).filter(|_| told.is_none()) {
        out.add(who, bounds, false, (hit.start, hit.end));
    }
    hit.end
}

/// The word after a count that follows, if one does.
fn after_count(words: &Text<'_, '_>, at: usize, end: usize) -> usize {
    (at..end.min(at + 2)).find_map(|w| words.count(w, end)).map_or(at, |c| c.end)
}

/// «قتيلا», «تسعة قتلى», «قتلى».
fn noun(
    words: &Text<'_, '_>,
    (start, end): (usize, usize),
    hit: &Hit,
    number: Number,
    who: Who,
    out: &mut Casualties,
) -> usize {
    // «بلغ 25 والجرحى 110»: the count before belongs to the noun before.
    let opens = hit.conj.is_some() && words.form(hit.start).contains("ال");
    let from = if opens { hit.start } else { start.max(hit.start.saturating_sub(9)) };
    let count = (from..hit.start).find_map(|w| words.count(w, hit.start).filter(|c| c.end == hit.start));
    // «عشرات القتلى والجرحى»
    let other = |h: &Hit| h.conj.is_some() && matches!(h.class, Class::Victim(Victim::Injured, Number::Plural));
    let both = who == Who::Killed && number == Number::Plural && words.form(hit.start).starts_with("ال");
    if both && count.is_some() && words.at(hit.end).iter().any(other) && hit.end < end {
        out.combined = true;
        out.mark(hit.start, hit.end + 1);
        return hit.end + 1;
    }
    match (count, number) {
        // «وعشرات الإصابات», and not «بجروح».
        (None, Number::Masdar) => {}
        (Some(count), _) => {
            let max = count.max.filter(|_| !(hit.end < end && at_least(words, hit.end)));
            out.add(who, (count.min, max), false, (count.start, hit.end));
        }
        // «انتُشلت جثامين عشرة مدنيين»
        (None, Number::Noun) => {
            if let Some((bounds, vague, past)) = words.count(hit.end, end).and_then(|c| counted(words, c, end)) {
                out.add(who, bounds, vague, (hit.start, past));
                return past;
            }
        }
        (None, Number::Singular) if !hit.article => out.add(who, (1, Some(1)), false, (hit.start, hit.end)),
        (None, Number::Dual) => out.add(who, (2, Some(2)), false, (hit.start, hit.end)),
        (None, Number::Plural) if words.form(hit.start).contains("ال") && after_noun(words, hit, end).is_some() => {
            if let Some(count) = after_noun(words, hit, end) {
                out.add(
                    who,
                    (count.min, count.max.filter(|_| !past_it(words, hit.start))),
                    false,
                    (hit.start, count.end),
                );
                return count.end;
            }
        }
        // «دون أنباء عن إصابات», «دون أن تشير إلى سقوط ضحايا»: nobody says whether there are any.
        (None, Number::Plural) if under_negation(words, start, hit.start) => {
            out.untold = true;
            out.mark(hit.start, hit.end);
        }
        (None, Number::Plural) if tolled(words, hit.start) => return toll(words, (start, end), hit, who, out),
        (None, Number::Plural) if numbered(words, hit.end, end).is_some() => {
            if let Some(count) = numbered(words, hit.end, end) {
                out.add(who, (count.min, count.max), false, (hit.start, hit.end));
                return count.end;
            }
        }
        (None, Number::Plural)
            if !hit.article
                && !words.form(hit.start).starts_with("ال")
                && !or_else(words, hit)
                && (out.killed.is_none() || who == Who::Injured && out.injured.is_none()) =>
        {
            out.add(who, (1, None), true, (hit.start, hit.end));
        }
        _ => {}
    }
    hit.end
}

/// «الضحايا الذين سقطوا في قصف … وعددهم تسعة».
fn numbered(words: &Text<'_, '_>, at: usize, end: usize) -> Option<Count> {
    let told = words.within(at, end.min(at + NUMBERED_WORDS)).iter().find(|h| h.is_cue(Cue::Numbered))?;
    words.count(told.end, end)
}

/// «القتلى 45»; «ارتفع عدد القتلى إلى 45، والجرحى إلى 75».
fn after_noun(words: &Text<'_, '_>, hit: &Hit, end: usize) -> Option<Count> {
    let to = || words.at(hit.end).iter().find(|h| h.is_particle(Particle::To)).filter(|_| hit.conj == Some('و'));
    words.count(hit.end, end).or_else(|| words.count(to()?.end, end))
}

/// Whether عدد or حصيلة stands right before.
fn tolled(words: &Text<'_, '_>, at: usize) -> bool {
    at > 0 && words.at(at - 1).iter().any(|h| h.is_cue(Cue::Toll))
}

/// «تجاوز عدد الجرحى خمسين»: the number told is the least.
fn past_it(words: &Text<'_, '_>, at: usize) -> bool {
    at > 1 && tolled(words, at) && more_than(words, at - 2)
}

/// «ارتفع إلى 37 عدد القتلى», «عدد القتلى … ارتفع من 35 إلى 45».
fn toll(words: &Text<'_, '_>, (start, end): (usize, usize), hit: &Hit, who: Who, out: &mut Casualties) -> usize {
    let word = hit.start - 1;
    // «القتلى إلى 25، وعدد الجرحى إلى 110»: the count before a comma belongs to what stands before it.
    let flows = words.words[word].gap.open();
    let near = if flows { start.max(word.saturating_sub(4))..word } else { word..word };
    let before = near.into_iter().find_map(|w| words.count(w, word).filter(|c| c.end == word));
    let after = || {
        words
            .within(hit.end, end)
            .iter()
            .filter(|h| matches!(h.class, Class::Particle(Particle::To) | Class::Cue(Cue::Reached)))
            .find_map(|h| words.count(h.end, end))
    };
    let Some(count) = before.or_else(after) else { return hit.end };
    let max = count.max.filter(|_| !past_it(words, hit.start));
    out.add(who, (count.min, max), false, (hit.start, hit.end));
    if count.start > hit.end && words.at(count.end).iter().any(|h| matches!(h.class, Class::Victim(Victim::Killed, _)))
    {
        return count.end + 1;
    }
    hit.end
}

/// «قُتل تسعة», «مقتل جندي», «خمسة من الحرس قتلوا», «أودى بحياة تسعة».
fn verb(words: &Text<'_, '_>, (start, end): (usize, usize), hit: &Hit, who: Who, out: &mut Casualties) -> usize {
    // «استشهد ثلاثة … وأُصيب مثلهم»
    if let Some(equal) = words.at(hit.end).iter().find(|h| h.is_cue(Cue::Equal)) {
        let other = if who == Who::Killed { out.injured } else { out.killed };
        if let Some(bounds) = other {
            out.add(who, bounds, false, (hit.start, equal.end));
            return equal.end;
        }
    }
    let told = if who == Who::Killed { out.killed } else { out.injured };
    // «ستة شهداء وعشرون إصابة»
    if matches!(hit.class, Class::Victim(Victim::Injure, Number::Masdar)) && hit.conj.is_none() && !hit.article {
        let from = start.max(hit.start.saturating_sub(4));
        if let Some(count) = (from..hit.start).find_map(|w| words.count(w, hit.start).filter(|c| c.end == hit.start)) {
            out.add(who, (count.min, count.max), false, (count.start, hit.end));
            return hit.end;
        }
    }
    // «بالاختناق» tells of what.
    if hit.article && hit.prep.is_some() {
        return hit.end;
    }
    let unknown = if who == Who::Killed { somebody(words, hit, end) } else { None };
    // «قتل نازحتين سوريتين»
    if let Some((2, past)) = unknown {
        out.add(who, (2, Some(2)), false, (hit.start, past));
        return past;
    }
    let whom = listed::names(words, hit.end, end).or_else(|| object(words, hit.end, end));
    if let Some((bounds, vague, past)) = whom {
        // «أصيب خمسة، إصابة أحدهم خطيرة»: one of those told.
        if told.is_some() && words.any(hit.end, past, |h| matches!(h.class, Class::Breakdown)) {
            return past;
        }
        let bounds = unknown.map_or(bounds, |_| listed::with_first(words, bounds, (hit.end, past)));
        out.add(who, bounds, vague, (hit.start, past));
        return joined(words, past, end, who, out);
    }
    // Who stands before «مقتل» or the active «أصابت» was not hurt by it.
    let passive = !matches!(hit.class, Class::Victim(_, Number::Masdar | Number::Active));
    // «مقتل سليماني الذي قُتل»: told once.
    let again =
        out.killed.is_some() && words.at(hit.start.saturating_sub(1)).iter().any(|h| h.is_particle(Particle::Relative));
    let opened = || opening(words, start, hit).map(|(bounds, from)| (bounds, false, from));
    // «قُتلت صحفيتان وأصيب سائق»: they are counted already.
    let just = hit.conj.is_some() && out.end == hit.start && out.end > 0;
    let before = if passive && !again && !just { opened().or_else(|| subject(words, start, hit.start)) } else { None };
    if let Some((bounds, vague, from)) = before {
        out.add(who, bounds, vague, (from, hit.end));
    } else if let Some((number, past)) = unknown.filter(|_| passive) {
        out.add(who, (number, Some(number)), false, (hit.start, past));
        return joined(words, past, end, who, out);
    } else if let Some(bounds) = followed(words, hit).filter(|_| passive && told.is_none()) {
        out.add(who, bounds, false, (hit.start, hit.end));
    } else if let Some((bounds, vague, past)) = listed::far(words, hit.end, end).filter(|_| told.is_none()) {
        out.add(who, bounds, vague, (hit.start, past));
        return past;
    }
    hit.end
}
