//! The fields of an answered incident, compared one by one.

use serde::Serialize;
use serde_json::{Value, json};

use super::gold::GoldIncident;
use crate::model::{Incident, Outcome};

/// An attribute of the gold and what was found in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The attribute's name.
    pub attribute: &'static str,
    /// What the gold says; for a toll the fewest and the most.
    pub gold: Value,
    /// What was found.
    pub got: Value,
    /// Whether what was found will do.
    #[serde(skip)]
    pub is_right: bool,
}

/// Every attribute that the gold states, and whether the incident found has it.
///
/// Type and tolls are always compared: a toll that nobody tells must stay null. The others count where the gold has
/// a value; an unknown outcome is none.
pub(super) fn checks(gold: &GoldIncident, found: &Incident) -> Vec<Comparison> {
    let is_type = gold.event_type == found.event_type || gold.event_alt.contains(&found.event_type);
    let mut checks = Vec::new();
    checks.push(check("event_type", is_type, json!(gold.event_type), json!(found.event_type)));
    let (killed, got) = ((gold.killed_min, gold.killed_max), (found.killed_min, found.killed_max));
    checks.push(check("killed", killed == got, json!(killed), json!(got)));
    let (injured, got) = ((gold.injured_min, gold.injured_max), (found.injured_min, found.injured_max));
    checks.push(check("injured", injured == got, json!(injured), json!(got)));
    if let Some(outcome) = gold.outcome.filter(|outcome| *outcome != Outcome::Unknown) {
        checks.push(check("outcome", outcome == found.outcome, json!(outcome), json!(found.outcome)));
    }
    if !gold.weapons.is_empty() {
        let has_all = gold.weapons.iter().all(|weapon| found.weapons.contains(weapon));
        checks.push(check("weapons", has_all, json!(gold.weapons), json!(found.weapons)));
    }
    checks.extend(named("actor", gold.actor.as_ref(), found.actor.as_ref()));
    checks.extend(named("target", gold.target.as_ref(), found.target.as_ref()));
    checks.extend(named("claimed_by", gold.claimed_by.as_ref(), found.claimed_by.as_ref()));
    checks
}

fn check(attribute: &'static str, is_right: bool, gold: Value, got: Value) -> Comparison {
    Comparison { attribute, gold, got, is_right }
}

/// A name that the gold states.
fn named(attribute: &'static str, gold: Option<&String>, got: Option<&String>) -> Option<Comparison> {
    gold.map(|gold| check(attribute, Some(gold) == got, json!(gold), json!(got)))
}
