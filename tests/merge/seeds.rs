//! Five published reports of 2023 and 2024, their incidents rebuilt by hand, merged into eleven.

use mawqi::merge::merge;
use mawqi::model::{EventType as E, Incident, Outcome};

use super::build::*;

/// Day, type, place as one of the reports names it, reports.
const ROWS: [(&str, E, &str, &[&str]); 11] = [
    ("2023-11-21", E::MissileAttack, "عين الأسد", &["004"]),
    ("2023-11-21", E::Airstrike, "العراق", &["004"]),
    ("2023-12-08", E::MissileAttack, "السفارة الأميركية في بغداد", &["003"]),
    ("2023-12-11", E::DroneStrike, "عين الأسد", &["003"]),
    ("2023-12-11", E::MissileAttack, "الشدادي", &["003"]),
    ("2024-01-20", E::MissileAttack, "عين الأسد", &["000", "001"]),
    ("2024-01-20", E::MissileAttack, "دمشق", &["001"]),
    ("2024-01-20", E::Airstrike, "لبنان", &["001"]),
    ("2024-01-23", E::DroneStrike, "عين الأسد", &["000"]),
    ("2024-01-24", E::Airstrike, "جرف الصخر", &["000", "002"]),
    ("2024-01-24", E::Airstrike, "القائم", &["000", "002"]),
];

const CLAIMANT: &str = "Islamic Resistance in Iraq";

fn of_000() -> Vec<Incident> {
    let strike = |spot| incident("000", E::Airstrike, "2024-01-24", spot).actor("US forces").target("Kataib Hezbollah");
    vec![
        strike(JURF),
        strike(QAIM).killed(2, Some(2)).injured(2, Some(2)).outcome(Outcome::Hit),
        incident("000", E::DroneStrike, "2024-01-23", ASAD)
            .claimed(CLAIMANT)
            .weapons(&["drone"])
            .injured(1, None)
            .outcome(Outcome::Hit),
        incident("000", E::MissileAttack, "2024-01-20", ASAD).background(),
    ]
}

fn of_001() -> Vec<Incident> {
    vec![
        incident("001", E::MissileAttack, "2024-01-20", ASAD)
            .claimed(CLAIMANT)
            .weapons(&["ballistic_missile"])
            .injured(2, None)
            .outcome(Outcome::Hit),
        incident("001", E::MissileAttack, "2024-01-20", DAMASCUS)
            .blamed("Israel")
            .target("IRGC")
            .killed(5, Some(5))
            .outcome(Outcome::Hit),
        incident("001", E::Airstrike, "2024-01-20", LEBANON)
            .actor("Israel")
            .target("Hezbollah")
            .killed(1, Some(1))
            .outcome(Outcome::Hit),
        incident("001", E::Airstrike, "2024-01-20", YEMEN).actor("US forces").target("Houthis").outcome(Outcome::Hit),
        incident("001", E::ArmedAttack, "2023-10-07", ISRAEL).actor("Hamas").background(),
    ]
}

fn of_002() -> Vec<Incident> {
    let strike = |spot| {
        let strike = incident("002", E::Airstrike, "2024-01-24", spot);
        strike.actor("US forces").weapons(&["aircraft"]).outcome(Outcome::Hit)
    };
    vec![strike(SIKAK).killed(2, Some(2)).injured(6, Some(6)), strike(SAIDAT).injured(4, Some(4))]
}

fn of_003() -> Vec<Incident> {
    vec![
        incident("003", E::DroneStrike, "2023-12-11", ASAD)
            .claimed(CLAIMANT)
            .weapons(&["drone"])
            .killed(0, Some(0))
            .injured(0, Some(0)),
        incident("003", E::MissileAttack, "2023-12-11", SHADDADI).claimed(CLAIMANT).weapons(&["missile"]),
        incident("003", E::MissileAttack, "2023-12-08", EMBASSY)
            .target("diplomatic mission")
            .weapons(&["missile"])
            .background(),
        incident("003", E::ArmedAttack, "2023-10-07", ISRAEL).actor("Hamas").background(),
    ]
}

fn of_004() -> Vec<Incident> {
    vec![
        incident("004", E::MissileAttack, "2023-11-21", ASAD)
            .weapons(&["ballistic_missile"])
            .injured(8, Some(8))
            .outcome(Outcome::Hit),
        incident("004", E::Airstrike, "2023-11-21", IRAQ)
            .actor("US forces")
            .target("Iran-backed militias")
            .weapons(&["aircraft"])
            .killed(1, None)
            .injured(1, None)
            .outcome(Outcome::Hit),
    ]
}

fn merged() -> Vec<Incident> {
    merge([of_000(), of_001(), of_002(), of_003(), of_004()].concat())
}

/// The incidents that any reader would list, without those that only some would.
fn firm(incidents: &[Incident]) -> Vec<&Incident> {
    incidents.iter().filter(|i| !["ye", "il"].contains(&i.place_id.as_deref().unwrap_or(""))).collect()
}

#[test]
fn seeds_merge_into_eleven() {
    let merged = merged();
    let firm = firm(&merged);
    for (date, event_type, place, by) in ROWS {
        let found = firm.iter().filter(|i| {
            let named = i.sources.iter().any(|s| s.says.place.as_deref() == Some(place));
            i.date_start == day(date) && i.event_type == event_type && named && reports(i) == by
        });
        assert_eq!(found.count(), 1, "{date} {event_type} {place} {by:?}");
    }
    assert_eq!(firm.len(), ROWS.len());
}

#[test]
fn seeds_keep_the_finer_place_and_both_tolls() {
    let merged = merged();
    let qaim = merged.iter().find(|i| i.place_id.as_deref() == Some("iq-sikak")).expect("merged in al-Qa'im");
    assert_eq!((qaim.lat, qaim.lon), (Some(34.39), Some(41.0)));
    assert_eq!((qaim.killed_min, qaim.killed_max), (Some(2), Some(2)));
    assert_eq!((qaim.injured_min, qaim.injured_max), (Some(2), Some(6)));
    assert_eq!(qaim.target.as_deref(), Some("Kataib Hezbollah"));
    assert_eq!(qaim.weapons, ["aircraft"]);
    let said: Vec<_> = qaim.sources.iter().map(|s| s.says.injured_max).collect();
    assert_eq!(said, [Some(2), Some(6)]);
}

#[test]
fn seeds_background_joins_the_main_report() {
    let merged = merged();
    let base = merged.iter().find(|i| i.id == "20240120-iq-ain-al-asad-missile_attack").expect("merged at the base");
    assert!(!base.background);
    assert_eq!(base.claimed_by.as_deref(), Some(CLAIMANT));
    assert_eq!((base.injured_min, base.injured_max), (Some(2), None));
}
