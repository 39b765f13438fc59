//! What counts as an incident: not what is told again more finely, not vague background.
//!
//! «في العراق» told first and «عين الأسد» three sentences on are one · a finished incident told as background needs a
//! place of its own, a whole country also a day.

use crate::event::facts::Reading;
use crate::event::site::Site;
use crate::event::story::Event;
use crate::gazetteer::PlaceIx;
use crate::model::{EventType, GeoPrecision};
use crate::text::document::SentenceKind;

/// A wide event is told again within so many events before or after it; a judgement.
const NEAR_EVENTS: usize = 256;

/// What the report as a whole tells of time.
#[derive(Debug, Clone, Copy)]
struct Telling {
    /// Whether its publication date is known.
    published: bool,
    /// Whether any of its events has a day.
    dated: bool,
    /// Its first sentence.
    lead: Option<usize>,
}

/// The events that count.
pub fn keep(reading: &Reading<'_, '_>, published: bool, events: Vec<Event>) -> Vec<Event> {
    let telling = Telling {
        published,
        dated: events.iter().any(|e| e.when.is_some()),
        lead: reading.words.lines.iter().position(|l| l.kind == SentenceKind::Body),
    };
    let kept: Vec<bool> =
        events.iter().enumerate().map(|(i, e)| !vague(telling, e) && counts(reading, &events, i)).collect();
    events.into_iter().zip(kept).filter_map(|(event, keep)| keep.then_some(event)).collect()
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

fn counts(reading: &Reading<'_, '_>, events: &[Event], index: usize) -> bool {
    let event = &events[index];
    let Some(site) = &event.site else { return !event.background };
    let Some(place) = place_of(reading, site) else { return true };
    let precision = reading.gazetteer.at(place).kind.precision();
    let wide = matches!(precision, GeoPrecision::Country | GeoPrecision::Region);
    if wide && event.background && event.when.is_none() {
        return false;
    }
    if wide && told_again(reading, events, index, place) {
        return false;
    }
    let harmless = event.killed.is_none() && event.injured.is_none();
    let vague = !event.dated || (event.event == EventType::Other && harmless);
    !(precision == GeoPrecision::Country && vague)
}

/// Whether a wide event is told again at a place inside it.
fn told_again(reading: &Reading<'_, '_>, events: &[Event], index: usize, place: PlaceIx) -> bool {
    let event = &events[index];
    let near = index.saturating_sub(NEAR_EVENTS)..events.len().min(index + NEAR_EVENTS);
    near.map(|i| (i, &events[i])).any(|(i, other)| {
        let Some(there) = other.site.as_ref().and_then(|s| place_of(reading, s)) else { return false };
        let inside = i != index && there != place && reading.gazetteer.covers(place, there);
        let same_time = match (event.when, other.when) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        inside && same_time && (event.listed || kin(event.event, other.event))
    })
}

fn kin(a: EventType, b: EventType) -> bool {
    let loose = |e: EventType| matches!(e, EventType::Other | EventType::Explosion);
    a == b || loose(a) || loose(b)
}

fn place_of(reading: &Reading<'_, '_>, site: &Site) -> Option<PlaceIx> {
    reading.places[site.head].place
}
