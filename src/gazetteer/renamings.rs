//! When a place had which name: `gazetteer/renamings.csv`. Reports use old names long after; a name is found whatever its years.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Gazetteer;
use crate::text::name_key;

const RENAMINGS: &str = include_str!("../../gazetteer/renamings.csv");

/// The years of a name, the first and the last; open where it was or is in use before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// The year in which it became the name.
    pub from: Option<i16>,
    /// The year in which it ceased to be.
    pub to: Option<i16>,
}

impl fmt::Display for Years {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(first), Some(last)) => write!(to, "{first}–{last}"),
            (Some(first), None) => write!(to, "since {first}"),
            (None, Some(last)) => write!(to, "until {last}"),
            (None, None) => Ok(()),
        }
    }
}

static YEARS: LazyLock<FxHashMap<(String, String), Years>> = LazyLock::new(|| {
    let rows = csv::Reader::from_reader(RENAMINGS.as_bytes()).into_records();
    let years = |row: csv::StringRecord| {
        let year = |at: usize| row.get(at).and_then(|cell| cell.parse().ok());
        let key = (row.get(0)?.to_owned(), name_key(row.get(1)?));
        Some((key, Years { from: year(2), to: year(3) }))
    };
    rows.filter_map(|row| years(row.ok()?)).collect()
});

impl Gazetteer {
    /// The years in which a curated place had a name, where it has had several.
    pub fn years(place_id: &str, name: &str) -> Option<Years> {
        YEARS.get(&(place_id.to_owned(), name_key(name))).copied()
    }
}
