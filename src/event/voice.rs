//! Whose word it is: who claims an attack, who is accused or suspected, who speaks of his own deed.
//!
//! «تبنّت المقاومة الهجوم» claimed · «اتهمت X Y» blamed on Y · «أعلن الحرس أنه قصف» his own deed.
//! Misses: claims told only by a pronoun a sentence later.

use super::agent::{Agents, Named, actors, whose};
use super::facts::{Facts, is_means, is_verb, sense};
use crate::lexicon::Lexicon;
use crate::lexicon::class::{ActorKind, Class, Cue, Number, Particle, Sense, Victim};
use crate::mention::words::{Hit, Words};
use crate::model::EventType;

/// A claim is denied by a negation so many words before it; a judgement.
const DENIED_WORDS: usize = 4;

/// «تبنّت X الهجوم», «أعلنت X مسؤوليتها».
pub(super) fn claim(words: &Words<'_>, start: usize, end: usize) -> Option<Named> {
    if words.any(start, end, |h| h.is_cue(Cue::NoClaim)) {
        return None;
    }
    let cue = words.within(start, end).iter().find(|h| matches!(h.class, Class::Cue(Cue::Claim | Cue::Own)))?;
    if cue.is_cue(Cue::Own) && words.any(start, cue.start, |h| h.is_cue(Cue::Accuse)) {
        return None;
    }
    // «ولم يعلن التنظيم مسؤوليته»
    if words.any(start.max(cue.start.saturating_sub(DENIED_WORDS)), cue.start, |h| h.is_cue(Cue::Negation)) {
        return None;
    }
    let after = actors(words, cue.end, end.min(cue.end + 7)).next();
    let says = words.within(start, cue.start).iter().rev().find(|h| h.is_cue(Cue::Report));
    // «قالت X إن جنودها قُتلوا، وسارع تنظيم القاعدة إلى تبنيها»: the one right before.
    let right_before = || actors(words, cue.start.saturating_sub(2).max(start), cue.start).last();
    let before = right_before()
        .or_else(|| says.and_then(|s| actors(words, s.end, cue.start).next()))
        .or_else(|| actors(words, start, cue.start).last());
    match cue.class {
        _ if cue.is_cue(Cue::Own) => before.or(after),
        _ => after.or(before),
    }
}

/// Whoever says we is told within so many words of the verb of saying, and our people of the deed; a judgement.
const WE_WORDS: usize = 3;
/// Who is blamed is told within so many words of the blame; a judgement.
const BLAMED_WORDS: usize = 14;

/// «اتهمت X Y», «حمّل X Y المسؤولية», «ألقى باللوم على Y».
pub(super) fn blame(words: &Words<'_>, start: usize, end: usize) -> Option<Named> {
    let cue = words.within(start, end).iter().find(|h| h.is_cue(Cue::Accuse))?;
    let reach = end.min(cue.end + BLAMED_WORDS);
    let all = || actors(words, cue.end, reach).filter(|(_, h)| h.prep != Some('ب'));
    // «نسبت وسائل إعلام الغارة على دمشق إلى إسرائيل», «أصابع الاتهام إلى X»
    let to =
        |n: &Named| n.1.start.checked_sub(1).is_some_and(|w| words.at(w).iter().any(|h| h.is_particle(Particle::To)));
    if let Some(named) = all().find(to) {
        return Some(named);
    }
    let mut near = all();
    let first = near.next();
    let subject = |named: &Named| named.1.start == cue.end;
    // «واتهمت قيادة الجيش تنظيمات»: the accuser's noun stands before his name.
    let whose = |named: &Named| {
        let noun = words.form(cue.end);
        named.1.start == cue.end + 1 && named.1.prep.is_none() && noun.ends_with('ة') && !noun.starts_with("ال")
    };
    match first {
        Some(named) if whose(&named) => near.next(),
        Some(named) if subject(&named) => near.next().filter(|(_, h)| h.start <= cue.end + 6).or(Some(named)),
        other => other,
    }
}

/// «يُرجَّح أنها أميركية», «رجّح أن تكون إسرائيل وراءها», «مسلحون يُعتقد أنهم من القاعدة».
pub(super) fn suspect(words: &Words<'_>, lexicon: &Lexicon, start: usize, end: usize) -> Option<Named> {
    let cue = words.within(start, end).iter().find(|h| h.is_cue(Cue::Suspect))?;
    let reach = end.min(cue.end + 6);
    let behind = words.any(cue.end, end.min(cue.end + 9), |h| h.is_cue(Cue::Responsible));
    words.within(cue.end, reach).iter().find_map(|h| match h.class {
        Class::NisbaActor(id) => Some((id, *h)),
        Class::Actor(id) if behind => Some(whose(words, lexicon, (id, *h))),
        Class::Actor(id) if belongs(words, cue, h) || planted(words, cue, h) => Some((id, *h)),
        _ => None,
    })
}

/// «يُعتقد أنهم من القاعدة», «يُشتبه بانتمائهم لداعش»: whose people those told before are thought to be.
fn belongs(words: &Words<'_>, cue: &Hit, actor: &Hit) -> bool {
    let they = |w: usize| ["هم", "هما"].iter().any(|end| words.form(w).ends_with(end));
    let of = |h: &Hit| matches!(h.class, Class::Particle(Particle::From | Particle::To | Particle::Belong));
    // «قُتل خمسة يُعتقد أنهم من القاعدة»: those hurt.
    let hurt =
        |h: &Hit| matches!(h.class, Class::Victim(Victim::Kill | Victim::Injure | Victim::Killed | Victim::Injured, _));
    let line = words.lines[words.words[cue.start].sentence];
    let near =
        !words.any(line.start, cue.start, hurt) && actor.start <= cue.end + 2 && (cue.start..actor.start).any(they);
    near && (actor.prep == Some('ل') || words.any(cue.end, actor.start, |h| of(h) && h.end == actor.start))
}

/// «يُشتبه بأن الحوثيين زرعوا اللغم», «يُعتقد أن التنظيم نفّذ الهجوم»: who is thought to have done it.
fn planted(words: &Words<'_>, cue: &Hit, actor: &Hit) -> bool {
    let verb = |h: &Hit| is_verb(h) || h.is_cue(Cue::By);
    actor.start <= cue.end + 1 && actor.prep.is_none() && words.at(actor.end).iter().any(verb)
}

/// «أعلن الحرس الثوري أنه قصف»: a state's own word makes it the actor, a group's makes it the claimant.
pub(super) fn own_word(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, spoke: Option<Named>, agents: &mut Agents) {
    let (start, end) = (facts.clause.start, facts.clause.end);
    if !facts.may_have(Cue::Report) || !(facts.names_actor || spoke.is_some()) {
        return;
    }
    let says = words.within(start, end).iter().find(|h| h.is_cue(Cue::Report));
    let Some(says) = says else { return };
    let again = || spoke.filter(|_| goes_on(words, says));
    let Some(named) = speaker(words, (start, end), says).or_else(again) else { return };
    let from = if named.1.start < start { says.end } else { named.1.end.max(says.end) };
    let Some(trigger) = facts.triggers.iter().find(|t| t.start >= from) else { return };
    let that = words.within(from, trigger.start + 1).iter().find(|h| h.is_particle(Particle::That));
    let own = match that {
        Some(that) => says_of_himself(words, named, that, trigger),
        // «أعلنت الوزارة مقتل جنديين بهجوم»: her own loss.
        None if words.any(from, from + 1, |h| h.is_cue(Cue::Deed)) => true,
        None => trigger.start <= from + 3 && !is_verb(trigger) && !words.any(from, trigger.start, is_hurt),
    };
    // Who was struck, or shot it down, did not do it.
    // «بأن دفاعاته دمّرت طائرتين أطلقتهما الجماعة»: shot down.
    let stopped = |w: &(u16, EventType, Hit)| w.2.start >= trigger.end && !is_means(words, &w.2);
    let launched = facts.triggers.iter().any(|t| sense(t) == Some(Sense::Launch) && t.start > trigger.end);
    let shot_down = sense(trigger) == Some(Sense::Destroy) && launched && facts.weapons.iter().any(stopped);
    let other = shot_down || matches!(sense(trigger), Some(Sense::Exposed | Sense::Down));
    if !own || other {
        return;
    }
    match lexicon.actors[usize::from(named.0)].kind {
        ActorKind::State => agents.actor = Some(named),
        _ => agents.claimed_by = agents.claimed_by.or(Some(named)),
    }
}

/// «قال إنه قصف», «قال إن مقاتليه هاجموا», «أعلن أنه قتل عشرين جنديا في هجوم»: what follows is his own deed.
fn says_of_himself(words: &Words<'_>, named: Named, that: &Hit, trigger: &Hit) -> bool {
    // «قال إن مقاتليه هاجموا»: his own people.
    let people = actors(words, that.end, trigger.start).next().is_some_and(|own| own.0 == named.0)
        && !words.any(that.end, trigger.start, is_hurt);
    let right = that.end == trigger.start || pronoun(words, that) || people;
    (trigger.start <= that.end + 3 && right) || slew(words, named, that) || own_craft(words, that.end, trigger.start)
}

fn is_hurt(hit: &Hit) -> bool {
    matches!(hit.class, Class::Victim(Victim::Kill | Victim::Injure, _))
}

/// «أعلن أنه قتل عشرين جنديا في هجوم», «قال إن مقاتليه قتلوا ثلاثة»: whom he or his people have killed.
fn slew(words: &Words<'_>, named: Named, that: &Hit) -> bool {
    let verb = |from: usize| {
        let kills = |h: &&Hit| matches!(h.class, Class::Victim(Victim::Kill, Number::Verb));
        words.within(from, from + 2).iter().find(kills)
    };
    let object = |kill: &Hit| {
        words.words.get(kill.end).is_some_and(|w| w.digits)
            || words.at(kill.end).iter().any(|h| {
                matches!(
                    h.class,
                    Class::Numeral(..) | Class::Victim(Victim::Person, _) | Class::Actor(_) | Class::Cue(Cue::Person)
                ) && h.prep.is_none()
            })
            || words.at(kill.end).iter().any(|h| h.is_particle(Particle::On))
    };
    if pronoun(words, that) {
        return verb(that.end).is_some_and(object);
    }
    let own = actors(words, that.end, that.end + 2).find(|own| own.0 == named.0);
    own.and_then(|own| verb(own.1.end)).is_some_and(object)
}

/// «إن مسيّرة تابعة له هاجمت», «إن مقاتلات تابعة لسلاح الجو دمّرت»: his own craft, where nobody else is named.
fn own_craft(words: &Words<'_>, from: usize, to: usize) -> bool {
    let other = |h: &Hit| matches!(h.class, Class::Actor(_) | Class::NisbaActor(_));
    words.any(from, to, |h| h.is_particle(Particle::Belong)) && !words.any(from, to, other)
}

/// «قصفنا …»، «استهدف مجاهدونا …، قال الحزب»: a group that speaks of itself as we, whoever says so in the sentence or spoke before.
pub(super) fn we(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts, spoke: Option<Named>) -> Option<Named> {
    let ours = |w: usize| words.form(w).ends_with("نا");
    let deed = |t: &Hit| is_verb(t) && ours(t.start);
    let people = |t: &Hit| {
        let near = words.within(t.start.saturating_sub(WE_WORDS), words.words.len().min(t.end + 1));
        near.iter()
            .any(|h| matches!(h.class, Class::Actor(_) | Class::Pointer(_)) && h.end == h.start + 1 && ours(h.start))
    };
    facts.triggers.iter().find(|t| deed(t) || people(t))?;
    let line = words.lines[facts.clause.line];
    let group = |n: &Named| lexicon.actors[usize::from(n.0)].kind == ActorKind::Group;
    let says = |h: &&Hit| matches!(h.class, Class::Cue(Cue::Report | Cue::Source));
    let mut tells = words.within(line.start, line.end).iter().filter(says);
    tells.find_map(|h| actors(words, h.end, line.end.min(h.end + WE_WORDS)).find(group)).or(spoke.filter(group))
}

/// Who speaks: right after the verb of saying, behind an office («المتحدث العسكري باسم الجماعة»), or right before it.
fn speaker(words: &Words<'_>, (start, end): (usize, usize), says: &Hit) -> Option<Named> {
    let office = words.at(says.end).iter().any(|h| h.is_cue(Cue::Office));
    let reach = if office { 4 } else { 1 };
    let that = |n: &Named| words.any(says.end, n.1.start, |h| h.is_particle(Particle::That));
    let after = actors(words, says.end, end.min(says.end + 5)).next();
    let open = words.words[says.start].gap.open();
    let before = || actors(words, start, says.start).last().filter(|n| n.1.end == says.start && open);
    after.filter(|n| n.1.start <= says.end + reach && !that(n)).or_else(before)
}

/// Whether إن carries a pronoun: أنه, إنها.
fn pronoun(words: &Words<'_>, that: &Hit) -> bool {
    words.form(that.start).chars().count() > 2
}

/// Whether an actor only speaks: «الجيش قال», «قال الجيش».
pub(super) fn said_by(words: &Words<'_>, named: &Named) -> bool {
    let report = |h: &Hit| matches!(h.class, Class::Cue(Cue::Report | Cue::Deny | Cue::Accuse | Cue::Claim));
    words.any(named.1.end, named.1.end + 1, report) || words.any(named.1.start.saturating_sub(2), named.1.start, report)
}

/// «وقال إنه هاجم», «وأضافت أنها قصفت»: whoever spoke or claimed before goes on, where nobody else is named.
fn goes_on(words: &Words<'_>, says: &Hit) -> bool {
    let that = words.at(says.end).iter().find(|h| h.is_particle(Particle::That));
    says.conj.is_some() && that.is_some_and(|that| pronoun(words, that))
}

/// Who speaks at the end of a clause, for those after it: its claimant, its speaker, or whoever spoke before and goes on.
pub fn spoken_by(words: &Words<'_>, facts: &Facts, agents: &Agents, before: Option<Named>) -> Option<Named> {
    if agents.claimed_by.is_some() {
        return agents.claimed_by;
    }
    let (start, end) = (facts.clause.start, facts.clause.end);
    match words.within(start, end).iter().find(|h| h.is_cue(Cue::Report)) {
        Some(says) => speaker(words, (start, end), says).or(before.filter(|_| goes_on(words, says))),
        None => before,
    }
}
