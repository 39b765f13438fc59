//! What an event looks like to others while reports join it: the fields that a comparison asks for, as
//! [`combine`](super::combine::combine) would give them, kept up from member to member. So a join takes the same time
//! however many reports an event already has.

use jiff::civil::Date;

use super::combine::{date_key, place_key, put_date, put_place, weight};
use super::votes::{Toll, Votes};
use crate::model::{EventType, Incident, Source, Statement, TimeOfDay};

/// The face of an event.
#[derive(Debug)]
pub(super) struct Face {
    /// The fields that a comparison asks for; its one source has the first day of publication.
    pub(super) seen: Incident,
    /// The ranks of the members that gave date and place.
    dated_by: usize,
    placed_by: usize,
    /// The district told by the member that gave the place.
    district: Option<String>,
    districts: Votes<(String, String)>,
    actor: Votes<String>,
    claimed_by: Votes<String>,
    blamed_on: Votes<String>,
    target: Votes<String>,
    times: Votes<TimeOfDay>,
    types: Votes<EventType>,
    killed: Toll,
    injured: Toll,
}

impl Face {
    /// The face of one member; `rank` is its place in the order in which [`combine`](super::combine::combine) hears members.
    pub(super) fn of(member: &Incident, rank: usize) -> Face {
        let votes = weight(member);
        let name = |name: &Option<String>| {
            let mut names = Votes::default();
            if let Some(name) = name {
                names.add(name.clone(), votes, rank);
            }
            names
        };
        let mut face = Face {
            seen: seen(member),
            dated_by: rank,
            placed_by: rank,
            district: member.admin2.clone(),
            districts: Votes::default(),
            actor: name(&member.actor),
            claimed_by: name(&member.claimed_by),
            blamed_on: name(&member.blamed_on),
            target: name(&member.target),
            times: Votes::default(),
            types: Votes::default(),
            killed: Toll::told((member.killed_min, member.killed_max)),
            injured: Toll::told((member.injured_min, member.injured_max)),
        };
        if let Some(unit) = member.admin1.clone().zip(member.admin2.clone()) {
            face.districts.add(unit, votes, rank);
        }
        if let Some(time) = member.time_of_day {
            face.times.add(time, votes, rank);
        }
        face.types.add(member.event_type, votes, rank);
        face
    }

    /// Takes in another event's members.
    pub(super) fn join(&mut self, other: Face) {
        self.take_date(&other);
        self.take_place(&other);
        self.districts.join(other.districts);
        self.actor.join(other.actor);
        self.claimed_by.join(other.claimed_by);
        self.blamed_on.join(other.blamed_on);
        self.target.join(other.target);
        self.times.join(other.times);
        self.types.join(other.types);
        (self.killed, self.injured) = (self.killed.join(other.killed), self.injured.join(other.injured));
        let seen = &mut self.seen;
        seen.weapons.extend(other.seen.weapons);
        seen.weapons.sort_unstable();
        seen.weapons.dedup();
        seen.outcome = seen.outcome.min(other.seen.outcome);
        seen.sources = sources(seen.sources.iter().chain(&other.seen.sources));
        self.show();
    }

    /// Gives it the date of another event.
    pub(super) fn put_date(&mut self, from: &Incident) {
        put_date(&mut self.seen, from);
    }

    fn take_date(&mut self, other: &Face) {
        let key = |face: &Face| date_key(&face.seen).map(|key| (key, face.dated_by));
        if let Some(new) = key(other).filter(|new| key(self).is_none_or(|old| *new < old)) {
            self.dated_by = new.1;
            put_date(&mut self.seen, &other.seen);
        }
    }

    fn take_place(&mut self, other: &Face) {
        if (place_key(&other.seen), other.placed_by) < (place_key(&self.seen), self.placed_by) {
            self.placed_by = other.placed_by;
            put_place(&mut self.seen, &other.seen);
            self.district.clone_from(&other.district);
        }
    }

    /// Shows what the votes come to.
    fn show(&mut self) {
        let seen = &mut self.seen;
        seen.actor = self.actor.winner(|_| true).cloned();
        seen.claimed_by = self.claimed_by.winner(|_| true).cloned();
        seen.blamed_on = self.blamed_on.winner(|_| true).cloned();
        seen.target = self.target.winner(|_| true).cloned();
        seen.time_of_day = self.times.winner(|_| true).copied();
        seen.event_type = self.types.event_type();
        (seen.killed_min, seen.killed_max) = self.killed.range();
        (seen.injured_min, seen.injured_max) = self.injured.range();
        let told = |unit: &(String, String)| Some(&unit.0) == seen.admin1.as_ref();
        seen.admin2 = self.district.clone().or_else(|| self.districts.winner(told).map(|unit| unit.1.clone()));
    }
}

/// A member without what no comparison asks for.
fn seen(member: &Incident) -> Incident {
    Incident {
        id: String::new(),
        damage: None,
        summary_en: String::new(),
        summary_ar: String::new(),
        sources: sources(member.sources.iter()),
        ..member.clone()
    }
}

/// What a comparison asks of the sources: the first day of publication with the weekday told, and each ordinal told.
fn sources<'s>(all: impl Iterator<Item = &'s Source> + Clone) -> Vec<Source> {
    let published = all.clone().filter_map(|source| source.published).min();
    let weekday = all.clone().find_map(|source| source.says.weekday);
    let mut ordinals: Vec<u8> = all.filter_map(|source| source.says.ordinal).collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    let first = source(published, Statement { weekday, ..Statement::default() });
    let others =
        ordinals.into_iter().map(|number| source(None, Statement { ordinal: Some(number), ..Statement::default() }));
    std::iter::once(first).chain(others).collect()
}

/// A source that stands for others.
fn source(published: Option<Date>, says: Statement) -> Source {
    Source { report: String::new(), published, publisher: None, url: None, says, evidence: Vec::new() }
}
