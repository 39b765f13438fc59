//! From a report's text to a [`Document`]: folded letters, tokens, sentences, dateline, language.
//!
//! Nothing here errs: any Unicode string gives a document. All spans are byte ranges into the original text.
//!
//! ```text
//! قُصِفت «القائم» ──fold──> قصفت "القائم" ──tokens──> قصفت | " | القائم | "   (al-Qaim was shelled)
//! ```

mod letters;
mod tables;

pub mod fold;

pub mod clitic;

pub mod heads;

pub mod token;

mod boilerplate;
mod dateline;
mod language;
mod sentence;

pub mod document;

pub use clitic::{Reading, Readings, readings};
pub use document::{Document, Sentence, SentenceKind};
pub use fold::{Folded, fold, lexicon_key, loose_key, name_form, name_key};
pub use language::Language;
pub use token::{Token, TokenKind, Tokens, tokenise};
