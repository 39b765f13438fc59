//! Who bears this name: whole names in running text.
//!
//! A name is a run of words. Every beginning of a name is a number, made word by word (hash of the words so far);
//! a beginning that is a whole name leads to its bearers. So a scan of running text costs one look-up a word and
//! makes no strings: عين → a beginning; عين الأسد → a name; عين الأسد أمس → nothing, stop.

use rustc_hash::FxHashMap;

use super::table::Tables;
use super::{PlaceIx, number};
use crate::model::NameUse;
use crate::text::heads::{Heads, after, hash as hash_of, short};
use crate::text::name_key;

/// A name found in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMatch<'g> {
    /// How many words it has.
    pub words: usize,
    /// The name, as [`name_key`](crate::text::name_key) gives it.
    pub key: &'g str,
    /// The places that bear it, the best known first.
    pub places: &'g [PlaceIx],
    /// What each of them uses it for.
    pub usages: &'g [NameUse],
}

/// All names in Arabic letters.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    heads: Heads,
    beginnings: FxHashMap<u64, Beginning>,
    keys: Vec<Key>,
    letters: String,
    places: Vec<PlaceIx>,
    usages: Vec<NameUse>,
}

/// A beginning of one or more names; `NONE` where it is not itself a name.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    key: u32,
    /// Whether a longer name begins so.
    goes_on: bool,
}

const NONE: u32 = u32::MAX;

/// One name: its letters, and its bearers up to the next key's.
#[derive(Debug, Clone, Copy)]
struct Key {
    start: u32,
    end: u32,
    first: u32,
    last: u32,
}

/// One bearer, while the index is built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bearer {
    key: u32,
    standing: u8,
    usage: NameUse,
    place: PlaceIx,
}

impl NameIndex {
    /// The index of every name that is not romanised.
    pub(super) fn build(tables: &Tables) -> Self {
        let mut index = NameIndex::default();
        let mut bearers = Vec::with_capacity(tables.places.len() * 3);
        index.beginnings.reserve(tables.places.len() * 2);
        index.keys.reserve(tables.places.len() * 2);
        index.letters.reserve(tables.places.len() * 40);
        for (at, place) in tables.places.iter().enumerate() {
            index.add(tables, &place.name_ar, PlaceIx::new(at), NameUse::Official, &mut bearers);
        }
        for name in tables.names().filter(|name| name.usage != NameUse::Romanised) {
            index.add(tables, name.text, name.place, name.usage, &mut bearers);
        }
        index.take_bearers(bearers);
        index
    }

    fn add(&mut self, tables: &Tables, name: &str, place: PlaceIx, usage: NameUse, bearers: &mut Vec<Bearer>) {
        if !name.chars().any(is_arabic) {
            return;
        }
        let key = self.intern(&name_key(name));
        if key != NONE {
            bearers.push(Bearer { key, standing: standing(tables, place, usage), usage, place });
        }
    }

    /// The number of a name, which is new or known.
    fn intern(&mut self, name: &str) -> u32 {
        let mut hash = 0;
        let mut words = words(name).peekable();
        while let Some(word) = words.next() {
            if hash == 0 {
                self.heads.add(hash_of(word));
            }
            hash = after(hash, word);
            let more = words.peek().is_some();
            let beginning = self.beginnings.entry(hash).or_insert(Beginning { key: NONE, goes_on: false });
            beginning.goes_on |= more;
            if !more {
                if beginning.key == NONE {
                    beginning.key = number(self.keys.len());
                    let start = number(self.letters.len());
                    self.letters.push_str(name);
                    let end = number(self.letters.len());
                    self.keys.push(Key { start, end, first: 0, last: 0 });
                }
                return beginning.key;
            }
        }
        NONE
    }

    fn take_bearers(&mut self, mut bearers: Vec<Bearer>) {
        bearers.sort_unstable();
        bearers.dedup_by_key(|bearer| (bearer.key, bearer.place));
        let mut known: Option<Bearer> = None;
        for bearer in bearers {
            let Some(key) = self.keys.get_mut(bearer.key as usize) else { continue };
            if known.is_none_or(|known| known.key != bearer.key) {
                key.first = number(self.places.len());
            }
            self.places.push(bearer.place);
            self.usages.push(bearer.usage);
            key.last = number(self.places.len());
            known = Some(bearer);
        }
    }

    /// Whether a name may begin with a word of this [`hash`](crate::text::heads::hash): quick, and sure where it says no.
    #[inline]
    pub(super) fn may_begin(&self, hash: u32) -> bool {
        self.heads.may_have(hash)
    }

    /// The names that begin at a word, the longest first.
    pub(super) fn scan<'g, 'w>(&'g self, word: impl Fn(usize) -> Option<&'w str>, out: &mut Vec<NameMatch<'g>>) {
        out.clear();
        let mut hash = 0;
        let mut count = 0;
        while let Some(next) = word(count) {
            count += 1;
            hash = after(hash, next);
            if count == 1 && !self.heads.may_have(short(hash)) {
                break;
            }
            let Some(beginning) = self.beginnings.get(&hash) else { break };
            if let Some(found) = self.found(beginning.key, count)
                && stands(found.key, count, &word)
            {
                out.push(found);
            }
            if !beginning.goes_on {
                break;
            }
        }
        out.reverse();
    }

    /// The bearers of a whole name given as words.
    pub(super) fn exact<'w>(&self, given: impl Iterator<Item = &'w str> + Clone) -> &[PlaceIx] {
        self.whole(given).map_or(&[], |found| found.places)
    }

    pub(super) fn whole<'w>(&self, given: impl Iterator<Item = &'w str> + Clone) -> Option<NameMatch<'_>> {
        let hash = given.clone().fold(0, after);
        let found = self.found(self.beginnings.get(&hash)?.key, given.clone().count())?;
        words(found.key).eq(given).then_some(found)
    }

    /// What `place` uses the name for.
    pub(super) fn usage(&self, key: &str, place: PlaceIx) -> Option<NameUse> {
        let found = self.whole(words(key))?;
        let at = found.places.iter().position(|&bearer| bearer == place)?;
        found.usages.get(at).copied()
    }

    /// Every name with its bearers.
    pub(super) fn all(&self) -> impl Iterator<Item = NameMatch<'_>> {
        (0..self.keys.len()).filter_map(|key| self.found(number(key), 0))
    }

    fn found(&self, key: u32, count: usize) -> Option<NameMatch<'_>> {
        let key = self.keys.get(key as usize)?;
        let bearers = key.first as usize..key.last as usize;
        Some(NameMatch {
            words: count,
            key: self.letters.get(key.start as usize..key.end as usize)?,
            places: self.places.get(bearers.clone())?,
            usages: self.usages.get(bearers)?,
        })
    }
}

/// Whether the words are those of a key; most keys have blanks between them and nothing else.
fn stands<'w>(key: &str, count: usize, word: impl Fn(usize) -> Option<&'w str>) -> bool {
    let mut rest = Some(key);
    for at in 0..count {
        let blank = if at == 0 { "" } else { " " };
        rest = rest.and_then(|rest| rest.strip_prefix(blank)?.strip_prefix(word(at)?));
    }
    rest == Some("") || words(key).enumerate().all(|(at, letters)| word(at) == Some(letters))
}

/// The words of a key: what stands between signs that are neither letter nor digit; the article of a number or a Latin letter, and آل
/// (folded ال), are words of their own, as they are tokens of their own in running text.
pub(super) fn words(key: &str) -> impl Iterator<Item = &str> + Clone {
    key.split(|c: char| !is_letter_or_digit(c)).flat_map(article_apart).filter(|word| !word.is_empty())
}

/// ال160 → ال, 160; الT2 → ال, t2.
fn article_apart(word: &str) -> [&str; 2] {
    const ARTICLE: &str = "ال";
    match word.strip_prefix(ARTICLE) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => [ARTICLE, rest],
        _ => [word, ""],
    }
}

/// `char::is_alphanumeric`, which is slow for Arabic.
fn is_letter_or_digit(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '0'..='9' | 'a'..='z') || (c != ' ' && c.is_alphanumeric())
}

/// Whether a letter is of the Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The order among bearers of one name, lower first: rank, then use; a user's places come after the curated.
pub(super) fn standing(tables: &Tables, place: PlaceIx, usage: NameUse) -> u8 {
    let rank = tables.places.get(place.at()).map_or(5, |place| place.rank);
    let by_use = match usage {
        NameUse::Official => 0,
        NameUse::Alias | NameUse::Romanised => 1,
        NameUse::Historic => 2,
    };
    let imported = u8::from(place.at() >= tables.curated && tables.curated > 0);
    rank.saturating_mul(2).saturating_add(by_use + imported)
}
