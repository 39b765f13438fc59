//! Numbers, casualties, status, tallies, weapons and actors against tables of sentences.
//!
//! A row of `tests/corpus/<subject>.csv` must hold; a row of `tests/corpus/known_misses/<subject>.csv` must still fail,
//! so that whoever mends it is told to move it. Columns other than `text`, `published` and `remark` are compared.
//! A blank cell is a null, in `status.csv` «not asked»; `-` is a null there. Lists are parted by `;`.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::Date;
use mawqi::gazetteer::Gazetteer;
use mawqi::lexicon::Lexicon;
use mawqi::mention::known::Memory;
use mawqi::mention::number::{count_at, counts};
use mawqi::mention::place::Tables;
use mawqi::mention::words::Words;
use mawqi::model::{Extraction, Incident, Report};
use mawqi::pipeline::Mapper;
use mawqi::text::Document;

/// Columns that are given, not compared.
const GIVEN: [&str; 3] = ["text", "published", "remark"];
/// The publication date of rows without one; a Wednesday.
const PUBLISHED: &str = "2024-02-07";

static MAPPER: LazyLock<Mapper> = LazyLock::new(Mapper::embedded);

type Cells = BTreeMap<String, String>;
/// What is compared: column name and cell.
type Found = Vec<(&'static str, String)>;

/// The rows of a table with their lines.
fn rows(path: &str) -> Vec<(u64, Cells)> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut reader = csv::Reader::from_path(&full).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(&record).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
        (record.position().unwrap().line(), cells)
    };
    reader.records().map(|record| row(record.unwrap_or_else(|fault| panic!("{path}: {fault}")))).collect()
}

/// The columns in which a row differs from what is found.
fn differing(cells: &Cells, found: &Found, blank_is_null: bool) -> Vec<String> {
    let compared = cells.iter().filter(|(name, _)| !GIVEN.contains(&name.as_str()));
    let differs = |(name, expected): (&String, &String)| {
        let value = found.iter().find(|(column, _)| column == name).map(|(_, value)| value.as_str());
        let value = value.unwrap_or_else(|| panic!("no column {name}"));
        let asked = blank_is_null || !expected.is_empty();
        let wanted = if expected == "-" { "" } else { expected.as_str() };
        (asked && value != wanted).then(|| format!("{name}: expected {expected:?}, found {value:?}"))
    };
    compared.filter_map(differs).collect()
}

/// Runs a subject's table and its known misses; tells all rows that differ.
fn follows(subject: &str, blank_is_null: bool, found: impl Fn(&Cells) -> Found) {
    let mut faults = Vec::new();
    let table = format!("tests/corpus/{subject}.csv");
    for (line, cells) in rows(&table) {
        let differing = differing(&cells, &found(&cells), blank_is_null);
        if !differing.is_empty() {
            faults.push(format!("{table}:{line}: {}\n  {}", cells["text"], differing.join("\n  ")));
        }
    }
    let misses = format!("tests/corpus/known_misses/{subject}.csv");
    for (line, cells) in rows(&misses) {
        if differing(&cells, &found(&cells), blank_is_null).is_empty() {
            faults.push(format!("{misses}:{line}: {}\n  this row now passes: move it to {table}", cells["text"]));
        }
    }
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}

fn read(cells: &Cells) -> Extraction {
    let published: Date =
        cells.get("published").filter(|day| !day.is_empty()).map_or(PUBLISHED, String::as_str).parse().unwrap();
    MAPPER.read(&Report::new("t", cells["text"].replace("\\n", "\n")).published(Some(published)))
}

fn shown<T: Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn joined<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(";")
}

fn all(extraction: &Extraction) -> Vec<&Incident> {
    extraction.incidents.iter().chain(&extraction.unlocated).collect()
}

/// The columns of the only incident; all say so where there is not exactly one.
fn only(cells: &Cells, columns: &[&'static str], of: impl Fn(&Incident) -> Vec<String>) -> Found {
    let extraction = read(cells);
    let incidents = all(&extraction);
    let values = match &incidents[..] {
        [incident] => of(incident),
        others => vec![format!("{} incidents", others.len()); columns.len()],
    };
    columns.iter().copied().zip(values).collect()
}

#[test]
fn numbers_follow_the_table() {
    follows("numbers", true, |cells| {
        let report = Report::new("t", cells["text"].clone());
        let document = Document::of(&report);
        let tables = Tables { gazetteer: Gazetteer::embedded(), lexicon: Lexicon::embedded() };
        let words = Words::of(&document, tables, &mut Memory::default());
        let end = words.words.len();
        let found = counts(&words, 0, end);
        for count in &found {
            assert_eq!(count_at(&words, count.start, end).as_ref(), Some(count), "{}", cells["text"]);
        }
        let most = found.iter().map(|count| shown(count.max));
        vec![("min", joined(found.iter().map(|count| count.min))), ("max", joined(most))]
    });
}

#[test]
fn casualties_follow_the_table() {
    let columns = ["killed_min", "killed_max", "injured_min", "injured_max"];
    follows("casualties", true, |cells| {
        only(cells, &columns, |i| [i.killed_min, i.killed_max, i.injured_min, i.injured_max].map(shown).to_vec())
    });
}

#[test]
fn status_follows_the_table() {
    follows("status", false, |cells| {
        let extraction = read(cells);
        let incidents = all(&extraction);
        let field = |of: fn(&Incident) -> Option<String>| joined(incidents.iter().filter_map(|i| of(i)));
        vec![
            ("incidents", incidents.len().to_string()),
            ("outcome", joined(incidents.iter().map(|i| i.outcome))),
            ("claimed_by", field(|i| i.claimed_by.clone())),
            ("blamed_on", field(|i| i.blamed_on.clone())),
        ]
    });
}

#[test]
fn tallies_follow_the_table() {
    follows("tallies", true, |cells| {
        let extraction = read(cells);
        let tallies = &extraction.tallies;
        vec![
            ("count_min", joined(tallies.iter().map(|t| shown(t.count_min)))),
            ("count_max", joined(tallies.iter().map(|t| shown(t.count_max)))),
            ("what", joined(tallies.iter().map(|t| &t.what))),
            ("incidents", all(&extraction).len().to_string()),
        ]
    });
}

#[test]
fn weapons_follow_the_table() {
    follows("weapons", true, |cells| {
        only(cells, &["event_type", "weapons"], |i| vec![i.event_type.to_string(), joined(&i.weapons)])
    });
}

#[test]
fn actors_follow_the_table() {
    follows("actors", true, |cells| {
        only(cells, &["actor", "claimed_by", "blamed_on", "target"], |i| {
            [&i.actor, &i.claimed_by, &i.blamed_on, &i.target].map(|name| shown(name.as_ref())).to_vec()
        })
    });
}
