//! When and where: short reports of one subject each, read by the whole pipeline.
//!
//! `tests/corpus/<subject>.csv` must all be read rightly. `tests/corpus/known_misses/<subject>.csv` holds what is still
//! read wrongly; a row of it that comes right has to move. In a cell `|` parts values that are equally right, `*` is
//! any value, `;` parts the members of a list in any order.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use geo::{Distance, Haversine, Point};
use jiff::civil::Date;
use mawqi::model::{Extraction, Incident, Report};
use mawqi::pipeline::Mapper;

/// A row of a table: the line it begins on, its text and its other cells.
struct Row {
    line: u64,
    text: String,
    cells: Vec<String>,
}

/// How a row is read: what was found, and whether that is right.
type Read = fn(&Row) -> (String, bool);

fn path_of(table: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{table}.csv"))
}

fn rows_of(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path_of(table)).unwrap();
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| {
            let line = record.position().unwrap().line();
            let mut cells = record.iter().map(str::to_owned);
            let text = cells.next().unwrap().replace("\\n", "\n");
            Row { line, text, cells: cells.collect() }
        })
        .collect()
}

fn follows(subject: &str, read: Read) {
    let rows = rows_of(subject);
    let mut faults = String::new();
    for row in &rows {
        let (found, right) = read(row);
        if !right {
            let expected = row.cells.join(",");
            writeln!(
                faults,
                "tests/corpus/{subject}.csv:{}\n  {}\n  expected {expected}\n  found    {found}",
                row.line, row.text
            )
            .unwrap();
        }
    }
    assert!(faults.is_empty(), "{subject}: of {} rows these fail\n{faults}", rows.len());
}

fn still_misses(subject: &str, read: Read) {
    let table = format!("known_misses/{subject}");
    let right: Vec<Row> = rows_of(&table).into_iter().filter(|row| read(row).1).collect();
    let lines = right
        .iter()
        .map(|row| format!("tests/corpus/{table}.csv:{}: this row now passes: move it\n  {}", row.line, row.text));
    let lines: Vec<String> = lines.collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

fn extraction(text: &str, published: &str) -> Extraction {
    let published: Option<Date> = (!published.is_empty()).then(|| published.parse().unwrap());
    Mapper::embedded().read(&Report::new("t", text).published(published))
}

/// Whether a value is one of those that a cell gives.
fn fits(expected: &str, found: &str) -> bool {
    expected.split('|').any(|value| value == "*" || value == found)
}

/// Whether the members found are those of a list, each part between `@` by itself.
fn same_members(expected: &str, found: &[String]) -> bool {
    let mut open: Vec<&String> = found.iter().collect();
    let members: Vec<&str> = expected.split(';').filter(|member| !member.is_empty()).collect();
    let taken = members.iter().all(|member| {
        let parts: Vec<&str> = member.split('@').collect();
        let matching = |value: &&String| {
            let values: Vec<&str> = value.split('@').collect();
            values.len() == parts.len() && parts.iter().zip(values).all(|(part, value)| fits(part, value))
        };
        open.iter().position(matching).map(|at| open.remove(at)).is_some()
    });
    taken && open.is_empty()
}

fn id_of(incident: &Incident) -> String {
    incident.place_id.clone().unwrap_or_default()
}

fn days_of(incident: &Incident) -> String {
    match (incident.date_start, incident.date_end) {
        (Some(start), Some(end)) if start != end => format!("{start}/{end}"),
        (Some(start), _) => start.to_string(),
        _ => String::new(),
    }
}

/// All incidents as `type@place@days`, those without a place too.
fn told(extraction: &Extraction) -> Vec<String> {
    let all = extraction.incidents.iter().chain(&extraction.unlocated);
    all.map(|i| format!("{}@{}@{}", i.event_type, id_of(i), days_of(i))).collect()
}

/// The only incident, or what there is instead.
fn only(extraction: &Extraction) -> Result<&Incident, String> {
    match &extraction.incidents[..] {
        [incident] if extraction.unlocated.is_empty() => Ok(incident),
        _ => Err(format!("not one incident: {}", told(extraction).join(";"))),
    }
}

fn dates(row: &Row) -> (String, bool) {
    let [published, start, end, precision] = &row.cells[..] else { panic!("five columns at line {}", row.line) };
    let extraction = extraction(&row.text, published);
    match only(&extraction) {
        Ok(incident) => {
            let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
            let found = [day(incident.date_start), day(incident.date_end), incident.date_precision.to_string()];
            (found.join(","), [start, end, precision].into_iter().zip(&found).all(|(e, f)| fits(e, f)))
        }
        Err(found) => (found, false),
    }
}

/// The places of all incidents, each once.
fn places(row: &Row) -> (String, bool) {
    let [expected] = &row.cells[..] else { panic!("two columns at line {}", row.line) };
    let extraction = extraction(&row.text, "2024-01-24");
    let found: BTreeSet<String> = extraction.incidents.iter().map(id_of).collect();
    let found: Vec<String> = found.into_iter().collect();
    (found.join(";"), same_members(expected, &found))
}

fn offsets(row: &Row) -> (String, bool) {
    let [lat, lon, within_km, precision] = &row.cells[..] else { panic!("five columns at line {}", row.line) };
    let number = |cell: &str| cell.parse::<f64>().unwrap();
    let extraction = extraction(&row.text, "2024-01-24");
    let incident = match only(&extraction) {
        Ok(incident) => incident,
        Err(found) => return (found, false),
    };
    let (lat_found, lon_found) = (incident.lat.unwrap(), incident.lon.unwrap());
    let km = Haversine.distance(Point::new(number(lon), number(lat)), Point::new(lon_found, lat_found)) / 1000.0;
    let geo = incident.geo_precision.map_or(String::new(), |precision| precision.to_string());
    let found = format!("{lat_found:.3},{lon_found:.3},{km:.1} km off,{geo} ({})", id_of(incident));
    (found, km <= number(within_km) && fits(precision, &geo))
}

fn carry(row: &Row) -> (String, bool) {
    let [published, expected] = &row.cells[..] else { panic!("three columns at line {}", row.line) };
    let found = told(&extraction(&row.text, published));
    (found.join(";"), same_members(expected, &found))
}

/// Neither incident nor a place that waits to be resolved.
fn never(row: &Row) -> (String, bool) {
    let extraction = extraction(&row.text, "2024-01-24");
    let mut found = told(&extraction);
    found.extend(extraction.unresolved.iter().map(|name| format!("unresolved {}", name.name)));
    (found.join(";"), found.is_empty())
}

macro_rules! subjects {
    ($($subject:ident),+) => {$(
        mod $subject {
            #[test]
            fn are_read_rightly() {
                super::follows(stringify!($subject), super::$subject);
            }

            #[test]
            fn known_misses_are_still_missed() {
                super::still_misses(stringify!($subject), super::$subject);
            }
        }
    )+};
}

subjects!(dates, offsets, carry, never);

/// Three subjects ask the same of a text.
mod named {
    #[test]
    fn homographs_are_read_rightly() {
        super::follows("homographs", super::places);
    }

    #[test]
    fn roles_are_read_rightly() {
        super::follows("roles", super::places);
    }

    #[test]
    fn lists_are_read_rightly() {
        super::follows("lists", super::places);
    }

    #[test]
    fn known_misses_are_still_missed() {
        for subject in ["homographs", "roles", "lists"] {
            super::still_misses(subject, super::places);
        }
    }
}
