//! Incidents: which clauses joined them, and the words that gave each field.

use super::context::Context;
use super::explanation::{Field, Quote, ToldIncident};
use super::times::named;
use super::words::bounded;
use crate::event::story::Event;
use crate::model::{EventType, Incident, Outcome, Span};
use crate::resolve::incident::doubts;
use crate::resolve::place::{Located, locate};

/// An incident with the event that it was.
struct Told<'t, 'c, 's, 'a> {
    context: &'t Context<'c, 's, 'a>,
    index: usize,
    event: &'s Event,
    incident: &'s Incident,
    located: Option<Located<'s>>,
}

/// The incidents of the report, in the order told.
pub(super) fn incidents(context: &Context<'_, '_, '_>) -> Vec<ToldIncident> {
    let told = |(index, event)| {
        let incident = context.incident(index)?;
        let located = context.seen.events[index].site.as_ref().and_then(|site| locate(context.seen.reading, site));
        Some(Told { context, index, event, incident, located }.told())
    };
    context.seen.events.iter().enumerate().filter_map(told).collect()
}

impl Told<'_, '_, '_, '_> {
    fn told(&self) -> ToldIncident {
        ToldIncident {
            id: self.incident.id.clone(),
            event: self.index + 1,
            located: self.incident.lat.is_some(),
            summary_en: self.incident.summary_en.clone(),
            clauses: self.clauses(),
            fields: self.fields(),
        }
    }

    /// The clauses that joined the event.
    fn clauses(&self) -> Vec<usize> {
        let joins = |at: &usize| self.context.seen.heard[*at].joined.iter().any(|(event, _)| *event == self.index);
        (0..self.context.seen.heard.len()).filter(joins).collect()
    }

    fn fields(&self) -> Vec<Field> {
        let incident = self.incident;
        let words = |fields: &[&str]| self.words(fields);
        let agent = |name: &'static str, value: &Option<String>, why: &'static str| {
            let words = if value.is_some() { words(&[name]) } else { Vec::new() };
            let reason = match (value, words.is_empty()) {
                (None, _) => "not told",
                (Some(_), false) => why,
                (Some(_), true) if name == "target" => "the place is one, or the attack told before goes on",
                (Some(_), true) => "the attack told before goes on",
            };
            field(name, value.clone(), words, reason)
        };
        vec![
            field("event_type", Some(incident.event_type.to_string()), self.attack(), self.why_type()),
            field("date", self.date(), words(&["date"]), self.why_date()),
            field("place", incident.place.clone(), words(&["place"]), &self.why_place()),
            agent("actor", &incident.actor, "who did it, as the report itself says"),
            agent("claimed_by", &incident.claimed_by, "who claims it"),
            agent("blamed_on", &incident.blamed_on, "who is accused of it"),
            agent("target", &incident.target, "what was struck"),
            field("weapons", list(&incident.weapons), words(&["weapons"]), self.why_weapons()),
            self.toll("killed", incident.killed_min, incident.killed_max),
            self.toll("injured", incident.injured_min, incident.injured_max),
            field("outcome", Some(incident.outcome.to_string()), Vec::new(), self.why_outcome()),
            field("damage", incident.damage.clone(), self.damage(), if_told(incident.damage.is_some())),
            field("background", Some(incident.background.to_string()), Vec::new(), self.why_background()),
            field("confidence", Some(incident.confidence.to_string()), Vec::new(), &self.why_confidence()),
        ]
    }

    /// The words that gave some fields.
    fn words(&self, fields: &[&str]) -> Vec<Quote> {
        let marks = self.event.marks.iter().filter(|(field, _)| fields.contains(field));
        let mut spans: Vec<Span> = marks.map(|(_, span)| *span).collect();
        spans.sort_unstable();
        spans.dedup();
        spans.into_iter().map(|span| self.context.at(span)).collect()
    }

    /// The words for an attack of the clauses whose own type is the event's.
    fn attack(&self) -> Vec<Quote> {
        let clauses = self.clauses().into_iter().map(|at| &self.context.seen.heard[at].told);
        let typed = clauses.filter(|told| told.typed.is_some_and(|t| t.event == self.event.event));
        typed.flat_map(|told| told.facts.triggers.iter().map(|hit| self.context.hit(hit))).collect()
    }

    fn why_type(&self) -> &'static str {
        match (self.event.fixed, self.event.event) {
            (true, EventType::NavalAttack) => "a ship was struck, or boats attacked",
            (true, _) if self.attack().is_empty() => "taken over from the attack told before, or told by the weapon",
            (true, _) => "the words for the attack and its weapons say it",
            (false, _) => "the words for the attack are bare; this is the default for them",
        }
    }

    fn date(&self) -> Option<String> {
        self.event.when.map(super::times::days)
    }

    fn why_date(&self) -> &'static str {
        match (self.event.when, self.event.weekday) {
            (Some(_), _) if self.event.said => "the day when somebody spoke, for want of another",
            (Some(_), _) if self.event.dated => "told for this event",
            (Some(_), _) => "carried over from what was told before",
            (None, Some(day)) => weekday_alone(named(day)),
            (None, None) => "no day is told that can be reckoned",
        }
    }

    fn why_place(&self) -> String {
        let Some(located) = &self.located else {
            return match &self.event.site {
                Some(_) => "the place named stays unresolved".to_owned(),
                None => "no place is told".to_owned(),
            };
        };
        let (id, precision, km) = (&located.place.id, located.precision, f64::from(located.uncertainty_m) / 1000.0);
        let how = if located.named { "the place named" } else { "a place about the one named, which no table holds" };
        let moved = (located.lon, located.lat) != (located.place.lon, located.place.lat);
        let reckoned = if moved { ", from which the point is reckoned" } else { "" };
        let earlier = if self.told_here() { "" } else { "; the name stands in a clause told before" };
        format!("{id}, {how}{reckoned}; {precision}, known to {km:.1} km{earlier}")
    }

    /// Whether one of the event's clauses holds the mention that places it.
    fn told_here(&self) -> bool {
        let Some(site) = &self.event.site else { return false };
        let at = self.context.seen.reading.places[site.head].start;
        let mut clauses = self.clauses().into_iter().map(|c| self.context.seen.heard[c].told.facts.clause);
        clauses.any(|c| c.start <= at && at < c.end)
    }

    fn why_weapons(&self) -> &'static str {
        match (self.event.weapons.is_empty(), self.incident.weapons.is_empty()) {
            (true, _) => "no weapon is named",
            (false, true) => "the words tell a kind of attack, and no weapon",
            _ if self.words(&["weapons"]).is_empty() => "the attack told before goes on",
            (false, false) => "named for this event; what a craft fires is left out beside the craft",
        }
    }

    fn toll(&self, name: &'static str, least: Option<u32>, most: Option<u32>) -> Field {
        let (told, bounds) = match name {
            "killed" => (self.event.killed.is_some(), least),
            _ => (self.event.injured.is_some(), least),
        };
        let value = bounds.map(|least| bounded((least, most)));
        let reason = match (told, &value) {
            (true, _) => "as told for this event",
            (false, Some(_)) => "an assassination has killed at least its victim",
            (false, None) => "not told, or told for several places together",
        };
        let words = if told { self.words(&["toll"]) } else { Vec::new() };
        field(name, value, words, reason)
    }

    fn why_outcome(&self) -> &'static str {
        let event = self.event;
        match self.incident.outcome {
            Outcome::Hit => "something landed on, exploded in or harmed the place",
            Outcome::Intercepted => "all of it was stopped",
            Outcome::Failed => "it fell short, did not go off or was foiled",
            Outcome::Unknown if event.stopped && event.partly => "part of it was stopped; of the rest nothing is told",
            Outcome::Unknown => "the report does not say what came of it",
        }
    }

    fn damage(&self) -> Vec<Quote> {
        self.event.damage.map(|(start, end)| self.context.quote(start, end)).into_iter().collect()
    }

    fn why_background(&self) -> &'static str {
        if self.event.background { "told as the past of the past, or as what this answers" } else { "told as news" }
    }

    fn why_confidence(&self) -> String {
        let doubts = doubts(self.context.seen.reading, self.event, self.located.as_ref());
        let doubts: Vec<String> = doubts.into_iter().flatten().map(|(cost, why)| format!("{cost} as {why}")).collect();
        match doubts.as_slice() {
            [] => "0.95, the most; nothing speaks against it".to_owned(),
            doubts => format!("0.95, the most, less {}", doubts.join(", less ")),
        }
    }
}

fn field(field: &'static str, value: Option<String>, words: Vec<Quote>, reason: &str) -> Field {
    Field { field, value, words, reason: reason.to_owned() }
}

fn if_told(told: bool) -> &'static str {
    if told { "in the report's own words" } else { "not told" }
}

fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(", "))
}

/// A weekday that no publication date lets be reckoned.
fn weekday_alone(day: &str) -> &'static str {
    match day {
        "day" => "no day is told that can be reckoned",
        _ => "a weekday is told, and there is no publication date to reckon it from",
    }
}
