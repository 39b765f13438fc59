//! Places and their names. A placeholder: it knows no place.

use std::fmt;

use serde::Serialize;

use crate::model::{NameRow, Place, PlaceKind};

/// The places in use.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
}

/// What is known beside the name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// ISO 3166-1 alpha-2 of the country to look in.
    pub country: Option<String>,
    /// A point (lon, lat) that the place should be near.
    pub near: Option<(f64, f64)>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolution {
    /// The name asked for.
    pub name: String,
    /// The place taken.
    pub resolved: Option<Candidate>,
    /// Every place that bears the name, best first.
    pub candidates: Vec<Candidate>,
    /// Why this one, or why none.
    pub reason: String,
}

/// A place that bears the name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The place's id.
    pub place_id: String,
    /// Its Arabic name.
    pub name_ar: String,
    /// Its English name.
    pub name_en: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Latitude, WGS84 degrees.
    pub lat: f64,
    /// Longitude, WGS84 degrees.
    pub lon: f64,
    /// Radius of the circle that holds it, metres.
    pub radius_m: u32,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// First-level unit in English.
    pub admin1: String,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// What speaks for and against it.
    pub reasons: Vec<String>,
}

/// A fault in the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Gazetteer {
    /// The tables that the binary carries.
    pub fn embedded() -> Self {
        Gazetteer::default()
    }

    /// The places that bear `name`, and the one among them that it stands for.
    pub fn resolve_name(&self, name: &str, _query: &Query) -> Resolution {
        Resolution {
            name: name.to_owned(),
            resolved: None,
            candidates: Vec::new(),
            reason: "no place bears this name".to_owned(),
        }
    }

    /// The place with this id.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// The faults of the tables.
    pub fn check(&self) -> Vec<Fault> {
        Vec::new()
    }

    /// How many places of each kind in each country.
    pub fn stats(&self) -> Vec<(String, PlaceKind, usize)> {
        Vec::new()
    }

    /// The place with this id or name, with all its names.
    pub fn show(&self, id_or_name: &str) -> Option<(Place, Vec<NameRow>)> {
        self.place(id_or_name).map(|place| (place.clone(), Vec::new()))
    }
}
