//! The word tables of `lexicon/`, compiled in and read once: triggers, weapons, actors, cues, casualties, numbers,
//! times, directions, kinds.
//!
//! Code elsewhere asks for classes and senses; which words carry them is for the tables to say.

pub mod class;
mod cue;
mod inflect;
mod load;
pub mod phrase;
mod signs;
mod spelling;

use std::sync::LazyLock;

use class::{ActorKind, Sign};
use phrase::Phrases;

use crate::model::PlaceKind;

/// A canonical actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorRow {
    /// The canonical English name.
    pub name: String,
    /// State, group or unknown.
    pub kind: ActorKind,
    /// Home country, ISO 3166-1 alpha-2, where it tells anything.
    pub country: String,
}

/// A kind word such as قاعدة.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRow {
    /// The kinds of place it can introduce.
    pub kinds: Vec<PlaceKind>,
    /// Whether two or more names follow: قاعدتي, قرى.
    pub several: bool,
    /// Whether it is often called after another place: شارع بغداد.
    pub street: bool,
    /// The singular of its kinds, folded: قاعدة for قاعدتي.
    pub singular: Option<String>,
}

/// To which actor told before a word points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// The speaker of the sentence, else who was named last in it: مقاتليه.
    Speaker,
    /// The last group or state named: الجماعة, الجيش.
    Kind(ActorKind),
    /// The last named of these: الحزب.
    Of(Vec<u16>),
}

/// A word that points back to an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointerRow {
    /// To whom it can point.
    pub stands: Stands,
    /// Whom it means where none was named: a country of the report's other actors, and the actor.
    pub default: Vec<(String, u16)>,
}

/// All tables.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Every phrase of every table.
    pub phrases: Phrases,
    /// Canonical weapon names by id.
    pub weapons: Vec<String>,
    /// Actors by id.
    pub actors: Vec<ActorRow>,
    /// Words that point back to an actor, by id.
    pub pointers: Vec<PointerRow>,
    /// Canonical targets by id.
    pub targets: Vec<String>,
    /// Kinds of place that are a target by themselves, and which.
    pub target_kinds: Vec<(PlaceKind, u16)>,
    /// Signs that an attack is told as done, and their weights.
    pub assertion: Vec<(Sign, f64)>,
    /// Kind words by id.
    pub kinds: Vec<KindRow>,
    /// Countries of nationality adjectives by id, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
}

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(load::embedded);

impl Lexicon {
    /// The tables that are compiled in.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED
    }

    /// Faults of the compiled-in tables: file, line and what is wrong. Empty when all is well; a test says so.
    pub fn faults() -> Vec<String> {
        load::read().1
    }

    /// The id of an actor by canonical name.
    pub fn actor(&self, name: &str) -> Option<u16> {
        self.actors.iter().position(|a| a.name == name).and_then(|i| u16::try_from(i).ok())
    }
}
