//! Which incident found answers which of the gold, where several could.

use std::collections::BTreeMap;

use pathfinding::prelude::{Matrix, kuhn_munkres};

use super::answer::answers;
use super::attributes::checks;
use super::gold::GoldIncident;
use crate::model::Incident;

/// What an answer to a required incident is worth beside one to an optional incident.
const REQUIRED: i128 = 100;

/// The worth of an answer to an optional incident: twice that of having every attribute right.
const ANSWER: i128 = 2 * ATTRIBUTES_RIGHT;

/// The worth of having every attribute right: the least number that 1 to 8, the attributes there are, all divide, so
/// that no share of them is rounded.
const ATTRIBUTES_RIGHT: i128 = 840;

/// The pairing with most required answers, then most answers, then most attributes right: position in the gold to
/// position among those found. Where that leaves several, it is always the same one.
pub fn pair(gold: &[GoldIncident], found: &[Incident]) -> BTreeMap<usize, usize> {
    let worths = worths(gold, found);
    let size = gold.len().max(found.len());
    if worths.is_empty() {
        return BTreeMap::new();
    }
    // The assignment wants a square; who is paired outside the true rows and columns stays alone.
    let mut gains = Matrix::new(size, size, 0);
    for (&(row, column), &worth) in &worths {
        gains[(row, column)] = worth;
    }
    let (_, columns) = kuhn_munkres(&gains);
    columns.into_iter().enumerate().filter(|pair| worths.contains_key(pair)).collect()
}

/// What each possible answer is worth.
fn worths(gold: &[GoldIncident], found: &[Incident]) -> BTreeMap<(usize, usize), i128> {
    let mut worths = BTreeMap::new();
    for (row, gold) in gold.iter().enumerate() {
        for (column, found) in found.iter().enumerate().filter(|(_, found)| answers(gold, found)) {
            worths.insert((row, column), worth(gold, found));
        }
    }
    worths
}

fn worth(gold: &GoldIncident, found: &Incident) -> i128 {
    let checks = checks(gold, found);
    let right = checks.iter().filter(|check| check.is_right).count();
    let answer = if gold.optional { ANSWER } else { REQUIRED * ANSWER };
    answer + ATTRIBUTES_RIGHT * right as i128 / checks.len() as i128
}
