//! What a place is to its clause, by the words before and after it.
//!
//! «على قاعدة حرير» target · «أطلقت من الجولان» origin · «نقلوا إلى دهوك» destination · «قالت بغداد» a government ·
//! «قائد شرطة البصرة» an office · «الحرب في غزة» a war.
//! Misses: origins without a preposition.

use super::number::count_at;
use super::place::{Link, Offset, PlaceMention};
use super::words::{Hit, Words};
use crate::lexicon::class::{Class, Cue, Form, Particle, Sense};

/// Between a war and its scene stand so many words at most, the sides named; a judgement.
const WAR_WORDS: usize = 10;

/// A part of a place, and who struck it, stand within so many words before «من»; a judgement.
const PART_WORDS: usize = 6;

/// What a place is to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceRole {
    /// Where it happened, by a preposition.
    Target,
    /// What it was aimed at: «على», «باتجاه».
    Aim,
    /// Named with no preposition: an object, or nothing.
    Plain,
    /// Where it came from.
    Origin,
    /// Where somebody or something was taken, or is bound.
    Destination,
    /// A government that speaks or acts.
    Metonym,
    /// Part of an office's name.
    Office,
    /// The scene of a whole war.
    War,
    /// A border or a partner: «مع سوريا».
    Border,
}

impl PlaceRole {
    /// Whether an incident may be there.
    pub fn may_hold(self) -> bool {
        matches!(self, PlaceRole::Target | PlaceRole::Aim | PlaceRole::Plain)
    }
}

/// Gives a mention its role and offset; `prep` is the proclitic on the name itself.
pub(super) fn assign(words: &Words<'_>, mention: &mut PlaceMention, floor: usize, prep: Option<char>) {
    mention.offset = offset(words, mention, floor);
    if mention.link == Link::And {
        // The list inherits its first member's role; the caller copies it.
        mention.role = PlaceRole::Plain;
    }
    mention.role = role(words, mention, floor, prep);
}

fn role(words: &Words<'_>, mention: &PlaceMention, floor: usize, prep: Option<char>) -> PlaceRole {
    let lead = mention.lead;
    let own = prep.or_else(|| words.at(lead).iter().find_map(|h| h.prep));
    if heads_line(words, mention) {
        return PlaceRole::Office;
    }
    if war(words, lead, floor) {
        return PlaceRole::War;
    }
    if struck(words, mention.end) {
        return PlaceRole::Target;
    }
    if own == Some('ب') {
        return if acts(words, mention, floor) { PlaceRole::Metonym } else { PlaceRole::Target };
    }
    if own == Some('ل') && after_part(words, lead, floor) {
        return PlaceRole::Target;
    }
    // «بين الحراك وناحتة»: neither speaks, though بيّن would be a word of saying.
    if before(words, lead, floor).any(|h| h.is_particle(Particle::Between)) {
        return PlaceRole::Plain;
    }
    for hit in before(words, lead, floor) {
        match hit.class {
            Class::Particle(Particle::In) if speaker(words, hit.start, floor) => return PlaceRole::Office,
            Class::Particle(Particle::On | Particle::Toward) if !carried(words, lead, floor) => return PlaceRole::Aim,
            // «أُطلقت من أطراف ناحية برطلة»
            Class::Particle(Particle::Near) if launched_from(words, hit.start, floor) => return PlaceRole::Origin,
            Class::Particle(Particle::In | Particle::On | Particle::Near | Particle::Toward) => {
                return if carried(words, lead, floor) { PlaceRole::Destination } else { PlaceRole::Target };
            }
            Class::Particle(Particle::Origin) => return PlaceRole::Origin,
            Class::Cue(Cue::Flag) => return PlaceRole::Office,
            Class::Particle(Particle::From) => return from(words, hit.start, floor),
            Class::Particle(Particle::To) => return PlaceRole::Destination,
            Class::Particle(Particle::With) => return PlaceRole::Border,
            // «مبنى بلدية النبطية» is a building.
            Class::Cue(Cue::Office) => {
                let built = hit.start.checked_sub(1).is_some_and(|w| {
                    w >= floor
                        && words
                            .at(w)
                            .iter()
                            .any(|h| matches!(h.class, Class::Kind(_) | Class::Target(_) | Class::Cue(Cue::Built)))
                });
                return if built { PlaceRole::Target } else { PlaceRole::Office };
            }
            Class::Particle(Particle::Belong) => return PlaceRole::Target,
            Class::Cue(Cue::Report | Cue::Accuse | Cue::Deny | Cue::Claim | Cue::Threat)
                if mention.kinds.is_empty() =>
            {
                return PlaceRole::Metonym;
            }
            _ => {}
        }
    }
    if mention.offset.is_some_and(|o| o.metres.is_some()) {
        return PlaceRole::Target;
    }
    if mention.kinds.is_empty() && own.is_none() && speaks(words, mention.end) {
        return PlaceRole::Metonym;
    }
    PlaceRole::Plain
}

/// «بدمشق» where the name is a government's, and no attack is named close before it.
fn acts(words: &Words<'_>, mention: &PlaceMention, floor: usize) -> bool {
    let lead = mention.lead;
    let near = words.any(floor.max(lead.saturating_sub(3)), lead, |h| matches!(h.class, Class::Trigger { .. }));
    !near && words.at(mention.start).iter().any(|h| matches!(h.class, Class::Actor(_)) && h.end == mention.end)
}

/// «على المدخل الشرقي للصنمين»: right after a part of a place.
fn after_part(words: &Words<'_>, lead: usize, floor: usize) -> bool {
    let part = |h: &Hit| matches!(h.class, Class::Particle(Particle::Near) | Class::Direction(_) | Class::Kind(_));
    words.any(floor.max(lead.saturating_sub(2)), lead, part)
}

/// «وصلوا من مطار حلب، الذي قصفته الطائرات», «البلدة التي تعرضت لغارة»: what is told of the place itself, whatever stands before.
fn struck(words: &Words<'_>, end: usize) -> bool {
    let relative = words.at(end).iter().find(|h| h.is_particle(Particle::Relative) && h.prep.is_none());
    let Some(verb) = relative.map(|r| r.end) else { return false };
    words.at(verb).iter().any(|h| match h.class {
        Class::Trigger { sense: Sense::Exposed, form: Form::Verb, .. } => true,
        Class::Trigger { form: Form::Verb, .. } => ["ه", "ها"].iter().any(|own| words.form(verb).ends_with(own)),
        _ => false,
    })
}

/// «الحسكة: انفجر لغم …»: a place before a colon at the head of a line says where the line is from.
fn heads_line(words: &Words<'_>, mention: &PlaceMention) -> bool {
    let Some(word) = words.words.get(mention.lead) else { return false };
    let line = words.lines.get(word.sentence);
    let head = line.is_some_and(|l| l.start == mention.lead) || mention.lead == 0;
    let first = mention.lead == 0 || words.words[mention.lead - 1].sentence != word.sentence;
    (head || first) && words.words.get(mention.end).is_some_and(|w| w.gap.stop && w.sentence == word.sentence)
}

/// «مصدر في كركوك», «السلطات في بغداد».
fn speaker(words: &Words<'_>, at: usize, floor: usize) -> bool {
    // «مدرسة تابعة لوكالة الأونروا في مخيم», «محطة أخرى في بلدة»: whose it is, or one of several, speaks not.
    let owner = |h: &Hit| before(words, h.start, floor).any(|b| b.is_particle(Particle::Belong));
    let adjacent = |at: usize| before(words, at, floor).any(|h| h.is_cue(Cue::Speaker) && !owner(h));
    if at > floor && words.at(at - 1).iter().any(|h| h.is_cue(Cue::Another)) {
        return false;
    }
    // «محطة للحافلات في الدراز»: no adjective of a speaker stands between.
    adjacent(at) || (at > floor && adjacent(at - 1) && !words.form(at - 1).starts_with("لل"))
}

/// The hits that end right before a word.
fn before<'w>(words: &'w Words<'_>, at: usize, floor: usize) -> impl Iterator<Item = &'w Hit> {
    let reach = floor.max(at.saturating_sub(4));
    words.within(reach, at).iter().filter(move |h| h.end == at)
}

/// Whether somebody is abducted: from where he is taken, there it happened.
fn taken(words: &Words<'_>, at: usize, floor: usize) -> bool {
    words.any(floor, at, |h| matches!(h.class, Class::Trigger { sense: Sense::Abduction, .. }))
}

/// Whether «من» right before names where something was fired from.
fn launched_from(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let launch =
        |h: &Hit| matches!(h.class, Class::Trigger { sense: Sense::Launch, form: Form::Verb | Form::Present, .. });
    let from = before(words, at, floor).find(|h| h.is_particle(Particle::From));
    from.is_some_and(|from| before(words, from.start, floor).any(launch))
}

/// «من» after a direction or «بالقرب» locates; elsewhere it names an origin.
fn from(words: &Words<'_>, at: usize, floor: usize) -> PlaceRole {
    let near = before(words, at, floor)
        .any(|h| matches!(h.class, Class::Particle(Particle::Near) | Class::Direction(_) | Class::Length(_)));
    // «اقتاد مسلحون تاجرا من سوق رفاعة»
    if near || taken(words, at, floor) || part_of(words, at, floor) { PlaceRole::Target } else { PlaceRole::Origin }
}

/// «داخل القطاع الرابع من مخيم الهول», «قصفت الأحياء الجنوبية من المدينة»: a preposition or what strikes, and nothing but a part of
/// the place before «من».
fn part_of(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let piece = |h: &Hit| {
        matches!(
            h.class,
            Class::Kind(_) | Class::Direction(_) | Class::Ordinal(_) | Class::Cue(Cue::Mask) | Class::Actor(_)
        )
    };
    let locates = |h: &Hit| match h.class {
        Class::Particle(p) => matches!(p, Particle::In | Particle::On | Particle::Near),
        Class::Trigger { sense, .. } => matches!(sense, Sense::Bombard | Sense::Target | Sense::HitVerb | Sense::Reach),
        _ => false,
    };
    let reach = floor.max(at.saturating_sub(PART_WORDS));
    let Some(place) = words.within(reach, at).iter().rev().find(|h| locates(h)) else { return false };
    let covered = |w: usize| {
        let hits = words.within(w.saturating_sub(2).max(place.end), w + 1);
        hits.iter().any(|h| h.end > w && piece(h)) || adjective(words.form(w))
    };
    place.end < at && (place.end..at).all(covered)
}

/// Whether a word of carrying or travelling stands shortly before: «نُقل إلى مستشفى في X».
fn carried(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let reach = floor.max(at.saturating_sub(5));
    words.any(reach, at, |h| h.is_particle(Particle::Carry))
        && !words.any(reach, at, |h| matches!(h.class, Class::Trigger { sense, .. } if sense != Sense::Operation))
}

fn war(words: &Words<'_>, at: usize, floor: usize) -> bool {
    let reach = floor.max(at.saturating_sub(5));
    let right_before = |h: &Hit| h.is_cue(Cue::War) && h.end + 2 >= at;
    // «في حربها ضد حركة حماس في قطاع غزة»
    let against = |h: &Hit| {
        h.is_cue(Cue::War)
            && words.any(h.end, at, |a| matches!(a.class, Class::Actor(_)))
            && words.within(h.end, at).iter().all(|b| {
                matches!(
                    b.class,
                    Class::Actor(_) | Class::Particle(_) | Class::Kind(_) | Class::Nisba(_) | Class::NisbaActor(_)
                )
            })
    };
    let far = floor.max(at.saturating_sub(WAR_WORDS));
    words.any(reach, at, right_before) || words.any(far, at, against)
}

/// Whether a reporting verb follows right away: «بغداد اعتبرته».
fn speaks(words: &Words<'_>, at: usize) -> bool {
    words.words.get(at).is_some_and(|w| w.gap.open())
        // «معبر القاع بين لبنان وسوريا»: بين is no verb of saying here.
        && !words.at(at).iter().any(|h| h.is_particle(Particle::Between))
        && words.at(at).iter().any(|h| {
            h.conj.is_none()
                && h.prep.is_none()
                && matches!(h.class, Class::Cue(Cue::Report | Cue::Accuse | Cue::Deny | Cue::Threat))
        })
}

/// `N UNIT [إلى] DIRECTION [من|عن] PLACE`, or `DIRECTION PLACE`.
fn offset(words: &Words<'_>, mention: &PlaceMention, floor: usize) -> Option<Offset> {
    let mut at = mention.start;
    let (mut bearing, mut metres) = (None, None);
    let reach = floor.max(at.saturating_sub(10));
    while at > reach {
        let Some(hit) = piece(words, at, reach) else { break };
        match hit.class {
            // «المحور الشرقي للفاشر» is a part of it.
            Class::Direction(_) if hit.article || adjective(words.form(hit.start)) => {}
            Class::Direction(Some(degrees)) => bearing = Some(f64::from(degrees)),
            Class::Length(unit) => metres = distance(words, hit.start, reach, unit),
            _ => {}
        }
        at = hit.start;
        if metres.is_some() {
            break;
        }
    }
    (bearing.is_some() || metres.is_some()).then_some(Offset { metres, bearing })
}

/// «الشرقي», «بالشرقي»: with the article and the ending of an adjective.
fn adjective(form: &str) -> bool {
    let bare = form.trim_start_matches(['و', 'ف', 'ب', 'ك']);
    bare.starts_with("ال") && (bare.ends_with('ي') || bare.ends_with("ية"))
}

/// A direction, unit, kind word or small preposition that ends right before a word.
fn piece(words: &Words<'_>, at: usize, reach: usize) -> Option<Hit> {
    before(words, at, reach).copied().find(|h| {
        matches!(
            h.class,
            Class::Direction(_)
                | Class::Length(_)
                | Class::Kind(_)
                | Class::Nisba(_)
                | Class::Particle(Particle::From | Particle::To | Particle::About)
        )
    })
}

/// The distance whose unit stands at `unit_at`: the count before it, or the unit alone (a dual).
fn distance(words: &Words<'_>, unit_at: usize, reach: usize, unit: u16) -> Option<f64> {
    let count = (reach.max(unit_at.saturating_sub(4))..unit_at)
        .find_map(|w| count_at(words, w, unit_at).filter(|c| c.end == unit_at));
    let times = match count {
        Some(count) => f64::from(count.min.max(1)),
        None if unit == 2000 || unit == 3704 => 1.0,
        None => return None,
    };
    Some(times * f64::from(unit))
}
