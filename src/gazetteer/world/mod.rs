//! The imported world: an index file, mapped into memory and read where it is asked.
//!
//! `import` gathers places and `write` makes the file of `layout`; here it is opened and asked. Places and names that are
//! asked for are decoded once and kept. A damaged file gives an error when it is opened or when it is verified; asked all the
//! same, it finds nothing or something wrong, and never ends the program: every position is checked.

mod keys;
mod layout;
mod lookup;
mod map;
mod table;
mod write;

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use elsa::sync::FrozenMap;
use memmap2::Mmap;
use serde::{Deserialize, Serialize};

use super::PlaceIx;
use crate::model::{NameRow, NameUse, Place, PlaceKind};
use crate::{Error, Result};

pub(super) use layout::{Record, text_at};
pub use write::Size;
pub(super) use write::{Name, Parts, write};

use layout::{Extents, KEY, NAME, PLACE, Section, u32_at};

/// What numbers in records stand for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) kinds: Vec<String>,
    pub(super) sources: Vec<String>,
}

/// A name with all its bearers, decoded.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) key: String,
    /// The best known first.
    pub(super) places: Vec<PlaceIx>,
    pub(super) usages: Vec<NameUse>,
}

/// An index file, open.
#[derive(Debug)]
pub(super) struct World {
    path: PathBuf,
    map: Mmap,
    extents: Extents,
    kinds: Vec<Option<PlaceKind>>,
    sources: Vec<String>,
    /// The number of its first place in the gazetteer.
    base: usize,
    places: FrozenMap<u32, Box<Place>>,
    /// By the hash of its key.
    named: FrozenMap<u64, Box<Named>>,
}

/// Whether a file is an index, by its first bytes.
pub(super) fn is_index(path: &Path) -> Result<bool> {
    let mut first = Vec::new();
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    file.take(layout::MAGIC.len() as u64).read_to_end(&mut first).map_err(|e| Error::io(path, e))?;
    Ok(layout::is_index(&first))
}

impl World {
    /// Opens an index whose places are numbered from `base`; reads and checks its header only.
    pub(super) fn open(path: &Path, base: usize) -> Result<World> {
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        if file.metadata().map_err(|e| Error::io(path, e))?.len() == 0 {
            return Err(Error::file(path, "found an empty file, expected an index"));
        }
        let map = map::map(&file).map_err(|e| Error::io(path, e))?;
        let extents = layout::read_header(path, &map)?;
        let mut world = World {
            path: path.to_path_buf(),
            map,
            extents,
            kinds: Vec::new(),
            sources: Vec::new(),
            base,
            places: FrozenMap::new(),
            named: FrozenMap::new(),
        };
        world.check(Section::Meta)?;
        let meta: Meta = serde_json::from_slice(world.section(Section::Meta))
            .map_err(|e| Error::file(path, format!("section Meta: {e}")))?;
        world.kinds = meta.kinds.iter().map(|kind| kind.parse().ok()).collect();
        world.sources = meta.sources;
        Ok(world)
    }

    /// Checks every section against its checksum.
    pub(super) fn verify(&self) -> Result<Size> {
        layout::SECTIONS.into_iter().try_for_each(|section| self.check(section))?;
        Ok(self.size())
    }

    fn check(&self, section: Section) -> Result<()> {
        let known = self.extents.get(section as usize).map(|extent| extent.crc);
        if known == Some(crc32fast::hash(self.section(section))) {
            return Ok(());
        }
        let reason = format!("section {section:?} is damaged: its checksum does not fit; build the index again");
        Err(Error::file(&self.path, reason))
    }

    /// How much it holds.
    pub(super) fn size(&self) -> Size {
        Size {
            places: self.len(),
            names: self.section(Section::Names).len() / NAME,
            keys: (self.section(Section::Keys).len() / KEY).saturating_sub(1),
            bytes: self.map.len() as u64,
        }
    }

    /// How many places it holds.
    pub(super) fn len(&self) -> usize {
        self.section(Section::Places).len() / PLACE
    }

    fn section(&self, section: Section) -> &[u8] {
        let at = self.extents.get(section as usize).map(|extent| extent.at.clone());
        at.and_then(|at| self.map.get(at)).unwrap_or(&[])
    }

    fn record(&self, number: usize) -> Option<Record> {
        Record::at(self.section(Section::Places), number)
    }

    /// The record of a place, without its strings.
    pub(super) fn record_of(&self, ix: PlaceIx) -> Option<Record> {
        self.record(ix.at().checked_sub(self.base)?)
    }

    fn text(&self, at: u32) -> String {
        text_at(self.section(Section::Text), at).unwrap_or("").to_owned()
    }

    fn id(&self, record: &Record) -> String {
        if record.geoname == 0 { self.text(record.id) } else { format!("gn-{}", record.geoname) }
    }

    /// The place with this number, decoded when it is first asked for.
    pub(super) fn at(&self, ix: PlaceIx) -> &Place {
        match self.places.get(&ix.0) {
            Some(place) => place,
            None => self.places.insert(ix.0, Box::new(self.decode(ix))),
        }
    }

    fn decode(&self, ix: PlaceIx) -> Place {
        let record = self.record_of(ix).unwrap_or_default();
        let own = |at| Cow::Owned(self.text(at));
        let parent = record.parent.checked_sub(1).and_then(|at| self.record(at as usize));
        Place {
            id: Cow::Owned(self.id(&record)),
            name_ar: own(record.name_ar),
            name_en: own(record.name_en),
            kind: self.kind(&record),
            lat: f64::from(record.lat) / 1e6,
            lon: f64::from(record.lon) / 1e6,
            radius_m: record.radius_m.max(1),
            country: Cow::Owned(country(&record).to_owned()),
            admin1: own(record.admin1),
            admin2: own(record.admin2),
            parent: Cow::Owned(parent.map(|parent| self.id(&parent)).unwrap_or_default()),
            rank: record.rank.clamp(1, 5),
            source: Cow::Owned(self.sources.get(usize::from(record.source)).cloned().unwrap_or_default()),
        }
    }

    fn kind(&self, record: &Record) -> PlaceKind {
        self.kinds.get(usize::from(record.kind)).copied().flatten().unwrap_or(PlaceKind::Village)
    }

    /// The place of this index that holds a place.
    pub(super) fn parent(&self, ix: PlaceIx) -> Option<PlaceIx> {
        let parent = self.record_of(ix)?.parent.checked_sub(1)? as usize;
        (parent < self.len()).then(|| PlaceIx::new(self.base + parent))
    }

    /// The number of the place with this id.
    pub(super) fn ix(&self, id: &str) -> Option<PlaceIx> {
        let named = self.first(|record| record.geoname == 0);
        let found = match id.strip_prefix("gn-").and_then(|digits| digits.parse::<u32>().ok()) {
            Some(wanted) => self.first(|record| record.geoname >= wanted || record.geoname == 0),
            None => self.first(|record| record.geoname == 0 && self.text(record.id).as_str() >= id).max(named),
        };
        let record = self.record(found)?;
        (self.id(&record) == id).then(|| PlaceIx::new(self.base + found))
    }

    /// The number of the first record of which `late` holds, and of all after it.
    fn first(&self, late: impl Fn(&Record) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.record(middle).is_none_or(|record| late(&record)) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The names of a place.
    pub(super) fn names_of(&self, ix: PlaceIx) -> Vec<NameRow> {
        let place_id = self.at(ix).id.to_string();
        let names = self.section(Section::Names);
        let first = self.record_of(ix).map_or(0, |record| record.names as usize);
        let last = self.record_of(PlaceIx::new(ix.at() + 1)).map_or(names.len() / NAME, |next| next.names as usize);
        let bytes = names.get(first.saturating_mul(NAME)..last.saturating_mul(NAME)).unwrap_or(&[]);
        let row = |slot: &[u8]| NameRow {
            place_id: place_id.clone(),
            name: self.text(u32_at(slot, 0).unwrap_or(0)),
            lang: slot
                .get(4..7)
                .and_then(|s| std::str::from_utf8(s).ok())
                .unwrap_or("")
                .trim_end_matches('\0')
                .to_owned(),
            usage: usage(u32::from(slot.get(7).copied().unwrap_or(0))),
        };
        bytes.chunks_exact(NAME).map(row).collect()
    }

    fn ix_of(&self, bearer: u32) -> PlaceIx {
        PlaceIx::new(self.base + (bearer >> 2) as usize)
    }
}

/// The country of a record; empty at sea.
pub(super) fn country(record: &Record) -> &str {
    std::str::from_utf8(&record.country).unwrap_or("").trim_end_matches('\0')
}

const fn usage(bits: u32) -> NameUse {
    match bits & 3 {
        0 => NameUse::Official,
        1 => NameUse::Alias,
        2 => NameUse::Historic,
        _ => NameUse::Romanised,
    }
}
