//! mawqi (موقع, "place") turns Arabic news reports of attacks into a map that can be checked.
//!
//! The modules stand in the order in which a sentence travels; each uses only those above it
//! (`tests/tidy.rs` checks this).

pub mod error;
pub mod model;

pub mod text;

pub mod gazetteer;

pub use error::{Error, Result};
