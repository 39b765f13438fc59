//! The words of a document in a row, with what parts them, and what the lexicon knows of them.
//!
//! Quotes are transparent («كتائب "حزب الله"» is one phrase); commas, brackets and dashes are kept as the gap before
//! the next word. Misses: a name broken by a bracket.

use std::borrow::Cow;

use super::known::Memory;
use super::place::Tables;
use super::pointer::point_back;
use crate::lexicon::class::{Class, Cue, Particle, TimeWord, Victim};
use crate::lexicon::phrase::Match;
use crate::model::Span;
use crate::text::document::{Document, SentenceKind};
use crate::text::fold::name_form;
use crate::text::token::TokenKind;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// A quotation mark.
    pub quote: bool,
    /// A comma or stronger mark.
    pub comma: bool,
    /// A bracket.
    pub bracket: bool,
    /// A dash.
    pub dash: bool,
    /// A slash.
    pub slash: bool,
    /// A colon or full stop inside the sentence.
    pub stop: bool,
}

impl Gap {
    /// Whether a phrase may run across.
    pub fn open(self) -> bool {
        !(self.comma || self.bracket || self.dash || self.slash || self.stop)
    }
}

/// One word or number.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The folded form.
    pub form: &'a str,
    /// Its token.
    pub token: usize,
    /// Its sentence.
    pub sentence: usize,
    /// What stands before it.
    pub gap: Gap,
    /// A proclitic written apart before a quote or a number: بـ"بلد".
    pub clitic: Option<char>,
    /// Whether it is a number in digits.
    pub digits: bool,
}

/// A lexicon entry at a place in the text; `start..end` are word indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What it is.
    pub class: Class,
    /// و or ف before it.
    pub conj: Option<char>,
    /// ب, ل or ك before it.
    pub prep: Option<char>,
    /// Whether it has the article.
    pub article: bool,
}

impl Hit {
    /// Whether it is this cue.
    #[inline]
    pub fn is_cue(&self, cue: Cue) -> bool {
        matches!(self.class, Class::Cue(found) if found == cue)
    }

    /// Whether it is this function word.
    #[inline]
    pub fn is_particle(&self, particle: Particle) -> bool {
        matches!(self.class, Class::Particle(found) if found == particle)
    }
}

/// A sentence as a range of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// The sentence's kind.
    pub kind: SentenceKind,
    /// The paragraph it stands in.
    pub paragraph: usize,
    /// Its bytes.
    pub span: Span,
}

/// Signs that open an item of a list.
const BULLETS: [char; 20] =
    ['•', '▪', '◾', '▫', '◼', '●', '■', '♦', '🔹', '🔸', '🔻', '🔺', '🔴', '🔵', '◀', '▶', '➖', '✅', '*', '○'];

/// «- انفجار», «2- استهداف», «▪️ عبوة»: whether a sentence itself opens with such a sign or a number.
fn span_bullet(text: &str) -> bool {
    let text = text.trim_start();
    let number = text.trim_start_matches(|c: char| c.is_numeric());
    // «17:05 – »
    let number = number.strip_prefix(':').map_or(number, |rest| rest.trim_start_matches(|c: char| c.is_numeric()));
    let numbered = number.len() < text.len() && number.trim_start().starts_with(['-', '–', '.', ')']);
    numbered || text.starts_with(BULLETS) || text.starts_with("- ")
}

/// After a word that introduces names.
const INTRODUCED: u8 = 1;
/// A count may begin.
const COUNT: u8 = 2;
/// A time may begin.
const TIME: u8 = 4;
/// A clause may begin.
const CLAUSE: u8 = 8;
/// A name of the gazetteer may begin.
const NAME: u8 = 16;

/// The words, sentences and lexicon hits of a document.
#[derive(Debug)]
pub struct Words<'a> {
    /// All words.
    pub words: Vec<Word<'a>>,
    /// All sentences; one without words has an empty range.
    pub lines: Vec<Line>,
    /// All hits by start.
    pub hits: Vec<Hit>,
    /// For each word, and past the last, how many hits start before it.
    hits_before: Vec<u32>,
    /// For each word, and past the last, what may begin there.
    marks: Vec<u8>,
    /// Gazetteer forms of the words whose form differs from the folded one.
    names: Vec<Option<Box<str>>>,
    /// How many words the dateline has; it belongs to no sentence's range.
    pub dateline: usize,
    doc: &'a Document<'a>,
}

impl<'a> Words<'a> {
    /// Reads the words of a document; `memory` is of these tables.
    pub fn of(doc: &'a Document<'a>, tables: Tables<'_>, memory: &mut Memory) -> Words<'a> {
        let mut words = Words {
            words: Vec::with_capacity(doc.tokens.len()),
            lines: Vec::with_capacity(doc.sentences.len()),
            hits: Vec::new(),
            hits_before: Vec::new(),
            marks: Vec::new(),
            names: Vec::new(),
            dateline: 0,
            doc,
        };
        for (index, sentence) in doc.sentences.iter().enumerate() {
            words.push_sentence(index, sentence.tokens.clone());
        }
        words.names = words.words.iter().map(|w| other_name(w.form)).collect();
        words.scan(tables, memory);
        words.mark();
        point_back(&mut words, tables.lexicon);
        words.weekday_is_no_dateline();
        words
    }

    /// «الأحد: قُتل …» opens a line of a roundup; a dateline names a place.
    fn weekday_is_no_dateline(&mut self) {
        let Some(line) = self.lines.iter().position(|l| l.start > 0 && l.start == self.dateline) else { return };
        let first = self.words.iter().position(|w| w.sentence == line).unwrap_or(self.dateline);
        if self.any(first, self.dateline, |h| matches!(h.class, Class::Time(TimeWord::Weekday, _))) {
            self.lines[line].start = first;
            self.dateline = 0;
        }
    }

    fn push_sentence(&mut self, index: usize, tokens: std::ops::Range<usize>) {
        let start = self.words.len();
        let (mut gap, mut clitic) = (Gap::default(), None);
        for token in tokens {
            let found = &self.doc.tokens[token];
            match found.kind {
                TokenKind::Word | TokenKind::Number => {
                    let (form, digits) = (self.doc.folded.form(found.folded()), found.kind == TokenKind::Number);
                    self.words.push(Word { form, token, sentence: index, gap, clitic, digits });
                    (gap, clitic) = (Gap::default(), None);
                }
                TokenKind::Clitic => clitic = self.doc.form(token).chars().next_back(),
                TokenKind::Quote => gap.quote = true,
                TokenKind::Comma | TokenKind::Semicolon => gap.comma = true,
                TokenKind::Open | TokenKind::Close => gap.bracket = true,
                TokenKind::Dash => gap.dash = true,
                TokenKind::Slash => gap.slash = true,
                _ => gap.stop = true,
            }
        }
        let sentence = &self.doc.sentences[index];
        let opening = self.doc.dateline.as_ref().filter(|d| sentence.tokens.contains(&d.start)).map_or(0, |d| d.end);
        let start = start + self.words[start..].iter().filter(|w| w.token < opening).count();
        self.dateline = self.dateline.max(if opening > 0 { start } else { 0 });
        let (kind, paragraph, span) = (sentence.kind, sentence.paragraph, sentence.span);
        self.lines.push(Line { start, end: self.words.len(), kind, paragraph, span });
    }

    /// Greedy from the left: the longest phrase at each word.
    fn scan(&mut self, tables: Tables<'_>, memory: &mut Memory) {
        let mut found: Vec<Match> = Vec::new();
        self.hits.reserve(self.words.len());
        self.hits_before.reserve(self.words.len() + 1);
        self.marks.reserve(self.words.len() + 1);
        let mut free = 0;
        for (at, word) in self.words.iter().enumerate() {
            let known = memory.of(tables, self.doc.tokens[word.token].hash, word.form);
            self.marks.push(if known.named { NAME } else { 0 });
            if at < free {
                continue;
            }
            free = at + 1;
            self.hits_before.resize(at + 1, index(self.hits.len()));
            tables.lexicon.phrases.at(&known.starts, |n| follow(&self.words, at, n), &mut found);
            let Some(longest) = found.first() else { continue };
            free = at + longest.words;
            let prep = word.clitic.filter(|c| *c != 'و' && *c != 'ف');
            let conj = word.clitic.filter(|c| *c == 'و' || *c == 'ف');
            // «بينهم» opens a part of a toll; it is no form of بيّن.
            let part = found.iter().any(|m| m.class == Class::Breakdown);
            let told = found.iter().filter(|m| !(part && m.class == Class::Cue(Cue::Report)));
            self.hits.extend(told.map(|m| Hit {
                start: at,
                end: at + m.words,
                class: m.class,
                conj: m.conj.or(conj),
                prep: m.prep.or(prep),
                article: m.article,
            }));
        }
        self.hits_before.resize(self.words.len() + 1, index(self.hits.len()));
        self.marks.push(0);
    }

    /// Notes at which words a recogniser may find anything, so that it need not look at all others.
    fn mark(&mut self) {
        for (marks, word) in self.marks.iter_mut().zip(&self.words) {
            *marks |= if word.gap.comma || word.gap.stop { CLAUSE } else { 0 };
            *marks |= if word.digits { COUNT | TIME } else { 0 };
            *marks |= if word.digits && word.clitic == Some('و') { CLAUSE } else { 0 };
        }
        for hit in &self.hits {
            match hit.class {
                Class::Kind(_) | Class::Direction(_) | Class::Nisba(_) | Class::Actor(_) => {
                    self.marks[hit.end] |= INTRODUCED;
                }
                // «خمسة في دير البلح وأربعة في النصيرات»
                Class::Numeral(..) if hit.conj.is_some() => self.marks[hit.start] |= COUNT | TIME | CLAUSE,
                Class::Numeral(..) => self.marks[hit.start] |= COUNT | TIME,
                Class::Time(..) | Class::Month(..) | Class::Ordinal(_) | Class::Particle(Particle::Before) => {
                    self.marks[hit.start] |= TIME;
                }
                Class::Cue(Cue::Soon | Cue::Then | Cue::Response | Cue::After | Cue::While) => {
                    self.marks[hit.start] |= CLAUSE;
                }
                Class::Victim(Victim::Kill | Victim::Injure, _) if hit.conj.is_some() => {
                    self.marks[hit.start] |= CLAUSE;
                }
                // «ثلاثة قتلى في ياطر وجريحين في كفرا», «وخمسة جرحى»: the count stands before the noun.
                Class::Victim(Victim::Killed | Victim::Injured, _) => {
                    self.marks[if hit.conj.is_some() { hit.start } else { hit.start.saturating_sub(1) }] |= CLAUSE;
                }
                _ => {}
            }
        }
    }

    #[inline]
    fn marked(&self, word: usize, mark: u8) -> bool {
        self.marks.get(word).is_some_and(|marks| marks & mark != 0)
    }

    /// Whether a kind word, a direction, a nationality adjective or an actor ends right before a word.
    #[inline]
    pub fn introduced(&self, word: usize) -> bool {
        self.marked(word, INTRODUCED)
    }

    /// Whether a name of the gazetteer may begin at a word; what it denies is sure.
    #[inline]
    pub fn opens_name(&self, word: usize) -> bool {
        self.marked(word, NAME)
    }

    /// Whether a word can open a count: a number, or a numeral.
    #[inline]
    pub fn opens_count(&self, word: usize) -> bool {
        self.marked(word, COUNT)
    }

    /// Whether a word can open a time.
    #[inline]
    pub fn opens_time(&self, word: usize) -> bool {
        self.marked(word, TIME)
    }

    /// Whether a clause can begin at a word: after a comma or stop, or with a word that parts.
    #[inline]
    pub fn opens_clause(&self, word: usize) -> bool {
        self.marked(word, CLAUSE)
    }

    /// The hits that start at a word.
    #[inline]
    pub fn at(&self, word: usize) -> &[Hit] {
        self.within(word, word.saturating_add(1))
    }

    /// The hits that start in a range of words.
    #[inline]
    pub fn within(&self, start: usize, end: usize) -> &[Hit] {
        let before = |word: usize| self.hits_before.get(word).map_or(self.hits.len(), |&hits| hits as usize);
        self.hits.get(before(start)..before(end)).unwrap_or(&[])
    }

    /// A word's folded form, empty past the end.
    #[inline]
    pub fn form(&self, word: usize) -> &'a str {
        self.words.get(word).map_or("", |w| w.form)
    }

    /// A word as the gazetteer's names have it: a final ى is ي.
    pub fn name(&self, word: usize) -> &str {
        self.names.get(word).and_then(Option::as_deref).unwrap_or_else(|| self.form(word))
    }

    /// The bytes of a range of words in the report's text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match (self.words.get(start), end.checked_sub(1).and_then(|e| self.words.get(e))) {
            (Some(first), Some(last)) => self.doc.tokens[first.token].span.join(self.doc.tokens[last.token].span),
            _ => Span::default(),
        }
    }

    /// The report's text of a range of words.
    pub fn original(&self, start: usize, end: usize) -> &'a str {
        self.span(start, end).of(self.doc.text)
    }

    /// The document.
    pub fn document(&self) -> &'a Document<'a> {
        self.doc
    }

    /// Whether a sentence is an item of a list.
    pub fn is_item(&self, line: usize) -> bool {
        let span = self.lines[line].span;
        let text = self.document().text;
        let before = text.get(..span.start).unwrap_or("").trim_end();
        before.ends_with(BULLETS) || span_bullet(span.of(text))
    }

    /// Whether any hit that starts in a range of words is of a class that `wanted` accepts.
    pub fn any(&self, start: usize, end: usize, wanted: impl Fn(&Hit) -> bool) -> bool {
        self.within(start, end).iter().any(wanted)
    }
}

fn other_name(form: &str) -> Option<Box<str>> {
    match name_form(form) {
        Cow::Owned(name) => Some(name.into()),
        Cow::Borrowed(_) => None,
    }
}

/// The n-th word after `at`, where a phrase may run that far.
fn follow<'a>(words: &[Word<'a>], at: usize, n: usize) -> Option<&'a str> {
    let word = words.get(at + n)?;
    let first = words.get(at)?;
    let open = word.sentence == first.sentence && (n == 0 || (word.gap.open() && word.clitic.is_none()));
    open.then_some(word.form)
}

/// A hit index; a document of more than four thousand million hits does not fit into memory anyway.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
