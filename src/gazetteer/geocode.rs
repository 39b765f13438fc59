//! Names in a table → places: the name of a row, with what other columns say of where it lies.
//!
//! «القائم», with «الأنبار» or «Iraq» beside it. A place outside what the row says of it is never taken: where nobody of the
//! name lies there, the row stays unresolved, with those elsewhere as candidates. Known misses: a context that is itself a
//! quarter or a site is a circle, not its outline.

use std::collections::hash_map::Entry;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Candidate, Gazetteer, PlaceIx, Query, Resolution};
use crate::model::{GeoPrecision, PlaceKind};

/// How many candidates of an unresolved name are told; a judgement.
const TOLD: usize = 5;

/// What a row's name was found to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Geocoded {
    /// The place; none where the name stays unresolved.
    pub place: Option<Candidate>,
    /// The ids of the places it could be, the likeliest first.
    pub candidates: Vec<String>,
    /// Why this place, or why none.
    pub reason: String,
}

impl Geocoded {
    /// How exactly the place is known.
    pub fn precision(&self) -> Option<GeoPrecision> {
        self.place.as_ref().map(|place| place.kind.precision())
    }
}

/// Geocodes the rows of a table; the answer to a name with its context is kept, for tables tell the same places again and
/// again.
#[derive(Debug)]
pub struct Geocoder<'g> {
    gazetteer: &'g Gazetteer,
    country: Option<String>,
    contexts: FxHashMap<String, Context>,
    answers: FxHashMap<String, Rc<Geocoded>>,
}

/// What the cell of a context column says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Context {
    /// A country, ISO 3166-1 alpha-2.
    Country(String),
    /// One of these places.
    Within(Vec<PlaceIx>),
    /// Nothing that is known.
    Unknown,
}

/// Parts the cells of a key; it stands in no table.
const PARTED: char = '\u{1f}';

impl<'g> Geocoder<'g> {
    /// A geocoder; `country` (ISO 3166-1 alpha-2) holds for rows whose context names none.
    pub fn new(gazetteer: &'g Gazetteer, country: Option<String>) -> Self {
        Geocoder { gazetteer, country, contexts: FxHashMap::default(), answers: FxHashMap::default() }
    }

    /// The place of a name, with the cells of the context columns.
    pub fn geocode<'c>(&mut self, name: &str, context: impl Iterator<Item = &'c str>) -> Rc<Geocoded> {
        let mut key = name.trim().to_owned();
        for cell in context {
            key.push(PARTED);
            key.push_str(cell.trim());
        }
        if let Some(known) = self.answers.get(&key) {
            return Rc::clone(known);
        }
        let mut cells = key.split(PARTED);
        let name = cells.next().unwrap_or_default().to_owned();
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
        let answer = Rc::new(self.answer(&name, &cells));
        self.answers.insert(key, Rc::clone(&answer));
        answer
    }

    fn answer(&mut self, name: &str, cells: &[String]) -> Geocoded {
        if name.is_empty() {
            return Geocoded { place: None, candidates: Vec::new(), reason: "no name".to_owned() };
        }
        let (query, unknown) = self.query(cells);
        let mut resolution = self.gazetteer.resolve_name(name, &query);
        if resolution.candidates.is_empty() && query != Query::default() {
            resolution = self.elsewhere(name, cells, resolution);
        }
        let mut reason = resolution.reason;
        for cell in unknown {
            reason.push_str(&format!("; {cell} beside it is no place that is known"));
        }
        let candidates = resolution.candidates.iter().take(TOLD).map(|found| found.place_id.clone()).collect();
        Geocoded { place: resolution.resolved, candidates, reason }
    }

    /// What the context asks of the place, and the cells that say nothing.
    fn query(&mut self, cells: &[String]) -> (Query, Vec<String>) {
        let mut query = Query { country: self.country.clone(), ..Query::default() };
        let mut unknown = Vec::new();
        // The country first: it tells which of two units of one name is meant.
        for cell in cells {
            if let Context::Country(code) = self.context(cell, None) {
                query.country = Some(code);
            }
        }
        for cell in cells {
            match self.context(cell, query.country.clone()) {
                Context::Country(_) => {}
                Context::Within(places) => query.within.push(places),
                Context::Unknown => unknown.push(cell.clone()),
            }
        }
        (query, unknown)
    }

    fn context(&mut self, cell: &str, country: Option<String>) -> Context {
        let key = format!("{cell}{PARTED}{}", country.as_deref().unwrap_or_default());
        match self.contexts.entry(key) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(context(self.gazetteer, cell, country)).clone(),
        }
    }

    /// Nobody of the name lies where the row says: those elsewhere are told, and none is taken.
    fn elsewhere(&self, name: &str, cells: &[String], there: Resolution) -> Resolution {
        let elsewhere = self.gazetteer.resolve_name(name, &Query::default());
        if elsewhere.candidates.is_empty() {
            return there;
        }
        let said = if cells.is_empty() { self.country.clone().unwrap_or_default() } else { cells.join(", ") };
        let reason = format!("none of the name lies in {said}; the candidates lie elsewhere");
        Resolution { name: name.to_owned(), resolved: None, candidates: elsewhere.candidates, reason }
    }
}

/// What a cell beside the name says: a country by code or name, else a unit, else any place.
fn context(gazetteer: &Gazetteer, cell: &str, country: Option<String>) -> Context {
    let code = cell.to_ascii_uppercase();
    let is_code = cell.len() == 2 && gazetteer.place(&cell.to_ascii_lowercase()).is_some_and(|p| p.country == code);
    if is_code {
        return Context::Country(code);
    }
    let units =
        [PlaceKind::Country, PlaceKind::Governorate, PlaceKind::District, PlaceKind::Subdistrict, PlaceKind::Region];
    let query = Query { country, kinds: units.to_vec(), ..Query::default() };
    let found = gazetteer.resolve_name(cell, &query);
    match found.resolved {
        Some(place) if place.kind == PlaceKind::Country => Context::Country(place.country),
        Some(place) => gazetteer.ix(&place.place_id).map_or(Context::Unknown, |ix| Context::Within(vec![ix])),
        None => {
            let among = found.candidates.iter().filter(|place| units.contains(&place.kind));
            let among: Vec<PlaceIx> = among.filter_map(|place| gazetteer.ix(&place.place_id)).collect();
            if among.is_empty() { Context::Unknown } else { Context::Within(among) }
        }
    }
}
