//! What `mawqi export` writes and `mawqi import` reads.

use std::fs;

use assert_cmd::Command;
use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
use mawqi::export::{ATTRIBUTION, Stream, acled, csv, flatgeobuf as fgb, geojson, kml, stream, timemap, ucdp};
use mawqi::model::{GeoPrecision, Incident};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, starts_with};
use serde_json::Value;
use tempfile::TempDir;

use crate::fixture::{at, bare, full};

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
    admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

const UCDP: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,\
    conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,\
    side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,\
    where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,\
    event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,\
    gwnob";

fn incidents() -> Vec<Incident> {
    let area = Incident { geo_precision: Some(GeoPrecision::Country), ..at("area", 48.0, 15.5) };
    vec![full(), area, bare("nowhere")]
}

fn bytes(format: &dyn Stream, incidents: &[Incident]) -> Vec<u8> {
    let mut out = Vec::new();
    stream(format, incidents, &mut out).unwrap();
    out
}

fn text(format: &dyn Stream, incidents: &[Incident]) -> String {
    String::from_utf8(bytes(format, incidents)).unwrap()
}

fn mawqi(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(args);
    command
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// The one row of a table, by column.
fn row(
    columns: &'static [&'static [mawqi::export::columns::Column]],
    incident: &Incident,
) -> impl Fn(&str) -> String + use<> {
    let format = csv::Flat { columns, mark: false, ..csv::Flat::default() };
    let text = text(&format, std::slice::from_ref(incident));
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let cells = reader.records().next().unwrap().unwrap();
    move |name| cells.get(header.iter().position(|column| column == name).unwrap()).unwrap().to_owned()
}

#[test]
fn flatgeobuf_reads_back_with_its_index() {
    let bytes = bytes(&fgb::FlatGeobuf, &incidents());
    let reader = FgbReader::open(std::io::Cursor::new(&bytes)).unwrap();
    let header = reader.header();
    assert_eq!((header.features_count(), header.index_node_size() > 0), (2, true));
    assert_eq!(header.crs().unwrap().code(), 4326);
    assert!(header.metadata().unwrap().contains(ATTRIBUTION));
    let mut found = reader.select_bbox(42.0, 33.0, 43.0, 34.0).unwrap();
    let feature = found.next().unwrap().unwrap();
    assert_eq!(feature.property::<String>("id").unwrap(), "full-1");
    assert_eq!(feature.property::<i64>("killed_min").unwrap(), 0);
    assert_eq!(feature.property_n::<i64>(0).ok(), None);
    let properties = feature.properties().unwrap();
    assert_eq!(properties.get("place").map(String::as_str), Some("عين الأسد"));
    assert_eq!(properties.get("injured_max"), None, "what is not told is not there");
    assert!(found.next().unwrap().is_none());
    assert!(FgbReader::open(std::io::Cursor::new(super::formats::bytes(&fgb::FlatGeobuf, &[]))).is_ok());
}

#[test]
fn kml_is_xml_with_places_days_and_data() {
    let odd = Incident { summary_ar: "a\u{1}<b>&".to_owned(), ..full() };
    let text = text(&kml::Kml, &[odd, bare("nowhere")]);
    let mut reader = quick_xml::Reader::from_str(&text);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    assert_eq!(text.matches("<Placemark ").count(), 1);
    for part in [
        "<coordinates>42.4412,33.7856</coordinates>",
        "<begin>2024-01-20</begin>",
        "a&lt;b&gt;&amp;",
        "<Data name=\"killed_min\">",
        "contains data from GeoNames",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn lines_of_geojson_are_features_and_the_first_has_the_attribution() {
    let text = text(&geojson::GeoJsonSeq, &incidents());
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| &line["id"]).collect::<Vec<_>>(), ["full-1", "area"]);
    assert_eq!((&lines[0]["attribution"], lines[1].get("attribution")), (&Value::from(ATTRIBUTION), None));
}

#[test]
fn timemap_names_each_source_once() {
    let parsed: Value = serde_json::from_str(&text(&timemap::TimeMap, &incidents())).unwrap();
    assert_eq!(parsed["events"].as_array().unwrap().len(), 2);
    assert_eq!(parsed["events"][0]["sources"], serde_json::json!(["a", "b"]));
    assert_eq!(parsed["sources"]["a"]["title"], "وكالة");
    assert_eq!(parsed["attribution"], ATTRIBUTION);
}

#[test]
fn the_profile_of_acled_has_its_columns_and_codes() {
    assert_eq!(acled::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(","), ACLED);
    let cell = row(&[acled::COLUMNS], &full());
    assert_eq!((cell("event_id_cnty"), cell("event_date")), ("mawqi-full-1".to_owned(), "2024-01-20".to_owned()));
    assert_eq!((cell("sub_event_type"), cell("geo_precision")), ("Air/drone strike".to_owned(), "1".to_owned()));
    assert_eq!((cell("country"), cell("iso")), ("Iraq".to_owned(), String::new()));
    assert_eq!((cell("actor2"), cell("inter2")), ("US forces".to_owned(), "8".to_owned()));
    assert_eq!((cell("fatalities"), cell("tags")), ("0".to_owned(), String::new()));
    assert_eq!(cell("timestamp"), "1705795200");
    let untold = row(&[acled::COLUMNS], &at("untold", 1.0, 2.0));
    assert_eq!((untold("fatalities"), untold("tags")), ("0".to_owned(), "fatalities not reported".to_owned()));
    let country = Incident { geo_precision: Some(GeoPrecision::Country), ..full() };
    assert_eq!(row(&[acled::COLUMNS], &country)("geo_precision"), "");
    let civilians = Incident { target: Some("civilians".to_owned()), ..full() };
    let cell = row(&[acled::COLUMNS], &civilians);
    assert_eq!(
        (cell("actor2"), cell("inter2"), cell("civilian_targeting")),
        ("Civilians".into(), "7".into(), "Civilian targeting".into())
    );
}

#[test]
fn the_profile_of_ucdp_has_its_columns_and_codes() {
    assert_eq!(ucdp::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(","), UCDP);
    let deadly = Incident { killed_min: Some(3), killed_max: Some(5), ..full() };
    let cell = row(&[ucdp::COLUMNS], &deadly);
    assert_eq!((cell("low"), cell("best"), cell("high")), ("3".to_owned(), "3".to_owned(), "5".to_owned()));
    assert_eq!((cell("where_prec"), cell("date_prec")), ("1".to_owned(), "2".to_owned()));
    assert_eq!(cell("geom_wkt"), "POINT (42.4412 33.7856)");
    // Row ⌊(90 + 33.7856) · 2⌋ = 247 of 720 cells, then column ⌊(180 + 42.4412) · 2⌋ = 444, from 1.
    assert_eq!(cell("priogrid_gid"), (247 * 720 + 444 + 1).to_string());
    assert!(ucdp::is_event(&deadly) && !ucdp::is_event(&full()) && !ucdp::is_event(&bare("x")));
}

/// A folder with a map of the example reports in `output`.
fn mapped() -> TempDir {
    let folder = super::docs::workspace();
    mawqi(&["map", &path(&folder, "tests/reports"), "-o", &path(&folder, "output")]).assert().success();
    folder
}

#[test]
fn the_store_exports_what_map_writes() {
    let folder = mapped();
    let output = path(&folder, "output");
    for (format, file) in
        [("geojson", "incidents.geojson"), ("csv", "incidents.csv"), ("fgb", "incidents.fgb"), ("kml", "incidents.kml")]
    {
        let exported = path(&folder, file);
        mawqi(&["export", "--in", &output, "--format", format, "-o", &exported]).assert().success();
        assert!(fs::read(&exported).unwrap() == fs::read(folder.path().join("output").join(file)).unwrap(), "{file}");
    }
    let table = ["export", "--in", &output, "--format", "csv"];
    mawqi(&table).args(["--no-bom", "--delimiter", ";"]).assert().success().stdout(starts_with("id;event_type;"));
    mawqi(&table).assert().stderr(contains(ATTRIBUTION));
    mawqi(&table).args(["--profile", "ucdp"]).assert().stderr(contains("left out, as no death is told"));
    let count = |args: &[&str]| {
        let lines = mawqi(&["export", "--in", &output, "--format", "geojsonseq"]).args(args).assert().success();
        String::from_utf8(lines.get_output().stdout.clone()).unwrap().lines().count()
    };
    let all = count(&[]);
    let [airstrikes, deadly, late] =
        [&["--event", "airstrike"], &["--min-killed", "3"], &["--since", "2024-01-01"]].map(|args| count(args));
    assert!(0 < airstrikes && airstrikes < all && 0 < deadly && deadly < all && 0 < late && late < all);
}

#[test]
fn export_names_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let none = path(&folder, "none");
    mawqi(&["export", "--in", &none, "--format", "csv"]).assert().code(2).stderr(contains("no map here"));
    mawqi(&["export", "--format", "kml", "--profile", "acled"]).assert().code(2).stderr(contains("--profile"));
    mawqi(&["export", "--format", "csv", "--delimiter", "ab"]).assert().code(2).stderr(contains("one sign such as ;"));
}

#[test]
fn what_was_exported_comes_back_the_same() {
    let folder = mapped();
    let [geojson, back] = ["output/incidents.geojson", "back"].map(|name| path(&folder, name));
    mawqi(&["import", &geojson, "-o", &back]).assert().success().stderr(contains("imported"));
    let read = |folder: &str| geojson::read(&std::path::Path::new(folder).join("incidents.geojson")).unwrap();
    assert_eq!(read(&back), read(&path(&folder, "output")));
}

#[test]
fn other_tables_join_the_map_and_merge() {
    let folder = mapped();
    let output = path(&folder, "output");
    let count = || geojson::read(&folder.path().join("output/incidents.geojson")).unwrap().len();
    let before = count();
    let table = path(&folder, "own.csv");
    let import = |text: &str| {
        fs::write(&table, text).unwrap();
        mawqi(&["import", &table, "-o", &output]).assert()
    };
    import("id;date;event_type;place;lat;lon;killed_min;weapons\n7;2024-01-28;drone_strike;البرج 22;33.3079;38.7033;3;drone\n").success();
    assert_eq!(count(), before, "the same event as in a report");
    import("id,date,event_type,lat,lon\n8,2023-05-05,bombing,31.5,46.1\n").success();
    assert_eq!(count(), before + 1);
    let acled = format!(
        "{ACLED}\nIRQ1,2023-06-06,2023,1,,Explosions/Remote violence,Suicide bomb,A,,,B,,,,,,,Iraq,x,y,,Town,33.1,44.1,2,S,,note,0,,1\n"
    );
    import(&acled).success();
    let ucdp = "id,where_prec,latitude,longitude,date_start,date_end,date_prec,side_a,side_b,best,high,low\n9,4,34.5,43.5,2023-07-07,2023-07-08,2,A,B,4,6,2\n";
    import(ucdp).success();
    let found = geojson::read(&folder.path().join("output/incidents.geojson")).unwrap();
    let of = |report: &str| found.iter().find(|i| i.sources.iter().any(|s| s.report == report)).unwrap().clone();
    let suicide = of("own/IRQ1");
    assert_eq!(
        (suicide.event_type.as_str(), suicide.killed_min, suicide.uncertainty_m),
        ("suicide_bombing", None, Some(25_000))
    );
    assert_eq!(suicide.sources[0].publisher.as_deref(), Some("ACLED: S"));
    let event = of("own/9");
    assert_eq!(
        (event.killed_min, event.killed_max, event.geo_precision),
        (Some(2), Some(6), Some(GeoPrecision::Governorate))
    );
    let told = |text: &str, expected: &str| {
        drop(import(text).code(2).stderr(contains("own.csv:").and(contains(expected.to_owned()))));
    };
    told("name,date\nx,y\n", "own.csv:1: header: found \"name,date\", expected columns lat and lon");
    told("lat,lon\n95,44\n", "own.csv:2: lat, lon: found \"95, 44\"");
    told("lat,lon,event_type\n35,44,war\n", "unknown variant `war`");
    told("where_prec,lat,lon,low\n1,35,44,many\n", "own.csv:2: low: found \"many\", expected a whole number");
    assert_eq!(geojson::read(&folder.path().join("output/incidents.geojson")).unwrap(), found);
}

/// Without the library, the command says how to get it and writes nothing.
#[cfg(not(feature = "geoparquet"))]
#[test]
fn geoparquet_is_in_builds_with_its_feature_only() {
    let folder = TempDir::new().unwrap();
    let file = path(&folder, "incidents.parquet");
    let told = contains("--format: found \"geoparquet\"").and(contains("cargo install --path . --features geoparquet"));
    mawqi(&["export", "--in", "output", "--format", "geoparquet", "-o", &file]).assert().code(2).stderr(told);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What is exported, imported elsewhere and exported again is the same.
#[test]
fn an_export_that_is_imported_is_exported_the_same() {
    let folder = crate::docs::workspace();
    let first = path(&folder, "first");
    mawqi(&["map", &path(&folder, "tests/reports"), "-o", &first]).assert().success();
    for format in ["geojson", "csv"] {
        let (file, again) = (path(&folder, &format!("all.{format}")), path(&folder, format));
        mawqi(&["export", "--in", &first, "--format", format, "-o", &file]).assert().success();
        mawqi(&["import", &file, "-o", &again]).assert().success();
        let out = mawqi(&["export", "--in", &again, "--format", format]).assert().success();
        assert!(fs::read(&file).unwrap() == out.get_output().stdout, "{format}");
    }
    // The style stands beside the GeoJSON, and is not written over.
    let style = folder.path().join("all.qml");
    assert!(fs::read_to_string(&style).unwrap().contains("<qgis "));
    fs::write(&style, "own").unwrap();
    mawqi(&["export", "--in", &first, "--format", "geojson", "-o", &path(&folder, "all.geojson")]).assert().success();
    assert_eq!(fs::read_to_string(&style).unwrap(), "own");
}
