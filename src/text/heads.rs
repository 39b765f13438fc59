//! Which words begin a phrase of a table, roughly.
//!
//! Most words of a text begin no phrase of any table. Two bits for each first word, some in common, are small enough to stay
//! near at hand where the table itself is not, and what they deny is sure.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Two bits for each of some words.
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
    /// Where the two bits of a word are.
    fn places(hash: u32) -> [(usize, u64); 2] {
        [hash, hash >> 16].map(|bits| ((bits >> 6) as usize % WORDS, 1 << (bits & 63)))
    }

    /// Adds the word of this [`hash`].
    pub fn add(&mut self, hash: u32) {
        for (word, bit) in Heads::places(hash) {
            self.0[word] |= bit;
        }
    }

    /// Whether the word of this [`hash`] may have been added.
    #[inline]
    pub fn may_have(&self, hash: u32) -> bool {
        Heads::places(hash).into_iter().all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// The short number of a word.
#[inline]
pub fn hash(word: &str) -> u32 {
    short(after(0, word))
}

/// The same of a number that [`after`] made of one word.
#[inline]
pub fn short(number: u64) -> u32 {
    let [a, b, c, d, ..] = (number ^ (number >> 32)).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The number of a word after words of the number `before`.
#[inline]
pub fn after(before: u64, word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(before);
    hasher.write(word.as_bytes());
    hasher.finish()
}
