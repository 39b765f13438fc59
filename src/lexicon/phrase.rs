//! A table of phrases, matched word by word with the longest phrase first.
//!
//! A word of a report may stand with a proclitic or the article before a word of the table; an accusative ا is
//! passed over. «وبالطائرات المسيّرة» meets `طائرات مسيرة`.

use rustc_hash::FxHashMap;

use super::class::Class;
use super::spelling::Spelling;
use crate::text::clitic::readings;
use crate::text::heads::{Heads, hash};

/// A phrase's words after the first, and what it is.
#[derive(Debug)]
struct Entry {
    /// Of the second word.
    second: Mark,
    rest: Box<[Box<str>]>,
    class: Class,
}

/// The phrases with one first word, the longest first.
#[derive(Debug)]
struct Firsts {
    first: Box<str>,
    entries: Vec<Entry>,
    /// Where those of one word begin.
    singles: usize,
    /// The second words of longer ones, roughly.
    seconds: Seconds,
    /// Longer ones by their second word, where there are many: «في …».
    by_second: FxHashMap<Box<str>, Vec<usize>>,
}

/// So many phrases with one first word are looked up by their second; a judgement.
const MANY: usize = 6;

/// Phrases by their first word.
#[derive(Debug, Default)]
pub struct Phrases {
    heads: Heads,
    /// Where in `firsts` a word of this hash stands; where another has the same hash, at the next that is free.
    by_hash: FxHashMap<u32, u32>,
    firsts: Vec<Firsts>,
    spelling: Spelling,
}

/// The phrases that a word can begin in one way to read it, and what that way takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    firsts: u32,
    conj: Option<char>,
    prep: Option<char>,
    article: bool,
    /// Whether an ending is taken off that names do not have.
    accusative: bool,
}

/// What stands at a word: how many words long, what it is, and what was taken off its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Length in words.
    pub words: usize,
    /// What it is.
    pub class: Class,
    /// و or ف before it.
    pub conj: Option<char>,
    /// ب, ل or ك before it.
    pub prep: Option<char>,
    /// Whether the report's word has the article that the table's has not.
    pub article: bool,
}

impl Phrases {
    /// Adds a phrase; `key` is folded, words parted by single spaces.
    pub(super) fn add(&mut self, key: &str, class: Class) {
        self.spelling.add(key, class);
        let mut words = key.split(' ').map(Box::from);
        let Some(first) = words.next() else { return };
        let rest: Box<[Box<str>]> = words.collect();
        let entries = &mut self.entry(first).entries;
        if !entries.iter().any(|e| e.rest == rest && e.class == class) {
            let second = rest.first().map(|word| Mark::of(word)).unwrap_or_default();
            entries.push(Entry { second, rest, class });
        }
    }

    /// The phrases that begin with a word.
    fn entry(&mut self, first: Box<str>) -> &mut Firsts {
        let mut number = hash(&first);
        self.heads.add(number);
        let new = u32::try_from(self.firsts.len()).unwrap_or(u32::MAX);
        loop {
            let at = *self.by_hash.entry(number).or_insert(new) as usize;
            if at == self.firsts.len() {
                self.firsts.push(Firsts {
                    first,
                    entries: Vec::new(),
                    singles: 0,
                    seconds: Seconds::default(),
                    by_second: FxHashMap::default(),
                });
                return &mut self.firsts[at];
            }
            if self.firsts[at].first == first {
                return &mut self.firsts[at];
            }
            number = number.wrapping_add(1);
        }
    }

    /// Where the same stand for a word of this number; most words begin none.
    #[inline]
    fn firsts(&self, mut number: u32, word: &str) -> Option<u32> {
        if !self.heads.may_have(number) {
            return None;
        }
        loop {
            let place = *self.by_hash.get(&number)?;
            if *self.firsts.get(place as usize)?.first == *word {
                return Some(place);
            }
            number = number.wrapping_add(1);
        }
    }

    /// Puts longer phrases first.
    pub(super) fn finish(&mut self) {
        for firsts in &mut self.firsts {
            firsts.entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
            firsts.singles = firsts.entries.partition_point(|e| !e.rest.is_empty());
            firsts.entries.iter().take(firsts.singles).for_each(|e| firsts.seconds.add(e.second));
            let longer = firsts.entries.iter().take(firsts.singles).enumerate();
            for (at, second) in
                longer.filter(|_| firsts.singles > MANY).filter_map(|(at, e)| Some((at, e.rest.first()?)))
            {
                firsts.by_second.entry(second.clone()).or_default().push(at);
            }
        }
    }

    /// Whether a word says that its report writes ى for ي: «فى».
    pub fn betrays_alef(&self, form: &str) -> bool {
        self.spelling.typed_for_ya(form, true)
    }

    /// Whether a word of such a report is one of the tables' with ي: «العراقى».
    pub fn ends_in_ya(&self, form: &str) -> bool {
        self.spelling.typed_for_ya(form, false)
    }

    /// What a word of this [`hash`] may begin, by whichever way it can be read.
    pub fn starts(&self, number: u32, word: &str) -> Box<[Start]> {
        let mut starts = Vec::new();
        for reading in readings(word) {
            let (bare, stem): (_, &str) = (reading.bare(), &reading.stem);
            let number = if reading.stripped() { hash(stem) } else { number };
            let article = bare.len() != stem.len();
            let mut add = |number: u32, key: &str, article: bool, accusative: bool| {
                let (conj, prep) = (reading.conj, reading.prep);
                starts.extend(self.firsts(number, key).map(|firsts| Start { firsts, conj, prep, article, accusative }));
            };
            add(number, stem, false, false);
            if article {
                add(hash(bare), bare, true, false);
            }
            if let Some(short) = accusative(bare) {
                add(hash(short), short, article, true);
            }
        }
        starts.into_boxed_slice()
    }

    /// Everything of the greatest length that stands at a word that begins these; `word(n)` is the n-th word on.
    pub fn at<'w>(&self, starts: &[Start], word: impl Fn(usize) -> Option<&'w str>, out: &mut Vec<Match>) {
        out.clear();
        if starts.is_empty() {
            return;
        }
        let after = After { second: word(1), word: &word };
        for start in starts {
            let Some(firsts) = self.firsts.get(start.firsts as usize) else { continue };
            let before = out.len();
            firsts.collect(&after, (start.conj, start.prep, start.article), out);
            if start.accusative {
                let named = |m: &Match| matches!(m.class, Class::Nisba(_) | Class::NisbaActor(_) | Class::Actor(_));
                let mut at = 0;
                out.retain(|m| {
                    at += 1;
                    at <= before || !named(m)
                });
            }
        }
        if out.len() > 1 {
            keep_longest(out);
        }
    }
}

impl Firsts {
    /// The phrases that stand here.
    fn collect<'w>(
        &self,
        after: &After<'w, impl Fn(usize) -> Option<&'w str>>,
        (conj, prep, article): (Option<char>, Option<char>, bool),
        out: &mut Vec<Match>,
    ) {
        let found = |e: &Entry| Match { words: e.rest.len() + 1, class: e.class, conj, prep, article };
        let (longer, singles) = self.entries.split_at(self.singles.min(self.entries.len()));
        if let Some(second) = after.second.filter(|_| !longer.is_empty()) {
            let meets = Meets::of(second);
            if !self.seconds.may_meet(meets) {
                out.extend(singles.iter().map(found));
                return;
            }
            let fits = |e: &&Entry| meets.may_meet(e.second) && after.fits(second, e);
            if self.by_second.is_empty() {
                out.extend(longer.iter().filter(fits).map(found));
            } else {
                let (whole, bare) = (self.seconds.may_have(meets.whole), self.seconds.may_have(meets.bare));
                let forms = [
                    Some(second).filter(|_| whole),
                    second.strip_prefix("ال").filter(|_| bare),
                    accusative(second).filter(|_| whole),
                ];
                let mut at: Vec<usize> =
                    forms.into_iter().flatten().filter_map(|f| self.by_second.get(f)).flatten().copied().collect();
                at.sort_unstable();
                out.extend(at.into_iter().filter_map(|i| longer.get(i)).filter(fits).map(found));
            }
        }
        out.extend(singles.iter().map(found));
    }
}

/// The words after the first; the second, on which most phrases fail, is looked up once.
struct After<'w, W> {
    second: Option<&'w str>,
    word: W,
}

/// The length of a word and its first four bytes: what tells most words apart without reading them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Mark {
    length: usize,
    head: [u8; 4],
}

impl Mark {
    fn of(word: &str) -> Mark {
        let mut head = [0; 4];
        head.iter_mut().zip(word.bytes()).for_each(|(to, from)| *to = from);
        Mark { length: word.len(), head }
    }
}

/// A bit for each head of some words, some in common.
#[derive(Debug, Default)]
struct Seconds([u64; 4]);

impl Seconds {
    fn place(head: [u8; 4]) -> (usize, u64) {
        let mixed = u32::from_le_bytes(head).wrapping_mul(0x9e37_79b1) >> 24;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn add(&mut self, mark: Mark) {
        let (word, bit) = Seconds::place(mark.head);
        self.0[word] |= bit;
    }

    /// Whether a word of the report can meet any: those that it can meet share its head, or its head without article.
    fn may_meet(&self, meets: Meets) -> bool {
        self.may_have(meets.whole) || self.may_have(meets.bare)
    }

    /// Whether a word of this mark may be among them.
    fn may_have(&self, mark: Mark) -> bool {
        let (word, bit) = Seconds::place(mark.head);
        self.0[word] & bit != 0
    }
}

/// The marks of the words that a word of the report can meet: see [`same`].
#[derive(Debug, Clone, Copy)]
struct Meets {
    whole: Mark,
    bare: Mark,
}

impl Meets {
    fn of(found: &str) -> Meets {
        Meets { whole: Mark::of(found), bare: Mark::of(found.strip_prefix("ال").unwrap_or(found)) }
    }

    /// Whether the word can meet one of this mark; what says no is sure.
    fn may_meet(&self, wanted: Mark) -> bool {
        let head = wanted.head == self.whole.head || wanted.length < wanted.head.len();
        let length = wanted.length == self.whole.length || wanted.length + ENDING == self.whole.length;
        (head && length) || wanted == self.bare
    }
}

impl<'w, W: Fn(usize) -> Option<&'w str>> After<'w, W> {
    /// Whether the rest of a phrase stands here, with `found` as its second word.
    fn fits(&self, found: &str, entry: &Entry) -> bool {
        let Some((second, others)) = entry.rest.split_first() else { return true };
        let stands = |(n, wanted): (usize, &str)| (self.word)(n + 2).is_some_and(|found| same(found, wanted));
        same(found, second) && others.iter().map(|w| &**w).enumerate().all(stands)
    }
}

/// Keeps the longest phrases, and of these the readings that take least off.
fn keep_longest(out: &mut Vec<Match>) {
    let longest = out.iter().map(|m| m.words).max().unwrap_or(0);
    out.retain(|m| m.words == longest);
    let taken = |m: &Match| u8::from(m.conj.is_some()) + u8::from(m.prep.is_some());
    let least = out.iter().map(taken).min().unwrap_or(0);
    out.retain(|m| taken(m) == least);
}

/// Bytes of the article.
const ARTICLE: usize = "ال".len();
/// Bytes of the accusative's ending.
const ENDING: usize = "ا".len();

/// Whether a word of the report meets a later word of a phrase: as it is, without article, or without accusative ا.
fn same(found: &str, wanted: &str) -> bool {
    // Its length alone tells in which of the three ways a word can meet another.
    match found.len().checked_sub(wanted.len()) {
        Some(0) => found == wanted,
        Some(ENDING) => found.starts_with(wanted) && accusative(found).is_some(),
        Some(ARTICLE) => found.strip_prefix("ال") == Some(wanted),
        _ => false,
    }
}

/// A word of four letters or more without its final ا.
fn accusative(word: &str) -> Option<&str> {
    word.strip_suffix("ا").filter(|short| short.chars().nth(2).is_some())
}
