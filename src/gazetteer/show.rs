//! One place with all its names.

use super::names::words;
use super::{Gazetteer, PlaceIx};
use crate::model::{NameRow, Place};
use crate::text::name_key;

impl Gazetteer {
    /// The place with this id, or every bearer of this name, each with all its names.
    pub fn show(&self, id_or_name: &str) -> Vec<(&Place, Vec<NameRow>)> {
        self.find(id_or_name).into_iter().map(|ix| (self.at(ix), self.names_of(ix))).collect()
    }

    fn find(&self, id_or_name: &str) -> Vec<PlaceIx> {
        if let Some(ix) = self.ix(id_or_name) {
            return vec![ix];
        }
        let key = words(&name_key(id_or_name)).collect::<Vec<_>>().join(" ");
        match self.bearers(&key) {
            [] => self.latin_bearers(id_or_name),
            bearers => bearers.to_vec(),
        }
    }

    fn latin_bearers(&self, name: &str) -> Vec<PlaceIx> {
        let own = self.fallback().latin(name);
        let behind =
            self.world.iter().flat_map(|world| world.latin(name)).flat_map(|named| named.places.iter().copied());
        if own.is_empty() { behind.collect() } else { own }
    }
}
