//! How many places of each kind each country has, and the world; those of an index are counted with the tables'.

use std::collections::BTreeMap;

use super::Gazetteer;
use crate::model::PlaceKind;

impl Gazetteer {
    /// The number of places by country and kind, in that order; the country is empty at sea.
    pub fn stats(&self) -> Vec<(String, PlaceKind, usize)> {
        let mut counts: BTreeMap<(String, PlaceKind), usize> = BTreeMap::new();
        for place in self.places() {
            *counts.entry((place.country.to_string(), place.kind)).or_default() += 1;
        }
        let mut behind: BTreeMap<([u8; 2], PlaceKind), usize> = BTreeMap::new();
        for key in self.world.iter().flat_map(|world| world.kinds()) {
            *behind.entry(key).or_default() += 1;
        }
        for ((country, kind), count) in behind {
            let country = String::from_utf8_lossy(&country).trim_end_matches('\0').to_owned();
            *counts.entry((country, kind)).or_default() += count;
        }
        counts.into_iter().map(|((country, kind), count)| (country, kind, count)).collect()
    }

    /// The number of places of each kind in all countries and seas.
    pub fn kinds(&self) -> Vec<(PlaceKind, usize)> {
        let mut counts: BTreeMap<PlaceKind, usize> = BTreeMap::new();
        for (_, kind, count) in self.stats() {
            *counts.entry(kind).or_default() += count;
        }
        counts.into_iter().collect()
    }
}
