//! The keys of names, alike for the file and for who asks.

use super::super::latin::{latin_words, skeleton, spelled};
use super::super::names::{is_arabic, words};
use crate::text::{loose_key, name_key};

/// Shortest loose key, in letters, of which a slip of the pen is looked for.
const SHORTEST_SLIP: usize = 4;
/// Shortest key of sounds: with fewer, everything sounds alike.
const SHORTEST_SOUND: usize = 3;

/// The key of a whole name: folded if Arabic, as spelled if Latin.
pub(in super::super) fn exact(name: &str) -> String {
    if name.chars().any(is_arabic) { arabic(name) } else { spelled(&latin_words(name)) }
}

fn arabic(name: &str) -> String {
    let key = name_key(name);
    let mut out = String::with_capacity(key.len());
    for word in words(&key) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The looser keys of an Arabic key: without blanks, and without the article too.
pub(in super::super) fn loose(key: &str) -> impl Iterator<Item = String> {
    let whole = loose_key(key);
    let bare = whole.strip_prefix("ال").filter(|bare| bare.chars().count() >= 3).map(str::to_owned);
    std::iter::once(whole).chain(bare)
}

/// A loose key and what it becomes with one letter left out: two keys that share one of these are about one slip apart.
pub(in super::super) fn slips(loose: &str) -> Vec<String> {
    let letters: Vec<char> = loose.chars().collect();
    if letters.len() < SHORTEST_SLIP {
        return Vec::new();
    }
    let without = |out: usize| letters.iter().enumerate().filter(move |(at, _)| *at != out).map(|(_, c)| *c).collect();
    let mut all: Vec<String> = (0..letters.len()).map(without).collect();
    all.push(loose.to_owned());
    all.sort_unstable();
    all.dedup();
    all
}

/// The sounds of a Latin key, none where it has too few of them.
pub(in super::super) fn sounds(key: &str) -> Option<String> {
    let sounds = skeleton(&[key.to_owned()]);
    (sounds.chars().count() >= SHORTEST_SOUND).then_some(sounds)
}

/// Where the words of a key end, save the last: what longer names begin with.
pub(in super::super) fn beginnings(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices(' ').filter_map(|(at, _)| key.get(..at))
}
