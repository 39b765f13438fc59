//! What people decided: these are one event, those are two.
//!
//! A decision speaks of tellings, what single reports tell, since these stay when incidents merge, part and are named
//! anew. Decisions outrank every comparison: what a person joins is one event, and nothing joins what a person parts.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::node::{Held, Node};
use crate::model::{EventType, Incident, Source};

/// What one report tells of one incident, known again by the report, its first sentence, and what it says of place, day
/// and type: one sentence may tell of two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Telling {
    /// The report's id.
    pub report: String,
    /// Where its first sentence of evidence starts; bytes.
    pub start: Option<usize>,
    /// The place as it names it.
    pub place: Option<String>,
    /// The first day.
    pub date_start: Option<Date>,
    /// The type of event.
    pub event_type: Option<EventType>,
}

impl Telling {
    /// The telling of one source.
    pub fn of(source: &Source) -> Telling {
        let start = source.evidence.iter().map(|evidence| evidence.start).min();
        let says = &source.says;
        let (place, date_start, event_type) = (says.place.clone(), says.date_start, says.event_type);
        Telling { report: source.report.clone(), start, place, date_start, event_type }
    }
}

/// The tellings of which an incident is made.
pub fn tellings(incident: &Incident) -> impl Iterator<Item = Telling> + '_ {
    incident.sources.iter().map(Telling::of)
}

/// What people decided of pairs of incidents, each given by its tellings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Pairs that are one event.
    pub same: Vec<(Vec<Telling>, Vec<Telling>)>,
    /// Pairs that are two events.
    pub different: Vec<(Vec<Telling>, Vec<Telling>)>,
}

impl Decisions {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }

    /// Joins what is one event, and marks what is two.
    pub(super) fn apply(&self, nodes: Vec<Held>) -> Vec<Held> {
        if self.is_empty() {
            return nodes;
        }
        let mut slots: Vec<Option<Held>> = nodes.into_iter().map(Some).collect();
        let mut at: FxHashMap<Telling, usize> = FxHashMap::default();
        for (slot, node) in slots.iter().enumerate() {
            at.extend(node.iter().flat_map(|node| tellings(&node.whole)).map(|telling| (telling, slot)));
        }
        self.part(&mut slots, &at);
        self.join(&mut slots, &at);
        slots.into_iter().flatten().map(Node::settled).collect()
    }

    /// A telling that stands on both sides of a decision stands on neither.
    fn part(&self, slots: &mut [Option<Held>], at: &FxHashMap<Telling, usize>) {
        for ((a, b), decision) in self.different.iter().zip(0..) {
            for (side, tellings, others) in [(false, a, b), (true, b, a)] {
                for slot in tellings.iter().filter(|telling| !others.contains(telling)).filter_map(|t| at.get(t)) {
                    if let Some(node) = &mut slots[*slot] {
                        node.take_side(decision, side);
                    }
                }
            }
        }
    }

    fn join(&self, slots: &mut [Option<Held>], at: &FxHashMap<Telling, usize>) {
        let mut heir: Vec<usize> = (0..slots.len()).collect();
        for (a, b) in &self.same {
            let told = a.iter().chain(b).filter_map(|telling| at.get(telling));
            let mut joined: Vec<usize> = told.map(|slot| root(&heir, *slot)).collect();
            joined.sort_unstable();
            joined.dedup();
            let Some((first, rest)) = joined.split_first() else { continue };
            for other in rest {
                if let (Some(x), Some(y)) = (slots[*first].take(), slots[*other].take()) {
                    slots[*first] = Some(x.join(y));
                    heir[*other] = *first;
                }
            }
        }
    }
}

/// The slot in which a joined node lives on.
fn root(heir: &[usize], mut slot: usize) -> usize {
    while heir[slot] != slot {
        slot = heir[slot];
    }
    slot
}
