//! The lists of the gazetteer are complete, and the names that other gazetteers get wrong are right.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use geo::{Distance, Haversine, Point};
use mawqi::gazetteer::{Build, Gazetteer, Query, build};
use mawqi::model::{Place, PlaceKind};
use mawqi::text::name_key;

/// How far from the expected point an answer is still right.
const RIGHT_KM: f64 = 25.0;
/// How many of the hard names have to be answered rightly, in hundred.
const RIGHT_OF_HUNDRED: usize = 97;

fn rows_of(table: &str) -> Vec<csv::StringRecord> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(table);
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

fn places_of(country: &str, kind: PlaceKind) -> impl Iterator<Item = &'static Place> {
    Gazetteer::embedded().places().iter().filter(move |place| place.country == country && place.kind == kind)
}

/// `tests/corpus/admin_units.csv`: how many units of a kind a country has, who says so, and which are among them.
#[test]
fn administrative_units_are_complete() {
    let gazetteer = Gazetteer::embedded();
    let mut faults = String::new();
    for row in rows_of("admin_units.csv") {
        let [country, kind, count, within, names] = [0, 1, 2, 3, 5].map(|at| row.get(at).unwrap());
        let kind: PlaceKind = kind.parse().unwrap();
        let units: Vec<&Place> =
            places_of(country, kind).filter(|place| within.is_empty() || place.admin1 == within).collect();
        let (least, exact) = count.strip_suffix('+').map_or((count, true), |least| (least, false));
        let least: usize = least.parse().unwrap();
        if units.len() < least || (exact && units.len() != least) {
            writeln!(faults, "{country} {kind} {within}: found {}, expected {count}", units.len()).unwrap();
        }
        let keys: BTreeSet<String> = units.iter().flat_map(|place| names_of(gazetteer, place)).collect();
        for name in names.split(';').filter(|name| !name.is_empty() && !keys.contains(&name_key(name))) {
            writeln!(faults, "{country} {kind} {within}: {name} is not among them").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

fn names_of(gazetteer: &Gazetteer, place: &Place) -> Vec<String> {
    let ix = gazetteer.ix(&place.id).unwrap();
    gazetteer.names_of(ix).iter().map(|row| name_key(&row.name)).collect()
}

#[test]
fn units_have_all_their_names_and_lie_in_their_country() {
    let gazetteer = Gazetteer::embedded();
    let first = ["IQ", "SY", "LB", "JO", "YE", "PS", "IL", "KW"];
    let mut faults = String::new();
    for country in first {
        for place in [PlaceKind::Governorate, PlaceKind::District].into_iter().flat_map(|kind| places_of(country, kind))
        {
            let wanted = if place.kind == PlaceKind::Governorate { PlaceKind::Country } else { PlaceKind::Governorate };
            if !gazetteer.ancestors(place).any(|above| above.kind == wanted && above.country == place.country) {
                writeln!(faults, "{}: no {wanted} above it", place.id).unwrap();
            }
            if place.name_en.is_empty() || place.admin1.is_empty() {
                writeln!(faults, "{}: no English name, or no first-level unit", place.id).unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// `tests/corpus/camps.csv`: the camps that the relief agency for Palestine refugees runs.
#[test]
fn camps_are_complete() {
    let mut faults = String::new();
    let mut seen = BTreeSet::new();
    for row in rows_of("camps.csv") {
        let [country, name] = [0, 1].map(|at| row.get(at).unwrap());
        let query = Query { country: Some(country.to_owned()), ..Query::default() };
        let found = Gazetteer::embedded().resolve_name(name, &query).resolved;
        match found.filter(|found| found.kind == PlaceKind::RefugeeCamp) {
            Some(found) if seen.insert(found.place_id.clone()) => {}
            other => writeln!(faults, "{country} {name}: {:?}", other.map(|found| found.place_id)).unwrap(),
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// `tests/corpus/hard_names.csv`: names that public gazetteers get wrong. A row without a point has to stay unresolved.
#[test]
fn hard_names_are_right_and_none_is_confidently_wrong() {
    assert_hard_names(Gazetteer::embedded());
}

/// The same where an imported world has, far from there, a village of each of these names.
#[test]
fn hard_names_stay_right_with_a_world_of_namesakes_behind() {
    let names: BTreeSet<String> = rows_of("hard_names.csv").iter().map(|row| row[0].to_owned()).collect();
    let world = world_of_villages(&names);
    let argentine = Query { country: Some("AR".to_owned()), ..Query::default() };
    let there = |name: &&String| world.resolve_name(name, &argentine).resolved.is_some_and(|p| p.country == "AR");
    assert_eq!(names.iter().filter(there).count(), names.len(), "each name has its village");
    assert_hard_names(&world);
}

/// The curated places, and behind them a village of each name, somewhere in South America.
fn world_of_villages(names: &BTreeSet<String>) -> Gazetteer {
    let folder = tempfile::tempdir().unwrap();
    let (table, index) = (folder.path().join("XX.txt"), folder.path().join("world.idx"));
    let village = |(id, name): (usize, &String)| {
        let (lat, lon) = (-20.0 - id as f64 / 10.0, -65.0 + id as f64 / 10.0);
        format!(
            "{id}\t{name}\t{name}\t{name}\t{lat}\t{lon}\tP\tPPL\tAR\t\t01\t\t\t\t0\t\t50\tAmerica/Salta\t2024-05-01\n"
        )
    };
    std::fs::write(&table, (1..).zip(names).map(village).collect::<String>()).unwrap();
    let order = Build { sources: vec![table], output: index.clone(), lenient: false, countries: Vec::new() };
    build(&order, &mut |_, _| ()).unwrap();
    Gazetteer::load(&[index]).unwrap()
}

fn assert_hard_names(gazetteer: &Gazetteer) {
    let (mut right, mut missed, mut wrong) = (0, String::new(), String::new());
    let rows = rows_of("hard_names.csv");
    for row in &rows {
        let [name, country, lat, lon] = [0, 1, 2, 3].map(|at| row.get(at).unwrap());
        let query = Query { country: (!country.is_empty()).then(|| country.to_owned()), ..Query::default() };
        let answer = gazetteer.resolve_name(name, &query);
        let expected = lat.parse::<f64>().ok().zip(lon.parse::<f64>().ok());
        match (answer.resolved, expected) {
            (None, None) => right += 1,
            (None, Some(_)) => writeln!(missed, "{name}: {}", answer.reason).unwrap(),
            (Some(found), None) => writeln!(wrong, "{name}: {}, not ambiguous", found.place_id).unwrap(),
            (Some(found), Some((lat, lon))) => {
                let km = Haversine.distance(Point::new(lon, lat), Point::new(found.lon, found.lat)) / 1000.0;
                if km <= RIGHT_KM {
                    right += 1;
                } else {
                    writeln!(wrong, "{name}: {} is {km:.0} km off", found.place_id).unwrap();
                }
            }
        }
    }
    assert_eq!(rows.len(), 100);
    assert!(wrong.is_empty(), "confidently wrong:\n{wrong}");
    assert!(right >= RIGHT_OF_HUNDRED, "{right} of {} right; missed:\n{missed}", rows.len());
}
