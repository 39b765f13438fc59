//! `mawqi explain`: how a report is read, or why an incident of the map is one, with every decision and its reason.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::args::{Explain, ExplainFormat, Reading};
use super::each::{each, note_foreign};
use super::{Status, output};
use crate::Error;
use crate::explain::{Explanation, event, explain, html, terminal};
use crate::store::{self, Told};

pub(super) fn run(args: Explain) -> anyhow::Result<Status> {
    let Explain { reports, published, tables, incident, input, format, output: file } = args;
    let asked = incident.map(|id| store::told(&input, &id)).transpose()?;
    let reading = Reading { reports, published, tables };
    let write = |out: &mut dyn Write, coloured: bool| match &asked {
        Some(told) => incident_alone(format, out, told),
        None => write(&reading, format, out, coloured),
    };
    let Some(path) = file.as_deref().filter(|path| *path != Path::new("-")) else {
        let mut out = output::stdout();
        let status = write(&mut out, coloured())?.0;
        out.flush()?;
        return Ok(status);
    };
    let mut out = BufWriter::new(output::beside(path)?);
    let (status, explained) = write(&mut out, false)?;
    if explained > 0 {
        let file = out.into_inner().map_err(|e| Error::io(path, e.into_error()))?;
        file.persist(path).map_err(|e| Error::io(path, e.error))?;
    }
    Ok(status)
}

/// Colours are for a terminal, and for those who have not asked for none (<https://no-color.org>).
fn coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Explains one incident of a map.
fn incident_alone(format: ExplainFormat, mut out: &mut dyn Write, told: &Told) -> anyhow::Result<(Status, usize)> {
    let told = event::event(told);
    match format {
        ExplainFormat::Terminal => event::write(&mut out, &told)?,
        ExplainFormat::Json => output::json_line(&mut out, &told)?,
        ExplainFormat::Html => {
            let mut text = Vec::new();
            event::write(&mut text, &told)?;
            html::plain(&mut out, &String::from_utf8_lossy(&text))?;
        }
    }
    Ok((Status::Done, 1))
}

/// Explains each report in turn; returns how many there were.
fn write(
    reading: &Reading,
    format: ExplainFormat,
    mut out: &mut dyn Write,
    coloured: bool,
) -> anyhow::Result<(Status, usize)> {
    let mapper = reading.tables.mapper()?;
    let mut explained = 0;
    let status = each(reading, |report| {
        let explanation = explain(&mapper, &report);
        note_foreign(&explanation.report, &explanation.language);
        one(format, &mut out, &explanation, explained, coloured)?;
        explained += 1;
        Ok(())
    })?;
    if explained > 0 && matches!(format, ExplainFormat::Html) {
        html::close(&mut out)?;
    }
    Ok((status, explained))
}

/// Writes one explanation; `number` counts those before it.
fn one(
    format: ExplainFormat,
    out: &mut impl Write,
    explanation: &Explanation,
    number: usize,
    coloured: bool,
) -> io::Result<()> {
    match format {
        ExplainFormat::Terminal => terminal::write(out, explanation, coloured)?,
        ExplainFormat::Json => output::json_line(out, explanation)?,
        ExplainFormat::Html => {
            if number == 0 {
                html::open(out)?;
            }
            html::write(out, explanation, number + 1)?;
        }
    }
    out.flush()
}
