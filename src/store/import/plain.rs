//! A table with our own names: somebody's incidents, or what `mawqi export --format csv` wrote, whose columns of sources
//! come back as sources.

use serde_json::Value;

use super::{About, Row};
use crate::Result;
use crate::model::{Evidence, Incident, Source, Statement};
use crate::store::rows::{self, Fields, POINT};
use crate::store::schema::FIELDS;

/// What parts sentences in an exported cell.
const SENTENCES: &str = " | ";

/// A table with our own names.
pub(super) fn read(row: &Row) -> Result<(Incident, About)> {
    let mut fields = Fields::new();
    for (name, kind) in FIELDS {
        let kind = kind.split(' ').next().unwrap_or_default();
        let names: &[&'static str] = if name == "date_start" { &["date_start", "date", "event_date"] } else { &[name] };
        let text = row.get(names).map_or("", |(_, cell)| cell);
        fields.insert(name, rows::from_sql(name, kind, rows::to_sql(&rows::from_text(kind, text))));
    }
    let (lon, lat) = row.point()?;
    fields.insert(POINT, Value::from(vec![lon, lat]));
    let mut incident = rows::incident(&fields)
        .map_err(|reason| row.unfit("row", &row.record.iter().collect::<Vec<_>>().join(","), &reason))?;
    incident.sources = sources(row, &incident);
    let about = About {
        id: row.text(&["id"]),
        publisher: row.text(&["publisher", "publishers", "source"]),
        url: row.text(&["url", "urls"]),
        text: row.text(&["text", "notes", "evidence", "summary_ar"]),
        published: None,
    };
    Ok((incident, about))
}

/// The sources of an exported row; none in a table of another kind.
///
/// The table does not say which report a sentence is of, nor where it stands in it: the first has them all, and offsets
/// are those of the cell. With one report it is clear what that states.
fn sources(row: &Row, incident: &Incident) -> Vec<Source> {
    let cells = |name| row.text(&[name]).map(|cell| split(&cell, ";")).unwrap_or_default();
    let (reports, published) = (cells("reports"), cells("published"));
    let (publishers, urls) = (cells("publishers"), cells("urls"));
    let nth = |items: &[String], n: usize| items.get(n).filter(|item| !item.is_empty()).cloned();
    let says = if reports.len() == 1 { Statement::of(incident) } else { Statement::default() };
    let source = |(n, report): (usize, &String)| Source {
        report: report.clone(),
        published: nth(&published, n).and_then(|day| day.parse().ok()),
        publisher: nth(&publishers, n),
        url: nth(&urls, n),
        says: says.clone(),
        evidence: if n == 0 { evidence(row) } else { Vec::new() },
    };
    reports.iter().enumerate().map(source).collect()
}

/// The items of a cell, empty ones too, so that the n-th stays the n-th.
fn split(cell: &str, sign: &str) -> Vec<String> {
    cell.split(sign).map(|item| item.trim().to_owned()).collect()
}

fn evidence(row: &Row) -> Vec<Evidence> {
    let Some(cell) = row.text(&["evidence"]) else { return Vec::new() };
    let mut start = 0;
    let mut found = Vec::new();
    for text in cell.split(SENTENCES) {
        found.push(Evidence { start, end: start + text.len(), text: text.to_owned(), marks: Vec::new() });
        start += text.len() + SENTENCES.len();
    }
    found
}
