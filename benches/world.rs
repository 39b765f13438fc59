//! The imported world: building, opening, exact and fuzzy look-up, memory; with targets.
//!
//! `cargo bench --bench world` takes 300,000 places with 1.4 million names; `-- all-countries` twelve million places, which
//! needs 4 GB of disk and some minutes. All made up by `examples/made_world.rs`, and always the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a target that is missed ends the bench")]
#![allow(clippy::print_stdout, reason = "figures are what a bench is for")]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use mawqi::gazetteer::{Build, Gazetteer, Query, build};
use mawqi::text::name_key;

#[path = "../examples/made_world.rs"]
mod made_world;

/// Says that this process is to build, so that what building takes is not counted as what asking takes.
const BUILD: &str = "MAWQI_BENCH_BUILD";

/// What is built, and how fast it has to be.
struct Scale {
    name: &'static str,
    places: usize,
    names: usize,
    built: Duration,
    built_mb: u64,
    opened: Duration,
    resident_mb: u64,
}

const SCALES: [Scale; 2] = [
    Scale {
        name: "towns",
        places: 300_000,
        names: 5,
        built: Duration::from_secs(30),
        built_mb: 6_000,
        opened: Duration::from_millis(20),
        resident_mb: 150,
    },
    Scale {
        name: "all-countries",
        places: 12_000_000,
        names: 2,
        built: Duration::from_secs(600),
        built_mb: 6_000,
        opened: Duration::from_millis(50),
        // No more than the file: what is mapped is the system's cache, which it takes back where memory is short.
        resident_mb: 3_000,
    },
];

fn main() {
    if let Some(folder) = std::env::var_os(BUILD) {
        return build_in(Path::new(&folder));
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    for scale in SCALES {
        if wanted.iter().any(|name| name == scale.name) || (wanted.is_empty() && scale.name == "towns") {
            measure(&scale);
        }
    }
}

fn build_in(folder: &Path) {
    let order =
        Build { sources: vec![folder.join("allCountries.txt")], output: folder.join("world.idx"), ..Build::default() };
    let built = build(&order, &mut |_, _| ()).unwrap();
    println!("  {} places, {} names, {} MB", built.size.places, built.size.names, built.size.bytes / 1_000_000);
    println!("  most memory {} MB", memory_mb("VmHWM:"));
    let rows = order.sources[0].metadata().unwrap().len();
    assert!(rows > 0 && built.size.places > 0);
}

fn measure(scale: &Scale) {
    println!("{}", scale.name);
    let folder = tempfile::tempdir().unwrap();
    let mut known = Vec::new();
    made_world::write(folder.path(), scale.places, scale.names, |name| {
        if known.len() < 200_000 {
            known.push(name.to_owned());
        }
    })
    .unwrap();
    let start = Instant::now();
    let child = Command::new(std::env::current_exe().unwrap()).env(BUILD, folder.path()).output().unwrap();
    let took = start.elapsed();
    let told = String::from_utf8_lossy(&child.stdout).into_owned();
    print!("{told}");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    println!("  built in {took:.1?}");
    assert!(took < scale.built, "target: {:?}", scale.built);
    let most =
        told.split("most memory ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
    assert!(most < scale.built_mb, "target: {} MB", scale.built_mb);
    ask(scale, &folder.path().join("world.idx"), &known);
}

fn ask(scale: &Scale, index: &Path, known: &[String]) {
    let before_mb = memory_mb("VmRSS:");
    let start = Instant::now();
    drop(Gazetteer::index_alone(index).unwrap());
    let opened = start.elapsed();
    // From here on with the curated places before it, as everybody asks.
    let gazetteer = Gazetteer::load(&[index.to_path_buf()]).unwrap();
    println!("  opened in {opened:.2?}");
    assert!(opened < scale.opened, "target: {:?}", scale.opened);
    for name in known.iter().step_by(20) {
        let found = gazetteer.resolve_name(name, &Query::default());
        assert!(!found.candidates.is_empty(), "{name}");
    }
    let resident = memory_mb("VmRSS:").saturating_sub(before_mb);
    println!("  {resident} MB resident after {} names resolved, beside the names themselves", known.len().div_ceil(20));
    assert!(resident < scale.resident_mb, "target: {} MB", scale.resident_mb);
    fuzzy(&gazetteer, known);
    exact(&gazetteer, "each for the first time", known, 1, 0.0);
    exact(&gazetteer, "each again", known, 1, 0.0);
    // A table of a million rows has some thousand different names.
    exact(&gazetteer, "5,000 names, each 200 times", known.get(..5_000).unwrap(), 200, 1e6);
}

/// Folds names and looks them up, `times` over, at `target` names a second at least.
fn exact(gazetteer: &Gazetteer, what: &str, known: &[String], times: usize, target: f64) {
    let start = on_cpu();
    let borne = |name: &&String| !gazetteer.bearers(&name_key(name)).is_empty();
    let found: usize = (0..times).map(|_| known.iter().filter(borne).count()).sum();
    let rate = (known.len() * times) as f64 / on_cpu().saturating_sub(start).as_secs_f64();
    println!("  exact, {what}: {rate:.0} names a second");
    assert!(found * 1000 >= known.len() * times * 999, "{found} of {}", known.len() * times);
    assert!(rate >= target, "target: {target:.0}");
}

/// The time that this thread has had a processor, so that other work on the machine does not count; else the time of day.
fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|nanos| nanos.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap())
}

/// Names with one letter changed.
fn fuzzy(gazetteer: &Gazetteer, known: &[String]) {
    let mut dice = made_world::Dice(9);
    let long = known.iter().filter(|name| name.chars().count() > 5);
    let (mut took, mut found) = (Vec::new(), 0);
    for name in long.take(10_000) {
        let mut letters: Vec<char> = name.chars().collect();
        let at = 2 + dice.roll(letters.len() - 2);
        letters[at] = 'ظ';
        let typed: String = letters.iter().collect();
        let start = Instant::now();
        let answer = gazetteer.resolve_name(&typed, &Query::default());
        took.push(start.elapsed());
        found += usize::from(!answer.candidates.is_empty());
    }
    took.sort();
    let (half, most) = (took[took.len() / 2], took[took.len() * 99 / 100]);
    println!("  fuzzy: {half:.0?} the middle, {most:.0?} the 99th of a hundred; {found} of {} found", took.len());
    assert!(found * 10 > took.len() * 8, "few found");
    assert!(most < Duration::from_millis(2), "target: 2 ms");
}

/// A line of the process's status, megabytes; 0 where the system has none.
fn memory_mb(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found =
        status.lines().find_map(|text| text.strip_prefix(line)?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    found.unwrap_or(0) / 1024
}
