//! Each format read back by another reader.

use std::fs;

use mawqi::export::columns::{COLUMNS, SOURCES};
use mawqi::export::{FORMATS, Folder, Format, Harvest, Row, csv, geojson, ndjson, unresolved};
use mawqi::model::{GeoPrecision, Incident, Tally, UnresolvedName};
use serde_json::Value;

use crate::fixture::{at, bare, full};

fn harvest() -> Harvest {
    let area = Incident { geo_precision: Some(GeoPrecision::Country), ..at("area", 48.0, 15.5) };
    Harvest { incidents: vec![full(), area, bare("nowhere")], ..Harvest::default() }
}

fn text(format: &dyn Format, harvest: &Harvest) -> String {
    let mut bytes = Vec::new();
    format.write(harvest, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The table under the byte-order mark.
fn table(text: &str) -> Vec<Vec<String>> {
    let body = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(body.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cell(rows: &[Vec<String>], row: usize, name: &str) -> String {
    let column = rows[0].iter().position(|header| header == name).expect(name);
    rows[row][column].clone()
}

#[test]
fn the_flat_schema_has_the_names_and_the_order_of_the_record() {
    let Value::Object(record) = serde_json::to_value(full()).unwrap() else { panic!("an object") };
    let mut names: Vec<&str> = record.keys().map(String::as_str).collect();
    assert_eq!(names.pop(), Some("sources"));
    assert_eq!(COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>(), names);
}

#[test]
fn geojson_follows_rfc_7946() {
    let parsed: Value = serde_json::from_str(&text(&geojson::GeoJson, &harvest())).unwrap();
    assert_eq!(parsed["type"], "FeatureCollection");
    assert!(parsed.get("crs").is_none());
    assert_eq!(parsed["bbox"], serde_json::json!([42.4412, 15.5, 48.0, 33.7856]));
    let features = parsed["features"].as_array().unwrap();
    assert_eq!(features.len(), 2, "an incident without a point is left out");
    assert_eq!(features[0]["id"], "full-1");
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([42.4412, 33.7856]));
}

#[test]
fn geojson_carries_the_attribution_of_the_sources() {
    let parsed: Value = serde_json::from_str(&text(&geojson::GeoJson, &harvest())).unwrap();
    let sources = include_str!("../gazetteer/SOURCES.md").replace("\n> ", " ");
    let line = parsed["attribution"].as_str().unwrap();
    assert!(line.starts_with("Places: ") && sources.contains(line), "{line}");
}

#[test]
fn geojson_properties_are_the_schema_in_order() {
    let parsed: Value = serde_json::from_str(&text(&geojson::GeoJson, &harvest())).unwrap();
    let properties = parsed["features"][0]["properties"].as_object().unwrap();
    let mut expected: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    expected.retain(|name| !matches!(*name, "lon" | "lat"));
    expected.extend(["sources", "area"]);
    assert_eq!(properties.keys().map(String::as_str).collect::<Vec<_>>(), expected);
    assert_eq!(properties["sources"][0]["evidence"][0]["start"], 4);
}

#[test]
fn an_area_is_told_from_a_pin() {
    let parsed: Value = serde_json::from_str(&text(&geojson::GeoJson, &harvest())).unwrap();
    let area = |number: usize| parsed["features"][number]["properties"]["area"].clone();
    assert_eq!((area(0), area(1)), (Value::Bool(false), Value::Bool(true)));
}

#[test]
fn coordinates_have_five_decimals_at_most() {
    let fine = Harvest { incidents: vec![at("fine", 42.123_456_789, -0.000_000_1)], ..Harvest::default() };
    assert!(text(&geojson::GeoJson, &fine).contains("\"coordinates\":[42.12346,0.0]"));
    let rows = table(&text(&csv::Csv, &fine));
    assert_eq!((cell(&rows, 1, "lon"), cell(&rows, 1, "lat")), ("42.12346".to_owned(), "0".to_owned()));
}

#[test]
fn a_collection_of_nothing_has_no_bbox_and_no_attribution() {
    let parsed: Value = serde_json::from_str(&text(&geojson::GeoJson, &Harvest::default())).unwrap();
    assert_eq!(parsed, serde_json::json!({"type": "FeatureCollection", "features": []}));
}

#[test]
fn geojson_reads_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let odd = Incident { confidence: 1.0 / 3.0, ..at("south-west", -179.999_99, -89.5) };
    let incidents = vec![full(), odd, at("zero", 0.0, 0.0)];
    let harvest = Harvest { incidents: incidents.clone(), ..Harvest::default() };
    Folder::open(folder.path()).unwrap().write(FORMATS, &harvest).unwrap();
    assert_eq!(geojson::read(&folder.path().join(geojson::FILE_NAME)).unwrap(), incidents);
}

#[test]
fn a_reader_that_streams_features_finds_them() {
    let text = text(&geojson::GeoJson, &harvest());
    let features = ::geojson::FeatureReader::from_reader(text.as_bytes()).features();
    assert_eq!(features.map(Result::unwrap).count(), 2);
}

#[test]
fn broken_geojson_is_named_with_its_feature() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.geojson");
    let read = |text: &str| {
        fs::write(&path, text).unwrap();
        geojson::read(&path).unwrap_err().to_string()
    };
    assert!(read("{").contains("bad.geojson: not a GeoJSON feature collection"));
    let feature = |geometry: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{geometry},"properties":{{}}}}]}}"#
        )
    };
    assert!(read(&feature("null")).contains("feature 1: missing field"));
    assert!(read(&feature(r#"{"type":"Point","coordinates":[44.0,95.0]}"#)).contains("feature 1: found the point"));
    let line = r#"{"type":"LineString","coordinates":[[1.0,2.0],[3.0,4.0]]}"#;
    assert!(read(&feature(line)).contains("feature 1: found a LineString, expected a Point"));
}

#[test]
fn csv_opens_in_a_spreadsheet() {
    let text = text(&csv::Csv, &harvest());
    assert!(text.starts_with("\u{feff}id,event_type,date_start,"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "CRLF ends every row, and cells hold no line breaks");
    let rows = table(&text);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].len(), COLUMNS.len() + SOURCES.len());
    assert_eq!(cell(&rows, 1, "place"), "عين الأسد");
    assert_eq!(cell(&rows, 1, "weapons"), "drone; rocket");
    assert_eq!((cell(&rows, 1, "killed_min"), cell(&rows, 1, "injured_max")), ("0".to_owned(), String::new()));
    assert_eq!(cell(&rows, 1, "background"), "true");
}

#[test]
fn csv_is_spelt_as_another_writer_spells_it() {
    let place = |place: &str| Incident { place: Some(place.to_owned()), ..full() };
    let odd = [
        "a \"b\" c",
        "a,b",
        "\"",
        "a;b",
        "line\none",
        "line\r\ntwo",
        " blank ",
        "الرطبة، «غرب»",
        "\u{65c}",
        "–",
        "=1+1",
    ];
    let text = text(&csv::Csv, &Harvest { incidents: odd.map(place).into(), ..Harvest::default() });
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in table(&text) {
        writer.write_record(row).unwrap();
    }
    assert_eq!(text.trim_start_matches('\u{feff}').as_bytes(), writer.into_inner().unwrap());
}

#[test]
fn csv_numbers_are_the_shortest_that_are_read_as_the_same() {
    let mut numbers =
        vec![0.0, -0.0, 0.1 + 0.2, 1e-5, -1e-5, 1e-6, 12.0, -7.5, 33.78563, 99_999.5, 1e10, 1.5e10, 1e21, 5e-324];
    numbers.extend((0..2_000).map(|n| f64::from(n * 7_919) / 1e5 - 60.0));
    numbers.extend((0..2_000).map(|n| f64::from(n).sqrt() * 1e4));
    let sure = |confidence: &f64| Incident { confidence: *confidence, ..full() };
    let rows =
        table(&text(&csv::Csv, &Harvest { incidents: numbers.iter().map(sure).collect(), ..Harvest::default() }));
    for (number, row) in numbers.iter().zip(1..) {
        assert_eq!(cell(&rows, row, "confidence"), number.to_string());
    }
}

#[test]
fn csv_flattens_sources_in_step() {
    let rows = table(&text(&csv::Csv, &harvest()));
    assert_eq!(cell(&rows, 1, "reports"), "a; b");
    assert_eq!(cell(&rows, 1, "published"), "2024-01-21; ");
    assert_eq!(cell(&rows, 1, "publishers"), "وكالة; ");
    assert_eq!(cell(&rows, 1, "urls"), "https://example.org/1; ");
    let sentence = "=استهدفت طائرة مسيرة القاعدة، دون إصابات";
    assert_eq!(cell(&rows, 1, "evidence"), format!("'{sentence} | {sentence}"));
    assert_eq!(cell(&rows, 2, "reports"), "");
}

#[test]
fn csv_cells_never_run_as_formulas() {
    let shown = |text: &str| {
        let incident = Incident { damage: Some(text.to_owned()), ..at("x", -3.5, 40.0) };
        let rows = table(&self::text(&csv::Csv, &Harvest { incidents: vec![incident], ..Harvest::default() }));
        assert_eq!(cell(&rows, 1, "lon"), "-3.5");
        cell(&rows, 1, "damage")
    };
    for formula in ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-inf", "\u{200f}=1", "-"] {
        assert!(shown(formula).starts_with('\''), "{formula:?}");
    }
    assert_eq!(shown("-3.5"), "-3.5");
    assert_eq!(shown("مبنى = بيت"), "مبنى = بيت");
    assert_eq!(shown("\u{202e}قلب\u{202c}"), "قلب");
}

#[test]
fn csv_cells_fit_a_spreadsheet() {
    let long = Incident { damage: Some("=".repeat(40_000)), ..at("x", 0.0, 0.0) };
    let rows = table(&text(&csv::Csv, &Harvest { incidents: vec![long], ..Harvest::default() }));
    assert_eq!(cell(&rows, 1, "damage").chars().count(), 32_767);
}

#[test]
fn ndjson_is_one_record_a_line() {
    let mut bytes = Vec::new();
    ndjson::write(&Row::plain(&[full(), bare("nowhere")]), &mut bytes).unwrap();
    let lines = String::from_utf8(bytes).unwrap();
    let records: Vec<Incident> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records, [full(), bare("nowhere")]);
}

#[test]
fn tallies_and_what_is_not_on_the_map_have_their_tables() {
    let tally = Tally {
        count_min: Some(150),
        count_max: None,
        what: "attacks".to_owned(),
        place: Some("Iraq and Syria".to_owned()),
        since: Some("2023-10".to_owned()),
        until: None,
        as_of: None,
        source: None,
        report: "r".to_owned(),
        start: 0,
        end: 4,
        text: "أكثر من 150 هجوما".to_owned(),
    };
    let name = UnresolvedName {
        name: "الصالحية".to_owned(),
        start: 3,
        end: 19,
        candidates: vec!["iq-a".to_owned(), "sy-b".to_owned()],
        reason: "two places fit".to_owned(),
    };
    let unlocated = Incident { id: "lost".to_owned(), lon: None, lat: None, ..full() };
    let harvest = Harvest {
        unlocated: vec![unlocated],
        tallies: vec![tally],
        unresolved: vec![("r".to_owned(), name)],
        ..Harvest::default()
    };
    let rows = table(&text(&mawqi::export::tallies::Tallies, &harvest));
    assert_eq!((cell(&rows, 1, "count_min"), cell(&rows, 1, "where")), ("150".to_owned(), "Iraq and Syria".to_owned()));
    let rows = table(&text(&unresolved::Unresolved, &harvest));
    assert_eq!(rows[0].join(","), "report,name,start,end,candidates,reason");
    assert_eq!(rows[1], ["r", "الصالحية", "3", "19", "iq-a; sy-b", "two places fit"]);
    assert_eq!((rows.len(), cell(&rows, 2, "report")), (4, "a".to_owned()), "a row for each report of the incident");
    assert!(cell(&rows, 2, "reason").starts_with("incident lost (drone_strike, 2024-01-20) is not on the map"));
}

#[test]
fn files_are_put_in_place_whole_and_nothing_else_stays() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("new/output");
    let folder = Folder::open(&path).unwrap();
    folder.write(FORMATS, &harvest()).unwrap();
    fs::write(path.join("incidents.qml"), "what an analyst saved").unwrap();
    folder.write(FORMATS, &Harvest::default()).unwrap();
    let mut names: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "changes.csv",
            "duplicates.csv",
            "incidents.csv",
            "incidents.fgb",
            "incidents.geojson",
            "incidents.kml",
            "incidents.qgz",
            "incidents.qml",
            "map.html",
            "tallies.csv",
            "unresolved.csv",
        ]
    );
    assert_eq!(fs::read_to_string(path.join("incidents.qml")).unwrap(), "what an analyst saved");
    assert_eq!(geojson::read(&path.join(geojson::FILE_NAME)).unwrap(), []);
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = Folder::open(file.path()).unwrap_err().to_string();
    assert!(error.starts_with(&file.path().display().to_string()), "{error}");
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_others_as_any_file_is() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    Folder::open(root.path()).unwrap().write(FORMATS, &harvest()).unwrap();
    fs::write(root.path().join("plain"), "").unwrap();
    let mode = |name: &str| fs::metadata(root.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("incidents.csv"), mode("plain"));
}
