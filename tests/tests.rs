//! One binary of integration tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic")]

/// Folding, clitics, tokens, sentences, datelines, languages.
mod text;

/// What holds of any text.
mod properties_text;

/// The house rules: layers, sizes, the map of modules.
mod tidy;
mod reports_in;
