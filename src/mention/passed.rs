//! Names of the gazetteer that stand in the text and are no place mentions, with the reason; for those who explain.

use super::place::Evidence;
use crate::gazetteer::PlaceIx;

/// A name that was found and passed over; `start..end` are word indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// The name without clitics, folded.
    pub name: String,
    /// The places that bear it.
    pub candidates: Vec<PlaceIx>,
    /// Why it was passed over.
    pub why: Why,
}

/// Why a name is no mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is the direction of a distance: «40 كم جنوب غرب كركوك».
    Measured,
    /// It points back to a place told before: «القصر» after «قصر معاشيق».
    PointsBack,
    /// Its words belong to something else.
    Hidden(Hidden),
    /// What speaks for it does not suffice for its tier.
    Weak(Evidence),
}

/// What hides a name, and the words of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// What they are.
    pub by: Hider,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

/// What a name's words are instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hider {
    /// Part of an organisation, a medium or a person, or an ordinary phrase.
    Phrase,
    /// Part of an actor's name.
    Actor,
    /// A word of the language that the lexicon knows.
    Word,
    /// A month.
    Month,
}
