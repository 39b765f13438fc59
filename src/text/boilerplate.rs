//! Lines and sentences that are not the report: link lists, captions, footnotes, page furniture.
//!
//! - `اقرأ أيضا: غارات على دمشق` (read also: …) → the line;
//! - `مصادر` (sources) alone on a line → the line and the link-like lines below, up to the next prose paragraph;
//! - `"عنوان". مؤرشف من الأصل في 25 يناير.` (archived from the original) → the sentence.
//!
//! Known misses: lists of unrelated headlines without a heading; a paragraph after a link list that opens with a quote.

use super::sentence::Line;
use super::tables::{Phrase, Place, TABLES};
use super::token::TokenKind;

/// A paragraph of fewer words does not end a list of links, even where it ends in a stop.
const PROSE_WORDS: usize = 6;
/// A longer one ends it even without a stop.
const LONG_PROSE_WORDS: usize = 25;

/// Follows the lines of a document and tells which are boilerplate.
#[derive(Debug, Default)]
pub(super) struct Boilerplate {
    in_list: bool,
}

impl Boilerplate {
    /// Whether the next line is boilerplate as a whole.
    pub(super) fn takes(&mut self, line: &Line) -> bool {
        if opens_list(line) {
            self.in_list = true;
            return true;
        }
        if line.words() == 0 || phrase_at(line, 0, Place::Start).is_some() {
            return true;
        }
        self.in_list = self.in_list && !is_prose(line);
        self.in_list
    }
}

/// Whether a sentence holds a phrase that makes it boilerplate.
pub(super) fn is_marked(sentence: &Line) -> bool {
    let heads = &TABLES.heads;
    let mut tokens = sentence.tokens.iter().enumerate();
    tokens.any(|(at, token)| heads.may_have(token.hash) && phrase_at(sentence, at, Place::Anywhere).is_some())
}

/// The end of a phrase of the table that stands at `at`.
fn phrase_at(line: &Line, at: usize, place: Place) -> Option<usize> {
    line.hash(at).filter(|&hash| TABLES.heads.may_have(hash))?;
    let phrases = TABLES.boilerplate.get(line.form(at))?;
    let fits = |phrase: &&Phrase| {
        phrase.place == place && phrase.forms.iter().enumerate().all(|(n, form)| line.form(at + n) == form)
    };
    let longest = phrases.iter().filter(fits).map(|phrase| phrase.forms.len()).max()?;
    Some(at + longest)
}

/// The line is a heading such as `المراجع`, with at most a colon, a number or `[عدل]` after it.
fn opens_list(line: &Line) -> bool {
    let Some(end) = phrase_at(line, 0, Place::List) else { return false };
    let left = line.tokens.get(end..).unwrap_or(&[]);
    let bare = left.iter().filter(|token| token.kind == TokenKind::Word).count();
    let bracketed = left.first().is_some_and(|token| token.kind == TokenKind::Open);
    bare == 0 || (bracketed && left.len() <= 3)
}

fn is_prose(line: &Line) -> bool {
    let words = line.words();
    let long = words >= LONG_PROSE_WORDS || (words >= PROSE_WORDS && line.ends_in_stop());
    long && !is_footnote(line)
}

fn is_footnote(line: &Line) -> bool {
    match line.kind(0) {
        Some(TokenKind::Quote | TokenKind::Other) => true,
        Some(TokenKind::Number) => line.kind(1) == Some(TokenKind::Stop) || line.kind(1) == Some(TokenKind::Other),
        _ => is_marked(line),
    }
}
