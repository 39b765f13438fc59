//! Which incidents are asked for.

use jiff::civil::Date;

use crate::model::{EventType, Incident};

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
}

impl Filter {
    /// Whether the incident is asked for, its uncertainty aside.
    pub fn admits(&self, incident: &Incident) -> bool {
        self.admits_date(incident)
            && self.event.is_none_or(|event| incident.event_type == event)
            && self.actor.as_deref().is_none_or(|actor| acts(incident, actor))
            && self.min_killed.is_none_or(|least| incident.killed_min.is_some_and(|killed| killed >= least))
    }

    fn admits_date(&self, incident: &Incident) -> bool {
        let first = incident.date_start.or(incident.date_end);
        let last = incident.date_end.or(incident.date_start);
        self.since.is_none_or(|since| last.is_some_and(|last| last >= since))
            && self.until.is_none_or(|until| first.is_some_and(|first| first <= until))
    }
}

fn acts(incident: &Incident, actor: &str) -> bool {
    let wanted = actor.to_lowercase();
    [&incident.actor, &incident.claimed_by].into_iter().flatten().any(|name| name.to_lowercase() == wanted)
}
