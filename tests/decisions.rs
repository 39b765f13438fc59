//! What people decide in `decisions.csv`, what changed since the last run, and why reports are one event.

use std::fs;

use assert_cmd::Command;
use mawqi::export::geojson;
use mawqi::model::Incident;
use predicates::str::contains;
use tempfile::TempDir;

const MORNING: &str = "أصيب جنديان السبت بهجوم بصواريخ باليستية على قاعدة عين الأسد غربي العراق.";
const AGENCY: &str =
    "قالت وزارة الدفاع إن أربعة جنود أصيبوا في الهجوم بالصواريخ الباليستية على قاعدة عين الأسد غربي العراق السبت.";
const NEXT_DAY: &str = "تعرضت قاعدة عين الأسد غربي العراق الأحد لهجوم بطائرة مسيرة.";
const QAIM: &str = "قتل ثلاثة أشخاص الجمعة في قصف مدفعي على مدينة القائم غربي العراق.";

/// Reports, each with its day of publication or none, in a folder.
fn workspace(reports: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    for report in reports {
        add(&folder, *report);
    }
    folder
}

fn add(folder: &TempDir, (name, published, text): (&str, &str, &str)) {
    let head = if published.is_empty() { String::new() } else { format!("---\npublished: {published}\n---\n") };
    fs::write(folder.path().join("reports").join(format!("{name}.txt")), head + text).unwrap();
}

fn map(folder: &TempDir) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.arg("map").arg(folder.path().join("reports")).arg("-o").arg(folder.path().join("output"));
    command
}

fn explain(folder: &TempDir, id: &str, format: &str) -> Command {
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(["explain", "--incident", id, "--format", format, "--in"]).arg(folder.path().join("output"));
    command
}

fn incidents(folder: &TempDir) -> Vec<Incident> {
    geojson::read(&folder.path().join("output").join(geojson::FILE_NAME)).unwrap()
}

fn decide(folder: &TempDir, lines: &str) {
    fs::write(folder.path().join("output/decisions.csv"), lines).unwrap();
}

fn changes(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("output/changes.csv")).unwrap()
}

fn reports(incident: &Incident) -> Vec<&str> {
    let mut reports: Vec<&str> = incident.sources.iter().map(|source| source.report.as_str()).collect();
    reports.sort_unstable();
    reports
}

fn groups(folder: &TempDir) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> =
        incidents(folder).iter().map(|i| reports(i).into_iter().map(str::to_owned).collect()).collect();
    groups.sort();
    groups
}

const TWO: [(&str, &str, &str); 3] =
    [("a", "2024-01-20", MORNING), ("b", "2024-01-21", AGENCY), ("c", "2024-01-21", NEXT_DAY)];
const FIRST: &str = "20240120-iq-ain-al-asad-missile_attack";
const SECOND: &str = "20240121-iq-ain-al-asad-drone_strike";

#[test]
fn what_is_joined_stays_joined_and_is_undone_with_its_line() {
    let folder = workspace(&TWO);
    map(&folder).assert().success();
    assert_eq!(groups(&folder), [vec!["a", "b"], vec!["c"]]);
    decide(&folder, &format!("same,{FIRST},{SECOND}\n"));
    map(&folder).assert().success().stderr(contains("merged")).stderr(contains(SECOND));
    assert_eq!(groups(&folder), [vec!["a", "b", "c"]]);
    assert!(changes(&folder).contains(&format!("{FIRST},id,{SECOND},{FIRST},,merged,")), "{}", changes(&folder));
    // The second id is no more on the map, and the line goes on meaning it; with a report more, too.
    add(&folder, ("d", "2024-01-21", QAIM));
    map(&folder).assert().success();
    assert_eq!(groups(&folder), [vec!["a", "b", "c"], vec!["d"]]);
    decide(&folder, "");
    map(&folder).assert().success().stderr(contains("split"));
    assert_eq!(groups(&folder), [vec!["a", "b"], vec!["c"], vec!["d"]]);
}

#[test]
fn what_is_parted_stays_parted() {
    let folder = workspace(&TWO[..2]);
    map(&folder).assert().success();
    decide(&folder, &format!("split,{FIRST},b\n"));
    map(&folder).assert().success().stderr(contains("split"));
    assert_eq!(groups(&folder), [vec!["a"], vec!["b"]]);
    add(&folder, ("c", "2024-01-20", AGENCY));
    map(&folder).assert().success();
    assert_eq!(groups(&folder).len(), 2, "a third report does not join what was parted");
    let ids: Vec<String> = incidents(&folder).into_iter().map(|incident| incident.id).collect();
    decide(&folder, &format!("different,{},{}\n", ids[0], ids[1]));
    map(&folder).assert().success();
    assert_eq!(groups(&folder).len(), 2);
}

#[test]
fn several_reports_are_split_off_together() {
    let folder = workspace(&TWO[..2]);
    add(&folder, ("c", "2024-01-21", AGENCY));
    map(&folder).assert().success();
    assert_eq!(groups(&folder), [vec!["a", "b", "c"]]);
    decide(&folder, &format!("split,{FIRST},b,c\n"));
    for _ in 0..2 {
        map(&folder).assert().success();
        assert_eq!(groups(&folder), [vec!["a"], vec!["b", "c"]]);
    }
    decide(&folder, "");
    map(&folder).assert().success();
    assert_eq!(groups(&folder), [vec!["a", "b", "c"]], "a line that is gone is undone");
    decide(&folder, &format!("split,{FIRST}\n"));
    map(&folder).assert().code(2).stderr(contains("split,A,REPORT"));
    decide(&folder, &format!("split,{FIRST},b,nothing\n"));
    map(&folder).assert().code(2).stderr(contains("decisions.csv:1: report: found \"nothing\""));
    assert_eq!(groups(&folder), [vec!["a", "c"], vec!["b"]], "the other report is split off");
}

#[test]
fn fields_are_decided_and_taken_back() {
    let folder = workspace(&TWO);
    map(&folder).assert().success();
    let before = incidents(&folder);
    decide(&folder, &format!("# by phone\nreject,{SECOND}\nplace,{FIRST},iq-al-qaim\n"));
    for _ in 0..2 {
        map(&folder).assert().success();
        let found = incidents(&folder);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place_id.as_deref(), Some("iq-al-qaim"));
        assert!((found[0].lat.unwrap() - 34.37).abs() < 0.1, "the point is that of the place");
    }
    decide(&folder, &format!("move,{FIRST},33.5,42.25\n"));
    map(&folder).assert().success();
    let found = incidents(&folder);
    assert_eq!((found.len(), found[0].lat, found[0].lon), (2, Some(33.5), Some(42.25)));
    assert_eq!(found[0].place_id, before[0].place_id, "a line that is gone is undone");
    fs::remove_file(folder.path().join("output/decisions.csv")).unwrap();
    map(&folder).assert().success();
    assert_eq!(incidents(&folder), before);
}

#[test]
fn decisions_hold_in_a_fresh_map() {
    let folder = workspace(&TWO);
    map(&folder).assert().success();
    decide(&folder, &format!("same,{FIRST},{SECOND}\n"));
    map(&folder).arg("--fresh").assert().success();
    assert_eq!(groups(&folder), [vec!["a", "b", "c"]]);
}

#[test]
fn a_wrong_line_is_named_and_nothing_is_lost() {
    let folder = workspace(&TWO);
    map(&folder).assert().success();
    let before = incidents(&folder);
    for (lines, told) in [
        ("sames,a,b\n", "decisions.csv:1: decision: found \"sames,a,b\", expected same,A,B"),
        ("# fine\nsame,a\n", "decisions.csv:2: decision"),
        ("same,a,a\n", "expected another incident than the first"),
        ("place,a,nowhere-at-all\n", "decisions.csv:1: place: found \"nowhere-at-all\""),
        ("move,a,95,20\n", "decisions.csv:1: lat: found \"95\", expected degrees from -90 to 90"),
        ("move,a,north,20\n", "found \"north\""),
        ("reject,\n", "decisions.csv:1"),
    ] {
        decide(&folder, lines);
        map(&folder).assert().code(2).stderr(contains(told));
        assert_eq!(incidents(&folder), before);
    }
    decide(&folder, &format!("reject,20990101-nowhere-raid\nreject,{SECOND}\n"));
    map(&folder).assert().code(2).stderr(contains("decisions.csv:1: incident: found \"20990101-nowhere-raid\""));
    assert_eq!(incidents(&folder).len(), 1, "the other line is respected");
}

#[test]
fn the_next_run_tells_what_changed() {
    let folder = workspace(&TWO[..1]);
    map(&folder).assert().success();
    assert_eq!(changes(&folder).lines().count(), 1, "there was no run before");
    add(&folder, TWO[1]);
    add(&folder, TWO[2]);
    map(&folder).assert().success().stderr(contains("new      20240121-iq-ain-al-asad-drone_strike"));
    let told = changes(&folder);
    assert!(told.contains(&format!("{FIRST},injured_max,2,4,,revised,a; b")), "{told}");
    assert!(told.contains(&format!("{SECOND},,,")) && told.contains(",new,c"), "{told}");
    map(&folder).assert().success();
    assert_eq!(changes(&folder).lines().count(), 1, "nothing new");
    add(&folder, ("c", "2024-01-21", QAIM));
    map(&folder).assert().success().stderr(contains("dropped"));
    assert!(changes(&folder).contains(&format!("{SECOND},,")), "{}", changes(&folder));
}

#[test]
fn an_id_stays_when_reports_are_added() {
    let folder = workspace(&TWO[..1]);
    map(&folder).assert().success();
    let before: Vec<String> = incidents(&folder).into_iter().map(|incident| incident.id).collect();
    add(&folder, TWO[1]);
    // A finer weapon, an exact hour and another attack of the day before change nothing of the id.
    add(
        &folder,
        ("e", "2024-01-22", "أعلن مسؤول أن قاعدة عين الأسد في العراق قصفت فجر السبت بصواريخ باليستية وأصيب أربعة."),
    );
    map(&folder).assert().success();
    let after = incidents(&folder);
    assert!(before.iter().all(|id| after.iter().any(|incident| incident.id == *id)), "{before:?}");
}

#[test]
fn an_undated_report_takes_its_day_from_another() {
    let undated = "أصيب أربعة جنود السبت في هجوم بصواريخ باليستية على قاعدة عين الأسد غربي العراق، وفق وزارة الدفاع. \
                   وقتل شخص السبت في قصف مدفعي على مدينة القائم. وقتل آخر الاثنين في قصف مدفعي على مدينة الرمادي.";
    let folder = workspace(&[TWO[0], ("u", "", undated)]);
    map(&folder).assert().success();
    let found = incidents(&folder);
    let at = |place: &str| found.iter().find(|i| i.place.as_deref() == Some(place)).expect("found");
    let base = at("عين الأسد");
    assert_eq!(reports(base), ["a", "u"]);
    let from = |i: &Incident| i.sources.iter().find_map(|source| source.says.date_from.clone());
    assert_eq!((base.date_start, from(base)), ("2024-01-20".parse().ok(), Some("a".to_owned())));
    assert_eq!((base.injured_min, base.injured_max), (Some(2), Some(4)));
    assert!(base.summary_en.ends_with("4 injured"), "the ministry's toll is in the summary: {}", base.summary_en);
    let qaim = at("القائم");
    assert_eq!((qaim.date_start, from(qaim)), ("2024-01-20".parse().ok(), Some("a".to_owned())), "the same weekday");
    assert_eq!(at("الرمادي").date_start, None, "another weekday stays open");
}

#[test]
fn an_incident_is_explained_from_its_reports() {
    let folder = workspace(&TWO);
    map(&folder).assert().success();
    let told = explain(&folder, FIRST, "terminal").assert().success();
    let told = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    for words in [
        "a and b: one event",
        "the same place",
        "Near misses",
        SECOND,
        "the dates do not meet",
        "injured 4, an official toll",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let json = explain(&folder, FIRST, "json").assert().success();
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["pairs"][0]["verdict"], "same");
    assert_eq!(json["near_misses"][0]["b"], SECOND);
    explain(&folder, FIRST, "html").assert().success().stdout(contains("<pre dir=\"auto\">== 20240120"));
    explain(&folder, "nothing", "terminal").assert().code(2).stderr(contains("--incident: found \"nothing\""));
}
