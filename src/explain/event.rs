//! Why some reports are one event, and which other incidents came near to being of it.

use std::cmp::Reverse;
use std::io::{self, Write};

use serde::Serialize;

use crate::merge::{Likeness, Verdict, likeness};
use crate::model::{Incident, Statement};
use crate::store::Told;

/// Near misses that are told.
const NEAR_MISSES: usize = 8;

/// An incident of the map, and why it is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventExplanation {
    /// Its id.
    pub id: String,
    /// One line.
    pub summary_en: String,
    /// One line in Arabic.
    pub summary_ar: String,
    /// What each report states.
    pub sources: Vec<(String, Statement)>,
    /// Each report against each other: what made them one.
    pub pairs: Vec<Compared>,
    /// Incidents that are not of it, those first that came nearest.
    pub near_misses: Vec<Compared>,
    /// What people decided of it.
    pub decisions: Vec<String>,
}

/// Two that were compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// A report, or the id of this incident.
    pub a: String,
    /// A report, or the id of another incident.
    pub b: String,
    /// What the comparison comes to, part by part.
    #[serde(flatten)]
    pub likeness: Likeness,
}

/// Explains one incident of a map.
pub fn event(told: &Told) -> EventExplanation {
    let Told { incident, members, others, decisions } = told;
    let report = |member: &Incident| member.sources.first().map(|s| s.report.clone()).unwrap_or_default();
    let pairs = members.iter().enumerate().flat_map(|(n, a)| {
        members[n + 1..].iter().map(move |b| Compared { a: report(a), b: report(b), likeness: likeness(a, b) })
    });
    let against = |other: &Incident| Compared {
        a: incident.id.clone(),
        b: other.id.clone(),
        likeness: likeness(incident, other),
    };
    let mut near: Vec<Compared> = others.iter().map(against).filter(near_by).collect();
    near.sort_by_key(|c| (Reverse(c.likeness.verdict == Verdict::PossibleDuplicate), Reverse(points(c)), c.b.clone()));
    near.retain(|c| points(c) > 0);
    near.truncate(NEAR_MISSES);
    EventExplanation {
        id: incident.id.clone(),
        summary_en: incident.summary_en.clone(),
        summary_ar: incident.summary_ar.clone(),
        sources: incident.sources.iter().map(|s| (s.report.clone(), s.says.clone())).collect(),
        pairs: pairs.collect(),
        near_misses: near,
        decisions: decisions.clone(),
    }
}

/// Whether the other lies where it could be the same.
fn near_by(compared: &Compared) -> bool {
    compared.likeness.parts.iter().all(|part| part.name != "place" || !part.rules_out())
}

/// Hundredths of a point, without the parts that rule it out.
#[allow(clippy::cast_possible_truncation, reason = "points are small")]
fn points(compared: &Compared) -> i64 {
    let parts = compared.likeness.parts.iter().filter(|part| !part.rules_out());
    (parts.map(|part| part.score).sum::<f64>() * 100.0).round() as i64
}

/// The explanation as text.
pub fn write(out: &mut impl Write, event: &EventExplanation) -> io::Result<()> {
    writeln!(out, "== {}\n{}\n{}", event.id, event.summary_en, event.summary_ar)?;
    writeln!(out, "\nWhat each report states")?;
    for (report, says) in &event.sources {
        writeln!(out, "  {report}: {}", stated(says))?;
    }
    writeln!(out, "\nWhy they are one event")?;
    if event.pairs.is_empty() {
        writeln!(out, "  one report tells of it")?;
    }
    event.pairs.iter().try_for_each(|pair| compared(out, pair))?;
    writeln!(out, "\nNear misses")?;
    if event.near_misses.is_empty() {
        writeln!(out, "  none")?;
    }
    event.near_misses.iter().try_for_each(|pair| compared(out, pair))?;
    if !event.decisions.is_empty() {
        writeln!(out, "\nDecided\n  {}", event.decisions.join("\n  "))?;
    }
    Ok(())
}

fn compared(out: &mut impl Write, pair: &Compared) -> io::Result<()> {
    let Likeness { score, parts, verdict } = &pair.likeness;
    writeln!(out, "  {} and {}: {}, score {score:.2}", pair.a, pair.b, verdict.as_str())?;
    for part in parts.iter().filter(|part| part.score.abs() > f64::EPSILON) {
        let points = if part.rules_out() { "rules it out".to_owned() } else { format!("{:+.1}", part.score) };
        writeln!(out, "      {:<9}{points:<13}{}", part.name, part.reason)?;
    }
    Ok(())
}

/// A statement in words.
fn stated(says: &Statement) -> String {
    let range = |name: &str, min: Option<u32>, max: Option<u32>| match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("{name} {min}")),
        (Some(min), Some(max)) => Some(format!("{name} {min}–{max}")),
        (Some(min), None) => Some(format!("{name} {min} or more")),
        _ => None,
    };
    let date = match (says.date_start, says.date_end) {
        (Some(start), Some(end)) if start != end => Some(format!("{start} to {end}")),
        (start, _) => start.map(|day| day.to_string()),
    };
    let from = says.date_from.as_ref().map(|report| format!("dated by {report}"));
    let official = says.official.then(|| "an official toll".to_owned());
    let told = [
        date,
        from,
        says.event_type.map(|event| event.to_string()),
        says.place.clone(),
        range("killed", says.killed_min, says.killed_max),
        range("injured", says.injured_min, says.injured_max),
        official,
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
