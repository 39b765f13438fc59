//! Faults of the tables.

use std::path::PathBuf;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decide::place_distance_m;
use super::names::{is_arabic, words};
use super::table::{Origin, Tables};
use super::{Gazetteer, PlaceIx};
use crate::model::{NameUse, Place, PlaceKind};
use crate::text::name_key;

const COUNTRIES: &str = include_str!("../../gazetteer/countries.csv");
const SOURCES: &str = include_str!("../../gazetteer/SOURCES.md");

/// The words of the language that the program reads: a place of such a name is shadowed by the word.
const WORDS: [(&str, &str); 10] = [
    ("cues.csv", include_str!("../../lexicon/cues.csv")),
    ("directions.csv", include_str!("../../lexicon/directions.csv")),
    ("kinds.csv", include_str!("../../lexicon/kinds.csv")),
    ("months.csv", include_str!("../../lexicon/months.csv")),
    ("ordinals.csv", include_str!("../../lexicon/ordinals.csv")),
    ("particles.csv", include_str!("../../lexicon/particles.csv")),
    ("times.csv", include_str!("../../lexicon/times.csv")),
    ("triggers.csv", include_str!("../../lexicon/triggers.csv")),
    ("victims.csv", include_str!("../../lexicon/victims.csv")),
    ("weapons.csv", include_str!("../../lexicon/weapons.csv")),
];

/// Two places of one name and kind this near are probably one, metres.
const TWINS_M: f64 = 1_000.0;

/// How far from its parent's point a place may lie, in radii of the parent: units are not round.
const REACH: f64 = 2.0;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The row is wrong.
    Fault,
    /// The row may be right and still surprise.
    Notice,
}

/// One thing that is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// How bad it is.
    pub level: Level,
    /// The table.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: u32,
    /// The place or name it is about.
    pub subject: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file.display(), self.line, self.subject, self.message)
    }
}

impl Gazetteer {
    /// What is wrong with the tables in use, faults before notices, in the order of files and lines.
    pub fn check(&self) -> Vec<Fault> {
        let mut found = Faults { tables: &self.tables, list: Vec::new() };
        let boxes = country_boxes();
        self.check_ids(&mut found);
        for (at, place) in self.places().iter().enumerate() {
            let ix = PlaceIx::new(at);
            check_values(place, ix, &mut found);
            check_country(place, ix, &boxes, &mut found);
            self.check_parent(place, ix, &mut found);
            self.check_unit(place, ix, &mut found);
        }
        self.check_names(&mut found);
        self.check_shadows(&mut found);
        for error in &self.tables.faults {
            found.push(Level::Fault, Origin::default(), "table", error.to_string());
        }
        found.list.sort_by(|a, b| (a.level, &a.file, a.line).cmp(&(b.level, &b.file, b.line)));
        found.list
    }

    fn check_ids(&self, found: &mut Faults) {
        let mut seen = FxHashSet::default();
        for (at, place) in self.places().iter().enumerate() {
            if !seen.insert(place.id.as_ref()) {
                found.place(Level::Fault, PlaceIx::new(at), "id taken by an earlier row, which counts".to_owned());
            }
            let well_made = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if at < self.tables.curated && !place.id.chars().all(well_made) {
                found.place(Level::Fault, PlaceIx::new(at), "id: expected a-z, 0-9 and -".to_owned());
            }
            if at < self.tables.curated && place.name_en.is_empty() {
                found.place(Level::Fault, PlaceIx::new(at), "name_en: expected a name".to_owned());
            }
        }
    }

    fn check_parent(&self, place: &Place, ix: PlaceIx, found: &mut Faults) {
        if place.parent.is_empty() {
            return;
        }
        let Some(parent) = self.parent(ix) else {
            return found.place(Level::Fault, ix, format!("parent {:?} is not in the gazetteer", place.parent));
        };
        if self.ancestors_ix(Some(ix)).any(|above| above == ix) {
            return found.place(Level::Fault, ix, "is its own ancestor".to_owned());
        }
        let holder = self.at(parent);
        let distance_m = place_distance_m(place, holder);
        let reach_m = f64::from(holder.radius_m) * REACH + f64::from(place.radius_m);
        if distance_m > reach_m && !is_area(holder.kind) {
            let (far, reach) = (distance_m / 1000.0, reach_m / 1000.0);
            found.place(
                Level::Fault,
                ix,
                format!("{far:.0} km from its parent {}, whose reach is {reach:.0} km", holder.id),
            );
        }
        if !place.country.is_empty() && !holder.country.is_empty() && place.country != holder.country {
            found.place(
                Level::Fault,
                ix,
                format!("in {}, its parent {} in {}", place.country, holder.id, holder.country),
            );
        }
    }

    /// Whether the first-level unit that a row names is that of the unit it lies in.
    fn check_unit(&self, place: &Place, ix: PlaceIx, found: &mut Faults) {
        let curated = ix.at() < self.tables.curated;
        if curated && place.kind == PlaceKind::Governorate && place.admin1.is_empty() {
            found.place(Level::Fault, ix, "admin1: a first-level unit names itself".to_owned());
        }
        let above = self.ancestors_ix(Some(ix)).find(|&above| self.at(above).kind == PlaceKind::Governorate);
        let Some(unit) = above.map(|above| self.at(above)) else { return };
        if !place.admin1.is_empty() && !unit.admin1.is_empty() && place.admin1 != unit.admin1 {
            let level = if curated { Level::Fault } else { Level::Notice };
            found.place(level, ix, format!("admin1 {:?}, but {} above it is {:?}", place.admin1, unit.id, unit.admin1));
        }
    }

    fn check_names(&self, found: &mut Faults) {
        let mut seen: FxHashSet<(PlaceIx, String)> = FxHashSet::default();
        for name in self.tables.names() {
            let subject = format!("{} {}", self.at(name.place).id, name.text);
            if !is_canonical(name.text) {
                found.push(
                    Level::Fault,
                    name.origin,
                    &subject,
                    "blanks, bidi marks or vowel signs in the name".to_owned(),
                );
            }
            let key = name_key(name.text);
            if words(&key).next().is_none() {
                found.push(Level::Fault, name.origin, &subject, "folds to nothing".to_owned());
            } else if !seen.insert((name.place, key)) {
                found.push(Level::Fault, name.origin, &subject, "the same name again, once folded".to_owned());
            }
        }
    }

    /// Names that lead to two places alike, or that are also words.
    fn check_shadows(&self, found: &mut Faults) {
        for name in self.names.all() {
            let [first, second, ..] = name.places else { continue };
            let (a, b) = (self.at(*first), self.at(*second));
            if a.rank == b.rank && !self.related(*first, *second) {
                found.place(Level::Notice, *second, format!("{} is also {}, of the same rank", name.key, a.id));
            }
            self.check_twins(name.key, name.places, found);
        }
        for (at, place) in self.places().iter().enumerate() {
            let key = name_key(&place.name_ar);
            if place.rank > 2 && is_short(&key) && word_of(&key).is_none() && !self.homograph(&key) {
                found.place(Level::Notice, PlaceIx::new(at), format!("{key} may be a word: not in homographs.csv"));
            }
            self.check_word(&key, PlaceIx::new(at), None, found);
        }
        for name in self.tables.names().filter(|name| name.usage != NameUse::Romanised) {
            self.check_word(&name_key(name.text), name.place, Some(name.origin), found);
        }
    }

    /// A name that the program reads as a word of the language.
    fn check_word(&self, key: &str, ix: PlaceIx, origin: Option<Origin>, found: &mut Faults) {
        let Some(file) = word_of(key) else { return };
        if self.homograph(key) {
            return;
        }
        let message = format!("{key} is a word of lexicon/{file}: not in homographs.csv");
        match origin {
            Some(origin) => found.push(Level::Notice, origin, &self.at(ix).id, message),
            None => found.place(Level::Notice, ix, message),
        }
    }

    /// Places of one name, kind and point: one of them is too many.
    fn check_twins(&self, key: &str, bearers: &[PlaceIx], found: &mut Faults) {
        for (at, &twin) in bearers.iter().enumerate() {
            let other = bearers.iter().take(at).find(|&&other| {
                let (a, b) = (self.at(twin), self.at(other));
                a.kind == b.kind && a.country == b.country && place_distance_m(a, b) < TWINS_M
            });
            if let Some(&other) = other {
                let id = &self.at(other).id;
                found.place(Level::Notice, twin, format!("{key} is also {id}, of the same kind and point"));
            }
        }
    }
}

/// The word list that holds a key; a verb's `+` stands for its endings.
fn word_of(key: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
        let mut known = FxHashMap::default();
        for (file, text) in WORDS {
            let rows = csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
            for form in
                rows.flat_map(|row| row.iter().flat_map(|cell| cell.split('|')).map(name_key).collect::<Vec<_>>())
            {
                let form = form.trim_end_matches('+');
                if form.chars().any(is_arabic) {
                    known.entry(form.to_owned()).or_insert(file);
                }
            }
        }
        known
    });
    KNOWN.get(key).copied()
}

/// The faults so far.
struct Faults<'a> {
    tables: &'a Tables,
    list: Vec<Fault>,
}

impl Faults<'_> {
    fn push(&mut self, level: Level, origin: Origin, subject: &str, message: String) {
        let file = self.tables.files.get(usize::from(origin.file)).cloned().unwrap_or_default();
        self.list.push(Fault { level, file, line: origin.line, subject: subject.to_owned(), message });
    }

    fn place(&mut self, level: Level, ix: PlaceIx, message: String) {
        let origin = self.tables.origins.get(ix.at()).copied().unwrap_or_default();
        let subject = self.tables.places.get(ix.at()).map(|place| place.id.clone()).unwrap_or_default();
        self.push(level, origin, &subject, message);
    }
}

fn check_values(place: &Place, ix: PlaceIx, found: &mut Faults) {
    let mut fault = |message: String| found.place(Level::Fault, ix, message);
    if !(1..=5).contains(&place.rank) {
        fault(format!("rank: found {}, expected 1 to 5", place.rank));
    }
    if place.radius_m == 0 {
        fault("radius_m: found 0, expected metres".to_owned());
    }
    if place.lat == 0.0 && place.lon == 0.0 {
        fault("lat, lon: found 0, 0".to_owned());
    }
    for text in [&place.name_ar, &place.name_en, &place.admin1, &place.admin2] {
        if !is_canonical(text) {
            fault(format!("{text:?}: blanks, bidi marks or vowel signs"));
        }
    }
    if words(&name_key(&place.name_ar)).next().is_none() {
        fault("name_ar folds to nothing".to_owned());
    }
    let known = |key: &str| key == "user" || SOURCES.contains(&format!("`{key}`"));
    if !known(&place.source) {
        fault(format!("source: found {:?}, expected a key of gazetteer/SOURCES.md", place.source));
    }
}

/// West, south, east, north; degrees.
type CountryBox = [f64; 4];

fn country_boxes() -> FxHashMap<String, CountryBox> {
    let rows = csv::Reader::from_reader(COUNTRIES.as_bytes()).into_records().filter_map(Result::ok);
    let read = |row: csv::StringRecord| {
        let edge = |at| row.get(at)?.parse::<f64>().ok();
        Some((row.get(0)?.to_owned(), [edge(2)?, edge(3)?, edge(4)?, edge(5)?]))
    };
    rows.filter_map(read).collect()
}

fn check_country(place: &Place, ix: PlaceIx, boxes: &FxHashMap<String, CountryBox>, found: &mut Faults) {
    if place.country.is_empty() {
        return;
    }
    let Some([west, south, east, north]) = boxes.get(place.country.as_ref()) else {
        let message = format!("country: found {:?}, expected a code of gazetteer/countries.csv", place.country);
        return found.place(Level::Fault, ix, message);
    };
    if !(*west..=*east).contains(&place.lon) || !(*south..=*north).contains(&place.lat) {
        found.place(Level::Fault, ix, format!("{}, {} lies outside {}", place.lat, place.lon, place.country));
    }
}

/// No blanks but single ones inside, nothing invisible, no vowel signs.
fn is_canonical(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{a0}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.trim() == text && !text.contains("  ") && !text.chars().any(unseen)
}

/// Whether a name of one word is so short that it may be a word: at most three letters.
fn is_short(key: &str) -> bool {
    key.chars().count() <= 3
}

/// Whether a place is too wide for a circle to tell what lies in it.
const fn is_area(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Sea | PlaceKind::Gulf)
}
