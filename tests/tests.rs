//! One binary of integration tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

/// Areas, routes, boxes of degrees, counts.
mod areas;
/// Each command: its errors, its exit codes, what goes where.
mod cli;
/// Sentences by subject: numbers, casualties, status, tallies, weapons, actors.
mod corpus;
/// When and where: tables of short reports.
mod corpus_places;
mod decisions;
/// What the documents say is so.
mod docs;
/// What holds of the reading of any report.
mod engine;
/// Scores against a gold standard, by hand and by command.
mod evaluate;
/// Every decision has its words and its reason.
mod explain;
/// Each format read back by another reader.
mod exports;
/// Incidents made by hand, for the other modules.
mod fixture;
/// What is exported from the store, and imported into it.
mod formats;
/// The tables: canonical form, faults, names resolved.
mod gazetteer;
/// Complete lists of units and camps; hard names.
mod gazetteer_complete;
/// A table gets places.
mod geocode;
/// Texts made to find work that grows faster than they do.
mod hostile_texts;
/// Nearness equals a linear scan.
mod index;
/// The tree of points, geodesics and their chords.
mod index_points;
/// Time and memory grow with the length of the text.
mod linear;
/// Reports of one event become one incident.
mod merge;
/// The sample in `output/` is current.
mod output;
/// The map page: hostile texts stay data, and come back as they were.
mod page;
/// What holds of any text.
mod properties_text;
/// What happened near, within, along, as it is typed.
mod queries;
/// Files, folders, standard input: each format, encoding and fault.
mod reports_in;
/// GeoJSON of any incidents, as RFC 7946 wants it.
mod rfc7946;
/// The GeoPackage: tables, index, crashes, edits.
mod store;
/// What stands in the store's way: clashes, leftovers, full disks, other versions.
mod store_faults;
/// Folding, clitics, tokens, sentences, datelines, languages.
mod text;
/// The house rules: layers, sizes, the map of modules.
mod tidy;
/// The imported world: dumps, index file, names resolved.
mod world;
