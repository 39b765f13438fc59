//! Faults of the tables.

use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decide::place_distance_m;
use super::names::words;
use super::table::{Origin, Tables};
use super::{Gazetteer, PlaceIx};
use crate::model::{Place, PlaceKind};
use crate::text::name_key;

const COUNTRIES: &str = include_str!("../../gazetteer/countries.csv");
const SOURCES: &str = include_str!("../../gazetteer/SOURCES.md");

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

    /// Names whose best bearers are of one standing and unrelated, and short names that may be words.
    fn check_shadows(&self, found: &mut Faults) {
        for name in self.names.all() {
            let [first, second, ..] = name.places else { continue };
            let (a, b) = (self.at(*first), self.at(*second));
            if a.rank == b.rank && !self.related(*first, *second) {
                found.place(Level::Notice, *second, format!("{} is also {}, of the same rank", name.key, a.id));
            }
        }
        for (at, place) in self.places().iter().enumerate() {
            let key = name_key(&place.name_ar);
            let suspect = !super::kind_words(&key).is_empty() || (place.rank > 2 && is_short(&key));
            if suspect && !self.homograph(&key) {
                found.place(Level::Notice, PlaceIx::new(at), format!("{key} may be a word: not in homographs.csv"));
            }
        }
    }
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
