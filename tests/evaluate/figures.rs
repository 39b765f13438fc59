//! The figures that come of the answers, and the list of errors.

use mawqi::evaluate::{Evaluation, FaultKind, Found, GoldReport, evaluate};
use serde_json::{Value, json};

use super::build::{found, gold, report};

/// What is true of report `r`, and what was found in it.
fn scored(right: &[Value], got: &[Value]) -> Evaluation {
    let gold = GoldReport { id: "r".to_owned(), incidents: right.iter().map(gold).collect() };
    let mut all = Found::default();
    all.add("r", got.iter().map(found).collect());
    evaluate(&[gold], &all)
}

/// Hit, missed, wrong.
fn counts(evaluation: &Evaluation) -> (usize, usize, usize) {
    let scores = &evaluation.scores;
    (scores.hit, scores.missed, scores.wrong)
}

fn kinds(evaluation: &Evaluation) -> Vec<FaultKind> {
    evaluation.errors.iter().map(|fault| fault.error).collect()
}

#[test]
fn one_of_each() {
    let right = [json!({}), json!({ "date_start": "2024-01-25" }), json!({ "date_start": "2024-02-01" })];
    let got = [
        json!({}),
        json!({ "date_start": "2024-02-01", "date_end": null, "killed_min": 1 }),
        json!({ "date_start": "2024-03-01", "date_end": null }),
        json!({ "lat": 10.0 }),
    ];
    let evaluation = scored(&right, &got);
    assert_eq!(counts(&evaluation), (2, 1, 2));
    assert_eq!(kinds(&evaluation), [FaultKind::Missed, FaultKind::Partly, FaultKind::Wrong, FaultKind::Wrong]);
    let scores = evaluation.scores;
    let shares = json!([scores.precision, scores.recall, scores.f1, scores.whole]);
    assert_eq!(shares, json!([0.5, 0.6667, 0.5714, 0.3333]));
}

#[test]
fn the_keys_of_the_figures_stand_in_order() {
    let value = serde_json::to_value(scored(&[json!({})], &[json!({})])).unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let figures = ["reports", "incidents", "hit", "missed", "wrong", "precision", "recall", "f1", "whole"];
    let rest = ["silent_reports_kept_silent", "median_km", "attributes", "calibration", "errors"];
    assert_eq!(keys, [&figures[..], &rest[..]].concat());
    assert_eq!(value["f1"].to_string(), "1.0");
    assert_eq!(value["silent_reports_kept_silent"], "0/0");
    assert_eq!(value["attributes"], json!({ "event_type": "1/1", "injured": "1/1", "killed": "1/1" }));
}

#[test]
fn nothing_found_and_nothing_true_are_zero_and_not_an_error() {
    let evaluation = scored(&[json!({})], &[]);
    assert_eq!((counts(&evaluation), evaluation.scores.f1, evaluation.scores.median_km), ((0, 1, 0), 0.0, None));
    let evaluation = scored(&[], &[]);
    assert_eq!((counts(&evaluation), evaluation.scores.f1), ((0, 0, 0), 0.0));
}

#[test]
fn an_optional_incident_is_neither_missed_nor_wrong() {
    let optional = json!({ "optional": true });
    let evaluation = scored(std::slice::from_ref(&optional), &[]);
    assert_eq!((evaluation.scores.incidents, counts(&evaluation)), (0, (0, 0, 0)));
    // Further ones that could be it are not wrong either, nor do they count for calibration.
    let evaluation = scored(&[optional], &[json!({}), json!({}), json!({ "lat": 10.0 })]);
    assert_eq!(counts(&evaluation), (0, 0, 1));
    assert_eq!(evaluation.calibration.iter().map(|band| band.incidents).sum::<usize>(), 1);
}

#[test]
fn reports_without_incidents_are_to_stay_silent() {
    let gold = [report("a", &json!([])), report("b", &json!([])), report("not-read", &json!([]))];
    let mut all = Found::default();
    all.add("a", Vec::new());
    all.add("b", vec![found(&json!({}))]);
    let scores = evaluate(&gold, &all).scores;
    assert_eq!((scores.silent_reports_kept_silent.to_string(), scores.wrong), ("2/3".to_owned(), 1));
}

#[test]
fn reports_of_one_id_add_up_and_those_without_gold_do_not_count() {
    let gold = [GoldReport { id: "r".to_owned(), incidents: vec![gold(&json!({})), gold(&json!({}))] }];
    let mut all = Found::default();
    all.add("r", vec![found(&json!({}))]);
    all.add("r", vec![found(&json!({}))]);
    all.add("other", vec![found(&json!({}))]);
    assert_eq!(counts(&evaluate(&gold, &all)), (2, 0, 0));
    assert_eq!(all.without_gold(&gold), ["other"]);
    assert_eq!(Found::default().unread(&gold), ["r"]);
}

#[test]
fn attributes_are_compared_where_the_gold_states_them() {
    let stated = json!({
        "killed_min": 1, "killed_max": 3, "injured_min": null, "outcome": "hit", "weapons": ["drone", "missile"],
        "actor": "Israel", "target": "Hezbollah", "claimed_by": "Israel",
    });
    let right = json!({
        "killed_min": 1, "killed_max": 3, "outcome": "hit", "weapons": ["aircraft", "drone", "missile"],
        "actor": "Israel", "target": "Hezbollah", "claimed_by": "Israel",
    });
    assert_eq!(kinds(&scored(std::slice::from_ref(&stated), &[right])), []);
    let evaluation = scored(&[stated], &[json!({ "injured_min": 0, "weapons": ["drone"], "event_type": "shelling" })]);
    let wrong: Vec<&str> = evaluation.errors[0].attributes.iter().map(|differs| differs.attribute).collect();
    let all = ["event_type", "killed", "injured", "outcome", "weapons", "actor", "target", "claimed_by"];
    assert_eq!(wrong, all);
    assert_eq!(evaluation.errors[0].attributes[1].gold, json!([1, 3]));
    assert_eq!(evaluation.errors[0].attributes[2].got, json!([0, null]));
}

#[test]
fn what_the_gold_does_not_state_is_not_compared() {
    let told = json!({ "outcome": "hit", "weapons": ["drone"], "actor": "Israel", "target": "Iran" });
    assert_eq!(kinds(&scored(&[json!({})], std::slice::from_ref(&told))), []);
    assert_eq!(kinds(&scored(&[json!({ "outcome": "unknown", "actor": "" })], &[told])), []);
    let other_type = json!({ "event_alt": ["drone_strike"] });
    assert_eq!(kinds(&scored(&[other_type], &[json!({ "event_type": "drone_strike" })])), []);
}

#[test]
fn the_median_distance_leaves_out_countries_and_seas() {
    let day = |day: &str, lat: f64| json!({ "date_start": day, "date_end": day, "lat": lat });
    let gold_on = |day: &str| json!({ "date_start": day });
    let country = json!({ "date_start": "2024-04-01", "place_level": "country" });
    let right = [gold_on("2024-01-01"), gold_on("2024-02-01"), gold_on("2024-03-01"), country];
    let got = [day("2024-01-01", 33.0), day("2024-02-01", 33.01), day("2024-03-01", 33.02), day("2024-04-01", 20.0)];
    let evaluation = scored(&right, &got);
    assert_eq!((counts(&evaluation), evaluation.scores.median_km), ((4, 0, 0), Some(1.11)));
}

#[test]
fn calibration_counts_by_band_of_confidence() {
    let got: Vec<Value> = [(0.0, 33.0), (0.2, 10.0), (0.79, 10.0), (0.8, 10.0), (1.0, 33.0)]
        .iter()
        .map(|(confidence, lat)| json!({ "confidence": confidence, "lat": lat }))
        .collect();
    let evaluation = scored(&[json!({}), json!({})], &got);
    let bands: Vec<(f64, usize, Option<f64>)> =
        evaluation.calibration.iter().map(|band| (band.from, band.incidents, band.share)).collect();
    let expected = [(0.0, 1, Some(1.0)), (0.2, 1, Some(0.0)), (0.4, 0, None), (0.6, 1, Some(0.0)), (0.8, 2, Some(0.5))];
    assert_eq!(bands, expected);
}
