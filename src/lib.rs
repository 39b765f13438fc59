//! mawqi (موقع, "place") turns Arabic news reports of attacks into a map that can be checked.
//!
//! The modules stand in the order in which a sentence travels; each uses only those above it
//! (`tests/tidy.rs` checks this).

pub mod error;
pub mod merge;
pub mod model;
pub mod reports;

pub mod text;

// Reading.
pub mod reports;

// Knowledge.
pub mod gazetteer;

// From many reports to one map.
pub mod merge;
pub mod pipeline;

// Asking and writing.
pub mod index;

pub mod export;

// The command.
pub mod cli;

pub mod gazetteer;

pub use error::{Error, Result};
