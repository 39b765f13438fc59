//! `mawqi evaluate`: how good the reading is, on reports of which somebody has written down what is true.

use std::io::{self, Write};

use super::args::{Evaluate, EvaluateFormat};
use super::each::{each, note_foreign};
use super::{Status, output, talk};
use crate::evaluate::{self, Band, Comparison, Evaluation, Fault, FaultKind, Found, GoldReport, Scores};

/// How many reports a note names.
const REPORTS_NAMED: usize = 6;

pub(super) fn run(args: &Evaluate) -> anyhow::Result<Status> {
    let gold = evaluate::read_gold(&args.gold)?;
    let mapper = args.reading.tables.mapper()?;
    let mut found = Found::default();
    let status = each(&args.reading, |report| {
        let extraction = mapper.read(&report);
        note_foreign(&extraction.report, &extraction.language);
        found.add(&extraction.report, extraction.incidents);
        Ok(())
    })?;
    if found.is_empty() {
        return Ok(status);
    }
    note_mismatches(&gold, &found);
    let evaluation = evaluate::evaluate(&gold, &found);
    let mut out = output::stdout();
    match args.format {
        EvaluateFormat::Table => write_table(&evaluation, &mut out)?,
        EvaluateFormat::Json => output::json_line(&mut out, &evaluation)?,
    }
    out.flush()?;
    Ok(status.max(against_floor(evaluation.scores.f1, args.floor)))
}

/// The figure as it is shown decides, so that a floor taken from an earlier run is not missed by what was rounded away.
fn against_floor(f1: f64, floor: Option<f64>) -> Status {
    let Some(floor) = floor.filter(|floor| f1 < *floor) else { return Status::Done };
    talk::note(&format!("f1 is {f1}, below the floor of {floor}"));
    Status::NotSo
}

/// Says which reports have no gold, and which gold has no report: most often an id that is spelt in two ways.
fn note_mismatches(gold: &[GoldReport], found: &Found) {
    let unread = found.unread(gold);
    if !unread.is_empty() {
        let (count, names) = (output::count(unread.len(), "report"), named(&unread));
        talk::note(&format!("{count} of the gold not read, their incidents count as missed: {names}"));
    }
    let unknown = found.without_gold(gold);
    if !unknown.is_empty() {
        let (count, names) = (output::count(unknown.len(), "report"), named(&unknown));
        talk::note(&format!("{count} without gold, not scored: {names}"));
    }
}

fn named(ids: &[&str]) -> String {
    let more = ids.len().saturating_sub(REPORTS_NAMED);
    let mut names: Vec<String> = ids.iter().take(REPORTS_NAMED).map(ToString::to_string).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// The errors, the figures, and what confidence is worth.
fn write_table(evaluation: &Evaluation, out: &mut impl Write) -> io::Result<()> {
    for fault in &evaluation.errors {
        writeln!(out, "{}", output::shown(&error_line(fault)))?;
    }
    if !evaluation.errors.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}\n", output::table(["", ""], figures(&evaluation.scores), &[1]))?;
    let header = ["confidence", "incidents", "right", "share"];
    writeln!(out, "{}", output::table(header, evaluation.calibration.iter().map(band).collect(), &[1, 2, 3]))
}

fn error_line(fault: &Fault) -> String {
    let kind = match fault.error {
        FaultKind::Missed => "MISSED",
        FaultKind::Wrong => "WRONG ",
        FaultKind::Partly => "PARTLY",
    };
    let date = fault.date_start.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let place = fault.place.as_deref().unwrap_or("nowhere");
    let line = format!("{kind} {}: {date} {} {place}", fault.report, fault.event_type);
    match (fault.error, fault.lat, fault.lon) {
        (FaultKind::Wrong, Some(lat), Some(lon)) => format!("{line} ({lat}, {lon})"),
        (FaultKind::Partly, ..) => format!("{line}: {}", differences(&fault.attributes)),
        _ => line,
    }
}

fn differences(attributes: &[Comparison]) -> String {
    let difference = |Comparison { attribute, gold, got, .. }: &Comparison| {
        format!("{attribute} gold={} got={}", evaluate::shown(gold), evaluate::shown(got))
    };
    attributes.iter().map(difference).collect::<Vec<_>>().join(", ")
}

fn figures(scores: &Scores) -> Vec<[String; 2]> {
    let row = |name: &str, value: String| [name.to_owned(), value];
    let mut rows = vec![
        row("reports", scores.reports.to_string()),
        row("incidents", scores.incidents.to_string()),
        row("  hit", scores.hit.to_string()),
        row("  missed", scores.missed.to_string()),
        row("wrong", scores.wrong.to_string()),
        row("precision", share(scores.precision)),
        row("recall", share(scores.recall)),
        row("f1", share(scores.f1)),
        row("whole", share(scores.whole)),
        row("silent_reports_kept_silent", scores.silent_reports_kept_silent.to_string()),
        row("median_km", scores.median_km.map(|km| format!("{km:.2}")).unwrap_or_default()),
        row("attributes", String::new()),
    ];
    rows.extend(scores.attributes.iter().map(|(name, share)| row(&format!("  {name}"), share.to_string())));
    rows
}

fn band(band: &Band) -> [String; 4] {
    [
        format!("{:.1}–{:.1}", band.from, band.to),
        band.incidents.to_string(),
        band.right.to_string(),
        band.share.map(share).unwrap_or_default(),
    ]
}

/// A share with the four decimals it is known to.
fn share(value: f64) -> String {
    format!("{value:.4}")
}
