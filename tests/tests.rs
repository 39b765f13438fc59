//! One binary of integration tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic")]

/// Folding, clitics, tokens, sentences.
mod text;

/// The gazetteer's tables, name index and resolver.
mod gazetteer;
