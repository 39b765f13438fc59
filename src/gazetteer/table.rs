//! CSV rows ↔ places and names.
//!
//! Three tables, told apart by their headers: places (`name_ar` or `name`, `lat`, `lon`), names (`place_id`, `name`)
//! and homographs (`name`, `otherwise`). The curated ones carry every column; a user's may leave out the rest.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::rows::{Column, Keep, Rows, keep_borrowed, keep_copied};
use super::{PlaceIx, builtin_fault, number};
use crate::model::{NameUse, Place, PlaceKind};
use crate::{Error, Result};

const PLACES: &str = include_str!("../../gazetteer/places.csv");
const NAMES: &str = include_str!("../../gazetteer/names.csv");
const HOMOGRAPHS: &str = include_str!("../../gazetteer/homographs.csv");

/// A user's table with more rows than this is an import, of names that nobody has looked at one by one; a judgement.
const BULK_ROWS: usize = 2_000;
/// Rank of a user's place that states none.
const USER_RANK: u8 = 3;

/// All rows in use, and where each stands.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) places: Vec<Place>,
    pub(super) files: Vec<PathBuf>,
    /// File and line of each place.
    pub(super) origins: Vec<Origin>,
    pub(super) homographs: Vec<(String, Origin)>,
    pub(super) faults: Vec<Error>,
    /// How many places are curated: those before this number.
    pub(super) curated: usize,
    /// The places of tables so long that nobody has looked at each name, as ranges.
    pub(super) bulk: Vec<Range<usize>>,
    names: Vec<NameSlot>,
    /// All names of `names`, one after the other.
    letters: String,
}

/// The file (by number) and line of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) file: u16,
    pub(super) line: u32,
}

/// A row of names, its text in `Tables::letters`.
#[derive(Debug, Clone, Copy)]
struct NameSlot {
    place: PlaceIx,
    start: u32,
    end: u32,
    lang: [u8; 3],
    usage: NameUse,
    origin: Origin,
}

/// A row of names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) place: PlaceIx,
    pub(super) text: &'a str,
    pub(super) lang: &'a str,
    pub(super) usage: NameUse,
    pub(super) origin: Origin,
}

impl Tables {
    /// The curated tables.
    pub(super) fn embedded() -> Self {
        let mut tables = Tables::default();
        let mut faults = Vec::new();
        for (name, text) in
            [("gazetteer/places.csv", PLACES), ("gazetteer/names.csv", NAMES), ("gazetteer/homographs.csv", HOMOGRAPHS)]
        {
            builtin_fault(&mut faults, tables.read(Path::new(name), text, keep_borrowed));
        }
        tables.settle();
        tables.faults = faults;
        tables.curated = tables.places.len();
        tables
    }

    /// Reads one of the user's files.
    pub(super) fn read_file(&mut self, path: &Path) -> Result<()> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        self.read_text(path, text.strip_prefix('\u{feff}').unwrap_or(&text))
    }

    /// Reads one table.
    pub(super) fn read_text(&mut self, path: &Path, text: &str) -> Result<()> {
        self.read(path, text, keep_copied)
    }

    fn read<'a>(&mut self, path: &'a Path, text: &'a str, keep: Keep<'a>) -> Result<()> {
        let mut rows = Rows::open(path, text, keep)?;
        let file = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        self.files.push(path.to_path_buf());
        if rows.has("lat") && rows.has("lon") {
            self.read_places(&mut rows, file)
        } else if rows.has("place_id") && rows.has("name") {
            self.read_names(&mut rows, file)
        } else if rows.has("name") && rows.has("otherwise") {
            self.read_homographs(&mut rows, file)
        } else {
            let header = rows.header.join(",");
            Err(Error::table(path, 1, "header", &header, "name_ar,lat,lon or place_id,name or name,otherwise"))
        }
    }

    fn read_places(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let columns = PlaceColumns::of(rows)?;
        let first = self.places.len();
        self.places.reserve(rows.about(100));
        while rows.next()? {
            let place = columns.place(rows)?;
            let aliases = rows.get(columns.aliases).to_owned();
            let ix = PlaceIx::new(self.places.len());
            let origin = rows.origin(file);
            self.places.push(place);
            self.origins.push(origin);
            for alias in aliases.split([';', '|']).map(str::trim).filter(|alias| !alias.is_empty()) {
                self.push_name(ix, alias, *b"ar\0", NameUse::Alias, origin);
            }
        }
        if self.curated > 0 && self.places.len() - first > BULK_ROWS {
            self.bulk.push(first..self.places.len());
        }
        Ok(())
    }

    fn read_names(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let (id, name, lang, usage) =
            (rows.column("place_id"), rows.column("name"), rows.column("lang"), rows.column("use"));
        self.names.reserve(rows.about(40));
        self.letters.reserve(rows.about(1) / 2);
        let numbers = Numbers::of(&self.places);
        let mut names = std::mem::take(&mut self.names);
        let mut letters = std::mem::take(&mut self.letters);
        let mut last = (String::new(), None);
        while rows.next()? {
            if last.0 != rows.get(id) {
                last = (rows.get(id).to_owned(), numbers.get(rows.get(id)));
            }
            let Some(place) = last.1 else { return Err(rows.fault(id, "the id of a place")) };
            let slot = NameSlot {
                place,
                start: offset(&letters),
                end: offset(&letters) + offset(rows.get(name)),
                lang: rows.lang(lang)?,
                usage: rows.parse(usage, NameUse::Alias, "official, alias, historic or romanised")?,
                origin: rows.origin(file),
            };
            letters.push_str(rows.get(name));
            names.push(slot);
        }
        (self.names, self.letters) = (names, letters);
        Ok(())
    }

    fn read_homographs(&mut self, rows: &mut Rows, file: u16) -> Result<()> {
        let name = rows.column("name");
        while rows.next()? {
            let origin = rows.origin(file);
            self.homographs.push((rows.get(name).to_owned(), origin));
        }
        Ok(())
    }

    fn push_name(&mut self, place: PlaceIx, text: &str, lang: [u8; 3], usage: NameUse, origin: Origin) {
        let start = offset(&self.letters);
        self.letters.push_str(text);
        self.names.push(NameSlot { place, start, end: offset(&self.letters), lang, usage, origin });
    }

    /// Brings the names of one place together.
    pub(super) fn settle(&mut self) {
        if !self.names.is_sorted_by_key(|slot| slot.place) {
            self.names.sort_by_key(|slot| slot.place);
        }
    }

    /// Every row of names.
    pub(super) fn names(&self) -> impl Iterator<Item = Name<'_>> {
        self.names.iter().map(|slot| self.name(slot))
    }

    /// The rows of names of one place.
    pub(super) fn names_of(&self, ix: PlaceIx) -> impl Iterator<Item = Name<'_>> {
        let from = self.names.partition_point(|slot| slot.place < ix);
        self.names.iter().skip(from).take_while(move |slot| slot.place == ix).map(|slot| self.name(slot))
    }

    fn name<'a>(&'a self, slot: &'a NameSlot) -> Name<'a> {
        Name {
            place: slot.place,
            text: self.letters.get(slot.start as usize..slot.end as usize).unwrap_or(""),
            lang: std::str::from_utf8(&slot.lang).unwrap_or("").trim_end_matches('\0'),
            usage: slot.usage,
            origin: slot.origin,
        }
    }

    /// The numbers of the places in the order of their ids.
    pub(super) fn sorted_ids(&self) -> Vec<PlaceIx> {
        let mut by_id: Vec<PlaceIx> = (0..self.places.len()).map(PlaceIx::new).collect();
        let id = |ix: &PlaceIx| self.places.get(ix.at()).map(|place| place.id.as_ref());
        if !by_id.is_sorted_by_key(id) {
            by_id.sort_by(|a, b| id(a).cmp(&id(b)));
        }
        by_id
    }

    /// The parent of each place.
    pub(super) fn parents(&self) -> Vec<Option<PlaceIx>> {
        let numbers = Numbers::of(&self.places);
        self.places.iter().map(|place| numbers.get(&place.parent)).collect()
    }
}

fn offset(letters: &str) -> u32 {
    number(letters.len())
}

/// From id to number, while tables are read; the first of two with one id counts.
struct Numbers<'a>(FxHashMap<&'a str, PlaceIx>);

impl<'a> Numbers<'a> {
    fn of(places: &'a [Place]) -> Self {
        let mut map = FxHashMap::with_capacity_and_hasher(places.len(), rustc_hash::FxBuildHasher);
        for (at, place) in places.iter().enumerate() {
            map.entry(place.id.as_ref()).or_insert(PlaceIx::new(at));
        }
        Numbers(map)
    }

    fn get(&self, id: &str) -> Option<PlaceIx> {
        self.0.get(id).copied()
    }
}

/// Where the columns of a table of places stand.
struct PlaceColumns {
    id: Column,
    name_ar: Column,
    name_en: Column,
    kind: Column,
    lat: Column,
    lon: Column,
    radius_m: Column,
    country: Column,
    admin1: Column,
    admin2: Column,
    parent: Column,
    rank: Column,
    source: Column,
    aliases: Column,
}

impl PlaceColumns {
    fn of(rows: &Rows) -> Result<Self> {
        let either = |a: &str, b: &str| if rows.has(a) { rows.column(a) } else { rows.column(b) };
        let columns = PlaceColumns {
            id: rows.column("id"),
            name_ar: either("name_ar", "name"),
            name_en: rows.column("name_en"),
            kind: rows.column("kind"),
            lat: rows.column("lat"),
            lon: rows.column("lon"),
            radius_m: rows.column("radius_m"),
            country: rows.column("country"),
            admin1: rows.column("admin1"),
            admin2: rows.column("admin2"),
            parent: rows.column("parent"),
            rank: rows.column("rank"),
            source: rows.column("source"),
            aliases: either("aliases_ar", "aliases"),
        };
        match columns.name_ar.at {
            Some(_) => Ok(columns),
            None => Err(Error::table(rows.path, 1, "header", "", "a column name_ar or name")),
        }
    }

    fn place(&self, rows: &Rows) -> Result<Place> {
        let own = |column| rows.kept(column);
        let kind = rows.parse(self.kind, PlaceKind::Town, "a kind of place")?;
        if rows.get(self.name_ar).trim().is_empty() {
            return Err(rows.fault(self.name_ar, "a name"));
        }
        Ok(Place {
            id: if rows.get(self.id).is_empty() { Cow::Owned(rows.made_id()) } else { own(self.id) },
            name_ar: own(self.name_ar),
            name_en: own(self.name_en),
            kind,
            lat: rows.degrees(self.lat, 90.0)?,
            lon: rows.degrees(self.lon, 180.0)?,
            radius_m: rows.parse(self.radius_m, usual_radius_m(kind), "whole metres")?,
            country: own(self.country),
            admin1: own(self.admin1),
            admin2: own(self.admin2),
            parent: own(self.parent),
            rank: rows.parse(self.rank, USER_RANK, "1 to 5")?,
            source: if self.source.at.is_none() { Cow::Borrowed("user") } else { own(self.source) },
        })
    }
}

/// Radius of a place whose row states none, metres.
const fn usual_radius_m(kind: PlaceKind) -> u32 {
    use PlaceKind as K;
    match kind {
        K::City => 5_000,
        K::Town => 3_000,
        K::Village | K::Quarter | K::RefugeeCamp => 1_500,
        K::Subdistrict => 8_000,
        K::District => 25_000,
        K::Governorate | K::Region | K::Desert | K::Strait | K::Mountain => 80_000,
        K::Country | K::Sea | K::Gulf => 300_000,
        K::Valley | K::Island => 10_000,
        _ => 2_000,
    }
}
