//! Incidents and tallies told by several reports become one. A placeholder: nothing is merged.

use crate::model::{Incident, Tally};

/// Joins the incidents that are one event.
pub fn merge(incidents: Vec<Incident>) -> Vec<Incident> {
    incidents
}

/// Joins the tallies that are one count.
pub fn tallies(tallies: Vec<Tally>) -> Vec<Tally> {
    tallies
}
