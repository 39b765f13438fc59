//! The imported world: dumps made here, in the official layout and in every way broken; the index file, whole and damaged.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mawqi::gazetteer::{Build, Built, Gazetteer, Query, build};
use mawqi::model::{NameUse, PlaceKind, Report};
use mawqi::pipeline::Mapper;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use proptest::prelude::*;
use tempfile::TempDir;

/// A row of the `geoname` table: id, name, further names, point, class and code, country, units, inhabitants.
fn row(
    id: u32,
    name: &str,
    others: &str,
    at: (f64, f64),
    code: (&str, &str),
    units: (&str, &str, &str),
    people: u64,
) -> String {
    let (ascii, (class, code), (country, first, second)) = (name.replace('‘', "'"), code, units);
    let head = format!("{id}\t{name}\t{ascii}\t{others}\t{}\t{}\t{class}\t{code}\t{country}\t", at.0, at.1);
    format!("{head}\t{first}\t{second}\t\t\t{people}\t\t50\tAsia/Baghdad\t2024-05-01\n")
}

fn places() -> String {
    let units = ("IQ", "01", "0107");
    [
        row(11, "Wadi al-Warda", "قرية وادي الوردة,Wadi el Warda", (34.5, 41.5), ("P", "PPL"), units, 900),
        row(12, "Qal‘at Nujum", "قلعة نجوم", (34.9, 41.9), ("S", "AIRB"), units, 0),
        row(13, "Tall Bahar", "تل بهار", (33.1, 42.1), ("P", "PPL"), ("IQ", "01", ""), 0),
        row(14, "Tall Bahar", "تل بهار", (36.1, 40.1), ("P", "PPL"), ("SY", "07", ""), 0),
        row(15, "Shajarat Misk", "شجرة المسك", (33.5, 43.5), ("P", "PPL"), units, 0),
        row(16, "Shajarat Misk", "شجرة المسك", (33.501, 43.501), ("P", "PPL"), units, 0),
        row(17, "‘Ayn al Asad", "عين الأسد", (33.647, 35.455), ("P", "PPL"), ("LB", "05", ""), 0),
        row(18, "Zahrat", "الزهرتين", (33.9, 43.9), ("L", "OILF"), units, 0),
        row(20, "First Unit", "محافظة الوحدة الأولى", (33.0, 42.0), ("A", "ADM1"), ("IQ", "01", ""), 0),
        row(21, "Second Unit", "قضاء الوحدة الثانية", (33.2, 42.2), ("A", "ADM2"), units, 0),
        row(24, "Zaqranj", "زقرنط", (31.3, 46.4), ("P", "PPL"), ("IQ", "10", ""), 0),
        row(23, "Qaryat Taji", "قرية التاجي", (34.3, 45.4), ("P", "PPL"), ("IQ", "10", ""), 0),
        row(22, "\"Quoted\" Hill", "تل \"المقتبس\"", (32.2, 44.2), ("T", "HLL"), units, 0),
    ]
    .concat()
}

const ADMIN1: &str = "IQ.01\tFirst Governorate\tFirst Governorate\t20\nXX.99\tElsewhere\tElsewhere\t99\n";
const ADMIN2: &str = "IQ.01.0107\tSecond District\tSecond District\t21\n";
const HIERARCHY: &str = "20\t21\tADM\n21\t12\t\n";
const ALTERNATES: &str = "1\t13\tar\tتل البهار العتيق\t\t\t\t1\t1950\t1990\n\
    2\t13\ten\tBahar Hill\t1\t\t\t\t\t\n\
    3\t13\ticao\tORZZ\t\t\t\t\t\t\n\
    4\t13\tlink\thttps://example.org/ar/تل\t\t\t\t\t\t\n\
    5\t13\tru\tТель-Бахар\t\t\t\t\t\t\n\
    6\t13\t\tTell Behar\t\t\t\t\t\t\n\
    7\t999\tar\tلا مكان\t\t\t\t\t\t\n\
    8\t12\tar\tقلعة النجوم\t1\t\t\t\t\t\n";

struct Work(TempDir);

impl Work {
    fn new() -> Self {
        Work(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn zip(&self, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
        let path = self.path(name);
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, content) in members {
            zip.start_file(*name, packed).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    fn build(&self, sources: &[PathBuf], lenient: bool) -> mawqi::Result<Built> {
        let order = Build { sources: sources.to_vec(), output: self.path("world.idx"), lenient, countries: Vec::new() };
        build(&order, &mut |_, _| ())
    }

    /// The tables of this file as an index.
    fn whole(&self) -> PathBuf {
        let sources = [
            self.zip(
                "XX.zip",
                &[("readme.txt", b"a readme, longer than the table? no"), ("XX.txt", places().as_bytes())],
            ),
            self.zip(
                "alternateNamesV2.zip",
                &[("iso-languagecodes.txt", b"x"), ("alternateNamesV2.txt", ALTERNATES.as_bytes())],
            ),
            self.file("admin1CodesASCII.txt", ADMIN1),
            self.file("admin2Codes.txt", ADMIN2),
            self.zip("hierarchy.zip", &[("hierarchy.txt", HIERARCHY.as_bytes())]),
        ];
        self.build(&sources, false).unwrap();
        self.path("world.idx")
    }
}

fn resolved(gazetteer: &Gazetteer, name: &str) -> String {
    let found = gazetteer.resolve_name(name, &Query::default());
    found.resolved.map_or_else(|| format!("none: {}", found.reason), |place| place.place_id)
}

#[test]
fn tables_of_geonames_become_places() {
    let work = Work::new();
    let gazetteer = Gazetteer::load(&[work.whole()]).unwrap();
    let place = gazetteer.place("gn-12").unwrap();
    assert_eq!((place.kind, place.rank, place.radius_m), (PlaceKind::AirBase, 4, 2500));
    assert_eq!((place.name_ar.as_ref(), place.name_en.as_ref()), ("قلعة النجوم", "Qal‘at Nujum"));
    assert!((place.lat - 34.9).abs() < 1e-6 && (place.lon - 41.9).abs() < 1e-6);
    assert_eq!((place.country.as_ref(), place.source.as_ref()), ("IQ", "geonames"));
    assert_eq!((place.admin1.as_ref(), place.admin2.as_ref()), ("First Governorate", "Second District"));
    assert_eq!(place.parent, "gn-21");
    let above: Vec<&str> = gazetteer.ancestors(place).map(|place| place.id.as_ref()).collect();
    assert_eq!(above, ["gn-21", "gn-20", "iq"], "the country is that of the curated tables");
    assert_eq!(gazetteer.place("gn-18").unwrap().kind, PlaceKind::OilField);
    assert_eq!(gazetteer.place("gn-20").unwrap().name_ar, "الوحدة الأولى");
    assert!(gazetteer.place("gn-19").is_none() && gazetteer.place("gn-x").is_none());
}

#[test]
fn names_are_chosen_by_language_and_use() {
    let work = Work::new();
    let gazetteer = Gazetteer::load(&[work.whole()]).unwrap();
    let names = gazetteer.names_of(gazetteer.ix("gn-13").unwrap());
    let has = |name: &str, usage| names.iter().any(|row| row.name == name && row.usage == usage);
    assert!(has("تل البهار العتيق", NameUse::Historic) && has("تل بهار", NameUse::Alias));
    assert!(has("Bahar Hill", NameUse::Official) && has("Tell Behar", NameUse::Romanised));
    assert_eq!(names.len(), 5, "no codes, links or other scripts: {names:?}");
    assert_eq!(resolved(&gazetteer, "تل البهار العتيق"), "gn-13");
    assert_eq!(resolved(&gazetteer, "وادي الوردة"), "gn-11", "without its kind word");
    assert_eq!(resolved(&gazetteer, "قرية وادي الوردة"), "gn-11");
    assert_eq!(resolved(&gazetteer, "تل المقتبس"), "gn-22", "quotes are letters like others in a dump");
}

#[test]
fn names_resolve_with_the_world_behind() {
    let work = Work::new();
    let gazetteer = Gazetteer::load(&[work.whole()]).unwrap();
    assert_eq!(resolved(&gazetteer, "عين الأسد"), "iq-ain-al-asad", "the curated place, not the village of that name");
    assert_eq!(resolved(&gazetteer, "شجرة المسك"), "gn-15", "twins are one place");
    assert!(resolved(&gazetteer, "تل بهار").starts_with("none: ambiguous"));
    let syria = Query { country: Some("SY".to_owned()), ..Query::default() };
    assert_eq!(gazetteer.resolve_name("تل بهار", &syria).resolved.unwrap().place_id, "gn-14");
    let near = Query { near: Some((42.0, 33.0)), ..Query::default() };
    assert_eq!(gazetteer.resolve_name("تل بهار", &near).resolved.unwrap().place_id, "gn-13");
    assert_eq!(resolved(&gazetteer, "Wadi el-Warda"), "gn-11");
    assert_eq!(resolved(&gazetteer, "Qalaat Nujoum"), "gn-12", "by its sound");
    let loose = gazetteer.resolve_name("شجره المسك", &Query::default());
    assert_eq!(loose.resolved.unwrap().place_id, "gn-15");
    assert!(loose.reason.contains("spelled otherwise"), "{}", loose.reason);
    let slip = gazetteer.resolve_name("الزهرتيت", &Query::default());
    assert_eq!(slip.resolved.unwrap().place_id, "gn-18");
    assert!(slip.reason.contains("one letter from"), "{}", slip.reason);
    let short = gazetteer.resolve_name("زقرنج", &Query::default());
    assert!(short.resolved.is_none() && short.reason.contains("imported one differs"), "{}", short.reason);
    assert_eq!(short.candidates.first().unwrap().place_id, "gn-24");
    assert!(resolved(&gazetteer, "تل بهاز").starts_with("none"), "two bearers of the one name near it");
}

/// With an index behind, the curated names resolve as they do without one.
#[test]
fn the_curated_answers_stay() {
    let work = Work::new();
    let (alone, behind) = (Gazetteer::embedded(), Gazetteer::load(&[work.whole()]).unwrap());
    for name in [
        "القائم",
        "قضاء القائم",
        "القايم",
        "Ain al Assad",
        "Al-Qa'im",
        "Deir ez-Zor",
        "Der Zor",
        "طرابلس",
        "لا مكان كهذا",
    ] {
        let query = Query::default();
        assert_eq!(alone.resolve_name(name, &query), behind.resolve_name(name, &query), "{name}");
    }
}

#[test]
fn imported_names_need_a_cue_in_running_text() {
    let work = Work::new();
    let mapper = Mapper::with_gazetteer(&[work.whole()]).unwrap();
    let read = |text: &str| {
        let report = Report::new("r", text).published("2024-02-07".parse().ok());
        mapper.read(&report).incidents.first().and_then(|incident| incident.place.clone())
    };
    assert_eq!(read("قتل ثلاثة جنود في غارة جوية على قرية شجرة المسك غربي العراق.").as_deref(), Some("شجرة المسك"));
    assert_eq!(read("قتل ثلاثة جنود في غارة جوية على بلدة التاجي شمالي بغداد.").as_deref(), Some("التاجي"));
    assert_ne!(read("قتل ثلاثة جنود في غارة جوية الزهرتين أمس في العراق.").as_deref(), Some("الزهرتين"));
}

#[test]
fn own_places_come_from_csv_and_geojson() {
    let work = Work::new();
    let csv = work.file(
        "mine.csv",
        "\u{feff}id,name_ar,lat,lon,kind,country,aliases,parent\nmine-a,\"مفرق, القمر\",33.5,43.1,town,IQ,مفرق الهلال;Qamar Junction,\nmine-b,ساحة القمر,33.51,43.11,quarter,IQ,,mine-a\n",
    );
    let geojson = work.file(
        "mine.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"p1","properties":{"name_ar":"نقطة الياقوت","kind":"military_base","country":"SY"},
         "geometry":{"type":"Point","coordinates":[40.5,35.5]}},
        {"type":"Feature","properties":{"id":"p2","name":"بحيرة الياقوت","kind":"valley","aliases":["بركة الياقوت"]},
         "geometry":{"type":"Polygon","coordinates":[[[40.0,35.0],[40.2,35.0],[40.2,35.2],[40.0,35.2],[40.0,35.0]]]}}]}"#,
    );
    work.build(&[csv, geojson], false).unwrap();
    let gazetteer = Gazetteer::load(&[work.path("world.idx")]).unwrap();
    assert_eq!(resolved(&gazetteer, "مفرق الهلال"), "mine-a");
    assert_eq!(gazetteer.place("mine-b").unwrap().parent, "mine-a");
    assert_eq!(gazetteer.place("p1").unwrap().kind, PlaceKind::MilitaryBase);
    let lake = gazetteer.place("p2").unwrap();
    assert!(
        (lake.lat - 35.1).abs() < 1e-3 && (lake.lon - 40.1).abs() < 1e-3 && (13_000..16_000).contains(&lake.radius_m),
        "{lake:?}"
    );
    assert_eq!(resolved(&gazetteer, "بركة الياقوت"), "p2");
}

/// What stands wrong in one row, and what the error has to name.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
    let good = row(31, "Good", "جيد", (33.0, 43.0), ("P", "PPL"), ("IQ", "01", ""), 5);
    let with = |at: usize, value: &str| {
        let mut cells: Vec<&str> = good.trim_end().split('\t').collect();
        cells[at] = value;
        (cells.join("\t") + "\n").into_bytes()
    };
    let long = "ط".repeat(1 << 19);
    vec![
        ("missing columns", b"32\tname\tname\t\t33.0\n".to_vec(), &["row", "5 columns", "19 columns"]),
        ("latitude", with(4, "north"), &["latitude", "north", "degrees"]),
        ("longitude", with(5, "190.5"), &["longitude", "190.5"]),
        ("not a number", with(4, "NaN"), &["latitude", "NaN"]),
        ("id", with(0, "-4"), &["geonameid", "-4"]),
        ("population", with(14, "many"), &["population", "many"]),
        ("class", with(6, "Q"), &["feature class", "Q"]),
        ("country", with(8, "Iraq"), &["country code", "Iraq"]),
        ("UTF-8", [b"33\tna\xff\xfeme".as_slice(), b"\tx\n"].concat(), &["row", "UTF-8"]),
        ("a name of a megabyte", with(1, &long), &["bytes", "at most"]),
        ("a long name", with(1, &"ط".repeat(401)), &["name", "400 characters"]),
        ("a long further name", with(3, &"ط".repeat(401)), &["alternatenames", "400 characters"]),
    ]
}

#[test]
fn a_broken_row_is_named_or_counted() {
    for (what, bad, told) in broken() {
        let work = Work::new();
        let dump = work.file("YY.txt", [places().as_bytes(), &bad, places().as_bytes()].concat());
        let fault = work.build(std::slice::from_ref(&dump), false).unwrap_err().to_string();
        assert!(fault.contains("YY.txt:14: ") && fault.len() < 600, "{what}: {fault}");
        assert!(told.iter().all(|part| fault.contains(part)), "{what}: {fault}");
        assert!(!work.path("world.idx").exists(), "{what}");
        let built = work.build(&[dump], true).unwrap();
        assert_eq!((built.skipped, built.rows, built.size.places), (1, 27, 13), "{what}");
        assert_eq!(built.faults.len(), 1, "{what}");
    }
}

#[test]
fn broken_tables_beside_places_are_named() {
    let cases: [(&str, &str, &str); 6] = [
        ("alternateNamesV2.txt", "1\t13\tar\n", "alternateNamesV2.txt:1: row"),
        ("alternateNamesV2.txt", "1\tx\tar\tتل\t\t\t\t\t\t\n", "alternateNamesV2.txt:1: geonameid"),
        ("admin1CodesASCII.txt", "IQ.01\tFirst\tFirst\tone\n", "admin1CodesASCII.txt:1: geonameid"),
        ("admin2Codes.txt", "IQ.01.02\tSecond\n", "admin2Codes.txt:1: row"),
        ("hierarchy.txt", "20\t21\tADM\n\n20\tx\tADM\n", "hierarchy.txt:3: childId"),
        ("other.txt", "a\tb\n", "other.txt:1: row"),
    ];
    for (name, content, told) in cases {
        let work = Work::new();
        let sources = [work.file("XX.txt", places()), work.file(name, content)];
        let fault = work.build(&sources, false).unwrap_err().to_string();
        assert!(fault.contains(told), "{name}: {fault}");
        assert!(!work.path("world.idx").exists());
    }
    for (name, content, told) in [
        ("mine.csv", "name_ar,lat,lon\nأ ب,33.0,43.0\nج د,x,43.0\n", "mine.csv:3: lat: found \"x\""),
        ("mine.csv", "name_ar,lat,lon\nأ ب,33.0\n", "mine.csv:2: row"),
        ("mine.csv", "what,ever\n1,2\n", "mine.csv"),
        ("mine.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}", "expected a FeatureCollection"),
        ("mine.geojson", "{\"type\":\"Feature", "FeatureCollection"),
        (
            "mine.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"س ص","kind":"moon"},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#,
            "feature 1: kind: found \"moon\"",
        ),
        (
            "mine.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#,
            "LineString",
        ),
    ] {
        let work = Work::new();
        let source = work.file(name, content);
        let fault = work.build(&[source], false).unwrap_err().to_string();
        assert!(fault.contains(told), "{content}: {fault}");
    }
}

#[test]
fn broken_archives_are_refused() {
    let work = Work::new();
    let zeros = vec![b'0'; 40 << 20];
    let cases = [
        (work.file("nothing.zip", b""), "not a readable zip file"),
        (work.zip("empty.zip", &[]), "found no table"),
        (work.zip("IQ.zip", &[("IQ.txt", b"")]), "the file is empty"),
        (
            work.file("torn.zip", &fs::read(work.zip("w.zip", &[("w.txt", places().as_bytes())])).unwrap()[..300]),
            "zip file",
        ),
        (work.zip("bomb.zip", &[("bomb.txt", &zeros)]), "expected at most 100 times"),
        (work.path("missing.zip"), "missing.zip"),
    ];
    for (path, told) in cases {
        let fault = work.build(std::slice::from_ref(&path), false).unwrap_err().to_string();
        assert!(fault.contains(told) && fault.contains(path.to_str().unwrap()), "{fault}");
        assert!(!work.path("world.idx").exists());
    }
    let alone = work.build(&[work.file("admin1CodesASCII.txt", ADMIN1)], false).unwrap_err().to_string();
    assert!(alone.contains("SOURCES"), "{alone}");
}

/// A file whose zip says that it is shorter than it is.
#[test]
fn a_lying_archive_is_refused() {
    let work = Work::new();
    let path = work.zip("XX.zip", &[("XX.txt", places().repeat(40).as_bytes())]);
    let mut bytes = fs::read(&path).unwrap();
    let directory = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    fs::write(&path, bytes).unwrap();
    assert!(work.build(&[path], false).is_err());
    assert!(!work.path("world.idx").exists());
}

#[test]
fn a_foreign_or_newer_file_is_refused() {
    let work = Work::new();
    let whole = fs::read(work.whole()).unwrap();
    let fault = |bytes: &[u8]| Gazetteer::index_alone(&work.file("x.idx", bytes)).unwrap_err().to_string();
    assert!(fault(b"SQLite format 3\0 and so on").contains("another kind"));
    assert!(fault(b"").contains("empty file"));
    let mut newer = whole.clone();
    newer[8] = 2;
    assert!(fault(&newer).contains("found version 2 of the index, expected 1: written by a newer mawqi"));
    let again = Gazetteer::load(&[work.path("world.idx"), work.path("world.idx")]).unwrap_err().to_string();
    assert!(again.contains("a second index"), "{again}");
}

/// Asks everything that an index answers.
fn ask(gazetteer: &Gazetteer) {
    for name in ["تل بهار", "قرية وادي الوردة", "شجره المسك", "الزهرتيت", "Tell Behar", "Qalaat Nujoum", "لا مكان"]
    {
        let _ = gazetteer.resolve_name(name, &Query::default());
        let _ = gazetteer.show(name);
    }
    for id in ["gn-11", "gn-12", "gn-22", "gn-4000000000", "mine"] {
        if let Some(ix) = gazetteer.ix(id) {
            let _ = (gazetteer.names_of(ix), gazetteer.ancestors_ix(Some(ix)).count());
        }
    }
}

#[test]
fn a_truncated_index_is_refused_at_every_length() {
    let work = Work::new();
    let whole = fs::read(work.whole()).unwrap();
    for length in (0..whole.len()).step_by(37).chain([whole.len() - 1]) {
        let cut = work.file("cut.idx", &whole[..length]);
        assert!(Gazetteer::index_alone(&cut).is_err(), "{length} of {} bytes", whole.len());
    }
}

#[test]
fn a_flipped_byte_is_found_and_harms_nobody() {
    let work = Work::new();
    let whole = fs::read(work.whole()).unwrap();
    for at in (0..whole.len()).step_by(29) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let Ok(gazetteer) = Gazetteer::index_alone(&work.file("bad.idx", &bytes)) else { continue };
        ask(&gazetteer);
        let fault = gazetteer.verify_index().unwrap_err().to_string();
        assert!(fault.contains("checksum"), "byte {at}: {fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever stands in the sections, nobody panics.
    #[test]
    fn noise_in_an_index_harms_nobody(noise in prop::collection::vec((400_usize..20_000, any::<u8>()), 1..200)) {
        let work = Work::new();
        let mut bytes = fs::read(work.whole()).unwrap();
        for (at, byte) in noise {
            if let Some(cell) = bytes.get_mut(at) {
                *cell = byte;
            }
        }
        if let Ok(gazetteer) = Gazetteer::index_alone(&work.file("noise.idx", &bytes)) {
            ask(&gazetteer);
        }
    }

    /// Every place is found by each of its names, and by nobody else's.
    #[test]
    fn look_up_equals_a_linear_scan(names in prop::collection::vec("[ابتجحدرسعقلمنهوية]{2,6}( [ابتدرسلمن]{2,4})?", 1..40)) {
        let work = Work::new();
        let far = |at: usize| (at as f64 / 4.0 + 20.0, at as f64 / 2.0 + 20.0);
        let rows = names.iter().enumerate().map(|(at, name)| {
            row(u32::try_from(at).unwrap() + 1, "Latin", name, far(at), ("P", "PPL"), ("IQ", "", ""), 0)
        });
        work.build(&[work.file("ZZ.txt", rows.collect::<String>())], false).unwrap();
        let gazetteer = Gazetteer::index_alone(&work.path("world.idx")).unwrap();
        for name in &names {
            let key = mawqi::text::name_key(name);
            let mut found: Vec<&str> = gazetteer.bearers(&key).iter().map(|&ix| gazetteer.at(ix).id.as_ref()).collect();
            let same = |(at, other): (usize, &String)| {
                let bare = other.split_once(' ').map_or("", |(_, rest)| rest);
                (mawqi::text::name_key(other) == key || mawqi::text::name_key(bare) == key).then(|| format!("gn-{}", at + 1))
            };
            let mut expected: Vec<String> = names.iter().enumerate().filter_map(same).collect();
            expected.retain(|id| gazetteer.names_of(gazetteer.ix(id).unwrap()).iter().any(|row| mawqi::text::name_key(&row.name) == key));
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}

fn mawqi(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.current_dir(folder);
    command
}

#[test]
fn the_commands_build_check_and_use_an_index() {
    let work = Work::new();
    work.file("XX.txt", places() + "bad\trow\n");
    let folder = work.0.path();
    mawqi(folder)
        .args(["gazetteer", "build", "-o", "world.idx", "XX.txt"])
        .assert()
        .code(2)
        .stderr(contains("XX.txt:14: row: found \"2 columns"));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "nothing half-written is left");
    mawqi(folder)
        .args(["gazetteer", "build", "-o", "world.idx", "--lenient", "XX.txt"])
        .assert()
        .code(0)
        .stdout("")
        .stderr(contains("1 of 14 rows left out").and(contains("13 places")));
    mawqi(folder).args(["gazetteer", "check", "world.idx"]).assert().code(0).stderr(contains("is whole: 13 places"));
    mawqi(folder)
        .args(["resolve", "--gazetteer", "world.idx", "قلعة نجوم"])
        .assert()
        .code(0)
        .stdout(contains("gn-12").and(contains("imported")));
    mawqi(folder)
        .args(["gazetteer", "show", "gn-12", "--gazetteer", "world.idx"])
        .assert()
        .code(0)
        .stdout(contains("air_base"));
    mawqi(folder)
        .args(["gazetteer", "build", "-o", "syria.idx", "--lenient", "--country", "sy", "XX.txt"])
        .assert()
        .code(0)
        .stderr(contains("wrote syria.idx: 1 places"));
    let mut bytes = fs::read(work.path("world.idx")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    work.file("bad.idx", bytes);
    mawqi(folder).args(["gazetteer", "check", "bad.idx"]).assert().code(2).stderr(contains("bad.idx: section"));
    mawqi(folder).args(["gazetteer", "check", "XX.txt"]).assert().code(2);
}
