//! What speaks for a place name: the words about it, and how it hangs on the name before.
//!
//! «قرية X» a kind word · «جنوب X» a direction · «في X جنوب Y» what can only locate a place · «قاعدتي X وY» a list ·
//! «بلد» alone a word of the language. Misses: cues parted from the name by a clause.

use super::passed::{Hidden, Hider};
use super::place::{Evidence, Link, PlaceMention, Tables};
use super::place_name::Found;
use super::place_role::PlaceRole;
use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, Form, Particle};
use crate::model::PlaceKind;

/// What introduces a name: the first word of the introduction, the kinds and how strong it is.
pub(super) struct Lead {
    pub(super) start: usize,
    pub(super) kinds: Vec<PlaceKind>,
    pub(super) kind_word: Option<u16>,
    pub(super) evidence: Evidence,
    pub(super) conj: bool,
}

/// A nationality adjective just before or after a name: «بلدة كفركلا اللبنانية», «العاصمة السورية دمشق».
pub(super) fn country_beside(words: &Words<'_>, start: usize, end: usize) -> Option<u16> {
    let nisba = |at: usize| {
        words.at(at).iter().find_map(|h| match h.class {
            Class::Nisba(country) if h.article => Some(country),
            _ => None,
        })
    };
    let after = words.words.get(end).filter(|w| w.gap.open()).and_then(|_| nisba(end));
    after.or_else(|| (start..end).find_map(nisba))
}

/// The kind words, directions and distances that stand directly before a word.
pub(super) fn introduction(words: &Words<'_>, tables: Tables<'_>, at: usize, floor: usize, clitic: bool) -> Lead {
    let mut lead = Lead { start: at, kinds: Vec::new(), kind_word: None, evidence: Evidence::Bare, conj: false };
    if clitic && words.words[at].clitic.is_none() {
        return lead;
    }
    while lead.start > floor {
        let gap = words.words[lead.start].gap;
        if !gap.open() {
            break;
        }
        let Some(hit) = leading(words, lead.start, floor) else { break };
        match hit.class {
            Class::Kind(kind) if lead.kinds.is_empty() && !hit.article => {
                let row = &tables.lexicon.kinds[usize::from(kind)];
                lead.kinds.clone_from(&row.kinds);
                lead.evidence = Evidence::Kind;
                lead.kind_word = Some(kind);
            }
            Class::Direction(_) if lead.evidence < Evidence::Direction => lead.evidence = Evidence::Direction,
            Class::Nisba(_) if hit.article && lead.evidence == Evidence::Bare => {}
            Class::Actor(_) if lead.evidence == Evidence::Bare => {}
            _ => break,
        }
        lead.start = hit.start;
        lead.conj = hit.conj.is_some();
        if hit.conj.is_some() || hit.prep.is_some() {
            break;
        }
    }
    if lead.evidence == Evidence::Bare {
        lead.start = at;
    }
    lead
}

/// The hit that ends right before a word and can introduce a name.
pub(super) fn leading(words: &Words<'_>, at: usize, floor: usize) -> Option<Hit> {
    if !words.introduced(at) {
        return None;
    }
    // «قاعدة الاحتلال الأميركي «عين الأسد»»: whose it is stands before a quoted name.
    let owner = |h: &Hit| matches!(h.class, Class::Actor(_)) && words.words[at].gap.quote && h.prep.is_none();
    let introduces = |h: &Hit| matches!(h.class, Class::Kind(_) | Class::Direction(_) | Class::Nisba(_)) || owner(h);
    words.within(floor.max(at.saturating_sub(4)), at).iter().copied().find(|h| h.end == at && introduces(h))
}

/// «في حوارة جنوب نابلس», «في X بمحافظة Y»: what follows can only locate a place.
pub(super) fn parent_follows(words: &Words<'_>, end: usize) -> bool {
    words.words.get(end).is_some_and(|w| w.gap.open())
        && words.at(end).iter().any(|h| match h.class {
            Class::Direction(Some(_)) => !h.article,
            Class::Kind(_) => h.prep == Some('ب'),
            Class::Nisba(_) => h.article,
            _ => false,
        })
}

/// «إلى الشرق من الرطبة».
fn direction_from(words: &Words<'_>, at: usize) -> bool {
    at >= 2
        && words.at(at - 1).iter().any(|h| h.is_particle(Particle::From))
        && words.at(at - 2).iter().any(|h| matches!(h.class, Class::Direction(_)) && h.end == at - 1)
}

/// «* المسيّب: استشهاد شرطيين»: the place of an item of a list, before its colon.
pub(super) fn heads_item(words: &Words<'_>, start: usize, end: usize) -> bool {
    let colon = words.words.get(end).is_some_and(|w| w.gap.stop && w.sentence == words.words[start].sentence);
    let line = words.words[start].sentence;
    colon && words.lines.get(line).is_some_and(|l| l.start == start) && words.is_item(line)
}

/// Whether «قرب» or «أطراف» stands right before a word.
pub(super) fn beside(words: &Words<'_>, at: usize, floor: usize) -> bool {
    words.within(floor.max(at.saturating_sub(3)), at).iter().any(|h| h.end == at && h.is_particle(Particle::Near))
        || direction_from(words, at)
}

/// Whether a locative preposition stands right before a word.
pub(super) fn located(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let gap_open = words.words.get(at).is_none_or(|w| w.gap.open());
    gap_open
        && words.within(floor.max(at.saturating_sub(3)), at).iter().any(|h| {
            h.end == at
                && matches!(
                    h.class,
                    Class::Particle(
                        Particle::In
                            | Particle::On
                            | Particle::Near
                            | Particle::Toward
                            | Particle::To
                            | Particle::Between
                            | Particle::Origin
                    )
                )
        })
}

/// «قائمقام القائم»: whether the office of one who governs a unit stands right before a word.
pub(super) fn seat(words: &Words<'_>, at: usize, floor: usize) -> bool {
    words.within(floor.max(at.saturating_sub(3)), at).iter().any(|h| h.end == at && h.is_cue(Cue::Seat) && !h.article)
}

/// How a mention hangs on the one before: by what stands between.
pub(super) fn link(words: &Words<'_>, tables: Tables<'_>, before: &[PlaceMention], lead: &Lead, conj: bool) -> Link {
    let Some(previous) = before.last() else { return Link::Start };
    let between = previous.end..lead.start;
    if between.len() > 7 || crosses_verb(words, previous.end, lead.start) {
        return Link::Start;
    }
    let aimed = |h: &Hit| matches!(h.class, Class::Particle(Particle::On | Particle::Toward | Particle::In));
    if previous.role == PlaceRole::Origin && words.any(previous.end, lead.start, aimed) {
        return Link::Start;
    }
    // «ناقلة ترفع علم باربادوس على بعد 50 ميلا جنوب غربي عدن»: where the ship was, not what its flag tells.
    if previous.role == PlaceRole::Office && flagged(words, previous.lead) {
        return Link::Start;
    }
    let comma = (previous.end..=lead.start).any(|w| words.words.get(w).is_some_and(|w| w.gap.comma));
    if counted_next(words, previous.end, lead.start) {
        return Link::And;
    }
    if conj || lead.conj {
        let near = between.len() <= 1;
        return if near { Link::And } else { Link::Start };
    }
    let also = words.any(previous.end, lead.start, |h| {
        matches!(h.class, Class::Cue(Cue::While | Cue::Another)) && h.conj.is_some()
    });
    if also && between.len() <= 3 {
        return Link::And;
    }
    let belongs = words.any(previous.end, lead.start, |h| matches!(h.class, Class::Particle(Particle::Belong)));
    let several = previous.kind_word.is_some_and(|k| tables.lexicon.kinds[usize::from(k)].several);
    match (comma, belongs) {
        // «بلدات يارون، مارون الراس وبليدا»
        (true, false) if several && between.is_empty() => Link::And,
        (true, false) => Link::Start,
        _ => Link::Inside,
    }
}

/// Whether a ship's flag stands right before a name.
fn flagged(words: &Words<'_>, at: usize) -> bool {
    words.within(at.saturating_sub(2), at).iter().any(|h| h.end == at && h.is_cue(Cue::Flag))
}

/// «13 غارة على صنعاء و9 على الحديدة»: a count joined by و, and a preposition.
pub(super) fn counted_next(words: &Words<'_>, from: usize, to: usize) -> bool {
    if to <= from || to > from + 4 {
        return false;
    }
    let word = words.words[from];
    let digits = word.digits && word.clitic == Some('و');
    let again = words
        .at(from)
        .iter()
        .any(|h| matches!(h.class, Class::Particle(Particle::On | Particle::In)) && h.conj.is_some());
    digits
        || again
        || words
            .at(from)
            .iter()
            .any(|h| matches!(h.class, Class::Numeral(..) | Class::Cue(Cue::Another)) && h.conj.is_some())
}

/// Whether anything but prepositions, kinds, directions, adjectives and distances stands between.
pub(super) fn crosses_verb(words: &Words<'_>, start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        let step = words.at(at).iter().find(|h| connects(h)).map(|h| h.end - h.start);
        match step {
            Some(length) => at += length.max(1),
            None if words.words[at].digits => at += 1,
            // An adjective of the name before: «حي الروضة السكني».
            None if at == start && words.form(at).starts_with("ال") && words.at(at).is_empty() => {
                at += 1;
            }
            None => return true,
        }
    }
    false
}

pub(super) fn connects(hit: &Hit) -> bool {
    match hit.class {
        Class::Particle(p) => {
            !matches!(p, Particle::That | Particle::Relative | Particle::Carry | Particle::Between | Particle::To)
        }
        Class::Kind(_)
        | Class::Direction(_)
        | Class::Nisba(_)
        | Class::NisbaActor(_)
        | Class::Length(_)
        | Class::Numeral(..)
        | Class::Ordinal(_) => true,
        Class::Cue(cue) => matches!(cue, Cue::While | Cue::Another) && hit.conj.is_some(),
        _ => false,
    }
}

/// What hides a name whose words belong to something that is no place: an actor, a medium, a person, a word of the language.
pub(super) fn hidden(
    words: &Words<'_>,
    (at, end): (usize, usize),
    floor: usize,
    evidence: Evidence,
    spelled: bool,
) -> Option<Hidden> {
    let covered = words.within(floor.max(at.saturating_sub(5)), at + 1).iter().find(|h| {
        let holds = h.start <= at && h.end >= end;
        let longer = h.end - h.start > end - at;
        holds && (h.is_cue(Cue::Mask) || (longer && matches!(h.class, Class::Actor(_))))
    });
    let same_actor = words.at(at).iter().find(|h| {
        h.end >= end && matches!(h.class, Class::Actor(_)) && (h.end > end || evidence < Evidence::Preposition)
    });
    let verb_only =
        words.at(at).iter().all(|h| matches!(h.class, Class::Trigger { form: Form::Verb | Form::Present, .. }));
    let closed = words.at(at).iter().find(|h| {
        h.end >= end
            && matches!(
                h.class,
                Class::Cue(_)
                    | Class::Trigger { .. }
                    | Class::Time(..)
                    | Class::Particle(_)
                    | Class::Victim(..)
                    | Class::Direction(_)
                    | Class::Weapon { .. }
                    | Class::Harm(_)
            )
    });
    let month = words.at(at).iter().find(|h| h.end >= end && matches!(h.class, Class::Month(..)) && !spelled);
    let closed = closed.filter(|_| !(verb_only && located(words, at, floor)));
    let by = |by: Hider| move |hit: &Hit| Hidden { by, start: hit.start, end: hit.end };
    let holder = covered.map(|h| by(if h.is_cue(Cue::Mask) { Hider::Phrase } else { Hider::Actor })(h));
    let other = closed.map(by(Hider::Word)).or_else(|| month.map(by(Hider::Month)));
    holder.or_else(|| same_actor.map(by(Hider::Actor))).or_else(|| other.filter(|_| evidence < Evidence::Kind))
}

/// Whether the evidence suffices for the name's tier.
pub(super) fn enough(
    tables: Tables<'_>,
    words: &Words<'_>,
    at: usize,
    found: &Found<'_>,
    evidence: Evidence,
    stripped: bool,
) -> bool {
    let rank = found.candidates.iter().map(|c| tables.gazetteer.at(*c).rank).min().unwrap_or(5);
    if tables.gazetteer.homograph(found.name) {
        return evidence >= Evidence::Direction
            || (evidence == Evidence::List && rank <= 4)
            || (rank <= 3 && evidence >= Evidence::Preposition && preposed(words, at, found))
            || (rank <= 3 && found.end - at >= 2 && of_attack(words, at));
    }
    let named = found.end - at >= 2;
    match rank {
        0..=2 => true,
        3 => named || evidence >= Evidence::Preposition || !stripped,
        4 => named || evidence >= Evidence::Preposition,
        _ => evidence >= Evidence::List || (named && evidence >= Evidence::Preposition),
    }
}

/// «تفجيرات السيدة زينب»: right after a word for an attack that is no verb.
fn of_attack(words: &Words<'_>, at: usize) -> bool {
    let attack = |h: &Hit| match h.class {
        Class::Trigger { form, .. } => !matches!(form, Form::Verb | Form::Present) && h.end == at && !h.article,
        _ => false,
    };
    words.words[at].gap.open() && at.checked_sub(1).is_some_and(|w| words.at(w).iter().any(attack))
}

/// A homograph after a preposition counts where no noun stands before the preposition's name: «في القائم», «بالقائم»;
/// the next word must not agree with it as an adjective.
pub(super) fn preposed(words: &Words<'_>, at: usize, found: &Found<'_>) -> bool {
    let article = words.form(at).contains("ال");
    let next_article = words.words.get(found.end).is_some_and(|w| w.gap.open() && w.form.starts_with("ال"))
        && !words
            .at(found.end)
            .iter()
            .any(|h| matches!(h.class, Class::Nisba(_) | Class::Direction(_) | Class::Time(..)));
    article && !next_article
}
