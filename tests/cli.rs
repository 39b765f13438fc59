//! Each command: its errors, its exit codes, what goes to stdout and what to stderr.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, is_match, starts_with};
use serde_json::Value;
use tempfile::TempDir;

const INCIDENTS: &str = "tests/fixtures/incidents.geojson";
const AIN_AL_ASAD: &str = "33.7856,42.4412";
const REPORT: &str = "قال مصدر أمني اليوم السبت إن قصفا صاروخيا استهدف قاعدة عين الأسد في محافظة الأنبار.";

fn mawqi(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(args);
    command
}

fn near(args: &[&str]) -> Command {
    let mut command = mawqi(&["near", "--in", INCIDENTS]);
    command.args(args);
    command
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

fn ids(command: &mut Command) -> Vec<String> {
    let lines = stdout(command.args(["--format", "ndjson"]));
    lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect()
}

/// A folder with `reports/a.txt` in it.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::write(folder.path().join("reports/a.txt"), REPORT).unwrap();
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_wrong_argument_is_one_named_error_and_code_2() {
    mawqi(&["near", "33,44", "--foo"]).assert().code(2).stdout(is_empty()).stderr(starts_with("mawqi: error: "));
    mawqi(&["map"]).assert().code(2).stderr(starts_with("mawqi: error: ").and(contains("REPORTS")));
    mawqi(&["map", "x", "--published", "yesterday"]).assert().code(2).stderr(contains("such as 2024-01-31"));
}

#[test]
fn help_and_version_go_to_stdout() {
    mawqi(&["--help"]).assert().code(0).stdout(contains("Usage: mawqi")).stderr(is_empty());
    mawqi(&["--version"]).assert().code(0).stdout(starts_with("mawqi ")).stderr(is_empty());
    mawqi(&[]).assert().code(2).stdout(is_empty()).stderr(contains("Usage: mawqi"));
}

#[test]
fn map_writes_its_files_and_ends_with_a_summary() {
    let folder = workspace();
    let output = path(&folder, "output");
    mawqi(&["map", &path(&folder, "reports"), "-o", &output, "--published", "2024-01-20"])
        .assert()
        .code(0)
        .stdout(is_empty())
        .stderr(is_match("reports read +1\n").unwrap().and(contains("incidents.geojson")));
    for name in ["incidents.geojson", "incidents.csv", "tallies.csv", "unresolved.csv"] {
        assert!(Path::new(&output).join(name).is_file(), "{name}");
    }
}

#[test]
fn map_of_an_empty_folder_is_one_line_and_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let empty = path(&folder, "empty");
    fs::create_dir(&empty).unwrap();
    mawqi(&["map", &empty, "-o", &path(&folder, "output")])
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(is_match("^mawqi: error: no reports in [^\n]*empty \\(files ending in [^\n]+\\)\n$").unwrap());
    assert!(!folder.path().join("output/incidents.geojson").exists());
}

#[test]
fn map_names_a_file_that_cannot_be_read_and_goes_on() {
    let folder = workspace();
    let output = path(&folder, "output");
    mawqi(&["map", &path(&folder, "nope.txt"), &path(&folder, "reports"), "-o", &output])
        .assert()
        .code(2)
        .stderr(is_match("mawqi: error: [^\n]*nope.txt: [^\n]+\n").unwrap().and(contains("wrote ")));
    assert!(Path::new(&output).join("incidents.geojson").is_file());
}

#[test]
fn map_of_nothing_readable_leaves_the_old_map_as_it_is() {
    let folder = workspace();
    fs::create_dir(folder.path().join("output")).unwrap();
    let old = path(&folder, "output/incidents.geojson");
    fs::write(&old, "old").unwrap();
    mawqi(&["map", &path(&folder, "nope.txt"), "-o", &path(&folder, "output")])
        .assert()
        .code(2)
        .stderr(is_match("^mawqi: error: [^\n]*nope.txt: [^\n]+\n$").unwrap());
    assert_eq!(fs::read_to_string(old).unwrap(), "old");
}

#[test]
fn a_report_that_is_not_arabic_is_noted_and_skipped() {
    let folder = workspace();
    fs::write(folder.path().join("reports/b.txt"), "Two rockets were fired at the base on Saturday, officials said.")
        .unwrap();
    mawqi(&["map", &path(&folder, "reports"), "-o", &path(&folder, "output")])
        .assert()
        .code(0)
        .stderr(is_match("mawqi: note: b: not in Arabic[^\n]*skipped\n").unwrap());
    mawqi(&["map", &path(&folder, "reports/b.txt"), "-o", &path(&folder, "output")])
        .assert()
        .code(1)
        .stderr(contains("mawqi: error: none of the reports is in Arabic"));
}

#[test]
fn an_output_folder_that_cannot_be_written_fails_before_the_work() {
    let folder = workspace();
    mawqi(&["map", &path(&folder, "nope.txt"), "-o", &path(&folder, "reports/a.txt")])
        .assert()
        .code(2)
        .stderr(is_match("^mawqi: error: [^\n]*a.txt: [^\n]+\n$").unwrap());
}

#[test]
fn extract_prints_a_line_of_json_a_report() {
    let folder = workspace();
    fs::write(folder.path().join("reports/b.txt"), REPORT).unwrap();
    let lines = stdout(&mut mawqi(&["extract", &path(&folder, "reports")]));
    let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.iter().map(|record| &record["report"]).collect::<Vec<_>>(), ["a", "b"]);
    for field in ["published", "language", "incidents", "tallies", "unlocated", "unresolved"] {
        assert!(records[0].get(field).is_some(), "{field}");
    }
}

#[test]
fn extract_reads_stdin() {
    let lines = stdout(mawqi(&["extract", "-"]).write_stdin(REPORT));
    assert_eq!(serde_json::from_str::<Value>(&lines).unwrap()["language"], "ar");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = workspace();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("mawqi"))
        .args(["extract", &path(&folder, "reports"), &path(&folder, "reports")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn near_shows_an_aligned_table_and_says_what_it_left_out() {
    let table = stdout(&mut near(&[AIN_AL_ASAD, "--radius", "50km"]));
    let lines: Vec<&str> = table.lines().collect();
    let header = "distance_km bearing date event_type place country killed injured sources id";
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>().join(" "), header);
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains("2024-01-25") && lines[1].contains("عين الأسد") && lines[1].ends_with("asad-2"));
    assert!(lines[3].contains("undated") && lines[3].contains("3–5") && lines[3].contains(" SE "));
    near(&[AIN_AL_ASAD, "--radius", "50km"]).assert().stderr(
        "3 incidents within 50 km of 33.7856, 42.4412; 1 left out as too uncertain (--include-uncertain shows them)\n",
    );
}

#[test]
fn near_takes_a_radius_in_several_units() {
    for radius in ["38km", "38000m", "23.7mi", "20.6nm", "38 KM"] {
        assert_eq!(ids(&mut near(&[AIN_AL_ASAD, "--radius", radius])), ["asad-2", "asad-1"], "{radius}");
    }
    assert_eq!(ids(&mut near(&[AIN_AL_ASAD])), ["asad-2", "asad-1", "hit-1"], "50 km unless told");
    for radius in ["50", "km", "-1km", "5miles", "NaNkm", "infkm", ""] {
        near(&[AIN_AL_ASAD, &format!("--radius={radius}")]).assert().code(2).stderr(contains("such as 50km"));
    }
}

#[test]
fn near_filters() {
    let at_200_km = |more: &[&str]| ids(near(&[AIN_AL_ASAD, "--radius", "200km"]).args(more));
    assert_eq!(at_200_km(&[]), ["asad-2", "asad-1", "anbar-1", "hit-1"]);
    assert_eq!(at_200_km(&["--since", "2024-01-21"]), ["asad-2", "anbar-1"]);
    assert_eq!(at_200_km(&["--until", "2024-01-24"]), ["asad-1", "anbar-1"]);
    assert_eq!(at_200_km(&["--event", "airstrike"]), ["anbar-1", "hit-1"]);
    assert_eq!(at_200_km(&["--actor", "islamic resistance in iraq"]), ["asad-1"]);
    assert_eq!(ids(&mut near(&[AIN_AL_ASAD, "--include-uncertain"])), ["asad-2", "asad-1", "anbar-1", "hit-1"]);
    near(&[AIN_AL_ASAD, "--event", "war"]).assert().code(2).stderr(contains("possible values: airstrike,"));
}

#[test]
fn near_gives_the_nearest() {
    assert_eq!(ids(&mut near(&["15,43", "--nearest", "2"])), ["hodeidah-1", "hit-1"]);
    assert_eq!(ids(&mut near(&[AIN_AL_ASAD, "--nearest", "1", "--radius", "50km"])), ["asad-2"]);
    assert_eq!(ids(&mut near(&["-33.9,-18.4", "--nearest", "1"])), ["hodeidah-1"], "a point may begin with a minus");
}

#[test]
fn near_writes_geojson_and_csv_with_distances() {
    let collection: Value = serde_json::from_str(&stdout(&mut near(&[AIN_AL_ASAD, "--format", "geojson"]))).unwrap();
    let properties = &collection["features"][2]["properties"];
    assert_eq!((&properties["id"], &properties["bearing"]), (&Value::from("hit-1"), &Value::from("SE")));
    assert!((properties["distance_km"].as_f64().unwrap() - 38.98).abs() < 0.5);
    let table = stdout(&mut near(&[AIN_AL_ASAD, "--format", "csv"]));
    assert!(table.starts_with("\u{feff}distance_km,bearing,id,"));
    assert!(table.lines().nth(1).unwrap().starts_with("0,,asad-2,"));
}

#[test]
fn near_with_nothing_found_is_done() {
    near(&["0,0", "--radius", "1m"])
        .assert()
        .code(0)
        .stdout(is_empty())
        .stderr("0 incidents within 0.001 km of 0, 0\n");
}

#[test]
fn near_names_what_is_wrong_with_its_place() {
    near(&["95,44"]).assert().code(2).stderr(contains("latitude -90 to 90"));
    near(&["اسم لا يحمله مكان قط"]).assert().code(2).stderr(is_match("^mawqi: error: PLACE: [^\n]+\n$").unwrap());
    near(&["--radios"]).assert().code(2).stderr(starts_with("mawqi: error: "));
}

#[test]
fn near_without_a_map_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    mawqi(&["near", "33,44", "--in", &path(&folder, "none")])
        .assert()
        .code(2)
        .stderr(contains("no map here").and(contains("mawqi map")));
}

#[test]
fn resolve_prints_an_object_a_name() {
    let lines = stdout(mawqi(&["resolve", "--format", "json", "بغداد", "-"]).write_stdin("دمشق\n\nصنعاء\n"));
    let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.iter().map(|record| &record["name"]).collect::<Vec<_>>(), ["بغداد", "دمشق", "صنعاء"]);
    assert!(records.iter().all(|record| record["candidates"].is_array() && record["reason"].is_string()));
}

#[test]
fn resolve_shows_an_unknown_name_as_unresolved() {
    mawqi(&["resolve", "اسم لا يحمله مكان قط"]).assert().code(0).stdout(contains(": unresolved ("));
    mawqi(&["resolve", "x", "--country", "Iraq"]).assert().code(2).stderr(contains("two letters"));
    mawqi(&["resolve", "x", "--near", "99,99"]).assert().code(2).stderr(contains("--near: found \"99,99\""));
}

#[test]
fn gazetteer_commands_answer() {
    mawqi(&["gazetteer", "check"]).assert().code(0).stderr(starts_with("0 faults, "));
    mawqi(&["gazetteer", "stats"]).assert().code(0).stdout(starts_with("country").and(contains("total")));
    mawqi(&["gazetteer", "show", "اسم لا يحمله مكان قط"]).assert().code(2).stderr(starts_with("mawqi: error: ID|NAME"));
    mawqi(&["gazetteer", "check", "--gazetteer", "nope.csv"]).assert().code(2).stderr(contains("nope.csv"));
}
