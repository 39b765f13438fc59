//! The index behind the tables: what it adds to their answers.
//!
//! A name of the tables hides the same name of the index in running text, where nobody has looked at the index's names one
//! by one. Of a name given to be resolved the index's bearers are rivals too, each with a malus.

use super::names::NameMatch;
use super::resolver::Query;
use super::words::kind_words;
use super::world::{self, Named, Record, Size, World};
use super::{Gazetteer, PlaceIx};
use crate::Result;
use crate::model::{NameUse, Place, PlaceKind};

/// Most bearers that a name in running text may have in the index: a name of more tells nothing.
const MOST_BEARERS: usize = 200;
/// Most bearers in the index of which one is looked for.
const SHORT_LIST: usize = 100;
/// Two places of one name this near are one, metres, unless the place of the tables is itself wider.
const TWINS_M: f64 = 5_000.0;

impl Gazetteer {
    /// Checks every section of the index behind the tables; none where there is no index.
    pub fn verify_index(&self) -> Result<Option<Size>> {
        self.world.as_ref().map(|world| world.verify()).transpose()
    }

    /// How much the index behind the tables holds.
    pub fn index_size(&self) -> Option<Size> {
        self.world.as_ref().map(|world| world.size())
    }

    /// Whether a place is one of the index.
    pub(super) fn is_behind(&self, ix: PlaceIx) -> bool {
        self.world.is_some() && ix.at() >= self.places().len()
    }

    /// The index's own holder of a place, else the country of the tables.
    pub(super) fn parent_behind(&self, ix: PlaceIx) -> Option<PlaceIx> {
        let world = self.world.as_ref()?;
        world.parent(ix).or_else(|| {
            let record = world.record_of(ix)?;
            self.ix(&world::country(&record).to_ascii_lowercase()).filter(|&country| country != ix)
        })
    }

    /// Whether a name of the index is a kind word and a name of the tables: «قرية الحوايج» hides no الحوايج that is known.
    pub(super) fn hides(&self, key: &str) -> bool {
        self.world.is_some()
            && key.split_once(' ').is_some_and(|(head, rest)| {
                !kind_words(head).is_empty() && !self.names.exact(rest.split(' ')).is_empty()
            })
    }

    pub(super) fn bearers_behind(&self, key: &str) -> &[PlaceIx] {
        self.named_behind(key).map_or(&[], |named| named.places.as_slice())
    }

    pub(super) fn named_behind(&self, key: &str) -> Option<&Named> {
        self.world.as_ref()?.named(key)
    }

    pub(super) fn usage_behind(&self, key: &str, place: PlaceIx) -> Option<NameUse> {
        let named = self.named_behind(key)?;
        let at = named.places.iter().position(|&bearer| bearer == place)?;
        named.usages.get(at).copied()
    }

    /// Adds the names of the index that are of other lengths than those of the tables.
    pub(super) fn scan_behind<'g, 'w>(&'g self, word: impl Fn(usize) -> Option<&'w str>, out: &mut Vec<NameMatch<'g>>) {
        let Some(world) = &self.world else { return };
        let own = out.len();
        world.scan(word, |words, named| {
            if named.places.len() <= MOST_BEARERS
                && !self.hides(&named.key)
                && !out.iter().any(|found| found.words == words)
            {
                out.push(NameMatch { words, key: &named.key, places: &named.places, usages: &named.usages });
            }
        });
        if out.len() > own {
            out.sort_by_key(|found| std::cmp::Reverse(found.words));
        }
    }

    /// Bearers of the index for a name that the tables' places `own` bear: not those that are the same places.
    pub(super) fn rivals_behind(&self, own: &[PlaceIx], found: &[PlaceIx], query: &Query) -> Vec<PlaceIx> {
        let mut list = self.short_list(found, query);
        list.retain(|&ix| !own.iter().any(|&known| self.is_twin_behind(known, ix)));
        list
    }

    /// Whether a place of the index is one that the tables have as `own`.
    pub(super) fn is_twin_behind(&self, own: PlaceIx, other: PlaceIx) -> bool {
        self.is_behind(other) && !self.is_behind(own) && is_twin(self.at(own), self.at(other))
    }

    /// The bearers that a query leaves, where there are very many: of the right country, then the nearest or best known.
    pub(super) fn short_list(&self, found: &[PlaceIx], query: &Query) -> Vec<PlaceIx> {
        let Some(world) = self.world.as_deref() else { return Vec::new() };
        let wanted = |record: &Record| {
            query.country.as_deref().is_none_or(|country| country.eq_ignore_ascii_case(world::country(record)))
        };
        let in_country = |ix: &&PlaceIx| world.record_of(**ix).is_some_and(|record| wanted(&record));
        let mut list: Vec<PlaceIx> = found.iter().filter(in_country).copied().collect();
        if list.len() > SHORT_LIST
            && let Some(near) = query.near
        {
            sort_by_nearness(world, &mut list, near);
        }
        list.truncate(SHORT_LIST);
        list
    }
}

/// By the difference of degrees, a rough measure that only chooses who is looked at.
fn sort_by_nearness(world: &World, list: &mut [PlaceIx], (lon, lat): (f64, f64)) {
    let off = |ix: &PlaceIx| {
        let Some(record) = world.record_of(*ix) else { return f64::MAX };
        let (east, north) = (f64::from(record.lon) / 1e6 - lon, f64::from(record.lat) / 1e6 - lat);
        (east * lat.to_radians().cos()).hypot(north)
    };
    list.sort_by(|a, b| off(a).total_cmp(&off(b)));
}

/// Whether two places of one name, of the tables and of the index, are one.
fn is_twin(own: &Place, other: &Place) -> bool {
    use PlaceKind as K;
    let settlement = |kind| matches!(kind, K::City | K::Town | K::Village | K::Quarter);
    let alike = own.kind == other.kind || (settlement(own.kind) && settlement(other.kind));
    alike && Gazetteer::distance_km(own, other) * 1000.0 <= f64::from(own.radius_m).max(TWINS_M)
}
