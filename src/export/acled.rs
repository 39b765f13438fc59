//! The profile `acled`: the 31 columns of ACLED's files, in their order, with its codes for precision.
//!
//! Only what the reports say is filled; what only ACLED's coders could tell stays empty. Ids are mawqi's own.

use super::columns::{Cell, Column, Kind};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::lexicon::class::ActorKind;
use crate::model::{DatePrecision, EventType, GeoPrecision, Incident};

/// Our own value of `target` for people who do not fight.
pub(super) const CIVILIANS: &str = "civilians";

/// ACLED's code for forces of the state in which the event lies.
const STATE_FORCES: u64 = 1;
/// ACLED's code for civilians.
const CIVILIAN: u64 = 7;
/// ACLED's code for forces of another state, and other actors.
const EXTERNAL: u64 = 8;

/// The columns, in order.
pub const COLUMNS: &[Column] = &[
    Column::new("event_id_cnty", Kind::Text, |i| Cell::made(format!("mawqi-{}", i.id))),
    Column::new("event_date", Kind::Date, |i| Cell::date(i.date_start)),
    Column::new("year", Kind::Integer, year),
    Column::new("time_precision", Kind::Integer, |i| code(time_precision(i))),
    Column::new("disorder_type", Kind::Text, |_| Cell::words("Political violence")),
    Column::new("event_type", Kind::Text, |i| Cell::words(event(i).0)),
    Column::new("sub_event_type", Kind::Text, |i| Cell::words(event(i).1)),
    Column::new("actor1", Kind::Text, |i| Cell::text(actor(i))),
    Column::new("assoc_actor_1", Kind::Text, |_| Cell::Empty),
    Column::new("inter1", Kind::Integer, |i| code(actor(i).and_then(|name| inter(i, name)))),
    Column::new("actor2", Kind::Text, actor2),
    Column::new("assoc_actor_2", Kind::Text, |_| Cell::Empty),
    Column::new("inter2", Kind::Integer, |i| code(i.target.as_deref().and_then(|name| inter(i, name)))),
    Column::new("interaction", Kind::Text, interaction),
    Column::new("civilian_targeting", Kind::Text, |i| {
        Cell::words(if i.target.as_deref() == Some(CIVILIANS) { "Civilian targeting" } else { "" })
    }),
    Column::new("iso", Kind::Integer, |_| Cell::Empty),
    Column::new("region", Kind::Text, |_| Cell::Empty),
    Column::new("country", Kind::Text, country),
    Column::new("admin1", Kind::Text, |i| Cell::text(i.admin1.as_deref())),
    Column::new("admin2", Kind::Text, |i| Cell::text(i.admin2.as_deref())),
    Column::new("admin3", Kind::Text, |_| Cell::Empty),
    Column::new("location", Kind::Text, |i| Cell::text(i.place_en.as_deref().or(i.place.as_deref()))),
    Column::new("latitude", Kind::Number, |i| Cell::degrees(i.lat)),
    Column::new("longitude", Kind::Number, |i| Cell::degrees(i.lon)),
    Column::new("geo_precision", Kind::Integer, |i| code(i.geo_precision.and_then(geo_precision))),
    Column::new("source", Kind::Text, |i| Cell::sources(i, |s| Some(s.publisher.as_ref().unwrap_or(&s.report).into()))),
    Column::new("source_scale", Kind::Text, |_| Cell::Empty),
    Column::new("notes", Kind::Text, |i| Cell::words(&i.summary_en)),
    Column::new("fatalities", Kind::Integer, |i| Cell::Integer(i.killed_min.or(i.killed_max).unwrap_or(0).into())),
    Column::new("tags", Kind::Text, |i| {
        let untold = i.killed_min.or(i.killed_max).is_none();
        Cell::words(if untold { "fatalities not reported" } else { "" })
    }),
    Column::new("timestamp", Kind::Integer, timestamp),
];

fn code(code: Option<u64>) -> Cell<'static> {
    code.map_or(Cell::Empty, Cell::Integer)
}

/// The year of the first day.
pub(super) fn year(incident: &Incident) -> Cell<'_> {
    code(incident.date_start.and_then(|date| u64::try_from(date.year()).ok()))
}

/// 1 the day, 2 the week, 3 the month; a year is no event of theirs.
fn time_precision(incident: &Incident) -> Option<u64> {
    match incident.date_precision {
        DatePrecision::Day => Some(1),
        DatePrecision::Week => Some(2),
        DatePrecision::Month => Some(3),
        DatePrecision::Year | DatePrecision::Unknown => None,
    }
}

/// 1 a known place, 2 near one, 3 a larger region; a whole country is no event of theirs.
fn geo_precision(precision: GeoPrecision) -> Option<u64> {
    match precision {
        GeoPrecision::Site | GeoPrecision::Settlement => Some(1),
        GeoPrecision::Offset | GeoPrecision::District => Some(2),
        GeoPrecision::Governorate | GeoPrecision::Region | GeoPrecision::Sea => Some(3),
        GeoPrecision::Country => None,
    }
}

/// Their type and sub-type.
fn event(incident: &Incident) -> (&'static str, &'static str) {
    const REMOTE: &str = "Explosions/Remote violence";
    const CIVILIAN: &str = "Violence against civilians";
    let civilians = incident.target.as_deref() == Some(CIVILIANS);
    match incident.event_type {
        EventType::Airstrike | EventType::DroneStrike => (REMOTE, "Air/drone strike"),
        EventType::MissileAttack | EventType::Shelling => (REMOTE, "Shelling/artillery/missile attack"),
        EventType::Bombing | EventType::Explosion => (REMOTE, "Remote explosive/landmine/IED"),
        EventType::SuicideBombing => (REMOTE, "Suicide bomb"),
        EventType::NavalAttack => naval(incident),
        EventType::Assassination => (CIVILIAN, "Attack"),
        EventType::ArmedAttack if civilians => (CIVILIAN, "Attack"),
        EventType::ArmedClash | EventType::ArmedAttack | EventType::Raid => ("Battles", "Armed clash"),
        EventType::Abduction => (CIVILIAN, "Abduction/forced disappearance"),
        EventType::Other => ("Strategic developments", "Other"),
    }
}

/// An attack on a ship, by what it was done with.
fn naval(incident: &Incident) -> (&'static str, &'static str) {
    let with = |part: &str| incident.weapons.iter().any(|weapon| weapon.contains(part));
    if with("drone") {
        ("Explosions/Remote violence", "Air/drone strike")
    } else if with("missile") || with("rocket") {
        ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    } else {
        ("Battles", "Armed clash")
    }
}

/// Who did it, else who claimed it; who is only accused is not named.
pub(super) fn actor(incident: &Incident) -> Option<&str> {
    incident.actor.as_deref().or(incident.claimed_by.as_deref())
}

/// What was struck, where it is somebody.
pub(super) fn actor2(incident: &Incident) -> Cell<'_> {
    let Some(target) = incident.target.as_deref() else { return Cell::Empty };
    if target == CIVILIANS {
        return Cell::words("Civilians");
    }
    if kind(target).is_some() { Cell::words(target) } else { Cell::Empty }
}

/// An actor's kind and home by the table of actors.
pub(super) fn kind(name: &str) -> Option<(ActorKind, &'static str)> {
    let lexicon = Lexicon::embedded();
    let row = lexicon.actors.get(usize::from(lexicon.actor(name)?))?;
    Some((row.kind, row.country.as_str()))
}

/// Their code for an actor: of a group it depends on what ACLED's coders know, so it stays open.
fn inter(incident: &Incident, name: &str) -> Option<u64> {
    if name == CIVILIANS {
        return Some(CIVILIAN);
    }
    match kind(name)? {
        (ActorKind::State, home) if incident.country.as_deref() == Some(home) => Some(STATE_FORCES),
        (ActorKind::State, _) => Some(EXTERNAL),
        _ => None,
    }
}

/// Both codes, the lower first.
fn interaction(incident: &Incident) -> Cell<'_> {
    let one = actor(incident).and_then(|name| inter(incident, name));
    let other = incident.target.as_deref().and_then(|name| inter(incident, name));
    let Some((one, other)) = one.zip(other) else { return Cell::Empty };
    Cell::made(format!("{}{}", one.min(other), one.max(other)))
}

/// The country's English name.
pub(super) fn country(incident: &Incident) -> Cell<'_> {
    let Some(code) = incident.country.as_deref() else { return Cell::Empty };
    let place = Gazetteer::embedded().place(&code.to_lowercase());
    place.map_or(Cell::words(code), |place| Cell::words(&place.name_en))
}

/// Seconds from 1970 to the newest report.
fn timestamp(incident: &Incident) -> Cell<'_> {
    let newest = incident.sources.iter().filter_map(|source| source.published).max();
    let seconds = newest.and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok());
    code(seconds.and_then(|zoned| u64::try_from(zoned.timestamp().as_second()).ok()))
}
