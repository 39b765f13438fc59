//! What came of an event.
//!
//! A hit needs harm, damage or something that landed; all of it stopped is intercepted; a salvo partly stopped is
//! unknown unless the rest struck; clashes, raids, abductions and blasts are unknown.

use crate::event::story::Event;
use crate::mention::casualty::Bounds;
use crate::model::{EventType, Outcome};

/// The outcome of an event.
pub fn outcome(event: &Event) -> Outcome {
    let hurt = killed(event).is_some_and(|k| k.0 > 0) || event.injured.is_some_and(|i| i.0 > 0);
    let harmed = hurt || event.damage.is_some();
    if event.failed && !harmed {
        let flying = matches!(event.event, EventType::DroneStrike | EventType::MissileAttack);
        let stopped = event.foiled || (event.stopped && !event.partly);
        return if flying && stopped { Outcome::Intercepted } else { Outcome::Failed };
    }
    if event.stopped && !event.partly && !harmed {
        return Outcome::Intercepted;
    }
    let aimed =
        !matches!(event.event, EventType::Raid | EventType::ArmedClash | EventType::Abduction | EventType::Explosion);
    if aimed && (event.hit || hurt) { Outcome::Hit } else { Outcome::Unknown }
}

/// An assassination has killed at least its victim, unless it failed or only hurt.
pub(super) fn killed(event: &Event) -> Option<Bounds> {
    let done = event.slain || (event.event == EventType::Assassination && !event.failed && event.injured.is_none());
    event.killed.or(done.then_some((1, Some(1))))
}
