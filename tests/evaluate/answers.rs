//! Which incident found answers which of the gold, by place, date and type; and who is paired with whom.

use std::collections::BTreeMap;

use mawqi::evaluate::{answers, pair};
use serde_json::{Value, json};

use super::build::{found, gold};

/// Each row: what the gold says, what was found, whether one answers the other.
fn check(rows: &[(Value, Value, bool)]) {
    for (right, got, expected) in rows {
        assert_eq!(answers(&gold(right), &found(got)), *expected, "gold {right}, found {got}");
    }
}

#[test]
fn the_point_lies_within_the_radius() {
    check(&[
        (json!({}), json!({}), true),
        // One hundredth of a degree of latitude is 1.11 km.
        (json!({}), json!({ "lat": 33.044 }), true),
        (json!({}), json!({ "lat": 33.046 }), false),
        (json!({ "radius_km": 30 }), json!({ "lat": 33.2 }), true),
        (json!({ "radius_km": null }), json!({ "lat": 33.13 }), true),
        (json!({ "radius_km": null }), json!({ "lat": 33.14 }), false),
        (json!({ "radius_km": 0 }), json!({}), true),
        (json!({}), json!({ "lat": null, "lon": null }), false),
        (json!({ "place_level": null }), json!({ "country": "SY" }), true),
    ]);
}

#[test]
fn a_country_or_sea_or_nothing_is_right_by_its_country() {
    for level in ["country", "sea", "none"] {
        let gold = |country: Value| json!({ "place_level": level, "country": country, "lat": null, "lon": null });
        check(&[
            (gold(json!("IQ")), json!({ "lat": 10.0 }), true),
            (gold(json!("IQ")), json!({ "country": "SY" }), false),
            (gold(json!("IQ")), json!({ "country": null }), false),
            (gold(Value::Null), json!({ "country": "SY" }), true),
            (gold(Value::Null), json!({ "country": null, "lat": null, "lon": null }), true),
        ]);
    }
    check(&[(json!({ "place_level": "region" }), json!({ "lat": 10.0 }), false)]);
}

#[test]
fn types_of_one_family_answer_each_other() {
    let types = |gold: &str, found: &str| (json!({ "event_type": gold }), json!({ "event_type": found }));
    for (right, got, expected) in [
        ("airstrike", "explosion", true),
        ("naval_attack", "suicide_bombing", true),
        ("raid", "abduction", true),
        ("airstrike", "raid", false),
        ("armed_clash", "shelling", false),
        ("assassination", "drone_strike", true),
        ("armed_attack", "assassination", true),
        ("abduction", "other", true),
        ("other", "bombing", true),
    ] {
        let (right, got) = types(right, got);
        check(&[(right, got, expected)]);
    }
}

#[test]
fn a_type_that_is_right_as_well_brings_its_family() {
    let alternative = json!({ "event_alt": ["armed_clash"] });
    check(&[(alternative.clone(), json!({ "event_type": "raid" }), true), (alternative, json!({}), true)]);
}

#[test]
fn days_overlap_give_or_take_the_slack() {
    let days = |start: &str, end: &str| json!({ "date_start": start, "date_end": end });
    let night = days("2024-01-20", "2024-01-21");
    check(&[
        (night.clone(), days("2024-01-21", "2024-01-22"), true),
        (night.clone(), days("2024-01-22", "2024-01-22"), false),
        (night.clone(), days("2024-01-19", "2024-01-19"), false),
        (json!({ "date_slack": 2 }), days("2024-01-22", "2024-01-22"), true),
        (json!({ "date_slack": 2 }), days("2024-01-18", "2024-01-18"), true),
        (json!({ "date_slack": 2 }), days("2024-01-23", "2024-01-23"), false),
        (json!({}), json!({ "date_end": null }), true),
        (json!({ "date_start": "2023-12-31" }), days("2024-01-01", "2024-01-01"), false),
    ]);
}

#[test]
fn a_date_much_vaguer_than_the_gold_is_no_answer() {
    let days = |end: &str| json!({ "date_start": "2024-01-20", "date_end": end });
    check(&[
        (json!({}), days("2024-01-21"), true),
        (json!({}), days("2024-01-22"), false),
        (json!({ "date_slack": 1 }), days("2024-01-22"), true),
        (days("2024-01-31"), days("2024-01-31"), true),
        (days("2024-01-31"), days("2024-02-01"), false),
        (days("2024-01-31"), json!({}), true),
    ]);
}

#[test]
fn no_date_answers_only_no_date() {
    let undated = json!({ "date_start": null, "date_end": null });
    check(&[
        (undated.clone(), undated.clone(), true),
        (undated.clone(), json!({}), false),
        (json!({}), undated.clone(), false),
        (json!({ "date_start": null, "optional": true }), json!({}), true),
        (json!({ "optional": true }), undated, false),
    ]);
}

/// The pairing of gold with findings, by position.
fn pairs(right: &[Value], got: &[Value]) -> Vec<(usize, usize)> {
    let right: Vec<_> = right.iter().map(gold).collect();
    let got: Vec<_> = got.iter().map(found).collect();
    let pairs: BTreeMap<usize, usize> = pair(&right, &got);
    pairs.into_iter().collect()
}

#[test]
fn each_is_paired_once() {
    assert_eq!(pairs(&[], &[]), []);
    assert_eq!(pairs(&[json!({})], &[]), []);
    assert_eq!(pairs(&[], &[json!({})]), []);
    assert_eq!(pairs(&[json!({}), json!({})], &[json!({})]), [(0, 0)]);
    assert_eq!(pairs(&[json!({})], &[json!({ "lat": 10.0 }), json!({}), json!({})]), [(0, 1)]);
}

#[test]
fn the_pairing_with_most_answers_is_taken() {
    // The first of the gold could be answered by both, and better by the one that the second needs.
    let right = [json!({ "radius_km": 50, "killed_min": 2 }), json!({})];
    let got = [json!({ "killed_min": 2 }), json!({ "lat": 33.3 })];
    assert_eq!(pairs(&right, &got), [(0, 1), (1, 0)]);
}

#[test]
fn of_equal_answers_attributes_decide() {
    let right = [json!({ "killed_min": 2, "killed_max": 2 }), json!({ "killed_min": 5, "killed_max": 5 })];
    let got = [json!({ "killed_min": 5, "killed_max": 5 }), json!({ "killed_min": 2, "killed_max": 2 })];
    assert_eq!(pairs(&right, &got), [(0, 1), (1, 0)]);
}

#[test]
fn what_is_required_is_answered_before_what_is_optional() {
    let right = [json!({ "optional": true }), json!({ "killed_min": 3 })];
    assert_eq!(pairs(&right, &[json!({})]), [(1, 0)]);
    assert_eq!(pairs(&right, &[json!({}), json!({})]).len(), 2);
}
