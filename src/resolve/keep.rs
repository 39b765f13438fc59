//! What counts as an incident: not what is told again more finely, not vague background.
//!
//! «في العراق» told first and «عين الأسد» three sentences on are one · a finished incident told as background needs a
//! place of its own, a whole country also a day.

use crate::event::facts::Reading;
use crate::event::site::Site;
use crate::event::story::Event;
use crate::gazetteer::{Gazetteer, PlaceIx};
use crate::model::{EventType, GeoPrecision};
use crate::text::document::SentenceKind;

/// Why an event does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// Undated in a report that dates its events.
    Undated,
    /// Background without a place.
    Placeless,
    /// Background of a whole country or region without a day.
    WideBackground,
    /// Told again at a place inside it, by the event with this index.
    ToldAgain(usize),
    /// Named, and not told as done.
    OnlyNamed,
    /// In a whole country, with no day of its own or no harm and no kind.
    WideVague,
}

/// A wide event is told again within so many events before or after it; a judgement.
const NEAR_EVENTS: usize = 256;
/// A city's suburbs lie within so many times its radius; a judgement.
const SUBURBS: f64 = 1.5;

/// What the report as a whole tells of time.
#[derive(Debug, Clone, Copy)]
struct Telling {
    /// Whether its publication date is known.
    published: bool,
    /// Whether any of its events has a day.
    dated: bool,
    /// Whether all of it is told as background.
    aside: bool,
    /// Its first sentence.
    lead: Option<usize>,
}

/// For each event the reason why it does not count; none for those that do.
pub fn dropped(reading: &Reading<'_, '_>, published: bool, events: &[Event]) -> Vec<Option<Dropped>> {
    let telling = Telling {
        published,
        dated: events.iter().any(|e| e.when.is_some()),
        aside: events.iter().all(|e| e.background),
        lead: reading.words.lines.iter().position(|l| l.kind == SentenceKind::Body),
    };
    let undated = |i: usize| vague(telling, &events[i]).then_some(Dropped::Undated);
    let why = |i: usize| undated(i).or_else(|| fault(reading, telling, events, i));
    (0..events.len()).map(why).collect()
}

/// A dated report tells its events with a day. What it tells without one is vague background, unless nothing in it has
/// a day and the event is told for its own sake.
fn vague(telling: Telling, event: &Event) -> bool {
    if !telling.published || event.when.is_some() {
        return false;
    }
    let opens = event.lines.first().copied() == telling.lead;
    let hurt = event.killed.is_some() || event.injured.is_some();
    let own = event.fixed || opens || hurt;
    telling.dated || !own
}

fn fault(reading: &Reading<'_, '_>, telling: Telling, events: &[Event], index: usize) -> Option<Dropped> {
    let event = &events[index];
    let Some(site) = &event.site else {
        // A report of nothing but a finished event tells it for its own sake.
        let aside = event.background && !telling.aside;
        return aside.then_some(Dropped::Placeless);
    };
    let place = place_of(reading, site)?;
    let precision = reading.gazetteer.at(place).kind.precision();
    let wide = matches!(precision, GeoPrecision::Country | GeoPrecision::Region);
    if wide && event.background && event.when.is_none() {
        return Some(Dropped::WideBackground);
    }
    if wide && let Some(other) = told_again(reading, events, index, place) {
        return Some(Dropped::ToldAgain(other));
    }
    if event.several
        && let Some(other) = told_one_by_one(reading, events, index, place)
    {
        return Some(Dropped::ToldAgain(other));
    }
    let harmless = event.killed.is_none() && event.injured.is_none();
    let vague = !event.dated || (event.event == EventType::Other && harmless);
    (precision == GeoPrecision::Country && vague).then_some(Dropped::WideVague)
}

/// The event that tells a wide one again at a place inside it.
fn told_again(reading: &Reading<'_, '_>, events: &[Event], index: usize, place: PlaceIx) -> Option<usize> {
    let event = &events[index];
    let mut near = index.saturating_sub(NEAR_EVENTS)..events.len().min(index + NEAR_EVENTS);
    near.find(|&i| {
        let other = &events[i];
        let Some(there) = other.site.as_ref().and_then(|s| place_of(reading, s)) else { return false };
        let inside = i != index && there != place && reading.gazetteer.covers(place, there);
        let same_time = match (event.when, other.when) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        inside && same_time && (event.listed || kin(event.event, other.event))
    })
}

/// «الهجومين اللذين وقعا أمس في طهران», and then each at its place: the first of those that tell them one by one.
fn told_one_by_one(reading: &Reading<'_, '_>, events: &[Event], index: usize, place: PlaceIx) -> Option<usize> {
    let event = &events[index];
    let near = index + 1..events.len().min(index + NEAR_EVENTS);
    let mut parts = near.filter(|&i| {
        let there = events[i].site.as_ref().and_then(|s| place_of(reading, s));
        let day = event.when.zip(events[i].when).is_some_and(|(a, b)| a.overlaps(b));
        day && there.is_some_and(|there| there != place && about(reading, place, there))
    });
    let first = parts.next()?;
    parts.next().map(|_| first)
}

/// Whether a place lies in or about a wider one: the suburbs of a city belong to other units.
fn about(reading: &Reading<'_, '_>, outer: PlaceIx, inner: PlaceIx) -> bool {
    let (a, b) = (reading.gazetteer.at(outer), reading.gazetteer.at(inner));
    let reach_km = f64::from(a.radius_m) / 1000.0 * SUBURBS;
    reading.gazetteer.covers(outer, inner) || (a.radius_m > b.radius_m && Gazetteer::nearer(a, b, reach_km))
}

fn kin(a: EventType, b: EventType) -> bool {
    let loose = |e: EventType| matches!(e, EventType::Other | EventType::Explosion);
    a == b || loose(a) || loose(b)
}

fn place_of(reading: &Reading<'_, '_>, site: &Site) -> Option<PlaceIx> {
    reading.places[site.head].place
}
