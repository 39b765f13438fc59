//! How many places of each kind each country has, and the world.

use std::collections::BTreeMap;

use super::Gazetteer;
use crate::model::PlaceKind;

impl Gazetteer {
    /// The number of places by country and kind, in that order; the country is empty at sea.
    pub fn stats(&self) -> Vec<(String, PlaceKind, usize)> {
        let mut counts: BTreeMap<(&str, PlaceKind), usize> = BTreeMap::new();
        for place in self.places() {
            *counts.entry((&place.country, place.kind)).or_default() += 1;
        }
        counts.into_iter().map(|((country, kind), count)| (country.to_owned(), kind, count)).collect()
    }

    /// The number of places of each kind in all countries and seas.
    pub fn kinds(&self) -> Vec<(PlaceKind, usize)> {
        let mut counts: BTreeMap<PlaceKind, usize> = BTreeMap::new();
        for place in self.places() {
            *counts.entry(place.kind).or_default() += 1;
        }
        counts.into_iter().collect()
    }
}
