//! `mawqi evaluate`: what goes to stdout and stderr, and its exit codes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, is_match, starts_with};
use serde_json::{Value, json};

const EXAMPLES: &str = "tests/reports";
const REPORT: &str = "قال مصدر أمني اليوم السبت إن قصفا صاروخيا استهدف قاعدة عين الأسد في محافظة الأنبار.";

/// What is true of [`REPORT`], published on that Saturday.
const TRUE: &str = r#"{"event_type":"missile_attack","date_start":"2024-01-20","place":"عين الأسد","lat":33.7856,"lon":42.4412,"killed_min":0,"killed_max":0}"#;
/// What it does not say.
const UNTRUE: &str = r#"{"event_type":"raid","date_start":"2024-01-21","place":"حديثة","lat":34.1,"lon":42.4}"#;

/// `mawqi evaluate` in a folder that holds [`REPORT`] as `reports/a.txt`, and `gold.jsonl` with these lines.
fn evaluate(gold: &str, args: &[&str]) -> Assert {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::write(folder.path().join("reports/a.txt"), REPORT).unwrap();
    fs::write(folder.path().join("gold.jsonl"), gold).unwrap();
    let command = ["evaluate", "--gold", "gold.jsonl", "--published", "2024-01-20"];
    Command::cargo_bin("mawqi").unwrap().current_dir(folder.path()).args(command).args(args).assert()
}

/// A line of gold.
fn line(id: &str, incidents: &[&str]) -> String {
    format!("{{\"id\":\"{id}\",\"incidents\":[{}]}}\n", incidents.join(","))
}

fn object(assert: &Assert) -> Value {
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

#[test]
fn errors_come_first_then_figures_then_calibration() {
    evaluate(&line("a", &[TRUE, UNTRUE]), &["reports"]).code(0).stderr(is_empty()).stdout(
        is_match(
            "^PARTLY a: 2024-01-20 missile_attack عين الأسد: killed gold=\\[0,0\\] got=\\[null,null\\]\n\
             MISSED a: 2024-01-21 raid حديثة\n\n\
             reports +1\nincidents +2\n  hit +1\n  missed +1\nwrong +0\nprecision +1.0000\nrecall +0.5000\n",
        )
        .unwrap()
        .and(is_match("\n  killed +0/1\n").unwrap())
        .and(is_match("\nconfidence +incidents +right +share\n0.0–0.2 ").unwrap()),
    );
}

#[test]
fn what_is_wrong_is_shown_with_its_point() {
    evaluate(&line("a", &[]), &["reports"])
        .code(0)
        .stdout(is_match("^WRONG  a: 2024-01-20 missile_attack [^\n]+ \\(33\\.\\d+, 42\\.\\d+\\)\n").unwrap());
}

#[test]
fn json_is_one_object_with_the_errors_in_it() {
    let scores = object(&evaluate(&line("a", &[TRUE, UNTRUE]), &["reports", "--format", "json"]).code(0));
    assert_eq!((&scores["f1"], &scores["attributes"]["killed"]), (&json!(0.6667), &json!("0/1")));
    let errors = scores["errors"].as_array().unwrap();
    assert_eq!((&errors[0]["error"], &errors[1]["error"]), (&json!("partly"), &json!("missed")));
    let killed = json!([{ "attribute": "killed", "gold": [0, 0], "got": [null, null] }]);
    assert_eq!(errors[0]["attributes"], killed);
    assert_eq!((&errors[1]["report"], &errors[1]["place"]), (&json!("a"), &json!("حديثة")));
}

#[test]
fn below_the_floor_is_code_1_with_all_the_figures() {
    let gold = line("a", &[TRUE, UNTRUE]);
    // Two thirds, shown as 0.6667: a floor taken from what was shown holds.
    evaluate(&gold, &["reports", "--floor", "0.6667"]).code(0).stderr(is_empty());
    evaluate(&gold, &["reports", "--floor", "0.67"])
        .code(1)
        .stdout(contains("f1"))
        .stderr("mawqi: note: f1 is 0.6667, below the floor of 0.67\n");
    evaluate(&line("a", &[TRUE]), &["reports", "--floor", "1"]).code(0);
    for floor in ["1.1", "-0.1", "high", "NaN"] {
        evaluate(&gold, &["reports", &format!("--floor={floor}")])
            .code(2)
            .stdout(is_empty())
            .stderr(contains("--floor").and(contains("expected a number from 0 to 1")));
    }
}

#[test]
fn bad_gold_is_one_error_with_its_line_and_code_2() {
    evaluate(&(line("b", &[]) + &line("a", &["{}"])), &["reports"])
        .code(2)
        .stdout(is_empty())
        .stderr(is_match("^mawqi: error: gold.jsonl:2: incidents\\[0\\].event_type: [^\n]+\n$").unwrap());
    evaluate("", &["reports"]).code(2).stdout(is_empty()).stderr(contains("gold.jsonl: empty"));
    let no_gold = Command::cargo_bin("mawqi").unwrap().args(["evaluate", "--gold", "none.jsonl", EXAMPLES]).assert();
    no_gold.code(2).stdout(is_empty()).stderr(starts_with("mawqi: error: none.jsonl: "));
}

#[test]
fn gold_without_report_and_report_without_gold_are_noted() {
    evaluate(&line("b", &[TRUE]), &["reports"]).code(0).stdout(is_match("  missed +1\nwrong +0\n").unwrap()).stderr(
        contains("note: 1 report of the gold not read, their incidents count as missed: b\n")
            .and(contains("note: 1 report without gold, not scored: a\n")),
    );
    let many: String = (0..9).map(|number| line(&format!("b{number}"), &[])).collect();
    evaluate(&many, &["reports"]).code(0).stderr(contains("9 reports of the gold").and(contains("b5, 3 more\n")));
}

#[test]
fn reports_that_cannot_be_read_are_code_2_and_no_report_at_all_gives_no_figures() {
    let gold = line("a", &[TRUE]);
    evaluate(&gold, &["reports", "none.txt"]).code(2).stdout(contains("f1")).stderr(contains("none.txt"));
    evaluate(&gold, &["none.txt"]).code(2).stdout(is_empty()).stderr(contains("none.txt"));
    let empty = tempfile::tempdir().unwrap();
    evaluate(&gold, &[empty.path().to_str().unwrap()]).code(1).stdout(is_empty()).stderr(contains("no reports in"));
}

/// The expected results of the example reports, a line each.
fn gold_of_the_examples() -> String {
    let files = fs::read_dir(EXAMPLES).unwrap().map(|entry| entry.unwrap().path());
    let expected = files.filter(|path| path.to_string_lossy().ends_with(".expected.json"));
    expected.map(|path| fs::read_to_string(path).unwrap().replace('\n', "") + "\n").collect()
}

#[test]
fn the_example_reports_are_read_as_well_as_ever() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLES);
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold.jsonl");
    fs::write(&gold, gold_of_the_examples()).unwrap();
    let mut command = Command::cargo_bin("mawqi").unwrap();
    command.args(["evaluate", "--floor", "0.9", "--format", "json", "--gold"]).arg(gold).arg(examples);
    let scores = object(&command.assert().code(0).stderr(is_empty()));
    assert_eq!((&scores["reports"], &scores["silent_reports_kept_silent"]), (&json!(35), &json!("2/2")));
    let of = |key: &str| scores[key].as_u64().unwrap();
    assert_eq!(of("hit") + of("missed"), of("incidents"));
    let bands = scores["calibration"].as_array().unwrap();
    let sum = |key: &str| bands.iter().map(|band| band[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("incidents"), sum("right")), (of("hit") + of("wrong"), of("hit")));
    let sure = bands.last().unwrap();
    assert!(
        sure["share"].as_f64().unwrap() >= 0.9,
        "the README says that of the sure ones nine in ten are right: {sure}"
    );
}

/// Six reports as long as agencies write them, most of whose sentences tell of no attack of their own.
#[test]
fn long_reports_are_read() {
    let command = ["evaluate", "--gold", "tests/long.jsonl", "tests/long", "--floor", "0.75"];
    Command::cargo_bin("mawqi").unwrap().args(command).assert().success();
}
