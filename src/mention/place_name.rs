//! The names of the gazetteer that stand at a word, before they are judged.
//!
//! «وبالقائم» al-Qaim, with و and ب taken off · «حقلي العمر وكونيكو» the field of Conoco, that bears its kind word's singular.

use std::borrow::Cow;

use super::passed::{Passed, Why};
use super::place::Tables;
use super::words::Words;
use crate::gazetteer::{NameMatch, PlaceIx};
use crate::lexicon::class::Class;
use crate::text::clitic::readings;

/// A name found at a word, before it is judged.
#[derive(Debug)]
pub(super) struct Found<'g> {
    pub(super) end: usize,
    pub(super) name: &'g str,
    pub(super) candidates: Cow<'g, [PlaceIx]>,
    pub(super) conj: bool,
    pub(super) prep: Option<char>,
}

impl Found<'_> {
    pub(super) fn passed(self, start: usize, why: Why) -> Passed {
        Passed { start, end: self.end, name: self.name.to_owned(), candidates: self.candidates.into_owned(), why }
    }
}

/// Whether anything about places may stand at a word: quick, and sure where it says no. At most words nothing does.
pub(super) fn may_stand(words: &Words<'_>, at: usize) -> bool {
    words.opens_name(at) || words.introduced(at)
}

/// The names that stand at a word, whole word first, longest first; `out` is emptied first, and `matches` for its use.
pub(super) fn lookup<'g>(
    words: &Words<'_>,
    tables: Tables<'g>,
    (at, end): (usize, usize),
    matches: &mut Vec<NameMatch<'g>>,
    out: &mut Vec<Found<'g>>,
) {
    out.clear();
    let word = words.words[at];
    if word.digits {
        return;
    }
    let apart = word.clitic;
    for reading in readings(words.name(at)) {
        let follow = |n: usize| match n {
            0 => Some(&*reading.stem),
            _ => words
                .words
                .get(at + n)
                .filter(|w| at + n < end && w.gap.open() && w.clitic.is_none())
                .map(|_| words.name(at + n)),
        };
        // «هجوم كبير على»: a name seldom stands after ك.
        if reading.prep == Some('ك') {
            continue;
        }
        let taken = reading.stripped();
        tables.gazetteer.scan(follow, matches);
        for found in &*matches {
            if taken && found.key.chars().count() < 3 {
                continue;
            }
            let conj = reading.conj.is_some() || apart == Some('و') || apart == Some('ف');
            let prep = reading.prep.or(apart.filter(|c| *c != 'و' && *c != 'ف'));
            let (end, name, candidates) = (at + found.words, found.key, Cow::Borrowed(found.places));
            out.push(Found { end, name, candidates, conj, prep });
        }
        if !out.is_empty() {
            break;
        }
    }
    out.extend(composed(words, tables, at, end));
}

/// «حقلي العمر وكونيكو»: a name that only stands with its kind word, after the word's dual or plural.
fn composed<'g>(words: &Words<'_>, tables: Tables<'g>, at: usize, end: usize) -> Option<Found<'g>> {
    let before = at.checked_sub(1).filter(|_| words.introduced(at))?;
    let singular = words.at(before).iter().find_map(|h| match h.class {
        Class::Kind(kind) if h.end == at => {
            let row = &tables.lexicon.kinds[usize::from(kind)];
            row.singular.as_deref().filter(|_| row.several)
        }
        _ => None,
    })?;
    let follow = |n: usize| match n {
        0 => Some(singular),
        _ => words
            .words
            .get(at + n - 1)
            .filter(|w| at + n <= end && (n == 1 || w.gap.open()))
            .map(|_| words.name(at + n - 1)),
    };
    let mut matches = Vec::new();
    tables.gazetteer.scan(follow, &mut matches);
    let found = matches.into_iter().find(|m| m.words > 1)?;
    let (end, name, candidates) = (at + found.words - 1, found.key, Cow::Borrowed(found.places));
    Some(Found { end, name, candidates, conj: false, prep: None })
}
