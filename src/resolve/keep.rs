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

/// The events that count.
pub fn keep(reading: &Reading<'_, '_>, published: bool, events: Vec<Event>) -> Vec<Event> {
    let kept: Vec<bool> =
        (0..events.len()).map(|i| !vague(reading, published, &events, i) && counts(reading, &events, i)).collect();
    events.into_iter().zip(kept).filter_map(|(event, keep)| keep.then_some(event)).collect()
}

/// A dated report tells its events with a day. What it tells without one is vague background, unless nothing in it has
/// a day and the event is told for its own sake.
fn vague(reading: &Reading<'_, '_>, published: bool, events: &[Event], index: usize) -> bool {
    let event = &events[index];
    if !published || event.when.is_some() {
        return false;
    }
    let lead = reading.words.lines.iter().position(|l| l.kind == SentenceKind::Body);
    let opens = event.lines.first().copied() == lead;
    let hurt = event.killed.is_some() || event.injured.is_some();
    let own = event.fixed || opens || hurt;
    events.iter().any(|e| e.when.is_some()) || !own
}

fn counts(reading: &Reading<'_, '_>, events: &[Event], index: usize) -> bool {
    let event = &events[index];
    // A report of nothing but a finished event tells it for its own sake.
    let Some(site) = &event.site else { return !event.background || events.iter().all(|e| e.background) };
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
    events.iter().enumerate().any(|(i, other)| {
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
