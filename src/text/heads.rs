//! Which words begin a phrase of a table, roughly.
//!
//! Most words of a text begin no phrase of any table. A bit for each first word, some in common, is small enough to stay near
//! at hand where the table itself is not, and what it denies is sure.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// A bit for each of some words.
#[derive(Debug)]
pub struct Heads(Box<[u64]>);

/// 65,536 bits: a few hundred to some ten thousand words leave most of them clear.
const WORDS: usize = 1024;

impl Default for Heads {
    fn default() -> Self {
        Heads(vec![0; WORDS].into_boxed_slice())
    }
}

impl Heads {
    fn place(hash: u64) -> (usize, u64) {
        let folded = hash ^ (hash >> 32);
        let word = usize::try_from(folded >> 6 & (WORDS as u64 - 1)).unwrap_or(0);
        (word, 1 << (folded & 63))
    }

    /// Adds the word of this [`hash`].
    pub fn add(&mut self, hash: u64) {
        let (word, bit) = Heads::place(hash);
        self.0[word] |= bit;
    }

    /// Whether the word of this [`hash`] may have been added.
    #[inline]
    pub fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Heads::place(hash);
        self.0[word] & bit != 0
    }
}

/// The number of a word.
#[inline]
pub fn hash(word: &str) -> u64 {
    after(0, word)
}

/// The number of a word after words of the number `before`.
#[inline]
pub fn after(before: u64, word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(before);
    hasher.write(word.as_bytes());
    hasher.finish()
}
