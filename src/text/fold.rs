//! The only place that folds or compares Arabic.
//!
//! Folding removes what writers vary at will, and keeps a map back to the original bytes:
//! - «القائم» and "اَلقائـم" → `"القائم"` (al-Qaim: quotes, harakat, stretching);
//! - أربيل and اربيل → `اربيل` (Erbil: alef); چمچمال and جمجمال → `جمجمال` (Chamchamal: Kurdish letters);
//! - مقـ ـتل → `مقتل` (killing: words broken up to dodge filters); االتحادية → `الاتحادية` (PDF text, two or more);
//! - #مطار_أربيل → `مطار اربيل` (tags); ٤٢ → `42`; é → `e`, C-RAM → `c-ram`.
//!
//! Final ى and ة stay, for على (on) is not علي (Ali); the looser keys for names fold them.
//!
//! Known misses: lam-alef turned round inside a word (مالبسات for ملابسات); mirrored digits.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, decompose_compatible};

use super::language::Letters;
use super::letters::{Fate, Plain, fate, is_arabic, plain};
use crate::model::Span;

/// Folded text with the way back to the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// The letters that were folded.
    pub(super) letters: Letters,
    runs: Vec<Run>,
    base: usize,
}

/// A stretch of folded text that maps to the original byte by byte, or as one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    folded: usize,
    start: usize,
    /// End in the original, with the marks that belong to the last letter.
    end: usize,
    exact: bool,
}

impl Folded {
    /// The original span under a folded byte range.
    ///
    /// Its end takes in the marks that belong to the last letter, never spaces or bidi marks.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.start_in(self.run_at(range.start), range.start);
        let end = if range.end > range.start { self.end_in(self.run_at(range.end - 1), range.end) } else { start };
        Span::new(self.base + start, self.base + end.max(start))
    }

    /// The folded text under a folded byte range; empty where the range does not fit.
    pub fn form(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// The spans of ranges that are asked for in order, each without a search.
    pub(super) fn spans(&self) -> Spans<'_> {
        Spans { folded: self, run: 0 }
    }

    /// The last run that starts at or before `byte`, by its number.
    fn run_at(&self, byte: usize) -> usize {
        self.runs.partition_point(|run| run.folded <= byte).saturating_sub(1)
    }

    fn run_end(&self, run: usize) -> usize {
        self.runs.get(run + 1).map_or(self.text.len(), |next| next.folded)
    }

    /// Where the character at `byte`, in the numbered run, starts in the original.
    fn start_in(&self, run: usize, byte: usize) -> usize {
        match self.runs.get(run) {
            Some(found) if byte >= self.run_end(run) => found.end,
            Some(found) if found.exact => found.start + (byte - found.folded),
            found => found.map_or(0, |found| found.start),
        }
    }

    /// Where the character before `byte`, in the numbered run, ends in the original.
    fn end_in(&self, run: usize, byte: usize) -> usize {
        match self.runs.get(run) {
            Some(found) if found.exact && byte < self.run_end(run) => found.start + (byte - found.folded),
            found => found.map_or(0, |found| found.end),
        }
    }
}

/// Gives the spans of ranges that are asked for in order.
#[derive(Debug)]
pub(super) struct Spans<'a> {
    folded: &'a Folded,
    run: usize,
}

impl Spans<'_> {
    /// The span of a range that starts no earlier than the one before ended.
    pub(super) fn span(&mut self, range: Range<usize>) -> Span {
        let run = self.run_at(range.start);
        if let Some(found) =
            self.folded.runs.get(run).filter(|found| found.exact && range.end < self.folded.run_end(run))
        {
            let original = self.folded.base + found.start;
            return Span::new(original + range.start - found.folded, original + range.end - found.folded);
        }
        let start = self.folded.start_in(run, range.start);
        let end = self.folded.end_in(self.run_at(range.end.saturating_sub(1)), range.end);
        Span::new(self.folded.base + start, self.folded.base + end.max(start))
    }

    fn run_at(&mut self, byte: usize) -> usize {
        while self.folded.runs.get(self.run + 1).is_some_and(|next| next.folded <= byte) {
            self.run += 1;
        }
        self.run
    }
}

/// Folds `original`, whose first byte stands at `base` in the report's text.
pub fn fold(original: &str, base: usize) -> Folded {
    let mut folder = Folder::new(original);
    let mut at = 0;
    while let Some(c) = original.get(at..).and_then(|rest| rest.chars().next()) {
        let plain = if folder.in_tag { Plain::default() } else { plain(original.as_bytes().get(at..).unwrap_or(&[])) };
        at = if plain.bytes > 0 { folder.copy(at, plain) } else { folder.take(at, c) };
    }
    let Folder { mut text, letters, runs, .. } = folder;
    repair_lam_alef(&mut text);
    Folded { text, letters, runs, base }
}

struct Folder<'a> {
    original: &'a str,
    text: String,
    letters: Letters,
    runs: Vec<Run>,
    /// Where a character has to stand to carry on the last run.
    next: usize,
    in_tag: bool,
}

impl<'a> Folder<'a> {
    fn new(original: &'a str) -> Self {
        let text = String::with_capacity(original.len());
        let runs = Vec::with_capacity(original.len() / 64 + 1);
        Folder { original, text, letters: Letters::default(), runs, next: usize::MAX, in_tag: false }
    }

    /// Takes the character at `at`; gives the byte at which reading goes on.
    fn take(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        self.letters.add(c);
        match fate(c) {
            Fate::Keep(kept) => self.keep(at, end, kept),
            Fate::Expand => self.expand(at, end, c),
            Fate::Mark => self.mark(at, end),
            Fate::Hamza => self.hamza(at, end),
            Fate::Drop => self.next = usize::MAX,
            Fate::Tatweel => return self.tatweel(at),
            Fate::Hash => self.hash(at, end),
            Fate::Underscore => self.keep(at, end, if self.in_tag { ' ' } else { '_' }),
        }
        end
    }

    /// Takes a stretch of characters that stand as they are.
    fn copy(&mut self, at: usize, plain: Plain) -> usize {
        let end = at + plain.bytes;
        self.letters.add_plain(plain);
        self.exact(at, end);
        self.text.push_str(self.original.get(at..end).unwrap_or(""));
        end
    }

    fn keep(&mut self, at: usize, end: usize, c: char) {
        if self.in_tag && !c.is_alphanumeric() && self.original.get(at..end) != Some("_") {
            self.in_tag = false;
        }
        if c.len_utf8() == end - at {
            self.exact(at, end);
        } else {
            self.block(at, end);
        }
        self.text.push(c);
    }

    /// What is pushed next maps byte by byte.
    fn exact(&mut self, at: usize, end: usize) {
        match self.runs.last_mut() {
            Some(run) if self.next == at => run.end = end,
            _ => self.runs.push(Run { folded: self.text.len(), start: at, end, exact: true }),
        }
        self.next = end;
    }

    /// What is pushed next maps as one.
    fn block(&mut self, at: usize, end: usize) {
        self.runs.push(Run { folded: self.text.len(), start: at, end, exact: false });
        self.next = usize::MAX;
    }

    fn expand(&mut self, at: usize, end: usize, c: char) {
        let folded = self.text.len();
        let put = |part: char| match fate_of_part(part) {
            Fate::Keep(kept) => self.text.push(kept),
            Fate::Hamza => seat_hamza(&mut self.text),
            _ => {}
        };
        if c < '\u{2000}' {
            decompose_canonical(c, put);
        } else {
            decompose_compatible(c, put);
        }
        if self.text.len() == folded {
            return self.mark(at, end);
        }
        self.runs.push(Run { folded, start: at, end, exact: false });
        self.next = usize::MAX;
    }

    fn mark(&mut self, at: usize, end: usize) {
        if let Some(run) = self.runs.last_mut().filter(|run| run.end == at) {
            run.end = end;
        }
        self.next = usize::MAX;
    }

    fn hamza(&mut self, at: usize, end: usize) {
        if self.runs.last().is_some_and(|run| run.end == at) {
            seat_hamza(&mut self.text);
        }
        self.mark(at, end);
    }

    fn hash(&mut self, at: usize, end: usize) {
        if self.in_tag {
            self.keep(at, end, ' ');
        }
        self.in_tag = true;
        self.next = usize::MAX;
    }

    /// A run of ـ: stretching after a letter, the break in مقـ ـتل, or a dash where it stands alone.
    fn tatweel(&mut self, at: usize) -> usize {
        let rest = self.original.get(at..).unwrap_or("");
        let after = rest.trim_start_matches('ـ');
        let end = at + rest.len() - after.len();
        let follows_letter = self.text.chars().next_back().is_some_and(is_arabic);
        let leads_letter = after.chars().next().is_some_and(is_arabic);
        if follows_letter {
            if let Some(gap) = broken_word(after) {
                self.next = usize::MAX;
                return end + gap;
            }
            self.mark(at, end);
        } else if leads_letter {
            self.next = usize::MAX;
        } else {
            self.in_tag = false;
            self.block(at, end);
            self.text.push('-');
        }
        end
    }
}

/// Makes ؤ and ئ of a last و and ي.
fn seat_hamza(text: &mut String) {
    let seat = match text.chars().next_back() {
        Some('و') => 'ؤ',
        Some('ي' | 'ى') => 'ئ',
        _ => return,
    };
    text.pop();
    text.push(seat);
}

fn fate_of_part(part: char) -> Fate {
    match part {
        ' ' => Fate::Drop,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{41}'..='\u{5a}' => {
            Fate::Keep(part.to_lowercase().next().unwrap_or(part))
        }
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Fate::Keep(part),
        _ => fate(part),
    }
}

/// The length of the break where a word was broken up: `" ـ"` before `تل` in مقـ ـتل.
fn broken_word(after: &str) -> Option<usize> {
    let second = after.trim_start_matches([' ', '\u{a0}', '.', '-', '_', '*']);
    let gap = after.len() - second.len();
    if !(1..=2).contains(&after.get(..gap)?.chars().count()) {
        return None;
    }
    let tail = second.trim_start_matches('ـ');
    let stretched = tail.len() < second.len();
    (stretched && tail.chars().next().is_some_and(is_arabic)).then(|| after.len() - tail.len())
}

/// `اال` at the head of words, as PDF extraction leaves it, is `الا`; one such word alone may be right.
fn repair_lam_alef(text: &mut String) {
    const TURNED: &str = "اال";
    if !text.contains("اا") {
        return;
    }
    let places: Vec<usize> =
        text.match_indices(TURNED).map(|(at, _)| at).filter(|&at| heads_word(text.get(..at).unwrap_or(""))).collect();
    if places.len() >= 2 {
        for at in places {
            text.replace_range(at..at + TURNED.len(), "الا");
        }
    }
}

fn heads_word(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some('و' | 'ف' | 'ب' | 'ك') => !back.next().is_some_and(is_arabic),
        last => !last.is_some_and(is_arabic),
    }
}

/// The key of functional words, verbs and lexicon entries: folded, white space as single spaces, trimmed.
pub fn lexicon_key(s: &str) -> String {
    plain_key(s, false).unwrap_or_else(|| full_lexicon_key(s))
}

fn full_lexicon_key(s: &str) -> String {
    join_words(&fold(s, 0).text, " ", Cow::Borrowed)
}

/// The gazetteer's key: [`lexicon_key`] with hyphens as spaces, no quotes, and word-final ى as ي.
pub fn name_key(s: &str) -> String {
    plain_key(s, true).unwrap_or_else(|| full_name_key(s))
}

/// The key of words in plain letters with single spaces, a last ى as ي where it is a name's: the short way for nearly all
/// entries of the tables.
fn plain_key(s: &str, name: bool) -> Option<String> {
    let mut key = String::with_capacity(s.len());
    let mut chars = s.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = chars.peek().is_none_or(|next| *next == ' ');
        key.push(match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' if ends && name => 'ي',
            'ء'..='غ' | 'ف'..='ي' => c,
            ' ' if !key.is_empty() && !ends => ' ',
            _ => return None,
        });
    }
    (!key.contains("اال")).then_some(key)
}

fn full_name_key(s: &str) -> String {
    join_words(&name_text(s), " ", name_form)
}

/// The fallback key of names: [`name_key`] with word-final ة as ه, ؤ as و, ئ as ي, no final ء and no spaces.
pub fn loose_key(s: &str) -> String {
    join_words(&name_text(s), "", loose_form)
}

/// The gazetteer's key of one word that is already folded: word-final ى as ي.
pub fn name_form(form: &str) -> Cow<'_, str> {
    match form.strip_suffix("ى") {
        Some(stem) => Cow::Owned([stem, "ي"].concat()),
        None => Cow::Borrowed(form),
    }
}

fn loose_form(form: &str) -> Cow<'_, str> {
    let mut word: String = name_form(form).chars().map(loosen).collect();
    if word.ends_with('ة') {
        word.pop();
        word.push('ه');
    } else if word.ends_with('ء') && word != "ء" {
        word.pop();
    }
    Cow::Owned(word)
}

fn loosen(c: char) -> char {
    match c {
        'ؤ' => 'و',
        'ئ' => 'ي',
        _ => c,
    }
}

fn name_text(s: &str) -> String {
    fold(s, 0).text.replace('-', " ").replace('"', "")
}

fn join_words<'a>(text: &'a str, between: &str, form: impl Fn(&'a str) -> Cow<'a, str>) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push_str(between);
        }
        key.push_str(&form(word));
    }
    key
}
