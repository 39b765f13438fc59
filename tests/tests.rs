//! One binary of integration tests.

/// Merging: its rules one by one, the seed reports, and what holds of any incidents.
mod merge;
