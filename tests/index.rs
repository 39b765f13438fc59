//! Nearness: hand-made cases, and the promise that every answer equals a linear scan.

use std::cmp::Ordering;

use jiff::civil::{Date, date};
use mawqi::index::{Answer, Filter, Index, compass, distance_m};
use mawqi::model::{EventType, GeoPrecision, Incident};
use proptest::prelude::*;

use crate::fixture::{at, bare};

/// Half of the longest way round the Earth, and more: every point lies within it.
pub(crate) const HALF_EARTH_M: f64 = 20_100_000.0;

fn ids(answer: &Answer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.incident.id.clone()).collect()
}

#[test]
fn an_empty_index_answers_with_nothing() {
    let index = Index::new(Vec::new());
    assert_eq!(index.within_radius(44.0, 33.0, HALF_EARTH_M, &Filter::default()), Answer::default());
    assert_eq!(index.nearest(44.0, 33.0, 5, &Filter::default()), Answer::default());
}

#[test]
fn incidents_without_a_point_on_earth_are_held_and_not_found() {
    let index = Index::new(vec![bare("none"), at("far-out", 200.0, 10.0), at("nan", f64::NAN, 10.0)]);
    assert_eq!(index.incidents().len(), 3);
    assert!(index.within_radius(0.0, 0.0, HALF_EARTH_M, &Filter::default()).hits.is_empty());
}

#[test]
fn incidents_on_one_point_share_a_site() {
    let index = Index::new(vec![at("a", 44.0, 33.0), at("b", 44.0, 33.0), at("c", 45.0, 33.0)]);
    assert_eq!(index.site_count(), 2);
    assert_eq!(ids(&index.within_radius(44.0, 33.0, 0.0, &Filter::default())), ["a", "b"]);
}

#[test]
fn a_kilometre_over_the_antimeridian_is_a_kilometre() {
    let index = Index::new(vec![at("west", 179.995, 0.0), at("same", -180.0, 0.0)]);
    assert_eq!(ids(&index.within_radius(180.0, 0.0, 0.0, &Filter::default())), ["same"]);
    assert_eq!(ids(&index.within_radius(-179.996, 0.0, 1_003.0, &Filter::default())), ["same", "west"]);
}

#[test]
fn the_pole_is_one_point_whatever_its_longitude() {
    let index = Index::new(vec![at("a", -120.0, 90.0), at("b", 33.0, 90.0)]);
    assert_eq!(ids(&index.within_radius(77.0, 90.0, 0.001, &Filter::default())), ["a", "b"]);
}

#[test]
fn a_meridian_degree_at_the_equator_is_found_at_its_ellipsoidal_length() {
    let index = Index::new(vec![at("north", 0.0, 1.0)]);
    // 110 574.4 m on WGS84, where a sphere of mean radius has 111 195 m.
    assert_eq!(ids(&index.within_radius(0.0, 0.0, 110_575.0, &Filter::default())), ["north"]);
    assert!(index.within_radius(0.0, 0.0, 110_574.0, &Filter::default()).hits.is_empty());
}

#[test]
fn equal_distances_order_by_latest_date_then_id_with_undated_last() {
    let dated = |id: &str, day| Incident { date_start: Some(date(2024, 1, day)), ..at(id, 44.0, 33.0) };
    let index = Index::new(vec![at("undated", 44.0, 33.0), dated("b", 2), dated("old", 1), dated("a", 2)]);
    let order = ["a", "b", "old", "undated"];
    assert_eq!(ids(&index.within_radius(44.0, 33.5, 100_000.0, &Filter::default())), order);
    assert_eq!(ids(&index.nearest(44.0, 33.5, 3, &Filter::default())), order[..3]);
}

#[test]
fn what_is_less_certain_than_the_radius_is_counted_and_left_out() {
    let unsure = Incident { uncertainty_m: Some(60_000), ..at("unsure", 44.0, 33.0) };
    let index = Index::new(vec![unsure, at("sure", 44.1, 33.0)]);
    let answer = index.within_radius(44.0, 33.0, 50_000.0, &Filter::default());
    assert_eq!((ids(&answer), answer.too_uncertain), (vec!["sure".to_owned()], 1));
    let all = Filter { include_uncertain: true, ..Filter::default() };
    assert_eq!(ids(&index.within_radius(44.0, 33.0, 50_000.0, &all)), ["unsure", "sure"]);
}

#[test]
fn areas_are_not_the_nearest_unless_asked_for() {
    let area = Incident { geo_precision: Some(GeoPrecision::Country), ..at("area", 44.0, 33.0) };
    let index = Index::new(vec![area, at("pin", 44.1, 33.0)]);
    let answer = index.nearest(44.0, 33.0, 1, &Filter::default());
    assert_eq!((ids(&answer), answer.too_uncertain), (vec!["pin".to_owned()], 1));
    let all = Filter { include_uncertain: true, ..Filter::default() };
    assert_eq!(ids(&index.nearest(44.0, 33.0, 1, &all)), ["area"]);
}

#[test]
fn the_filter_asks_for_type_actor_dates_and_victims() {
    let night = Incident {
        event_type: EventType::Airstrike,
        date_start: Some(date(2024, 1, 20)),
        date_end: Some(date(2024, 1, 21)),
        claimed_by: Some("Houthis".to_owned()),
        killed_min: Some(3),
        ..at("night", 44.0, 33.0)
    };
    let admitted = |filter: Filter| filter.admits(&night);
    assert!(admitted(Filter { since: Some(date(2024, 1, 21)), ..Filter::default() }));
    assert!(!admitted(Filter { since: Some(date(2024, 1, 22)), ..Filter::default() }));
    assert!(admitted(Filter { until: Some(date(2024, 1, 20)), ..Filter::default() }));
    assert!(!admitted(Filter { until: Some(date(2024, 1, 19)), ..Filter::default() }));
    assert!(!admitted(Filter { event: Some(EventType::Shelling), ..Filter::default() }));
    assert!(admitted(Filter { actor: Some("houthis".to_owned()), ..Filter::default() }));
    assert!(!admitted(Filter { actor: Some("Iran".to_owned()), ..Filter::default() }));
    assert!(admitted(Filter { min_killed: Some(3), ..Filter::default() }));
    assert!(!admitted(Filter { min_killed: Some(4), ..Filter::default() }));
    assert!(!Filter { since: Some(date(1900, 1, 1)), ..Filter::default() }.admits(&bare("undated")));
}

#[test]
fn a_question_from_nowhere_is_answered_with_nothing() {
    let index = Index::new(vec![at("a", 0.0, 0.0)]);
    assert!(index.within_radius(f64::NAN, 0.0, HALF_EARTH_M, &Filter::default()).hits.is_empty());
    assert!(index.within_radius(0.0, 0.0, f64::NAN, &Filter::default()).hits.is_empty());
    assert!(index.nearest(0.0, 91.0, 1, &Filter::default()).hits.is_empty());
}

#[test]
fn the_compass_has_eight_points() {
    let named: Vec<&str> = [0.0, 44.0, 90.0, 157.4, 180.0, 225.0, 271.0, 315.0, 337.5, 360.0].map(compass).to_vec();
    assert_eq!(named, ["N", "NE", "E", "SE", "S", "SW", "W", "NW", "N", "N"]);
}

/// Longitudes with the antimeridian, its both sides and coarse steps, so that points fall together.
pub(crate) fn lon() -> impl Strategy<Value = f64> {
    prop_oneof![
        -180.0..=180.0,
        prop::sample::select(vec![-180.0, 180.0, 179.9999, -179.9999, 0.0]),
        (-12..=12).prop_map(|step| f64::from(step) * 15.0),
        42.0..44.0,
    ]
}

/// Latitudes with the poles and their neighbourhood.
pub(crate) fn lat() -> impl Strategy<Value = f64> {
    prop_oneof![
        -90.0..=90.0,
        prop::sample::select(vec![-90.0, 90.0, 89.9999, -89.9999, 0.0]),
        (-6..=6).prop_map(|step| f64::from(step) * 15.0),
        33.0..34.0,
    ]
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((1..=5_i8).prop_map(|day| date(2024, 1, day)))
}

fn incident() -> impl Strategy<Value = Incident> {
    let precision = prop::sample::select(GeoPrecision::ALL);
    let uncertainty = prop::option::of(prop_oneof![Just(0), 0..2_000_000_u32]);
    (lon(), lat(), day(), precision, uncertainty, prop::option::of(0..3_u32)).prop_map(
        |(lon, lat, day, precision, uncertainty_m, killed_min)| Incident {
            date_start: day,
            date_end: day,
            geo_precision: Some(precision),
            uncertainty_m,
            killed_min,
            ..at("", lon, lat)
        },
    )
}

fn incidents() -> impl Strategy<Value = Vec<Incident>> {
    prop::collection::vec(incident(), 0..120).prop_map(|mut incidents| {
        for (number, incident) in incidents.iter_mut().enumerate() {
            incident.id = format!("{number:03}");
        }
        incidents
    })
}

pub(crate) fn radius() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), 0.0..100_000.0, 0.0..HALF_EARTH_M, Just(HALF_EARTH_M), Just(f64::INFINITY)]
}

fn filter() -> impl Strategy<Value = Filter> {
    (day(), day(), prop::option::of(0..3_u32), any::<bool>()).prop_map(
        |(since, until, min_killed, include_uncertain)| Filter {
            since,
            until,
            min_killed,
            include_uncertain,
            ..Filter::default()
        },
    )
}

/// Every admitted incident with its distance, in order.
fn scan<'a>(incidents: &'a [Incident], lon: f64, lat: f64, filter: &Filter) -> Vec<(f64, &'a Incident)> {
    let distance = |i: &Incident| distance_m(lon, lat, i.lon.unwrap(), i.lat.unwrap());
    let mut all: Vec<_> = incidents.iter().filter(|i| filter.admits(i)).map(|i| (distance(i), i)).collect();
    all.sort_by(order);
    all
}

fn order(a: &(f64, &Incident), b: &(f64, &Incident)) -> Ordering {
    let by_date = b.1.date_start.cmp(&a.1.date_start);
    a.0.total_cmp(&b.0).then(by_date).then_with(|| a.1.id.cmp(&b.1.id))
}

/// The radius drawn, or exactly the distance of one of the incidents.
fn edge(incidents: &[Incident], lon: f64, lat: f64, radius_m: f64, at: Option<prop::sample::Index>) -> f64 {
    match at.filter(|_| !incidents.is_empty()).map(|at| at.get(incidents)) {
        Some(i) => distance_m(lon, lat, i.lon.unwrap(), i.lat.unwrap()),
        None => radius_m,
    }
}

fn told(answer: &Answer) -> Vec<(f64, String)> {
    answer.hits.iter().map(|hit| (hit.distance_m, hit.incident.id.clone())).collect()
}

fn expected(hits: &[(f64, &Incident)]) -> Vec<(f64, String)> {
    hits.iter().map(|(distance, incident)| (*distance, incident.id.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn within_a_radius_equals_a_linear_scan(
        incidents in incidents(), lon in lon(), lat in lat(), radius_m in radius(), filter in filter(),
        at in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let radius_m = edge(&incidents, lon, lat, radius_m, at);
        let mut hits = scan(&incidents, lon, lat, &filter);
        hits.retain(|(distance, _)| *distance <= radius_m);
        let before = hits.len();
        hits.retain(|(_, i)| filter.include_uncertain || i.uncertainty_m.is_none_or(|u| f64::from(u) <= radius_m));
        let index = Index::new(incidents.clone());
        let answer = index.within_radius(lon, lat, radius_m, &filter);
        prop_assert_eq!(told(&answer), expected(&hits));
        prop_assert_eq!(answer.too_uncertain, before - hits.len());
    }

    #[test]
    fn the_nearest_equal_a_linear_scan(
        incidents in incidents(), lon in lon(), lat in lat(), count in 0..130_usize, filter in filter(),
    ) {
        let is_kept = |i: &Incident| filter.include_uncertain || !i.geo_precision.unwrap().is_area();
        let (mut hits, mut areas): (Vec<_>, Vec<_>) =
            scan(&incidents, lon, lat, &filter).into_iter().partition(|(_, i)| is_kept(i));
        hits.truncate(count);
        let furthest = if hits.len() < count { f64::INFINITY } else { hits.last().map_or(-1.0, |last| last.0) };
        areas.retain(|(distance, _)| *distance <= furthest);
        let index = Index::new(incidents.clone());
        let answer = index.nearest(lon, lat, count, &filter);
        prop_assert_eq!(told(&answer), expected(&hits));
        prop_assert_eq!(answer.too_uncertain, areas.len());
    }
}
