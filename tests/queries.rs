//! near, within, along and summary as they are typed: on a store with what analysts changed, on a file, and what is wrong.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use mawqi::model::Incident;
use mawqi::store::Reader;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

use crate::store::{map, open, path, store, workspace};

const INCIDENTS: &str = "tests/fixtures/incidents.geojson";

fn mawqi(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(args);
    command
}

fn asked(args: &[&str]) -> Command {
    let mut command = mawqi(args);
    command.args(["--in", INCIDENTS]);
    command
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

fn lines(command: &mut Command) -> Vec<Value> {
    stdout(command.args(["--format", "ndjson"])).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(command: &mut Command) -> Vec<String> {
    lines(command).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// A store of two reports that a run has made.
fn made() -> TempDir {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    folder
}

/// Every way of asking the store gives what `export` writes.
fn assert_as_exported(folder: &TempDir) -> Vec<Incident> {
    let output = path(folder, "output");
    let exported = stdout(&mut mawqi(&["export", "--in", &output, "--format", "geojsonseq"]));
    let mut wanted: Vec<Value> =
        exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["properties"].clone()).collect();
    let mut found =
        lines(&mut mawqi(&["near", "33,44", "--radius", "21000km", "--include-uncertain", "--in", &output]));
    for object in wanted.iter_mut().chain(&mut found) {
        for name in ["lon", "lat", "area", "distance_km", "bearing"] {
            object.as_object_mut().unwrap().remove(name);
        }
    }
    let by_id = |a: &Value, b: &Value| a["id"].as_str().cmp(&b["id"].as_str());
    wanted.sort_by(by_id);
    found.sort_by(by_id);
    assert_eq!(found, wanted);
    let reader = Reader::open(Path::new(&output)).unwrap();
    let mut wholes = Vec::new();
    reader
        .each(|brief| {
            wholes.extend(reader.incident(brief.row)?);
            Ok(())
        })
        .unwrap();
    assert_eq!(wholes.len(), wanted.len());
    let rows = |boxes: Option<&[[f64; 4]]>| reader.all(boxes, |_| true).unwrap().len();
    assert_eq!(rows(None), wanted.len());
    assert_eq!(rows(Some(&[[-180.0, -90.0, 180.0, 90.0]])), wanted.len());
    wholes
}

#[test]
fn the_store_answers_as_it_is_exported() {
    let folder = made();
    let before = assert_as_exported(&folder);
    assert_eq!(before.len(), 2);
    let connection = open(&store(&folder));
    // A point that was moved, a type that is none, ends that have crossed, a place off the Earth.
    let moved = "UPDATE incidents SET geom = (SELECT geom FROM incidents ORDER BY fid LIMIT 1), event_type = 'nonsense', \
                 killed_min = 9, killed_max = 2, actor = '  Iran ' WHERE fid = (SELECT max(fid) FROM incidents)";
    connection.execute(moved, []).unwrap();
    let after = assert_as_exported(&folder);
    assert_eq!(after[1].actor.as_deref(), Some("Iran"));
    assert_eq!((after[1].killed_min, after[1].killed_max), (Some(9), Some(9)));
    assert_eq!((after[0].lon, after[0].lat), (after[1].lon, after[1].lat));
    let mut astray = b"GP\0\x01\xe6\x10\0\0\x01\x01\0\0\0".to_vec();
    astray.extend([200.0_f64, 91.0].iter().flat_map(|degrees| degrees.to_le_bytes()));
    connection
        .execute("UPDATE incidents SET geom = ?1 WHERE fid = (SELECT max(fid) FROM incidents)", [astray])
        .unwrap();
    assert_as_exported(&folder);
    connection
        .execute("UPDATE incidents SET review = 'rejected' WHERE fid = (SELECT min(fid) FROM incidents)", [])
        .unwrap();
    assert_eq!(assert_as_exported(&folder).len(), 1);
    connection.execute("DELETE FROM incidents", []).unwrap();
    assert!(assert_as_exported(&folder).is_empty());
}

#[test]
fn a_folder_without_a_store_answers_from_its_geojson() {
    let folder = made();
    let output = path(&folder, "output");
    let near = |output: &str| ids(&mut mawqi(&["near", "القائم", "--nearest", "2", "--in", output]));
    let from_store = near(&output);
    assert_eq!(from_store.len(), 2);
    fs::remove_file(store(&folder)).unwrap();
    assert_eq!(near(&output), from_store);
}

#[test]
fn near_takes_english_names_and_certainty() {
    let asad = &["near", "Ain al-Asad", "--radius", "40km"];
    assert_eq!(ids(&mut asked(asad)), ["asad-2", "asad-1", "hit-1"]);
    assert_eq!(ids(asked(asad).args(["--certainty", "surely"])), ["asad-2", "asad-1"]);
    assert_eq!(ids(asked(asad).args(["--certainty", "possibly"])), ["asad-2", "asad-1", "anbar-1", "hit-1"]);
    asked(&["near", "33,44", "--nearest", "1", "--certainty", "surely"])
        .assert()
        .code(2)
        .stderr(contains("give a --radius"));
}

#[test]
fn near_says_what_is_wrong_with_its_place_and_distance() {
    let fault = |args: &[&str]| String::from_utf8(asked(args).assert().code(2).get_output().stderr.clone()).unwrap();
    let unknown = fault(&["near", "عين الاسدونة"]);
    assert!(unknown.contains("no place is called") && unknown.contains("iq-ain-al-asad"), "{unknown}");
    let ambiguous = fault(&["near", "طرابلس"]);
    assert!(ambiguous.contains("could be ") && ambiguous.contains("lb-tripoli (Tripoli (Lebanon)"), "{ambiguous}");
    assert!(fault(&["near", "144,33"]).contains("are they swapped? 33,144 would do"));
    assert!(fault(&["near", "33,44", "--radius", "50"]).contains("50 has no unit"));
    assert!(fault(&["near", "33,44", "--radius", "50miles"]).contains("unknown unit \"miles\""));
    assert!(fault(&["near"]).contains("PLACE|LAT,LON"));
    // Latitude and longitude that are both in range cannot be told; where nothing lies there, the other way is tried.
    asked(&["near", "42.44,33.79"])
        .assert()
        .code(0)
        .stderr(contains("latitude comes first: at 33.79,42.44 there would be some"));
}

#[test]
fn within_takes_a_box_a_file_and_a_place() {
    assert_eq!(ids(&mut asked(&["within", "42,33,43,34"])), ["asad-2", "asad-1", "hit-1"]);
    assert_eq!(ids(&mut asked(&["within", "42,33,43,34", "--include-uncertain"])).len(), 4);
    asked(&["within", "42,33,43,34"])
        .assert()
        .stderr(contains("3 incidents within 42,33,43,34; 1 left out as too uncertain"));
    assert_eq!(ids(&mut asked(&["within", "-179,-90,-180,90", "--since", "2024-02-01"])), ["hodeidah-1"]);
    let folder = tempfile::tempdir().unwrap();
    let area = path(&folder, "area.geojson");
    fs::write(&area, r#"{"type":"Polygon","coordinates":[[[42.8,33.6],[42.9,33.6],[42.8,33.7],[42.8,33.6]]]}"#)
        .unwrap();
    assert_eq!(ids(&mut asked(&["within", &area])), ["hit-1"]);
    assert_eq!(ids(&mut asked(&["within", &area, "--certainty", "possibly"])), ["anbar-1", "hit-1"]);
    let table = stdout(&mut asked(&["within", &area]));
    assert!(table.starts_with("date ") && table.contains("hit-1"), "{table}");
    assert!(stdout(&mut asked(&["within", &area, "--format", "csv"])).starts_with("\u{feff}id,"));
    asked(&["within", "الأنبار"]).assert().success().stderr(contains("the circle that holds it"));
    asked(&["within", "none.geojson"]).assert().code(2).stderr(contains("none.geojson"));
    asked(&["within", "1,2,3,400"]).assert().code(2).stderr(contains("W,S,E,N"));
    asked(&["within", "لا مكان كهذا"]).assert().code(2).stdout(is_empty()).stderr(contains("no place is called"));
}

#[test]
fn along_takes_a_route_and_a_width() {
    let folder = tempfile::tempdir().unwrap();
    let road = path(&folder, "road.geojson");
    fs::write(&road, r#"{"type":"LineString","coordinates":[[42.4,33.7],[42.9,33.7]]}"#).unwrap();
    let found = lines(&mut asked(&["along", &road, "--width", "9km"]));
    assert_eq!(found.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>(), ["hit-1"]);
    assert!((found[0]["distance_km"].as_f64().unwrap() - 6.43).abs() < 0.01);
    assert_eq!(ids(&mut asked(&["along", &road])), ["hit-1", "asad-2", "asad-1"]);
    let circle = r#"{"type":"Point","coordinates":[42.4,33.7]}"#;
    fs::write(&road, circle).unwrap();
    asked(&["along", &road]).assert().code(2).stderr(contains("found a Point, expected a LineString"));
}

#[test]
fn sites_are_joined_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let table = path(&folder, "sites.csv");
    let mut rows = "name,lat,lon\nbase,33.7856,42.4412\nnowhere,0,0\n".to_owned();
    (0..300).for_each(|n| rows.push_str(&format!("=n{n},14.8,43\n")));
    fs::write(&table, rows).unwrap();
    let join = |format: &str| stdout(&mut asked(&["near", "--each", &table, "--radius", "50km", "--format", format]));
    let pairs: Vec<Value> = join("ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(pairs.len(), 303);
    assert_eq!((&pairs[0]["id"], &pairs[0]["site"]["name"]), (&Value::from("asad-2"), &Value::from("base")));
    let names: Vec<String> = pairs[3..].iter().map(|pair| pair["site"]["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, (0..300).map(|n| format!("=n{n}")).collect::<Vec<_>>());
    let csv = join("csv");
    assert!(csv.starts_with("\u{feff}site_name,site_lat,site_lon,distance_km,bearing,id,"), "{csv}");
    assert!(csv.lines().nth(4).unwrap().starts_with("'=n0,14.8,43,"), "a formula stays text");
    let all: Value = serde_json::from_str(&join("geojson")).unwrap();
    assert_eq!(all["features"].as_array().unwrap().len(), 303);
    assert_eq!(join("table").lines().count(), 303);
    let nearest = asked(&["near", "--each", &table, "--radius", "50km", "--nearest", "1"]).assert().success();
    nearest.stderr(contains("302 sites, 301 of them with an incident within 50 km; 301 pairs"));
    fs::write(&table, "name,lat,lon\nx,133,42\n").unwrap();
    let each = || asked(&["near", "--each", &table]);
    each().assert().code(2).stderr(contains("sites.csv:2: lat: found \"133\", expected degrees from -90 to 90"));
    fs::write(&table, "name,breite\nx,133\n").unwrap();
    each().assert().code(2).stderr(contains("a column named lat"));
    asked(&["near", "33,44", "--each", &table]).assert().code(2);
}

#[test]
fn many_sites_are_answered_as_few_are() {
    let folder = made();
    let connection = open(&store(&folder));
    // An id that was changed, and a row that no report tells of.
    connection.execute("UPDATE incidents SET id = 'mine' WHERE fid = (SELECT min(fid) FROM incidents)", []).unwrap();
    connection.execute("INSERT INTO incidents (geom, id) SELECT geom, 'added' FROM incidents LIMIT 1", []).unwrap();
    drop(connection);
    let (output, table) = (path(&folder, "output"), path(&folder, "sites.csv"));
    let join = |sites: &[String], radius: &str| {
        fs::write(&table, format!("lat,lon\n{}\n", sites.join("\n"))).unwrap();
        stdout(&mut mawqi(&["near", "--each", &table, "--radius", radius, "--format", "ndjson", "--in", &output]))
    };
    let sites: Vec<String> =
        (0..240).map(|n| format!("{},{}", 30.0 + f64::from(n) * 0.03, 44.0 + f64::from(n % 7))).collect();
    for radius in ["2km", "60km", "400km"] {
        let (few, more) = sites.split_at(120);
        assert_eq!(join(&sites, radius), join(few, radius) + &join(more, radius), "{radius}");
    }
    assert!(!join(&sites, "400km").is_empty());
}

#[test]
fn summaries_count() {
    let table = stdout(&mut asked(&["summary", "--by", "month"]));
    let words: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(words[0], ["month", "incidents", "killed_min", "injured_min", "first", "last"]);
    assert_eq!(words[1][..3], ["2024-01", "3", "2"]);
    assert_eq!(words[3][..2], ["-", "1"]);
    let csv = stdout(&mut asked(&["summary", "--by", "actor", "--format", "csv", "--until", "2024-01-22"]));
    assert_eq!(csv.lines().collect::<Vec<_>>()[0], "\u{feff}actor,incidents,killed_min,injured_min,first,last");
    assert!(csv.contains("Islamic Resistance in Iraq,1,0,"), "{csv}");
    let cells = lines(&mut asked(&["summary", "--by", "cell", "--cell", "0.5"]));
    assert_eq!((&cells[0]["cell"], &cells[0]["incidents"]), (&Value::from("33.5,42"), &Value::from(2)));
    asked(&["summary", "--by", "cell"]).assert().stderr(contains("4 incidents; 1 left out as too uncertain"));
    let hexagons = stdout(&mut asked(&["summary", "--by", "cell", "--h3", "5", "--format", "geojson"]));
    let hexagons: Value = serde_json::from_str(&hexagons).unwrap();
    assert_eq!(hexagons["features"][0]["geometry"]["type"], "Polygon");
    asked(&["summary", "--by", "admin1"]).assert().success().stdout(contains("Al Anbar"));
    asked(&["summary", "--by", "type"]).assert().success().stdout(contains("airstrike").and(contains("drone_strike")));
    asked(&["summary", "--by", "cell", "--h3", "16"]).assert().code(2).stderr(contains("0 to 15"));
    asked(&["summary", "--by", "cell", "--cell", "0"]).assert().code(2).stderr(contains("such as 0.5"));
    asked(&["summary"]).assert().code(2);
}
