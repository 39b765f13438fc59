//! One line of tokens to sentences.
//!
//! ```text
//! sentence := token* Stop (closing Quote | Close)*
//! ```
//! - `وصل د. محمد. ثم غادر.` → two sentences: د. (Dr) is in the table of abbreviations;
//! - `"إيه. سي-130"` (AC-130) and `3.5` → no break: spelled letters, short quotes, numbers;
//! - `قرب الحدود. مع سوريا.` (near the border. with Syria.) → one: a bare preposition opens no sentence.
//!
//! A sentence without end is cut, so that what later stages do with a whole sentence for each word of it stays small.
//!
//! Known misses: a sentence that ends in one letter runs on; `في بغداد.` (in Baghdad.) as a sentence of its own is glued
//! to the one before; a stop without a space after it ends a sentence only between words of three letters or more.

use std::ops::Range;

use super::fold::Folded;
use super::letters::is_arabic;
use super::tables::{Abbreviation, TABLES};
use super::token::{Token, TokenKind};

/// A quote of fewer words holds no end of a sentence.
const SHORT_QUOTE_WORDS: usize = 4;
/// A piece of at most this many words that opens with a bare preposition is no sentence.
const FRAGMENT_WORDS: usize = 4;
/// Two dots or more after fewer words stand for a dash: عاجل.. قصف
const LEAD_WORDS: usize = 4;
/// How far one looks for the end of a short quote or of a fragment, or for what closes upon a stop, in tokens.
const REACH: usize = 12;
/// A longer sentence is cut, at the last pause of its second half where it has one; tokens. The longest of the example
/// reports has 53.
const LONGEST: usize = 256;
/// A sentence of more bytes of the original is cut.
const LONGEST_BYTES: usize = 16 * 1024;

/// A line, its tokens and their forms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) folded: &'a Folded,
    pub(super) tokens: &'a [Token],
}

impl<'a> Line<'a> {
    /// The folded form of a token of the line; empty past its end.
    pub(super) fn form(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.folded.form(token.folded()))
    }

    /// The number of the folded form of a token of the line.
    pub(super) fn hash(&self, at: usize) -> Option<u32> {
        self.tokens.get(at).map(|token| token.hash)
    }

    /// The kind of a token of the line.
    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// How many words and numbers the line holds.
    pub(super) fn words(&self) -> usize {
        count_words(Some(self.tokens))
    }

    /// Whether the line ends in a stop, within or without closing quotes and brackets.
    pub(super) fn ends_in_stop(&self) -> bool {
        let mut back = self.tokens.iter().rev().map(|token| token.kind);
        back.find(|kind| !matches!(kind, TokenKind::Quote | TokenKind::Close)) == Some(TokenKind::Stop)
    }

    /// The sentences of the line, as ranges of its tokens; together they hold every token.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let (mut start, mut words, mut guarded, mut pause) = (0, 0, 0, 0);
        let short = !self.is_endless(0, self.tokens.len().saturating_sub(1));
        for (at, token) in self.tokens.iter().enumerate() {
            if !short && self.is_endless(start, at) {
                let end = if pause > start + LONGEST / 2 { pause } else { at };
                sentences.push(start..end);
                (start, words) = (end, count_words(self.tokens.get(end..at)));
            }
            match token.kind {
                TokenKind::Word | TokenKind::Number => words += 1,
                TokenKind::Quote if at >= guarded => guarded = self.short_quote(at).unwrap_or(guarded),
                TokenKind::Stop if at >= guarded && at >= start => {
                    let next = self.past_closing(at);
                    if next < self.tokens.len() && self.breaks(start, at, next, words) {
                        sentences.push(start..next);
                        (start, words) = (next, 0);
                    }
                }
                TokenKind::Comma | TokenKind::Semicolon => pause = at + 1,
                _ => {}
            }
        }
        if start < self.tokens.len() {
            sentences.push(start..self.tokens.len());
        }
        sentences
    }

    /// Whether the sentence from `start` is to be cut before the token at `at`.
    fn is_endless(&self, start: usize, at: usize) -> bool {
        let bytes = match (self.tokens.get(start), self.tokens.get(at)) {
            (Some(first), Some(last)) if start < at => last.span.end - first.span.start,
            _ => 0,
        };
        at >= start + LONGEST || bytes > LONGEST_BYTES
    }

    /// The first token after the stop at `at` and the quotes and brackets that close upon it.
    fn past_closing(&self, at: usize) -> usize {
        let closing = |token: &&Token| token.glued && matches!(token.kind, TokenKind::Quote | TokenKind::Close);
        at + 1 + self.tokens.iter().skip(at + 1).take(REACH).take_while(closing).count()
    }

    /// The closing quote, where an opening one stands at `at` and few words between.
    fn short_quote(&self, at: usize) -> Option<usize> {
        let follows_opener = at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(TokenKind::Clitic | TokenKind::Open | TokenKind::Colon | TokenKind::Slash))
        });
        if !self.glued(at + 1) || (self.glued(at) && !follows_opener) {
            return None;
        }
        let mut words = 0;
        for (inside, token) in self.tokens.iter().enumerate().skip(at + 1).take(REACH) {
            match token.kind {
                TokenKind::Quote => return Some(inside),
                _ => words += usize::from(token.is_word()),
            }
            if words >= SHORT_QUOTE_WORDS {
                return None;
            }
        }
        None
    }

    /// Whether the stop at `at` ends the sentence from `start`, with the next one to start at `next`.
    fn breaks(&self, start: usize, at: usize, next: usize, words: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&before| before >= start) else { return false };
        match self.kind(before) {
            Some(TokenKind::Clitic | TokenKind::Open) => return false,
            Some(TokenKind::Number) if before == start && self.form(at) == "." => return false,
            Some(TokenKind::Word) if self.is_abbreviation(before, next) => return false,
            _ => {}
        }
        let trails_off = self.form(at).len() > 1 && self.form(at).starts_with(['.', '…']);
        !(trails_off && words < LEAD_WORDS) && self.is_apart(before, next) && !self.is_fragment(next)
    }

    fn is_abbreviation(&self, at: usize, next: usize) -> bool {
        let form = self.form(at);
        if letters(form) == 1 {
            return true;
        }
        match TABLES.abbreviations.get(form) {
            Some(Abbreviation::Title) => true,
            Some(Abbreviation::Unit) => !self.form(next).starts_with('و'),
            Some(Abbreviation::Letter) => {
                TABLES.abbreviations.get(self.form(next)) == Some(&Abbreviation::Letter)
                    || letters(self.form(next)) == 1
            }
            None => false,
        }
    }

    /// White space before `next`, or Arabic words on both sides that are too long for an abbreviation.
    fn is_apart(&self, before: usize, next: usize) -> bool {
        let long = |at: usize| letters(self.form(at)) >= 3 && self.form(at).starts_with(is_arabic);
        !self.glued(next) || (long(before) && long(next))
    }

    /// Whether what follows is a bare preposition with a few words, up to the next stop.
    fn is_fragment(&self, next: usize) -> bool {
        if !TABLES.fragments.contains(self.form(next)) {
            return false;
        }
        let mut words = 0;
        for token in self.tokens.iter().skip(next).take(REACH) {
            match token.kind {
                TokenKind::Stop => return true,
                TokenKind::Comma | TokenKind::Colon | TokenKind::Dash => return false,
                _ => words += usize::from(token.is_word()),
            }
            if words > FRAGMENT_WORDS {
                return false;
            }
        }
        next + REACH >= self.tokens.len()
    }
}

fn count_words(tokens: Option<&[Token]>) -> usize {
    tokens.unwrap_or(&[]).iter().filter(|token| token.is_word()).count()
}

fn letters(form: &str) -> usize {
    form.chars().take(4).count()
}
