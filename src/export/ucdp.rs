//! The profile `ucdp`: the 49 columns of UCDP's Georeferenced Event Dataset, in their order, with its codes.
//!
//! UCDP lists events with at least one death, so only those with a death told belong into this profile ([`is_event`]).
//! Ids of conflicts, dyads and actors are UCDP's own and stay empty.

use super::acled::{self, CIVILIANS};
use super::columns::{Cell, Column, Kind, round_degrees};
use crate::lexicon::class::ActorKind;
use crate::model::{DatePrecision, GeoPrecision, Incident};

/// A column that stays empty.
const fn empty(name: &'static str) -> Column {
    Column::new(name, Kind::Text, |_| Cell::Empty)
}

/// The columns, in order.
pub const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text, |i| Cell::made(format!("mawqi-{}", i.id))),
    Column::new("relid", Kind::Text, |i| Cell::words(&i.id)),
    Column::new("year", Kind::Integer, acled::year),
    empty("active_year"),
    empty("code_status"),
    Column::new("type_of_violence", Kind::Integer, |i| code(type_of_violence(i))),
    empty("conflict_dset_id"),
    empty("conflict_new_id"),
    empty("conflict_name"),
    empty("dyad_dset_id"),
    empty("dyad_new_id"),
    empty("dyad_name"),
    empty("side_a_dset_id"),
    empty("side_a_new_id"),
    Column::new("side_a", Kind::Text, |i| Cell::text(acled::actor(i))),
    empty("side_b_dset_id"),
    empty("side_b_new_id"),
    Column::new("side_b", Kind::Text, acled::actor2),
    Column::new("number_of_sources", Kind::Integer, |i| Cell::Integer(i.source_count as u64)),
    Column::new("source_article", Kind::Text, |i| {
        Cell::sources(i, |s| Some(s.url.as_ref().unwrap_or(&s.report).into()))
    }),
    Column::new("source_office", Kind::Text, |i| Cell::sources(i, |s| s.publisher.as_ref().map(Into::into))),
    Column::new("source_date", Kind::Text, |i| Cell::sources(i, |s| s.published.map(|date| date.to_string().into()))),
    empty("source_headline"),
    empty("source_original"),
    Column::new("where_prec", Kind::Integer, |i| code(i.geo_precision.map(where_prec))),
    Column::new("where_coordinates", Kind::Text, |i| Cell::text(i.place_en.as_deref())),
    Column::new("where_description", Kind::Text, |i| Cell::text(i.place.as_deref())),
    Column::new("adm_1", Kind::Text, |i| Cell::text(i.admin1.as_deref())),
    Column::new("adm_2", Kind::Text, |i| Cell::text(i.admin2.as_deref())),
    Column::new("latitude", Kind::Number, |i| Cell::degrees(i.lat)),
    Column::new("longitude", Kind::Number, |i| Cell::degrees(i.lon)),
    Column::new("geom_wkt", Kind::Text, |i| {
        let point = i.lon.zip(i.lat).map(|(lon, lat)| (round_degrees(lon), round_degrees(lat)));
        point.map_or(Cell::Empty, |(lon, lat)| Cell::made(format!("POINT ({lon} {lat})")))
    }),
    Column::new("priogrid_gid", Kind::Integer, |i| code(i.lon.zip(i.lat).map(|(lon, lat)| priogrid(lon, lat)))),
    Column::new("country", Kind::Text, acled::country),
    empty("country_id"),
    empty("region"),
    Column::new("event_clarity", Kind::Integer, |_| Cell::Integer(1)),
    Column::new("date_prec", Kind::Integer, |i| code(date_prec(i))),
    Column::new("date_start", Kind::Date, |i| Cell::date(i.date_start)),
    Column::new("date_end", Kind::Date, |i| Cell::date(i.date_end)),
    empty("deaths_a"),
    empty("deaths_b"),
    Column::new("deaths_civilians", Kind::Integer, |i| if on_civilians(i) { best(i) } else { Cell::Integer(0) }),
    Column::new("deaths_unknown", Kind::Integer, |i| if on_civilians(i) { Cell::Integer(0) } else { best(i) }),
    Column::new("best", Kind::Integer, best),
    Column::new("high", Kind::Integer, |i| Cell::integer(i.killed_max.or(i.killed_min))),
    Column::new("low", Kind::Integer, |i| Cell::integer(i.killed_min.or(Some(0)))),
    empty("gwnoa"),
    empty("gwnob"),
];

fn code(code: Option<u64>) -> Cell<'static> {
    code.map_or(Cell::Empty, Cell::Integer)
}

/// Whether UCDP would count it: somebody was killed.
pub fn is_event(incident: &Incident) -> bool {
    incident.killed_min.or(incident.killed_max).is_some_and(|killed| killed > 0)
}

fn on_civilians(incident: &Incident) -> bool {
    incident.target.as_deref() == Some(CIVILIANS)
}

/// The least count told, else the most.
fn best(incident: &Incident) -> Cell<'_> {
    Cell::integer(incident.killed_min.or(incident.killed_max))
}

/// 1 with a state on a side, 2 between groups, 3 against civilians; open where a side is not told.
fn type_of_violence(incident: &Incident) -> Option<u64> {
    if on_civilians(incident) {
        return Some(3);
    }
    let sides = (acled::kind(acled::actor(incident)?)?.0, acled::kind(incident.target.as_deref()?)?.0);
    match sides {
        (ActorKind::State, _) | (_, ActorKind::State) => Some(1),
        (ActorKind::Group, ActorKind::Group) => Some(2),
        _ => None,
    }
}

/// 1 the place itself, 2 near it, 3 district, 4 governorate, 5 a wider region, 6 the country, 7 the sea.
fn where_prec(precision: GeoPrecision) -> u64 {
    match precision {
        GeoPrecision::Site | GeoPrecision::Settlement => 1,
        GeoPrecision::Offset => 2,
        GeoPrecision::District => 3,
        GeoPrecision::Governorate => 4,
        GeoPrecision::Region => 5,
        GeoPrecision::Country => 6,
        GeoPrecision::Sea => 7,
    }
}

/// 1 the day, 2 two to six days, 3 the week, 4 the month, 5 longer, up to a year.
fn date_prec(incident: &Incident) -> Option<u64> {
    match incident.date_precision {
        DatePrecision::Day if incident.date_end > incident.date_start => Some(2),
        DatePrecision::Day => Some(1),
        DatePrecision::Week => Some(3),
        DatePrecision::Month => Some(4),
        DatePrecision::Year => Some(5),
        DatePrecision::Unknown => None,
    }
}

/// The cell of PRIO-GRID: half-degree cells in rows from the south pole, 720 a row, counted from 1.
fn priogrid(lon: f64, lat: f64) -> u64 {
    /// Cells in a row and in a column.
    const CELLS: [f64; 2] = [720.0, 360.0];
    let row = ((90.0 + lat) * 2.0).floor().clamp(0.0, CELLS[1] - 1.0);
    let column = ((180.0 + lon) * 2.0).floor().clamp(0.0, CELLS[0] - 1.0);
    let gid = row * CELLS[0] + column + 1.0;
    // At most 259,200, by the clamps above.
    format!("{gid:.0}").parse().unwrap_or_default()
}
