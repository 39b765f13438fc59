//! How two reports word an event: agencies' lines are passed on almost as they stand.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::likeness::WORDING_POINTS;
use crate::model::Incident;

/// Shorter words are particles; bytes, two an Arabic letter.
const WORD_BYTES: usize = 6;
/// With fewer words nothing is told by their being the same.
const LEAST_WORDS: usize = 8;
/// The share of the shorter one's words from which two are much the same; a judgement.
const LIKE: f64 = 0.5;

/// The words of an incident's sentences, by hash, in order and once.
#[derive(Debug, Default)]
pub(super) struct Wording(Vec<u32>);

impl Wording {
    /// The words of all evidence.
    pub(super) fn of<'i>(incidents: impl IntoIterator<Item = &'i Incident>) -> Wording {
        let sources = incidents.into_iter().flat_map(|incident| &incident.sources);
        let evidence = sources.flat_map(|source| &source.evidence);
        let words = evidence.flat_map(|sentence| sentence.text.split(parts));
        Wording(words.filter(|word| word.len() >= WORD_BYTES).map(hash).collect()).in_order()
    }

    /// Takes in the words of another.
    pub(super) fn join(&mut self, other: &Wording) {
        self.0.extend(&other.0);
        *self = std::mem::take(self).in_order();
    }

    #[expect(clippy::stable_sort_primitive, reason = "the stable sort joins runs that are in order")]
    fn in_order(mut self) -> Wording {
        self.0.sort();
        self.0.dedup();
        self
    }
}

/// Whether a character stands between words.
fn parts(c: char) -> bool {
    // Arabic letters, which are most of a text, need no look into Unicode's tables.
    !(matches!(c, '\u{620}'..='\u{64a}') || c.is_alphanumeric())
}

/// The upper half is the better mixed one.
fn hash(word: &str) -> u32 {
    u32::try_from(FxBuildHasher.hash_one(word) >> 32).unwrap_or_default()
}

/// Points for two that are worded alike; none for all others.
pub(super) fn points(a: &Wording, b: &Wording) -> Option<f64> {
    let (few, many) = if a.0.len() <= b.0.len() { (&a.0, &b.0) } else { (&b.0, &a.0) };
    if few.len() < LEAST_WORDS {
        return None;
    }
    let shared = few.iter().filter(|word| many.binary_search(word).is_ok()).count();
    (share(shared, few.len()) >= LIKE).then_some(WORDING_POINTS)
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are small")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
