//! What was found, from gathering to the last line.

use std::cmp::Ordering;
use std::io::{self, Write};

use super::args_query::AnswerFormat;
use super::output;
use super::source::Source;
use crate::export::{self, Row};
use crate::index::window::Window;
use crate::index::{Filter, Verdict, compass, latest_first};
use crate::model::{Brief, DatePrecision, Incident};

/// An incident that answers a question.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) brief: Brief,
    /// Where it lies from what was asked for, where that is a point or a line.
    pub(super) off: Option<Off>,
}

/// How far off something lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Off {
    pub(super) distance_m: f64,
    /// Degrees clockwise from north.
    pub(super) bearing_deg: Option<f64>,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The nearest first, then the latest, then by id.
    pub(super) hits: Vec<Hit>,
    pub(super) too_uncertain: usize,
}

impl Found {
    /// Asks the source: `judge` says what becomes of an incident that the filter admits.
    pub(super) fn gather(
        source: &Source,
        boxes: Option<&[Window]>,
        filter: &Filter,
        judge: impl Fn(&Brief) -> (Verdict, Option<Off>),
    ) -> crate::Result<Self> {
        let mut found = Found::default();
        source.each(boxes, |brief| {
            if !filter.admits_brief(&brief) {
                return;
            }
            match judge(&brief) {
                (Verdict::In, off) => found.hits.push(Hit { brief, off }),
                (Verdict::TooUncertain, _) => found.too_uncertain += 1,
                (Verdict::Out, _) => {}
            }
        })?;
        found.hits.sort_by(Hit::order);
        Ok(found)
    }

    /// Writes the hits: a table from what is known of them already, the other formats with all their fields.
    pub(super) fn write(&self, source: &Source, format: AnswerFormat) -> anyhow::Result<()> {
        let near = self.hits.iter().any(|hit| hit.off.is_some());
        let mut out = output::stdout();
        if format == AnswerFormat::Table {
            write_table(&self.hits, near, &mut out)?;
            return Ok(out.flush()?);
        }
        let wholes: Vec<(Incident, Option<Off>)> = self
            .hits
            .iter()
            .map(|hit| Ok(source.whole(&hit.brief)?.map(|incident| (incident, hit.off))))
            .filter_map(crate::Result::transpose)
            .collect::<crate::Result<_>>()?;
        let rows: Vec<Row> = wholes.iter().map(|(incident, off)| row(incident, *off)).collect();
        match format {
            AnswerFormat::Csv => export::csv::write(&rows, near, &mut out)?,
            AnswerFormat::Ndjson => export::ndjson::write(&rows, &mut out)?,
            AnswerFormat::Geojson | AnswerFormat::Table => export::geojson::write(&rows, &mut out)?,
        }
        Ok(out.flush()?)
    }

    /// What was found, in words; `about` says where: `within 50 km of Baghdad`.
    pub(super) fn told(&self, about: &str) -> String {
        let found = format!("{} {about}", output::count(self.hits.len(), "incident"));
        left_out(found, self.too_uncertain)
    }
}

/// Adds how many were left out.
pub(super) fn left_out(found: String, too_uncertain: usize) -> String {
    match too_uncertain {
        0 => found,
        left_out => format!("{found}; {left_out} left out as too uncertain (--include-uncertain shows them)"),
    }
}

impl Hit {
    fn order(&self, other: &Self) -> Ordering {
        let distance = |hit: &Self| hit.off.map_or(0.0, |off| off.distance_m);
        distance(self).total_cmp(&distance(other)).then_with(|| latest_first(&self.brief, &other.brief))
    }
}

fn row(incident: &Incident, off: Option<Off>) -> Row<'_> {
    let near = off.map(|off| export::Near { distance_km: off.distance_m / 1e3, bearing: off.bearing_deg.map(compass) });
    Row { incident, near }
}

fn write_table(hits: &[Hit], near: bool, out: &mut dyn Write) -> io::Result<()> {
    const HEADER: [&str; 10] =
        ["distance_km", "bearing", "date", "event_type", "place", "country", "killed", "injured", "sources", "id"];
    if hits.is_empty() {
        return Ok(());
    }
    if near {
        return writeln!(out, "{}", output::table(HEADER, hits.iter().map(cells).collect(), &[0, 6, 7, 8]));
    }
    let [_, _, header @ ..] = HEADER;
    let cells = |hit: &Hit| {
        let [_, _, cells @ ..] = cells(hit);
        cells
    };
    writeln!(out, "{}", output::table(header, hits.iter().map(cells).collect(), &[4, 5, 6]))
}

fn cells(hit: &Hit) -> [String; 10] {
    let brief = &hit.brief;
    [
        hit.off.map(|off| format!("{:.1}", off.distance_m / 1e3)).unwrap_or_default(),
        hit.off.and_then(|off| off.bearing_deg).map_or("-", compass).to_owned(),
        date(brief),
        brief.event_type.to_string(),
        output::shown(brief.place.as_deref().or(brief.place_en.as_deref()).unwrap_or_default()),
        output::shown(brief.country.as_deref().unwrap_or_default()),
        output::range(brief.killed_min, brief.killed_max),
        output::range(brief.injured_min, brief.injured_max),
        brief.source_count.to_string(),
        output::shown(&brief.id),
    ]
}

/// The date as exactly as it is known: a day, two days, a month, a year.
fn date(brief: &Brief) -> String {
    let Some(first) = brief.date_start else { return "undated".to_owned() };
    let last = brief.date_end.unwrap_or(first);
    match brief.date_precision {
        DatePrecision::Year => first.strftime("%Y").to_string(),
        DatePrecision::Month => first.strftime("%Y-%m").to_string(),
        _ if first == last => first.to_string(),
        _ => format!("{first}/{last}"),
    }
}
