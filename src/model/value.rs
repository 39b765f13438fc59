//! The closed vocabularies of an incident's fields; their spellings are those of the exports.

use std::fmt;
use std::str::FromStr;

/// A word that is not in the vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {vocabulary} {value:?}; known: {known}")]
pub struct UnknownValue {
    /// The vocabulary's name.
    pub vocabulary: &'static str,
    /// What was found.
    pub value: String,
    /// The words that fit, comma-separated.
    pub known: String,
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in canonical order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The value's spelling in every export.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = $crate::model::UnknownValue;
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                $name::ALL.iter().copied().find(|v| v.as_str() == value).ok_or_else(|| $crate::model::UnknownValue {
                    vocabulary: stringify!($name),
                    value: value.to_owned(),
                    known: $name::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}
pub(super) use vocabulary;

vocabulary! {
    /// What kind of attack or armed event it was.
    EventType {
        /// Crewed aircraft, or an air strike with no drone named.
        Airstrike = "airstrike",
        /// An armed or one-way attack drone.
        DroneStrike = "drone_strike",
        /// Rockets or missiles from the ground.
        MissileAttack = "missile_attack",
        /// Artillery, mortar or tank fire.
        Shelling = "shelling",
        /// An explosive device: IED, car bomb, mine.
        Bombing = "bombing",
        /// A bomber who dies with the bomb.
        SuicideBombing = "suicide_bombing",
        /// On or by a ship, whatever the weapon.
        NavalAttack = "naval_attack",
        /// Two sides shooting.
        ArmedClash = "armed_clash",
        /// One side shooting: gunfire, ambush.
        ArmedAttack = "armed_attack",
        /// A named person or a rank deliberately killed.
        Assassination = "assassination",
        /// A ground operation or a landing.
        Raid = "raid",
        /// People or a ship taken.
        Abduction = "abduction",
        /// A blast whose cause is not told.
        Explosion = "explosion",
        /// Any other armed event.
        Other = "other",
    }
}

vocabulary! {
    /// How exactly the date is known.
    DatePrecision {
        /// To the day (or one night).
        Day = "day",
        /// To the week.
        Week = "week",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What kind of place the coordinates stand for, finest first.
    GeoPrecision {
        /// A base, airport, field, embassy, bridge or building.
        Site = "site",
        /// A city, town, village or quarter.
        Settlement = "settlement",
        /// A point reckoned from another place by distance and direction.
        Offset = "offset",
        /// A second-level unit.
        District = "district",
        /// A first-level unit.
        Governorate = "governorate",
        /// A named region such as northeast Syria.
        Region = "region",
        /// A whole country.
        Country = "country",
        /// A sea, gulf or strait.
        Sea = "sea",
    }
}

vocabulary! {
    /// What came of the attack.
    Outcome {
        /// Something landed on, exploded in or harmed the place.
        Hit = "hit",
        /// All of it was stopped.
        Intercepted = "intercepted",
        /// It fell short, did not go off or was foiled.
        Failed = "failed",
        /// Not told.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// The part of the day, local time.
    TimeOfDay {
        /// About 03:00 to 06:00.
        Dawn = "dawn",
        /// About 06:00 to 11:00.
        Morning = "morning",
        /// About 11:00 to 14:00.
        Noon = "noon",
        /// About 14:00 to 17:00.
        Afternoon = "afternoon",
        /// About 17:00 to 21:00.
        Evening = "evening",
        /// About 19:00 to 06:00.
        Night = "night",
    }
}

impl GeoPrecision {
    /// Whether the point stands for a whole area, and is to be drawn as one and not as a pin.
    pub const fn is_area(self) -> bool {
        matches!(self, GeoPrecision::Governorate | GeoPrecision::Region | GeoPrecision::Country | GeoPrecision::Sea)
    }
}
