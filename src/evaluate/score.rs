//! The figures: counts of answers, what they amount to, and the list of what went wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::answer::{answers, distance_km};
use super::attributes::{Comparison, checks};
use super::found::Found;
use super::gold::{GoldIncident, GoldReport};
use super::pair::pair;
use crate::model::{EventType, Incident};

/// The bands of confidence; each holds its lower bound, the last its upper as well.
const BANDS: [(f64, f64); 5] = [(0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)];

/// Everything that an evaluation says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// The figures.
    #[serde(flatten)]
    pub scores: Scores,
    /// What the confidence of an incident is worth, by band.
    pub calibration: Vec<Band>,
    /// What was missed, wrong or right in part only, report by report.
    pub errors: Vec<Fault>,
}

/// The figures of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Reports in the gold.
    pub reports: usize,
    /// Incidents in the gold that are not optional.
    pub incidents: usize,
    /// Those that were found.
    pub hit: usize,
    /// Those that were not.
    pub missed: usize,
    /// Incidents found that answer none of the gold.
    pub wrong: usize,
    /// Share of those found that are right; four decimals, as all shares.
    pub precision: f64,
    /// Share of the gold that was found.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// Share of the gold that was found with every attribute right.
    pub whole: f64,
    /// Of the reports without an incident, those in which none was found.
    pub silent_reports_kept_silent: Share,
    /// Median distance of the answers from the gold's points, countries and seas left out; kilometres, two decimals.
    pub median_km: Option<f64>,
    /// For each attribute the answers that have it right, of those whose gold states it.
    pub attributes: BTreeMap<&'static str, Share>,
}

/// So many of so many; `3/4` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many are so.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

/// Incidents found with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// The least confidence.
    pub from: f64,
    /// Below this; the last band holds it.
    pub to: f64,
    /// Incidents found, those left out that answer an optional one.
    pub incidents: usize,
    /// Those that answer an incident of the gold.
    pub right: usize,
    /// Their share; null where there are none.
    pub share: Option<f64>,
}

/// What kind of error it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultKind {
    /// An incident of the gold that nothing found answers.
    Missed,
    /// An incident found that answers none of the gold.
    Wrong,
    /// An answer with an attribute that is wrong.
    Partly,
}

/// One error: the incident of the gold, or for a wrong one the incident found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// What kind of error.
    pub error: FaultKind,
    /// The report's id.
    pub report: String,
    /// The id of the incident found; null for a missed one.
    pub id: Option<String>,
    /// First day.
    pub date_start: Option<Date>,
    /// What kind of event.
    pub event_type: EventType,
    /// The place's name.
    pub place: Option<String>,
    /// Latitude, WGS84 degrees.
    pub lat: Option<f64>,
    /// Longitude, WGS84 degrees.
    pub lon: Option<f64>,
    /// The attributes that are wrong; empty but for an answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Comparison>,
}

/// Scores what was found against the gold. A report of the gold that was not read counts as one in which nothing was
/// found; what was found in a report without gold does not count.
pub fn evaluate(gold: &[GoldReport], found: &Found) -> Evaluation {
    let mut tally = Tally::default();
    for report in gold {
        tally.report(report, found.of(&report.id));
    }
    tally.evaluation(gold.len())
}

/// The counts while the reports pass by.
#[derive(Debug, Default)]
struct Tally {
    hit: usize,
    missed: usize,
    wrong: usize,
    whole: usize,
    silent: Share,
    attributes: BTreeMap<&'static str, Share>,
    distances_km: Vec<f64>,
    bands: [Share; BANDS.len()],
    errors: Vec<Fault>,
}

impl Tally {
    fn report(&mut self, gold: &GoldReport, found: &[Incident]) {
        if gold.incidents.is_empty() {
            self.silent.add(found.is_empty());
        }
        let pairs = pair(&gold.incidents, found);
        for (position, incident) in gold.incidents.iter().enumerate().filter(|(_, incident)| !incident.optional) {
            match pairs.get(&position).and_then(|&answer| found.get(answer)) {
                Some(answer) => self.answered(&gold.id, incident, answer),
                None => self.missed(&gold.id, incident),
            }
        }
        let paired: BTreeSet<usize> = pairs.into_values().collect();
        let unpaired = found.iter().enumerate().filter(|(position, _)| !paired.contains(position));
        for (_, incident) in unpaired.filter(|(_, incident)| !answers_optional(gold, incident)) {
            self.wrong(&gold.id, incident);
        }
    }

    fn answered(&mut self, report: &str, gold: &GoldIncident, found: &Incident) {
        self.hit += 1;
        self.bands[band_of(found)].add(true);
        self.distances_km.extend(distance_km(gold, found).filter(|_| !gold.is_vast()));
        let checks = checks(gold, found);
        for check in &checks {
            self.attributes.entry(check.attribute).or_default().add(check.is_right);
        }
        if checks.iter().all(|check| check.is_right) {
            self.whole += 1;
        } else {
            let attributes = checks.into_iter().filter(|check| !check.is_right).collect();
            let id = Some(found.id.clone());
            self.errors.push(Fault { id, attributes, ..of_gold(FaultKind::Partly, report, gold) });
        }
    }

    fn missed(&mut self, report: &str, gold: &GoldIncident) {
        self.missed += 1;
        self.errors.push(of_gold(FaultKind::Missed, report, gold));
    }

    fn wrong(&mut self, report: &str, found: &Incident) {
        self.wrong += 1;
        self.bands[band_of(found)].add(false);
        self.errors.push(Fault {
            error: FaultKind::Wrong,
            report: report.to_owned(),
            id: Some(found.id.clone()),
            date_start: found.date_start,
            event_type: found.event_type,
            place: found.place.clone(),
            lat: found.lat,
            lon: found.lon,
            attributes: Vec::new(),
        });
    }

    fn evaluation(mut self, reports: usize) -> Evaluation {
        let incidents = self.hit + self.missed;
        let precision = ratio(self.hit, self.hit + self.wrong);
        let recall = ratio(self.hit, incidents);
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        self.distances_km.sort_by(f64::total_cmp);
        // Of two in the middle the farther one.
        let median_km = self.distances_km.get(self.distances_km.len() / 2);
        Evaluation {
            scores: Scores {
                reports,
                incidents,
                hit: self.hit,
                missed: self.missed,
                wrong: self.wrong,
                precision: rounded(precision, 4),
                recall: rounded(recall, 4),
                f1: rounded(f1, 4),
                whole: rounded(ratio(self.whole, incidents), 4),
                silent_reports_kept_silent: self.silent,
                median_km: median_km.map(|km| rounded(*km, 2)),
                attributes: self.attributes,
            },
            calibration: BANDS.into_iter().zip(self.bands).map(|((from, to), share)| band(from, to, share)).collect(),
            errors: self.errors,
        }
    }
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.of += 1;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.right, self.of)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whether the incident found could be one that the gold allows and does not ask for.
fn answers_optional(gold: &GoldReport, found: &Incident) -> bool {
    gold.incidents.iter().any(|incident| incident.optional && answers(incident, found))
}

fn of_gold(error: FaultKind, report: &str, gold: &GoldIncident) -> Fault {
    Fault {
        error,
        report: report.to_owned(),
        id: None,
        date_start: gold.date_start,
        event_type: gold.event_type,
        place: gold.place.clone(),
        lat: gold.lat,
        lon: gold.lon,
        attributes: Vec::new(),
    }
}

fn band(from: f64, to: f64, Share { right, of }: Share) -> Band {
    Band { from, to, incidents: of, right, share: (of > 0).then(|| rounded(ratio(right, of), 4)) }
}

fn band_of(found: &Incident) -> usize {
    BANDS.iter().position(|(_, to)| found.confidence < *to).unwrap_or(BANDS.len() - 1)
}

/// The share; nothing of nothing is zero.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The decimal with so many places that lies nearest to the number itself, not to a product of it.
fn rounded(number: f64, places: usize) -> f64 {
    format!("{number:.places$}").parse().unwrap_or(number)
}
