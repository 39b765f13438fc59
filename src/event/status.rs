//! What a clause is worth: told as done, denied, threatened, drilled, counted.
//!
//! «هدد باستهداف حرير» nothing · «نفى سقوط قذائف» nothing · «تفجير مسيطر عليه» nothing · «أكثر من 70 هجوماً منذ مطلع العام» a tally.
//! Misses: irony, threats told as quotes without a verb.

use rustc_hash::FxHashSet;

use super::facts::{Facts, Reading, is_verb, sense};
use super::site::fineness;
use crate::lexicon::class::{Class, Cue, Form, Number, Numeral, Particle, Sense, TimeWord, Victim};
use crate::mention::number::{Count, counts};
use crate::mention::place::PlaceMention;
use crate::mention::time::{TimeKind, TimeMention, TimeRole};
use crate::mention::words::{Hit, Words};
use crate::model::EventType;

/// Numbers that are years: «القواعد في العراق وسوريا 2023 الهجمات».
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2040;

/// Of which number an attack is stands within so many words of «وهذا»; a judgement.
const COMMENT_WORDS: usize = 6;
/// Who finds something stands within so many words before the verb; a judgement.
const FOUND_WORDS: usize = 4;

/// So many dead since something began are those of a war, whatever else the clause tells; a judgement.
const WAR_DEAD: u32 = 1000;
/// A region, and what is coarser.
const WIDE: u8 = 5;
/// So many dead since something began are a count where no attack is named; a judgement.
const MANY_DEAD: u32 = 20;

/// The worth of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Told as done.
    Asserted,
    /// A running count.
    Tally,
    /// Not an event; why.
    Void(&'static str),
}

/// The status of a clause; `before` tells whether an earlier clause of the sentence was void for a reason that reaches on.
pub fn status(reading: &Reading<'_, '_>, facts: &Facts, before: Option<&'static str>) -> Status {
    let words = reading.words;
    if let Some(reason) = scene(reading, facts) {
        return Status::Void(reason);
    }
    if let Some(reason) = before.filter(|r| !released(words, facts, r)) {
        return Status::Void(reason);
    }
    if is_tally(reading, facts) || nth_since(words, facts) {
        return Status::Tally;
    }
    // «قيادة عمليات نينوى تنفي» names who denies.
    let told = facts.triggers.iter().find(|t| sense(t) != Some(Sense::Operation));
    let first = told.map_or(facts.clause.end, |t| t.start);
    if facts.first(words, Cue::Deny).is_some_and(|at| at < first && !denies_part(words, facts, at, told)) {
        return Status::Void("denied");
    }
    let unreal = [(Cue::Threat, "threatened"), (Cue::Hypothetical, "hypothetical"), (Cue::Plan, "planned")];
    if let Some((_, reason)) = unreal.into_iter().find(|(cue, _)| only_unreal(reading, facts, *cue)) {
        return Status::Void(reason);
    }
    if facts.may_have(Cue::Found) && found(words, facts) {
        return Status::Void("found");
    }
    if facts.triggers.is_empty() && facts.may_have(Cue::Buried) && facts.has(words, Cue::Buried) {
        return Status::Void("mourned");
    }
    if heard_only(words, facts) {
        return Status::Void("heard only");
    }
    if often_before(words, facts) {
        return Status::Void("vague background");
    }
    let times = reading.times_in(facts.clause.start, facts.clause.end);
    if times.iter().any(|t| t.role == TimeRole::Future) && facts.time.is_none() {
        return Status::Void("to come");
    }
    Status::Asserted
}

/// «وهذا ثالث تفجير تشهده عدن منذ مطلع العام»: it counts those told before.
fn nth_since(words: &Words<'_>, facts: &Facts) -> bool {
    let nth =
        |h: &Hit| matches!(h.class, Class::Ordinal(_) | Class::Cue(Cue::Another) | Class::Victim(Victim::Other, _));
    let counted = |t: &Hit| words.within(t.start.saturating_sub(2), t.start).iter().any(|h| h.end == t.start && nth(h));
    if comments(words, facts) {
        return true;
    }
    let first = facts.triggers.iter().find(|t| !is_verb(t));
    let since = facts.since.is_some() || facts.has(words, Cue::Since);
    since && facts.time.is_none() && !facts.casualties.hurt() && first.is_some_and(counted)
}

/// «وهذا أول اعتداء يطال كنيسة في العاصمة», «وتعدّ هذه ثالث غارة», «وهو الخامس من نوعه في ريف حلب»: of which number the one just told is.
fn comments(words: &Words<'_>, facts: &Facts) -> bool {
    let start = facts.clause.start;
    let Some(this) = words.within(start, start + 3).iter().find(|h| h.is_cue(Cue::This)) else { return false };
    if facts.casualties.hurt() || facts.time.is_some() || start == 0 {
        return false;
    }
    let trigger = |at: usize| words.at(at).iter().any(|h| sense(h).is_some() && !is_verb(h));
    let nth = |h: &Hit| {
        let other = matches!(h.class, Class::Cue(Cue::Another) | Class::Victim(Victim::Other, _));
        if h.is_cue(Cue::Nth) || other {
            return trigger(h.end);
        }
        let ordinal = matches!(h.class, Class::Ordinal(_));
        // «وليست هذه المرة الأولى التي يضرب فيها التنظيم المدينة»
        let time = h.start > 0 && words.at(h.start - 1).iter().any(|t| t.is_cue(Cue::Times));
        ordinal
            && (time
                || trigger(h.end)
                || h.start > 0 && trigger(h.start - 1)
                || words.at(h.end).iter().any(|o| o.is_cue(Cue::OfKind)))
    };
    words.within(this.end, facts.clause.end.min(this.end + COMMENT_WORDS)).iter().any(nth)
}

/// What a bomb squad or a patrol finds and destroys: «ضُبطت 14 عبوة في حوض حمرين ودُمّرت», «عُثر على شاحنة نُصبت فوقها قواعد الإطلاق».
fn found(words: &Words<'_>, facts: &Facts) -> bool {
    let first = facts.triggers.first().map_or(facts.clause.end, |t| t.start);
    let finds = facts.first(words, Cue::Found).is_some_and(|at| at <= facts.clause.start + FOUND_WORDS && at < first);
    let done_to_it = |t: &Hit| {
        let own = ["ها", "ه", "هما", "هم"].iter().any(|e| words.form(t.start).ends_with(e));
        match sense(t) {
            Some(Sense::Light | Sense::Launch | Sense::Destroy | Sense::Operation) => true,
            Some(Sense::Bombing | Sense::Explosion) => own,
            _ => false,
        }
    };
    finds && !facts.casualties.hurt() && facts.triggers.iter().all(done_to_it)
}

/// «نفى أي صلة له بالانفجار الذي قتل 28 طالبا»: the attack itself is not denied.
pub fn denies_role(words: &Words<'_>, facts: &Facts) -> bool {
    let first = facts.triggers.iter().find(|t| sense(t) != Some(Sense::Operation));
    facts.first(words, Cue::Deny).is_some_and(|at| first.is_some_and(|t| only_role(words, at, t)))
}

fn only_role(words: &Words<'_>, at: usize, trigger: &Hit) -> bool {
    let part = words.any(at, trigger.start, |h| h.is_cue(Cue::Involved));
    part && trigger.article && words.any(trigger.end, trigger.end + 2, |h| h.is_particle(Particle::Relative))
}

/// «نفى أي صلة له بالانفجار الذي قتل 28 طالبا», «وجاء النفي بعد هجوم أصاب مقرا»: the attack itself is not denied.
fn denies_part(words: &Words<'_>, facts: &Facts, at: usize, told: Option<&Hit>) -> bool {
    let Some(trigger) = told else { return false };
    let back = words.at(at).iter().any(|h| h.is_cue(Cue::Deny) && (h.article || words.form(at).ends_with("النفي")));
    only_role(words, at, trigger) || (back && facts.first(words, Cue::Negation).is_none())
}

/// Whether all that a clause tells anew stands after a word for what is not done: «لم تتبن جهة العملية، ملوحة باستهداف حرير».
fn only_unreal(reading: &Reading<'_, '_>, facts: &Facts, cue: Cue) -> bool {
    let Some(at) = facts.first(reading.words, cue) else { return false };
    if cue == Cue::Plan && facts.has(reading.words, Cue::Funeral) {
        return false;
    }
    let old = |t: &Hit| t.start < at && (t.article || sense(t) == Some(Sense::Operation));
    let after = facts.sites.iter().all(|s| reading.places[s.head].start > at);
    if facts.triggers.is_empty() && facts.casualties.nobody {
        return false;
    }
    facts.triggers.is_empty() || (after && !facts.sites.is_empty() && facts.triggers.iter().all(old))
}

/// «سُمع دوي الانفجارات في دمشق».
fn heard_only(words: &Words<'_>, facts: &Facts) -> bool {
    facts.has(words, Cue::Heard)
        && facts.weapons.is_empty()
        && facts.triggers.iter().all(|t| sense(t) == Some(Sense::Explosion))
        && facts.casualties.killed.is_none()
}

/// «سبق أن تعرّض لهجمات مماثلة»: the past of the past, several times, on no day.
fn often_before(words: &Words<'_>, facts: &Facts) -> bool {
    let plural = facts.triggers.iter().any(|t| matches!(t.class, Class::Trigger { form: Form::Plural, .. }));
    plural && facts.time.is_none() && facts.has(words, Cue::Perfect) && facts.sites.is_empty()
}

/// Whether a void clause voids those that follow in its sentence.
pub fn reaches_on(reason: &str) -> bool {
    matches!(reason, "denied" | "threatened" | "hypothetical" | "sport" | "drill")
}

/// Sport, drills, blasts on purpose, accidents, pictures: by words of the whole sentence.
fn scene(reading: &Reading<'_, '_>, facts: &Facts) -> Option<&'static str> {
    let words = reading.words;
    let line = words.lines[facts.clause.line];
    // «محافظة العارضة»: a word of a name is none of a match.
    let named = |h: &Hit| {
        let after_kind = |m: &PlaceMention| m.lead < m.start && m.start <= h.start && h.end <= m.end;
        reading.places_in(line.start, line.end).iter().any(after_kind)
    };
    let begins = |cue: Cue| words.any(line.start, line.start + 2, |h| h.is_cue(cue));
    let sports = words.within(line.start, line.end).iter().filter(|h| h.is_cue(Cue::Sport) && !named(h)).count();
    let armed_line =
        || words.any(line.start, line.end, |h| matches!(h.class, Class::Victim(Victim::Killed | Victim::Kill, _)));
    if sports >= 2 || (sports == 1 && !armed_line()) {
        return Some("sport");
    }
    if begins(Cue::Caption) {
        return Some("a caption");
    }
    let here = |cue: Cue| facts.first(words, cue).is_some();
    if here(Cue::Drill) {
        return Some("drill");
    }
    // «فكّكت فرق الهندسة عبوة زُرعت في حي العامرية أمس»
    if (here(Cue::Controlled) || here(Cue::Defuse)) && !defused(facts, words) {
        return Some("a controlled blast");
    }
    let armed = facts.weapons.iter().any(|w| w.2.end > w.2.start) && facts.sites.len() + facts.weapons.len() > 1;
    (here(Cue::Benign) && !armed).then_some("an accident")
}

/// «فكّكت مفرزة دراجة ملغومة رُكنت قرب السوق في جلولاء»: a bomb that was to go off there; one told without a place is a part of
/// another attack.
pub fn defused(facts: &Facts, words: &Words<'_>) -> bool {
    let after = facts.first(words, Cue::Defuse);
    after.is_some()
        && facts.time.is_some()
        && !facts.sites.is_empty()
        && facts.weapons.iter().any(|w| w.1 == EventType::Bombing)
}

/// So many different words of a match make a report one on sport; a judgement. One on a rocket that fell on a football
/// pitch has two or three.
const MATCH_WORDS: usize = 4;

/// Whether the whole report tells of a match: there a player fires rockets in sentences without a word of sport.
pub fn on_sport(words: &Words<'_>) -> bool {
    let sport = words.hits.iter().filter(|h| h.is_cue(Cue::Sport));
    let forms: FxHashSet<&str> = sport.map(|h| words.words[h.start].form).collect();
    forms.len() >= MATCH_WORDS
}

/// Whether what voided the clauses before does not reach this one.
fn released(words: &Words<'_>, facts: &Facts, reason: &str) -> bool {
    match reason {
        "denied" => says_anew(words, facts),
        // «وجّه إنذارا إلى من في المطار، ولم تمض ساعة حتى كانت الطائرات تقصفه»: the threat came true.
        "threatened" => {
            let start = facts.clause.start;
            let soon = words.any(start, start + 1, |h| h.is_cue(Cue::Soon));
            soon && facts.triggers.iter().any(is_verb) && !facts.has(words, Cue::Maybe)
        }
        _ => false,
    }
}

/// «نفى تنفيذ أي غارة، وقال إن قذائف الجماعة سقطت على السوق»: what he says happened instead.
fn says_anew(words: &Words<'_>, facts: &Facts) -> bool {
    let start = facts.clause.start;
    let says = words.at(start).iter().any(|h| h.is_cue(Cue::Report) && h.conj.is_some());
    says && !facts.has(words, Cue::Negation) && !facts.has(words, Cue::Deny)
}

/// Whether a clause tells a running count.
fn is_tally(reading: &Reading<'_, '_>, facts: &Facts) -> bool {
    let words = reading.words;
    let (start, end) = (facts.clause.start, facts.clause.end);
    let counted = counted_attacks(words, start, end);
    // «وارتفعت حصيلتها حتى صباح اليوم إلى تسعة قتلى» is the toll of one event.
    let counts_up = facts.has(words, Cue::Toll);
    let one = counts_up && facts.since.is_none() && counted.is_empty();
    let until = facts.until.is_some() && !one;
    // «… فجر اليوم، وفق حصيلة تعدلت مرارا منذ الصباح»: one attack, whose toll grew.
    let placed = facts.sites.iter().any(|s| s.known_finely(reading.places, reading.gazetteer));
    let today = |s: &TimeMention| matches!(s.kind, TimeKind::Daypart | TimeKind::Today);
    if facts.since.is_some_and(|s| today(&s)) && facts.time.is_some() && placed && facts.strong().is_some() {
        return false;
    }
    let spans = facts.since.is_some_and(|s| s.weekday.is_none() || until || counts_up) || until;
    let habitual = facts.has(words, Cue::Over);
    let many = counted.iter().any(|c| c.min >= 3);
    // «يبلغ عدد من أحصاهم … منذ مطلع العام 229 قتيلا»: no day that can be reckoned, and a total all the same.
    let risen =
        || facts.has(words, Cue::Total) || (facts.casualties.raised && facts.triggers.iter().all(|t| t.article));
    let spans = spans || (facts.has(words, Cue::Since) && risen());
    // «ومنذ مطلع العام شهد المخيم 28 جريمة قتل راح ضحيتها 30 شخصا»
    let opening = |h: &Hit| matches!(h.class, Class::Time(TimeWord::Part, _));
    let of_year = facts.first(words, Cue::Since).is_some_and(|at| words.at(at + 1).iter().any(opening));
    let spans = spans || (of_year && facts.time.is_none() && facts.strong().is_none()) || since_onset(reading, facts);
    if spans && (many || facts.casualties.killed.is_some() || facts.casualties.injured.is_some()) {
        return true;
    }
    let fine = facts.sites.iter().any(|s| fineness(&reading.places[s.head], reading.gazetteer) < 5);
    // «ووثّقت الشبكة مقتل 91 مدنيا خلال شهر نيسان»
    if habitual && facts.has(words, Cue::Total) && facts.strong().is_none() && !fine && facts.casualties.hurt() {
        return true;
    }
    if many && ((facts.has(words, Cue::Total) && !fine) || habitual || facts.has(words, Cue::Since)) {
        return true;
    }
    let ten = counted.iter().any(|c| c.min >= 10);
    // «استهدفت خمسة هجمات القوات في العراق وسوريا»; not «قصف 85 هدفا في العراق وسوريا».
    let named = |c: &Count| words.at(c.end).iter().any(|h| sense(h).is_some());
    let five = counted.iter().any(|c| c.min >= 5 && named(c)) && facts.sites.len() >= 2;
    let coarse = facts.sites.is_empty();
    habitual && facts.time.is_none() || (ten && coarse) || (five && facts.weapons.is_empty() && !fine)
}

/// «أودى بحياة عشرات الآلاف منذ بدء الحرب», «نزاعا حصد الآلاف منذ 2014»: the dead of a war, no attack being told.
fn since_onset(reading: &Reading<'_, '_>, facts: &Facts) -> bool {
    let words = reading.words;
    let Some(since) = facts.first(words, Cue::Since) else { return false };
    let year = words.words.get(since + 1).is_some_and(|w| w.digits && w.form.parse().is_ok_and(|y| YEARS.contains(&y)));
    let onset = year || words.at(since + 1).iter().any(|h| h.is_cue(Cue::Onset));
    let dead = facts.casualties.killed.map_or(0, |(min, _)| min);
    // «ومنذ بدء التصعيد قُتل 320 شخصا في جنوب لبنان»
    let wide = || facts.sites.iter().all(|s| fineness(&reading.places[s.head], reading.gazetteer) >= WIDE);
    onset && (dead >= WAR_DEAD || (dead >= MANY_DEAD && facts.strong().is_none() && wide()))
}

/// Counts that stand right before a word for an attack, or before مرة.
pub fn counted_attacks(words: &Words<'_>, start: usize, end: usize) -> Vec<Count> {
    counts(words, start, end)
        .into_iter()
        .filter(|c| !(words.words[c.start].digits && c.max == Some(c.min) && YEARS.contains(&c.min)))
        .filter(|c| {
            words.at(c.end).iter().any(|h| match h.class {
                Class::Trigger { form, .. } => {
                    !matches!(form, Form::Verb | Form::Present) || sense(h).is_some_and(|s| s == Sense::Bombard)
                }
                Class::Numeral(Numeral::Vague, ..) => false,
                _ => false,
            }) || words.at(c.end).iter().any(|h| h.is_cue(Cue::Times))
        })
        .collect()
}

/// «وبينما كانت التعزيزات في الطريق، انفجرت عبوة»: what went on when it happened, and no past of the past.
fn meanwhile(words: &Words<'_>, facts: &Facts, perfect: &Hit) -> bool {
    let leads = |h: &Hit| matches!(h.class, Class::Cue(Cue::While | Cue::Because)) && h.end == perfect.start;
    let before = perfect.start.saturating_sub(2).max(facts.clause.start);
    perfect.end == perfect.start + 1
        && words.any(before, perfect.start, leads)
        && !words.any(perfect.end, facts.clause.end, |h| h.is_cue(Cue::Maybe))
}

/// «وكان محتجون متوجهين إلى القصر، حين تعرضوا لإطلاق نار»: what went on until it happened, and no past of the past.
fn interrupted(words: &Words<'_>, facts: &Facts, perfect: &Hit) -> bool {
    if !facts.may_have(Cue::When) || perfect.end > perfect.start + 1 {
        return false;
    }
    let when = words.within(perfect.end, facts.clause.end).iter().find(|h| h.is_cue(Cue::When));
    let done = |h: &Hit| match h.class {
        Class::Trigger { form, .. } => matches!(form, Form::Verb),
        Class::Victim(Victim::Kill | Victim::Injure, Number::Verb) => true,
        Class::Cue(cue) => matches!(cue, Cue::Report | Cue::Maybe | Cue::Claim),
        _ => false,
    };
    let happened = |h: &Hit| done(h) && !matches!(h.class, Class::Cue(_));
    when.is_some_and(|w| !words.any(perfect.end, w.start, done) && words.any(w.end, facts.clause.end, happened))
}

/// Whether a clause tells of the past of the past, or of another event that this one answers.
pub fn is_background(words: &Words<'_>, facts: &Facts) -> bool {
    let head = facts.clause.start..(facts.clause.start + 4).min(facts.clause.end);
    let perfect = head.clone().any(|w| {
        words
            .at(w)
            .iter()
            .any(|h| h.is_cue(Cue::Perfect) && !meanwhile(words, facts, h) && !interrupted(words, facts, h))
            && facts.triggers.iter().any(|t| is_verb(t) || t.start > w)
    });
    facts.clause.response || perfect || facts.has(words, Cue::Recent)
}
