//! Casualties: `N قتلى`, `قُتل N`, `مقتل جندي وإصابة آخرين`, `دون إصابات`, `دون معلومات عن ضحايا`.
//!
//! «أوقع قتيلاً وجريحين» 1 killed, 2 injured · «مقتل وإصابة 15» neither · «عشرات الجرحى» 20 or more injured ·
//! «أصابت المسيرة هدفها» nobody. Breakdowns («بينهم ثلاثة أطفال») are not added; parts told side by side are.
//! Misses: tolls spread over two sentences, ages taken for counts.

use super::number::{Count, at_least, count_at};
use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, Form, Harm, Number, Particle, Sense, Victim};

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Killed,
    Injured,
}

/// Words between which a breakdown stands: its counts are part of the toll told before.
fn breakdown(form: &str, forms: &[String]) -> bool {
    forms.iter().any(|f| f == form)
}

/// What a range of words says of casualties.
pub fn casualties(words: &Words<'_>, start: usize, end: usize, breakdowns: &[String]) -> Casualties {
    let mut out = Casualties::default();
    if !words.any(start, end, relevant) {
        return out;
    }
    let previous = words.within(start, end).iter().find(|h| matches!(h.class, Class::Cue(Cue::Previous | Cue::Sum)));
    let end = previous.map_or(end, |h| h.start);
    let mut at = start;
    let mut skip_until_verb = false;
    let denied = denied(words, start, end);
    if let Some((from, to)) = denied {
        out.nobody = true;
        out.mark(from, to);
    }
    while at < end {
        if let Some((_, to)) = denied.filter(|(from, _)| *from == at) {
            at = to;
            continue;
        }
        if breakdown(words.form(at), breakdowns) {
            skip_until_verb = true;
        }
        let hit = words.at(at).iter().copied().find(|h| h.end <= end && relevant(h));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        if hit.conj.is_some()
            && matches!(hit.class, Class::Victim(Victim::Kill | Victim::Injure, Number::Verb | Number::Masdar))
        {
            skip_until_verb = false;
        }
        let past = match hit.class {
            Class::Harm(harm) => note_harm(&mut out, harm, &hit),
            Class::Victim(Victim::Killed | Victim::Injured, _) if skip_until_verb && !hit_counted(words, &hit) => {
                hit.end
            }
            Class::Victim(victim, _) if skip_until_verb && !matches!(victim, Victim::Killed | Victim::Injured) => {
                hit.end
            }
            Class::Victim(victim, number) => read(words, (start, end), &hit, victim, number, &mut out),
            _ => hit.end,
        };
        at = past.max(at + 1);
    }
    out
}

/// «لم يسفر القصف عن إصابات», «دون أن يؤدي ذلك إلى ضحايا»: words between the negation and the victims.
fn denied(words: &Words<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    words.within(start, end).iter().filter(|h| h.class == Class::Cue(Cue::Negation)).find_map(|negation| {
        let result = words
            .within(negation.end, end.min(negation.end + 2))
            .iter()
            .find(|h| matches!(h.class, Class::Trigger { sense: Sense::Result, .. }))?;
        let victims = words
            .within(result.end, end.min(result.end + 7))
            .iter()
            .find(|h| matches!(h.class, Class::Victim(Victim::Killed | Victim::Injured, Number::Plural)))?;
        Some((negation.start, victims.end))
    })
}

/// «بينهم ستة … و23 جريحا»: a counted noun joined by و goes on with the toll.
fn hit_counted(words: &Words<'_>, hit: &Hit) -> bool {
    let added = words.any(hit.start.saturating_sub(4), hit.start, |h| h.class == Class::Cue(Cue::Addition));
    let before = hit.start.checked_sub(1);
    added
        || before.is_some_and(|w| {
            let word = words.words[w];
            (word.digits && word.clitic == Some('و'))
                || (word.form.starts_with('و') && count_at(words, w, hit.start).is_some())
        })
}

fn relevant(hit: &Hit) -> bool {
    matches!(hit.class, Class::Harm(_) | Class::Victim(..))
}

fn note_harm(out: &mut Casualties, harm: Harm, hit: &Hit) -> usize {
    match harm {
        Harm::Nobody => out.nobody = true,
        Harm::OnlyMaterial => (out.nobody, out.damage) = (true, out.damage.or(Some((hit.start, hit.end)))),
        Harm::Untold => out.untold = true,
        Harm::Damage => out.damage = out.damage.or(Some((hit.start, hit.end))),
    }
    if harm != Harm::Damage {
        out.mark(hit.start, hit.end);
    }
    hit.end
}

fn read(
    words: &Words<'_>,
    (start, end): (usize, usize),
    hit: &Hit,
    victim: Victim,
    number: Number,
    out: &mut Casualties,
) -> usize {
    match victim {
        Victim::Killed => noun(words, (start, end), hit, number, Who::Killed, out),
        Victim::Injured => noun(words, (start, end), hit, number, Who::Injured, out),
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

/// The word after a count that follows, if one does.
fn after_count(words: &Words<'_>, at: usize, end: usize) -> usize {
    (at..end.min(at + 2)).find_map(|w| count_at(words, w, end)).map_or(at, |c| c.end)
}

/// «قتيلا», «تسعة قتلى», «قتلى».
fn noun(
    words: &Words<'_>,
    (start, end): (usize, usize),
    hit: &Hit,
    number: Number,
    who: Who,
    out: &mut Casualties,
) -> usize {
    if number == Number::Masdar {
        return hit.end;
    }
    let count = (start.max(hit.start.saturating_sub(5))..hit.start)
        .find_map(|w| count_at(words, w, hit.start).filter(|c| c.end == hit.start));
    match (count, number) {
        (Some(count), _) => {
            let max = count.max.filter(|_| !(hit.end < end && at_least(words, hit.end)));
            out.add(who, (count.min, max), false, (count.start, hit.end));
        }
        (None, Number::Singular) if !hit.article => out.add(who, (1, Some(1)), false, (hit.start, hit.end)),
        (None, Number::Dual) => out.add(who, (2, Some(2)), false, (hit.start, hit.end)),
        (None, Number::Plural) if tolled(words, hit.start) => return toll(words, (start, end), hit, who, out),
        (None, Number::Plural)
            if !hit.article
                && !words.form(hit.start).starts_with("ال")
                && (out.killed.is_none() || who == Who::Injured && out.injured.is_none()) =>
        {
            out.add(who, (1, None), true, (hit.start, hit.end));
        }
        _ => {}
    }
    hit.end
}

/// Whether عدد or حصيلة stands right before.
fn tolled(words: &Words<'_>, at: usize) -> bool {
    at > 0 && words.at(at - 1).iter().any(|h| h.class == Class::Cue(Cue::Toll))
}

/// «ارتفع إلى 37 عدد القتلى», «عدد القتلى … ارتفع من 35 إلى 45».
fn toll(words: &Words<'_>, (start, end): (usize, usize), hit: &Hit, who: Who, out: &mut Casualties) -> usize {
    let word = hit.start - 1;
    let before =
        (start.max(word.saturating_sub(4))..word).find_map(|w| count_at(words, w, word).filter(|c| c.end == word));
    let after = || {
        words
            .within(hit.end, end)
            .iter()
            .filter(|h| h.class == Class::Particle(Particle::To))
            .find_map(|h| count_at(words, h.end, end))
    };
    let Some(count) = before.or_else(after) else { return hit.end };
    out.add(who, (count.min, count.max), false, (hit.start, hit.end));
    if count.start > hit.end && words.at(count.end).iter().any(|h| matches!(h.class, Class::Victim(Victim::Killed, _)))
    {
        return count.end + 1;
    }
    hit.end
}

/// «قُتل تسعة», «مقتل جندي», «خمسة من الحرس قتلوا», «أودى بحياة تسعة».
fn verb(words: &Words<'_>, (start, end): (usize, usize), hit: &Hit, who: Who, out: &mut Casualties) -> usize {
    if let Some((bounds, vague, past)) = object(words, hit.end, end) {
        out.add(who, bounds, vague, (hit.start, past));
        return joined(words, past, end, who, out);
    }
    let masdar = matches!(hit.class, Class::Victim(_, Number::Masdar));
    if let Some((bounds, vague, from)) = subject(words, start, hit.start).filter(|_| !masdar) {
        out.add(who, bounds, vague, (from, hit.end));
    }
    hit.end
}

/// «وأصيب خمسة جنود ومتعاقد آخر»: more of the same, joined by و.
fn joined(words: &Words<'_>, at: usize, end: usize, who: Who, out: &mut Casualties) -> usize {
    let mut past = at;
    for here in at..end.min(at + 3) {
        if !words.words[here].gap.open() {
            break;
        }
        let person = words.at(here).iter().find_map(|h| match h.class {
            Class::Victim(Victim::Person, number) if h.conj.is_some() => person(h, number),
            _ => None,
        });
        let counted = || {
            let count = count_at(words, here, end).filter(|_| here > at || words.form(here).starts_with('و'))?;
            let people = words.at(count.end).iter().any(|h| matches!(h.class, Class::Victim(Victim::Person, _)));
            let more = people && words.at(here).iter().any(|h| h.conj.is_some());
            more.then_some(((count.min, count.max), false, count.end + 1))
        };
        if let Some((bounds, vague, end)) = person.or_else(counted) {
            out.add(who, bounds, vague, (here, end));
            past = end;
            break;
        }
        if words.at(here).iter().any(|h| !matches!(h.class, Class::Nisba(_) | Class::NisbaActor(_) | Class::Victim(..)))
        {
            break;
        }
    }
    past
}

/// Who was hurt, after the verb: a count, or a person word, within a few words.
fn object(words: &Words<'_>, at: usize, end: usize) -> Option<(Bounds, bool, usize)> {
    let mut here = at;
    let mut steps = 0;
    while here < end && steps < 6 {
        if here > at && !words.words[here].gap.open() && words.words[here].gap.comma && steps > 0 {
            return None;
        }
        if let Some(count) = count_at(words, here, end) {
            return counted(words, count, end);
        }
        for hit in words.at(here) {
            match hit.class {
                Class::Victim(Victim::Person, number) => return person(hit, number),
                Class::Victim(Victim::Other, number) if hit.conj.is_none() => return person(hit, number),
                Class::Victim(Victim::Killed | Victim::Injured, _) if here == at => return None,
                Class::Victim(Victim::Kill | Victim::Injure | Victim::Both, _) => return None,
                Class::Trigger { form: Form::Verb | Form::Present | Form::Singular, .. } => return None,
                Class::Cue(Cue::Negation) | Class::Particle(Particle::That) => return None,
                Class::Target(_) if steps == 0 => return None,
                _ => {}
            }
        }
        here += 1;
        steps += 1;
    }
    None
}

/// A count of people: not of kilometres, days or percent.
fn counted(words: &Words<'_>, count: Count, end: usize) -> Option<(Bounds, bool, usize)> {
    let unit = words.at(count.end).iter().any(|h| {
        let thing =
            matches!(h.class, Class::Weapon { .. } | Class::Trigger { .. }) && h.prep.is_none() && h.conj.is_none();
        thing || matches!(h.class, Class::Length(_) | Class::Month(..) | Class::Time(..))
    });
    let mut past = count.end;
    if words
        .at(past)
        .iter()
        .any(|h| matches!(h.class, Class::Victim(Victim::Person | Victim::Other | Victim::Killed, _)))
    {
        past += 1;
    }
    let least = past < end && words.words[past].gap.open() && at_least(words, past);
    let max = count.max.filter(|_| !least);
    (!unit).then_some(((count.min, max), count.vague && count.max.is_none(), past.min(end)))
}

fn person(hit: &Hit, number: Number) -> Option<(Bounds, bool, usize)> {
    let bounds = match number {
        Number::Singular => (1, Some(1)),
        Number::Dual => (2, Some(2)),
        Number::Plural => (1, None),
        _ => return None,
    };
    Some((bounds, false, hit.end))
}

/// Who was hurt, before the verb: «إن ستة أشخاص قُتلوا».
fn subject(words: &Words<'_>, start: usize, verb: usize) -> Option<(Bounds, bool, usize)> {
    let from = start.max(verb.saturating_sub(7));
    let count = (from..verb).rev().find_map(|w| count_at(words, w, verb).filter(|c| c.start == w));
    if let Some(count) = count.and_then(|c| widest(words, from, c, verb)) {
        let (bounds, vague, _) = counted(words, count, verb)?;
        return Some((bounds, vague, count.start));
    }
    let close = verb.saturating_sub(3).max(from);
    words.within(close, verb).iter().rev().find_map(|h| match h.class {
        Class::Victim(Victim::Person, number) if h.conj.is_none() || number == Number::Plural => {
            person(h, number).map(|(bounds, vague, _)| (bounds, vague, h.start))
        }
        _ => None,
    })
}

/// The count that starts furthest left and still ends where this one does: «أكثر من 25 ألف».
fn widest(words: &Words<'_>, from: usize, count: Count, verb: usize) -> Option<Count> {
    (from..=count.start).find_map(|w| count_at(words, w, verb).filter(|c| c.end == count.end))
}
