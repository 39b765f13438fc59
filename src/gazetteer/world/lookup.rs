//! Who bears a name: exactly, in looser spelling, one slip apart, or by sound.

use super::super::fallback::one_edit;
use super::super::latin::{alike, latin_words, spelled};
use super::layout::{KEY, Section, u32_at};
use super::{Named, World, keys, table, usage};

/// Most keys looked at for one name in looser spelling or by sound: what more names share tells nothing.
const MOST_KEYS: usize = 400;
/// Longest name looked for in running text, words.
const LONGEST: usize = 8;
/// Least share of letters that two names that sound alike have in common.
const LEAST_ALIKE: f64 = 0.75;

impl World {
    /// The bearers of the name with this key.
    pub(in super::super) fn named(&self, key: &str) -> Option<&Named> {
        let hash = table::hash(key);
        let named = if let Some(named) = self.named.get(&hash) {
            named
        } else {
            let number = table::find(self.section(Section::Exact), hash).find(|&n| self.key(n) == Some(key))?;
            self.named.insert(hash, Box::new(self.decode_key(number)?))
        };
        // Two keys of one hash: the first that was asked for is kept, the other is as good as unknown.
        (named.key == key).then_some(named)
    }

    /// The letters of a key.
    fn key(&self, number: u32) -> Option<&str> {
        let keys = self.section(Section::Keys);
        let at = (number as usize).checked_mul(KEY)?;
        let letters = u32_at(keys, at)? as usize..u32_at(keys, at + KEY)? as usize;
        std::str::from_utf8(self.section(Section::KeyText).get(letters)?).ok()
    }

    /// A key with its bearers.
    fn decode_key(&self, number: u32) -> Option<Named> {
        let keys = self.section(Section::Keys);
        let at = (number as usize).checked_mul(KEY)? + 4;
        let range = |end: u32| (end as usize).checked_mul(4);
        let bytes = self.section(Section::Bearers).get(range(u32_at(keys, at)?)?..range(u32_at(keys, at + KEY)?)?)?;
        let known = self.len();
        let bearers = || {
            let all = bytes.chunks_exact(4).filter_map(|cell| u32_at(cell, 0));
            all.filter(move |bearer| ((bearer >> 2) as usize) < known)
        };
        Some(Named {
            key: self.key(number)?.to_owned(),
            places: bearers().map(|bearer| self.ix_of(bearer)).collect(),
            usages: bearers().map(usage).collect(),
        })
    }

    /// The names whose words begin a text, the shortest first.
    pub(in super::super) fn scan<'s, 'w>(
        &'s self,
        word: impl Fn(usize) -> Option<&'w str>,
        mut found: impl FnMut(usize, &'s Named),
    ) {
        let mut key = String::new();
        for count in 1..=LONGEST {
            let Some(next) = word(count - 1) else { return };
            if count > 1 {
                key.push(' ');
            }
            key.push_str(next);
            if let Some(named) = self.named(&key) {
                found(count, named);
            }
            if table::find(self.section(Section::Beginnings), table::hash(&key)).next().is_none() {
                return;
            }
        }
    }

    /// The names that differ only in spelling, article or blanks.
    pub(in super::super) fn loose(&self, name: &str) -> Vec<&Named> {
        let mut numbers = Vec::new();
        for wanted in keys::loose(name) {
            let under = table::find(self.section(Section::Loose), table::hash(&wanted)).take(MOST_KEYS);
            numbers.extend(under.filter(|&n| self.key(n).is_some_and(|key| keys::loose(key).any(|key| key == wanted))));
        }
        self.all(numbers)
    }

    /// The names one slip of the pen away.
    pub(in super::super) fn one_off(&self, name: &str) -> Vec<&Named> {
        let Some(wanted) = keys::loose(name).next() else { return Vec::new() };
        let letters: Vec<char> = wanted.chars().collect();
        let mut numbers: Vec<u32> = Vec::new();
        for slip in keys::slips(&wanted) {
            numbers.extend(table::find(self.section(Section::Slips), table::hash(&slip)).take(MOST_KEYS));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let near = |n: &u32| {
            let key = self.key(*n).and_then(|key| keys::loose(key).next()).unwrap_or_default();
            one_edit(&letters, &key.chars().collect::<Vec<char>>())
        };
        numbers.retain(near);
        self.all(numbers)
    }

    /// The names in Latin letters that are spelled so.
    pub(in super::super) fn spelled(&self, words: &[String]) -> Option<&Named> {
        self.named(&spelled(words))
    }

    /// The names that sound like one in Latin letters, those of them that are spelled most alike.
    pub(in super::super) fn sounding(&self, words: &[String]) -> Vec<&Named> {
        let given = spelled(words);
        let Some(wanted) = keys::sounds(&given) else { return Vec::new() };
        let under: Vec<u32> =
            table::find(self.section(Section::Sounds), table::hash(&wanted)).take(MOST_KEYS + 1).collect();
        if under.len() > MOST_KEYS {
            return Vec::new();
        }
        let mut latin: Vec<(f64, u32)> = Vec::new();
        for number in under {
            let Some(key) = self.key(number).filter(|key| keys::sounds(key).as_ref() == Some(&wanted)) else {
                continue;
            };
            latin.push((alike(&given, key), number));
        }
        let best = latin.iter().map(|(share, _)| *share).fold(0.0, f64::max);
        let near = latin.iter().filter(|(share, _)| *share >= (best - 0.05).max(LEAST_ALIKE));
        self.all(near.map(|(_, number)| *number).collect())
    }

    /// The names that a Latin name given as it stands is spelled like.
    pub(in super::super) fn latin(&self, name: &str) -> Vec<&Named> {
        let words = latin_words(name);
        self.spelled(&words).map_or_else(|| self.sounding(&words), |named| vec![named])
    }

    fn all(&self, mut numbers: Vec<u32>) -> Vec<&Named> {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.named(self.key(number)?)).collect()
    }
}
