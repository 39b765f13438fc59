//! The ways to read a given name.
//!
//! ```text
//! reading := whole | clitic whole | KIND whole | whole QUALIFIER | whole (LINK | KIND | HOLDER | NISBA)+
//! ```
//! - قضاء القائم → القائم, a district;
//! - وبالقائم → القائم (and in al-Qaim);
//! - السعيدات في جرف الصخر → السعيدات, held by جرف الصخر; طرابلس اللبنانية → طرابلس, in Lebanon.
//!
//! Known misses: a holder before the name (العراق، القائم), and adjectives of towns (الموصلي).

use super::names::words;
use super::words::{KindWord, Role, kind_words, nisba};
use super::{Gazetteer, PlaceIx};
use crate::model::PlaceKind;
use crate::text::{clitic, name_key};

/// One way to read a given name: the bare name, and what its surroundings ask of the bearer.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) words: Vec<String>,
    /// What the bearer has to be; anything, where empty.
    pub(super) kinds: Vec<PlaceKind>,
    /// The country named by an adjective.
    pub(super) country: Option<&'static str>,
    /// The places one of which has to hold the bearer.
    pub(super) within: Vec<PlaceIx>,
    /// How far the reading is from the name as it was given.
    pub(super) cost: f64,
    pub(super) reasons: Vec<String>,
}

impl Reading {
    pub(super) fn name(&self) -> String {
        self.words.join(" ")
    }

    fn step(&self, words: &[String], cost: f64, reason: String) -> Reading {
        let mut next = Reading { words: words.to_vec(), cost: self.cost + cost, ..self.clone() };
        next.reasons.push(reason);
        next
    }
}

/// The readings of a name in Arabic letters, the nearest first.
pub(super) fn readings(gazetteer: &Gazetteer, name: &str) -> Vec<Reading> {
    let given: Vec<String> = words(&name_key(name)).map(str::to_owned).collect();
    let mut found = unclitic(&given);
    extend(&mut found, kind_headed);
    extend(&mut found, unqualified);
    extend(&mut found, |reading| held(gazetteer, reading));
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found
}

fn extend(found: &mut Vec<Reading>, more: impl Fn(&Reading) -> Vec<Reading>) {
    let added: Vec<Reading> = found.iter().flat_map(more).collect();
    found.extend(added);
}

/// The name as it is, and without what is written onto its first word.
fn unclitic(given: &[String]) -> Vec<Reading> {
    let Some((first, rest)) = given.split_first() else { return Vec::new() };
    let whole = Reading { words: given.to_vec(), ..Reading::default() };
    let readings = clitic::readings(first);
    let stripped = readings.filter(clitic::Reading::stripped).map(|reading| {
        let words: Vec<String> = std::iter::once(reading.stem.to_string()).chain(rest.iter().cloned()).collect();
        let taken: String = reading.conj.into_iter().chain(reading.prep).collect();
        whole.step(&words, 0.05, format!("{taken} taken off the front"))
    });
    std::iter::once(whole.clone()).chain(stripped).collect()
}

/// قضاء X → X, a district.
fn kind_headed(reading: &Reading) -> Vec<Reading> {
    const LONGEST: usize = 2;
    let heads = (1..=LONGEST).rev().filter_map(|count| {
        let (head, rest) = reading.words.split_at_checked(count)?;
        let word = announcing(&head.join(" ")).filter(|_| !rest.is_empty())?;
        let mut next = reading.step(rest, 0.02, format!("after {}", head.join(" ")));
        next.kinds.clone_from(&word.kinds);
        Some(next)
    });
    heads.collect()
}

/// The row of a word that says what the one place after it is.
fn announcing(key: &str) -> Option<&'static KindWord> {
    let bare = key.strip_prefix("ال").unwrap_or(key);
    let mut rows = kind_words(key).iter().chain(kind_words(bare));
    rows.find(|word| matches!(word.role, Role::Kind | Role::Zone | Role::Unit))
}

/// قاعدة X الجوية → قاعدة X.
fn unqualified(reading: &Reading) -> Vec<Reading> {
    let Some((last, head)) = reading.words.split_last().filter(|(_, head)| !head.is_empty()) else { return Vec::new() };
    match kind_words(last).iter().find(|word| word.role == Role::Qualifier) {
        Some(word) => {
            let mut next = reading.step(head, 0.02, format!("{last} says what it is"));
            if next.kinds.is_empty() {
                next.kinds.clone_from(&word.kinds);
            }
            vec![next]
        }
        None => Vec::new(),
    }
}

/// X في Y, X Y, X السورية → X, held by Y or in Syria; also القاعدة الأميركية في X → X, a base.
fn held(gazetteer: &Gazetteer, reading: &Reading) -> Vec<Reading> {
    let mut found = Vec::new();
    for at in 1..reading.words.len() {
        let (left, right) = reading.words.split_at(at);
        if let Some(around) = surroundings(gazetteer, right) {
            let mut next = reading.step(left, 0.03, format!("with {}", right.join(" ")));
            (next.within, next.country) = around;
            found.push(next);
        }
        if let Some(word) = left.first().and_then(|first| announcing(first))
            && right.first().is_some_and(|first| is_link(first))
            && right.len() > 1
        {
            let mut next = reading.step(right.get(1..).unwrap_or(&[]), 0.08, format!("{} there", left.join(" ")));
            next.kinds.clone_from(&word.kinds);
            found.push(next);
        }
    }
    found
}

type Around = (Vec<PlaceIx>, Option<&'static str>);

/// The holders and the country that the words after a name give; none where a word is not understood.
fn surroundings(gazetteer: &Gazetteer, right: &[String]) -> Option<Around> {
    let mut places = Vec::new();
    let mut country = None;
    let mut at = 0;
    while let Some(word) = right.get(at) {
        if is_link(word) {
            at += 1;
        } else if let Some((count, found)) = holder_at(gazetteer, right, at) {
            places.extend_from_slice(found);
            at += count;
        } else if let Some(code) = nisba(word) {
            country = Some(code);
            at += 1;
        } else if clitic::readings(word).any(|reading| !kind_words(&reading.stem).is_empty()) {
            at += 1;
        } else {
            return None;
        }
    }
    (country.is_some() || !places.is_empty()).then_some((places, country))
}

/// The longest name at a word, with its bearers and its number of words.
fn holder_at<'g>(gazetteer: &'g Gazetteer, right: &[String], at: usize) -> Option<(usize, &'g [PlaceIx])> {
    let mut matches = Vec::new();
    let first = right.get(at)?;
    for reading in clitic::readings(first) {
        let word = |i: usize| if i == 0 { Some(&*reading.stem) } else { right.get(at + i).map(String::as_str) };
        gazetteer.scan(word, &mut matches);
        if let Some(found) = matches.first() {
            return Some((found.words, found.places));
        }
    }
    None
}

fn is_link(word: &str) -> bool {
    kind_words(word).iter().any(|word| word.role == Role::Link)
}
