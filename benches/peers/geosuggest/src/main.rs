//! The same names asked of mawqi and of geosuggest-core 0.9, over the same made-up world of 300,000 places.
//!
//! `cargo run --release` here. An answer is right where it lies at a bearer of the name. Made-up names are often borne
//! twice: mawqi leaves those open, with both as candidates. geosuggest looks at every name for each question, on all cores; so it
//! is asked fewer.

use std::collections::HashMap;
use std::time::Instant;

use geosuggest_core::EngineData;
use geosuggest_core::index::{IndexData, SourceFileOptions};
use mawqi::gazetteer::{Build, Gazetteer, Query, build};

#[path = "../../../../examples/made_world.rs"]
#[allow(dead_code)]
mod made_world;

/// Places of the world, and names of each.
const PLACES: usize = 300_000;
const NAMES: usize = 5;
/// How many names each is asked.
const ASKED_MAWQI: usize = 100_000;
const ASKED_GEOSUGGEST: usize = 200;

/// The points that bear a name, in hundredths of a degree.
type Bearers = HashMap<String, Vec<(i64, i64)>>;

fn hundredths(lat: f64, lon: f64) -> (i64, i64) {
    ((lat * 100.0).round() as i64, (lon * 100.0).round() as i64)
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let table = made_world::write(folder.path(), PLACES, NAMES, |_| ()).unwrap();
    let (names, bearers) = known(&std::fs::read_to_string(&table).unwrap());
    let index = folder.path().join("world.idx");
    let order = Build { sources: vec![table.clone()], output: index.clone(), ..Build::default() };
    build(&order, &mut |_, _| ()).unwrap();
    let gazetteer = Gazetteer::load(&[index]).unwrap();
    let sources = SourceFileOptions {
        cities: table,
        names: None,
        countries: None,
        admin1_codes: None,
        admin2_codes: None,
        filter_languages: Vec::new(),
        excluded_feature_codes: Vec::new(),
    };
    let data = EngineData::try_from(IndexData::new_from_files(sources).unwrap()).unwrap();
    let engine = data.as_engine().unwrap();
    let mawqi = |name: &str| {
        let found = gazetteer.resolve_name(name, &Query::default());
        found.resolved.map(|place| hundredths(place.lat, place.lon))
    };
    let geosuggest = |name: &str| {
        let found = engine.suggest::<&str>(name, 1, None, None);
        found
            .first()
            .map(|city| hundredths(f64::from(city.latitude.to_native()), f64::from(city.longitude.to_native())))
    };
    println!("| asked | names a second | right | none | wrong |\n|---|--:|--:|--:|--:|");
    ask("mawqi, the place meant", &names[..ASKED_MAWQI], &bearers, &mawqi);
    ask("geosuggest-core, the best of its suggestions", &names[..ASKED_GEOSUGGEST], &bearers, &geosuggest);
}

/// The Latin names of the table, and who bears them.
fn known(table: &str) -> (Vec<String>, Bearers) {
    let (mut names, mut bearers) = (Vec::new(), Bearers::new());
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let point = hundredths(cells[4].parse().unwrap(), cells[5].parse().unwrap());
        names.push(cells[1].to_owned());
        for name in std::iter::once(cells[1]).chain(cells[3].split(',')) {
            bearers.entry(name.to_owned()).or_default().push(point);
        }
    }
    (names, bearers)
}

fn ask(whom: &str, asked: &[String], bearers: &Bearers, resolve: &dyn Fn(&str) -> Option<(i64, i64)>) {
    let (mut right, mut none) = (0, 0);
    let begin = Instant::now();
    let answers: Vec<_> = asked.iter().map(|name| resolve(name)).collect();
    let rate = asked.len() as f64 / begin.elapsed().as_secs_f64();
    for (answer, name) in answers.iter().zip(asked) {
        match answer {
            None => none += 1,
            Some((lat, lon)) => {
                right += usize::from(bearers[name].iter().any(|(a, b)| (a - lat).abs() <= 1 && (b - lon).abs() <= 1));
            }
        }
    }
    let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / asked.len() as f64);
    let wrong = asked.len() - right - none;
    println!("| {whom} | {rate:.0} | {} | {} | {} |", share(right), share(none), share(wrong));
}
