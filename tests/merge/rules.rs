//! Each rule of merging by itself.

use mawqi::merge::{Verdict, identify, likeness, merge, tallies};
use mawqi::model::{EventType as E, GeoPrecision, Incident, Outcome, Tally, TimeOfDay};

use super::build::*;

const ON: &str = "2024-01-20";

fn verdict(a: &Incident, b: &Incident) -> Verdict {
    let there = likeness(a, b);
    assert_eq!(there, likeness(b, a), "the order of the two makes a difference");
    there.verdict
}

/// A spot moved north by kilometres, under another id and name.
fn north(spot: Spot, id: &'static str, km: f64) -> Spot {
    Spot(id, id, spot.2, spot.3 + km / 111.0, spot.4, spot.5, spot.6, spot.7, spot.8)
}

#[test]
fn same_day_base_and_type_are_enough() {
    let (a, b) = (incident("a", E::DroneStrike, ON, ASAD), incident("b", E::DroneStrike, ON, ASAD));
    assert_eq!(verdict(&a, &b), Verdict::Same);
    assert!(likeness(&a, &b).score >= 0.5);
}

#[test]
fn one_report_tells_them_apart() {
    let twice = || incident("a", E::DroneStrike, ON, ASAD);
    assert_eq!(verdict(&twice(), &twice()), Verdict::Different);
    assert_eq!(merge(vec![twice(), twice()]).len(), 2);
}

#[test]
fn one_report_tells_them_apart_also_by_way_of_another() {
    let dawn = incident("a", E::DroneStrike, ON, ASAD).at(TimeOfDay::Dawn).killed(2, Some(2));
    let evening = incident("a", E::DroneStrike, ON, ASAD).at(TimeOfDay::Evening);
    let other = incident("b", E::DroneStrike, ON, ASAD).killed(2, Some(2));
    let merged = merge(vec![evening, other, dawn]);
    assert_eq!(groups(&merged), [vec!["a"], vec!["a", "b"]]);
    let joined = merged.iter().find(|i| i.source_count == 2).expect("one joined");
    assert_eq!(joined.time_of_day, Some(TimeOfDay::Dawn), "joins the one that fits best");
}

#[test]
fn dates_must_meet() {
    let on = |report, start, end| incident(report, E::Airstrike, start, ASAD).until(end);
    let night = on("a", "2024-01-20", "2024-01-21");
    assert_eq!(verdict(&night, &on("b", "2024-01-21", "2024-01-21")), Verdict::Same);
    assert_eq!(verdict(&night, &on("b", "2024-01-22", "2024-01-22")), Verdict::Different);
    let month = on("a", "2024-01-01", "2024-01-31");
    assert_eq!(verdict(&month, &on("b", "2024-01-21", "2024-01-21")), Verdict::PossibleDuplicate);
}

#[test]
fn a_night_does_not_join_two_days() {
    let merged = merge(vec![
        incident("a", E::Airstrike, "2024-01-20", ASAD),
        incident("b", E::Airstrike, "2024-01-20", ASAD).until("2024-01-21"),
        incident("c", E::Airstrike, "2024-01-21", ASAD),
    ]);
    assert_eq!(merged.len(), 2);
    assert!(merged.iter().all(|i| i.date_start == i.date_end), "the narrowest range wins");
}

#[test]
fn undated_joins_only_the_one_that_it_fits() {
    let full = |report, on| incident(report, E::DroneStrike, on, ASAD).weapons(&["drone"]).killed(3, Some(3));
    assert_eq!(merge(vec![full("a", ON), full("b", "")]).len(), 1);
    assert_eq!(merge(vec![full("a", ON), full("b", ""), full("c", "2024-02-02")]).len(), 3, "two fit");
    assert_eq!(merge(vec![full("a", ""), full("b", "")]).len(), 2, "two undated");
    assert_eq!(merge(vec![full("a", ON), incident("b", E::DroneStrike, "", ASAD)]).len(), 2, "too little told");
    assert_eq!(merge(vec![full("a", ON), full("b", "").published("2024-01-19")]).len(), 2, "told before it happened");
    let dated = merge(vec![full("a", ON), full("b", "").published("2024-01-22")]);
    assert_eq!((dated.len(), dated[0].date_start), (1, day(ON)));
}

#[test]
fn undated_news_is_of_the_day_or_the_day_before() {
    let claim = |on| incident("b", E::MissileAttack, "", ASAD).weapons(&["missile"]).target("US forces").published(on);
    let told = incident("a", E::MissileAttack, ON, ASAD).weapons(&["missile"]);
    let with = |other: Incident| merge(vec![told.clone(), other]).len();
    assert_eq!([ON, "2024-01-21"].map(|on| with(claim(on))), [1, 1]);
    assert_eq!(["2024-01-19", "2024-01-22"].map(|on| with(claim(on))), [2, 2], "before, or later");
    assert_eq!(with(claim(ON).background()), 2, "a look back");
    assert_eq!(with(incident("b", E::MissileAttack, "", ASAD).published(ON)), 2, "too little told");
    assert_eq!(with(claim(ON).killed(30, Some(30))), 1, "a toll that one report tells");
}

#[test]
fn a_bare_bombardment_may_be_from_the_air() {
    let told = |report, event| incident(report, event, ON, ASAD);
    let points = |a: &Incident, b: &Incident| likeness(a, b).parts.iter().find(|p| p.name == "type").map(|p| p.score);
    for event in [E::Airstrike, E::DroneStrike, E::MissileAttack] {
        assert_eq!(points(&told("a", E::Shelling), &told("b", event)), Some(0.8), "{event}");
    }
    let guns = told("a", E::Shelling).weapons(&["artillery"]);
    assert_eq!(points(&guns, &told("b", E::Airstrike)), Some(0.3));
}

#[test]
fn missiles_of_an_air_strike_are_the_aircrafts() {
    let told = |report, arm: &str| incident(report, E::Airstrike, ON, ASAD).weapons(&[arm]);
    assert_eq!(merge(vec![told("a", "aircraft"), told("b", "missile")]).len(), 1);
    let salvo = incident("b", E::MissileAttack, ON, ASAD).weapons(&["missile"]);
    assert_eq!(verdict(&told("a", "aircraft"), &salvo), Verdict::Different);
}

#[test]
fn a_small_region_is_known_as_closely_as_a_district() {
    let region = |id, radius_m| Spot(id, "ج", GeoPrecision::Region, 36.37, 41.7, radius_m, "IQ", "Nineveh", "");
    let town = Spot("iq-t", "د", GeoPrecision::Settlement, 36.32, 41.86, 5_000, "IQ", "Nineveh", "Sinjar");
    let told = |report, spot| incident(report, E::Airstrike, ON, spot);
    assert_eq!(verdict(&told("a", region("iq-m", 28_000)), &told("b", town)), Verdict::Same);
    assert_eq!(verdict(&told("a", region("iq-n", 170_000)), &told("b", town)), Verdict::Different);
    let other = incident("b", E::Other, ON, region("iq-m", 4_000));
    assert_eq!(verdict(&told("a", region("iq-m", 4_000)), &other), Verdict::Same);
}

#[test]
fn undated_in_a_district_stays_apart() {
    let full = |report, on, spot| incident(report, E::Airstrike, on, spot).weapons(&["aircraft"]).killed(3, Some(3));
    assert_eq!(merge(vec![full("a", ON, SIKAK), full("b", "", QAIM)]).len(), 2);
}

#[test]
fn sites_within_six_kilometres() {
    let at = |report, km| {
        let strike = incident(report, E::DroneStrike, ON, north(ASAD, "iq-other-site", km));
        strike.claimed("Kataib Hezbollah")
    };
    let base = incident("a", E::DroneStrike, ON, ASAD).claimed("Kataib Hezbollah");
    assert_eq!(verdict(&base, &at("b", 5.0)), Verdict::Same);
    assert_eq!(verdict(&base, &at("b", 7.0)), Verdict::Different);
}

#[test]
fn neighbouring_villages_are_two() {
    let village = Spot("lb-a", "أ", GeoPrecision::Settlement, 33.1, 35.4, 3_000, "LB", "South", "");
    let a = incident("a", E::Airstrike, ON, village).actor("Israel");
    let b = incident("b", E::Airstrike, ON, north(village, "lb-b", 4.0)).actor("Israel");
    assert_eq!(verdict(&a, &b), Verdict::PossibleDuplicate);
}

#[test]
fn a_settlement_lies_in_its_district() {
    let told = |report, spot| incident(report, E::Airstrike, ON, spot);
    assert_eq!(verdict(&told("a", SIKAK), &told("b", QAIM)), Verdict::Same);
    assert_eq!(verdict(&told("a", ASAD), &told("b", QAIM)), Verdict::Different);
    let far = Spot("iq-far", "بعيد", GeoPrecision::Settlement, 33.6, 40.6, 5_000, "IQ", "Anbar", "Al-Qa'im");
    assert_eq!(verdict(&told("a", far), &told("b", QAIM)), Verdict::Same, "by name, beyond the radius");
    assert_eq!(merge(vec![told("a", far), told("b", QAIM)]).len(), 1, "and the blocks bring them together");
}

#[test]
fn a_governorate_needs_more() {
    let told = |report, spot| incident(report, E::Airstrike, ON, spot);
    let sure = |report, spot| told(report, spot).actor("US forces").killed(2, Some(2));
    assert_eq!(verdict(&told("a", ASAD), &told("b", ANBAR)), Verdict::PossibleDuplicate);
    assert_eq!(merge(vec![sure("a", ASAD), sure("b", ANBAR)]).len(), 1);
    assert_eq!(verdict(&sure("a", JURF), &sure("b", ANBAR)), Verdict::Different, "another governorate");
    assert_eq!(verdict(&told("a", ANBAR), &told("b", ANBAR)), Verdict::Same);
}

#[test]
fn governorates_meet_only_at_the_border() {
    let of = |admin1, km| {
        let spot = north(JURF, "iq-x", km);
        Spot(spot.0, JURF.1, spot.2, spot.3, spot.4, spot.5, spot.6, admin1, "")
    };
    let told = |report, spot| incident(report, E::Airstrike, ON, spot);
    assert_eq!(verdict(&told("a", JURF), &told("b", of("Baghdad", 8.0))), Verdict::Same);
    assert_eq!(verdict(&told("a", JURF), &told("b", of("Baghdad", 12.0))), Verdict::Different);
    assert_eq!(verdict(&told("a", JURF), &told("b", of("Babil", 12.0))), Verdict::Same);
}

#[test]
fn a_country_holds_nothing_finer() {
    let told = |report, spot| incident(report, E::Airstrike, ON, spot).actor("US forces").killed(2, Some(2));
    assert_eq!(verdict(&told("a", IRAQ), &told("b", ANBAR)), Verdict::Different);
    assert_eq!(verdict(&told("a", IRAQ), &told("b", ASAD)), Verdict::Different);
    assert_eq!(merge(vec![told("a", IRAQ), told("b", IRAQ)]).len(), 1);
    assert_eq!(verdict(&told("a", IRAQ), &told("b", LEBANON)), Verdict::Different);
}

#[test]
fn a_site_lies_in_its_city() {
    let told = |report, spot| incident(report, E::MissileAttack, ON, spot);
    assert_eq!(verdict(&told("a", EMBASSY), &told("b", BAGHDAD)), Verdict::Same);
}

#[test]
fn without_coordinates_nothing_merges() {
    let nowhere = |report| Incident { lat: None, lon: None, ..incident(report, E::Airstrike, ON, ASAD) };
    assert_eq!(merge(vec![nowhere("a"), nowhere("b")]).len(), 2);
}

#[test]
fn types_of_one_family() {
    let told = |report, event| incident(report, event, ON, ASAD);
    assert_eq!(verdict(&told("a", E::Explosion), &told("b", E::Airstrike)), Verdict::Same);
    assert_eq!(verdict(&told("a", E::Bombing), &told("b", E::SuicideBombing)), Verdict::Same);
    assert_eq!(verdict(&told("a", E::ArmedAttack), &told("b", E::ArmedClash)), Verdict::Same);
    assert_eq!(verdict(&told("a", E::ArmedAttack), &told("b", E::Assassination)), Verdict::Same);
    assert_eq!(verdict(&told("a", E::DroneStrike), &told("b", E::Assassination)), Verdict::Same);
    assert_eq!(verdict(&told("a", E::Airstrike), &told("b", E::Raid)), Verdict::Different);
    assert_eq!(verdict(&told("a", E::Airstrike), &told("b", E::Bombing)), Verdict::PossibleDuplicate);
}

#[test]
fn disjoint_weapons_of_two_types_are_two_attacks() {
    let told = |report, event, weapons| incident(report, event, ON, ASAD).weapons(weapons).killed(3, Some(3));
    let drone = told("a", E::DroneStrike, &["drone"]);
    assert_eq!(verdict(&drone, &told("b", E::MissileAttack, &["missile"])), Verdict::Different);
    assert_eq!(verdict(&drone, &told("b", E::MissileAttack, &["drone", "missile"])), Verdict::Same);
    assert_eq!(verdict(&drone, &told("b", E::MissileAttack, &[])), Verdict::Same);
    let bare = told("a", E::MissileAttack, &["missile"]);
    assert_eq!(verdict(&bare, &told("b", E::Airstrike, &["ballistic_missile"])), Verdict::Same);
}

#[test]
fn actors_for_and_against() {
    let told = |report| incident(report, E::Airstrike, ON, JURF);
    assert_eq!(verdict(&told("a").actor("Israel"), &told("b").actor("Turkey")), Verdict::PossibleDuplicate);
    let actor =
        |a: &Incident, b: &Incident| likeness(a, b).parts.iter().find(|p| p.name == "actor").map_or(0.0, |p| p.score);
    assert!(actor(&told("a").actor("Houthis"), &told("b").claimed("Houthis")) > 0.9);
    assert!(actor(&told("a").blamed("Israel"), &told("b").actor("Israel")) > 0.0);
    assert!(actor(&told("a").claimed("Kataib Hezbollah"), &told("b").actor("Iran-backed militias")) > 0.0);
    assert!(actor(&told("a").claimed("Hamas"), &told("b").claimed("Houthis")) < 0.0);
    assert!(actor(&told("a").actor("Israel"), &told("b")).abs() < f64::EPSILON);
}

#[test]
fn tolls_for_and_against_but_not_decisive() {
    let told = |report| incident(report, E::Airstrike, ON, ASAD);
    let few = told("a").killed(2, Some(2)).injured(3, Some(3));
    let many = told("b").killed(20, Some(20)).injured(50, None);
    assert_eq!(verdict(&few, &many), Verdict::Same);
    assert!(likeness(&few, &many).score < likeness(&told("a"), &told("b")).score);
    assert!(likeness(&few, &told("b").killed(2, Some(2))).score > likeness(&few, &told("b").killed(1, None)).score);
}

#[test]
fn times_of_day_tell_apart() {
    let told = |report, time| incident(report, E::DroneStrike, ON, ASAD).at(time);
    assert_eq!(verdict(&told("a", TimeOfDay::Evening), &told("b", TimeOfDay::Night)), Verdict::Same);
    assert_eq!(verdict(&told("a", TimeOfDay::Dawn), &told("b", TimeOfDay::Evening)), Verdict::PossibleDuplicate);
}

#[test]
fn the_explanation_names_every_part() {
    let (a, b) = (incident("a", E::Airstrike, ON, ASAD), incident("b", E::Raid, "2024-02-20", QAIM));
    let names: Vec<_> = likeness(&a, &b).parts.iter().map(|p| p.name).collect();
    let all = [
        "reports", "date", "place", "type", "weapons", "time", "actor", "target", "killed", "injured", "outcome",
        "ordinal", "wording",
    ];
    assert_eq!(names, all);
    assert!(likeness(&a, &b).parts.iter().all(|p| !p.reason.is_empty()));
}

fn combined(incidents: Vec<Incident>) -> Incident {
    let mut merged = merge(incidents);
    assert_eq!(merged.len(), 1, "{:?}", groups(&merged));
    merged.remove(0)
}

#[test]
fn types_combine_to_the_more_specific() {
    let told = |report, event| incident(report, event, ON, ASAD).killed(3, Some(3));
    let of = |events: &[E]| {
        let named = events.iter().zip(["a", "b", "c"]);
        combined(named.map(|(event, report)| told(report, *event)).collect()).event_type
    };
    assert_eq!(of(&[E::Explosion, E::Airstrike]), E::Airstrike);
    assert_eq!(of(&[E::DroneStrike, E::Airstrike]), E::Airstrike);
    assert_eq!(of(&[E::DroneStrike, E::Airstrike, E::DroneStrike]), E::DroneStrike);
    assert_eq!(of(&[E::Assassination, E::ArmedAttack]), E::Assassination);
    assert_eq!(of(&[E::Assassination, E::DroneStrike]), E::DroneStrike);
    assert_eq!(of(&[E::Bombing, E::SuicideBombing]), E::SuicideBombing);
}

#[test]
fn tolls_combine_to_the_range() {
    let told = |report| incident(report, E::Airstrike, ON, ASAD);
    let range = |tolls: &[(u32, Option<u32>)]| {
        let named = tolls.iter().zip(["a", "b", "c"]).map(|(t, report)| told(report).killed(t.0, t.1));
        let whole = combined(named.chain([told("z")]).collect());
        (whole.killed_min, whole.killed_max)
    };
    assert_eq!(range(&[(2, Some(2)), (4, Some(5))]), (Some(2), Some(5)));
    assert_eq!(range(&[(0, Some(0)), (1, Some(1))]), (Some(0), Some(1)));
    assert_eq!(range(&[(10, Some(10)), (5, None)]), (Some(5), Some(10)));
    assert_eq!(range(&[(2, Some(2)), (5, None)]), (Some(2), None), "at least 5 opens what 2 would close");
    assert_eq!(range(&[]), (None, None));
}

#[test]
fn names_combine_by_majority_then_first_report() {
    let told = |report, target| incident(report, E::Airstrike, ON, ASAD).target(target);
    assert_eq!(combined(vec![told("a", "x"), told("b", "y"), told("c", "y")]).target.as_deref(), Some("y"));
    assert_eq!(combined(vec![told("b", "y"), told("a", "x"), told("c", "")]).target.as_deref(), Some("x"));
}

#[test]
fn the_rest_combines() {
    let one = incident("b", E::Airstrike, ON, ASAD).published("2024-01-21").background().outcome(Outcome::Failed);
    let two = incident("a", E::Airstrike, ON, ASAD).published("2024-01-22").outcome(Outcome::Hit).actor("Israel");
    let three = incident("c", E::Airstrike, ON, ASAD).background();
    let whole = combined(vec![three, two, one]);
    assert_eq!(whole.outcome, Outcome::Hit);
    assert!(!whole.background);
    assert!((whole.confidence - 0.99).abs() < 1e-9, "capped");
    assert_eq!(whole.sources.iter().map(|s| s.report.as_str()).collect::<Vec<_>>(), ["b", "a", "c"]);
    assert_eq!(whole.source_count, 3);
    assert_eq!(whole.summary_en, "Airstrike, عين الأسد, Anbar, 2024-01-20, by Israel");
}

#[test]
fn confidence_grows_with_reports() {
    let told = |report| Incident { confidence: 0.5, ..incident(report, E::Airstrike, ON, ASAD) };
    assert!((combined(vec![told("a"), told("b")]).confidence - 0.75).abs() < 1e-9);
}

#[test]
fn evidence_is_kept_once() {
    let mut twice = incident("a", E::Airstrike, ON, ASAD);
    let sentence = twice.sources[0].evidence[0].clone();
    twice.sources[0].evidence.push(sentence.clone());
    let whole = combined(vec![twice, incident("b", E::Airstrike, ON, ASAD)]);
    assert_eq!(whole.sources[0].evidence, [sentence]);
}

#[test]
fn ids_can_be_read_and_are_numbered() {
    let told = |time| incident("a", E::DroneStrike, ON, ASAD).at(time);
    let unnamed = Incident { place_id: None, ..incident("a", E::Raid, "", ASAD) };
    let mut all = vec![told(TimeOfDay::Evening), unnamed, told(TimeOfDay::Dawn)];
    identify(&mut all);
    let ids: Vec<_> = all.iter().map(|i| i.id.as_str()).collect();
    let stem = "20240120-iq-ain-al-asad-drone_strike";
    assert_eq!(ids, [&format!("{stem}-2"), "undated-33.79n42.44e-raid", stem]);
}

fn tally(report: &str, count: u32, source: &str) -> Tally {
    Tally {
        count_min: Some(count),
        count_max: None,
        what: "attacks".to_owned(),
        place: some("Iraq and Syria"),
        since: some("2023-10-17"),
        until: None,
        as_of: None,
        source: some(source),
        report: report.to_owned(),
        start: 0,
        end: 4,
        text: "نص".to_owned(),
    }
}

#[test]
fn tallies_are_kept_once_for_each_source() {
    let all = vec![
        tally("c", 130, ""),
        tally("b", 130, "Pentagon"),
        tally("a", 130, "Pentagon"),
        tally("a", 130, "AFP"),
        tally("a", 60, ""),
        tally("b", 60, ""),
    ];
    let kept = vec![tally("a", 60, ""), tally("a", 130, "AFP"), tally("a", 130, "Pentagon")];
    assert_eq!(tallies(all.iter().rev().cloned().collect()), kept);
    assert_eq!(tallies(kept.clone()), kept);
    assert_eq!(tallies(all), kept);
}

#[test]
fn sides_are_of_known_actors() {
    let read = |name: &str| {
        let path = format!("{}/lexicon/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).expect("a table");
        reader.records().map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let actors: Vec<String> = read("actors.csv").iter().map(|row| row[0].to_owned()).collect();
    for row in read("sides.csv") {
        assert!(row.iter().all(|name| actors.iter().any(|actor| actor == name)), "{row:?}");
    }
}
