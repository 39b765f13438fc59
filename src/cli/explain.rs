//! `mawqi explain`: how a report is read, with every decision and its reason.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::args::{Explain, ExplainFormat};
use super::each::{each, note_foreign};
use super::{Status, output};
use crate::Error;
use crate::explain::{Explanation, explain, html, terminal};

pub(super) fn run(args: &Explain) -> anyhow::Result<Status> {
    let Some(path) = args.output.as_deref().filter(|path| *path != Path::new("-")) else {
        let mut out = output::stdout();
        let status = write(args, &mut out, coloured())?.0;
        out.flush()?;
        return Ok(status);
    };
    let mut out = BufWriter::new(output::beside(path)?);
    let (status, explained) = write(args, &mut out, false)?;
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

/// Explains each report in turn; returns how many there were.
fn write(args: &Explain, out: &mut impl Write, coloured: bool) -> anyhow::Result<(Status, usize)> {
    let mapper = args.reading.tables.mapper()?;
    let mut explained = 0;
    let status = each(&args.reading, |report| {
        let explanation = explain(&mapper, &report);
        note_foreign(&explanation.report, &explanation.language);
        one(args.format, out, &explanation, explained, coloured)?;
        explained += 1;
        Ok(())
    })?;
    if explained > 0 && matches!(args.format, ExplainFormat::Html) {
        html::close(out)?;
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
