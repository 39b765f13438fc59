//! Merging: its rules one by one, the seed reports, and what holds of any incidents.

mod build;
mod gold;
mod properties;
mod rules;
mod seeds;
