//! Running counts: `N هجوماً … منذ D`, `قُتل N منذ D`, `53 في العراق و77 في سوريا`.
//!
//! «أكثر من 150 هجوماً منذ منتصف أكتوبر» attacks since · «62 إصابة» injured. Never incidents.
//! Misses: counts spread over sentences.

use super::facts::{Facts, Reading};
use super::status::counted_attacks;
use crate::lexicon::Lexicon;
use crate::lexicon::class::{Class, Cue, Sense};
use crate::mention::number::{Count, counts};
use crate::mention::time::TimeMention;
use crate::mention::words::Words;
use crate::model::{DatePrecision, Tally, When};

/// The tallies of a clause that tells a running count.
pub fn tallies(reading: &Reading<'_, '_>, facts: &Facts, report: &str) -> Vec<Tally> {
    let words = reading.words;
    let (start, end) = (facts.clause.start, facts.clause.end);
    let mut out = Vec::new();
    for count in counted_attacks(words, start, end).into_iter().filter(|c| c.min >= 3) {
        out.push(tally(reading, facts, report, &count, what(words, &count)));
    }
    let casualties = &facts.casualties;
    for (bounds, what) in [(casualties.killed, "killed"), (casualties.injured, "injured")] {
        if let Some((min, max)) = bounds.filter(|b| b.0 >= 3) {
            let count = Count { start: casualties.start, end: casualties.end, min, max, vague: false };
            out.push(tally(reading, facts, report, &count, what));
        }
    }
    if let [first] = out.as_slice() {
        out.extend(parts(reading, facts, first));
    }
    out
}

fn what(words: &Words<'_>, count: &Count) -> &'static str {
    let strikes = words
        .at(count.end)
        .iter()
        .any(|h| matches!(h.class, Class::Trigger { sense: Sense::AirRaid | Sense::Strike, .. }));
    if strikes { "strikes" } else { "attacks" }
}

fn tally(reading: &Reading<'_, '_>, facts: &Facts, report: &str, count: &Count, what: &str) -> Tally {
    let words = reading.words;
    let line = words.lines[facts.clause.line].span;
    let span = words.span(count.start, count.end);
    let (min, max) = (count.min, count.max);
    Tally {
        count_min: Some(min),
        count_max: max,
        what: what.to_owned(),
        place: place(reading, line_range(words, facts)),
        since: facts.since.or(facts.time).and_then(|t| day(&t, false)),
        until: facts.until.or(facts.time).and_then(|t| day(&t, true)),
        as_of: None,
        source: source(words, reading.lexicon, facts),
        report: report.to_owned(),
        start: span.start,
        end: span.end,
        text: line.of(words.document().text).to_owned(),
    }
}

fn line_range(words: &Words<'_>, facts: &Facts) -> (usize, usize) {
    let line = words.lines[facts.clause.line];
    (line.start, line.end)
}

/// The places of the sentence in English, joined.
fn place(reading: &Reading<'_, '_>, (start, end): (usize, usize)) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for mention in reading.places_in(start, end).iter().filter(|m| m.role.may_hold()) {
        let Some(place) = mention.place.map(|p| reading.gazetteer.at(p)) else { continue };
        if !names.contains(&place.name_en.as_ref()) {
            names.push(&place.name_en);
        }
    }
    (!names.is_empty()).then(|| names.join(" and "))
}

/// A date or a month, by what is known.
fn day(time: &TimeMention, last: bool) -> Option<String> {
    let When { start, end, precision, .. } = time.when?;
    let date = if last { end } else { start };
    Some(match precision {
        DatePrecision::Month => date.strftime("%Y-%m").to_string(),
        DatePrecision::Year => date.strftime("%Y").to_string(),
        _ => date.to_string(),
    })
}

/// Who counted: an actor after a word of saying, or before one.
fn source(words: &Words<'_>, lexicon: &Lexicon, facts: &Facts) -> Option<String> {
    let (start, end) = line_range(words, facts);
    let says = words
        .within(start, end)
        .iter()
        .find(|h| matches!(h.class, Class::Cue(Cue::Report | Cue::Source | Cue::Total)))?;
    words.within(says.start, end.min(says.end + 5)).iter().find_map(|h| match h.class {
        Class::Actor(id) => lexicon.actors.get(usize::from(id)).map(|a| a.name.clone()),
        _ => None,
    })
}

/// «بما في ذلك 53 في العراق و77 في سوريا»: parts of a count by place, anywhere in the sentence.
fn parts(reading: &Reading<'_, '_>, facts: &Facts, whole: &Tally) -> Vec<Tally> {
    let words = reading.words;
    let (start, end) = line_range(words, facts);
    let mut out = Vec::new();
    for count in counts(words, start, end) {
        let at = words.span(count.start, count.end);
        if at.start == whole.start || Some(count.min) > whole.count_min || count.min == 0 {
            continue;
        }
        let next = reading.places_in(count.end, count.end + 4).first();
        let Some(place) = next.and_then(|m| m.place) else { continue };
        out.push(Tally {
            count_min: Some(count.min),
            count_max: count.max,
            place: Some(reading.gazetteer.at(place).name_en.to_string()),
            start: at.start,
            end: at.end,
            ..whole.clone()
        });
    }
    out
}
