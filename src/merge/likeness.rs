//! How alike two incidents are, part by part, each part with its reason.
//!
//! Every part gives points for (+) or against (−) one event; what a report does not tell gives none. Their sum, set
//! against [`SAME_POINTS`], becomes a score from 0 to 1 by the logistic function. Some parts can rule it out alone: one
//! report tells both, the dates do not meet, the places cannot be one, the types are of two families, the weapons are
//! told and exclude each other. Tolls never rule it out: they grow from report to report.
//!
//! Same day (2), same base (2), same type (1.5) are enough by themselves; a settlement in a named district (1) is too;
//! a governorate (−0.6) needs an actor and a toll or weapon beside it.
//!
//! Known limits: points are set by hand.

use std::borrow::Cow;

use serde::Serialize;

use super::wording::{Wording, points as wording_points};
use super::{days, first_published, place, sides, undated};
use crate::model::{EventType, Incident, Outcome, TimeOfDay};

/// Points from which two incidents are the same.
const SAME_POINTS: f64 = 4.0 - 1e-9;
/// Points from which two incidents may be the same.
const POSSIBLE_POINTS: f64 = 2.6;
/// The most that like wording gives: it settles what the rest leaves open, and no more.
pub(super) const WORDING_POINTS: f64 = 0.6;
/// Points of a part that rules it out; more than all others can give together.
pub(super) const OUT: f64 = -20.0;

/// One part of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// What was compared: `date`, `place`, `type` …
    pub name: &'static str,
    /// Points for (+) or against (−).
    pub score: f64,
    /// Why.
    pub reason: Cow<'static, str>,
}

impl Part {
    /// A part with its points.
    pub(super) fn new(name: &'static str, score: f64, reason: impl Into<Cow<'static, str>>) -> Self {
        Part { name, score, reason: reason.into() }
    }

    /// A part that rules it out.
    pub(super) fn out(name: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Part::new(name, OUT, reason)
    }

    /// Whether this part alone rules it out.
    pub fn rules_out(&self) -> bool {
        self.score <= OUT
    }
}

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// One event.
    Same,
    /// Perhaps one event: for a reader to decide; not merged.
    PossibleDuplicate,
    /// Two events.
    Different,
}

impl Verdict {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Same => "one event",
            Verdict::PossibleDuplicate => "perhaps one event",
            Verdict::Different => "two events",
        }
    }
}

/// A comparison of two incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likeness {
    /// 0 to 1; 0.5 and above is [`Verdict::Same`], save for undated incidents.
    pub score: f64,
    /// The parts, always in the same order.
    pub parts: Vec<Part>,
    /// What it comes to.
    pub verdict: Verdict,
}

/// Compares two incidents; the order of the two makes no difference.
///
/// An undated incident is the same as a dated one only when place and type agree, and with them the weekday that it
/// names, the day of its report and one thing more, or weapon and toll; two undated incidents are never the same.
pub fn likeness(a: &Incident, b: &Incident) -> Likeness {
    let place = place::compare(a, b);
    let mut parts = parts(a, b, reports(a, b), dates(a, b), place, kinds(a, b), weapons(a, b));
    parts[LAST] = wording(&Wording::of([a]), &Wording::of([b]));
    let points: f64 = parts.iter().map(|p| p.score).sum();
    let verdict = verdict(a, b, points, &parts);
    let score = if parts.iter().any(Part::rules_out) { 0.0 } else { share(points) };
    Likeness { score, parts: parts.into(), verdict }
}

/// The score of two incidents that are the same event, given that no report tells both; none for all others. The same
/// verdict as that of [`likeness`], but quick to say no, and asking for the wording only where it decides.
pub(super) fn same<'w>(
    a: &Incident,
    b: &Incident,
    wordings: impl FnOnce() -> (&'w Wording, &'w Wording),
) -> Option<f64> {
    let mut parts = quick(a, b)?;
    let mut points: f64 = parts.iter().map(|p| p.score).sum();
    if points < SAME_POINTS && points + WORDING_POINTS >= SAME_POINTS {
        let (a, b) = wordings();
        parts[LAST] = wording(a, b);
        points += parts[LAST].score;
    }
    (verdict(a, b, points, &parts) == Verdict::Same).then(|| share(points))
}

/// Whether two incidents are alike enough to look at more closely.
pub(super) fn may_be(a: &Incident, b: &Incident) -> bool {
    quick(a, b).is_some_and(|parts| parts.iter().map(|p| p.score).sum::<f64>() + WORDING_POINTS >= POSSIBLE_POINTS)
}

/// All parts but the reports and the wording; none where the first of them rule it out.
fn quick(a: &Incident, b: &Incident) -> Option<[Part; 13]> {
    let first = [dates(a, b), kinds(a, b), weapons(a, b)];
    if first.iter().any(Part::rules_out) {
        return None;
    }
    let [date, event, arms] = first;
    let place = Part::new("place", place::points_for(a, b), "");
    (!place.rules_out()).then(|| parts(a, b, Part::new("reports", 0.0, ""), date, place, event, arms))
}

/// Points as a score from 0 to 1.
fn share(points: f64) -> f64 {
    1.0 / (1.0 + (SAME_POINTS - points).exp())
}

/// The points of a score.
pub(super) fn points(score: f64) -> f64 {
    SAME_POINTS + (score / (1.0 - score)).ln()
}

/// All parts in their order.
fn parts(
    a: &Incident,
    b: &Incident,
    reports: Part,
    dates: Part,
    place: Part,
    types: Part,
    weapons: Part,
) -> [Part; 13] {
    [
        reports,
        dates,
        place,
        types,
        weapons,
        times(a.time_of_day, b.time_of_day),
        actors(a, b),
        targets(a, b),
        toll("killed", 1.0, (a, (a.killed_min, a.killed_max)), (b, (b.killed_min, b.killed_max))),
        toll("injured", 0.5, (a, (a.injured_min, a.injured_max)), (b, (b.injured_min, b.injured_max))),
        outcomes(a.outcome, b.outcome),
        ordinals(a, b),
        Part::new("wording", 0.0, "not compared"),
    ]
}

/// Where the wording stands among the parts.
const LAST: usize = 12;

/// The verdict on the points; stricter where a date is missing.
fn verdict(a: &Incident, b: &Incident, points: f64, parts: &[Part]) -> Verdict {
    if parts.iter().any(Part::rules_out) || points < POSSIBLE_POINTS {
        return Verdict::Different;
    }
    let same = match (days(a), days(b)) {
        (Some(_), Some(_)) => points >= SAME_POINTS,
        (None, None) => false,
        _ => undated::agree(a, b, parts),
    };
    if same { Verdict::Same } else { Verdict::PossibleDuplicate }
}

fn reports(a: &Incident, b: &Incident) -> Part {
    if a.sources.iter().any(|s| b.sources.iter().any(|t| t.report == s.report)) {
        return Part::out("reports", "one report tells them apart");
    }
    Part::new("reports", 0.0, "told by different reports")
}

fn dates(a: &Incident, b: &Incident) -> Part {
    let part = |score, reason: &'static str| Part::new("date", score, reason);
    let (Some((a_start, a_end)), Some((b_start, b_end))) = (days(a), days(b)) else { return undated::date(a, b) };
    if a_start > b_end || b_start > a_end {
        return Part::out("date", "the dates do not meet");
    }
    let nights = i32::max((a_end - a_start).get_days(), (b_end - b_start).get_days());
    let inside = (a_start >= b_start && a_end <= b_end) || (b_start >= a_start && b_end <= a_end);
    match nights {
        0 => part(2.0, "the same day"),
        1 if a_start == b_start && a_end == b_end => part(2.0, "the same night"),
        1 if inside => part(1.4, "a day and the night that touches it"),
        1 => part(0.6, "two nights that share a day"),
        2..9 => part(0.4, "within a week told as a whole"),
        9..32 => part(-0.4, "within a month told as a whole"),
        _ => part(-1.0, "within a longer time told as a whole"),
    }
}

/// Whether a type is fire from afar or an explosive, and whether it is people face to face.
const fn families(event: EventType) -> (bool, bool) {
    use EventType as E;
    match event {
        E::ArmedClash | E::ArmedAttack | E::Raid | E::Abduction => (false, true),
        E::Assassination | E::Other => (true, true),
        _ => (true, false),
    }
}

/// Types, where a weapon in common says that drones in one and missiles in the other are one salvo.
fn kinds(a: &Incident, b: &Incident) -> Part {
    use EventType as E;
    let salvo = (a.event_type.min(b.event_type), a.event_type.max(b.event_type)) == (E::DroneStrike, E::MissileAttack);
    if salvo && a.weapons.iter().any(|arm| b.weapons.contains(arm)) {
        return Part::new("type", 0.4, "one salvo of drones and missiles");
    }
    if is_bare(a) && is_bombardment(b) || is_bare(b) && is_bombardment(a) {
        return Part::new("type", 0.8, "a bombardment, its means told in one report");
    }
    types(a.event_type, b.event_type)
}

/// Whether an incident is told as shelling by no weapon of the ground, «قصف» being said of whatever falls on a place, or by
/// another as well: reports disagree on what it was.
fn is_bare(incident: &Incident) -> bool {
    let of = |arms: &[&str]| incident.weapons.iter().any(|arm| arms.contains(&arm.as_str()));
    incident.event_type == EventType::Shelling && (!of(&GUNS) || of(&FLOWN))
}

/// Whether an incident is of a type that «قصف» may stand for.
const fn is_bombardment(incident: &Incident) -> bool {
    matches!(incident.event_type, EventType::Airstrike | EventType::DroneStrike | EventType::MissileAttack)
}

fn types(a: EventType, b: EventType) -> Part {
    use EventType as E;
    let part = |score, reason: &'static str| Part::new("type", score, reason);
    let ((a_far, a_near), (b_far, b_near)) = (families(a), families(b));
    if !(a_far && b_far || a_near && b_near) {
        return Part::out("type", "types of two families");
    }
    match (a.min(b), a.max(b)) {
        (E::Other | E::Explosion, y) if a == b => part(1.0, y.as_str()),
        (_, y) if a == b => part(1.5, y.as_str()),
        (E::Bombing, E::SuicideBombing) => part(1.0, "a bombing, the bomber dead in one report"),
        (_, E::Explosion) => part(0.8, "an explosion whose cause one report tells"),
        (E::NavalAttack, _) | (_, E::NavalAttack) => part(0.8, "an attack at sea, the weapon told in one report"),
        (E::Airstrike, E::DroneStrike) => part(0.8, "an air strike, the drone told in one report"),
        (E::ArmedClash, E::ArmedAttack) => part(0.8, "shooting told as attack and as clash"),
        (E::Airstrike | E::DroneStrike | E::Bombing | E::ArmedAttack, E::Assassination) => {
            part(0.8, "a killing, the means told in one report")
        }
        (E::MissileAttack, E::Shelling) => part(0.6, "fire from the ground"),
        (E::Airstrike | E::DroneStrike, E::Shelling) => part(0.3, "a bombardment, from the air in one report"),
        (E::Airstrike, E::MissileAttack) => part(0.4, "missiles told as air strike and as missile attack"),
        (E::ArmedClash | E::ArmedAttack, E::Raid) | (E::Raid, E::Abduction) => part(0.4, "a raid and its fighting"),
        (_, E::Other) => part(0.3, "one report does not tell the type"),
        (E::DroneStrike, E::MissileAttack) => part(-0.3, "drones in one, missiles in the other"),
        _ => part(-0.6, "types of one family, but not alike"),
    }
}

/// The weapons that make a bombardment shelling and nothing else.
const GUNS: [&str; 2] = ["artillery", "mortar"];
/// Those that make it something else.
const FLOWN: [&str; 4] = ["aircraft", "helicopter", "drone", "missile"];

/// Names that reports use for one weapon, the vaguer first.
const VAGUER: [(&str, &str); 6] = [
    ("missile", "ballistic_missile"),
    ("missile", "cruise_missile"),
    ("missile", "anti_ship_missile"),
    ("missile", "rocket"),
    ("aircraft", "helicopter"),
    ("ied", "car_bomb"),
];

/// Craft and what they fire, of which one report names the one and another the other.
const CARRIED: [(&str, &str); 3] = [("aircraft", "missile"), ("helicopter", "missile"), ("helicopter", "rocket")];

fn weapons(a: &Incident, b: &Incident) -> Part {
    use EventType as E;
    let part = |score, reason: &'static str| Part::new("weapons", score, reason);
    if a.weapons.is_empty() || b.weapons.is_empty() {
        return part(0.0, "not told by both");
    }
    let any = |alike: fn(&str, &str) -> bool| a.weapons.iter().any(|x| b.weapons.iter().any(|y| alike(x, y)));
    let flown = |e| matches!(e, E::Airstrike | E::DroneStrike | E::MissileAttack);
    if any(|x, y| x == y) {
        part(0.7, "a weapon in common")
    } else if any(|x, y| VAGUER.contains(&(x, y)) || VAGUER.contains(&(y, x))) {
        part(0.4, "one weapon told more exactly")
    } else if a.event_type != b.event_type && flown(a.event_type) && flown(b.event_type) {
        Part::out("weapons", "other weapons, and another type for them")
    } else if a.event_type == b.event_type && any(|x, y| CARRIED.contains(&(x, y)) || CARRIED.contains(&(y, x))) {
        part(0.2, "missiles, and the craft that fired them")
    } else {
        part(-0.7, "no weapon in common")
    }
}

fn times(a: Option<TimeOfDay>, b: Option<TimeOfDay>) -> Part {
    use TimeOfDay as T;
    let part = |score, reason: &'static str| Part::new("time", score, reason);
    let (Some(a), Some(b)) = (a, b) else { return part(0.0, "not told by both") };
    match (a.min(b), a.max(b)) {
        (x, y) if x == y => part(0.4, "the same part of the day"),
        (T::Dawn, T::Morning | T::Night)
        | (T::Morning, T::Noon)
        | (T::Noon, T::Afternoon)
        | (T::Afternoon, T::Evening)
        | (T::Evening, T::Night) => part(0.0, "parts of the day that meet"),
        _ => part(-1.6, "another part of the day"),
    }
}

/// Who did it or claims it.
fn doers(incident: &Incident) -> impl Iterator<Item = &String> {
    incident.actor.iter().chain(&incident.claimed_by)
}

fn actors(a: &Incident, b: &Incident) -> Part {
    let part = |score, reason: &'static str| Part::new("actor", score, reason);
    let blames = |x: &Incident, y: &Incident| doers(y).any(|doer| Some(doer) == x.blamed_on.as_ref());
    let (told_a, told_b) = (doers(a).next().is_some(), doers(b).next().is_some());
    if doers(a).any(|x| doers(b).any(|y| x == y)) {
        part(1.0, "the same side did or claimed it")
    } else if doers(a).any(|x| doers(b).any(|y| sides::of_one(x, y))) {
        part(0.5, "two names of one side")
    } else if blames(a, b) || blames(b, a) {
        part(0.6, "one blames the side that did or claimed it")
    } else if a.blamed_on.is_some() && a.blamed_on == b.blamed_on {
        part(0.5, "the same side is blamed")
    } else if a.actor.is_some() && b.actor.is_some() {
        part(-1.8, "two sides, each said to have done it")
    } else if told_a && told_b {
        part(-1.2, "two sides, done or claimed")
    } else {
        part(0.0, "not told by both")
    }
}

fn targets(a: &Incident, b: &Incident) -> Part {
    match (&a.target, &b.target) {
        (Some(x), Some(y)) if x == y => Part::new("target", 0.5, "the same target"),
        (Some(_), Some(_)) => Part::new("target", -0.2, "another target"),
        _ => Part::new("target", 0.0, "not told by both"),
    }
}

/// A toll as told: fewest and most.
type Range = (Option<u32>, Option<u32>);

fn toll(name: &'static str, weight: f64, (x, a): (&Incident, Range), (y, b): (&Incident, Range)) -> Part {
    let part = |score: f64, reason: &'static str| Part::new(name, score * weight, reason);
    if a == (None, None) || b == (None, None) {
        return part(0.0, "not told by both");
    }
    let bounds = |(min, max): Range| (min.unwrap_or(0), max.unwrap_or(u32::MAX));
    let ((a_min, a_max), (b_min, b_max)) = (bounds(a), bounds(b));
    let gap = a_min.saturating_sub(b_max).max(b_min.saturating_sub(a_max));
    let exact = a == b && a_min == a_max;
    match gap {
        0 if exact && a_min > 0 => part(1.0, "the same number"),
        0 => part(0.4, "numbers that agree"),
        _ if a_min > 0 && b_min > 0 && may_have_grown((x, a_min), (y, b_min)) => part(-0.2, "a number that grew"),
        gap if gap <= 2 || gap <= a_min.min(b_min) / 2 => part(undated::NEARLY, "numbers that nearly agree"),
        _ => part(-0.9, "numbers that contradict each other"),
    }
}

/// Whether the greater number was published after the smaller one, or on the same day.
fn may_have_grown((a, a_min): (&Incident, u32), (b, b_min): (&Incident, u32)) -> bool {
    let (early, late) = if a_min <= b_min { (a, b) } else { (b, a) };
    first_published(early).zip(first_published(late)).is_some_and(|(first, then)| first <= then)
}

/// Which of several an incident is said to be: 2 for a second attack.
fn ordinals(a: &Incident, b: &Incident) -> Part {
    let part = |score, reason: &'static str| Part::new("ordinal", score, reason);
    let told = |incident: &'_ Incident| -> Vec<u8> { incident.sources.iter().filter_map(|s| s.says.ordinal).collect() };
    let (a, b) = (told(a), told(b));
    if a.is_empty() || b.is_empty() {
        part(0.0, "not told by both")
    } else if a.iter().any(|number| b.contains(number)) {
        part(0.5, "the same of several")
    } else {
        part(-2.0, "another of several")
    }
}

fn wording(a: &Wording, b: &Wording) -> Part {
    match wording_points(a, b) {
        Some(points) => Part::new("wording", points, "much the same words"),
        None => Part::new("wording", 0.0, "other words"),
    }
}

fn outcomes(a: Outcome, b: Outcome) -> Part {
    let part = |score, reason: &'static str| Part::new("outcome", score, reason);
    match (a.min(b), a.max(b)) {
        (_, Outcome::Unknown) => part(0.0, "not told by both"),
        (x, y) if x == y => part(0.2, "the same outcome"),
        (Outcome::Hit, _) => part(-0.5, "struck in one, stopped or failed in the other"),
        _ => part(0.0, "stopped or failed"),
    }
}
