//! What kind of place a feature code stands for: `gazetteer/featurecodes.csv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::PlaceKind;

const CODES: &str = include_str!("../../../gazetteer/featurecodes.csv");

/// What a feature is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) kind: PlaceKind,
    pub(super) rank: u8,
    pub(super) radius_m: u32,
}

/// The rows of each class and code with their least populations, rising.
static FEATURES: LazyLock<FxHashMap<String, Vec<(u64, Feature)>>> = LazyLock::new(|| {
    let mut features: FxHashMap<String, Vec<(u64, Feature)>> = FxHashMap::default();
    let rows = csv::Reader::from_reader(CODES.as_bytes()).into_records().filter_map(Result::ok);
    for row in rows {
        let cell = |at| row.get(at).unwrap_or("");
        if let (Ok(population), Ok(kind), Ok(rank), Ok(radius_m)) =
            (cell(2).parse(), cell(3).parse(), cell(4).parse(), cell(5).parse())
        {
            let rows = features.entry([cell(0), ".", cell(1)].concat()).or_default();
            rows.push((population, Feature { kind, rank, radius_m }));
        }
    }
    for rows in features.values_mut() {
        rows.sort_by_key(|(population, _)| *population);
    }
    features
});

/// The feature of a class and code with so many inhabitants; a code that has no row is like its class.
pub(super) fn feature(class: &str, code: &str, population: u64) -> Option<Feature> {
    let rows = FEATURES.get(&[class, ".", code].concat()).or_else(|| FEATURES.get(&[class, "."].concat()))?;
    rows.iter().rfind(|(least, _)| *least <= population).or(rows.first()).map(|(_, feature)| *feature)
}
