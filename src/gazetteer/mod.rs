//! The places: tables, name index, resolver.
//!
//! ```text
//! places.csv names.csv homographs.csv ──table──> Gazetteer ──names──> who bears القائم?   (for running text: scan)
//!                                                          ──resolver──> which القائم is meant? (for a given name)
//! ```
//!
//! The curated tables of `gazetteer/` are part of the program; a user's tables join them and never outrank them. An index
//! that `import` has built stands behind both: whoever asks need not know from where a place comes.

mod rows;
mod table;

mod fallback;
mod latin;
mod names;
mod words;

mod decide;
mod geocode;
mod reading;
mod resolver;

mod import;
mod world;

mod alike;
mod behind;
mod check;
mod homograph;
mod renamings;
mod show;
mod stats;

pub use check::{Fault, Level};
pub use geocode::{Geocoded, Geocoder};
pub use import::{Build, Built, build};
pub use names::NameMatch;
pub use renamings::Years;
pub use resolver::{Candidate, Query, Resolution};
pub use words::{KindWord, Number, Role, kind_words, nisba};
pub use world::Size;

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use crate::model::{GeoPrecision, NameRow, NameUse, Place};
use crate::{Error, Result};

use fallback::Fallback;
use homograph::Homographs;
use names::NameIndex;
use table::Tables;
use world::World;

/// A place's number in one [`Gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIx(pub u32);

impl PlaceIx {
    const fn at(self) -> usize {
        self.0 as usize
    }

    fn new(at: usize) -> Self {
        PlaceIx(number(at))
    }
}

/// The tables in use, with their indexes.
#[derive(Debug)]
pub struct Gazetteer {
    tables: Tables,
    by_id: Vec<PlaceIx>,
    parents: Vec<Option<PlaceIx>>,
    names: NameIndex,
    homographs: Homographs,
    fallback: OnceLock<Fallback>,
    /// The index behind the tables.
    world: Option<Box<World>>,
}

/// Length of a degree of latitude, kilometres, rounded down: WGS84 has 110.57 at the equator and more elsewhere.
const LATITUDE_KM: f64 = 110.5;

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::from_tables(Tables::embedded()));

impl Gazetteer {
    /// The curated tables alone.
    pub fn embedded() -> &'static Gazetteer {
        &EMBEDDED
    }

    /// The curated tables and the user's: places, names (`place_id,name`) or homographs (`name,otherwise`); and behind them
    /// an index, where one of the files is one.
    pub fn load(files: &[PathBuf]) -> Result<Gazetteer> {
        let mut tables = Tables::embedded();
        let mut index: Option<&PathBuf> = None;
        for path in files {
            if !world::is_index(path)? {
                tables.read_file(path)?;
            } else if let Some(first) = index.replace(path) {
                let reason = format!("a second index beside {}: build one from the sources of both", first.display());
                return Err(Error::file(path, reason));
            }
        }
        tables.settle();
        let mut gazetteer = Gazetteer::from_tables(tables);
        if let Some(path) = index {
            gazetteer.world = Some(Box::new(World::open(path, gazetteer.places().len())?));
        }
        Ok(gazetteer)
    }

    /// A gazetteer of these tables alone, each under the name it is to be called by in faults.
    pub fn from_texts(texts: &[(&str, &str)]) -> Result<Gazetteer> {
        let mut tables = Tables::default();
        for (name, text) in texts {
            tables.read_text(Path::new(name), text)?;
        }
        tables.settle();
        Ok(Gazetteer::from_tables(tables))
    }

    /// An index alone, without the curated tables.
    pub fn index_alone(path: &Path) -> Result<Gazetteer> {
        let mut gazetteer = Gazetteer::from_tables(Tables::default());
        gazetteer.world = Some(Box::new(World::open(path, 0)?));
        Ok(gazetteer)
    }

    fn from_tables(tables: Tables) -> Gazetteer {
        let by_id = tables.sorted_ids();
        let parents = tables.parents();
        let names = NameIndex::build(&tables);
        let homographs = Homographs::build(&tables);
        Gazetteer { tables, by_id, parents, names, homographs, fallback: OnceLock::new(), world: None }
    }

    /// Every place of the tables; a [`PlaceIx`] is a position here, or one of the index behind.
    pub fn places(&self) -> &[Place] {
        &self.tables.places
    }

    /// Whether a place is one of an import, of which no name has been looked at: a name of the language is a village there.
    pub fn is_bulk(&self, ix: PlaceIx) -> bool {
        self.is_behind(ix) || self.tables.bulk.iter().any(|range| range.contains(&ix.at()))
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.ix(id).map(|ix| self.at(ix))
    }

    /// The number of the place with this id.
    pub fn ix(&self, id: &str) -> Option<PlaceIx> {
        match self.by_id.binary_search_by(|&ix| self.at(ix).id.as_ref().cmp(id)) {
            Ok(found) => self.by_id.get(found).copied(),
            Err(_) => self.world.as_ref()?.ix(id),
        }
    }

    /// The place with this number.
    ///
    /// # Panics
    /// Where the number is of another gazetteer.
    pub fn at(&self, ix: PlaceIx) -> &Place {
        match &self.world {
            Some(world) if self.is_behind(ix) => world.at(ix),
            _ => &self.tables.places[ix.at()],
        }
    }

    /// The place that holds this one.
    pub fn parent(&self, ix: PlaceIx) -> Option<PlaceIx> {
        if self.is_behind(ix) { self.parent_behind(ix) } else { self.parents.get(ix.at()).copied().flatten() }
    }

    /// The places that hold `place`, the nearest first.
    pub fn ancestors(&self, place: &Place) -> impl Iterator<Item = &Place> {
        self.ancestors_ix(self.ix(&place.id)).map(|ix| self.at(ix))
    }

    /// The numbers of the places that hold this one, the nearest first.
    pub fn ancestors_ix(&self, of: Option<PlaceIx>) -> impl Iterator<Item = PlaceIx> {
        const DEEPEST: usize = 12;
        std::iter::successors(of, |&ix| self.parent(ix)).skip(1).take(DEEPEST)
    }

    /// Whether `holder` is among the places that hold `inner`.
    pub fn holds(&self, holder: PlaceIx, inner: PlaceIx) -> bool {
        self.ancestors_ix(Some(inner)).any(|ix| ix == holder)
    }

    /// Whether `outer` holds `inner`, or is an area without fixed borders about it: a named region, a desert, a range.
    pub fn covers(&self, outer: PlaceIx, inner: PlaceIx) -> bool {
        if outer == inner || self.holds(outer, inner) {
            return outer != inner;
        }
        let (a, b) = (self.at(outer), self.at(inner));
        let reach_km = f64::from(a.radius_m) / 1000.0 * 1.1;
        a.kind.precision() == GeoPrecision::Region && b.radius_m < a.radius_m && Gazetteer::nearer(a, b, reach_km)
    }

    /// How far apart two places' points are, kilometres on the ellipsoid.
    pub fn distance_km(a: &Place, b: &Place) -> f64 {
        decide::place_distance_m(a, b) / 1000.0
    }

    /// Whether two places are one for a reader: one point, or a unit and its seat.
    pub fn same_spot(&self, a: PlaceIx, b: PlaceIx) -> bool {
        a == b || Gazetteer::nearer(self.at(a), self.at(b), 2.0)
    }

    /// Whether two places' points are less than so many kilometres apart; degrees of latitude mostly tell at once.
    pub fn nearer(a: &Place, b: &Place, km: f64) -> bool {
        (a.lat - b.lat).abs() * LATITUDE_KM < km && Gazetteer::distance_km(a, b) < km
    }

    /// The places whose whole name is `key`, a [`name_key`](crate::text::name_key); the best known first.
    pub fn bearers(&self, key: &str) -> &[PlaceIx] {
        match self.names.exact(key.split(' ')) {
            [] if self.hides(key) => &[],
            [] => self.bearers_behind(key),
            found => found,
        }
    }

    /// What the name `key` is used for by the place, where the place bears it.
    pub fn usage(&self, key: &str, place: PlaceIx) -> Option<NameUse> {
        if self.is_behind(place) { self.usage_behind(key, place) } else { self.names.usage(key, place) }
    }

    /// The names that begin at a word of running text, the longest first.
    ///
    /// `word(i)` is the [`name_key`](crate::text::name_key) of the i-th word from there, none where the run of words
    /// ends; a lone ال (آل, or the article of a number) counts as a word. `out` is emptied first; nothing is allocated beyond its growth.
    pub fn scan<'g, 'w>(&'g self, word: impl Fn(usize) -> Option<&'w str>, out: &mut Vec<NameMatch<'g>>) {
        self.names.scan(&word, out);
        self.scan_behind(word, out);
    }

    /// Whether a name may begin with a word, given as the [`hash`](crate::text::heads::hash) of its
    /// [`name_key`](crate::text::name_key): quick, and sure where it says no.
    #[inline]
    pub fn may_begin(&self, hash: u32) -> bool {
        self.world.is_some() || self.names.may_begin(hash)
    }

    /// The names in Arabic letters that a place bears, its usual name first; then the Latin ones.
    pub fn names_of(&self, ix: PlaceIx) -> Vec<NameRow> {
        if let Some(world) = self.world.as_ref().filter(|_| self.is_behind(ix)) {
            return world.names_of(ix);
        }
        let place = self.at(ix);
        let row = |name: &str, lang: &str, usage| NameRow {
            place_id: place.id.to_string(),
            name: name.to_owned(),
            lang: lang.to_owned(),
            usage,
        };
        let mut rows = vec![row(&place.name_ar, "ar", NameUse::Official), row(&place.name_en, "en", NameUse::Official)];
        rows.extend(self.tables.names_of(ix).map(|name| row(name.text, name.lang, name.usage)));
        rows.retain(|row| !row.name.is_empty());
        rows
    }

    fn fallback(&self) -> &Fallback {
        self.fallback.get_or_init(|| Fallback::build(self))
    }
}

/// The fault of a table of the program itself, which no user can cause.
fn builtin_fault(faults: &mut Vec<Error>, result: Result<()>) {
    faults.extend(result.err());
}

/// A position as it is kept: tables in memory have fewer than four thousand million rows and letters.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
