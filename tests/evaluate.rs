//! Scores against a gold standard: what answers what, which figures come of it, what a gold file may hold, the command.

mod answers;
mod build;
mod command;
mod figures;
mod gold_file;
