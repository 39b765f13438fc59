//! Place mentions: what spoke for the name, which bearer was taken, and why the others lost.

use super::context::Context;
use super::explanation::{Mention, MentionKind, PlaceReading, Quote, Rival};
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::lexicon::class::Class;
use crate::mention::place::{Evidence, PlaceMention};
use crate::mention::place_role::PlaceRole;
use crate::mention::settle::{Weighed, Weight};
use crate::model::Span;

/// Weights closer than this are told as equal.
const EQUAL: f64 = 0.05;

/// All place mentions.
pub(super) fn mentions(context: &Context<'_, '_, '_>) -> Vec<Mention> {
    let places = context.seen.reading.places.iter();
    places.enumerate().map(|(index, mention)| told(context, index, mention)).collect()
}

fn told(context: &Context<'_, '_, '_>, index: usize, mention: &PlaceMention) -> Mention {
    let weighed = context.seen.weighed.get(index);
    let chosen = mention.place.map(|ix| context.place(ix));
    let means = chosen.map_or_else(
        || if mention.tied.is_empty() { "unknown place".to_owned() } else { "undecided place".to_owned() },
        |place| format!("{} ({}, {})", place.id, place.name_en, place.kind),
    );
    let cue = cue(context, mention);
    let (role, role_means) = role(mention.role);
    let reason =
        [taken(context, index, weighed, cue.as_ref()), decided(context, mention, weighed), used(context, index)];
    let reading = PlaceReading {
        name: mention.name.clone(),
        evidence: evidence(mention.evidence),
        cue,
        role,
        role_means,
        offset: offset(mention),
        chosen: chosen.map(|place| place.id.to_string()),
        candidates: weighed.map(|w| rivals(context, mention, w)).unwrap_or_default(),
    };
    Mention {
        kind: MentionKind::Place,
        words: context.quote(mention.start, mention.end),
        means,
        reason: reason.join(". "),
        incidents: context.ids(|event| serves(context, event, index)),
        place: Some(reading),
        time: None,
    }
}

/// Whether a mention is in the chain of an event's site.
fn serves(context: &Context<'_, '_, '_>, event: usize, index: usize) -> bool {
    context.seen.events[event].site.as_ref().is_some_and(|s| s.head == index || s.chain.contains(&index))
}

/// The name of a kind of evidence, as in JSON.
pub(super) const fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Bare => "bare",
        Evidence::Preposition => "preposition",
        Evidence::Parent => "parent",
        Evidence::List => "list",
        Evidence::Direction => "direction",
        Evidence::Kind => "kind",
    }
}

/// The same in words.
pub(super) const fn spoken(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Bare => "nothing but the name",
        Evidence::Preposition => "a preposition",
        Evidence::Parent => "a place that holds it",
        Evidence::List => "a list with a place that was taken",
        Evidence::Direction => "a direction, nearness, or what can only locate a place",
        Evidence::Kind => "a kind word",
    }
}

/// The words that speak for a mention: those that introduce it, or its neighbours.
fn cue(context: &Context<'_, '_, '_>, mention: &PlaceMention) -> Option<Quote> {
    let words = context.seen.reading.words;
    if mention.lead < mention.start {
        return Some(context.quote(mention.lead, mention.start));
    }
    if matches!(mention.evidence, Evidence::Bare | Evidence::Kind) {
        return None;
    }
    let ends_here =
        |w: usize| words.at(w).iter().find(|h| h.end == mention.start && matches!(h.class, Class::Particle(_)));
    let before = (mention.start.saturating_sub(3)..mention.start).find_map(ends_here);
    let locates = |class: &Class| matches!(class, Class::Direction(_) | Class::Kind(_) | Class::Nisba(_));
    let after = words.at(mention.end).iter().find(|h| locates(&h.class));
    match mention.evidence {
        Evidence::Direction => before.or(after).map(|hit| context.hit(hit)),
        _ => before.map(|hit| context.hit(hit)),
    }
}

/// What spoke for the name, by its tier.
fn taken(context: &Context<'_, '_, '_>, index: usize, weighed: Option<&Weighed>, cue: Option<&Quote>) -> String {
    let mention = &context.seen.reading.places[index];
    let by = cue.map_or_else(
        || spoken(mention.evidence).to_owned(),
        |cue| format!("{} «{}»", spoken(mention.evidence), cue.text),
    );
    let best = weighed.and_then(|w| w.candidates.iter().map(|&(ix, _)| context.place(ix).rank).min());
    let Some(rank) = best else { return format!("Taken for a place by {by}; no table holds the name") };
    let shown = shown(context, index);
    if context.seen.reading.gazetteer.homograph(&mention.name) {
        return format!("Taken, though also an ordinary word, by {by}{shown}");
    }
    match rank {
        3.. if !shown.is_empty() => format!("Taken as a name of rank {rank} by {by}{shown}"),
        0..=2 => format!("Taken as a name that every reader knows (rank {rank}); {by} speaks for it"),
        _ if mention.evidence == Evidence::Bare => format!("Taken by its own words (rank {rank})"),
        _ => format!("Taken as a name of rank {rank} by {by}"),
    }
}

/// Whether the report showed before that the name is a place: it then needs less of a cue.
fn shown(context: &Context<'_, '_, '_>, index: usize) -> &'static str {
    let (before, from) = context.seen.reading.places.split_at(index);
    let sure = |m: &PlaceMention| m.evidence >= Evidence::List;
    let again = from.first().is_some_and(|m| !sure(m) && before.iter().any(|b| b.name == m.name && sure(b)));
    if again { "; the report showed before that it is a place" } else { "" }
}

/// Which bearer was taken, or why none.
fn decided(context: &Context<'_, '_, '_>, mention: &PlaceMention, weighed: Option<&Weighed>) -> String {
    let count = weighed.map_or(0, |w| w.candidates.len());
    if let Some(holder) = weighed.and_then(|w| w.too_far_from) {
        let holder = context.place(holder);
        return format!("Unknown: all that bear the name lie too far from {} ({})", holder.id, holder.name_en);
    }
    match (mention.place, count) {
        (Some(_), 1) => "One place bears the name".to_owned(),
        (Some(_), count) => format!("Of {count} places that bear the name it scored best"),
        (None, 0) if context.seen.reading.gazetteer.bearers(&mention.name).is_empty() => {
            "No table holds the name".to_owned()
        }
        (None, 0) => "No place that bears the name is of the kind said".to_owned(),
        (None, _) => format!("Undecided: nothing tells {} places apart", mention.tied.len()),
    }
}

/// What it is to its clause, and what it serves.
fn used(context: &Context<'_, '_, '_>, index: usize) -> String {
    let mention = &context.seen.reading.places[index];
    let (role, means) = role(mention.role);
    let reckoned = offset(mention).map(|o| format!(", {o} from it")).unwrap_or_default();
    let head = context.ids(|e| context.seen.events[e].site.as_ref().is_some_and(|s| s.head == index));
    let chain = context.ids(|e| serves(context, e, index));
    let serves = match (head.is_empty(), chain.is_empty()) {
        (false, _) => format!("It places {}", head.join(", ")),
        (true, false) => format!("It helps to place {}", chain.join(", ")),
        _ if mention.role.may_hold() => "No incident is placed by it".to_owned(),
        _ => "So it can place no incident".to_owned(),
    };
    format!("Role {role}: {means}{reckoned}. {serves}")
}

/// A role's name and meaning.
const fn role(role: PlaceRole) -> (&'static str, &'static str) {
    match role {
        PlaceRole::Target => ("target", "where it happened, by a preposition"),
        PlaceRole::Aim => ("aim", "what it was aimed at"),
        PlaceRole::Plain => ("plain", "named with no preposition"),
        PlaceRole::Origin => ("origin", "where it came from"),
        PlaceRole::Destination => ("destination", "where somebody or something was taken, or is bound"),
        PlaceRole::Metonym => ("metonym", "a government or its people that speak or act"),
        PlaceRole::Office => ("office", "part of an office, or where a speaker or the report is"),
        PlaceRole::War => ("war", "the scene of a whole war"),
        PlaceRole::Border => ("border", "a border or a partner"),
    }
}

fn offset(mention: &PlaceMention) -> Option<String> {
    let offset = mention.offset?;
    let metres = offset.metres.map(|m| format!("{:.1} km", m / 1000.0));
    let bearing = offset.bearing.map(|b| format!("towards {b:.0}°"));
    Some(metres.into_iter().chain(bearing).collect::<Vec<_>>().join(" "))
}

/// The bearers with what came of them.
fn rivals(context: &Context<'_, '_, '_>, mention: &PlaceMention, weighed: &Weighed) -> Vec<Rival> {
    let best = weighed.candidates.first().copied();
    let rival = |&(ix, weight): &(PlaceIx, Weight)| {
        let place = context.place(ix);
        Rival {
            place_id: place.id.to_string(),
            name_en: place.name_en.to_string(),
            kind: place.kind,
            country: place.country.to_string(),
            score: (weight.total() * 100.0).round() / 100.0,
            reason: verdict(context, mention, weighed, ix, best.map(|b| (b.0, b.1, weight))),
        }
    };
    weighed.candidates.iter().map(rival).collect()
}

fn verdict(
    context: &Context<'_, '_, '_>,
    mention: &PlaceMention,
    weighed: &Weighed,
    ix: PlaceIx,
    against: Option<(PlaceIx, Weight, Weight)>,
) -> String {
    if mention.place == Some(ix) {
        return "taken".to_owned();
    }
    if weighed.too_far_from.is_some() {
        return "too far from the place said to hold it".to_owned();
    }
    if mention.tied.contains(&ix) {
        return "undecided: nothing tells it from the others".to_owned();
    }
    let Some((best, won, lost)) = against else { return String::new() };
    let losses = losses(&won, &lost, !mention.kinds.is_empty());
    if losses.is_empty() {
        let (a, b) = (context.place(best), context.place(ix));
        return format!("the same for a map: {:.0} km from the one taken", Gazetteer::distance_km(a, b));
    }
    losses.join("; ")
}

/// What speaks less for the loser.
fn losses(won: &Weight, lost: &Weight, kind_said: bool) -> Vec<String> {
    let kind =
        if kind_said { "not of the kind said" } else { "a unit or region, which is seldom named without its kind" };
    let parts = [
        (kind, won.kind, lost.kind),
        ("less known", won.rank, lost.rank),
        ("fits the places beside it less", won.chain, lost.chain),
        ("not in the country named beside it", won.country, lost.country),
        ("farther from what else the report names", won.geography, lost.geography),
    ];
    let less = parts.into_iter().filter(|(_, won, lost)| won - lost > EQUAL);
    less.map(|(why, won, lost)| format!("{why} ({lost:.1} against {won:.1})")).collect()
}

/// Whether a span overlaps a place mention's name.
pub(super) fn overlaps(context: &Context<'_, '_, '_>, span: Span) -> bool {
    let words = context.seen.reading.words;
    context.seen.reading.places.iter().any(|m| {
        let taken = words.span(m.start, m.end);
        taken.start < span.end && span.start < taken.end
    })
}
