//! What is asked only where a name is not in the index as it stands: looser keys, part of a name, Latin letters.
//!
//! Built when first needed, for reading reports never does.

use std::hash::Hasher;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHasher};

use super::latin::{arabic_skeleton, latin_words, skeleton, spelled};
use super::names::{NameMatch, is_arabic, words};
use super::{Gazetteer, PlaceIx, number};
use crate::text::loose_key;

/// Shortest name, in letters, for which one slip of the pen is forgiven.
const SHORTEST_FORGIVEN: usize = 5;

/// The looser indexes.
#[derive(Debug, Default)]
pub(super) struct Fallback {
    loose: FxHashMap<String, Vec<PlaceIx>>,
    /// Each loose key as letters, with its bearers.
    letters: Vec<(Vec<char>, String)>,
    spelled: FxHashMap<String, Vec<PlaceIx>>,
    skeletons: FxHashMap<String, Vec<PlaceIx>>,
    /// The hash of every slip of `letters`, with its number, sorted.
    slips: OnceLock<Vec<(u64, u32)>>,
    /// The keys in which a word stands.
    holders: OnceLock<FxHashMap<String, Vec<String>>>,
}

impl Fallback {
    pub(super) fn build(gazetteer: &Gazetteer) -> Self {
        let mut fallback = Fallback::default();
        for name in gazetteer.names.all() {
            fallback.add_arabic(name);
        }
        for at in 0..gazetteer.places().len() {
            let ix = PlaceIx::new(at);
            for row in gazetteer.names_of(ix).iter().filter(|row| !row.name.chars().any(is_arabic)) {
                fallback.add_latin(&row.name, ix);
            }
        }
        fallback.letters = fallback.loose.keys().map(|key| (key.chars().collect(), key.clone())).collect();
        fallback.letters.sort();
        fallback
    }

    fn add_arabic(&mut self, name: NameMatch) {
        for key in loose_keys(name.key) {
            add(self.loose.entry(key).or_default(), name.places);
        }
        add(self.skeletons.entry(arabic_skeleton(words(name.key))).or_default(), name.places);
    }

    fn add_latin(&mut self, name: &str, ix: PlaceIx) {
        let words = latin_words(name);
        add(self.spelled.entry(spelled(&words)).or_default(), &[ix]);
        add(self.skeletons.entry(skeleton(&words)).or_default(), &[ix]);
    }

    /// The bearers of a name that differs only in spelling, article or blanks.
    pub(super) fn loose(&self, name: &str) -> Vec<PlaceIx> {
        let mut found = Vec::new();
        for key in loose_keys(name) {
            add(&mut found, self.loose.get(&key).map_or(&[], Vec::as_slice));
        }
        found
    }

    /// The bearers of the names one letter away, by name.
    pub(super) fn one_off(&self, name: &str) -> Vec<(&str, &[PlaceIx])> {
        let given: Vec<char> = loose_key(name).chars().collect();
        if given.len() < SHORTEST_FORGIVEN {
            return Vec::new();
        }
        let slips = self.slips.get_or_init(|| slips_of(&self.letters));
        let mut numbers: Vec<u32> = Vec::new();
        for slip in slips_of_letters(&given) {
            let from = slips.partition_point(|(hash, _)| *hash < slip);
            let same = slips.iter().skip(from).take_while(|(hash, _)| *hash == slip);
            numbers.extend(same.map(|(_, number)| *number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let known = numbers.into_iter().filter_map(|number| self.letters.get(number as usize));
        let near = known.filter(|(letters, _)| one_edit(&given, letters));
        near.filter_map(|(_, key)| Some((key.as_str(), self.loose.get(key)?.as_slice()))).collect()
    }

    /// The keys in which a word stands.
    pub(super) fn holding(&self, gazetteer: &Gazetteer, word: &str) -> &[String] {
        let holders = self.holders.get_or_init(|| {
            let mut holders: FxHashMap<String, Vec<String>> = FxHashMap::default();
            for name in gazetteer.names.all() {
                for word in words(name.key) {
                    holders.entry(word.to_owned()).or_default().push(name.key.to_owned());
                }
            }
            holders
        });
        holders.get(word).map_or(&[], Vec::as_slice)
    }

    /// The bearers of a name in Latin letters: those spelled so, else those that sound so.
    pub(super) fn latin(&self, name: &str) -> Vec<PlaceIx> {
        let words = latin_words(name);
        match self.spelled(&words) {
            [] => self.sounding(&words).to_vec(),
            found => found.to_vec(),
        }
    }

    /// The bearers of the name spelled so.
    pub(super) fn spelled(&self, words: &[String]) -> &[PlaceIx] {
        self.spelled.get(&spelled(words)).map_or(&[], Vec::as_slice)
    }

    /// The bearers of a name that sounds so.
    pub(super) fn sounding(&self, words: &[String]) -> &[PlaceIx] {
        const SHORTEST: usize = 2;
        let key = skeleton(words);
        if key.chars().count() < SHORTEST {
            return &[];
        }
        self.skeletons.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// The hashes of the slips of every name, with its number, sorted.
fn slips_of(names: &[(Vec<char>, String)]) -> Vec<(u64, u32)> {
    let hashes = |(at, (letters, _)): (usize, &(Vec<char>, String))| {
        slips_of_letters(letters).into_iter().map(move |hash| (hash, number(at)))
    };
    let mut slips: Vec<(u64, u32)> = names.iter().enumerate().flat_map(hashes).collect();
    slips.sort_unstable();
    slips
}

/// The hashes of a name and of what it becomes with one letter left out: two names one slip apart share one.
fn slips_of_letters(letters: &[char]) -> Vec<u64> {
    let hash = |out: usize| {
        let mut hasher = FxHasher::default();
        letters.iter().enumerate().filter(|(at, _)| *at != out).for_each(|(_, c)| hasher.write_u32(u32::from(*c)));
        hasher.finish()
    };
    (0..=letters.len()).map(hash).collect()
}

/// The loose keys of a name: as it is, and without its article.
fn loose_keys(name: &str) -> impl Iterator<Item = String> {
    let whole = loose_key(name);
    let bare = whole.strip_prefix("ال").filter(|bare| bare.chars().count() >= 3).map(str::to_owned);
    std::iter::once(whole).chain(bare)
}

fn add(list: &mut Vec<PlaceIx>, places: &[PlaceIx]) {
    for &place in places {
        if !list.contains(&place) {
            list.push(place);
        }
    }
}

/// Whether one letter put in, left out, changed, or changed about with its neighbour makes `a` into `b`. A figure is no letter:
/// اللواء 105 is not اللواء 155.
pub(super) fn one_edit(a: &[char], b: &[char]) -> bool {
    if !figures(a).eq(figures(b)) {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (short.get(head..).unwrap_or(&[]), long.get(head..).unwrap_or(&[]));
    match (short, long) {
        (rest, [_, tail @ ..]) if rest == tail => true,
        ([_, rest @ ..], [_, tail @ ..]) if rest == tail => true,
        ([a, b, rest @ ..], [c, d, tail @ ..]) => a == d && b == c && rest == tail,
        _ => false,
    }
}

/// The figures of a name.
fn figures(name: &[char]) -> impl Iterator<Item = char> {
    name.iter().copied().filter(|c| c.is_numeric())
}
