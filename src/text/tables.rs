//! The word tables of this stage, from `lexicon/`, compiled in.
//!
//! - `abbreviations.csv`: د. (Dr) is followed by a name, كم. (km) may end a sentence, إيه. سي (A. C.) is spelled out;
//! - `boilerplate.csv`: اقرأ أيضا (read also), مؤرشف من الأصل (archived from the original);
//! - `fragments.csv`: مع (with), a preposition that does not open a sentence of its own;
//! - `persian.csv`: است (is), a word that tells Persian from Arabic.
//!
//! Known misses: a row that cannot be read is passed over here; `tests/text.rs` reads every row.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::{fold, lexicon_key};
use super::heads::{Heads, hash};
use super::token::tokenise;

/// How an abbreviation stands to the stop after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows: never the end of a sentence.
    Title,
    /// A unit: the end of a sentence where a conjunction follows.
    Unit,
    /// The name of a Latin letter: not the end where another follows.
    Letter,
}

/// Where a phrase makes text boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the head of a line: the line.
    Start,
    /// Anywhere: the sentence.
    Anywhere,
    /// As the whole line: it and the list below it.
    List,
}

/// A phrase of the boilerplate table, as token forms.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) forms: Vec<String>,
    pub(super) place: Place,
}

/// All tables of this stage.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) abbreviations: FxHashMap<String, Abbreviation>,
    pub(super) fragments: FxHashSet<String>,
    pub(super) persian: FxHashSet<String>,
    /// Phrases by their first form.
    pub(super) boilerplate: FxHashMap<String, Vec<Phrase>>,
    /// Their first forms, roughly.
    pub(super) heads: Heads,
}

/// The tables, read on first use.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let boilerplate = boilerplate(include_str!("../../lexicon/boilerplate.csv"));
    let mut heads = Heads::default();
    for head in boilerplate.keys() {
        heads.add(hash(head));
    }
    Tables {
        abbreviations: abbreviations(include_str!("../../lexicon/abbreviations.csv")),
        fragments: words(include_str!("../../lexicon/fragments.csv")),
        persian: words(include_str!("../../lexicon/persian.csv")),
        boilerplate,
        heads,
    }
});

fn rows(table: &str) -> impl Iterator<Item = (String, String)> {
    let reader = csv::Reader::from_reader(table.as_bytes());
    reader.into_records().flatten().map(|row| {
        let cell = |n: usize| row.get(n).unwrap_or("").to_owned();
        (cell(0), cell(1))
    })
}

fn words(table: &str) -> FxHashSet<String> {
    rows(table).map(|(word, _)| lexicon_key(&word)).collect()
}

fn abbreviations(table: &str) -> FxHashMap<String, Abbreviation> {
    let kind = |kind: &str| match kind {
        "title" => Some(Abbreviation::Title),
        "unit" => Some(Abbreviation::Unit),
        "letter" => Some(Abbreviation::Letter),
        _ => None,
    };
    rows(table).filter_map(|(word, name)| Some((lexicon_key(&word), kind(&name)?))).collect()
}

fn boilerplate(table: &str) -> FxHashMap<String, Vec<Phrase>> {
    let mut phrases: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for (phrase, place) in rows(table) {
        let place = match place.as_str() {
            "start" => Place::Start,
            "anywhere" => Place::Anywhere,
            "list" => Place::List,
            _ => continue,
        };
        let forms = forms(&phrase);
        if let Some(first) = forms.first().cloned() {
            phrases.entry(first).or_default().push(Phrase { forms, place });
        }
    }
    phrases
}

fn forms(phrase: &str) -> Vec<String> {
    let folded = fold(phrase, 0);
    tokenise(&folded).list.iter().map(|token| folded.form(token.folded()).to_owned()).collect()
}
