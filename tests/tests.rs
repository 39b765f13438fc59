//! One binary of integration tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic")]

/// Folding, clitics, tokens, sentences, datelines, languages.
mod text;

/// The gazetteer's tables, name index and resolver.
mod gazetteer;

/// What holds of any text.
mod properties_text;

/// The house rules: layers, sizes, the map of modules.
mod tidy;
