//! Scores against a gold standard: what answers what, which figures come of it, what a gold file may hold.

mod answers;
mod build;
mod figures;
mod gold_file;
