//! The GeoPackage: its tables, its index, what a crash or a second program does to it, and what analysts change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::Instant;

use assert_cmd::Command;
use mawqi::export::columns::COLUMNS;
use mawqi::export::geojson;
use mawqi::model::Incident;
use mawqi::store::FILE_NAME;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use rusqlite::Connection;
use tempfile::TempDir;

const REPORT: &str = "أصيب جندي عراقي مساء السبت بهجوم بصواريخ باليستية على قاعدة عين الأسد غربي العراق.";
const OTHER: &str = "قتل ثلاثة أشخاص أمس الجمعة في قصف مدفعي على مدينة القائم غربي العراق.";

pub(crate) fn mawqi(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(args);
    command
}

/// A folder with two reports.
pub(crate) fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::write(folder.path().join("reports/a.txt"), REPORT).unwrap();
    fs::write(folder.path().join("reports/b.txt"), OTHER).unwrap();
    folder
}

pub(crate) fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

pub(crate) fn map(folder: &TempDir, reports: &str) -> Command {
    mawqi(&["map", &path(folder, reports), "-o", &path(folder, "output"), "--published", "2024-01-20"])
}

pub(crate) fn store(folder: &TempDir) -> PathBuf {
    folder.path().join("output").join(FILE_NAME)
}

/// The store, opened as a GIS program does, with the functions that the triggers of the spatial index call.
pub(crate) fn open(path: &Path) -> Connection {
    use rusqlite::functions::FunctionFlags;
    let connection = Connection::open(path).unwrap();
    let number = |blob: &[u8], at: usize| f64::from_le_bytes(blob[at..at + 8].try_into().unwrap());
    for (name, point_at, box_at) in [("ST_MinX", 13, 8), ("ST_MaxX", 13, 16), ("ST_MinY", 21, 24), ("ST_MaxY", 21, 32)]
    {
        connection
            .create_scalar_function(name, 1, FunctionFlags::SQLITE_UTF8, move |context| {
                let blob: Vec<u8> = context.get(0)?;
                Ok(number(&blob, if blob[3] & 0b1110 == 0 { point_at } else { box_at }))
            })
            .unwrap();
    }
    connection.create_scalar_function("ST_IsEmpty", 1, FunctionFlags::SQLITE_UTF8, |_| Ok(false)).unwrap();
    connection
}

pub(crate) fn strings(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

pub(crate) fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

pub(crate) fn incidents(folder: &TempDir) -> Vec<Incident> {
    geojson::read(&folder.path().join("output/incidents.geojson")).unwrap()
}

pub(crate) fn id(folder: &TempDir, event: &str) -> String {
    incidents(folder).into_iter().find(|incident| incident.event_type.as_str() == event).unwrap().id
}

/// What any reader of a store may take for granted.
pub(crate) fn assert_whole(connection: &Connection) {
    assert_eq!(strings(connection, "PRAGMA integrity_check"), ["ok"]);
    assert!(strings(connection, "SELECT \"table\" FROM pragma_foreign_key_check").is_empty());
    for layer in ["incidents", "uncertainty", "places"] {
        let wrong = format!(
            "SELECT count(*) FROM {layer} f LEFT JOIN rtree_{layer}_geom r ON r.id = f.fid WHERE r.id IS NULL OR \
             r.minx > ST_MinX(geom) OR r.maxx < ST_MaxX(geom) OR r.miny > ST_MinY(geom) OR r.maxy < ST_MaxY(geom) OR \
             abs(r.minx - ST_MinX(geom)) > 1e-4 OR abs(r.maxy - ST_MaxY(geom)) > 1e-4"
        );
        assert_eq!(number(connection, &wrong), 0, "{layer}: the index is not that of the geometry");
        let rows = number(connection, &format!("SELECT count(*) FROM {layer}"));
        assert_eq!(number(connection, &format!("SELECT count(*) FROM rtree_{layer}_geom")), rows, "{layer}");
    }
}

#[test]
fn the_store_is_a_geopackage() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let db = open(&store(&folder));
    assert_eq!(number(&db, "PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number(&db, "PRAGMA user_version"), 10_300);
    assert_eq!(strings(&db, "PRAGMA journal_mode"), ["delete"]);
    assert_eq!(
        strings(&db, "SELECT CAST(srs_id AS TEXT) FROM gpkg_spatial_ref_sys ORDER BY srs_id"),
        ["-1", "0", "4326"]
    );
    let listed = strings(&db, "SELECT table_name || ' ' || data_type FROM gpkg_contents ORDER BY table_name");
    let expected = [
        "evidence attributes",
        "incidents features",
        "layer_styles attributes",
        "merges attributes",
        "places features",
        "reports attributes",
        "tallies attributes",
        "uncertainty features",
    ];
    assert_eq!(listed, expected);
    let geometry = "SELECT table_name || ' ' || geometry_type_name FROM gpkg_geometry_columns ORDER BY 1";
    assert_eq!(strings(&db, geometry), ["incidents POINT", "places POINT", "uncertainty POLYGON"]);
    let indexed = "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index' ORDER BY 1";
    assert_eq!(strings(&db, indexed), ["incidents", "places", "uncertainty"]);
    let triggers = "SELECT replace(name, 'rtree_places_geom_', '') FROM sqlite_master WHERE type = 'trigger' AND \
                    tbl_name = 'places' ORDER BY 1";
    assert_eq!(strings(&db, triggers), ["delete", "insert", "update1", "update2", "update3", "update4"]);
    let styled = "SELECT f_table_name FROM layer_styles WHERE useAsDefault AND styleQML LIKE '%<qgis%' ORDER BY 1";
    assert_eq!(strings(&db, styled), ["incidents", "places", "uncertainty"]);
    assert_whole(&db);
}

#[test]
fn the_columns_are_the_fields_of_an_incident() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let columns = strings(&open(&store(&folder)), "SELECT name FROM pragma_table_info('incidents')");
    let fields: Vec<&str> = COLUMNS.iter().map(|column| column.name).filter(|n| !matches!(*n, "lon" | "lat")).collect();
    assert_eq!(columns[2..2 + fields.len()], fields);
    assert_eq!(columns[2 + fields.len()..], ["area", "reports", "review", "note"]);
}

#[test]
fn equal_reports_give_an_equal_file_and_nothing_new_writes_nothing() {
    let (one, other) = (workspace(), workspace());
    map(&one, "reports").assert().success();
    map(&other, "reports").assert().success();
    let first = fs::read(store(&one)).unwrap();
    assert!(first == fs::read(store(&other)).unwrap());
    map(&one, "reports").assert().success();
    assert!(first == fs::read(store(&one)).unwrap(), "a run that changes nothing leaves the file as it is");
    map(&one, "reports").arg("--fresh").assert().success();
    assert!(first == fs::read(store(&one)).unwrap());
}

/// Enough rows for an index of three levels, which is made at once; rows that come later find their place in it.
#[test]
fn the_index_of_many_rows_is_whole_and_grows() {
    let folder = workspace();
    let rows = |from: u32, to: u32| {
        let row = |n: u32| {
            let (lon, lat) =
                (f64::from(n * 7_919 % 360_000) / 1e3 - 180.0, f64::from(n * 104_729 % 160_000) / 1e3 - 80.0);
            format!("{n},{lat},{lon},20{:02}-01-01\n", n % 20)
        };
        let table: String = (from..to).map(row).collect();
        fs::write(folder.path().join(format!("from-{from}.csv")), format!("id,lat,lon,date\n{table}")).unwrap();
        let import = ["import", &path(&folder, &format!("from-{from}.csv")), "-o", &path(&folder, "output")];
        mawqi(&import).assert().success();
        let db = open(&store(&folder));
        assert_whole(&db);
        for layer in ["incidents", "uncertainty"] {
            assert_eq!(strings(&db, &format!("SELECT rtreecheck('rtree_{layer}_geom')")), ["ok"]);
        }
        number(
            &db,
            "SELECT count(*) FROM rtree_incidents_geom WHERE minx > 20 AND maxx < 60 AND miny > 10 AND maxy < 40",
        )
    };
    let (before, after) = (rows(0, 3_000), rows(3_000, 3_400));
    assert!(0 < before && before < after, "{before} {after}");
    let inside = "SELECT count(*) FROM incidents WHERE ST_MinX(geom) > 20 AND ST_MaxX(geom) < 60 AND ST_MinY(geom) > 10 \
                  AND ST_MaxY(geom) < 40";
    assert_eq!(number(&open(&store(&folder)), inside), after);
}

#[test]
fn runs_add_up_to_what_one_run_gives() {
    let (steps, whole) = (workspace(), workspace());
    map(&steps, "reports/a.txt").assert().success();
    assert_eq!(incidents(&steps).len(), 1);
    map(&steps, "reports/b.txt").assert().success().stderr(contains("reports of earlier runs"));
    map(&whole, "reports").assert().success();
    for file in ["incidents.geojson", "incidents.csv", "incidents.fgb", "incidents.kml"] {
        let read = |folder: &TempDir| fs::read(folder.path().join("output").join(file)).unwrap();
        assert!(read(&steps) == read(&whole), "{file}");
    }
    assert_whole(&open(&store(&steps)));
    map(&steps, "reports/a.txt").arg("--fresh").assert().success();
    assert_eq!(incidents(&steps).len(), 1, "--fresh forgets what was there");
}

#[test]
fn a_report_with_another_text_gives_way() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    fs::write(folder.path().join("reports/a.txt"), OTHER).unwrap();
    map(&folder, "reports").assert().success().stderr(contains("in place of another text"));
    assert!(incidents(&folder).iter().all(|incident| incident.place_en.as_deref() != Some("Ain al-Asad Air Base")));
    assert_whole(&open(&store(&folder)));
}

#[test]
fn what_an_analyst_changes_is_kept_and_told() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let before = id(&folder, "missile_attack");
    let other = id(&folder, "shelling");
    let db = open(&store(&folder));
    let mut point: Vec<u8> = db.query_row("SELECT geom FROM incidents WHERE id = ?1", [&before], |r| r.get(0)).unwrap();
    point[13..21].copy_from_slice(&42.5_f64.to_le_bytes());
    let edit = "UPDATE incidents SET geom = ?1, killed_min = 2, date_start = '2024-01-22', review = 'confirmed', \
                note = 'seen' WHERE id = ?2";
    assert_eq!(db.execute(edit, (&point, &before)).unwrap(), 1);
    db.execute("UPDATE incidents SET review = 'rejected' WHERE id = ?1", [&other]).unwrap();
    assert_whole(&db);
    drop(db);
    // Nothing new, then a report more, then all anew: the edits outlive them all.
    for reports in ["reports", "reports/a.txt", "reports"] {
        map(&folder, reports).assert().success().stderr(contains("fields that analysts changed"));
        let kept = incidents(&folder);
        assert_eq!(kept.len(), 1, "what was rejected is off the map");
        let kept = &kept[0];
        assert_eq!((kept.lon, kept.killed_min, kept.killed_max), (Some(42.5), Some(2), None));
        assert_eq!(kept.date_start, "2024-01-22".parse().ok());
        assert_eq!(kept.date_end, kept.date_start, "the end follows a start that was moved behind it");
        assert!(kept.sources[0].evidence[0].text.contains("عين الأسد"), "the evidence is carried on");
    }
    let changes = fs::read_to_string(folder.path().join("output/changes.csv")).unwrap();
    assert!(changes.contains(&format!("{before},killed_min,,,2,kept,a\r\n")), "{changes}");
    assert!(changes.contains(&format!("{other},review,,,rejected,kept,b\r\n")), "{changes}");
    let db = open(&store(&folder));
    assert_eq!(strings(&db, "SELECT note FROM incidents WHERE review = 'confirmed'"), ["seen"]);
    // The analyst takes the toll back.
    db.execute("UPDATE incidents SET killed_min = NULL WHERE id = ?1", [&before]).unwrap();
    drop(db);
    map(&folder, "reports").assert().success();
    assert_eq!(incidents(&folder)[0].killed_min, None);
    assert_whole(&open(&store(&folder)));
}

#[test]
fn an_edit_that_does_not_fit_is_told_and_a_row_that_was_deleted_is_rejected() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let (one, other) = (id(&folder, "missile_attack"), id(&folder, "shelling"));
    let db = open(&store(&folder));
    db.execute("UPDATE incidents SET event_type = 'war' WHERE id = ?1", [&one]).unwrap();
    db.execute("PRAGMA foreign_keys = ON", []).unwrap();
    db.execute("DELETE FROM incidents WHERE id = ?1", [&other]).unwrap();
    drop(db);
    map(&folder, "reports").assert().success();
    let found = incidents(&folder);
    assert_eq!((found.len(), found[0].id.as_str()), (1, one.as_str()));
    let changes = fs::read_to_string(folder.path().join("output/changes.csv")).unwrap();
    assert!(changes.contains("event_type,,missile_attack,war,\"not understood: unknown variant"), "{changes}");
    assert!(changes.contains(&format!("{other},review,,,rejected,kept")), "{changes}");
}

#[test]
fn a_row_that_an_analyst_adds_joins_the_map() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let db = open(&store(&folder));
    db.execute(
        "INSERT INTO incidents (geom, event_type, date_start, place, note) SELECT geom, 'bombing', '2024-02-01', \
                'هنا', 'own' FROM incidents LIMIT 1",
        [],
    )
    .unwrap();
    drop(db);
    for _ in 0..2 {
        map(&folder, "reports").assert().success();
        let found = incidents(&folder);
        assert_eq!(found.len(), 3);
        let own = found.iter().find(|incident| incident.event_type.as_str() == "bombing").unwrap();
        assert_eq!((own.sources[0].report.as_str(), own.place.as_deref()), ("analyst-1", Some("هنا")));
    }
    let notes = strings(&open(&store(&folder)), "SELECT id FROM incidents WHERE note = 'own'");
    assert_eq!(notes, [id(&folder, "bombing")]);
}

#[test]
fn an_edited_incident_outlives_its_report() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let one = id(&folder, "missile_attack");
    open(&store(&folder)).execute("UPDATE incidents SET review = 'confirmed' WHERE id = ?1", [&one]).unwrap();
    fs::write(folder.path().join("reports/a.txt"), "قال الوزير اليوم السبت إن الطقس سيكون جميلا في بغداد غدا.").unwrap();
    for _ in 0..2 {
        map(&folder, "reports").assert().success();
        assert!(incidents(&folder).iter().any(|incident| incident.id == one));
    }
    let changes = fs::read_to_string(folder.path().join("output/changes.csv")).unwrap();
    assert!(changes.contains("no report tells of the incident any more"), "{changes}");
}

#[test]
fn review_sets_fields_by_a_table() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let output = path(&folder, "output");
    let one = id(&folder, "missile_attack");
    let table = path(&folder, "review.csv");
    fs::write(&table, format!("\u{feff}id,killed_min,lon,review,note,event_type\r\n{one},3,42.6,confirmed,ملاحظة,\r\n"))
        .unwrap();
    mawqi(&["review", "apply", &table, "--in", &output]).assert().success().stderr(contains("4 fields set"));
    mawqi(&["review", "list", "--in", &output])
        .assert()
        .success()
        .stdout(contains("killed_min").and(contains("ملاحظة")));
    map(&folder, "reports").assert().success();
    let kept = incidents(&folder).into_iter().find(|incident| incident.id == one).unwrap();
    assert_eq!((kept.killed_min, kept.lon), (Some(3), Some(42.6)));
    let bad = |text: &str, told: &str| {
        fs::write(&table, text).unwrap();
        mawqi(&["review", "apply", &table, "--in", &output]).assert().code(2).stderr(contains(told));
    };
    bad("id,review\nnope,confirmed\n", "review.csv:2: id: found \"nope\", expected the id of an incident");
    bad(
        &format!("id,review\n{one},yes\n"),
        "review.csv:2: review: found \"yes\", expected confirmed, rejected or null",
    );
    bad(&format!("id,killed_min\n{one},many\n"), "review.csv:2: killed_min: found \"many\"");
    bad("name,review\nx,y\n", "review.csv:1: id: found \"name\", expected a column id");
}

#[test]
fn a_whole_export_applied_as_it_is_changes_nothing() {
    let folder = super::docs::workspace();
    let output = path(&folder, "output");
    mawqi(&["map", &path(&folder, "tests/reports"), "-o", &output]).assert().success();
    mawqi(&["review", "apply", &format!("{output}/incidents.csv"), "--in", &output])
        .assert()
        .success()
        .stderr(contains("0 fields set"));
}

#[test]
fn a_file_that_is_no_store_is_named_and_left_as_it_is() {
    let folder = workspace();
    let output = folder.path().join("output");
    fs::create_dir(&output).unwrap();
    let file = output.join(FILE_NAME);
    let refused = |told: &str| {
        let before = fs::read(&file).unwrap();
        map(&folder, "reports").assert().code(2).stderr(contains(told).and(contains("incidents.gpkg: ")));
        assert!(before == fs::read(&file).unwrap());
        fs::remove_file(&file).unwrap();
    };
    fs::write(&file, "this is no database, but a text that is longer than the header of one, so that it is read")
        .unwrap();
    refused("not a GeoPackage");
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    refused("an SQLite file with application id 0x0");
    let foreign = "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300; CREATE TABLE t (x)";
    Connection::open(&file).unwrap().execute_batch(foreign).unwrap();
    refused("a GeoPackage that mawqi did not make");
    map(&folder, "reports").assert().success();
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 20000").unwrap();
    refused("a GeoPackage of version 20000, newer than this mawqi knows");
    map(&folder, "reports").assert().success();
    Connection::open(&file).unwrap().execute_batch("UPDATE mawqi_store SET value = '99'").unwrap();
    refused("a store of version 99, made by a newer mawqi");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = workspace();
    mawqi(&["map", &path(&folder, "reports"), "-o", "/proc/mawqi"]).assert().code(2).stderr(contains("/proc/mawqi: "));
}

#[test]
fn a_map_of_nothing_leaves_no_store() {
    let folder = workspace();
    map(&folder, "nope.txt").assert().code(2);
    assert!(!store(&folder).exists());
}

/// Kills the program at moments spread over a run; what it leaves is whole, and another run ends where an undisturbed one
/// does. `KILLS=50 COPIES=60` looks longer: fifty kills of 2,100 reports.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_a_whole_store() {
    let from_env = |name: &str, usual: u32| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (kills, copies) = (from_env("KILLS", 6), from_env("COPIES", 20));
    let folder = super::docs::workspace();
    let reports = folder.path().join("many");
    fs::create_dir(&reports).unwrap();
    for entry in fs::read_dir(folder.path().join("tests/reports")).unwrap().map(Result::unwrap) {
        let (name, is_report) = (entry.file_name(), entry.path().extension().is_some_and(|ending| ending == "txt"));
        for copy in (0..copies).filter(|_| is_report) {
            fs::copy(entry.path(), reports.join(format!("{copy}-{}", name.display()))).unwrap();
        }
    }
    let whole = path(&folder, "whole");
    let started = Instant::now();
    mawqi(&["map", &path(&folder, "many"), "-o", &whole]).assert().success();
    let whole_run = started.elapsed();
    let output = path(&folder, "output");
    fs::create_dir(&output).unwrap();
    for moment in 1..=kills {
        let mut child = Process::new(env!("CARGO_BIN_EXE_mawqi"))
            .args(["map", &path(&folder, "many"), "-o", &output])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole_run * moment / (kills + 1));
        child.kill().unwrap();
        child.wait().unwrap();
        if store(&folder).exists() {
            let db = open(&store(&folder));
            assert_eq!(strings(&db, "PRAGMA integrity_check"), ["ok"], "killed at moment {moment}");
            if number(&db, "SELECT count(*) FROM sqlite_master") > 0 {
                assert_whole(&db);
            }
        }
    }
    mawqi(&["map", &path(&folder, "many"), "-o", &output]).assert().success();
    for file in ["incidents.geojson", "incidents.csv", "tallies.csv", "unresolved.csv"] {
        let read = |folder: &str| fs::read(Path::new(folder).join(file)).unwrap();
        assert!(read(&whole) == read(&output), "{file}");
    }
}

#[test]
fn two_runs_at_once_both_get_in() {
    let folder = workspace();
    let start = |report: &str| {
        Process::new(env!("CARGO_BIN_EXE_mawqi"))
            .args(["map", &path(&folder, report), "-o", &path(&folder, "output"), "--published", "2024-01-20"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut runs = [start("reports/a.txt"), start("reports/b.txt")];
    assert!(runs.iter_mut().all(|run| run.wait().unwrap().success()));
    let db = open(&store(&folder));
    assert_eq!(number(&db, "SELECT count(*) FROM incidents"), 2);
    assert_whole(&db);
}
