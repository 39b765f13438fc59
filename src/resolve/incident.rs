//! An event into the record: every field with the words that gave it.

use super::outcome::{killed, outcome};
use super::place::{Located, locate};
use super::summary;
use crate::event::agent::Named;
use crate::event::facts::Reading;
use crate::event::story::Event;
use crate::lexicon::Lexicon;
use crate::lexicon::class::ActorKind;
use crate::mention::place::Evidence as Cue;
use crate::mention::words::Words;
use crate::model::{
    DatePrecision, EventType, Evidence, GeoPrecision, Incident, Mark, PlaceKind, Report, Source, Span, Statement,
};

/// The table's name for embassies and consulates.
const DIPLOMATIC: &str = "diplomatic mission";

/// The record of an event; its id is given later.
pub fn incident(reading: &Reading<'_, '_>, report: &Report, event: &Event) -> Incident {
    let located = event.site.as_ref().and_then(|site| locate(reading, site));
    let (when, lexicon) = (event.when, reading.lexicon);
    let mut incident = Incident {
        id: String::new(),
        event_type: event.event,
        date_start: when.map(|w| w.start),
        date_end: when.map(|w| w.end),
        date_precision: when.map_or(DatePrecision::Unknown, |w| w.precision),
        time_of_day: when.and_then(|w| w.time_of_day),
        place: None,
        place_en: None,
        place_id: None,
        place_kind: None,
        geo_precision: None,
        uncertainty_m: None,
        lon: None,
        lat: None,
        admin2: None,
        admin1: None,
        country: None,
        actor: actor(lexicon, event.agents.actor),
        claimed_by: actor(lexicon, event.agents.claimed_by),
        blamed_on: actor(lexicon, event.agents.blamed_on),
        target: target(lexicon, event),
        weapons: weapons(lexicon, event),
        killed_min: killed(event).map(|k| k.0),
        killed_max: killed(event).and_then(|k| k.1),
        injured_min: event.injured.map(|i| i.0),
        injured_max: event.injured.and_then(|i| i.1),
        outcome: outcome(event),
        damage: event.damage.map(|(start, end)| reading.words.original(start, end).to_owned()),
        background: event.background,
        confidence: confidence(reading, event, located.as_ref()),
        summary_en: String::new(),
        summary_ar: String::new(),
        source_count: 1,
        sources: Vec::new(),
    };
    if located.as_ref().is_some_and(|l| l.named && l.place.kind == PlaceKind::Embassy) {
        incident.target = Some(DIPLOMATIC.to_owned());
    }
    if let Some(located) = located {
        put_place(&mut incident, &located);
    } else if let Some(site) = &event.site {
        incident.place = Some(reading.places[site.head].name.clone());
    }
    incident.sources = vec![source(reading, report, event, &incident)];
    (incident.summary_en, incident.summary_ar) = summary::of(&incident);
    incident
}

fn put_place(incident: &mut Incident, located: &Located<'_>) {
    let place = located.place;
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    incident.place = Some(located.name.clone());
    incident.place_en = filled(&place.name_en).filter(|_| located.named);
    incident.place_id = Some(place.id.to_string());
    incident.place_kind = Some(place.kind);
    incident.geo_precision = Some(located.precision);
    incident.uncertainty_m = Some(located.uncertainty_m);
    incident.lon = Some(round(located.lon));
    incident.lat = Some(round(located.lat));
    incident.admin2 = filled(&place.admin2);
    incident.admin1 = filled(&place.admin1);
    let at_sea = located.precision == GeoPrecision::Sea
        || (located.precision == GeoPrecision::Offset && incident.event_type == EventType::NavalAttack);
    incident.country = filled(&place.country).filter(|_| !at_sea);
}

/// Five decimals, about a metre.
fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

fn actor(lexicon: &Lexicon, named: Option<Named>) -> Option<String> {
    let row = lexicon.actors.get(usize::from(named?.0))?;
    let known = row.kind != ActorKind::Unknown || row.name == "Unidentified gunmen";
    known.then(|| row.name.clone())
}

/// An actor struck outranks a kind of target.
fn target(lexicon: &Lexicon, event: &Event) -> Option<String> {
    if event.event == EventType::ArmedClash {
        return None;
    }
    let ship = event.agents.struck.and_then(|(id, _)| lexicon.targets.get(usize::from(id)).cloned());
    match (event.event, ship) {
        (EventType::NavalAttack, Some(struck)) => Some(struck),
        (_, Some(struck)) if struck == DIPLOMATIC => Some(struck),
        (_, struck) => actor(lexicon, event.agents.target).or(struck),
    }
}

/// Canonical weapons: a platform without what it fires, hints that are no weapon left out.
fn weapons(lexicon: &Lexicon, event: &Event) -> Vec<String> {
    let mut out: Vec<String> = event
        .weapons
        .iter()
        .filter_map(|&id| lexicon.weapons.get(usize::from(id)))
        .filter_map(|name| match name.as_str() {
            "air" | "suicide" => None,
            "shell" | "tank" => Some("artillery"),
            "atgm" => Some("missile"),
            "craft" => Some("aircraft"),
            other => Some(other),
        })
        .map(str::to_owned)
        .collect();
    let platform = matches!(event.event, EventType::Airstrike | EventType::DroneStrike);
    if platform && out.iter().any(|w| w == "drone" || w == "aircraft" || w == "helicopter") {
        out.retain(|w| matches!(w.as_str(), "drone" | "aircraft" | "helicopter" | "small_arms"));
    }
    if out.iter().any(|w| w == "mortar") {
        out.retain(|w| w != "artillery");
    }
    if out.iter().any(|w| matches!(w.as_str(), "ballistic_missile" | "cruise_missile" | "anti_ship_missile" | "rocket"))
    {
        out.retain(|w| w != "missile");
    }
    out.sort();
    out.dedup();
    out
}

/// How likely place, date and type are right: by what speaks for each.
fn confidence(reading: &Reading<'_, '_>, event: &Event, located: Option<&Located<'_>>) -> f64 {
    let doubts = doubts(reading, event, located);
    let chance = doubts.into_iter().flatten().fold(0.95_f64, |chance, (cost, _)| chance - cost);
    (chance.clamp(0.05, 0.95) * 100.0).round() / 100.0
}

/// What is taken off the confidence of an event for its type, its date and its place, and why.
pub fn doubts(
    reading: &Reading<'_, '_>,
    event: &Event,
    located: Option<&Located<'_>>,
) -> [Option<(f64, &'static str)>; 3] {
    let kind = (!event.fixed).then_some((0.15, "the type is a default for a bare word"));
    let date = match (event.when, event.dated) {
        (None, _) => Some((0.25, "it has no date")),
        (Some(_), false) => Some((0.08, "the date is carried over")),
        _ => None,
    };
    let cue = event.site.as_ref().map(|s| reading.places[s.head].evidence);
    let place = match (located, cue) {
        (None, _) => Some((0.45, "it has no place")),
        (Some(l), _) if !l.named => Some((0.3, "the point is that of a place about the one named")),
        (_, Some(Cue::Bare)) => Some((0.15, "nothing but the name speaks for the place")),
        (Some(l), _) if l.precision.is_area() => Some((0.2, "the place is an area")),
        _ => None,
    };
    [kind, date, place]
}

fn source(reading: &Reading<'_, '_>, report: &Report, event: &Event, incident: &Incident) -> Source {
    Source {
        report: report.id.clone(),
        published: report.published,
        publisher: report.publisher.clone(),
        url: report.url.clone(),
        says: Statement {
            weekday: event.weekday.filter(|_| event.when.is_none()),
            ordinal: event.ordinal,
            official: event.official,
            ..Statement::of(incident)
        },
        evidence: evidence(reading, event),
    }
}

/// The sentences that tell of the event, and those that hold its marks.
fn evidence(reading: &Reading<'_, '_>, event: &Event) -> Vec<Evidence> {
    let words = reading.words;
    let mut marks: Vec<(usize, &str, Span)> =
        event.marks.iter().filter_map(|&(field, span)| Some((line_of(words, span)?, field, span))).collect();
    marks.sort_unstable();
    marks.dedup();
    let mut lines = event.lines.clone();
    lines.extend(marks.iter().map(|(line, ..)| line));
    lines.sort_unstable();
    lines.dedup();
    let mut marks = marks.into_iter().peekable();
    lines
        .into_iter()
        .map(|line| {
            let span = words.lines[line].span;
            let marks = std::iter::from_fn(|| marks.next_if(|(of, ..)| *of == line));
            let marks =
                marks.map(|(_, field, at)| Mark { field: field.to_owned(), start: at.start, end: at.end }).collect();
            Evidence { start: span.start, end: span.end, text: span.of(words.document().text).to_owned(), marks }
        })
        .collect()
}

/// The sentence that holds a mark.
fn line_of(words: &Words<'_>, mark: Span) -> Option<usize> {
    let line = words.lines.partition_point(|l| l.span.start <= mark.start).checked_sub(1)?;
    (mark.end <= words.lines[line].span.end).then_some(line)
}
