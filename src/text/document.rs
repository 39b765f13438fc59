//! A report as the later stages read it.
//!
//! - `هجوم على القائم` (attack on al-Qaim), a short line without a stop above prose → Heading;
//! - a paragraph that stands twice → the second is Duplicate; `اقرأ أيضا: …` (read also) → Boilerplate;
//! - all else → Body. Where a text has nothing but headings, they are its body.
//!
//! Known misses: a line that was wrapped by hand counts as several paragraphs; a heading of more than twelve words is body.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::boilerplate::{Boilerplate, is_marked};
use super::dateline;
use super::fold::{Folded, fold};
use super::heads::hash;
use super::language::Language;
use super::sentence::Line;
use super::token::{Token, TokenKind, Tokens, tokenise};
use crate::model::{Report, Span};

/// A longer line is no heading, in words.
const HEADING_WORDS: usize = 12;
/// A shorter line is never a duplicate, in words.
const DUPLICATE_WORDS: usize = 3;

/// What a sentence is to the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// The report itself.
    Body,
    /// A headline or sub-heading.
    Heading,
    /// Links, captions, footnotes, page furniture.
    Boilerplate,
    /// Part of a paragraph that stood before, word for word.
    Duplicate,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands in the original text.
    pub span: Span,
    /// Which paragraph it belongs to, counted from 0.
    pub paragraph: usize,
    /// What it is.
    pub kind: SentenceKind,
}

/// A report's text, folded and cut up.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The report's whole text, into which all spans point.
    pub text: &'a str,
    /// Its body, folded.
    pub folded: Folded,
    /// The tokens of the body.
    pub tokens: Vec<Token>,
    /// The sentences; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// The tokens of an opening dateline, with its last separator.
    pub dateline: Option<Range<usize>>,
    /// The language of the body.
    pub language: Language,
}

impl Document<'_> {
    /// The document of a report's body.
    pub fn of(report: &Report) -> Document<'_> {
        let body = report.body_text();
        let folded = fold(body, report.body.start);
        let Tokens { list: tokens, lines } = tokenise(&folded);
        let language = Language::of(folded.letters, &tokens, |token| folded.form(token.folded()));
        let sentences = sentences(&folded, &tokens, &lines);
        let dateline = dateline_of(&folded, &tokens, &sentences);
        Document { text: &report.text, folded, tokens, sentences, dateline, language }
    }

    /// Reads a last ى as ي: in the words that `ends_in_ya` accepts, where any word of the report is one that `betrays`.
    pub fn respell(&mut self, betrays: impl Fn(&str) -> bool, ends_in_ya: impl Fn(&str) -> bool) {
        let alef = |token: &Token| self.folded.form(token.folded()).ends_with('ى');
        let ends: Vec<usize> = (0..self.tokens.len()).filter(|&at| alef(&self.tokens[at])).collect();
        if !ends.iter().any(|&at| betrays(self.form(at))) {
            return;
        }
        for at in ends {
            if ends_in_ya(self.form(at)) {
                let token = &mut self.tokens[at];
                let range = token.folded();
                self.folded.text.replace_range(range.end - 'ى'.len_utf8()..range.end, "ي");
                token.hash = hash(self.folded.form(range));
            }
        }
    }

    /// The folded form of a token.
    pub fn form(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| self.folded.form(token.folded()))
    }

    /// The original text of some tokens.
    pub fn original(&self, tokens: Range<usize>) -> &str {
        self.span(tokens).of(self.text)
    }

    /// Where some tokens stand in the original text; an empty span for no tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        span_of(&self.tokens, &tokens)
    }
}

fn span_of(tokens: &[Token], range: &Range<usize>) -> Span {
    match tokens.get(range.clone()).unwrap_or(&[]) {
        [] => Span::default(),
        [only] => only.span,
        [first, .., last] => Span::new(first.span.start, last.span.end),
    }
}

fn sentences(folded: &Folded, tokens: &[Token], lines: &[usize]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut boilerplate = Boilerplate::default();
    let mut seen = FxHashSet::with_capacity_and_hasher(lines.len().min(tokens.len() / DUPLICATE_WORDS), FxBuildHasher);
    for (paragraph, &start) in lines.iter().enumerate() {
        let end = lines.get(paragraph + 1).copied().unwrap_or(tokens.len());
        let line = Line { folded, tokens: tokens.get(start..end).unwrap_or(&[]) };
        let pieces = line.sentences();
        let repeated = line.words() >= DUPLICATE_WORDS && !seen.insert(line_text(&line));
        let whole = match boilerplate.takes(&line) {
            _ if repeated => SentenceKind::Duplicate,
            true => SentenceKind::Boilerplate,
            false if pieces.len() == 1 && is_heading(&line) => SentenceKind::Heading,
            false => SentenceKind::Body,
        };
        for piece in pieces {
            let kind = kind_of(&line, &piece, whole);
            let tokens_of = start + piece.start..start + piece.end;
            sentences.push(Sentence { span: span_of(tokens, &tokens_of), tokens: tokens_of, paragraph, kind });
        }
    }
    if sentences.iter().all(|sentence| sentence.kind != SentenceKind::Body) {
        promote_headings(&mut sentences);
    }
    sentences
}

fn kind_of(line: &Line, piece: &Range<usize>, whole: SentenceKind) -> SentenceKind {
    let sentence = Line { folded: line.folded, tokens: line.tokens.get(piece.clone()).unwrap_or(&[]) };
    match whole {
        SentenceKind::Body | SentenceKind::Heading if is_marked(&sentence) => SentenceKind::Boilerplate,
        _ => whole,
    }
}

fn line_text<'a>(line: &Line<'a>) -> &'a str {
    match (line.tokens.first(), line.tokens.last()) {
        (Some(first), Some(last)) => line.folded.form(first.folded().start..last.folded().end),
        _ => "",
    }
}

fn is_heading(line: &Line) -> bool {
    let open_end = matches!(line.tokens.last().map(|token| token.kind), Some(TokenKind::Comma | TokenKind::Semicolon));
    line.words() <= HEADING_WORDS && !open_end && !line.ends_in_stop()
}

fn promote_headings(sentences: &mut [Sentence]) {
    for sentence in sentences.iter_mut().filter(|sentence| sentence.kind == SentenceKind::Heading) {
        sentence.kind = SentenceKind::Body;
    }
}

fn dateline_of(folded: &Folded, tokens: &[Token], sentences: &[Sentence]) -> Option<Range<usize>> {
    let first = sentences.iter().find(|sentence| sentence.kind == SentenceKind::Body)?;
    let line = Line { folded, tokens: tokens.get(first.tokens.clone())? };
    let length = dateline::length(&line);
    (length > 0).then(|| first.tokens.start..first.tokens.start + length)
}
