//! Which incidents are asked for.

use jiff::civil::Date;

use super::Certainty;
use crate::model::{Brief, EventType, Incident};

/// What an incident must be to be found; the default admits all that are placed well enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Not over before this day; an undated incident is not admitted.
    pub since: Option<Date>,
    /// Begun by this day; an undated incident is not admitted.
    pub until: Option<Date>,
    /// Of this type.
    pub event: Option<EventType>,
    /// Done or claimed by this actor; letter case does not matter.
    pub actor: Option<String>,
    /// With at least so many killed, by the lowest count.
    pub min_killed: Option<u32>,
    /// Also those whose place is known less well than the question asks.
    pub include_uncertain: bool,
    /// How the uncertainty of a place counts.
    pub certainty: Certainty,
}

/// What a filter looks at.
struct Facts<'a> {
    event: EventType,
    start: Option<Date>,
    end: Option<Date>,
    actors: [Option<&'a str>; 2],
    killed_min: Option<u32>,
}

impl Filter {
    /// Whether the incident is asked for, its uncertainty aside.
    pub fn admits(&self, incident: &Incident) -> bool {
        self.admits_facts(&Facts {
            event: incident.event_type,
            start: incident.date_start,
            end: incident.date_end,
            actors: [incident.actor.as_deref(), incident.claimed_by.as_deref()],
            killed_min: incident.killed_min,
        })
    }

    /// The same of an incident of which only the brief is known.
    pub fn admits_brief(&self, brief: &Brief) -> bool {
        self.admits_facts(&Facts {
            event: brief.event_type,
            start: brief.date_start,
            end: brief.date_end,
            actors: [brief.actor.as_deref(), brief.claimed_by.as_deref()],
            killed_min: brief.killed_min,
        })
    }

    fn admits_facts(&self, facts: &Facts) -> bool {
        self.admits_date(facts)
            && self.event.is_none_or(|event| facts.event == event)
            && self.actor.as_deref().is_none_or(|actor| acts(facts, actor))
            && self.min_killed.is_none_or(|least| facts.killed_min.is_some_and(|killed| killed >= least))
    }

    fn admits_date(&self, facts: &Facts) -> bool {
        let first = facts.start.or(facts.end);
        let last = facts.end.or(facts.start);
        self.since.is_none_or(|since| last.is_some_and(|last| last >= since))
            && self.until.is_none_or(|until| first.is_some_and(|first| first <= until))
    }
}

fn acts(facts: &Facts, actor: &str) -> bool {
    let wanted = actor.to_lowercase();
    facts.actors.into_iter().flatten().any(|name| name.to_lowercase() == wanted)
}
