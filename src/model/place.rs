//! A place of the gazetteer.

use super::GeoPrecision;
use super::value::vocabulary;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

vocabulary! {
    /// What a gazetteer place is.
    PlaceKind {
        /// A sovereign state or a territory counted like one.
        Country = "country",
        /// A named region larger than or across governorates.
        Region = "region",
        /// A first-level unit: محافظة.
        Governorate = "governorate",
        /// A second-level unit: قضاء, مديرية, منطقة إدارية.
        District = "district",
        /// A third-level unit: ناحية.
        Subdistrict = "subdistrict",
        /// A large settlement.
        City = "city",
        /// A middling settlement: بلدة.
        Town = "town",
        /// A small settlement: قرية.
        Village = "village",
        /// A part of a settlement: حي.
        Quarter = "quarter",
        /// A camp of refugees or displaced people: مخيم.
        RefugeeCamp = "refugee_camp",
        /// A military airfield.
        AirBase = "air_base",
        /// A base, barracks, outpost or military camp.
        MilitaryBase = "military_base",
        /// A civil airport.
        Airport = "airport",
        /// An oil field.
        OilField = "oil_field",
        /// A gas field or gas plant.
        GasField = "gas_field",
        /// A refinery, depot, factory or other plant.
        Plant = "plant",
        /// A power station.
        PowerStation = "power_station",
        /// A dam.
        Dam = "dam",
        /// A port or terminal.
        Port = "port",
        /// A border crossing.
        Crossing = "crossing",
        /// An embassy or consulate.
        Embassy = "embassy",
        /// A prison.
        Prison = "prison",
        /// A bridge.
        Bridge = "bridge",
        /// A road, street, square or junction.
        Road = "road",
        /// A named building or compound: hospital, mosque, palace, hotel.
        Building = "building",
        /// A mountain, range or hill.
        Mountain = "mountain",
        /// A valley, river or lake.
        Valley = "valley",
        /// A desert, plain or steppe.
        Desert = "desert",
        /// An island.
        Island = "island",
        /// A sea or ocean.
        Sea = "sea",
        /// A gulf.
        Gulf = "gulf",
        /// A strait.
        Strait = "strait",
    }
}

impl PlaceKind {
    /// The precision that a point of this kind carries.
    pub const fn precision(self) -> GeoPrecision {
        use PlaceKind as K;
        match self {
            K::Country => GeoPrecision::Country,
            K::Region | K::Desert | K::Mountain | K::Valley => GeoPrecision::Region,
            K::Governorate => GeoPrecision::Governorate,
            K::District => GeoPrecision::District,
            K::Subdistrict | K::City | K::Town | K::Village | K::Quarter | K::RefugeeCamp | K::Island => {
                GeoPrecision::Settlement
            }
            K::Sea | K::Gulf | K::Strait => GeoPrecision::Sea,
            _ => GeoPrecision::Site,
        }
    }
}

vocabulary! {
    /// What a name of a place is used for.
    NameUse {
        /// The usual name.
        Official = "official",
        /// Another name or spelling in use.
        Alias = "alias",
        /// A former name.
        Historic = "historic",
        /// A spelling in Latin letters.
        Romanised = "romanised",
    }
}

/// A cell of a table: borrowed from the tables that are compiled in, owned where it comes from a file.
pub type Text = Cow<'static, str>;

/// One row of `gazetteer/places.csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Stable id, never reused: `iq-ain-al-asad`.
    pub id: Text,
    /// The usual Arabic name, without kind word.
    pub name_ar: Text,
    /// The usual English name.
    pub name_en: Text,
    /// What it is.
    pub kind: PlaceKind,
    /// Latitude, WGS84 degrees.
    pub lat: f64,
    /// Longitude, WGS84 degrees.
    pub lon: f64,
    /// Radius of the circle about the point that holds the place, or within which the point is known; metres.
    pub radius_m: u32,
    /// ISO 3166-1 alpha-2; empty at sea.
    pub country: Text,
    /// First-level unit in English, empty where there is none.
    pub admin1: Text,
    /// Second-level unit in English, empty where there is none.
    pub admin2: Text,
    /// Id of the place that holds this one, empty at the top.
    pub parent: Text,
    /// 1 (known to every reader) to 5 (a hamlet); the order among bearers of one name.
    pub rank: u8,
    /// Key of the source in `gazetteer/SOURCES.md`.
    pub source: Text,
}

/// One row of `gazetteer/names.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRow {
    /// The place's id.
    pub place_id: String,
    /// The name.
    pub name: String,
    /// ISO 639-1 language, `ar`, `en`, `ku`.
    pub lang: String,
    /// What the name is used for.
    #[serde(rename = "use")]
    pub usage: NameUse,
}
