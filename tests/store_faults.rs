//! What stands in the store's way: rows that clash, files that killed runs left, folders that cannot be written, full
//! disks, stores of other versions. Each has an outcome, and nothing is lost.

use std::fs::{self, File};
use std::path::Path;

use assert_cmd::Command;
use mawqi::store::FILE_NAME;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::TempDir;

use super::store::{assert_whole, id, incidents, map, mawqi, number, open, path, store, strings, workspace};

#[test]
fn an_added_row_gives_up_an_id_that_a_report_gives_later() {
    let (folder, other) = (workspace(), workspace());
    map(&other, "reports").assert().success();
    let later = id(&other, "missile_attack");
    map(&folder, "reports/b.txt").assert().success();
    // No point: the row cannot be taken in, and stays as it is.
    let add = "INSERT INTO incidents (id, place, note) VALUES (?1, 'هنا', 'own')";
    open(&store(&folder)).execute(add, [&later]).unwrap();
    for _ in 0..2 {
        map(&folder, "reports").assert().success();
        assert_eq!(id(&folder, "missile_attack"), later);
        let db = open(&store(&folder));
        assert_eq!(number(&db, "SELECT count(*) FROM incidents WHERE note = 'own' AND id IS NULL"), 1);
        assert_eq!(number(&db, "SELECT count(*) FROM incidents"), 3);
    }
    let changes = fs::read_to_string(folder.path().join("output/changes.csv")).unwrap();
    assert!(changes.contains("an added row, not understood: expected a point"), "{changes}");
}

#[test]
fn ids_that_were_swapped_are_put_back_with_all_that_hangs_on_them() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let hanging = "SELECT incident || ' ' || report FROM evidence ORDER BY 1";
    let before = strings(&open(&store(&folder)), hanging);
    let (one, other) = (id(&folder, "missile_attack"), id(&folder, "shelling"));
    let db = open(&store(&folder));
    db.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for (from, to) in [(&one, &"x".to_owned()), (&other, &one), (&"x".to_owned(), &other)] {
        db.execute("UPDATE incidents SET id = ?2 WHERE id = ?1", [from, to]).unwrap();
    }
    drop(db);
    map(&folder, "reports").assert().success();
    let db = open(&store(&folder));
    assert_eq!(strings(&db, hanging), before);
    assert_eq!(number(&db, "SELECT count(*) FROM evidence WHERE incident IS NULL"), 0);
    assert_whole(&db);
}

#[test]
fn what_killed_runs_left_goes_and_what_others_write_stays() {
    let folder = workspace();
    let output = folder.path().join("output");
    fs::create_dir(&output).unwrap();
    let left = [".mawqi-aaaaaa", ".mawqi-bbbbbb.gpkg", ".mawqi-bbbbbb.gpkg-journal"];
    let held = [".mawqi-cccccc", ".mawqi-cccccc.gpkg"];
    for name in left.iter().chain(&held) {
        fs::write(output.join(name), "unfinished").unwrap();
    }
    let other_run = File::open(output.join(held[0])).unwrap();
    other_run.try_lock().unwrap();
    let there = |names: &[&str]| names.iter().filter(|name| output.join(name).exists()).count();
    map(&folder, "reports").arg("--fresh").assert().success();
    assert_eq!((there(&left), there(&held)), (0, 2));
    drop(other_run);
    map(&folder, "reports").assert().success();
    assert_eq!(there(&held), 0);
    let staged = fs::read_dir(&output)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".mawqi-"));
    assert_eq!(staged.count(), 0);
}

#[test]
fn a_store_of_the_first_version_is_read_and_brought_up() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let db = open(&store(&folder));
    db.execute_batch(
        "ALTER TABLE mawqi_records DROP COLUMN row_print; ALTER TABLE mawqi_records DROP COLUMN record_print;
         DROP INDEX incidents_day; ALTER TABLE tallies DROP COLUMN as_of;
         DROP TABLE mawqi_decisions; DROP TABLE mawqi_former; UPDATE mawqi_store SET value = '1';
         UPDATE incidents SET killed_min = 4 WHERE event_type = 'missile_attack'",
    )
    .unwrap();
    drop(db);
    let export = |folder: &TempDir| {
        let out = mawqi(&["export", "--format", "csv", "--in", &path(folder, "output")]).assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    };
    let before = export(&folder);
    assert!(before.contains(",4,"), "{before}");
    map(&folder, "reports").assert().success();
    assert_eq!(export(&folder), before, "what was edited before is kept");
    let db = open(&store(&folder));
    assert_eq!(number(&db, "SELECT count(*) FROM mawqi_records WHERE row_print IS NULL"), 0);
    assert_eq!(number(&db, "PRAGMA user_version"), 10_300);
    assert_eq!(strings(&db, "SELECT value FROM mawqi_store WHERE key = 'version'"), ["4"]);
    assert_whole(&db);
}

/// Version 2 held readings as JSON.
#[test]
fn a_store_of_the_second_version_is_read_and_brought_up() {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let export = || {
        let out = mawqi(&["export", "--format", "geojson", "--in", &path(&folder, "output")]).assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    };
    let before = export();
    let readings = mawqi(&["extract", &path(&folder, "reports")]).assert().success();
    let readings = String::from_utf8(readings.get_output().stdout.clone()).unwrap();
    let db = open(&store(&folder));
    for reading in readings.lines() {
        let report = serde_json::from_str::<serde_json::Value>(reading).unwrap()["report"].as_str().unwrap().to_owned();
        let sql = "UPDATE mawqi_readings SET reading = ?2 WHERE report = (SELECT fid FROM reports WHERE id = ?1)";
        assert_eq!(db.execute(sql, (&report, reading)).unwrap(), 1, "{report}");
    }
    db.execute_batch("UPDATE mawqi_store SET value = '2'").unwrap();
    drop(db);
    assert_eq!(export(), before, "read as it is");
    map(&folder, "reports").assert().success();
    assert_eq!(export(), before);
    let db = open(&store(&folder));
    assert_eq!(strings(&db, "SELECT value FROM mawqi_store WHERE key = 'version'"), ["4"]);
    assert_eq!(number(&db, "SELECT count(*) FROM mawqi_readings WHERE typeof(reading) <> 'blob'"), 0);
    assert_whole(&db);
}

/// An export shows what somebody wrote since the last run, also where the triggers that note it were taken off.
#[test]
fn an_export_shows_what_was_edited_since_the_last_run() {
    let folder = workspace();
    let map = || {
        let reports = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reports");
        mawqi(&["map", reports, "-o", &path(&folder, "output")]).assert().success();
    };
    map();
    let export = || {
        let out = mawqi(&["export", "--format", "csv", "--in", &path(&folder, "output")]).assert().success();
        String::from_utf8(out.get_output().stdout.clone()).unwrap()
    };
    let rows = |table: &str| csv::Reader::from_reader(table.as_bytes()).records().count();
    let all = rows(&export());
    let db = open(&store(&folder));
    let ids = strings(&db, "SELECT id FROM incidents ORDER BY date_start, id");
    let touched = || number(&db, "SELECT count(*) FROM mawqi_touched");
    assert_eq!(touched(), 0);
    db.execute("UPDATE incidents SET target = 'first edit' WHERE id = ?1", [&ids[0]]).unwrap();
    db.execute("UPDATE OR ABORT incidents SET killed_max = 77 WHERE id = ?1", [&ids[0]]).unwrap();
    db.execute("UPDATE incidents SET review = 'rejected' WHERE id = ?1", [&ids[1]]).unwrap();
    assert_eq!(touched(), 2);
    assert!(export().contains(",first edit,"));
    assert!(!export().contains(&ids[1]));
    db.execute("DELETE FROM incidents WHERE id = ?1", [&ids[2]]).unwrap();
    assert_eq!(rows(&export()), all - 2);
    db.execute_batch("DROP TRIGGER mawqi_touched_update").unwrap();
    db.execute("UPDATE incidents SET target = 'second edit' WHERE id = ?1", [&ids[3]]).unwrap();
    let edited = export();
    assert!(edited.contains(",first edit,") && edited.contains(",second edit,"));
    drop(db);
    map();
    assert_eq!(export(), edited);
    let db = open(&store(&folder));
    assert_eq!(number(&db, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'mawqi_touched_%'"), 2);
    assert_eq!(number(&db, "SELECT count(*) FROM mawqi_touched"), 0);
    assert_whole(&db);
}

/// The command as a user without rights where the tests run as root, whom no permission stops.
#[cfg(target_os = "linux")]
fn without_rights(folder: &TempDir, arguments: &[&str]) -> Command {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let program = folder.path().join("mawqi");
    fs::copy(env!("CARGO_BIN_EXE_mawqi"), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(program);
    command.args(arguments);
    if fs::metadata(folder.path()).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    Command::from_std(command)
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_without_the_right_to_write_is_named_and_its_store_still_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let output = folder.path().join("output");
    let before = fs::read(store(&folder)).unwrap();
    let allow = |of_folder, of_store| {
        fs::set_permissions(store(&folder), fs::Permissions::from_mode(of_store)).unwrap();
        fs::set_permissions(&output, fs::Permissions::from_mode(of_folder)).unwrap();
    };
    let (reports, output) = (path(&folder, "reports"), path(&folder, "output"));
    allow(0o555, 0o444);
    let refused = without_rights(&folder, &["map", &reports, "-o", &output]).assert().code(2);
    refused.stderr(contains("output: Permission denied"));
    without_rights(&folder, &["export", "--format", "csv", "--in", &output]).assert().success();
    // The folder can be written and the store cannot.
    allow(0o777, 0o444);
    let refused = without_rights(&folder, &["map", &reports, "-o", &output]).assert().code(2);
    refused.stderr(contains("incidents.gpkg: is read-only"));
    assert!(before == fs::read(store(&folder)).unwrap());
}

/// A store of two reports, and many more reports that do not fit beside it.
#[cfg(target_os = "linux")]
fn crowded() -> TempDir {
    let folder = workspace();
    map(&folder, "reports").assert().success();
    let many = folder.path().join("many");
    fs::create_dir(&many).unwrap();
    let reports = fs::read_dir(super::docs::root().join("tests/reports")).unwrap().map(|entry| entry.unwrap().path());
    for report in reports.filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        for copy in 0..20 {
            fs::copy(&report, many.join(format!("{copy}-{}", report.file_name().unwrap().display()))).unwrap();
        }
    }
    folder
}

#[cfg(target_os = "linux")]
fn assert_nothing_lost(folder: &TempDir, store: &Path) {
    let db = open(store);
    assert_whole(&db);
    assert_eq!(number(&db, "SELECT count(*) FROM incidents"), i64::try_from(incidents(folder).len()).unwrap());
    assert!(number(&db, "SELECT count(*) FROM reports") >= 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_runs_full_loses_nothing() {
    let folder = crowded();
    let (program, root) = (env!("CARGO_BIN_EXE_mawqi"), folder.path().display());
    let room_kb = fs::metadata(store(&folder)).unwrap().len() / 1024 + 700;
    let in_a_small_disk = format!(
        "mount -t tmpfs -o size={room_kb}k none {root}/output || exit 77; cp {root}/saved.gpkg {root}/output/{FILE_NAME}
         {program} map {root}/many -o {root}/output; code=$?; cp {root}/output/{FILE_NAME} {root}/after.gpkg; exit $code"
    );
    fs::copy(store(&folder), folder.path().join("saved.gpkg")).unwrap();
    let run = Command::new("unshare").args(["--mount", "--map-root-user", "sh", "-c", &in_a_small_disk]).output();
    // Where users may not mount, the limit below has to do.
    if let Ok(run) = run.as_ref()
        && folder.path().join("after.gpkg").exists()
    {
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains("the disk is full") || said.contains("No space left on device"), "{said}");
        assert_nothing_lost(&folder, &folder.path().join("after.gpkg"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let folder = crowded();
    let (program, root) = (env!("CARGO_BIN_EXE_mawqi"), folder.path().display());
    let blocks = (fs::metadata(store(&folder)).unwrap().len() / 512) + 400;
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} map {root}/many -o {root}/output");
    let refused = Command::new("sh").args(["-c", &limited]).assert().code(2);
    refused.stderr(contains("as it was before").or(contains("File too large")));
    assert_nothing_lost(&folder, &store(&folder));
    map(&folder, "many").assert().success();
    assert_whole(&open(&store(&folder)));
}
