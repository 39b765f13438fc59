//! `mawqi extract`: one JSON line a report, as soon as it is read.

use std::io::Write;

use super::args::{Extract, ExtractFormat};
use super::each::{each, note_foreign};
use super::{Status, output};

pub(super) fn run(args: &Extract) -> anyhow::Result<Status> {
    let ExtractFormat::Ndjson = args.format;
    let mapper = args.reading.tables.mapper()?;
    let mut out = output::stdout();
    each(&args.reading, |report| {
        let extraction = mapper.read(&report);
        note_foreign(&extraction.report, &extraction.language);
        output::json_line(&mut out, &extraction)?;
        Ok(out.flush()?)
    })
}
