//! Names that alone are also ordinary words: بلد (country), حديثة (modern), الميادين (a television channel).

use rustc_hash::FxHashSet;

use super::Gazetteer;
use super::table::Tables;
use crate::text::name_key;

/// The keys of `homographs.csv`.
#[derive(Debug, Default)]
pub(super) struct Homographs(FxHashSet<String>);

impl Homographs {
    pub(super) fn build(tables: &Tables) -> Self {
        Homographs(tables.homographs.iter().map(|(name, _)| name_key(name)).collect())
    }
}

impl Gazetteer {
    /// Whether the name, given as a [`name_key`], is also an ordinary word, a person's name or a medium.
    pub fn homograph(&self, key: &str) -> bool {
        self.homographs.0.contains(key)
    }
}
