//! Writing what was settled: only what differs from what the file holds, so that feature ids stay and a run that changes
//! nothing writes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use rusqlite::types::{ToSqlOutput, Value as Sql};
use rusqlite::{CachedStatement, Connection, params_from_iter};

use super::geometry::{self, Extent, SRS_ID};
use super::held::{self, Edits};
use super::made::{self, Made};
use super::pack::Packing;
use super::rows;
use super::schema::{FIELDS, NO_CHANGE, NOTE, REVIEW};
use super::settle::{Entry, Settlement};
use super::touched;
use crate::gazetteer::Gazetteer;
use crate::model::{GeoPrecision, Incident, PlaceKind, Tally};

/// Writes incidents with their circles, sentences and merges, then edits, places and tallies.
pub(super) fn write(connection: &Connection, settled: &Settlement, gazetteer: &Gazetteer) -> rusqlite::Result<()> {
    let start = connection.total_changes();
    let ids: HashSet<&str> = settled.entries.iter().map(|entry| entry.record.id.as_str()).collect();
    for (_, before) in settled.before.iter().filter(|(id, _)| !ids.contains(id.as_str())) {
        connection.prepare_cached("DELETE FROM incidents WHERE fid = ?1")?.execute([before.fid])?;
        connection.prepare_cached("DELETE FROM uncertainty WHERE fid = ?1")?.execute([before.fid])?;
        connection.prepare_cached("DELETE FROM mawqi_records WHERE fid = ?1")?.execute([before.fid])?;
    }
    restore_ids(connection)?;
    free_ids(connection, &ids)?;
    let known = held::known_edits(connection)?;
    let mut writer = Writer::begin(connection)?;
    made::each(settled, &known, |made| writer.incident(made))?;
    writer.packing.map_or(Ok(()), |packing| packing.end(connection))?;
    edits(connection, &settled.entries)?;
    table(connection, "places", &PLACES, &places(&settled.entries, gazetteer))?;
    table(connection, "tallies", &TALLIES, &tallies(&settled.beside.tallies))?;
    if connection.total_changes() > start {
        contents(connection)?;
    }
    touched::forget(connection)
}

/// An id that somebody changed is put back, all at once, so that two that were swapped do not meet.
fn restore_ids(connection: &Connection) -> rusqlite::Result<()> {
    let changed = "SELECT i.fid FROM incidents i JOIN mawqi_records r ON r.fid = i.fid WHERE i.id IS NOT r.id";
    let fids: Vec<i64> =
        connection.prepare(changed)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for sql in [
        "UPDATE incidents SET id = NULL WHERE fid = ?1",
        "UPDATE incidents SET id = (SELECT id FROM mawqi_records WHERE fid = ?1) WHERE fid = ?1",
    ] {
        fids.iter().try_for_each(|fid| connection.prepare_cached(sql)?.execute([fid]).map(drop))?;
    }
    if fids.is_empty() {
        return Ok(());
    }
    // What hung on them has followed to no id; it is written anew with its incident, which is not as it was left.
    connection.execute_batch("DELETE FROM evidence WHERE incident IS NULL; DELETE FROM merges WHERE incident IS NULL")
}

/// A row that an analyst added and that is not understood stays in the file; where it bears the id of an incident of the
/// reports, it gives it up.
fn free_ids(connection: &Connection, ids: &HashSet<&str>) -> rusqlite::Result<()> {
    let added = "SELECT fid, id FROM incidents WHERE id IS NOT NULL AND fid NOT IN (SELECT fid FROM mawqi_records)";
    let mut statement = connection.prepare(added)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (fid, id) in rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()? {
        if ids.contains(id.as_str()) {
            connection.execute("UPDATE incidents SET id = NULL WHERE fid = ?1", [fid])?;
        }
    }
    Ok(())
}

/// Writes incident after incident.
struct Writer<'c> {
    connection: &'c Connection,
    /// The statements that every incident needs, at hand: to look one up takes as long as a small row.
    record: CachedStatement<'c>,
    circle: CachedStatement<'c>,
    evidence: CachedStatement<'c>,
    merge: CachedStatement<'c>,
    /// Where the layers are new, what their spatial index will hold.
    packing: Option<Packing>,
}

impl<'c> Writer<'c> {
    fn begin(connection: &'c Connection) -> rusqlite::Result<Self> {
        let packing = Packing::begin(connection)?;
        let record = "INSERT INTO mawqi_records VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (fid) DO UPDATE SET \
                      id = excluded.id, record = excluded.record, record_print = excluded.record_print, \
                      row_print = excluded.row_print";
        let circle = "INSERT INTO uncertainty VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let evidence =
            "INSERT INTO evidence (incident, report, start, \"end\", text, marks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let merge = "INSERT INTO merges (incident, report, date_start, date_end, place, killed_min, killed_max, \
                     injured_min, injured_max) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        Ok(Writer {
            connection,
            record: connection.prepare_cached(record)?,
            circle: connection.prepare_cached(circle)?,
            evidence: connection.prepare_cached(evidence)?,
            merge: connection.prepare_cached(merge)?,
            packing,
        })
    }

    /// Writes one incident into its row, or a new one, with all that hangs on it.
    fn incident(&mut self, made: &Made) -> rusqlite::Result<()> {
        let Made { shown, entry, .. } = made;
        let fid = update_or_insert(self.connection, made.fid, &rows::row(shown, &entry.edits))?;
        self.record.execute((fid, &entry.record.id, &made.record, made.record_print, made.row_print))?;
        if let Some((packing, point)) = self.packing.as_mut().zip(rows::point(shown)) {
            packing.point(fid, point);
        }
        if made.fid.is_some() {
            self.clear(fid, &shown.id)?;
        }
        self.circle(fid, made)?;
        self.evidence(made)?;
        self.merges(shown)
    }

    /// Takes away what hung on an incident before.
    fn clear(&self, fid: i64, id: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached("DELETE FROM uncertainty WHERE fid = ?1")?.execute([fid])?;
        self.connection.prepare_cached("DELETE FROM evidence WHERE incident = ?1")?.execute([id])?;
        self.connection.prepare_cached("DELETE FROM merges WHERE incident = ?1")?.execute([id]).map(drop)
    }

    /// The circle of uncertainty, under the incident's own number.
    fn circle(&mut self, fid: i64, made: &Made) -> rusqlite::Result<()> {
        let Made { shown, entry, circle: Some(polygon), .. } = made else { return Ok(()) };
        if let Some(packing) = &mut self.packing {
            packing.circle(fid, polygon);
        }
        self.circle.execute((
            fid,
            polygon,
            &shown.id,
            shown.event_type.as_str(),
            shown.geo_precision.map(GeoPrecision::as_str),
            shown.uncertainty_m,
            rows::is_area(shown),
            rows::day(shown.date_start),
            entry.edits.get(REVIEW).and_then(|review| review.as_str()).unwrap_or_default(),
        ))?;
        Ok(())
    }

    fn evidence(&mut self, made: &Made) -> rusqlite::Result<()> {
        for ((report, evidence), marks) in made::evidence(&made.shown).zip(&made.marks) {
            self.evidence.execute((&made.shown.id, report, evidence.start, evidence.end, &evidence.text, marks))?;
        }
        Ok(())
    }

    /// What each report states, where several tell of the incident.
    fn merges(&mut self, shown: &Incident) -> rusqlite::Result<()> {
        if shown.sources.len() < 2 {
            return Ok(());
        }
        for source in &shown.sources {
            let says = &source.says;
            let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
            self.merge.execute((
                &shown.id,
                &source.report,
                day(says.date_start),
                day(says.date_end),
                &says.place,
                says.killed_min,
                says.killed_max,
                says.injured_min,
                says.injured_max,
            ))?;
        }
        Ok(())
    }
}

/// Writes a record without edits into a row of `incidents` that is missing.
pub(super) fn row(connection: &Connection, fid: i64, record: &Incident) -> rusqlite::Result<()> {
    update_or_insert(connection, Some(fid), &rows::row(record, &Edits::new())).map(drop)
}

/// The statements that write a row of `incidents`: one that changes it, one that adds it.
static STATEMENTS: LazyLock<[String; 2]> = LazyLock::new(|| {
    let names = FIELDS.iter().map(|(name, _)| *name).chain(["geom", REVIEW, NOTE, "area", "reports"]);
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let set: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
    let marks = vec!["?"; names.len()].join(", ");
    [
        format!("UPDATE incidents SET {} WHERE fid = ?", set.join(", ")),
        format!("INSERT INTO incidents ({}, fid) VALUES ({marks}, ?)", names.join(", ")),
    ]
});

/// Writes a row of `incidents` under its number, or a new one.
///
/// No upsert: it would fire the triggers of the spatial index in an order that the standard leaves open.
fn update_or_insert(connection: &Connection, fid: Option<i64>, values: &[ToSqlOutput]) -> rusqlite::Result<i64> {
    let [update, insert] = &*STATEMENTS;
    let number = fid.map_or_else(rows::nothing, ToSqlOutput::from);
    let all = || params_from_iter(values.iter().chain([&number]));
    if let Some(fid) = fid
        && connection.prepare_cached(update)?.execute(all())? > 0
    {
        return Ok(fid);
    }
    connection.prepare_cached(insert)?.execute(all())?;
    Ok(connection.last_insert_rowid())
}

/// The edits, where they are not those that are there.
fn edits(connection: &Connection, entries: &[Entry]) -> rusqlite::Result<()> {
    let edited = entries.iter().filter(|entry| !entry.edits.is_empty());
    let wanted: HashMap<String, Edits> = edited.map(|entry| (entry.record.id.clone(), entry.edits.clone())).collect();
    if held::known_edits(connection)? == wanted {
        return Ok(());
    }
    connection.execute("DELETE FROM mawqi_edits", [])?;
    let mut insert = connection.prepare_cached("INSERT INTO mawqi_edits VALUES (?1, ?2, ?3)")?;
    for (incident, edits) in wanted.into_iter().collect::<BTreeMap<_, _>>() {
        for (field, value) in edits {
            insert.execute((&incident, field, value.to_string()))?;
        }
    }
    Ok(())
}

const PLACES: [&str; 12] = [
    "geom",
    "id",
    "name_ar",
    "name_en",
    "kind",
    "radius_m",
    "admin2",
    "admin1",
    "country",
    "source",
    "incident_count",
    "fid",
];
const TALLIES: [&str; 13] = [
    "count_min",
    "count_max",
    "what",
    "where",
    "since",
    "until",
    "as_of",
    "source",
    "report",
    "start",
    "end",
    "text",
    "fid",
];

/// Writes a table anew where it differs; the last column is the number of the row.
fn table(connection: &Connection, name: &str, columns: &[&str], wanted: &[Vec<Sql>]) -> rusqlite::Result<()> {
    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let columns = quoted.join(", ");
    let there: Vec<Vec<Sql>> = connection
        .prepare(&format!("SELECT {columns} FROM {name} ORDER BY fid"))?
        .query_map([], |row| (0..quoted.len()).map(|at| row.get(at)).collect())?
        .collect::<rusqlite::Result<_>>()?;
    if there == wanted {
        return Ok(());
    }
    connection.execute(&format!("DELETE FROM {name}"), [])?;
    let marks = vec!["?"; quoted.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO {name} ({columns}) VALUES ({marks})"))?;
    wanted.iter().try_for_each(|values| insert.execute(params_from_iter(values.iter().cloned())).map(drop))
}

fn text(text: Option<&str>) -> Sql {
    text.filter(|text| !text.is_empty()).map_or(Sql::Null, |text| Sql::Text(text.to_owned()))
}

fn count(number: Option<u32>) -> Sql {
    number.map_or(Sql::Null, |number| Sql::Integer(number.into()))
}

/// The places of the gazetteer on which the incidents rest, by id; of one that is not in today's tables, what the
/// incident itself says.
fn places(entries: &[Entry], gazetteer: &Gazetteer) -> Vec<Vec<Sql>> {
    let mut used: BTreeMap<&str, (&Incident, i64)> = BTreeMap::new();
    for record in entries.iter().map(|entry| &entry.record) {
        if let Some(id) = record.place_id.as_deref() {
            used.entry(id).or_insert((record, 0)).1 += 1;
        }
    }
    let numbered = used.into_iter().zip(1..);
    numbered.map(|((id, (incident, incidents)), fid)| place(id, incident, incidents, fid, gazetteer)).collect()
}

fn place(id: &str, incident: &Incident, incidents: i64, fid: i64, gazetteer: &Gazetteer) -> Vec<Sql> {
    let blob = |point: Option<(f64, f64)>| point.map_or(Sql::Null, |(lon, lat)| Sql::Blob(geometry::point(lon, lat)));
    let mut row = vec![];
    if let Some(place) = gazetteer.place(id) {
        row.extend([blob(Some((place.lon, place.lat))), text(Some(id)), text(Some(&place.name_ar))]);
        row.extend([text(Some(&place.name_en)), text(Some(place.kind.as_str())), count(Some(place.radius_m))]);
        row.extend([text(Some(&place.admin2)), text(Some(&place.admin1)), text(Some(&place.country))]);
        row.push(text(Some(&place.source)));
    } else {
        row.extend([blob(rows::point(incident)), text(Some(id)), text(incident.place.as_deref())]);
        row.extend([text(incident.place_en.as_deref()), text(incident.place_kind.map(PlaceKind::as_str))]);
        row.extend([count(incident.uncertainty_m), text(incident.admin2.as_deref())]);
        row.extend([text(incident.admin1.as_deref()), text(incident.country.as_deref()), Sql::Null]);
    }
    row.extend([Sql::Integer(incidents), Sql::Integer(fid)]);
    row
}

fn tallies(tallies: &[Tally]) -> Vec<Vec<Sql>> {
    let number = |number: usize| Sql::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let row = |(tally, fid): (&Tally, i64)| {
        vec![
            count(tally.count_min),
            count(tally.count_max),
            text(Some(&tally.what)),
            text(tally.place.as_deref()),
            text(tally.since.as_deref()),
            text(tally.until.as_deref()),
            text(tally.as_of.as_deref()),
            text(tally.source.as_deref()),
            text(Some(&tally.report)),
            number(tally.start),
            number(tally.end),
            text(Some(&tally.text)),
            Sql::Integer(fid),
        ]
    };
    tallies.iter().zip(1..).map(row).collect()
}

/// The extent of each layer, and when it changed last: the newest publication date, since no clock is read.
fn contents(connection: &Connection) -> rusqlite::Result<()> {
    let newest: Option<String> = connection.query_row("SELECT max(published) FROM reports", [], |row| row.get(0))?;
    let changed = newest.map_or(NO_CHANGE.to_owned(), |day| format!("{day}T00:00:00.000Z"));
    connection.execute("UPDATE gpkg_contents SET last_change = ?1", [&changed])?;
    for layer in ["incidents", "uncertainty", "places"] {
        let [west, south, east, north] = match extent(connection, layer)? {
            Some(extent) => extent.map(Some),
            None => [None; 4],
        };
        connection.execute(
            "UPDATE gpkg_contents SET srs_id = ?1, min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?6",
            (SRS_ID, west, south, east, north, layer),
        )?;
    }
    Ok(())
}

/// The box that holds a layer.
fn extent(connection: &Connection, layer: &str) -> rusqlite::Result<Option<Extent>> {
    let mut statement = connection.prepare(&format!("SELECT geom FROM {layer} WHERE geom IS NOT NULL"))?;
    let mut rows = statement.query([])?;
    let mut all = None;
    while let Some(row) = rows.next()? {
        let extent = row.get_ref(0)?.as_blob().ok().and_then(geometry::extent);
        all = extent.map(|extent| geometry::widen(all, extent)).or(all);
    }
    Ok(all)
}
