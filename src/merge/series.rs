//! Running counts: each told once for each source, in series by what is counted, where, and by whom.
//!
//! «60 هجوماً منذ 17 أكتوبر» of one report and «92» of a later one are two steps of one series, dated by the last day
//! counted, else by publication.

use std::collections::HashSet;

use crate::model::Tally;

/// Tallies told several times, once for each source that counted, in series: sorted by what, where and source, in each by
/// the day as of which they count.
///
/// Of equal rows the one of the first report is kept. A row that names no source gives way to one that does.
pub fn tallies(mut tallies: Vec<Tally>) -> Vec<Tally> {
    tallies.sort_by(|a, b| tally_key(a).cmp(&tally_key(b)));
    tallies.dedup_by(|next, kept| count_key(next) == count_key(kept) && next.source == kept.source);
    let sourced: HashSet<_> = tallies.iter().filter(|t| t.source.is_some()).map(owned_count_key).collect();
    tallies.retain(|t| t.source.is_some() || !sourced.contains(&owned_count_key(t)));
    tallies.sort_by(|a, b| step(a).cmp(&step(b)).then_with(|| tally_key(a).cmp(&tally_key(b))));
    tallies
}

/// Where a tally stands: its series, then its day, then its count.
fn step(t: &Tally) -> impl Ord + '_ {
    (&t.what, &t.place, &t.source, t.as_of.is_none(), &t.as_of, t.count_min)
}

type CountKey<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<u32>, Option<u32>);

/// What a tally counts, where, over which time and how many.
fn count_key(t: &Tally) -> CountKey<'_> {
    (&t.what, t.place.as_deref(), t.since.as_deref(), t.until.as_deref(), t.count_min, t.count_max)
}

/// [`count_key`] without its borrow.
fn owned_count_key(t: &Tally) -> (String, [Option<String>; 3], [Option<u32>; 2]) {
    (t.what.clone(), [t.place.clone(), t.since.clone(), t.until.clone()], [t.count_min, t.count_max])
}

/// The order of tallies: a total one.
fn tally_key(t: &Tally) -> (CountKey<'_>, Option<&str>, &str, usize, usize, &str) {
    (count_key(t), t.source.as_deref(), &t.report, t.start, t.end, &t.text)
}
