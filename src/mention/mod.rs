//! Mentions: what single words and phrases of a document are, before anybody asks what happened.
//!
//! `known` words, `words` in a row and their lexicon hits → `time`, `number`, `place` (with `place_name`, `place_cue`, `place_role`, settled by `settle`; names not taken
//! as `passed`), `casualty`.

pub mod calendar;
pub mod casualty;
mod hijri;
pub mod known;
pub mod number;
pub mod passed;
pub mod place;
mod place_cue;
mod place_name;
pub mod place_role;
mod pointer;
pub mod settle;
pub mod time;
mod unharmed;
pub mod words;
