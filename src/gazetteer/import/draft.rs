//! The places and names gathered so far.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::super::names::is_arabic;
use super::super::number;
use super::super::words::{Number, Role, kind_words};
use super::super::world::{Meta, Name, Parts, Record};
use crate::model::{NameUse, PlaceKind};
use crate::text::name_key;
use crate::{Error, Result};

/// Longest name, in characters: what GeoNames allows.
pub(super) const LONGEST_NAME: usize = 400;
/// Most places: their numbers share 32 bits with the use of a name.
const MOST_PLACES: usize = 1 << 29;
/// Fewest letters that a name has without its kind word.
const SHORTEST_BARE: usize = 3;

/// A place under way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) record: Record,
    /// Its first- and second-level units, as numbers of [`Units`].
    pub(super) admin1: u32,
    pub(super) admin2: u32,
    /// Whether the row carried a feature code: of two rows of one place this one counts.
    pub(super) full: bool,
}

/// Units by their codes (`IQ.18`, `IQ.18.90148`); number 0 is none.
#[derive(Debug)]
pub(super) struct Units {
    numbers: FxHashMap<Box<str>, u32>,
    /// Name (a string of `Text`) and GeoNames id of each.
    known: Vec<(u32, u32)>,
}

/// Everything gathered so far.
#[derive(Debug)]
pub(super) struct Draft<'c> {
    countries: &'c [String],
    entries: Vec<Entry>,
    names: Vec<Name>,
    text: Vec<u8>,
    pub(super) units: Units,
    sources: Vec<String>,
    kinds: Vec<PlaceKind>,
    /// Child and parent, GeoNames ids.
    parents: Vec<(u32, u32)>,
    /// Places that name their parent by id.
    parents_told: Vec<(u32, String)>,
    interned: FxHashMap<Box<str>, u32>,
}

impl Units {
    /// The number of a unit's code.
    pub(super) fn number(&mut self, code: &str) -> u32 {
        if let Some(&known) = self.numbers.get(code) {
            return known;
        }
        let new = number(self.known.len());
        self.known.push((0, 0));
        self.numbers.insert(code.into(), new);
        new
    }

    /// The number of a code that some place has.
    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.numbers.get(code).map(|&number| number as usize)
    }

    fn get(&self, number: u32) -> (u32, u32) {
        self.known.get(number as usize).copied().unwrap_or_default()
    }
}

impl<'c> Draft<'c> {
    pub(super) fn new(countries: &'c [String]) -> Self {
        Draft {
            countries,
            entries: Vec::new(),
            names: Vec::new(),
            // The string at 0 is the empty one.
            text: vec![0, 0],
            units: Units { numbers: FxHashMap::default(), known: vec![(0, 0)] },
            sources: Vec::new(),
            kinds: PlaceKind::ALL.to_vec(),
            parents: Vec::new(),
            parents_told: Vec::new(),
            interned: FxHashMap::default(),
        }
    }

    /// Whether places of a country are asked for.
    pub(super) fn wants(&self, country: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|wanted| wanted == country)
    }

    /// Keeps a string; gives where it stands.
    pub(super) fn keep(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let at = number(self.text.len());
        let length = u16::try_from(text.len()).unwrap_or(0);
        self.text.extend_from_slice(&length.to_le_bytes());
        self.text.extend_from_slice(text.as_bytes().get(..usize::from(length)).unwrap_or(&[]));
        at
    }

    /// Keeps a string that comes again and again.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.interned.get(text) {
            return known;
        }
        let at = self.keep(text);
        self.interned.insert(text.into(), at);
        at
    }

    pub(super) fn kind_number(&self, kind: PlaceKind) -> u8 {
        self.kinds.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    pub(super) fn source_number(&mut self, source: &str) -> u8 {
        let at = self.sources.iter().position(|known| known == source).unwrap_or_else(|| {
            self.sources.push(source.to_owned());
            self.sources.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    /// Adds a place; gives its number, which holds until the places are sorted.
    pub(super) fn push(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        number(self.entries.len() - 1)
    }

    /// Adds a name, and an Arabic one without its kind word too: of «قرية السعيدات» people say «السعيدات».
    pub(super) fn push_name(&mut self, place: u32, name: &str, lang: [u8; 3], usage: NameUse) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let bare = self.entries.get(place as usize).and_then(|entry| {
            let kind = self.kinds.get(usize::from(entry.record.kind))?;
            bare_name(name, *kind)
        });
        let text = self.keep(name);
        if let Some(bare) = bare {
            let bare = self.keep(bare);
            self.names.push(Name { place, text: bare, lang, usage });
            self.names.push(Name { place, text, lang, usage: usage.max(NameUse::Alias) });
        } else {
            self.names.push(Name { place, text, lang, usage });
        }
    }

    pub(super) fn push_parent(&mut self, child: u32, parent: u32) {
        self.parents.push((child, parent));
    }

    pub(super) fn push_parent_told(&mut self, place: u32, parent: &str) {
        if !parent.is_empty() {
            self.parents_told.push((place, parent.to_owned()));
        }
    }

    /// Says what a unit is called, if some place lies in it.
    pub(super) fn name_unit(&mut self, code: &str, name: &str, geoname: u32) {
        if let Some(at) = self.units.find(code) {
            let name = self.intern(name);
            if let Some(unit) = self.units.known.get_mut(at) {
                *unit = (name, geoname);
            }
        }
    }

    /// The place with a GeoNames id, once places are sorted.
    pub(super) fn place(&self, geoname: u32) -> Option<u32> {
        let by_id = |entry: &Entry| match entry.record.geoname {
            0 => u32::MAX,
            id => id,
        };
        self.entries.binary_search_by(|entry| by_id(entry).cmp(&geoname)).ok().map(number)
    }

    /// Brings the places into the order of the file; of two with one id the fuller row stays, with the names of both.
    pub(super) fn sort_places(&mut self) {
        let mut order: Vec<u32> = (0..number(self.entries.len())).collect();
        let entry = |ix: u32| self.entries.get(ix as usize).copied().unwrap_or_default();
        let id = |entry: &Entry| (entry.record.geoname == 0, entry.record.geoname, self.text_at(entry.record.id));
        order.sort_unstable_by(|&a, &b| {
            let (x, y) = (entry(a), entry(b));
            id(&x).cmp(&id(&y)).then(y.full.cmp(&x.full)).then(a.cmp(&b))
        });
        let mut sorted: Vec<Entry> = Vec::with_capacity(order.len());
        let mut moved = vec![0_u32; order.len()];
        for ix in order {
            let next = entry(ix);
            if sorted.last().is_none_or(|last| id(last) != id(&next)) {
                sorted.push(next);
            }
            if let Some(slot) = moved.get_mut(ix as usize) {
                *slot = number(sorted.len() - 1);
            }
        }
        self.entries = sorted;
        let new = |old: u32| moved.get(old as usize).copied().unwrap_or(0);
        self.names.iter_mut().for_each(|name| name.place = new(name.place));
        self.parents_told.iter_mut().for_each(|told| told.0 = new(told.0));
    }

    fn text_at(&self, at: u32) -> &str {
        super::super::world::text_at(&self.text, at).unwrap_or("")
    }

    /// What goes into the file.
    pub(super) fn finish(mut self, output: &Path) -> Result<Parts> {
        // Names of a place: usual ones first, otherwise as they came.
        self.names.sort_by_key(|name| (name.place, name.usage));
        self.settle_units();
        self.settle_parents();
        self.settle_names();
        if u32::try_from(self.text.len()).is_err() || self.entries.len() >= MOST_PLACES {
            let reason = format!("{} places with {} bytes of names", self.entries.len(), self.text.len());
            return Err(Error::file(output, format!("{reason}: expected at most 536870911 with 4 GiB")));
        }
        let meta = Meta {
            kinds: self.kinds.iter().map(ToString::to_string).collect(),
            sources: std::mem::take(&mut self.sources),
        };
        let meta = serde_json::to_vec(&meta).map_err(|e| Error::file(output, e.to_string()))?;
        let records = self.entries.iter().map(|entry| entry.record).collect();
        Ok(Parts { meta, records, names: self.names, text: self.text })
    }

    fn settle_units(&mut self) {
        for entry in &mut self.entries {
            let (first, second) = (self.units.get(entry.admin1), self.units.get(entry.admin2));
            if entry.admin1 != 0 {
                entry.record.admin1 = first.0;
                // A unit is not held by itself.
                entry.record.admin2 = if second.1 == entry.record.geoname { 0 } else { second.0 };
            }
        }
    }

    /// The parent of each place: as the hierarchy has it, else its unit; none where that is no place of the index.
    fn settle_parents(&mut self) {
        self.parents.sort_unstable();
        let mut parents = vec![0_u32; self.entries.len()];
        for (entry, parent) in self.entries.iter().zip(&mut parents) {
            let own = entry.record.geoname;
            let at = self.parents.partition_point(|(child, _)| *child < own);
            let told = self.parents.get(at).filter(|(child, _)| *child == own && own != 0).map(|(_, parent)| *parent);
            let (first, second) = (self.units.get(entry.admin1).1, self.units.get(entry.admin2).1);
            let mut holders =
                [told.unwrap_or(0), second, first].into_iter().filter(|holder| *holder != 0 && *holder != own);
            *parent = holders.find_map(|holder| self.place(holder)).map_or(0, |found| found + 1);
        }
        for (place, told) in &self.parents_told {
            let found = match told.strip_prefix("gn-").and_then(|digits| digits.parse().ok()) {
                Some(geoname) => self.place(geoname),
                None => self.place_named(told),
            };
            if let (Some(found), Some(slot)) = (found, parents.get_mut(*place as usize)) {
                *slot = found + 1;
            }
        }
        for (entry, parent) in self.entries.iter_mut().zip(parents) {
            entry.record.parent = parent;
        }
    }

    /// The place with an id of its own.
    fn place_named(&self, id: &str) -> Option<u32> {
        let from = self.entries.partition_point(|entry| entry.record.geoname != 0);
        let named = self.entries.get(from..)?;
        named.binary_search_by(|entry| self.text_at(entry.record.id).cmp(id)).ok().map(|at| number(from + at))
    }

    /// The usual Arabic and English name of each place, from its names.
    fn settle_names(&mut self) {
        let mut names = self.names.iter().peekable();
        for (at, entry) in self.entries.iter_mut().enumerate() {
            let (mut arabic, mut english) = ((0, 0), 0);
            while let Some(name) = names.next_if(|name| name.place as usize == at) {
                if name.usage == NameUse::Historic {
                    continue;
                }
                let text = super::super::world::text_at(&self.text, name.text).unwrap_or("");
                // A name said to be Arabic before one in Arabic letters, which may be Persian.
                let worth = if name.lang == *b"ar\0" { 2 } else { 1 };
                if text.chars().any(is_arabic) {
                    arabic = if arabic.1 < worth { (name.text, worth) } else { arabic };
                } else if english == 0 && name.lang == *b"en\0" {
                    english = name.text;
                }
            }
            if entry.record.name_ar == 0 {
                entry.record.name_ar = arabic.0;
            }
            if english != 0 {
                entry.record.name_en = english;
            }
        }
    }
}

/// An Arabic name without the word that says what the place is, where that is what it says.
fn bare_name(name: &str, kind: PlaceKind) -> Option<&str> {
    use PlaceKind as K;
    if !matches!(kind, K::Governorate | K::District | K::Subdistrict | K::City | K::Town | K::Village | K::Quarter) {
        return None;
    }
    let (first, rest) = name.split_once(' ')?;
    let rest = rest.trim();
    if !first.chars().any(is_arabic) || rest.chars().count() < SHORTEST_BARE {
        return None;
    }
    let says = |key: &str| {
        let one = kind_words(key).iter().filter(|word| word.role == Role::Kind && word.number == Number::Singular);
        one.into_iter().any(|word| word.kinds.iter().any(|said| settled_alike(*said, kind)))
    };
    says(&name_key(first)).then_some(rest)
}

/// Whether a word for one kind is used of the other: villages are called towns, and cities villages that they were.
fn settled_alike(said: PlaceKind, kind: PlaceKind) -> bool {
    use PlaceKind as K;
    let settlement = |kind| matches!(kind, K::City | K::Town | K::Village);
    said == kind || (settlement(said) && settlement(kind))
}
