//! Names of one side: a group and the wider name that reports use for it, from `lexicon/sides.csv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The wider names of each actor.
static SIDES: LazyLock<FxHashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut sides: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let mut reader = csv::Reader::from_reader(include_str!("../../lexicon/sides.csv").as_bytes());
    for row in reader.records().filter_map(Result::ok) {
        if let (Some(actor), Some(of)) = (row.get(0), row.get(1)) {
            sides.entry(actor.to_owned()).or_default().push(of.to_owned());
        }
    }
    sides
});

/// Whether one of two actors is a part of the other, or a name for it.
pub(super) fn of_one(a: &str, b: &str) -> bool {
    let part = |a: &str, b: &str| SIDES.get(a).is_some_and(|wider| wider.iter().any(|of| of == b));
    part(a, b) || part(b, a)
}
