//! Makes up a store of any size, to ask it for what is near: `cargo run --release --example made_store -- FOLDER 1000000`
//! writes `FOLDER/incidents.gpkg` with so many incidents where `made_points` has its points. The same count gives the same store.
//!
//! The rows are as `mawqi map` writes them, by way of SQL. Reports, evidence and circles are left out: `near`, `within`,
//! `along`, `summary` and `export` need none, and `mawqi map` would take incidents that no report tells of off the map.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a run that cannot go on has failed")]

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::date;
use mawqi::model::{EventType, Incident};
use mawqi::store::{FILE_NAME, Store};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};

#[path = "made_points.rs"]
mod made_points;

use made_points::Dice;

const ACTORS: [Option<&str>; 4] = [None, Some("US forces"), Some("Houthis"), Some("Islamic State")];
const PRECISIONS: [(&str, u32); 3] = [("site", 2_000), ("settlement", 5_000), ("district", 20_000)];
/// One in so many is known to its governorate only.
const AREAS: usize = 20;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = args.as_slice() else { panic!("expected FOLDER COUNT") };
    std::fs::create_dir_all(folder).unwrap();
    drop(Store::open(Path::new(folder)).unwrap());
    let mut connection = Connection::open(Path::new(folder).join(FILE_NAME)).unwrap();
    functions(&connection);
    let transaction = connection.transaction().unwrap();
    fill(&transaction, count.parse().expect("a number"));
    transaction.commit().unwrap();
}

/// What the triggers of the spatial index call: all geometries are points of one layout.
fn functions(connection: &Connection) {
    for (name, at) in [("ST_MinX", 13), ("ST_MaxX", 13), ("ST_MinY", 21), ("ST_MaxY", 21)] {
        let number = move |context: &rusqlite::functions::Context<'_>| {
            let blob = context.get_raw(0).as_blob().map_err(|e| rusqlite::Error::UserFunctionError(e.into()))?;
            Ok(f64::from_le_bytes(blob[at..at + 8].try_into().unwrap()))
        };
        connection.create_scalar_function(name, 1, FunctionFlags::SQLITE_DETERMINISTIC, number).unwrap();
    }
    connection.create_scalar_function("ST_IsEmpty", 1, FunctionFlags::SQLITE_DETERMINISTIC, |_| Ok(false)).unwrap();
}

fn fill(connection: &Connection, count: usize) {
    let columns: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_info('incidents')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let mut row = connection.prepare(&format!("INSERT INTO incidents VALUES ({marks})")).unwrap();
    let mut record = connection.prepare("INSERT INTO mawqi_records (fid, id, record) VALUES (?1, ?2, ?3)").unwrap();
    let mut dice = Dice::new(3);
    for (number, (lon, lat)) in (1_i64..).zip(made_points::made(count).0) {
        let made = incident(&mut dice, number, lon, lat);
        let parsed: Incident = serde_json::from_value(made.clone()).unwrap();
        record.execute((number, &parsed.id, serde_json::to_string(&parsed).unwrap())).unwrap();
        let cells = columns.iter().map(|column| cell(column, &made, number));
        row.execute(params_from_iter(cells)).unwrap();
    }
}

fn incident(dice: &mut Dice, number: i64, lon: f64, lat: f64) -> Value {
    let days = i64::try_from(dice.below(3_650)).unwrap();
    let day = date(2015, 1, 1).checked_add(days.days()).unwrap();
    let event = EventType::ALL[dice.below(EventType::ALL.len())];
    let area = dice.below(AREAS) == 0;
    let (precision, uncertainty_m) =
        if area { ("governorate", 120_000) } else { PRECISIONS[dice.below(PRECISIONS.len())] };
    let killed = (dice.below(3) == 0).then(|| dice.below(9));
    let actor = ACTORS[dice.below(ACTORS.len())];
    let id = format!("{}-made-{number}-{event}", day.strftime("%Y%m%d"));
    let place = format!("مكان {}", dice.below(20_000));
    let sentence = "قتل وأصيب عدد من الأشخاص في هجوم استهدف موقعا في المنطقة، وفق ما قاله مصدر أمني طلب عدم ذكر اسمه.";
    let source = json!({
        "report": format!("made-{number}"), "published": day, "publisher": "made up", "url": null, "says": {},
        "evidence": [{ "start": 0, "end": sentence.len(), "text": sentence }],
    });
    let mut record = json!({
        "id": id, "event_type": event, "date_start": day, "date_end": day, "date_precision": "day", "time_of_day": null,
        "place": place, "place_en": null, "place_id": null, "place_kind": "town", "geo_precision": precision,
        "uncertainty_m": uncertainty_m, "lon": lon, "lat": lat, "admin2": null, "admin1": "Made", "country": "IQ",
        "actor": actor, "claimed_by": null, "blamed_on": null, "target": null, "weapons": [], "killed_min": killed,
    });
    let rest = json!({
        "killed_max": killed, "injured_min": null, "injured_max": null, "outcome": "unknown", "damage": null,
        "background": false, "confidence": 0.9, "summary_en": "Made up", "summary_ar": "مصطنع", "source_count": 1,
        "sources": [source], "area": area,
    });
    record.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    record
}

/// A column's value, as the store writes it.
fn cell(column: &str, made: &Value, number: i64) -> Sql {
    match (column, &made[column]) {
        ("fid", _) => Sql::Integer(number),
        ("geom", _) => Sql::Blob(point(made["lon"].as_f64().unwrap(), made["lat"].as_f64().unwrap())),
        ("reports", _) => Sql::Text(format!("made-{number}")),
        ("review", _) => Sql::Text(String::new()),
        (_, Value::Bool(truth)) => Sql::Integer((*truth).into()),
        (_, Value::Number(number)) => number.as_i64().map_or_else(|| Sql::Real(number.as_f64().unwrap()), Sql::Integer),
        (_, Value::String(text)) => Sql::Text(text.clone()),
        _ => Sql::Null,
    }
}

/// A point as a GeoPackage holds it.
fn point(lon: f64, lat: f64) -> Vec<u8> {
    let mut blob = b"GP\0\x01\xe6\x10\0\0\x01\x01\0\0\0".to_vec();
    blob.extend([lon, lat].iter().flat_map(|degrees| degrees.to_le_bytes()));
    blob
}
