//! Names that look like one that no place bears, for messages.

use super::{Gazetteer, PlaceIx};
use crate::model::Place;
use crate::text::name_key;

/// The least likeness that is worth telling, 0 to 1: two letters in five may differ. A judgement.
const LEAST: f64 = 0.6;

impl Gazetteer {
    /// The names of the tables that look most like `name` (by letters changed, left out, added or swapped), a name a place, the
    /// likest first and of equal ones the best known place. Places of an index are not looked through.
    pub fn alike(&self, name: &str, count: usize) -> Vec<(String, &Place)> {
        let wanted = name_key(name);
        let mut found: Vec<(f64, String, &Place)> = (0..)
            .zip(self.places())
            .filter_map(|(ix, place)| {
                let likest = |name: String| (strsim::normalized_damerau_levenshtein(&wanted, &name_key(&name)), name);
                let names = self.names_of(PlaceIx(ix)).into_iter().map(|row| likest(row.name));
                let (likeness, name) = names.max_by(|a, b| a.0.total_cmp(&b.0))?;
                (likeness >= LEAST).then_some((likeness, name, place))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.rank.cmp(&b.2.rank)).then(a.1.cmp(&b.1)));
        found.into_iter().take(count).map(|(_, name, place)| (name, place)).collect()
    }
}
