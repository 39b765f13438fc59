//! `mawqi summary`: incidents counted by month, type, actor, first-level unit or cell.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::left_out;
use super::args_query::{self, AnswerFormat, ByArg};
use super::source::Source;
use super::{Status, output, talk};
use crate::export::geojson;
use crate::index::{By, Count, Grid, Summary};

pub(super) fn run(args: &args_query::Summary) -> anyhow::Result<Status> {
    let by = match args.by {
        ByArg::Month => By::Month,
        ByArg::Type => By::Type,
        ByArg::Actor => By::Actor,
        ByArg::Admin1 => By::Admin1,
        ByArg::Cell => By::Cell(args.cell.map_or_else(|| Grid::h3(args.h3), |side| Ok(Grid::Degrees(side)))?),
    };
    let filter = args.asked.wanted.filter(args.asked.include_uncertain);
    let source = Source::open(&args.asked.input)?;
    let (mut summary, mut counted, mut areas) = (Summary::new(by), 0, 0);
    source.each(None, |brief| {
        if !filter.admits_brief(&brief) {
            return;
        }
        // What is known to a governorate lies in no one cell.
        if args.by == ByArg::Cell && brief.is_area() && !filter.include_uncertain {
            areas += 1;
            return;
        }
        counted += 1;
        summary.add(&brief);
    })?;
    let mut out = output::stdout();
    write(&summary.rows(), args, &mut out)?;
    out.flush()?;
    talk::line(&left_out(output::count(counted, "incident"), areas));
    Ok(Status::Done)
}

/// The name of what is counted by.
fn name(by: ByArg) -> &'static str {
    match by {
        ByArg::Month => "month",
        ByArg::Type => "event_type",
        ByArg::Actor => "actor",
        ByArg::Admin1 => "admin1",
        ByArg::Cell => "cell",
    }
}

const COUNTS: [&str; 5] = ["incidents", "killed_min", "injured_min", "first", "last"];

fn write(rows: &[(&str, &Count)], args: &args_query::Summary, out: &mut dyn Write) -> anyhow::Result<()> {
    let name = name(args.by);
    match args.format {
        AnswerFormat::Table => {
            let cells = rows
                .iter()
                .map(|row| cells(row, |key| if key.is_empty() { "-".to_owned() } else { output::shown(key) }));
            writeln!(out, "{}", output::table(header(name), cells.collect(), &[1, 2, 3]))?;
        }
        AnswerFormat::Csv => {
            out.write_all(crate::export::csv::BYTE_ORDER_MARK)?;
            let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
            table.write_record(header(name))?;
            rows.iter().try_for_each(|row| {
                table.write_record(cells(row, |text| crate::export::csv::safe(text).into_owned()))
            })?;
            table.flush()?;
        }
        AnswerFormat::Ndjson => rows.iter().try_for_each(|row| output::json_line(out, &object(name, row)))?,
        AnswerFormat::Geojson => write_features(rows, name, out)?,
    }
    Ok(())
}

fn header(name: &'static str) -> [&'static str; 6] {
    let mut header = [name; 6];
    header[1..].copy_from_slice(&COUNTS);
    header
}

fn cells((key, count): &(&str, &Count), shown: impl Fn(&str) -> String) -> [String; 6] {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        shown(key),
        count.incidents.to_string(),
        count.killed_min.to_string(),
        count.injured_min.to_string(),
        day(count.first),
        day(count.last),
    ]
}

fn object(name: &str, (key, count): &(&str, &Count)) -> Value {
    let key = if key.is_empty() { Value::Null } else { Value::from(*key) };
    let mut object = json!({ name: key });
    let counts: [Value; 5] = [
        json!(count.incidents),
        json!(count.killed_min),
        json!(count.injured_min),
        json!(count.first),
        json!(count.last),
    ];
    for (name, value) in COUNTS.into_iter().zip(counts) {
        object[name] = value;
    }
    object
}

/// Features: cells as polygons, the others without geometry.
fn write_features(rows: &[(&str, &Count)], name: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (number, row) in rows.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let geometry = geojson::polygons(&row.1.polygons);
        let feature = json!({ "type": "Feature", "geometry": geometry, "properties": object(name, row) });
        serde_json::to_writer(&mut *out, &feature)?;
    }
    out.write_all(b"\n]}\n")
}
