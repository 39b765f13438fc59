//! Ninety reports of sixty events, read and merged: which tell of one event, by `gold.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use mawqi::gazetteer::Gazetteer;
use mawqi::index::distance_m;
use mawqi::merge::{Telling, likeness, merge, tellings};
use mawqi::model::{Incident, Report};
use mawqi::pipeline::Mapper;
use mawqi::reports;

/// Pairs that are joined and are one event, of all that are joined.
const LEAST_PRECISION: f64 = 0.98;
/// Pairs that are joined, of all that are one event, read or not.
const LEAST_RECALL: f64 = 0.92;
/// Pairs that are joined, of all that are one event and were read.
const LEAST_RECALL_OF_READ: f64 = 0.95;
/// A reading farther from the gold's place is another incident; metres.
const NEAR_M: f64 = 40_000.0;
/// An incident never joins another farther away; metres.
const FAR_M: f64 = 25_000.0;

/// One incident as one report tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    report: String,
    event: String,
    date: Date,
    place_id: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge")
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder().join("gold.csv")).expect("gold.csv");
    let row = |record: csv::StringRecord| Row {
        report: record[0].to_owned(),
        event: record[1].to_owned(),
        date: record[2].parse().expect("a date"),
        place_id: record[3].to_owned(),
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

fn reports() -> Vec<Report> {
    reports::read(&[folder()], None).expect("the folder").filter_map(Result::ok).filter(|r| r.id != "README").collect()
}

fn read(reports: &[Report]) -> Vec<Incident> {
    let mapper = Mapper::embedded();
    reports.iter().flat_map(|report| mapper.read(report).incidents).collect()
}

/// How far a reading is from a row of the gold: by place, then by day; none where it is another incident.
fn distance(row: &Row, incident: &Incident) -> Option<f64> {
    let place = Gazetteer::embedded().place(&row.place_id)?;
    // A point so many miles off a port is the port's row.
    let named = incident.place_id.as_ref() == Some(&row.place_id);
    let apart_m = if named { 0.0 } else { distance_m(place.lon, place.lat, incident.lon?, incident.lat?) };
    let reach_m = NEAR_M + f64::from(incident.uncertainty_m.unwrap_or(0).min(place.radius_m));
    let weekday = incident.sources[0].says.weekday;
    let other_weekday = weekday.is_some_and(|told| told != row.date.weekday().to_monday_one_offset());
    let days = incident.date_start.map_or(i32::from(other_weekday), |day| (day - row.date).get_days().abs());
    (apart_m <= reach_m && days <= 1).then(|| apart_m + 50_000.0 * f64::from(days))
}

/// The row of the gold for each telling, the nearest pairs first, each used once.
fn matched(rows: &[Row], incidents: &[Incident]) -> BTreeMap<Telling, Row> {
    // Two attacks on one place and day stand in the gold as the report tells them, one after the other.
    let mut pairs: Vec<(u64, usize, Telling)> = Vec::new();
    for incident in incidents {
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.report == incident.sources[0].report) {
            if let (Some(far), Some(telling)) = (distance(row, incident), tellings(incident).next()) {
                pairs.push((far.to_bits(), at, telling));
            }
        }
    }
    pairs.sort();
    let (mut used, mut found) = (BTreeSet::new(), BTreeMap::new());
    for (_, at, telling) in pairs {
        if !used.contains(&at) && !found.contains_key(&telling) {
            used.insert(at);
            found.insert(telling, rows[at].clone());
        }
    }
    found
}

/// A pair that is joined and should not be, or the other way: which, and the two tellings with their events.
type Wrong = (&'static str, [(Telling, String); 2]);

/// The pair in words, with what the comparison says of it.
fn told((what, [a, b]): &Wrong, incidents: &[Incident]) -> String {
    let of = |telling: &Telling| incidents.iter().find(|i| tellings(i).any(|t| t == *telling)).expect("read");
    let (x, y) = (of(&a.0), of(&b.0));
    let parts = likeness(x, y).parts;
    let parts: Vec<String> = parts
        .iter()
        .filter(|part| part.score.abs() > f64::EPSILON)
        .map(|part| format!("{} {:.1} ({})", part.name, part.score, part.reason))
        .collect();
    format!("{what}: {} of {} and {} of {}: {}", a.1, a.0.report, b.1, b.0.report, parts.join(", "))
}

/// Pairs joined that are one event, pairs joined, pairs that are one event; and what went wrong.
fn pairs(found: &BTreeMap<Telling, Row>, merged: &[Incident]) -> ([u32; 3], Vec<Wrong>) {
    let whole: BTreeMap<Telling, usize> =
        merged.iter().enumerate().flat_map(|(n, i)| tellings(i).map(move |telling| (telling, n))).collect();
    let all: Vec<(&Telling, &Row)> = found.iter().collect();
    let (mut counts, mut wrong) = ([0; 3], Vec::new());
    for (n, (a, row_a)) in all.iter().enumerate() {
        for (b, row_b) in &all[n + 1..] {
            let (joined, same) = (whole[*a] == whole[*b], row_a.event == row_b.event);
            counts[0] += u32::from(joined && same);
            counts[1] += u32::from(joined);
            counts[2] += u32::from(same);
            if joined != same {
                let what = if joined { "joined" } else { "apart" };
                wrong.push((what, [((*a).clone(), row_a.event.clone()), ((*b).clone(), row_b.event.clone())]));
            }
        }
    }
    (counts, wrong)
}

/// How many pairs of rows are of one event.
fn told_twice(rows: &[Row]) -> u32 {
    let pairs = rows.iter().enumerate().flat_map(|(n, a)| rows[n + 1..].iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| u32::from(a.event == b.event)).sum()
}

#[test]
fn reports_of_one_event_merge_and_others_do_not() {
    let (rows, reports) = (rows(), reports());
    let incidents = read(&reports);
    let found = matched(&rows, &incidents);
    let ([right, joined, same], wrong) = pairs(&found, &merge(incidents.clone()));
    let of = |all: u32| f64::from(right) / f64::from(all);
    let (precision, recall, of_read) = (of(joined), of(told_twice(&rows)), of(same));
    let told = format!(
        "{} of {} rows read; precision {precision:.3}, recall {recall:.3}, {of_read:.3} of what was read",
        found.len(),
        rows.len()
    );
    println!("{told}");
    let read: BTreeSet<&Row> = found.values().collect();
    for row in rows.iter().filter(|row| !read.contains(row)) {
        println!("not read: {} of {}", row.event, row.report);
    }
    let wrong: Vec<String> = wrong.iter().map(|pair| self::told(pair, &incidents)).collect();
    println!("{}", wrong.join("\n"));
    assert!(reports.len() >= 60 && found.len() * 10 >= rows.len() * 8, "{told}");
    let enough = recall >= LEAST_RECALL && of_read >= LEAST_RECALL_OF_READ;
    assert!(precision >= LEAST_PRECISION && enough, "{told}\n{}", wrong.join("\n"));
}

/// Whether two incidents are told to the day, and lie two days apart, or farther than any merging may reach.
fn too_far(a: &Incident, b: &Incident) -> bool {
    let day = |i: &Incident| i.date_start.filter(|start| Some(*start) == i.date_end);
    let days = day(a).zip(day(b)).is_some_and(|(a, b)| (a - b).get_days().abs() >= 2);
    let fine = |i: &Incident| i.geo_precision.is_some_and(|precision| !precision.is_area());
    let point = |i: &Incident| i.lon.zip(i.lat);
    let apart = point(a).zip(point(b)).is_some_and(|(a, b)| distance_m(a.0, a.1, b.0, b.1) > FAR_M);
    days || (fine(a) && fine(b) && apart)
}

#[test]
fn nothing_merges_across_the_country_or_the_week() {
    let incidents = read(&reports());
    let merged = merge(incidents.clone());
    for whole in merged.iter().filter(|whole| whole.source_count > 1) {
        let of_whole: BTreeSet<Telling> = tellings(whole).collect();
        let members: Vec<&Incident> =
            incidents.iter().filter(|i| tellings(i).all(|telling| of_whole.contains(&telling))).collect();
        for (n, a) in members.iter().enumerate() {
            for b in &members[n + 1..] {
                assert!(!too_far(a, b), "{}: {} and {}", whole.id, a.sources[0].report, b.sources[0].report);
            }
        }
    }
}

#[test]
fn batches_in_any_order_come_to_the_same() {
    let incidents = read(&reports());
    let whole = merge(incidents.clone());
    let mut turned = incidents;
    turned.reverse();
    let (first, second) = turned.split_at(turned.len() / 3);
    assert_eq!(merge([first, second].concat()), whole);
    assert_eq!(merge(whole.clone()), whole);
}
