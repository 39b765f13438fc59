//! Merging at size: 100,000 incidents as reports tell them, and three times as many; with targets.
//!
//! `cargo bench --bench merge`; `-- million` for ten times as many, which takes minutes and 4 GB of memory. Days are as full in the long run as in the short one: what grows is the time that they
//! span, as it does where runs add to a store.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a target that is missed ends the bench")]
#![allow(clippy::print_stdout, reason = "figures are what a bench is for")]
#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use mawqi::merge::merge;
use mawqi::model::{EventType, Incident};
use serde_json::json;

#[path = "../examples/made_points.rs"]
mod made_points;

use made_points::Dice;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a short run is allowed on one core.
const MOST: Duration = Duration::from_secs(20);
const SHORT: usize = 100_000;
const LONG: usize = 300_000;
const MILLION: usize = 1_000_000;
/// So many times the incidents take at most so many times that as long: what does not fit a processor's cache is slower.
const MOST_BEYOND: f64 = 1.4;

/// So many events a day, as in a region at war, on the places of `made_points`: a few cities have dozens each day.
const EVENTS_A_DAY: usize = 100;
/// An event is told by one to so many reports; two and a half on average, for most are told by few.
const MOST_TELLINGS: usize = 6;
/// The reports of a day.
const REPORTS_A_DAY: usize = 120;
/// One telling in so many knows the governorate only, and one in so many no day but the weekday.
const WIDE: usize = 12;
const UNDATED: usize = 20;

const TYPES: [(EventType, &[&str]); 6] = [
    (EventType::Airstrike, &["aircraft"]),
    (EventType::Shelling, &["artillery"]),
    (EventType::DroneStrike, &["drone"]),
    (EventType::MissileAttack, &["missile"]),
    (EventType::ArmedAttack, &["small_arms"]),
    (EventType::Bombing, &["ied"]),
];
const ACTORS: [&str; 6] = ["US forces", "Israel", "Turkey", "Islamic State", "Houthis", "Syrian government forces"];
/// What the sentences are made of.
const WORDS: [&str; 24] = [
    "مصدر",
    "أمني",
    "قتل",
    "أصيب",
    "غارة",
    "قصف",
    "منطقة",
    "مدينة",
    "مساء",
    "فجر",
    "جنود",
    "مدنيين",
    "منزل",
    "سيارة",
    "قاعدة",
    "طريق",
    "أضرار",
    "مادية",
    "الدفاع",
    "المدني",
    "مستشفى",
    "هجوم",
    "انفجار",
    "شهود",
];

fn main() {
    let short = timed(SHORT);
    assert!(short < MOST, "target: {MOST:?}");
    let many = if std::env::args().any(|arg| arg == "million") { MILLION } else { LONG };
    let (grown, parts) = (timed(many).as_secs_f64() / short.as_secs_f64(), many / SHORT);
    println!("{parts} times as many: {grown:.1} times as long");
    assert!(grown <= parts as f64 * MOST_BEYOND, "target: {MOST_BEYOND} times {parts}");
}

/// How long so many take; the worse of two. The better one of few incidents finds the memory of the one before, that of
/// many never does, for the allocator gives so much back: they would not be measured alike.
fn timed(count: usize) -> Duration {
    (0..2).map(|_| once(count)).max().unwrap()
}

fn once(count: usize) -> Duration {
    let made = made(count);
    let start = on_cpu();
    let merged = merge(made);
    let took = on_cpu().saturating_sub(start);
    println!("{count} incidents in {took:.2?}, {} events", merged.len());
    // Many fewer than are told, and no fewer than half of what there is: tellings were joined, and cities were not.
    assert!(merged.len() < count * 7 / 10 && merged.len() > count / 5, "{} events", merged.len());
    took
}

/// The time that this thread has had a processor, so that other work on the machine does not count; else the time of day.
fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanos| nanos.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap())
}

/// So many tellings of events, always the same.
fn made(count: usize) -> Vec<Incident> {
    let mut dice = Dice::new(11);
    let bare = bare();
    let mut out = Vec::with_capacity(count);
    for (number, point) in made_points::made(count).0.into_iter().enumerate() {
        if out.len() >= count {
            break;
        }
        let event = event(&mut dice, &bare, number, point);
        // The less of two throws: most events are told by few.
        let tellings = 1 + dice.below(MOST_TELLINGS).min(dice.below(MOST_TELLINGS));
        let first = dice.below(REPORTS_A_DAY);
        for n in 0..tellings {
            out.push(telling(&mut dice, &event, (first + 7 * n) % REPORTS_A_DAY));
        }
    }
    out.truncate(count);
    out
}

/// An incident with nothing told.
fn bare() -> Incident {
    let source = json!({ "report": "", "published": null, "publisher": "made up", "url": null, "evidence": [] });
    let nulls = [
        "date_start",
        "date_end",
        "time_of_day",
        "place",
        "place_en",
        "place_id",
        "place_kind",
        "uncertainty_m",
        "lon",
        "lat",
        "admin2",
        "admin1",
        "actor",
        "claimed_by",
        "blamed_on",
        "target",
        "killed_min",
        "killed_max",
        "injured_min",
        "injured_max",
        "damage",
    ];
    let mut made = json!({
        "id": "", "event_type": "other", "date_precision": "day", "geo_precision": "settlement", "country": "IQ",
        "weapons": [], "outcome": "unknown", "background": false, "confidence": 0.8, "summary_en": "",
        "summary_ar": "", "source_count": 1, "sources": [source],
    });
    made.as_object_mut().unwrap().extend(nulls.map(|name| (name.to_owned(), json!(null))));
    serde_json::from_value(made).unwrap()
}

/// The event as it was.
fn event(dice: &mut Dice, bare: &Incident, number: usize, (lon, lat): (f64, f64)) -> Incident {
    let day = date(2014, 1, 1).checked_add(i64::try_from(number / EVENTS_A_DAY).unwrap().days()).unwrap();
    let (event_type, weapons) = TYPES[dice.below(TYPES.len())];
    let killed = (dice.below(2) == 0).then(|| u32::try_from(dice.below(9)).unwrap());
    let place = format!("{lat:.5} {lon:.5}");
    Incident {
        event_type,
        date_start: Some(day),
        date_end: Some(day),
        place: Some(place.clone()),
        place_id: Some(place),
        uncertainty_m: Some([1_000, 3_000, 8_000][dice.below(3)]),
        lon: Some(lon),
        lat: Some(lat),
        admin1: Some(format!("{:.0} {:.0}", lat / 1.5, lon / 1.5)),
        actor: (dice.below(3) > 0).then(|| ACTORS[dice.below(ACTORS.len())].to_owned()),
        weapons: weapons.iter().filter(|_| dice.below(3) > 0).map(|arm| (*arm).to_owned()).collect(),
        killed_min: killed,
        killed_max: killed,
        ..bare.clone()
    }
}

/// The event as one report of the day after tells it.
fn telling(dice: &mut Dice, event: &Incident, report: usize) -> Incident {
    let mut told = event.clone();
    let day = event.date_start.unwrap();
    if dice.below(UNDATED) == 0 {
        (told.date_start, told.date_end) = (None, None);
    }
    if dice.below(WIDE) == 0 {
        told.place.clone_from(&told.admin1);
        told.place_id.clone_from(&told.admin1);
        told.geo_precision = Some(mawqi::model::GeoPrecision::Governorate);
        told.uncertainty_m = Some(80_000);
    }
    if dice.below(4) == 0 {
        told.actor = None;
    }
    if let Some(killed) = told.killed_min {
        let grown = Some(killed + u32::try_from(dice.below(3)).unwrap());
        (told.killed_min, told.killed_max) = (grown, grown);
    }
    tell(dice, &mut told, day, report);
    told
}

/// The source, with a sentence of its own.
fn tell(dice: &mut Dice, told: &mut Incident, day: Date, report: usize) {
    let source = &mut told.sources[0];
    source.report = format!("{day}-{report}");
    // A report without a date tells the weekday, one with a date nothing.
    let undated = told.date_start.is_none();
    let dateless = undated && dice.below(2) == 0;
    source.published = day.tomorrow().ok().filter(|_| !dateless);
    source.says.weekday = dateless.then(|| mawqi::mention::calendar::weekday(day));
    let sentence: Vec<&str> = (0..30).map(|_| WORDS[dice.below(WORDS.len())]).collect();
    let text = sentence.join(" ");
    let start = 1_000 * dice.below(1_000);
    let made = json!({ "start": start, "end": start + text.len(), "text": text });
    source.evidence.push(serde_json::from_value(made).unwrap());
}
