//! `mawqi geocode`: rows in, the same rows out, each with its place or the reason why there is none.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use proptest::prelude::*;
use tempfile::TempDir;

const HEADER: &str = "رقم,المكان,المحافظة,الدولة\n";
const ROWS: &[(&str, &str)] = &[
    ("1,القائم,الأنبار,العراق", "iq-al-qaim"),
    ("2,السليمانية,حلب,", "sy-al-sulaymaniyah-aleppo"),
    ("3,السليمانية,,العراق", "iq-sulaymaniyah-city"),
    ("4,طرابلس,,LB", "lb-tripoli"),
    ("5,طرابلس,,ليبيا", "ly-tripoli"),
    ("6,طرابلس,,", ""),
    ("7,القائم,حلب,", ""),
    ("8,القائم,بلد لا يعرفه أحد,", "iq-al-qaim"),
    ("9,قرية لا يعرفها أحد,الأنبار,", ""),
    ("10,,الأنبار,", ""),
    ("11,\"قاعدة عين الأسد، غربي العراق\",,", "iq-ain-al-asad"),
    ("12,Deir ez-Zor,,SY", "sy-deir-ez-zor-city"),
];

fn table(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn geocode(path: &std::path::Path, more: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.arg("geocode").arg(path).args(["--column", "المكان"]).args(more);
    command
}

fn written(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn all_rows() -> String {
    let rows: Vec<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    format!("{HEADER}{}\n", rows.join("\n"))
}

#[test]
fn a_row_gets_its_place_or_the_reason_why_not() {
    let (_folder, path) = table(&all_rows());
    let done = geocode(&path, &["--context", "المحافظة", "--context", "الدولة"]).assert().success();
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(out.starts_with(
        "رقم,المكان,المحافظة,الدولة,lat,lon,uncertainty_m,geo_precision,place_id,place,place_en,candidates,reason\n"
    ));
    let rows = written(&out);
    assert_eq!(rows.len(), ROWS.len());
    for (row, (given, place)) in rows.iter().zip(ROWS) {
        assert_eq!(&row[8], *place, "{given}: {}", &row[12]);
        assert_eq!(row[4].is_empty(), place.is_empty(), "{given}");
        assert!(!row[12].is_empty(), "{given} has no reason");
    }
    assert!(rows[5][11].contains("ly-tripoli") && rows[5][11].contains("lb-tripoli"), "{:?}", rows[5]);
    assert!(rows[6][12].contains("none of the name lies in حلب"), "{:?}", rows[6]);
    assert!(rows[7][12].contains("no place that is known"), "{:?}", rows[7]);
    assert_eq!((&rows[0][6], &rows[0][7]), ("4000", "settlement"));
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(told.contains("8 of 12 rows have a place") && told.contains("(no name)"), "{told}");
}

#[test]
fn what_stays_unresolved_is_told_the_most_frequent_first() {
    let (_folder, path) = table("المكان\nلا أحد\nطرابلس\nطرابلس\n");
    let done = geocode(&path, &["--strict"]).assert().code(1);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let at = |name: &str| told.find(name).unwrap_or(usize::MAX);
    assert!(at("طرابلس") < at("لا أحد") && at("لا أحد") < usize::MAX, "{told}");
}

#[test]
fn columns_of_the_added_names_are_kept_beside_them() {
    let (_folder, path) = table("lat;المكان;reason\n1;القائم;seen\n");
    let done = geocode(&path, &[]).assert().success();
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(out.starts_with("lat;المكان;reason;mawqi_lat;lon;"), "{out}");
    assert!(out.contains(";mawqi_reason\n1;القائم;seen;34.39"), "{out}");
}

#[test]
fn other_encodings_and_stdin_are_read() {
    let (text, _, _) = encoding_rs::WINDOWS_1256.encode("المكان\nالقائم\n");
    let mut command = geocode("-".as_ref(), &[]);
    command.write_stdin(text.into_owned()).assert().success().stdout(contains("iq-al-qaim"));
}

#[test]
fn bad_tables_are_named_and_nothing_is_half_written() {
    let cases = [
        ("المكان\nالقائم,2\n", "table.csv:2: row: found \"2 cells\""),
        ("اسم\nالقائم\n", "table.csv:1: header: found \"المكان\", expected one of the columns اسم"),
        ("", "empty"),
        ("المكان\n\"القائم\n", "closing quote"),
    ];
    for (text, message) in cases {
        let (folder, path) = table(text);
        let out = folder.path().join("out.csv");
        fs::write(&out, "before").unwrap();
        geocode(&path, &["-o", out.to_str().unwrap()]).assert().code(2).stdout(is_empty()).stderr(contains(message));
        assert_eq!(fs::read_to_string(&out).unwrap(), "before", "{text}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{text} leaves a file");
    }
    let (folder, path) = table("المكان\nالقائم\n");
    geocode(&path, &["--context", "x"]).assert().code(2).stderr(contains("\"x\"").and(contains("المكان")));
    let nowhere = folder.path().join("none/out.csv");
    geocode(&path, &["-o", nowhere.to_str().unwrap()]).assert().code(2).stderr(contains("none/out.csv"));
    let out = folder.path().join("out.csv");
    geocode(&path, &["-o", out.to_str().unwrap()]).assert().success().stdout(is_empty());
    assert!(fs::read_to_string(out).unwrap().contains("iq-al-qaim"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever stands in the cells, every row comes out with the cells it had, in its place.
    #[test]
    fn every_row_comes_back_with_its_cells(cells in prop::collection::vec(("\\PC{0,12}", "[\\u{620}-\\u{64a} ,\"\n]{0,12}"), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["x", "المكان"]).unwrap();
        for (x, name) in &cells {
            writer.write_record([x, name]).unwrap();
        }
        let (_folder, path) = table(&String::from_utf8(writer.into_inner().unwrap()).unwrap());
        let done = geocode(&path, &[]).assert().success();
        let rows = written(&String::from_utf8(done.get_output().stdout.clone()).unwrap());
        let kept: Vec<(String, String)> = rows.iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
        prop_assert_eq!(kept, cells);
    }
}
