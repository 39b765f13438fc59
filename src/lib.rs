//! mawqi (موقع, "place") turns Arabic news reports of attacks into a map that can be checked.
//!
//! The modules stand in the order in which a sentence travels; each uses only those above it
//! (`tests/tidy.rs` checks this).

// Shared nouns.
pub mod error;
pub mod model;
mod staging;

// Reading.
pub mod text;

pub mod reports;

// Knowledge.
pub mod gazetteer;

pub mod lexicon;

// From a text to incidents.
pub mod mention;

pub mod event;

pub mod resolve;

// From many reports to one map.
pub mod merge;

pub mod pipeline;

// Asking and writing.
pub mod evaluate;

pub mod index;

pub mod store;

pub mod export;

pub mod explain;

// The command.
pub mod cli;

pub use error::{Error, Result};
