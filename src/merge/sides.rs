//! Names of one side: a group and the wider name that reports use for it, from `lexicon/sides.csv`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static SIDES: LazyLock<FxHashSet<(String, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("../../lexicon/sides.csv").as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned()))).collect()
});

/// Whether one of two actors is a part of the other, or a name for it.
pub(super) fn of_one(a: &str, b: &str) -> bool {
    let part = |a: &str, b: &str| SIDES.iter().any(|(of, whole)| of == a && whole == b);
    a != b && (part(a, b) || part(b, a))
}
